"""What a programme is chosen from: places with the sizes that fit, shortlisted uses.

Money is in CNY m, people in FTE or persons, power in MW.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator.model.knowledge import NO_LABEL

if TYPE_CHECKING:
    from generator.model.facts import Category, Fact, Label


class ProjectSite(Struct, frozen=True):
    """Where a project stands: a site of the sheet, or no site at all."""

    name: Label = NO_LABEL
    """Empty for a use that needs no site and for blockchain uses."""
    number: int | None = None
    """Row among the region's sites."""
    is_cleared: bool = True
    """Whether it may be built on at once: nothing points to mining that goes on."""


BoundKind = Literal["catalogue", "law", "demand", "connection", "hall", "water", "spare"]


class Bound(Struct, frozen=True):
    """One thing that limits the size of a use at a place."""

    kind: BoundKind
    units: float
    """The size it allows, in units of scale."""
    need: float
    """Amount that one unit takes; 0 for the catalogue's and the law's bounds."""
    amount: float
    """Firm amount that there is, in the unit of the need; low ends of ranges."""
    facts: tuple[Fact, ...] = ()
    rules: tuple[str, ...] = ()


class Fit(Struct, frozen=True):
    """A use at a place with the sizes that may be built there."""

    use_id: str
    place: ProjectSite
    bounds: tuple[Bound, ...]
    full: float | None
    """The largest size, in tenths of a unit; None where even the smallest does not fit."""
    menu: tuple[float, ...]
    """Sizes that are tried, largest first."""

    @property
    def tightest(self) -> Bound:
        """What bounds the size."""
        return min(self.bounds, key=lambda bound: bound.units)


class Supply(Struct, frozen=True):
    """A use that feeds the load of a project and is none itself."""

    use_id: str
    size: float
    """Units of scale, in tenths; 0 where the load is below the smallest unit."""
    capital: Fact
    repairs: tuple[str, ...]
    """Criteria that it would bring nearer: carbon intensity, share of renewables."""


class Candidate(Struct, frozen=True):
    """A shortlisted use as the programme sees it; figures per platform or unit of scale."""

    use_id: str
    category: Category
    is_ready: bool
    missed: tuple[str, ...]
    """Criteria of weight that stand below their minimum."""
    unknown: tuple[str, ...]
    """Criteria of weight that nobody knows."""
    lacks_partner: bool
    """Power reuse without one signed body that names it."""
    requires: str
    """The use that it cannot do without and that is not there; empty otherwise."""
    capital: Fact
    """CNY m."""
    jobs: Fact
    value_added: Fact
    """CNY m a year, the region's own estimate."""
    reached: float
    """Persons in the divisions of the use that it reaches, which place it in the range."""
    scale: float | None
    """Place in the catalogue's range in [0, 1]; None for power reuse and for own estimates."""
    fits: tuple[Fit, ...] = ()
    """Power reuse at every place that hosts it."""
    value_alone: float = 0.0
    """Hundredths of the attainable that it brings by itself."""
    best: tuple[ProjectSite, float] | None = None
    """Power reuse: the place and size of its value alone."""
