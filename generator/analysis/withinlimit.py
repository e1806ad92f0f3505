"""What is proposed: both waves, each small enough that its upper ends keep to the limit of money.

Whoever approves a plan approves its ceiling. Where the upper ends of a wave that was chosen at the
middle of costs pass the limit with contingencies, its dearest project is made smaller until they do
not; where even its smallest size is too dear, the wave stays as it was chosen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.assemble import needs_of
from generator.analysis.ends import at_upper_ends, upper_end
from generator.analysis.solver import best_programme
from generator.analysis.solver.options import CAPITAL, weighed
from generator.analysis.waves import (
    NOTHING,
    Setting,
    WavePick,
    best_waves,
    left_by,
    listed,
    second_wave,
    terms,
    to_prepare,
)

if TYPE_CHECKING:
    from generator.analysis.solver import Found, Options
    from generator.model import Knowledge

_TENTHS = 10
_SLACK = 1e-9


class Waves(Struct, frozen=True):
    """Both waves as they are proposed, and as they are chosen by the middle of costs alone."""

    first: WavePick
    second: WavePick
    best: WavePick
    """The first as chosen; `first` itself where nothing had to be made smaller."""
    later: WavePick
    """The second that would follow it."""

    @property
    def is_smaller(self) -> bool:
        """Whether a project of either wave was made smaller to keep to the limit."""
        return self.first is not self.best or self.second is not self.later


def waves_of(setting: Setting) -> Waves:
    """Both waves of a region as they are proposed."""
    best, later = best_waves(setting)
    first = kept_within(setting, best)
    then = later if first is best else second_wave(setting, first)
    return Waves(first, kept_after(setting, first, then), best, later)


def kept_within(setting: Setting, pick: WavePick) -> WavePick:
    """A first wave whose upper ends of capital, with contingencies, are no more than the limit.

    Returns:
        The wave itself where it keeps to the limit, and where no size of its dearest project does.
    """
    return _kept(setting, pick, most_for(setting))


def kept_after(setting: Setting, first: WavePick, second: WavePick) -> WavePick:
    """A second wave whose upper ends keep to what those of the first leave of the limit.

    Args:
        setting: The region.
        first: The first wave as it is proposed.
        second: The second as it is chosen by the middle of costs.

    Returns:
        The wave with its dearest project smaller; where that is not enough, the best set of projects
        that is; the wave itself where it keeps to the limit, or the first alone passes it.
    """
    left = most_for(setting) - upper_end(first, setting)
    if left < 0 or _is_within(setting, second, left):
        return second
    kept = _kept(setting, second, left)
    if kept is not second:
        return kept
    # The solver adds the contingencies.
    whole = 1.0 + setting.knowledge.assumed("contingency")
    limits = left_by(setting, first)
    limits[CAPITAL] = left * whole
    options = second.frame.options
    judged = to_prepare(setting, options, terms(setting, limits=limits))
    found = best_programme(listed(options, setting.memo), at_upper_ends(options, setting), judged)
    other = NOTHING if found is None else found
    return replace(second, found=weighed(other.platforms, other.placings, options, judged))


def most_for(setting: Setting) -> float:
    """What plans may cost at the upper ends, CNY m without contingencies; infinite without a limit."""
    return setting.limits.money / (1.0 + setting.knowledge.assumed("contingency"))


def _is_within(setting: Setting, pick: WavePick, most: float) -> bool:
    return upper_end(pick, setting) <= most + _SLACK


def _kept(setting: Setting, pick: WavePick, most: float) -> WavePick:
    """A wave with its dearest project smaller, if that brings its upper ends down to an amount."""
    if not pick.found.placings or _is_within(setting, pick, most):
        return pick
    options = pick.frame.options
    kept = smaller(options, at_upper_ends(options, setting), pick.found, most, setting)
    return WavePick(replace(pick.frame, options=kept[0]), kept[2]) if kept else pick


def smaller(
    options: Options, ends: Options, found: Found, most: float, setting: Setting
) -> tuple[Options, Options, Found] | None:
    """A choice with the dearest of its projects that have a size made smaller by tenths of a unit.

    Args:
        options: What it was chosen from.
        ends: The same at the upper ends of capital.
        found: The choice, with a project that has a size.
        most: What it may cost at the upper ends, CNY m without contingencies.
        setting: Knows the smallest sizes.

    Returns:
        Both options with that size, and the choice weighed by the first; None where no size is small enough.
    """
    judged, knowledge = terms(setting), setting.knowledge
    row = max(found.placings, key=lambda one: float(ends.placings.capital[one]))
    least = knowledge.needs[_use(options, row)].units_min or 0.0
    largest = math.ceil(_TENTHS * float(options.placings.size[row]) - _SLACK) - 1
    smallest = max(1, math.ceil(_TENTHS * least - _SLACK))
    for tenths in range(largest, smallest - 1, -1):
        size = tenths / _TENTHS
        dear = _sized(ends, row, size, knowledge)
        if weighed(found.platforms, found.placings, dear, judged).capital <= most + _SLACK:
            sized = _sized(options, row, size, knowledge)
            return sized, dear, weighed(found.platforms, found.placings, sized, judged)
    return None


def other_within(setting: Setting, first: WavePick) -> WavePick | None:
    """The best set of projects whose upper ends keep to the limit, where the first wave does not.

    None where it does, and where no set can.
    """
    if _is_within(setting, first, most_for(setting)):
        return None
    options, judged = setting.frame.options, terms(setting)
    found = best_programme(setting.listing, at_upper_ends(options, setting), judged)
    if found is None or not (found.platforms or found.placings):
        return None
    return WavePick(setting.frame, weighed(found.platforms, found.placings, options, judged))


def _use(options: Options, row: int) -> str:
    """The use of a placing, whichever wave it stands for."""
    return options.placings.ids[row].rpartition("/")[2]


def _sized(options: Options, row: int, size: float, knowledge: Knowledge) -> Options:
    """The options with one placing at another size, and what it costs, brings and takes by that."""
    placed = options.placings
    sizes, needs = placed.size.copy(), placed.needs.copy()
    share = np.ones(len(sizes))
    share[row] = size / sizes[row]
    sizes[row], needs[row] = size, needs_of(_use(options, row), size, knowledge)
    return replace(
        options,
        placings=replace(
            placed,
            size=sizes,
            capital=placed.capital * share,
            gains={name: amounts * share for name, amounts in placed.gains.items()},
            needs=needs,
            rooms=placed.rooms * share[:, np.newaxis],
        ),
    )
