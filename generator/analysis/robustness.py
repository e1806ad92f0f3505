"""What holds when inputs and weights vary: ranks over the draws, switching values, drivers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.crosscheck import agreement, cross_check
from generator.analysis.sampling import RUNS, Sample, draw_parts, sample
from generator.analysis.standing import levels, standings
from generator.analysis.tipping import switching_values
from generator.analysis.values import at_least
from generator.model import (
    LISTS,
    Basis,
    Category,
    CrossCheck,
    Driver,
    Knowledge,
    Lead,
    RankedUse,
    Readiness,
    Robustness,
    RobustOrder,
    Run,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.draws import Draws
    from generator.analysis.sampling import Parts
    from generator.analysis.values import FloatArray

_FULL_PREFERENCE = 0.25
"""Of the way from no to full value: at 1, PROMETHEE II would be the additive score once more."""
_NO_SPREAD = 1e-12
_BELOW_ALL = 1000.0
"""Taken from the score of a use that misses a hard minimum: it ranks below all that pass."""


def vary(base: Core, draws: Draws) -> tuple[Robustness, Parts, Sample]:
    """Both orders of both lists over the draws of three runs.

    Args:
        base: The run with every input and weight at its base value.
        draws: Seed and number of draws.

    Returns:
        The findings, the drawn parts and the sample of the run in which everything varies.
    """
    region, knowledge, screening = base.region, base.knowledge, base.screening
    readiness = base.readiness
    parts = draw_parts(region, knowledge, screening, readiness, draws)
    found, drawn = orders_and_drivers(base, parts, draws)
    return replace(found, cross_checks=cross_checks(readiness)), parts, drawn


def orders_and_drivers(base: Core, parts: Parts, draws: Draws) -> tuple[Robustness, Sample]:
    """What follows from the drawn parts: ranks of three runs, switching values, drivers.

    Returns:
        The findings without the checks by other methods, and the sample in which everything varies.
    """
    knowledge = base.knowledge
    readiness = base.readiness
    samples = {run: sample(run, parts, readiness, knowledge, draws) for run in RUNS}
    found = Robustness(
        draws=draws.size,
        seed=draws.seed,
        orders=tuple(
            order
            for category in LISTS
            for run in RUNS
            for order in orders_of(category, run, samples[run], readiness, knowledge)
        ),
        switching=tuple(switching_values(readiness, parts)),
        drivers=tuple(_drivers(parts, samples["inputs"], readiness)),
        cross_checks=(),
    )
    return found, samples["both"]


def orders_of(
    category: Category,
    run: Run,
    drawn: Sample,
    readiness: Readiness,
    knowledge: Knowledge,
) -> Iterable[RobustOrder]:
    """The order by readiness of one list, and the shortlist's order by benefit, in one run."""
    enough = knowledge.assumed("coverage_minimum_pct")
    ranked = [
        use_id
        for use_id in readiness.order[category]
        if at_least(readiness.uses[use_id].coverage_pct, enough)
    ]
    if ranked:
        rows = drawn.rows(ranked)
        scores = drawn.readiness[rows] - _BELOW_ALL * ~drawn.meets[rows]
        placed = np.ones_like(scores, dtype=bool)
        yield _order("readiness", category, run, ranked, drawn, scores, placed, readiness, {})


def first_shares(scores: FloatArray, placed: NDArray[np.bool_]) -> FloatArray:
    """Share of all draws in which each use is first; ties share, shape (uses,)."""
    level = levels(scores)
    is_first = (level == level.max(axis=0)) & placed
    return np.asarray((is_first / np.maximum(is_first.sum(axis=0), 1)).mean(axis=1))


def _order(
    basis: Basis,
    category: Category,
    run: Run,
    ids: Sequence[str],
    drawn: Sample,
    scores: FloatArray,
    placed: NDArray[np.bool_],
    readiness: Readiness,
    weights: dict[str, FloatArray],
) -> RobustOrder:
    found = standings(scores, placed)
    rows = drawn.rows(ids)
    plain = drawn.readiness[rows]
    middle = _middle_nine_tenths(plain) if run == "both" else [(None, None)] * len(ids)
    central = _central_weights(scores, placed, weights)
    in_place, meeting, listed = (
        share.mean(axis=1).tolist()
        for share in (placed, drawn.meets[rows], drawn.shortlisted[rows])
    )
    uses = tuple(
        RankedUse(
            use_id=use_id,
            acceptability=tuple(found.acceptability[place].tolist()),
            unplaced=1.0 - in_place[place],
            p_first=float(found.acceptability[place, 0]),
            score_low=middle[place][0],
            score_high=middle[place][1],
            p_meets_minima=None if readiness.uses[use_id].unknown_minima else meeting[place],
            p_shortlisted=listed[place],
            central_weights=central[place] if central else {},
        )
        for place, use_id in enumerate(ids)
    )
    wins = tuple(tuple(row) for row in found.wins.tolist())
    lead = _lead(ids, uses, scores, placed, drawn.meets[rows])
    return RobustOrder(basis, category, run, uses, wins, lead)


