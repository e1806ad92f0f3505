"""What may be chosen, as numbers: platforms, power-reuse projects at places and sizes, limits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    """Capital and jobs other than the base values, in the shapes of the options."""

    platform_capital: FloatArray
    platform_jobs: FloatArray
    placing_capital: FloatArray
    placing_jobs: FloatArray
    base: float

    def put(self, options: Options) -> Options:
        """The options at these values."""
        first, second = options.platforms, options.placings
        return replace(
            options,
            base=self.base,
            platforms=replace(
                first,
                capital=self.platform_capital,
                gains={**first.gains, "jobs": self.platform_jobs},
            ),
            placings=replace(
                second,
                capital=self.placing_capital,
                gains={**second.gains, "jobs": self.placing_jobs},
            ),
        )


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
        limits = self.limits.copy()
        limits[CAPITAL] /= 1.0 + self.contingency
        return np.asarray(limits * (1.0 + _SLACK) + _SLACK)
