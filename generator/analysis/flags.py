"""Which uses a single changed cell lists, drops, readies or holds back, without scoring all again.

What projects take from readiness is yes or no: whether a use is listed, which deciding criteria it
misses. Far from every bound a changed value turns none of it, whatever its last digits are. Uses
near a bound, or whose value is not known exactly, are scored anew by the very functions of the full
run.

Also here: the location quotients of all uses at once, when a single cell of the Industry sheet is
another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.anchors import anchor_places
from generator.analysis.candidates import Eligibility, eligibility_of, lacking
from generator.analysis.contributions import ask_for, part_of, points_of, reaches
from generator.analysis.counted import employed
from generator.analysis.readiness import qualifies, score_parts
from generator.analysis.rollup import roll_up, rolled_for
from generator.model import CLEARED
from generator.model.knowledge import REGISTERS_READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.values import FloatArray
    from generator.model import Contribution, CriterionValue, Region, Use


_EMPLOYMENT = "industry"
_FIGURES = "figures"
NEAR = 1e-6
"""Points, or shares of a bound, within which a value is not judged by the short way."""


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
        near = (
            self.quotients.near(region, row)
            if register == _EMPLOYMENT and self.quotients.is_whole
            else None
        )
        for key, asked in self.by_register.get(register, {}).items():
            first = asked[0]
            criterion = self.base.knowledge.criteria[key[0]]
            is_other = register == _FIGURES and criterion.reads != column
            if is_other or (near is not None and first.use.use_id not in near):
                continue
            ask = ask_for(region, first.use, criterion, self.base.knowledge, self.base.screening)
            value = roll_up(ask)
            if _numbers(value) != _numbers(first.part.value):
                for one in asked:
                    values.setdefault(one.use.use_id, {})[one.place] = value
        return self._eligibility(region, values)

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
                return True
            need = part.requirement
            moved += need.weight * (points_of(known, need) - part.low)
            if part.meets_minimum != reaches(known, need.minimum, need.direction):
                return True
        if moved == use.low:
            return False
        least = self.base.knowledge.assumed("shortlist_readiness")
        return abs(moved - least) <= NEAR or (moved > least) != (use.low > least)

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


def _numbers(value: CriterionValue) -> tuple[float | None, ...]:
    return value.fact.value, value.at_least_as_good_as, value.no_better_than


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a use's readiness, where it stands."""

    use: Use
    place: int
    """Among the parts of the use."""
    part: Contribution


@dataclass(frozen=True, slots=True)
class Quotients:
    """Numerators, totals and bounds; arrays of shape (uses,) but where it is said."""

    region: Region
    is_whole: bool
    """Whether no employment cell is blank, so that each quotient is one number."""
    uses: tuple[str, ...]
    named: NDArray[np.bool_]
    """Which rows a use names, shape (rows, uses)."""
    own: FloatArray
    """Employment of the named rows here and in the reference area, shape (2, uses)."""
    totals: tuple[float, float]
    sign: FloatArray
    """-1 where less is better; bounds are signed likewise."""
    minimum: FloatArray
    target: FloatArray
    weight: FloatArray
    meets: NDArray[np.bool_]
    readiness: FloatArray
    """Of each use, of which `points` are those of the quotient, without its weight."""
    points: FloatArray
    least: float
    """Readiness of a shortlisted use."""

    def near(self, region: Region, row: int) -> frozenset[str]:
        """The uses that a changed row brings to the other side of a bound, or near one."""
        before, now = self.region.industry[row], region.industry[row]
        local = (now.employment.value or 0.0) - (before.employment.value or 0.0)
        there = (now.employment_reference.value or 0.0) - (before.employment_reference.value or 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            here = (self.own[0] + self.named[row] * local) / (self.totals[0] + local)
            beyond = (self.own[1] + self.named[row] * there) / (self.totals[1] + there)
            value = self.sign * (here / beyond)
            span = self.target - self.minimum
            points = np.where(
                span > 0,
                np.clip((value - self.minimum) / span, 0.0, 1.0),
                value >= self.minimum,
            )
            moved = self.readiness + self.weight * (points - self.points)
            is_near = (
                ~np.isfinite(value)
                | ((points != self.points) & (np.abs(moved - self.least) <= NEAR))
                | ((moved > self.least) != (self.readiness > self.least))
                | (np.abs(value - self.minimum) <= NEAR * np.maximum(1.0, np.abs(self.minimum)))
                | ((value >= self.minimum) != self.meets)
            )
        return frozenset(self.uses[place] for place in np.flatnonzero(is_near))


def quotients_of(base: Core, asked: Sequence[Asked]) -> Quotients:
    """The quotients of the uses that ask for one and name rows of the sheet.

    Args:
        base: The run that the cells are changed in.
        asked: The parts that are read from the Industry sheet.
    """
    region, knowledge = base.region, base.knowledge
    known = employed(region.industry)
    places = [anchor_places(region, one.use, knowledge) for one in asked]
    asked = [one for one, own in zip(asked, places, strict=True) if own]
    named = np.zeros((len(region.industry), len(asked)), dtype=bool)
    for column, own in enumerate(own for own in places if own):
        named[list(own), column] = True
    needs = [one.part.requirement for one in asked]
    sign = np.array([1.0 if need.direction == "higher_better" else -1.0 for need in needs])
    cells = np.array([known.local, known.reference])
    return Quotients(
        region=region,
        is_whole=not known.blank and not region.adjustments,
        uses=tuple(one.use.use_id for one in asked),
        named=named,
        own=cells @ named,
        totals=known.totals,
        sign=sign,
        minimum=sign * np.array([need.minimum for need in needs]),
        target=sign * np.array([need.target for need in needs]),
        weight=np.array([need.weight for need in needs]),
        meets=np.array([one.part.meets_minimum is True for one in asked], dtype=bool),
        readiness=np.array([base.readiness.uses[one.use.use_id].low for one in asked]),
        points=np.array([one.part.low for one in asked]),
        least=knowledge.assumed("shortlist_readiness"),
    )
