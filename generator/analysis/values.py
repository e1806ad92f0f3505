"""Partial values and the indices the roll-ups need: plain functions of arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

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


def as_array(number: float | None) -> FloatArray:
    """A number as an array of no dimension, NaN for unknown."""
    return np.asarray(math.nan if number is None else number)
