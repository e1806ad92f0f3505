"""What of the tasks waits for a later choice between plans, which may put another project in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.rivals import choices_between
from generator.report.task import each_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment
    from generator.report.rivals import Choice
    from generator.report.task import Task
    from generator.report.voice import Voice

_GATES = frozenset({"vote", "award"})
_NAMED = 3


def waiting_lines(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> Iterator[str]:
    """For each choice, the projects that have a vote, a filing or a purchase before its month.

    The schedule is that of the proposal, so that a row may give such a month.
    """
    for choice in choices_between(assessment):
        uses = [use_id for use_id in choice.uses if _is_early(use_id, tasks, choice)]
        if uses:
            yield voice.sentence(
                "tasks.finding", "task.waits_choice", uses=voice.uses(uses, _NAMED),
                month=month(choice.by, assessment.region.plan_from, voice),
            )  # fmt: skip


def _is_early(use_id: str, tasks: Sequence[Task], choice: Choice) -> bool:
    return any(
        use_id in one.uses and one.first < choice.by and _binds(one) for one in each_of(tasks)
    )


def _binds(task: Task) -> bool:
    """Whether a task builds, votes on, files or buys something."""
    if task.action is None:
        return task.is_works
    return bool(task.action.action.files) or task.action.action.stage in _GATES
