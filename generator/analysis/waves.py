"""The first and the second wave: what is judged, what is chosen, and what else could be.

Source:
    docs/programme.md tells the method in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.assemble import Frame, after, assemble, former_mining_load
from generator.analysis.candidates import Eligibility, candidates, eligibility_of
from generator.analysis.customers import share_of_customers
from generator.analysis.limits import Limits, limits_of
from generator.analysis.solver import (
    Found,
    Listing,
    Options,
    Terms,
    best_programme,
    list_choices,
)
from generator.analysis.solver.options import CAPITAL, OPERATIONS, TIE, are_alike
from generator.analysis.worth import alone
from generator.model.choosing import Candidate, ProjectSite
from generator.model.programme import EffectName, Effects, Objective, Placement

if TYPE_CHECKING:
    from generator.analysis.memo import Memo
    from generator.analysis.values import FloatArray
    from generator.model import Knowledge, Readiness, Region, Screening

EFFECTS: tuple[EffectName, ...] = ("jobs", "power", "served", "value_added")


class Setting(Struct, frozen=True):
    """One region ready to be decided on: candidates, options, limits and what they are judged by."""

    knowledge: Knowledge
    candidates: Mapping[str, Candidate]
    frame: Frame
    listing: Listing | None
    """None where there are too many ways to place power reuse to list them."""
    limits: Limits
    objectives: tuple[Objective, ...]
    attained: Mapping[EffectName, float]
    """The most of each effect that the whole shortlist can bring; empty in a run judged by another."""
    floors: Mapping[EffectName, float]
    """The least attainable amounts that earn full weight."""
    memo: Memo
    """What was found on the way."""

    @property
    def coefficients(self) -> dict[str, float]:
        """Value of one unit of each effect."""
        return {one.effect: one.coefficient for one in self.objectives}


class WavePick(Struct, frozen=True):
    """What one wave holds, with the options that it was chosen from."""

    frame: Frame
    found: Found

    @property
    def placements(self) -> tuple[Placement, ...]:
        """Its projects: blockchain first, by id."""
        options, fits = self.frame.options, self.frame.fits
        chains = sorted(options.platforms.ids[row] for row in self.found.platforms)
        placed = sorted(self.found.placings, key=lambda row: options.placings.ids[row])
        return (
            *(Placement(use_id, ProjectSite(), 1.0) for use_id in chains),
            *(
                Placement(
                    options.placings.ids[row], fits[row].place, float(options.placings.size[row])
                )
                for row in placed
            ),
        )


NOTHING = Found((), (), 0.0, 0.0)


def set_up(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    memo: Memo,
    objectives: Sequence[Objective] | None = None,
) -> Setting:
    """Everything that a decision for a region rests on.

    Args:
        region: The registers.
        knowledge: Needs, pairs, parameters.
        screening: Sizes that the law bars.
        readiness: The shortlist.
        memo: What another run has found already.
        objectives: Those of another run, to be judged by the same coefficients; None to find what
            this region can attain.
    """
    setting = lay_out(
        region, knowledge, screening, eligibility_of(region, readiness, knowledge, memo), memo
    )
    if objectives is None:
        floors = _floors(knowledge, region)
        attained = {key: attainable(setting, key) for key in EFFECTS if _may_count(key, setting)}
        judged = weighted(_stated(knowledge), attained, floors)
        setting = replace(setting, objectives=judged, attained=attained, floors=floors)
    else:
        setting = replace(setting, objectives=tuple(objectives))
    return replace(setting, candidates=_valued(setting))


def lay_out(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    eligibility: Eligibility,
    memo: Memo,
) -> Setting:
    """What may be chosen and under which limits; nothing is judged yet."""
    found = candidates(region, knowledge, screening, eligibility, memo)
    people = (row.employment for row in region.industry)
    known = (*found.values(), region.sites, *people, knowledge.pairs, knowledge.uses)
    frame = memo.of(
        "frame", (share_of_customers(region),), known, lambda: assemble(region, knowledge, found)
    )
    limits = limits_of(region, knowledge, screening, memo)
    listing = memo.of("listing", (), (frame,), lambda: listed(frame.options, memo))
    return Setting(knowledge, found, frame, listing, limits, (), {}, {}, memo)


def listed(options: Options, memo: Memo) -> Listing | None:
    """Every set that may be chosen; None where there are too many ways to list."""
    return list_choices(options, lambda name, read, make: memo.of(name, read, (), make))


def terms(
    setting: Setting,
    coefficients: Mapping[str, float] | None = None,
    *,
    least_gain: float | None = None,
    limits: FloatArray | None = None,
    ready_only: bool = True,
) -> Terms:
    """What a first wave is chosen by: ready uses at cleared sites, under the limits.

    Args:
        setting: The region.
        coefficients: Others than its own.
        least_gain: Another than the parameter.
        limits: Others than its own, in the order of `RESOURCES`.
        ready_only: Whether only what may start now is chosen from.
    """
    knowledge, frame = setting.knowledge, setting.frame
    ready = {key for key, one in setting.candidates.items() if one.is_ready}
    may = [
        use_id in ready and fit.place.is_cleared
        for use_id, fit in zip(frame.options.placings.ids, frame.fits, strict=True)
    ]
    return Terms(
        coefficients=setting.coefficients if coefficients is None else coefficients,
        least_gain=knowledge.assumed("min_gain") if least_gain is None else least_gain,
        limits=setting.limits.array() if limits is None else limits,
        contingency=knowledge.assumed("contingency"),
        platforms=frozenset(ready) if ready_only else None,
        placings=np.array(may, dtype=bool) if ready_only else None,
    )


def first_wave(setting: Setting, judged: Terms | None = None) -> WavePick:
    """The best set of projects that may start now."""
    options = setting.frame.options
    found = best_programme(setting.listing, options, judged or terms(setting)) or NOTHING
    return WavePick(setting.frame, found)


def best_waves(setting: Setting) -> tuple[WavePick, WavePick]:
    """Both waves by the middle of costs; of sites that serve the first alike, those that leave the second most."""
    first = first_wave(setting)
    second = second_wave(setting, first)
    options = setting.frame.options
    if not first.found.placings:
        return first, second
    other = best_programme(setting.listing, options, terms(setting), first.found)
    if other is None or not _is_as_good(other, first.found, options):
        return first, second
    moved = WavePick(setting.frame, other)
    later = second_wave(setting, moved)
    is_better = later.found.value > second.found.value + TIE
    return (moved, later) if is_better else (first, second)


def _is_as_good(other: Found, found: Found, options: Options) -> bool:
    """Whether a choice is the same projects of the same sizes, as dear and of the same value."""
    return (
        are_alike(other, found, options, "sizes")
        and abs(other.value - found.value) <= TIE
        and abs(other.capital - found.capital) <= TIE
    )


def second_wave(setting: Setting, first: WavePick) -> WavePick:
    """The best set of whatever is shortlisted and can be prepared, with what the first wave leaves.

    A minimum that nobody here can change keeps a use out: there is nothing to prepare.
    """
    frame = after(setting.frame, first.placements, setting.knowledge)
    options = replace(frame.options, rota=rota_of(first.found, first.frame.options))
    frame = replace(frame, options=options)
    judged = to_prepare(setting, options, terms(setting, limits=left_by(setting, first)))
    return WavePick(
        frame, best_programme(listed(options, setting.memo), options, judged) or NOTHING
    )


def left_by(setting: Setting, first: WavePick) -> FloatArray:
    """What a first wave leaves of each limit, in the order of `RESOURCES`."""
    used = resources_of(first.found, first.frame.options)
    left = setting.limits.array() - used
    # Money with contingency, like the limit that it is taken from.
    left[CAPITAL] = setting.limits.array()[CAPITAL] - used[CAPITAL] * (
        1.0 + setting.knowledge.assumed("contingency")
    )
    # The staff rota is shared by both waves, so its limit stays and its members count on.
    left[OPERATIONS] = setting.limits.array()[OPERATIONS]
    return np.maximum(left, 0.0)


def cannot_prepare(one: Candidate, knowledge: Knowledge) -> tuple[str, ...]:
    """The minima that a use misses and nobody here can change; none where it can be prepared."""
    return tuple(key for key in one.missed if knowledge.criteria[key].is_given)


def to_prepare(setting: Setting, options: Options, judged: Terms) -> Terms:
    """The terms of a wave that waits: whatever is shortlisted, but for what nobody here can prepare.

    Args:
        setting: The region.
        options: What the wave is chosen from.
        judged: The terms of one that begins.
    """
    may = frozenset(
        key for key, one in setting.candidates.items() if not cannot_prepare(one, setting.knowledge)
    )
    if len(may) == len(setting.candidates):
        return replace(judged, platforms=None, placings=None)
    placings = np.array([use_id in may for use_id in options.placings.ids], dtype=bool)
    return replace(judged, platforms=may, placings=placings)


def resources_of(found: Found, options: Options) -> FloatArray:
    """What a choice takes of each resource, capital in CNY m without contingency."""
    chains, placed = list(found.platforms), list(found.placings)
    own = np.vstack([options.platforms.needs[chains], options.placings.needs[placed]])
    used = np.asarray(own.sum(axis=0))
    used[CAPITAL] = found.capital
    most, users = rota_of(found, options)
    used[OPERATIONS] = most + max(users - 1, 0)
    return used


def rota_of(found: Found, options: Options) -> tuple[float, int]:
    """Greatest need of operations staff of a choice, and how many of its projects have one."""
    rows = [
        *options.platforms.needs[list(found.platforms), OPERATIONS].tolist(),
        *options.placings.needs[list(found.placings), OPERATIONS].tolist(),
    ]
    needing = [need for need in rows if need > 0]
    before, users = options.rota
    return max([before, *needing]), users + len(needing)


def effects_of(found: Found, options: Options) -> Effects:
    """What a choice brings beyond earlier waves."""
    chains, placed = list(found.platforms), list(found.placings)
    total = {
        effect: float(
            options.platforms.gains[effect][chains].sum()
            + options.placings.gains[effect][placed].sum()
        )
        for effect in options.platforms.gains
    }
    reach = options.platforms.reach[chains].max(axis=0, initial=0.0)
    total["served"] = float(np.maximum(reach - options.reached, 0.0) @ options.people)
    return total


def _stated(knowledge: Knowledge) -> dict[EffectName, tuple[str, float]]:
    """The active objectives of the method, with their points."""
    return {
        effect: (key, one.weight)
        for effect in EFFECTS
        for key, one in knowledge.benefits.items()
        if one.status == "active" and one.weight > 0 and one.effect == effect
    }


def _may_count(effect: EffectName, setting: Setting) -> bool:
    """Value added counts only where every candidate has the region's own estimate.

    A use without the one that it requires is dropped, and needs none.
    """
    counted = [one for one in setting.candidates.values() if not one.requires]
    return effect != "value_added" or (
        bool(counted) and all(one.value_added.value is not None for one in counted)
    )


def attainable(setting: Setting, effect: EffectName) -> float:
    """The most of one effect that the whole shortlist and all sites can bring under the limits."""
    judged = terms(setting, {effect: 1.0}, least_gain=0.0, ready_only=False)
    found = best_programme(setting.listing, setting.frame.options, judged)
    return 0.0 if found is None else effects_of(found, setting.frame.options)[effect]


def _floors(knowledge: Knowledge, region: Region) -> dict[EffectName, float]:
    """The least attainable amounts that earn full weight."""
    employed = sum(row.employment.value or 0.0 for row in region.industry)
    return {
        "jobs": knowledge.assumed("floor_jobs"),
        "power": max(
            knowledge.assumed("floor_power"),
            knowledge.assumed("floor_power_share") / 100 * former_mining_load(region, knowledge),
        ),
        "served": knowledge.assumed("floor_served_share") / 100 * employed,
        "value_added": 0.0,
    }


def weighted(
    stated: Mapping[EffectName, tuple[str, float]],
    attained: Mapping[EffectName, float],
    floors: Mapping[EffectName, float],
) -> tuple[Objective, ...]:
    """The objectives of some weights; what cannot be attained gives its weight to the others.

    Args:
        stated: EffectName to benefit criterion and points.
        attained: EffectName to the most that can be had of it.
        floors: EffectName to the least amount that earns full weight.
    """
    counted = {
        effect: points
        for effect, (_, points) in stated.items()
        if attained.get(effect, 0.0) > 0 and points > 0
    }
    total = sum(counted.values())
    return tuple(
        Objective(
            benefit_id=key,
            effect=effect,
            stated=points,
            attainable=attained.get(effect, 0.0),
            normaliser=max(attained[effect], floors[effect]) if attained.get(effect) else 0.0,
            weight=counted.get(effect, 0.0) / total if total else 0.0,
            floor=floors.get(effect, 0.0),
        )
        for effect in EFFECTS
        if effect in stated
        for key, points in [stated[effect]]
    )


def _valued(setting: Setting) -> dict[str, Candidate]:
    """The candidates with what each is worth by itself, in hundredths of the attainable."""
    ceilings = terms(setting, ready_only=False).ceilings()
    found = alone(setting.frame, ceilings, setting.coefficients)
    return {
        use_id: replace(one, value_alone=found[use_id].value, best=found[use_id].best)
        if use_id in found
        else one
        for use_id, one in setting.candidates.items()
    }
