"""The best choice as a program of integers, where there are too many to list.

The solver lets a row be exceeded by a millionth of its scale, so every answer is checked exactly
and struck out if it does not stand.

Also here: a choice under limits as rows of an integer program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.solver.options import (
    CAPITAL,
    OPERATIONS,
    TIE,
    Found,
    keeps,
    mark,
    placement,
    weighed,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from highspy import HighsLp
    from numpy.typing import NDArray

    from generator.analysis.solver.options import Alike, Options, Terms
    from generator.analysis.values import FloatArray

    Row = tuple[FloatArray, float]
    """Coefficients of all columns, and what their sum must not exceed."""


RESOLUTION = 1e4
"""What the largest coefficient of a row of values is scaled to: the solver stops at 1e-6."""
_TRIES = 50
_GREATEST, _COMMON, _BUILT = 0, 1, 2
"""Columns behind the items: greatest need of operations staff, capital of the uses that can share a
platform, whether the common platform is built."""
_EXTRA = 3


class _Program(Struct, frozen=True):
    """Options, terms and the rows that stand for them."""

    options: Options
    terms: Terms
    rows: Rows

    def with_row(self, row: FloatArray, limit: float) -> _Program:
        """The same with row · columns <= limit."""
        return replace(self, rows=self.rows.with_row(row, limit))


def best_by_program(
    options: Options, terms: Terms, forbidden: Found | None = None, alike: Alike = "places"
) -> Found | None:
    """The choice of greatest value; see `best_programme`.

    Value, number of projects and capital are those of the list; of choices that agree in all three
    it takes one of low ids, early sites and large sizes.

    Raises:
        RuntimeError: The solver's answers do not stand up to an exact check.
    """
    program = _Program(options, terms, rows_of(options, terms))
    if forbidden is not None:
        program = _without(program, forbidden, alike)
    best = _solved(program, -program.rows.value)
    if best is None:
        return None
    items = np.arange(program.rows.items)
    number = np.zeros_like(program.rows.value)
    number[items] = 1.0
    program = _at_least(program, best.value)
    best = _better(program, number, best, best.value)
    program = program.with_row(number, len(best.platforms) + len(best.placings) + 0.5)
    settled = _better(program, program.rows.capital, best, best.value)
    # Capital is equal to six decimals; half a unit of the last keeps to that.
    program = program.with_row(program.rows.capital, settled.capital + 5e-7)
    return _better(program, _preference(program), settled, best.value)


def best_with(
    options: Options, terms: Terms, rows: Sequence[Row], preferred: FloatArray
) -> Found | None:
    """The choice of greatest value that keeps to some more rows.

    Args:
        options: What may be chosen.
        terms: What it is judged by, and the limits.
        rows: Coefficients of the platforms and placings, and what their sum must not exceed.
        preferred: What decides between choices of equal value, one number a platform or placing.

    Raises:
        RuntimeError: The solver's answers do not stand up to an exact check.
    """
    program = _Program(options, terms, rows_of(options, terms))
    others = np.zeros(program.rows.matrix.shape[1] - program.rows.items)
    for row, limit in rows:
        program = program.with_row(np.concatenate([row, others]), limit)
    best = _solved(program, -program.rows.value)
    if best is None:
        return None
    program = _at_least(program, best.value)
    return _better(program, -np.concatenate([preferred, others]), best, best.value)


def _better(program: _Program, cost: FloatArray, best: Found, value: float) -> Found:
    """The choice of least cost; the best so far where the tolerance let a lesser value pass."""
    found = _solved(program, cost)
    if found is None or found.value < value - TIE:
        return best
    if found.value > value + TIE:
        return found
    score = _cost(program, found, cost), _cost(program, best, cost)
    return found if score[0] < score[1] else best


def _cost(program: _Program, found: Found, cost: FloatArray) -> float:
    """Cost of the items of a choice; that of a common platform by its exact capital."""
    if cost is program.rows.capital:
        return found.capital
    return float(cost[_columns(program, found)].sum())


def _columns(program: _Program, found: Found) -> list[int]:
    start = len(program.options.platforms.ids)
    return [*found.platforms, *(start + row for row in found.placings)]


def _solved(program: _Program, cost: FloatArray) -> Found | None:
    """The choice of least cost that keeps to everything, None if there is none.

    Raises:
        RuntimeError: If the solver's answers do not stand up to an exact check.
    """
    for _ in range(_TRIES):
        found = _solve(program, cost)
        if found is None or keeps(found, program.options, program.terms):
            return found
        program = _without(program, found)
    raise RuntimeError("every choice found exceeds a limit")


def _solve(program: _Program, cost: FloatArray) -> Found | None:
    """The choice of least cost by the solver's own tolerance."""
    rows = program.rows
    # A start-up that regions with few choices do without.
    import highspy  # noqa: PLC0415

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    # One core a region: a batch keeps the others busy.
    solver.setOptionValue("threads", 1)
    solver.passModel(_model(rows, cost * (RESOLUTION / (np.abs(cost).max() or 1.0))))
    solver.run()
    state = solver.getModelStatus()
    if state == highspy.HighsModelStatus.kInfeasible:
        return None
    if state != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the solver stopped: {solver.modelStatusToString(state)}")
    values = np.asarray(solver.getSolution().col_value)
    taken = np.flatnonzero(values[: rows.items] > 0.5)
    start = len(program.options.platforms.ids)
    return weighed(
        tuple(taken[taken < start].tolist()),
        tuple((taken[taken >= start] - start).tolist()),
        program.options,
        program.terms,
    )


