"""The action programme: what the findings set off, in an order that works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from msgspec.structs import replace

from generator.analysis.calendar import opening, stand, works_begin
from generator.analysis.causes import Findings, causes_of
from generator.analysis.holding import Hold, apart
from generator.analysis.schedule import GATES, Milestones, starts_of, waits_for
from generator.model import (
    Action,
    ActionPlan,
    Baseline,
    Bodies,
    Cause,
    Contribution,
    DueProcedure,
    FiredRisk,
    Institution,
    Knowledge,
    MonitoringRow,
    PlannedAction,
    Programme,
    Readiness,
    Screening,
    Use,
    UseReadiness,
)
from generator.model.programme import TECHNICIANS

_GOVERNMENT = "government"
_OF_LAW = frozenset({"rule", "procedure"})
"""Causes that a condition of the law stands behind."""
_NO_BASELINE = "none"
"""Marks an action whose indicator is not the criterion that sets it off."""


def plan_actions(
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    programme: Programme,
    risks: Sequence[FiredRisk],
    procedures: Sequence[DueProcedure],
    institutions: Sequence[Institution] = (),
    unplaced: float = 0.0,
    holds: Sequence[Hold] = (),
) -> ActionPlan:
    """The actions that the findings set off, each after those it waits for.

    Args:
        knowledge: Actions, their triggers and what they wait for.
        screening: The rules in force.
        readiness: Gaps of the projects, and what waits for signatures.
        programme: The projects of both waves.
        risks: The risks that fired.
        procedures: The procedures that are due.
        institutions: The region's own, which tasks name.
        unplaced: Free people of other roles whom no project takes up.
        holds: The projects that wait for a later choice between plans.

    Raises:
        ValueError: Actions of the catalogue wait for each other.
    """
    catalogue = {action.action_id: action for action in knowledge.actions}
    _refuse_circles(catalogue)
    findings = Findings(
        knowledge,
        screening,
        *_concerned(readiness, programme),
        programme,
        {one.risk.risk_id: one for one in risks},
        {one.procedure.procedure_id: one for one in procedures},
        tuple(institutions),
        unplaced,
    )
    causes = {
        key: found
        for key, action in catalogue.items()
        if (found := _causes(action, findings))
        # Where everybody has signed, nobody is asked to.
        and not (action.signs and _bodies(action, _uses_of(found), findings).is_settled)
    }
    split = apart({key: _planned(catalogue[key], causes, findings) for key in causes}, holds)
    planned = {
        key: replace(
            one, depends_on=tuple(dict.fromkeys(name for name, _ in waits_for(one, split)))
        )
        for key, one in split.items()
    }

    def laid_out(built: Milestones) -> tuple[PlannedAction, ...]:
        starts = starts_of(planned, programme.first.uses, built)
        return tuple(
            replace(planned[key], start_month=starts[key])
            for key in sorted(planned, key=lambda key: (starts[key], key))
        )

    # What waits for a building holds up none, so that the law's steps stand before the rest does.
    steps = laid_out(Milestones({}, {}))
    held = {use: hold.month for hold in holds for use in hold.uses}
    begins, opens = works_begin(programme, steps, held=held), opening(programme, steps, held)
    stands = stand(programme, begins)
    dated = Milestones(stands, {use: one.middle for use, one in opens.items()})
    ordered = _in_order(laid_out(dated))
    monitoring = tuple(_monitored(action) for action in ordered)
    return ActionPlan(ordered, monitoring, begins, stands, opens)


def _causes(action: Action, findings: Findings) -> tuple[Cause, ...]:
    """What sets an action off; a vote and an award are the first wave's, as long as there is one."""
    found, first = causes_of(action.trigger, findings), findings.programme.first.uses
    if action.stage not in GATES or not first:
        return found
    own = ((one, tuple(use for use in one.uses if use in first)) for one in found)
    return tuple(replace(one, uses=uses) for one, uses in own if uses or not one.uses)


