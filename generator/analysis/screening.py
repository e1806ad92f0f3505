"""The law gate: dated, scoped, per activity and size; no rule found is never a permission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.freshness import stale_rules
from generator.analysis.memo import Memo
from generator.analysis.sizes import (
    IT,
    RACKS,
    Sizes,
    below,
    completed,
    quantities,
    region_sizes,
    stated_sizes,
    steps_of,
    unit_sizes,
)
from generator.model import (
    STRICTEST,
    BarredSize,
    ClaimAnswer,
    Effect,
    Extent,
    Finding,
    Instrument,
    Knowledge,
    LegalStatus,
    Reach,
    Region,
    Rule,
    Screening,
    Use,
    UseFinding,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

_STRICT = frozenset({"prohibited", "conditional"})
Bearing = Literal["applies", "depends", "beyond"]


def screen(
    region: Region, knowledge: Knowledge, as_of: date, memo: Memo | None = None
) -> Screening:
    """What the rules in force on a day say about every use, here.

    Args:
        region: Where; its jurisdiction and administrative code decide which rules reach it, its
            single figures which of them apply, and its spare capacity those on an activity that no
            use counts in units.
        knowledge: All rules, every date included.
        as_of: The day the law is read.
        memo: What another run has found already.

    Returns:
        A finding per use and activity, stale rules, and an answer to every claim. A use is
        prohibited only if its smallest size is; otherwise its status is that at its largest lawful
        size, and the barred sizes stand beside it.
    """
    place = _placed(region, knowledge, as_of)
    memo = memo or Memo()
    here = region_sizes(region, knowledge)
    figures = tuple(region.number(name) for name in conditions(knowledge))
    findings = {name: place.open_finding(name, here) for name in knowledge.activities}
    uses = {use.use_id: place.kept_finding(use, here, figures, memo) for use in knowledge.uses}
    # A use may be larger or smaller than what the region as a whole allows.
    every = (*findings.values(), *(found for use in uses.values() for found in use.findings))
    bearing_here = list(dict.fromkeys(rule for found in every for rule in found.bearing))
    return Screening(
        as_of=as_of,
        jurisdictions=place.orders,
        findings=findings,
        uses=uses,
        stale=tuple(stale_rules(bearing_here, knowledge, as_of, region.plan_until)),
        claims=tuple(ClaimAnswer(claim, findings[claim.activity]) for claim in region.claims),
        rules_in_force=sum(
            is_in_force(rule, as_of) for rules in place.rules.values() for rule in rules
        ),
        reach=reach(place.orders, region.admin_code, knowledge, as_of),
    )


def find(activity: str, region: Region, knowledge: Knowledge, as_of: date, sizes: Sizes) -> Finding:
    """What the rules say of one activity at exactly these sizes.

    Args:
        activity: Id of the activity.
        region: Where.
        knowledge: All rules.
        as_of: The day the law is read.
        sizes: Known amounts by quantity; of all others a rule says that it depends on them.
    """
    told = completed(sizes, knowledge)
    return _placed(region, knowledge, as_of).finding(activity, told)


def law_at(
    amounts: Mapping[str, Sizes],
    screening: Screening,
    region: Region,
    knowledge: Knowledge,
) -> Screening:
    """The screening with what the rules say at the sizes chosen, where it speaks of all sizes.

    Args:
        amounts: Use to the quantities of its projects; a use whose quantities nobody counts keeps
            what was found for it. The status of every use stays.
        screening: The law gate's answer.
        region: Where.
        knowledge: All rules.
    """
    place = _placed(region, knowledge, screening.as_of)
    found = {}
    for use_id, sizes in amounts.items():
        own = screening.uses[use_id]
        if sizes:
            # The programme keeps to lawful sizes, so no bar from a size on is left to be told.
            findings = (place.finding(one.activity, sizes) for one in own.findings)
            own = replace(own, findings=tuple(findings))
        found[use_id] = own
    return replace(screening, chosen=found)


def conditions(knowledge: Knowledge) -> tuple[str, ...]:
    """The figures of the Region sheet that some rule reads."""
    named = (rule.region_condition for rule in knowledge.rules)
    return tuple(dict.fromkeys(one.figure for one in named if one is not None))


def is_in_force(rule: Rule | Instrument, as_of: date) -> bool:
    """Whether the day lies in [in_force_from, in_force_until); a blank start means no."""
    if rule.in_force_from is None or as_of < rule.in_force_from:
        return False
    return rule.in_force_until is None or as_of < rule.in_force_until


def reaching(
    orders: Sequence[str], admin_code: str, knowledge: Knowledge, as_of: date
) -> tuple[Rule, ...]:
    """The rules that reach a place, save those for which another instrument stands on the day.

    Args:
        orders: The jurisdiction of the place, then those above it.
        admin_code: The place; empty for the rules of the whole jurisdiction only.
        knowledge: Rules, instruments and their relations.
        as_of: The day; a rule in force on another day is among them.
    """
    here = {
        one.instrument_id
        for one in knowledge.instruments
        if one.jurisdiction in orders and is_in_force(one, as_of)
    }
    stood_for = {
        one.to_instrument
        for one in knowledge.relations
        if one.is_local_stand_in and one.from_instrument in here
    }
    return tuple(
        rule
        for rule in knowledge.rules
        if rule.reaches(orders, admin_code) and rule.instrument.instrument_id not in stood_for
    )


def bearing(rule: Rule, region: Region, sizes: Mapping[str, Extent]) -> Bearing:
    """Whether a rule, once in force, applies at some of these sizes; unknown is neither yes nor no."""
    answers = [_of_region(rule, region), _of_size(rule, sizes)]
    if "beyond" in answers:
        return "beyond"
    return "depends" if "depends" in answers else "applies"


def _of_region(rule: Rule, region: Region) -> Bearing:
    condition = rule.region_condition
    if condition is None:
        return "applies"
    value = region.number(condition.figure)
    if value is None:
        return "depends"
    return "applies" if value == condition.value else "beyond"


def _of_size(rule: Rule, sizes: Mapping[str, Extent]) -> Bearing:
    if rule.threshold is None:
        return "applies"
    extent = sizes.get(rule.threshold.quantity)
    if extent is None:
        return "depends"
    return "applies" if extent.reaches(rule.threshold) else "beyond"


class _Place(Struct, frozen=True):
    """A region, the rules that reach it by activity, and the day."""

    region: Region
    knowledge: Knowledge
    orders: tuple[str, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    as_of: date

    def finding(self, activity: str, sizes: Mapping[str, Extent]) -> Finding:
        """What the rules say where all of these sizes are equally meant."""
        own = self.rules.get(activity, ())
        by_bearing: dict[Bearing, list[Rule]] = {"applies": [], "depends": [], "beyond": []}
        for rule in own:
            if is_in_force(rule, self.as_of):
                by_bearing[bearing(rule, self.region, sizes)].append(rule)
        # What may apply is no permission, and a bar that may apply is a condition to be settled.
        effects: set[Effect] = {rule.effect for rule in by_bearing["applies"]}
        if any(rule.effect in _STRICT for rule in by_bearing["depends"]):
            effects.add("conditional")
        undated = tuple(rule for rule in own if rule.in_force_from is None)
        return Finding(
            activity,
            next((one for one in STRICTEST if one in effects), "not_assessed"),
            tuple(by_bearing["applies"]),
            undated,
            tuple(by_bearing["depends"]),
            tuple(by_bearing["beyond"]),
            self._coming(own, sizes),
            distant=tuple(
                rule for rule in undated if bearing(rule, self.region, sizes) == "beyond"
            ),
        )

    def _coming(self, rules: Iterable[Rule], sizes: Mapping[str, Extent]) -> tuple[Rule, ...]:
        end = self.region.plan_until
        if end is None:
            return ()
        near = [
            (rule.in_force_from, rule)
            for rule in rules
            if rule.in_force_from is not None and self.as_of < rule.in_force_from <= end
            if bearing(rule, self.region, sizes) != "beyond"
        ]
        return tuple(rule for _, rule in sorted(near, key=lambda one: (one[0], one[1].rule_id)))

    def open_finding(self, activity: str, sizes: Sizes) -> Finding:
        """The finding at the largest lawful of these sizes, with the barred ones beside it."""
        (found,) = self._lawful((activity,), sizes)
        return found

    def kept_finding(
        self, use: Use, here: Sizes, figures: tuple[float | None, ...], memo: Memo
    ) -> UseFinding:
        """`use_finding`; of a use counted in units the spare capacity of the region changes nothing."""
        if not steps_of(use, self.knowledge):
            return self.use_finding(use, here)
        return memo.of(
            "law of a use", (use.use_id, self.as_of, self.region.plan_until, figures),
            (self.knowledge.rules, self.knowledge.needs),
            lambda: self.use_finding(use, here),
        )  # fmt: skip

    def use_finding(self, use: Use, here: Sizes) -> UseFinding:
        """The status of a use at its largest lawful size; prohibited only if its smallest is.

        Args:
            use: Counted in units, or with a range of IT load.
            here: What the region can feed; read only where the catalogue counts no units.
        """
        names, steps = use.regulated_activities, steps_of(use, self.knowledge)
        if not steps:
            own = self._lawful(names, stated_sizes(use, here, self.knowledge))
            return UseFinding(use.use_id, _status({found.effect for found in own}), own)
        lawful = self._lawful_steps(use, steps)
        largest = lawful[-1] if lawful else 0.0
        every = unit_sizes(use, (steps[0], steps[-1]), self.knowledge)
        lawful = lawful or steps[:1]
        told = unit_sizes(use, (lawful[0], lawful[-1]), self.knowledge)
        own = tuple(
            _beside(self.finding(name, told), tuple(self._bars(name, every))) for name in names
        )
        return UseFinding(use.use_id, _status({found.effect for found in own}), own, largest)

    def _lawful_steps(self, use: Use, steps: Sequence[float]) -> Sequence[float]:
        """The sizes at which no prohibition holds, nor may hold because a region field is blank."""
        bans = [
            rule
            for name in use.regulated_activities
            for rule in self.rules.get(name, ())
            if rule.effect == "prohibited" and is_in_force(rule, self.as_of)
        ]
        if not bans:
            return steps
        amounts = {size: quantities(use, size, self.knowledge) for size in steps}
        return [
            size for size in steps if not any(self._bars_at(rule, amounts[size]) for rule in bans)
        ]

    def _bars_at(self, rule: Rule, amounts: Mapping[str, float]) -> bool:
        if _of_region(rule, self.region) == "beyond":
            return False
        if rule.threshold is None:
            return True
        amount = amounts.get(rule.threshold.quantity)
        return amount is not None and rule.threshold.holds(amount)

    def _lawful(self, activities: Iterable[str], sizes: Sizes) -> tuple[Finding, ...]:
        names = tuple(activities)
        bans = (rule.effect == "prohibited" for name in names for rule in self.rules.get(name, ()))
        if not any(bans):
            return tuple(self.finding(name, sizes) for name in names)
        smallest = {quantity: Extent.exactly(extent.low) for quantity, extent in sizes.items()}
        at_smallest = tuple(self.finding(name, smallest) for name in names)
        if any(found.effect == "prohibited" for found in at_smallest):
            return at_smallest
        barred = {name: tuple(self._bars(name, sizes)) for name in names}
        lawful = sizes
        for bars in barred.values():
            for bar in bars:
                lawful = below(lawful, bar, self.knowledge)
        return tuple(_beside(self.finding(name, lawful), barred[name]) for name in names)

    def _bars(self, activity: str, sizes: Mapping[str, Extent]) -> Iterable[BarredSize]:
        """The sizes within reach from which a prohibition holds, or may hold, and not below."""
        for rule in self.rules.get(activity, ()):
            limit = rule.threshold
            if rule.effect != "prohibited" or limit is None or not is_in_force(rule, self.as_of):
                continue
            state, extent = bearing(rule, self.region, sizes), sizes.get(limit.quantity)
            if state == "beyond" or extent is None or limit.holds(extent.low):
                continue
            quantity, amount = limit.quantity, limit.value
            if quantity == RACKS:
                quantity, amount = IT, amount / self.knowledge.assumed("racks_per_it_mw")
            yield BarredSize(
                rule, quantity, amount,
                is_certain=state == "applies", is_included=limit.holds(limit.value),
            )  # fmt: skip


def _placed(region: Region, knowledge: Knowledge, as_of: date) -> _Place:
    orders = knowledge.lineage(region.jurisdiction)
    rules: dict[str, list[Rule]] = {}
    for rule in reaching(orders, region.admin_code, knowledge, as_of):
        rules.setdefault(rule.activity, []).append(rule)
    return _Place(
        region, knowledge, orders, {name: tuple(own) for name, own in rules.items()}, as_of
    )


def _beside(found: Finding, barred: tuple[BarredSize, ...]) -> Finding:
    """The finding with its bars, which none of the lawful sizes reaches, told once."""
    if not barred:
        return found
    bars = {one.rule.rule_id for one in barred}
    beyond = tuple(rule for rule in found.beyond if rule.rule_id not in bars)
    return replace(found, beyond=beyond, barred=barred)


def _status(effects: set[Effect]) -> LegalStatus:
    if "prohibited" in effects:
        return "prohibited"
    if effects == {"not_assessed"}:
        return "not_assessed"
    if "not_assessed" in effects:
        return "partly_assessed"
    return next(one for one in STRICTEST if one in effects)


def reach(orders: Sequence[str], admin_code: str, knowledge: Knowledge, as_of: date) -> Reach:
    """Which of the catalogue's activities the rules speak to in a legal order, on a day.

    Args:
        orders: The jurisdiction, then those above it.
        admin_code: The place; empty counts the rules for the whole jurisdiction only.
        knowledge: Rules, and the reasons why an activity is open.
        as_of: The day.
    """
    in_force = [
        rule for rule in reaching(orders, admin_code, knowledge, as_of) if is_in_force(rule, as_of)
    ]
    spoken = {rule.activity for rule in in_force}
    notes = {
        note.activity: note
        for order in reversed(orders)
        for note in knowledge.open_activities
        if note.jurisdiction == order
    }
    uses = (*knowledge.uses, *knowledge.elsewhere)
    known = {one for use in uses if use.is_known_in(orders) for one in use.regulated_activities}
    # What only uses of other orders carry is asked of no project here.
    foreign = {one for use in uses for one in use.regulated_activities} - known
    names = [name for name in knowledge.activities if name not in foreign]
    return Reach(
        tuple(name for name in names if name in spoken),
        tuple(name for name in names if name not in spoken),
        {name: note for name, note in notes.items() if name not in spoken},
        any(rule.jurisdiction == orders[0] for rule in in_force),
    )
