"""Which task answers what the law leaves open: who does, by when and under which number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.choices.votes import voted_in
from generator.report.actions import month, month_of_end
from generator.report.funding import OPERATOR, of_programme, owner
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import numbers, numbers_of

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction
    from generator.report.voice import Voice

TITLE = "title"
"""What a task answers that settles who holds the sites."""
_READS = "originals"
"""What the task settles by which counsel reads the texts."""
_LEGAL = "justice_bureau"
_REVIEW = "review"


def answers(key: str, assessment: Assessment) -> PlannedAction | None:
    """The task that answers a question first, of those that the catalogue says do."""
    found = (one for one in assessment.action_plan.actions if key in one.action.answers)
    return min(found, key=lambda one: one.end_month, default=None)


def leading(task: PlannedAction, assessment: Assessment, voice: Voice) -> str:
    """The body that answers in a task: the authority that decides on it, else its lead."""
    action = task.action
    if action.deciding_offices:
        return voice.office(action.deciding_offices[0])
    uses = of_programme(task, assessment)
    if action.lead_office == OPERATOR and len(uses) == 1:
        return owner(uses[0], voice)
    return (
        voice.say("office.each_lead")
        if action.lead_office == OPERATOR
        else voice.office(action.lead_office)
    )


def reader(assessment: Assessment, voice: Voice) -> tuple[str, str]:
    """Who has the texts read, and the month in which that is done; of the vote without such a task."""
    task, start = _reads(assessment), assessment.region.plan_from
    if task is None:
        return voice.office(_LEGAL), month(voted_in(assessment)[0], start, voice)
    return voice.office(task.action.lead_office), month_of_end(task, start, voice)


def by_whom(task: PlannedAction | None, assessment: Assessment, voice: Voice) -> str:
    """Who answers a question, by when, and the number of the task; without one whoever reads the texts."""
    task = task or _reads(assessment)
    if task is None:
        office, due = reader(assessment, voice)
        return voice.say("counsel.by", office=office, month=due)
    office, key = leading(task, assessment, voice), "counsel.by_task"
    if math.floor(task.end_month) > voted_in(assessment)[0]:
        # What stops a project is known before its vote: the office answers for the review.
        review = _review(task, assessment)
        task, key = (task, key) if review is None else (review, "counsel.by_review")
    due = month_of_end(task, assessment.region.plan_from, voice)
    said = voice.say("counsel.by", office=office, month=due)
    places = numbers_of(tasks_of(assessment, voice), lambda one: one.action is task)
    return voice.say(key, by=said, task=numbers(places, voice)) if places else said


def _review(task: PlannedAction, assessment: Assessment) -> PlannedAction | None:
    """The review of legality before the vote on the projects of a task; None without one."""
    reviews = [
        one
        for one in assessment.action_plan.actions
        if one.action.stage == _REVIEW and one.action.lead_office == _LEGAL
    ]
    uses = {*of_programme(task, assessment)}
    fitting = (one for one in reviews if uses.intersection(of_programme(one, assessment)))
    return next(fitting, next(iter(reviews), None))


def _reads(assessment: Assessment) -> PlannedAction | None:
    """The task by which counsel reads the texts."""
    return next(
        (one for one in assessment.action_plan.actions if one.action.settles == _READS), None
    )
