"""Likelihood from the model, confidence from the evidence: two scales of words, never mixed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generator.model import Assessment, Category, Knowledge, RobustOrder
    from generator.report.voice import Voice

Band = Literal["very_likely", "likely", "level", "ahead", "open", "absent"]


def band(order: RobustOrder, knowledge: Knowledge) -> Band | None:
    """The likelihood band of the use most often first; None where there is nothing to rank.

    The band follows the printed whole percent. Two uses are level while their mean difference is
    under two standard deviations of the paired differences.
    """
    if order.lead is None:
        return None
    printed = math.floor(max(use.p_first for use in order.uses) * 100 + 0.5)
    bands: tuple[Band, ...] = ("very_likely", "likely")
    for name in bands:
        if printed >= knowledge.assumed(f"band_{name}_pct"):
            return name
    if printed < knowledge.assumed("band_ahead_pct"):
        return "open"
    if not order.lead.draws:
        return "ahead"  # never both placed, so there is no difference to look at
    if order.lead.mean < 0 and order.lead.mean <= -2 * order.lead.deviation:
        # Where both are listed the other brings more: it is first less often for being off the list.
        return "absent"
    is_level = order.lead.mean <= 0 or order.lead.mean < 2 * order.lead.deviation
    return "level" if is_level else "ahead"


def robustness_line(category: Category, assessment: Assessment, voice: Voice) -> str:
    """How firmly the first of a shortlist leads by what it brings alone; empty where nothing was drawn."""
    shortlist = assessment.readiness.shortlist[category]
    if not shortlist:
        return ""
    place = f"standing.{category}"
    if len(shortlist) == 1:
        return voice.sentence(place, "standing.one", use=voice.use(shortlist[0]))
    order = assessment.robustness.order("value", category)
    found = band(order, voice.knowledge) if order else None
    if order is None or found is None or order.lead is None:
        return ""
    if found == "very_likely" and assessment.confidences["value"].level == "low":
        found = "likely"
    key = f"standing.{found}" if order.holds_at_ends else "standing.unsettled"

    def named(use_id: str) -> str:
        """The name; a use that only some draws shortlist says so."""
        name = voice.use(use_id)
        return name if use_id in shortlist else voice.say("standing.not_listed", use=name)

    return voice.sentence(
        place,
        key,
        first=named(order.lead.first),
        second=named(order.lead.second),
        share=voice.percent(max(use.p_first for use in order.uses)),
        draws=voice.number(assessment.robustness.draws),
        least=voice.whole(voice.knowledge.assumed("band_ahead_pct")),
    )


def confidence_line(assessment: Assessment, voice: Voice) -> str:
    """How far the evidence behind the leading uses carries, and why."""
    found = assessment.confidence
    if not found.coverage_pct:
        return voice.sentence("confidence", "confidence.none")
    return voice.sentence(
        "confidence",
        "confidence.line",
        level=voice.say(f"confidence.{found.level}"),
        coverage=voice.whole(found.coverage_pct),
        published=voice.whole(found.published_pct),
        illustrative=voice.whole(found.illustrative_pct),
        old=voice.whole(found.old_pct),
        years=voice.whole(voice.knowledge.assumed("confidence_age_years")),
    )
