"""The cells of a column in short, as messages name them, and back."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.problems import Origin

_MOST_NAMED = 20
_RUN = re.compile(r"([A-Z]+)(\d+)(?:–[A-Z]+(\d+))?")
_CELL = re.compile(r"([A-Z]*)(\d*)")


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
