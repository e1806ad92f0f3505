"""How concentrated, diverse and special a regional economy is: plain functions of arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]


def _amounts(values: ArrayLike) -> FloatArray:
    found = np.asarray(values, dtype=float)
    if not np.all(found >= 0) or not found.sum() > 0:
        raise ValueError("amounts must be at least 0 and sum to more than 0")
    return found


def _shares(values: ArrayLike) -> FloatArray:
    found = _amounts(values)
    return np.asarray(found / found.sum())


def herfindahl(values: ArrayLike) -> float:
    """Herfindahl-Hirschman index: the sum of squared shares, from 1/n (even) to 1 (one holds all).

    Args:
        values: Amounts of at least 0, such as employment by industry; shape (industries,).

    Returns:
        Index in (0, 1]; times 10,000 in the points that authorities use.

    Raises:
        ValueError: For a negative amount or a total of 0; so in all functions of this module.

    Source:
        Hirschman (1964), American Economic Review 54(5), 761-762.
    """
    return float(np.sum(np.square(_shares(values))))


def shannon_entropy(values: ArrayLike, base: float) -> float:
    """Shannon entropy of the shares, from 0 (one holds all) to log n (even); a share of 0 adds 0.

    Args:
        values: Amounts of at least 0; shape (industries,).
        base: Base of the logarithm, above 1: 2 gives bits, e gives nats.

    Source:
        Shannon (1948), Bell System Technical Journal 27(3), 379-423.
    """
    share = _shares(values)
    held = share[share > 0]
    # max removes the minus sign of -0.0.
    return max(0.0, -float(np.sum(held * np.log(held))) / math.log(base))


def hachman(local: ArrayLike, reference: ArrayLike) -> float:
    """Hachman index: how close the local mix of industries is to that of the reference area.

    Args:
        local: Local amounts by industry; shape (industries,).
        reference: Amounts of the same industries in the reference area; same shape.

    Returns:
        1 / sum(LQ_i · s_i) in [0, 1]: 1 for the same mix, 0 where an industry is local only.

    Source:
        F. Hachman, Bureau of Economic and Business Research, University of Utah.
    """
    here, there = _shares(local), _shares(reference)
    if np.any(here[there == 0] > 0):
        return 0.0
    both = there > 0
    return 1.0 / float(np.sum(np.square(here[both]) / there[both]))


def specialisation_krugman(local: ArrayLike, reference: ArrayLike) -> float:
    """Sum of absolute differences of shares: 0 for the same mix, 2 for no industry in common.

    Args:
        local: Local amounts by industry; shape (industries,).
        reference: Amounts of the same industries in the reference area; same shape.

    Source:
        Krugman (1991), Geography and Trade.
    """
    return float(np.sum(np.abs(_shares(local) - _shares(reference))))


def shift_share(
    local_before: ArrayLike,
    local_after: ArrayLike,
    reference_before: ArrayLike,
    reference_after: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Classic shift-share: what growth, mix and the place itself brought each local industry.

    With G the growth of all industries of the reference area, g that of the industry there and e
    its local amount before: e·G, e·(g - G) and the rest. An industry that the reference area did
    not have before has no g; the whole of its local change is its regional shift.

    Args:
        local_before: Local amounts by industry; shape (industries,).
        local_after: The same, later.
        reference_before: Amounts in the reference area, positive in total.
        reference_after: The same, later.

    Returns:
        National share, industry mix and regional shift in the unit of the amounts, each of shape
        (industries,); the three sum to the local change of each industry.

    Source:
        Dunn (1960), Papers of the Regional Science Association 6(1), 97-112.
    """
    before, after = (np.asarray(part, dtype=float) for part in (local_before, local_after))
    there, later = _amounts(reference_before), np.asarray(reference_after, dtype=float)
    overall = later.sum() / there.sum() - 1.0
    known = there > 0
    own = np.where(known, later / np.where(known, there, 1.0) - 1.0, 0.0)
    national = np.where(known, before * overall, 0.0)
    mix = np.where(known, before * (own - overall), 0.0)
    return national, mix, after - before - national - mix
