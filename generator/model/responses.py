"""What the catalogue holds ready for what a region finds: risks, actions, retraining, scenarios.

Also here: what sets off risks, procedures and credits: tests of closed lists and the terms that
each takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from msgspec import Struct, field

from generator.model.facts import Label


class Risk(Struct, frozen=True):
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
    answered_by: tuple[str, ...] = ()
    """Actions that do what its mitigation says."""
    precedent: Label = field(default_factory=Label)
    """Where it came true, with its year; blank where nothing is on record."""


class Action(Struct, frozen=True):
    """A task that a gap, a rule, a risk or a selected use sets off; months from the plan's start."""

    action_id: str
    trigger: tuple[str, ...]
    """`kind:reference` each; any of them sets the action off."""
    jurisdictions: tuple[str, ...]
    title: Label
    short: Label
    """What stands beside its bar on a time line."""
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
    settles: str = ""
    """Which of what stands before contracts, land, permits and works it settles, one of `settled`."""
    answers: tuple[str, ...] = ()
    """The rules and procedures whose question it answers; `title` for that of title to sites."""
    before_approval: bool | None = None
    """Whether it is done before the projects are put to a vote."""
    files: bool | None = None
    """Whether it files something with an authority; an award, which tenders, counts in any case."""
    optional: bool | None = None
    """Whether it is a choice, which no law asks for."""
    part_of: str = ""
    """The task under whose number it stands in a brief; its lead and its end stay its own."""
    deciding_offices: tuple[str, ...] = ()
    """Authorities that decide on it, or take it on record, by law; none of them leads it."""
    paid: str = ""
    """What it costs beside staff time, one of `action_paid`: an order for a study, which waits until
    the money for studies is named; or training, hiring and building, which wait for a vote; or it is
    the task that names the money for studies."""
    stage: str = ""
    """Its place beside the works of its projects, one of `action_stage`: they wait for it; it is the
    review before the vote on their money, that vote, or the award that follows it, and waits for all
    else that they wait for; it ends with them, such as the test of a system; it follows them and the
    project opens after it, such as acceptance; or it follows the opening, such as a yearly report."""


class Skill(Struct, frozen=True):
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


class ScenarioChange(Struct, frozen=True):
    """One change of a scenario; rows of one id act together."""

    scenario_id: str
    name: Label
    target: str
    operation: Literal["multiply", "add", "set", "at_most", "drop"]
    value: str
    note: Label
    jurisdictions: tuple[str, ...]


class Terms(NamedTuple):
    """What the argument and the value of a test name; empty where the test takes none.

    A table of the catalogue (`uses`), a list of `choices.csv` (`funds`), `number`, `share` of 0 to 1,
    `text`, or one of the form's own: `figure` of the Region sheet, `site_field`, `site_value` of that field, `sheet`.
    """

    argument: str = ""
    value: str = ""


TRIGGER_TESTS: Mapping[str, Terms] = {
    "always": Terms(),
    "site_field": Terms("site_field", "site_value"),
    "institutions_fewer": Terms("institution_type", "number"),
    "stale_rules": Terms(),
    "plant_share_above": Terms("power_kind", "share"),
    "region_equals": Terms("figure", "number"),
    "region_above": Terms("figure", "number"),
    "signatures_missing": Terms(),
    "conditional_rules": Terms(),
    "coverage_below": Terms("assumptions"),
    "activity": Terms("activities"),
    "use": Terms("uses"),
    "category": Terms("category"),
    "key_institution": Terms("category", "institution_type"),
    "funds": Terms("funds"),
    "step_funds": Terms("funds"),
    "funded_category": Terms("category", "funds"),
    "site_land_other": Terms("category", "land_use"),
    "quantity_from": Terms("threshold_quantity", "number"),
    "law_decides": Terms(),
    "margin_below": Terms("criteria", "share"),
    "people_left": Terms("", "number"),
}
"""The closed list `trigger_test`: what sets off a risk or a procedure."""

SOURCE_TESTS: Mapping[str, Terms] = {
    "always": Terms(),
    "register_source": Terms("sheet", "text"),
    "grid_factor": Terms("jurisdictions"),
    "reference_rate": Terms(),
    "classification": Terms("classification"),
    "order": Terms("jurisdictions"),
}
"""The closed list `source_test`: when a source is credited."""


class Trigger(Struct, frozen=True):
    """What sets off a risk or a procedure: a test of the closed list and its terms."""

    trigger: str
    definition: Label
    test: str
    argument: tuple[str, ...] = ()
    value: tuple[str, ...] = ()

    @property
    def bound(self) -> float:
        """The number of a test that takes one."""
        return float(self.value[0])
