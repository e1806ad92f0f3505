"""Which risks a brief must name: each trigger of the catalogue as one small test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from generator.analysis.values import at_least
from generator.model import FiredRisk
from generator.model.facts import LISTS, Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.model import Knowledge, Readiness, Region, Risk, Screening, Use, UseReadiness
    from generator.problems import Origin

_COAL_SHARE = 0.7


class _Undecided(Enum):
    """The one answer that says neither yes nor no: what the trigger reads is blank."""

    UNDECIDED = "undecided"


UNDECIDED = _Undecided.UNDECIDED


@dataclass(frozen=True, slots=True)
class _Situation:
    region: Region
    knowledge: Knowledge
    screening: Screening
    readiness: Readiness

    def listed(self, *names: str) -> list[UseReadiness]:
        """The scored uses of these lists, in the order of the catalogue."""
        found = (self.readiness.uses.get(use.use_id) for use in self.knowledge.uses)
        return [use for use in found if use is not None and use.listed in names]

    def shortlisted(self) -> list[Use]:
        ids = {use_id for category in LISTS for use_id in self.readiness.shortlist[category]}
        return [use for use in self.knowledge.uses if use.use_id in ids]


@dataclass(frozen=True, slots=True)
class Fired:
    """What fired a trigger: uses, the places of the facts, rules; all empty for every brief."""

    uses: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    rules: tuple[str, ...] = ()


Answer = Fired | _Undecided | None
"""None: does not fire."""


def fired_risks(
    region: Region, knowledge: Knowledge, screening: Screening, readiness: Readiness
) -> tuple[FiredRisk, ...]:
    """The risks whose trigger fires, by likelihood times impact, then by id.

    Args:
        region: Power plants, sites, institutions and single figures.
        knowledge: Risks with their triggers.
        screening: Rules in force and stale rules.
        readiness: The lists, with coverage.
    """
    situation = _Situation(region, knowledge, screening, readiness)
    fired = [
        FiredRisk(
            risk=risk,
            uses=answer.uses,
            origins=answer.origins,
            rules=answer.rules,
            score=risk.likelihood_1_5 * risk.impact_1_5,
        )
        for risk in knowledge.risks
        if isinstance(answer := TRIGGERS.get(risk.trigger, lambda _: None)(situation), Fired)
    ]
    return tuple(sorted(fired, key=lambda one: (-one.score, one.risk.risk_id)))


def undecided_risks(
    region: Region, knowledge: Knowledge, screening: Screening, readiness: Readiness
) -> tuple[Risk, ...]:
    """The risks of which the data do not say whether they apply; a brief names them as open."""
    situation = _Situation(region, knowledge, screening, readiness)
    open_ones = (
        risk
        for risk in knowledge.risks
        if TRIGGERS.get(risk.trigger, lambda _: None)(situation) is UNDECIDED
    )
    return tuple(sorted(open_ones, key=lambda risk: risk.risk_id))


# --- what the registers say -----------------------------------------------------------------------


def _places(facts: Iterable[Fact]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origin for fact in facts for origin in fact.origins))


def _legacy_mining_present(situation: _Situation) -> Answer:
    rows = [site.origin for site in situation.region.sites if site.former_use == "mining"]
    return Fired(origins=tuple(rows)) if rows else None


def _fewer_than_two_suppliers(situation: _Situation) -> Answer:
    rows = [row for row in situation.region.institutions if row.type == "supplier"]
    if len({row.name for row in rows}) >= 2:
        return None
    return Fired(origins=tuple(row.origin for row in rows))


def _coal_share_over_70pct(situation: _Situation) -> Answer:
    """Open without an existing plant, and while blank capacities leave the share open."""
    plants = [
        row
        for row in situation.region.power
        if row.kind != "connection point" and row.status == "existing"
    ]
    capacities = [row.capacity_mw.value for row in plants]
    total = math.fsum(value or 0.0 for value in capacities)
    if None in capacities or not total > 0:
        return UNDECIDED
    coal = [row.capacity_mw for row in plants if row.kind == "coal"]
    share = math.fsum(fact.value or 0.0 for fact in coal) / total
    return None if at_least(_COAL_SHARE, share) else Fired(origins=_places(coal))


def _outside_computing_hub(situation: _Situation) -> Answer:
    fact = situation.region.figures["in_national_hub"]
    if fact.value is None:
        return UNDECIDED
    return Fired(origins=_places([fact])) if fact.value == 0 else None


def _unexplained_load(situation: _Situation) -> Answer:
    fact = situation.region.figures["unexplained_load_mw"]
    return Fired(origins=_places([fact])) if (fact.value or 0.0) > 0 else None


# --- what the law and the lists say ---------------------------------------------------------------


def _rule_pack_stale(situation: _Situation) -> Answer:
    """Stale rules that bear on a use of either list; comparators and barred uses are in none."""
    stale = {one.rule.rule_id: one.rule.activity for one in situation.screening.stale}
    uses = [
        use.use_id
        for use in situation.knowledge.uses
        if use.use_id in situation.readiness.uses
        and set(use.regulated_activities) & set(stale.values())
    ]
    if not uses:
        return None
    carried = {
        activity
        for use_id in uses
        for activity in situation.knowledge.use(use_id).regulated_activities
    }
    rules = sorted(rule_id for rule_id, activity in stale.items() if activity in carried)
    return Fired(tuple(uses), rules=tuple(rules))


def _anchor_institutions_below_minimum(situation: _Situation) -> Answer:
    """Too few signatures, or none of a key type; open while the sheet of institutions is blank."""
    short: list[str] = []
    is_open = False
    for use in situation.listed("shortlist", "prepare"):
        met = [
            part.meets_minimum
            for part in use.contributions
            if part.requirement.criterion_id == "anchor_institutions"
        ]
        if False in met or _lacks_key_type(use.use_id, situation):
            short.append(use.use_id)
        is_open |= None in met
    if short:
        rows = (row.origin for row in situation.region.institutions if row.use in short)
        return Fired(tuple(short), tuple(rows))
    return UNDECIDED if is_open else None


def _lacks_key_type(use_id: str, situation: _Situation) -> bool:
    """Whether a type of institution that the use depends on has no signed body."""
    rows = situation.region.institutions
    signed = {row.type for row in rows if row.use == use_id and row.status == "signed"}
    wanted = set(situation.knowledge.use(use_id).key_institution_types)
    return bool(rows) and not wanted <= signed


def _conditional_rules_present(situation: _Situation) -> Answer:
    found = {
        use.use_id: [
            rule.rule_id
            for finding in situation.screening.uses[use.use_id].findings
            for rule in finding.rules
            if rule.effect == "conditional"
        ]
        for use in situation.listed("shortlist", "prepare")
    }
    uses = tuple(use_id for use_id, rules in found.items() if rules)
    rules = sorted({rule_id for ids in found.values() for rule_id in ids})
    return Fired(uses, rules=tuple(rules)) if uses else None


def _carried(activity: str) -> Callable[[_Situation], Answer]:
    return lambda situation: _for_uses(
        use.use_id for use in situation.shortlisted() if activity in use.regulated_activities
    )


def _shortlisted(*use_ids: str) -> Callable[[_Situation], Answer]:
    return lambda situation: _for_uses(
        use.use_id for use in situation.shortlisted() if use.use_id in use_ids
    )


def _for_uses(use_ids: Iterable[str]) -> Answer:
    found = tuple(use_ids)
    return Fired(found) if found else None


def _coverage_below_70pct(situation: _Situation) -> Answer:
    limit = situation.knowledge.assumed("coverage_minimum_pct")
    return _for_uses(
        use.use_id
        for use in situation.listed("shortlist", "prepare", "cleared")
        if not at_least(use.coverage_pct, limit)
    )


TRIGGERS: dict[str, Callable[[_Situation], Answer]] = {
    "always": lambda _: Fired(),
    "legacy_mining_present": _legacy_mining_present,
    "fewer_than_two_suppliers": _fewer_than_two_suppliers,
    "rule_pack_stale": _rule_pack_stale,
    "coal_share_over_70pct": _coal_share_over_70pct,
    "outside_computing_hub": _outside_computing_hub,
    "anchor_institutions_below_minimum": _anchor_institutions_below_minimum,
    "conditional_rules_present": _conditional_rules_present,
    "personal_data": _carried("personal_data"),
    "cross_border_data": _carried("cross_border_data"),
    "data_centre_repurposing": _shortlisted("R01", "R02", "R07"),
    "hydrogen_or_storage": _shortlisted("R03", "R04"),
    "coverage_below_70pct": _coverage_below_70pct,
    "unexplained_load": _unexplained_load,
}
"""The closed list; `triggers.csv` defines each."""
