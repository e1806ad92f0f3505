"""What would change: scenarios and planned steps beside the base case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model.facts import Category
    from generator.model.knowledge import ScenarioChange
    from generator.model.region import Step


@dataclass(frozen=True, slots=True)
class Difference:
    """What another run changes against the base case; uses by id."""

    entered: tuple[str, ...]
    """Shortlisted now and not in the base case."""
    left: tuple[str, ...]
    became_viable: tuple[str, ...]
    lost_viability: tuple[str, ...]
    law_changed: tuple[str, ...]
    """Uses whose legal status is another."""
    readiness: Mapping[str, float]
    """Readiness points gained or lost, uses without a change left out."""
    added: tuple[str, ...]
    """In the portfolio now and not in the base case."""
    removed: tuple[str, ...]
    benefit: float
    """Change of the portfolio's benefit, points."""
    reordered: Mapping[Category, tuple[str, ...]] = field(default_factory=dict)
    """The new order of a shortlist whose common uses change places."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario over the same draws as the base case."""

    scenario_id: str
    changes: tuple[ScenarioChange, ...]
    is_applicable: bool
    """False where there is nothing to change, such as a limit that nobody stated."""
    first: Mapping[Category, str]
    """The use most often first by benefit."""
    p_first: Mapping[str, float]
    """Share of draws in which a use is first by benefit in its list, in [0, 1]."""
    p_shortlisted: Mapping[str, float]
    shortlist: Mapping[Category, tuple[str, ...]]
    selected: tuple[str, ...]
    difference: Difference


@dataclass(frozen=True, slots=True)
class StepResult:
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


@dataclass(frozen=True, slots=True)
class StepSet:
    """The cheapest steps that make a use viable."""

    use_id: str
    steps: tuple[Step, ...]
    cost: float | None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """The planned steps one by one, together, and what they unlock."""

    single: tuple[StepResult, ...]
    together: StepResult | None
    unlocking: tuple[StepSet, ...]
    out_of_reach: tuple[str, ...]
    """Uses that no set of the planned steps makes viable."""
