"""Planned steps: what each changes in the record it names, and what that brings."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

from generator.analysis import core
from generator.analysis.choice import choice_of
from generator.analysis.difference import compare
from generator.analysis.portfolio import chosen
from generator.analysis.scoring import score_use
from generator.model import CLEARED, LISTS, StepPlan, StepResult, StepSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.analysis.core import Core
    from generator.model import Fact, Label, Region, Step

_REGISTERS = {
    "power": ("spare_grid_mw", "power_price", "peak_valley_spread"),
    "data_centres": ("it_load_mw", "racks_available", "tier_level", "availability_pct", "pue"),
    "workforce": ("dev_fte", "ops_fte", "technician_fte"),
    "connectivity": ("backbone_latency_ms", "backbone_gbps"),
    "sites": ("water_m3_day", "usable_floor_m2", "road_port_km"),
}
"""Register to the criteria whose records are in it."""
_NAMED_BY = {"workforce": "role"}
_BOUNDS = {
    "availability_pct": (0.0, 100.0),
    "renewable_share": (0.0, 100.0),
    "hub_status": (0.0, 1.0),
    "pue": (1.0, math.inf),
}
"""What no step takes beyond what the criterion can be; all others stop at nothing."""
_UNTOUCHED = "anchor_lq"
"""No step changes employment, only a measured quotient; quotients are the dearest to roll up."""
_MOST_TRIED = 10
"""Steps that are tried in every combination; more would take minutes."""


def try_steps(base: Core, selected: Sequence[str]) -> StepPlan:
    """Every step alone, all together, and the cheapest sets that make a use viable.

    Args:
        base: The run that the brief rests on; its lists stay as they are.
        selected: Its portfolio.
    """
    steps = base.region.steps
    single = tuple(_tried((step,), base, selected) for step in steps)
    together = _tried(steps, base, selected) if len(steps) > 1 else None
    near = [
        use
        for use in base.readiness.uses.values()
        if base.screening.uses[use.use_id].status in CLEARED and use.viability != "viable"
    ]
    found = {use.use_id: _cheapest(use.use_id, base) for use in near} if steps else {}
    return StepPlan(
        single=single,
        together=together,
        unlocking=tuple(one for one in found.values() if one),
        out_of_reach=tuple(use_id for use_id, one in found.items() if one is None),
    )


def _tried(steps: Sequence[Step], base: Core, selected: Sequence[str]) -> StepResult:
    region, not_found = taken(steps, base.region)
    touched = {step.criterion for step in steps}
    untouched = {
        key: value
        for key, value in base.values.items()
        if key[0] == _UNTOUCHED and _UNTOUCHED not in touched
    }
    other = core.run(region, base.knowledge, base.screening.as_of, untouched)
    picked = chosen(choice_of(other))
    difference = compare(base, selected, other, picked)
    cleared = [use_id for category in LISTS for use_id in base.readiness.order[category]]
    points = math.fsum(difference.readiness.get(use_id, 0.0) for use_id in cleared)
    cost = _cost(steps)
    return StepResult(
        steps=tuple(steps),
        not_found=tuple(not_found),
        difference=difference,
        points=points,
        cost=cost,
        points_per_million=points / cost if cost else None,
    )


def _cost(steps: Iterable[Step]) -> float | None:
    costs = [step.cost.value for step in steps]
    known = [cost for cost in costs if cost is not None]
    return math.fsum(known) if len(known) == len(costs) else None


def taken(steps: Iterable[Step], region: Region) -> tuple[Region, list[Step]]:
    """The region after some steps, and the steps that name no record."""
    not_found = []
    for step in steps:
        changed = _institution(step, region) or _record(step, region) or _figure(step, region)
        if changed is None:
            not_found.append(step)
        region = changed or region
    return region, not_found


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_named(label: Label, name: str) -> bool:
    return any(_folded(text) == _folded(name) for _, text in label.texts)


def _moved(fact: Fact, step: Step) -> Fact:
    """A fact and its range after the change of a step; what is unknown stays unknown."""
    by = step.change.value or 0.0
    least, most = _BOUNDS.get(step.criterion, (0.0, math.inf))
    value, low, high = (
        None if end is None else min(most, max(least, end + by))
        for end in (fact.value, fact.low, fact.high)
    )
    return replace(fact, value=value, low=low, high=high)


def _record(step: Step, region: Region) -> Region | None:
    """The region with one register record changed; None where none has the name."""
    for register, criteria in _REGISTERS.items():
        if step.criterion not in criteria:
            continue
        rows: tuple[Any, ...] = getattr(region, register)
        name_of = _NAMED_BY.get(register, "name")
        for place, row in enumerate(rows):
            column = _column(register, step.criterion)
            if (
                _is_named(getattr(row, name_of), step.applies_to)
                and getattr(row, column).value is not None
                and _counts(row, step.criterion)
            ):
                changed = replace(row, **{column: _moved(getattr(row, column), step)})
                moved: Any = {register: (*rows[:place], changed, *rows[place + 1 :])}
                return replace(region, **moved)
    return None


_OWN_COLUMN = {
    "spare_grid_mw": "spare_mw",
    "it_load_mw": "it_load_mw_free",
    "power_price": "price",
    "racks_available": "racks_free",
    "tier_level": "tier",
    "availability_pct": "availability",
    "backbone_latency_ms": "latency_ms",
    "usable_floor_m2": "hall_m2",
    "road_port_km": "road_km",
}


_GROUPS = {"dev_fte": "developers", "ops_fte": "operations", "technician_fte": "technicians"}


def _counts(row: Any, criterion: str) -> bool:
    """Whether a role counts towards the group that the step is about; true of other records."""
    return criterion not in _GROUPS or row.counts_towards == _GROUPS[criterion]


def _column(register: str, criterion: str) -> str:
    if register == "workforce":
        return "available_fte"
    return _OWN_COLUMN.get(criterion, criterion)


_FIGURES = {
    "renewable_share": "renewable_share",
    "carbon_intensity": "grid_factor",
    "hub_status": "in_national_hub",
}


def _figure(step: Step, region: Region) -> Region | None:
    """The region with a single number changed; the step names the region or the measure."""
    names = {_folded(region.code), *(_folded(text) for _, text in region.name.texts)}
    if _folded(step.applies_to) not in {*names, _folded(step.criterion)}:
        return None
    for place, row in enumerate(region.measures):
        if row.criterion == step.criterion:
            changed = replace(row, value=_moved(row.value, step))
            rest = (*region.measures[:place], changed, *region.measures[place + 1 :])
            return replace(region, measures=rest)
    key = _FIGURES.get(step.criterion, "")
    fact = region.figures.get(key)
    if fact is None or fact.value is None:
        return None
    return replace(region, figures={**region.figures, key: _moved(fact, step)})


def _institution(step: Step, region: Region) -> Region | None:
    """The region with an institution signed, named as `institution / use`."""
    if step.criterion != "anchor_institutions":
        return None
    name, _, use_id = (part.strip() for part in step.applies_to.rpartition("/"))
    for place, row in enumerate(region.institutions):
        if row.use == use_id and _is_named(row.name, name):
            rest = list(region.institutions)
            gained = step.change.value or 0.0
            status = "signed" if gained > 0 else "none" if gained < 0 else row.status
            rest[place] = replace(row, status=status)
            return replace(region, institutions=tuple(rest))
    return None


def _cheapest(use_id: str, base: Core) -> StepSet | None:
    """The cheapest steps that make a use viable; fewer steps among equal costs.

    Of more than ten useful steps the cheapest ten are tried in every combination. If none of these
    is enough, all are taken and the dearest left out as long as the rest is enough.
    """
    use = base.readiness.uses[use_id]
    lacking = {part.requirement.criterion_id for part in (*use.missed, *use.unknown_minima)}
    useful = [step for step in base.region.steps if step.criterion in lacking]
    useful.sort(key=lambda step: (_known_cost((step,)), step.title.text("en")))
    tried = useful[:_MOST_TRIED]
    sets = chain.from_iterable(combinations(tried, size) for size in range(1, len(tried) + 1))
    entry = base.knowledge.use(use_id)

    def is_enough(steps: Sequence[Step]) -> bool:
        region, _ = taken(steps, base.region)
        return score_use(region, entry, base.knowledge, base.screening).viability == "viable"

    for steps in sorted(sets, key=lambda steps: (_known_cost(steps), len(steps))):
        if is_enough(steps):
            return StepSet(use_id, steps, _cost(steps))
    if len(useful) > _MOST_TRIED and is_enough(useful):
        kept = list(useful)
        for step in reversed(useful):
            rest = [one for one in kept if one is not step]
            kept = rest if is_enough(rest) else kept
        return StepSet(use_id, tuple(kept), _cost(kept))
    return None


def _known_cost(steps: Iterable[Step]) -> float:
    """A set with an unknown cost comes after all others."""
    cost = _cost(steps)
    return math.inf if cost is None else cost
