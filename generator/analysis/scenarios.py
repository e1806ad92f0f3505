"""The same analysis under other conditions, over the same draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.difference import compare, outcome_of
from generator.analysis.limits import stated
from generator.analysis.rollup import OPERATIONS
from generator.model import Adjustment, ScenarioResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.analysis.core import Core
    from generator.analysis.difference import Outcome
    from generator.model import Knowledge, Region, ScenarioChange

_LIMITS, _USE, _RULES = "limits.", "use:", "rules.as_of"
FIGURES = frozenset({"capex", "jobs", "annual_value_added"})


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
    return ScenarioResult(
        scenario_id=scenario_id,
        changes=changes,
        is_applicable=is_applicable,
        first=other.first.placements,
        second=other.second.placements,
        difference=compare(outcome, other),
    )


def _exists(change: ScenarioChange, knowledge: Knowledge) -> bool:
    """Whether the legal order knows what a change is about."""
    target = change.target
    if target.startswith(_USE):
        return any(use.use_id == target.removeprefix(_USE) for use in knowledge.uses)
    if target == _RULES or target in FIGURES or target.startswith(_LIMITS):
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
    if target in knowledge.criteria or target in FIGURES:
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
