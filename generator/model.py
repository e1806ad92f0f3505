"""The nouns that flow between the rooms.

Frozen values with invariants only. Numbers are facts: they keep the cell they came from until they
are printed. `None` means unknown and is never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.problems import Origin, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["Origin", "Problem"]

LANGUAGES: Mapping[str, str] = {"en": "en", "zh-CN": "zh"}
"""Document language to the suffix its printed columns carry (`name_en`, `name_zh`)."""

Category = Literal["blockchain", "power_reuse", "mining_and_trading"]
LISTS: tuple[Category, ...] = ("blockchain", "power_reuse")
COMPARATORS: Category = "mining_and_trading"


@dataclass(frozen=True, slots=True)
class Label:
    """One printed text in every language it exists in; shape: (language, text) pairs."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The text in that language, else the one that exists, else an empty string."""
        known = {code: text for code, text in self.texts if text}
        return known.get(language) or next(iter(known.values()), "")

    def __bool__(self) -> bool:
        return any(text for _, text in self.texts)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its unit, plausible range, quality and every cell it came from.

    `value` is None when unknown; the origin then names the blank cell. `as_of` is an ISO date, or
    its first part where only the year or month is known. `grade` is A (measured) to D (assumed).
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    grade: str = "D"
    source: Label = Label()
    as_of: str = ""
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """A cell that was read as something other than its literal content, and by which rule."""

    origin: Origin
    found: str
    value: str
    rule: str


# --- a region and its registers -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PowerPoint:
    """A grid connection point or a power plant."""

    origin: Origin
    name: Label
    kind: str
    voltage_kv: Fact
    capacity_mw: Fact
    spare_mw: Fact
    price: Fact
    peak_valley_spread: Fact
    status: str


@dataclass(frozen=True, slots=True)
class DataCentre:
    """An existing data-centre facility."""

    origin: Origin
    name: Label
    it_load_mw_total: Fact
    it_load_mw_free: Fact
    racks_total: Fact
    racks_free: Fact
    tier: Fact
    gb50174_grade: str
    availability: Fact
    pue: Fact


@dataclass(frozen=True, slots=True)
class WorkforceRole:
    """A role and the staff group it counts towards."""

    origin: Origin
    role: Label
    counts_towards: str
    headcount: Fact
    available_fte: Fact


@dataclass(frozen=True, slots=True)
class Link:
    """A telecom link out of the region."""

    origin: Origin
    name: Label
    carriers: Fact
    backbone_gbps: Fact
    latency_ms: Fact
    to: Label


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """Employment in one industry division, here and in the reference area."""

    origin: Origin
    code: str
    name: Label
    employment: Fact
    employment_reference: Fact
    employment_before: Fact
    employment_reference_before: Fact
    reference_area: Label
    year: Fact
    year_before: Fact


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution and a use it would join."""

    origin: Origin
    name: Label
    type: str
    use: str
    status: str
    signed_on: date | None
    document: Label
    grade: str
    source: Label
    as_of: str


@dataclass(frozen=True, slots=True)
class Site:
    """A former mining hall or industrial site."""

    origin: Origin
    name: Label
    former_use: str
    closed_on: date | None
    former_load_mw: Fact
    owner: Label
    land_use: str
    land_right_until: date | None
    grid_mva: Fact
    voltage_kv: Fact
    hall_m2: Fact
    cooling: Label
    building_state: Label
    equipment: Label
    road_km: Fact
    port_km: Fact
    water_m3_day: Fact
    load_not_mining_evidence: Label
    clearance_document: Label


@dataclass(frozen=True, slots=True)
class Measure:
    """A single regional measure, or an override of a roll-up or of a Region column."""

    origin: Origin
    criterion: str
    value: Fact


@dataclass(frozen=True, slots=True)
class Step:
    """A planned step that would close a gap; it acts on the record it names."""

    origin: Origin
    title: Label
    criterion: str
    applies_to: str
    change: Fact
    cost: Fact
    months: Fact
    owner: Label
    funding_source: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap on the plan; money in millions of the region's currency."""

    origin: Origin
    resource: str
    amount: Fact
    source_of_funds: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The region's own figures for a use; money in millions of its currency."""

    origin: Origin
    use: str
    capex: Fact
    jobs: Fact
    payback_years: Fact
    annual_value_added: Fact


