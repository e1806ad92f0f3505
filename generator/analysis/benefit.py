"""What uses bring by themselves, here and in every draw: what the order of a shortlist rests on.

With the coefficients fixed it is linear in jobs, people reached and value added. Sizes stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from generator.analysis.assemble import Frame, assemble
from generator.analysis.candidates import candidates, eligibility_of
from generator.analysis.estimates import COMMON, INDEPENDENT, drawn_jobs
from generator.analysis.sampling import scored
from generator.analysis.worth import Alone, alone

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.analysis.draws import Draws
    from generator.analysis.values import FloatArray
    from generator.model import Fact, Region, Run
    from generator.model.choosing import Candidate
    from generator.model.programme import EffectName, Objective


class Judged(Struct, frozen=True):
    """A use that some draw may shortlist, with all that its value alone rests on."""

    candidate: Candidate
    alone: Alone
    reach: tuple[tuple[Fact, float], ...]
    """Employment of the divisions that a platform serves, with the share that it reaches."""


_NOTHING = Alone(0.0, {}, 0.0, None)


def judge(base: Core, uses: Iterable[str], ceilings: FloatArray) -> dict[str, Judged]:
    """The value alone of some uses, shortlisted or not; uses that only supply others have none.

    Args:
        base: The run whose coefficients count.
        uses: Cleared uses.
        ceilings: As above.
    """
    setting, wanted = base.setting, list(uses)
    others = [use_id for use_id in wanted if use_id not in setting.candidates]
    found = dict(setting.candidates)
    frames = [setting.frame]
    if others:
        eligibility = eligibility_of(base.region, base.readiness, base.knowledge, base.memo)
        added = candidates(
            base.region, base.knowledge, base.screening, eligibility, base.memo, others
        )
        found |= added
        frames.append(assemble(base.region, base.knowledge, added))
    known: dict[str, Alone] = {}
    reach: dict[str, tuple[tuple[Fact, float], ...]] = {}
    for frame in frames:
        known |= alone(frame, ceilings, setting.coefficients)
        reach |= _reached(frame, base.region)
    return {
        use_id: Judged(found[use_id], known.get(use_id, _NOTHING), reach.get(use_id, ()))
        for use_id in wanted
        if use_id in found
    }


def _reached(frame: Frame, region: Region) -> dict[str, tuple[tuple[Fact, float], ...]]:
    chains = frame.options.platforms
    # Sums of draws must not follow the order of the rows.
    order = sorted(range(len(region.industry)), key=lambda row: region.industry[row].code)
    return {
        use_id: tuple(
            (region.industry[row].employment, float(chains.reach[place, row]))
            for row in order
            if chains.reach[place, row]
        )
        for place, use_id in enumerate(chains.ids)
    }


Shares = tuple["FloatArray", ...]
"""What a use attains of each objective, in the order of the objectives; (draws,) or ()."""


class Benefits(Struct, frozen=True):
    """What each use attains of each objective by itself, as shares of the most attainable."""

    uses: tuple[str, ...]
    objectives: tuple[Objective, ...]
    """Those that can be attained."""
    base: Mapping[str, Shares]
    drawn: Mapping[str, Shares]
    at_ends: tuple[Mapping[str, Shares], Mapping[str, Shares]]
    """The same with unrelated costs, and with one cause for all."""

    @property
    def points(self) -> dict[str, float]:
        """Weights in points of 100, by benefit criterion."""
        return {one.benefit_id: 100.0 * one.weight for one in self.objectives}


def draw_benefits(
    judged: Mapping[str, Judged],
    objectives: Sequence[Objective],
    draws: Draws,
    correlation: float,
) -> Benefits:
    """What the uses attain in every draw.

    Args:
        judged: The uses at their best place and size.
        objectives: What they are judged by.
        draws: The source of chance; employment is drawn as for readiness.
        correlation: The common part of the uncertainty of costs, in [0, 1].
    """
    counted = tuple(one for one in objectives if one.weight > 0)
    base: dict[str, Shares] = {}
    drawn: dict[str, Shares] = {}
    ends: tuple[dict[str, Shares], dict[str, Shares]] = ({}, {})
    is_served = any(goal.effect == "served" for goal in counted)
    people = _served(judged, draws) if is_served else {}
    for use_id, one in judged.items():
        base[use_id] = tuple(_share(_amount(one, goal.effect), goal) for goal in counted)
        rest = {goal.effect: _amount(one, goal.effect) for goal in counted}
        if use_id in people:
            rest["served"] = people[use_id]
        if rest.get("value_added"):
            rest["value_added"] = one.alone.size * draws.of(one.candidate.value_added)
        cases = [(drawn, correlation), (ends[0], INDEPENDENT), (ends[1], COMMON)]
        for found, common in cases:
            # Of power reuse the jobs do not follow the cost: one set of draws serves all cases.
            if "jobs" in rest and (found is drawn or one.candidate.category == "blockchain"):
                rest["jobs"] = _jobs(one, draws, common)
            found[use_id] = tuple(_share(rest[goal.effect], goal) for goal in counted)
    return Benefits(tuple(judged), counted, base, drawn, ends)


def _share(amount: FloatArray, goal: Objective) -> FloatArray:
    return np.asarray(amount / goal.normaliser)


def _amount(one: Judged, effect: EffectName) -> FloatArray:
    return np.asarray(one.alone.amounts.get(effect, 0.0))


def _served(judged: Mapping[str, Judged], draws: Draws) -> dict[str, FloatArray]:
    """People that each use reaches in every draw; uses for which nothing varies are left out.

    One division after the other, so that no more than one of them need be held.
    """
    facts: dict[int, Fact] = {}
    readers: dict[int, list[tuple[str, float]]] = {}
    for use_id, one in judged.items():
        for fact, share in one.reach:
            facts[id(fact)] = fact
            readers.setdefault(id(fact), []).append((use_id, share))
    still = dict.fromkeys(judged, 0.0)
    moving: dict[str, FloatArray] = {}
    # Last bits must not follow the order of the uses.
    for key, fact in sorted(facts.items(), key=lambda item: (item[1].stream, str(item[1].origins))):
        if fact.value is None:
            continue
        people = draws.of(fact)
        for use_id, share in readers[key]:
            if people.ndim:
                moving.setdefault(use_id, np.zeros(draws.size))
                moving[use_id] += share * people
            else:
                still[use_id] += share * float(people)
    return {use_id: total + still[use_id] for use_id, total in moving.items()}


def _jobs(one: Judged, draws: Draws, correlation: float) -> FloatArray:
    still, known = _amount(one, "jobs"), one.candidate.jobs
    if not still or known.low == known.high:
        return still
    return one.alone.size * drawn_jobs(one.candidate, draws, correlation)


def values_of(
    run: Run,
    benefits: Benefits,
    draws: Draws,
    spread: float,
    varied: Mapping[str, Shares] | None = None,
) -> FloatArray:
    """Value alone in hundredths of the attainable, shape (uses, draws).

    Args:
        run: What varies.
        benefits: What each use attains.
        draws: Weight factors, one per objective and draw.
        spread: Their coefficient of variation; the weights of a draw are brought to one sum.
        varied: Other draws than those of the benefits.
    """
    base = [
        [
            (goal.benefit_id, 100.0 * goal.weight, share)
            for goal, share in zip(benefits.objectives, benefits.base[use_id], strict=True)
        ]
        for use_id in benefits.uses
    ]
    found = benefits.drawn if varied is None else varied
    drawn = [found[use_id] if run != "weights" else None for use_id in benefits.uses]
    return scored(base, drawn, draws, 0.0 if run == "inputs" else spread)
