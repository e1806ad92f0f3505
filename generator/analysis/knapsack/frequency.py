"""How often the selection of greatest benefit contains each use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

import numpy as np
from numpy.typing import NDArray

from generator.analysis.knapsack.conditions import Case, Conditions, lodged, stated
from generator.analysis.knapsack.program import RESOLUTION, program_of, solved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]

_CELLS = 4_000_000
"""Selections times draws held in memory at a time, 8 bytes each and a few arrays of them."""


def _uses(table: FloatArray, need: FloatArray, *, shared: bool) -> FloatArray:
    """Use of one resource by each selection of a table (selections, n); needs (..., n)."""
    if not shared:
        return np.asarray(need @ table.T)
    most = np.zeros((*need.shape[:-1], len(table)))
    for i in range(table.shape[1]):
        np.maximum(most, need[..., i, np.newaxis] * table[:, i], out=most)
    return most + np.maximum((need > 0).astype(float) @ table.T - 1.0, 0.0)


def _feasible_table(case: Case, resources: Sequence[int], longest: int) -> FloatArray | None:
    """All selections within the conditions and the named resources, (selections, n) of 0 and 1.

    Returns:
        None if there are more than `longest`.
    """
    count = len(case.needs)
    table = np.zeros((int(np.all(case.capacity >= 0)), count))
    for i in range(count):
        # What is too much stays too much with more uses, so that few of the 2^n are ever made.
        grown = table.copy()
        grown[:, i] = 1.0
        for first, second in case.excludes:
            grown = grown[grown[:, first] * grown[:, second] == 0]
        for resource in resources:
            used = _uses(grown, case.needs[:, resource], shared=resource in case.rota)
            grown = grown[used <= _relaxed(case.capacity[resource])]
        if len(table) + len(grown) > longest:
            return None
        table = np.vstack([table, grown])
    for i, j in case.requires:
        table = table[table[:, i] <= table[:, j]]
    return _lodged_only(case, table)


def _lodged_only(case: Case, table: FloatArray) -> FloatArray:
    """The selections of a table whose uses find a host each."""
    load, rooms = case.lodging
    table = table[table @ load <= _relaxed(rooms.sum())]
    lodgers = np.flatnonzero(load > 0)
    lodgers = lodgers[np.argsort(-load[lodgers], kind="stable")]
    # Selections differ mostly in uses that need no host: each set of lodgers is tried once.
    codes = table[:, lodgers] @ 2.0 ** np.arange(len(lodgers))
    sets, which = np.unique(codes, return_inverse=True)
    bits = sets.astype(np.int64)[:, np.newaxis] >> np.arange(len(lodgers)) & 1
    fits = [lodged(load[lodgers[row > 0]].tolist(), tuple(rooms)) for row in bits]
    return np.asarray(table[np.array(fits, dtype=bool)[which.ravel()]])


def _enumerated(
    case: Case,
    table: FloatArray,
    gains: FloatArray,
    allowed: NDArray[np.bool_],
    first_needs: FloatArray | None,
) -> FloatArray:
    """Number of draws that select each use, by looking at every selection of a table."""
    taken = np.zeros(table.shape[1])
    if not len(table):
        return taken
    if len(case.capacity):
        # The first of equal maxima is taken: put those first that a settled solution prefers.
        first = _uses(table, case.needs[:, 0], shared=0 in case.rota)
        table = table[np.lexsort((table @ np.arange(table.shape[1]), first))]
    # One use that is not allowed outweighs all benefits, so that no selection with it is best.
    worth = np.where(allowed, gains, -1.0 - gains.sum(axis=1, keepdims=True))
    step = max(1, _CELLS // len(table))
    for start in range(0, len(gains), step):
        totals = worth[start : start + step] @ table.T
        if first_needs is not None:
            needed = _uses(table, first_needs[start : start + step], shared=0 in case.rota)
            totals[needed > _relaxed(case.capacity[0])] = -1.0
        taken += table[totals.argmax(axis=1)].sum(axis=0)
    return taken


def _solved_by_draw(
    case: Case, gains: FloatArray, allowed: NDArray[np.bool_], first_needs: FloatArray | None
) -> FloatArray:
    """Number of draws that select each use, by a program per draw."""
    taken = np.zeros(gains.shape[1])
    program = program_of(case)
    for draw, (gain, open_) in enumerate(zip(gains, allowed, strict=True)):
        if first_needs is not None:
            needs = case.needs.copy()
            needs[:, 0] = first_needs[draw]
            case = replace(case, needs=needs)
            program = program_of(case)
        ceilings = program.ceilings.copy()
        ceilings[: len(gain)] = open_
        # A use without benefit is a burden, however small, so that it is not selected at random.
        cost = np.where(gain > 0, -gain * RESOLUTION / (gain.max() or 1.0), 1e-3)
        found = solved(case, replace(program, ceilings=ceilings), cost)
        taken[list(found or ())] += 1.0
    return taken


def selection_frequency(
    benefit_draws: ArrayLike,
    allowed_draws: ArrayLike,
    needs: ArrayLike,
    capacity: ArrayLike,
    *,
    first_need_draws: ArrayLike | None = None,
    longest: int = 300_000,
    **conditions: Unpack[Conditions],
) -> FloatArray:
    """Share of draws in which the selection of greatest benefit contains each use.

    Args:
        benefit_draws: Benefits of at least 0, shape (draws, n).
        allowed_draws: Whether a use may be selected in a draw, shape (draws, n).
        needs: Needs of each use, at least 0, shape (n, resources).
        capacity: What there is of each resource, inf where unlimited, shape (resources,).
        first_need_draws: Needs of the first resource by draw, in place of the first column of
            `needs`, shape (draws, n).
        longest: Up to so many feasible selections (always so up to 18 uses) every one is looked
            at, which takes microseconds a draw; beyond, a program is solved for each draw.
        **conditions: See `Conditions`.

    Returns:
        Shares in [0, 1], shape (n,).

    Raises:
        ValueError: For needs below 0 or shapes that do not match.
        RuntimeError: If the solver's answers do not stand up to an exact check.
    """
    case, gains = stated(needs, capacity, conditions), np.asarray(benefit_draws, dtype=float)
    allowed = np.asarray(allowed_draws, dtype=bool)
    firsts = None if first_need_draws is None else np.asarray(first_need_draws, dtype=float)
    least = case
    if firsts is not None and len(firsts):
        # What is too much at the least need of each use is too much in every draw.
        least = replace(case, needs=np.column_stack([firsts.min(axis=0), case.needs[:, 1:]]))
    table = _feasible_table(least, range(len(case.capacity)), longest)
    taken = (
        _solved_by_draw(case, gains, allowed, firsts)
        if table is None
        else _enumerated(case, table, gains, allowed, firsts)
    )
    return taken / max(1, len(gains))


def _relaxed(limit: float) -> float:
    """A limit with the same allowance for rounding errors as the exact check."""
    return limit * (1.0 + 1e-9) + 1e-12