@dataclass(frozen=True, slots=True)
class StakeholderWeight:
    """The points one stakeholder gives to one benefit criterion."""

    origin: Origin
    stakeholder: Label
    benefit: str
    weight: Fact


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim found in a source document, to be answered from the rules."""

    origin: Origin
    text: Label
    source: Label
    activity: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets which documents; appears in no document."""

    origin: Origin
    name: Label
    email: str
    language: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its identity, its single measures and its registers."""

    origin: Origin
    code: str
    name: Label
    jurisdiction: str
    admin_code: str
    currency: str
    cny_per_unit: Fact
    rate_on: date | None
    rate_source: str
    prepared_by: Label
    contact_email: str
    plan_from: date | None
    plan_until: date | None
    handling: str
    figures: Mapping[str, Fact]
    """Numbers of the Region sheet by column key (population, gdp, grid_factor …)."""
    power: tuple[PowerPoint, ...] = ()
    data_centres: tuple[DataCentre, ...] = ()
    workforce: tuple[WorkforceRole, ...] = ()
    connectivity: tuple[Link, ...] = ()
    industry: tuple[IndustryRow, ...] = ()
    institutions: tuple[Institution, ...] = ()
    sites: tuple[Site, ...] = ()
    measures: tuple[Measure, ...] = ()
    steps: tuple[Step, ...] = ()
    limits: tuple[Limit, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    weights: tuple[StakeholderWeight, ...] = ()
    claims: tuple[Claim, ...] = ()
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """What the planners' files said: regions, everything noticed, and the digest of the files."""

    regions: tuple[Region, ...]
    problems: tuple[Problem, ...]
    conversions: tuple[Conversion, ...]
    digest: str
    language: str
    """The language of the forms: that of their headers, English when they differ."""


# --- knowledge ------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A published finding behind a requirement or a catalogue figure."""

    evidence_id: str
    claim: Label
    kind: str
    source: str
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
class GridFactor:
    """A published average emission factor, kgCO2/kWh."""

    code: str
    name: Label
    jurisdiction: str
    admin_prefix: str
    year: int
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
    grid_factors: tuple[GridFactor, ...]
    assumptions: Mapping[str, Assumption]
    sources: tuple[Source, ...]
    benefits: tuple[str, ...]
    catalogue_version: str
    rules_version: str

    def assumed(self, assumption_id: str) -> float:
        """The value of one assumption of the method."""
        return self.assumptions[assumption_id].value


# --- findings -------------------------------------------------------------------------------------

