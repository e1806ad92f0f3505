"""What a brief asks counsel: what comes before all else, and of each rule what could stop a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from msgspec import Struct

from generator.model.law import ReadKind
from generator.report.answered import TITLE, answers, by_whom
from generator.report.citation import (
    based,
    missing,
    placed,
    texts_of,
)
from generator.report.conditions import missed_questions, near_uses
from generator.report.gates import answering
from generator.report.lawscope import near_findings
from generator.report.projects import is_long
from generator.report.thresholds import limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Assessment, CounselQuestion, Rule
    from generator.report.voice import Voice


USES = 2
_MOST, _FEWER = 12, 5
"""Questions of a brief, and of a long one; the annex asks about every rule."""
_INSTRUMENTS = 4
_NAMED_DAY = frozenset({"", "read"})
"""Bases of a first day that need no question: the text names it."""
_READ = get_args(ReadKind)[::-1]
"""What was read of a rule, the least first."""


def own_questions(assessment: Assessment) -> list[CounselQuestion]:
    """Questions on the programme's projects; on all recommended uses where there is none."""
    uses = set(assessment.programme.uses)
    return [
        one for one in assessment.counsel.questions if not uses or uses & set(one.uses)
    ]  # fmt: skip


class Point(Struct, frozen=True):
    """One thing to confirm: a rule, or several of one instrument that say the same."""

    question: CounselQuestion
    uses: tuple[str, ...]
    """Projects first, the first wave before the second."""
    is_undated: bool
    is_open: bool
    """Whether it hangs on a figure that nobody gave."""

    @property
    def weight(self) -> tuple[int, bool, int, bool, str]:
        """What could stop a project first: bars, limits on the thing itself, conditions, starts."""
        rule = self.question.rule
        if rule.effect == "prohibited":
            rank = 0
        elif "conditional" in self.question.reasons:
            rank = 3 if self.is_open else 1 if rule.duty == "limit" else 2
        else:
            rank = 4
        read = _READ.index(rule.read_kind if rule.is_read else "none")
        return (
            rank, not self.question.is_first_wave, read, rule.threshold is None, rule.rule_id,
        )  # fmt: skip


def points(assessment: Assessment, undated: set[str]) -> list[Point]:
    """What is to be confirmed of the projects, what could stop one first.

    What only permits, duties of operation, what binds everyone, bills and what is over when the plan
    begins stand in the annex alone.
    """
    chosen = assessment.programme.uses
    held: dict[tuple[str, str], list[CounselQuestion]] = {}
    start = assessment.region.plan_from
    for one in own_questions(assessment):
        end = one.rule.in_force_until
        is_over = start and end and end <= start
        is_asked = one.rule.effect == "prohibited" or "conditional" in one.reasons
        is_beside = one.rule.is_of_operation or one.rule.is_general or is_over
        if (is_asked or one.rule.rule_id in undated) and not (is_beside or _is_bill(one.rule)):
            said = one.rule.instrument.instrument_id, one.rule.condition.text("en")
            held.setdefault(said, []).append(one)
    hanging = {
        rule.rule_id
        for use_id in near_uses(assessment)
        for found in assessment.screening.of_use(use_id).findings
        for rule in found.depends
    }
    points = []
    for alike in held.values():
        touched = dict.fromkeys(use_id for one in alike for use_id in one.uses)
        uses = tuple(use_id for use_id in chosen if use_id in touched) or tuple(touched)
        first = alike[0]
        points.append(
            Point(
                first, uses, first.rule.rule_id in undated,
                all(one.rule.rule_id in hanging for one in alike),
            )
        )  # fmt: skip
    return sorted(points, key=lambda one: one.weight)


