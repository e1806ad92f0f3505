"""A cell as it comes out of a file, with its place, and what it came to once it was read.

Also here: the cells of a column in short, as messages name them, and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model import Conversion
    from generator.problems import Origin, Problem


_MOST_NAMED = 20
_RUN = re.compile(r"([A-Z]+)(\d+)(?:–[A-Z]+(\d+))?")
_CELL = re.compile(r"([A-Z]*)(\d*)")


class Said(Struct, frozen=True, kw_only=True):
    """What a file says of a cell beside its value."""

    is_error: bool = False
    is_formula_without_value: bool = False
    is_percent: bool = False
    shows: str | None = None
    """What the cell shows where its format adds to the number: a unit, a sign, nothing at all."""
    is_scaled: bool = False
    """Whether what is shown was divided by thousands and no unit says so."""
    currency: str = ""
    """The sign of a currency, where that is all that the format adds."""
    kept: str | None = None
    """The text without its struck parts, where only some are struck."""
    comma: str = ""
    """What a comma in the number is, by the column it stands in: `decimal`, or `either` sign."""


class Special(Said, frozen=True):
    """A cell of which the file says more than its value: an error, a formula, what it shows."""

    value: object = None


class Raw(Said, frozen=True):
    """A cell with its place: its value, and what the file says about it."""

    origin: Origin
    value: object = None
    unit: str = ""
    """The unit that the header, or a row under it, gives to bare numbers of the column."""
    scale: float = 1.0
    """What a bare number is multiplied by, to be in the column's unit."""

    @property
    def shown(self) -> str:
        """The content as a person sees it, shortened for a message."""
        if self.is_percent and isinstance(self.value, int | float):
            return f"{self.value * 100:.12g}%"
        text = plain(self.value) if self.shows is None else self.shows
        return text if len(text) <= 60 else text[:57] + "…"


class Reading(Struct, frozen=True):
    """What one cell came to: a value (None = unknown), what was converted, what is wrong."""

    value: object = None
    conversion: Conversion | None = None
    problem: Problem | None = None
    currencies: tuple[str, ...] = ()
    """The currencies that the cell's unit may name: the region's own must be among them."""
    is_scaled: bool = False
    """Whether the cell writes another unit than its column's."""
    unit: str = ""
    """A unit named behind a choice, such as kW in 电网容量（千瓦）."""


def raw(origin: Origin, cell: object) -> Raw:
    """A cell of a table, plain or special, with its place."""
    if isinstance(cell, Special):
        said = {name: getattr(cell, name) for name in Said.__struct_fields__}
        return Raw(origin, cell.value, **said)
    return Raw(origin, cell)


def is_blank(cell: object) -> bool:
    """Whether nothing stands in a cell of a table: no value, no error, no formula."""
    if isinstance(cell, Special):
        return False
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(value: object) -> str:
    """A value as text: whole numbers without a point, days without a time, nothing as nothing."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def place(cell: Origin) -> tuple[str, int]:
    """The letters and the row of a cell."""
    match = _CELL.fullmatch(cell.cell)
    return (match[1], int(match[2] or 0)) if match else (cell.cell, 0)


def cells_in_short(cells: Iterable[Origin]) -> str:
    """The cells of a column in short: `D2–D4, D7`."""
    runs: list[list[tuple[str, int]]] = []
    for letters, row in sorted(place(cell) for cell in cells):
        if runs and runs[-1][-1] == (letters, row - 1):
            runs[-1].append((letters, row))
        else:
            runs.append([(letters, row)])
    named = [
        "–".join(dict.fromkeys(f"{letters}{row}" for letters, row in (run[0], run[-1])))
        for run in runs[:_MOST_NAMED]
    ]
    return ", ".join([*named, "…"] if len(runs) > _MOST_NAMED else named)


def rows_named(cells: str) -> list[int]:
    """The rows that such a list names; none where it is cut short or names no cells."""
    return [] if "…" in cells else [row for _, row in _named(cells)]


def cells_named(cells: str, most: int) -> list[str]:
    """The first cells that such a list names, one by one."""
    return [f"{letters}{row}" for letters, row in islice(_named(cells), most)]


def _named(cells: str) -> Iterator[tuple[str, int]]:
    for part in cells.split(", "):
        match = _RUN.fullmatch(part)
        if match:
            for row in range(int(match[2]), int(match[3] or match[2]) + 1):
                yield match[1], row
