"""The same analysis under other conditions, over the same draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis import core
from generator.analysis.choice import choice_of, stated
from generator.analysis.difference import compare
from generator.analysis.portfolio import chosen
from generator.analysis.robustness import by_benefit, first_shares
from generator.analysis.rollup import OPERATIONS
from generator.analysis.sampling import draw_parts, sample
from generator.model import LISTS, Adjustment, ScenarioResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.analysis.core import Core
    from generator.analysis.draws import Draws
    from generator.analysis.sampling import Parts
    from generator.model import Category, Knowledge, Region, ScenarioChange

_LIMITS, _USE, _RULES = "limits.", "use:", "rules.as_of"
_BY_DATE = "region_or_published_grid_factor"
"""The roll-up that rests on factors published by the day."""
FIGURES = frozenset({"capex", "jobs"})


def run_scenarios(
    base: Core, selected: Sequence[str], parts: Parts, draws: Draws
) -> Iterable[ScenarioResult]:
    """Every scenario that there can be here, beside the base case.

    What does not exist where the region lies, a criterion or a use of another legal order, cannot
    change: such changes are left out, and a scenario of nothing else is not run.

    Args:
        base: The run that the brief rests on.
        selected: Its portfolio.
        parts: Its drawn criteria; those that a scenario does not touch are used again.
        draws: The draws of the base case, so that differences come from the scenario alone.
    """
    known = [one for one in base.knowledge.scenarios if _exists(one, base.knowledge)]
    for scenario_id in dict.fromkeys(change.scenario_id for change in known):
        changes = tuple(one for one in known if one.scenario_id == scenario_id)
        yield _run(scenario_id, changes, base, selected, parts, draws)


def _run(
    scenario_id: str,
    changes: tuple[ScenarioChange, ...],
    base: Core,
    selected: Sequence[str],
    parts: Parts,
    draws: Draws,
) -> ScenarioResult:
    region, knowledge, as_of = base.region, base.knowledge, base.screening.as_of
    is_applicable = False
    for change in changes:
        changed = applied(change, region, knowledge, as_of)
        is_applicable |= changed is not None and _acts(change, base)
        region, knowledge, as_of = changed or (region, knowledge, as_of)
    moved = {change.target for change in region.adjustments}
    if as_of != base.screening.as_of:
        moved |= {
            key
            for key, one in knowledge.criteria.items()
            if _BY_DATE in {one.rollup_blockchain, one.rollup_power_reuse}
        }
    known = {key: value for key, value in base.values.items() if key[0] not in moved}
    other = core.run(region, knowledge, as_of, known)
    picked = chosen(choice_of(other))
    rolled = {key: drawn for key, drawn in parts.rolled.items() if key[0] not in moved}
    own = draw_parts(
        region, knowledge, other.screening, other.readiness, other.benefit, draws, rolled
    )
    drawn = sample("both", own, other.readiness, other.benefit, knowledge, draws)
    first: dict[Category, str] = {}
    p_first: dict[str, float] = {}
    p_shortlisted: dict[str, float] = {}
    for category in LISTS:
        listed, scores, placed = by_benefit(category, drawn, other.readiness)
        if not listed:
            continue
        shares = dict(zip(listed, first_shares(scores, placed).tolist(), strict=True))
        first[category] = max(listed, key=lambda use_id: shares[use_id])
        p_first |= shares
        p_shortlisted |= dict(zip(listed, placed.mean(axis=1).tolist(), strict=True))
    return ScenarioResult(
        scenario_id=scenario_id,
        changes=changes,
        is_applicable=is_applicable,
        first=first,
        p_first=p_first,
        p_shortlisted=p_shortlisted,
        shortlist=other.readiness.shortlist,
        selected=picked,
        difference=compare(base, selected, other, picked),
    )


def _exists(change: ScenarioChange, knowledge: Knowledge) -> bool:
    """Whether the legal order knows what a change is about."""
    target = change.target
    if target.startswith(_USE):
        return any(use.use_id == target.removeprefix(_USE) for use in knowledge.uses)
    if target == _RULES or target in FIGURES or target.startswith(_LIMITS):
        return True
    return target in knowledge.criteria or target in knowledge.benefits


def _acts(change: ScenarioChange, base: Core) -> bool:
    """Whether there is a value to change; a blank stays blank in every scenario."""
    target = change.target
    if target in base.knowledge.criteria:
        values = (found for key, found in base.values.items() if key[0] == target)
        return any(
            known is not None
            for found in values
            for known in (found.fact.value, found.at_least_as_good_as)
        )
    if target in base.knowledge.benefits:
        return any(
            part.benefit_id == target and part.partial is not None
            for use in base.benefit.uses.values()
            for part in use.parts
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
    if target in knowledge.criteria or target in FIGURES or target in knowledge.benefits:
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
