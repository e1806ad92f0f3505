"""Switching values of one weight or one value, and shares of variance, in closed form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]

_EQUAL = 1e-9
"""Two scores so close are equal."""


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
