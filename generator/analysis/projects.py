"""Choices as projects: what each costs, brings, takes, emits, and what must come before it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.analysis.anchors import anchor_rows
from generator.analysis.asplanned import in_persons, in_steps, rounded
from generator.analysis.assemble import needs_of
from generator.analysis.candidates import decisive
from generator.analysis.estimates import figures, times
from generator.analysis.fits import has_papers
from generator.analysis.recipes import in_cny
from generator.analysis.returns import payroll_of, returns_of
from generator.analysis.sites import unexplained_load
from generator.analysis.solver.options import RESOURCES
from generator.analysis.values import at_least, location_quotient
from generator.model.choosing import Bound, Candidate, ProjectSite, Supply
from generator.model.programme import Effects, Placement, Precondition, Project

if TYPE_CHECKING:
    from generator.analysis.waves import Setting
    from generator.model import (
        Fact,
        Knowledge,
        Range,
        Readiness,
        Region,
        UnitNeed,
        Use,
        UseReadiness,
    )

_GWH_PER_MW_YEAR = 8.76
_KILO, _MILLION = 1e3, 1e6
_ROUND = 1e-9
_SUPPLY = "power"
"""The group of criteria that another supply of power may mend."""


class Grounds(Struct, frozen=True):
    """What the projects of a region are described from."""

    region: Region
    knowledge: Knowledge
    readiness: Readiness
    setting: Setting
    factor: float | None
    """Emission factor of the grid in kgCO2/kWh."""
    begun: tuple[str, ...] = ()
    """Uses of the first wave."""

    def project(self, chosen: Placement, *, is_second: bool) -> Project:
        """One choice as a project."""
        use, need = self.knowledge.use(chosen.use_id), self.knowledge.needs[chosen.use_id]
        one = self.setting.candidates[chosen.use_id]
        is_chain = use.category == "blockchain"
        load = 0.0 if is_chain else (need.mean_load_mw_per_unit or 0.0) * chosen.size
        power = rounded("power", load)
        needs = needs_of(chosen.use_id, chosen.size, self.knowledge)
        capital = times(one.capital, chosen.size)
        by_resource = dict(zip(RESOURCES, needs, strict=True)) | {"capex": capital.value or 0.0}
        running = _running_cost(use, capital.value)
        jobs = in_persons(times(one.jobs, chosen.size))
        return Project(
            use_id=chosen.use_id,
            category=use.category,
            place=chosen.place,
            size=chosen.size,
            capital=capital,
            jobs=jobs,
            jobs_by=need.jobs_by,
            effects=in_steps(self.effects(chosen)),
            needs=by_resource,
            connection_mw=by_resource["grid_mw"],
            running_cost=running,
            power_cost=self._power_cost(chosen.use_id, power),
            heat_cost=self._heat_cost(need),
            heat_tariff=self._heat_tariff(chosen.use_id),
            returns=returns_of(
                use,
                chosen.size,
                capital.value,
                running,
                self.region,
                self.knowledge,
                ends=_ends(capital),
            ),
            payroll=payroll_of(need, jobs.value, running, self.region, self.knowledge),
            emissions_kt=None if self.factor is None else power * _GWH_PER_MW_YEAR * self.factor,
            served_strong=self._served_strong(use, need) if is_chain else 0.0,
            months=(need.build_months_low, need.build_months_high),
            value_alone=one.value_alone,
            bound=_bound(one, chosen),
            preconditions=self._preconditions(one, chosen) if is_second else (),
            supplies=self._supplies(chosen, load) if not is_chain else (),
        )

    def effects(self, chosen: Placement) -> Effects:
        """What one project brings by itself."""
        use, need = self.knowledge.use(chosen.use_id), self.knowledge.needs[chosen.use_id]
        one = self.setting.candidates[chosen.use_id]
        is_chain = use.category == "blockchain"
        served = math.fsum(
            (row.employment.value or 0.0) * (need.reach_share or 0.0)
            for row in (anchor_rows(self.region, use, self.knowledge) if is_chain else ())
        )
        return {
            "jobs": (one.jobs.value or 0.0) * chosen.size,
            "power": 0.0 if is_chain else (need.mean_load_mw_per_unit or 0.0) * chosen.size,
            "value_added": (one.value_added.value or 0.0) * chosen.size,
            "served": served,
        }

    def _power_price(self, use_id: str) -> float | None:
        """What a use pays here for power, CNY a kWh; None while unknown.

        A use that asks for no price pays what others of its list do: it is counted at one point.
        """
        category = self.knowledge.use(use_id).category
        alike = (key for key in self.readiness.uses if self.knowledge.use(key).category == category)
        return next(
            (
                part.value.fact.value
                for key in (use_id, *alike)
                for part in self.readiness.uses[key].contributions
                if self.knowledge.is_in_role(part.requirement.criterion_id, "power_price")
            ),
            None,
        )

    def _power_cost(self, use_id: str, power: float) -> float | None:
        """What an average load in MW costs a year, CNY m."""
        if not power:
            return 0.0
        price = self._power_price(use_id)
        hours = self.knowledge.assumed("load_hours")
        return None if price is None else power * hours * price * _KILO / _MILLION

    def _heat_cost(self, need: UnitNeed) -> Range | None:
        """What the power for a MWh of heat costs, CNY, from the most thrifty plant to the plainest."""
        low, high = need.heat_per_power_low, need.heat_per_power_high
        price = self._power_price(need.use_id)
        if not low or not high or price is None:
            return None
        return price * _KILO / high, price * _KILO / low

    def _heat_tariff(self, use_id: str) -> float | None:
        """What the region says that customers pay for a MWh of heat, CNY."""
        found = (row.heat_tariff for row in self.region.estimates if row.use == use_id)
        fact = next((one for one in found if one.value is not None), None)
        value = None if fact is None else in_cny(fact, self.region).value
        return None if value is None else value * _KILO

    def _served_strong(self, use: Use, need: UnitNeed) -> float:
        """Persons reached in divisions that are stronger here than in the reference area."""
        known = [
            row
            for row in self.region.industry
            if row.employment.value is not None and row.employment_reference.value is not None
        ]
        local = math.fsum(row.employment.value or 0.0 for row in known)
        there = math.fsum(row.employment_reference.value or 0.0 for row in known)
        if not local or not there:
            return 0.0
        named = {row.code for row in anchor_rows(self.region, use, self.knowledge)}
        return math.fsum(
            (row.employment.value or 0.0) * (need.reach_share or 0.0)
            for row in known
            if row.code in named
            and row.employment_reference.value
            and at_least(
                float(
                    location_quotient(
                        row.employment.value or 0.0, local, row.employment_reference.value, there
                    )
                ),
                1.0,
            )
        )

    def _preconditions(self, one: Candidate, chosen: Placement) -> tuple[Precondition, ...]:
        """What keeps a project out of the first wave; only money, where nothing else does."""
        found = [*waited_for(one, self.readiness.uses[one.use_id], self.knowledge)]
        found += clearing(chosen.place, self.region)
        if found:
            return tuple(found)
        most = int(self.knowledge.assumed("list_cap"))
        beside = sum(self.knowledge.use(key).category == one.category for key in self.begun)
        return (Precondition("turn" if beside >= most else "money"),)

    def _supplies(self, chosen: Placement, load: float) -> tuple[Supply, ...]:
        """Supply uses on the shortlist that could feed a project, with what they would repair."""
        if not load:
            return ()
        own = self.readiness.uses[chosen.use_id]
        lacking = {
            gap.criterion_id
            for gap in own.gaps
            if self.knowledge.criteria[gap.criterion_id].is_environmental
            and self.knowledge.criteria[gap.criterion_id].group == _SUPPLY
        }
        found = (self._supply(use, load, lacking) for use in self._suppliers())
        return tuple(one for one in found if one.size)

    def _suppliers(self) -> Iterable[Use]:
        for use_id in self.readiness.proposed:
            if self.knowledge.needs[use_id].role == "supply":
                yield self.knowledge.use(use_id)

    def _supply(self, use: Use, load: float, lacking: set[str]) -> Supply:
        need = self.knowledge.needs[use.use_id]
        size = supply_size(load, need)
        costs = figures(self.region, use, self.knowledge)
        return Supply(use.use_id, size, times(costs.capital, size), tuple(sorted(lacking)))


def waited_for(one: Candidate, use: UseReadiness, knowledge: Knowledge) -> tuple[Precondition, ...]:
    """What a use waits for wherever it is built: criteria missed or unknown, and a partner."""
    missed, unknown = decisive(use, knowledge)
    found = [
        Precondition(
            "criterion",
            part.requirement.criterion_id,
            part.value.fact.value,
            part.requirement.minimum,
        )
        for part in missed
    ]
    found += [
        Precondition("unknown", part.requirement.criterion_id, None, part.requirement.minimum)
        for part in unknown
    ]
    if one.lacks_partner:
        found.append(Precondition("signature", types=knowledge.needs[one.use_id].partner_types))
    return tuple(found)


def clearing(place: ProjectSite, region: Region) -> Iterable[Precondition]:
    """What a site waits for that nothing clears yet: papers, and a load that nobody explains."""
    if place.is_cleared or place.number is None:
        return
    if not has_papers(region.sites[place.number]):
        yield Precondition("clearance")
    if unexplained_load(region) is not None:
        yield Precondition("load")


def supply_size(load: float, need: UnitNeed) -> float:
    """Units of a supply use for a load in MW, in tenths down; 0 below the smallest unit."""
    if not need.mean_load_mw_per_unit:
        return 0.0
    size = math.floor(10 * load / need.mean_load_mw_per_unit + _ROUND) / 10
    size = min(size, need.units_max or size)
    return size if size >= (need.units_min or 0.0) - _ROUND else 0.0


def _ends(capital: Fact) -> Range | None:
    if capital.low is None or capital.high is None:
        return None
    return capital.low, capital.high


def _running_cost(use: Use, capital: float | None) -> Range | None:
    """The middle share of running cost, at the capital of the project."""
    low, high = use.opex_pct_of_capex_low, use.opex_pct_of_capex_high
    if low is None or high is None or capital is None:
        return None
    return capital * low / 100, capital * high / 100


def _bound(one: Candidate, chosen: Placement) -> Bound | None:
    for fit in one.fits:
        if fit.place == chosen.place:
            return fit.tightest
    return None
