"""What was noticed in the cells of one column, taken together: its cells as ranges."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.problems import Origin

_MOST_RANGES = 20
_CELL = re.compile(r"([A-Z]*)(\d*)")


class _Placed(Protocol):
    @property
    def origin(self) -> Origin:
        """The cell."""


_Item = TypeVar("_Item", bound=_Placed)


def by_column(items: Iterable[_Item], kind: Callable[[_Item], str]) -> Iterable[list[_Item]]:
    """Items of one kind in one column of one sheet, each group where its first stands."""
    groups: dict[tuple[str, ...], list[_Item]] = defaultdict(list)
    for item in items:
        origin = item.origin
        groups[kind(item), origin.file, origin.sheet, split(origin.cell)[0]].append(item)
    return groups.values()


def split(cell: str) -> tuple[str, int]:
    """The letters and the row of a cell; what is no cell stays whole."""
    match = _CELL.fullmatch(cell)
    return (match[1], int(match[2] or 0)) if match else (cell, 0)


def cells_of(origins: Sequence[Origin]) -> str:
    """The place of cells in one column, several of them as ranges."""
    first = origins[0]
    if len(origins) == 1:
        return first.full
    letters, _ = split(first.cell)
    cells = ranges(letters, sorted(split(origin.cell)[1] for origin in origins))
    return first._replace(cell=cells).full


def ranges(letters: str, rows: Sequence[int]) -> str:
    """Cells of one column as ranges: `D17, D22–D40`."""
    parts: list[str] = []
    start = previous = None
    for row in [*dict.fromkeys(rows), None]:
        if previous is not None and row != previous + 1:
            ends = f"{letters}{start or ''}", f"{letters}{previous or ''}"
            parts.append(ends[0] if start == previous else "–".join(ends))
            start = None
        if row is not None:
            start = row if start is None else start
        previous = row
    shown = parts if len(parts) <= _MOST_RANGES else [*parts[:_MOST_RANGES], "…"]
    return ", ".join(shown)
