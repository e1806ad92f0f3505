"""The header of the column beside each cell that a message or a conversion names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.intake.books import Book
    from generator.intake.columns import Column
    from generator.model import Conversion
    from generator.problems import Origin, Problem

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Headings:
    """Which column of the form a cell of an input stands in.

    Args:
        book: The input.
    """

    def __init__(self, book: Book) -> None:
        self._tables = {
            (located.table.file, located.table.sheet): located
            for found in book.sheets.values()
            for located in found.tables
        }

    def of(self, origin: Origin) -> Column | None:
        """The column of a cell below the headers; None for headers, rows, sheets and files."""
        located = self._tables.get((origin.file, origin.sheet))
        match = _CELL.fullmatch(origin.cell) if located else None
        if located is None or match is None or int(match[2]) <= located.header_row:
            return None
        index = 0
        for letter in match[1]:
            index = 26 * index + ord(letter) - ord("A") + 1
        return located.columns.get(index - 1)

    def headed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems of cells, each with the header of its column."""
        for found in problems:
            column = None if "header_en" in dict(found.args) else self.of(found.origin)
            if column is None:
                yield found
                continue
            yield replace(found, args=(*found.args, *column.headed.items()))

    def named(self, conversions: Iterable[Conversion]) -> Iterator[Conversion]:
        """Conversions, each with the header of its column."""
        for done in conversions:
            column = self.of(done.origin)
            if column is None:
                yield done
                continue
            yield replace(done, header=column.title)
