"""The steps with which a project begins, as its sheet tells them, and by when they are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import is_long
from generator.report.taskleads import OWNERSHIP
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import does, numbers_of

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction
    from generator.report.voice import Voice

_STEPS = 3
_SPEND = "spend"


def steps_of(use_id: str, assessment: Assessment, voice: Voice) -> list[PlannedAction]:
    """The project's own first step, then tasks of the brief, what is its own before the rest.

    A long programme has room for the first step alone of what is decided on later.
    """
    found, tasks = assessment.programme, tasks_of(assessment, voice)
    first = assessment.knowledge.use(use_id).first_action
    is_later = bool(found.first.uses) and use_id not in found.first.uses
    most = 1 if is_later and is_long(assessment) else _STEPS
    ownership = {
        one.action.action_id
        for one in assessment.action_plan.actions
        if one.action.settles == OWNERSHIP
    }
    own = [
        one
        for one in assessment.action_plan.actions
        if use_id in one.because.uses
        and one.action.stage in {"", "before_works"}
        # What is settled once for the programme is a step of no project by itself.
        and not one.action.before_approval
        and one.action.part_of not in ownership
        # What costs more than a study follows the vote.
        and one.action.paid != _SPEND
        # Where everybody whom the project needs has signed, nobody is asked.
        and not (one.action.signs and one.bodies.of(use_id).is_settled)
    ]
    own.sort(
        key=lambda one: (
            one.action.action_id != first,
            not numbers_of(tasks, does([one.action.action_id]), [use_id]),
            len(one.because.uses), one.start_month,
            one.action.action_id,
        )
    )  # fmt: skip
    return sorted(own[:most], key=lambda one: (one.end_month, one.action.action_id))
