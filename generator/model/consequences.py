"""What follows from the findings: sites, skills, risks, actions, sizes near a limit, strengths and threats."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model.facts import Fact, Label
    from generator.model.law import Rule
    from generator.model.programme import Placement
    from generator.model.readiness import CriterionValue, Gap, Viability
    from generator.model.region import Institution, Site, WorkforceRole
    from generator.model.responses import Action, Risk, Skill
    from generator.problems import Origin


class SiteTest(Struct, frozen=True):
    """One need of a use against a site, in the criterion's unit."""

    criterion_id: str
    value: float | None
    need: float
    is_hard: bool
    met: bool | None
    """None while unknown."""
    missing: float | None
    """The amount short of the need, 0 when met, None while unknown."""
    facts: tuple[Fact, ...]
    """The cells as they stand: for the connection, MVA."""


Verdict = Literal["hosts", "cannot_host", "unknown"]


class SiteOption(Struct, frozen=True):
    """One use on one site; the region as a whole may set further limits."""

    use_id: str
    verdict: Verdict
    tests: tuple[SiteTest, ...]
    viability: Viability
    """In the region, whatever the site."""

    @property
    def shortfalls(self) -> tuple[SiteTest, ...]:
        """What the site lacks, hard or not."""
        return tuple(test for test in self.tests if test.met is False)


class SiteMatch(Struct, frozen=True):
    """A site and what it could host."""

    site: Site
    is_former_mine: bool
    is_suspect: bool
    """Whether papers must show that no outlawed activity runs there."""
    has_load_evidence: bool
    """Whether there is evidence that its load is not mining."""
    has_clearance: bool
    equipment: Label
    """What became of it; mining machines serve no other computing."""
    options: tuple[SiteOption, ...]


class SkillWay(Struct, frozen=True):
    """A way from a role to another, and whether it is short enough to count."""

    skill: Skill
    is_transferable: bool


class Transfer(Struct, frozen=True):
    """People of one role who retrain for one staff group."""

    group: str
    skill: Skill
    fte: float


class RoleMatch(Struct, frozen=True):
    """A role that counts towards no staff group yet."""

    row: WorkforceRole
    ways: tuple[SkillWay, ...]
    transfers: tuple[Transfer, ...]
    """Empty as well while the number of people is unknown."""


class StaffShortage(Struct, frozen=True):
    """What the projects take of a staff group against the people on hand, in FTE."""

    group: str
    criterion_id: str
    fact: Fact | None
    """The people on hand by the register; None where no project takes any of the group."""
    need: float
    """What both waves take, operations staff in one rota."""
    short: float | None
    """What they take beyond the people on hand; None while these are unknown."""
    transferred: float
    training_months: float | None
    """The longest training among the transfers; None without any."""
    remaining: float | None
    """What is still short once people are retrained."""


class SkillsMatch(Struct, frozen=True):
    """The staff that proposed uses lack against the people whom retraining could bring."""

    shortages: tuple[StaffShortage, ...]
    roles: tuple[RoleMatch, ...]

    @property
    def free(self) -> float:
        """Known free people of roles that count towards no staff group, in FTE."""
        return math.fsum(one.row.available_fte.value or 0.0 for one in self.roles)

    @property
    def unplaced(self) -> float:
        """Those of them whom no project takes up."""
        return self.free - math.fsum(one.transferred for one in self.shortages)


class FiredRisk(Struct, frozen=True):
    """A risk whose trigger fired, with what fired it."""

    risk: Risk
    uses: tuple[str, ...]
    origins: tuple[Origin, ...]
    rules: tuple[str, ...]
    score: float
    """Likelihood times impact, 1 to 25."""


CauseKind = Literal[
    "gap",
    "rule",
    "risk",
    "selected",
    "proposed",
    "procedure",
    "waits",
    "compares",
    "idle",
    "people",
    "law",
    "always",
]


class Cause(Struct, frozen=True):
    """What set an action off.

    The reference is a criterion, activity, risk, procedure, use, category, effect or kind of
    precondition; empty for `always`.
    """

    kind: CauseKind
    reference: str
    uses: tuple[str, ...]
    rules: tuple[str, ...] = ()


FOLLOWING = frozenset({"in_works", "before_opening", "after_works"})
"""Stages of actions that no works wait for: a test within them, acceptance, an entry after opening."""


class Baseline(Struct, frozen=True):
    """Where a gap stands for the use that is worst off, and where it should get to."""

    use_id: str
    value: CriterionValue
    minimum: float
    target: float


class Bodies(Struct, frozen=True):
    """Whom a task names: bodies of the workbook, nearest to a signature first, and kinds to find."""

    named: tuple[Institution, ...]
    signed: tuple[Institution, ...]
    """Those that a task about signatures need not ask again."""
    sought: tuple[tuple[str, str], ...]
    """Use and type of institution where the workbook names nobody."""

    def of(self, use_id: str) -> Bodies:
        """The bodies on account of one use."""
        return Bodies(
            tuple(one for one in self.named if one.use == use_id),
            tuple(one for one in self.signed if one.use == use_id),
            tuple(one for one in self.sought if one[0] == use_id),
        )

    @property
    def is_settled(self) -> bool:
        """Whether nobody is left to be asked."""
        return not self.named and not self.sought


NO_BODIES = Bodies((), (), ())


