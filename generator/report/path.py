"""What comes before what: the months of the first vote, of what follows from it, and of the votes on projects."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED
from generator.choices.votes import approved_in, voted_in
from generator.report.actions import month
from generator.report.inplan import open_by
from generator.report.provisos import settled_in
from generator.report.votes import plan_voted_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Assessment
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_MOST = 5
"""Months that fit beside one another; of more the plan's end, which the figures tell, is left out."""


def path(asked: Asked, assessment: Assessment, voice: Voice) -> list[tuple[str, str]]:
    """Each month of the way to the votes on projects with what it brings; nothing without a first wave.

    Args:
        asked: The decisions, of which some choose between plans later.
        assessment: The results of one region.
        voice: Speaks.
    """
    if not assessment.programme.first.projects or not asked.whole:
        return []
    told: dict[int, list[str]] = {}
    for at, key in sorted(_stages(asked, assessment, voice), key=lambda one: one[0]):
        told.setdefault(at, []).append(key)
    if len(told) > _MOST:
        told = {at: keys for at, keys in told.items() if keys != ["ends"]}
    start = assessment.region.plan_from
    return [
        (month(at, start, voice), voice.clauses(voice.say(f"path.{key}") for key in keys))
        for at, keys in told.items()
    ]


def path_fields(asked: Asked, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The same as a table of one row with a column for each month."""
    found = path(asked, assessment, voice)
    cells = [{"text": text, "anchor": "", "tip": ""} for _, text in found]
    return {
        "stages": [at for at, _ in found],
        "path": [{"variant": "", "stages": cells}] if found else [],
    }


def _sum_voted_in(assessment: Assessment) -> int:
    """The month, 0 the first, in which the sum for studies that no table prices comes to its vote."""
    ends = [one.end_month for one in assessment.action_plan.actions if one.action.paid == "names"]
    return max(SUPPLIED, *(math.ceil(end) - 1 for end in ends)) if ends else SUPPLIED


def _stages(asked: Asked, assessment: Assessment, voice: Voice) -> Iterator[tuple[int, str]]:
    """What each month, 0 the first, brings."""
    is_draft = assessment.confidence.is_illustrative
    yield approved_in(assessment), "studies" if is_draft else "programme"
    settled = settled_in(assessment, voice)
    if settled is not None:
        yield settled, "settled"
    if is_draft:
        yield SUPPLIED, "values"
    if not assessment.preparation.studies:
        yield _sum_voted_in(assessment), "sum"
    for at in sorted({one.by for one in asked.changing if one.plans}):
        yield at, "choice"
    plan = plan_voted_in(assessment) if is_draft else None
    if plan is not None:
        yield plan, "plan"
    yield voted_in(assessment)[0], "projects"
    opens = open_by(assessment.programme.first.projects, assessment)
    whole = assessment.region.plan_months
    if whole is not None and whole - 1 < opens:
        yield math.ceil(whole) - 1, "ends"
    yield opens, "opens"
