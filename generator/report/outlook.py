"""What the region faces: law that changed or will, what is encouraged, what holds back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment, Rule
    from generator.report.voice import Voice

_NAMED = 3
_RECENT = timedelta(days=730)
"""How far back a start of law counts as new."""


def outlook(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """Lead words and a text each, of facts on file alone; what is not known is left out.

    What lies idle and what markets warn of stand with the limits, the projects and the risks.
    """
    told = {
        "changed": _dated("changed", _changed(assessment), voice),
        "coming": _dated("coming", _coming(assessment), voice),
        "ending": _dated("ending", _ending(assessment), voice),
        "encouraged": _encouraged(assessment, voice),
        "gaps": _gaps(assessment, voice),
    }
    return [
        {"lead": voice.say(f"outlook.lead.{key}"), "text": text}
        for key, text in told.items()
        if text
    ]


def _rules(assessment: Assessment) -> Iterable[Rule]:
    """The rules in force that bear on the projects."""
    for use_id in assessment.programme.uses:
        for found in assessment.screening.of_use(use_id).findings:
            yield from found.bearing


def _changed(assessment: Assessment) -> list[tuple[Rule, date]]:
    """Rules on the projects that began not long ago, the newest first."""
    day = assessment.screening.as_of
    found = {
        rule: start
        for rule in _rules(assessment)
        for start in (rule.in_force_from or rule.instrument.in_force_from,)
        if start is not None and day - _RECENT <= start <= day
    }
    return sorted(found.items(), key=lambda one: (-one[1].toordinal(), one[0].rule_id))


def _coming(assessment: Assessment) -> list[tuple[Rule, date]]:
    """Rules on the projects that start within the plan period."""
    found = {
        rule: rule.in_force_from
        for use_id in assessment.programme.uses
        for each in assessment.screening.of_use(use_id).findings
        for rule in each.coming
        if rule.in_force_from is not None
    }
    return sorted(found.items(), key=lambda one: (one[1], one[0].rule_id))


def _ending(assessment: Assessment) -> list[tuple[Rule, date]]:
    """Rules on the projects that end within the plan period."""
    own = set(_rules(assessment))
    found = {
        one.rule: one.ends_on
        for one in assessment.screening.stale
        if one.ends_on is not None and one.rule in own
    }
    return sorted(found.items(), key=lambda one: (one[1], one[0].rule_id))


def _dated(kind: str, rules: Iterable[tuple[Rule, date]], voice: Voice) -> str:
    """Instruments with their day and what was read of them, a few and each once; empty for none."""
    told: dict[str, tuple[Rule, date]] = {}
    for rule, day in rules:
        told.setdefault(voice.short_instrument(rule), (rule, day))
    if not told:
        return ""
    parts = [
        voice.say(
            "outlook.dated", instrument=name, day=voice.date(day),
            read=voice.choice("read_kind", rule.read_kind),
        )
        for name, (rule, day) in [*told.items()][:_NAMED]
    ]  # fmt: skip
    key = f"outlook.{kind}"
    return voice.sentence(key, key, parts=voice.clauses(parts))


def _encouraged(assessment: Assessment, voice: Voice) -> str:
    """What rules encourage; empty for nothing."""
    ids = [one.reference for one in assessment.swot.opportunities if one.kind == "rule"]
    rules = {rule.rule_id: rule for rule in voice.knowledge.rules}
    known = (rules[one] for one in ids if one in rules)
    held = [rule for rule in known if rule.duty != "frame"][:_NAMED]
    if not held:
        return ""
    names = dict.fromkeys(
        voice.say(
            "outlook.rule", instrument=voice.short_instrument(rule),
            activity=voice.name(voice.knowledge.activities[rule.activity].name),
        )
        for rule in held
    )  # fmt: skip
    parts = voice.say("clause.separator").join(names)
    return voice.sentence("outlook.encouraged", "outlook.encouraged", parts=parts)


def _gaps(assessment: Assessment, voice: Voice) -> str:
    """What is missing most; empty for nothing."""
    gaps = [one for one in assessment.swot.weaknesses if one.gap is not None][:_NAMED]
    if not gaps:
        return ""
    criteria = voice.knowledge.criteria
    names = dict.fromkeys(voice.name(criteria[one.reference].name) for one in gaps)
    return voice.sentence("outlook.gaps", "outlook.gaps", names=voice.join(names))
