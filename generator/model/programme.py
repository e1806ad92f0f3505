"""Projects in natural units, and the programme: the small set that the region's limits allow.

A project is a use at a size and a place. Money is in CNY m, people in FTE or persons, power in MW.
Effects are measured from doing nothing, which is zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.choosing import Bound, Candidate, ProjectSite, Supply
    from generator.model.economy import Range
    from generator.model.facts import Category, Fact, Label
    from generator.model.programme_inputs import ProgrammeInputs
    from generator.model.returns import Payroll, Returns, YearBill

EffectName = Literal["jobs", "power", "served", "value_added"]
"""FTE; MW of idle power, average load; persons in the industries reached; CNY m a year."""
Effects = dict[str, float]
"""Amounts by effect."""


class Objective(Struct, frozen=True):
    """One effect that the programme is chosen for."""

    benefit_id: str
    effect: EffectName
    stated: float
    """Points of the weights, before what cannot be attained is left out."""
    attainable: float
    """The most that the shortlist can bring of it under the limits; 0 where nothing can be had."""
    normaliser: float
    """The attainable amount, but no less than the floor; 0 where nothing can be had."""
    weight: float
    """Share of the weights in [0, 1] after leaving out what cannot be attained."""
    floor: float = 0.0
    """The least attainable amount that earns full weight."""

    @property
    def coefficient(self) -> float:
        """Value of one unit, in shares of the attainable."""
        return self.weight / self.normaliser if self.normaliser > 0 else 0.0


PreconditionKind = Literal[
    "signature", "criterion", "clearance", "load", "unknown", "money", "turn"
]
"""`money`: nothing but money; `turn`: the first wave holds as many of its kind as one may lead."""


class Precondition(Struct, frozen=True):
    """What must come before a project of the second wave."""

    kind: PreconditionKind
    criterion_id: str = ""
    value: float | None = None
    """Where the criterion stands; None while unknown."""
    minimum: float | None = None
    types: tuple[str, ...] = ()
    """Types of bodies one of which must sign."""


TECHNICIANS = "technician_fte"
"""The role of the one staff group of which a larger project takes more."""
GROWING = frozenset({"grid_mw", TECHNICIANS})
"""Roles of criteria of which a project of power reuse takes more the larger it is."""


class Project(Struct, frozen=True):
    """A use at a size and a place."""

    use_id: str
    category: Category
    place: ProjectSite
    size: float
    """Units of scale; 1 platform for a blockchain use."""
    capital: Fact
    """CNY m, own capital without the share in a common platform."""
    jobs: Fact
    jobs_by: Literal["operator", "tenants_clients"]
    effects: Effects
    """Alone, at base values."""
    needs: Mapping[str, float]
    """What it takes of each limit, in the limit's unit; money with contingency left out."""
    connection_mw: float
    running_cost: Range | None
    """CNY m a year, power left out."""
    emissions_kt: float | None
    """Thousand tonnes of CO2 a year at the grid factor; None while that is unknown."""
    served_strong: float
    """Persons reached in divisions that are stronger here than in the reference area."""
    months: Range
    """Of build."""
    value_alone: float
    bound: Bound | None
    """What limits its size; None for a platform."""
    power_cost: float | None = 0.0
    """CNY m a year at the price of power here; 0 for none counted, None while the price is unknown."""
    heat_cost: Range | None = None
    """Power for a MWh of heat, CNY, from the most thrifty plant to the plainest; None but for heat."""
    heat_tariff: float | None = None
    """What customers pay for a MWh of heat today, CNY; None while unknown."""
    returns: Returns | None = None
    """None where no payback is shown."""
    payroll: Payroll | None = None
    """None where tenants and clients pay, and without a wage on file."""
    preconditions: tuple[Precondition, ...] = ()
    supplies: tuple[Supply, ...] = ()
    chosen_in: float | None = None
    """Share of the first waves solved again that hold its use, at any size and place; None in the
    second wave, and where none was solved again."""
    chosen_at_ends: tuple[float, float] | None = None
    """The same with unrelated costs, and with one cause for all."""
    usual_sizes: Range | None = None
    """Between which sizes eight in ten of these hold it."""
    replaced_by: tuple[str, ...] = ()
    """Uses outside the first wave that stand in the solved ones without it, the most frequent first."""

    @property
    def yearly_cost(self) -> Range | None:
        """Running cost and the power that has a price, CNY m a year; None while the former is unknown."""
        if self.running_cost is None:
            return None
        low, high = self.running_cost
        power = self.power_cost or 0.0
        return low + power, high + power


