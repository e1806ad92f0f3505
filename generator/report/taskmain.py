"""The main steps of a list in running text: first steps, study, vote, tender, permits, acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.task import is_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment
    from generator.report.task import Task
    from generator.report.voice import Voice


def is_main(task: Task, assessment: Assessment) -> bool:
    """Whether a task is the first step of a project, its study, its vote, its tender, the last before works, or comes before its opening."""
    if task.action is None:
        return False
    action, known = task.action.action, assessment.knowledge
    firsts = {known.use(use_id).first_action for use_id in task.uses}
    votes = {
        one.action.action_id for one in assessment.action_plan.actions if one.action.stage == "vote"
    }
    is_study = action.part_of in votes and action.stage == "before_works"
    is_gate = is_at(task, "vote", "award", "before_opening")
    return action.action_id in firsts or is_study or is_gate or _is_last(task, assessment)


def _is_last(task: Task, assessment: Assessment) -> bool:
    """Whether works on one of its projects begin as it ends."""
    begins = assessment.action_plan.begins
    return (
        task.action is not None
        and task.action.precedes_works
        and any(round(begins[use_id]) == task.last + 1 for use_id in task.uses if use_id in begins)
    )


def told_steps(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """Steps in one sentence, each with its lead and its month; empty for none."""
    if not tasks:
        return ""
    start = assessment.region.plan_from
    # The table of tasks explains the star; here whoever leads until then is named alone.
    star = voice.say("office.project_owner_until", offices="")
    steps = [
        voice.say(
            "task.step_told", task=one.labels[-1], lead=one.lead.removesuffix(star),
            due=voice.say("task.by", month=month(one.last, start, voice)),
        )
        for one in sorted(tasks, key=lambda one: one.last)
    ]  # fmt: skip
    return voice.say("task.steps_told", steps=voice.clauses(steps))
