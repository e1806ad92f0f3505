"""Register rows to criteria, by a closed list of named roll-ups.

A rolled-up fact keeps all its origins, the worst grade and the oldest date. A blank record makes
the value unknown, never smaller; the known records may still bind it from one side.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec.structs import replace

from generator.analysis.joining import Ask, Item, Recipe, facts_of, merged
from generator.analysis.recipes import ROLLUPS, in_cny
from generator.model import Adjustment, Criterion, CriterionValue, Fact, Region, Use
from generator.model.readiness import REGISTERS_READ

if TYPE_CHECKING:
    from generator.analysis.values import FloatArray

_PER_USE = frozenset({"pooled_location_quotient", "count_signed_for_use", "max_site_it_load"})
"""Roll-ups whose value depends on the use; all others give every use of a list the same."""
_DATED = frozenset({"region_or_published_grid_factor"})
"""Roll-ups whose value depends on the day."""


def roll_up(ask: Ask) -> CriterionValue:
    """The value of a criterion for a use: its Measures row, else the roll-up that the criterion names.

    Returns:
        A fact in the criterion's unit, money in CNY; `value` None where anything it needs is blank.
        What a scenario adjusts is adjusted after the roll-up.
    """
    return adjusted(unadjusted(ask), ask.region.adjustments, ask.criterion)


def unadjusted(ask: Ask) -> CriterionValue:
    """The same before any scenario changes it."""
    criterion_id, unit = ask.criterion.criterion_id, ask.criterion.unit.text("en")
    measured = _measured(ask)
    if measured is not None:
        return CriterionValue(criterion_id, replace(measured, unit=unit), "measures")
    name = name_of_rollup(ask)
    recipe = ROLLUPS[name](ask)
    value, bound = _evaluate(recipe)
    fact = recipe.merged or merged(recipe.parts)
    fact = replace(fact, value=value, unit=unit)
    return CriterionValue(
        criterion_id, fact, name, bound, recipe.published, recipe.left_out, recipe.best
    )


def adjusted(
    found: CriterionValue, changes: Iterable[Adjustment], criterion: Criterion
) -> CriterionValue:
    """A value after those of a scenario's changes that concern its criterion, one after the other."""
    for change in changes:
        if change.target == criterion.criterion_id:
            found = _changed(found, change, criterion)
    return found


def name_of_rollup(ask: Ask) -> str:
    """The roll-up that the criterion names for the list the use is in."""
    return rolled_for(ask.criterion, ask.use)[0]


def shared_by(ask: Ask) -> tuple[str, str]:
    """What uses must have in common to share the value of the criterion: a key, not a name."""
    name = "measures" if _measured(ask) else name_of_rollup(ask)
    return name, (ask.use.use_id if name in _PER_USE else "")


def rolled_for(criterion: Criterion, use: Use) -> tuple[str, str]:
    """The same but for Measures rows, of a use that asks for a criterion."""
    is_reuse = use.category == "power_reuse"
    name = criterion.rollup_power_reuse if is_reuse else criterion.rollup_blockchain
    return name, (use.use_id if name in _PER_USE else "")


def read_by(ask: Ask) -> tuple[object, ...]:
    """The objects that the value of a criterion rests on, beside the knowledge of a legal order."""
    region, reads = ask.region, ask.criterion.reads
    rollup = REGISTERS_READ[name_of_rollup(ask)]
    if rollup == "institutions":
        own = bodies_of(region, ask.use)
    else:
        own = (region.figures.get(reads) if rollup == "figures" else getattr(region, rollup),)
    known = ask.knowledge
    return *own, region.measures, region.cny_per_unit, known.criteria, known.needs


def bodies_of(region: Region, use: Use) -> tuple[object, ...]:
    """The rows that name a use; the whole register where none does, which says so by being filled."""
    rows = tuple([row for row in region.institutions if row.use == use.use_id])
    return rows or (region.institutions,)


def day_of(ask: Ask) -> str:
    """The day, where the value of the criterion rests on it."""
    return ask.as_of if name_of_rollup(ask) in _DATED else ""


class Source(Protocol):
    """Where the values of register facts come from: draws, or one end of every range."""

    def of(self, fact: Fact) -> FloatArray:
        """Values of one fact, shape (draws,), or () where it does not vary."""
        ...

    def total(self, facts: tuple[Fact, ...]) -> FloatArray:
        """The sum of some facts, of the same shape; holds none of them longer than it must."""
        ...


