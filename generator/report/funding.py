"""Who leads a project, its first step, and whose money it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from generator.choices.known import asking
from generator.choices.votes import steps_asked
from generator.report.bodies import filled
from generator.report.voice import OF_SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, Bodies, Decision, DueProcedure, PlannedAction
    from generator.report.voice import Voice


_NAMED = 2
PAYS = "finance"
"""The office that names the source of public money."""
OPERATOR = "project_operator"
"""Whoever runs a project, as long as nobody is named."""
_UNMOVED = frozenset({OPERATOR, "governing_body", "chief_executive"})
"""Leads that no office of a project takes over."""
_OF_ONE = frozenset({"rule", "procedure", "law"})
"""Causes of tasks that belong to the project which sets them off: law, and what its site lacks. Staff,
prices and lines are the region's, and the whole plan is not one project's."""
_ASKED = frozenset({"legal_counsel", "independent_assessor", "power_company"})
"""Third parties, who give an opinion or what they alone can give, and carry nothing out for an office."""


class Beside(NamedTuple):
    """Who stands beside the lead of a task."""

    told: str
    """All of them in words."""
    doing: str = ""
    """Of these who carries it out, where somebody only supports it."""
    supporting: str = ""
    """Of these who is no authority; empty for nobody."""


def owner(use_id: str, voice: Voice) -> str:
    """The one office that every document names for a use."""
    return voice.lead(voice.knowledge.use(use_id).owner_office)


def lead_of(
    task: PlannedAction, uses: Sequence[str], voice: Voice, *, alone: bool = False
) -> str:  # fmt: skip
    """The office that leads a task; who would run a project is who asks others to sign for it.

    Args:
        task: A planned action. Where whoever runs a project would take it up, the office leads that
            leads the project, since nobody is named yet.
        uses: Those on whose account it is named.
        voice: Names offices.
        alone: Whether it is for nobody else: what only one project needs is led by its office.
    """
    is_of_project = task.action.lead_office == OPERATOR or _is_handed(
        task, uses, voice, alone=alone
    )
    if not (is_of_project or (task.action.signs and uses)):
        return voice.lead(task.action.lead_office)
    owners = list(dict.fromkeys(owner(use_id, voice) for use_id in uses))
    if task.action.signs and not is_of_project:
        return voice.join(owners)
    return owners[0] if len(owners) == 1 else voice.say("office.each_lead")


def _is_handed(
    task: PlannedAction, uses: Sequence[str], voice: Voice, *, alone: bool
) -> bool:  # fmt: skip
    """Whether a task goes to the office of its only project; what is decided or read stays where it is."""
    cause = task.because
    criterion = voice.knowledge.criteria.get(cause.reference) if cause.kind == "gap" else None
    is_own = cause.kind in _OF_ONE or (criterion is not None and criterion.group == OF_SITES)
    return alone and len(uses) == 1 and is_own and task.action.lead_office not in _UNMOVED


def filer(due: DueProcedure, use_id: str, voice: Voice) -> str:
    """The office of a procedure; where that is whoever runs the project, the office that leads it."""
    office = due.procedure.lead_office
    return owner(use_id, voice) if office == OPERATOR else voice.lead(office)


def runs(use_id: str, voice: Voice) -> str:
    """Who would run a project: what the catalogue calls its operator, else the body that leads it."""
    use = voice.knowledge.use(use_id)
    is_known = use.operator_office not in {"", OPERATOR, use.owner_office}
    return voice.office(use.operator_office) if is_known else owner(use_id, voice)


def carried_out_by(
    task: PlannedAction, uses: Sequence[str], bodies: Bodies, voice: Voice, *, alone: bool = False
) -> Beside:  # fmt: skip
    """Who carries a task out beside its lead.

    The operator of a single project is named as what it is; where that is the lead itself, the
    first of the other offices stands. An office that gave the lead to that of its only project
    stands here before it.

    Args:
        task: A planned action.
        uses: Those on whose account it is named.
        bodies: Who is named in it.
        voice: Names offices.
        alone: Whether it is for nobody else.
    """
    action = task.action
    lead = lead_of(task, uses[:1] if action.signs else uses, voice, alone=alone)
    handed = voice.lead(action.lead_office) if _is_handed(task, uses, voice, alone=alone) else lead
    first = (OPERATOR,) if action.lead_office == OPERATOR else ()
    found = "" if handed == lead else handed
    for key in (*first, action.responsible_office, *action.joint_offices):
        name = (
            _operators(uses, voice) if key == OPERATOR else filled(voice.office(key), bodies, voice)
        )
        if name not in lead and name != found:
            is_run = key == OPERATOR and len(uses) == 1
            office = voice.knowledge.use(uses[0]).operator_office if is_run else key
            outside = name if outsider(office, voice) else ""
            told = supports(name, voice) if key in _ASKED or outside else name
            if found:
                return Beside(voice.join((found, told)), found, outside)
            return Beside(told, "", outside)
    return Beside(found or voice.dash)


def supports(name: str, voice: Voice) -> str:
    """Who gives what it alone can give, as a cell says it beside the lead."""
    return voice.say("office.supporting", office=name)


def outsider(office_key: str, voice: Voice) -> str:
    """An office that is no authority and is told by none, such as a bank or a school; else empty."""
    if office_key in {"", OPERATOR}:
        return ""
    office = voice.knowledge.office(office_key)
    return "" if office.directed or office.kind == "public" else voice.office(office_key)


def _operators(uses: Sequence[str], voice: Voice) -> str:
    """Who would run a project; of several, or of the whole plan, the body that leads each."""
    return runs(uses[0], voice) if len(uses) == 1 else voice.say("office.each_lead")


def of_programme(task: PlannedAction, assessment: Assessment) -> tuple[str, ...]:
    """The projects on whose account a task is named."""
    return tuple(one for one in assessment.programme.uses if one in task.because.uses)


def first_step(use_id: str, assessment: Assessment) -> PlannedAction | None:
    """The use's own first step; where nothing sets it off, the earliest action on its account.

    Of several that start together it is the binding one, then the most its own.
    """
    first = assessment.knowledge.use(use_id).first_action
    own = [one for one in assessment.action_plan.actions if use_id in one.because.uses]
    return min(
        own,
        key=lambda one: (
            one.action.action_id != first, one.start_month, not one.is_binding,
            len(one.because.uses), one.action.action_id,
        ),
        default=None,
    )  # fmt: skip


def lead_of_signature(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Who asks for a signature."""
    task = asking(one, assessment)
    return owner(one.uses[0], voice) if task is None else lead_of(task, one.uses[:1], voice)


