"""What the product knows: uses and their needs, rules, evidence, assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.model.checks import LabelWord, PlausibilityCheck
    from generator.model.facts import Category, Fact, Label


@dataclass(frozen=True, slots=True)
class Use:
    """A use of the assets, or a comparator that is never scored."""

    use_id: str
    category: Category
    name: Label
    what_it_is: Label
    regulated_activities: tuple[str, ...]
    key_institution_types: tuple[str, ...]
    isic_anchor: tuple[str, ...]
    gb4754_anchor: tuple[str, ...]
    unit_of_scale: Label
    scale_mw: float | None
    it_load_mw_low: float | None
    it_load_mw_high: float | None
    capex_cny_m_low: float | None
    capex_cny_m_high: float | None
    capex_unit: Label
    opex_pct_of_capex_low: float | None
    opex_pct_of_capex_high: float | None
    jobs_fte_low: float | None
    jobs_fte_high: float | None
    payback_years_low: float | None
    payback_years_high: float | None
    maturity: str
    reference_deployments: Label
    known_failures_or_cautions: Label
    scope_caution: Label
    evidence_ids: tuple[str, ...]
    numbers_status: str
    note: Label


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion, its unit and the closed names of its roll-ups."""

    criterion_id: str
    name: Label
    unit: Label
    direction: Literal["higher_better", "lower_better"]
    group: str
    meaning: Label
    reads: str
    """The register column, staff group or Region column that feeds it."""
    rollup_blockchain: str
    rollup_power_reuse: str
    rollup: Label
    given: bool
    low: float | None = None
    high: float | None = None
    """What the criterion cannot fall below or exceed; changes of a scenario stop there."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one use asks of one criterion; anchors in the criterion's unit, weight in points."""

    use_id: str
    criterion_id: str
    minimum: float
    target: float
    direction: Literal["higher_better", "lower_better"]
    hard_minimum: bool
    weight: float
    evidence: tuple[str, ...]
    status: str
    reason: Label


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated legal rule on one activity; blank `in_force_from` means listed, never applied."""

    rule_id: str
    jurisdiction: str
    activity: str
    effect: Literal["prohibited", "conditional", "permitted", "encouraged"]
    condition: Label
    instrument_title: Label
    instrument_title_local: str
    instrument_number: Label
    issuer: Label
    in_force_from: date | None
    in_force_until: date | None
    region_scope: tuple[str, ...]
    penalty: Label
    note: Label
    evidence_status: str
    checked_on: date
    replaced_by: str
    official_locator: str
    title_status: str


@dataclass(frozen=True, slots=True)
class Activity:
    """A regulated activity that uses carry."""

    activity: str
    name: Label
    description: Label


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A legal order and the ones above it."""

    code: str
    name: Label
    parents: tuple[str, ...]
    currency: str
    admin_code_system: str
    classification: str
    """The industry classification that its statistics use, a value of the choice list."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A published finding behind a requirement or a catalogue figure."""

    evidence_id: str
    claim: Label
    kind: str
    source: Label
    evidence_status: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure that a plan goes through, and when it applies."""

    procedure_id: str
    jurisdiction: str
    name: Label
    applies_when: str
    basis: Label
    what: Label
    in_force_from: date | None
    evidence_status: str
    official_locator: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list, with the labels planners see."""

    list: str
    value: str
    label: Label


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """How a GB/T 4754 division maps to ISIC Rev. 4."""

    gb4754_division: str
    isic4_division: str
    isic4_section: str
    gb4754_name: Label
    name: Label
    best_match: bool


@dataclass(frozen=True, slots=True)
class IndustrySection:
    """A section of GB/T 4754 or ISIC: the letter that stands for all its divisions."""

    classification: str
    section: str
    name: Label


@dataclass(frozen=True, slots=True)
class NaicsCode:
    """One link of a NAICS 2022 code to an ISIC division; several rows may share a code.

    A two-digit sector has no division of its own. `link_share` is the share of its six-digit codes
    that lead to the division, None where nobody counted them.
    """

    naics_code: str
    naics_name: Label
    isic4_division: str
    best_match: Literal["yes", "part", "none"]
    link_share: float | None