def _model(rows: Rows, cost: FloatArray) -> HighsLp:
    """Rows and costs in the solver's own words: the matrix column by column, without its zeros."""
    import highspy  # noqa: PLC0415

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.matrix.shape
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros_like(rows.tops), rows.tops
    model.row_lower_, model.row_upper_ = np.full_like(rows.limits, -np.inf), rows.limits
    kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
    model.integrality_ = [kinds[is_whole] for is_whole in rows.is_whole.tolist()]
    columns, places = np.nonzero(rows.matrix.T)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.num_row_, matrix.num_col_ = rows.matrix.shape
    matrix.start_ = np.searchsorted(columns, np.arange(len(cost) + 1))
    matrix.index_, matrix.value_ = places, rows.matrix.T[columns, places]
    return model


def _without(program: _Program, found: Found, alike: Alike = "places") -> _Program:
    """The program with one choice struck out, and all that are like it."""
    options = program.options
    struck = {mark((row,), options, alike) for row in found.placings}
    every = range(len(options.placings.ids))
    rows = [row for row in every if mark((row,), options, alike) in struck]
    cut = np.zeros(program.rows.matrix.shape[1])
    cut[: program.rows.items] = -1.0
    # A use has one place and one size, so that no choice takes two of what is alike.
    cut[_columns(program, replace(found, placings=tuple(rows)))] = 1.0
    return program.with_row(cut, len(found.platforms) + len(found.placings) - 1.0)


def _at_least(program: _Program, value: float) -> _Program:
    """The program of the choices that reach a value."""
    worth = program.rows.value
    scale = RESOLUTION / (np.abs(worth).max() or 1.0)
    return program.with_row(-worth * scale, (TIE - value) * scale)


def _preference(program: _Program) -> FloatArray:
    """Costs that grow with ids, sites and smallness, blockchain first."""
    options = program.options
    chains = _places([(use_id,) for use_id in options.platforms.ids])
    placed = _places([placement(row, options) for row in range(len(options.placings.ids))])
    cost = np.zeros_like(program.rows.value)
    cost[: len(chains)] = chains
    cost[len(chains) : program.rows.items] = [len(chains) + rank for rank in placed]
    return cost


def _places(keys: Sequence[tuple[str | float, ...]]) -> list[int]:
    """The place of each key in their order, from 1."""
    order = {
        row: place for place, row in enumerate(sorted(range(len(keys)), key=keys.__getitem__), 1)
    }
    return [order[row] for row in range(len(keys))]


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