class PlannedAction(Struct, frozen=True):
    """An action of the programme; months from the plan's start."""

    action: Action
    causes: tuple[Cause, ...]
    """Everything that set it off, each with its own uses, in the order of its triggers."""
    depends_on: tuple[str, ...]
    start_month: float
    duration_months: float
    baseline: Baseline | None
    is_binding: bool
    """Binding where a hard minimum or a condition stands behind it, expected otherwise."""
    raci: Mapping[str, str]
    """Owner type to the letters A, R, AR, C or I."""
    bodies: Bodies = NO_BODIES
    held: int = 0
    """The number of the choice between plans that its projects wait for, and it with them; other
    projects of the same action are another planned action. 0 where nothing holds it."""
    waits_from: float = 0.0
    """The month before which it does not begin, since that choice falls before."""

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others of a plan."""
        return self.action.action_id, self.held

    @property
    def because(self) -> Cause:
        """The first cause, with the uses of all of them."""
        if len(self.causes) == 1:
            return self.causes[0]
        uses = dict.fromkeys(use_id for cause in self.causes for use_id in cause.uses)
        return replace(self.causes[0], uses=tuple(uses))

    @property
    def end_month(self) -> float:
        """When it is done."""
        return self.start_month + self.duration_months

    @property
    def is_of_law(self) -> bool:
        """Whether the law asks for it, or it comes before the projects are put to a vote."""
        kind = self.because.kind
        if (
            self.action.optional
            or kind in {"proposed", "compares"}
            or (kind == "gap" and self.is_binding)
        ):
            return False
        is_lawful = kind in {"rule", "procedure", "law"} or bool(self.action.procedure_id)
        return is_lawful or bool(self.action.before_approval)

    @property
    def precedes_works(self) -> bool:
        """Whether works wait for it: what the law asks and signatures, where no stage is given."""
        if self.action.stage:
            return self.action.stage in {"before_works", "review", "vote", "award"}
        return self.is_of_law or bool(self.action.signs)

    @property
    def follows_works(self) -> bool:
        """Whether it ends with works or comes after them."""
        return self.action.stage in FOLLOWING

    @property
    def holds_up(self) -> tuple[str, ...]:
        """The uses for which it is still to be done: not those for which everybody has signed."""
        uses = self.because.uses
        if not self.action.signs:
            return uses
        return tuple(use_id for use_id in uses if not self.bodies.of(use_id).is_settled)


class MonitoringRow(Struct, frozen=True):
    """One line of the indicator table."""

    action_id: str
    indicator: Label
    baseline: Baseline | None
    target: Label
    owner_office: str
    first_check_month: float
    is_binding: bool


class Opening(Struct, frozen=True):
    """The month from the plan's start in which a project may operate, by how long it is built.

    That is when it is built and every step has ended that comes between works and opening, such as
    acceptance or an entry in a register without which nothing may open.
    """

    shorter: float
    middle: float
    longer: float


class ActionPlan(Struct, frozen=True):
    """The actions in an order that respects what each waits for, and how they are followed."""

    actions: tuple[PlannedAction, ...]
    monitoring: tuple[MonitoringRow, ...]
    begins: Mapping[str, float] = field(default_factory=dict)
    """Use of the programme to the month from the plan's start in which its works can begin."""
    stands: Mapping[str, float] = field(default_factory=dict)
    """Use of the programme to the month in which it is built, by the middle of its months of build."""
    opens: Mapping[str, Opening] = field(default_factory=dict)
    """Use of the programme to the month in which it may operate; its effects count from then on."""


class NearLimit(Struct, frozen=True):
    """A size so near one at which the law changes that a small change of the plan brings other law."""

    placement: Placement
    rule: Rule
    quantity: str
    """What both are told in."""
    amount: float
    limit: float
    is_reached: bool
    """Whether the rule holds at this size."""


class SwotItem(Struct, frozen=True):
    """One entry with the criterion, rule or risk it rests on."""

    kind: Literal["criterion", "rule", "risk", "stale_rule"]
    reference: str
    uses: tuple[str, ...]
    weight: float
    """What it is ordered by: weight points, uses touched, or a risk's score."""
    values: tuple[CriterionValue, ...] = ()
    gap: Gap | None = None
    """Of the use that lacks most."""
    origins: tuple[Origin, ...] = ()


class Swot(Struct, frozen=True):
    """Derived from passes, gaps, encouraged rules and fired risks; nothing is invented."""

    strengths: tuple[SwotItem, ...]
    weaknesses: tuple[SwotItem, ...]
    opportunities: tuple[SwotItem, ...]
    threats: tuple[SwotItem, ...]


CounselReason = Literal["conditional", "unverified"]


class CounselQuestion(Struct, frozen=True):
    """A rule that counsel should confirm before a project goes on."""

    rule: Rule
    uses: tuple[str, ...]
    reasons: tuple[CounselReason, ...]
    is_first_wave: bool
    """Whether a project of the first wave is among them."""


class OpenActivity(Struct, frozen=True):
    """An activity for which no rule was found, and the uses that carry it."""

    activity: str
    uses: tuple[str, ...]


class CounselList(Struct, frozen=True):
    """What to ask counsel."""

    questions: tuple[CounselQuestion, ...]
    open_activities: tuple[OpenActivity, ...]
