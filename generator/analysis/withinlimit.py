"""The first wave that keeps within the limit of money even if every project costs its upper end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.solver import Options, best_programme
from generator.analysis.solver.options import weighed
from generator.analysis.waves import Setting, WavePick, terms

if TYPE_CHECKING:
    from generator.model.programme import Candidate


def held_within(setting: Setting, dearest: float, first: WavePick) -> WavePick | None:
    """The best first wave whose upper ends of capital add up to no more than the limit.

    Contingencies are left out: they are what the upper ends stand for.

    Args:
        setting: The region.
        dearest: The upper end of the first wave as proposed, CNY m.
        first: That wave.

    Returns:
        None where the proposal keeps within the limit itself, and where nothing does.
    """
    limits = setting.limits
    if not limits.has_money or dearest <= limits.money:
        return None
    options, judged = setting.frame.options, terms(setting)
    found = best_programme(
        setting.listing, _at_upper_ends(options, setting), replace(judged, contingency=0.0)
    )
    if found is None or not (found.platforms or found.placings):
        return None
    return replace(first, found=weighed(found.platforms, found.placings, options, judged))


def _at_upper_ends(options: Options, setting: Setting) -> Options:
    """The options with every capital at its upper end, that of a common platform included."""
    chains, placed = options.platforms, options.placings
    known = setting.candidates

    def upper(one: Candidate) -> float:
        return (one.capital.value if one.capital.high is None else one.capital.high) or 0.0

    return replace(
        options,
        platforms=replace(chains, capital=np.array([upper(known[key]) for key in chains.ids])),
        placings=replace(
            placed, capital=np.array([upper(known[key]) for key in placed.ids]) * placed.size
        ),
        base=setting.knowledge.assumed("platform_base_high") if options.base else 0.0,
    )
