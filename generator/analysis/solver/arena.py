"""The sets of a listing that are worth a look, and what keeps them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.solver.found import TIE
from generator.analysis.solver.options import CAPITAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from generator.analysis.solver.listing import Listing, Side
    from generator.analysis.solver.options import Options, Terms
    from generator.analysis.values import FloatArray


@dataclass(frozen=True, slots=True)
class Arena:
    """The sets that are worth a look under some terms, whatever is drawn."""

    options: Options
    chains: Side
    placed: Side
    people: FloatArray
    """Value of the people that each set of platforms reaches, less its least gain."""
    clashes: tuple[tuple[NDArray[np.bool_], NDArray[np.bool_]], ...]
    """Sets of placings and of platforms that a pair of uses keeps apart."""


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
    return Arena(options, first, second, value, _clashes(first, second, options))


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


def _clashes(
    chains: Side, placed: Side, options: Options
) -> tuple[tuple[NDArray[np.bool_], NDArray[np.bool_]], ...]:
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
    return Arena(
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
