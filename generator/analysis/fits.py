"""Which sizes of a power-reuse use each site can take, and what bounds them.

Sizes rest on firm values, the low ends of ranges; a blank cell is nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from generator.analysis.customers import scaled, share_of_customers
from generator.analysis.estimates import firm
from generator.analysis.rollup import OPERATIONS
from generator.analysis.sites import is_suspect, unexplained_load, verdict_of
from generator.analysis.solver.options import ROOMS
from generator.model.choosing import Bound, BoundKind, Fit, ProjectSite

if TYPE_CHECKING:
    from generator.analysis.memo import Memo
    from generator.model import Fact, Knowledge, Region, Screening, Site, UnitNeed, UseFinding

_ROUND = 1e-9
_SIZES = ("size_full", "size_three_quarters", "size_half", "size_quarter")
NOWHERE = ProjectSite()
"""The one place of a use that needs no site."""


def fits(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    uses: Iterable[str],
    memo: Memo,
) -> dict[str, tuple[Fit, ...]]:
    """Every place that hosts a power-reuse use, with the sizes that may be built there.

    Args:
        region: Sites and connection points.
        knowledge: What a unit of scale needs.
        screening: Sizes that the law bars.
        uses: Power-reuse uses.
        memo: What another run has found already.
    """
    spare = firm_spare_mw(region, knowledge)
    places = [
        ProjectSite(site.name, number, is_cleared(site, region, knowledge, screening))
        for number, site in enumerate(region.sites)
    ]
    found: dict[str, tuple[Fit, ...]] = {}
    for use_id in uses:
        use, law = knowledge.use(use_id), screening.uses[use_id]
        wanted = demand_of(use_id, region)
        common = (*spare[1], law, wanted, knowledge.needs, knowledge.requirements)
        if use.needs_site is False:
            found[use_id] = memo.of(
                "fits", (use_id,), common, partial(_anywhere, use_id, law, wanted, knowledge)
            )
            continue
        found[use_id] = tuple(
            fit
            for place, site in zip(places, region.sites, strict=True)
            for fit in memo.of(
                "fits", (use_id, place.number, place.is_cleared, spare[0]), (*common, site),
                partial(_fits_at, use_id, law, wanted, place, site, spare, knowledge),
            )
        )  # fmt: skip
    return found


def demand_of(use_id: str, region: Region) -> Fact | None:
    """What customers would bring, as the region counts it; None while it does not."""
    found = (row.demand for row in region.estimates if row.use == use_id)
    fact = next((fact for fact in found if fact.value is not None), None)
    return None if fact is None else scaled(fact, share_of_customers(region))


def _anywhere(
    use_id: str, law: UseFinding, wanted: Fact | None, knowledge: Knowledge
) -> tuple[Fit, ...]:
    """The sizes of a use that needs no site."""
    bounds = [*_own_bounds(knowledge.needs[use_id], law, wanted)]
    return (_fit(use_id, NOWHERE, bounds, knowledge),)


def _fits_at(
    use_id: str,
    law: UseFinding,
    wanted: Fact | None,
    place: ProjectSite,
    site: Site,
    spare: tuple[float, tuple[Fact, ...]],
    knowledge: Knowledge,
) -> tuple[Fit, ...]:
    """The sizes of a use at one site; nothing where the site cannot host it."""
    if verdict_of(site, use_id, knowledge) != "hosts":
        return ()
    need = knowledge.needs[use_id]
    bounds = [*_own_bounds(need, law, wanted)]
    if need.grid_mw_per_unit:
        per_unit = need.grid_mw_per_unit
        bounds.append(Bound("spare", spare[0] / per_unit, per_unit, *spare))
    bounds += _site_bounds(site, need, knowledge)
    return (_fit(use_id, place, bounds, knowledge),)


def firm_spare_mw(region: Region, knowledge: Knowledge) -> tuple[float, tuple[Fact, ...]]:
    """Firm spare megawatts of all existing connection points, with the cells.

    A scenario that changes the spare capacity of the region changes their sum.
    """
    facts = tuple(
        row.spare_mw
        for row in region.power
        if row.kind == "connection point" and row.status == "existing"
    )
    spare, grid = math.fsum(map(firm, facts)), knowledge.in_role("grid_mw")
    for change in region.adjustments:
        if grid is not None and change.target == grid.criterion_id:
            changed = OPERATIONS[change.operation](np.asarray(spare), change.value)
            spare = max(0.0, float(changed))
    return spare, facts


def site_rooms(site: Site, knowledge: Knowledge) -> tuple[float, ...]:
    """Firm connection in MW, hall in m2 and water in m3 a day of a site, in the order of `ROOMS`."""
    factor = knowledge.assumed("site_power_factor")
    return firm(site.grid_mva) * factor, firm(site.hall_m2), firm(site.water_m3_day)


def unit_rooms(need: UnitNeed) -> tuple[float, ...]:
    """What a unit of scale takes of a site, in the order of `ROOMS`."""
    amounts = need.grid_mw_per_unit, need.floor_m2_per_unit, need.water_m3_day_per_unit
    return tuple(amount or 0.0 for amount in amounts)


def is_cleared(site: Site, region: Region, knowledge: Knowledge, screening: Screening) -> bool:
    """Whether nothing says that an outlawed activity may still run at a site.

    A former use that no activity of the law stands for clears it, and so does that the activity is
    not barred here and no load is unexplained. Evidence of the load and a clearance document do as
    well, unless a load is unexplained: whose it is must be found out first.
    """
    if not is_suspect(site, region, knowledge, screening):
        return True
    return has_papers(site) and unexplained_load(region) is None


def has_papers(site: Site) -> bool:
    """Whether anything on file shows what runs at a site."""
    return bool(site.load_not_mining_evidence or site.clearance_document)


def _own_bounds(need: UnitNeed, law: UseFinding, wanted: Fact | None) -> Iterable[Bound]:
    most = need.units_max or 0.0
    yield Bound("catalogue", most, 0.0, most)
    if wanted is not None and need.demand_per_unit:
        amount, per_unit = firm(wanted), need.demand_per_unit
        yield Bound("demand", amount / per_unit, per_unit, amount, (wanted,))
    if law.barred and law.largest is not None:
        rules = tuple(one.rule.rule_id for one in law.barred)
        yield Bound("law", law.largest, 0.0, law.largest, rules=rules)


def _site_bounds(site: Site, need: UnitNeed, knowledge: Knowledge) -> Iterable[Bound]:
    facts = site.grid_mva, site.hall_m2, site.water_m3_day
    rooms = site_rooms(site, knowledge)
    for kind, room, per_unit, fact in zip(ROOMS, rooms, unit_rooms(need), facts, strict=True):
        if per_unit:
            yield Bound(cast("BoundKind", kind), room / per_unit, per_unit, room, (fact,))


def _fit(use_id: str, place: ProjectSite, bounds: Sequence[Bound], knowledge: Knowledge) -> Fit:
    least = knowledge.needs[use_id].units_min or 0.0
    shares = [knowledge.assumed(name) for name in _SIZES]
    full, menu = sizes(min(bound.units for bound in bounds), least, shares)
    return Fit(use_id, place, tuple(bounds), full, menu)


def sizes(
    top: float, least: float, shares: Sequence[float]
) -> tuple[float | None, tuple[float, ...]]:
    """The largest size in tenths of a unit, and the sizes that are tried, largest first.

    Args:
        top: What the tightest bound allows, in units.
        least: Smallest project, in units.
        shares: Of the largest size, descending.

    Returns:
        None and nothing where even the smallest project does not fit.
    """
    full = math.floor(10 * top + _ROUND) / 10
    if full < least - _ROUND:
        return None, ()
    tried = (math.floor(10 * share * full + _ROUND) / 10 for share in shares)
    return full, tuple(dict.fromkeys(size for size in tried if size >= least - _ROUND))
