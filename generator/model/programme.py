"""What follows from the findings: economy, sites, people, risks, actions, strengths and threats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model.facts import Fact, Label
    from generator.model.findings import CriterionValue, Gap, Viability
    from generator.model.knowledge import Action, Risk, Rule, Skill
    from generator.model.region import Estimate, Site, WorkforceRole
    from generator.problems import Origin

Range = tuple[float, float]
"""Low and high, in the unit of the field."""


# --- regional economy -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """A change of employment in persons; the three parts add up to it."""

    change: float
    national: float
    """What the industry would have gained at the growth of the whole reference area."""
    mix: float
    """What the industry's own growth in the reference area adds."""
    regional: float
    """What remains: the region against the same industry in the reference area."""


@dataclass(frozen=True, slots=True)
class Industry:
    """One division of the Industry sheet."""

    code: str
    name: Label
    employment: Fact
    location_quotient: float | None
    shift_share: ShiftShare | None


@dataclass(frozen=True, slots=True)
class TopIndustry:
    """One of the largest industries, with the portfolio's jobs as shares of it, in [0, 1]."""

    code: str
    name: Label
    employment: Fact
    portfolio_share: Range | None
    """None where nobody works in it."""


@dataclass(frozen=True, slots=True)
class Diversity:
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


@dataclass(frozen=True, slots=True)
class ShiftShareTotal:
    """The change over all the rows that have two years."""

    parts: ShiftShare
    year_before: int
    year: int
    left_out: tuple[str, ...]
    """Codes without all four numbers for these two years."""


@dataclass(frozen=True, slots=True)
class UseEconomics:
    """The catalogue's ranges for one use, beside the region's own estimate."""

    use_id: str
    jobs: Range | None
    capex: Range | None
    """CNY m."""
    payback_years: Range | None
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """A year's value added as the region supplies it, in millions of its currency."""

    amount: float
    currency: str
    uses: tuple[str, ...]
    missing: tuple[str, ...]
    """Selected uses for which the region gives none."""
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class UseEnergy:
    """What one use draws and emits; energy in MWh a year, emissions in tCO2 a year."""

    use_id: str
    load_mw: Range | None
    """IT or process load."""
    pue: CriterionValue | None
    """None where the use asks for no PUE."""
    power_mw: Range | None
    """With the PUE."""
    electricity_mwh: Range | None
    location_t: Range | None
    market_t: Range | None
    mwh_per_job: float | None
    """Middle electricity over middle jobs, in FTE."""


@dataclass(frozen=True, slots=True)
class FormerLoad:
    """What the former mines drew, in MW."""

    fact: Fact
    is_partial: bool
    """Whether some mine's load is blank, so that the sum is a least amount."""


@dataclass(frozen=True, slots=True)
class Energy:
    """Electricity and carbon of the portfolio; the totals hold the known uses only."""

    uses: tuple[UseEnergy, ...]
    unknown: tuple[str, ...]
    """Selected uses whose electricity is unknown and in no total."""
    load_hours: float
    power_mw: Range | None
    electricity_mwh: Range | None
    location_factor: CriterionValue | None
    """kgCO2/kWh: the region's grid factor or the published one."""
    market_factor: Fact | None
    """kgCO2/kWh: the contracted figure of the Measures sheet."""
    location_t: Range | None
    market_t: Range | None
    mwh_per_job: float | None
    former_load: FormerLoad | None
    share_of_former_load: Range | None
    """Ratio, at least 0; a least share while uses are unknown, a greatest one while mines are."""


@dataclass(frozen=True, slots=True)
class Economy:
    """The region's economy beside the portfolio."""

    industries: tuple[Industry, ...]
    left_out: tuple[str, ...]
    """Codes without employment on both sides; in no quotient and no index."""
    before: Diversity | None
    after: Diversity | None
    """With the portfolio's jobs; None where no use adds any."""
    not_placed: tuple[str, ...]
    """Selected uses whose jobs are unknown or whose anchor industries the sheet does not hold."""
    shift_share: ShiftShareTotal | None
    top: tuple[TopIndustry, ...]
    uses: tuple[UseEconomics, ...]
    value_added: ValueAdded | None
    energy: Energy


# --- sites and people -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SiteTest:
    """One need of a use against a site, in the criterion's unit."""

    criterion_id: str
    value: float | None
    need: float
    is_hard: bool
    met: bool | None
    """None while unknown."""
    missing: float | None
    """The amount short of the need, 0 when met, None while unknown."""
    facts: tuple[Fact, ...]
    """The cells as they stand: for the connection, MVA."""


Verdict = Literal["hosts", "cannot_host", "unknown"]


