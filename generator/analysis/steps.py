"""Planned steps: what each changes in the record it names, and what that brings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from generator.analysis.readiness import is_viable
from generator.analysis.scenarios import Outcome, compare, outcome_of
from generator.model import (
    CLEARED,
    LISTS,
    Criterion,
    Fact,
    Knowledge,
    Label,
    Region,
    Step,
    StepPlan,
    StepResult,
    StepSet,
)

if TYPE_CHECKING:
    from generator.analysis.core import Core

_REGISTERS = {
    "sum_existing_points": "power",
    "spare_weighted_mean_existing_points": "power",
    "sum_existing_facilities": "data_centres",
    "max_existing_facility": "data_centres",
    "free_load_weighted_mean": "data_centres",
    "sum_available_fte": "workforce",
    "min_link": "connectivity",
    "sum_links": "connectivity",
    "max_site": "sites",
    "min_site": "sites",
}
"""Roll-up of the blockchain list to the register that it reads."""
_NAMED_BY = {"workforce": "role"}
_STAFF = "available_fte"
"""What a step on a staff group changes; the criterion names the group."""
_FIGURES = frozenset({"region_value", "region_or_published_grid_factor"})
"""Roll-ups that read a single number of the region."""
_MOST_TRIED = 10
"""Steps that are tried in every combination; more would take minutes."""


def try_steps(base: Outcome) -> StepPlan:
    """Every step alone, all together, and the cheapest sets that make a use viable.

    Args:
        base: The run that the brief rests on; its lists stay as they are.
    """
    steps = base.core.region.steps
    single = tuple(_tried((step,), base) for step in steps)
    together = _tried(steps, base) if len(steps) > 1 else None
    near = [
        use
        for use in base.core.readiness.uses.values()
        if base.core.screening.uses[use.use_id].status in CLEARED and use.viability != "viable"
    ]
    found = {use.use_id: _cheapest(use.use_id, base.core) for use in near} if steps else {}
    return StepPlan(
        single=single,
        together=together,
        unlocking=tuple(one for one in found.values() if one),
        out_of_reach=tuple(use_id for use_id, one in found.items() if one is None),
    )


def _tried(steps: Sequence[Step], base: Outcome) -> StepResult:
    core_run = base.core
    region, not_found = taken(steps, core_run.region, core_run.knowledge)
    other = core_run.again(region)
    difference = compare(base, outcome_of(other))
    cleared = [use_id for category in LISTS for use_id in core_run.readiness.order[category]]
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


def taken(steps: Iterable[Step], region: Region, knowledge: Knowledge) -> tuple[Region, list[Step]]:
    """The region after some steps, and the steps that name no record.

    A step on a criterion that does not exist where the region lies changes nothing.
    """
    not_found = []
    for step in steps:
        criterion = knowledge.criteria.get(step.criterion)
        changed = _changed(step, criterion, region) if criterion else None
        if changed is None:
            not_found.append(step)
        region = changed or region
    return region, not_found


def _changed(step: Step, criterion: Criterion, region: Region) -> Region | None:
    if criterion.role == "institutions":
        return _institution(step, region)
    return _record(step, criterion, region) or _figure(step, criterion, region)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_named(label: Label, name: str) -> bool:
    return any(_folded(text) == _folded(name) for _, text in label.texts)


def _moved(fact: Fact, step: Step, criterion: Criterion) -> Fact:
    """A fact and its range after the change of a step, within what the criterion can be.

    What is unknown stays unknown.
    """
    by = step.change.value or 0.0
    least = 0.0 if criterion.low is None else criterion.low
    most = math.inf if criterion.high is None else criterion.high
    value, low, high = (
        None if end is None else min(most, max(least, end + by))
        for end in (fact.value, fact.low, fact.high)
    )
    return replace(fact, value=value, low=low, high=high)


def _record(step: Step, criterion: Criterion, region: Region) -> Region | None:
    """The region with one register record changed; None where none has the name."""
    register = _REGISTERS.get(criterion.rollup_blockchain)
    if register is None:
        return None
    is_staff = register == "workforce"
    column = _STAFF if is_staff else criterion.reads
    rows: tuple[Any, ...] = getattr(region, register)
    for place, row in enumerate(rows):
        if (
            _is_named(getattr(row, _NAMED_BY.get(register, "name")), step.applies_to)
            and getattr(row, column).value is not None
            and not (is_staff and row.counts_towards != criterion.reads)
        ):
            changed = replace(row, **{column: _moved(getattr(row, column), step, criterion)})
            moved: Any = {register: (*rows[:place], changed, *rows[place + 1 :])}
            return replace(region, **moved)
    return None


def _figure(step: Step, criterion: Criterion, region: Region) -> Region | None:
    """The region with a single number changed; the step names the region or the measure."""
    names = {_folded(region.code), *(_folded(text) for _, text in region.name.texts)}
    if _folded(step.applies_to) not in {*names, _folded(step.criterion)}:
        return None
    for place, row in enumerate(region.measures):
        if row.criterion == step.criterion:
            changed = replace(row, value=_moved(row.value, step, criterion))
            rest = (*region.measures[:place], changed, *region.measures[place + 1 :])
            return replace(region, measures=rest)
    fact = region.figures.get(criterion.reads)
    if criterion.rollup_blockchain not in _FIGURES or fact is None or fact.value is None:
        return None
    moved = _moved(fact, step, criterion)
    return replace(region, figures={**region.figures, criterion.reads: moved})


def _institution(step: Step, region: Region) -> Region | None:
    """The region with an institution signed, named as `institution / use`."""
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
        region, _ = taken(steps, base.region, base.knowledge)
        return is_viable(region, entry, base.knowledge, base.screening, base.memo)

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
