"""Addressed rows: every reader yields the same tables, whatever the file.

A table is a list of rows of raw cells, each with its address. Headers are found by their words in
either language, title rows above them are passed over, and unit and help rows are recognised by
their text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from generator.intake.cells import Raw, folded, is_blank, nearest
from generator.intake.units import contradicts
from generator.model import LANGUAGES
from generator.problems import Origin, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.intake.columns import Column, Sheet

_HEADER_ROWS = 40
"""How far down a header row is looked for."""
_WITH_UNIT = re.compile(r"(.+?)\s*[(（\[,，]\s*([^)）\]]+?)\s*[)）\]]?")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or table file as it was found: its name and its rows of raw cells."""

    file: str
    sheet: str
    rows: tuple[tuple[int, Mapping[int, Raw]], ...]
    """(row number, cells by column from 0); what is empty or only formatted is left out."""
    hidden: tuple[int, ...] = ()
    """Numbers of hidden rows with content."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first column, last row, last column) of merged ranges."""
    is_hidden: bool = False

    @property
    def title(self) -> str:
        """The name that says which sheet of the form this is."""
        return self.sheet or self.file.rpartition(".")[0]

    @property
    def origin(self) -> Origin:
        """The table as a whole."""
        return Origin(self.file, self.sheet)


@dataclass(slots=True)
class Located:
    """Where the columns of a sheet stand in a table."""

    table: Table
    columns: dict[int, Column] = field(default_factory=dict)
    header_row: int = 0
    language: str = "en"
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Column key to column number."""
    unread: set[int] = field(default_factory=set)
    """Columns with a header that the form does not have."""
    beside: set[int] = field(default_factory=set)
    """Columns outside the form whose content has been remarked on."""


@dataclass(slots=True)
class Row:
    """One data row: its number and the cells that hold something, by column key."""

    located: Located
    number: int
    cells: dict[str, Raw]

    @property
    def origin(self) -> Origin:
        """The row as a whole."""
        return Origin(self.located.table.file, self.located.table.sheet, str(self.number))

    def at(self, key: str) -> Origin:
        """The cell of a column, blank or not; the row where the sheet lacks the column."""
        index = self.located.places.get(key)
        if index is None:
            return self.origin
        return address(self.located.table.file, self.located.table.sheet, self.number, index)


@cache
def column_letter(index: int) -> str:
    """The letters of a column; index counts from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(file: str, sheet: str, row: int, index: int) -> Origin:
    """The origin of a cell; row counts from 1, index from 0."""
    return Origin(file, sheet, f"{column_letter(index)}{row}")


def header_words(columns: Iterable[Column]) -> dict[str, tuple[Column, str]]:
    """Folded header text to its column and the language it is in; exact keys come first."""
    columns = tuple(columns)
    words: dict[str, tuple[Column, str]] = {}
    for column in columns:
        words[folded(column.key)] = (column, "en")
    for language in LANGUAGES:
        for column in columns:
            words.setdefault(folded(column.header(language)), (column, language))
    for column in columns:
        for synonym in column.synonyms:
            language = "en" if synonym.isascii() else "zh-CN"
            words.setdefault(folded(synonym), (column, language))
    return words


def locate(table: Table, sheet: Sheet) -> Located:
    """Find the header row of a sheet and the column of every header."""
    words = header_words(sheet.physical)
    found = Located(table)
    best: tuple[int, int, Mapping[int, Raw]] | None = None
    for number, cells in table.rows[:_HEADER_ROWS]:
        hits = sum(1 for cell in cells.values() if _named(_shown(cell), words))
        if hits and (best is None or hits > best[0]):
            best = (hits, number, cells)
    if best is None:
        expected = ", ".join(column.header("en") for column in sheet.columns if column.required)
        found.problems.append(problem("IN-104", table.origin, headers=expected))
        return found
    _, found.header_row, cells = best
    for index, cell in sorted(cells.items()):
        _place(index, cell, words, found)
    found.problems.extend(_missing(sheet, found))
    return found


def _shown(cell: Raw) -> str:
    return "" if cell.value is None else str(cell.value)


def _named(text: str, words: Mapping[str, tuple[Column, str]]) -> tuple[Column, str, str] | None:
    """The column a header names, its language, and a unit written behind it."""
    known = words.get(folded(text))
    if known:
        return (*known, "")
    parts = _WITH_UNIT.fullmatch(text.strip())
    known = words.get(folded(parts[1])) if parts else None
    return (*known, parts[2]) if known and parts else None