class Wave(Struct, frozen=True):
    """Projects that are begun together."""

    projects: tuple[Project, ...]
    value: float
    """Shares of the attainable, less the least gain of each project."""
    effects: Effects
    """Of the wave; people counted once, and not where an earlier wave reaches them."""
    capital: float
    """CNY m at base values, common platform included."""
    capital_range: Range
    """CNY m, low and high ends added up."""
    platform: float
    """CNY m saved or spent by a common platform; 0 where none is built."""
    has_platform: bool

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses of its projects."""
        return tuple(one.use_id for one in self.projects)


class Placement(Struct, frozen=True):
    """A use with its place and size, as one line of an alternative."""

    use_id: str
    place: ProjectSite
    size: float


AlternativeKind = Literal[
    "jobs", "power", "served", "value_added", "not_served", "runner_up", "other_sizes",
    "other_uses", "within_limit", "nothing", "with", "without",
]  # fmt: skip
"""`within_limit` keeps to the limit of money at the upper ends with contingencies, where no size of the
first wave does; `not_served` counts all effects but the people served; `runner_up` may differ in a site only, `other_sizes` in sizes only; `other_uses`
holds another set of uses."""


class Alternative(Struct, frozen=True):
    """Another first wave: the most of one effect, the best other choice, or doing nothing."""

    kind: AlternativeKind
    placements: tuple[Placement, ...]
    effects: Effects
    capital: float
    value: float
    loss: float
    """Value that it gives up against the first wave, in shares of the attainable."""
    upper: float = 0.0
    """Capital at the upper ends, CNY m without contingencies."""


class Together(Struct, frozen=True):
    """The two waves that are worth most together; the programme chooses the first one for itself."""

    first: tuple[Placement, ...]
    second: tuple[Placement, ...]
    value: float
    """Of both, in shares of the attainable, less the least gain of each project."""
    gain: float
    """Value beyond that of the two waves chosen one after the other; 0 where there is none."""
    effects: Effects
    """Of both."""
    first_effects: Effects
    """Of the first alone: what is left should the second fail."""
    capital: float
    """Of both, CNY m without contingencies."""
    upper: float = 0.0
    """The same at the upper ends."""
    bill: YearBill | None = None
    """What both cost a year once open; None until it is worked out."""
    procedures: tuple[str, ...] = ()
    """Procedures of law that its projects go through."""

    @property
    def share(self) -> float:
        """The value that is lost by choosing the first wave for itself, as a share of that of both."""
        return self.gain / self.value if self.value else 0.0


class Swap(Struct, frozen=True):
    """The projects of the first wave at another site, which are worth as much there."""

    placements: tuple[Placement, ...]
    second: tuple[Placement, ...]
    """The second wave that would follow."""
    gain: float
    """Value of that second wave beyond the one of the programme; below 0 where it is worth less."""


class LimitUse(Struct, frozen=True):
    """What the programme takes of one limit, in the limit's own unit, money in CNY m."""

    resource: str
    limit: float | None
    basis: Literal["stated", "available", "none"]
    """A Limits row, what the registers hold, or neither."""
    fact: Fact | None
    first: float
    """Taken by the first wave; money with contingency."""
    second: float
    is_binding: bool
    """Whether lifting this limit alone would bring a better first wave."""
    gain_of_one: float
    """Value that one more unit brings, in shares of the attainable."""
    next_extra: float | None
    """The least extra amount that brings a better first wave; None when no amount does."""
    next_in: tuple[str, ...]
    next_out: tuple[str, ...]


class Capital(Struct, frozen=True):
    """The first wave's capital over the draws at its sizes, CNY m, without contingency."""

    correlation: float
    """Common part of the cost uncertainty, in [0, 1]."""
    draws: int
    p10: float
    p50: float
    p90: float
    """The ceiling to ask for."""
    within: float | None
    """Share of draws within the money limit; None without a usable limit."""


