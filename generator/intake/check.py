"""Tables to checked records: every cell read by its column, every problem with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from generator.intake.cells import clean, folded, listed, nearest, read_cell
from generator.intake.columns import Column, Kind, Sheet
from generator.intake.rows import Row, Table, data_rows, locate
from generator.model import LANGUAGES, Conversion, Label
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TOTALS = frozenset({"total", "totals", "subtotal", "sum", "合计", "小计", "总计", "共计"})


@dataclass(frozen=True, slots=True)
class Record:
    """One row's values by column key (labels folded together) and the cell of each."""

    origin: Origin
    values: Mapping[str, object]
    cells: Mapping[str, Origin]

    def text(self, key: str) -> str:
        """A text value, empty when blank."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class Records:
    """The records of one sheet and everything noticed while reading it."""

    sheet: Sheet
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    language: str = "en"


Vocabulary = dict[str, dict[str, str]]
"""List name to folded word to value."""


def read_records(table: Table, sheet: Sheet, choices: Vocabulary) -> Records:
    """The records of a table under its sheet, with all problems at once.

    Args:
        table: The addressed rows.
        sheet: What the columns are.
        choices: Choice list to folded label to value.
    """
    located = locate(table, sheet)
    found = Records(sheet, problems=located.problems, language=located.language)
    if any(known.severity == "error" for known in located.problems):
        return found
    columns = {column.key: column for column in located.columns.values()}
    for row in data_rows(table, located):
        record = _record(row, columns, sheet, choices, found)
        if record:
            found.records.append(record)
    found.problems.extend(_duplicates(found.records, sheet))
    return found


def _record(
    row: Row,
    columns: Mapping[str, Column],
    sheet: Sheet,
    choices: Vocabulary,
    found: Records,
) -> Record | None:
    if total := _totals_cell(row, columns):
        found.problems.append(total)
        return None
    values: dict[str, object] = {}
    for key, raw in row.cells.items():
        column = columns[key]
        reading = read_cell(raw, column, choices.get(column.choices, {}))
        values[key] = reading.value
        if reading.conversion:
            found.conversions.append(reading.conversion)
        if reading.problem:
            found.problems.append(reading.problem)
    cells = {key: raw.origin for key, raw in row.cells.items()}
    for column in sheet.columns:
        if column.bilingual:
            _fold_label(column, values, cells, row.origin, found)
    return Record(row.origin, values, cells)


def _totals_cell(row: Row, columns: Mapping[str, Column]) -> Problem | None:
    """A totals row inside data is refused with its row, never dropped or added up."""
    for key, raw in row.cells.items():
        is_label = columns[key].kind is Kind.TEXT and isinstance(raw.value, str)
        if is_label and folded(str(raw.value)) in _TOTALS:
            return problem("IN-222", raw.origin, found=clean(str(raw.value))[0])
    return None


def _fold_label(
    column: Column,
    values: dict[str, object],
    cells: dict[str, Origin],
    row: Origin,
    found: Records,
) -> None:
    texts = []
    for language, suffix in LANGUAGES.items():
        key = f"{column.key}_{suffix}"
        text = values.pop(key, None)
        if key in cells:
            cells.setdefault(column.key, cells[key])
        if text:
            texts.append((language, str(text)))
    values[column.key] = Label(tuple(texts))
    if column.required and not texts:
        found.problems.append(
            problem(
                "IN-202",
                cells.get(column.key, row),
                header_en=column.header("en"),
                header_zh=column.header("zh-CN"),
            )
        )


def _duplicates(records: Sequence[Record], sheet: Sheet) -> Iterable[Problem]:
    seen: dict[tuple[str, ...], Record] = {}
    for record in records:
        keys = [_words(record.values.get(key)) for key in sheet.unique]
        if not keys or not all(keys):
            continue
        names = list(product(*keys))
        first = next((seen[name] for name in names if name in seen), None)
        if first:
            key = sheet.unique[-1]
            yield problem(
                "IN-217",
                record.cells.get(key, record.origin),
                found=" / ".join(names[0]),
                first=str(first.cells.get(key, first.origin)),
            )
        seen.update(dict.fromkeys(names, record))


def _words(value: object) -> list[str]:
    if isinstance(value, Label):
        return [folded(text) for _, text in value.texts]
    if isinstance(value, float):
        return [f"{value:.15g}"]
    return [folded(value)] if isinstance(value, str) and value else []


def resolve(found: Records, references: Vocabulary) -> None:
    """Turn names in reference columns into the ids they refer to; unknown ones are problems."""
    columns = [column for column in found.sheet.columns if column.refers_to in references]
    if not columns:
        return
    for position, record in enumerate(found.records):
        values = dict(record.values)
        for column in columns:
            values[column.key] = _resolved(record, column, references[column.refers_to], found)
        found.records[position] = replace(record, values=values)


def _resolved(record: Record, column: Column, known: Mapping[str, str], found: Records) -> object:
    value = record.values.get(column.key)
    names = value if isinstance(value, tuple) else (value,) if value else ()
    ids = []
    for name in names:
        target = known.get(folded(str(name)))
        if target is None:
            found.problems.append(
                problem(
                    "IN-216",
                    record.cells[column.key],
                    header_en=column.header("en"),
                    header_zh=column.header("zh-CN"),
                    found=str(name)[:60],
                    nearest=nearest(str(name), known),
                    listed=listed(known),
                )
            )
        else:
            ids.append(target)
    if isinstance(value, tuple):
        return tuple(ids)
    return ids[0] if ids else None
