"""What the product knows: uses and their needs, procedures, risks, actions, and all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from generator.model.facts import Category, Label
from generator.model.law import (
    ANYWHERE,
    Activity,
    CoverageNote,
    Instrument,
    LocalText,
    Office,
    Place,
    ReadKind,
    Relation,
    Rule,
)

if TYPE_CHECKING:
    from generator.model.reference import (
        Assumption,
        BenefitCriterion,
        Currency,
        Evidence,
        GlossaryTerm,
        GridFactor,
        IndustryCode,
        IndustrySection,
        Jurisdiction,
        LabelWord,
        Milestone,
        NaicsCode,
        PlausibilityCheck,
        PreparationFee,
        Price,
        Source,
        UsePair,
        Wage,
    )
    from generator.model.responses import Action, Risk, ScenarioChange, Skill, Trigger

NO_LABEL = Label(())


class Use(Struct, frozen=True):
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
    jurisdictions: tuple[str, ...] = ()
    """The legal orders, with all below them, that know the use; empty for everywhere."""
    owner_office: str = ""
    owner: Label = NO_LABEL
    operator_office: str = ""
    first_action: str = ""
    payback_status: str = ""
    revenue_note: Label = NO_LABEL
    legal_size_note: Label = NO_LABEL
    needs_site: bool | None = None
    """None for comparators."""
    numbers_reason: Label = NO_LABEL
    size_amount: float | None = None
    """How much one unit of it is, in what its size counts; None where its scale is a text."""
    size: Label = NO_LABEL
    """How large a project is, with the amount left open: `{amount}`, `{count}` in the steps of the
    language, or `{power}` of an amount in MW."""
    former_names: tuple[str, ...] = ()
    """What older workbooks call it, in any language."""
    not_in: tuple[str, ...] = ()
    """Places below those orders in which there is nothing for the use to work with."""

    @property
    def has_revenue(self) -> bool:
        """Whether a revenue is on record that pays it back."""
        return self.payback_status != "not shown"

    def is_known_in(self, orders: Sequence[str]) -> bool:
        """Whether the use is considered in a jurisdiction, given with those above it."""
        if not set(self.not_in).isdisjoint(orders):
            return False
        return not self.jurisdictions or not set(self.jurisdictions).isdisjoint(orders)


class Criterion(Struct, frozen=True):
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
    low: float | None = None
    high: float | None = None
    """What the criterion cannot fall below or exceed; changes of a scenario stop there."""
    role: str = ""
    """The fixed part it plays in the method, of the list `criterion_role`; most play none."""
    is_money: bool = False
    is_environmental: bool = False
    """Named where a profile speaks of the environment."""
    by_price_level: bool = False
    """Whether its minima and targets are those of the catalogue's own country, to be brought to the
    price level of the region's legal order."""
    quantity: str = ""
    """The quantity in which rules set thresholds that grows with it; most have none."""
    jurisdictions: tuple[str, ...] = ()
    changeable: Literal["yes", "slowly", "given"] = "yes"
    changeable_note: Label = NO_LABEL
    owner_office: str = ""
    former_names: tuple[str, ...] = ()
    per: Label = NO_LABEL
    """Of a price: what one buys."""

    @property
    def is_given(self) -> bool:
        """Whether nobody can change it: no gap, target, indicator or task comes of it."""
        return self.changeable == "given"


class Requirement(Struct, frozen=True):
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
    jurisdictions: tuple[str, ...] = ()
    size_basis: Label = NO_LABEL
    price_level: float | None = None
    """What minimum and target of the catalogue were multiplied by for the legal order, if anything."""


