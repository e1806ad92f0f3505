"""What of the law can stop the projects that begin, with who answers and by when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, get_args

from generator.choices.votes import voted_in
from generator.model.law import ReadKind
from generator.report.actions import month_of_end
from generator.report.answered import TITLE, answers, leading, reader
from generator.report.briefquestions import points
from generator.report.citation import first_read, in_part, kinds_read
from generator.report.conditions import gates_of
from generator.report.earnings import pays_short
from generator.report.gates import answering
from generator.report.projects import is_long
from generator.report.tables import begun, inner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Assessment, PlannedAction, Procedure, Rule
    from generator.report.voice import Voice

_MOST, _GATES = 3, 2
"""What a first page names, and of these the questions that procedures put."""
_READ = get_args(ReadKind)[::-1]
"""What was read of a text, the least first."""
_LEGAL = "justice_bureau"
_FAIR = "market_regulator"
"""Who reviews whether money given to one firm keeps competition fair."""


class _Item(NamedTuple):
    """One thing that can stop projects, its law with what was read of it, and the task that answers it."""

    what: str
    law: str
    task: PlannedAction | None = None
    office: str = ""
    """Who answers it in that task, where it is not whoever leads it."""


def stop_line(assessment: Assessment, voice: Voice) -> str:
    """What can stop the first wave in law, what was read of each, who answers and when; empty without one.

    Questions of single projects come before those of the whole plan, then title to sites, then what
    rules ask; money that a budget pays for rents that fall short is told beside them. Body and month
    are those of the task that answers; where none does, counsel's.
    """
    first = assessment.programme.first
    if not first.projects:
        return ""
    named = dict.fromkeys((*_of_projects(assessment), *_of_plan(assessment)))
    most = _MOST - is_long(assessment)
    items = [_of_procedure(one, assessment, voice) for one in [*named][:_GATES]]
    if any(one.place.number is not None for one in first.projects) and len(items) < _GATES:
        items.append(_of_title(assessment, voice))
    rules = [*dict.fromkeys(_of_rules(assessment))][: most - len(items)]
    items += [_of_rule(one, assessment, voice) for one in rules]
    if pays_short(first):
        items += _of_budget(assessment, voice)
    return _told(items, assessment, voice)


def cited(procedure: Procedure, voice: Voice) -> str:
    """The texts of a procedure that puts a question in a few words, with what was read of the first."""
    return voice.say(
        "stop.law", instruments=voice.name(procedure.cited),
        reading=voice.say(f"reading.brief.{first_read(procedure)}"),
    )  # fmt: skip


def _told(items: list[_Item], assessment: Assessment, voice: Voice) -> str:
    """Each with its law, who answers it and when; what no task answers goes to whoever reads the texts."""
    start, told = assessment.region.plan_from, []
    voted, _ = voted_in(assessment)
    for one in items:
        key = "stop.answered"
        if one.task is None:
            office, due = reader(assessment, voice)
        else:
            office = one.office or leading(one.task, assessment, voice)
            due = month_of_end(one.task, start, voice)
            # What only a tender needs is no question before the vote.
            if one.task.start_month > voted:
                key = "stop.answered_later"
            elif math.floor(one.task.end_month) >= voted:
                key = "stop.answered_vote"
        told.append(voice.say(key, what=one.what, law=one.law, office=office, month=due))
    return voice.sentence("law.stop", "law.stop", items=begun(voice.clauses(told))) if told else ""


def _of_projects(assessment: Assessment) -> Iterator[Procedure]:
    for use_id in assessment.programme.first.uses:
        yield from gates_of(use_id, assessment)


def _of_plan(assessment: Assessment) -> Iterator[Procedure]:
    """Whether the body may act at all: what it may do comes before how it buys and what it may give."""
    asked = (due.procedure for due in assessment.procedures if not due.uses)
    yield from sorted(
        (each for each in asked if each.question),
        key=lambda each: (each.lead_office not in {_LEGAL, "governing_body"}, bool(each.proviso)),
    )


def _of_procedure(one: Procedure, assessment: Assessment, voice: Voice) -> _Item:
    return _Item(inner(voice.name(one.name)), cited(one, voice), answering(one, assessment))


def _of_title(assessment: Assessment, voice: Voice) -> _Item:
    return _Item(voice.say("stop.title"), voice.say("stop.unseen"), answers(TITLE, assessment))


def _of_budget(assessment: Assessment, voice: Voice) -> Iterator[_Item]:
    """Money of the budget for rents that fall short is a favour to one firm, which law reviews first."""
    for due in assessment.procedures:
        if due.procedure.lead_office == _FAIR:
            yield _Item(
                voice.say("stop.budget"), cited(due.procedure, voice),
                answering(due.procedure, assessment), voice.office(_FAIR),
            )  # fmt: skip


def _of_rules(assessment: Assessment) -> Iterator[Rule]:
    """The conditions that may stop a project of the first wave, the least read first.

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
            yield one.question.rule
        waiting = left


def _of_rule(rule: Rule, assessment: Assessment, voice: Voice) -> _Item:
    law = voice.say(
        "stop.law", instruments=in_part(rule, voice.brief_instrument(rule), voice),
        reading=voice.say(f"reading.brief.{kinds_read((rule,))[0]}"),
    )  # fmt: skip
    return _Item(voice.name(rule.hurdle), law, answers(rule.rule_id, assessment))
