"""Questions for counsel: each rule once, with everything that is to be confirmed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.legal import undated_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, CounselQuestion
    from generator.report.voice import Voice

_USES = 2
_RULES = 10


def counsel_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `counsel` fields: a row a rule that touches a recommended use, the same by what is asked."""
    rows = assessment.counsel.questions
    undated = {rule.rule_id for rule in undated_rules(assessment)}
    lines = [
        *_open(assessment, voice),
        *_barring(assessment, voice),
        *_undated(assessment, voice),
    ]
    return {
        "rows": [
            _row(question, voice, is_undated=question.rule.rule_id in undated) for question in rows
        ],
        "grouped": _grouped(assessment, voice, undated),
        "asked": _asked_of(assessment, voice, undated),
        "note": _note(assessment, voice) if rows else "" if lines else voice.say("counsel.none"),
        "lines": lines,
    }


def _grouped(assessment: Assessment, voice: Voice, undated: set[str]) -> list[dict[str, object]]:
    """The rules that touch the same uses and raise the same questions, in one row."""
    groups: dict[tuple[object, ...], list[CounselQuestion]] = {}
    for one in assessment.counsel.questions:
        asks = _ask(one, voice, is_undated=one.rule.rule_id in undated)
        groups.setdefault((one.uses, *asks), []).append(one)
    return [
        {
            "rules": voice.join(
                voice.say(
                    "counsel.rule",
                    rule=one.rule.rule_id,
                    instrument=voice.short_instrument(one.rule),
                )
                for one in own
            ),
            "uses": voice.uses(own[0].uses, _USES),
            "ask": list(asks),
        }
        for (_, *asks), own in groups.items()
    ]


def _asked_of(assessment: Assessment, voice: Voice, undated: set[str]) -> list[dict[str, object]]:
    """What is to be confirmed, each with the rules that it is asked of."""
    rules: dict[str, list[str]] = {}
    for one in assessment.counsel.questions:
        for ask in _ask(one, voice, is_undated=one.rule.rule_id in undated):
            rules.setdefault(ask, []).append(one.rule.rule_id)
    return [
        {"ask": ask, "count": voice.number(len(ids)), "rules": voice.several(ids, _RULES)}
        for ask, ids in rules.items()
    ]


def _note(assessment: Assessment, voice: Voice) -> str:
    questions = assessment.counsel.questions
    return voice.sentence(
        "counsel.note",
        "counsel.note",
        count=len(questions),
        conditional=sum(1 for one in questions if "conditional" in one.reasons),
        unverified=sum(1 for one in questions if "unverified" in one.reasons),
    )


def _row(question: CounselQuestion, voice: Voice, *, is_undated: bool) -> dict[str, object]:
    rule = question.rule
    return {
        "rule": rule.rule_id,
        "instrument": voice.short_instrument(rule),
        "condition": voice.name(rule.condition),
        "uses": voice.uses(question.uses, _USES),
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
    if "unverified" in question.reasons:
        status = voice.choice("read_kind", question.rule.read_kind)
        asks.append(voice.say("counsel.unverified", status=status))
    return asks


# --- what no row asks -----------------------------------------------------------------------------


def _open(assessment: Assessment, voice: Voice) -> Iterable[str]:
    for one in assessment.counsel.open_activities:
        yield voice.sentence(
            f"question.open.{one.activity}", "question.open",
            activity=voice.name(voice.knowledge.activities[one.activity].name),
            uses=voice.uses(one.uses),
        )  # fmt: skip


def _asked(assessment: Assessment) -> set[str]:
    return {question.rule.rule_id for question in assessment.counsel.questions}


def _barring(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Rules that bar something and were not verified in their source."""
    asked = _asked(assessment)
    by_status: dict[str, dict[str, None]] = {}
    for finding in assessment.screening.findings.values():
        for rule in finding.rules if finding.effect == "prohibited" else ():
            if rule.read_kind != "official" and rule.rule_id not in asked:
                by_status.setdefault(rule.read_kind, {})[rule.rule_id] = None
    for status, rules in by_status.items():
        yield voice.sentence(
            f"question.{status}", "question.unverified", rules=voice.join(rules),
            status=voice.choice("read_kind", status),
        )  # fmt: skip


def _undated(assessment: Assessment, voice: Voice) -> Iterable[str]:
    asked = _asked(assessment)
    for rule in undated_rules(assessment):
        if rule.rule_id not in asked:
            yield voice.sentence(
                f"question.undated.{rule.rule_id}", "question.undated", rule=rule.rule_id,
                instrument=voice.instrument(rule),
            )  # fmt: skip