class UnitNeed(Struct, frozen=True):
    """What one unit of a use needs, and whose signature makes it more than an idea."""

    use_id: str
    partner_types: tuple[str, ...]
    """Types of bodies whose membership makes the use work."""
    grid_mw_per_unit: float | None = None
    """Connection, MW per unit of scale; of a blockchain use none is given, and so of all per unit."""
    mean_load_mw_per_unit: float | None = None
    """Average load round the clock, MW."""
    storage_kwh_per_unit: float | None = None
    floor_m2_per_unit: float | None = None
    water_m3_day_per_unit: float | None = None
    units_min: float | None = None
    units_max: float | None = None
    on_shared_platform: bool | None = None
    """Whether a blockchain use can run on one platform of the region; None for power reuse."""
    reach_share: float | None = None
    """Share of the people in its divisions that a blockchain use reaches, in [0, 1]."""
    role: Literal["", "supply"] = ""
    """A supply use is no project: its load is that of the project it serves."""
    repeatable: bool = False
    """Whether a later wave may build it once more at another site."""
    jobs_by: Literal["operator", "tenants_clients"] = "operator"
    wages_in: Literal["operator", "all"] = "operator"
    """Whose wages the running cost holds: the operator's own staff's, or everybody's under jobs."""
    demand: Label = NO_LABEL
    """What customers must bring, so that a size is of use."""
    demand_per_unit: float | None = None
    by_customers: bool = False
    """Whether load, people served and jobs at tenants follow the customers who come."""
    heat_per_power_low: float | None = None
    """Heat from one unit of power, from the plainest plant to the most thrifty; None but for heat."""
    heat_per_power_high: float | None = None
    build_months_low: float = 0.0
    build_months_high: float = 0.0
    status: str = ""
    reason: Label = NO_LABEL
    source: str = ""
    build_reason: Label = NO_LABEL


class Procedure(Struct, frozen=True):
    """A procedure that a plan goes through, and when it applies."""

    procedure_id: str
    jurisdiction: str
    not_in: tuple[str, ...]
    """Legal orders below its own that have a procedure of their own instead."""
    name: Label
    applies_when: tuple[str, ...]
    """Triggers, all of which must fire; each is asked about the uses that the former ones left."""
    basis: Label
    what: Label
    in_force_from: date | None
    official_locator: str
    checked_on: date | None
    lead_office: str
    read_kind: ReadKind | Literal[""]
    """The weakest of its texts; blank where nobody recorded what was read."""
    basis_read: tuple[ReadKind, ...] = ()
    """What was read of each text of the basis, in its order; empty where all were read alike."""
    question: Label = field(default_factory=Label)
    """What counsel is asked before all else where it applies; blank for nothing."""
    proviso: Label = field(default_factory=Label)
    """The fact that must hold where the law itself is settled; blank where the law is open."""
    cited: Label = field(default_factory=Label)
    """The texts of the basis in a few words; blank where nothing is asked."""
    asked: Label = field(default_factory=Label)
    """What counsel is asked of it that holds back no project; blank for nothing."""
    stage: str = ""
    """What it comes before, one of `action_stage`: launch where it ends with works; blank for works."""


