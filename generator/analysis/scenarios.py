"""The same analysis under other conditions, over the same draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from generator.analysis import core
from generator.analysis.difference import compare
from generator.analysis.portfolio import choice_of, chosen
from generator.analysis.robustness import orders_of
from generator.analysis.rollup import OPERATIONS
from generator.analysis.sampling import draw_parts, sample
from generator.model import LISTS, Adjustment, ScenarioResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.analysis.core import Core
    from generator.analysis.draws import Draws
    from generator.model import Category, Knowledge, Region, ScenarioChange

_LIMITS, _USE, _RULES = "limits.", "use:", "rules.as_of"
FIGURES = frozenset({"capex", "jobs"})


def run_scenarios(base: Core, selected: Sequence[str], draws: Draws) -> Iterable[ScenarioResult]:
    """Every scenario of the catalogue beside the base case.

    Args:
        base: The run that the brief rests on.
        selected: Its portfolio.
        draws: The draws of the base case, so that differences come from the scenario alone.
    """
    names = dict.fromkeys(change.scenario_id for change in base.knowledge.scenarios)
    for scenario_id in names:
        changes = tuple(one for one in base.knowledge.scenarios if one.scenario_id == scenario_id)
        yield _run(scenario_id, changes, base, selected, draws)


def _run(
    scenario_id: str,
    changes: tuple[ScenarioChange, ...],
    base: Core,
    selected: Sequence[str],
    draws: Draws,
) -> ScenarioResult:
    region, knowledge, as_of = base.region, base.knowledge, base.screening.as_of
    is_applicable = False
    for change in changes:
        changed = applied(change, region, knowledge, as_of)
        is_applicable |= changed is not None
        region, knowledge, as_of = changed or (region, knowledge, as_of)
    other = core.run(region, knowledge, as_of)
    picked = chosen(choice_of(other))
    parts = draw_parts(region, knowledge, other.screening, other.readiness, other.benefit, draws)
    drawn = sample("both", parts, other.readiness, other.benefit, knowledge, draws)
    first: dict[Category, str] = {}
    p_first: dict[str, float] = {}
    p_shortlisted: dict[str, float] = {}
    for category in LISTS:
        found = orders_of(category, "both", drawn, other.readiness, other.benefit, knowledge, draws)
        for order in found:
            if order.basis != "benefit":
                continue
            first[category] = max(order.uses, key=lambda use: use.p_first).use_id
            p_first |= {use.use_id: use.p_first for use in order.uses}
            p_shortlisted |= {use.use_id: use.p_shortlisted for use in order.uses}
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
        return region, replace(knowledge, uses=rest), as_of
    if target.startswith(_LIMITS):
        resource = target.removeprefix(_LIMITS)
        if all(row.resource != resource for row in region.limits):
            return None
        return _limited(region, resource, change), knowledge, as_of
    if target in knowledge.criteria or target in FIGURES or target in knowledge.benefits:
        adjusted = (*region.adjustments, Adjustment(target, change.operation, float(value)))
        return replace(region, adjustments=adjusted), knowledge, as_of
    raise ValueError(f"scenario {change.scenario_id}: nothing is called {target}")


def _limited(region: Region, resource: str, change: ScenarioChange) -> Region:
    operation, by = OPERATIONS[change.operation], float(change.value)
    limits = tuple(
        replace(row, amount=replace(row.amount, value=float(operation(row.amount.value, by))))  # type: ignore[arg-type]  # numpy takes a number for an array
        if row.resource == resource and row.amount.value is not None
        else row
        for row in region.limits
    )
    return replace(region, limits=limits)