class ProgrammeRobustness(Struct, frozen=True):
    """How far the first wave stands when costs, jobs and limits vary within their ranges."""

    correlation: float
    """Common part of the cost uncertainty, in [0, 1]."""
    resolves: int
    """First waves solved again at each correlation; 0 where there are too many choices for that."""
    shares: Mapping[str, float]
    """Use to the share of them that hold it, greatest first; uses that none holds are left out."""
    shares_at_ends: Mapping[str, tuple[float, float]]
    """The same with unrelated costs, and with one cause for all."""
    same: float | None
    """Share of them that hold the very uses of the first wave; None where none was solved again."""
    capital: Capital | None
    """None without a project."""
    capital_at_ends: tuple[Capital, ...]
    """With unrelated costs, and with one cause for all."""
    capital_holds_at_ends: bool
    """Whether keeping within the money limit has one likelihood band at all three correlations."""


class StakeholderView(Struct, frozen=True):
    """The first wave by the weights of one stakeholder."""

    name: Label
    objectives: tuple[Objective, ...]
    placements: tuple[Placement, ...]
    effects: Effects
    without_points: bool = False
    """No points on any objective in use: no programme follows."""


class Programme(Struct, frozen=True):
    """What to do here: projects now, projects next, and what else there was."""

    objectives: tuple[Objective, ...]
    candidates: Mapping[str, Candidate]
    first: Wave
    second: Wave
    alternatives: tuple[Alternative, ...]
    limits: tuple[LimitUse, ...]
    stakeholders: tuple[StakeholderView, ...]
    shared: tuple[str, ...]
    """Uses that the first wave of every stakeholder holds."""
    firmness: ProgrammeRobustness | None
    has_money_limit: bool
    unusable_limits: tuple[str, ...]
    """Stated limits that cannot be used, such as money without a rate."""
    assignments: int | None
    """Ways to place power reuse that were weighed; None where there are too many to list."""
    choice_inputs: ProgrammeInputs
    bill: YearBill | None = None
    """What both waves cost a year once open."""
    swap: Swap | None = None
    """None where the next best choice differs in more than its sites."""
    together: Together | None = None
    """None where nothing can begin now, and where there are too many ways to list."""
    larger: Together | None = None
    """Both waves as chosen by the middle of costs, where a project of the proposal is smaller so that its
    upper ends with contingencies keep to the limit of money; None where none is."""
    retired_weights: tuple[tuple[str, str], ...] = ()
    """Retired benefit criteria that stakeholders named, each with what its points went to."""

    @property
    def projects(self) -> tuple[Project, ...]:
        """Both waves, the first before the second."""
        return (*self.first.projects, *self.second.projects)

    @property
    def is_first_smaller(self) -> bool:
        """Whether a project of the first wave is smaller so that it keeps to the limit of money."""
        if self.larger is None:
            return False
        own = {(one.use_id, one.size) for one in self.first.projects}
        return own != {(one.use_id, one.size) for one in self.larger.first}

    @property
    def money_limit(self) -> float | None:
        """The limit of capital in CNY m; None without one that can be used."""
        return next((one.limit for one in self.limits if one.resource == "capex"), None)

    @property
    def idle_grid(self) -> LimitUse | None:
        """The connection capacity that there is to use; None while unknown."""
        grid = next((one for one in self.limits if one.resource == "grid_mw"), None)
        return grid if grid is not None and grid.limit else None

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses of both waves, each once."""
        return tuple(dict.fromkeys(one.use_id for one in self.projects))

    @property
    def taken(self) -> dict[str, float]:
        """Resource to what both waves take of it; money with contingency."""
        return {one.resource: one.first + one.second for one in self.limits}

    @property
    def technicians(self) -> dict[str, float]:
        """Use of power reuse to the technicians that its projects take at their sizes, FTE."""
        found: dict[str, float] = {}
        for one in self.projects:
            if one.category == "power_reuse":
                found[one.use_id] = found.get(one.use_id, 0.0) + one.needs.get(TECHNICIANS, 0.0)
        return found

    def wave_of(self, use_id: str) -> Literal[0, 1, 2]:
        """The earliest wave that holds a use; 0 for neither."""
        return 1 if use_id in self.first.uses else 2 if use_id in self.second.uses else 0
