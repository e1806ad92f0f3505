"""The regions of an input as its checks see them: figures, levels, rows by sheet."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.intake.columns import REGION_FIGURES
from generator.intake.plausibility import LEVEL, Clause, Ready

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.intake.books import Book
    from generator.intake.records import Record
    from generator.model import Knowledge
    from generator.problems import Origin

_CODE = re.compile(r"\d{6}")
_BY_DIGITS = "GB/T 2260"
"""The system of codes whose last digits say the level: 00 a city, 0000 a province."""


class CheckedRegion(Struct):
    """A region as the checks see it: its currency and level, its figures, its rows by sheet."""

    record: Record
    level: str
    figures: dict[str, tuple[float | None, Origin]]
    rows: dict[str, list[Record]]
    sums: dict[tuple[str, str, tuple[Clause, ...]], float | None] = field(default_factory=dict)

    def matches(self, record: Record, clauses: Iterable[Clause]) -> bool:
        """Whether a row meets every condition."""
        return all(self._shown(record, one.column) in one.values for one in clauses)

    def _shown(self, record: Record, column: str) -> str:
        if column == LEVEL:
            return self.level
        value = record.values.get(column)
        return f"{value:g}" if isinstance(value, float) else str(value or "")

    def total(self, ready: Ready) -> float | None:
        """The sum of a column over the region's rows; None while any of them is unknown."""
        key = ready.of_sheet, ready.of, ready.of_when
        if key not in self.sums:
            numbers = [
                record.number_of(ready.of)
                for record in self.rows.get(ready.of_sheet, ())
                if self.matches(record, ready.of_when)
            ]
            known = [number for number in numbers if number is not None]
            is_whole = bool(known) and len(known) == len(numbers)
            self.sums[key] = math.fsum(known) if is_whole else None
        return self.sums[key]


def checked_regions(book: Book, knowledge: Knowledge) -> dict[str, CheckedRegion]:
    """Every region by its code."""
    keys = [column.key for column in REGION_FIGURES] + ["cny_per_unit"]
    places: dict[str, CheckedRegion] = {}
    for record in book.sheets["region"].records:
        figures = {
            key: (record.number_of(key), record.at(key))
            for key in keys
            if record.values.get(key) is not None
        }
        place = CheckedRegion(record, _level(record, knowledge), figures, {"region": [record]})
        places.setdefault(record.text("region"), place)
    for sheet, found in book.sheets.items():
        if sheet == "region":
            continue
        for record in found.records:
            own = places.get(record.text("region"))
            if own is not None:
                own.rows.setdefault(sheet, []).append(record)
    for place in places.values():
        for measure in place.rows.get("measures", ()):
            # A single value with its own source replaces that of the Region sheet.
            if measure.text("criterion") in keys:
                number = measure.number_of("value")
                place.figures[measure.text("criterion")] = number, measure.at("value")
    return places


def _level(record: Record, knowledge: Knowledge) -> str:
    """County, city or province, where the administrative code says so; empty where it does not."""
    order = knowledge.jurisdictions.get(record.text("jurisdiction"))
    code = record.text("admin_code")
    if order is None or order.admin_code_system != _BY_DIGITS or not _CODE.fullmatch(code):
        return ""
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"
