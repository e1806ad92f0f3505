"""What sets off risks and procedures: one closed list of tests over one situation.

A row of `triggers.csv` or `procedure_triggers.csv` names a test and its terms; the loader has
refused terms that nothing has. No id of a use, of a criterion or of an activity stands here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.analysis.values import at_least

if TYPE_CHECKING:
    from generator.model import (
        Fact,
        Knowledge,
        Procedure,
        Readiness,
        Region,
        Screening,
        Trigger,
        Use,
        UseReadiness,
    )
    from generator.problems import Origin


class _Undecided(Enum):
    """The one answer that says neither yes nor no: what the trigger reads is blank."""

    UNDECIDED = "undecided"


UNDECIDED = _Undecided.UNDECIDED


class Fired(Struct, frozen=True):
    """What fired a trigger: uses, the places of the facts, rules; all empty for every brief."""

    uses: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    rules: tuple[str, ...] = ()


Answer = Fired | _Undecided | None
"""None: does not fire."""


class Situation(Struct, frozen=True):
    """A region once law, lists and programme are known."""

    region: Region
    knowledge: Knowledge
    screening: Screening
    readiness: Readiness
    amounts: Mapping[str, Mapping[str, float]]
    """Use of the programme to the quantities of its largest project that are known."""
    unplaced: float = 0.0
    """Free people of other roles for whom the programme has no post, in FTE."""

    def listed(self, *names: str) -> list[UseReadiness]:
        """The scored uses of these lists, in the order of the catalogue."""
        found = (self.readiness.uses.get(use.use_id) for use in self.knowledge.uses)
        return [use for use in found if use is not None and use.listed in names]

    @property
    def planned(self) -> tuple[Use, ...]:
        """The uses of both waves, in the order of the catalogue: what risks and procedures speak of."""
        return tuple(use for use in self.knowledge.uses if use.use_id in self.amounts)

    @property
    def scored(self) -> tuple[UseReadiness, ...]:
        """The same with their readiness."""
        return tuple(self.readiness.uses[use.use_id] for use in self.planned)


def answer(trigger: Trigger, situation: Situation, uses: Sequence[Use]) -> Answer:
    """Whether a trigger fires, and what fired it.

    Args:
        trigger: A test and its terms.
        situation: Where and what for.
        uses: The uses that the asker speaks of. Tests of coverage know their own.

    Returns:
        What fired it; undecided where a blank leaves it open; None where it does not fire.
    """
    return TESTS[trigger.test](trigger, situation, uses)


def answer_all(triggers: Iterable[Trigger], situation: Situation, uses: Sequence[Use]) -> Answer:
    """Whether all of several triggers fire; each is asked about the uses that the former ones left.

    Args and returns as `answer`; what fired is that of the last trigger that names uses.
    """
    found: Answer = Fired()
    is_open = False
    for trigger in triggers:
        told = answer(trigger, situation, uses)
        if told is None:
            return None
        if isinstance(told, _Undecided):
            is_open = True
        elif told.uses:
            found = told
            uses = [use for use in uses if use.use_id in told.uses]
    return UNDECIDED if is_open else found


def _fires(is_fired: bool) -> Answer:  # noqa: FBT001 - private shorthand
    return Fired() if is_fired else None


def _for_uses(uses: Iterable[Use | UseReadiness]) -> Answer:
    found = tuple(use.use_id for use in uses)
    return Fired(found) if found else None


def _places(facts: Iterable[Fact]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origin for fact in facts for origin in fact.origins))


def _always(_: Trigger, __: Situation, ___: Sequence[Use]) -> Answer:
    return Fired()


def _site_field(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """A site whose field shows one of the values."""
    (field,) = trigger.argument
    rows = [site.origin for site in situation.region.sites if getattr(site, field) in trigger.value]
    return Fired(origins=tuple(rows)) if rows else None


def _institutions_fewer(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """Fewer different bodies of these types than the number, whatever their status."""
    rows = [row for row in situation.region.institutions if row.type in trigger.argument]
    if len({row.name for row in rows}) >= trigger.bound:
        return None
    return Fired(origins=tuple(row.origin for row in rows))


def _plant_share_above(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """Existing plants of these kinds over all existing ones, in MW.

    Open without an existing plant, and while blank capacities leave the share open.
    """
    plants = [
        row
        for row in situation.region.power
        if row.kind != "connection point" and row.status == "existing"
    ]
    capacities = [row.capacity_mw.value for row in plants]
    total = math.fsum(value or 0.0 for value in capacities)
    if None in capacities or not total > 0:
        return UNDECIDED
    own = [row.capacity_mw for row in plants if row.kind in trigger.argument]
    share = math.fsum(fact.value or 0.0 for fact in own) / total
    return None if at_least(trigger.bound, share) else Fired(origins=_places(own))


def _region_equals(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """A figure of the region has the value; open while it is blank."""
    fact = situation.region.figures.get(trigger.argument[0])
    if fact is None or fact.value is None:
        return UNDECIDED
    return Fired(origins=_places([fact])) if fact.value == trigger.bound else None


def _region_above(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """The Region sheet gives a figure above the value; a blank gives none."""
    fact = situation.region.figures.get(trigger.argument[0])
    if fact is None or fact.value is None or fact.value <= trigger.bound:
        return None
    return Fired(origins=_places([fact]))


def _site_land_other(trigger: Trigger, situation: Situation, uses: Sequence[Use]) -> Answer:
    """Uses of the list where a site's land is for something else than these; a blank says nothing."""
    lands = {site.land_use for site in situation.region.sites}
    return _category(trigger, situation, uses) if lands - {"", *trigger.value} else None


