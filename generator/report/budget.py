"""Money by year in words: the first wave's capital, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def budget_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """A row a year with the middle of the first wave's capital; by calendar year where it is known."""
    is_dated = assessment.region.plan_from is not None
    return [
        {
            "year": str(one.year) if is_dated else voice.say("budget.year", number=one.year),
            "capex": voice.about(one.first),
        }
        for one in assessment.money_by_year
        if one.first > 0
    ]


def budget_sentence(assessment: Assessment, voice: Voice) -> str:
    """How the years were filled, and what is in none of them; empty without a project to begin."""
    found = assessment.programme
    if not found.first.projects:
        return ""
    text = voice.sentence("budget", "budget.line", capital=voice.about(found.first.capital))
    if not found.second.projects:
        return text
    later = voice.sentence(
        "budget.later", "budget.later", capital=voice.about(*found.second.capital_range)
    )
    return voice.run_on((text, later))
