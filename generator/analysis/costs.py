"""Capital and jobs of every use in every draw: one cost factor common to all, and one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.draws import spread
from generator.model import CNY_M, Fact

if TYPE_CHECKING:
    from generator.analysis.draws import Draws
    from generator.analysis.values import FloatArray
    from generator.model import Knowledge
    from generator.model.programme import Candidate

INDEPENDENT, COMMON = 0.0, 1.0
"""The ends of the correlation: unrelated costs, and one cause for all."""


def drawn_capital(
    one: Candidate, draws: Draws, correlation: float, count: int | None = None
) -> FloatArray:
    """Capital of a platform or of a unit of scale in CNY m, shape (draws,).

    Args:
        one: The use with its range, the region's own or the catalogue's.
        draws: The source of chance.
        correlation: The common part of the uncertainty of costs, in [0, 1].
        count: The first so many draws; None for all.
    """
    return spread(one.capital, draws.cost(one.use_id, correlation, count))


def drawn_jobs(
    one: Candidate, draws: Draws, correlation: float, count: int | None = None
) -> FloatArray:
    """Jobs of a platform or of a unit of scale in FTE, likewise.

    A platform that costs more employs more, so one chance drives both; of power reuse the jobs of a
    unit do not follow its cost.
    """
    if one.category == "blockchain":
        chance = draws.cost(one.use_id, correlation, count)
    else:
        chance = draws.uniform(f"catalogue/{one.use_id}/jobs")[:count]
    return spread(one.jobs, chance)


def drawn_base(knowledge: Knowledge, draws: Draws, count: int | None = None) -> FloatArray:
    """Capital of the base of a common platform in CNY m, shape (draws,)."""
    low, value, high = (
        knowledge.assumed(f"platform_base{end}") for end in ("_low", "", "_high")
    )  # fmt: skip
    return spread(Fact(value, CNY_M, low, high), draws.uniform("catalogue/platform_base")[:count])


def drawn_capital_of(
    chosen: list[tuple[Candidate, float]],
    shared: frozenset[str],
    keep: float,
    base: FloatArray,
    draws: Draws,
    correlation: float,
) -> FloatArray:
    """Capital of some projects together in CNY m, shape (draws,).

    Args:
        chosen: Uses with their sizes.
        shared: Those of them that can stand on a common platform.
        keep: Share of its own capital that a use on it still needs.
        base: Capital of the base of that platform in every draw.
        draws: The source of chance.
        correlation: As above.
    """
    own, common = np.zeros(draws.size), np.zeros(draws.size)
    for one, size in chosen:
        amount = size * drawn_capital(one, draws, correlation)
        if one.use_id in shared:
            common += amount
        else:
            own += amount
    if shared:
        common = np.minimum(common, base + keep * common)
    return own + common
