"""What others refer to: places, classifications, grid factors, currencies, sources, terms.

Also here: what is plausible in a planner's workbook, and the words by which its rows give
themselves away.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from generator.model.facts import Label

if TYPE_CHECKING:
    from generator.model.facts import Fact


CheckTest = Literal["value", "whole", "ratio", "inverse", "sum"]


class Jurisdiction(Struct, frozen=True):
    """A legal order and the ones above it."""

    code: str
    name: Label
    parents: tuple[str, ...]
    currency: str
    admin_code_system: str
    classification: str
    """The industry classification that its statistics use, a value of the choice list."""
    language: str = ""
    """The one its laws are written in, where documents are made in that language."""
    south: float | None = None
    north: float | None = None
    west: float | None = None
    east: float | None = None
    """The degrees between which it lies; None where nobody looked them up."""

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Its latitudes and its longitudes, None where they are not all known."""
        if self.south is None or self.north is None or self.west is None or self.east is None:
            return None
        return (self.south, self.north), (self.west, self.east)


class Evidence(Struct, frozen=True):
    """A published finding behind a requirement or a catalogue figure."""

    evidence_id: str
    claim: Label
    kind: str
    """What the page is that was read; `general knowledge` where none was."""
    source: Label
    place: Label
    jurisdictions: tuple[str, ...]
    as_of: str
    checked_on: date | None


class Choice(Struct, frozen=True):
    """One value of a closed list, with the labels planners see."""

    list: str
    value: str
    label: Label
    former_labels: tuple[str, ...] = ()
    """What filled workbooks call it, in any language."""


class IndustryCode(Struct, frozen=True):
    """How a GB/T 4754 division maps to ISIC Rev. 4."""

    gb4754_division: str
    isic4_division: str
    isic4_section: str
    gb4754_name: Label
    name: Label
    best_match: bool


class IndustrySection(Struct, frozen=True):
    """A section of GB/T 4754 or ISIC: the letter that stands for all its divisions."""

    classification: str
    section: str
    name: Label


class NaicsCode(Struct, frozen=True):
    """One link of a NAICS 2022 code to an ISIC division; several rows may share a code.

    A two-digit sector has no division of its own. `link_share` is the share of its six-digit codes
    that lead to the division, None where nobody counted them.
    """

    naics_code: str
    naics_name: Label
    isic4_division: str
    best_match: Literal["yes", "part", "none"]
    link_share: float | None


class GridFactor(Struct, frozen=True):
    """A published average emission factor, kgCO2/kWh."""

    code: str
    name: Label
    jurisdiction: str
    admin_prefix: str
    year: int
    published_on: str
    """ISO date, or its first part; empty when not recorded."""
    factor: Fact


class Assumption(Struct, frozen=True):
    """A number the method itself rests on, printed with its reason."""

    assumption_id: str
    name: Label
    value: float
    unit: Label
    reason: Label
    jurisdictions: tuple[str, ...]
    is_money: bool = False
    """Whether it is an amount, in millions of the catalogue's currency."""


class Source(Struct, frozen=True):
    """A data source with the attribution line its licence asks for."""

    source_id: str
    title: Label
    publisher: str
    licence: str
    used_in: tuple[str, ...]
    attribution: Label
    test: str
    """When the source is credited: a name of a closed list, with its terms."""
    argument: tuple[str, ...] = ()
    value: tuple[str, ...] = ()


class GlossaryTerm(Struct, frozen=True):
    """A term of the field in every language."""

    term: Label
    domain: str
    definition: Label
    avoid_zh: tuple[str, ...]
    """Chinese words that must not stand for the term."""
    jurisdictions: tuple[str, ...] = ()


class Currency(Struct, frozen=True):
    """A currency and, where one was found, a dated rate in CNY for one unit of it."""

    currency: str
    name: Label
    unit: Label
    """What stands beside a number."""
    cny_per_unit: float | None
    rate_kind: str
    period: str
    source: Label
    caveat: Label


