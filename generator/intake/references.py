"""References to cells and parts of a package, as a workbook writes them."""

from __future__ import annotations

import re
from functools import cache

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_COLUMN = re.compile(r"[A-Z]{1,3}")


def part_name(part: str) -> str:
    """A part name without leading slash and without steps up."""
    kept: list[str] = []
    for piece in part.split("/"):
        if piece == "..":
            kept = kept[:-1]
        elif piece not in {"", "."}:
            kept.append(piece)
    return "/".join(kept)


def column_of(reference: str) -> int:
    """The column of a cell reference, counted from 0."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    return column_number(match[1])


@cache
def column_number(letters: str) -> int:
    """The number of a column, counted from 0."""
    if not _COLUMN.fullmatch(letters):
        raise ValueError(letters)
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
