"""Money by year: the first wave's capital, spread evenly over the months in which it is built."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.voice import Voice

_YEAR = 12


def by_year(wave: Wave, first_month: int = 1) -> list[float]:
    """Capital by calendar year, CNY m, for projects that are all begun in one month.

    Each project's capital is spread evenly over the middle of its months of build. What a common
    platform spares is spread like the capital of those who share it.

    Args:
        wave: The projects.
        first_month: Month of the year in which they begin, 1 to 12.
    """
    years: dict[int, float] = {}
    shared = math.fsum(
        one.capital.value or 0.0 for one in wave.projects if one.category == "blockchain"
    )
    for one in wave.projects:
        capital = one.capital.value or 0.0
        if one.category == "blockchain" and shared:
            capital += wave.platform * capital / shared
        months = max(1.0, sum(one.months) / 2)
        _spread(capital, months, first_month - 1, years)
    return [years.get(year, 0.0) for year in range(max(years, default=-1) + 1)]


def _spread(capital: float, months: float, start: int, years: dict[int, float]) -> None:
    """Add a project's capital to the years in which its months lie."""
    at = float(start)
    end = start + months
    while at < end - 1e-9:
        year = int(at // _YEAR)
        until = min(end, (year + 1) * _YEAR)
        years[year] = years.get(year, 0.0) + capital * (until - at) / months
        at = until


def budget_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """A row a year with the middle of the first wave's capital; by calendar year where it is known."""
    start = assessment.region.plan_from
    amounts = by_year(assessment.programme.first, start.month if start else 1)
    return [
        {
            "year": str(start.year + number) if start else voice.say("budget.year", number=number + 1),
            "capex": voice.about(amount),
        }
        for number, amount in enumerate(amounts)
    ]  # fmt: skip


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
