"""The base orders beside those of other methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.benefit import judge
from generator.analysis.crosscheck import agreement, cross_check
from generator.analysis.waves import terms
from generator.model import LISTS, CrossCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.analysis.core import Core
    from generator.analysis.values import FloatArray
    from generator.model import Basis, Category, Readiness

_FULL_PREFERENCE = 0.25
"""Of the way from no to full value: at 1, PROMETHEE II would be the additive score once more."""


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
