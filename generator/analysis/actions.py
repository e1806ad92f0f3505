"""The action programme: what the findings set off, in an order that works.

A trigger of an action is a kind and a reference. `gap:<criterion>`: a project of either wave has
that gap; a use that waits for signatures counts for the signatures. `rule:<activity>`: a conditional
rule in force bears on a project. `risk:<id>`: that risk fired. `selected:<use or list>`: it is in
the programme. `proposed:<use or list>`: it is in the programme, waits for signatures, or could
supply a project. `procedure:<id>`: that procedure is due. `law:prohibited`: the comparators are barred where the region lies. `always`: every plan. Any
of several triggers is enough, and each keeps the uses that it speaks of.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from generator.analysis.bodies import bodies_of
from generator.analysis.calendar import stand, works_begin
from generator.analysis.values import at_least
from generator.model import (
    ActionPlan,
    Baseline,
    Cause,
    MonitoringRow,
    PlannedAction,
)
from generator.model.facts import COMPARATORS
from generator.model.programme import TECHNICIANS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.model import (
        Action,
        Bodies,
        Contribution,
        DueProcedure,
        FiredRisk,
        Gap,
        Institution,
        Knowledge,
        Programme,
        Readiness,
        Screening,
        UseReadiness,
    )

_GOVERNMENT = "government"
_OF_LAW = frozenset({"rule", "procedure"})
"""Causes that a condition of the law stands behind."""
_NO_BASELINE = "none"
"""Marks an action whose indicator is not the criterion that sets it off."""


@dataclass(frozen=True, slots=True)
class _Findings:
    knowledge: Knowledge
    screening: Screening
    planned: tuple[UseReadiness, ...]
    """Uses of both waves."""
    prepared: tuple[UseReadiness, ...]
    """Uses that wait for signatures: first their bodies are asked."""
    suppliers: tuple[UseReadiness, ...]
    """Uses that could feed a project."""
    programme: Programme
    risks: Mapping[str, FiredRisk]
    procedures: Mapping[str, DueProcedure]
    institutions: tuple[Institution, ...]


def plan_actions(
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    programme: Programme,
    risks: Sequence[FiredRisk],
    procedures: Sequence[DueProcedure],
    institutions: Sequence[Institution] = (),
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

    Raises:
        ValueError: Actions of the catalogue wait for each other.
    """
    catalogue = {action.action_id: action for action in knowledge.actions}
    _refuse_circles(catalogue)
    planned, prepared, suppliers = _concerned(readiness, programme)
    findings = _Findings(
        knowledge,
        screening,
        planned,
        prepared,
        suppliers,
        programme,
        {one.risk.risk_id: one for one in risks},
        {one.procedure.procedure_id: one for one in procedures},
        tuple(institutions),
    )
    causes = {
        key: found
        for key, action in catalogue.items()
        if (found := _causes(action.trigger, findings))
        # Where everybody has signed, nobody is asked to.
        and not (action.signs and _bodies(action, _uses_of(found), findings).is_settled)
    }

    def laid_out(stands: Mapping[str, float]) -> tuple[PlannedAction, ...]:
        starts = _starts(catalogue, causes, stands)
        return tuple(
            _planned(catalogue[key], causes, starts[key], findings)
            for key in sorted(causes, key=lambda key: (starts[key], key))
        )

    # What waits for a building holds up none, so that the law's steps stand before the rest does.
    begins = works_begin(programme, laid_out({}))
    stands = stand(programme, begins)
    ordered = _in_order(laid_out(stands))
    monitoring = tuple(_monitored(action) for action in ordered)
    return ActionPlan(ordered, monitoring, begins, stands)


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


# --- triggers -------------------------------------------------------------------------------------


def _causes(triggers: Sequence[str], findings: _Findings) -> tuple[Cause, ...]:
    """What each of an action's triggers finds; any of them sets it off."""
    parts = (trigger.partition(":") for trigger in triggers)
    found = (TRIGGERS[kind](reference, findings) for kind, _, reference in parts)
    return tuple(cause for cause in found if cause is not None)


def _by_gap(criterion_id: str, findings: _Findings) -> Cause | None:
    """Known shortfalls of the target; a key institution that has not signed is one as well.

    What is given, or lies at a size that the law bars, is nobody's task.
    """
    criterion = findings.knowledge.criteria.get(criterion_id)
    if criterion is None:
        return None
    counts_signatures = criterion.role == "institutions"
    uses = tuple(
        use.use_id
        for use in (*findings.planned, *(findings.prepared if counts_signatures else ()))
        if any(
            gap.criterion_id == criterion_id
            and gap.to_target > 0
            and not gap.is_given
            and not _has_enough(use.use_id, gap, findings)
            for gap in use.gaps
        )
        or (counts_signatures and use.signatures.missing > 0)
        or (counts_signatures and _awaits_signature(use.use_id, findings.programme))
    )
    return Cause("gap", criterion_id, uses) if uses else None


def _has_enough(use_id: str, gap: Gap, findings: _Findings) -> bool:
    """Whether what a project takes at its size is there, though a unit of its use asks for more."""
    takes = findings.programme.technicians.get(use_id)
    grows = findings.knowledge.is_in_role(gap.criterion_id, TECHNICIANS)
    return grows and takes is not None and at_least(gap.value, takes)


def _awaits_signature(use_id: str, programme: Programme) -> bool:
    """Whether a project of the second wave waits for any of its partners to sign."""
    return any(
        one.kind == "signature"
        for project in programme.second.projects
        if project.use_id == use_id
        for one in project.preconditions
    )


