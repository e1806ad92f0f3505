"""What a choice costs if every project costs its upper end, a common platform included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.solver import picked
from generator.analysis.solver.options import weighed
from generator.analysis.waves import Setting, WavePick, terms

if TYPE_CHECKING:
    from generator.analysis.solver import Found, Options
    from generator.model.choosing import Candidate


def at_upper_ends(options: Options, setting: Setting) -> Options:
    """The options with every capital at its upper end, that of a common platform included.

    Args:
        options: Those of either wave; a platform that stands already costs nothing more.
        setting: Knows the candidates.
    """
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


def upper_end(pick: WavePick, setting: Setting) -> float:
    """The capital of a wave with every project at its upper end, CNY m without contingencies."""
    options, found = pick.frame.options, pick.found
    own = replace(
        options,
        platforms=picked(options.platforms, np.array(found.platforms, dtype=np.intp)),
        placings=picked(options.placings, np.array(found.placings, dtype=np.intp)),
    )
    rows = range(len(found.platforms)), range(len(found.placings))
    return weighed(*rows, at_upper_ends(own, setting), terms(setting)).capital


def cost_of(found: Found, options: Options, setting: Setting) -> float:
    """The capital of a choice by some options, CNY m, a common platform included."""
    return weighed(found.platforms, found.placings, options, terms(setting)).capital
