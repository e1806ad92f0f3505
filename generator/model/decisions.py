"""What another run of a region changes, the questions asked about it, and what to measure next.

Also here: what would change: scenarios and planned steps beside the base case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from generator.model.choosing import ProjectSite
    from generator.model.facts import Fact, Label
    from generator.model.knowledge import Procedure
    from generator.model.programme import Effects, Placement, Precondition
    from generator.model.region import Step
    from generator.model.responses import ScenarioChange
    from generator.model.returns import YearBill


OutKind = Literal["dropped", "law", "minimum", "points", "limits", "worth"]
"""The run has no such use; its law; what it must have; too few points; limits leave too little; others
bring more."""


class Out(Struct, frozen=True):
    """Why another run leaves a project out."""

    kind: OutKind
    names: tuple[str, ...] = ()
    """Criteria of `minimum`, and of `points` those that earn fewer; limits of `limits`."""


class Difference(Struct, frozen=True):
    """What another run of the region changes; uses by id, effects of both waves together."""

    joins: tuple[str, ...]
    """In the programme now and not before."""
    leaves: tuple[str, ...]
    earlier: tuple[str, ...]
    """From the second wave to the first."""
    later: tuple[str, ...]
    resized: tuple[str, ...]
    """Same wave, another size or place."""
    placed: tuple[Placement, ...]
    """Where and how large what joins, comes earlier or changes then is."""
    effects: Effects
    """Change of the programme's jobs, power and people reached."""
    capital: float
    """CNY m."""
    value: float
    """Change of the first wave's value, in shares of the attainable."""
    shortlisted: tuple[str, ...]
    unlisted: tuple[str, ...]
    idle: tuple[str, ...]
    """Joins the shortlist and no wave."""
    became_viable: tuple[str, ...]
    lost_viability: tuple[str, ...]
    law_changed: tuple[str, ...]
    """Uses whose legal status is another."""
    readiness: Mapping[str, float]
    """Points gained or lost, uses without a change left out."""
    waits: Mapping[str, tuple[Precondition, ...]] = field(default_factory=dict)
    """What each use that joins still waits for then; uses that wait for nothing left out."""
    upper: float = 0.0
    """Change of the capital at the upper ends, CNY m."""
    bill: YearBill | None = None
    """What both waves of the other run cost a year, and not the change of it."""

    @property
    def changes_programme(self) -> bool:
        """Whether any project is another."""
        return any((self.joins, self.leaves, self.earlier, self.later, self.resized))


DecisionKind = Literal["programme", "step", "signature", "clearance"]
Advice = Literal["yes", "no", "level"]
"""Whether a yes adds to the effects of both waves or takes from them, by the weights; `level` where
that is less than one project must add."""


class Decision(Struct, frozen=True):
    """A question that the reader can answer, with what each answer brings."""

    kind: DecisionKind
    uses: tuple[str, ...]
    """Whom it is about."""
    step: Step | None
    place: ProjectSite | None
    types: tuple[str, ...]
    """Bodies whose signature is asked for."""
    count: int
    """How many signatures."""
    amount: float | None
    """CNY m: the ceiling of the capital that the programme asks for."""
    yes: Difference
    no: Difference
    advice: Advice = "level"
    """What the figures speak for."""
    gates: tuple[Procedure, ...] = ()
    """Procedures that decide whether a use that a yes brings in can be built at all."""
    procedures: tuple[Procedure, ...] = ()
    """All procedures of law that the uses which a yes brings in go through."""


class Measurement(Struct, frozen=True):
    """Cells worth measuring next: one column, or one cell, with the same effect."""

    sheet: str
    column: str
    facts: tuple[Fact, ...]
    records: tuple[Label, ...]
    turns: int
    """Ends of the range, of two, that change the first wave."""
    spread: float
    """Difference of the first wave's value between the two ends, in shares of the attainable."""
    joins: tuple[str, ...] = ()
    """Uses that some end brings into the first wave."""
    leaves: tuple[str, ...] = ()
    ends: Mapping[str, float] = field(default_factory=dict)
    """Low and high end of a single cell, in its unit."""
    drops: tuple[str, ...] = ()
    """Uses of the second wave that some end takes out of both."""


class ScenarioResult(Struct, frozen=True):
    """One scenario over the same draws as the base case."""

    scenario_id: str
    changes: tuple[ScenarioChange, ...]
    is_applicable: bool
    """False where there is nothing to change, such as a limit that nobody stated."""
    first: tuple[Placement, ...]
    """The first wave under it; the second likewise."""
    second: tuple[Placement, ...]
    difference: Difference
    """Of a plan without a second wave its amounts are those of the first: what is only prepared is
    named and counts no more than in the plan."""
    out: Mapping[str, Out] = field(default_factory=dict)
    """Why each use that leaves the programme does."""


class StepResult(Struct, frozen=True):
    """What planned steps bring, alone or together; they never change the base lists."""

    steps: tuple[Step, ...]
    not_found: tuple[Step, ...]
    """Steps that name no record, so that nothing could be changed."""
    difference: Difference
    points: float
    """Readiness points gained, summed over the uses that the law clears."""
    cost: float | None
    """Millions of the region's currency; None while one is unknown."""
    points_per_million: float | None


class StepSet(Struct, frozen=True):
    """The cheapest steps that make a use viable."""

    use_id: str
    steps: tuple[Step, ...]
    cost: float | None


class StepPlan(Struct, frozen=True):
    """The planned steps one by one, together, and what they unlock."""

    single: tuple[StepResult, ...]
    together: StepResult | None
    unlocking: tuple[StepSet, ...]
    out_of_reach: tuple[str, ...]
    """Uses that no set of the planned steps makes viable."""
