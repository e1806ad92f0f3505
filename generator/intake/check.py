"""Tables to checked records: every cell read by its column, every problem with its cell."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.codes import Code
from generator.intake.asides import RowUnits, unit_problems
from generator.intake.cell import Reading, raw
from generator.intake.cells import read_cell
from generator.intake.columns import Column, Kind, Sheet
from generator.intake.footnotes import FOOTNOTE
from generator.intake.headers import locate
from generator.intake.headunits import in_headers_unit
from generator.intake.parts import MANY, put_away
from generator.intake.records import IN_CELL, Record, Records, Vocabulary
from generator.intake.refusals import lacking, refused
from generator.intake.rows import Cells, Located, Table, address, data_rows
from generator.intake.surroundings import Interludes, remarks, stray
from generator.model import Label
from generator.problems import problem
from generator.shipped import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.intake.headunits import HeadUnit

_LONGEST_DASH = 1
"""Longer text is no dash that stands for an unknown."""
_NO_LABELS: dict[str, str] = {}


class _Slot(Struct):
    """One column of one table while its cells are read; what was read cleanly is remembered."""

    column: Column
    labels: Mapping[str, str]
    is_quick: bool
    """A number column whose plain numbers need only their bounds."""
    is_text: bool
    """A text column, whose plain texts stay as they are."""
    is_verbatim: bool
    """A column whose every text stays as it is."""
    low: float
    high: float
    unit: HeadUnit | None = None
    """What the header says of the numbers, where that is not the column's own unit."""
    known: dict[tuple[type, object], object] = field(default_factory=dict)


def read_records(table: Table, sheet: Sheet, choices: Vocabulary) -> Records:
    """The records of a table under its sheet, with all problems at once.

    Args:
        table: The addressed rows; they are taken once.
        sheet: What the columns are.
        choices: Choice list to folded label to value.
    """
    located = locate(table, sheet)
    found = Records(sheet, problems=located.problems, language=located.language, tables=[located])
    if located.is_empty:
        found.problems.clear()
        return found
    if located.is_unusable:
        return found
    units = _read_rows(located, found, choices)
    if table.hidden or table.is_hidden:
        code = Code.HIDDEN_ROWS if table.hidden else Code.HIDDEN_SHEET
        found.problems.append(problem(code, table.origin, "warning", count=len(table.hidden)))
    if not sheet.is_knowledge:
        found.problems.extend(list(unit_problems(located, units)))
        found.problems.extend(remarks(located))
    return found


def _read_rows(located: Located, found: Records, choices: Vocabulary) -> RowUnits:
    """Add the records of a table; what the columns of units beside it say."""
    sheet = found.sheet
    slots = {
        index: _slot(column, choices, located.units.get(index))
        for index, column in located.columns.items()
    }
    reader = _RowReader(located, slots, found, choices)
    interludes = Interludes(located, located.heads)
    for number, cells in data_rows(located, _key_columns(sheet), is_knowledge=sheet.is_knowledge):
        if not sheet.is_knowledge and interludes.named(number, cells):
            if interludes.is_over:
                break
            continue
        before = len(found.problems)
        record = reader.record(number, cells)
        if len(found.problems) > before + 1 and not sheet.is_knowledge:
            noticed = found.problems[before:]
            other = stray(located, number, cells, noticed, is_first=not found.has_records)
            if other is not None:
                found.problems[before:] = [other]
                continue
        found.records.append(record)
        if len(found.records) == MANY and not sheet.is_knowledge:
            put_away(found)
    if found.waiting:
        put_away(found)
    return reader.units


def _slot(column: Column, choices: Vocabulary, unit: HeadUnit | None) -> _Slot:
    return _Slot(
        column,
        choices.get(column.choices, _NO_LABELS),
        is_quick=column.kind is Kind.NUMBER and not column.typed_by and unit is None,
        is_text=column.kind is Kind.TEXT,
        is_verbatim=column.kind is Kind.VERBATIM,
        low=-math.inf if column.low is None else column.low,
        high=math.inf if column.high is None else column.high,
        unit=unit,
    )


def _key_columns(sheet: Sheet) -> set[str]:
    """Columns in which one merged cell may stand for several rows."""
    return {column.key for column in sheet.columns if column.refers_to == "region"}


_MISS = object()
_MOST_KNOWN = 20_000


