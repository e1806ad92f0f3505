"""A smoke test: do other decision methods order the alternatives as the additive score does?

Also here: the base orders beside those of other methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from generator.analysis.benefit import judge
from generator.analysis.waves import terms
from generator.model import LISTS, Basis, Category, CrossCheck, Readiness

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from generator.analysis.core import Core
    from generator.analysis.values import FloatArray


_FULL_PREFERENCE = 0.25
"""Of the way from no to full value: at 1, PROMETHEE II would be the additive score once more."""


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


def topsis(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Closeness to the best anchor by TOPSIS: how far off the worst, of the way from worst to best.

    With weighted values w·v, d⁻ the Euclidean distance to 0 and d⁺ that to w, the score is
    d⁻ / (d⁻ + d⁺).

    Args:
        values: Partial values in [0, 1], 1 is best; shape (alternatives, criteria).
        weights: Weights of at least 0, not all of them 0; shape (criteria,).

    Returns:
        Scores in [0, 1], higher is better; shape (alternatives,).

    Source:
        Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer, 128-140; the anchors
        stand for the ideal solutions, which the book takes from the data.
    """
    parts, shares = _arrays(values, weights)
    from_worst = np.sqrt(np.sum((shares * parts) ** 2, axis=1))
    from_best = np.sqrt(np.sum((shares * (1.0 - parts)) ** 2, axis=1))
    return np.asarray(from_worst / (from_worst + from_best))


