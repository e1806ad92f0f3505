"""Why a use stands where it stands: from the cells to the verdict, one use at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator.model.knowledge import NO_LABEL, Knowledge, Use

if TYPE_CHECKING:
    from generator.model.choosing import Candidate, Fit
    from generator.model.consequences import SiteTest
    from generator.model.economy import Range
    from generator.model.facts import Fact, Label
    from generator.model.programme import Alternative, EffectName, Programme, Project
    from generator.model.readiness import UseReadiness
    from generator.model.region import Region
    from generator.model.screening import Screening, UseFinding

DecidingKind = Literal[
    "barred",
    "elsewhere",
    "outside",
    "law_open",
    "hard_missed",
    "hard_unknown",
    "signatures",
    "coverage",
    "readiness",
    "declining",
    "supply",
    "requires",
    "capital_unknown",
    "no_place",
    "no_size",
    "limits",
    "criterion",
    "unknown",
    "signature",
    "clearance",
    "load",
    "money",
    "turn",
    "loss",
    "gain",
]
"""Barred; of another legal order; mining and trading; law nobody assessed; a hard minimum missed or
unknown; signatures of a hard minimum; too little data; too few points; a trade on the way out; it
only feeds others; a use that it needs is missing; no capital figure; no site hosts it; the smallest
size does not fit; no limit leaves room; missed or unknown criterion of weight, partner who has not
signed, site that nothing clears, or load that nobody explains, before it may start; next money; what another first wave would
lose with it, or the first wave without it."""


class Deciding(Struct, frozen=True):
    """The one thing that decides where a use stands; what does not apply is empty."""

    kind: DecidingKind
    names: tuple[str, ...] = ()
    """Ids of what it is about: rules, activities, criteria, types of bodies, uses."""
    value: float | None = None
    """Where it stands; value in shares of the attainable for `loss` and `gain`."""
    minimum: float | None = None


class Division(Struct, frozen=True):
    """An industry row that a blockchain use names."""

    code: str
    name: Label
    employment: Fact
    share: float
    """Of its people whom the use reaches, in [0, 1]."""
    reached: float
    """Persons."""


class Costs(Struct, frozen=True):
    """Capital and jobs of one platform or unit of scale, and where they are from."""

    capital: Fact
    """CNY m."""
    jobs: Fact
    own: tuple[str, ...]
    """Columns of the Estimates sheet that stand in for the catalogue."""
    capital_range: tuple[float | None, float | None]
    """The catalogue's, CNY m; jobs likewise in FTE."""
    jobs_range: tuple[float | None, float | None]
    reached: float
    """Persons who place a platform in the catalogue's range."""
    scale: float | None
    """Place in that range in [0, 1]; None for a unit of scale."""
    scale_ends: Range
    """Persons at which the place is 0 and 1."""
    mean_load: float
    """MW round the clock, of one unit of scale."""


class NoHost(Struct, frozen=True):
    """A site that does not host a use, with the tests that say so."""

    site: Label
    tests: tuple[SiteTest, ...]


class Worth(Struct, frozen=True):
    """One summand of the value alone: amount / normaliser · weight · 100 = points."""

    effect: EffectName
    amount: float
    normaliser: float
    weight: float
    """In [0, 1]."""

    @property
    def points(self) -> float:
        """Hundredths of the attainable."""
        return 100.0 * self.weight * self.amount / self.normaliser if self.normaliser > 0 else 0.0


ChangeKind = Literal["step", "signature", "clearance", "scenario", "limit", "measurement"]
Movement = Literal["joins", "leaves", "earlier", "later", "resized", "shortlisted", "unlisted"]


class Change(Struct, frozen=True):
    """Something after which a use stands elsewhere."""

    kind: ChangeKind
    movement: Movement
    """`joins` and `leaves` speak of the whole programme; of a limit or a measurement, of the first
    wave. `shortlisted` joins the shortlist and no wave."""
    name: Label = NO_LABEL
    """Title of the step, name of the scenario, the site."""
    names: tuple[str, ...] = ()
    """Types of bodies that sign; the limit; sheet and column that are measured."""
    amount: float | None = None
    """Least extra amount of a limit, in its unit."""
    records: tuple[Label, ...] = ()
    facts: tuple[Fact, ...] = ()


class Hypothesis(Struct, frozen=True):
    """The best first wave that must hold a use, or that must do without it."""

    wave: Alternative
    is_assumed: bool
    """Whether it takes for granted what must come first, since the use may not start now."""
    joins: tuple[str, ...]
    """Uses that the first wave does not hold."""
    leaves: tuple[str, ...]


class Explanation(Struct, frozen=True):
    """One use from the law to the programme."""

    use: Use
    law: UseFinding | None
    """None for a use that the legal order does not know."""
    readiness: UseReadiness | None
    """None where the law bars the use, and for what is never scored."""
    deciding: Deciding
    wave: Literal[0, 1, 2] = 0
    candidate: Candidate | None = None
    """None for a use that is not shortlisted or that only feeds others."""
    heavy: tuple[str, ...] = ()
    """Criteria of weight or with a hard minimum: those that decide whether it can start now."""
    costs: Costs | None = None
    divisions: tuple[Division, ...] = ()
    fits: tuple[Fit, ...] = ()
    no_hosts: tuple[NoHost, ...] = ()
    worth: tuple[Worth, ...] = ()
    projects: tuple[Project, ...] = ()
    held: Hypothesis | None = None
    """With the use; None where the first wave holds it already, or where none can."""
    without: Hypothesis | None = None
    """Without it; None where the first wave does not hold it."""
    stakeholders: tuple[Label, ...] | None = None
    """Those whose first wave holds it; None where nobody gave weights."""
    changes: tuple[Change, ...] = ()

    @property
    def value_alone(self) -> float | None:
        """Hundredths of the attainable; None for a use that is no candidate."""
        return None if self.candidate is None else self.candidate.value_alone


class Explained(Struct, frozen=True):
    """The uses of a region that were asked for, under the law of a day, with its programme."""

    region: Region
    knowledge: Knowledge
    """What of the catalogue exists where the region lies."""
    screening: Screening
    programme: Programme
    uses: tuple[Explanation, ...]
    is_whole: bool
    """Whether they are told from the cells on, or in a line each."""
