"""The rule register, the sources with their licences, and the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment, Finding, GlossaryTerm, Rule
    from generator.report.voice import Voice


def register_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.register` fields."""
    rules = _rules(assessment, voice)
    return {
        "intro": voice.sentence(
            "annex.register", "annex.register" if rules else "annex.no_rules", count=len(rules),
            date=voice.date(assessment.screening.as_of),
        ),
        "rules": rules,
        "uses": _uses(assessment, voice),
        "no_claims": "" if assessment.screening.claims else voice.say("annex.no_claims"),
        "sources": [
            {
                "id": source.source_id,
                "title": voice.name(source.title),
                "attribution": voice.name(source.attribution),
            }
            for source in assessment.sources
        ],
        "terms": _terms(voice),
    }  # fmt: skip


def _rules(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Every rule that reaches the region, applied or undated, once."""
    applied: dict[Rule, Finding] = {}
    undated: dict[Rule, Finding] = {}
    for found in assessment.screening.findings.values():
        applied |= dict.fromkeys(found.rules, found)
        undated |= dict.fromkeys(found.undated, found)
    days = {one.rule.rule_id: one.days_since_check for one in assessment.screening.stale}
    return [
        {
            "id": rule.rule_id,
            "activity": voice.name(voice.knowledge.activities[rule.activity].name),
            "effect": voice.say(f"status.{rule.effect}"),
            "band": rule.effect if rule in applied else "not_assessed",
            "condition": voice.name(rule.condition),
            "instrument": voice.instrument(rule),
            "dates": _dates(rule, voice),
            "reference": rule.instrument.official_locator or voice.say("law.no_reference"),
            "status": voice.choice("read_kind", rule.read_kind),
            "checked": voice.say("annex.stale", days=days[rule.rule_id])
            if rule.rule_id in days
            else voice.say("annex.checked_on", date=voice.date(rule.checked_on)),
        }
        for rule in sorted({**applied, **undated}, key=lambda rule: rule.rule_id)
    ]


def _dates(rule: Rule, voice: Voice) -> str:
    if rule.in_force_from is None:
        return voice.say("annex.undated")
    parts = [voice.say("law.since", date=voice.date(rule.in_force_from))]
    if rule.in_force_until:
        parts.append(voice.say("law.until", date=voice.date(rule.in_force_until)))
    return voice.say("clause.separator").join(parts)


def _uses(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Every use and comparator with its legal status and the activities it rests on."""
    return [
        {
            "id": use.use_id,
            "name": voice.name(use.name),
            "status": voice.say(f"status.{assessment.screening.uses[use.use_id].status}"),
            "band": assessment.screening.uses[use.use_id].status,
            "activities": voice.say("clause.separator").join(
                voice.say(
                    "annex.activity",
                    activity=voice.name(voice.knowledge.activities[found.activity].name),
                    effect=voice.say(f"status.{found.effect}"),
                )
                for found in assessment.screening.uses[use.use_id].findings
            ),
        }
        for use in voice.knowledge.uses
    ]


def _terms(voice: Voice) -> list[dict[str, str]]:
    """The glossary in two columns, read down the left one first."""
    terms = list(voice.knowledge.glossary)
    if not voice.language.startswith("zh"):
        terms.sort(key=lambda one: voice.name(one.term).casefold())
    half = (len(terms) + 1) // 2
    left, right = terms[:half], terms[half:]
    return [
        {
            **_term("", one, voice),
            **_term("other_", right[place] if place < len(right) else None, voice),
        }
        for place, one in enumerate(left)
    ]


def _term(prefix: str, one: GlossaryTerm | None, voice: Voice) -> dict[str, str]:
    return {
        f"{prefix}term": voice.name(one.term) if one else "",
        f"{prefix}meaning": voice.name(one.definition) if one else "",
    }
