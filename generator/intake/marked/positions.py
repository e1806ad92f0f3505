"""Positions of cells in a sheet, and where a mark on each of them can be seen."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from generator.intake.rows import column_letter, column_number

if TYPE_CHECKING:
    from collections.abc import Iterable

Position = tuple[int, int]
"""Row from 1, column from 0."""

ROWS, COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z0-9$:]+)["']""")


def position_of(reference: str) -> Position | None:
    """The place of a cell ('D17') or of the first cell of a row ('17'); None for anything else."""
    match = _REFERENCE.fullmatch(f"A{reference}" if reference.isdecimal() else reference)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= ROWS and column < COLUMNS else None


def reference_of(place: Position) -> str:
    """The reference of a place."""
    return f"{column_letter(place[1])}{place[0]}"


def anchors(content: bytearray, places: Iterable[Position]) -> dict[Position, Position]:
    """Where to mark each place: a cell under a merged range cannot be seen, its first cell can."""
    found = {place: place for place in places}
    ordered = sorted(found)
    for match in _MERGED.finditer(content):
        first, _, last = match[1].decode().partition(":")
        start, end = position_of(first), position_of(last)
        if not start or not end:
            continue
        for place in ordered[bisect_left(ordered, start) : bisect_left(ordered, (end[0] + 1, 0))]:
            if start[1] <= place[1] <= end[1]:
                found[place] = start
    return found