@dataclass(frozen=True, slots=True)
class SiteOption:
    """One use on one site; the region as a whole may set further limits."""

    use_id: str
    verdict: Verdict
    tests: tuple[SiteTest, ...]
    viability: Viability
    """In the region, whatever the site."""

    @property
    def shortfalls(self) -> tuple[SiteTest, ...]:
        """What the site lacks, hard or not."""
        return tuple(test for test in self.tests if test.met is False)


@dataclass(frozen=True, slots=True)
class SiteMatch:
    """A site and what it could host."""

    site: Site
    is_former_mine: bool
    has_load_evidence: bool
    """Whether there is evidence that its load is not mining."""
    has_clearance: bool
    equipment: Label
    """What became of it; mining machines serve no other computing."""
    options: tuple[SiteOption, ...]


@dataclass(frozen=True, slots=True)
class SkillWay:
    """A way from a role to another, and whether it is short enough to count."""

    skill: Skill
    is_transferable: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """People of one role who retrain for one staff group."""

    group: str
    skill: Skill
    fte: float


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role that counts towards no staff group yet."""

    row: WorkforceRole
    ways: tuple[SkillWay, ...]
    transfers: tuple[Transfer, ...]
    """Empty as well while the number of people is unknown."""


@dataclass(frozen=True, slots=True)
class StaffShortage:
    """What a staff group lacks for the neediest proposed use, in FTE; None while unknown."""

    group: str
    criterion_id: str
    fact: Fact | None
    """The staff available; None where no proposed use asks for the group."""
    to_minimum: float | None
    minimum_use: str
    to_target: float | None
    target_use: str
    transferred: float
    training_months: float | None
    """The longest training among the transfers; None without any."""
    remaining: float | None


@dataclass(frozen=True, slots=True)
class SkillsMatch:
    """The staff that proposed uses lack against the people whom retraining could bring."""

    shortages: tuple[StaffShortage, ...]
    roles: tuple[RoleMatch, ...]


# --- risks and actions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FiredRisk:
    """A risk whose trigger fired, with what fired it."""

    risk: Risk
    uses: tuple[str, ...]
    origins: tuple[Origin, ...]
    rules: tuple[str, ...]
    score: float
    """Likelihood times impact, 1 to 25."""


CauseKind = Literal["gap", "rule", "risk", "selected", "law"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What set an action off; the reference is a criterion, activity, risk, use or category."""

    kind: CauseKind
    reference: str
    uses: tuple[str, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where a gap stands for the use that is worst off, and where it should get to."""

    use_id: str
    value: CriterionValue
    minimum: float
    target: float


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of the programme; months from the plan's start."""

    action: Action
    because: Cause
    depends_on: tuple[str, ...]
    start_month: float
    duration_months: float
    baseline: Baseline | None
    is_binding: bool
    """Binding where a hard minimum or a condition stands behind it, expected otherwise."""
    raci: Mapping[str, str]
    """Owner type to the letters A, R, AR, C or I."""

    @property
    def end_month(self) -> float:
        """When it is done."""
        return self.start_month + self.duration_months


@dataclass(frozen=True, slots=True)
class MonitoringRow:
    """One line of the indicator table."""

    action_id: str
    indicator: Label
    baseline: Baseline | None
    target: Label
    owner_type: str
    first_check_month: float
    is_binding: bool


@dataclass(frozen=True, slots=True)
class Programme:
    """The actions in an order that respects what each waits for, and how they are followed."""

    actions: tuple[PlannedAction, ...]
    monitoring: tuple[MonitoringRow, ...]


# --- strengths, weaknesses, opportunities, threats ------------------------------------------------


@dataclass(frozen=True, slots=True)
class SwotItem:
    """One entry with the criterion, rule or risk it rests on."""

    kind: Literal["criterion", "rule", "risk", "stale_rule"]
    reference: str
    uses: tuple[str, ...]
    weight: float
    """What it is ordered by: weight points, uses touched, or a risk's score."""
    values: tuple[CriterionValue, ...] = ()
    gap: Gap | None = None
    """Of the use that lacks most."""
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Swot:
    """Derived from passes, gaps, encouraged rules and fired risks; nothing is invented."""

    strengths: tuple[SwotItem, ...]
    weaknesses: tuple[SwotItem, ...]
    opportunities: tuple[SwotItem, ...]
    threats: tuple[SwotItem, ...]


CounselReason = Literal["conditional", "unverified"]


@dataclass(frozen=True, slots=True)
class CounselQuestion:
    """A rule that counsel should confirm before a recommended use goes on."""

    rule: Rule
    uses: tuple[str, ...]
    reasons: tuple[CounselReason, ...]
    is_in_portfolio: bool
    """Whether a selected use is among them."""


@dataclass(frozen=True, slots=True)
class OpenActivity:
    """An activity for which no rule was found, and the uses that carry it."""

    activity: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CounselList:
    """What to ask counsel."""

    questions: tuple[CounselQuestion, ...]
    open_activities: tuple[OpenActivity, ...]
