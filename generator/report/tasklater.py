"""What prepares the second wave: under one number, so that whoever is asked for it sees its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.choices.filing import ASKED
from generator.choices.votes import voted_in
from generator.report.task import Task
from generator.report.taskgroups import gathered, row_of
from generator.report.taskjoined import joined
from generator.report.taskrank import BESIDE, LAST, LATER, brings_about

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from generator.model import Assessment
    from generator.report.voice import Voice

_MOST, _FEW, _SOME = 6, 4, 2
"""Tasks that the number holds, those where the wave has more than some projects, and how many these are; the annex has the rest."""


def numbered_by_wave(
    ranked: Sequence[tuple[tuple[int, ...], Task]], most: int, assessment: Assessment, voice: Voice
) -> list[Task]:
    """The tasks of the first wave with equal ones joined, and those that prepare the second under one number.

    Args:
        ranked: Each with its rank, what the programme needs most before the rest.
        most: Numbers of the table.
        assessment: The results of one region.
        voice: Words what is joined.
    """
    first = set(assessment.programme.first.uses)
    prepares = [
        task for rank, task in ranked if first and _prepares(rank[0], task, first, assessment)
    ]
    rest = gathered([task for _, task in ranked if task not in prepares], voice)
    if not prepares:
        return joined(rest, most, assessment, voice)
    # What has to come first is told before a project's own first step.
    prepares.sort(key=lambda one: not _brings(one, assessment))
    row, left = _row(
        gathered(prepares, voice),
        _FEW if len(assessment.programme.second.projects) > _SOME else _MOST,
        voice,
    )
    found = joined([*rest, *left], most - 1, assessment, voice)
    return [*found[: most - 1], row, *found[most - 1 :]]


def _prepares(rank: int, task: Task, first: Collection[str], assessment: Assessment) -> bool:
    """Whether a task is for projects of the second wave alone and comes before any vote on projects."""
    if not task.uses or task.is_works or not set(first).isdisjoint(task.uses):
        return False
    return rank == LATER or (
        rank in {LAST, BESIDE}
        and task.action is not None
        and not task.action.action.files
        and task.action.end_month <= voted_in(assessment)[0]
    )


def supplies(assessment: Assessment, voice: Voice) -> Iterable[Task]:
    """To give each value for want of which a project of the second wave waits."""
    lacking: dict[str, list[str]] = {}
    for project in assessment.programme.second.projects:
        for one in project.preconditions:
            if one.kind == "unknown":
                lacking.setdefault(one.criterion_id, []).append(project.use_id)
    for criterion_id, uses in lacking.items():
        office = voice.supplier(criterion_id)
        title = voice.say("task.supply", criterion=voice.lacking(criterion_id))
        yield Task(
            title, (title, voice.say("task.supply_plain")), office, office, voice.say("task.supplied"),
            0, ASKED - 1, "begin", tuple(uses), None, criterion_id,
        )  # fmt: skip


def _brings(task: Task, assessment: Assessment) -> bool:
    """Whether a project of the second wave waits for what a task brings about."""
    return bool(task.supplies) or any(
        task.action is not None and brings_about(task.action, one, assessment.knowledge)
        for project in assessment.programme.second.projects
        if project.use_id in task.uses
        for one in project.preconditions
    )


def _row(tasks: Sequence[Task], most: int, voice: Voice) -> tuple[Task, list[Task]]:
    """The number with what it has room for, and what it has not."""
    shown: list[Task] = []
    left: list[Task] = []
    for one in tasks:
        has_room = sum(len(each.each) for each in (*shown, one)) <= most
        (shown if has_room and not left else left).append(one)
    shown = [replace(each, later=True) for one in shown for each in one.each]
    if len(shown) == 1:
        return shown[0], left
    label = voice.say("task.joined_second")
    return replace(row_of(shown, (label, *shown[0].labels[-1:]), part="begin"), later=True), left
