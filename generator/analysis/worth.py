"""What a use is worth by itself: its effects at its best place and size, nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from generator.analysis.solver.options import CAPITAL, RESOURCES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.assemble import Frame
    from generator.analysis.solver import Options
    from generator.analysis.values import FloatArray
    from generator.model.choosing import ProjectSite
    from generator.model.programme import Effects

DECIMALS = 9
"""Of a value in hundredths of the attainable: less is a tie."""
_OWN_LIMITS = (CAPITAL, RESOURCES.index("grid_mw"), RESOURCES.index("technician_fte"))
"""What a place and size must keep to by themselves."""


class Alone(Struct, frozen=True):
    """A use by itself."""

    value: float
    """Hundredths of the attainable."""
    amounts: Effects
    """What it brings, in natural units."""
    size: float
    """Units of scale; 1 for a platform."""
    best: tuple[ProjectSite, float] | None
    """Power reuse: its place and size; None for a platform."""


def alone(frame: Frame, ceilings: FloatArray, worth: Mapping[str, float]) -> dict[str, Alone]:
    """The value alone of every option; power reuse at the place and size that bring most.

    Args:
        frame: What may be chosen. A use that cannot be chosen at all has no entry, nor has power
            reuse without a place and size that keep to the limits and bring anything.
        ceilings: Limits of capital without contingency, and of the rest, per resource.
        worth: Value of one unit of each effect, in shares of the attainable.
    """
    options = frame.options
    chains, placed = options.platforms, options.placings
    served = chains.reach @ options.people
    found = {}
    for row, use_id in enumerate(chains.ids):
        amounts = {effect: float(gains[row]) for effect, gains in chains.gains.items()}
        amounts["served"] = float(served[row])
        found[use_id] = Alone(_value(amounts, worth), amounts, 1.0, None)
    affordable = _affordable(options, ceilings)
    for row, use_id in enumerate(placed.ids):
        if not affordable[row]:
            continue
        amounts = {effect: float(gains[row]) for effect, gains in placed.gains.items()}
        value, size = _value(amounts, worth), float(placed.size[row])
        # Places come in the order of the sites and sizes from the largest: the first of equals.
        if value > (found[use_id].value if use_id in found else 0.0):
            found[use_id] = Alone(value, amounts, size, (frame.fits[row].place, size))
    return found


def _value(amounts: Effects, worth: Mapping[str, float]) -> float:
    total = sum(worth.get(effect, 0.0) * amount for effect, amount in amounts.items())
    return round(100.0 * total, DECIMALS)


def _affordable(options: Options, ceilings: FloatArray) -> NDArray[np.bool_]:
    """Placings that by themselves keep to the limits of money, grid and technicians."""
    needs = options.placings.needs.copy()
    needs[:, CAPITAL] = options.placings.capital
    columns = list(_OWN_LIMITS)
    return np.asarray((needs[:, columns] <= ceilings[columns]).all(axis=1))
