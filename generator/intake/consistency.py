"""Checks between cells: what no single column can see. They run on records, before any region."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from generator.model import Label
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.intake.books import Book
    from generator.intake.check import Record, Records
    from generator.model import Knowledge

_PRICE_CEILING_CNY = 5.0
_PRICE_FLOOR_CNY = 0.10
_GDP_PER_HEAD_CNY = (1_000.0, 2_000_000.0)
_GRID_FACTOR = (0.05, 1.2)
_CHINA = ((18.0, 54.0), (73.0, 136.0))
"""Latitudes and longitudes of China's territory on land."""
_SAME_PLACE_KM = 1.0
_YEARS_APART = 5
_CNY = "CNY"
_PARTS = {
    "power": (("spare_mw", "capacity_mw"),),
    "data_centres": (("it_load_mw_free", "it_load_mw_total"), ("racks_free", "racks_total")),
    "workforce": (("available_fte", "headcount"),),
    "industry": (("employment", "employment_reference"),),
}
_MAIN = {
    "power": "capacity_mw",
    "data_centres": "it_load_mw_free",
    "workforce": "available_fte",
    "connectivity": "backbone_gbps",
    "industry": "employment",
    "sites": "grid_mva",
}
"""The number of each register that a reader asks the source of."""


def check_consistency(book: Book, knowledge: Knowledge) -> Iterable[Problem]:
    """Everything in a book's rows that contradicts something else in them."""
    regions = {record.text("region"): record for record in book.sheets["region"].records}
    for record in regions.values():
        yield from _region(record, knowledge)
    yield from _plausible_figures(book, regions)
    for key, found in book.sheets.items():
        yield from _ranges(found)
        yield from _parts_and_wholes(key, found)
        yield from _registers(key, found)
    yield from _power(book, regions)
    yield from _places(book, regions)
    yield from _weights(book)
    yield from _years(book, regions)


def _rate(region: Record | None) -> float | None:
    """CNY for one unit of a region's currency; None where no rate is given."""
    if region is None:
        return None
    return 1.0 if region.text("currency") == _CNY else region.number_of("cny_per_unit")


def _region(record: Record, knowledge: Knowledge) -> Iterable[Problem]:
    currency = record.text("currency")
    has_rate = record.number_of("cny_per_unit") is not None or record.is_refused("cny_per_unit")
    if currency and currency != _CNY and not has_rate:
        yield problem("IN-301", record.at("cny_per_unit"), "warning", currency=currency)
    usual = knowledge.jurisdictions.get(record.text("jurisdiction"))
    if usual and currency and usual.currency != currency:
        yield problem(
            "IN-302", record.at("region"), "warning", found=currency, expected=usual.currency
        )
    begin, end = record.values.get("plan_from"), record.values.get("plan_until")
    if begin and end and str(begin) > str(end):
        yield problem("IN-307", record.at("plan_until"))
    factor = record.number_of("grid_factor")
    if factor is not None and not _GRID_FACTOR[0] <= factor <= _GRID_FACTOR[1]:
        yield problem("IN-308", record.at("grid_factor"), "warning", found=f"{factor:g}")


def _plausible_figures(book: Book, regions: dict[str, Record]) -> Iterable[Problem]:
    """GDP per head, from the Region sheet or the Measures rows that replace its figures."""
    figures = {
        (code, key): (record.number_of(key), record.at(key))
        for code, record in regions.items()
        for key in ("population", "gdp")
    }
    measures = book.sheets.get("measures")
    for record in measures.records if measures else ():
        place = record.text("region"), record.text("criterion")
        if place in figures:
            figures[place] = record.number_of("value"), record.at("value")
    for code, record in regions.items():
        (population, _), (gdp, cell) = figures[code, "population"], figures[code, "gdp"]
        rate = _rate(record)
        if population and gdp is not None and rate is not None:
            per_head = gdp * 1e9 * rate / population
            if not _GDP_PER_HEAD_CNY[0] <= per_head <= _GDP_PER_HEAD_CNY[1]:
                yield problem("IN-306", cell, "warning", per_head=f"{per_head:,.0f}")


def _ranges(found: Records) -> Iterable[Problem]:
    """Low and high ends that do not hold their value, or have none."""
    columns = [column.key for column in found.sheet.columns if column.uncertain]
    if not any(
        f"{key}_{end}" in located.places
        for located in found.tables
        for key in columns
        for end in ("low", "high")
    ):
        return
    for record in found.records:
        for key in columns:
            low, high = record.number_of(f"{key}_low"), record.number_of(f"{key}_high")
            if low is None and high is None:
                continue
            value = record.number_of(key)
            if value is None:
                if not record.is_refused(key):
                    yield problem("IN-219", record.at(key))
            elif not (low is None or low <= value) or not (high is None or value <= high):
                ends = ("" if end is None else f"{end:g}" for end in (low, high))
                yield problem(
                    "IN-218", record.at(key), value=f"{value:g}", low=next(ends), high=next(ends)
                )


def _parts_and_wholes(key: str, found: Records) -> Iterable[Problem]:
    columns = {column.key: column for column in found.sheet.columns}
    for record in found.records:
        for part, whole in _PARTS.get(key, ()):
            less, more = record.number_of(part), record.number_of(whole)
            if less is not None and more is not None and less > more:
                yield problem(
                    "IN-303", record.at(part), part=f"{less:g}", whole=f"{more:g}",
                    unit_en=columns[part].unit, unit_zh=columns[part].unit_text("zh-CN"),
                    cell=record.at(whole).cell,
                )  # fmt: skip


