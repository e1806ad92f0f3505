"""Rows that equal the sum or the mean of the rows around them: totals without a totals word.

Few small numbers add up by chance; how much a match says is counted in steps, the sum over the
greatest common measure of its parts. The thresholds were set on drawn registers of usual sizes,
of which fewer than one in two hundred gives a false alarm (`tests/unit/intake/test_sums.py`).

Also here: rows that stand above or below the rows of their parts: a plant and its units, told by
their names; rows of one size within a kilometre of each other, looked for among neighbours only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal

from msgspec import Struct

Row = tuple[float | None, ...]
"""The numbers of a row that add up over rows, the main one first."""

_SURE_ALONE = 400
"""Steps from which on one block of two rows and its sum are no chance."""
_SURE_WINDOW = 4000
"""The same where the block may begin anywhere, above or below its sum."""
_LONGEST_WINDOW = 200
"""Rows that a block is looked for in."""
_SURE_CHAIN = 30
"""Steps, multiplied over the blocks, from which on a register made of blocks is no chance."""
_SURE_REST = 6
"""Steps from which on a row that is the sum of three or more others, all there are, is no chance."""
_SURE_PAIR = 50
"""The same where only two others are there."""
_NEAR = 0.02
"""How near a number must come to a sum before the two are compared in full."""
_SURE_MEAN = 300
"""Units of its last digit from which on a mean is no chance."""
_LOOSE = 15
"""How much less a sum says that holds only up to the rounding of its parts."""
_SCALE = 1000
"""Numbers are compared in thousandths."""
_LEAST_PARTS = 2
_LEAST_SHARE = 0.7
"""What of the sum of its parts the number of a head makes up at least; some parts may be missing."""
_EXACT = 0.002
"""How far rounding takes a head from the sum of its parts."""
Spot = tuple[float, float]
"""Latitude and longitude in degrees."""

SAME_PLACE_KM = 1.0
_KM_PER_DEGREE = 111.2
_BAND = SAME_PLACE_KM / _KM_PER_DEGREE
"""Degrees of latitude that a band of the grid is high."""


class Sum(Struct, frozen=True):
    """A row that says what others say already: its position and theirs."""

    row: int
    parts: tuple[int, ...]
    kind: Literal["sum", "mean"]


def repeated(rows: Sequence[Row]) -> list[Sum]:
    """The rows of a register that are perhaps totals or averages of others.

    Args:
        rows: The register of one region in its order; the first number of each is not None.
    """
    if len(rows) < 3:
        return []
    last = len(rows) - 1
    total = math.fsum([row[0] or 0.0 for row in rows])
    for row, parts in ((last, range(last)), (0, range(1, last + 1))):
        number = rows[row][0] or 0.0
        if abs(2 * number - total) <= _NEAR * number and _adds_up(rows, row, parts):
            one = Sum(row, tuple(parts), "sum")
            if _steps(rows, one) >= (_SURE_REST if last > 2 else _SURE_PAIR):
                return [one]
    found = _accepted(_blocks(rows), rows, is_turned=False)
    if not found:
        turned = rows[::-1]
        found = [
            Sum(last - one.row, tuple(last - part for part in reversed(one.parts)), one.kind)
            for one in _accepted(_blocks(turned), turned, is_turned=True)
        ]
    return found or _windows(rows) or list(_mean(rows))


def _windows(rows: Sequence[Row]) -> list[Sum]:
    """Rows equal to the sum of those right below or right above, wherever they stand."""
    numbers = [row[0] or 0.0 for row in rows]
    found: list[Sum] = []
    for row, number in enumerate(numbers):
        for step in (1, -1):
            total, last = 0.0, row
            while 0 <= last + step < len(rows) and abs(last - row) < _LONGEST_WINDOW:
                last += step
                total += numbers[last]
                if total >= number * (1 - _NEAR):
                    break
            parts = range(min(row + step, last), max(row + step, last) + 1)
            is_near = abs(total - number) <= _NEAR * number
            if abs(last - row) >= 2 and is_near and _adds_up(rows, row, parts):
                one = Sum(row, tuple(parts), "sum")
                if _steps(rows, one) * (len(parts) - 1) >= _SURE_WINDOW:
                    found.append(one)
                    break
    return found


def _blocks(rows: Sequence[Row]) -> list[Sum]:
    """Rows equal to the sum of those since the last such row, or of all such rows before."""
    blocks: list[Sum] = []
    start, total = 0, 0.0
    for position, row in enumerate(rows):
        number = row[0] or 0.0
        if position - start >= 2 and abs(number - total) <= _NEAR * number:
            parts = tuple(range(start, position))
            if _adds_up(rows, position, parts):
                blocks.append(Sum(position, parts, "sum"))
                start, total = position + 1, 0.0
                continue
        if position == start and len(blocks) > 1:
            heads = tuple(block.row for block in blocks)
            if _adds_up(rows, position, heads):
                blocks.append(Sum(position, heads, "sum"))
                start, total = position + 1, 0.0
                continue
        total += number
    return blocks


def _adds_up(rows: Sequence[Row], row: int, parts: Sequence[int]) -> bool:
    """Whether a row is the sum of others in its main number and contradicts it in no other."""
    for column, number in enumerate(rows[row]):
        numbers = [rows[part][column] for part in parts]
        known = [one for one in numbers if one is not None]
        if number is None or not known or (column and len(known) < len(numbers)):
            continue
        slack = (len(known) + 1) * _unit_of([*known, number]) / 2 if len(known) > 2 else 0.0
        if abs(math.fsum(known) - number) > max(slack, 1e-9 * abs(number)):
            return False
    return rows[row][0] not in {None, 0.0}


def _unit_of(numbers: Sequence[float]) -> float:
    """The value of the last digit that the numbers use."""
    for digits in (-6, -5, -4, -3, -2, -1, 0, 1, 2):
        unit = 10.0**-digits
        if all(abs(number / unit - round(number / unit)) < 1e-6 for number in numbers):
            return unit
    return 1e-3


def _steps(rows: Sequence[Row], block: Sum) -> float:
    """How many sums the block might have come to: the sum over its parts' greatest measure."""
    numbers = [round((rows[part][0] or 0.0) * _SCALE) for part in (*block.parts, block.row)]
    measure = math.gcd(*numbers)
    exact = sum(numbers[:-1]) == numbers[-1]
    steps = numbers[-1] / measure if measure else 0.0
    return steps if exact else steps / (_LOOSE * (len(block.parts) + 1))


