"""Law, readiness and benefit of one region: what every scenario and step runs again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.benefit import in_order, value
from generator.analysis.scoring import Values, score
from generator.analysis.screening import screen

if TYPE_CHECKING:
    from datetime import date

    from generator.model import Benefit, Knowledge, Readiness, Region, Screening


@dataclass(frozen=True, slots=True)
class Core:
    """One run of the gates and both scores."""

    region: Region
    knowledge: Knowledge
    screening: Screening
    readiness: Readiness
    benefit: Benefit
    values: Values
    """The rolled-up criteria, for a run that changes only some of them."""


def run(region: Region, knowledge: Knowledge, as_of: date, known: Values | None = None) -> Core:
    """The law gate, then readiness, then benefit, which orders the shortlists.

    Args:
        region: The registers.
        knowledge: Catalogue and rules.
        as_of: The day the law is read.
        known: Rolled-up criteria of another run that nothing in this one changes.
    """
    screening = screen(region, knowledge, as_of)
    values = dict(known or {})
    readiness = score(region, knowledge, screening, values)
    benefit = value(region, knowledge, screening)
    return Core(region, knowledge, screening, in_order(readiness, benefit), benefit, values)
