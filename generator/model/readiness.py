"""How far a region meets the needs of each use: criteria, gaps, and the lists that follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator.model.facts import LISTS, Category, Fact

if TYPE_CHECKING:
    from generator.model.knowledge import Requirement
    from generator.model.reference import GridFactor

REGISTERS_READ: Mapping[str, str] = {
    "sum_existing_points": "power",
    "max_existing_point": "power",
    "spare_weighted_mean_existing_points": "power",
    "value_at_largest_point": "power",
    "region_or_published_grid_factor": "figures",
    "region_value": "figures",
    "sum_existing_facilities": "data_centres",
    "max_existing_facility": "data_centres",
    "free_load_weighted_mean": "data_centres",
    "min_link": "connectivity",
    "sum_links": "connectivity",
    "max_link": "connectivity",
    "sum_available_fte": "workforce",
    "pooled_location_quotient": "industry",
    "count_signed_for_use": "institutions",
    "max_site": "sites",
    "min_site": "sites",
    "max_site_it_load": "sites",
}
"""Roll-up to the register that it reads; a figure of the Region sheet by the name in `criteria.csv`."""


class CriterionValue(Struct, frozen=True):
    """A criterion for one use after the roll-up.

    When some records are blank the value is unknown, but the known records may already bind it:
    `at_least_as_good_as` is then the value that the region cannot fall short of, and
    `no_better_than` the one that it cannot exceed. A known value has a better end where letters of
    intent may be signed.
    """

    criterion_id: str
    fact: Fact
    rule: str
    at_least_as_good_as: float | None = None
    published: GridFactor | None = None
    """The published factor that stands in for a blank one."""
    left_out: tuple[str, ...] = ()
    """Codes of industry rows with a blank cell, or of which the use names a part only."""
    no_better_than: float | None = None
    """None where there is no such end."""


class Gap(Struct, frozen=True):
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
    is_given: bool = False
    """Nobody can change it, or its target lies at a size that the law bars: stated for information,
    never a weakness, a target or a task."""


class Contribution(Struct, frozen=True):
    """One requirement's share of a readiness score; partial values in [0, 1], points of 100."""

    requirement: Requirement
    value: CriterionValue
    low: float
    partial: float | None
    high: float
    points_low: float
    points_high: float
    meets_minimum: bool | None
    """At base values; None when unknown."""
    is_design_condition: bool = False
    """Whether it describes the halls there are, and the use builds a hall of its own: it earns
    points, and decides nothing unless its minimum is hard."""

    @property
    def margin(self) -> float | None:
        """How far the value keeps to its minimum, as a share of that; negative past it, None unknown."""
        need, value = self.requirement, self.value.fact.value
        if value is None or not need.minimum:
            return None
        sign = 1.0 if need.direction == "higher_better" else -1.0
        return sign * (value - need.minimum) / abs(need.minimum)


class Signatures(Struct, frozen=True):
    """Signed institutions of a use and what its hard minimum on them still lacks."""

    signed: int
    missing: int
    missing_types: tuple[str, ...]


Viability = Literal["viable", "not_viable", "cannot_be_cleared"]
Listing = Literal["shortlist", "prepare", "cleared", "law_not_checked", "barred"]


class UseReadiness(Struct, frozen=True):
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
    listed: Listing


class Readiness(Struct, frozen=True):
    """The two lists, each in reading order; uses barred by law are not scored."""

    uses: Mapping[str, UseReadiness]
    order: Mapping[Category, tuple[str, ...]]
    """Cleared uses, viable first, by readiness."""
    shortlist: Mapping[Category, tuple[str, ...]]
    prepare: Mapping[Category, tuple[str, ...]]
    law_not_checked: Mapping[Category, tuple[str, ...]]
    biggest_gaps: tuple[BiggestGap, ...]

    @property
    def proposed(self) -> tuple[str, ...]:
        """Uses that the documents put forward: shortlisted, then waiting for signatures, by list."""
        return tuple(
            use_id
            for category in LISTS
            for use_id in self.shortlist[category] + self.prepare[category]
        )


class BiggestGap(Struct, frozen=True):
    """A criterion that holds back several uses; amounts of the use that lacks most."""

    criterion_id: str
    gap: Gap
    use_id: str
    uses: tuple[str, ...]
    points: float
