"""What may be chosen, as numbers: platforms, power-reuse projects at places and sizes, limits.

Also here: a choice: what it holds, how it stands among its equals, and whether it keeps to
everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.values import FloatArray


RESOURCES = ("capex", "grid_mw", "it_load_mw", "racks", "dev_fte", "ops_fte", "technician_fte")
"""What the Limits sheet caps, in the order of every array of needs."""
CAPITAL, OPERATIONS = RESOURCES.index("capex"), RESOURCES.index("ops_fte")
ROOMS = ("connection", "hall", "water")
"""What a site holds: MW, m2, m3 a day."""
_SLACK = 1e-9
"""Relative and absolute room for rounding at a limit."""
TIE = 1e-9
"""Values that differ by no more are equal."""
CAPITAL_DECIMALS = 6
Alike = Literal["places", "sizes", "uses"]
"""How far two choices agree: uses, sizes and places; uses and sizes; uses."""


def within(amounts: FloatArray) -> FloatArray:
    """Amounts with room for rounding: what is no more than these keeps to them."""
    return np.asarray(amounts * (1.0 + _SLACK) + _SLACK)


class Platforms(Struct, frozen=True):
    """Blockchain uses; arrays of shape (uses,), needs (uses, resources) with capital 0."""

    ids: tuple[str, ...]
    capital: FloatArray
    is_shared: NDArray[np.bool_]
    gains: Mapping[str, FloatArray]
    """Effects that add up, by name."""
    reach: FloatArray
    """Share of the people of each division that a use reaches, shape (uses, divisions)."""
    needs: FloatArray


class Placings(Struct, frozen=True):
    """Power-reuse uses at a place and size; arrays of shape (placings,), likewise."""

    ids: tuple[str, ...]
    place: NDArray[np.intp]
    """Row of the site; -1 without a site."""
    size: FloatArray
    capital: FloatArray
    gains: Mapping[str, FloatArray]
    needs: FloatArray
    rooms: FloatArray
    """What each takes of its site, shape (placings, rooms)."""


Items = TypeVar("Items", Platforms, Placings)


def picked(one: Items, index: NDArray[np.intp]) -> Items:
    """Some rows of the platforms or placings by their numbers, in the order of these."""
    parts: dict[str, Any] = {name: getattr(one, name) for name in one.__struct_fields__}
    arrays = {key: held[index] for key, held in parts.items() if isinstance(held, np.ndarray)}
    gains = {key: held[index] for key, held in one.gains.items()}
    return replace(one, ids=tuple(one.ids[row] for row in index), gains=gains, **arrays)


class Options(Struct, frozen=True):
    """Everything that may be chosen in one wave."""

    platforms: Platforms
    placings: Placings
    people: FloatArray
    """Persons by division."""
    reached: FloatArray
    """Share of them that an earlier wave reaches already, shape (divisions,)."""
    rooms: FloatArray
    """Firm capacity of the sites, shape (sites, rooms)."""
    excludes: tuple[tuple[str, str], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    held: frozenset[str] = frozenset()
    """Uses that an earlier wave brings, which satisfy what requires them."""
    most: int = 3
    """Projects a list."""
    base: float = 0.0
    """CNY m of a common platform; 0 where an earlier wave has built it."""
    keep: float = 1.0
    """Share of its own capital that a use on the common platform still needs."""
    rota: tuple[float, int] = (0.0, 0)
    """Greatest need and number of earlier projects that share the operations staff."""


class Drawn(Struct, frozen=True):
    """What may be chosen, capital, jobs and limits, one row a draw; everything else stays.

    What is told of items has shape (draws, uses) and (draws, placings), the base (draws,), the
    limits (draws, resources).
    """

    platform_may: NDArray[np.bool_]
    """Whether it may be chosen at all."""
    placing_may: NDArray[np.bool_]

    platform_capital: FloatArray
    platform_jobs: FloatArray
    placing_capital: FloatArray
    placing_jobs: FloatArray
    base: FloatArray
    limits: FloatArray


class Terms(Struct, frozen=True):
    """What a choice is judged by, and what it must keep to."""

    coefficients: Mapping[str, float]
    """Value of one unit of each effect, people reached among them as `served`."""
    least_gain: float
    limits: FloatArray
    """Per resource, inf where there is none."""
    contingency: float = 0.0
    platforms: frozenset[str] | None = None
    """Uses that may be chosen; None for all."""
    placings: NDArray[np.bool_] | None = None
    """Placings that may be chosen; None for all."""

    def ceilings(self) -> FloatArray:
        """The limits with room for rounding, capital without contingency."""
        return without_contingency(self.limits, self.contingency)

    def barred(self, options: Options) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """What may not be chosen, shapes (uses,) and (placings,)."""
        may = self.platforms
        chains = [may is not None and key not in may for key in options.platforms.ids]
        placed = (
            np.zeros(len(options.placings.ids), dtype=bool)
            if self.placings is None
            else ~self.placings
        )
        return np.array(chains, dtype=bool), placed

    def gain(self, gains: Mapping[str, FloatArray], count: int) -> FloatArray:
        """Value of effects that add up, shape (items,)."""
        total = np.zeros(count)
        for effect, amounts in gains.items():
            total += self.coefficients.get(effect, 0.0) * amounts
        return total


def without_contingency(limits: FloatArray, contingency: float) -> FloatArray:
    """Limits, shape (..., resources), with room for rounding, capital without contingency."""
    ceilings = np.array(limits, dtype=float)
    ceilings[..., CAPITAL] /= 1.0 + contingency
    return within(ceilings)


class Found(Struct, frozen=True):
    """A choice by the rows of the options, with its value and capital in CNY m."""

    platforms: tuple[int, ...]
    placings: tuple[int, ...]
    value: float
    capital: float


def chosen(found: Found, options: Options) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The use ids of a choice, blockchain and power reuse."""
    return (
        tuple(options.platforms.ids[row] for row in found.platforms),
        tuple(options.placings.ids[row] for row in found.placings),
    )


