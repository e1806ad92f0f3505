"""Tables to checked records: every cell read by its column, every problem with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from generator.intake.cells import Reading, clean, folded, listed, nearest, read_cell, refused
from generator.intake.columns import Column, Kind, Sheet
from generator.intake.rows import Row, Table, data_rows, locate
from generator.model import LANGUAGES, Conversion, Label
from generator.problems import Origin, Problem, errors, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TOTALS = frozenset({"total", "totals", "subtotal", "sum", "合计", "小计", "总计", "共计"})
_NO_LABELS: dict[str, str] = {}


@dataclass(slots=True)
class Record:
    """One row's values by column key, labels folded together; `at` gives the cell of each."""

    row: Row
    values: dict[str, object]
    written: dict[str, str]
    """Cells whose unit was written out, by column key."""

    @property
    def origin(self) -> Origin:
        """The row as a whole."""
        return self.row.origin

    def at(self, key: str) -> Origin:
        """The cell of a column; for a text in several languages the first that the sheet has."""
        places = self.row.located.places
        if key not in places:
            for suffix in LANGUAGES.values():
                if f"{key}_{suffix}" in places:
                    return self.row.at(f"{key}_{suffix}")
        return self.row.at(key)

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
    if errors(located.problems):
        return found
    columns = {column.key: column for column in located.columns.values()}
    required = [column for column in columns.values() if column.required]
    for row in data_rows(located, _key_columns(sheet), is_knowledge=sheet.is_knowledge):
        record = _record(row, columns, required, choices, found)
        if record:
            found.records.append(record)
    if table.hidden or table.is_hidden:
        code = "IN-223" if table.hidden else "IN-226"
        found.problems.append(problem(code, table.origin, "warning", count=len(table.hidden)))
    return found


def _key_columns(sheet: Sheet) -> set[str]:
    """Columns in which one merged cell may stand for several rows."""
    return {column.key for column in sheet.columns if column.refers_to == "region"}


def _record(
    row: Row,
    columns: Mapping[str, Column],
    required: Sequence[Column],
    choices: Vocabulary,
    found: Records,
) -> Record | None:
    values: dict[str, object] = {}
    record = Record(row, values, {})
    for key, raw in row.cells.items():
        column = columns[key]
        if column.typed_by:
            continue
        is_text = column.kind is Kind.TEXT and isinstance(raw.value, str)
        if is_text and folded(str(raw.value)).replace(" ", "").rstrip(":") in _TOTALS:
            found.problems.append(problem("IN-222", raw.origin, found=clean(str(raw.value))[0]))
            return None
        take(record, key, read_cell(raw, column, choices.get(column.choices, _NO_LABELS)), found)
    for column in required:
        if column.key not in row.cells:
            found.problems.append(refused("IN-201", row.at(column.key), column))
    for column in found.sheet.bilingual:
        _fold_label(column, record, found)
    return record


def take(record: Record, key: str, reading: Reading, found: Records) -> None:
    """Keep what a cell came to: its value, its conversion, its problem."""
    record.values[key] = reading.value
    if reading.conversion:
        found.conversions.append(reading.conversion)
        if reading.conversion.rule == "written_unit":
            record.written[key] = reading.conversion.found
    if reading.problem:
        found.problems.append(reading.problem)


def _fold_label(column: Column, record: Record, found: Records) -> None:
    """One label from the columns of every language; the knowledge needs them all."""
    values = record.values
    texts = []
    for language, suffix in LANGUAGES.items():
        text = values.pop(f"{column.key}_{suffix}", None)
        if text:
            texts.append((language, str(text)))
    values[column.key] = Label(tuple(texts))
    is_short = column.required and not texts
    if found.sheet.is_knowledge and 0 < len(texts) < len(LANGUAGES):
        is_short = True
    if is_short:
        lacking = next(
            suffix for language, suffix in LANGUAGES.items() if language not in dict(texts)
        )
        is_there = f"{column.key}_{lacking}" in record.row.located.places
        origin = record.row.at(f"{column.key}_{lacking}") if is_there else record.at(column.key)
        code = "KN-109" if found.sheet.is_knowledge else "IN-202"
        found.problems.append(refused(code, origin, column))


def duplicates(records: Sequence[Record], sheet: Sheet) -> Iterable[Problem]:
    """Records that say they are the same one, in whatever spelling or language."""
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
                "IN-217", record.at(key), found=" / ".join(names[0]), first=str(first.at(key))
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
    for record in found.records:
        for column in columns:
            value = _resolved(record, column, references[column.refers_to], found)
            record.values[column.key] = value


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
                    record.at(column.key),
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