class _RowReader:
    """Reads the rows of one table; everything it notices goes to its records."""

    def __init__(
        self, located: Located, slots: dict[int, _Slot], found: Records, choices: Vocabulary
    ) -> None:
        self._located, self._slots, self._found = located, slots, found
        self._choices, self.units = choices, RowUnits(located)
        self._has_units = bool(self.units)
        self._by_unit: dict[tuple[str, ...], dict[int, _Slot]] = {}
        self._required = [
            (index, slot.column) for index, slot in slots.items() if slot.column.required
        ]
        self._labels = [
            (
                column,
                [(language, f"{column.key}_{suffix}") for language, suffix in LANGUAGES.items()],
            )
            for column in found.sheet.bilingual
        ]

    def record(self, number: int, cells: Cells) -> Record:
        """One row."""
        values: dict[str, object] = {}
        record = Record(self._located, number, values)
        slots = self._slots_of(number) if self._has_units else self._slots
        for index, cell in cells.items():
            slot = slots[index]
            kind = cell.__class__
            if slot.is_quick and kind is float and slot.low <= cell <= slot.high:  # type: ignore[operator]  # its class is float
                values[slot.column.key] = cell + 0.0  # type: ignore[operator]  # as above; -0 is 0
                continue
            if (slot.is_verbatim and kind is str and cell) or (
                slot.is_text and _is_plain_text(cell)
            ):
                values[slot.column.key] = cell
                continue
            hit = slot.known.get((kind, cell), _MISS)
            if hit is not _MISS:
                values[slot.column.key] = hit
            else:
                self._read(record, index, slot, cell)
        for index, column in self._required:
            if index not in cells:
                origin = self._located.at(number, column.key)
                labels = self._slots[index].labels
                self._found.problems.append(lacking(origin, column, labels))
                record.refuse(column.key)
        for column, parts in self._labels:
            _fold_label(column, parts, record, self._found)
        if self._labels:
            # With what was folded gone, as small as it can be: a nation has hundreds of thousands.
            record.values = {key: value for key, value in values.items()}  # noqa: C416 - a copy keeps the room
        return record

    def _slots_of(self, number: int) -> dict[int, _Slot]:
        """The columns under the units that stand beside a row."""
        written = self.units.of(number)
        if written not in self._by_unit:
            meant = self.units.head_units(written) or {}
            self._by_unit[written] = {
                index: _slot(slot.column, self._choices, meant[index])
                if index in meant and meant[index].scale != 1
                else slot
                for index, slot in self._slots.items()
            }
        return self._by_unit[written]

    def _read(self, record: Record, index: int, slot: _Slot, cell: object) -> None:
        """Read one cell in full."""
        column = slot.column
        table = self._located.table
        place = raw(address(table.file, table.sheet, record.number, index), cell)
        if slot.unit is not None:
            place = in_headers_unit(place, slot.unit, column)
        if column.typed_by:
            record.left = {**(record.left or {}), column.key: place}
            return
        reading = read_cell(place, column, slot.labels)
        is_plain = table.is_text and reading.conversion is not None
        if is_plain and reading.conversion is not None:
            is_plain = reading.conversion.rule == "number_as_text"
        if is_plain:
            reading = Reading(reading.value)
        take(record, column.key, reading, self._found)
        scale = IN_CELL if reading.is_scaled else slot.unit and slot.unit.scale
        if scale is not None and reading.conversion is not None:
            record.scaled = {**(record.scaled or {}), column.key: scale}
        is_clean = reading.problem is None and reading.conversion is None
        if is_clean and len(slot.known) < _MOST_KNOWN and cell.__hash__ is not None:
            slot.known[cell.__class__, cell] = reading.value


def _is_plain_text(cell: object) -> bool:
    """Whether a cell is text that stays as it is and is too long for a dash."""
    return (
        cell.__class__ is str
        and len(cell) > _LONGEST_DASH
        and cell.isprintable()
        and cell[0] != " " != cell[-1]
        and (cell[-1].isascii() or not FOOTNOTE.match(cell[-1]))
    )


def take(record: Record, key: str, reading: Reading, found: Records) -> None:
    """Keep what a cell came to: its value, its conversion, its problem."""
    record.values[key] = reading.value
    if reading.conversion:
        found.conversions.append(reading.conversion)
    if reading.currencies:
        said = reading.conversion.found if reading.conversion else ""
        record.currencies = {**(record.currencies or {}), key: (said, reading.currencies)}
    if reading.unit:
        record.units = {**(record.units or {}), key: reading.unit}
    if reading.problem:
        found.problems.append(reading.problem)
        if reading.problem.severity == "error" or reading.value is None:
            record.refuse(key)


@lru_cache(maxsize=20_000)
def _label(texts: tuple[tuple[str, str], ...]) -> Label:
    """One label for every row that says the same, such as a source."""
    return Label(texts)


def _fold_label(
    column: Column, parts: Sequence[tuple[str, str]], record: Record, found: Records
) -> None:
    """One label from the columns of every language; the knowledge needs English at least."""
    values = record.values
    texts = tuple([(language, text) for language, key in parts if (text := values.pop(key, None))])
    values[column.key] = _label(texts)
    is_short = column.required and not texts
    if found.sheet.is_knowledge and 0 < len(texts) < len(LANGUAGES):
        here = dict(texts)
        is_short = ENGLISH not in here
        found.lacking.update(language for language, _ in parts if language not in here)
    if is_short:
        if record.is_refused(*(key for _, key in parts)):
            return
        lacking = next(key for language, key in parts if language not in dict(texts))
        is_there = lacking in record.located.places
        origin = record.at(lacking if is_there else column.key)
        code = Code.BLANK_IN_ENGLISH if found.sheet.is_knowledge else Code.BLANK_IN_BOTH
        found.problems.append(refused(code, origin, column))
        record.refuse(column.key)
