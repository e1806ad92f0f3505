"""What a selection of uses must meet, and the exact check that it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from generator.analysis.values import at_least

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

FloatArray = NDArray[np.float64]


class Conditions(TypedDict, total=False):
    """What a selection must meet beside the capacities.

    Attributes:
        rota: Indices of resources shared in turns: a selection needs the largest need among its
            uses, plus one for every further use with a need.
        excludes: Pairs of uses that are never selected together.
        requires: Pairs of uses of which the first is selected only with the second.
        hosts: What each use needs of a host, shape (n,), and what each host has, shape (hosts,);
            a use with a need is assigned whole to one host, so that nothing is counted twice.
    """

    rota: Sequence[int]
    excludes: Sequence[tuple[int, int]]
    requires: Sequence[tuple[int, int]]
    hosts: tuple[ArrayLike, ArrayLike] | None


@dataclass(frozen=True, slots=True)
class Case:
    """The capacities and conditions of a selection; needs have shape (n, resources)."""

    needs: FloatArray
    capacity: FloatArray
    rota: Sequence[int] = ()
    excludes: Sequence[tuple[int, int]] = ()
    requires: Sequence[tuple[int, int]] = ()
    hosts: tuple[ArrayLike, ArrayLike] | None = None

    @property
    def lodging(self) -> tuple[FloatArray, FloatArray]:
        """Needs of the uses that need a host, 0 for others, and the capacities of the hosts."""
        if self.hosts is None:
            return np.zeros(len(self.needs)), np.zeros(0)
        need, room = self.hosts
        return np.asarray(need, dtype=float), np.asarray(room, dtype=float)


def stated(needs: ArrayLike, capacity: ArrayLike, conditions: Conditions) -> Case:
    """The case that a caller states.

    Raises:
        ValueError: For needs below 0 or shapes that do not match.
    """
    amounts, limits = np.asarray(needs, dtype=float), np.asarray(capacity, dtype=float)
    if amounts.ndim != 2 or limits.shape != amounts.shape[1:] or not np.all(amounts >= 0):
        raise ValueError("needs are at least 0, of shape (uses, resources), capacity (resources,)")
    return Case(amounts, limits, **conditions)


def resource_use(
    selection: Sequence[int], needs: ArrayLike, rota: Sequence[int] = ()
) -> FloatArray:
    """What a selection needs of each resource, shape (resources,).

    Args:
        selection: Indices of the selected uses.
        needs: Needs of each use, shape (n, resources).
        rota: Indices of resources shared in turns, see `Conditions`.
    """
    chosen = np.asarray(needs, dtype=float)[list(selection)]
    used = np.asarray(chosen.sum(axis=0))
    for shared in rota:
        needing = chosen[chosen[:, shared] > 0, shared]
        used[shared] = needing.max() + len(needing) - 1 if len(needing) else 0.0
    return used


def lodged(loads: Sequence[float], rooms: Sequence[float]) -> bool:
    """Whether loads, largest first, fit into rooms, each load whole."""
    if not loads:
        return True
    tried = set()
    for i, room in enumerate(rooms):
        if room in tried or not at_least(room, loads[0]):
            continue
        # Rooms of equal size are the same room to a load.
        tried.add(room)
        if lodged(loads[1:], (*rooms[:i], room - loads[0], *rooms[i + 1 :])):
            return True
    return False


def keeps(case: Case, selection: Sequence[int]) -> bool:
    """Whether a selection keeps within the capacities and conditions of a case."""
    used = resource_use(selection, case.needs, case.rota)
    chosen = set(selection)
    load, rooms = case.lodging
    return (
        all(map(at_least, case.capacity.tolist(), used.tolist()))
        and not any(i in chosen and j in chosen for i, j in case.excludes)
        and all(j in chosen for i, j in case.requires if i in chosen)
        and lodged(sorted((load[i] for i in chosen if load[i] > 0), reverse=True), tuple(rooms))
    )


def is_feasible(
    selection: Sequence[int],
    needs: ArrayLike,
    capacity: ArrayLike,
    **conditions: Unpack[Conditions],
) -> bool:
    """Whether a selection keeps within every capacity and condition, rounding errors aside.

    Args:
        selection: Indices of the selected uses.
        needs: Needs of each use, at least 0, shape (n, resources).
        capacity: What there is of each resource, inf where unlimited, shape (resources,).
        **conditions: See `Conditions`.

    Raises:
        ValueError: For needs below 0 or shapes that do not match; so in all functions below.
    """
    return keeps(stated(needs, capacity, conditions), selection)
