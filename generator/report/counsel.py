"""Questions for counsel: each rule once, with everything that is to be confirmed about it.

What is asked ends in a question mark; the texts of `counsel.*` see to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.briefquestions import (
    USES,
    asked_rules,
    brief_questions,
    own_questions,
    undated_rules,
)
from generator.report.citation import (
    coded,
    condition_of,
    reading,
)
from generator.report.lawscope import counted_readings, resting_rules, scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, CounselQuestion
    from generator.report.voice import Voice


def counsel_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `counsel` fields: a row a rule that touches a recommended use, and the same in short.

    Nearly every rule is asked about, so a brief asks what could stop a project, and the annex alone
    goes through them all.
    """
    rows = assessment.counsel.questions
    undated = {rule.rule_id for rule in undated_rules(assessment)}
    lines = [
        *_open(assessment, voice),
        *_barring(assessment, voice),
        *_undated(assessment, voice),
    ]
    shown = brief_questions(assessment, voice)
    return {
        "rows": [
            _row(question, voice, is_undated=question.rule.rule_id in undated) for question in rows
        ],
        "finding": _finding(assessment, voice, len(shown)),
        "asked": shown,
        "lines": lines,
    }


def _finding(assessment: Assessment, voice: Voice, shown: int) -> str:
    """Of how many rules nothing official was read, and how many questions stand below."""
    if not own_questions(assessment):
        return voice.say("counsel.none") if not shown else voice.say("counsel.none_own")
    rules = resting_rules(assessment)
    counts = counted_readings(rules)
    unread, blind = len(rules) - counts["official"], counts["none"]
    key = "counsel.finding" if unread else "counsel.finding_read"
    if blind:
        key = "counsel.finding_blind" if counts["official"] else "counsel.finding_none_read"
    said = voice.sentence(
        "counsel.finding", key, scope=scope(assessment, voice), shown=voice.number(shown, 0),
        unread=voice.number(unread, 0), blind=voice.number(blind, 0),
    )  # fmt: skip
    return voice.run_on((said, voice.sentence("counsel.of_each", "counsel.of_each")))


def _row(question: CounselQuestion, voice: Voice, *, is_undated: bool) -> dict[str, object]:
    rule = question.rule
    return {
        "rule": rule.rule_id,
        "instrument": coded((rule,), voice),
        "condition": condition_of(rule, voice),
        "uses": voice.uses(question.uses, USES),
        "ask": _ask(question, voice, is_undated=is_undated),
        "band": "conditional" if "conditional" in question.reasons else "not_assessed",
    }


def _ask(question: CounselQuestion, voice: Voice, *, is_undated: bool) -> list[str]:
    """Whether it is in force, whether it can be met, whether it is stated rightly."""
    asks = []
    if is_undated:
        asks.append(voice.say("counsel.in_force"))
    if "conditional" in question.reasons:
        asks.append(voice.say("counsel.conditional"))
    if question.rule.read_kind != "official":
        asks.append(voice.say(f"counsel.wording_{question.rule.read_kind}"))
    return asks


def _open(assessment: Assessment, voice: Voice) -> Iterable[str]:
    for one in assessment.counsel.open_activities:
        yield voice.sentence(
            f"question.open.{one.activity}", "question.open",
            activity=voice.name(voice.knowledge.activities[one.activity].name),
            uses=voice.uses(one.uses),
        )  # fmt: skip


def _barring(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Rules that bar something and whose official text nobody read, by what was read instead."""
    asked = asked_rules(assessment)
    by_reading: dict[str, dict[str, None]] = {}
    for finding in assessment.screening.findings.values():
        for rule in finding.rules if finding.effect == "prohibited" else ():
            if rule.read_kind != "official" and rule.rule_id not in asked:
                name = voice.short_instrument(rule)
                by_reading.setdefault(reading(rule, voice), {})[name] = None
    for number, (read, instruments) in enumerate(by_reading.items(), start=1):
        yield voice.sentence(
            f"question.unread.{number}", "question.unread", instruments=voice.join(instruments),
            reading=read,
        )  # fmt: skip


def _undated(assessment: Assessment, voice: Voice) -> Iterable[str]:
    asked = asked_rules(assessment)
    for rule in undated_rules(assessment):
        if rule.rule_id not in asked:
            yield voice.sentence(
                f"question.undated.{rule.rule_id}", "question.undated",
                instrument=coded((rule,), voice),
                note=rule.reader_note.text(voice.language),
            )  # fmt: skip
