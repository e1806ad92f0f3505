"""A choice under limits as rows of an integer program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.solver.options import CAPITAL, OPERATIONS, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from generator.analysis.solver.options import Options, Terms
    from generator.analysis.values import FloatArray

    Row = tuple[FloatArray, float]
    """Coefficients of all columns, and what their sum must not exceed."""


_GREATEST, _COMMON, _BUILT = 0, 1, 2
"""Columns behind the items: greatest need of operations staff, capital of the uses that can share a
platform, whether the common platform is built."""
_EXTRA = 3


class Rows(Struct, frozen=True):
    """matrix · columns <= limits; columns: platforms, placings, three more, slices of people."""

    items: int
    """Platforms and placings together."""
    matrix: FloatArray
    limits: FloatArray
    tops: FloatArray
    """What a column holds at most; the least is 0."""
    is_whole: NDArray[np.uint8]
    value: FloatArray
    """Value of one unit of each column."""
    capital: FloatArray
    """CNY m of one unit of each column."""

    def with_row(self, row: FloatArray, limit: float) -> Rows:
        """The same with one more row."""
        return replace(
            self, matrix=np.vstack([self.matrix, row]), limits=np.append(self.limits, limit)
        )


class _Slices(Struct, frozen=True):
    """People whom exactly the same platforms reach: worth of each group and who reaches it."""

    people: FloatArray
    reaching: NDArray[np.bool_]
    """Shape (slices, platforms)."""


def rows_of(options: Options, terms: Terms) -> Rows:
    """The conditions of a choice as rows, scaled so that the solver's tolerance means little."""
    chains, placed = options.platforms, options.placings
    first, second = len(chains.ids), len(placed.ids)
    items, slices = first + second, _slices(options)
    columns = items + _EXTRA + len(slices.people)
    value, capital = np.zeros(columns), np.zeros(columns)
    value[:first] = terms.gain(chains.gains, first) - terms.least_gain
    value[first:items] = terms.gain(placed.gains, second) - terms.least_gain
    value[items + _EXTRA :] = terms.coefficients.get("served", 0.0) * slices.people
    capital[:first] = np.where(chains.is_shared, 0.0, chains.capital)
    capital[first:items] = placed.capital
    capital[items + _COMMON] = 1.0
    tops, is_whole = np.ones(columns), np.ones(columns, dtype=np.uint8)
    tops[:items] = ~np.concatenate(terms.barred(options))
    tops[items : items + _BUILT] = np.inf
    is_whole[items : items + _BUILT] = 0
    is_whole[items + _EXTRA :] = 0
    found = [
        *_limit_rows(options, terms, capital),
        *_platform_rows(options, columns),
        *_room_rows(options, columns),
        *_pair_rows(options, columns),
        *_slice_rows(slices, items, columns),
    ]
    matrix = np.array([row for row, _ in found]).reshape(len(found), columns)
    limits = np.array([limit for _, limit in found])
    return Rows(items, matrix, limits, tops, is_whole, value, capital)


def _scaled(row: FloatArray, limit: float) -> Row:
    size = float(np.abs(row).max(initial=0.0)) or 1.0
    return row / size, limit / size


def _limit_rows(options: Options, terms: Terms, capital: FloatArray) -> Iterator[Row]:
    ceilings = terms.ceilings()
    needs = np.vstack([options.platforms.needs, options.placings.needs])
    items = len(needs)
    before, users = options.rota
    for resource, limit in enumerate(ceilings.tolist()):
        if np.isinf(limit):
            continue
        row = np.zeros(len(capital))
        row[:items] = needs[:, resource]
        if resource == CAPITAL:
            row = capital
        if resource != OPERATIONS:
            yield _scaled(row, limit)
            continue
        # The first of the rota counts with the greatest need, every further one with one.
        asking = needs[:, OPERATIONS]
        row = np.zeros(len(capital))
        row[:items], row[items + _GREATEST] = asking > 0, 1.0
        yield row, limit + 1.0 - users
        earlier = np.zeros(len(capital))
        earlier[items + _GREATEST] = -1.0
        yield earlier, -before
        for item in np.flatnonzero(asking > 0):
            greatest = earlier.copy()
            greatest[item] = asking[item]
            yield _scaled(greatest, 0.0)


def _platform_rows(options: Options, columns: int) -> Iterator[Row]:
    """Capital of the uses that can share is the lesser of both: each by itself, or in common."""
    chains = options.platforms
    items = len(chains.ids) + len(options.placings.ids)
    shared = np.where(chains.is_shared, chains.capital, 0.0)
    apart, common = np.zeros(columns), np.zeros(columns)
    apart[: len(shared)], common[: len(shared)] = shared, options.keep * shared
    apart[items + _COMMON] = common[items + _COMMON] = -1.0
    # Enough for the row to say nothing once the common platform is built.
    apart[items + _BUILT] = -float(np.sort(shared)[-options.most :].sum()) if len(shared) else 0.0
    common[items + _BUILT] = options.base
    yield _scaled(apart, 0.0)
    yield _scaled(common, 0.0)


def _room_rows(options: Options, columns: int) -> Iterator[Row]:
    placed, start = options.placings, len(options.platforms.ids)
    for place, rooms in enumerate(within(options.rooms)):
        for kind, room in enumerate(rooms.tolist()):
            row = np.zeros(columns)
            here = placed.rooms[:, kind] * (placed.place == place)
            row[start : start + len(here)] = here
            if here.any():
                yield _scaled(row, room)


def _pair_rows(options: Options, columns: int) -> Iterator[Row]:
    """Number of projects a list, one project a use, and pairs of uses."""
    chains, placed = options.platforms.ids, options.placings.ids
    every = np.array([*chains, *placed], dtype=object)
    for start, count in ((0, len(chains)), (len(chains), len(placed))):
        row = np.zeros(columns)
        row[start : start + count] = 1.0
        yield row, float(options.most)

    def of(use_id: str) -> FloatArray:
        row = np.zeros(columns)
        row[: len(every)] = every == use_id
        return row

    for use_id in dict.fromkeys(placed):
        yield of(use_id), 1.0
    for one, other in options.excludes:
        yield of(one) + of(other), 1.0
    for one, other in options.requires:
        if other not in options.held:
            yield of(one) - of(other), 0.0


def _slices(options: Options) -> _Slices:
    """The people of all divisions, cut where one more platform reaches them."""
    reach = options.platforms.reach
    found: dict[tuple[bool, ...], float] = {}
    for division, people in enumerate(options.people.tolist()):
        before = float(options.reached[division])
        for level in np.unique(reach[:, division]).tolist():
            if level > before:
                who = tuple((reach[:, division] >= level).tolist())
                found[who] = found.get(who, 0.0) + people * (level - before)
                before = level
    reaching = np.array(list(found), dtype=bool).reshape(len(found), len(reach))
    return _Slices(np.array(list(found.values())), reaching)


def _slice_rows(slices: _Slices, items: int, columns: int) -> Iterator[Row]:
    for number, who in enumerate(slices.reaching):
        row = np.zeros(columns)
        row[: len(who)] = -1.0 * who
        row[items + _EXTRA + number] = 1.0
        yield row, 0.0