Effect = Literal["prohibited", "conditional", "permitted", "encouraged", "not_assessed"]
LegalStatus = Literal[
    "prohibited", "conditional", "permitted", "encouraged", "partly_assessed", "not_assessed"
]
CLEARED: frozenset[str] = frozenset({"conditional", "permitted", "encouraged"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules in force say about one activity, here and on the as-of date."""

    activity: str
    effect: Effect
    rules: tuple[Rule, ...]
    undated: tuple[Rule, ...]
    """Rules in scope whose start is unknown: listed, never applied."""


@dataclass(frozen=True, slots=True)
class UseFinding:
    """The legal status of one use and the activities it rests on."""

    use_id: str
    status: LegalStatus
    findings: tuple[Finding, ...]

    def of(self, *effects: Effect) -> tuple[Finding, ...]:
        """The findings with one of these effects."""
        return tuple(found for found in self.findings if found.effect in effects)


@dataclass(frozen=True, slots=True)
class Staleness:
    """A rule that was checked too long ago or whose instrument has been replaced."""

    rule: Rule
    days_since_check: int
    replaced_by: Rule | None


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """A claim beside the rules that bear on it."""

    claim: Claim
    finding: Finding


@dataclass(frozen=True, slots=True)
class Screening:
    """The law gate's answer for one region on one day."""

    as_of: date
    jurisdictions: tuple[str, ...]
    """The region's jurisdiction, then its parents."""
    uses: Mapping[str, UseFinding]
    stale: tuple[Staleness, ...]
    claims: tuple[ClaimAnswer, ...]
    rules_in_scope: int


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """A criterion for one use after the roll-up.

    When some records are blank the value is unknown, but the known records may already bind it:
    `at_least_as_good_as` is then the value that the region cannot fall short of.
    """

    criterion_id: str
    fact: Fact
    rule: str
    at_least_as_good_as: float | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What one criterion lacks, in its own unit; `points` is the readiness gained at the target."""

    criterion_id: str
    value: float
    to_minimum: float
    to_target: float
    minimum: float
    target: float
    points: float
    readiness_at_target: float
    jobs_to_target: float | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One requirement's share of a readiness score; partial values in [0, 1], points of 100."""

    requirement: Requirement
    value: CriterionValue
    low: float
    partial: float | None
    high: float
    points_low: float
    points_high: float
    meets_minimum: bool | None
    """None when unknown."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signed institutions of a use and what its hard minimum on them still lacks."""

    signed: int
    missing: int
    missing_types: tuple[str, ...]


Viability = Literal["viable", "not_viable", "cannot_be_cleared"]


@dataclass(frozen=True, slots=True)
class UseReadiness:
    """How far the region meets one use's own needs; scores 0-100, coverage in percent."""

    use_id: str
    category: Category
    contributions: tuple[Contribution, ...]
    low: float
    score: float | None
    """None while any part is unknown; then only the interval `low`-`high` holds."""
    high: float
    coverage_pct: float
    viability: Viability
    missed: tuple[Contribution, ...]
    unknown_minima: tuple[Contribution, ...]
    signatures: Signatures
    gaps: tuple[Gap, ...]
    weight_by_grade: Mapping[str, float]
    rank: int | None
    listed: Literal["shortlist", "prepare", "cleared", "law_not_checked", "barred"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The two lists, each in reading order; uses barred by law are not scored."""

    uses: Mapping[str, UseReadiness]
    order: Mapping[Category, tuple[str, ...]]
    """Cleared uses, viable first, by readiness."""
    shortlist: Mapping[Category, tuple[str, ...]]
    prepare: Mapping[Category, tuple[str, ...]]
    law_not_checked: Mapping[Category, tuple[str, ...]]
    biggest_gaps: tuple[BiggestGap, ...]


@dataclass(frozen=True, slots=True)
class BiggestGap:
    """A criterion that holds back several uses; amounts of the use that lacks most."""

    criterion_id: str
    gap: Gap
    use_id: str
    uses: tuple[str, ...]
    points: float


@dataclass(frozen=True, slots=True)
class DueProcedure:
    """A procedure that applies, and the uses that call for it (empty: every plan)."""

    procedure: Procedure
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything known about one region."""

    region: Region
    screening: Screening
    readiness: Readiness
    procedures: tuple[DueProcedure, ...]
    problems: tuple[Problem, ...]
    conversions: tuple[Conversion, ...]


# --- words and documents --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Texts:
    """The text table: key to language to text with bare-name placeholders."""

    table: Mapping[str, Mapping[str, str]]

    def say(self, key: str, language: str, **args: object) -> str:
        """The text of a key with its placeholders filled.

        Raises:
            KeyError: The key or a placeholder's argument is missing.
        """
        return self.table[key][language].format(**args)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the key and arguments it was made from."""

    key: str
    args: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a template of one language may print: plain dicts, lists, strings, numbers."""

    language: str
    fields: Mapping[str, object]
    sentences: Mapping[str, Said]
    """Every sentence in the fields by its place, for the results file."""


@dataclass(frozen=True, slots=True)
class Document:
    """One finished file."""

    name: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one region: files written, or the problems that stopped it."""

    region: str
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
