"""The best choice of a listing: sets of platforms and of placings meet only in the limits.

Source:
    Kellerer, Pferschy & Pisinger (2004), Knapsack Problems, ch. 9, for the bound by the loosened
    limits of all resources but one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.solver.options import CAPITAL, OPERATIONS, Options, Terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from generator.analysis.solver.listing import Listing, Side
    from generator.analysis.values import FloatArray

_TIE = 1e-9
_BATCH = 256
"""Assignments that are checked at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A choice by the rows of the options, with its value and capital in CNY m."""

    platforms: tuple[int, ...]
    placings: tuple[int, ...]
    value: float
    capital: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The sets of one list that are worth a look, with value and capital."""

    side: Side
    value: FloatArray
    capital: FloatArray
    needs: FloatArray


def best(
    listing: Listing, options: Options, terms: Terms, forbidden: Found | None = None
) -> Found | None:
    """The choice of greatest value under the limits; None if nothing else is left than `forbidden`.

    Among equal values, to 1e-9: fewer projects, less capital, use ids ascending with blockchain
    first, then places in the order of the sites without one last, then larger sizes.
    """
    # A runner-up may hold what no best choice does.
    trims = forbidden is None
    chains = _platforms(listing, options, terms, trims=trims)
    placed = _placings(listing, options, terms, trims=trims)
    limits = terms.ceilings()
    order = np.argsort(chains.capital, kind="stable")
    capital, prefix = chains.capital[order], np.maximum.accumulate(chains.value[order])
    affordable = np.searchsorted(capital, limits[CAPITAL] - placed.capital, side="right")
    bound = np.where(affordable > 0, placed.value + prefix[affordable - 1], -np.inf)
    ranked = np.argsort(-bound, kind="stable")
    clashes = _clashes(chains.side, placed.side, options)
    top, tied = -np.inf, []
    for start in range(0, len(ranked), _BATCH):
        rows = ranked[start : start + _BATCH]
        if bound[rows[0]] < top - _TIE or bound[rows[0]] == -np.inf:
            break
        value = placed.value[rows, np.newaxis] + chains.value[np.newaxis, :]
        value[~_feasible(rows, placed, chains, limits, options, clashes)] = -np.inf
        if forbidden is not None:
            _strike(value, rows, placed, chains, forbidden)
        top = max(top, float(value.max(initial=-np.inf)))
        if top == -np.inf:
            continue
        first, second = np.nonzero(value >= top - _TIE)
        tied.append((rows[first], second, value[first, second]))
    return _settled(tied, top, chains, placed, options)


def _platforms(listing: Listing, options: Options, terms: Terms, *, trims: bool) -> _Weighed:
    chains, side = options.platforms, listing.platforms
    gain = _gain(chains.gains, terms, len(chains.ids))
    served = terms.coefficients.get("served", 0.0)
    people = (np.maximum(chains.reach - options.reached, 0.0) @ options.people) * served
    allowed = terms.platforms
    barred = np.array([allowed is not None and key not in allowed for key in chains.ids], bool)
    if trims:
        barred |= _useless(gain + people, chains.ids, options, terms)
    rows = ~side.has(barred) & _complete(side, chains.ids, options)
    kept = np.flatnonzero(rows)
    side = side.only(kept)
    value = side.sums(gain) + served * listing.served[kept] - terms.least_gain * side.count
    shared = side.sums(np.where(chains.is_shared, chains.capital, 0.0))
    own = side.sums(np.where(chains.is_shared, 0.0, chains.capital))
    common = np.where(shared > 0, options.base + options.keep * shared, 0.0)
    return _trimmed(side, value, own + np.minimum(shared, common), terms)


def _placings(listing: Listing, options: Options, terms: Terms, *, trims: bool) -> _Weighed:
    placed, side = options.placings, listing.placings
    gain = _gain(placed.gains, terms, len(placed.ids))
    barred = ~terms.placings if terms.placings is not None else np.zeros(len(placed.ids), bool)
    if trims:
        barred = barred | _useless(gain, placed.ids, options, terms)
    if barred.any():
        side = side.only(~side.has(barred))
    side = side.only(_complete(side, placed.ids, options))
    value = side.sums(gain) - terms.least_gain * side.count
    return _trimmed(side, value, side.sums(placed.capital), terms)


def _gain(gains: object, terms: Terms, count: int) -> FloatArray:
    total = np.zeros(count)
    for effect, values in gains.items():  # type: ignore[attr-defined]
        total += terms.coefficients.get(effect, 0.0) * values
    return total


def _useless(
    alone: FloatArray, ids: Sequence[str], options: Options, terms: Terms
) -> NDArray[np.bool_]:
    """Items that no best choice holds: by themselves they bring less than the least gain."""
    needed = np.array([any(key == other for _, other in options.requires) for key in ids], bool)
    return np.asarray(((alone < terms.least_gain - _TIE) | (alone <= 0.0)) & ~needed)


def _complete(side: Side, ids: Sequence[str], options: Options) -> NDArray[np.bool_]:
    """Sets in which every use has what it requires, as far as their own list can tell."""
    names = np.array(ids, dtype=object)
    rows = np.ones(len(side.members), dtype=bool)
    for one, other in options.requires:
        if one in ids and other not in options.held and other not in _others(ids, options):
            rows &= ~side.has(names == one) | side.has(names == other)
    return rows


