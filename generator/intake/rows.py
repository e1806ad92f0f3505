"""Addressed rows: every reader yields the same tables, whatever the file.

A table is a list of rows of raw cells, each with its address. Headers are found by their words in
either language, title rows above them are passed over, and unit and help rows are recognised by
their text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from generator.intake.cells import Raw, folded, nearest
from generator.model import LANGUAGES
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.intake.columns import Column, Sheet

_HEADER_ROWS = 40
"""How far down a header row is looked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or table file as it was found: its name and its rows of raw cells."""

    file: str
    sheet: str
    rows: tuple[tuple[int, tuple[Raw, ...]], ...]
    """(row number, cells from column A on); rows without content are left out."""

    @property
    def origin(self) -> Origin:
        """The table as a whole."""
        return Origin(self.file, self.sheet)


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: the row's address and its cells by column key."""

    origin: Origin
    cells: Mapping[str, Raw]


@dataclass(slots=True)
class Located:
    """Where the columns of a sheet stand in a table."""

    columns: dict[int, Column] = field(default_factory=dict)
    header_row: int = 0
    language: str = "en"
    problems: list[Problem] = field(default_factory=list)


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
    columns = sheet.physical
    words = header_words(columns)
    found = Located()
    best: tuple[int, int, tuple[Raw, ...]] | None = None
    for number, cells in table.rows[:_HEADER_ROWS]:
        hits = sum(1 for cell in cells if folded(_bare(cell)) in words)
        if hits and (best is None or hits > best[0]):
            best = (hits, number, cells)
    if best is None:
        found.problems.append(problem("IN-104", table.origin, headers=_expected(sheet)))
        return found
    _, found.header_row, cells = best
    for index, cell in enumerate(cells):
        _place(index, cell, words, found)
    present = {column.key for column in found.columns.values()}
    found.problems.extend(
        problem(
            "IN-105",
            Origin(table.file, table.sheet, str(found.header_row)),
            header_en=column.header("en"),
            header_zh=column.header("zh-CN"),
        )
        for column in sheet.columns
        if column.required and not present & {part.key for part in column.expanded()}
    )
    return found


def _bare(cell: Raw) -> str:
    return "" if cell.value is None else str(cell.value)


def _expected(sheet: Sheet) -> str:
    return ", ".join(column.header("en") for column in sheet.columns if column.required)


def _place(index: int, cell: Raw, words: Mapping[str, tuple[Column, str]], found: Located) -> None:
    text = _bare(cell)
    if not folded(text):
        return
    match = words.get(folded(text))
    if match is None:
        suggestion = nearest(text, {word: word for word in words})
        found.problems.append(
            problem("IN-106", cell.origin, "warning", found=text, nearest=suggestion)
        )
        return
    column, language = match
    if language != "en":
        found.language = language
    if any(column.key == other.key for other in found.columns.values()):
        found.problems.append(problem("IN-107", cell.origin, found=text))
        return
    found.columns[index] = column


def data_rows(table: Table, located: Located) -> Iterator[Row]:
    """The rows below the headers that are neither unit nor help rows nor empty."""
    for number, cells in table.rows:
        if number <= located.header_row:
            continue
        placed = {
            column.key: cells[index]
            for index, column in located.columns.items()
            if index < len(cells)
        }
        if all(not _bare(cell).strip() and not _is_odd(cell) for cell in placed.values()):
            continue
        if _is_furniture(placed, located):
            continue
        for index, column in located.columns.items():
            if column.key not in placed:
                origin = address(table.file, table.sheet, number, index)
                placed[column.key] = Raw(origin)
        yield Row(Origin(table.file, table.sheet, str(number)), placed)


def _is_odd(cell: Raw) -> bool:
    return cell.is_error or cell.is_formula_without_value


def _is_furniture(placed: Mapping[str, Raw], located: Located) -> bool:
    """Whether every filled cell of the row repeats its column's unit or help text."""
    columns = {column.key: column for column in located.columns.values()}
    filled = {key: folded(_bare(cell)) for key, cell in placed.items() if _bare(cell).strip()}
    return bool(filled) and all(text in _furniture(columns[key]) for key, text in filled.items())


def _furniture(column: Column) -> set[str]:
    texts = {column.unit, column.unit_zh, column.help_en, column.help_zh}
    return {folded(text) for text in texts if text}
