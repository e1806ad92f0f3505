"""Electricity and carbon of the portfolio beside what the former mining sites drew."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.analysis.rollup import Ask, roll_up
from generator.model import Energy, FormerLoad, Range, UseEnergy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Criterion, CriterionValue, Fact, Knowledge, Region, Screening, Use

_BY_LOCATION = "region_or_published_grid_factor"


def _load(use: Use) -> Range | None:
    """IT load of a blockchain use, or the scale that a power-reuse option is costed at."""
    if use.category == "power_reuse":
        return span_of(use.scale_mw, use.scale_mw)
    return span_of(use.it_load_mw_low, use.it_load_mw_high)


def describe_energy(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    uses: Sequence[Use],
    jobs: Mapping[str, float | None],
) -> Energy:
    """What each selected use draws and emits, and the sums of the known ones.

    Args:
        region: Grid factor, contracted figure, data centres and former mining sites.
        knowledge: Loads, hours of load and published factors.
        screening: Where and on which day.
        uses: The selected uses.
        jobs: Their jobs in FTE, None where unknown.
    """
    hours = knowledge.assumed("load_hours")
    location, market = _factors(region, knowledge, screening)
    by_location = None if location is None else location.fact.value
    by_market = None if market is None else market.value

    def of(use: Use) -> UseEnergy:
        load, pue = _load(use), _pue(region, use, knowledge, screening)
        power = _times(load, None if pue is None else pue.fact.value)
        energy = _times(power, hours)
        # One MWh at one kgCO2/kWh is one tonne.
        return UseEnergy(
            use.use_id, load, pue, power, energy, _times(energy, by_location),
            _times(energy, by_market), _per_job(energy, jobs[use.use_id]),
        )  # fmt: skip

    found = tuple(of(use) for use in uses)
    power, energy = _sum(use.power_mw for use in found), _sum(use.electricity_mwh for use in found)
    former = _former_load(region)
    staffed = [use for use in found if use.mwh_per_job is not None]
    return Energy(
        uses=found,
        unknown=tuple(use.use_id for use in found if use.electricity_mwh is None),
        load_hours=hours,
        power_mw=power,
        electricity_mwh=energy,
        location_factor=location,
        market_factor=market,
        location_t=_times(energy, by_location),
        market_t=_times(energy, by_market),
        mwh_per_job=_per_job(
            _sum(use.electricity_mwh for use in staffed),
            math.fsum(jobs[use.use_id] or 0.0 for use in staffed),
        ),
        former_load=former,
        share_of_former_load=_times(power, 1 / former.fact.value)
        if former is not None and former.fact.value
        else None,
    )


def _pue(
    region: Region, use: Use, knowledge: Knowledge, screening: Screening
) -> CriterionValue | None:
    needs = knowledge.requirements.get(use.use_id, ())
    pue = knowledge.in_role("power_overhead")
    if pue is None or not any(need.criterion_id == pue.criterion_id for need in needs):
        return None
    return roll_up(_ask(region, use, knowledge, screening, pue))


def _ask(
    region: Region, use: Use, knowledge: Knowledge, screening: Screening, criterion: Criterion
) -> Ask:
    day = screening.as_of.isoformat()
    return Ask(region, use, criterion, knowledge, screening.jurisdictions, day)


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
    ask = _ask(region, knowledge.uses[0], knowledge, screening, carbon)
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


def _times(ends: Range | None, factor: float | None) -> Range | None:
    return None if ends is None or factor is None else (ends[0] * factor, ends[1] * factor)


def _sum(ranges: Iterable[Range | None]) -> Range | None:
    known = [ends for ends in ranges if ends is not None]
    if not known:
        return None
    return math.fsum(low for low, _ in known), math.fsum(high for _, high in known)


def _per_job(energy: Range | None, jobs: float | None) -> float | None:
    return None if energy is None or not jobs else sum(energy) / 2 / jobs
