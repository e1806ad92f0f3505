"""Law, readiness and what is chosen from: what every scenario and step runs again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.analysis.scoring import Values, score
from generator.analysis.screening import screen
from generator.analysis.waves import Setting, ordered, set_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from generator.model import Knowledge, Readiness, Region, Screening
    from generator.model.programme import Objective


@dataclass(frozen=True, slots=True)
class Core:
    """One run of the gates, with the candidates and what they are judged by."""

    region: Region
    knowledge: Knowledge
    screening: Screening
    readiness: Readiness
    setting: Setting
    values: Values
    """The rolled-up criteria, for a run that changes only some of them."""


def run(
    region: Region,
    knowledge: Knowledge,
    as_of: date,
    known: Values | None = None,
    objectives: Sequence[Objective] | None = None,
) -> Core:
    """The law gate, then readiness, then value alone, which orders the shortlists.

    Args:
        region: The registers.
        knowledge: Catalogue and rules.
        as_of: The day the law is read.
        known: Rolled-up criteria of another run that nothing in this one changes.
        objectives: Those of another run, so that both are judged alike.
    """
    screening = screen(region, knowledge, as_of)
    values = dict(known or {})
    readiness = score(region, knowledge, screening, values)
    setting = set_up(region, knowledge, screening, readiness, objectives)
    scores = {use_id: use.low for use_id, use in readiness.uses.items()}
    shortlist = {
        category: ordered(setting, ids, scores) for category, ids in readiness.shortlist.items()
    }
    readiness = replace(readiness, shortlist=shortlist)
    return Core(region, knowledge, screening, readiness, setting, values)
