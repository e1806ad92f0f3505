"""Everything known about one region, and the procedures that apply to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.appraisal import Assumed, Axis, Confidence, Robustness
    from generator.model.choices import PlanChoice
    from generator.model.consequences import (
        ActionPlan,
        CounselList,
        FiredRisk,
        NearLimit,
        SiteMatch,
        SkillsMatch,
        Swot,
    )
    from generator.model.decisions import Decision, Measurement, ScenarioResult, StepPlan
    from generator.model.economy import Economy
    from generator.model.facts import Conversion
    from generator.model.idle import IdlePower
    from generator.model.knowledge import Knowledge, Procedure
    from generator.model.preparation import Preparation
    from generator.model.programme import Programme
    from generator.model.programme_inputs import LateMoney, YearMoney
    from generator.model.readiness import Readiness
    from generator.model.reference import Source
    from generator.model.region import Region
    from generator.model.responses import Risk
    from generator.model.screening import Screening
    from generator.problems import Problem


class DueProcedure(Struct, frozen=True):
    """A procedure that applies, and the uses that call for it (empty: every plan)."""

    procedure: Procedure
    uses: tuple[str, ...]


class Assessment(Struct, frozen=True):
    """Everything known about one region."""

    region: Region
    knowledge: Knowledge
    """What of the catalogue exists where the region lies."""
    screening: Screening
    readiness: Readiness
    programme: Programme
    """What to do here, in two waves."""
    money_by_year: tuple[YearMoney, ...]
    """From the start of the plan until the last project is built."""
    preparation: Preparation
    """What studies before the votes cost by a published table."""
    money_after: LateMoney | None
    """What of it falls after the plan period; None where it has no end or holds all."""
    near_limits: tuple[NearLimit, ...]
    """The projects and alternatives whose size lies near one at which the law changes."""
    idle: IdlePower
    decisions: tuple[Decision, ...]
    measurements: tuple[Measurement, ...]
    """What to measure next, the most telling first."""
    robustness: Robustness
    confidences: Mapping[Axis, Confidence]
    """In the programme, in the order by readiness and in the order by value alone."""
    evidence: Mapping[str, Confidence]
    """In each project; without any, in each leading use."""
    assumed: Assumed
    """What of the thresholds, weights and needs behind the proposed uses is assumed."""
    scenarios: tuple[ScenarioResult, ...]
    steps: StepPlan
    economy: Economy
    sites: tuple[SiteMatch, ...]
    skills: SkillsMatch
    risks: tuple[FiredRisk, ...]
    undecided_risks: tuple[Risk, ...]
    """Risks whose trigger cannot be decided from the data; of procedures likewise."""
    action_plan: ActionPlan
    swot: Swot
    counsel: CounselList
    procedures: tuple[DueProcedure, ...]
    undecided_procedures: tuple[Procedure, ...]
    sources: tuple[Source, ...]
    """The sources of data that the results rest on."""
    problems: tuple[Problem, ...]
    conversions: tuple[Conversion, ...]
    choices: tuple[PlanChoice, ...] = ()
    """The later votes between the proposal and its rivals; the time line waits for them."""

    @property
    def confidence(self) -> Confidence:
        """In what the brief proposes: its programme."""
        return self.confidences["programme"]
