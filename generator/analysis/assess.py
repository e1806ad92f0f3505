"""One region through the analysis, in its fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.procedures import due_procedures
from generator.analysis.scoring import score
from generator.analysis.screening import screen
from generator.model import LISTS, Assessment, Conversion, Knowledge, Problem, Region

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def assess(
    region: Region,
    knowledge: Knowledge,
    as_of: date,
    problems: Iterable[Problem] = (),
    conversions: Iterable[Conversion] = (),
) -> Assessment:
    """Everything known about one region: law, then readiness, then what follows from both.

    Args:
        region: The checked facts.
        knowledge: Catalogue and rules, every date included.
        as_of: The day the law is read.
        problems: Warnings of the region's files, printed with the data.
        conversions: Cells of the region's files that were converted.
    """
    screening = screen(region, knowledge, as_of)
    readiness = score(region, knowledge, screening)
    proposed = [
        use_id
        for category in LISTS
        for use_id in (*readiness.shortlist[category], *readiness.prepare[category])
    ]
    return Assessment(
        region=region,
        screening=screening,
        readiness=readiness,
        procedures=due_procedures(region, knowledge, proposed, as_of),
        problems=tuple(problems),
        conversions=tuple(conversions),
    )
