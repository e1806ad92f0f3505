"""Switching values: where two scores meet, in closed form; and what drives a score's variance."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]
Form = Literal["linear", "reciprocal"]
"""Of a piece between two breakpoints: a + b·x, or a + b·x + c/x."""

_EQUAL = 1e-9
"""Two scores so close are equal."""
_EXACT = 1e-12
"""What a breakpoint must reach: beside it the equality has a point of its own, not this one."""


def weight_switching_value(
    a: ArrayLike, b: ArrayLike, weights: ArrayLike, index: int
) -> float | None:
    """Weight of one criterion at which two alternatives score the same, the others rescaled.

    Args:
        a: Partial values of the one alternative; shape (criteria,).
        b: Partial values of the other; same shape.
        weights: Weights of at least 0 that sum to 1; same shape.
        index: The criterion whose weight moves; all others keep their proportions.

    Returns:
        Weight in [0, 1]; None where no weight, or every weight, makes the scores equal, or where
        the other criteria have no weight to rescale.

    Source:
        HM Treasury (2022), The Green Book, on switching values.
    """
    shares = np.asarray(weights, dtype=float)
    lead = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    rest = shares.sum() - shares[index]
    if rest <= 0:
        return None
    others = float(lead @ shares - lead[index] * shares[index]) / rest
    slope = others - float(lead[index])
    if abs(slope) <= _EQUAL:
        return None
    found = others / slope
    return float(found) if 0 <= found <= 1 else None


def value_switching_value(gap: float, weight: float, current: float) -> float | None:
    """Partial value in one criterion at which an alternative's lead over another is gone.

    Args:
        gap: Score of the alternative less that of the other, in the unit of `weight`.
        weight: Weight of the criterion.
        current: The alternative's partial value in it.

    Returns:
        Partial value in [0, 1]; None where no partial value closes the gap.

    Source:
        HM Treasury (2022), The Green Book, on switching values.
    """
    if weight <= 0:
        return None
    found = current - gap / weight
    return found if 0 <= found <= 1 else None


def _roots(curve: float, slope: float, level: float) -> tuple[float, ...]:
    """Real roots of curve·u² + slope·u + level, at most two, without cancellation."""
    square, product = slope * slope, 4.0 * curve * level
    spread = square - product
    if abs(spread) <= 1e-13 * (square + abs(product)):
        # Rounding must neither part nor lose the double root of a curve that only touches.
        return (-slope / (2.0 * curve),) if curve else ()
    if spread < 0:
        return ()
    pivot = -0.5 * (slope + math.copysign(math.sqrt(spread), slope))
    return tuple(top / bottom for top, bottom in ((pivot, curve), (level, pivot)) if bottom)


def _piece_roots(
    difference: Callable[[float], float], left: float, right: float, form: Form
) -> tuple[tuple[float, float], ...] | None:
    """Roots of the form fitted inside [left, right], each with the slope there; None if all tied.

    Source:
        Interpolation by three points: Süli & Mayers (2003), Numerical Analysis, ch. 6.
    """
    middle, reach = (left + right) / 2.0, (right - left) / 2.0
    # The outer Chebyshev points of three are where noise at the samples moves the fit least.
    node = math.sqrt(0.75)
    places = (-node, node) if form == "linear" else (-node, 0.0, node)
    at = [middle + reach * place for place in places]
    found = [difference(x) for x in at]
    if max(abs(value) for value in found) <= _EQUAL:
        return None
    if form == "reciprocal":
        # x times the difference is a quadratic with the same roots.
        found = [value * x for value, x in zip(found, at, strict=True)]
    slope = (found[-1] - found[0]) / (2.0 * node)
    level = (found[0] + found[-1]) / 2.0
    curve = 0.0
    if form == "reciprocal":
        curve, level = (level - found[1]) / node**2, found[1]
    # A root at the end of a piece may lie outside it by rounding.
    inside = [u for u in _roots(curve, slope, level) if abs(u) <= 1.0 + _EQUAL]
    roots = [(min(right, max(left, middle + reach * u)), slope + 2.0 * curve * u) for u in inside]
    if form == "linear":
        return tuple((x, rise / reach) for x, rise in roots)
    return tuple((x, rise / (reach * x)) for x, rise in roots if x != 0)


def _polished(
    difference: Callable[[float], float], start: float, slope: float, left: float, right: float
) -> float | None:
    """The start moved by at most two secant steps; None unless the difference is then 0."""
    best, x = math.inf, start
    point = start
    for _ in range(3):
        value = difference(x)
        if abs(value) < best:
            best, point = abs(value), x
        if value == 0 or slope == 0:
            break
        x = min(right, max(left, x - value / slope))
    return point if best <= _EQUAL else None


def switching_points(
    score_difference: Callable[[float], float],
    breakpoints: Sequence[float],
    low: float,
    high: float,
    form: Form = "linear",
) -> tuple[float, ...]:
    """All values of an input at which two scores are equal, in closed form piece by piece.

    A step has no point of equality unless the difference is 0 exactly where it steps. A piece on
    which the scores are equal throughout gives no points but those where it meets other pieces.

    Args:
        score_difference: Score of one alternative less that of the other, a function of the input;
            between neighbouring breakpoints exactly of the form stated.
        breakpoints: Where one piece ends and the next begins; any order, outside the range ignored.
        low: Least plausible value.
        high: Greatest plausible value.
        form: `linear`: a + b·x; `reciprocal`: a + b·x + c/x, where 0 counts as a breakpoint and is
            not looked at itself.

    Returns:
        Ascending values in [low, high] at which the difference is at most 1e-9.

    Source:
        HM Treasury (2022), The Green Book, on switching values.
    """
    poles = (0.0,) if form == "reciprocal" else ()
    ends = sorted({low, high, *(x for x in (*breakpoints, *poles) if low < x < high)})
    pieces = [_piece_roots(score_difference, *piece, form) for piece in pairwise(ends)]
    found: list[float] = []
    for piece, roots in zip(pairwise(ends), pieces, strict=True):
        for start, slope in roots or ():
            point = _polished(score_difference, start, slope, *piece)
            if point is not None:
                found.append(point)
    for i, end in enumerate(ends):
        between_ties = all(roots is None for roots in pieces[max(0, i - 1) : i + 1])
        if end not in poles and not between_ties and abs(score_difference(end)) <= _EXACT:
            found.append(end)
    found.sort()
    apart = _EQUAL * (high - low)
    return tuple(x for i, x in enumerate(found) if i == 0 or x - found[i - 1] > apart)


def additive_sobol(weights: ArrayLike, variances: ArrayLike) -> FloatArray:
    """Share of each independent part in the variance of an additive score, first order.

    An additive score has no interactions, so first-order and total indices are the same.

    Args:
        weights: Shape (parts,).
        variances: Variances of the parts, at least 0; same shape.

    Returns:
        Shares that sum to 1, or zeros where nothing varies; shape (parts,).

    Source:
        Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, ch. 1.
    """
    parts = np.square(np.asarray(weights, dtype=float)) * np.asarray(variances, dtype=float)
    total = parts.sum()
    return np.asarray(parts / total if total > 0 else np.zeros_like(parts))
