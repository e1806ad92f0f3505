"""Which uses may begin in each draw: listed there, and with every minimum that decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.candidates import Eligibility, deciding, has_partner
from generator.analysis.sampling import (
    Parts,
    Sample,
    drawn_partial,
    least_readiness,
    reached,
    sample,
)
from generator.analysis.sites import NEAREST
from generator.analysis.waves import Setting, lay_out, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.draws import Draws
    from generator.analysis.values import FloatArray
    from generator.model import Contribution, Site

    Hits = NDArray[np.bool_]


class Beginning(Struct, frozen=True):
    """What a first wave may be chosen from in each draw."""

    setting: Setting
    """With every use that may begin in any of the draws, listed today or not."""
    platforms: Hits
    """Where each may begin, shape (draws, uses)."""
    placings: Hits
    """Likewise, shape (draws, placings)."""


def beginning(base: Core, parts: Parts, draws: Draws) -> Beginning:
    """The uses that may begin in each draw, whatever the base run lists.

    A use may begin where it is on the shortlist with the weights of the draw, no minimum that
    decides is missed and, of power reuse, somebody has signed for it. At a site it may only with
    the road of that very site. The law, the sizes and what hosts them are those of the base run.

    Args:
        base: The run of base values; by its coefficients all draws are judged.
        parts: Drawn partial values, of as many draws or more.
        draws: The source of chance, of as many draws as are looked at.
    """
    parts = parts.first(draws.size)
    drawn = sample("both", parts, base.readiness, base.knowledge, draws)
    may = dict(_may_begin(base, parts, drawn))
    setting = _with_all(base, frozenset(may))
    options, fits = setting.frame.options, setting.frame.fits
    begins = terms(setting).barred(options)
    never = np.zeros(draws.size, dtype=bool)
    roads = {use_id: _roads(use_id, base, parts, drawn, draws) for use_id in may}
    placings = [
        never if is_barred else may[use_id] & roads[use_id].get(fit.place.number, True)
        for use_id, fit, is_barred in zip(options.placings.ids, fits, begins[1], strict=True)
    ]
    return Beginning(
        setting,
        _columns([may[use_id] for use_id in options.platforms.ids], draws.size),
        _columns(placings, draws.size),
    )


def _columns(rows: list[Hits], count: int) -> Hits:
    return np.array(rows, dtype=bool).reshape(len(rows), count).T


def _may_begin(base: Core, parts: Parts, drawn: Sample) -> Iterator[tuple[str, Hits]]:
    """Each use that may begin in some draw, with where it may."""
    region, knowledge = base.region, base.knowledge
    for use_id, listed in zip(drawn.uses, drawn.shortlisted, strict=True):
        if not listed.any():
            continue
        use = base.readiness.uses[use_id]
        if use.category == "power_reuse" and not has_partner(use_id, region, knowledge):
            continue
        hits = listed.copy()
        for part in deciding(use, knowledge):
            hits &= reached(part, parts.values.get((use_id, part.requirement.criterion_id)))
        if hits.any():
            yield use_id, hits


def _with_all(base: Core, uses: frozenset[str]) -> Setting:
    """What may be chosen were all of some uses listed and ready, judged like the base run."""
    ready: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = dict.fromkeys(uses, ((), ()))
    eligibility = Eligibility(uses, ready, {})
    setting = lay_out(base.region, base.knowledge, base.screening, eligibility, base.memo.aside())
    return replace(setting, objectives=base.setting.objectives)


def _roads(
    use_id: str, base: Core, parts: Parts, drawn: Sample, draws: Draws
) -> Mapping[int | None, Hits]:
    """Row of a site to where a use is listed with the road of that site; those that say so alone.

    The score of the region takes the nearest of all sites, a project stands on one.
    """
    use, knowledge = base.readiness.uses[use_id], base.knowledge
    if use.category != "power_reuse":
        return {}
    for place, part in enumerate(use.contributions):
        if knowledge.criteria[part.requirement.criterion_id].rollup_power_reuse != NEAREST:
            continue
        score = drawn.readiness[drawn.uses.index(use_id)]
        points = _points(part, use.contributions, draws, knowledge.assumed("weight_cv"))
        rest = score - points * parts.readiness[use_id][place]
        least = least_readiness(knowledge)
        return {
            row: rest + points * own >= least
            for row, site in enumerate(base.region.sites)
            if (own := _own_road(site, part, draws)) is not None
        }
    return {}


def _points(
    part: Contribution, parts: Sequence[Contribution], draws: Draws, spread: float
) -> FloatArray:
    """What a part is worth in each draw, of 100 altogether; shape (draws,)."""

    def weight(one: Contribution) -> FloatArray:
        need = one.requirement
        return need.weight * draws.factors(need.criterion_id, spread)

    return np.asarray(100.0 * weight(part) / np.sum([weight(one) for one in parts], axis=0))


def _own_road(site: Site, part: Contribution, draws: Draws) -> FloatArray | None:
    """Partial value of the distance of a site in each draw; None while it is unknown."""
    known = [draws.of(fact) for fact in (site.road_km, site.port_km) if fact.value is not None]
    if not known:
        return None
    need, distance = part.requirement, np.full(draws.size, np.inf)
    for one in known:
        distance = np.minimum(distance, one)
    return drawn_partial(distance, need.minimum, need.target, need.direction)
