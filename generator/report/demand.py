"""What customers must bring for a size to be of use, and that nobody has counted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Project
    from generator.report.voice import Voice


def is_uncounted(one: Project, assessment: Assessment) -> bool:
    """Whether the size of a project hangs on a demand that the region does not give."""
    if not assessment.knowledge.needs[one.use_id].demand_per_unit:
        return False
    fits = assessment.programme.candidates[one.use_id].fits
    return not any(bound.kind == "demand" for fit in fits for bound in fit.bounds)


def uncounted(key: str, one: Project, assessment: Assessment, voice: Voice) -> str:
    """That the demand is not given, and how much of it the size could serve; empty where it is.

    Args:
        key: The text that says so.
        one: A project.
        assessment: The results.
        voice: Speaks.
    """
    if not is_uncounted(one, assessment):
        return ""
    need = voice.knowledge.needs[one.use_id]
    return voice.say(
        key, demand=voice.name(need.demand),
        amount=voice.rounded((need.demand_per_unit or 0.0) * one.size),
    )  # fmt: skip
