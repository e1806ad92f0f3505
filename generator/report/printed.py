"""An assessment as its documents print it: the money of each project rounded once, sums made of that.

Jobs, power and people are rounded in the analysis already, since they are the same in every currency.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.report.money import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment, Fact, Range
    from generator.model.programme import Project, Wave
    from generator.report.currencies import Purse

_EXACTLY = 1e-6
_ENDS = ("low", "high")


def as_printed(assessment: Assessment, voice: Purse) -> Assessment:
    """The same results with capital and yearly cost of projects as they are printed, and sums of these.

    Args:
        assessment: The results of one region.
        voice: Knows the currency of the document.
    """
    found = assessment.programme
    first, second = (_wave(wave, voice) for wave in (found.first, found.second))
    return replace(assessment, programme=replace(found, first=first, second=second))


def _wave(wave: Wave, voice: Purse) -> Wave:
    """A wave that adds up to its projects; what a common platform spares stays as computed."""
    told = tuple(_project(one, voice) for one in wave.projects)

    def moved(end: str) -> float:
        return _total(told, end) - _total(wave.projects, end)

    low, high = (
        kept(amount + moved(end), voice)
        for end, amount in zip(_ENDS, wave.capital_range, strict=True)
    )
    return replace(
        wave,
        projects=told,
        capital=kept(wave.capital + moved("value"), voice),
        capital_range=(low, high),
    )


def _middle(value: float, computed: Range, told: Range) -> float | None:
    """The middle of a range as printed, of an amount that is no more than that; None for another."""
    return sum(told) / 2 if math.isclose(2 * value, sum(computed), rel_tol=_EXACTLY) else None


def _total(projects: Sequence[Project], end: str) -> float:
    return math.fsum(_end(one.capital, end) or 0.0 for one in projects)


def _end(fact: Fact, end: str) -> float | None:
    """One end of a figure, its value where it has no range."""
    found: float | None = getattr(fact, end)
    return fact.value if found is None else found


def _project(one: Project, voice: Purse) -> Project:
    costs = one.running_cost
    return replace(
        one,
        capital=_capital(one.capital, voice),
        running_cost=None if costs is None else (kept(costs[0], voice), kept(costs[1], voice)),
        power_cost=None if one.power_cost is None else kept(one.power_cost, voice),
    )


def _capital(fact: Fact, voice: Purse) -> Fact:
    """Both ends as printed; a middle stays in their middle."""
    if fact.value is None:
        return fact
    ends = _ends_of(fact)
    if ends is None:
        return replace(fact, value=kept(fact.value, voice))
    low, high = (kept(end, voice) for end in ends)
    middle = _middle(fact.value, ends, (low, high))
    return replace(
        fact, value=kept(fact.value, voice) if middle is None else middle, low=low, high=high
    )


def _ends_of(fact: Fact) -> Range | None:
    return None if fact.low is None or fact.high is None else (fact.low, fact.high)
