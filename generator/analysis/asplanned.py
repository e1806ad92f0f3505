"""What a choice brings as a plan counts it: whole persons and hundredths of a megawatt, project by project.

The choice itself is made from the amounts as they are computed. What is reported of it is rounded
here once for each project, and every total and every difference is one of these rounded parts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.analysis.waves import effects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.analysis.solver import Found, Options
    from generator.analysis.waves import WavePick
    from generator.model import Fact
    from generator.model.programme import Effects

_PARTS: Mapping[str, int] = {"jobs": 1, "power": 100, "served": 1}
"""Into how many parts the unit of an effect is divided; what is not named stays as computed."""
_EXACTLY = 1e-9
"""What a product of decimals may fall short of a half."""


def rounded(effect: str, amount: float) -> float:
    """An amount of one effect to the step that a plan can count, a half up."""
    parts = _PARTS.get(effect)
    return amount if parts is None else math.floor(amount * parts + 0.5 + _EXACTLY) / parts


def in_steps(effects: Mapping[str, float]) -> Effects:
    """Amounts of effects to the steps that a plan can count."""
    return {name: rounded(name, amount) for name, amount in effects.items()}


def in_persons(jobs: Fact) -> Fact:
    """Jobs and both their ends in whole persons."""
    value, low, high = (
        None if end is None else rounded("jobs", end) for end in (jobs.value, jobs.low, jobs.high)
    )
    return replace(jobs, value=value, low=low, high=high)


def brought(found: Found, options: Options) -> Effects:
    """What a choice brings beyond earlier waves: the sum of what each of its projects is said to bring.

    People are counted once over all platforms, so that theirs is rounded as a whole.
    """
    chains, placed = options.platforms.gains, options.placings.gains
    parts = {
        effect: [
            *chains[effect][list(found.platforms)].tolist(),
            *placed[effect][list(found.placings)].tolist(),
        ]
        for effect in chains
    }
    own = {
        effect: math.fsum(rounded(effect, amount) for amount in amounts)
        for effect, amounts in parts.items()
    }
    return in_steps(effects_of(found, options) | own)


def brought_by(waves: Iterable[WavePick]) -> Effects:
    """What waves bring together."""
    each = [brought(one.found, one.frame.options) for one in waves]
    return in_steps({name: math.fsum(one[name] for one in each) for name in each[0]})
