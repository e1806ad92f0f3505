"""The programme of a region: both waves, what binds them, and what else could be done.

Also here: the numbers that both waves are chosen from, for whoever computes the choice once more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.anchors import anchor_rows
from generator.analysis.asplanned import brought
from generator.analysis.assemble import needs_of
from generator.analysis.bills import bill_of
from generator.analysis.ends import upper_end
from generator.analysis.energy import grid_factor
from generator.analysis.fits import firm_spare_mw, is_cleared, site_rooms, unit_rooms
from generator.analysis.projects import Grounds
from generator.analysis.solver import (
    RESOURCES,
    ROOMS,
    Alike,
    Found,
    Options,
    are_alike,
    best_programme,
)
from generator.analysis.solver.options import CAPITAL, OPERATIONS
from generator.analysis.stakeholders import stakeholder_views
from generator.analysis.together import as_chosen, both_waves
from generator.analysis.waves import (
    NOTHING,
    Setting,
    WavePick,
    effects_of,
    first_wave,
    resources_of,
    rota_of,
    second_wave,
    terms,
)
from generator.analysis.withinlimit import Waves, kept_after, kept_within, other_within, waves_of
from generator.model.programme import (
    Alternative,
    AlternativeKind,
    EffectName,
    LimitUse,
    Programme,
    Project,
    Swap,
    Wave,
)
from generator.model.programme_inputs import DivisionInputs, ProgrammeInputs, SiteInputs, UnitInputs

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.model import Range
    from generator.model.choosing import Candidate
    from generator.model.programme import Together


_SAME = 1e-9
_OTHERS: tuple[tuple[AlternativeKind, Alike], ...] = (
    ("runner_up", "places"),
    ("other_sizes", "sizes"),
    ("other_uses", "uses"),
)
"""Ever more different choices, each with how far another may not agree with the first wave."""
_MOST_TURNS = 60
"""Ever smaller extra amounts that are tried until none brings a better plan."""
PARAMETERS = (
    "contingency", "min_gain", "list_cap", "platform_base", "platform_base_low",
    "platform_base_high", "platform_keep", "size_full", "size_three_quarters", "size_half",
    "size_quarter", "scale_from", "scale_to", "heavy_weight", "site_power_factor", "floor_jobs",
    "floor_power", "floor_power_share", "floor_served_share",
)  # fmt: skip
"""Assumptions that candidates, sizes and both waves rest on."""


def programme(base: Core) -> Programme:
    """The projects of a region in two waves, with alternatives, limits and stakeholders' views.

    Args:
        base: Law, readiness, candidates and what they are judged by.

    Returns:
        The programme without its robustness, which draws decide.
    """
    setting, region = base.setting, base.region
    waves = waves_of(setting)
    first, second = waves.first, waves.second
    factor = grid_factor(region, base.knowledge, base.screening)
    begun = tuple(one.use_id for one in first.placements)
    grounds = Grounds(region, base.knowledge, base.readiness, setting, factor, begun)
    views, shared, retired = stakeholder_views(setting, region, first)
    others = dict(_next_best(setting, waves.best))
    both = (*first.placements, *second.placements)
    return Programme(
        objectives=setting.objectives,
        candidates=setting.candidates,
        first=wave_of(first, grounds, is_second=False),
        second=wave_of(second, grounds, is_second=True),
        alternatives=tuple(_alternatives(setting, first, others)),
        limits=tuple(_limit_uses(setting, waves)),
        stakeholders=views,
        shared=shared,
        firmness=None,
        has_money_limit=setting.limits.has_money,
        unusable_limits=setting.limits.unusable,
        assignments=None if setting.listing is None else len(setting.listing.placings.count),
        choice_inputs=programme_inputs(base),
        bill=bill_of(both, base),
        swap=_swap(setting, waves, others),
        together=_billed(both_waves(setting, first, second), base),
        larger=_billed(as_chosen(setting, waves), base),
        retired_weights=retired,
    )


def _billed(found: Together | None, base: Core) -> Together | None:
    """Both waves with what they cost a year."""
    if found is None:
        return None
    return replace(found, bill=bill_of((*found.first, *found.second), base))


def wave_of(pick: WavePick, grounds: Grounds, *, is_second: bool) -> Wave:
    """A wave with its projects described."""
    projects = tuple(grounds.project(one, is_second=is_second) for one in pick.placements)
    options = pick.frame.options
    shared = [
        one
        for one in projects
        if one.category == "blockchain"
        and grounds.knowledge.needs[one.use_id].on_shared_platform is True
    ]
    own = math.fsum(one.capital.value or 0.0 for one in shared)
    common = options.base + options.keep * own
    return Wave(
        projects=projects,
        value=pick.found.value,
        effects=brought(pick.found, options),
        capital=pick.found.capital,
        capital_range=_range(projects, shared, grounds, options),
        platform=min(own, common) - own if shared else 0.0,
        has_platform=bool(shared) and common < own,
    )


def _range(
    projects: Sequence[Project], shared: Sequence[Project], grounds: Grounds, options: Options
) -> Range:
    """All low ends and all high ends together, a common platform included."""
    assumed = grounds.knowledge.assumed
    ends = []
    for end in ("low", "high"):
        amounts = {
            one.use_id: getattr(one.capital, end)
            if getattr(one.capital, end) is not None
            else one.capital.value or 0.0
            for one in projects
        }
        own = math.fsum(amounts[one.use_id] for one in shared)
        base = assumed(f"platform_base_{end}") if options.base else 0.0
        rest = math.fsum(amounts.values()) - own
        ends.append(rest + (min(own, base + options.keep * own) if shared else 0.0))
    return ends[0], ends[1]


def _alternatives(
    setting: Setting, first: WavePick, others: Mapping[AlternativeKind, WavePick]
) -> Iterable[Alternative]:
    """The most of each effect, other choices and doing nothing, all within the limit as the first is."""
    other = other_within(setting, first)
    if other is not None:
        yield alternative("within_limit", other, first, setting)
    for one in setting.objectives:
        if one.weight > 0:
            yield alternative(one.effect, _most(one.effect, first, setting), first, setting)
    # People served are an upper bound, no users: what the choice would be without them is told.
    rest = {one.effect: one.coefficient for one in setting.objectives if one.effect != "served"}
    if any(rest.values()) and setting.coefficients.get("served", 0.0) > 0:
        share = math.fsum(one.weight for one in setting.objectives if one.effect != "served")
        worth: dict[str, float] = {effect: each / share for effect, each in rest.items()}
        pick = kept_within(setting, first_wave(setting, terms(setting, worth)))
        yield alternative("not_served", pick, first, setting)
    for kind, pick in others.items():
        kept = kept_within(setting, pick)
        if kept.placements != first.placements:
            yield alternative(kind, kept, first, setting)
    yield alternative("nothing", WavePick(setting.frame, NOTHING), first, setting)


def _most(effect: EffectName, first: WavePick, setting: Setting) -> WavePick:
    """The first wave that brings most of one effect; the proposal where none within the limit brings more."""
    alone = terms(setting, {effect: 1.0}, least_gain=0.0)
    pick = kept_within(setting, first_wave(setting, alone))
    amounts = [effects_of(one.found, one.frame.options)[effect] for one in (pick, first)]
    return pick if amounts[0] >= amounts[1] - _SAME else first


def _next_best(setting: Setting, first: WavePick) -> Iterable[tuple[AlternativeKind, WavePick]]:
    """The best other choice, the best of other uses or sizes, and the best of other uses."""
    options, other = setting.frame.options, first.found
    if not first.placements:
        return
    for kind, alike in _OTHERS:
        if are_alike(other, first.found, options, alike):
            found = best_programme(setting.listing, options, terms(setting), first.found, alike)
            if found is None:
                return
            other = found
        yield kind, replace(first, found=other)


def _swap(
    setting: Setting, waves: Waves, others: Mapping[AlternativeKind, WavePick]
) -> Swap | None:
    """The same projects at other sites, where they are worth as much, and what would follow."""
    other, options = others.get("runner_up"), setting.frame.options
    if other is None or not are_alike(other.found, waves.best.found, options, "sizes"):
        return None
    pick = kept_within(setting, other)
    later = kept_after(setting, pick, second_wave(setting, pick))
    gain = later.found.value - waves.second.found.value
    return Swap(pick.placements, later.placements, gain if abs(gain) > _SAME else 0.0)


def alternative(
    kind: AlternativeKind, pick: WavePick, first: WavePick, setting: Setting
) -> Alternative:
    """Another first wave with what it brings and what it gives up against the first."""
    effects = effects_of(pick.found, pick.frame.options)
    count = len(pick.found.platforms) + len(pick.found.placings)
    worth = math.fsum(
        amount * setting.coefficients.get(effect, 0.0) for effect, amount in effects.items()
    )
    value = worth - setting.knowledge.assumed("min_gain") * count
    loss = first.found.value - value
    return Alternative(
        kind=kind,
        placements=pick.placements,
        effects=brought(pick.found, pick.frame.options),
        capital=pick.found.capital,
        upper=upper_end(pick, setting),
        value=value,
        loss=loss if abs(loss) > _SAME else 0.0,
    )


def _limit_uses(setting: Setting, waves: Waves) -> Iterable[LimitUse]:
    first, second = waves.first, waves.second
    used = resources_of(first.found, first.frame.options)
    later = resources_of(second.found, second.frame.options)
    rota = rota_of(second.found, second.frame.options)
    later[OPERATIONS] = rota[0] + max(rota[1] - 1, 0) - used[OPERATIONS]
    whole = 1.0 + setting.knowledge.assumed("contingency")
    for number, (name, amount) in enumerate(zip(RESOURCES, setting.limits.amounts, strict=True)):
        rate = whole if number == CAPITAL else 1.0
        found = _more(setting, number, waves.best)
        if number == CAPITAL and first is not waves.best:
            # The same projects at the size that was chosen, at their upper ends.
            extra = upper_end(waves.best, setting) * whole - amount.value
            found = extra, waves.best.found
        yield LimitUse(
            resource=name,
            limit=amount.value if math.isfinite(amount.value) else None,
            basis=amount.basis,
            fact=amount.fact,
            first=float(used[number]) * rate,
            second=max(0.0, float(later[number]) * rate),
            is_binding=found is not None,
            gain_of_one=_gain(setting, number, waves.best, amount.value + 1.0),
            next_extra=None if found is None else found[0],
            next_in=() if found is None else _names(found[1], waves.best)[0],
            next_out=() if found is None else _names(found[1], waves.best)[1],
        )


def _with_limit(setting: Setting, number: int, amount: float) -> Found:
    limits = setting.limits.array()
    limits[number] = amount
    judged = terms(setting, limits=limits)
    return best_programme(setting.listing, setting.frame.options, judged) or NOTHING


def _gain(setting: Setting, number: int, first: WavePick, amount: float) -> float:
    if not math.isfinite(amount):
        return 0.0
    gain = _with_limit(setting, number, amount).value - first.found.value
    return gain if gain > _SAME else 0.0


def _more(setting: Setting, number: int, first: WavePick) -> tuple[float, Found] | None:
    """The least extra amount of one resource that brings a better first wave, and that wave."""
    there_is = setting.limits.amounts[number].value
    if not math.isfinite(there_is):
        return None
    options = setting.frame.options
    rate = 1.0 + setting.knowledge.assumed("contingency") if number == CAPITAL else 1.0
    found = None
    amount = math.inf
    for _ in range(_MOST_TURNS):
        tried = _with_limit(setting, number, amount)
        if tried.value <= first.found.value + _SAME:
            break
        needed = float(resources_of(tried, options)[number]) * rate
        found = max(0.0, needed - there_is), tried
        amount = np.nextafter(needed, 0.0) * (1.0 - 1e-7)
        if amount <= there_is:
            break
    return found


def _names(found: Found, first: WavePick) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The uses that another choice brings in and leaves out."""
    now = [one.use_id for one in replace(first, found=found).placements]
    before = [one.use_id for one in first.placements]
    return (
        tuple(use_id for use_id in now if use_id not in before),
        tuple(use_id for use_id in before if use_id not in now),
    )


