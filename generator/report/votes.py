"""When what is decided, in words: the votes on projects, and that of the whole plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.choices.votes import approved_in, goes_to_vote, voted_in
from generator.report.actions import month

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def votes(held: int, assessment: Assessment, voice: Voice) -> str:
    """These months in words, to the month in which the last project is no longer held.

    Args:
        held: The month, 0 the first, of the last vote on what may take the place of a project.
        assessment: The results of one region.
        voice: Speaks.
    """
    start, (low, high) = assessment.region.plan_from, voted_in(assessment)
    first, last = month(low, start, voice), month(max(high, held), start, voice)
    return first if first == last else voice.say("span.text", low=first, high=last)


def plan_vote(assessment: Assessment, voice: Voice) -> str:
    """The month in which the whole plan comes to the body that decides; empty where no task says so."""
    last = plan_voted_in(assessment)
    return "" if last is None else month(last, assessment.region.plan_from, voice)


def plan_voted_in(assessment: Assessment) -> int | None:
    """The same month, 0 the first; None where no task says so.

    What ends by the first vote goes with that vote itself, such as the notice of its agenda.
    """
    ends = [
        one.end_month
        for one in assessment.action_plan.actions
        if one.action.before_approval and goes_to_vote(one)
    ]
    last = max(0, math.ceil(max(ends, default=0.0)) - 1)
    return last if last > approved_in(assessment) else None