def _concerned(
    readiness: Readiness, programme: Programme
) -> tuple[tuple[UseReadiness, ...], tuple[UseReadiness, ...], tuple[UseReadiness, ...]]:
    """Uses of both waves; those that wait for signatures; those that could feed a project."""
    planned = programme.uses
    waiting = [use_id for ids in readiness.prepare.values() for use_id in ids]
    feeding = {one.use_id for project in programme.projects for one in project.supplies}

    def scored(ids: Iterable[str]) -> tuple[UseReadiness, ...]:
        return tuple(readiness.uses[use_id] for use_id in ids if use_id in readiness.uses)

    return (
        scored(planned),
        scored(use_id for use_id in waiting if use_id not in planned),
        scored(sorted(feeding - set(planned) - set(waiting))),
    )


def _refuse_circles(catalogue: Mapping[str, Action]) -> None:
    """A circle is a fault of the catalogue, whether or not its actions fire here."""
    try:
        TopologicalSorter({key: one.depends_on for key, one in catalogue.items()}).prepare()
    except CycleError as circle:
        names = ", ".join(sorted(set(circle.args[1])))
        raise ValueError(f"actions wait for each other: {names}") from circle


def _in_order(actions: Sequence[PlannedAction]) -> tuple[PlannedAction, ...]:
    """By start, then id, except that nothing comes before an action it waits for."""
    waiting, ordered = list(actions), []
    done: set[str] = set()
    while waiting:
        ready = next(one for one in waiting if done.issuperset(one.depends_on))
        waiting.remove(ready)
        done.add(ready.action.action_id)
        ordered.append(ready)
    return tuple(ordered)


def _planned(
    action: Action, causes: Mapping[str, tuple[Cause, ...]], findings: Findings
) -> PlannedAction:
    """The action as it would start if it waited for nothing."""
    own = causes[action.action_id]
    parts = [part for cause in own if cause.kind == "gap" for part in _parts(cause, findings)]
    return PlannedAction(
        action=action,
        causes=own,
        depends_on=tuple(key for key in action.depends_on if key in causes),
        start_month=action.start_month,
        duration_months=action.duration_months,
        baseline=None if action.baseline == _NO_BASELINE else _baseline(parts),
        is_binding=any(cause.kind in _OF_LAW for cause in own)
        or any(part.requirement.hard_minimum for part in parts),
        raci=_raci(action, findings.knowledge),
        bodies=_bodies(action, _uses_of(own), findings),
    )


def _uses_of(causes: Sequence[Cause]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use_id for cause in causes for use_id in cause.uses))


def _bodies(action: Action, uses: Sequence[str], findings: Findings) -> Bodies:
    return bodies_of(action, uses, findings.institutions, findings.knowledge)


def _parts(cause: Cause, findings: Findings) -> list[Contribution]:
    """What the uses of a gap ask of its criterion, a project of what it takes at its size."""
    return [
        _at_size(part, findings)
        for use in (*findings.planned, *findings.prepared)
        if use.use_id in cause.uses
        for part in use.contributions
        if part.requirement.criterion_id == cause.reference
    ]


def _at_size(part: Contribution, findings: Findings) -> Contribution:
    need = part.requirement
    takes = findings.programme.technicians.get(need.use_id)
    if takes is None or not findings.knowledge.is_in_role(need.criterion_id, TECHNICIANS):
        return part
    return replace(part, requirement=replace(need, target=takes, minimum=min(need.minimum, takes)))


def _baseline(parts: Sequence[Contribution]) -> Baseline | None:
    """The value of the use that is furthest from its target."""

    def shortfall(part: Contribution) -> float:
        need = part.requirement
        sign = 1.0 if need.direction == "higher_better" else -1.0
        return sign * (need.target - (part.value.fact.value or 0.0))

    known = [part for part in parts if part.value.fact.value is not None]
    if not known:
        return None
    # The first of several is the one that stands first in the lists.
    worst = max(known, key=shortfall)
    need = worst.requirement
    return Baseline(need.use_id, worst.value, need.minimum, need.target)


