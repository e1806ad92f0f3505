"""What a comparison needs of one region: small, and safe to send between processes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.appraisal import Confidence
    from generator.model.facts import Label
    from generator.model.programme import Effects, LimitUse
    from generator.model.readiness import Listing, Viability
    from generator.model.region import RateBasis
    from generator.model.screening import Effect, LegalStatus


class LegalPosition(Struct, frozen=True):
    """What the rules say in one place on one day, by id; places with equal positions compare equal."""

    jurisdictions: tuple[str, ...]
    """The region's jurisdiction, then its parents."""
    findings: tuple[tuple[str, Effect, tuple[str, ...]], ...]
    """Activity, effect and rule ids."""
    statuses: tuple[tuple[str, LegalStatus], ...]
    """Use and status."""
    stale: tuple[tuple[str, int | None, str], ...] = ()
    """Rules to read again: id, days since they were read, id of the instrument that ended theirs."""
    barred: tuple[tuple[str, str, str, float, bool], ...] = ()
    """Use that is barred from a size on, rule, quantity, amount, and whether it is certain."""
    open: tuple[str, ...] = ()
    """Activities that no rule in force speaks to."""
    has_own: bool = True
    """Whether the jurisdiction itself has rules in force."""
    depends: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Activity and ids of the rules that apply if what nobody gave says so; none is left out."""
    own: tuple[tuple[str, str, Effect, tuple[str, ...], tuple[str, ...]], ...] = ()
    """Use, activity, effect, rules and rules that depend, where the size of the use changes them."""

    def of_use(self, use_id: str) -> dict[str, tuple[Effect, tuple[str, ...], tuple[str, ...]]]:
        """Effect, rules, and rules that depend on what nobody gave, by activity, for one use."""
        depends = dict(self.depends)
        held = {
            activity: (effect, rules, depends.get(activity, ()))
            for activity, effect, rules in self.findings
        }
        return held | {
            activity: (effect, rules, hanging)
            for key, activity, effect, rules, hanging in self.own
            if key == use_id
        }

    def status(self, use_id: str) -> LegalStatus:
        """The legal status of a use; not assessed where the position does not know it."""
        return dict(self.statuses).get(use_id, "not_assessed")


Keeping = Literal["", "missed", "unknown", "signature", "requires", "place", "supply"]
"""What keeps a shortlisted use from starting; nothing where others were only chosen before it."""


class Partner(Struct, frozen=True):
    """A body that a region names for a use."""

    type: str
    status: str
    name: Label


class UseSummary(Struct, frozen=True):
    """Where a region stands with one use that the law does not bar; scores 0-100."""

    listed: Listing
    viability: Viability
    low: float
    high: float
    coverage_pct: float
    wave: Literal[0, 1, 2]
    """The wave of the programme that holds it; 0 for neither."""
    values: Mapping[str, float | None]
    """By criterion, in its unit; None while unknown. A place may not know every criterion."""
    partials: Mapping[str, float | None]
    """Shares of the way from minimum to target in [0, 1], likewise."""
    capital: float = 0.0
    """CNY m of its projects in both waves, each as if it stood alone; 0 outside the programme."""
    kept: Keeping = ""
    """Why it is no project though it is on the shortlist."""
    kept_by: tuple[str, ...] = ()
    """Criteria whose minimum is missed or that nobody knows, where these keep it."""
    partners: tuple[Partner, ...] = ()
    """The bodies that the region names for it."""


class RegionSummary(Struct, frozen=True):
    """One region as a comparison sees it."""

    code: str
    name: Label
    jurisdiction: str
    admin_code: str
    handling: str
    currency: str
    cny_per_unit: float | None
    rate_basis: RateBasis
    rate_on: date | None
    law: LegalPosition
    uses: Mapping[str, UseSummary]
    figures: Mapping[str, float | None]
    """Key criterion to the region's value over all its records, money in CNY; None while unknown."""
    limits: tuple[LimitUse, ...]
    """What the programme takes of each resource, without the facts behind the limits."""
    waves: tuple[tuple[str, ...], tuple[str, ...]]
    """Uses of the first and of the second wave; one that is repeated stands in both."""
    first: Effects
    """Of the first wave; second likewise."""
    second: Effects
    capital: tuple[float, float]
    """CNY m of the first and of the second wave, common platforms included."""
    confidence: Confidence
    spared: tuple[float, float] = (0.0, 0.0)
    """CNY m that a common platform of the region's own uses spares in each wave; 0 without one."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of data that its results rest on."""