def _others(ids: Sequence[str], options: Options) -> tuple[str, ...]:
    """The ids of the other list."""
    chains, placed = options.platforms.ids, options.placings.ids
    return placed if tuple(ids) == chains else chains


def _trimmed(side: Side, value: FloatArray, capital: FloatArray, terms: Terms) -> _Weighed:
    """The sets that keep to the limits by themselves."""
    needs = side.needs.copy()
    needs[:, CAPITAL] = capital
    rows = np.flatnonzero((needs <= terms.ceilings()).all(axis=1))
    return _Weighed(side.only(rows), value[rows], capital[rows], needs[rows])


Clashes = list[tuple["NDArray[np.bool_]", "NDArray[np.bool_]"]]


def _clashes(chains: Side, placed: Side, options: Options) -> Clashes:
    """Pairs across the lists: a set of placings and one of platforms that do not go together."""
    first = np.array(options.platforms.ids, dtype=object)
    second = np.array(options.placings.ids, dtype=object)
    found: Clashes = []
    for one, other in options.excludes:
        for chain, place in ((one, other), (other, one)):
            if chain in options.platforms.ids and place in options.placings.ids:
                found.append((placed.has(second == place), chains.has(first == chain)))
    for one, other in options.requires:
        if other in options.held:
            continue
        if one in options.placings.ids and other in options.platforms.ids:
            found.append((placed.has(second == one), ~chains.has(first == other)))
        if one in options.platforms.ids and other in options.placings.ids:
            found.append((~placed.has(second == other), chains.has(first == one)))
    return found


def _feasible(
    rows: NDArray[np.intp],
    placed: _Weighed,
    chains: _Weighed,
    limits: FloatArray,
    options: Options,
    clashes: Clashes,
) -> NDArray[np.bool_]:
    """Which pairs keep to all limits, shape (rows, sets of platforms)."""
    within = np.ones((len(rows), len(chains.value)), dtype=bool)
    for resource, limit in enumerate(limits):
        if np.isinf(limit):
            continue
        own, other = placed.needs[rows, resource, np.newaxis], chains.needs[:, resource]
        if resource != OPERATIONS:
            within &= own + other <= limit
            continue
        before, users = options.rota
        most = np.maximum(np.maximum(own, other), before)
        count = placed.side.users[rows, np.newaxis] + chains.side.users + users
        within &= most + np.maximum(count - 1, 0) <= limit
    for left, right in clashes:
        within &= ~(left[rows, np.newaxis] & right)
    return within


def _strike(
    value: FloatArray,
    rows: NDArray[np.intp],
    placed: _Weighed,
    chains: _Weighed,
    forbidden: Found,
) -> None:
    """Take one choice out."""
    own = [_members(placed.side, row) == forbidden.placings for row in rows]
    other = [_members(chains.side, row) == forbidden.platforms for row in range(len(chains.value))]
    value[np.ix_(own, other)] = -np.inf


def _members(side: Side, row: int) -> tuple[int, ...]:
    return tuple(side.members[row, : side.count[row]].tolist())


def _settled(
    tied: Sequence[tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]],
    top: float,
    chains: _Weighed,
    placed: _Weighed,
    options: Options,
) -> Found | None:
    """The first of the equally good choices."""
    if not tied:
        return None
    first, second, value = (np.concatenate(parts) for parts in zip(*tied, strict=True))
    near = value >= top - _TIE
    first, second = first[near], second[near]
    count = placed.side.count[first] + chains.side.count[second]
    few = count == count.min()
    first, second = first[few], second[few]
    capital = np.round(placed.capital[first] + chains.capital[second], 6)
    cheap = capital == capital.min()
    pairs = zip(first[cheap].tolist(), second[cheap].tolist(), strict=True)
    one, other = min(pairs, key=lambda pair: _key(pair, chains, placed, options))
    return Found(
        platforms=_members(chains.side, other),
        placings=_members(placed.side, one),
        value=float(placed.value[one] + chains.value[other]),
        capital=float(placed.capital[one] + chains.capital[other]),
    )


def _key(
    pair: tuple[int, int], chains: _Weighed, placed: _Weighed, options: Options
) -> tuple[object, ...]:
    one, other = _members(placed.side, pair[0]), _members(chains.side, pair[1])
    items = options.placings
    own = sorted(
        (items.ids[row], _site_order(int(items.place[row])), -items.size[row]) for row in one
    )
    return (
        sorted(options.platforms.ids[row] for row in other),
        [use_id for use_id, _, _ in own],
        [place for _, place, _ in own],
        [size for _, _, size in own],
    )


def _site_order(place: int) -> float:
    """No site comes after all sites."""
    return float("inf") if place < 0 else float(place)


def chosen(found: Found, options: Options) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The use ids of a choice, blockchain and power reuse."""
    return (
        tuple(options.platforms.ids[row] for row in found.platforms),
        tuple(options.placings.ids[row] for row in found.placings),
    )
