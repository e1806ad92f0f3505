"""How far the evidence behind the leading uses carries: coverage, grade and age, never likelihood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from generator.analysis.values import at_least
from generator.model import LISTS, Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from generator.model import Category, Fact, Knowledge, Readiness

LEADING: Mapping[Category, int] = {"blockchain": 3, "power_reuse": 2}
"""How many uses of each list the first page shows."""
_HALF = 50.0
_LEVELS: tuple[Literal["low", "moderate", "high"], ...] = ("low", "moderate", "high")


def leading(readiness: Readiness) -> tuple[str, ...]:
    """The uses of the first page, or the best placed ones where none is shortlisted."""
    for lists in (readiness.shortlist, readiness.order):
        found = tuple(
            use_id for category in LISTS for use_id in lists[category][: LEADING[category]]
        )
        if found:
            return found
    return ()


def rate(
    uses: tuple[str, ...],
    readiness: Readiness,
    knowledge: Knowledge,
    as_of: date,
) -> Confidence:
    """The confidence in what is said of some uses.

    Low: less coverage than a rank needs, or more than half of the known weight is illustrative.
    High: coverage and the share of measured or published data reach their limits. Otherwise
    moderate. One step down where more than half of the weight is old or undated. Without any data
    it is low and every share 0.
    """
    weighed = [one for use_id in uses for one in _weighed(use_id, readiness)]
    total = sum(weight for weight, _ in weighed)
    known = [(weight, fact) for weight, fact in weighed if fact is not None]
    covered = sum(weight for weight, _ in known)
    if not total or not covered:
        return Confidence("low", uses, 0.0, 0.0, 0.0, 0.0)

    def share(counted: Iterable[float]) -> float:
        return 100 * sum(counted) / covered

    limit = knowledge.assumed("confidence_age_years")
    old = share(weight for weight, fact in known if _age(fact, as_of) > limit)
    published = share(weight for weight, fact in known if fact.grade in "AB")
    illustrative = share(weight for weight, fact in known if fact.grade == "D")
    coverage = 100 * covered / total
    step = _step(coverage, published, illustrative, knowledge)
    level = _LEVELS[max(0, step - (old > _HALF))]
    return Confidence(level, uses, coverage, published, illustrative, old)


def _step(coverage: float, published: float, illustrative: float, knowledge: Knowledge) -> int:
    """The level before the age of the data counts, 0 the lowest."""
    if illustrative > knowledge.assumed("illustrative_share_pct") or not at_least(
        coverage, knowledge.assumed("coverage_minimum_pct")
    ):
        return 0
    is_high = at_least(coverage, knowledge.assumed("confidence_high_coverage_pct")) and at_least(
        published, knowledge.assumed("confidence_high_published_pct")
    )
    return 2 if is_high else 1


def _weighed(use_id: str, readiness: Readiness) -> Iterable[tuple[float, Fact | None]]:
    """The weight of every part of a use's readiness and its fact, None while unknown."""
    for part in readiness.uses[use_id].contributions:
        known = part.partial is not None
        yield part.requirement.weight, part.value.fact if known else None


def _age(fact: Fact, as_of: date) -> float:
    """Years since the year of the oldest fact; without end where none is known."""
    year = fact.as_of[:4]
    return as_of.year - int(year) if year.isdigit() else float("inf")