def _middle_nine_tenths(scores: FloatArray) -> list[tuple[float | None, float | None]]:
    """5th and 95th percentile of each row, as order statistics of the draws."""
    size = scores.shape[1]
    places = [round(0.05 * (size - 1)), round(0.95 * (size - 1))]
    ends = np.round(np.partition(scores, places, axis=1)[:, places], 9)
    return [(float(low), float(high)) for low, high in ends]


def _central_weights(
    scores: FloatArray, placed: NDArray[np.bool_], weights: dict[str, FloatArray]
) -> list[dict[str, float]]:
    """Mean weights, in points of 100, over the draws in which each use is first."""
    if not weights:
        return []
    whole = np.sum([*weights.values()], axis=0)
    level = levels(scores)
    is_first = (level == level.max(axis=0)) & placed
    row, draw = np.nonzero(is_first)
    share = 1.0 / is_first.sum(axis=0)[draw]
    counts = np.bincount(row, share, len(scores))
    sums = {
        key: np.bincount(row, share * (100.0 * factor / whole)[draw], len(scores))
        for key, factor in weights.items()
    }
    return [
        {key: round(float(sums[key][place] / count), 9) for key in weights} if count else {}
        for place, count in enumerate(counts)
    ]


def _lead(
    ids: Sequence[str],
    uses: Sequence[RankedUse],
    scores: FloatArray,
    placed: NDArray[np.bool_],
    meets: NDArray[np.bool_],
) -> Lead | None:
    """The two uses most often first, and their difference in the draws that let them compare."""
    if len(ids) < 2:
        return None
    by_first = sorted(range(len(ids)), key=lambda place: (-uses[place].p_first, place))
    first, second = by_first[:2]
    both = placed[first] & placed[second] & (meets[first] == meets[second])
    count = int(both.sum())
    if not count:
        return Lead(ids[first], ids[second], 0.0, 0.0, 0)
    apart = scores[first, both] - scores[second, both]
    mean, deviation = round(float(apart.mean()), 9), round(float(apart.std()), 9)
    return Lead(ids[first], ids[second], mean, deviation, count)


def _drivers(parts: Parts, drawn: Sample, readiness: Readiness) -> Iterable[Driver]:
    """What share of each score's variance each criterion explains when the inputs vary."""
    for row, use_id in enumerate(parts.uses):
        needs = [part.requirement for part in readiness.uses[use_id].contributions]
        names = [need.criterion_id for need in needs]
        weights = [need.weight for need in needs]
        yield from _shares(
            "readiness", use_id, names, weights, parts.readiness[use_id], drawn.readiness[row]
        )


def _shares(
    basis: Basis,
    use_id: str,
    names: Sequence[str],
    weights: Sequence[float],
    partials: Sequence[FloatArray],
    scores: FloatArray,
) -> Iterable[Driver]:
    """Covariance of each part with the score over the score's variance: they add up to 1.

    Parts that rest on the same record vary together, so variances alone would not add up. A part
    that moves against the score has a negative share.
    """
    centred = scores - scores.mean()
    whole = float(centred @ centred)
    if whole < _NO_SPREAD * scores.size:
        return
    shares = [
        round(weight * float(partial @ centred) / whole, 9) if partial.ndim else 0.0
        for weight, partial in zip(weights, partials, strict=True)
    ]
    found = [
        Driver(basis, use_id, name, share)
        for name, share in zip(names, shares, strict=True)
        if share
    ]
    yield from sorted(found, key=lambda driver: (-driver.share, driver.criterion_id))


def cross_checks(readiness: Readiness) -> tuple[CrossCheck, ...]:
    """The base orders beside those of other methods, with the anchors as bounds: a smoke test.

    Needs and weights differ from use to use, so readiness enters as the points that each criterion
    costs: what a use does not ask for counts as met in full, and the additive order is unchanged.
    """
    found: list[CrossCheck] = []
    for category in LISTS:
        ranked = [key for key in readiness.order[category] if readiness.uses[key].rank]
        if len(ranked) > 1:
            lost = _points_lost(ranked, readiness)
            widest = np.max(lost, axis=0)
            lost, widest = lost[:, widest > 0], widest[widest > 0]
            if widest.size:
                found += _checks("readiness", category, ranked, 1.0 - lost / widest, widest)
    return tuple(found)


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
