"""Selections of greatest benefit, found as integer programs and checked exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from generator.analysis.knapsack.conditions import Case, Conditions, keeps, resource_use, stated
from generator.analysis.values import at_least

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]

RESOLUTION = 1e4
"""What the largest coefficient of an objective is scaled to: the solver stops at a gap of 1e-6."""


@dataclass(frozen=True, slots=True)
class Program:
    """Rows · columns <= limits; columns: uses, largest need per rota, use in host, extra amount."""

    rows: FloatArray
    limits: FloatArray
    ceilings: FloatArray
    whole: NDArray[np.uint8]

    def solve(self, cost: FloatArray) -> FloatArray | None:
        """The columns of least cost, or None if no columns satisfy the rows."""
        found = milp(
            cost,
            integrality=self.whole,
            bounds=Bounds(0.0, self.ceilings),
            constraints=LinearConstraint(csc_array(self.rows), -np.inf, self.limits),
            # Presolving a program of this size takes longer than it saves.
            options={"mip_rel_gap": 0.0, "presolve": False},
        )
        if found.status not in {0, 2}:
            raise RuntimeError(f"the solver stopped: {found.message}")
        return None if found.x is None else np.asarray(found.x, dtype=float)

    def with_rows(self, rows: FloatArray, limits: Sequence[float]) -> Program:
        """The same with more rows over the leading columns."""
        wide = np.zeros((len(rows), self.rows.shape[1]))
        wide[:, : rows.shape[1]] = rows
        return Program(
            np.vstack([self.rows, wide]), np.append(self.limits, limits), self.ceilings, self.whole
        )


def _host_rows(case: Case, columns: int, start: int) -> Iterator[tuple[FloatArray, float]]:
    load, rooms = case.lodging
    lodgers = np.flatnonzero(load > 0)
    for k, i in enumerate(lodgers):
        row = np.zeros(columns)
        row[i] = 1.0
        row[start + k * len(rooms) : start + (k + 1) * len(rooms)] = -1.0
        yield row, 0.0
    for h, room in enumerate(rooms):
        row = np.zeros(columns)
        row[start + h : start + len(lodgers) * len(rooms) : len(rooms)] = load[lodgers]
        yield row / load.max(initial=1.0), float(room) / load.max(initial=1.0)


def _rows(case: Case, columns: int, extra: int | None) -> Iterator[tuple[FloatArray, float]]:
    count = len(case.needs)
    for resource, need in enumerate(case.needs.T):
        limit = float(case.capacity[resource])
        row = np.zeros(columns)
        row[:count] = need
        size = float(need.max(initial=0.0)) or 1.0
        row[-1] = -size if resource == extra else 0.0
        if resource in case.rota:
            # The first in the rota is the largest need, every further one counts one.
            largest = count + list(case.rota).index(resource)
            row[:count], row[largest] = need > 0, 1.0
            for user in np.flatnonzero(need > 0):
                bound = np.zeros(columns)
                bound[user], bound[largest] = need[user] / size, -1.0 / size
                yield bound, 0.0
            limit += 1.0
        yield row / size, limit / size
    pairs = [(pair, 1.0, 1.0) for pair in case.excludes]
    pairs += [(pair, -1.0, 0.0) for pair in case.requires]
    for (i, j), sign, bounded in pairs:
        row = np.zeros(columns)
        row[i], row[j] = 1.0, sign
        yield row, bounded


def program_of(case: Case, extra: int | None = None) -> Program:
    """The conditions as rows; `extra` is the resource of which more may be had at a cost."""
    count = len(case.needs)
    load, rooms = case.lodging
    start = count + len(case.rota)
    columns = start + int(np.count_nonzero(load > 0)) * len(rooms) + 1
    found = [*_rows(case, columns, extra), *_host_rows(case, columns, start)]
    whole, ceilings = np.ones(columns, dtype=np.uint8), np.ones(columns)
    whole[count:start] = whole[-1] = 0
    ceilings[count:start] = np.inf
    ceilings[-1] = 0.0 if extra is None else np.inf
    rows = np.array([row for row, _ in found]).reshape(len(found), columns)
    return Program(rows, np.array([limit for _, limit in found]), ceilings, whole)


def _without(program: Program, selections: Sequence[Sequence[int]], count: int) -> Program:
    """The program with a no-good cut for each selection that may not be returned."""
    cuts = np.full((len(selections), count), -1.0)
    for cut, selection in zip(cuts, selections, strict=True):
        cut[list(selection)] = 1.0
    return program.with_rows(cuts, [len(set(selection)) - 1.0 for selection in selections])


def solved(case: Case, program: Program, cost: FloatArray) -> tuple[int, ...] | None:
    """The selection of least cost that keeps within a case, None if there is none.

    Raises:
        RuntimeError: If the solver's answers do not stand up to an exact check.
    """
    count = len(case.needs)
    costs = np.append(cost, np.zeros(program.rows.shape[1] - len(cost)))
    for _ in range(10):
        found = program.solve(costs)
        if found is None:
            return None
        selection = tuple(np.flatnonzero(found[:count] > 0.5).tolist())
        if keeps(case, selection):
            return selection
        # The solver lets a row be exceeded by a millionth; such a selection is not one.
        program = _without(program, [selection], count)
    raise RuntimeError("every selection found exceeds a limit")


def _at_least_row(gain: FloatArray, target: float) -> tuple[FloatArray, list[float]]:
    scale = RESOLUTION / (gain.max(initial=0.0) or 1.0)
    return -gain[np.newaxis] * scale, [-(target - 1e-9) * scale]


def solve_selection(
    benefit: ArrayLike,
    needs: ArrayLike,
    capacity: ArrayLike,
    *,
    forbidden: Sequence[Sequence[int]] = (),
    settle: bool = True,
    **conditions: Unpack[Conditions],
) -> tuple[int, ...] | None:
    """The feasible selection of greatest total benefit.

    Args:
        benefit: Benefit of each use, at least 0, shape (n,).
        needs: Needs of each use, at least 0, shape (n, resources).
        capacity: What there is of each resource, inf where unlimited, shape (resources,).
        forbidden: Selections that may not be returned, such as the best one for a runner-up.
        settle: Among equal benefits, to 1e-9, take the least need of the first resource, to a
            millionth of all needs of it, then the lowest sum of indices; else any.
        **conditions: See `Conditions`.

    Returns:
        Ascending indices, possibly none; None if no selection is feasible and not forbidden.

    Raises:
        ValueError: For needs below 0 or shapes that do not match.
        RuntimeError: If the solver's answers do not stand up to an exact check.

    Source:
        Kellerer, Pferschy & Pisinger (2004), Knapsack Problems, ch. 9.
    """
    case, gain = stated(needs, capacity, conditions), np.asarray(benefit, dtype=float)
    if not len(gain):
        return None if forbidden else ()
    program = _without(program_of(case), forbidden, len(gain))
    best = solved(case, program, -gain * RESOLUTION / (gain.max() or 1.0))
    if best is None or not settle:
        return best
    order = np.arange(1.0, len(gain) + 1)
    cost = np.zeros(len(gain) + len(case.rota))
    if len(case.capacity):
        first = case.needs[:, 0]
        cost[: len(gain)] = (first > 0) if 0 in case.rota else first
        if 0 in case.rota:
            cost[len(gain) + list(case.rota).index(0)] = 1.0
        cost *= 1e6 / (first.sum() + len(gain))
    cost[: len(gain)] += order / order.sum()
    total = float(gain[list(best)].sum())
    settled = solved(case, program.with_rows(*_at_least_row(gain, total)), cost)
    # Where the solver's tolerance let a lesser benefit pass, the first answer stands.
    return (
        settled
        if settled is not None and at_least(float(gain[list(settled)].sum()), total)
        else best
    )


def least_extra(
    benefit: ArrayLike,
    needs: ArrayLike,
    capacity: ArrayLike,
    resource: int,
    target_benefit: float,
    **conditions: Unpack[Conditions],
) -> float | None:
    """The least extra amount of one resource with which a total benefit comes within reach.

    Args:
        benefit: Benefit of each use, at least 0, shape (n,).
        needs: Needs of each use, at least 0, shape (n, resources).
        capacity: What there is of each resource, inf where unlimited, shape (resources,).
        resource: Index of the resource of which there may be more.
        target_benefit: Total benefit to reach.
        **conditions: See `Conditions`.

    Returns:
        Extra amount in the resource's unit, 0 if none is needed; None if no amount is enough.

    Raises:
        ValueError: For needs below 0 or shapes that do not match.
        RuntimeError: If the solver's answers do not stand up to an exact check.
    """
    case, gain = stated(needs, capacity, conditions), np.asarray(benefit, dtype=float)
    program = program_of(case, resource).with_rows(*_at_least_row(gain, target_benefit))
    cost = np.zeros(program.rows.shape[1])
    cost[-1] = RESOLUTION
    limits = case.capacity.copy()
    limits[resource] = np.inf
    found = solved(replace(case, capacity=limits), program, cost)
    if found is None:
        return None
    used = resource_use(found, case.needs, case.rota)[resource]
    return max(0.0, float(used - case.capacity[resource]))
