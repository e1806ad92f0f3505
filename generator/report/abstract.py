"""What the summary of the planning brief says above its exhibit: the answer, when it is open, money, who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.answer import answer
from generator.report.inplan import told_effect
from generator.report.money import is_from_elsewhere
from generator.report.otherplans import held_line
from generator.report.prospect import jobs_in_plan, lacking, payers_line

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_FEWER = 0.1
"""Share of the jobs from which it is said that so many come after the plan."""


def abstract(asked: Asked, assessment: Assessment, voice: Voice) -> str:
    """A few sentences of few figures, since the exhibit below them holds the ranges.

    Where nothing begins it is the answer of the first page.

    Args:
        asked: The decisions, of which one may choose a larger plan.
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    first, told = assessment.programme.first, answer("overview.answer", assessment, voice)
    if not first.projects:
        return told
    parts = (
        told,
        _by_the_end(first, assessment, voice),
        _capital(first, assessment, voice),
        payers_line(assessment, voice),
        lacking(assessment, voice),
        held_line(asked, assessment, voice),
    )
    return voice.run_on(filter(None, parts))


def _by_the_end(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """What of the jobs is there when the plan ends; empty where nearly all are."""
    jobs, early = wave.effects.get("jobs", 0.0), jobs_in_plan(wave, assessment)
    until = assessment.region.plan_until
    if until is None or early[0] >= jobs * (1.0 - _FEWER):
        return ""
    key = "late" if early[1] >= jobs else "part" if early[1] else "none"
    return voice.sentence(
        "overview.open", f"overview.open_{key}", end=voice.month(until.year, until.month),
        early=told_effect("jobs", early, voice),
    )  # fmt: skip


def _capital(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The middle of the capital, and how the upper end stands to the limit."""
    found, limit = assessment.programme, assessment.programme.money_limit
    middle = voice.about(wave.capital)
    if is_from_elsewhere(voice):
        middle = voice.say("overview.prices_elsewhere", capital=middle)
    if limit is None:
        key = "no_rate" if "capex" in found.unusable_limits else "no_limit"
        return voice.sentence("overview.capital", f"overview.capital_{key}", middle=middle)
    over = wave.capital_range[1] - limit
    return voice.sentence(
        "overview.capital", f"overview.capital_{'over' if over > 0 else 'within'}", middle=middle,
        limit=voice.millions(limit), over=voice.millions(max(0.0, over), upward=True),
    )  # fmt: skip