def funding_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """What the first wave and the planned steps cost, and whose money is named for it."""
    return [*_programme(assessment, voice), *steps_lines(assessment, voice)]


def mixed(voice: Voice) -> frozenset[str]:
    """Sources that stand for several at once."""
    return frozenset(voice.texts.words("spending.mixed_sources"))


def _programme(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the first wave costs beside the money that there is, and whose it is."""
    first = assessment.programme.first
    if not first.projects:
        return
    need = voice.about(*first.capital_range)
    stated = [one for one in assessment.region.limits if one.resource == "capex"]
    given = math.fsum(one.amount.value for one in stated if one.amount.value is not None)
    limit = assessment.programme.money_limit
    if given and voice.money_in.basis == "none":
        yield voice.sentence(
            "funding.programme", "funding.no_rate", need=need, limit=voice.own_millions(given)
        )
        return
    if not stated or limit is None:
        yield voice.sentence("funding.programme", "funding.no_limit", need=need)
        return
    sources = [voice.choice("funds", one.source_of_funds) for one in stated if one.source_of_funds]
    key = "funding.limit" if sources else "funding.no_source"
    if {one.source_of_funds for one in stated} <= mixed(voice):
        key = "funding.mixed"
    yield voice.sentence(
        "funding.programme", key, need=need,
        limit=voice.millions(limit), source=voice.join(dict.fromkeys(sources)),
    )  # fmt: skip


def steps_lines(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The costs of the planned steps by the source named for each."""
    sums: dict[str, float] = {}
    for step in assessment.region.steps:
        if step.cost.value is not None:
            sums[step.funding_source] = sums.get(step.funding_source, 0.0) + step.cost.value
    if not sums:
        return
    parts = [
        voice.say(
            "funding.part", amount=voice.own_millions(amount),
            source=voice.choice("funds", source) if source else voice.say("funding.open"),
        )
        for source, amount in sorted(sums.items(), key=lambda item: (not item[0], -item[1]))
    ]  # fmt: skip
    planned = assessment.region.steps
    yield voice.sentence(
        "funding.steps", voice.plural_key("funding.steps", len(planned)), total=voice.own_millions(math.fsum(sums.values())),
        parts=voice.join(parts), count=len(planned), changing=_changing(assessment, voice),
        released="" if steps_asked(assessment) else voice.say("funding.steps_unreleased"),
        names=voice.join(voice.name(step.title) for step in planned[:_NAMED]),
    )  # fmt: skip


def _changing(assessment: Assessment, voice: Voice) -> str:
    """How many planned steps would change the programme by these figures, each by itself."""
    changing = [
        one
        for one in assessment.decisions
        if one.step is not None
        and (one.yes.joins or one.yes.leaves or one.yes.earlier or one.yes.later or one.yes.resized)
    ]
    if len(assessment.region.steps) == 1:
        return voice.say("funding.step_changing" if changing else "funding.step_idle")
    if not changing:
        return voice.say("funding.steps_idle")
    return voice.plural("funding.steps_changing", len(changing))