def _by_rule(activity: str, findings: _Findings) -> Cause | None:
    uses, rules = [], set()
    for use in findings.planned:
        conditional = {
            rule.rule_id
            for finding in findings.screening.of_use(use.use_id).findings
            for rule in finding.rules
            if finding.activity == activity and rule.effect == "conditional"
        }
        rules |= conditional
        if conditional:
            uses.append(use.use_id)
    return Cause("rule", activity, tuple(uses), tuple(sorted(rules))) if uses else None


def _by_risk(risk_id: str, findings: _Findings) -> Cause | None:
    fired = findings.risks.get(risk_id)
    return Cause("risk", risk_id, fired.uses, fired.rules) if fired else None


def _by_selection(name: str, findings: _Findings) -> Cause | None:
    uses = tuple(
        use_id
        for use_id in findings.programme.uses
        if name in {use_id, findings.knowledge.use(use_id).category}
    )
    return Cause("selected", name, uses) if uses else None


def _by_proposal(name: str, findings: _Findings) -> Cause | None:
    proposed = (*findings.planned, *findings.prepared, *findings.suppliers)
    uses = tuple(use.use_id for use in proposed if name in {use.use_id, use.category})
    return Cause("proposed", name, uses) if uses else None


def _by_procedure(procedure_id: str, findings: _Findings) -> Cause | None:
    due = findings.procedures.get(procedure_id)
    return Cause("procedure", procedure_id, due.uses) if due else None


def _by_law(effect: str, findings: _Findings) -> Cause | None:
    """Comparators that have this status where the region lies."""
    barred = [
        findings.screening.uses[use.use_id]
        for use in findings.knowledge.uses
        if use.category == COMPARATORS and findings.screening.uses[use.use_id].status == effect
    ]
    rules = {
        rule.rule_id
        for use in barred
        for finding in use.findings
        for rule in finding.rules
        if rule.effect == effect
    }
    uses = tuple(use.use_id for use in barred)
    return Cause("law", effect, uses, tuple(sorted(rules))) if uses else None


TRIGGERS: dict[str, Callable[[str, _Findings], Cause | None]] = {
    "gap": _by_gap,
    "rule": _by_rule,
    "risk": _by_risk,
    "selected": _by_selection,
    "proposed": _by_proposal,
    "procedure": _by_procedure,
    "always": lambda _, __: Cause("always", "", ()),
    "law": _by_law,
}
"""The closed list of what may set an action off."""


# --- order ----------------------------------------------------------------------------------------


def _refuse_circles(catalogue: Mapping[str, Action]) -> None:
    """A circle is a fault of the catalogue, whether or not its actions fire here."""
    try:
        TopologicalSorter({key: one.depends_on for key, one in catalogue.items()}).prepare()
    except CycleError as circle:
        names = ", ".join(sorted(set(circle.args[1])))
        raise ValueError(f"actions wait for each other: {names}") from circle


def _starts(
    catalogue: Mapping[str, Action],
    fired: Mapping[str, tuple[Cause, ...]],
    built: Mapping[str, float],
) -> dict[str, float]:
    """The month each fired action can start: its own, or the end of the last it waits for.

    What waits for works starts when the first that it is about stands; what belongs to them ends then.
    """
    waits = {key: [one for one in catalogue[key].depends_on if one in fired] for key in fired}
    starts: dict[str, float] = {}
    for key in TopologicalSorter(waits).static_order():
        ends = [starts[one] + catalogue[one].duration_months for one in waits[key]]
        stands = [built[use] for use in _uses_of(fired[key]) if use in built]
        own = _own_start(catalogue[key], math.ceil(min(stands)) if stands else None)
        starts[key] = max([own, *ends])
    return starts


def _own_start(action: Action, stands: int | None) -> float:
    """The month in which an action could start if it waited for no other.

    Args:
        action: Of the catalogue, whose month is that of a plan without works.
        stands: The month in which the first of its projects stands; None while none is laid out.
    """
    if stands is None or action.stage not in {"in_works", "after_works"}:
        return action.start_month
    if action.stage == "in_works":
        return max(0.0, stands - action.duration_months)
    return max(action.start_month, stands)


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


# --- one action -----------------------------------------------------------------------------------


def _planned(
    action: Action,
    causes: Mapping[str, tuple[Cause, ...]],
    start: float,
    findings: _Findings,
) -> PlannedAction:
    own = causes[action.action_id]
    parts = [part for cause in own if cause.kind == "gap" for part in _parts(cause, findings)]
    return PlannedAction(
        action=action,
        causes=own,
        depends_on=tuple(key for key in action.depends_on if key in causes),
        start_month=start,
        duration_months=action.duration_months,
        baseline=None if action.baseline == _NO_BASELINE else _baseline(parts),
        is_binding=any(cause.kind in _OF_LAW for cause in own)
        or any(part.requirement.hard_minimum for part in parts),
        raci=_raci(action, findings.knowledge),
        bodies=_bodies(action, _uses_of(own), findings),
    )


def _uses_of(causes: Sequence[Cause]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use_id for cause in causes for use_id in cause.uses))


def _bodies(action: Action, uses: Sequence[str], findings: _Findings) -> Bodies:
    return bodies_of(action, uses, findings.institutions, findings.knowledge)


def _parts(cause: Cause, findings: _Findings) -> list[Contribution]:
    """What the uses of a gap ask of its criterion, a project of what it takes at its size."""
    return [
        _at_size(part, findings)
        for use in (*findings.planned, *findings.prepared)
        if use.use_id in cause.uses
        for part in use.contributions
        if part.requirement.criterion_id == cause.reference
    ]


def _at_size(part: Contribution, findings: _Findings) -> Contribution:
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