@dataclass(frozen=True, slots=True)
class GridFactor:
    """A published average emission factor, kgCO2/kWh."""

    code: str
    name: Label
    jurisdiction: str
    admin_prefix: str
    year: int
    published_on: str
    """ISO date, or its first part; empty when not recorded."""
    factor: Fact


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number the method itself rests on, printed with its reason."""

    assumption_id: str
    name: Label
    value: float
    unit: Label
    reason: Label


@dataclass(frozen=True, slots=True)
class Source:
    """A data source with the attribution line its licence asks for."""

    source_id: str
    title: Label
    publisher: str
    licence: str
    used_in: tuple[str, ...]
    attribution: Label


@dataclass(frozen=True, slots=True)
class BenefitCriterion:
    """One measure of what a use is worth, with fixed anchors per list; weight in points of 100."""

    benefit_id: str
    name: Label
    source: tuple[str, ...]
    unit: Label
    direction: Literal["higher_better", "lower_better"]
    anchor_low_blockchain: float | None
    anchor_high_blockchain: float | None
    anchor_low_power_reuse: float | None
    anchor_high_power_reuse: float | None
    weight: float
    applies_to: tuple[str, ...]
    rationale: Label

    def anchors(self, category: Category) -> tuple[float, float] | None:
        """The values of no and of full worth in a list; None where the criterion does not apply."""
        is_chain = category == "blockchain"
        low = self.anchor_low_blockchain if is_chain else self.anchor_low_power_reuse
        high = self.anchor_high_blockchain if is_chain else self.anchor_high_power_reuse
        if category not in self.applies_to or low is None or high is None:
            return None
        return (low, high) if self.direction == "higher_better" else (high, low)


@dataclass(frozen=True, slots=True)
class UsePair:
    """Two uses that cannot be launched together, or one that needs the other."""

    use_id: str
    other_id: str
    relation: Literal["excludes", "requires"]
    reason: Label
    status: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets off a risk."""

    trigger: str
    definition: Label


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk that fires on a trigger; likelihood and impact from 1 to 5."""

    risk_id: str
    trigger: str
    title: Label
    description: Label
    likelihood_1_5: float
    impact_1_5: float
    mitigation: Label
    owner_type: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """A task that a gap, a rule, a risk or a selected use sets off; months from the plan's start."""

    action_id: str
    trigger: str
    title: Label
    owner_type: str
    partner_types: tuple[str, ...]
    lead: Label
    responsible: Label
    joint: Label
    depends_on: tuple[str, ...]
    start_month: float
    duration_months: float
    cost_basis: Label
    indicator: Label
    target: Label
    evidence: tuple[str, ...]
    baseline: str = ""
    """`none` where the indicator is not the criterion whose gap sets the action off."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A way from one role to another; relatedness in [0, 1], training in months."""

    from_role: Label
    to_role: Label
    counts_towards: str
    relatedness_0_1: float
    training_months: float
    note: Label
    status: str


@dataclass(frozen=True, slots=True)
class ScenarioChange:
    """One change of a scenario; rows of one id act together."""

    scenario_id: str
    name: Label
    target: str
    operation: Literal["multiply", "add", "set", "at_most", "drop"]
    value: str
    note: Label


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the field in every language."""

    term: Label
    domain: str
    definition: Label


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Catalogue and rules, every date included; screening takes the as-of date."""

    uses: tuple[Use, ...]
    criteria: Mapping[str, Criterion]
    requirements: Mapping[str, tuple[Requirement, ...]]
    rules: tuple[Rule, ...]
    activities: Mapping[str, Activity]
    jurisdictions: Mapping[str, Jurisdiction]
    evidence: Mapping[str, Evidence]
    procedures: tuple[Procedure, ...]
    choices: Mapping[str, Mapping[str, Label]]
    industry_codes: tuple[IndustryCode, ...]
    industry_sections: tuple[IndustrySection, ...]
    naics_codes: tuple[NaicsCode, ...]
    grid_factors: tuple[GridFactor, ...]
    assumptions: Mapping[str, Assumption]
    sources: tuple[Source, ...]
    benefits: Mapping[str, BenefitCriterion]
    pairs: tuple[UsePair, ...]
    triggers: Mapping[str, Trigger]
    risks: tuple[Risk, ...]
    actions: tuple[Action, ...]
    skills: tuple[Skill, ...]
    scenarios: tuple[ScenarioChange, ...]
    glossary: tuple[GlossaryTerm, ...]
    plausibility: tuple[PlausibilityCheck, ...]
    label_words: tuple[LabelWord, ...]
    catalogue_version: str
    rules_version: str

    def use(self, use_id: str) -> Use:
        """A use by its id.

        Raises:
            StopIteration: There is no such use.
        """
        return next(use for use in self.uses if use.use_id == use_id)

    def assumed(self, assumption_id: str) -> float:
        """The value of one assumption of the method."""
        return self.assumptions[assumption_id].value
