"""What sets an action off: a trigger, which is a kind and a reference.

`gap:<criterion>`: a project of either wave has that gap; a use that waits for signatures counts for
the signatures. `rule:<activity>`: a conditional rule in force bears on a project. `risk:<id>`: that
risk fired. `selected:<use or list>`: it is in the programme. `proposed:<use or list>`: it is in the
programme, waits for signatures, or could supply a project. `procedure:<id>`: that procedure is due.
`waits:<kind>`: a project of the second wave has a precondition of that kind. `compares:together`:
both waves chosen as one would be worth notably more than the first and then the second.
`idle:power`: more of the connection capacity stays unused than the
programme could take. `people:left`: people of closing trades find no post in the programme. `law:prohibited`: the comparators are barred where the region lies. `always`: every plan. Any of
several triggers is enough, and each keeps the uses that it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from generator.analysis.values import at_least
from generator.model import (
    Cause,
    DueProcedure,
    FiredRisk,
    Gap,
    Institution,
    Knowledge,
    Programme,
    Screening,
    UseReadiness,
)
from generator.model.facts import COMPARATORS
from generator.model.programme import TECHNICIANS


class Findings(Struct, frozen=True):
    """What may set an action off, and whose it is."""

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
    unplaced: float = 0.0
    """Free people of other roles whom no project takes up."""


def causes_of(triggers: Sequence[str], findings: Findings) -> tuple[Cause, ...]:
    """What each of an action's triggers finds; any of them sets it off."""
    parts = (trigger.partition(":") for trigger in triggers)
    found = (TRIGGERS[kind](reference, findings) for kind, _, reference in parts)
    return tuple(cause for cause in found if cause is not None)


def _by_gap(criterion_id: str, findings: Findings) -> Cause | None:
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


def _has_enough(use_id: str, gap: Gap, findings: Findings) -> bool:
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


def _by_rule(activity: str, findings: Findings) -> Cause | None:
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


def _by_risk(risk_id: str, findings: Findings) -> Cause | None:
    fired = findings.risks.get(risk_id)
    return Cause("risk", risk_id, fired.uses, fired.rules) if fired else None


def _by_selection(name: str, findings: Findings) -> Cause | None:
    uses = tuple(
        use_id
        for use_id in findings.programme.uses
        if name in {use_id, findings.knowledge.use(use_id).category}
    )
    return Cause("selected", name, uses) if uses else None


def _by_proposal(name: str, findings: Findings) -> Cause | None:
    proposed = (*findings.planned, *findings.prepared, *findings.suppliers)
    uses = tuple(use.use_id for use in proposed if name in {use.use_id, use.category})
    return Cause("proposed", name, uses) if uses else None


def _by_procedure(procedure_id: str, findings: Findings) -> Cause | None:
    due = findings.procedures.get(procedure_id)
    return Cause("procedure", procedure_id, due.uses) if due else None


def _by_precondition(kind: str, findings: Findings) -> Cause | None:
    uses = tuple(
        project.use_id
        for project in findings.programme.second.projects
        if any(one.kind == kind for one in project.preconditions)
    )
    return Cause("waits", kind, uses) if uses else None


def _by_comparison(kind: str, findings: Findings) -> Cause | None:
    """The projects of the first wave, whose sites the other plan would use otherwise."""
    programme, least = findings.programme, findings.knowledge.assumed("together_gap_pct") / 100
    other = programme.together
    if other is None or not programme.first.projects or other.share <= least:
        return None
    return Cause("compares", kind, ())


def _by_idle(kind: str, findings: Findings) -> Cause | None:
    """The whole plan, where its projects leave connection capacity that is worth keeping or giving back."""
    grid = findings.programme.idle_grid
    if grid is None or not grid.limit or not findings.programme.projects:
        return None
    left = grid.limit - grid.first - grid.second
    return Cause("idle", kind, ()) if left >= findings.knowledge.assumed("floor_power") else None


def _by_people(kind: str, findings: Findings) -> Cause | None:
    """The whole plan, where somebody is left without a post in it."""
    is_left = findings.unplaced >= 1 and bool(findings.programme.projects)
    return Cause("people", kind, ()) if is_left else None


def _by_law(effect: str, findings: Findings) -> Cause | None:
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


TRIGGERS: dict[str, Callable[[str, Findings], Cause | None]] = {
    "gap": _by_gap,
    "rule": _by_rule,
    "risk": _by_risk,
    "selected": _by_selection,
    "proposed": _by_proposal,
    "procedure": _by_procedure,
    "waits": _by_precondition,
    "compares": _by_comparison,
    "idle": _by_idle,
    "people": _by_people,
    "always": lambda _, __: Cause("always", "", ()),
    "law": _by_law,
}
"""The closed list of what may set an action off."""