def _registers(key: str, found: Records) -> Iterable[Problem]:
    """Per region: numbers without a source, and a last row that equals the sum of all others."""
    main = _MAIN.get(key)
    if main is None:
        return
    by_region: dict[str, list[Record]] = defaultdict(list)
    for record in found.records:
        if record.values.get(main) is not None:
            by_region[record.text("region")].append(record)
    for records in by_region.values():
        untraced = [record for record in records if not record.values.get("source")]
        if untraced:
            yield problem("IN-312", untraced[0].at(main), "warning", count=len(untraced))
        amounts = [amount for record in records if (amount := record.number_of(main))]
        last = records[-1].number_of(main)
        if last and len(amounts) >= 4 and math.isclose(2 * last, math.fsum(amounts), rel_tol=1e-9):
            yield problem("IN-313", records[-1].at(main), "warning", found=f"{last:g}")


def _power(book: Book, regions: dict[str, Record]) -> Iterable[Problem]:
    found = book.sheets.get("power")
    for record in found.records if found else ():
        rate = _rate(regions.get(record.text("region")))
        is_plant = record.text("kind") not in {"", "connection point"}
        if is_plant and record.number_of("spare_mw") is not None:
            yield problem("IN-314", record.at("spare_mw"), "warning")
        if rate is None:
            continue
        for key in ("price", "peak_valley_spread"):
            price = record.number_of(key)
            if price is not None and price * rate > _PRICE_CEILING_CNY:
                yield problem(
                    "IN-304", record.at(key), found=f"{price:g}", hundredth=f"{price / 100:g}"
                )
        price = record.number_of("price")
        if price is not None and price * rate < _PRICE_FLOOR_CNY:
            yield problem("IN-305", record.at("price"), "warning", found=f"{price:g}")


def _places(book: Book, regions: dict[str, Record]) -> Iterable[Problem]:
    """Coordinates turned round or abroad, and two rows at one place with one size."""
    for key, size in (("power", "capacity_mw"), ("sites", "grid_mva")):
        found = book.sheets.get(key)
        alike: dict[tuple[str, float], list[Record]] = defaultdict(list)
        if found is None or not any("latitude" in located.places for located in found.tables):
            continue
        for record in found.records:
            latitude, longitude = record.number_of("latitude"), record.number_of("longitude")
            if latitude is None or longitude is None:
                continue
            region = regions.get(record.text("region"))
            if region and region.text("jurisdiction") == "CN":
                yield from _abroad(record, latitude, longitude)
            amount = record.number_of(size)
            if amount is not None:
                alike[record.text("region"), amount].append(record)
        for records in alike.values():
            yield from _twins(records)


def _abroad(record: Record, latitude: float, longitude: float) -> Iterable[Problem]:
    (south, north), (west, east) = _CHINA
    if south <= latitude <= north and west <= longitude <= east:
        return
    is_turned = south <= longitude <= north and west <= latitude <= east
    code, severity = ("IN-315", "error") if is_turned else ("IN-316", "warning")
    yield problem(
        code, record.at("latitude"), "error" if severity == "error" else "warning",
        found=f"{latitude:g}, {longitude:g}",
    )  # fmt: skip


def _twins(records: list[Record]) -> Iterable[Problem]:
    """Pairs of one size within a kilometre: the same thing under two names, perhaps."""
    for position, record in enumerate(records):
        for other in records[:position]:
            if _distance_km(record, other) < _SAME_PLACE_KM:
                yield problem("IN-317", record.at("name"), "warning", first=str(other.at("name")))
                break


def _distance_km(one: Record, other: Record) -> float:
    north = (one.number_of("latitude") or 0.0) - (other.number_of("latitude") or 0.0)
    east = (one.number_of("longitude") or 0.0) - (other.number_of("longitude") or 0.0)
    scale = math.cos(math.radians(one.number_of("latitude") or 0.0))
    return 111.2 * math.hypot(north, east * scale)


def _weights(book: Book) -> Iterable[Problem]:
    found = book.sheets.get("weights")
    sums: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in found.records if found else ():
        label = record.values.get("stakeholder")
        name = label.text("en") if isinstance(label, Label) else ""
        sums[record.text("region"), name].append(record)
    for (_, name), records in sums.items():
        total = math.fsum(record.number_of("weight") or 0.0 for record in records)
        if any(record.is_refused("weight") for record in records):
            continue
        if abs(total - 100) > 1e-6:
            yield problem("IN-311", records[0].at("weight"), found=name, total=f"{total:g}")


def _years(book: Book, regions: dict[str, Record]) -> Iterable[Problem]:
    """Data of very different years in one region."""
    years: dict[str, set[int]] = defaultdict(set)
    for found in book.sheets.values():
        for record in found.records:
            as_of = record.text("as_of")
            if as_of[:4].isdigit():
                years[record.text("region")].add(int(as_of[:4]))
    for code, seen in years.items():
        if code in regions and max(seen) - min(seen) >= _YEARS_APART:
            yield problem(
                "IN-318", regions[code].at("region"), "warning", first=min(seen), last=max(seen)
            )