def _funds(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """A limit or a step names one of these sources."""
    return _fires(bool(_named_funds(situation) & set(trigger.argument)))


def _named_funds(situation: Situation) -> set[str]:
    named = {limit.source_of_funds for limit in situation.region.limits}
    return named | {step.funding_source for step in situation.region.steps}


def _step_funds(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """A step names one of these sources."""
    named = (step.funding_source for step in situation.region.steps)
    return _fires(any(source in trigger.argument for source in named))


def _funded_category(trigger: Trigger, situation: Situation, uses: Sequence[Use]) -> Answer:
    """Uses of the list where a limit or a step names one of these sources."""
    is_funded = bool(_named_funds(situation) & set(trigger.value))
    return _category(trigger, situation, uses) if is_funded else None


def _activity(trigger: Trigger, _: Situation, uses: Sequence[Use]) -> Answer:
    """Uses that carry one of these activities."""
    wanted = set(trigger.argument)
    return _for_uses(use for use in uses if wanted & set(use.regulated_activities))


def _use(trigger: Trigger, _: Situation, uses: Sequence[Use]) -> Answer:
    """One of these uses."""
    return _for_uses(use for use in uses if use.use_id in trigger.argument)


def _category(trigger: Trigger, _: Situation, uses: Sequence[Use]) -> Answer:
    """Uses of the list."""
    return _for_uses(use for use in uses if use.category in trigger.argument)


def _key_institution(trigger: Trigger, _: Situation, uses: Sequence[Use]) -> Answer:
    """Uses of the list that depend on a body of one of these types."""
    wanted = set(trigger.value)
    return _for_uses(
        use
        for use in uses
        if use.category in trigger.argument and wanted & set(use.key_institution_types)
    )


def _quantity_from(trigger: Trigger, situation: Situation, uses: Sequence[Use]) -> Answer:
    """Uses with a project that reaches so much of a quantity in which the law sets thresholds.

    Open where none does and one that is counted in units has no figure for it.
    """
    (quantity,) = trigger.argument
    known = {use.use_id: situation.amounts.get(use.use_id, {}) for use in uses}
    reached = [
        use for use in uses
        if quantity in known[use.use_id] and at_least(known[use.use_id][quantity], trigger.bound)
    ]  # fmt: skip
    if reached:
        return _for_uses(reached)
    counted = situation.knowledge.needs
    is_open = any(
        quantity not in known[use.use_id]
        for use in uses
        if use.use_id in counted and counted[use.use_id].units_max is not None
    )
    return UNDECIDED if is_open else None


def _stale_rules(_: Trigger, situation: Situation, uses: Sequence[Use]) -> Answer:
    """Rules that bear on one of these uses and that nobody read lately, or that have been replaced.

    What binds everyone, or somebody else than the project, is no risk of it.
    """
    old = {
        one.rule.rule_id
        for one in situation.screening.stale
        if one.is_old or (one.ended_by is not None and one.ends_on is None)
    }
    found = {
        use.use_id: old.intersection(
            rule.rule_id
            for finding in situation.screening.of_use(use.use_id).findings
            for rule in finding.bearing
            if not rule.is_general
        )
        for use in uses
    }
    resting = tuple(use_id for use_id, rules in found.items() if rules)
    return Fired(resting, rules=tuple(sorted(set().union(*found.values())))) if resting else None


def _signatures_missing(_: Trigger, situation: Situation, __: Sequence[Use]) -> Answer:
    """Too few signatures of a planned use, or none of a key type.

    Open while the sheet of institutions is blank.
    """
    role = situation.knowledge.in_role("institutions")
    short: list[str] = []
    is_open = False
    for use in situation.scored:
        met = [
            part.meets_minimum
            for part in use.contributions
            if role is not None and part.requirement.criterion_id == role.criterion_id
        ]
        if False in met or _lacks_key_type(use.use_id, situation):
            short.append(use.use_id)
        is_open |= None in met
    if short:
        rows = (row.origin for row in situation.region.institutions if row.use in short)
        return Fired(tuple(short), tuple(rows))
    return UNDECIDED if is_open else None


def _lacks_key_type(use_id: str, situation: Situation) -> bool:
    """Whether a type of institution that the use depends on has no signed body."""
    rows = situation.region.institutions
    signed = {row.type for row in rows if row.use == use_id and row.status == "signed"}
    wanted = set(situation.knowledge.use(use_id).key_institution_types)
    return bool(rows) and not wanted <= signed


def _conditional_rules(_: Trigger, situation: Situation, __: Sequence[Use]) -> Answer:
    """Conditional rules in force on an activity of a planned use."""
    found = {
        use.use_id: [
            rule.rule_id
            for finding in situation.screening.of_use(use.use_id).findings
            for rule in finding.rules
            if rule.effect == "conditional"
        ]
        for use in situation.scored
    }
    uses = tuple(use_id for use_id, rules in found.items() if rules)
    rules = sorted({rule_id for ids in found.values() for rule_id in ids})
    return Fired(uses, rules=tuple(rules)) if uses else None


def _coverage_below(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """Cleared uses with data for less of their weight than the assumption says."""
    limit = situation.knowledge.assumed(trigger.argument[0])
    return _for_uses(
        use
        for use in situation.listed("shortlist", "prepare", "cleared")
        if not at_least(use.coverage_pct, limit)
    )


def has_begun(procedure: Procedure, situation: Situation) -> bool:
    """Whether the day is not before the procedure's start; other places' are left out before."""
    begin = procedure.in_force_from
    return begin is None or begin <= situation.screening.as_of


def _law_decides(_: Trigger, situation: Situation, __: Sequence[Use]) -> Answer:
    """Planned uses of which a procedure that is due asks whether they can be built at all."""
    known, planned = situation.knowledge, situation.planned
    asked: set[str] = set()
    for one in known.procedures:
        if one.question and has_begun(one, situation):
            own = (known.procedure_triggers[name] for name in one.applies_when)
            found = answer_all(own, situation, planned)
            asked |= set(found.uses) if isinstance(found, Fired) else set()
    return _for_uses(use for use in planned if use.use_id in asked)


def _margin_below(trigger: Trigger, situation: Situation, planned: Sequence[Use]) -> Answer:
    """Planned uses that keep to their minimum of one of these criteria by less than the share."""
    return _for_uses(
        use
        for use in planned
        if any(
            part.requirement.criterion_id in trigger.argument
            and (margin := part.margin) is not None
            and 0.0 <= margin < trigger.bound
            for part in situation.readiness.uses[use.use_id].contributions
        )
    )


def _people_left(trigger: Trigger, situation: Situation, _: Sequence[Use]) -> Answer:
    """So many free people of other roles or more have no post in a programme that has projects."""
    return _fires(bool(situation.planned) and at_least(situation.unplaced, trigger.bound))


TESTS: Mapping[str, Callable[[Trigger, Situation, Sequence[Use]], Answer]] = {
    "always": _always,
    "site_field": _site_field,
    "institutions_fewer": _institutions_fewer,
    "stale_rules": _stale_rules,
    "plant_share_above": _plant_share_above,
    "region_equals": _region_equals,
    "region_above": _region_above,
    "signatures_missing": _signatures_missing,
    "conditional_rules": _conditional_rules,
    "coverage_below": _coverage_below,
    "activity": _activity,
    "use": _use,
    "category": _category,
    "key_institution": _key_institution,
    "funds": _funds,
    "step_funds": _step_funds,
    "funded_category": _funded_category,
    "site_land_other": _site_land_other,
    "quantity_from": _quantity_from,
    "law_decides": _law_decides,
    "margin_below": _margin_below,
    "people_left": _people_left,
}
"""The closed list `trigger_test`; `TRIGGER_TESTS` says what terms each takes."""
