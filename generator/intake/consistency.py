"""Checks between cells: what no single column can see. They run on records, before any region."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.columns.words import led
from generator.intake.questions import Questions
from generator.intake.sums import earlier_twins, heads, repeated
from generator.intake.totals import Labels
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.intake.books import Book
    from generator.intake.records import Record, Records
    from generator.model import Jurisdiction, Knowledge

_ADDED = {
    "power": ("capacity_mw", "spare_mw"),
    "data_centres": ("it_load_mw_free", "it_load_mw_total", "racks_free", "racks_total"),
    "workforce": ("available_fte", "headcount"),
    "connectivity": ("backbone_gbps",),
    "industry": ("employment", "employment_reference"),
    "sites": ("grid_mva", "former_load_mw", "hall_m2"),
}
"""The numbers of each register that add up over its rows; a reader asks the source of the first."""


_LASTING = frozenset({"basis_documents"})
"""Sheets whose dates are no dates of data: a plan of ten years ago may still hold."""


class Consistency:
    """Everything in a book's rows that contradicts something else in them, found part by part.

    Args:
        book: The input.
        knowledge: The checks, the catalogue and the places.
    """

    def __init__(self, book: Book, knowledge: Knowledge) -> None:
        self._book, self._knowledge = book, knowledge
        self._questions = Questions(book, knowledge)
        self._contradictions: list[Problem] = []

    def look(self, part: Book) -> None:
        """Look at the regions of a part."""
        self._questions.look(part)
        self._contradictions.extend(_contradictions(part, self._knowledge))

    def problems(self) -> list[Problem]:
        """What was found in all parts.

        A refusal of a single cell that a question about its whole column answers leaves the book.
        """
        asked, answered = self._questions.asked()
        if answered:
            self._book.problems = [
                one
                for one in self._book.problems
                if one.code != Code.OUT_OF_BOUNDS or one.origin not in answered
            ]
        # A part beyond its whole lies outside its own range as well: that is one mistake.
        beyond = {one.origin for one in asked if one.code == Code.PART_EXCEEDS_WHOLE}
        contradictions = (
            one
            for one in self._contradictions
            if one.code != Code.RANGE_WITHOUT_VALUE or one.origin not in beyond
        )
        return [*asked, *contradictions]


def _contradictions(book: Book, knowledge: Knowledge) -> Iterable[Problem]:
    regions = {record.text("region"): record for record in book.sheets["region"].records}
    labels = Labels(knowledge.label_words)
    for record in regions.values():
        yield from _region(record, knowledge)
    for key, found in book.sheets.items():
        yield from _ranges(found)
        yield from _registers(key, found)
        yield from _planned(found, labels)
    yield from _spare_at_plants(book)
    yield from _places(book, regions, knowledge)
    yield from _weights(book)
    yield from _years(book, regions, knowledge.assumed("data_years_apart"))
    yield from _uses_elsewhere(book, regions, knowledge)


def _region(record: Record, knowledge: Knowledge) -> Iterable[Problem]:
    currency = record.text("currency")
    has_rate = record.number_of("cny_per_unit") is not None or record.is_refused("cny_per_unit")
    if currency and currency != knowledge.base_currency and not has_rate:
        yield _no_rate(record, currency, knowledge)
    usual = knowledge.jurisdictions.get(record.text("jurisdiction"))
    if usual and currency and usual.currency != currency:
        yield problem(
            Code.CURRENCY_UNUSUAL,
            record.at("region"),
            "warning",
            found=currency,
            expected=usual.currency,
        )
    begin, end = record.values.get("plan_from"), record.values.get("plan_until")
    if begin and end and str(begin) > str(end):
        yield problem(Code.PLAN_ENDS_FIRST, record.at("plan_until"))


def _no_rate(record: Record, currency: str, knowledge: Knowledge) -> Problem:
    """No rate stands in the workbook: a dated one is used instead, or there is none."""
    entry = knowledge.currencies.get(currency)
    is_known = entry is not None and entry.cny_per_unit is not None
    cause = {"cause": "table"} if is_known else {}
    return problem(Code.NO_RATE, record.at("cny_per_unit"), "warning", currency=currency, **cause)


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
                    yield problem(Code.ENDS_WITHOUT_VALUE, record.at(key))
            elif not (low is None or low <= value) or not (high is None or value <= high):
                ends = ("" if end is None else f"{end:g}" for end in (low, high))
                yield problem(
                    Code.RANGE_WITHOUT_VALUE,
                    record.at(key),
                    value=f"{value:g}",
                    low=next(ends),
                    high=next(ends),
                )


def _registers(key: str, found: Records) -> Iterable[Problem]:
    """Per region: numbers without a source, and rows that are the sum or mean of others."""
    columns = _ADDED.get(key)
    if columns is None:
        return
    main = columns[0]
    by_region: dict[str, list[Record]] = defaultdict(list)
    for record in found.records:
        if record.values.get(main) is not None and not record.is_refused("region"):
            by_region[record.text("region")].append(record)
    for records in by_region.values():
        untraced = [record for record in records if not record.values.get("source")]
        if untraced:
            yield problem(Code.NO_SOURCE, untraced[0].at(main), "warning", count=len(untraced))
        rows = [tuple([record.number_of(column) for column in columns]) for record in records]
        named = {one.row: one for one in heads([record.words("name") for record in records],
                                               [row[0] or 0.0 for row in rows])}  # fmt: skip
        for row, head in named.items():
            parts = [records[part].number for part in head.parts]
            yield problem(
                Code.PLANT_AND_ITS_PARTS if head.is_sum else Code.PLANT_BESIDE_ITS_PARTS, records[row].at(main),
                "error" if head.is_sum else "warning", found=f"{rows[row][0]:g}",
                name=next(iter(records[row].words("name")), ""), first=min(parts), last=max(parts),
                total=f"{head.total:.12g}",
            )  # fmt: skip
        for one in repeated(rows):
            if one.row in named:
                continue
            parts = [records[part].number for part in one.parts]
            first, last = min(parts), max(parts)
            yield problem(
                Code.SUM_OF_ROWS if one.kind == "sum" else Code.MEAN_OF_ROWS, records[one.row].at(main), "warning",
                found=f"{rows[one.row][0]:g}", first=first, last=last,
            )  # fmt: skip


def _planned(found: Records, labels: Labels) -> Iterable[Problem]:
    """What counts as existing while its name or note says that it does not stand yet."""
    if not any(column.key == "status" for column in found.sheet.columns):
        return
    for record in found.records:
        if record.values.get("status") != "existing":
            continue
        for text in (*record.words("name"), record.text("note")):
            word = labels.planned(text) if text else ""
            if word:
                yield problem(
                    Code.PERHAPS_PLANNED, record.at("status"), "warning", found=text[:60], word=word
                )
                break


def _spare_at_plants(book: Book) -> Iterable[Problem]:
    found = book.sheets.get("power")
    for record in found.records if found else ():
        is_plant = record.text("kind") not in {"", "connection point"}
        if is_plant and record.number_of("spare_mw") is not None:
            yield problem(Code.SPARE_AT_PLANT, record.at("spare_mw"), "warning")


def _places(book: Book, regions: Mapping[str, Record], knowledge: Knowledge) -> Iterable[Problem]:
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
            place = _jurisdiction(record, regions, knowledge)
            if place is not None:
                yield from _abroad(record, latitude, longitude, place)
            amount = record.number_of(size)
            if amount is not None:
                alike[record.text("region"), amount].append(record)
        for records in alike.values():
            yield from _twins(records)


def _jurisdiction(
    record: Record, regions: Mapping[str, Record], knowledge: Knowledge
) -> Jurisdiction | None:
    """Where the region of a row lies."""
    region = regions.get(record.text("region"))
    return knowledge.jurisdictions.get(region.text("jurisdiction")) if region else None


def _abroad(
    record: Record, latitude: float, longitude: float, place: Jurisdiction
) -> Iterable[Problem]:
    """Coordinates beyond the bounds of the place, where these are known."""
    if place.bounds is None:
        return
    (south, north), (west, east) = place.bounds
    if south <= latitude <= north and west <= longitude <= east:
        return
    found = f"{latitude:g}, {longitude:g}"
    if south <= longitude <= north and west <= latitude <= east:
        yield problem(Code.COORDINATES_TURNED, record.at("latitude"), "error", found=found)
        return
    yield problem(
        Code.COORDINATES_OUTSIDE, record.at("latitude"), "warning", found=found,
        **place.name.arguments("place"),
    )  # fmt: skip


def _twins(records: list[Record]) -> Iterable[Problem]:
    """Rows of one size within a kilometre: the same thing under two names, perhaps."""
    spots = [
        (record.number_of("latitude") or 0.0, record.number_of("longitude") or 0.0)
        for record in records
    ]
    for later, first in earlier_twins(spots).items():
        yield problem(
            Code.PERHAPS_TWINS,
            records[later].at("name"),
            "warning",
            first=str(records[first].at("name")),
        )


def _weights(book: Book) -> Iterable[Problem]:
    found = book.sheets.get("weights")
    sums: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in found.records if found else ():
        sums[record.text("region"), record.label("stakeholder").text("en")].append(record)
    for records in sums.values():
        total = math.fsum(record.number_of("weight") or 0.0 for record in records)
        if any(record.is_refused("weight") for record in records):
            continue
        if abs(total - 100) > 1e-6:
            yield problem(
                Code.WEIGHTS_NOT_100,
                records[0].at("weight"),
                total=f"{total:g}",
                **records[0].label("stakeholder").arguments("found"),
            )


def _years(book: Book, regions: Mapping[str, Record], apart: float) -> Iterable[Problem]:
    """Data of very different years in one region; a row whose note says why counts for none."""
    dates = {
        (record.text("region"), as_of)
        for key, found in book.sheets.items()
        if key not in _LASTING
        for record in found.records
        if (as_of := record.text("as_of")) and not record.text("note")
    }
    years: dict[str, set[int]] = defaultdict(set)
    for code, as_of in sorted(dates):
        if as_of[:4].isdigit():
            years[code].add(int(as_of[:4]))
    for code, seen in years.items():
        if code in regions and max(seen) - min(seen) >= apart:
            yield problem(
                Code.YEARS_APART,
                regions[code].at("region"),
                "warning",
                first=min(seen),
                last=max(seen),
            )


def _uses_elsewhere(
    book: Book, regions: Mapping[str, Record], knowledge: Knowledge
) -> Iterable[Problem]:
    """Uses that rows name and that the region's legal order does not know, once a use and region."""
    told: set[tuple[str, str]] = set()
    known = {use.use_id: use for use in knowledge.uses}
    for found in book.sheets.values():
        for record in found.records:
            use = known.get(record.text("use"))
            place = _jurisdiction(record, regions, knowledge)
            key = record.text("region"), record.text("use")
            if use is None or place is None or key in told:
                continue
            if not use.is_known_in(knowledge.lineage(place.code)):
                told.add(key)
                yield problem(
                    Code.USE_NOT_OFFERED, record.at("use"), "warning",
                    region=record.text("region"),
                    **led(use.use_id, use.name).arguments("use"),
                )  # fmt: skip
