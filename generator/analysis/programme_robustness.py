"""How robust the first wave is: solved again in draws of all inputs; what it may cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.beginning import Beginning, beginning
from generator.analysis.estimates import (
    COMMON,
    INDEPENDENT,
    drawn_base,
    drawn_capital,
    drawn_capital_of,
    drawn_jobs,
)
from generator.analysis.ranks import has_one_band
from generator.analysis.solver import Drawn, Listing, best_of_each
from generator.analysis.solver.options import CAPITAL
from generator.analysis.waves import NOTHING, Setting, WavePick, terms
from generator.model.programme import (
    Capital,
    Programme,
    ProgrammeRobustness,
    Project,
)

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.analysis.draws import Draws
    from generator.analysis.limits import Amount
    from generator.analysis.sampling import Parts
    from generator.analysis.values import FloatArray
    from generator.model import Knowledge

_PERCENTILES = (10, 50, 90)
_MATERIAL = 1 / 3
"""Of the waves without a project: what stands in so many of them takes its place."""
_DECIMALS = 9
_USUAL = (10, 90)
"""Percent of the waves that hold a project: between which sizes most of them hold it."""
Waves = list[Mapping[str, float]]
"""The uses of each first wave solved again, with their sizes."""


def with_robustness(
    plan: Programme, base: Core, first: WavePick, parts: Parts, draws: Draws
) -> Programme:
    """The programme with its robustness, and each project of the first wave with its own.

    Args:
        plan: The programme at base values.
        base: The run that it was chosen in.
        first: Its first wave.
        parts: Drawn partial values, of the first draws at least.
        draws: The source of chance; the first draws decide the programmes that are solved again.
    """
    setting, knowledge = base.setting, base.knowledge
    correlation = knowledge.assumed("cost_correlation")
    few = draws.first(most_resolves(knowledge))
    open_ = beginning(base, parts, few)
    count = min(resolves(open_.setting.listing, knowledge), few.size)
    again = {
        common: solve_again(open_, draws, common, count)
        for common in dict.fromkeys((correlation, INDEPENDENT, COMMON))
    }
    shares = {common: _shares(waves) for common, waves in again.items()}
    ends = {
        use_id: (shares[INDEPENDENT].get(use_id, 0.0), shares[COMMON].get(use_id, 0.0))
        for use_id in dict.fromkeys(use_id for found in shares.values() for use_id in found)
    }
    capital = {common: capital_of(setting, first, draws, common) for common in again}
    within = [one.within for one in capital.values() if one is not None and one.within is not None]
    own = frozenset(plan.first.uses)
    robustness = ProgrammeRobustness(
        correlation=correlation,
        resolves=count,
        shares=shares[correlation],
        shares_at_ends=ends,
        same=_mean([wave.keys() == own for wave in again[correlation]]),
        capital=capital[correlation],
        capital_at_ends=tuple(
            one for one in (capital[INDEPENDENT], capital[COMMON]) if one is not None
        ),
        capital_holds_at_ends=has_one_band(within, knowledge),
    )
    projects = tuple(_told(one, own, again, knowledge) for one in plan.first.projects)
    return replace(plan, first=replace(plan.first, projects=projects), firmness=robustness)


def most_resolves(knowledge: Knowledge) -> int:
    """How often a first wave is solved again at most."""
    return int(max(knowledge.assumed(name) for name in ("resolves", "resolves_many")))


def resolves(listing: Listing | None, knowledge: Knowledge) -> int:
    """How often a first wave is solved again; seldom where there is much to weigh, else never."""
    if listing is None:
        return 0
    is_large = len(listing.placings.count) > knowledge.assumed("resolves_many_from")
    return int(knowledge.assumed("resolves_many" if is_large else "resolves"))


def solve_again(open_: Beginning, draws: Draws, correlation: float, count: int) -> Waves:
    """The best first wave in each of the first draws.

    Args:
        open_: What may begin in each draw; sizes and coefficients stay.
        draws: The source of chance.
        correlation: The common part of the uncertainty of costs, in [0, 1].
        count: How many draws.
    """
    setting = open_.setting
    if setting.listing is None or not count:
        return []
    options = setting.frame.options
    drawn = draw_options(open_, draws, correlation, count)
    chains, placed, size = options.platforms.ids, options.placings.ids, options.placings.size
    return [
        dict.fromkeys((chains[row] for row in found.platforms), 1.0)
        | {placed[row]: float(size[row]) for row in found.placings}
        for one in best_of_each(setting.listing, options, terms(setting), drawn)
        for found in [one or NOTHING]
    ]


def draw_options(open_: Beginning, draws: Draws, correlation: float, count: int) -> Drawn:
    """What may begin, capital, jobs and limits of the first draws, as the solver takes them."""
    setting = open_.setting
    options, known = setting.frame.options, setting.candidates
    ids = dict.fromkeys((*options.platforms.ids, *options.placings.ids))
    capital = {key: drawn_capital(known[key], draws, correlation, count) for key in ids}
    jobs = {key: drawn_jobs(known[key], draws, correlation, count) for key in ids}
    size = options.placings.size

    def columns(values: Mapping[str, FloatArray], names: Sequence[str]) -> FloatArray:
        found = [values[key] for key in names]
        return np.array(found).reshape(len(found), count).T

    return Drawn(
        platform_may=open_.platforms[:count],
        placing_may=open_.placings[:count],
        platform_capital=columns(capital, options.platforms.ids),
        platform_jobs=columns(jobs, options.platforms.ids),
        placing_capital=columns(capital, options.placings.ids) * size,
        placing_jobs=columns(jobs, options.placings.ids) * size,
        base=drawn_base(setting.knowledge, draws, count),
        limits=np.column_stack([drawn_limit(one, draws)[:count] for one in setting.limits.amounts]),
    )


def drawn_limit(amount: Amount, draws: Draws) -> FloatArray:
    """One limit in every draw, shape (draws,); it varies where somebody states a range."""
    if amount.fact is None or amount.fact.value is None:
        return np.full(draws.size, amount.value)
    found = draws.of(replace(amount.fact, value=amount.value))
    return np.minimum(np.broadcast_to(found, draws.size), amount.most)


def capital_of(
    setting: Setting, first: WavePick, draws: Draws, correlation: float
) -> Capital | None:
    """Percentiles of the first wave's capital, and how often it keeps to the money limit.

    Contingency is left out: it is what the limit holds back for these very draws.
    """
    if not first.placements:
        return None
    options, knowledge = setting.frame.options, setting.knowledge
    chosen = [(setting.candidates[one.use_id], one.size) for one in first.placements]
    shared = frozenset(
        options.platforms.ids[row]
        for row in first.found.platforms
        if options.platforms.is_shared[row]
    )
    base = drawn_base(knowledge, draws)
    total = drawn_capital_of(chosen, shared, options.keep, base, draws, correlation)
    p10, p50, p90 = (round(float(end), _DECIMALS) for end in np.percentile(total, _PERCENTILES))
    within = None
    if setting.limits.has_money:
        limit = drawn_limit(setting.limits.amounts[CAPITAL], draws)
        within = float((total <= limit * (1.0 + 1e-9) + 1e-9).mean())
    return Capital(correlation, draws.size, p10, p50, p90, within)


def _shares(waves: Waves) -> dict[str, float]:
    """Use to the share of waves that hold it, the greatest first."""
    counts = Counter(use_id for wave in waves for use_id in wave)
    order = sorted(counts, key=lambda use_id: (-counts[use_id], use_id))
    return {use_id: counts[use_id] / len(waves) for use_id in order}


def _mean(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _told(
    one: Project, own: frozenset[str], again: Mapping[float, Waves], knowledge: Knowledge
) -> Project:
    """A project of the first wave with the share of waves that hold it, and its rivals."""
    correlation = knowledge.assumed("cost_correlation")
    waves = again[correlation]
    if not waves:
        return one
    at = {
        common: sum(one.use_id in wave for wave in found) / len(found)
        for common, found in again.items()
    }
    without = [wave for wave in waves if one.use_id not in wave]
    rivals = Counter(use_id for wave in without for use_id in wave.keys() - own)
    # A use that stands in for it now and then only is no answer to what comes in its place.
    rivals = Counter({key: n for key, n in rivals.items() if n >= _MATERIAL * len(without)})
    return replace(
        one,
        chosen_in=at[correlation],
        chosen_at_ends=(at[INDEPENDENT], at[COMMON]),
        usual_sizes=usual_sizes([wave[one.use_id] for wave in waves if one.use_id in wave]),
        replaced_by=tuple(sorted(rivals, key=lambda use_id: (-rivals[use_id], use_id))),
    )


def usual_sizes(sizes: Sequence[float]) -> tuple[float, float] | None:
    """Between which sizes a project mostly is where it is held; sizes that it really has."""
    if not sizes:
        return None
    low, high = np.percentile(sizes, _USUAL, method="nearest").tolist()
    return low, high
