"""Electricity and carbon of the programme beside what the former mining sites drew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.analysis.contributions import ask_for
from generator.analysis.rollup import roll_up
from generator.model import (
    CriterionValue,
    Energy,
    Fact,
    FormerLoad,
    Knowledge,
    ProjectEnergy,
    Range,
    Region,
    Screening,
)

if TYPE_CHECKING:
    from generator.model.programme import Project

_BY_LOCATION = "region_or_published_grid_factor"


def describe_energy(
    region: Region, knowledge: Knowledge, screening: Screening, projects: Sequence[Project]
) -> Energy:
    """What each project draws and emits in a year at its size, and all of them together.

    Args:
        region: Grid factor, contracted figure and former mining sites.
        knowledge: Hours of load and published factors.
        screening: Where and on which day.
        projects: Both waves; one beside the existing base draws what its programme counts.
    """
    location, market = _factors(region, knowledge, screening)
    factors = (
        None if location is None else location.fact.value,
        None if market is None else market.value,
    )
    hours = knowledge.assumed("load_hours")
    found = tuple(_drawn((one,), hours, *factors) for one in projects)
    total = _drawn(projects, hours, *factors) if projects else None
    former = _former_load(region)
    return Energy(
        projects=found,
        total=total,
        location_factor=location,
        market_factor=market,
        former_load=former,
        share_of_former_load=total.power_mw / former.fact.value
        if total is not None and former is not None and former.fact.value
        else None,
    )


def _drawn(
    projects: Sequence[Project], hours: float, by_location: float | None, by_market: float | None
) -> ProjectEnergy:
    power = math.fsum(one.effects.get("power", 0.0) for one in projects)
    jobs = math.fsum(one.jobs.value or 0.0 for one in projects)
    energy = power * hours
    # One MWh at one kgCO2/kWh is one tonne.
    return ProjectEnergy(
        uses=tuple(dict.fromkeys(one.use_id for one in projects)),
        power_mw=power,
        electricity_mwh=energy,
        location_t=None if by_location is None else energy * by_location,
        market_t=None if by_market is None else energy * by_market,
        mwh_per_job=energy / jobs if jobs else None,
    )


def _factors(
    region: Region, knowledge: Knowledge, screening: Screening
) -> tuple[CriterionValue | None, Fact | None]:
    """The factor of the location, and the contracted one where the Measures sheet gives it."""
    carbon = knowledge.in_role("carbon")
    if carbon is None:
        return None, None
    measured = (row.value for row in region.measures if row.criterion == carbon.criterion_id)
    market = next(measured, None)
    if not knowledge.uses:
        return None, market
    ask = ask_for(region, knowledge.uses[0], carbon, knowledge, screening)
    by_location = replace(
        ask.criterion, rollup_blockchain=_BY_LOCATION, rollup_power_reuse=_BY_LOCATION
    )
    # Without its Measures row, which would put the contract in place of the location.
    elsewhere = replace(region, measures=())
    return roll_up(replace(ask, region=elsewhere, criterion=by_location)), market


def grid_factor(region: Region, knowledge: Knowledge, screening: Screening) -> float | None:
    """The factor of the location in kgCO2/kWh: the region's own or the published one."""
    location, _ = _factors(region, knowledge, screening)
    return None if location is None else location.fact.value


def _former_load(region: Region) -> FormerLoad | None:
    loads = [site.former_load_mw for site in region.sites if site.former_use == "mining"]
    known = [load for load in loads if load.value is not None]
    if not known:
        return None
    fact = replace(
        known[0],
        value=math.fsum(load.value or 0.0 for load in known),
        low=None,
        high=None,
        grade=max(load.grade for load in known),
        as_of=min((load.as_of for load in known if load.as_of), default=""),
        origins=tuple(dict.fromkeys(origin for load in known for origin in load.origins)),
        stream="",
    )
    return FormerLoad(fact, is_partial=len(known) < len(loads))


def span_of(low: float | None, high: float | None) -> Range | None:
    """Two ends as a range; None while one of them is unknown."""
    return None if low is None or high is None else (low, high)
