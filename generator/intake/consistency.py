"""Checks between the cells of one region: what no single column can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Fact, Knowledge, Region

_PRICE_CEILING_CNY = 5.0
_PRICE_FLOOR_CNY = 0.10
_GDP_PER_HEAD_CNY = (1_000.0, 2_000_000.0)
_GRID_FACTOR = (0.05, 1.2)
_CNY = "CNY"


def cross_checks(region: Region, knowledge: Knowledge) -> Iterable[Problem]:
    """Everything in a region's rows that contradicts something else in them."""
    yield from _currency(region, knowledge)
    yield from _parts_and_wholes(region)
    yield from _prices(region)
    yield from _plausible_figures(region)
    yield from _weights(region)
    yield from _grades(region)
    if region.plan_from and region.plan_until and region.plan_from > region.plan_until:
        yield problem("IN-307", region.origin)


def _currency(region: Region, knowledge: Knowledge) -> Iterable[Problem]:
    if region.currency != _CNY and region.cny_per_unit.value is None:
        yield problem("IN-301", region.cny_per_unit.origins[0], "warning", currency=region.currency)
    usual = knowledge.jurisdictions.get(region.jurisdiction)
    if usual and usual.currency != region.currency:
        yield problem(
            "IN-302", region.origin, "warning", found=region.currency, expected=usual.currency
        )


def _exceeds(part: Fact, whole: Fact) -> bool:
    return part.value is not None and whole.value is not None and part.value > whole.value


def _parts_and_wholes(region: Region) -> Iterable[Problem]:
    pairs = [
        *((point.spare_mw, point.capacity_mw) for point in region.power),
        *((hall.it_load_mw_free, hall.it_load_mw_total) for hall in region.data_centres),
        *((hall.racks_free, hall.racks_total) for hall in region.data_centres),
        *((role.available_fte, role.headcount) for role in region.workforce),
        *((row.employment, row.employment_reference) for row in region.industry),
    ]
    for part, whole in pairs:
        if _exceeds(part, whole):
            yield problem(
                "IN-303", part.origins[0], part=f"{part.value:g}", whole=f"{whole.value:g}",
                unit=part.unit, cell=whole.origins[0].cell,
            )  # fmt: skip


def _prices(region: Region) -> Iterable[Problem]:
    rate = 1.0 if region.currency == _CNY else region.cny_per_unit.value
    if rate is None:
        return
    for point in region.power:
        for price in (point.price, point.peak_valley_spread):
            if price.value is not None and price.value * rate > _PRICE_CEILING_CNY:
                yield problem(
                    "IN-304", price.origins[0], found=f"{price.value:g}",
                    hundredth=f"{price.value / 100:g}",
                )  # fmt: skip
        if point.price.value is not None and point.price.value * rate < _PRICE_FLOOR_CNY:
            yield problem(
                "IN-305", point.price.origins[0], "warning", found=f"{point.price.value:g}"
            )


def _plausible_figures(region: Region) -> Iterable[Problem]:
    population, gdp = region.figures["population"], region.figures["gdp"]
    rate = 1.0 if region.currency == _CNY else region.cny_per_unit.value
    if population.value and gdp.value is not None and rate is not None:
        per_head = gdp.value * 1e9 * rate / population.value
        if not _GDP_PER_HEAD_CNY[0] <= per_head <= _GDP_PER_HEAD_CNY[1]:
            yield problem("IN-306", gdp.origins[0], "warning", per_head=f"{per_head:,.0f}")
    factor = region.figures["grid_factor"]
    if factor.value is not None and not _GRID_FACTOR[0] <= factor.value <= _GRID_FACTOR[1]:
        yield problem("IN-308", factor.origins[0], "warning", found=f"{factor.value:g}")


def _weights(region: Region) -> Iterable[Problem]:
    sums: dict[str, float] = {}
    cells: dict[str, Origin] = {}
    for row in region.weights:
        name = row.stakeholder.text("en")
        sums[name] = sums.get(name, 0.0) + (row.weight.value or 0.0)
        cells.setdefault(name, row.weight.origins[0])
    for name, total in sums.items():
        if abs(total - 100) > 1e-6:
            yield problem("IN-311", cells[name], found=name, total=f"{total:g}")


def _grades(region: Region) -> Iterable[Problem]:
    """Facts on one row without a source cannot be traced; said once per register."""
    registers = {
        "power": [row.capacity_mw for row in region.power],
        "data_centres": [row.it_load_mw_free for row in region.data_centres],
        "workforce": [row.available_fte for row in region.workforce],
        "connectivity": [row.backbone_gbps for row in region.connectivity],
        "industry": [row.employment for row in region.industry],
        "sites": [row.grid_mva for row in region.sites],
    }
    for facts in registers.values():
        untraced = [fact for fact in facts if fact.value is not None and not fact.source]
        if untraced:
            yield problem("IN-312", untraced[0].origins[0], "warning", count=len(untraced))
