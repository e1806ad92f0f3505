"""Which sizes of a power-reuse use each site can take, and what bounds them.

Sizes rest on firm values, the low ends of ranges; a blank cell is nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from generator.analysis.estimates import firm
from generator.analysis.sites import match_sites, unexplained_load
from generator.analysis.solver.options import ROOMS
from generator.model.programme import Bound, Fit, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import (
        Fact,
        Knowledge,
        Readiness,
        Region,
        Screening,
        Site,
        UnitNeed,
        UseFinding,
    )
    from generator.model.programme import BoundKind

_ROUND = 1e-9
_SIZES = ("size_full", "size_three_quarters", "size_half", "size_quarter")
NOWHERE = Place()
"""The one place of a use that needs no site."""


def fits(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    uses: Iterable[str],
) -> dict[str, tuple[Fit, ...]]:
    """Every place that hosts a power-reuse use, with the sizes that may be built there.

    Args:
        region: Sites and connection points.
        knowledge: What a unit of scale needs.
        screening: Sizes that the law bars.
        readiness: Needs that a site is held against.
        uses: Power-reuse uses.
    """
    spare, facts = firm_spare_mw(region)
    places = [
        Place(site.name, number, is_cleared(site, region, knowledge, screening))
        for number, site in enumerate(region.sites)
    ]
    matches = match_sites(region, knowledge, readiness)
    found: dict[str, tuple[Fit, ...]] = {}
    for use_id in uses:
        use, need = knowledge.use(use_id), knowledge.needs[use_id]
        common = [*_own_bounds(need, screening.uses[use_id])]
        if use.needs_site is False:
            found[use_id] = (_fit(use_id, NOWHERE, common, need, knowledge),)
            continue
        if need.grid_mw_per_unit:
            per_unit = need.grid_mw_per_unit
            common.append(Bound("spare", spare / per_unit, per_unit, spare, facts))
        found[use_id] = tuple(
            _fit(
                use_id,
                place,
                [*common, *_site_bounds(match.site, need, knowledge)],
                need,
                knowledge,
            )
            for place, match in zip(places, matches, strict=True)
            if any(one.use_id == use_id and one.verdict == "hosts" for one in match.options)
        )
    return found


def firm_spare_mw(region: Region) -> tuple[float, tuple[Fact, ...]]:
    """Firm spare megawatts of all existing connection points, with the cells."""
    facts = tuple(
        row.spare_mw
        for row in region.power
        if row.kind == "connection point" and row.status == "existing"
    )
    return math.fsum(map(firm, facts)), facts


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

    A former use that no activity of the law stands for clears it; so do evidence of the load and a
    clearance document; or that the activity is not barred here and no load is unexplained.
    """
    suspect = [one for one in knowledge.activities.values() if one.former_use]
    if site.former_use and not any(one.former_use == site.former_use for one in suspect):
        return True
    if site.load_not_mining_evidence or site.clearance_document:
        return True
    barred = any(
        (found := screening.findings.get(one.activity)) is not None
        and (found.effect == "prohibited" or found.barred)
        for one in suspect
        if not site.former_use or one.former_use == site.former_use
    )
    return not barred and unexplained_load(region) is None


def _own_bounds(need: UnitNeed, law: UseFinding) -> Iterable[Bound]:
    most = need.units_max or 0.0
    yield Bound("catalogue", most, 0.0, most)
    if law.barred and law.largest is not None:
        rules = tuple(one.rule.rule_id for one in law.barred)
        yield Bound("law", law.largest, 0.0, law.largest, rules=rules)


def _site_bounds(site: Site, need: UnitNeed, knowledge: Knowledge) -> Iterable[Bound]:
    facts = site.grid_mva, site.hall_m2, site.water_m3_day
    rooms = site_rooms(site, knowledge)
    for kind, room, per_unit, fact in zip(ROOMS, rooms, unit_rooms(need), facts, strict=True):
        if per_unit:
            yield Bound(cast("BoundKind", kind), room / per_unit, per_unit, room, (fact,))


def _fit(
    use_id: str, place: Place, bounds: Sequence[Bound], need: UnitNeed, knowledge: Knowledge
) -> Fit:
    least = need.units_min or 0.0
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
