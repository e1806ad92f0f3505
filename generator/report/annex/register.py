"""The rule register and the sources with their licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Assessment, Cell, Rule, Screening, UseFinding
from generator.report.citation import (
    condition_of,
    legend,
    missing,
    missing_field,
    position,
    reference,
    signed,
    sites,
)
from generator.report.freshness import coming_rows, ending_rows, stale_rows
from generator.report.reach import open_activities
from generator.report.screening import size_rows
from generator.report.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.report.voice import Voice


def register_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.register` fields."""
    screening = assessment.screening
    states = _states(screening, voice)
    rules = _rules(states, screening, voice)
    return {
        "intro": voice.run_on(
            (
                voice.sentence(
                    "annex.register", "annex.register" if rules else "annex.no_rules",
                    count=len(rules), date=voice.date(screening.as_of),
                ),
                legend(states, voice) if rules else "",
            )
        ),
        "rules": table("annex.register.rules", rules),
        "coming": table("annex.register.coming", coming_rows(screening.findings.values(), voice)),
        "ending": table("annex.register.ending", ending_rows(screening.stale, voice)),
        "stale": table("annex.register.stale", stale_rows(screening.stale, voice)),
        "open": table("annex.register.open", open_activities(screening, voice)),
        "uses": table("annex.register.uses", _uses(assessment, voice)),
        "no_claims": "" if screening.claims else voice.say("annex.no_claims"),
        "sources": table(
            "annex.register.sources",
            (
                {
                    "id": source.source_id,
                    "title": voice.name(source.title),
                    "attribution": voice.name(source.attribution),
                }
                for source in assessment.sources
            ),
        ),
    }  # fmt: skip


def _rules(
    states: Mapping[Rule, str], screening: Screening, voice: Voice
) -> list[dict[str, str | Cell]]:
    """Every rule that reaches the region, once, with where it stands on the day."""
    return [
        {
            "id": rule.rule_id,
            "activity": voice.name(voice.knowledge.activities[rule.activity].name),
            "effect": Cell(
                position(rule.effect, (rule,), voice),
                "not_assessed" if states[rule] else rule.effect,
            ),
            "condition": condition_of(rule, voice),
            "instrument": voice.instrument(rule),
            "standing": states[rule],
            "dates": _dates(rule, screening.as_of, voice),
            "relations": voice.clauses(_relations(rule, voice)),
            "reference": reference(rule, voice),
            "reading": signed(rule, voice),
            "sites": sites(rule, voice),
        }
        for rule in sorted(states, key=lambda rule: rule.rule_id)
    ]


def _states(screening: Screening, voice: Voice) -> dict[Rule, str]:
    """Nothing for a rule that applies; why it does not, or not yet, for all others."""
    states: dict[Rule, str] = {}
    for found in screening.findings.values():
        for rule in found.undated:
            states[rule] = voice.say("annex.not_applied")
        for rule in found.coming:
            states[rule] = voice.say("annex.coming")
        for rule in found.beyond:
            states[rule] = voice.say("annex.beyond")
        for rule in found.depends:
            states[rule] = voice.say("annex.depends", missing=missing(rule, voice))
        states |= dict.fromkeys(found.rules, "")
    above = voice.say("annex.above_uses")
    states |= {rule: above for rule in _above_uses(screening) if states.get(rule) == ""}
    # A use may be larger or smaller than what the region as a whole allows.
    for use in screening.uses.values():
        bars = {one.rule: "" for one in use.barred if one.is_certain}
        states |= bars | dict.fromkeys((rule for found in use.findings for rule in found.rules), "")
        for one in use.barred:
            if not one.is_certain:
                hangs = voice.say("annex.depends", missing=missing_field(one.rule, voice))
                states.setdefault(one.rule, hangs)
    return states


def _above_uses(screening: Screening) -> set[Rule]:
    """Rules whose threshold none of the uses that carry their activity reaches."""
    uses = [found for use in screening.uses.values() for found in use.findings]
    reached = {rule for found in uses for rule in (*found.rules, *found.depends)}
    return {rule for found in uses for rule in found.beyond if rule.threshold} - reached


def _relations(rule: Rule, voice: Voice) -> list[str]:
    """What other instruments do to the rule's own."""
    known = {one.instrument.instrument_id: one for one in voice.knowledge.rules}
    return [
        voice.say(
            "annex.relation",
            relation=voice.choice("relation", one.relation),
            instrument=voice.short_instrument(known[one.from_instrument]),
            date=voice.date(one.effective_on),
        )
        if one.effective_on
        else voice.say(
            "annex.relation_undated",
            relation=voice.choice("relation", one.relation),
            instrument=voice.short_instrument(known[one.from_instrument]),
        )
        for one in voice.knowledge.relations
        if one.to_instrument == rule.instrument.instrument_id and one.from_instrument in known
    ]


def _uses(assessment: Assessment, voice: Voice) -> list[dict[str, str | Cell]]:
    """Every use and comparator with its legal status, barred sizes and the activities under it."""
    sizes = size_rows(assessment.screening, voice)
    return [
        {
            "id": use.use_id,
            "name": voice.name(use.name),
            "status": _status(assessment.screening.uses[use.use_id], voice),
            "sizes": voice.run_on(
                str(row["sentence"])
                for row in sizes
                if use.use_id in str(row["ids"]).split(voice.say("list.separator"))
            ),
            "activities": voice.clauses(
                voice.say(
                    "annex.activity",
                    activity=voice.name(voice.knowledge.activities[found.activity].name),
                    effect=position(found.effect, found.rules, voice),
                )
                for found in assessment.screening.uses[use.use_id].findings
            ),
        }
        for use in voice.knowledge.uses
        if use.use_id in assessment.screening.uses
    ]


def _status(use: UseFinding, voice: Voice) -> Cell:
    rules = [rule for found in use.findings for rule in found.rules]
    return Cell(position(use.status, rules, voice), use.status)


def _dates(rule: Rule, as_of: date, voice: Voice) -> str:
    """Since when and until when, and how the start is known; or that it is not."""
    start, own = rule.in_force_from, rule.instrument
    if start is None:
        return voice.say("annex.undated")
    key = "law.since" if start <= as_of else "law.starts"
    parts = [voice.say(key, date=voice.date(start))]
    if start == own.in_force_from and own.start_basis not in {"", "read"}:
        basis = voice.choice("start_basis", own.start_basis)
        parts = [voice.say("law.start_basis", start=parts[0], basis=basis)]
    if rule.in_force_until:
        parts.append(voice.say("law.until", date=voice.date(rule.in_force_until)))
    return voice.say("clause.separator").join(parts)
