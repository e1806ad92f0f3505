"""Addressed rows: every reader yields the same tables, whatever the file.

A table is a list of rows of raw cells, each with its address. Unit and help rows are recognised by
their text; where the headers stand is for `headers` to find.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.codes import Code
from generator.intake.answers import FLAGS, WITHHELD
from generator.intake.cell import Special, is_blank
from generator.intake.words import folded
from generator.problems import Origin, Problem, Severity, problem

if TYPE_CHECKING:
    from generator.intake.columns import Column
    from generator.intake.headunits import HeadUnit

Cells = dict[int, object]
"""Column number from 0 to content: a plain value, or a `Special`; what is empty is not there."""
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_LONGEST_UNIT, _LONGEST_FLAG = 40, 12


class Table(Struct):
    """One sheet or table file as it is being read: its name and its rows, once.

    `hidden` fills while the rows are taken, so that a sheet of any length needs no more than a row.
    """

    file: str
    sheet: str
    rows: Iterator[tuple[int, Cells]]
    hidden: list[int] = field(default_factory=list)
    """Numbers of hidden rows with content."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first column, last row, last column) of merged ranges."""
    is_hidden: bool = False
    is_text: bool = False
    """Whether the file knows nothing but text, so that a number written as text is no remark."""
    is_other: bool = False
    """Whether this is no sheet of cells, such as a chart that fills a sheet."""
    struck: dict[int, set[int]] = field(default_factory=dict)
    """Row to its struck cells; an empty set where the whole row is struck."""
    notes: int = 0
    """Notes that hang on cells."""
    lengths: dict[int, list[int]] = field(default_factory=dict)
    """Number of fields to the first rows that have so many, where a file of text tells."""
    problems: list[Problem] = field(default_factory=list)
    """What was wrong with the file while its rows were taken."""

    @property
    def title(self) -> str:
        """The name that says which sheet of the form this is."""
        return self.sheet or PurePath(self.file).stem

    @property
    def origin(self) -> Origin:
        """The table as a whole."""
        return Origin(self.file, self.sheet)

    def close(self) -> None:
        """Let go of the file behind the rows."""
        if isinstance(self.rows, Generator):
            self.rows.close()


class Aside(Struct):
    """A column beside the form's, as far as its cells may say something of the numbers."""

    header: str
    index: int
    kind: str = ""
    """`unit`, `power` or `flag`, by its header; empty where only its cells can tell."""
    values: dict[int, str] = field(default_factory=dict)
    is_closed: bool = False
    """Whether its cells have shown that it says nothing of the numbers."""

    def take(self, number: int, cell: object) -> None:
        """Keep the cell of a row."""
        if self.is_closed:
            return
        text = shown_text(cell).strip()
        longest = _LONGEST_UNIT if self.kind in {"unit", "power"} else _LONGEST_FLAG
        is_no_flag = self.kind == "" and folded(text) not in FLAGS | WITHHELD
        if is_no_flag or len(text) > longest:
            self.close()
        elif text:
            self.values[number] = text

    def close(self) -> None:
        """Say that nothing more need be kept."""
        self.is_closed = True
        self.values.clear()


