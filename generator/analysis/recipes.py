"""The closed list of roll-ups: which records a criterion rests on, and how they combine.

`criteria.csv` names one roll-up per list of uses; there is no expression language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.anchors import anchor_rows, half_named
from generator.analysis.values import FloatArray, location_quotient
from generator.model import (
    Criterion,
    DataCentre,
    Fact,
    GridFactor,
    IndustryRow,
    Knowledge,
    Origin,
    PowerPoint,
    Region,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Combine = Callable[[FloatArray], FloatArray]
"""(..., records, facts of a record) to (...): one function serves base values and draws."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is rolled up: a criterion of one use from a region's registers."""

    region: Region
    use: Use
    criterion: Criterion
    knowledge: Knowledge
    lineage: tuple[str, ...]
    """The region's jurisdiction, then its parents."""
    as_of: str
    """ISO date; a factor published later is not known yet."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The facts a value rests on and how they combine.

    `parts` holds the facts of each record. When `is_bound`, the known records alone bind the value
    on its good side: a sum of some is no more than the sum of all.
    """

    parts: tuple[tuple[Fact, ...], ...]
    combine: Combine
    is_bound: bool = True
    left_out: tuple[str, ...] = ()
    published: GridFactor | None = None
    drawn: Recipe | None = None
    """The recipe for draws, where which record counts is itself uncertain."""


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


# --- joining records ------------------------------------------------------------------------------


def _sum(values: FloatArray) -> FloatArray:
    return np.asarray(np.sum(values, axis=(-2, -1)))


def _largest(values: FloatArray) -> FloatArray:
    return np.asarray(np.max(values, axis=(-2, -1)))


def _smallest(values: FloatArray) -> FloatArray:
    return np.asarray(np.min(values, axis=(-2, -1)))


def _weighted_mean(values: FloatArray) -> FloatArray:
    weight, value = values[..., 0], values[..., 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sum(weight * value, axis=-1) / np.sum(weight, axis=-1))


def _singles(facts: Sequence[Fact], combine: Combine) -> Recipe:
    return Recipe(tuple((fact,) for fact in facts), combine)


# --- power ----------------------------------------------------------------------------------------


def _existing_points(region: Region) -> list[PowerPoint]:
    return [
        row for row in region.power if row.kind == "connection point" and row.status == "existing"
    ]


def _of_points(ask: Ask, combine: Combine) -> Recipe:
    """Planned points count as none; a sheet without any connection point says nothing."""
    points = _existing_points(ask.region)
    if not points:
        planned = [row for row in ask.region.power if row.kind == "connection point"]
        zeros = [replace(row.spare_mw, value=0.0, low=0.0, high=0.0) for row in planned]
        return _singles(zeros, combine)
    return _singles([getattr(row, ask.criterion.reads) for row in points], combine)


def _sum_existing_points(ask: Ask) -> Recipe:
    return _of_points(ask, _sum)


def _max_existing_point(ask: Ask) -> Recipe:
    return _of_points(ask, _largest)


def _weighted(weights: Sequence[Fact], facts: Sequence[Fact]) -> Recipe:
    """Mean of facts by weights; records without weight do not count, a blank one leaves it open."""
    pairs = [(w, f) for w, f in zip(weights, facts, strict=True) if w.value != 0]
    return Recipe(tuple(pairs), _weighted_mean, is_bound=False)


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
        return Recipe(tuple((fact,) for fact in blank), _sum, is_bound=False)
    most = max(row.spare_mw.value or 0.0 for row in points)
    facts = [
        in_cny(getattr(row, ask.criterion.reads), ask.region)
        for row in points
        if row.spare_mw.value == most
    ]
    is_lower_better = ask.criterion.direction == "lower_better"
    recipe = _singles(facts, _largest if is_lower_better else _smallest)
    pairs = [
        (row.spare_mw, in_cny(getattr(row, ask.criterion.reads), ask.region)) for row in points
    ]
    known = tuple(pair for pair in pairs if pair[1].value is not None)
    drawn = Recipe(known, _worst_at_largest if is_lower_better else _least_at_largest)
    return replace(recipe, is_bound=False, drawn=drawn)