def mark(placings: Sequence[int], options: Options, alike: Alike) -> tuple[object, ...]:
    """What choices of power reuse that are alike have in common."""
    if alike == "places":
        return tuple(placings)
    items = options.placings
    is_sized = alike == "sizes"
    found = ((items.ids[row], float(items.size[row]) if is_sized else 0.0) for row in placings)
    return tuple(sorted(found))


def are_alike(one: Found, other: Found, options: Options, alike: Alike) -> bool:
    """Whether two choices agree so far."""
    return one.platforms == other.platforms and mark(one.placings, options, alike) == mark(
        other.placings, options, alike
    )


def precedence(
    platforms: Sequence[int], placings: Sequence[int], options: Options
) -> tuple[object, ...]:
    """Where a choice stands among those of equal value, number and capital, the first smallest.

    Ids ascending with blockchain first, then places in the order of the sites and without one last,
    then larger sizes.
    """
    chains = sorted(options.platforms.ids[row] for row in platforms)
    placed = sorted(placement(row, options) for row in placings)
    return (
        [(0, use_id) for use_id in chains] + [(1, use_id) for use_id, _, _ in placed],
        [place for _, place, _ in placed],
        [size for _, _, size in placed],
    )


def placement(row: int, options: Options) -> tuple[str, float, float]:
    """Id, place and size of a placing, in the order in which they are preferred."""
    items = options.placings
    place = int(items.place[row])
    return items.ids[row], float("inf") if place < 0 else float(place), -float(items.size[row])


def weighed(
    platforms: Sequence[int], placings: Sequence[int], options: Options, terms: Terms
) -> Found:
    """A choice with its exact value and capital, the common platform included."""
    chains, placed = list(platforms), list(placings)
    value = terms.gain(options.platforms.gains, len(options.platforms.ids))[chains].sum()
    value += terms.gain(options.placings.gains, len(options.placings.ids))[placed].sum()
    reach = options.platforms.reach[chains].max(axis=0, initial=0.0)
    people = np.maximum(reach - options.reached, 0.0) @ options.people
    value += terms.coefficients.get("served", 0.0) * people
    value -= terms.least_gain * (len(chains) + len(placed))
    cost, shared = options.platforms.capital[chains], options.platforms.is_shared[chains]
    common = cost[shared].sum()
    capital = cost[~shared].sum() + options.placings.capital[placed].sum()
    if common > 0:
        capital += min(common, options.base + options.keep * common)
    return Found(tuple(platforms), tuple(placings), float(value), float(capital))


def keeps(found: Found, options: Options, terms: Terms) -> bool:
    """Whether a choice keeps to every limit, room, number and pair of uses."""
    chains, placed = chosen(found, options)
    uses = {*chains, *placed}
    may_follow = uses | options.held
    barred = terms.barred(options)
    return (
        len(chains) <= options.most
        and len(placed) <= options.most
        and len(uses) == len(chains) + len(placed)
        and not barred[0][list(found.platforms)].any()
        and not barred[1][list(found.placings)].any()
        and not any(one in uses and other in uses for one, other in options.excludes)
        and all(other in may_follow for one, other in options.requires if one in uses)
        and bool((_used(found, options) <= terms.ceilings()).all())
        and _is_housed(found, options)
    )


def _used(found: Found, options: Options) -> FloatArray:
    """What a choice takes of each resource, shape (resources,); operations with earlier waves."""
    rows = (
        options.platforms.needs[list(found.platforms)],
        options.placings.needs[list(found.placings)],
    )
    needs = np.vstack(rows)
    used = np.asarray(needs.sum(axis=0))
    used[CAPITAL] = found.capital
    most, users = options.rota
    asking = needs[:, OPERATIONS]
    count = users + int((asking > 0).sum())
    used[OPERATIONS] = asking.max(initial=most) + max(count - 1, 0)
    return used


def _is_housed(found: Found, options: Options) -> bool:
    rows = np.array(found.placings, dtype=np.intp)
    rows = rows[options.placings.place[rows] >= 0]
    taken = np.zeros_like(options.rooms)
    np.add.at(taken, options.placings.place[rows], options.placings.rooms[rows])
    return bool((taken <= within(options.rooms)).all())
