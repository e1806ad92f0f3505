"""What holds when inputs and weights vary: ranks over the draws, switching values, drivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.benefit import Benefits, draw_benefits, judge, values_of
from generator.analysis.crosscheck import cross_checks
from generator.analysis.ranks import has_one_band, levels, ranks_and_wins
from generator.analysis.sampling import RUNS, Parts, Sample, sample
from generator.analysis.switching import switching_of_readiness, switching_of_value
from generator.analysis.values import FloatArray, at_least
from generator.analysis.waves import terms
from generator.model import (
    LISTS,
    Basis,
    Category,
    Driver,
    FirstTwo,
    RankedUse,
    Readiness,
    Robustness,
    RobustOrder,
    Run,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.draws import Draws

_NO_SPREAD = 1e-12
_BELOW_ALL = 1000.0
"""Taken from the score of a use that misses a hard minimum: it ranks below all that pass."""


def vary(base: Core, parts: Parts, draws: Draws) -> Robustness:
    """Both orders of both lists over the draws of three runs.

    Args:
        base: The run with every input and weight at its base value.
        parts: Drawn partial values of all draws.
        draws: Seed and number of draws.
    """
    found = orders_and_drivers(base, parts, draws)
    return replace(found, cross_checks=cross_checks(base))


def orders_and_drivers(base: Core, parts: Parts, draws: Draws) -> Robustness:
    """What follows from the drawn parts: ranks of three runs, switching values, drivers.

    Returns:
        The findings without the checks by other methods.
    """
    knowledge, readiness = base.knowledge, base.readiness
    samples = {run: sample(run, parts, readiness, knowledge, draws) for run in RUNS}
    ceilings = terms(base.setting, ready_only=False).ceilings()
    judged = judge(base, _ever_listed(samples.values()), ceilings)
    correlation = knowledge.assumed("cost_correlation")
    benefits = draw_benefits(judged, base.setting.objectives, draws, correlation)
    spread = knowledge.assumed("weight_cv")
    values = {run: values_of(run, benefits, draws, spread) for run in RUNS}
    ends = [values_of("both", benefits, draws, spread, varied) for varied in benefits.at_ends]
    chance = {key: draws.factors(key, spread) for key in benefits.points}
    return Robustness(
        draws=draws.size,
        seed=draws.seed,
        orders=tuple(
            _order(one, samples[one.run], benefits, chance, ends, base)
            for one in _contests(base, samples, benefits, values)
        ),
        switching=(
            *switching_of_readiness(readiness, parts),
            *switching_of_value(base, judged, ceilings),
        ),
        drivers=(
            *_drivers(parts, samples["inputs"], readiness),
            *_drivers_of_value(benefits, values["inputs"]),
        ),
        cross_checks=(),
    )


def _ever_listed(samples: Iterable[Sample]) -> list[str]:
    """The uses that any draw of any run shortlists."""
    found = [
        use_id
        for drawn in samples
        for use_id, listed in zip(drawn.uses, drawn.shortlisted, strict=True)
        if listed.any()
    ]
    return list(dict.fromkeys(found))


class _Contest(Struct, frozen=True):
    """The scores of one order in one run; arrays of shape (uses, draws)."""

    basis: Basis
    category: Category
    run: Run
    uses: tuple[str, ...]
    scores: FloatArray
    """What the draws are ranked by."""
    placed: NDArray[np.bool_]
    middle: Sequence[tuple[float | None, float | None]]
    """Between which ends the scores lie, as they are printed, in nine tenths of the draws."""


def _contests(
    base: Core, samples: Mapping[Run, Sample], benefits: Benefits, values: Mapping[Run, FloatArray]
) -> Iterator[_Contest]:
    """One after the other: the arrays of some make room for those of the next."""
    for category in LISTS:
        for run, drawn in samples.items():
            for one in (
                _by_readiness(category, run, drawn, base),
                _by_value(category, run, drawn, benefits, values[run], base),
            ):
                if one.uses:
                    yield one


def _by_readiness(category: Category, run: Run, drawn: Sample, base: Core) -> _Contest:
    """All cleared uses with enough data; who misses a hard minimum comes below all that pass."""
    readiness = base.readiness
    enough = base.knowledge.assumed("coverage_minimum_pct")
    uses = tuple(
        use_id
        for use_id in readiness.order[category]
        if at_least(readiness.uses[use_id].coverage_pct, enough)
    )
    rows = drawn.rows(uses)
    scores = drawn.readiness[rows]
    middle = _middle_nine_tenths(run, scores)
    for row, meets in enumerate(drawn.meets[rows]):
        scores[row] -= _BELOW_ALL * ~meets
    return _Contest("readiness", category, run, uses, scores, np.ones_like(scores, bool), middle)


def _by_value(
    category: Category, run: Run, drawn: Sample, benefits: Benefits, values: FloatArray, base: Core
) -> _Contest:
    """The uses that any draw of the run shortlists, those of the base run first."""
    readiness = base.readiness
    known = dict.fromkeys((*readiness.shortlist[category], *readiness.order[category]))
    shortlisted = dict(zip(drawn.uses, drawn.shortlisted, strict=True))
    uses = tuple(key for key in known if key in benefits.base and shortlisted[key].any())
    placed = drawn.shortlisted[drawn.rows(uses)]
    scores = values[[benefits.uses.index(key) for key in uses]]
    middle = _middle_nine_tenths(run, scores)
    np.copyto(scores, -np.inf, where=~placed)
    return _Contest("value", category, run, uses, scores, placed, middle)


def first_shares(scores: FloatArray, placed: NDArray[np.bool_]) -> FloatArray:
    """Share of all draws in which each use is first; ties share, shape (uses,)."""
    level = levels(scores)
    is_first = (level == level.max(axis=0)) & placed
    return np.asarray((is_first / np.maximum(is_first.sum(axis=0), 1)).mean(axis=1))


def _order(
    one: _Contest,
    drawn: Sample,
    benefits: Benefits,
    chance: Mapping[str, FloatArray],
    ends: Sequence[FloatArray],
    base: Core,
) -> RobustOrder:
    found = ranks_and_wins(one.scores, one.placed)
    rows = drawn.rows(one.uses)
    factors = _factors(one, benefits, chance)
    central = _central_weights(one.scores, one.placed, factors)
    first_at_ends = _first_at_ends(one, benefits, ends)
    in_place, meeting, listed = (
        share.mean(axis=1).tolist()
        for share in (one.placed, drawn.meets[rows], drawn.shortlisted[rows])
    )

    def ranked(rank: int, use_id: str) -> RankedUse:
        is_open = bool(base.readiness.uses[use_id].unknown_minima)
        return RankedUse(
            use_id=use_id,
            acceptability=tuple(found.acceptability[rank].tolist()),
            unplaced=1.0 - in_place[rank],
            p_first=float(found.acceptability[rank, 0]),
            score_low=one.middle[rank][0],
            score_high=one.middle[rank][1],
            p_meets_minima=None if is_open else meeting[rank],
            p_shortlisted=listed[rank],
            central_weights=central[rank] if central else {},
            p_first_at_ends=first_at_ends[rank] if first_at_ends else None,
        )

    uses = tuple(ranked(rank, use_id) for rank, use_id in enumerate(one.uses))
    leader = max(uses, key=lambda use: use.p_first)
    shares = (leader.p_first, *(leader.p_first_at_ends or ()))
    return RobustOrder(
        basis=one.basis,
        category=one.category,
        run=one.run,
        uses=uses,
        wins=tuple(tuple(row) for row in found.wins.tolist()),
        lead=_lead(one.uses, uses, one.scores, one.placed, drawn.meets[rows]),
        holds_at_ends=has_one_band(shares, base.knowledge),
    )


def _factors(
    one: _Contest, benefits: Benefits, chance: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """Objective to its points with what its weight was drawn at; empty where no weights are drawn."""
    if one.basis != "value" or one.run == "inputs":
        return {}
    return {key: points * chance[key] for key, points in benefits.points.items()}


def _first_at_ends(
    one: _Contest, benefits: Benefits, ends: Sequence[FloatArray]
) -> list[tuple[float, float]]:
    """P(first) of each use with unrelated costs and with one cause for all; else empty."""
    if one.basis != "value" or one.run != "both":
        return []
    rows = [benefits.uses.index(key) for key in one.uses]
    independent, common = (
        first_shares(np.where(one.placed, values[rows], -np.inf), one.placed).tolist()
        for values in ends
    )
    return list(zip(independent, common, strict=True))


def _middle_nine_tenths(run: Run, scores: FloatArray) -> list[tuple[float | None, float | None]]:
    """5th and 95th percentile of each row, as order statistics of the draws; of one run only."""
    if run != "both":
        return [(None, None)] * len(scores)
    size = scores.shape[1]
    places = [round(0.05 * (size - 1)), round(0.95 * (size - 1))]
    # To sort all is several times as fast as to partition by two places.
    ends = np.round(np.sort(scores, axis=1)[:, places], 9)
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
) -> FirstTwo | None:
    """The two uses most often first, and their difference in the draws that let them compare."""
    if len(ids) < 2:
        return None
    by_first = sorted(range(len(ids)), key=lambda place: (-uses[place].p_first, place))
    first, second = by_first[:2]
    both = placed[first] & placed[second] & (meets[first] == meets[second])
    count = int(both.sum())
    if not count:
        return FirstTwo(ids[first], ids[second], 0.0, 0.0, 0)
    apart = scores[first, both] - scores[second, both]
    mean, deviation = round(float(apart.mean()), 9), round(float(apart.std()), 9)
    return FirstTwo(ids[first], ids[second], mean, deviation, count)


def _drivers(parts: Parts, drawn: Sample, readiness: Readiness) -> Iterable[Driver]:
    """What share of each score's variance each criterion explains when the inputs vary."""
    for row, use_id in enumerate(parts.uses):
        needs = [part.requirement for part in readiness.uses[use_id].contributions]
        names = [need.criterion_id for need in needs]
        weights = [need.weight for need in needs]
        yield from _shares(
            "readiness", use_id, names, weights, parts.readiness[use_id], drawn.readiness[row]
        )


def _drivers_of_value(benefits: Benefits, values: FloatArray) -> Iterable[Driver]:
    """What share of each use's value alone each objective explains when the inputs vary."""
    names, weights = [*benefits.points], [*benefits.points.values()]
    for row, use_id in enumerate(benefits.uses):
        yield from _shares("value", use_id, names, weights, benefits.drawn[use_id], values[row])


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