def _worst_at_largest(values: FloatArray) -> FloatArray:
    size, value = values[..., 0], values[..., 1]
    is_largest = size == np.max(size, axis=-1, keepdims=True)
    return np.asarray(np.max(np.where(is_largest, value, -np.inf), axis=-1))


def _least_at_largest(values: FloatArray) -> FloatArray:
    return -_worst_at_largest(values * np.array([1.0, -1.0]))


def _region_or_published_grid_factor(ask: Ask) -> Recipe:
    own = ask.region.figures[ask.criterion.reads]
    if own.value is not None:
        return _singles([own], _sum)
    published = [
        factor
        for factor in ask.knowledge.grid_factors
        if factor.jurisdiction in ask.lineage
        and ask.region.admin_code.startswith(factor.admin_prefix)
        and factor.published_on <= ask.as_of
    ]
    if not published:
        return _singles([own], _sum)
    best = max(
        published,
        key=lambda one: (
            -ask.lineage.index(one.jurisdiction),
            len(one.admin_prefix),
            one.year,
        ),
    )
    return replace(_singles([best.factor], _sum), published=best)


def _region_value(ask: Ask) -> Recipe:
    """A figure that the form does not ask for is unknown, unless a measure gives it."""
    figure = ask.region.figures.get(ask.criterion.reads)
    return _singles([] if figure is None else [figure], _sum)


# --- data centres, links, people ------------------------------------------------------------------


def _facility_facts(ask: Ask) -> list[Fact]:
    facts = [getattr(hall, ask.criterion.reads) for hall in ask.region.data_centres]
    if ask.criterion.reads == "tier":
        facts = [_tier(hall, ask.knowledge) for hall in ask.region.data_centres]
    return facts


def _tier(hall: DataCentre, knowledge: Knowledge) -> Fact:
    """The tier, or what a grade of the Chinese standard counts for where that is used."""
    counted = knowledge.assumptions.get(f"tier_of_gb50174_{hall.gb50174_grade.lower()}")
    if hall.tier.value is not None or counted is None:
        return hall.tier
    return replace(hall.tier, value=counted.value, low=counted.value, high=counted.value)


def _sum_existing_facilities(ask: Ask) -> Recipe:
    return _singles(_facility_facts(ask), _sum)


def _max_existing_facility(ask: Ask) -> Recipe:
    return _singles(_facility_facts(ask), _largest)


def _free_load_weighted_mean(ask: Ask) -> Recipe:
    halls = ask.region.data_centres
    return _weighted([hall.it_load_mw_free for hall in halls], _facility_facts(ask))


def _link_facts(ask: Ask) -> list[Fact]:
    return [getattr(link, ask.criterion.reads) for link in ask.region.connectivity]


def _min_link(ask: Ask) -> Recipe:
    return _singles(_link_facts(ask), _smallest)


def _sum_links(ask: Ask) -> Recipe:
    return _singles(_link_facts(ask), _sum)


def _max_link(ask: Ask) -> Recipe:
    return _singles(_link_facts(ask), _largest)


def _sum_available_fte(ask: Ask) -> Recipe:
    roles = [role for role in ask.region.workforce if role.counts_towards == ask.criterion.reads]
    return _singles([role.available_fte for role in roles], _sum)


# --- industry and institutions --------------------------------------------------------------------


def _has_both(row: IndustryRow) -> bool:
    return row.employment.value is not None and row.employment_reference.value is not None