class Located(Struct):
    """Where the columns of a sheet stand in a table, and the rows from there on."""

    table: Table
    columns: dict[int, Column] = field(default_factory=dict)
    header_row: int = 0
    heads: Cells = field(default_factory=dict)
    """The cells of the header row."""
    language: str = "en"
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Column key to column number."""
    unread: set[int] = field(default_factory=set)
    """Columns with a header that the form does not have."""
    asides: dict[int, Aside] = field(default_factory=dict)
    """The same columns with what their cells may say of the numbers."""
    quiet: set[int] = field(default_factory=set)
    """Columns outside the form of which nothing more is asked."""
    beside: set[int] = field(default_factory=set)
    """Columns outside the form whose content has been remarked on."""
    rows: Iterator[tuple[int, Cells]] = field(default_factory=lambda: iter(()))
    is_empty: bool = False
    units: dict[int, HeadUnit] = field(default_factory=dict)
    """Columns whose header, or a row under it, gives their numbers another unit or a currency."""
    passed: set[int] = field(default_factory=set)
    """Rows of units under the header row."""
    is_unusable: bool = False
    """Whether the rows cannot be read under these headers."""
    last_head: int = 0
    """The last unit or help row; known once the rows have been taken."""

    @property
    def first_row(self) -> int:
        """The row in which the first record is expected."""
        return max(self.header_row, self.last_head) + 1

    def at(self, number: int, key: str) -> Origin:
        """The cell of a column, blank or not; the row where the sheet lacks the column."""
        index = self.places.get(key)
        if index is None:
            return Origin(self.table.file, self.table.sheet, str(number))
        return address(self.table.file, self.table.sheet, number, index)


@cache
def column_letter(index: int) -> str:
    """The letters of a column; index counts from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The number of a column, counted from 0.

    Raises:
        ValueError: These are no letters of a column.
    """
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def address(file: str, sheet: str, row: int, index: int) -> Origin:
    """The origin of a cell; row counts from 1, index from 0."""
    return Origin(file, sheet, f"{column_letter(index)}{row}")


def data_rows(
    located: Located, key_columns: set[str], *, is_knowledge: bool = False
) -> Iterator[tuple[int, Cells]]:
    """The rows below the headers that are neither unit nor help rows nor empty.

    Args:
        located: The columns of the table.
        key_columns: Columns in which a merged cell counts for every row it covers.
        is_knowledge: Content outside the columns is a fault, not a remark.
    """
    columns = located.columns
    furniture = {index: furniture_of(column) for index, column in columns.items()}
    # Without units and helps, as in most of the knowledge, no row can repeat them.
    has_furniture = any(furniture.values())
    fills = _Fills(located, key_columns)
    for number, cells in located.rows:
        if number <= located.header_row or number in located.passed:
            continue
        if not cells.keys() <= columns.keys():
            _beside(located, number, cells, is_knowledge=is_knowledge)
            cells = {index: cell for index, cell in cells.items() if index in columns}  # noqa: PLW2901 - the row without what lies beside the form
        if all(map(is_blank, cells.values())):
            continue
        if has_furniture and is_furniture(cells, furniture):
            located.last_head = number
            continue
        if located.table.merged:
            fills.apply(number, cells)
        yield number, cells


def _beside(located: Located, number: int, cells: Cells, *, is_knowledge: bool) -> None:
    """Content in a column without a header: named once a column, a fault in the knowledge."""
    for index in cells.keys() - located.columns.keys() - located.quiet:
        cell = cells[index]
        aside = located.asides.get(index)
        if aside is not None:
            aside.take(number, cell)
            if aside.is_closed:
                located.quiet.add(index)
            continue
        if not is_blank(cell):
            located.quiet.add(index)
        is_new = index not in located.columns and index not in located.beside
        if is_new and index not in located.unread and not is_blank(cell):
            located.beside.add(index)
            severity: Severity = "error" if is_knowledge else "warning"
            origin = address(located.table.file, located.table.sheet, number, index)
            located.problems.append(
                problem(Code.COLUMN_WITHOUT_HEADER, origin, severity, found=shown_text(cell)[:60])
            )


def shown_text(cell: object) -> str:
    """The text of a cell, empty when there is none."""
    value = cell.value if isinstance(cell, Special) else cell
    return "" if value is None else str(value)


def is_furniture(cells: Cells, furniture: Mapping[int, set[str]]) -> bool:
    """Whether the filled cells of the row repeat their columns' unit or help texts.

    Half of them are enough where there are several: a help text that was reworded since the form
    was handed out must not turn its row into data.
    """
    hits = filled = 0
    for index, cell in cells.items():
        if isinstance(cell, str):
            text = folded(cell)
            if not text and is_blank(cell):
                continue
            hits += text in furniture[index]
        elif cell is None:
            continue
        filled += 1
        if filled == 4 and not hits:
            return False
    return hits == filled or (hits >= 2 and 2 * hits >= filled)


def furniture_of(column: Column) -> set[str]:
    """The unit and help texts of a column, folded."""
    texts = {column.unit, *(text for _, text in column.unit_label.texts), *column.helps}
    return {folded(text) for text in texts if text}


class _Fills:
    """Key cells that a merged range gives to the rows it covers; every merge is a warning."""

    def __init__(self, located: Located, key_columns: set[str]) -> None:
        table = located.table
        below = sorted(one for one in table.merged if one[2] > located.header_row)
        self._waiting: list[tuple[int, int, int]] = []
        self._active: dict[int, tuple[int, object]] = {}
        for first, left, last, right in below:
            column = located.columns.get(left)
            is_key = column is not None and column.key in key_columns and left == right
            if is_key:
                self._waiting.append((first, last, left))
            origin = address(table.file, table.sheet, first, left)
            code = Code.MERGED_KEY if is_key else Code.MERGED_CELLS
            located.problems.append(problem(code, origin, "warning", rows=last - first + 1))
        self._waiting.reverse()

    def apply(self, number: int, cells: Cells) -> None:
        """Remember the first cell of each range and give it to the rows below."""
        while self._waiting and self._waiting[-1][0] <= number:
            first, last, left = self._waiting.pop()
            value = cells.get(left) if first == number else None
            self._active[left] = last, value
        for left, (last, value) in self._active.items():
            if number <= last and value is not None:
                cells.setdefault(left, value)
