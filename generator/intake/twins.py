"""Rows of one size within a kilometre of each other, looked for among neighbours only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Spot = tuple[float, float]
"""Latitude and longitude in degrees."""

SAME_PLACE_KM = 1.0
_KM_PER_DEGREE = 111.2
_BAND = SAME_PLACE_KM / _KM_PER_DEGREE
"""Degrees of latitude that a band of the grid is high."""


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
