"""All sets of platforms and all ways to place power reuse, listed once and weighed many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.solver.options import OPERATIONS, Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from generator.analysis.values import FloatArray

MOST = 200_000
"""Assignments beyond which a program of integers takes the place of the list."""
_SLACK = 1e-9


class TooManyError(Exception):
    """There are more assignments than may be listed."""


@dataclass(frozen=True, slots=True)
class Side:
    """Sets of one list: members as rows of indices, padded with the number of items."""

    members: NDArray[np.intp]
    """Shape (sets, most); the first set is empty."""
    count: NDArray[np.intp]
    needs: FloatArray
    """Shape (sets, resources); operations hold the greatest need."""
    users: NDArray[np.intp]
    """Members that need operations staff."""

    def sums(self, values: FloatArray) -> FloatArray:
        """Sums over the members of each set, shape (sets,)."""
        padded = np.append(values, 0.0)
        total = padded[self.members[:, 0]].copy()
        for column in range(1, self.members.shape[1]):
            total += padded[self.members[:, column]]
        return total

    def has(self, items: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether a set holds any of some items, shape (sets,)."""
        return np.asarray(np.append(items, False)[self.members].any(axis=1))

    def only(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Side:
        """Some of the sets."""
        return Side(self.members[rows], self.count[rows], self.needs[rows], self.users[rows])


@dataclass(frozen=True, slots=True)
class Listing:
    """The sets of both lists; they share nothing but limits and pairs of uses."""

    platforms: Side
    placings: Side
    served: FloatArray
    """People that each set of platforms reaches beyond earlier waves, shape (sets,)."""


def list_choices(options: Options) -> Listing:
    """Every set that the sites and the excluded pairs allow.

    Raises:
        TooManyError: There are more than `MOST` ways to place power reuse.
    """
    chains, placings = options.platforms, options.placings
    apart = _apart(chains.ids, options)
    members = _sets(apart, options.most, lambda found: found)
    platforms = _side(members, chains.needs)
    apart = _apart(placings.ids, options)
    same = np.array(placings.ids, dtype=object)
    apart &= same[:, np.newaxis] != same[np.newaxis, :]
    members = _sets(apart, options.most, lambda found: _housed(found, options))
    reach = np.vstack([chains.reach, np.zeros((1, len(options.people)))])
    reached = np.maximum(reach[platforms.members].max(axis=1) - options.reached, 0.0)
    return Listing(platforms, _side(members, placings.needs), reached @ options.people)


def _apart(ids: Sequence[str], options: Options) -> NDArray[np.bool_]:
    """Which items may stand in one set, shape (items, items)."""
    may = np.ones((len(ids), len(ids)), dtype=bool)
    names = np.array(ids, dtype=object)
    for one, other in options.excludes:
        clash = np.outer(names == one, names == other)
        may &= ~(clash | clash.T)
    return may


def _sets(may: NDArray[np.bool_], most: int, kept: object) -> NDArray[np.intp]:
    """Ascending sets of up to `most` items that may stand together, padded; the empty one first."""
    count = len(may)
    later = np.triu(may, 1)
    levels = [np.full((1, most), count, dtype=np.intp)]
    frontier = kept(np.arange(count, dtype=np.intp)[:, np.newaxis])  # type: ignore[operator]
    total = 1
    for size in range(1, most + 1):
        if not len(frontier):
            break
        total += len(frontier)
        if total > MOST:
            raise TooManyError
        levels.append(np.pad(frontier, ((0, 0), (0, most - size)), constant_values=count))
        if size == most:
            break
        may_follow = later[frontier[:, -1]].copy()
        for column in range(size - 1):
            may_follow &= may[frontier[:, column]]
        row, item = np.nonzero(may_follow)
        if len(row) > 20 * MOST:
            raise TooManyError
        frontier = kept(np.column_stack([frontier[row], item]))  # type: ignore[operator]
    return np.vstack(levels)


def _housed(sets: NDArray[np.intp], options: Options) -> NDArray[np.intp]:
    """The sets whose members fit into their sites together."""
    placings = options.placings
    fits = np.ones(len(sets), dtype=bool)
    for column in range(sets.shape[1]):
        own = sets[:, column]
        place = placings.place[own]
        taken = np.zeros((len(sets), placings.rooms.shape[1]))
        for other in range(sets.shape[1]):
            there = sets[:, other]
            shared = (placings.place[there] == place)[:, np.newaxis]
            taken += np.where(shared, placings.rooms[there], 0.0)
        if len(options.rooms):
            room = options.rooms[np.maximum(place, 0)]
            within = (taken <= room * (1.0 + _SLACK) + _SLACK).all(axis=1)
            fits &= within | (place < 0)
    return sets[fits]


def _side(members: NDArray[np.intp], needs: FloatArray) -> Side:
    padded = np.vstack([needs, np.zeros((1, needs.shape[1]))])
    own = padded[members]
    total = own.sum(axis=1)
    total[:, OPERATIONS] = own[:, :, OPERATIONS].max(axis=1)
    users = (own[:, :, OPERATIONS] > 0).sum(axis=1)
    return Side(members, (members < len(needs)).sum(axis=1), total, users)
