"""When a value is given, what an answer touches of the proposal, and when its projects are filed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.choices.votes import voted_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from generator.model import Assessment, Decision

ASKED = 3
"""Months in which an office supplies a value, as long as a first step takes."""
SUPPLIED = ASKED - 1
"""The month, 0 the first, by which a value that is missing is given."""


def own_uses(assessment: Assessment) -> tuple[str, ...]:
    """The uses of the programme, or those nearest to one where there is none."""
    return assessment.programme.uses or tuple(assessment.readiness.proposed)


def replaced(one: Decision, assessment: Assessment) -> list[str]:
    """Projects that are proposed and whose place a yes could take: of them one is chosen later."""
    proposed = assessment.programme.uses
    return [key for key in (*one.yes.leaves, *one.yes.later) if key in proposed]


def touched(one: Decision, assessment: Assessment) -> list[str]:
    """Projects that are proposed and that a yes could replace, or give another size or place."""
    proposed = assessment.programme.uses
    return [key for key in (*one.yes.leaves, *one.yes.later, *one.yes.resized) if key in proposed]


def filed_from(uses: Collection[str], assessment: Assessment) -> int:
    """The last month, 0 the first, before anything is filed for one of these projects, or voted on."""
    filed = [
        one.start_month
        for one in assessment.action_plan.actions
        if one.action.procedure_id
        and one.precedes_works
        and not one.action.before_approval
        and not set(uses).isdisjoint(one.because.uses)
    ]
    # For a platform nothing may have to be filed: then it is the vote that ends the choice.
    return max(0, math.floor(min(filed, default=voted_in(assessment)[0])) - 1)


def asked_first(assessment: Assessment) -> set[str]:
    """The procedures that settle whether the body may act, or a project that begins be built, at all."""
    first = set(assessment.programme.first.uses or assessment.programme.uses)
    return {
        one.procedure.procedure_id
        for one in assessment.procedures
        if one.procedure.question and (not one.uses or first & set(one.uses))
    }
