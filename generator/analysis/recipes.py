"""The closed list of roll-ups: which records a criterion rests on, and how they combine.

`criteria.csv` names one roll-up per list of uses; there is no expression language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace

from generator.analysis.counted import pooled_location_quotient, signed_for_use
from generator.analysis.joining import (
    Ask,
    Combine,
    Number,
    Recipe,
    largest,
    singles,
    smallest,
    total,
    weighted_mean,
)

if TYPE_CHECKING:
    from generator.model import DataCentre, Fact, Knowledge, PowerPoint, Region


def in_cny(fact: Fact, region: Region) -> Fact:
    """A price in the catalogue's currency at the region's rate; unknown without one."""
    rate = region.cny_per_unit.value
    if rate is None or fact.value is None:
        return replace(fact, value=None, low=None, high=None)
    low, high = (None if end is None else end * rate for end in (fact.low, fact.high))
    # A rate of the catalogue's table is no cell of the region.
    stated = region.cny_per_unit.origins if region.rate_basis == "workbook" else ()
    origins = (*fact.origins, *stated)
    return replace(fact, value=fact.value * rate, low=low, high=high, origins=origins)


def _existing_points(region: Region) -> list[PowerPoint]:
    return [
        row for row in region.power if row.kind == "connection point" and row.status == "existing"
    ]


def _of_rows(register: str, combine: Combine, ask: Ask) -> Recipe:
    """The column that the criterion reads, of every row of a register."""
    return singles(
        [getattr(row, ask.criterion.reads) for row in getattr(ask.region, register)], combine
    )


def _of_points(combine: Combine, ask: Ask) -> Recipe:
    """Planned points count as none; a sheet without any connection point says nothing."""
    points = _existing_points(ask.region)
    if not points:
        planned = [row for row in ask.region.power if row.kind == "connection point"]
        zeros = [replace(row.spare_mw, value=0.0, low=0.0, high=0.0) for row in planned]
        return singles(zeros, combine)
    return singles([getattr(row, ask.criterion.reads) for row in points], combine)


def _weighted(weights: Sequence[Fact], facts: Sequence[Fact]) -> Recipe:
    """Mean of facts by weights; records without weight do not count, a blank one leaves it open."""
    pairs = [(w, f) for w, f in zip(weights, facts, strict=True) if w.value != 0]
    return Recipe(tuple(pairs), weighted_mean, is_bound=False)


def _spare_weighted_mean_existing_points(ask: Ask) -> Recipe:
    points = _existing_points(ask.region)
    facts = [in_cny(getattr(row, ask.criterion.reads), ask.region) for row in points]
    return _weighted([row.spare_mw for row in points], facts)


def _value_at_largest_point(ask: Ask) -> Recipe:
    """The value at the point whose spare capacity is counted, never at another.

    While a point's spare capacity is blank, any point may be the largest and the value is unknown.
    Of points of one size the least favourable value counts, whatever the order of the rows.
    """
    points = _existing_points(ask.region)
    blank = [row.spare_mw for row in points if row.spare_mw.value is None]
    if blank or not points:
        return Recipe(tuple((fact,) for fact in blank), total, is_bound=False)
    most = max(row.spare_mw.value or 0.0 for row in points)
    facts = [
        in_cny(getattr(row, ask.criterion.reads), ask.region)
        for row in points
        if row.spare_mw.value == most
    ]
    is_lower_better = ask.criterion.direction == "lower_better"
    recipe = singles(facts, largest if is_lower_better else smallest)
    pairs = [
        (row.spare_mw, in_cny(getattr(row, ask.criterion.reads), ask.region)) for row in points
    ]
    known = tuple(pair for pair in pairs if pair[1].value is not None)
    drawn = Recipe(known, _worst_at_largest if is_lower_better else _least_at_largest)
    return replace(recipe, is_bound=False, drawn=drawn)


def _worst_at_largest(records: Iterable[tuple[Any, ...]]) -> Number:
    """The greatest value among the records whose size is the largest."""
    most: Number = -np.inf
    worst: Number = -np.inf
    for size, value in records:
        beside = np.where(size == most, np.maximum(worst, value), worst)
        worst = np.where(size > most, value, beside)
        most = np.maximum(most, size)
    return worst


def _least_at_largest(records: Iterable[tuple[Any, ...]]) -> Number:
    return -_worst_at_largest((size, -value) for size, value in records)


def _region_or_published_grid_factor(ask: Ask) -> Recipe:
    own = ask.region.figures[ask.criterion.reads]
    if own.value is not None:
        return singles([own], total)
    published = [
        factor
        for factor in ask.knowledge.grid_factors
        if factor.jurisdiction in ask.lineage
        and ask.region.admin_code.startswith(factor.admin_prefix)
        and factor.published_on <= ask.as_of
    ]
    if not published:
        return singles([own], total)
    best = max(
        published,
        key=lambda one: (
            -ask.lineage.index(one.jurisdiction),
            len(one.admin_prefix),
            one.year,
        ),
    )
    return replace(singles([best.factor], total), published=best)


def _region_value(ask: Ask) -> Recipe:
    """A figure that the form does not ask for is unknown, unless a measure gives it."""
    figure = ask.region.figures.get(ask.criterion.reads)
    return singles([] if figure is None else [figure], total)


def _of_facilities(combine: Combine, ask: Ask) -> Recipe:
    return singles(_facility_facts(ask), combine)


def _facility_facts(ask: Ask) -> list[Fact]:
    facts = [getattr(hall, ask.criterion.reads) for hall in ask.region.data_centres]
    if ask.criterion.reads == "tier":
        facts = [_tier(hall, ask.knowledge) for hall in ask.region.data_centres]
    return facts


def _tier(hall: DataCentre, knowledge: Knowledge) -> Fact:
    """The tier, or what a grade of the Chinese standard counts for where that is used.

    Where both are given the higher one counts: a tier left blank must not raise what the hall is.
    """
    counted = knowledge.assumptions.get(f"tier_of_gb50174_{hall.gb50174_grade.lower()}")
    if counted is None or (hall.tier.value is not None and hall.tier.value >= counted.value):
        return hall.tier
    return replace(hall.tier, value=counted.value, low=counted.value, high=counted.value)


def _free_load_weighted_mean(ask: Ask) -> Recipe:
    halls = ask.region.data_centres
    return _weighted([hall.it_load_mw_free for hall in halls], _facility_facts(ask))


def _sum_available_fte(ask: Ask) -> Recipe:
    roles = [role for role in ask.region.workforce if role.counts_towards == ask.criterion.reads]
    return singles([role.available_fte for role in roles], total)


def _min_site(ask: Ask) -> Recipe:
    facts = [fact for site in ask.region.sites for fact in (site.road_km, site.port_km)]
    return singles(facts, smallest)


def _max_site_it_load(ask: Ask) -> Recipe:
    """Each site at the smaller of what its connection feeds and what its hall holds."""
    factor = ask.knowledge.assumed("site_power_factor")
    density = ask.knowledge.assumed("hall_kw_per_m2")
    needs = ask.knowledge.requirements[ask.use.use_id]
    role = ask.knowledge.in_role("power_overhead")
    targets = {need.criterion_id: need.target for need in needs}
    pue = targets.get(role.criterion_id) if role else None
    if pue is None:
        return Recipe((), total)

    def best_hosted(records: Iterable[tuple[Any, ...]]) -> Number:
        hosted = (np.minimum(mva * factor / pue, area * density / 1000) for mva, area in records)
        return np.asarray(reduce(np.maximum, hosted))

    parts = tuple((site.grid_mva, site.hall_m2) for site in ask.region.sites)
    return Recipe(parts, best_hosted)


ROLLUPS: dict[str, Callable[[Ask], Recipe]] = {
    "sum_existing_points": partial(_of_points, total),
    "max_existing_point": partial(_of_points, largest),
    "spare_weighted_mean_existing_points": _spare_weighted_mean_existing_points,
    "value_at_largest_point": _value_at_largest_point,
    "region_or_published_grid_factor": _region_or_published_grid_factor,
    "region_value": _region_value,
    "sum_existing_facilities": partial(_of_facilities, total),
    "max_existing_facility": partial(_of_facilities, largest),
    "free_load_weighted_mean": _free_load_weighted_mean,
    "min_link": partial(_of_rows, "connectivity", smallest),
    "sum_links": partial(_of_rows, "connectivity", total),
    "max_link": partial(_of_rows, "connectivity", largest),
    "sum_available_fte": _sum_available_fte,
    "pooled_location_quotient": pooled_location_quotient,
    "count_signed_for_use": signed_for_use,
    "max_site": partial(_of_rows, "sites", largest),
    "min_site": _min_site,
    "max_site_it_load": _max_site_it_load,
}
"""The closed list; `criteria.csv` names one per list of uses."""
