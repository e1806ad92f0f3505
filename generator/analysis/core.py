"""Law, readiness and what is chosen from: what every scenario and step runs again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.fits import firm_spare_mw
from generator.analysis.memo import Memo
from generator.analysis.readiness import score
from generator.analysis.screening import conditions, screen
from generator.analysis.waves import Setting, set_up

if TYPE_CHECKING:
    from generator.model import Knowledge, Readiness, Region, Screening
    from generator.model.programme import Objective


class Core(Struct, frozen=True):
    """One run of the gates, with the candidates and what they are judged by."""

    region: Region
    knowledge: Knowledge
    screening: Screening
    readiness: Readiness
    setting: Setting
    memo: Memo
    """What was found on the way, for runs that change only a part."""

    def again(
        self,
        region: Region,
        knowledge: Knowledge | None = None,
        as_of: date | None = None,
    ) -> Core:
        """The run of a changed region, judged by the coefficients of this one."""
        return run(
            region,
            knowledge or self.knowledge,
            as_of or self.screening.as_of,
            self.setting.objectives,
            self.memo,
        )


def run(
    region: Region,
    knowledge: Knowledge,
    as_of: date,
    objectives: Sequence[Objective] | None = None,
    memo: Memo | None = None,
) -> Core:
    """The law gate, then readiness, then value alone, which orders the shortlists.

    Args:
        region: The registers.
        knowledge: Catalogue and rules.
        as_of: The day the law is read.
        objectives: Those of another run, so that both are judged alike.
        memo: That of another run of the region; what nothing changes is taken from there.
    """
    memo = memo or Memo()
    screening = law_of(region, knowledge, as_of, memo)
    if len(screening.uses) > len(knowledge.uses):
        # A scenario without a use: what the law says of the others is the same.
        there = {use.use_id: screening.uses[use.use_id] for use in knowledge.uses}
        screening = replace(screening, uses=there)
    readiness = score(region, knowledge, screening, memo)
    setting = set_up(region, knowledge, screening, readiness, memo, objectives)
    scores = {use_id: use.low for use_id, use in readiness.uses.items()}
    shortlist = {
        category: _ordered(setting, ids, scores) for category, ids in readiness.shortlist.items()
    }
    readiness = replace(readiness, shortlist=shortlist)
    return Core(region, knowledge, screening, readiness, setting, memo)


def law_of(region: Region, knowledge: Knowledge, as_of: date, memo: Memo) -> Screening:
    """The law gate's answer; found again while nothing that it reads is another."""
    figures = memo.of("conditions", (), (knowledge.rules,), lambda: conditions(knowledge))
    read = (
        knowledge.rules,
        knowledge.needs,
        region.claims,
        *firm_spare_mw(region, knowledge)[1],
        *(region.figures.get(name) for name in figures),
    )
    return memo.of("law", (as_of,), read, lambda: screen(region, knowledge, as_of, memo))


def _ordered(
    setting: Setting, listed: Iterable[str], readiness: Mapping[str, float]
) -> tuple[str, ...]:
    """Uses by value alone, then readiness, then id; uses that only supply others stand last."""
    found = setting.candidates

    def key(use_id: str) -> tuple[object, ...]:
        one = found.get(use_id)
        return (
            one is None,
            -(one.value_alone if one else 0.0),
            -readiness[use_id],
            use_id,
        )

    return tuple(sorted(listed, key=key))
