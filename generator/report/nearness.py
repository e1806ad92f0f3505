"""Sizes near a limit of law in words: how near, and what holds from there on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import placed
from generator.report.projects import named
from generator.report.thresholds import limit_of

if TYPE_CHECKING:
    from generator.model import Assessment, NearLimit
    from generator.report.voice import Voice


def near_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """A sentence for each project of the programme whose size lies near a limit."""
    return [
        voice.sentence(
            f"near.{one.placement.use_id}.{one.rule.rule_id}", "near.project",
            project=named(one.placement, voice), told=told(one, voice),
        )
        for one in assessment.near_limits
        if any(
            (each.use_id, each.size) == (one.placement.use_id, one.placement.size)
            for each in assessment.programme.projects
        )
    ]  # fmt: skip


def near_of(use_id: str, size: float, assessment: Assessment, voice: Voice) -> list[str]:
    """The same of one project, for its sheet."""
    return [
        voice.say("near.sheet", told=told(one, voice))
        for one in assessment.near_limits
        if (one.placement.use_id, one.placement.size) == (use_id, size)
    ]


def told(one: NearLimit, voice: Voice) -> str:
    """Whether the limit is reached, and what holds from it on."""
    key = "barred" if one.rule.effect == "prohibited" else "asked"
    state = "reached" if one.is_reached else "below"
    return voice.say(
        f"near.{state}.{key}",
        near=voice.percent(voice.knowledge.assumed("near_limit_pct") / 100),
        limit=limit_of(one.rule, one.quantity, one.limit, voice),
        condition=voice.name(one.rule.condition),
        cite=placed(one.rule, voice),
    )
