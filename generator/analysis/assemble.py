"""Candidates as the arrays that the solver weighs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.anchors import anchor_places
from generator.analysis.customers import share_for
from generator.analysis.estimates import firm
from generator.analysis.fits import site_rooms, unit_rooms
from generator.analysis.solver import RESOURCES, ROOMS, Options, Placings, Platforms, picked
from generator.analysis.solver.options import CAPITAL

if TYPE_CHECKING:
    from generator.analysis.values import FloatArray
    from generator.model import Knowledge, Region
    from generator.model.choosing import Candidate, Fit
    from generator.model.programme import Placement

GRID = RESOURCES.index("grid_mw")
_TECHNICIANS = "technician_fte"
_ROUND = 1e-9
_MINIMA = frozenset({"dev_fte", "ops_fte"})
"""Staff that a power-reuse project needs whatever its size."""


class Frame(Struct, frozen=True):
    """The options of a region with what each row stands for."""

    options: Options
    fits: tuple[Fit, ...]
    """The fit behind each placing."""

    def units_wanted(self, use_id: str, knowledge: Knowledge) -> float:
        """How many units of a use its customers would fill, as the region counts them.

        Without limit where its size hangs on no demand; 0 while nobody has counted that demand.
        """
        if not knowledge.needs[use_id].demand_per_unit:
            return math.inf
        counted = (
            bound.units
            for fit in self.fits
            if fit.use_id == use_id
            for bound in fit.bounds
            if bound.kind == "demand"
        )
        return next(counted, 0.0)


def assemble(region: Region, knowledge: Knowledge, found: Mapping[str, Candidate]) -> Frame:
    """Everything that may be chosen, whether it may start now or not.

    Candidates whose capital is unknown, or that lack a use they require, are left out.

    Args:
        region: Sites and employment.
        knowledge: Needs and parameters.
        found: The candidates.
    """
    usable = [one for one in found.values() if one.capital.value is not None and not one.requires]
    chains = [one for one in usable if one.category == "blockchain"]
    placed = [(one, fit, size) for one in usable for fit in one.fits for size in fit.menu]
    rooms = [site_rooms(site, knowledge) for site in region.sites]
    people = np.array([row.employment.value or 0.0 for row in region.industry], dtype=float)
    options = Options(
        platforms=_platforms(chains, region, knowledge),
        placings=_placings(placed, region, knowledge),
        people=people,
        reached=np.zeros(len(people)),
        rooms=np.array(rooms, dtype=float).reshape(len(rooms), len(ROOMS)),
        excludes=_pairs("excludes", knowledge),
        requires=_pairs("requires", knowledge),
        most=int(knowledge.assumed("list_cap")),
        base=knowledge.assumed("platform_base"),
        keep=knowledge.assumed("platform_keep"),
    )
    return Frame(
        options=options,
        fits=tuple(fit for _, fit, _ in placed),
    )


def _pairs(relation: str, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    known = {use.use_id for use in knowledge.uses}
    return tuple(
        (one.use_id, one.other_id)
        for one in knowledge.pairs
        if one.relation == relation and {one.use_id, one.other_id} <= known
    )


def _gains(
    found: Sequence[tuple[Candidate, float]], region: Region, knowledge: Knowledge
) -> dict[str, FloatArray]:
    """Effects that add up, per candidate at a size."""
    needs = {one.use_id: knowledge.needs[one.use_id] for one, _ in found}
    loads = {
        use_id: (need.mean_load_mw_per_unit or 0.0) * share_for(need, region)
        for use_id, need in needs.items()
    }
    return {
        "jobs": np.array([(one.jobs.value or 0.0) * size for one, size in found]),
        "power": np.array([loads[one.use_id] * size for one, size in found]),
        "value_added": np.array([(one.value_added.value or 0.0) * size for one, size in found]),
    }


def _platforms(chains: Sequence[Candidate], region: Region, knowledge: Knowledge) -> Platforms:
    reach = np.zeros((len(chains), len(region.industry)))
    for row, one in enumerate(chains):
        use = knowledge.use(one.use_id)
        need = knowledge.needs[one.use_id]
        share = (need.reach_share or 0.0) * share_for(need, region)
        reach[row, list(anchor_places(region, use, knowledge))] = share
    needs = [needs_of(one.use_id, 1.0, knowledge) for one in chains]
    return Platforms(
        ids=tuple(one.use_id for one in chains),
        capital=np.array([one.capital.value for one in chains], dtype=float),
        is_shared=np.array(
            [knowledge.needs[one.use_id].on_shared_platform is True for one in chains], dtype=bool
        ),
        gains=_gains([(one, 1.0) for one in chains], region, knowledge),
        reach=reach,
        needs=np.array(needs, dtype=float).reshape(len(chains), len(RESOURCES)),
    )


def _placings(
    placed: Sequence[tuple[Candidate, Fit, float]], region: Region, knowledge: Knowledge
) -> Placings:
    count = len(placed)
    rates = {use_id: _rates(use_id, knowledge) for use_id in {one.use_id for one, _, _ in placed}}
    needs = [[fixed + size * rate for fixed, rate in rates[one.use_id]] for one, _, size in placed]
    rooms = [
        [amount * size for amount in unit_rooms(knowledge.needs[one.use_id])]
        for one, _, size in placed
    ]
    places = [fit.place.number for _, fit, _ in placed]
    return Placings(
        ids=tuple(one.use_id for one, _, _ in placed),
        place=np.array([-1 if place is None else place for place in places], dtype=np.intp),
        size=np.array([size for _, _, size in placed], dtype=float),
        capital=np.array([(one.capital.value or 0.0) * size for one, _, size in placed]),
        gains=_gains([(one, size) for one, _, size in placed], region, knowledge),
        needs=np.array(needs, dtype=float).reshape(count, len(RESOURCES)),
        rooms=np.array(rooms, dtype=float).reshape(count, len(ROOMS)),
    )


def needs_of(use_id: str, size: float, knowledge: Knowledge) -> list[float]:
    """What a project takes of each resource but capital, in the order of `RESOURCES`.

    A platform takes its minima. Of power reuse the connection and the technicians grow with the
    size; it builds its own halls and racks.
    """
    return [fixed + size * rate for fixed, rate in _rates(use_id, knowledge)]


def _rates(use_id: str, knowledge: Knowledge) -> list[tuple[float, float]]:
    """What a project takes whatever its size, and what it takes by unit, of each resource."""
    use, unit = knowledge.use(use_id), knowledge.needs[use_id]
    own = {
        knowledge.criteria[need.criterion_id].role: need
        for need in knowledge.requirements.get(use_id, ())
    }
    found = []
    for name in RESOURCES:
        need = own.get(name)
        fixed, rate = 0.0, 0.0
        if use.category == "blockchain" and name != RESOURCES[CAPITAL]:
            fixed = need.minimum if need else 0.0
        elif name == RESOURCES[GRID]:
            rate = unit.grid_mw_per_unit or 0.0
        elif name == _TECHNICIANS:
            rate = need.target if need else 0.0
        elif name in _MINIMA:
            fixed = need.minimum if need else 0.0
        found.append((fixed, rate))
    return found


def after(frame: Frame, taken: Sequence[Placement], knowledge: Knowledge) -> Frame:
    """What may be chosen in a second wave, once the first has taken its part.

    Uses of the first wave are out, but for those that may be repeated at another site, as far as
    the demand that the region counts bears another: while nobody has counted it, nothing says that
    a second one is wanted. So are uses that it excludes. People whom it reaches count no more, and a common platform that it builds
    costs nothing again.

    Args:
        frame: The options of the first wave.
        taken: Its projects.
        knowledge: Which uses may be repeated.
    """
    options = frame.options
    first = {one.use_id for one in taken}
    sites = {one.use_id: one.place.number for one in taken}
    wanted = {
        one.use_id: frame.units_wanted(one.use_id, knowledge) - one.size + _ROUND for one in taken
    }
    barred = {
        mate
        for one, other in options.excludes
        for use_id, mate in ((one, other), (other, one))
        if use_id in first
    }
    chains, placed = options.platforms, options.placings
    rows = np.array([key not in first | barred for key in chains.ids], dtype=bool)
    may = [
        key not in barred
        and (
            key not in first
            or (
                knowledge.needs[key].repeatable
                and place >= 0
                and sites[key] != place
                and size <= wanted[key]
            )
        )
        for key, place, size in zip(
            placed.ids, placed.place.tolist(), placed.size.tolist(), strict=True
        )
    ]
    kept = np.flatnonzero(np.array(may, dtype=bool))
    in_first = np.array([key in first for key in chains.ids], dtype=bool)
    reached = chains.reach[in_first].max(axis=0, initial=0.0)
    rooms = options.rooms.copy()
    for one in taken:
        if one.place.number is not None and one.size:
            taking = np.array(unit_rooms(knowledge.needs[one.use_id])) * one.size
            rooms[one.place.number] -= taking
    shared = chains.is_shared & in_first
    cost = float(chains.capital[shared].sum())
    is_built = bool(shared.any()) and options.base + options.keep * cost < cost
    left = replace(
        options,
        platforms=picked(chains, np.flatnonzero(rows)),
        placings=picked(placed, kept),
        reached=np.maximum(options.reached, reached),
        rooms=np.maximum(rooms, 0.0),
        held=options.held | first,
        base=0.0 if is_built else options.base,
    )
    return replace(frame, options=left, fits=tuple(frame.fits[row] for row in kept))


def former_mining_load(region: Region, knowledge: Knowledge) -> float:
    """Stated former load of the sites that hosted an activity the law looks at, firm, in MW."""
    suspect = {one.former_use for one in knowledge.activities.values() if one.former_use}
    return math.fsum(
        firm(site.former_load_mw) for site in region.sites if site.former_use in suspect
    )
