"""What others did with a use: examples, those of the region's own legal order first, and cautions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment, Use
    from generator.report.voice import Voice

_SEPARATOR = "; "
"""Between the examples of a use in the English catalogue."""


def examples(use_id: str, assessment: Assessment, voice: Voice) -> list[str]:
    """The examples of a use, the nearest to the region's own legal order first; none where unknown."""
    entry = voice.knowledge.use(use_id)
    text = voice.text(entry.reference_deployments)
    told = text.split(voice.say("clause.separator")) if text else []
    # The English names of places tell where each is; both languages list them alike.
    named = entry.reference_deployments.text("en").split(_SEPARATOR)
    if len(told) != len(named):
        return [text] if text else []
    order = sorted(range(len(told)), key=lambda place: distance(named[place], assessment))
    return [told[place] for place in order]


def cautions(use_id: str, voice: Voice) -> list[str]:
    """What failed elsewhere, or what its catalogue entry warns of; none where nothing is known."""
    text = voice.text(voice.knowledge.use(use_id).known_failures_or_cautions)
    return text.split(voice.say("clause.separator")) if text else []


def distance(case: str, assessment: Assessment) -> int:
    """How far from the region's legal order an example is, by the place that it names.

    Its own order comes first, then those above it, then others under the same one, then the rest.
    """
    known, orders = assessment.knowledge.jurisdictions, _orders(assessment)
    for rank, order in enumerate(orders):
        if order in known and known[order].name.text("en") in case:
            return rank
    is_beside = any(
        one.name.text("en") in case for one in known.values() if set(one.parents) & set(orders)
    )
    return len(orders) + (not is_beside)


def is_elsewhere(entry: Use, assessment: Assessment) -> bool:
    """Whether no example of a use is from the legal order of the region, or the one above it."""
    known, orders = assessment.knowledge.jurisdictions, _orders(assessment)
    if entry.jurisdictions and set(entry.jurisdictions) <= set(orders):
        return False
    cases = entry.reference_deployments.text("en")
    return not any(order in known and known[order].name.text("en") in cases for order in orders)


def _orders(assessment: Assessment) -> tuple[str, ...]:
    """The region's jurisdiction, then those above it."""
    known, code = assessment.knowledge.jurisdictions, assessment.region.jurisdiction
    return (code, *known[code].parents) if code in known else (code,)
