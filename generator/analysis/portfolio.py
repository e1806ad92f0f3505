"""The uses to launch together: the most benefit that fits the region's limits."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.benefit import figures, millions_in_cny
from generator.analysis.knapsack import (
    Conditions,
    least_extra,
    resource_use,
    selection_frequency,
    solve_selection,
)
from generator.analysis.rollup import Ask, roll_up
from generator.analysis.values import at_least
from generator.model import (
    LISTS,
    Fact,
    Knowledge,
    Portfolio,
    Region,
    ResourceUse,
    Screening,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.analysis.core import Core
    from generator.analysis.sampling import Parts, Sample
    from generator.analysis.values import FloatArray
    from generator.model import Limit

RESOURCES: Mapping[str, str] = {
    "capex": "",
    "grid_mw": "spare_grid_mw",
    "it_load_mw": "it_load_mw",
    "racks": "racks_available",
    "dev_fte": "dev_fte",
    "ops_fte": "ops_fte",
    "technician_fte": "technician_fte",
}
"""Resource of the Limits sheet to the criterion whose minimum says what a use takes of it."""
_NAMES = tuple(RESOURCES)
_ROTA = (_NAMES.index("ops_fte"),)
_GRID = _NAMES.index("grid_mw")
_BUILT_BY_REUSE = frozenset({"it_load_mw", "racks"})
"""A converted hall brings its own; only uses in existing rooms take from what there is."""
_ENUMERATED = 15
_DRAWS_ENUMERATED, _DRAWS_SOLVED = 1000, 200
_MORE = 0.01
"""Benefit points from which a portfolio counts as better."""


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

    @property
    def capacity(self) -> FloatArray:
        """Amount of each resource."""
        return np.array([amount for amount, _, _ in self.limits])

    @property
    def conditions(self) -> Conditions:
        """What the solver keeps to beside the limits."""
        rooms = np.array([spare for _, spare in self.points])
        return Conditions(
            rota=_ROTA,
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
    needs = np.array([_needs(region, use_id, knowledge) for use_id in ids]).reshape(
        len(ids), len(_NAMES)
    )
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
        limits=tuple(_limit(name, region, knowledge, base.screening) for name in _NAMES),
        excludes=tuple((one, other) for word, one, other in pairs if word == "excludes"),
        requires=tuple((one, other) for word, one, other in pairs if word == "requires"),
        host_needs=np.where(reuse, needs[:, _GRID], 0.0),
        points=_points(region),
        blocked=blocked,
        not_usable=tuple(
            row.resource for row in region.limits if _stated(row, region).value is None
        ),
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


def _needs(region: Region, use_id: str, knowledge: Knowledge) -> list[float]:
    use = knowledge.use(use_id)
    minima = {need.criterion_id: need.minimum for need in knowledge.requirements[use_id]}
    capex = figures(region, use)["capex"].value
    return [
        (capex or 0.0)
        if name == "capex"
        else 0.0
        if use.category == "power_reuse" and name in _BUILT_BY_REUSE
        else minima.get(RESOURCES[name], 0.0)
        for name in _NAMES
    ]


def _points(region: Region) -> tuple[tuple[str, float], ...]:
    """Existing connection points with known spare capacity; a Measures row stands for one point."""
    for measure in region.measures:
        if measure.criterion == "spare_grid_mw":
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
        fact = _stated(row, region)
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


def _stated(row: Limit, region: Region) -> Fact:
    """The amount of a Limits row, money in CNY millions."""
    return millions_in_cny(row.amount, region) if row.resource == "capex" else row.amount


def _available(
    name: str, region: Region, knowledge: Knowledge, screening: Screening
) -> Fact | None:
    """What the registers hold, as the blockchain list counts it: sums, never a best point."""
    if not RESOURCES[name] or not knowledge.uses:
        return None
    # Sums do not depend on the use, only on its list.
    chain = replace(knowledge.uses[0], category="blockchain")
    criterion = knowledge.criteria[RESOURCES[name]]
    day = screening.as_of.isoformat()
    found = roll_up(Ask(region, chain, criterion, knowledge, screening.jurisdictions, day))
    if found.fact.value is None and found.at_least_as_good_as is not None:
        return replace(found.fact, value=found.at_least_as_good_as)
    return found.fact


# --- choosing -------------------------------------------------------------------------------------


def chosen(choice: Choice) -> tuple[str, ...]:
    """The selection alone, as a scenario needs it."""
    return tuple(choice.ids[place] for place in _solved(choice, choice.capacity))


def _solved(
    choice: Choice, capacity: FloatArray, forbidden: Sequence[tuple[int, ...]] = ()
) -> tuple[int, ...]:
    if not choice.ids:
        return ()
    return (
        solve_selection(
            choice.benefit, choice.needs, capacity, forbidden=forbidden, **choice.conditions
        )
        or ()
    )


def select(base: Core, choice: Choice, drawn: Sample, parts: Parts) -> Portfolio:
    """The portfolio, what its limits bind, its runner-up, and how often each use is in it.

    Args:
        base: Own estimates and catalogue ranges.
        choice: Candidates, needs and limits.
        drawn: The run in which everything varies.
        parts: The drawn capital.
    """
    best = _solved(choice, choice.capacity)
    selected = tuple(choice.ids[place] for place in best)
    worth = _worth(choice, best)
    second = _solved(choice, choice.capacity, [best]) if best else ()
    frequency, count = _frequency(choice, drawn, parts)
    known = {use_id: figures(base.region, base.knowledge.use(use_id)) for use_id in choice.ids}
    spans = [known[use_id] for use_id in selected]
    return Portfolio(
        candidates=choice.ids,
        selected=selected,
        benefit=worth,
        capex=_span(spans, "capex"),
        jobs=_span(spans, "jobs"),
        resources=tuple(_resources(choice, best, worth)),
        hosts=_hosts(choice, best),
        runner_up=tuple(choice.ids[place] for place in second),
        runner_up_benefit=_worth(choice, second) if best else None,
        frequency=frequency,
        frequency_draws=count,
        blocked=choice.blocked,
        needs={
            use_id: dict(zip(_NAMES, map(float, row), strict=True))
            for use_id, row in zip(choice.ids, choice.needs, strict=True)
        },
        ranges={
            use_id: {
                column: _span([found], column)
                for column in ("capex", "jobs")
                if found[column].value is not None
            }
            for use_id, found in known.items()
        },
        is_limited=_worth(choice, _unlimited(choice)) - worth > _MORE,
        not_usable=choice.not_usable,
    )


def _unlimited(choice: Choice) -> tuple[int, ...]:
    """What would be chosen without any limit or connection point, the pairs alone in force."""
    free = replace(choice, points=())
    return _solved(free, np.full(len(_NAMES), math.inf))


def _worth(choice: Choice, places: Sequence[int]) -> float:
    return math.fsum(choice.benefit[place] for place in places)


def _span(found: Sequence[Mapping[str, Fact]], column: str) -> tuple[float, float]:
    facts = [one[column] for one in found]
    return (
        math.fsum(fact.value if fact.low is None else fact.low for fact in facts if fact.value),
        math.fsum(fact.value if fact.high is None else fact.high for fact in facts if fact.value),
    )


def _resources(choice: Choice, best: Sequence[int], worth: float) -> list[ResourceUse]:
    capacity = choice.capacity
    used = resource_use(best, choice.needs, _ROTA) if choice.ids else np.zeros(len(_NAMES))
    is_limited = len(best) < len(choice.ids)
    found = []
    for place, name in enumerate(_NAMES):
        amount, basis, fact = choice.limits[place]
        gain_of_one, free_gain = 0.0, 0.0
        if is_limited and math.isfinite(amount):
            free_gain = _gain(choice, capacity, place, math.inf, worth)
        is_binding = free_gain > _MORE
        extra: float | None = None
        brought: tuple[str, ...] = ()
        if is_binding:
            gain_of_one = _gain(choice, capacity, place, amount + 1.0, worth)
            extra, brought = _next(choice, place, best, worth)
        found.append(
            ResourceUse(
                resource=name,
                limit=amount if math.isfinite(amount) else None,
                basis="stated" if basis == "stated" else "available" if fact else "none",
                fact=fact,
                used=float(used[place]),
                is_binding=is_binding,
                gain_of_one=gain_of_one,
                next_extra=extra,
                next_uses=brought,
            )
        )
    return found


def _gain(choice: Choice, capacity: FloatArray, place: int, amount: float, worth: float) -> float:
    """Benefit gained when one limit alone is another amount."""
    changed = capacity.copy()
    changed[place] = amount
    gain = _worth(choice, _solved(choice, changed)) - worth
    return gain if gain > _MORE else 0.0


def _next(
    choice: Choice, place: int, best: Sequence[int], worth: float
) -> tuple[float | None, tuple[str, ...]]:
    """The least extra amount of one resource that brings more benefit, and what it brings in."""
    extra = least_extra(
        choice.benefit, choice.needs, choice.capacity, place, worth + _MORE, **choice.conditions
    )
    if extra is None:
        return None, ()
    changed = choice.capacity.copy()
    changed[place] += extra
    better = _solved(choice, changed)
    return extra, tuple(choice.ids[one] for one in better if one not in best)


def _hosts(choice: Choice, best: Sequence[int]) -> dict[str, str]:
    """A point for each power-reuse use, largest need first and largest point that still fits."""
    waiting = sorted(
        (one for one in best if choice.host_needs[one] > 0), key=lambda one: -choice.host_needs[one]
    )

    def lodged(rest: Sequence[int], spare: Sequence[float]) -> dict[str, str] | None:
        if not rest:
            return {}
        need = float(choice.host_needs[rest[0]])
        # By place, not by name: two points may be called the same.
        for place in sorted(range(len(spare)), key=lambda one: (-spare[one], names[one])):
            if at_least(spare[place], need):
                left = [*spare[:place], spare[place] - need, *spare[place + 1 :]]
                found = lodged(rest[1:], left)
                if found is not None:
                    return {choice.ids[rest[0]]: names[place], **found}
        return None

    names = [name for name, _ in choice.points]
    return lodged(waiting, [spare for _, spare in choice.points]) or {}


def _frequency(choice: Choice, drawn: Sample, parts: Parts) -> tuple[dict[str, float], int]:
    """Share of draws in which each candidate is selected; limits stay what they are."""
    if not choice.ids:
        return {}, 0
    most = _DRAWS_ENUMERATED if len(choice.ids) <= _ENUMERATED else _DRAWS_SOLVED
    count = min(most, drawn.benefit.shape[1])
    rows = drawn.rows(choice.ids)
    capex = np.stack(
        [
            np.broadcast_to(np.nan_to_num(parts.capex[use_id]), drawn.benefit.shape[1])[:count]
            for use_id in choice.ids
        ],
        axis=1,
    )
    shares = selection_frequency(
        drawn.benefit[rows, :count].T,
        drawn.shortlisted[rows, :count].T,
        choice.needs,
        choice.capacity,
        first_need_draws=capex,
        **choice.conditions,
    )
    return dict(zip(choice.ids, map(float, shares), strict=True)), count
