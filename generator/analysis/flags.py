"""Which uses a single changed cell lists, drops, readies or holds back, without scoring all again.

What projects take from readiness is yes or no: whether a use is listed, which deciding criteria it
misses. Far from every bound a changed value turns none of it, whatever its last digits are. Uses
near a bound, or whose value is not known exactly, are scored anew by the very functions of the full
run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.anchors import anchor_places
from generator.analysis.candidates import Eligibility, eligibility_of, lacking
from generator.analysis.contributions import ask_for, contribution, part_of, points_of, reaches
from generator.analysis.counted import Counts, bounds_of, counts_of, quotient_of
from generator.analysis.readiness import qualifies, score_parts
from generator.analysis.rollup import roll_up, rolled_for, settled
from generator.analysis.sites import far_sites, own_road
from generator.model import CLEARED, Contribution, CriterionValue, Fact, Region, Use, UseReadiness
from generator.model.readiness import REGISTERS_READ

if TYPE_CHECKING:
    from generator.analysis.core import Core

_EMPLOYMENT = "industry"
_FIGURES = "figures"
_SITES = "sites"
_NEAR = 1e-6
"""A readiness as close to a bound as this is judged by the full run."""


class _Asked(NamedTuple):
    """A part of a use's readiness, and its place among the parts."""

    use: Use
    place: int
    part: Contribution


class Turning(Struct, frozen=True):
    """The yes and no of one run, and what each register may turn of it."""

    base: Core
    eligibility: Eligibility
    by_register: Mapping[str, Mapping[tuple[str, ...], tuple[_Asked, ...]]]
    """Register to the values that are read from it, each with the parts that share it."""
    anchors: Mapping[str, tuple[int, ...]]
    """Use to the rows of the Industry sheet that it names."""

    def after(self, region: Region, register: str, column: str) -> Eligibility:
        """What stands when one cell is another; the same object where nothing turns.

        Args:
            region: With the changed cell, known before and after.
            register: Where it is; `figures` for the Region sheet.
            column: Its column.
        """
        values: dict[str, dict[int, CriterionValue]] = {}
        known = None
        if register == _EMPLOYMENT and not region.adjustments:
            known = counts_of(region.industry)
        for key, asked in self.by_register.get(register, {}).items():
            first = asked[0]
            criterion = self.base.knowledge.criteria[key[0]]
            if register == _FIGURES and criterion.reads != column:
                continue
            value = (
                self._rolled(region, first)
                if known is None
                else self._quotient(known, region, first)
            )
            if _numbers(value) != _numbers(first.part.value):
                for one in asked:
                    values.setdefault(one.use.use_id, {})[one.place] = value
        return self._eligibility(region, register, values)

    def _rolled(self, region: Region, asked: _Asked) -> CriterionValue:
        """The value of a part, as far as anything may turn by it."""
        known, screening = self.base.knowledge, self.base.screening
        criterion = known.criteria[asked.part.requirement.criterion_id]
        return roll_up(ask_for(region, asked.use, criterion, known, screening))

    def _quotient(self, known: Counts, region: Region, asked: _Asked) -> CriterionValue:
        """A location quotient alone: to gather the cells behind it takes most of a roll-up."""
        value, places = asked.part.value, self.anchors[asked.use.use_id]
        if not places:
            return value
        if known.blank:
            low, high = bounds_of(region.industry, places, self.base.knowledge)
            return replace(value, at_least_as_good_as=settled(low), no_better_than=high)
        return replace(value, fact=Fact(settled(quotient_of(known, places)), value.fact.unit))

    def _eligibility(
        self, region: Region, register: str, values: Mapping[str, Mapping[int, CriterionValue]]
    ) -> Eligibility:
        base = self.eligibility
        shortlist, lacks, far = set(base.shortlist), dict(base.lacks), dict(base.far)
        if register == _SITES:
            # A site that is not the nearest changes no score, and yet its own road.
            values = {key: values.get(key, {}) for key in (*sorted(base.shortlist), *values)}
        for use_id, changed in values.items():
            if not self._may_turn(use_id, region, changed):
                continue
            scored = self._scored(use_id, region, changed)
            entry = self.base.knowledge.use(use_id)
            is_cleared = self.base.screening.uses[use_id].status in CLEARED
            is_listed = is_cleared and qualifies(scored, entry, self.base.knowledge)
            (shortlist.add if is_listed else shortlist.discard)(use_id)
            lacks[use_id] = lacking(scored, self.base.knowledge)
            far.pop(use_id, None)
            rows = far_sites(region.sites, own_road(scored, self.base.knowledge))
            if is_listed and rows:
                far[use_id] = rows
        found = Eligibility(frozenset(shortlist), lacks, far)
        return self.eligibility if found == self.eligibility else found

    def _may_turn(self, use_id: str, region: Region, changed: Mapping[int, CriterionValue]) -> bool:
        """Whether new values bring a use, or a site for it, to the other side of a bound or near one."""
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
        if self._moves_sites(use, moved, region, changed):
            return True
        if moved == use.low:
            return False
        least = self.base.knowledge.assumed("shortlist_readiness")
        return abs(moved - least) <= _NEAR or (moved > least) != (use.low > least)

    def _moves_sites(
        self,
        use: UseReadiness,
        moved: float,
        region: Region,
        changed: Mapping[int, CriterionValue],
    ) -> bool:
        """Whether other sites are too far for a listed use once it scores otherwise."""
        if use.use_id not in self.eligibility.shortlist:
            return False
        road = own_road(use, self.base.knowledge)
        if road is None:
            return False
        place = next(
            row for row, part in enumerate(use.contributions) if part.requirement is road.need
        )
        own, now = use.contributions[place].points_low, use.low
        if place in changed:
            # What the distance itself earns is no part of what the others leave it to earn.
            own = contribution(road.need, changed[place]).points_low
        other = replace(
            road, least=road.least + (now - use.contributions[place].points_low) - (moved - own)
        )
        return far_sites(region.sites, other) != self.eligibility.far.get(use.use_id, frozenset())

    def _counts_bodies(self, part: Contribution) -> bool:
        """Whether a part counts signed institutions, of which more is asked than a number."""
        role = self.base.knowledge.in_role("institutions")
        return role is not None and role.criterion_id == part.requirement.criterion_id

    def _scored(
        self, use_id: str, region: Region, changed: Mapping[int, CriterionValue]
    ) -> UseReadiness:
        """A use scored anew, by the functions of the full run."""
        knowledge = self.base.knowledge
        entry, parts = knowledge.use(use_id), list(self.base.readiness.uses[use_id].contributions)
        for place, value in changed.items():
            builds = entry.category == "power_reuse"
            parts[place] = part_of(parts[place].requirement, value, knowledge, builds=builds)
        return score_parts(region, entry, knowledge, tuple(parts))


