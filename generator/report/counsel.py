"""Questions for counsel: each rule once, with everything that is to be confirmed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import cite, condition_of, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, CounselQuestion, Rule
    from generator.report.voice import Voice

_USES = 2
_INSTRUMENTS = 4


def counsel_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `counsel` fields: a row a rule that touches a recommended use, and the same in short.

    Nearly every rule is asked about, so a brief groups those of its projects by what is to be
    confirmed and the annex alone goes through them.
    """
    rows = assessment.counsel.questions
    undated = {rule.rule_id for rule in undated_rules(assessment)}
    lines = [
        *_open(assessment, voice),
        *_barring(assessment, voice),
        *_undated(assessment, voice),
    ]
    asked = [*_asked_of(assessment, voice, undated), *_asked_beside(assessment, voice)]
    return {
        "rows": [
            _row(question, voice, is_undated=question.rule.rule_id in undated) for question in rows
        ],
        "finding": _finding(assessment, voice, len(asked)),
        "asked": asked,
        "lines": lines,
    }


def _own(assessment: Assessment) -> list[CounselQuestion]:
    """Questions on the programme's projects; on all recommended uses where there is none."""
    uses = set(assessment.programme.uses)
    return [
        one for one in assessment.counsel.questions if not uses or uses & set(one.uses)
    ]  # fmt: skip


def _finding(assessment: Assessment, voice: Voice, groups: int) -> str:
    """How many rules of the projects are to be confirmed, and how many rest on no official page."""
    own = _own(assessment)
    if not own:
        return voice.say("counsel.none") if not groups else voice.say("counsel.none_own")
    unread = [one for one in own if one.rule.read_kind != "official"]
    blind = [one for one in own if not one.rule.is_read]
    keys = ("counsel.finding", "counsel.finding_blind")
    if len(unread) == len(own):
        keys = ("counsel.finding_none_read", "counsel.finding_none_read_blind")
    key = keys[bool(blind)] if unread else "counsel.finding_read"
    conditional = sum(1 for one in own if "conditional" in one.reasons)
    return voice.sentence(
        "counsel.finding", key, count=len(own), unread=voice.number(len(unread), 0),
        blind=voice.number(len(blind), 0), conditional=voice.number(conditional, 0),
    )  # fmt: skip


def _asked_of(assessment: Assessment, voice: Voice, undated: set[str]) -> list[dict[str, object]]:
    """What is to be confirmed, each with the first instruments and the projects concerned."""
    rules: dict[str, list[CounselQuestion]] = {}
    for one in _own(assessment):
        for ask in _ask(one, voice, is_undated=one.rule.rule_id in undated):
            rules.setdefault(ask, []).append(one)
    chosen = assessment.programme.uses
    # First what nobody has read at all.
    first = voice.say("counsel.wording_none")
    ordered = sorted(rules.items(), key=lambda pair: pair[0] != first)
    return [
        {
            "ask": ask,
            "count": voice.number(len(own), 0),
            "instruments": _short(own, voice),
            "uses": _concerned(own, chosen, voice),
        }
        for ask, own in ordered
    ]


def _concerned(questions: Iterable[CounselQuestion], chosen: Sequence[str], voice: Voice) -> str:
    """The projects concerned, or that all are; uses where there is no project."""
    touched = dict.fromkeys(use_id for one in questions for use_id in one.uses)
    own = [use_id for use_id in chosen if use_id in touched]
    if len(own) == len(chosen) > 1:
        return voice.say("counsel.all")
    return voice.uses(own or list(touched), _USES)


def _short(questions: Iterable[CounselQuestion], voice: Voice) -> str:
    names = dict.fromkeys(voice.short_instrument(one.rule) for one in questions)
    return voice.several(list(names), _INSTRUMENTS)


def _asked_beside(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """What no project is about: bars that no official text was read for, starts, open activities."""
    asked = _asked(assessment)
    barring = {
        voice.short_instrument(rule): None
        for finding in assessment.screening.findings.values()
        if finding.effect == "prohibited"
        for rule in finding.rules
        if rule.read_kind != "official" and rule.rule_id not in asked
    }
    undated = {
        voice.short_instrument(rule): None
        for rule in undated_rules(assessment)
        if rule.rule_id not in asked
    }
    opened = [
        voice.name(voice.knowledge.activities[one.activity].name)
        for one in assessment.counsel.open_activities
    ]
    for key, names in (
        ("counsel.barred_text", list(barring)),
        ("counsel.not_applied", list(undated)),
        ("counsel.which_law", opened),
    ):
        if names:
            yield {
                "ask": voice.say(key),
                "count": voice.number(len(names), 0),
                "instruments": voice.several(names, _INSTRUMENTS),
                "uses": voice.say("counsel.whole"),
            }


def _row(question: CounselQuestion, voice: Voice, *, is_undated: bool) -> dict[str, object]:
    rule = question.rule
    return {
        "rule": rule.rule_id,
        "instrument": cite(rule, voice),
        "condition": condition_of(rule, voice),
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
    if question.rule.read_kind != "official":
        asks.append(voice.say(f"counsel.wording_{question.rule.read_kind}"))
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
    """Rules that bar something and whose official text nobody read, by what was read instead."""
    asked = _asked(assessment)
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
    asked = _asked(assessment)
    for rule in undated_rules(assessment):
        if rule.rule_id not in asked:
            yield voice.sentence(
                f"question.undated.{rule.rule_id}", "question.undated",
                instrument=cite(rule, voice),
                note=rule.reader_note.text(voice.language),
            )  # fmt: skip


def undated_rules(assessment: Assessment) -> list[Rule]:
    """Rules without a known start that some size here reaches: asked about, never applied.

    What the connection points could feed reaches further than what is built there: of an activity
    that uses carry, the sizes of the uses count.
    """
    screening = assessment.screening
    uses = [found for use in screening.uses.values() for found in use.findings]
    distant = {rule for found in uses for rule in found.distant}
    distant -= {rule for found in uses for rule in found.asked}
    rules = {rule for found in screening.findings.values() for rule in found.asked}
    return sorted(rules - distant, key=lambda rule: rule.rule_id)
