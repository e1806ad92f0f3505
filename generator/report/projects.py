"""The selected uses as projects: content, capital, money, period of preparation, bodies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.choice import own_range
from generator.report.lead import owner
from generator.report.programme import months

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction
    from generator.report.voice import Voice

_PREPARING = ("selected", "rule")
"""What sets off a task that belongs to a project: its selection, a condition on it."""


def project_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `projects` fields: one row a selected use; what nobody has stated is called open."""
    selected = assessment.portfolio.selected
    return {
        "rows": [
            _row(number, use_id, assessment, voice)
            for number, use_id in enumerate(selected, start=1)
        ],
        "note": voice.say("project.note") if selected else "",
    }


def _row(number: int, use_id: str, assessment: Assessment, voice: Voice) -> dict[str, object]:
    use = voice.knowledge.use(use_id)
    tasks = [
        one
        for one in assessment.action_plan.actions
        if one.because.kind in _PREPARING and use_id in one.because.uses
    ]
    return {
        "number": str(number),
        "name": voice.name(use.name),
        "what": voice.name(use.what_it_is),
        "scale": voice.say("scale", scale=voice.name(use.unit_of_scale)),
        "capex": voice.money(*own_range("capex", use_id, assessment)),
        "jobs": voice.span(*own_range("jobs", use_id, assessment)),
        "funding": voice.say("project.open"),
        "period": _period(tasks, assessment, voice),
        "lead": owner(use_id, voice),
        "responsible": ""
        if use.operator_office == use.owner_office
        else voice.office(use.operator_office),
    }


def _period(tasks: list[PlannedAction], assessment: Assessment, voice: Voice) -> str:
    """Open, with the months of the tasks that prepare the project."""
    if not tasks:
        return voice.say("project.open")
    first = math.floor(min(task.start_month for task in tasks))
    last = max(first, math.ceil(max(task.end_month for task in tasks)) - 1)
    return voice.say(
        "project.period", period=months(first, last, assessment.region.plan_from, voice)
    )
