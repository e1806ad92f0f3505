"""Partial values and the indices the roll-ups need: plain functions of arrays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
REACH = 1e-9
"""A value reaches a bound that it misses by no more than this, relatively."""


def piecewise_linear(x: ArrayLike, cutoffs: Sequence[float], values: Sequence[float]) -> FloatArray:
    """Partial value by linear interpolation, constant beyond the first and last cutoff.

    Args:
        x: Criterion values, any shape.
        cutoffs: Strictly increasing criterion values.
        values: Partial values in [0, 1] at the cutoffs.

    Returns:
        Partial values, shape of `x`.

    Source:
        Keeney & Raiffa (1976), Decisions with Multiple Objectives, ch. 3.
    """
    return np.asarray(np.interp(np.asarray(x, dtype=float), cutoffs, values))


def at_least(value: float, bound: float) -> bool:
    """Whether a value reaches a bound, the last bits of floating-point arithmetic aside."""
    return value >= bound or math.isclose(value, bound, rel_tol=REACH, abs_tol=1e-12)


def partial_value(x: ArrayLike, minimum: float, target: float, direction: str) -> FloatArray:
    """0 below the minimum, 1 at the target, linear between; mirrored when lower is better.

    Args:
        x: Criterion values in the criterion's unit, any shape.
        minimum: Where the value is still 0; equal to `target` it makes a step that includes it.
        target: Where the value reaches 1.
        direction: `higher_better` or `lower_better`.

    Returns:
        Partial values in [0, 1], shape of `x`.
    """
    sign = 1.0 if direction == "higher_better" else -1.0
    upward = np.asarray(x, dtype=float) * sign
    if minimum == target:
        return np.where(upward >= minimum * sign, 1.0, 0.0)
    return piecewise_linear(upward, (minimum * sign, target * sign), (0.0, 1.0))


def partial_of(x: float, minimum: float, target: float, direction: str) -> float:
    """`partial_value` of a single number, many times as fast; same arguments, same value."""
    sign = 1.0 if direction == "higher_better" else -1.0
    x, minimum, target = x * sign, minimum * sign, target * sign
    if x >= target:
        return 1.0
    if x <= minimum:
        return 0.0
    return (x - minimum) * (1.0 / (target - minimum))


def location_quotient(e_ij: ArrayLike, e_j: ArrayLike, e_i: ArrayLike, e: ArrayLike) -> FloatArray:
    """Local share of an industry's employment over its share in the reference area.

    Args:
        e_ij: Local employment of the industry.
        e_j: Local employment, all industries.
        e_i: Employment of the industry in the reference area.
        e: Employment in the reference area, all industries.

    Returns:
        Ratios, NaN where a total is zero.

    Source:
        Farhauer & Kröll (2013), Standorttheorien, ch. on location coefficients.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.divide(e_ij, e_j) / np.divide(e_i, e)
    return np.where(np.isfinite(quotient) & (np.asarray(e) != 0), quotient, np.nan)


Cell = tuple[float | None, float | None]
"""Employment of an industry here and in the reference area; None where the cell is blank."""


def quotient(e_ij: float, e_j: float, e_i: float, e: float) -> float:
    """`location_quotient` of single numbers, many times as fast; same arguments, same value."""
    if not (e_j and e):
        return math.nan
    share = e_i / e
    found = e_ij / e_j / share if share else math.nan
    return found if math.isfinite(found) else math.nan


class Ends(Struct, frozen=True):
    """What the rows of a sheet hold at least and at most, by place, here and in the reference area."""

    least: tuple[tuple[float, ...], tuple[float, ...]]
    most: tuple[tuple[float, ...], tuple[float, ...]]

    def of(self, places: Iterable[int]) -> tuple[float, float | None]:
        """Between which ends the location quotient of some rows lies.

        Args:
            places: The industries of the numerator.

        Returns:
            The low end, 0 where nothing is secured, and the high end, None where there is none.
        """
        named = [*places]
        rest = [*set(range(len(self.least[0]))).difference(named)]
        low = self._quotient(named, rest, self.least, self.most)
        high = self._quotient(named, rest, self.most, self.least)
        return (low if math.isfinite(low) else 0.0), (high if math.isfinite(high) else None)

    def _quotient(
        self,
        named: Sequence[int],
        rest: Sequence[int],
        own: tuple[tuple[float, ...], tuple[float, ...]],
        other: tuple[tuple[float, ...], tuple[float, ...]],
    ) -> float:
        """With these amounts of the industries here, and the opposite ones of all that counts against them."""
        e = math.fsum([own[0][place] for place in named])
        r = math.fsum([other[1][place] for place in named])
        rest_e = math.fsum([other[0][place] for place in rest])
        rest_r = math.fsum([own[1][place] for place in rest])
        return quotient(e, e + rest_e, r, r + rest_r)


def ends_of(rows: Sequence[Cell], most: float) -> Ends:
    """The ends of a sheet some of whose cells are blank, once for all industries.

    A blank cell holds at least nothing and at most `most` times what the other side of its row
    suggests by the totals of the complete rows, or the largest number known on its own side,
    whichever is greater; where the other side is blank too, that largest number.

    Args:
        rows: All industries of the sheet.
        most: How many times as concentrated a blank industry may be, here or there.
    """
    totals = _known_totals(rows)
    largest = [max((row[side] or 0.0 for row in rows), default=0.0) for side in (0, 1)]

    def upper(row: Cell, side: int) -> float:
        here, there = row[side], row[1 - side]
        if here is not None:
            return here
        own, other = totals[side], totals[1 - side]
        if there is None or not other:
            return largest[side]
        return max(most * there / other * own, largest[side])

    least = [tuple([row[side] or 0.0 for row in rows]) for side in (0, 1)]
    uppers = [tuple([upper(row, side) for row in rows]) for side in (0, 1)]
    return Ends((least[0], least[1]), (uppers[0], uppers[1]))


def _known_totals(rows: Sequence[Cell]) -> tuple[float, float]:
    """Employment here and in the reference area over the rows that have both."""
    both = [(here, there) for here, there in rows if here is not None and there is not None]
    return math.fsum([here for here, _ in both]), math.fsum([there for _, there in both])


def jobs_to_quotient(target: float, e_ij: float, e_j: float, e_i: float, e: float) -> float | None:
    """Jobs to add to a local industry so that its location quotient reaches a target.

    The new jobs raise the local total as well: (e_ij + x) / (e_j + x) = target · e_i / e.

    Returns:
        Jobs, at least 0; None where no number of jobs reaches the target.
    """
    if e <= 0:
        return None
    share = target * e_i / e
    if share >= 1:
        return None
    return max(0.0, (share * e_j - e_ij) / (1 - share))
