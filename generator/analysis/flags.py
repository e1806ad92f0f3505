"""Which uses a single changed cell lists, drops, readies or holds back, without scoring all again.

What projects take from readiness is yes or no: whether a use is listed, which deciding criteria it
misses. Far from every bound a changed value turns none of it, whatever its last digits are. Uses
near a bound, or whose value is not known exactly, are scored anew by the very functions of the full
run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.candidates import Eligibility, eligibility_of, lacking
from generator.analysis.contributions import (
    ask_for,
    contribution,
    part_of,
    points_of,
    reaches,
)
from generator.analysis.quotients import NEAR, Asked, Quotients, quotients_of
from generator.analysis.readiness import qualifies, score_parts
from generator.analysis.rollup import roll_up, rolled_for
from generator.model import CLEARED
from generator.model.knowledge import REGISTERS_READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.analysis.core import Core
    from generator.model import Contribution, CriterionValue, Region

_EMPLOYMENT = "industry"
_FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Turning:
    """The yes and no of one run, and what each register may turn of it."""

    base: Core
    eligibility: Eligibility
    by_register: Mapping[str, Mapping[tuple[str, ...], tuple[Asked, ...]]]
    """Register to the values that are read from it, each with the parts that share it."""
    quotients: Quotients

    def after(self, region: Region, register: str, column: str, row: int) -> Eligibility:
        """What stands when one cell is another; the same object where nothing turns.

        Args:
            region: With the changed cell, known before and after.
            register: Where it is; `figures` for the Region sheet.
            column: Its column.
            row: Its row.
        """
        values: dict[str, dict[int, CriterionValue]] = {}
        near = self.quotients.near(region, row) if register == _EMPLOYMENT else None
        for key, asked in self.by_register.get(register, {}).items():
            first = asked[0]
            criterion = self.base.knowledge.criteria[key[0]]
            is_other = register == _FIGURES and criterion.reads != column
            if is_other or (near is not None and first.use.use_id not in near):
                continue
            value = self._rolled(region, register, first)
            if _numbers(value) != _numbers(first.part.value):
                for one in asked:
                    values.setdefault(one.use.use_id, {})[one.place] = value
        return self._eligibility(region, values)

    def _rolled(self, region: Region, register: str, asked: Asked) -> CriterionValue:
        """The value of a part, as far as anything may turn by it."""
        found = self.quotients.bounded(region, asked) if register == _EMPLOYMENT else None
        if found is not None:
            return found
        known, screening = self.base.knowledge, self.base.screening
        criterion = known.criteria[asked.part.requirement.criterion_id]
        return roll_up(ask_for(region, asked.use, criterion, known, screening))

    def _eligibility(
        self, region: Region, values: Mapping[str, Mapping[int, CriterionValue]]
    ) -> Eligibility:
        shortlist, lacks = set(self.eligibility.shortlist), dict(self.eligibility.lacks)
        for use_id, changed in values.items():
            if not self._may_turn(use_id, changed):
                continue
            is_listed, lacks[use_id] = self._turned(use_id, region, changed)
            (shortlist.add if is_listed else shortlist.discard)(use_id)
        found = Eligibility(frozenset(shortlist), lacks)
        return self.eligibility if found == self.eligibility else found

    def _may_turn(self, use_id: str, changed: Mapping[int, CriterionValue]) -> bool:
        """Whether new values bring a use to the other side of a bound, or near one."""
        use = self.base.readiness.uses[use_id]
        moved = use.low
        for place, value in changed.items():
            part, known = use.contributions[place], value.fact.value
            if known is None or part.value.fact.value is None:
                found = contribution(part.requirement, value)
                if self._counts_bodies(part) or _decided(found) != _decided(part):
                    return True
                moved += part.requirement.weight * (found.low - part.low)
                continue
            need = part.requirement
            moved += need.weight * (points_of(known, need) - part.low)
            if part.meets_minimum != reaches(known, need.minimum, need.direction):
                return True
        if moved == use.low:
            return False
        least = self.base.knowledge.assumed("shortlist_readiness")
        return abs(moved - least) <= NEAR or (moved > least) != (use.low > least)

    def _counts_bodies(self, part: Contribution) -> bool:
        """Whether a part counts signed institutions, of which more is asked than a number."""
        role = self.base.knowledge.in_role("institutions")
        return role is not None and role.criterion_id == part.requirement.criterion_id

    def _turned(
        self, use_id: str, region: Region, changed: Mapping[int, CriterionValue]
    ) -> tuple[bool, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Whether a use is listed, and what it lacks, by the functions of the full run."""
        knowledge = self.base.knowledge
        entry, parts = knowledge.use(use_id), list(self.base.readiness.uses[use_id].contributions)
        for place, value in changed.items():
            builds = entry.category == "power_reuse"
            parts[place] = part_of(parts[place].requirement, value, knowledge, builds=builds)
        found = score_parts(region, entry, knowledge, tuple(parts))
        is_cleared = self.base.screening.uses[use_id].status in CLEARED
        return is_cleared and qualifies(found, entry, knowledge), lacking(found, knowledge)


def turning_of(base: Core) -> Turning:
    """What of a run single cells may turn."""
    knowledge = base.knowledge
    by_register: dict[str, dict[tuple[str, ...], list[Asked]]] = {}
    quotients = []
    for one in _asked(base):
        criterion = knowledge.criteria[one.part.requirement.criterion_id]
        name, use_id = rolled_for(criterion, one.use)
        register = "measures" if one.part.value.rule == "measures" else REGISTERS_READ[name]
        known = by_register.setdefault(register, {})
        known.setdefault((criterion.criterion_id, name, use_id), []).append(one)
        if register == _EMPLOYMENT:
            quotients.append(one)
    return Turning(
        base=base,
        eligibility=eligibility_of(base.readiness, knowledge, base.memo),
        by_register={
            register: {key: tuple(asked) for key, asked in found.items()}
            for register, found in by_register.items()
        },
        quotients=quotients_of(base, quotients),
    )


def _asked(base: Core) -> Iterable[Asked]:
    for use_id, found in base.readiness.uses.items():
        use = base.knowledge.use(use_id)
        for place, part in enumerate(found.contributions):
            yield Asked(use, place, part)


def _decided(part: Contribution) -> tuple[bool, bool | None]:
    """What lists and minima take from a part beside its points."""
    return part.partial is None, part.meets_minimum


def _numbers(value: CriterionValue) -> tuple[float | None, ...]:
    return value.fact.value, value.at_least_as_good_as, value.no_better_than
