"""What the documents of each region may say of what was noticed: nothing of other regions' rows.

Addresses of recipients are told to the sender alone.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.cell import place, rows_named
from generator.intake.columns import FORM
from generator.intake.regions import REGISTERS
from generator.intake.words import folded
from generator.model import Conversion, Notice, Packed
from generator.problems import Origin, Problem, errors
from generator.settings import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from generator.intake.books import Book
    from generator.model import Region

Row = tuple[str, str, str]
"""A row of a sheet: file, sheet, number."""
_CELL = re.compile(r"([A-Z]*)(\d*)")
_PLACES = {folded(name): number for number, sheet in enumerate(FORM) for name in sheet.names}
_NO_ADDRESS, _ADDRESS = Code.NOT_AN_ADDRESS, "address"
"""The problem and the conversion that quote an address, whatever sheet it stands on."""


class Notes:
    """What the documents of each region may say: nothing of other regions' rows or of addresses.

    Args:
        book: The input.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        sheet = book.sheets.get("recipients")
        tables = [located.table for located in sheet.tables] if sheet else []
        self._withheld = {(table.file, table.sheet) for table in tables}
        self._everybody: list[str] = []
        self._numbers: dict[str, int] = {}
        self._owners: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("i"))
        """Which region each row of a table belongs to: its number, from 1."""
        self._converted = Packed[tuple[Conversion, ...]]()
        self._unowned: list[tuple[frozenset[str], Conversion]] = []
        """Conversions in rows of no region, with the regions that have them already."""

    def take(self, done: Iterable[Conversion], rows: Mapping[str, AbstractSet[Row]]) -> None:
        """Take in some regions.

        Args:
            done: What was converted for them.
            rows: The rows of each.
        """
        for code, own in rows.items():
            number = self._numbers.setdefault(code, len(self._numbers) + 1)
            for file, sheet, row in own:
                owners, at = self._owners[file, sheet], int(row)
                owners.extend([0] * (at + 1 - len(owners)))
                owners[at] = number
        self._everybody = [*self._numbers]
        converted: dict[str, list[Conversion]] = {code: [] for code in rows}
        for one in done:
            if one.rule == _ADDRESS or (one.origin.file, one.origin.sheet) in self._withheld:
                continue
            owner = self._owner(_row(one.origin))
            for code in rows if owner is None else [owner]:
                converted[code].append(one)
            if owner is None:
                self._unowned.append((frozenset(rows), one))
        self._converted.add((code, tuple(own)) for code, own in converted.items())

    def _owner(self, row: Row) -> str | None:
        file, sheet, number = row
        owners = self._owners.get((file, sheet))
        at = int(number) if owners and number.isdecimal() else 0
        number_of = owners[at] if owners and at < len(owners) else 0
        return self._everybody[number_of - 1] if number_of else None

    def owners_of(self, found: Problem) -> set[str]:
        """The regions whose rows a problem is about; none where one of its rows has no owner."""
        owners = {self._owner(row) for row in _rows_named(found)}
        return set() if None in owners else {code for code in owners if code is not None}

    def blocked(self, problems: Iterable[Problem]) -> set[str]:
        """Regions that an error touches; one that no row owns blocks them all."""
        blocked: set[str] = set()
        for found in errors(problems):
            mine = self.owners_of(found)
            if mine or found.origin.file in self._book.files:
                blocked |= mine or {*self._everybody}
        return blocked

    def notices(self, problems: Iterable[Problem]) -> Iterator[tuple[str, Notice]]:
        """What there is to say to the readers of each region."""
        noticed: dict[str, list[Problem]] = {code: [] for code in self._everybody}
        for found in in_form_order(dict.fromkeys(problems)):
            is_told = found.origin.file in self._book.files and found.code != _NO_ADDRESS
            if is_told and (found.origin.file, found.origin.sheet) not in self._withheld:
                for code in self.owners_of(found) or self._everybody:
                    noticed[code].append(found)
        converted = self._converted.by_name()
        for code in sorted(self._everybody):
            more = (one for told, one in self._unowned if code not in told)
            yield code, Notice(tuple(noticed[code]), (*converted[code], *more))


def _rows_named(found: Problem) -> list[Row]:
    """The rows that a problem is about: those it lists, else the one it stands in."""
    named = rows_named(dict(found.args).get("cells", ""))
    rows = [_row(found.origin._replace(cell=str(one))) for one in named]
    return rows or [_row(found.origin)]


def rows_of(region: Region) -> Iterable[Row]:
    """The rows that a region was made from."""
    yield _row(region.origin)
    for key in REGISTERS:
        for one in getattr(region, key):
            yield _row(one.origin)


def _row(origin: Origin) -> Row:
    """The row that a cell stands in."""
    return origin.file, origin.sheet, str(place(origin)[1] or origin.cell)


def in_form_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by input, then by sheet of the form, row and column; files as a whole come first."""
    return sorted(problems, key=lambda found: (*_place(found.origin), found.code))


def _place(origin: Origin) -> tuple[object, ...]:
    path = PurePath(origin.file)
    is_table = not origin.sheet and path.suffix.lower() in TABLES
    title = path.stem if is_table else origin.sheet
    sheet = _PLACES.get(folded(title), len(_PLACES)) if title else -1
    match = _CELL.fullmatch(origin.cell)
    letters, row = (match[1], int(match[2] or 0)) if match else ("", 0)
    book = path.parent.as_posix() if is_table else origin.file
    return book, sheet, title, row, len(letters), letters