def _place(index: int, cell: Raw, words: Mapping[str, tuple[Column, str]], found: Located) -> None:
    text = _shown(cell)
    if not folded(text):
        return
    match = _named(text, words)
    if match is None:
        suggestion = nearest(text, {word: word for word in words})
        found.problems.append(
            problem("IN-106", cell.origin, "warning", found=text[:60], nearest=suggestion)
        )
        found.unread.add(index)
        return
    column, language, unit = match
    if language != "en":
        found.language = language
    if column.key in found.places:
        found.problems.append(problem("IN-107", cell.origin, found=text[:60]))
        return
    if unit and contradicts(column.unit, unit):
        found.problems.append(
            problem("IN-114", cell.origin, found=text[:60], written=unit, unit=column.unit)
        )
        return
    found.columns[index] = column
    found.places[column.key] = index


def _missing(sheet: Sheet, found: Located) -> Iterator[Problem]:
    """Required columns that are not there, one problem each."""
    row = Origin(found.table.file, found.table.sheet, str(found.header_row))
    for column in sheet.columns:
        wanted = column.expanded()
        # A printed text of the knowledge must exist in every language.
        is_lacking = (
            any(part.key not in found.places for part in wanted)
            if sheet.is_knowledge and column.bilingual
            else not any(part.key in found.places for part in wanted)
        )
        if (column.required or (sheet.is_knowledge and column.bilingual)) and is_lacking:
            yield problem(
                "IN-105", row, header_en=column.header("en"), header_zh=column.header("zh-CN")
            )


def data_rows(
    located: Located, key_columns: Iterable[str], *, is_knowledge: bool = False
) -> Iterator[Row]:
    """The rows below the headers that are neither unit nor help rows nor empty.

    Args:
        located: The columns of the table.
        key_columns: Columns in which a merged cell counts for every row it covers.
        is_knowledge: Content outside the columns is a fault, not a remark.
    """
    fills = _fills(located, set(key_columns))
    furniture = {
        key: _furniture(column) for column in located.columns.values() for key in (column.key,)
    }
    columns = located.columns
    for number, cells in located.table.rows:
        if number <= located.header_row:
            continue
        placed = {columns[index].key: raw for index, raw in cells.items() if index in columns}
        if len(placed) < len(cells):
            _beside(located, cells, is_knowledge=is_knowledge)
        if all(map(is_blank, placed.values())):
            continue
        if _is_furniture(placed, furniture):
            continue
        for key, raw in fills.get(number, ()):
            placed.setdefault(key, Raw(raw.origin, raw.value))
        yield Row(located, number, placed)


def _beside(located: Located, cells: Mapping[int, Raw], *, is_knowledge: bool) -> None:
    """Content in a column without a header: named once a column, a fault in the knowledge."""
    for index, raw in cells.items():
        if index not in located.columns and index not in located.beside and not is_blank(raw):
            located.beside.add(index)
            if index not in located.unread:
                severity: Severity = "error" if is_knowledge else "warning"
                found = _shown(raw)[:60]
                located.problems.append(problem("IN-115", raw.origin, severity, found=found))


def _is_furniture(placed: Mapping[str, Raw], furniture: Mapping[str, set[str]]) -> bool:
    """Whether the filled cells of the row repeat their columns' unit or help texts.

    Half of them are enough where there are several: a help text that was reworded since the form
    was handed out must not turn its row into data.
    """
    filled = [(key, raw.value) for key, raw in placed.items() if not is_blank(raw)]
    hits = sum(
        1 for key, value in filled if isinstance(value, str) and folded(value) in furniture[key]
    )
    return hits == len(filled) or (hits >= 2 and 2 * hits >= len(filled))


def _furniture(column: Column) -> set[str]:
    texts = {column.unit, column.unit_zh, column.help_en, column.help_zh}
    return {folded(text) for text in texts if text}


def _fills(located: Located, key_columns: set[str]) -> dict[int, list[tuple[str, Raw]]]:
    """Row number to the key cells that a merged range gives it; every merge is a warning."""
    filled: dict[int, list[tuple[str, Raw]]] = {}
    by_row = dict(located.table.rows) if located.table.merged else {}
    for first, left, last, right in located.table.merged:
        if last <= located.header_row:
            continue
        origin = address(located.table.file, located.table.sheet, first, left)
        column = located.columns.get(left)
        is_key = column is not None and column.key in key_columns and left == right
        code = "IN-224" if is_key else "IN-225"
        located.problems.append(problem(code, origin, "warning", rows=last - first + 1))
        raw = by_row.get(first, {}).get(left)
        if is_key and column is not None and raw is not None:
            for number in range(first + 1, min(last, first + len(located.table.rows) * 50) + 1):
                filled.setdefault(number, []).append((column.key, raw))
    return filled