def _raci(action: Action, knowledge: Knowledge) -> Mapping[str, str]:
    """Responsible, accountable, consulted, informed: government answers for what it takes part in."""
    involved = {action.owner_type, *action.partner_types}
    accountable = _GOVERNMENT if _GOVERNMENT in involved else action.owner_type

    def letters(owner_type: str) -> str:
        mark = "A" if owner_type == accountable else ""
        if owner_type == action.owner_type:
            return mark + "R"
        return mark or ("C" if owner_type in involved else "I")

    return {owner_type: letters(owner_type) for owner_type in knowledge.choices["owner_type"]}


def _monitored(action: PlannedAction) -> MonitoringRow:
    return MonitoringRow(
        action_id=action.action.action_id,
        indicator=action.action.indicator,
        baseline=action.baseline,
        target=action.action.target,
        owner_office=action.action.lead_office,
        first_check_month=action.end_month,
        is_binding=action.is_binding,
    )


_BY_STATUS = {"signed": 0, "intent": 1, "talks": 2}
"""Bodies that have signed, mean to or talk come first; all others as they stand on the sheet."""


def _partners(use: Use, knowledge: Knowledge) -> tuple[str, ...]:
    """Whoever else may join beside the key institutions."""
    need = knowledge.needs.get(use.use_id)
    partners = need.partner_types if need else ()
    return tuple(kind for kind in partners if kind not in use.key_institution_types)


FILLS: dict[str, Callable[[Use, Knowledge], tuple[str, ...]]] = {
    "key_institution_types": lambda use, _: use.key_institution_types,
    "partner_types": _partners,
}
"""The closed list of tokens that stand for types of institutions of a use."""


def bodies_of(
    action: Action, uses: Sequence[str], institutions: Sequence[Institution], knowledge: Knowledge
) -> Bodies:
    """The bodies that a task on account of some uses is about.

    A task that asks for signatures names those that have not signed; what a use has settled, it
    does not ask for.

    Args:
        action: Its `fills_from` says which types of institutions it is about.
        uses: Those on whose account it is planned.
        institutions: The region's sheet, each with the use it would join.
        knowledge: Uses with their key and partner types.
    """
    parts = [_of_use(action, use_id, institutions, knowledge) for use_id in uses]
    return Bodies(
        _nearest(chain.from_iterable(part.named for part in parts)),
        _nearest(chain.from_iterable(part.signed for part in parts)),
        tuple(chain.from_iterable(part.sought for part in parts)),
    )


def _of_use(
    action: Action, use_id: str, institutions: Sequence[Institution], knowledge: Knowledge
) -> Bodies:
    types = _types(action, knowledge.use(use_id), knowledge)
    listed = [row for row in institutions if row.use == use_id and row.type in types]
    held = {row.type for row in listed}
    if not action.signs:
        sought = () if listed else types
        return Bodies(tuple(listed), (), tuple((use_id, kind) for kind in sought))
    asked = tuple(row for row in listed if row.status != "signed")
    # Without a key institution nothing begins, whoever else may be asked.
    keys = set(knowledge.use(use_id).key_institution_types)
    sought = tuple(kind for kind in types if kind not in held and (not asked or kind in keys))
    signed = tuple(row for row in listed if row.status == "signed")
    return Bodies(asked, signed, tuple((use_id, kind) for kind in sought))


def _types(action: Action, use: Use, knowledge: Knowledge) -> tuple[str, ...]:
    """The types of institutions, tokens replaced by the list of the use that they stand for."""
    found: dict[str, None] = {}
    for name in action.fills_from:
        of_use = FILLS.get(name)
        found |= dict.fromkeys(of_use(use, knowledge) if of_use else (name,))
    return tuple(found)


def _nearest(rows: Iterable[Institution]) -> tuple[Institution, ...]:
    return tuple(sorted(rows, key=lambda row: _BY_STATUS.get(row.status, len(_BY_STATUS))))
