"""The first wave that keeps within the limit of money even if every project costs its upper end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.ends import at_upper_ends, upper_end
from generator.analysis.solver import best_programme
from generator.analysis.solver.options import weighed
from generator.analysis.waves import Setting, WavePick, terms

if TYPE_CHECKING:
    from generator.analysis.solver import Options

_TENTHS = 10
_SLACK = 1e-9


def held_within(setting: Setting, dearest: float, first: WavePick) -> WavePick | None:
    """The first wave whose upper ends of capital, with contingencies, are no more than the limit.

    The projects of the proposal, that which costs most made smaller by tenths of a unit; where even
    its smallest size is too dear, the best set that keeps to the limit.

    Args:
        setting: The region.
        dearest: The upper end of the first wave as proposed, CNY m without contingencies.
        first: That wave.

    Returns:
        None where the proposal keeps within the limit without contingencies, and where nothing does.
    """
    limits = setting.limits
    if not limits.has_money or dearest <= limits.money:
        return None
    return _smaller(setting, first) or _other(setting, first)


def _smaller(setting: Setting, first: WavePick) -> WavePick | None:
    """The same projects, the dearest of those that have a size made smaller; None where that is not enough."""
    options, found = first.frame.options, first.found
    if not found.placings:
        return None
    ends, placed = at_upper_ends(options, setting).placings.capital, options.placings
    row = max(found.placings, key=lambda one: float(ends[one]))
    least = setting.knowledge.needs[placed.ids[row]].units_min or 0.0
    whole = 1.0 + setting.knowledge.assumed("contingency")
    most = math.ceil(_TENTHS * float(placed.size[row]) - _SLACK) - 1
    for tenths in range(most, math.ceil(_TENTHS * least - _SLACK) - 1, -1):
        if tenths <= 0:
            break
        sized = _sized(options, row, tenths / _TENTHS)
        frame = replace(first.frame, options=sized)
        judged = weighed(found.platforms, found.placings, sized, terms(setting))
        pick = replace(first, frame=frame, found=judged)
        if upper_end(pick, setting) * whole <= setting.limits.money:
            return pick
    return None


def _sized(options: Options, row: int, size: float) -> Options:
    """The options with one placing at another size; all that it takes and brings goes with its size."""
    placed = options.placings
    sizes = placed.size.copy()
    sizes[row] = size
    share = sizes / placed.size
    return replace(
        options,
        placings=replace(
            placed,
            size=sizes,
            capital=placed.capital * share,
            gains={name: amounts * share for name, amounts in placed.gains.items()},
            needs=placed.needs * share[:, np.newaxis],
            rooms=placed.rooms * share[:, np.newaxis],
        ),
    )


def _other(setting: Setting, first: WavePick) -> WavePick | None:
    """The best set of projects whose upper ends keep to the limit with contingencies."""
    options, judged = setting.frame.options, terms(setting)
    found = best_programme(setting.listing, at_upper_ends(options, setting), judged)
    if found is None or not (found.platforms or found.placings):
        return None
    return replace(first, found=weighed(found.platforms, found.placings, options, judged))