def programme_inputs(base: Core) -> ProgrammeInputs:
    """What the choice was made from.

    Args:
        base: The run that the programme was chosen in.
    """
    region, knowledge, options = base.region, base.knowledge, base.setting.frame.options
    named = {code for one in base.setting.candidates for code in _divisions(one, base)}
    return ProgrammeInputs(
        uses={key: _unit(one, base) for key, one in base.setting.candidates.items()},
        divisions=tuple(
            DivisionInputs(row.code, row.name, row.employment)
            for row in region.industry
            if row.code in named
        ),
        sites=tuple(
            SiteInputs(
                site.name,
                is_cleared(site, region, knowledge, base.screening),
                dict(zip(ROOMS, site_rooms(site, knowledge), strict=True)),
            )
            for site in region.sites
        ),
        spare_mw=firm_spare_mw(region, knowledge)[0],
        excludes=options.excludes,
        requires=options.requires,
        parameters={name: knowledge.assumed(name) for name in PARAMETERS},
    )


def _divisions(use_id: str, base: Core) -> tuple[str, ...]:
    use = base.knowledge.use(use_id)
    if use.category != "blockchain":
        return ()
    return tuple(row.code for row in anchor_rows(base.region, use, base.knowledge))


def _unit(one: Candidate, base: Core) -> UnitInputs:
    knowledge = base.knowledge
    need = knowledge.needs[one.use_id]
    fixed = needs_of(one.use_id, 0.0, knowledge)
    whole = needs_of(one.use_id, 1.0, knowledge)
    is_chain = one.category == "blockchain"
    return UnitInputs(
        capital=one.capital.value,
        jobs=one.jobs.value or 0.0,
        value_added=one.value_added.value or 0.0,
        power=0.0 if is_chain else need.mean_load_mw_per_unit or 0.0,
        needs={
            name: unit - base_need
            for name, unit, base_need in zip(RESOURCES, whole, fixed, strict=True)
            if unit > base_need
        },
        fixed_needs={
            name: amount for name, amount in zip(RESOURCES, fixed, strict=True) if amount > 0
        },
        rooms={
            name: amount for name, amount in zip(ROOMS, unit_rooms(need), strict=True) if amount
        },
        on_shared_platform=is_chain and need.on_shared_platform is True,
        # Not twice while nobody has counted the demand that its size hangs on.
        repeatable=need.repeatable and base.setting.frame.units_wanted(one.use_id, knowledge) > 0,
        reach_share=(need.reach_share or 0.0) if is_chain else 0.0,
        divisions=_divisions(one.use_id, base),
    )
