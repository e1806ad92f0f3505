"""A load on record that no registered user explains: a risk, never an asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_UNEXPLAINED = "unexplained_load_mw"


def unexplained(place: str, assessment: Assessment, voice: Voice) -> str:
    """A load that nobody explains is a risk, never an asset; empty without any.

    Args:
        place: Where it is told.
        assessment: The results of one region.
        voice: Speaks.
    """
    fact = assessment.region.figures.get(_UNEXPLAINED)
    load = unexplained_load(assessment, voice)
    if fact is None or not load:
        return ""
    return voice.sentence(place, "sites.unexplained", cell=voice.cells(fact.origins), load=load)


def unexplained_load(assessment: Assessment, voice: Voice) -> str:
    """The load that no registered user explains, in MW; empty without any."""
    fact = assessment.region.figures.get(_UNEXPLAINED)
    if fact is None or not fact.value or fact.value <= 0:
        return ""
    return voice.amount_in("grid_mw", fact.value)
