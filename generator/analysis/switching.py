"""Switching values: where two scores meet, in closed form."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EQUAL = 1e-9
"""Two scores so close are equal."""
_EXACT = 1e-12
"""What a breakpoint must reach: beside it the equality has a point of its own, not this one."""
_NODE = math.sqrt(0.5)
"""The Chebyshev points of two are where noise at the samples moves a line least."""


def _piece_root(
    difference: Callable[[float], float], left: float, right: float
) -> tuple[tuple[float, float], ...] | None:
    """Root of the line through two points inside [left, right], with its slope; None if all tied."""
    middle, reach = (left + right) / 2.0, (right - left) / 2.0
    first, second = (difference(middle + reach * place) for place in (-_NODE, _NODE))
    if max(abs(first), abs(second)) <= _EQUAL:
        return None
    slope, level = (second - first) / (2.0 * _NODE), (first + second) / 2.0
    # A root at the end of a piece may lie outside it by rounding.
    if not slope or abs(level / slope) > 1.0 + _EQUAL:
        return ()
    at = middle - reach * level / slope
    return ((min(right, max(left, at)), slope / reach),)


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
) -> tuple[float, ...]:
    """All values of an input at which two scores are equal, in closed form piece by piece.

    A step has no point of equality unless the difference is 0 exactly where it steps. A piece on
    which the scores are equal throughout gives no points but those where it meets other pieces.

    Args:
        score_difference: Score of one alternative less that of the other, a function of the input;
            between neighbouring breakpoints a straight line.
        breakpoints: Where one piece ends and the next begins; any order, outside the range ignored.
        low: Least plausible value.
        high: Greatest plausible value.

    Returns:
        Ascending values in [low, high] at which the difference is at most 1e-9.

    Source:
        HM Treasury (2022), The Green Book, on switching values.
    """
    ends = sorted({low, high, *(x for x in breakpoints if low < x < high)})
    pieces = [_piece_root(score_difference, *piece) for piece in pairwise(ends)]
    found: list[float] = []
    for piece, roots in zip(pairwise(ends), pieces, strict=True):
        for start, slope in roots or ():
            point = _polished(score_difference, start, slope, *piece)
            if point is not None:
                found.append(point)
    for i, end in enumerate(ends):
        between_ties = all(roots is None for roots in pieces[max(0, i - 1) : i + 1])
        if not between_ties and abs(score_difference(end)) <= _EXACT:
            found.append(end)
    found.sort()
    apart = _EQUAL * (high - low)
    return tuple(x for i, x in enumerate(found) if i == 0 or x - found[i - 1] > apart)
