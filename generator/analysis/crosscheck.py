"""A smoke test: do other decision methods order the alternatives as the additive score does?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]


class Agreement(NamedTuple):
    """How far two sets of scores order the same alternatives alike; ties to 9 decimals.

    Attributes:
        top1_same: Whether an alternative is first, alone or tied, in both.
        top3_overlap: How many alternatives are among the first three of both; ties in order given.
        ws: WS rank similarity, 1 for the same order; None below two alternatives.
        kendall_tau: Kendall's tau-b, in [-1, 1]; None where all alternatives of one side tie.
    """

    top1_same: bool
    top3_overlap: int
    ws: float | None
    kendall_tau: float | None


def cross_check(
    values: ArrayLike, weights: ArrayLike, threshold: float = 1.0
) -> dict[str, FloatArray]:
    """Scores of the same alternatives by TOPSIS, VIKOR, PROMETHEE II and SPOTIS.

    The anchors 0 and 1 of the partial values are the bounds, not the data. SPOTIS then is the
    additive score itself, and so is, but for scale, PROMETHEE II with a threshold of 1: only TOPSIS
    and VIKOR, or a lower threshold, can disagree with it.

    Args:
        values: Partial values in [0, 1], 1 is best; shape (alternatives, criteria).
        weights: Weights of at least 0 that sum to 1; shape (criteria,).
        threshold: Difference of partial values in (0, 1] that PROMETHEE II takes as a full
            preference; smaller differences count in proportion (V-shape).

    Returns:
        Scores by method, higher is better; each of shape (alternatives,).

    Raises:
        ValueError: For partial values outside [0, 1] or weights that do not sum to 1.

    Source:
        Hwang & Yoon (1981), TOPSIS; Opricovic & Tzeng (2004), VIKOR; Brans & Vincke (1985),
        PROMETHEE II; Dezert et al. (2020), SPOTIS; as in the library pymcdm.
    """
    # Imported here, as it brings a plotting library along that takes long to load.
    from pymcdm.methods import PROMETHEE_II, SPOTIS, TOPSIS, VIKOR  # noqa: PLC0415 - see above

    parts, shares = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if not np.all((parts >= 0) & (parts <= 1)):
        raise ValueError("partial values are in [0, 1]")
    if not np.all(shares >= 0) or abs(shares.sum() - 1.0) > 1e-9:
        raise ValueError("weights are at least 0 and sum to 1")
    criteria = parts.shape[1]
    types = np.ones(criteria)
    # Two imagined alternatives at the anchors keep these methods from taking bounds from the data.
    anchored = np.vstack([parts, np.zeros(criteria), np.ones(criteria)])
    flows = np.zeros(len(parts))
    if len(parts) > 1:
        promethee = PROMETHEE_II("vshape", p=np.full(criteria, threshold))
        flows = promethee(parts, shares, types, validation=False)
    spotis = SPOTIS(np.tile([0.0, 1.0], (criteria, 1)))
    return {
        "topsis": np.asarray(TOPSIS()(anchored, shares, types, validation=False)[:-2]),
        "vikor": 1.0 - np.asarray(VIKOR()(anchored, shares, types, validation=False)[:-2]),
        "promethee_ii": np.asarray(flows),
        "spotis": 1.0 - np.asarray(spotis(parts, shares, types, validation=False)),
    }


def agreement(base_scores: ArrayLike, scores: ArrayLike) -> Agreement:
    """How far the order of some scores agrees with the order of the base scores.

    Args:
        base_scores: Higher is better; shape (alternatives,), at least one.
        scores: Of the same alternatives, higher is better; same shape.

    Source:
        Sałabun & Urbaniak (2020), ICCS, LNCS 12138, 632-645 (WS, not symmetric: places at the top
        of the base order count most); Kendall (1945), Biometrika 33(3), 239-251 (tau-b).
    """
    from pymcdm.correlations import ws  # noqa: PLC0415 - brings a plotting library along
    from scipy.stats import kendalltau, rankdata  # noqa: PLC0415 - slow to import, used here only

    # Rounding lets sums tie that are equal but were added in another order.
    base, other = (np.round(np.asarray(side, dtype=float), 9) for side in (base_scores, scores))
    tops = [set(np.argsort(-side, kind="stable")[:3].tolist()) for side in (base, other)]
    firsts = (base == base.max()) & (other == other.max())
    untied = np.ptp(base) > 0 and np.ptp(other) > 0
    return Agreement(
        top1_same=bool(firsts.any()),
        top3_overlap=len(tops[0] & tops[1]),
        ws=float(ws(rankdata(-base), rankdata(-other))) if len(base) > 1 else None,
        kendall_tau=float(kendalltau(base, other).statistic) if untied else None,
    )
