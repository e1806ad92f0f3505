"""The best choice as a program of integers, where there are too many to list.

The solver lets a row be exceeded by a millionth of its scale, so every answer is checked exactly
and struck out if it does not stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.solver.options import (
    TIE,
    Found,
    keeps,
    mark,
    placement,
    weighed,
)
from generator.analysis.solver.rows import Rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from highspy import HighsLp

    from generator.analysis.solver.options import Alike, Options, Terms
    from generator.analysis.solver.rows import Row
    from generator.analysis.values import FloatArray


RESOLUTION = 1e4
"""What the largest coefficient of a row of values is scaled to: the solver stops at 1e-6."""
_TRIES = 50


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