def brief_questions(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """What a brief asks counsel: what comes before every condition, rules, what no project is about."""
    before, beside = _whether(assessment, voice), _beside(assessment, voice)
    rules = _points_beside(before, beside, assessment, voice)
    return [*before, *(_asked_row(one, assessment, voice) for one in rules), *beside]


def asked_points(assessment: Assessment, voice: Voice) -> list[Point]:
    """The rules that a brief asks counsel about, what could stop a project first."""
    before, beside = _whether(assessment, voice), _beside(assessment, voice)
    return _points_beside(before, beside, assessment, voice)


def _beside(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """What procedures ask that hold back no project, and what no project is about."""
    return [*_asked_of_procedures(assessment, voice), *_asked_beside(assessment, voice)]


def _points_beside(
    whether: Sequence[Mapping[str, object]], beside: Sequence[Mapping[str, object]],
    assessment: Assessment, voice: Voice,
) -> list[Point]:  # fmt: skip
    """The rules for which other questions leave room, each project's first before any second.

    What a procedure has asked already is not asked of its rules once more.
    """
    most = (_FEWER if is_long(assessment) else _MOST) - len(whether) - len(beside)
    told_above = {row["ask"] for row in (*whether, *beside)}
    undated = {rule.rule_id for rule in undated_rules(assessment)}
    waiting = [
        one
        for one in points(assessment, undated)
        if voice.text(one.question.rule.question) not in told_above
    ]
    rows: list[Point] = []
    while waiting and len(rows) < most:
        told: set[str] = set()
        left = []
        for one in waiting:
            if len(rows) < most and not told.issuperset(one.uses):
                told.update(one.uses)
                rows.append(one)
            else:
                left.append(one)
        waiting = left
    return sorted(rows, key=lambda one: one.weight)


def _whether(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """What comes before every condition: whether the body may act, who holds the sites, what a limit counts."""
    before = _asked_before(assessment, voice), _asked_of_sites(assessment, voice)
    return [row for rows in (*before, _asked_of_missed(assessment, voice)) for row in rows]


def _asked_of_missed(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """Rules that stop a project only if more is counted than its own power: counsel says what is."""
    for rule, concerned in missed_questions(assessment, voice).items():
        yield {
            "ask": voice.name(rule.question),
            "count": voice.number(1, 0),
            "instruments": placed(rule, voice),
            "uses": voice.uses(concerned, USES),
            "by": by_whom(answers(rule.rule_id, assessment), assessment, voice),
        }


def _asked_row(point: Point, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What the rule asks, by its recorded text, and what else is to be settled; where; for whom.

    What is asked of every rule stands once, in the sentence above the table.
    """
    rule = point.question.rule
    if point.is_undated:
        key = "counsel.ask_start"
    elif rule.effect == "prohibited":
        key = "counsel.ask_bar"
    elif point.is_open:
        key = "counsel.ask_open"
    else:
        key = "counsel.ask_limit" if rule.duty == "limit" else "counsel.ask_met"
    text = voice.name(rule.condition)
    if rule.threshold is not None:
        text = voice.say("law.sized", limit=limit(rule.threshold, voice), condition=text)
    ask = voice.text(rule.question) or voice.say(key, condition=text, missing=missing(rule, voice))
    return {
        "ask": ask,
        "count": voice.number(1, 0),
        "instruments": placed(rule, voice),
        "uses": _concerned(point.uses, assessment.programme.uses, voice),
        "by": by_whom(answers(rule.rule_id, assessment), assessment, voice),
    }


def _concerned(uses: Sequence[str], chosen: Sequence[str], voice: Voice) -> str:
    """The projects concerned, or that all are."""
    return voice.say("counsel.all") if len(uses) == len(chosen) > 1 else voice.uses(uses, USES)


def _asked_before(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """What decides whether the body may act at all, then whether a project can be built.

    Both come before every condition.
    """
    for due in sorted(assessment.procedures, key=lambda one: bool(one.uses)):
        procedure = due.procedure
        if assessment.programme.uses and procedure.question:
            yield {
                "ask": voice.name(procedure.question),
                "count": voice.number(1, 0),
                "instruments": based(procedure, voice),
                "uses": voice.uses(due.uses, USES) if due.uses else voice.say("counsel.whole"),
                "by": by_whom(answering(procedure, assessment), assessment, voice),
            }


def _asked_of_procedures(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """What procedures ask that no project waits for, with their first text; a long brief leaves it out."""
    if not assessment.programme.uses or is_long(assessment):
        return
    for due in assessment.procedures:
        if voice.text(due.procedure.asked):
            yield {
                "ask": voice.name(due.procedure.asked),
                "count": voice.number(1, 0),
                "instruments": texts_of(due.procedure, voice)[0],
                "uses": voice.uses(due.uses, USES) if due.uses else voice.say("counsel.whole"),
                "by": by_whom(answering(due.procedure, assessment), assessment, voice),
            }


def _asked_of_sites(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """Who holds the title and the connection of the sites that projects stand on."""
    uses = [
        one.use_id
        for wave in (assessment.programme.first, assessment.programme.second)
        for one in wave.projects
        if one.place.number is not None
    ]
    if uses:
        yield {
            "ask": voice.say("counsel.title"),
            "count": voice.number(1, 0),
            "instruments": voice.say("counsel.title_papers"),
            "uses": voice.uses(uses, USES),
            "by": by_whom(answers(TITLE, assessment), assessment, voice),
        }


def _asked_beside(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """What no project is about: days of starts, bars without an official text, open activities."""
    yield from _beginning(assessment, voice)
    opened = [
        voice.name(voice.knowledge.activities[one.activity].name)
        for one in assessment.counsel.open_activities
        if not assessment.programme.uses or not set(one.uses).isdisjoint(assessment.programme.uses)
    ]
    if opened:
        yield _beside_row("counsel.which_law", opened, assessment, voice)
    # What stops no project of the plan stands in the annex; without one it is all there is to ask.
    if assessment.programme.uses:
        return
    asked = asked_rules(assessment)
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
        if rule.rule_id not in asked and not _is_bill(rule)
    }
    for key, names in (
        ("counsel.barred_text", list(barring)),
        ("counsel.not_applied", list(undated)),
    ):
        if names:
            yield _beside_row(key, names, assessment, voice)


def _beside_row(
    key: str, names: Sequence[str], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    return {
        "ask": voice.say(key),
        "count": voice.number(len(names), 0),
        "instruments": voice.several(names, _INSTRUMENTS),
        "uses": voice.say("counsel.whole"),
        "by": by_whom(None, assessment, voice),
    }


def _beginning(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """Rules that begin within the plan on a day that no text names, each instrument once."""
    start = assessment.region.plan_from or assessment.screening.as_of
    coming = {
        rule.instrument.instrument_id: rule
        for found in near_findings(assessment)
        for rule in found.coming
        if rule.in_force_from
        and rule.in_force_from >= start
        and rule.in_force_from == rule.instrument.in_force_from
        and rule.instrument.start_basis not in _NAMED_DAY
    }
    for rule in coming.values():
        yield {
            "ask": voice.text(rule.question)
            or voice.say(
                "counsel.ask_begins", date=voice.date(rule.in_force_from),
                condition=voice.name(rule.condition),
            ),
            "count": voice.number(1, 0),
            "instruments": placed(rule, voice),
            "uses": voice.say("counsel.whole"),
            "by": by_whom(answers(rule.rule_id, assessment), assessment, voice),
        }  # fmt: skip


def asked_rules(assessment: Assessment) -> set[str]:
    """The rules that the annex asks counsel about."""
    return {question.rule.rule_id for question in assessment.counsel.questions}


def _is_bill(rule: Rule) -> bool:
    """Whether nobody has adopted it yet: it can stop nothing."""
    return rule.instrument.start_basis == "not_adopted"


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
