"""Rows that stand above or below the rows of their parts: a plant and its units, told by their names.

A name that the names of the next rows begin with is a head. Whether its number is the sum of theirs
says how sure that is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from generator.intake.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEAST_PARTS = 2
_LEAST_SHARE = 0.7
"""What of the sum of its parts the number of a head makes up at least; some parts may be missing."""
_EXACT = 0.002
"""How far rounding takes a head from the sum of its parts."""
_GAPS = re.compile(r"[\s.,;:#/()（）\[\]_–—-]+")


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
    tokens = [[_tokens(name) for name in row] for row in names]
    for row, own in enumerate(tokens):
        for step, end in ((1, len(tokens)), (-1, -1)):
            parts = tuple(
                takewhile(
                    lambda other, own=own: _are_parts(tokens[other], own),  # type: ignore[misc]
                    range(row + step, end, step),
                )
            )
            if len(parts) < _LEAST_PARTS:
                continue
            total = math.fsum(numbers[part] for part in parts)
            is_sum = total > 0 and abs(numbers[row] - total) <= _EXACT * total
            is_above = numbers[row] > max(numbers[part] for part in parts)
            if is_sum or (is_above and numbers[row] >= _LEAST_SHARE * total):
                yield Head(row, tuple(sorted(parts)), total, is_sum)
                break


def _are_parts(names: Iterable[Sequence[str]], heads_names: Iterable[Sequence[str]]) -> bool:
    return any(_is_part(part, head) for head in heads_names for part in names)


def _tokens(name: str) -> list[str]:
    return _GAPS.sub(" ", folded(name)).split()


def _is_part(part: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a name is another with more behind it: `Weir B2` of `Weir`, 一号电厂1#机组 of 一号电厂."""
    if not head:
        return False
    if len(part) > len(head) and list(part[: len(head)]) == list(head):
        return True
    one, whole = "".join(part), "".join(head)
    return len(one) > len(whole) >= 2 and one.startswith(whole) and not whole.isascii()
