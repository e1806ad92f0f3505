"""What may be launched together: candidates, what each takes and what the region has."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.figures import figures, millions_in_cny
from generator.analysis.knapsack import Conditions
from generator.analysis.rollup import Ask, roll_up
from generator.model import LISTS, Fact, Knowledge, Region, Screening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.analysis.core import Core
    from generator.analysis.values import FloatArray
    from generator.model import Limit

NAMES = ("capex", "grid_mw", "it_load_mw", "racks", "dev_fte", "ops_fte", "technician_fte")
"""Resources of the Limits sheet; the minimum of the criterion in the role of this name says what a
use takes of it, but for capital."""
ROTA = (NAMES.index("ops_fte"),)
GRID = NAMES.index("grid_mw")
_BUILT_BY_REUSE = frozenset({"it_load_mw", "racks"})
"""A converted hall brings its own; only uses in existing rooms take from what there is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be launched, what each use takes and what there is."""

    ids: tuple[str, ...]
    benefit: FloatArray
    needs: FloatArray
    """Shape (uses, resources); capital in CNY m."""
    limits: tuple[tuple[float, str, Fact | None], ...]
    """Per resource: amount (inf where there is none), its basis and its fact."""
    excludes: tuple[tuple[int, int], ...]
    requires: tuple[tuple[int, int], ...]
    host_needs: FloatArray
    points: tuple[tuple[str, float], ...]
    """Connection points by name with their spare MW."""
    blocked: Mapping[str, str]
    not_usable: tuple[str, ...]
    """Resources whose stated limit cannot be used: money without a rate."""
    million: float = 1.0
    """A million of the region's currency in CNY m."""

    @property
    def capacity(self) -> FloatArray:
        """Amount of each resource."""
        return np.array([amount for amount, _, _ in self.limits])

    @property
    def conditions(self) -> Conditions:
        """What the solver keeps to beside the limits."""
        rooms = np.array([spare for _, spare in self.points])
        return Conditions(
            rota=ROTA,
            excludes=self.excludes,
            requires=self.requires,
            hosts=(self.host_needs, rooms) if self.points else None,
        )


def choice_of(base: Core) -> Choice:
    """The shortlisted uses of a run with their needs and the region's limits.

    A point of benefit counts the same in both lists here, as a choice under common limits asks.
    """
    region, knowledge, readiness = base.region, base.knowledge, base.readiness
    listed = [use_id for category in LISTS for use_id in readiness.shortlist[category]]
    blocked = _blocked(listed, knowledge)
    ids = tuple(use_id for use_id in listed if use_id not in blocked)
    place = {use_id: number for number, use_id in enumerate(ids)}
    needs = np.array([_needs(base, use_id) for use_id in ids]).reshape(len(ids), len(NAMES))
    pairs = [
        (one.relation, place[one.use_id], place[one.other_id])
        for one in knowledge.pairs
        if one.use_id in place and one.other_id in place
    ]
    reuse = np.array(
        [knowledge.use(use_id).category == "power_reuse" for use_id in ids], dtype=bool
    )
    return Choice(
        ids=ids,
        benefit=np.array([base.benefit.uses[use_id].low for use_id in ids]),
        needs=needs,
        limits=tuple(_limit(name, region, knowledge, base.screening) for name in NAMES),
        excludes=tuple((one, other) for word, one, other in pairs if word == "excludes"),
        requires=tuple((one, other) for word, one, other in pairs if word == "requires"),
        host_needs=np.where(reuse, needs[:, GRID], 0.0),
        points=_points(region, knowledge),
        blocked=blocked,
        not_usable=tuple(
            row.resource for row in region.limits if stated(row, region).value is None
        ),
        million=region.cny_per_unit.value or 1.0,
    )


def _blocked(listed: Sequence[str], knowledge: Knowledge) -> dict[str, str]:
    """Uses that need another which is not on the shortlist, however long the chain."""
    blocked: dict[str, str] = {}
    for _ in listed:
        for pair in knowledge.pairs:
            is_open = pair.other_id not in listed or pair.other_id in blocked
            if pair.relation == "requires" and pair.use_id in listed and is_open:
                blocked[pair.use_id] = pair.other_id
    return blocked


def _needs(base: Core, use_id: str) -> list[float]:
    """What a use takes of each resource: its minima, and the grid load of the size it is costed at."""
    use = base.knowledge.use(use_id)
    criteria = base.knowledge.criteria
    minima = {
        criteria[need.criterion_id].role: need.minimum
        for need in base.knowledge.requirements[use_id]
    }
    capex = figures(base.region, use)["capex"].value
    if use.category == "power_reuse" and use.scale_mw:
        # Capital and jobs are those of this size, so the megawatts must be as well.
        load = use.scale_mw * _pue(base, use_id)
        minima[NAMES[GRID]] = max(minima.get(NAMES[GRID], 0.0), load)
    return [
        (capex or 0.0)
        if name == "capex"
        else 0.0
        if use.category == "power_reuse" and name in _BUILT_BY_REUSE
        else minima.get(name, 0.0)
        for name in NAMES
    ]


def _pue(base: Core, use_id: str) -> float:
    """The rolled-up PUE, the greatest that the use allows while it is unknown, 1 if none is asked."""
    for part in base.readiness.uses[use_id].contributions:
        if base.knowledge.is_in_role(part.requirement.criterion_id, "power_overhead"):
            return part.value.fact.value or part.requirement.minimum
    return 1.0


def _points(region: Region, knowledge: Knowledge) -> tuple[tuple[str, float], ...]:
    """Existing connection points with known spare capacity; a Measures row stands for one point."""
    for measure in region.measures:
        if knowledge.is_in_role(measure.criterion, NAMES[GRID]):
            return () if measure.value.value is None else (("", measure.value.value),)
    return tuple(
        (row.name.text("en"), row.spare_mw.value)
        for row in region.power
        if row.kind == "connection point"
        and row.status == "existing"
        and row.spare_mw.value is not None
    )


def _limit(
    name: str, region: Region, knowledge: Knowledge, screening: Screening
) -> tuple[float, str, Fact | None]:
    """A Limits row, else what the registers hold; grid capacity never beyond what there is."""
    available = _available(name, region, knowledge, screening)
    for row in region.limits:
        fact = stated(row, region)
        if row.resource != name or fact.value is None:
            continue
        amount = fact.value
        there_is = available.value if name == "grid_mw" and available else None
        if there_is is not None and there_is < amount:
            return there_is, "available", available
        return amount, "stated", fact
    if available is None or available.value is None:
        return math.inf, "none", None
    return available.value, "available", available


def stated(row: Limit, region: Region) -> Fact:
    """The amount of a Limits row, money in CNY millions."""
    return millions_in_cny(row.amount, region) if row.resource == "capex" else row.amount


def _available(
    name: str, region: Region, knowledge: Knowledge, screening: Screening
) -> Fact | None:
    """What the registers hold, as the blockchain list counts it: sums, never a best point."""
    criterion = knowledge.in_role(name)
    if criterion is None or not knowledge.uses:
        return None
    # Sums do not depend on the use, only on its list.
    chain = replace(knowledge.uses[0], category="blockchain")
    day = screening.as_of.isoformat()
    found = roll_up(Ask(region, chain, criterion, knowledge, screening.jurisdictions, day))
    if found.fact.value is None and found.at_least_as_good_as is not None:
        return replace(found.fact, value=found.at_least_as_good_as)
    return found.fact
