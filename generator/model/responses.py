"""What the catalogue holds ready for what a region finds: risks, actions, retraining, scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generator.model.facts import Label


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk that fires on a trigger; likelihood and impact from 1 to 5."""

    risk_id: str
    trigger: str
    title: Label
    description: Label
    likelihood_1_5: float
    impact_1_5: float
    mitigation: Label
    owner_type: str
    evidence: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    owner_office: str


@dataclass(frozen=True, slots=True)
class Action:
    """A task that a gap, a rule, a risk or a selected use sets off; months from the plan's start."""

    action_id: str
    trigger: tuple[str, ...]
    """`kind:reference` each; any of them sets the action off."""
    jurisdictions: tuple[str, ...]
    title: Label
    owner_type: str
    partner_types: tuple[str, ...]
    lead_office: str
    responsible_office: str
    joint_offices: tuple[str, ...]
    fills_from: tuple[str, ...]
    """Types of institutions whose names stand for `{institution}`, or a token for such a list."""
    signs: bool | None
    """Whether the named bodies are asked to sign; those that have signed are not asked again."""
    depends_on: tuple[str, ...]
    start_month: float
    duration_months: float
    cost_basis: Label
    indicator: Label
    target: Label
    evidence: tuple[str, ...]
    baseline: str = ""
    """`none` where the indicator is not the criterion whose gap sets the action off."""
    procedure_id: str = ""
    kind: str = ""
    status: str = ""
    before_approval: bool | None = None
    """Whether it is done before the projects are put to a vote."""
    after_build: bool | None = None
    """Whether it waits until what it is about has been built, such as its entry in a register."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A way from one role to another; relatedness in [0, 1], training in months."""

    from_role: Label
    to_role: Label
    counts_towards: str
    relatedness_0_1: float
    training_months: float
    note: Label
    status: str
    jurisdictions: tuple[str, ...]
    to_use_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScenarioChange:
    """One change of a scenario; rows of one id act together."""

    scenario_id: str
    name: Label
    target: str
    operation: Literal["multiply", "add", "set", "at_most", "drop"]
    value: str
    note: Label
    jurisdictions: tuple[str, ...]