def roll_up_draws(ask: Ask) -> Callable[[Source], FloatArray | None]:
    """The value of a criterion in every draw.

    Records are joined one after the other, so that memory follows the draws and not the rows.

    Args:
        ask: What is rolled up; which records are joined, and how, is found once for all sources.

    Returns:
        From a source of values of register facts, in which each record is drawn once and feeds
        every criterion and use that reads it, to values of shape (draws,) or (); of a partly blank
        sum, what the known records secure. None if unknown.
    """
    measured, changes = _measured(ask), ask.region.adjustments
    recipe = ROLLUPS[name_of_rollup(ask)](ask) if measured is None else None

    def drawn(source: Source) -> FloatArray | None:
        if recipe is not None:
            values = _drawn(recipe, source)
        else:
            values = source.of(measured) if measured and measured.value is not None else None
        if values is None:
            return None
        for change in changes:
            if change.target == ask.criterion.criterion_id:
                values = _adjusted(values, change, ask.criterion)
        return values

    return drawn


def _drawn(recipe: Recipe, source: Source) -> FloatArray | None:
    value, bound = _evaluate(recipe)
    settled = bound if value is None else value
    is_whole, recipe = recipe.value is not None, recipe.drawn or recipe
    known = recipe.parts if is_whole else [part for part in recipe.parts if _is_known(part)]
    facts = (fact for part in known for fact in facts_of(part))
    if settled is None or not any(fact.low != fact.high for fact in facts):
        return None if settled is None else np.asarray(settled)
    return np.asarray(
        recipe.combine(
            tuple(
                source.of(item) if isinstance(item, Fact) else source.total(item) for item in part
            )
            for part in known
        )
    )


def _is_known(part: tuple[Item, ...]) -> bool:
    return all(fact.value is not None for fact in facts_of(part))


def _measured(ask: Ask) -> Fact | None:
    """The Measures row that stands in for the roll-up, money in CNY."""
    for measure in ask.region.measures:
        if measure.criterion == ask.criterion.criterion_id:
            is_money = ask.criterion.is_money
            return in_cny(measure.value, ask.region) if is_money else measure.value
    return None


def _changed(found: CriterionValue, change: Adjustment, criterion: Criterion) -> CriterionValue:
    def end(value: float | None) -> float | None:
        return None if value is None else float(_adjusted(np.asarray(value), change, criterion))

    return replace(
        found,
        fact=replace(found.fact, value=end(found.fact.value)),
        at_least_as_good_as=end(found.at_least_as_good_as),
        no_better_than=end(found.no_better_than),
    )


def _adjusted(values: FloatArray, change: Adjustment, criterion: Criterion) -> FloatArray:
    """Values after a scenario's change, kept within what the criterion can be."""
    changed = OPERATIONS[change.operation](values, change.value)
    return np.clip(changed, criterion.low, criterion.high)


OPERATIONS: dict[str, Callable[[FloatArray, float], FloatArray]] = {
    "multiply": lambda values, by: values * by,
    "add": lambda values, by: values + by,
    "set": np.full_like,
    "at_most": np.minimum,
}
"""What a scenario may do to a number."""


def _evaluate(recipe: Recipe) -> tuple[float | None, float | None]:
    """The value when every record is known, else None and what is secured all the same."""
    if recipe.secured is not None:
        return None, settled(recipe.secured)
    if recipe.value is not None:
        return settled(recipe.value), None
    known = [part for part in recipe.parts if _is_known(part)]
    if not known:
        return None, None
    combined = settled(float(recipe.combine(tuple(map(_base, part)) for part in known)))
    if combined is None or len(known) == len(recipe.parts):
        return combined, None
    return None, combined if recipe.is_bound else None


def _base(item: Item) -> float:
    """The value of a fact, or of some facts together; all are known."""
    facts = (item,) if isinstance(item, Fact) else item
    return math.fsum(fact.value for fact in facts if fact.value is not None)


def settled(value: float) -> float | None:
    """Twelve digits: the last bits of a sum must not depend on the order of the rows."""
    return float(f"{value:.12g}") if math.isfinite(value) else None
