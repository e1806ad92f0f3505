"""All sets of platforms and all ways to place power reuse, listed once and weighed many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from msgspec import Struct

from generator.analysis.solver.options import OPERATIONS, Options, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.values import FloatArray

    Rows = NDArray[np.intp]
    """One set a row: ascending indices of its members."""

_Found = TypeVar("_Found")
MOST = 200_000
"""Assignments beyond which a program of integers takes the place of the list."""
_TRIED = 20 * MOST
"""Sets of one size that may be tried against their sites, for the sake of time."""
_AT_ONCE = 500_000
"""Pairs of a set and one more item that are looked at together, for the sake of memory."""


class Kept(Protocol):
    """Finds again what was made, by a name and by all that it was made from."""

    def __call__(
        self, name: str, read: tuple[object, ...], make: Callable[[], _Found], /
    ) -> _Found:
        """What `make` gives."""


class Side(Struct, frozen=True):
    """Sets of one list: members as rows of indices, padded with the number of items."""

    members: Rows
    """Shape (sets, most); the first set is empty."""
    count: NDArray[np.intp]
    needs: FloatArray
    """Shape (sets, resources); operations hold the greatest need, capital nothing."""
    users: NDArray[np.intp]
    """Members that need operations staff."""

    def sums(self, values: FloatArray) -> FloatArray:
        """Sums over the members of each set, shape (..., sets) of values of shape (..., items)."""
        padded = _padded(values)
        total = np.take(padded, self.members[:, 0], axis=-1)
        for column in range(1, self.members.shape[1]):
            total += np.take(padded, self.members[:, column], axis=-1)
        return np.asarray(total)

    def has(self, items: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether a set holds any of some items, shape (sets,)."""
        padded = np.append(items, False)
        found = padded[self.members[:, 0]]
        for column in range(1, self.members.shape[1]):
            found |= padded[self.members[:, column]]
        return np.asarray(found)

    def only(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Side:
        """Some of the sets."""
        return Side(self.members[rows], self.count[rows], self.needs[rows], self.users[rows])

    def of(self, row: int) -> tuple[int, ...]:
        """The members of one set."""
        return tuple(self.members[row, : self.count[row]].tolist())


class Reaching(Struct, frozen=True):
    """The sets of platforms, which do not depend on how many people there are."""

    sets: Side
    reach: FloatArray
    """Share of the people whom each set reaches beyond earlier waves, shape (sets, kinds)."""
    kinds: NDArray[np.intp]
    """Divisions whose people the same platforms reach are of one kind; shape (divisions,)."""

    def served(self, people: FloatArray) -> FloatArray:
        """People that each set reaches, shape (sets,), of people by division."""
        count = self.reach.shape[1]
        return np.asarray(self.reach @ np.bincount(self.kinds, weights=people, minlength=count))


class Listing(Struct, frozen=True):
    """The sets of both lists; they share nothing but limits and pairs of uses."""

    platforms: Side
    placings: Side
    served: FloatArray
    """People that each set of platforms reaches beyond earlier waves, shape (sets,)."""


def _anew(_: str, __: tuple[object, ...], make: Callable[[], _Found]) -> _Found:
    return make()


def list_choices(options: Options, kept: Kept = _anew) -> Listing | None:
    """Every set that the sites and the excluded pairs allow; None if there are more than `MOST`.

    Args:
        options: What may be chosen.
        kept: Finds the sets of one list again, by a name and by all that they are made from; most
            runs change one list alone, or only how many people there are.
    """
    found: Reaching | None = kept(
        "platform sets", _platforms_read(options), partial(_platform_sets, options)
    )
    placed: Side | None = kept(
        "placing sets", _placings_read(options), partial(_placing_sets, options)
    )
    if found is None or placed is None:
        return None
    return Listing(found.sets, placed, found.served(options.people))


def _platforms_read(options: Options) -> tuple[object, ...]:
    chains = options.platforms
    arrays = (chains.needs, chains.reach, options.reached)
    named = chains.ids, options.excludes, options.most, len(options.people)
    return (*named, *(one.tobytes() for one in arrays))


def _placings_read(options: Options) -> tuple[object, ...]:
    placings = options.placings
    arrays = (options.rooms, placings.place, placings.rooms, placings.needs)
    named = placings.ids, options.excludes, options.most, len(options.rooms)
    return (*named, *(one.tobytes() for one in arrays))


def _platform_sets(options: Options) -> Reaching | None:
    chains = options.platforms
    sets = _sets(_may_meet(chains.ids, options), options.most, _as_they_are)
    if sets is None:
        return None
    shares, kinds = np.unique(
        np.vstack([chains.reach, options.reached]), axis=1, return_inverse=True
    )
    reach = np.vstack([shares[:-1], np.zeros((1, shares.shape[1]))])
    greatest = reach[sets[:, 0]]
    for column in range(1, sets.shape[1]):
        np.maximum(greatest, reach[sets[:, column]], out=greatest)
    return Reaching(
        _side(sets, chains.needs), np.maximum(greatest - shares[-1], 0.0), kinds.reshape(-1)
    )


def _placing_sets(options: Options) -> Side | None:
    placings = options.placings
    names = np.array(placings.ids, dtype=object)
    apart = _may_meet(placings.ids, options) & (names[:, np.newaxis] != names[np.newaxis, :])
    ways = _sets(apart, options.most, lambda found: _housed(found, options))
    return None if ways is None else _side(ways, placings.needs)


def _padded(values: FloatArray) -> FloatArray:
    """Values with one more item, which the empty places of a set point at."""
    return np.concatenate([values, np.zeros((*values.shape[:-1], 1))], axis=-1)


def _may_meet(ids: Sequence[str], options: Options) -> NDArray[np.bool_]:
    """Which items no pair of uses keeps out of one set, shape (items, items)."""
    may = np.ones((len(ids), len(ids)), dtype=bool)
    names = np.array(ids, dtype=object)
    for one, other in options.excludes:
        clash = np.outer(names == one, names == other)
        may &= ~(clash | clash.T)
    return may


def _as_they_are(sets: Rows) -> Rows:
    return sets


def _sets(may_meet: NDArray[np.bool_], most: int, kept: Callable[[Rows], Rows]) -> Rows | None:
    """Ascending sets of up to `most` items that may stand together, padded; the empty one first.

    A set is kept only if all that precede its last member are, so `kept` judges the last alone.
    """
    count = len(may_meet)
    later = np.triu(may_meet, 1)
    levels = [np.full((1, max(most, 1)), count, dtype=np.intp)]
    frontier = kept(np.arange(count, dtype=np.intp)[:, np.newaxis])
    total = 1
    for size in range(1, most + 1):
        total += len(frontier)
        if total > MOST:
            return None
        level = np.full((len(frontier), most), count, dtype=np.intp)
        level[:, :size] = frontier
        levels.append(level)
        if size == most or not len(frontier):
            break
        grown = _grown(frontier, may_meet, later, kept)
        if grown is None:
            return None
        frontier = grown
    return np.vstack(levels)


def _grown(
    frontier: Rows,
    may_meet: NDArray[np.bool_],
    later: NDArray[np.bool_],
    kept: Callable[[Rows], Rows],
) -> Rows | None:
    """The sets of some size with one more item each; None where too many were to be tried."""
    step, tried = max(1, _AT_ONCE // len(later)), 0
    found = [np.empty((0, frontier.shape[1] + 1), dtype=np.intp)]
    for start in range(0, len(frontier), step):
        some = frontier[start : start + step]
        may_follow = later[some[:, -1]]
        for column in range(some.shape[1] - 1):
            may_follow &= may_meet[some[:, column]]
        row, item = np.nonzero(may_follow)
        tried += len(row)
        if tried > _TRIED:
            return None
        found.append(kept(np.column_stack([some[row], item])))
        if sum(map(len, found)) > MOST:
            return None
    return np.concatenate(found)


def _housed(sets: Rows, options: Options) -> Rows:
    """The sets whose last member finds room at its site beside the others."""
    placings = options.placings
    if not len(options.rooms):
        return sets
    last = sets[:, -1]
    place = placings.place[last]
    taken = placings.rooms[last]
    for column in range(sets.shape[1] - 1):
        other = sets[:, column]
        together = np.flatnonzero(placings.place[other] == place)
        taken[together] += placings.rooms[other[together]]
    fits = (taken <= within(options.rooms)[np.maximum(place, 0)]).all(axis=1)
    return sets[fits | (place < 0)]


def _side(members: Rows, needs: FloatArray) -> Side:
    padded = np.vstack([needs, np.zeros((1, needs.shape[1]))])
    total, most = np.zeros((len(members), needs.shape[1])), np.zeros(len(members))
    users = np.zeros(len(members), dtype=np.intp)
    for column in range(members.shape[1]):
        own = padded[members[:, column]]
        total += own
        np.maximum(most, own[:, OPERATIONS], out=most)
        users += own[:, OPERATIONS] > 0
    total[:, OPERATIONS] = most
    return Side(members, (members < len(needs)).sum(axis=1), total, users)
