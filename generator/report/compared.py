"""The decision between two plans: the best first wave and then a second, or both waves chosen as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from generator.report.actions import month
from generator.report.alternatives import dearer_by, of_both
from generator.report.projects import brought, names
from generator.report.tasklist import Task, tasks_of
from generator.report.tasknumbers import numbers, numbers_of
from generator.report.votes import DECIDES

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


class Compared(NamedTuple):
    """A row of the table of decisions, how many projects it moves, and those whose place it could take."""

    row: dict[str, str]
    moved: int
    replaced: tuple[str, ...]


def plans_compared(assessment: Assessment, voice: Voice) -> Iterator[Compared]:
    """The choice between both plans, once a task has compared them; nothing where they are as good.

    Args:
        assessment: The results of one region.
        voice: Speaks.
    """
    programme = assessment.programme
    other, tasks = programme.together, tasks_of(assessment, voice)
    found = numbers_of(tasks, _compares)
    if other is None or not found or not dearer_by(assessment):
        return
    planned = {one.use_id for one in (*other.first, *other.second)}
    fresh = [one for one in (*other.first, *other.second) if one.use_id not in programme.uses]
    gone = tuple(use for use in programme.first.uses if use not in planned)
    row = {
        "decision": voice.say("decision.plans", tasks=numbers(found, voice)),
        "by": month(tasks[found[0] - 1].last, assessment.region.plan_from, voice),
        "owner": voice.office(DECIDES),
        "yes": voice.say(
            "decision.plans_yes",
            first=names(other.first, voice) or voice.say("none"),
            second=names(other.second, voice) or voice.say("none"),
            brings=brought(other.effects, voice), capital=voice.about(other.capital),
            own=brought(of_both(programme), voice),
            own_capital=voice.about(programme.first.capital + programme.second.capital),
        ),
        "no": voice.say("decision.choice_no"),
        "word": voice.say("decision.word.instead.yes"),
        "advice": voice.say("decision.advice_plans"),
    }  # fmt: skip
    yield Compared(row, len(fresh) + len(gone), gone)


def _compares(task: Task) -> bool:
    """Whether a task compares both plans."""
    return task.action is not None and task.action.because.kind == "compares"
