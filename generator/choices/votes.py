"""When what is decided: the vote on the whole, and the first and the last vote on projects' money."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction

_PAID = frozenset({"study", "spend"})
"""What a task costs beside staff time."""
DECIDES = "governing_body"
"""The office before which projects come for approval."""
PREPARES = "development_reform"
"""The office that prepares what comes to a vote, unless a task or a use names another."""


def goes_to_vote(one: PlannedAction) -> bool:
    """Whether a task brings papers to the body that decides, whoever lays them before it."""
    return DECIDES in {one.action.lead_office, one.action.responsible_office}


def approved_in(assessment: Assessment) -> int:
    """The month, 0 the first, of the vote on the whole: the one after all that comes before it has ended.

    Where the law makes that vote a task of its own, the last month of the task. On example values
    nothing is approved yet: that the work begins is asked at once.
    """
    if assessment.confidence.is_illustrative:
        return 0
    before = [one for one in assessment.action_plan.actions if one.action.before_approval]
    votes = [one.end_month for one in before if goes_to_vote(one)]
    if votes:
        return max(0, math.ceil(max(votes)) - 1)
    return math.ceil(max((one.end_month for one in before), default=0.0))


def steps_asked(assessment: Assessment) -> float:
    """What the planned steps cost together that plans to choose between rest on, CNY m.

    A yes to the first vote may commit them beside the studies.
    """
    steps = {
        step.origin: step.cost.value
        for choice in assessment.choices
        for rival in choice.rivals
        if rival.kind != "larger"
        for step in rival.steps
    }
    return math.fsum(filter(None, steps.values()))


def voted_in(assessment: Assessment) -> tuple[int, int]:
    """The first and the last month, 0 the first, in which projects of the first wave come to a vote.

    Where no task says so, the months before the works begin.
    """
    plan = assessment.action_plan
    first = [plan.begins[one.use_id] for one in assessment.programme.first.projects]
    months = [
        math.floor(one.start_month) for one in plan.actions if one.action.stage == "vote"
    ] or [max(0, math.ceil(one) - 1) for one in first]
    return min(months, default=0), max(months, default=0)


def waits_for_vote(action: PlannedAction, assessment: Assessment) -> bool:
    """Whether a task costs or binds a project, or comes with its vote or after it."""
    task = action.action
    if task.before_approval:
        return False
    is_bound = task.files or task.deciding_offices or task.paid in _PAID or action.follows_works
    return bool(is_bound) or action.start_month >= voted_in(assessment)[0]
