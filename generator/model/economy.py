"""The regional economy beside the programme: industries, diversity, energy and carbon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.facts import Fact, Label
    from generator.model.readiness import CriterionValue
    from generator.model.region import Estimate

Range = tuple[float, float]
"""Low and high, in the unit of the field."""


class ShiftShare(Struct, frozen=True):
    """A change of employment in persons; the three parts add up to it."""

    change: float
    national: float
    """What the industry would have gained at the growth of the whole reference area."""
    mix: float
    """What the industry's own growth in the reference area adds."""
    regional: float
    """What remains: the region against the same industry in the reference area."""


class Industry(Struct, frozen=True):
    """One division of the Industry sheet."""

    code: str
    name: Label
    employment: Fact
    location_quotient: float | None
    shift_share: ShiftShare | None


class TopIndustry(Struct, frozen=True):
    """One of the largest industries, with the programme's jobs as shares of it, in [0, 1]."""

    code: str
    name: Label
    employment: Fact
    programme_share: Range | None
    """None where nobody works in it."""


class Diversity(Struct, frozen=True):
    """How evenly employment spreads over the industries, and how unlike the reference area it is."""

    herfindahl: float
    """Sum of squared shares, in (0, 1]; 1 is one industry."""
    entropy: float
    """Shannon entropy of the shares, in the logarithm of `entropy_base`."""
    entropy_base: float
    hachman: float
    """In [0, 1]; 1 is the structure of the reference area."""
    krugman: float
    """Sum of absolute differences of shares, 0 to 2; 0 is the structure of the reference area."""


class ShiftShareTotal(Struct, frozen=True):
    """The change over all the rows that have two years."""

    parts: ShiftShare
    year_before: int
    year: int
    left_out: tuple[str, ...]
    """Codes without all four numbers for these two years."""


class UseEconomics(Struct, frozen=True):
    """The catalogue's ranges for one use, beside the region's own estimate."""

    use_id: str
    jobs: Range | None
    capex: Range | None
    """CNY m."""
    payback_years: Range | None
    estimate: Estimate | None


class ValueAdded(Struct, frozen=True):
    """A year's value added as the region supplies it, in millions of its currency."""

    amount: float
    currency: str
    uses: tuple[str, ...]
    missing: tuple[str, ...]
    """Selected uses for which the region gives none."""
    facts: tuple[Fact, ...]


class ProjectEnergy(Struct, frozen=True):
    """What a project, or several together, draw and emit in a year at their size."""

    uses: tuple[str, ...]
    power_mw: float
    """Average load round the clock; 0 for platforms and for what feeds in."""
    electricity_mwh: float
    location_t: float | None
    """tCO2 at the factor of the place; None while that is unknown."""
    market_t: float | None
    """tCO2 at the contracted factor; None where the region gives none."""
    mwh_per_job: float | None
    """Over the middle of the jobs, in FTE; None without jobs."""


class FormerLoad(Struct, frozen=True):
    """What the former mining sites drew, in MW."""

    fact: Fact
    is_partial: bool
    """Whether some mine's load is blank, so that the sum is a least amount."""


class Energy(Struct, frozen=True):
    """Electricity and carbon of the programme."""

    projects: tuple[ProjectEnergy, ...]
    """In the order of both waves."""
    total: ProjectEnergy | None
    """None without a project."""
    location_factor: CriterionValue | None
    """kgCO2/kWh: the region's grid factor or the published one."""
    market_factor: Fact | None
    """kgCO2/kWh: the contracted figure of the Measures sheet."""
    former_load: FormerLoad | None
    share_of_former_load: float | None
    """Ratio of average loads, at least 0; a greatest share while some mines are unknown."""


class Economy(Struct, frozen=True):
    """The region's economy beside the programme."""

    industries: tuple[Industry, ...]
    left_out: tuple[str, ...]
    """Codes without employment on both sides; in no quotient and no index."""
    before: Diversity | None
    after: Diversity | None
    """With the programme's jobs; None where no use adds any."""
    not_placed: tuple[str, ...]
    """Selected uses whose jobs are unknown or whose anchor industries the sheet does not hold."""
    shift_share: ShiftShareTotal | None
    top: tuple[TopIndustry, ...]
    uses: tuple[UseEconomics, ...]
    value_added: ValueAdded | None
    energy: Energy
