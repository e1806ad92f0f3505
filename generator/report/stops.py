"""What of the law can stop the projects that begin, with who answers and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from generator.choices.votes import voted_in
from generator.model.law import ReadKind
from generator.report.actions import month, month_of_end
from generator.report.citation import kinds_read
from generator.report.conditions import gates_of
from generator.report.counsel import points
from generator.report.gates import answer_due, answerer, answering
from generator.report.projects import is_long
from generator.report.sites import unexplained_load
from generator.report.tables import inner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Assessment, Procedure, Rule
    from generator.report.voice import Voice

_MOST, _FEWER, _GATES = 4, 3, 2
"""What a first page names, and that of a long programme; of these the questions that procedures put."""
_READ = get_args(ReadKind)[::-1]
"""What was read of a text, the least first."""
_READS = "originals"
"""What the task settles by which counsel reads the texts."""
_LEGAL = "justice_bureau"


def stop_line(assessment: Assessment, voice: Voice) -> str:
    """What can stop the first wave in law, what was read of each, who answers and when; empty without one.

    Questions of single projects come before those of the whole plan, then title to sites, then what
    rules ask. Those of a single project name their office and month where a task of their own answers.
    """
    first = assessment.programme.first
    if not first.projects:
        return ""
    asked = list(dict.fromkeys((*_of_projects(assessment, voice), *_of_plan(assessment, voice))))
    named = asked[:_GATES]
    if any(one.place.number is not None for one in first.projects):
        named.append(voice.say("stop.title"))
    rules = list(dict.fromkeys(_of_rules(assessment, voice)))
    # A load that nobody explains takes the room of one on the page.
    is_tight = is_long(assessment) or bool(unexplained_load(assessment, voice))
    named += rules[: (_FEWER if is_tight else _MOST) - len(named)]
    office, due = _reader(assessment, voice)
    return voice.sentence(
        "law.stop", "law.stop", items=voice.listed(named), office=office, month=due
    )  # fmt: skip


def cited(procedure: Procedure, voice: Voice) -> str:
    """The texts of a procedure that puts a question in a few words, with what was read of the first."""
    kind = procedure.basis_read[0] if procedure.basis_read else procedure.read_kind or "none"
    return voice.say(
        "stop.law", instruments=voice.name(procedure.cited),
        reading=voice.say(f"reading.brief.{kind}"),
    )  # fmt: skip


def _of_projects(assessment: Assessment, voice: Voice) -> Iterator[str]:
    for use_id in assessment.programme.first.uses:
        for gate in gates_of(use_id, assessment):
            key = "stop.gate" if answering(gate, assessment) else "stop.item"
            yield voice.say(
                key, what=inner(voice.name(gate.name)), law=cited(gate, voice),
                office=answerer(gate, use_id, assessment, voice),
                month=answer_due(gate, assessment, voice),
            )  # fmt: skip


def _of_plan(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Whether the body may act at all: what it may do comes before how it buys and what it may give."""
    asked = (due.procedure for due in assessment.procedures if not due.uses)
    for one in sorted(
        (each for each in asked if each.question),
        key=lambda each: (each.lead_office not in {_LEGAL, "governing_body"}, bool(each.proviso)),
    ):
        yield voice.say("stop.item", what=inner(voice.name(one.name)), law=cited(one, voice))


def _of_rules(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Of the conditions that may stop a project of the first wave, the least read first.

    One of each project comes before any second.
    """
    waiting = sorted(
        (
            one
            for one in points(assessment, set())
            if one.question.is_first_wave and one.question.rule.hurdle
        ),
        key=lambda one: _READ.index(kinds_read((one.question.rule,))[0]),
    )
    while waiting:
        told: set[str] = set()
        left = []
        for one in waiting:
            if told.issuperset(one.uses):
                left.append(one)
                continue
            told.update(one.uses)
            yield _asked(one.question.rule, voice)
        waiting = left


def _asked(rule: Rule, voice: Voice) -> str:
    return voice.say(
        "stop.item", what=voice.name(rule.hurdle),
        law=voice.say(
            "stop.law",
            instruments=voice.brief_instrument(rule),
            reading=voice.say(f"reading.brief.{kinds_read((rule,))[0]}"),
        ),
    )  # fmt: skip


def _reader(assessment: Assessment, voice: Voice) -> tuple[str, str]:
    """Who has the texts read, and the month in which that is done; of the vote without such a task."""
    task = next(
        (one for one in assessment.action_plan.actions if one.action.settles == _READS), None
    )
    start = assessment.region.plan_from
    if task is None:
        return voice.office(_LEGAL), month(voted_in(assessment)[0], start, voice)
    return voice.office(task.action.lead_office), month_of_end(task, start, voice)
