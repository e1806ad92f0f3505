"""The law gate: dated, scoped, per activity and size; no rule found is never a permission."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from generator.model import (
    BarredSize,
    ClaimAnswer,
    Effect,
    Extent,
    Finding,
    Knowledge,
    LegalStatus,
    Reach,
    Region,
    Rule,
    Screening,
    Staleness,
    Use,
    UseFinding,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

_STRICTEST: tuple[Effect, ...] = ("prohibited", "conditional", "permitted", "encouraged")
_STRICT = frozenset({"prohibited", "conditional"})

Sizes = dict[str, Extent]
"""Amounts by quantity; a quantity that is not there is unknown."""
Bearing = Literal["applies", "depends", "beyond"]

_LOAD, _IT, _GRID, _RACKS = "load_mw", "it_mw", "grid_mw", "racks"
_OF_IT = frozenset({_IT, _RACKS})
_OF_CONNECTION = frozenset({_GRID, _LOAD})


def screen(region: Region, knowledge: Knowledge, as_of: date) -> Screening:
    """What the rules in force on a day say about every use, here.

    Args:
        region: Where; its jurisdiction and administrative code decide which rules reach it, its
            single figures and its spare capacity which of them apply.
        knowledge: All rules, every date included.
        as_of: The day the law is read.

    Returns:
        A finding per use and activity, stale rules, and an answer to every claim.
    """
    orders = lineage(region.jurisdiction, knowledge)
    place = _Place(
        region,
        tuple(rule for rule in knowledge.rules if is_in_scope(rule, orders, region.admin_code)),
        as_of,
    )
    here = region_sizes(region, knowledge)
    findings = {activity: place.finding(activity, here) for activity in knowledge.activities}
    claims = tuple(ClaimAnswer(claim, findings[claim.activity]) for claim in region.claims)
    applied = [rule for found in findings.values() for rule in (*found.rules, *found.depends)]
    return Screening(
        as_of=as_of,
        jurisdictions=orders,
        findings=findings,
        uses={use.use_id: _use_finding(use, place, here, knowledge) for use in knowledge.uses},
        stale=tuple(_stale(applied, place, knowledge)),
        claims=claims,
        rules_in_force=sum(len(found.rules) for found in findings.values()),
        reach=reach(orders, region.admin_code, knowledge, as_of),
    )


def find(
    activity: str, region: Region, knowledge: Knowledge, as_of: date, sizes: Sizes
) -> Finding:
    """What the rules say of one activity at these sizes.

    Args:
        activity: Id of the activity.
        region: Where.
        knowledge: All rules.
        as_of: The day the law is read.
        sizes: Known amounts by quantity; of all others a rule says that it depends on them.
    """
    orders = lineage(region.jurisdiction, knowledge)
    rules = (rule for rule in knowledge.rules if is_in_scope(rule, orders, region.admin_code))
    return _Place(region, tuple(rules), as_of).finding(activity, sizes)


def lineage(jurisdiction: str, knowledge: Knowledge) -> tuple[str, ...]:
    """A jurisdiction and its parents, nearest first."""
    return knowledge.lineage(jurisdiction)


def is_in_scope(rule: Rule, orders: Sequence[str], admin_code: str) -> bool:
    """Whether a rule reaches a region, dates aside.

    The rule's own jurisdiction must be one of the region's; a scope code is then either such a
    jurisdiction or the beginning of the region's administrative code, trailing `00` pairs aside.
    """
    if rule.jurisdiction not in orders:
        return False
    return any(
        code in orders or (admin_code and admin_code.startswith(_significant(code)))
        for code in rule.region_scope
    )


def _significant(code: str) -> str:
    """An administrative code without trailing pairs of zeros, of which one pair at least stays."""
    return re.sub(r"(?<=\d\d)(?:00)+$", "", code)


def is_in_force(rule: Rule, as_of: date) -> bool:
    """Whether the day lies in [in_force_from, in_force_until); a blank start means no."""
    if rule.in_force_from is None or as_of < rule.in_force_from:
        return False
    return rule.in_force_until is None or as_of < rule.in_force_until


def bearing(rule: Rule, region: Region, sizes: Mapping[str, Extent]) -> Bearing:
    """Whether a rule in force applies at some of these sizes; unknown is neither yes nor no."""
    answers = [_of_region(rule, region), _of_size(rule, sizes)]
    if "beyond" in answers:
        return "beyond"
    return "depends" if "depends" in answers else "applies"


def _of_region(rule: Rule, region: Region) -> Bearing:
    condition = rule.region_condition
    if condition is None:
        return "applies"
    value = region.figures[condition.figure].value
    if value is None:
        return "depends"
    return "applies" if value == condition.value else "beyond"


def _of_size(rule: Rule, sizes: Mapping[str, Extent]) -> Bearing:
    if rule.threshold is None:
        return "applies"
    extent = sizes.get(rule.threshold.quantity)
    if extent is None:
        return "depends"
    is_reached = extent.high is None or rule.threshold.holds(extent.high)
    return "applies" if is_reached else "beyond"


@dataclass(frozen=True, slots=True)
class _Place:
    """A region, the rules that reach it, and the day."""

    region: Region
    rules: tuple[Rule, ...]
    as_of: date

    def finding(self, activity: str, sizes: Mapping[str, Extent]) -> Finding:
        own = [rule for rule in self.rules if rule.activity == activity]
        standing: dict[Bearing, list[Rule]] = {"applies": [], "depends": [], "beyond": []}
        for rule in own:
            if is_in_force(rule, self.as_of):
                standing[bearing(rule, self.region, sizes)].append(rule)
        # What may apply is no permission, and a bar that may apply is a condition to be settled.
        effects = {rule.effect for rule in standing["applies"]}
        if any(rule.effect in _STRICT for rule in standing["depends"]):
            effects.add("conditional")
        return Finding(
            activity,
            next((one for one in _STRICTEST if one in effects), "not_assessed"),
            tuple(standing["applies"]),
            tuple(rule for rule in own if rule.in_force_from is None),
            tuple(standing["depends"]),
            tuple(standing["beyond"]),
            self._coming(own),
        )

    def _coming(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        end = self.region.plan_until
        later = [
            (rule.in_force_from, rule)
            for rule in rules
            if rule.in_force_from is not None and rule.in_force_from > self.as_of
        ]
        near = [(start, rule) for start, rule in later if end is not None and start <= end]
        return tuple(rule for _, rule in sorted(near, key=lambda one: (one[0], one[1].rule_id)))

    def in_force(self) -> list[Rule]:
        return [rule for rule in self.rules if is_in_force(rule, self.as_of)]


def region_sizes(region: Region, knowledge: Knowledge) -> Sizes:
    """What the region's own spare capacity allows, none of it being the least.

    Args:
        region: Its existing connection points.
        knowledge: The racks in a megawatt.
    """
    points = [
        row.spare_mw
        for row in region.power
        if row.kind == "connection point" and row.status == "existing"
    ]
    tops = [fact.value if fact.high is None else fact.high for fact in points]
    if not tops or None in tops:
        return {}
    spare = sum(top for top in tops if top is not None)
    return _sizes(Extent(0.0, spare), Extent(0.0, spare), knowledge)


def _sizes(it: Extent | None, connection: Extent | None, knowledge: Knowledge) -> Sizes:
    sizes: Sizes = {}
    if connection is not None:
        sizes |= dict.fromkeys(_OF_CONNECTION, connection)
    if it is not None:
        racks = knowledge.assumed("racks_per_it_mw")
        high = None if it.high is None else it.high * racks
        sizes |= {_IT: it, _RACKS: Extent(it.low * racks, high)}
    return sizes


def use_sizes(use: Use, here: Mapping[str, Extent], knowledge: Knowledge) -> Sizes:
    """The sizes at which a use may be built here, from the smallest of the catalogue on.

    Args:
        use: Its IT load; the least connection stands in its requirements.
        here: What the region allows, as `region_sizes` gives it.
        knowledge: Requirements.

    Returns:
        IT load and racks for a use with an IT load; connection and load for one that asks for spare
        capacity.
    """
    it = None
    if use.it_load_mw_low is not None:
        top = _least(use.it_load_mw_high, here.get(_IT))
        it = Extent(use.it_load_mw_low, None if top is None else max(top, use.it_load_mw_low))
    needs = knowledge.requirements.get(use.use_id, ())
    grid = (one.minimum for one in needs if knowledge.is_in_role(one.criterion_id, "grid_mw"))
    least = next(grid, None)
    connection = None
    if least is not None:
        top = _least(None, here.get(_GRID))
        connection = Extent(least, None if top is None else max(top, least))
    return _sizes(it, connection, knowledge)


def _least(high: float | None, extent: Extent | None) -> float | None:
    ends = [end for end in (high, extent.high if extent else None) if end is not None]
    return min(ends, default=None)


def _use_finding(
    use: Use, place: _Place, here: Mapping[str, Extent], knowledge: Knowledge
) -> UseFinding:
    sizes = use_sizes(use, here, knowledge)
    rules = [rule for rule in place.in_force() if rule.activity in use.regulated_activities]
    barred = tuple(_barred(rules, place.region, sizes, knowledge))
    smallest = {quantity: Extent.exactly(extent.low) for quantity, extent in sizes.items()}
    at_smallest = tuple(place.finding(name, smallest) for name in use.regulated_activities)
    if any(found.effect == "prohibited" for found in at_smallest):
        return UseFinding(use.use_id, "prohibited", at_smallest)
    lawful = _lawful(sizes, barred, knowledge)
    own = tuple(
        _without(place.finding(name, lawful), barred) for name in use.regulated_activities
    )
    return UseFinding(use.use_id, _status({found.effect for found in own}), own, barred)


def _status(effects: set[Effect]) -> LegalStatus:
    if "prohibited" in effects:
        return "prohibited"
    if effects == {"not_assessed"}:
        return "not_assessed"
    if "not_assessed" in effects:
        return "partly_assessed"
    return next(one for one in _STRICTEST if one in effects)  # type: ignore[return-value] # never not_assessed here


def _barred(
    rules: Iterable[Rule], region: Region, sizes: Mapping[str, Extent], knowledge: Knowledge
) -> Iterable[BarredSize]:
    """The sizes within reach from which a prohibition holds, or may hold."""
    for rule in rules:
        limit, state = rule.threshold, bearing(rule, region, sizes)
        if rule.effect != "prohibited" or limit is None or state == "beyond":
            continue
        extent = sizes.get(limit.quantity)
        if extent is None or limit.holds(extent.low):
            continue
        quantity, amount = limit.quantity, limit.value
        if quantity == _RACKS:
            quantity, amount = _IT, amount / knowledge.assumed("racks_per_it_mw")
        yield BarredSize(rule, quantity, amount, is_certain=state == "applies")


def _lawful(
    sizes: Mapping[str, Extent], barred: Iterable[BarredSize], knowledge: Knowledge
) -> Sizes:
    """The sizes below the least barred one, of every quantity that goes with it."""
    lawful = dict(sizes)
    for one in barred:
        if one.quantity == _IT:
            it = Extent(lawful[_IT].low, _least(one.amount, lawful[_IT]))
            lawful |= _sizes(it, None, knowledge)
        else:
            family = _OF_CONNECTION if one.quantity in _OF_CONNECTION else {one.quantity}
            for quantity in family & lawful.keys():
                own = lawful[quantity]
                lawful[quantity] = Extent(own.low, _least(one.amount, own))
    return lawful


def _without(found: Finding, barred: Sequence[BarredSize]) -> Finding:
    """The finding below the barred sizes: the bar itself is told beside it, not in it."""
    bars = {one.rule.rule_id for one in barred}
    rules = tuple(rule for rule in found.rules if rule.rule_id not in bars)
    depends = tuple(rule for rule in found.depends if rule.rule_id not in bars)
    if len(rules) == len(found.rules) and len(depends) == len(found.depends):
        return found
    effects: set[Effect] = {rule.effect for rule in rules}
    # A bar from a size on is a condition of every smaller one.
    effects.add("conditional")
    effect = next(one for one in _STRICTEST if one in effects)
    return replace(found, effect=effect, rules=rules, depends=depends)


def _stale(
    rules: Iterable[Rule], place: _Place, knowledge: Knowledge
) -> Iterable[Staleness]:
    """Rules in force that nobody read, that were read too long ago, or that do not last."""
    limit = knowledge.assumed("stale_after_days")
    instruments = {rule.instrument.instrument_id: rule.instrument for rule in knowledge.rules}
    ended = {
        one.to_instrument: instruments.get(one.from_instrument)
        for one in knowledge.relations
        if one.is_ending and one.effective_on is not None and one.effective_on <= place.as_of
    }
    for rule in rules:
        days = None if rule.checked_on is None else (place.as_of - rule.checked_on).days
        is_old = days is None or days > limit
        ended_by = ended.get(rule.instrument.instrument_id)
        ends_on = _ends_within(rule, place.region.plan_until)
        if is_old or ended_by is not None or ends_on is not None:
            yield Staleness(rule, days, is_old, ended_by, ends_on)


def _ends_within(rule: Rule, end: date | None) -> date | None:
    """The last day of a rule that runs out within the plan period."""
    if rule.in_force_until is None or end is None or rule.in_force_until > end:
        return None
    return rule.in_force_until - timedelta(days=1)


def reach(
    orders: Sequence[str], admin_code: str, knowledge: Knowledge, as_of: date
) -> Reach:
    """How many of the activities that uses carry the rules speak to, on a day.

    Args:
        orders: The jurisdiction, then those above it.
        admin_code: The place; empty counts the rules for the whole jurisdiction only.
        knowledge: Rules, and the reasons why an activity is open.
        as_of: The day.
    """
    standing = [
        rule
        for rule in knowledge.rules
        if is_in_scope(rule, orders, admin_code) and is_in_force(rule, as_of)
    ]
    spoken = {rule.activity for rule in standing}
    notes = {
        note.activity: note
        for order in reversed(orders)
        for note in knowledge.open_activities
        if note.jurisdiction == order
    }
    names = list(knowledge.activities)
    return Reach(
        tuple(name for name in names if name in spoken),
        tuple(name for name in names if name not in spoken),
        {name: note for name, note in notes.items() if name not in spoken},
        any(rule.jurisdiction == orders[0] for rule in standing),
    )