class PreparationFee(Struct, frozen=True):
    """What a service before a vote costs at one capital of a project, by a published table of fees."""

    fee_id: str
    jurisdiction: str
    category: str
    """Of the uses that it is for; empty for all."""
    currency: str
    service: Label
    capital: float
    """In millions of the currency, as both ends of the fee are."""
    fee_low: float
    fee_high: float
    share: float
    """The part of the fee for what comes before the vote."""
    short: Label
    """The table in a few words."""
    basis: Label
    """Its instrument, what it leaves out and how far it binds."""
    read_locator: str
    read_kind: str
    checked_on: date


class Milestone(Struct, frozen=True):
    """What shows, in a project's own unit, that it is wanted or in use, and how much of it is due."""

    milestone_id: str
    use_id: str
    """Whose projects it measures; empty for all that its task is about."""
    action_id: str
    """The task by whose end it is due; empty where that is the opening."""
    name: Label
    """With its unit."""
    amount: float | None
    """For each unit of scale; None for the connection that the projects take."""
    status: str
    reason: Label


class Wage(Struct, frozen=True):
    """What a job costs in wages a year, by public statistics of a legal order."""

    wage_id: str
    jurisdiction: str
    currency: str
    wage_low: float
    """Of one person and year in the currency, employers' contributions left out."""
    wage_high: float
    name: Label
    """Which statistics, of which year."""
    evidence_ids: tuple[str, ...]


class Price(Struct, frozen=True):
    """What customers are known to pay a year for one natural unit of a use."""

    price_id: str
    use_id: str
    jurisdiction: str
    currency: str
    price_low: float
    """Of one m³, m² or whatever the size of the use counts, a year, in the currency."""
    price_high: float
    name: Label
    """Whose prices, where and when."""
    reason: Label
    """How they were brought to the unit and the year."""
    evidence_ids: tuple[str, ...]


class PlausibilityCheck(Struct, frozen=True):
    """The bounds of one number of the form, and what to ask where it lies outside them.

    The quantity judged is named by `test`, where x is the cell of `field` and y the number `of`:
    `value` x, `whole` x, which must be a whole number, `ratio` times·x/y, `inverse` times·y/x,
    `sum` times·Σx/y over the region's rows. Conditions read `column=value|value`.
    """

    check_id: str
    sheet: str
    field: str
    test: CheckTest
    times: float | None
    of: str
    """A column of the same row, `region.` and a figure, a sheet and the column that is summed
    over the region's rows, or `catalogue.` and a number of the use that the row names."""
    of_when: tuple[str, ...]
    when: tuple[str, ...]
    """Of the checks of one number only the first whose conditions hold counts."""
    currency: str
    unit: str
    floor: float | None
    ceiling: float | None
    floor_from_rows: float | None
    """How many rows a region must have before the floor counts."""
    severity: Literal["ask", "error"]
    code: str
    other_units: tuple[str, ...]
    """Units perhaps meant: `name|name in Chinese|factor to the unit of the column`."""
    likely_mistake: Label
    ask: Label
    basis: str
    status: str


class LabelWord(Struct, frozen=True):
    """A word in the label of a row: of a total, of what may stand beside one, of a plan."""

    word: str
    language: str
    role: Literal["total", "average", "part", "beside", "planned"]
    use: Literal["joined", "alone"]
    unless: tuple[str, ...]
    """Words that beside this one make a name of the whole."""


class BenefitCriterion(Struct, frozen=True):
    """One thing that a project is judged by, or that is only reported of it."""

    benefit_id: str
    name: Label
    unit: Label
    direction: Literal["higher_better", "lower_better"]
    weight: float
    """Points; only their proportions count."""
    effect: str
    """What it measures of a project, of the list `benefit_effect`; empty where it is retired."""
    rationale: Label
    status: Literal["active", "retired"]
    retired_why: Label = field(default_factory=Label)
    former_names: tuple[str, ...] = ()
    """What older workbooks call it, in any language."""
    replaced_by: str = ""
    """What takes the points that somebody gives to a retired one; empty for nothing."""

    @property
    def is_objective(self) -> bool:
        """Whether stakeholders may give it points."""
        return self.status == "active" and (self.weight > 0 or self.effect == "value_added")


class UsePair(Struct, frozen=True):
    """Two uses that cannot be launched together, or one that needs the other."""

    use_id: str
    other_id: str
    relation: Literal["excludes", "requires"]
    reason: Label
    status: str
