"""The best choice of a listing: sets of platforms and of placings meet only in the limits.

Source:
    Kellerer, Pferschy & Pisinger (2004), Knapsack Problems, ch. 9, for the bound by the loosened
    limits of all resources but one.

Also here: the sets of a listing that are worth a look, and what keeps them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from generator.analysis.solver.options import (
    CAPITAL,
    CAPITAL_DECIMALS,
    OPERATIONS,
    TIE,
    Alike,
    Drawn,
    Found,
    Options,
    Terms,
    mark,
    precedence,
    without_contingency,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.solver.listing import Listing, Side
    from generator.analysis.values import FloatArray

    Clashes = tuple[tuple[NDArray[np.bool_], NDArray[np.bool_]], ...]


_FIRST, _BATCH = 16, 256
"""Assignments that are checked at once: at first, and when the best is not among those."""
_AT_ONCE = 1_000_000
"""Sets times draws whose values are held at once."""


class _State(Struct, frozen=True):
    """Value and capital of every set of both lists, and the limits; one draw."""

    chain_value: FloatArray
    chain_capital: FloatArray
    placed_value: FloatArray
    placed_capital: FloatArray
    ceilings: FloatArray


def best_listed(
    listing: Listing,
    options: Options,
    terms: Terms,
    forbidden: Found | None = None,
    alike: Alike = "places",
) -> Found | None:
    """The choice of greatest value of a listing; see `best_programme`."""
    chains, placed = options.platforms, options.placings
    alone = (
        terms.gain(chains.gains, len(chains.ids)),
        terms.gain(placed.gains, len(placed.ids)),
    )
    # A runner-up may hold what no best choice does.
    arena = arena_of(listing, options, terms, alone if forbidden is None else None)
    state = _State(
        arena.chains.sums(alone[0]) + arena.people,
        platform_capital(arena.chains, options, chains.capital, np.array(options.base)),
        arena.placed.sums(alone[1]) - terms.least_gain * arena.placed.count,
        arena.placed.sums(placed.capital),
        terms.ceilings(),
    )
    return _best(arena, state, forbidden, alike)


def best_of_each(
    listing: Listing, options: Options, terms: Terms, drawn: Drawn
) -> list[Found | None]:
    """The choices of greatest value when capital, jobs, base and limits vary.

    Args:
        listing: Every set that the options allow.
        options: What does not vary.
        terms: Coefficients, least gain, contingency and what may ever be chosen; its limits do not
            count.
        drawn: What varies, one row a draw.

    Returns:
        The best choice of each draw, by the rules of `best_programme`; None where limits below 0 allow
        none.
    """
    chains, placed = options.platforms, options.placings
    gains = (
        _at(terms, chains.gains, drawn.platform_jobs, drawn.platform_may),
        _at(terms, placed.gains, drawn.placing_jobs, drawn.placing_may),
    )
    draws = len(drawn.base)
    most = (gains[0].max(axis=0, initial=-np.inf), gains[1].max(axis=0, initial=-np.inf))
    arena = arena_of(listing, options, terms, most)
    ceilings = without_contingency(drawn.limits, terms.contingency)
    arena = within_any(arena, ceilings)
    found: list[Found | None] = []
    step = max(1, _AT_ONCE // max(1, len(arena.chains.count) + len(arena.placed.count)))
    for start in range(0, draws, step):
        rows = slice(start, start + step)
        parts = (
            arena.chains.sums(gains[0][rows]) + arena.people,
            platform_capital(arena.chains, options, drawn.platform_capital[rows], drawn.base[rows]),
            arena.placed.sums(gains[1][rows]) - terms.least_gain * arena.placed.count,
            arena.placed.sums(drawn.placing_capital[rows]),
            ceilings[rows],
        )
        found += [_best(arena, _State(*state), None) for state in zip(*parts, strict=True)]
    return found


def _at(
    terms: Terms, gains: Mapping[str, FloatArray], jobs: FloatArray, may: NDArray[np.bool_]
) -> FloatArray:
    """Value of the items when their jobs vary, shape (draws, items).

    What may not be chosen is worth less than anything, and so is every set that holds it.
    """
    rest = {effect: amounts for effect, amounts in gains.items() if effect != "jobs"}
    value = terms.gain(rest, jobs.shape[1]) + terms.coefficients.get("jobs", 0.0) * jobs
    return np.where(may, value, -np.inf)


def _best(
    arena: Arena, state: _State, forbidden: Found | None, alike: Alike = "places"
) -> Found | None:
    """The best choice at one state: assignments by falling bound, until none can be better."""
    ceilings = state.ceilings.tolist()
    chains = _alone_within(arena.chains, arena.chains_most, state.chain_capital, ceilings)
    placed = _alone_within(arena.placed, arena.placed_most, state.placed_capital, ceilings)
    if not len(chains):
        return None
    order = chains[np.argsort(state.chain_capital[chains], kind="stable")]
    prefix = np.maximum.accumulate(state.chain_value[order])
    left = state.ceilings[CAPITAL] - state.placed_capital[placed]
    affordable = np.searchsorted(state.chain_capital[order], left, side="right")
    value = state.placed_value[placed]
    bound = np.where(affordable > 0, value + prefix[affordable - 1], -np.inf)
    top, tied = -np.inf, []
    rest, number = np.flatnonzero(bound > -np.inf), _FIRST
    while len(rest):
        part, rest = _highest(rest, bound, number)
        rows = placed[part]
        total = state.placed_value[rows, np.newaxis] + state.chain_value[order]
        # What cannot reach the top need not be checked.
        near = np.flatnonzero((total >= top - TIE).any(axis=0))
        columns, total = order[near], total[:, near]
        total[~_feasible(rows, columns, arena, state)] = -np.inf
        if forbidden is not None:
            _strike(total, rows, columns, arena, forbidden, alike)
        top = max(top, float(total.max(initial=-np.inf)))
        if top > -np.inf:
            first, second = np.nonzero(total >= top - TIE)
            tied.append((rows[first], columns[second], total[first, second]))
        rest, number = rest[bound[rest] >= top - TIE], _BATCH
    return _settled(tied, top, arena, state)


def _alone_within(
    side: Side, most: Sequence[float], capital: FloatArray, ceilings: Sequence[float]
) -> NDArray[np.intp]:
    """The sets that keep to the limits by themselves."""
    rows = capital <= ceilings[CAPITAL]
    for resource, limit in enumerate(ceilings):
        if resource != CAPITAL and most[resource] > limit:
            rows &= side.needs[:, resource] <= limit
    return np.flatnonzero(rows)


def _highest(
    rows: NDArray[np.intp], bound: FloatArray, number: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """So many rows of highest bound, and the others."""
    if len(rows) <= number:
        return rows, rows[:0]
    order = np.argpartition(-bound[rows], number)
    return rows[order[:number]], rows[order[number:]]


def _feasible(
    rows: NDArray[np.intp], columns: NDArray[np.intp], arena: Arena, state: _State
) -> NDArray[np.bool_]:
    """Which pairs keep to all limits, shape (rows, columns)."""
    capital = state.placed_capital[rows, np.newaxis] + state.chain_capital[columns]
    keep = np.asarray(capital <= state.ceilings[CAPITAL])
    for resource, limit in enumerate(state.ceilings.tolist()):
        if resource == CAPITAL:
            continue
        if resource == OPERATIONS:
            if arena.rota_most > limit:
                keep &= _rota(rows, columns, arena) <= limit
        elif arena.placed_most[resource] + arena.chains_most[resource] > limit:
            own = arena.placed.needs[rows, resource, np.newaxis]
            keep &= own + arena.chains.needs[columns, resource] <= limit
    for left, right in arena.clashes:
        keep &= ~(left[rows, np.newaxis] & right[columns])
    return keep


def _rota(rows: NDArray[np.intp], columns: NDArray[np.intp], arena: Arena) -> FloatArray:
    """Operations staff of pairs, shape (rows, columns): greatest need, one per further user."""
    chains, placed = arena.chains, arena.placed
    before, users = arena.options.rota
    own, other = placed.needs[rows, OPERATIONS, np.newaxis], chains.needs[columns, OPERATIONS]
    count = placed.users[rows, np.newaxis] + chains.users[columns] + users
    return np.asarray(np.maximum(np.maximum(own, other), before) + np.maximum(count - 1, 0))


def _strike(
    total: FloatArray,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    arena: Arena,
    forbidden: Found,
    alike: Alike,
) -> None:
    """Take one choice out, and all that are like it."""
    struck = mark(forbidden.placings, arena.options, alike)
    own = [mark(arena.placed.of(row), arena.options, alike) == struck for row in rows.tolist()]
    other = [arena.chains.of(row) == forbidden.platforms for row in columns.tolist()]
    total[np.ix_(own, other)] = -np.inf


def _settled(
    tied: Sequence[tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]],
    top: float,
    arena: Arena,
    state: _State,
) -> Found | None:
    """The first of the equally good choices."""
    if not tied:
        return None
    first, second, value = (np.concatenate(parts) for parts in zip(*tied, strict=True))
    near = value >= top - TIE
    first, second = first[near], second[near]
    if len(first) > 1:
        count = arena.placed.count[first] + arena.chains.count[second]
        few = count == count.min()
        first, second = first[few], second[few]
        total = state.placed_capital[first] + state.chain_capital[second]
        capital = np.round(total, CAPITAL_DECIMALS)
        cheap = capital == capital.min()
        first, second = first[cheap], second[cheap]
    one, other = _first_of(list(zip(first.tolist(), second.tolist(), strict=True)), arena)
    return Found(
        platforms=arena.chains.of(other),
        placings=arena.placed.of(one),
        value=float(state.placed_value[one] + state.chain_value[other]),
        capital=float(state.placed_capital[one] + state.chain_capital[other]),
    )


def _first_of(pairs: Sequence[tuple[int, int]], arena: Arena) -> tuple[int, int]:
    """The pair that stands first by ids, places and sizes."""

    def key(pair: tuple[int, int]) -> tuple[object, ...]:
        return precedence(arena.chains.of(pair[1]), arena.placed.of(pair[0]), arena.options)

    return pairs[0] if len(pairs) == 1 else min(pairs, key=key)


class Arena(Struct, frozen=True):
    """The sets that are worth a look under some terms, whatever is drawn."""

    options: Options
    chains: Side
    placed: Side
    people: FloatArray
    """Value of the people that each set of platforms reaches, less its least gain."""
    clashes: Clashes
    """Sets of placings and of platforms that a pair of uses keeps apart."""
    chains_most: tuple[float, ...]
    """The greatest need of any set, per resource, to pass over limits that cannot bind."""
    placed_most: tuple[float, ...]
    rota_most: float
    """The same of the operations staff of both together."""


def _arena(
    options: Options, chains: Side, placed: Side, people: FloatArray, clashes: Clashes
) -> Arena:
    before, users = options.rota
    most = [tuple(side.needs.max(axis=0, initial=0.0).tolist()) for side in (chains, placed)]
    count = users + int(chains.users.max(initial=0)) + int(placed.users.max(initial=0))
    staff = max(before, most[0][OPERATIONS], most[1][OPERATIONS]) + max(count - 1, 0)
    return Arena(options, chains, placed, people, clashes, most[0], most[1], staff)


def arena_of(
    listing: Listing,
    options: Options,
    terms: Terms,
    alone: tuple[FloatArray, FloatArray] | None,
) -> Arena:
    """What is left of a listing; `alone` is what each item may bring by itself, to drop the idle."""
    chains, placed = options.platforms, options.placings
    served = terms.coefficients.get("served", 0.0)
    barred = terms.barred(options)
    if alone is not None:
        people = (np.maximum(chains.reach - options.reached, 0.0) @ options.people) * served
        barred = (
            barred[0] | _idle(alone[0] + people, chains.ids, options, terms),
            barred[1] | _idle(alone[1], placed.ids, options, terms),
        )
    kept = [
        _kept(side, ids, other, options, out)
        for side, ids, other, out in (
            (listing.platforms, chains.ids, placed.ids, barred[0]),
            (listing.placings, placed.ids, chains.ids, barred[1]),
        )
    ]
    first, second = listing.platforms.only(kept[0]), listing.placings.only(kept[1])
    value = served * listing.served[kept[0]] - terms.least_gain * first.count
    return _arena(options, first, second, value, _clashes(first, second, options))


def _idle(
    alone: FloatArray, ids: Sequence[str], options: Options, terms: Terms
) -> NDArray[np.bool_]:
    """Items that no best choice holds: by themselves they bring less than the least gain."""
    required = {other for _, other in options.requires}
    is_needed = np.array([key in required for key in ids], dtype=bool)
    return np.asarray(((alone < terms.least_gain - TIE) | (alone <= 0.0)) & ~is_needed)


def _kept(
    side: Side,
    ids: Sequence[str],
    others: Sequence[str],
    options: Options,
    barred: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """Sets without barred items, whose uses have what they require as far as one list can tell."""
    rows = ~side.has(barred) if barred.any() else np.ones(len(side.count), dtype=bool)
    names = np.array(ids, dtype=object)
    for one, other in options.requires:
        if one in ids and other not in options.held and other not in others:
            rows &= ~side.has(names == one) | side.has(names == other)
    return np.flatnonzero(rows)


def _clashes(chains: Side, placed: Side, options: Options) -> Clashes:
    """Pairs across the lists: a set of placings and one of platforms that do not go together."""
    first, second = options.platforms.ids, options.placings.ids
    found = []

    def have(side: Side, ids: Sequence[str], use_id: str) -> NDArray[np.bool_]:
        return side.has(np.array([key == use_id for key in ids], dtype=bool))

    for one, other in options.excludes:
        for chain, place in ((one, other), (other, one)):
            if chain in first and place in second:
                found.append((have(placed, second, place), have(chains, first, chain)))
    for one, other in options.requires:
        if other in options.held:
            continue
        if one in second and other in first:
            found.append((have(placed, second, one), ~have(chains, first, other)))
        if one in first and other in second:
            found.append((~have(placed, second, other), have(chains, first, one)))
    return tuple(found)


def within_any(arena: Arena, ceilings: FloatArray) -> Arena:
    """The sets that keep by themselves to the widest limits of all draws, capital aside."""
    widest = ceilings.max(axis=0, initial=-np.inf)
    widest[CAPITAL] = np.inf
    first = np.flatnonzero((arena.chains.needs <= widest).all(axis=1))
    second = np.flatnonzero((arena.placed.needs <= widest).all(axis=1))
    return _arena(
        arena.options,
        arena.chains.only(first),
        arena.placed.only(second),
        arena.people[first],
        tuple((left[second], right[first]) for left, right in arena.clashes),
    )


def platform_capital(
    chains: Side, options: Options, capital: FloatArray, base: FloatArray
) -> FloatArray:
    """Capital of sets of platforms, shape (..., sets): a common one where that is cheaper."""
    is_shared = options.platforms.is_shared
    shared = chains.sums(np.where(is_shared, capital, 0.0))
    common = np.where(shared > 0, base[..., np.newaxis] + options.keep * shared, 0.0)
    own = chains.sums(np.where(is_shared, 0.0, capital))
    return np.asarray(own + np.minimum(shared, common))