class Knowledge(Struct, frozen=True, dict=True):
    """Catalogue and rules, every date included; screening takes the as-of date."""

    uses: tuple[Use, ...]
    needs: Mapping[str, UnitNeed]
    criteria: Mapping[str, Criterion]
    requirements: Mapping[str, tuple[Requirement, ...]]
    rules: tuple[Rule, ...]
    relations: tuple[Relation, ...]
    open_activities: tuple[CoverageNote, ...]
    activities: Mapping[str, Activity]
    jurisdictions: Mapping[str, Jurisdiction]
    evidence: Mapping[str, Evidence]
    procedures: tuple[Procedure, ...]
    choices: Mapping[str, Mapping[str, Label]]
    former_labels: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Choice list to value to the labels that filled workbooks hold."""
    industry_codes: tuple[IndustryCode, ...]
    industry_sections: tuple[IndustrySection, ...]
    naics_codes: tuple[NaicsCode, ...]
    grid_factors: tuple[GridFactor, ...]
    assumptions: Mapping[str, Assumption]
    sources: tuple[Source, ...]
    benefits: Mapping[str, BenefitCriterion]
    pairs: tuple[UsePair, ...]
    triggers: Mapping[str, Trigger]
    procedure_triggers: Mapping[str, Trigger]
    risks: tuple[Risk, ...]
    actions: tuple[Action, ...]
    skills: tuple[Skill, ...]
    scenarios: tuple[ScenarioChange, ...]
    glossary: tuple[GlossaryTerm, ...]
    offices: tuple[Office, ...]
    places: tuple[Place, ...]
    """The nearest first where a region lies in several."""
    local_texts: tuple[LocalText, ...]
    currencies: Mapping[str, Currency]
    fees: tuple[PreparationFee, ...]
    """What studies before a vote cost, by published tables."""
    milestones: tuple[Milestone, ...]
    """What shows in natural units that a project is wanted or in use."""
    wages: tuple[Wage, ...]
    """What a job costs in wages a year, by public statistics."""
    prices: tuple[Price, ...]
    """What customers are known to pay for a natural unit of a use."""
    plausibility: tuple[PlausibilityCheck, ...]
    label_words: tuple[LabelWord, ...]
    catalogue_version: str
    rules_version: str
    elsewhere: tuple[Use, ...] = ()
    """Uses that the legal order does not know: a sheet may name them, nothing proposes them."""
    instruments: tuple[Instrument, ...] = ()
    """Every law on file, those included that only bear on others and hold no rule."""
    lacking: Mapping[str, int] = field(default_factory=dict)
    """Language to how many printed texts English stands in for."""

    def use(self, use_id: str) -> Use:
        """A use by its id, wherever it is known.

        Raises:
            StopIteration: There is no such use.
        """
        found = self._uses.get(use_id)
        if found is None:
            raise StopIteration(use_id)
        return found

    @cached_property
    def _uses(self) -> Mapping[str, Use]:
        return {use.use_id: use for use in (*self.elsewhere, *self.uses)}

    @property
    def base_currency(self) -> str:
        """The currency that the catalogue counts in: the one whose rate is 1; empty without any."""
        return next((key for key, one in self.currencies.items() if one.cny_per_unit == 1), "")

    def office(self, office_key: str) -> Office:
        """The office in the legal order that this knowledge was cut to, else the neutral one.

        Raises:
            StopIteration: There is no such office.
        """
        found = self._offices.get(office_key)
        if found is None:
            raise StopIteration(office_key)
        return found

    @cached_property
    def _offices(self) -> Mapping[str, Office]:
        found = {one.office_key: one for one in reversed(self.offices)}
        # What is not cut holds those of every order: there the neutral one stands.
        neutral = (one for one in reversed(self.offices) if one.jurisdiction == ANYWHERE)
        return found | {one.office_key: one for one in neutral}

    def lineage(self, jurisdiction: str) -> tuple[str, ...]:
        """A jurisdiction and its parents, nearest first."""
        found: list[str] = []
        waiting = [jurisdiction]
        while waiting:
            code = waiting.pop(0)
            if code in found:
                continue
            found.append(code)
            order = self.jurisdictions.get(code)
            waiting.extend(order.parents if order else ())
        return tuple(found)

    def parts(self, orders: Sequence[str], admin_code: str) -> tuple[str, ...]:
        """The places of these orders that hold a region of this code, the nearest first."""
        held = {
            one.place for one in self.places if one.jurisdiction in orders and one.holds(admin_code)
        }
        return tuple(
            one.place for one in self.places if one.place in held and held.isdisjoint(one.not_in)
        )

    def in_role(self, role: str) -> Criterion | None:
        """The criterion that plays a fixed part in the method; None where it does not exist here."""
        for one in self.criteria.values():
            if one.role == role:
                return one
        return None

    def is_in_role(self, criterion_id: str, role: str) -> bool:
        """Whether a criterion plays a fixed part in the method."""
        found = self.criteria.get(criterion_id)
        return found is not None and found.role == role

    def price_level(self, orders: Sequence[str]) -> float:
        """How dear power is in a legal order, where the catalogue's own country is 1.

        Args:
            orders: The jurisdiction, then those above it; the first that has a row counts.
        """
        rows = (self.assumptions.get(f"price_level_{order}") for order in orders)
        return next((row.value for row in rows if row is not None), 1.0)

    def assumed(self, assumption_id: str) -> float:
        """The value of one assumption of the method."""
        return self.assumptions[assumption_id].value
