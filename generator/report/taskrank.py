"""How much each task belongs to the programme, so that a brief tells what it needs most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.conditions import gates_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment, Knowledge, PlannedAction
    from generator.model.programme import Precondition

FIRST, BEFORE, WORKS, STEP, BINDING, DUE, LIMIT, LATER, LAST, OTHER, BESIDE = range(11)
"""What a place in the plan of a brief goes to first."""
FULL = 0.9
"""From this share of a limit on, a task that widens it belongs to the programme."""


def late(action: PlannedAction, rank: int) -> int:
    """Among what else the projects need, what waits for another task comes first."""
    if rank not in {OTHER, BESIDE}:
        return 0
    return 2 if action.because.kind == "proposed" else int(not action.depends_on)


def rank_of(
    action: PlannedAction, touched: Sequence[str], own: Sequence[str], assessment: Assessment
) -> int | None:
    """How much a task belongs to the programme; None where it does not.

    What only the second wave asks for comes after what the first one does, the law's part of it before
    what no law asks for.
    """
    uses = action.because.uses
    if not touched and (uses or not own):
        # Without any project, what every plan does is all that there is to do.
        return None if uses or own else LAST
    first = assessment.programme.first.uses or own
    is_later = bool(touched) and not any(use_id in first for use_id in touched)
    firsts = {assessment.knowledge.use(use_id).first_action for use_id in touched}
    if action.action.action_id in firsts:
        return LATER if is_later else FIRST
    if _comes_first(action, touched, assessment) or (
        is_later and _is_gate(action, touched, assessment)
    ):
        return LATER if assessment.programme.first.projects else FIRST
    if _is_passed(action) or action.because.kind in {"idle", "people"}:
        return BEFORE
    if action.action.optional:
        rank = OTHER
    elif action.action.signs:
        rank = BINDING if any(_must_sign(one, assessment) for one in touched) else OTHER
    elif action.is_binding or action.action.procedure_id:
        rank = BINDING if action.is_binding else DUE
    elif touched and any(one.reference in _full_limits(assessment) for one in action.causes):
        rank = LIMIT
    elif touched and _is_own(action, touched):
        rank = OTHER
    else:
        return None
    return (BESIDE if rank == OTHER else LAST) if is_later else rank


def _is_passed(action: PlannedAction) -> bool:
    """Whether every project passes it: what comes before the vote, the vote, and the award by law."""
    action_ = action.action
    is_award = action_.stage == "award" and not action_.optional
    return bool(action_.before_approval) or action_.stage in {"review", "vote"} or is_award


def _is_own(action: PlannedAction, touched: Sequence[str]) -> bool:
    """Whether what is built calls for a task, and not a whole list of what may be."""
    return action.because.kind == "selected" or any(
        cause.kind == "proposed" and cause.reference in touched for cause in action.causes
    )


def _must_sign(use_id: str, assessment: Assessment) -> bool:
    """Whether a project cannot begin without a signature that is missing; more are only wished for."""
    found = assessment.readiness.uses[use_id]
    return found.signatures.missing > 0 or any(
        gap.to_minimum > 0
        for gap in found.gaps
        if assessment.knowledge.is_in_role(gap.criterion_id, "institutions")
    )


def _comes_first(action: PlannedAction, touched: Sequence[str], assessment: Assessment) -> bool:
    """Whether a project of the second wave waits for what a task brings about."""
    return any(
        brings_about(action, one, assessment.knowledge)
        for project in assessment.programme.second.projects
        if project.use_id in touched
        for one in project.preconditions
    )


def _is_gate(action: PlannedAction, touched: Sequence[str], assessment: Assessment) -> bool:
    """Whether a task settles in law whether one of these projects can be built."""
    asked = {cause.reference for cause in action.causes if cause.kind == "procedure"}
    return any(
        one.procedure_id in asked for use_id in touched for one in gates_of(use_id, assessment)
    )


def brings_about(action: PlannedAction, one: Precondition, knowledge: Knowledge) -> bool:
    """Whether a task closes the gap, or asks for the signature, that must come first."""
    is_signature = one.kind == "signature" or (
        one.kind == "criterion" and knowledge.is_in_role(one.criterion_id, "institutions")
    )
    if is_signature:
        return bool(action.action.signs)
    if any(cause.kind == "waits" and cause.reference == one.kind for cause in action.causes):
        return True
    return one.kind == "criterion" and any(
        cause.kind == "gap" and cause.reference == one.criterion_id for cause in action.causes
    )


def _full_limits(assessment: Assessment) -> set[str]:
    """Criteria of the limits that the programme takes up nearly whole."""
    full = {
        one.resource
        for one in assessment.programme.limits
        if one.limit and (one.first + one.second) / one.limit >= FULL
    }
    return {key for key, one in assessment.knowledge.criteria.items() if one.role in full}