def _pooled_location_quotient(ask: Ask) -> Recipe:
    anchors = anchor_rows(ask.region, ask.use, ask.knowledge)
    counted = [row for row in anchors if _has_both(row)]
    left_out = tuple(row.code for row in ask.region.industry if not _has_both(row))
    left_out += half_named(ask.region, ask.use, ask.knowledge)
    if not counted:
        return Recipe((), _sum, left_out=left_out)
    everyone = [row for row in ask.region.industry if _has_both(row)]
    named = {row.code for row in counted}
    is_anchor = np.array([row.code in named for row in everyone])

    def quotient(values: FloatArray) -> FloatArray:
        local, reference = values[..., 0], values[..., 1]
        return location_quotient(
            np.sum(local[..., is_anchor], axis=-1),
            np.sum(local, axis=-1),
            np.sum(reference[..., is_anchor], axis=-1),
            np.sum(reference, axis=-1),
        )

    parts = tuple((row.employment, row.employment_reference) for row in everyone)
    return Recipe(parts, quotient, is_bound=False, left_out=left_out)


def _count_signed_for_use(ask: Ask) -> Recipe:
    if not ask.region.institutions:
        return Recipe((), _sum)
    rows = [row for row in ask.region.institutions if row.use == ask.use.use_id]
    facts = [
        Fact(
            float(row.status == "signed"), "count", grade=row.grade or "D", source=row.source,
            as_of=row.as_of, origins=(row.origin,),
        )
        for row in rows
    ]  # fmt: skip
    if not facts:
        first = ask.region.institutions[0]
        grade = max(row.grade or "D" for row in ask.region.institutions)
        sheet = Origin(first.origin.file, first.origin.sheet)
        facts = [Fact(0.0, "count", grade=grade, source=first.source, origins=(sheet,))]
    return _singles(facts, _sum)


# --- sites ----------------------------------------------------------------------------------------


def _max_site(ask: Ask) -> Recipe:
    return _singles([getattr(site, ask.criterion.reads) for site in ask.region.sites], _largest)


def _min_site(ask: Ask) -> Recipe:
    facts = [fact for site in ask.region.sites for fact in (site.road_km, site.port_km)]
    return _singles(facts, _smallest)


def _max_site_it_load(ask: Ask) -> Recipe:
    """Each site at the smaller of what its connection feeds and what its hall holds."""
    factor = ask.knowledge.assumed("site_power_factor")
    density = ask.knowledge.assumed("hall_kw_per_m2")
    needs = ask.knowledge.requirements[ask.use.use_id]
    role = ask.knowledge.in_role("power_overhead")
    targets = {need.criterion_id: need.target for need in needs}
    pue = targets.get(role.criterion_id) if role else None
    if pue is None:
        return Recipe((), _sum)

    def best_hosted(values: FloatArray) -> FloatArray:
        fed = values[..., 0] * factor / pue
        held = values[..., 1] * density / 1000
        return np.asarray(np.max(np.minimum(fed, held), axis=-1))

    parts = tuple((site.grid_mva, site.hall_m2) for site in ask.region.sites)
    return Recipe(parts, best_hosted)


ROLLUPS: dict[str, Callable[[Ask], Recipe]] = {
    "sum_existing_points": _sum_existing_points,
    "max_existing_point": _max_existing_point,
    "spare_weighted_mean_existing_points": _spare_weighted_mean_existing_points,
    "value_at_largest_point": _value_at_largest_point,
    "region_or_published_grid_factor": _region_or_published_grid_factor,
    "region_value": _region_value,
    "sum_existing_facilities": _sum_existing_facilities,
    "max_existing_facility": _max_existing_facility,
    "free_load_weighted_mean": _free_load_weighted_mean,
    "min_link": _min_link,
    "sum_links": _sum_links,
    "max_link": _max_link,
    "sum_available_fte": _sum_available_fte,
    "pooled_location_quotient": _pooled_location_quotient,
    "count_signed_for_use": _count_signed_for_use,
    "max_site": _max_site,
    "min_site": _min_site,
    "max_site_it_load": _max_site_it_load,
}
"""The closed list; `criteria.csv` names one per list of uses."""