def turning_of(base: Core) -> Turning:
    """What of a run single cells may turn."""
    knowledge = base.knowledge
    by_register: dict[str, dict[tuple[str, ...], list[_Asked]]] = {}
    for one in _asked(base):
        criterion = knowledge.criteria[one.part.requirement.criterion_id]
        name, use_id = rolled_for(criterion, one.use)
        register = "measures" if one.part.value.rule == "measures" else REGISTERS_READ[name]
        known = by_register.setdefault(register, {})
        known.setdefault((criterion.criterion_id, name, use_id), []).append(one)
    uses = map(knowledge.use, base.readiness.uses)
    return Turning(
        base=base,
        eligibility=eligibility_of(base.region, base.readiness, knowledge, base.memo),
        by_register={
            register: {key: tuple(asked) for key, asked in found.items()}
            for register, found in by_register.items()
        },
        anchors={use.use_id: anchor_places(base.region, use, knowledge) for use in uses},
    )


def _asked(base: Core) -> Iterable[_Asked]:
    for use_id, found in base.readiness.uses.items():
        use = base.knowledge.use(use_id)
        for place, part in enumerate(found.contributions):
            yield _Asked(use, place, part)


def _decided(part: Contribution) -> tuple[bool, bool | None]:
    """What lists and minima take from a part beside its points."""
    return part.partial is None, part.meets_minimum


def _numbers(value: CriterionValue) -> tuple[float | None, ...]:
    return value.fact.value, value.at_least_as_good_as, value.no_better_than
