"""How far the evidence behind the leading uses carries: coverage, grade and age, never likelihood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.values import at_least
from generator.model import LISTS, Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.model import Category, Contribution, Knowledge, Readiness

LEADING: Mapping[Category, int] = {"blockchain": 3, "power_reuse": 2}
"""How many uses of each list the first page shows."""
_HALF = 50.0


def leading(readiness: Readiness) -> tuple[str, ...]:
    """The uses of the first page, or the best placed ones where none is shortlisted."""
    for lists in (readiness.shortlist, readiness.order):
        found = tuple(
            use_id for category in LISTS for use_id in lists[category][: LEADING[category]]
        )
        if found:
            return found
    return ()


def rate(readiness: Readiness, knowledge: Knowledge, as_of: date) -> Confidence:
    """The confidence in what is said of the leading uses.

    Low: less coverage than a rank needs, or more than half of the known weight is illustrative.
    High: coverage and the share of measured or published data reach their limits. Otherwise
    moderate. One step down where more than half of the weight is old or undated. Without any data
    it is low and every share 0.
    """
    uses = leading(readiness)
    parts = [part for use_id in uses for part in readiness.uses[use_id].contributions]
    total = sum(part.requirement.weight for part in parts)
    known = [part for part in parts if part.partial is not None]
    weight = sum(part.requirement.weight for part in known)
    if not total or not weight:
        return Confidence("low", uses, 0.0, 0.0, 0.0, 0.0)

    def share(grades: str) -> float:
        counted = (part for part in known if part.value.fact.grade in grades)
        return 100 * sum(part.requirement.weight for part in counted) / weight

    limit = knowledge.assumed("confidence_age_years")
    aged = [part for part in known if _age(part, as_of) > limit]
    old = 100 * sum(part.requirement.weight for part in aged) / weight
    coverage, published, illustrative = 100 * weight / total, share("AB"), share("D")
    steps = ("low", "moderate", "high")
    level = 1
    if not at_least(
        coverage, knowledge.assumed("coverage_minimum_pct")
    ) or illustrative > knowledge.assumed("illustrative_share_pct"):
        level = 0
    elif at_least(coverage, knowledge.assumed("confidence_high_coverage_pct")) and at_least(
        published, knowledge.assumed("confidence_high_published_pct")
    ):
        level = 2
    level = max(0, level - (old > _HALF))
    return Confidence(steps[level], uses, coverage, published, illustrative, old)  # type: ignore[arg-type]  # one of the three words


def _age(part: Contribution, as_of: date) -> float:
    """Years since the year of the oldest fact; without end where none is known."""
    year = part.value.fact.as_of[:4]
    return as_of.year - int(year) if year.isdigit() else float("inf")