def _accepted(blocks: Sequence[Sum], rows: Sequence[Row], *, is_turned: bool) -> list[Sum]:
    """The blocks that are no chance: one for itself, or all of them as a chain of the register."""
    if not blocks:
        return []
    steps = [_steps(rows, block) for block in blocks]
    heads = {block.row for block in blocks}
    covered = heads | {part for block in blocks for part in block.parts}
    is_chain = len(blocks) > 1 and len(covered) == len(rows)
    if is_chain and math.prod(steps) >= _SURE_CHAIN:
        return list(blocks)
    if is_turned:
        return []
    return [
        block
        for block, count in zip(blocks, steps, strict=True)
        if count * (len(block.parts) - 1) >= _SURE_ALONE
    ]


def _mean(rows: Sequence[Row]) -> Iterator[Sum]:
    """The last row, where it is the mean of four or more others to a digit that they do not use."""
    *others, last = (row[0] or 0.0 for row in rows)
    if len(others) < 4 or len(set(others)) < 3 or not last:
        return
    unit = _unit_of([last])
    mean = math.fsum(others) / len(others)
    if abs(mean - last) <= unit / 2 * 1.001 and unit < _unit_of(others):
        is_precise = last / unit >= _SURE_MEAN
        if is_precise:
            yield Sum(len(rows) - 1, tuple(range(len(others))), "mean")


class Head(Struct, frozen=True):
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


def distance_km(one: Spot, other: Spot) -> float:
    """The way between two spots, on a plane that touches the earth at the first; across 180° too."""
    north = one[0] - other[0]
    east = (one[1] - other[1] + 180) % 360 - 180
    return _KM_PER_DEGREE * math.hypot(north, east * math.cos(math.radians(one[0])))


def earlier_twins(spots: Sequence[Spot]) -> dict[int, int]:
    """Each spot within a kilometre of an earlier one, with the first such.

    The result is that of comparing every pair; a grid of cells about a kilometre wide keeps the
    comparisons to neighbours.
    """
    grid: dict[int, dict[int, list[int]]] = {}
    found: dict[int, int] = {}
    for position, spot in enumerate(spots):
        band = math.floor(spot[0] / _BAND)
        first = position
        for near in (band - 1, band, band + 1):
            for cell in _cells(grid.get(near, {}), near, spot):
                first = _first(cell, spot, spots, first)
        if first < position:
            found[position] = first
        cells = grid.setdefault(band, {})
        cells.setdefault(math.floor(_east(spot[1]) / _width(band)), []).append(position)
    return found


def _east(longitude: float) -> float:
    """A longitude from 0 to 360, so that the cells run round the earth."""
    return longitude % 360


def _width(band: int) -> float:
    """Degrees of longitude that a cell of a band is wide."""
    lowest = min(abs(band), abs(band + 1)) * _BAND
    return min(360.0, _BAND / max(math.cos(math.radians(min(lowest, 90.0))), 1e-9))


def _cells(cells: dict[int, list[int]], band: int, spot: Spot) -> Iterable[list[int]]:
    """The cells of a band that may hold something within reach of a spot."""
    width = _width(band)
    count = math.ceil(360 / width)
    reach = _BAND / max(math.cos(math.radians(spot[0])), 1e-9)
    near = math.ceil(reach / width)
    if 2 * near + 1 >= min(count, len(cells)):
        return list(cells.values())
    middle = math.floor(_east(spot[1]) / width)
    # The last cell may be narrower than the others, so one more is looked at across the seam.
    indices = {index % count for index in range(middle - near - 1, middle + near + 2)}
    return [cells[index] for index in indices if index in cells]


def _first(cell: Iterable[int], spot: Spot, spots: Sequence[Spot], best: int) -> int:
    """The first of a cell within reach, or the best so far where that comes earlier."""
    for one in cell:
        if one >= best:
            break
        if distance_km(spot, spots[one]) < SAME_PLACE_KM:
            return one
    return best