def vikor(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Distance Q from the best anchor by VIKOR: half the mean regret, half the largest one.

    With regrets w·(1 - v), S their sum and R the largest of them, Q = S / (2·Σw) + R / (2·max w):
    S and R are 0 for the best anchor, and Σw and max w for the worst.

    Args:
        values: Partial values in [0, 1], 1 is best; shape (alternatives, criteria).
        weights: Weights of at least 0, not all of them 0; shape (criteria,).

    Returns:
        Q in [0, 1], lower is better; shape (alternatives,).

    Source:
        Opricovic & Tzeng (2004), European Journal of Operational Research 156(2), 445-455, with
        v = 0.5; the anchors stand for the best and worst values, which the paper takes from the
        data.
    """
    parts, shares = _arrays(values, weights)
    regrets = shares * (1.0 - parts)
    return np.asarray(
        0.5 * regrets.sum(axis=1) / shares.sum() + 0.5 * regrets.max(axis=1) / shares.max()
    )


def promethee_ii(values: ArrayLike, weights: ArrayLike, threshold: float = 1.0) -> FloatArray:
    """Net outranking flows by PROMETHEE II: how far each alternative is preferred to the others.

    The preference of a over b on a criterion grows with their difference and is full from the
    threshold on (V-shape). Preferred less being preferred to is the difference cut off at the
    threshold either way: φ(a) = Σ_b Σ_k w_k · clip((v_ak - v_bk) / threshold, -1, 1) / (n - 1).

    Args:
        values: Partial values, 1 is best; shape (alternatives, criteria).
        weights: Weights of at least 0; shape (criteria,).
        threshold: Difference above 0 that is a full preference.

    Returns:
        Flows that sum to 0, higher is better, 0 for an alternative alone; shape (alternatives,).

    Source:
        Brans & Vincke (1985), Management Science 31(6), 647-656, criterion of type III.
    """
    parts, shares = _arrays(values, weights)
    differences = parts[:, np.newaxis, :] - parts[np.newaxis, :, :]
    preferred = np.clip(differences / threshold, -1.0, 1.0) @ shares
    return np.asarray(preferred.sum(axis=1) / max(len(parts) - 1, 1))


def spotis(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Weighted distance from the best anchor by SPOTIS: Σ_k w_k · (1 - v_k).

    Args:
        values: Partial values in [0, 1], 1 is best; shape (alternatives, criteria).
        weights: Weights of at least 0; shape (criteria,).

    Returns:
        Distances, lower is better; shape (alternatives,).

    Source:
        Dezert, Tchamova, Han & Tacnet (2020), FUSION 2020, 1-8, with 0 and 1 as bounds.
    """
    parts, shares = _arrays(values, weights)
    return np.asarray((1.0 - parts) @ shares)


def _arrays(values: ArrayLike, weights: ArrayLike) -> tuple[FloatArray, FloatArray]:
    return np.asarray(values, dtype=float), np.asarray(weights, dtype=float)


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
    """
    parts, shares = _arrays(values, weights)
    if not np.all((parts >= 0) & (parts <= 1)):
        raise ValueError("partial values are in [0, 1]")
    if not np.all(shares >= 0) or abs(shares.sum() - 1.0) > 1e-9:
        raise ValueError("weights are at least 0 and sum to 1")
    return {
        "topsis": topsis(parts, shares),
        "vikor": 1.0 - vikor(parts, shares),
        "promethee_ii": promethee_ii(parts, shares, threshold),
        "spotis": 1.0 - spotis(parts, shares),
    }


def rank_similarity(base: ArrayLike, other: ArrayLike) -> float:
    """WS rank similarity: how alike two orders are, places at the top of the first counting most.

    With ranks x and y, WS = 1 - Σ 2^(-x) · |x - y| / max(|1 - x|, |n - x|). It is not symmetric.

    Args:
        base: Ranks from 1 (first) on, ties share their mean; shape (alternatives,), at least two.
        other: Ranks of the same alternatives; same shape.

    Returns:
        1 for the same order, less the more they differ.

    Source:
        Sałabun & Urbaniak (2020), ICCS, LNCS 12138, 632-645.
    """
    x, y = _arrays(base, other)
    furthest = np.maximum(np.abs(1.0 - x), np.abs(len(x) - x))
    return float(1.0 - np.sum(2.0**-x * np.abs(x - y) / furthest))


def agreement(base_scores: ArrayLike, scores: ArrayLike) -> Agreement:
    """How far the order of some scores agrees with the order of the base scores.

    Args:
        base_scores: Higher is better; shape (alternatives,), at least one.
        scores: Of the same alternatives, higher is better; same shape.

    Source:
        Kendall (1945), Biometrika 33(3), 239-251 (tau-b).
    """
    # Rounding lets sums tie that are equal but were added in another order.
    base, other = (np.round(np.asarray(side, dtype=float), 9) for side in (base_scores, scores))
    tops = [set(np.argsort(-side, kind="stable")[:3].tolist()) for side in (base, other)]
    firsts = (base == base.max()) & (other == other.max())
    return Agreement(
        top1_same=bool(firsts.any()),
        top3_overlap=len(tops[0] & tops[1]),
        ws=rank_similarity(_ranks(base), _ranks(other)) if len(base) > 1 else None,
        kendall_tau=_tau(base, other),
    )


def _ranks(scores: FloatArray) -> FloatArray:
    """Ranks from 1 (highest) on; ties share their mean."""
    before = (scores > scores[:, np.newaxis]).sum(axis=1)
    tied = (scores == scores[:, np.newaxis]).sum(axis=1)
    return np.asarray(before + (tied + 1) / 2)


def _tau(base: FloatArray, other: FloatArray) -> float | None:
    """Kendall's tau-b; None where all alternatives of one side tie."""
    # Written out: importing it takes longer than the whole analysis of a region.
    pairs = np.triu_indices(len(base), 1)
    first, second = (np.sign(side[pairs[0]] - side[pairs[1]]) for side in (base, other))
    untied = np.count_nonzero(first), np.count_nonzero(second)
    if not all(untied):
        return None
    tau = (first * second).sum() / np.sqrt(untied[0]) / np.sqrt(untied[1])
    return float(np.clip(tau, -1.0, 1.0))


def cross_checks(base: Core) -> tuple[CrossCheck, ...]:
    """The base orders beside those of other methods, with the anchors as bounds: a smoke test.

    Needs and weights differ from use to use, so readiness enters as the points that each criterion
    costs: what a use does not ask for counts as met in full, and the additive order is unchanged.
    Value alone enters as what each use attains of each objective.
    """
    readiness = base.readiness
    found: list[CrossCheck] = []
    for category in LISTS:
        ranked = [key for key in readiness.order[category] if readiness.uses[key].rank]
        if len(ranked) > 1:
            lost = _points_lost(ranked, readiness)
            widest = np.max(lost, axis=0)
            lost, widest = lost[:, widest > 0], widest[widest > 0]
            if widest.size:
                found += _checks("readiness", category, ranked, 1.0 - lost / widest, widest)
        listed = [key for key in readiness.shortlist[category] if key in base.setting.candidates]
        if len(listed) > 1:
            attained = _attained(listed, base)
            widest = attained.max(axis=0)
            attained, widest = attained[:, widest > 0], widest[widest > 0]
            if widest.size:
                found += _checks("value", category, listed, attained / widest, widest)
    return tuple(found)


def _attained(uses: Sequence[str], base: Core) -> FloatArray:
    """Points of value alone by objective, shape (uses, objectives)."""
    ceilings = terms(base.setting, ready_only=False).ceilings()
    judged = judge(base, uses, ceilings)
    return np.array(
        [
            [
                100.0 * one.coefficient * judged[use_id].alone.amounts.get(one.effect, 0.0)
                for one in base.setting.objectives
            ]
            for use_id in uses
        ]
    )


def _points_lost(ids: Sequence[str], readiness: Readiness) -> FloatArray:
    """Points of readiness that each criterion costs each use, shape (uses, criteria)."""
    parts = {key: readiness.uses[key].contributions for key in ids}
    names = list(
        dict.fromkeys(part.requirement.criterion_id for own in parts.values() for part in own)
    )
    lost = np.zeros((len(ids), len(names)))
    for row, key in enumerate(ids):
        for part in parts[key]:
            column = names.index(part.requirement.criterion_id)
            lost[row, column] = part.requirement.weight - part.points_low
    return lost


def _checks(
    basis: Basis, category: Category, ids: Sequence[str], matrix: FloatArray, weights: FloatArray
) -> Iterable[CrossCheck]:
    shares = weights / weights.sum()
    base = matrix @ shares
    for method, scores in cross_check(np.clip(matrix, 0.0, 1.0), shares, _FULL_PREFERENCE).items():
        order = np.argsort(-np.round(scores, 9), kind="stable").tolist()
        same = agreement(base, scores)
        yield CrossCheck(
            basis=basis,
            category=category,
            method=method,
            order=tuple(ids[place] for place in order),
            is_first_same=same.top1_same,
            first_three_shared=same.top3_overlap,
            rank_similarity=same.ws,
            tau=same.kendall_tau,
        )
