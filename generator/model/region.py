"""A region as planners describe it: its identity, its single figures and its registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from generator.model.facts import Conversion, Fact, Label
from generator.model.packed import Made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from generator.problems import Origin, Problem

_NOWHERE = Fact(None, "°")
"""A coordinate that was not given."""
RateBasis = Literal["same", "workbook", "table", "none"]


class PowerPoint(Struct, frozen=True):
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
    latitude: Fact = _NOWHERE
    longitude: Fact = _NOWHERE


class DataCentre(Struct, frozen=True):
    """An existing data-centre facility."""

    origin: Origin
    name: Label
    owner: Label
    it_load_mw_total: Fact
    it_load_mw_free: Fact
    racks_total: Fact
    racks_free: Fact
    tier: Fact
    gb50174_grade: str
    availability: Fact
    pue: Fact


class WorkforceRole(Struct, frozen=True):
    """A role and the staff group it counts towards."""

    origin: Origin
    role: Label
    counts_towards: str
    headcount: Fact
    available_fte: Fact


class Link(Struct, frozen=True):
    """A telecom link out of the region."""

    origin: Origin
    name: Label
    carriers: Fact
    backbone_gbps: Fact
    latency_ms: Fact
    to: Label


class IndustryRow(Struct, frozen=True):
    """Employment in one industry, here and in the reference area.

    `code` is as its classification writes it: C13, 10, 3112, 31-33. `divisions` are the GB/T 4754 or
    ISIC divisions it stands for: one, or all that a section or sector covers.
    """

    origin: Origin
    code: str
    divisions: tuple[str, ...]
    name: Label
    employment: Fact
    employment_reference: Fact
    employment_before: Fact
    employment_reference_before: Fact
    reference_area: Label
    year: Fact
    year_before: Fact


class Institution(Struct, frozen=True):
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


class Site(Struct, frozen=True):
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
    latitude: Fact = _NOWHERE
    longitude: Fact = _NOWHERE


class Measure(Struct, frozen=True):
    """A single regional measure, or an override of a roll-up or of a Region column."""

    origin: Origin
    criterion: str
    value: Fact


class Step(Struct, frozen=True):
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


class Limit(Struct, frozen=True):
    """A cap on the plan; money in millions of the region's currency."""

    origin: Origin
    resource: str
    amount: Fact
    source_of_funds: str


class Estimate(Struct, frozen=True):
    """The region's own figures for a use; money in millions of its currency."""

    origin: Origin
    use: str
    capex: Fact
    jobs: Fact
    payback_years: Fact
    annual_value_added: Fact
    demand: Fact = Fact(None, "")
    """What customers would bring of what the use counts as its demand."""
    heat_tariff: Fact = Fact(None, "")
    """What customers pay for a kWh of heat today, in the region's currency."""


class StakeholderWeight(Struct, frozen=True):
    """The points one stakeholder gives to one benefit criterion."""

    origin: Origin
    stakeholder: Label
    benefit: str
    weight: Fact


class Claim(Struct, frozen=True):
    """A claim found in a source document, to be answered from the rules."""

    origin: Origin
    text: Label
    source: Label
    activity: str


class BasisDocument(Struct, frozen=True):
    """A plan or policy that the region's plan rests on, and what it asks of the region."""

    origin: Origin
    title: Label
    number: str
    issuer: Label
    issued_on: date | None
    asks: Label
    grade: str
    source: Label
    as_of: str


class Recipient(Struct, frozen=True):
    """Who gets which documents; appears in no document."""

    origin: Origin
    name: Label
    email: str
    language: str
    documents: tuple[str, ...]


class Adjustment(Struct, frozen=True):
    """A change that a scenario assumes; never read from a workbook."""

    target: str
    """A criterion, or a figure of every use: `capex`, `jobs`, `payback_years` …"""
    operation: str
    value: float


class Region(Struct, frozen=True):
    """One region: its identity, its single measures and its registers."""

    origin: Origin
    files: tuple[str, ...]
    """The files it was read from, named as if no other input were read with them."""
    code: str
    name: Label
    jurisdiction: str
    admin_code: str
    currency: str
    cny_per_unit: Fact
    """1 without a cell where the catalogue counts in the same currency; else the workbook's rate,
    else that of the table of currencies; unknown where neither has one."""
    rate_on: date | None
    rate_source: str
    prepared_by: Label
    contact_email: str
    plan_from: date | None
    plan_until: date | None
    handling: str
    figures: Mapping[str, Fact]
    """Numbers of the Region sheet by column key (population, gdp, grid_factor …); a blank one that
    only another legal order knows is left out."""
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
    basis_documents: tuple[BasisDocument, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    digest: str = ""
    """SHA-256 over all that its own rows say, whatever stands beside them."""
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def plan_months(self) -> int | None:
        """How many months the plan takes, first and last included; None where an end is open."""
        if self.plan_from is None or self.plan_until is None:
            return None
        years = self.plan_until.year - self.plan_from.year
        return 12 * years + self.plan_until.month - self.plan_from.month + 1

    @property
    def rate_basis(self) -> RateBasis:
        """Where the rate of its currency comes from."""
        rate = self.cny_per_unit
        if rate.value is None:
            return "none"
        if not rate.origins and rate.value == 1:
            return "same"
        is_own = not rate.origins or rate.origins[0].file in self.files
        return "workbook" if is_own else "table"

    def number(self, figure: str) -> float | None:
        """A single figure; None where it is blank, or unknown to the legal order."""
        fact = self.figures.get(figure)
        return None if fact is None else fact.value


class Notice(Struct, frozen=True):
    """What reading a region's own rows and files noticed, as its documents may say it."""

    problems: tuple[Problem, ...] = ()
    conversions: tuple[Conversion, ...] = ()


class Submission(Struct, frozen=True):
    """What the planners' files said: regions, and everything noticed."""

    regions: Sequence[Region]
    """Of thousands, each is made anew when it is asked for."""
    problems: tuple[Problem, ...]
    conversions: Sequence[Conversion]
    language: str
    """The language of the forms: that of most of their headers, English in doubt."""
    left_out: tuple[str, ...] = ()
    """Codes of regions with errors, and names of files that cannot be read."""
    notices: Mapping[str, Notice] = field(default_factory=dict)
    """What each region's documents may say, by its code: addresses are the same for one input and
    for many, and recipients are in none of it."""
    unfilled: tuple[Label, ...] = ()
    """Names of the registers that no input has a row of."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the regions, in their order."""
        if isinstance(self.regions, Made):
            return self.regions.names
        return tuple(region.code for region in self.regions)

    def notice_of(self, region: Region) -> Notice:
        """What was noticed in a region's own rows and files."""
        return self.notices.get(region.code, Notice())
