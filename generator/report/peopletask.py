"""Who says what is offered to the people whom the plan leaves without a post, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.report.actions import month_of_end

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction
    from generator.report.task import Task
    from generator.report.voice import Voice


def offers(assessment: Assessment) -> PlannedAction | None:
    """The task that lists these people and proposes what is offered; None where nobody is left."""
    found = (one for one in assessment.action_plan.actions if one.because.kind == "people")
    return next(found, None)


def outnumbered(assessment: Assessment) -> bool:
    """Whether more people are left without a post than the wave that stands first has jobs."""
    found = assessment.programme
    jobs = (found.first if found.first.projects else found.second).effects.get("jobs", 0.0)
    return offers(assessment) is not None and assessment.skills.unplaced > jobs


def offered(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """The office that proposes it, and the month; empty where nobody is left."""
    task = offers(assessment)
    if task is None:
        return {}
    return {
        "office": voice.lead(task.action.lead_office),
        "month": month_of_end(task, assessment.region.plan_from, voice),
    }


def people_task(task: Task, assessment: Assessment, voice: Voice) -> Task:
    """The task with the number of people; any other is given back as it is."""
    first = offers(assessment)
    if first is None or task.action is None or task.action.key != first.key:
        return task
    count = voice.whole(round(assessment.skills.unplaced))
    return replace(task, title=voice.say("task.people", count=count))
