"""What would change: scenarios and planned steps beside the base case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model.decisions import Difference
    from generator.model.programme import Placement
    from generator.model.region import Step
    from generator.model.responses import ScenarioChange


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario over the same draws as the base case."""

    scenario_id: str
    changes: tuple[ScenarioChange, ...]
    is_applicable: bool
    """False where there is nothing to change, such as a limit that nobody stated."""
    first: tuple[Placement, ...]
    """The first wave under it; the second likewise."""
    second: tuple[Placement, ...]
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
