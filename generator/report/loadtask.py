"""The task that finds out whose a load is which no registered user explains: the whole plan's first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.report.unexplained import unexplained_load

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction
    from generator.report.task import Task
    from generator.report.voice import Voice

FINDS = "waits:load"
"""What sets off the task that finds out whose a load is."""


def finds_load(action: PlannedAction | None) -> bool:
    """Whether an action of the plan finds out whose a load is that nobody explains."""
    return action is not None and FINDS in action.action.trigger


def goes_ahead(assessment: Assessment) -> bool:
    """Whether the paper comes before the plan begins, so that what is handed out at once goes by a note of its own."""
    start = assessment.region.plan_from
    return start is not None and assessment.screening.as_of < start


def load_task(task: Task, assessment: Assessment, voice: Voice) -> Task:
    """The task as the duty of the leadership brief words it, for no project alone.

    Args:
        task: As the catalogue words it; any other is given back as it is.
        assessment: The results of one region.
        voice: Words title, offices and result.
    """
    load = unexplained_load(assessment, voice)
    if not finds_load(task.action) or task.action is None or not load:
        return task
    action = task.action.action
    title = voice.say(
        "task.load", load=load, first=voice.office(action.responsible_office),
        days=voice.whole(voice.knowledge.assumed("load_finding_days")),
        separate=voice.say("task.load_separate") if goes_ahead(assessment) else "",
    )  # fmt: skip
    beside = voice.join(map(voice.office, (action.responsible_office, *action.joint_offices[:1])))
    return replace(
        task, title=title, labels=(title, voice.name(action.short)), part="begin", uses=(),
        responsible=beside, doing=beside, supporting="",
    )  # fmt: skip
