"""When projects open, and what of them is open when the plan ends, by how long building takes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from generator.report.actions import month
from generator.report.projects import amount_of

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.economy import Range
    from generator.model.programme import Project
    from generator.report.voice import Voice

Time = Literal["shorter", "middle", "longer"]


def open_by(projects: Iterable[Project], assessment: Assessment, time: Time = "middle") -> int:
    """The month, 0 the first, by whose end all of these projects may operate."""
    opens = assessment.action_plan.opens
    last = max((getattr(opens[one.use_id], time) for one in projects), default=1.0)
    return max(0, math.ceil(last) - 1)


def open_month(
    projects: Iterable[Project], assessment: Assessment, voice: Voice, time: Time = "middle"
) -> str:  # fmt: skip
    """The same in words."""
    return month(open_by(projects, assessment, time), assessment.region.plan_from, voice)


def open_in_plan(
    projects: Iterable[Project], assessment: Assessment, time: Time = "middle"
) -> list[Project]:
    """The projects that may operate when the plan ends; all of them where it has no end."""
    whole, opens = assessment.region.plan_months, assessment.action_plan.opens
    return [
        one for one in projects if whole is None or getattr(opens[one.use_id], time) <= whole
    ]  # fmt: skip


def effect_in_plan(name: str, projects: Sequence[Project], assessment: Assessment) -> Range:
    """What of an effect that adds up is there when the plan ends: after longer building, and shorter."""
    late, early = (
        math.fsum(
            one.effects.get(name, 0.0)
            for one in open_in_plan(projects, assessment, time)
        )
        for time in ("longer", "shorter")
    )  # fmt: skip
    return late, early


def told_effect(name: str, ends: Range, voice: Voice) -> str:
    """Such a range as a number: both ends, or at most the upper one where the lower is nothing."""
    return told(ends, (amount_of(name, ends[0], voice), amount_of(name, ends[1], voice)), voice)


def told(ends: Range, texts: tuple[str, str], voice: Voice) -> str:
    """A range from its ends and their texts."""
    low, high = texts
    if low == high:
        return high
    return (
        voice.say("span", low=low, high=high) if ends[0] else voice.say("in_time.most", value=high)
    )
