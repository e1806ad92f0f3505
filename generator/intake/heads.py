"""Rows that stand above or below the rows of their parts: a plant and its units, told by their names.

A name that the names of the next rows begin with is a head. Whether its number is the sum of theirs
says how sure that is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST_PARTS = 2
_LEAST_SHARE = 0.7
"""What of the sum of its parts the number of a head makes up at least; some parts may be missing."""
_EXACT = 0.002
"""How far rounding takes a head from the sum of its parts."""


@dataclass(frozen=True, slots=True)
class Head:
    """A row that stands for the rows of its parts: its position, theirs, and how sure it is."""

    row: int
    parts: tuple[int, ...]
    total: float
    is_sum: bool


def heads(names: Sequence[Sequence[str]], numbers: Sequence[float]) -> Iterator[Head]:
    """The rows whose name the names of the rows next to them begin with.

    Args:
        names: The names of each row, in its languages.
        numbers: The number of each row.
    """
    keys = [tuple([name.casefold().strip() for name in row]) for row in names]
    for row in dict.fromkeys(_with_parts(keys)):
        for step, end in ((1, len(keys)), (-1, -1)):
            parts = _parts(keys, row, range(row + step, end, step))
            if len(parts) < _LEAST_PARTS:
                continue
            total = math.fsum(numbers[part] for part in parts)
            is_sum = total > 0 and abs(numbers[row] - total) <= _EXACT * total
            is_above = numbers[row] > max(numbers[part] for part in parts)
            if is_sum or (is_above and numbers[row] >= _LEAST_SHARE * total):
                yield Head(row, tuple(sorted(parts)), total, is_sum)
                break


def _with_parts(keys: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The rows that one next to them may be a part of: most rows of most registers have none."""
    for row, (above, below) in enumerate(pairwise(keys)):
        for one, other in zip(above, below, strict=False):
            if one == other:
                continue
            if other.startswith(one):
                yield row
            elif one.startswith(other):
                yield row + 1


def _parts(keys: Sequence[tuple[str, ...]], row: int, beside: range) -> tuple[int, ...]:
    """The rows right beside one whose names begin with its own."""
    return tuple(takewhile(lambda other: _are_parts(keys[other], keys[row]), beside))


def _are_parts(names: Sequence[str], of: Sequence[str]) -> bool:
    return any(_is_part(part, head) for head in of for part in names)


def _is_part(part: str, head: str) -> bool:
    """Whether a name is another with more behind it: `Weir B2` of `Weir`, 一号电厂1#机组 of 一号电厂."""
    if not head or len(part) <= len(head) or not part.startswith(head):
        return False
    return not part[len(head)].isalnum() or not head[-1].isascii()
