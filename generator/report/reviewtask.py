"""A review by an office that leads a project itself: another body gives an opinion on that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.choices.votes import PREPARES
from generator.report.task import is_at

if TYPE_CHECKING:
    from generator.report.task import Task
    from generator.report.voice import Voice

_NAMED = 2


def review_task(task: Task, voice: Voice) -> Task:
    """The review with who gives the second opinion, where its lead leads one of the projects.

    Args:
        task: As the catalogue words it; what is no review is given back as it is.
        voice: Names projects and offices.
    """
    if task.action is None or not is_at(task, "review"):
        return task
    action = task.action.action
    own = [one for one in task.uses if voice.knowledge.use(one).owner_office == action.lead_office]
    others = (action.responsible_office, *action.joint_offices)
    second = next((one for one in others if one not in {PREPARES, action.lead_office}), "")
    if not own or not second:
        return task
    told = voice.say(
        "task.own_review", task=task.title, uses=voice.quoted_uses(own, _NAMED),
        office=voice.office(second),
    )  # fmt: skip
    return replace(task, title=told)
