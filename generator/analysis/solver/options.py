"""What may be chosen, as numbers: platforms, power-reuse projects at places and sizes, limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from generator.analysis.values import FloatArray

RESOURCES = ("capex", "grid_mw", "it_load_mw", "racks", "dev_fte", "ops_fte", "technician_fte")
"""What the Limits sheet caps, in the order of every array of needs."""
CAPITAL, OPERATIONS = RESOURCES.index("capex"), RESOURCES.index("ops_fte")
ROOMS = ("connection", "hall", "water")
"""What a site holds: MW, m2, m3 a day."""
_SLACK = 1e-9
"""Relative and absolute room for rounding at a limit."""


def within(amounts: FloatArray) -> FloatArray:
    """Amounts with room for rounding: what is no more than these keeps to them."""
    return np.asarray(amounts * (1.0 + _SLACK) + _SLACK)


@dataclass(frozen=True, slots=True)
class Platforms:
    """Blockchain uses; arrays of shape (uses,), needs (uses, resources) with capital 0."""

    ids: tuple[str, ...]
    capital: FloatArray
    is_shared: NDArray[np.bool_]
    gains: Mapping[str, FloatArray]
    """Effects that add up, by name."""
    reach: FloatArray
    """Share of the people of each division that a use reaches, shape (uses, divisions)."""
    needs: FloatArray


@dataclass(frozen=True, slots=True)
class Placings:
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


@dataclass(frozen=True, slots=True)
class Options:
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """Capital, jobs and limits that vary, one row a draw; everything else stays.

    Capital and jobs have shape (draws, uses) and (draws, placings), the base (draws,), the limits
    (draws, resources).
    """

    platform_capital: FloatArray
    platform_jobs: FloatArray
    placing_capital: FloatArray
    placing_jobs: FloatArray
    base: FloatArray
    limits: FloatArray


@dataclass(frozen=True, slots=True)
class Terms:
    """What a choice is judged by, and what it must keep to."""

    coefficients: Mapping[str, float]
    """Value of one unit of each effect, people reached among them as `served`."""
    least_gain: float
    limits: FloatArray
    """Per resource, inf where there is none."""
    contingency: float = 0.0
    platforms: frozenset[str] | None = None
    """Uses that may be chosen; None for all."""
    placings: NDArray[np.bool_] | None = field(default=None)
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
