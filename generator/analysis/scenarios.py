"""The same analysis under other conditions, over the same draws.

Also here: what another run of the same region changes in its programme.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.asplanned import brought_by, in_steps
from generator.analysis.bills import bill_of
from generator.analysis.customers import CUSTOMERS
from generator.analysis.ends import upper_end
from generator.analysis.limits import stated
from generator.analysis.outs import why_out
from generator.analysis.projects import clearing, waited_for
from generator.analysis.rollup import OPERATIONS
from generator.analysis.waves import EFFECTS, NOTHING, WavePick
from generator.analysis.withinlimit import waves_of
from generator.model import LISTS, Adjustment, Knowledge, Region, ScenarioChange, ScenarioResult
from generator.model.decisions import Difference

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.model.programme import Effects, Placement, Precondition


_LIMITS, _USE, _RULES = "limits.", "use:", "rules.as_of"
FIGURES = frozenset({"capex", "jobs", "annual_value_added"})
_SAME = 1e-9


def run_scenarios(base: Outcome) -> Iterable[ScenarioResult]:
    """Every scenario that there can be here, beside the base case.

    What does not exist where the region lies, a criterion or a use of another legal order, cannot
    change: such changes are left out, and a scenario of nothing else is not run.

    Args:
        base: The run that the brief rests on.
    """
    known = [one for one in base.core.knowledge.scenarios if _exists(one, base.core.knowledge)]
    for scenario_id in dict.fromkeys(change.scenario_id for change in known):
        changes = tuple(one for one in known if one.scenario_id == scenario_id)
        yield _run(scenario_id, changes, base)


def _run(
    scenario_id: str,
    changes: tuple[ScenarioChange, ...],
    outcome: Outcome,
) -> ScenarioResult:
    base = outcome.core
    region, knowledge, as_of = base.region, base.knowledge, base.screening.as_of
    is_applicable = False
    for change in changes:
        changed = applied(change, region, knowledge, as_of)
        is_applicable |= changed is not None and _acts(change, base)
        region, knowledge, as_of = changed or (region, knowledge, as_of)
    other = outcome_of(base.again(region, knowledge, as_of))
    difference = _counted(outcome, other)
    begun = {one.use_id for one in outcome.first.placements}
    waves = other.first, other.second
    return ScenarioResult(
        scenario_id=scenario_id,
        changes=changes,
        is_applicable=is_applicable,
        first=other.first.placements,
        second=other.second.placements,
        difference=difference,
        out={
            use_id: why_out(use_id, base, other.core, waves, began=use_id in begun)
            for use_id in difference.leaves
        },
    )


def _counted(base: Outcome, other: Outcome) -> Difference:
    """What a scenario changes, counted like the plan: without a second wave of its own by the first.

    What a scenario would only prepare is named among what joins, with what it waits for.
    """
    found = compare(base, other)
    if base.second.placements or not other.second.placements:
        return found
    first = compare(base, replace(other, second=replace(other.second, found=NOTHING)))
    return replace(
        found, effects=first.effects, capital=first.capital, upper=first.upper, bill=first.bill
    )


def _exists(change: ScenarioChange, knowledge: Knowledge) -> bool:
    """Whether the legal order knows what a change is about."""
    target = change.target
    if target.startswith(_USE):
        return any(use.use_id == target.removeprefix(_USE) for use in knowledge.uses)
    if target in {_RULES, CUSTOMERS} or target in FIGURES or target.startswith(_LIMITS):
        return True
    return target in knowledge.criteria


def _acts(change: ScenarioChange, base: Core) -> bool:
    """Whether there is a value to change; a blank stays blank in every scenario."""
    target = change.target
    if target in base.knowledge.criteria:
        values = (
            part.value
            for use in base.readiness.uses.values()
            for part in use.contributions
            if part.value.criterion_id == target
        )
        return any(
            known is not None
            for found in values
            for known in (found.fact.value, found.at_least_as_good_as)
        )
    return True


def applied(
    change: ScenarioChange, region: Region, knowledge: Knowledge, as_of: date
) -> tuple[Region, Knowledge, date] | None:
    """The region, the knowledge and the day after one change; None where it has nothing to act on.

    Raises:
        ValueError: The target is not on the closed list.
    """
    target, value = change.target, change.value
    if target == _RULES:
        return region, knowledge, date.fromisoformat(value)
    if target.startswith(_USE):
        rest = tuple(use for use in knowledge.uses if use.use_id != target.removeprefix(_USE))
        if len(rest) == len(knowledge.uses):
            return None
        return region, replace(knowledge, uses=rest), as_of
    if target.startswith(_LIMITS):
        resource = target.removeprefix(_LIMITS)
        known = (row.resource for row in region.limits if stated(row, region).value is not None)
        if resource not in known:
            return None
        return _limited(region, resource, change), knowledge, as_of
    if target in knowledge.criteria or target in FIGURES or target == CUSTOMERS:
        adjusted = (*region.adjustments, Adjustment(target, change.operation, float(value)))
        return replace(region, adjustments=adjusted), knowledge, as_of
    raise ValueError(f"scenario {change.scenario_id}: nothing is called {target}")


def _limited(region: Region, resource: str, change: ScenarioChange) -> Region:
    operation, by = OPERATIONS[change.operation], float(change.value)
    limits = tuple(
        replace(
            row,
            amount=replace(
                row.amount, value=float(operation(np.asarray(float(row.amount.value)), by))
            ),
        )
        if row.resource == resource and row.amount.value is not None
        else row
        for row in region.limits
    )
    return replace(region, limits=limits)


class Outcome(Struct, frozen=True):
    """A run with what it chooses in both waves."""

    core: Core
    first: WavePick
    second: WavePick

    @property
    def waves(self) -> dict[str, int]:
        """Use to the earliest wave that holds it."""
        later = {one.use_id: 2 for one in self.second.placements}
        return later | {one.use_id: 1 for one in self.first.placements}

    @property
    def capital(self) -> float:
        """CNY m of both waves."""
        return self.first.found.capital + self.second.found.capital

    @property
    def upper(self) -> float:
        """CNY m of both waves with every project at its upper end."""
        return sum(upper_end(pick, self.core.setting) for pick in (self.first, self.second))

    @property
    def effects(self) -> Effects:
        """The effects of both waves together."""
        return brought_by((self.first, self.second))


def outcome_of(core: Core) -> Outcome:
    """Both waves of a run."""
    found = waves_of(core.setting)
    return Outcome(core, found.first, found.second)


def compare(base: Outcome, other: Outcome) -> Difference:
    """What joins, leaves and moves, and what that changes in natural units.

    Args:
        base: The run that the brief rests on.
        other: The run under other conditions, judged by the same coefficients; a use that it drops
            counts as left.
    """
    before, after = base.core.readiness, other.core.readiness
    common = [use_id for use_id in before.uses if use_id in after.uses]
    moves = _moves(base, other)
    listed, relisted = (
        [use_id for category in LISTS for use_id in one.shortlist[category]]
        for one in (before, after)
    )
    shortlisted = tuple(use_id for use_id in relisted if use_id not in listed)
    now = (*other.first.placements, *other.second.placements)
    placed = {*moves["joins"], *moves["earlier"], *moves["resized"]}
    effects = base.effects, other.effects
    statuses = base.core.screening.uses, other.core.screening.uses
    return Difference(
        **moves,
        placed=tuple(one for one in now if one.use_id in placed),
        effects=in_steps({name: effects[1][name] - effects[0][name] for name in EFFECTS}),
        capital=other.capital - base.capital,
        value=other.first.found.value - base.first.found.value,
        shortlisted=shortlisted,
        unlisted=tuple(use_id for use_id in listed if use_id not in relisted),
        idle=tuple(use_id for use_id in shortlisted if use_id not in other.waves),
        became_viable=_turned(base, other, common, is_gain=True),
        lost_viability=_turned(base, other, common, is_gain=False),
        law_changed=tuple(
            use_id
            for use_id, found in statuses[0].items()
            if use_id in statuses[1] and statuses[1][use_id].status != found.status
        ),
        readiness={
            use_id: after.uses[use_id].low - before.uses[use_id].low
            for use_id in common
            if abs(after.uses[use_id].low - before.uses[use_id].low) > _SAME
        },
        waits=_waits(moves["joins"], other),
        upper=other.upper - base.upper,
        bill=bill_of(now, other.core),
    )


def _waits(joins: Iterable[str], other: Outcome) -> dict[str, tuple[Precondition, ...]]:
    """What uses that join the second wave of a run still wait for in it."""
    core, later = other.core, {one.use_id: one for one in other.second.placements}
    found = {
        use_id: (
            *waited_for(
                core.setting.candidates[use_id], core.readiness.uses[use_id], core.knowledge
            ),
            *clearing(later[use_id].place, core.region),
        )
        for use_id in joins
        if other.waves[use_id] > 1
    }
    return {use_id: waits for use_id, waits in found.items() if waits}


def _moves(base: Outcome, other: Outcome) -> dict[str, tuple[str, ...]]:
    """Uses that join the programme, leave it, or change their wave, size or place."""
    waves, rewaves = base.waves, other.waves
    kept = [use_id for use_id in waves if use_id in rewaves]
    spots = {_spot(one) for one in (*base.first.placements, *base.second.placements)}
    replaced = {
        one.use_id
        for one in (*other.first.placements, *other.second.placements)
        if _spot(one) not in spots
    }
    return {
        "joins": tuple(use_id for use_id in rewaves if use_id not in waves),
        "leaves": tuple(use_id for use_id in waves if use_id not in rewaves),
        "earlier": tuple(use_id for use_id in kept if rewaves[use_id] < waves[use_id]),
        "later": tuple(use_id for use_id in kept if rewaves[use_id] > waves[use_id]),
        "resized": tuple(
            use_id for use_id in kept if rewaves[use_id] == waves[use_id] and use_id in replaced
        ),
    }


def _spot(one: Placement) -> tuple[str, int | None, float]:
    """What makes a project the same: use, site and size, whether the site is cleared or not."""
    return one.use_id, one.place.number, one.size


def _turned(base: Outcome, other: Outcome, common: list[str], *, is_gain: bool) -> tuple[str, ...]:
    """Uses that became viable, or ceased to be."""
    before, after = base.core.readiness.uses, other.core.readiness.uses
    return tuple(
        use_id
        for use_id in common
        if before[use_id].viability != after[use_id].viability
        and (after if is_gain else before)[use_id].viability == "viable"
    )
