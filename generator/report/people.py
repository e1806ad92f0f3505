"""People of closing trades: how many are free, what they could be trained for, and who takes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def people_line(assessment: Assessment, voice: Voice) -> str:
    """How many people of closing trades are free, and how many retraining could place."""
    skills, free = assessment.skills, assessment.skills.free
    if not free or not assessment.programme.projects:
        return ""
    moved = math.fsum(one.transferred for one in skills.shortages)
    is_short = any(one.short != 0 for one in skills.shortages)
    key = (
        "finding.people"
        if moved
        else "finding.people_none"
        if is_short
        else "finding.people_enough"
    )
    return voice.sentence(
        "finding.people", key, free=voice.number(free, 0), moved=voice.number(moved, 0)
    )
