"""When it is known whether what another plan waits for has come about: steps, signatures, minimums."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.choices.filing import ASKED
from generator.choices.votes import approved_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, PlannedAction, Step
    from generator.model.decisions import Decision
    from generator.model.programme import Precondition, Together

KINDS = ("signature", "unknown", "criterion", "clearance")
"""What a project may wait for, in the order in which it is told."""


def known_in(one: Decision, assessment: Assessment) -> int | None:
    """The month, 0 the first, in which it is known whether a decision's condition came about.

    A step takes its months, a signature the task that asks for it, or as long as such a task takes;
    None where the workbook does not say.
    """
    if one.kind == "step":
        months = None if one.step is None else one.step.months.value
        if one.step is None or months is None:
            return None
        return _last(step_start(one.step, assessment) + months)
    if one.kind != "signature":
        return None
    task = asking(one, assessment)
    if task is not None:
        return _last(task.end_month)
    role = assessment.knowledge.in_role("institutions")
    return None if role is None else _closed(role.criterion_id, assessment)


def awaited_in(one: Decision, assessment: Assessment) -> int | None:
    """The month by which a plan to choose knows whether its condition came about, 0 the first.

    Of a signature a letter of intent suffices for the choice: it takes as long as a first step, from
    the start of the task that asks for the signature.
    """
    if one.kind != "signature":
        return known_in(one, assessment)
    task = asking(one, assessment)
    return _asked_for(assessment) if task is None else _letter(task.start_month, task.end_month)


def step_start(step: Step, assessment: Assessment) -> float:
    """The month from the plan's start from which a planned step of the workbook may begin.

    What costs nothing begins at once. The rest is put to the first vote with its cost, as what another
    plan waits for, and begins once that vote was held and its money is named.
    """
    if not step.cost.value:
        return 0.0
    plan = assessment.action_plan.actions
    named = max((one.end_month for one in plan if one.action.paid == "names"), default=0.0)
    return max(named, approved_in(assessment) + 1.0)


def kinds_of(other: Together, assessment: Assessment) -> dict[str, int | None]:
    """What the projects planned as one wait for that the proposal does not plan, with its month.

    By kind: the task that closes a gap or asks for a signature may not be in the plan, so that the
    month is that in which it would end. None where nothing says how long it takes.
    """
    known, every = assessment.knowledge, assessment.programme.candidates
    found: dict[str, list[int | None]] = {}
    for one in other.second:
        if one.use_id in assessment.programme.uses:
            continue
        use = every[one.use_id]
        signs = [key for key in use.missed if known.is_in_role(key, "institutions")]
        if use.lacks_partner or signs:
            found.setdefault("signature", []).append(_asked_for(assessment))
        for key in use.missed:
            if key not in signs:
                found.setdefault("criterion", []).append(_closed(key, assessment))
        if use.unknown:
            found.setdefault("unknown", []).append(ASKED - 1)
        if not one.place.is_cleared:
            found.setdefault("clearance", []).append(None)
    return {key: latest(found[key]) for key in KINDS if key in found}


def known_for(one: Precondition, assessment: Assessment) -> int | None:
    """The month by which it is known whether something came about that a use outside the plan waits for."""
    if one.kind in {"unknown", "load"}:
        return ASKED - 1
    if one.kind == "signature":
        return _asked_for(assessment)
    return _closed(one.criterion_id, assessment) if one.kind == "criterion" else None


def latest(months: Iterable[int | None]) -> int | None:
    """The last of the months that are known; None without one."""
    return max((one for one in months if one is not None), default=None)


def asking(one: Decision, assessment: Assessment) -> PlannedAction | None:
    """The task of the action plan that asks for a signature.

    Of several the last: it asks for what begins the works, an agreement to cooperate comes before it.
    """
    if one.kind != "signature":
        return None
    tasks = (
        task
        for task in assessment.action_plan.actions
        if task.action.signs and any(set(one.uses) & set(cause.uses) for cause in task.causes)
    )
    return max(tasks, key=lambda task: task.end_month, default=None)


def _last(end: float) -> int:
    """The month, 0 the first, in which something ends that lasts to the end of so many."""
    return max(0, math.ceil(end) - 1)


def _letter(start: float, end: float) -> int:
    """The month, 0 the first, by which a letter of intent is there, of a task that asks for a signature."""
    return _last(min(end, start + ASKED))


def _asked_for(assessment: Assessment) -> int | None:
    """When the last letter of intent is there, were all tasks that ask for a signature begun in their month."""
    role = assessment.knowledge.in_role("institutions")
    return latest(
        _letter(one.start_month, one.start_month + one.duration_months)
        for one in assessment.knowledge.actions
        if role is not None and f"gap:{role.criterion_id}" in one.trigger
    )


def _closed(criterion_id: str, assessment: Assessment) -> int | None:
    """When the last task ends that closes a gap, were it begun in the month of the catalogue."""
    ends = (
        one.start_month + one.duration_months
        for one in assessment.knowledge.actions
        if f"gap:{criterion_id}" in one.trigger
    )
    return latest(map(_last, ends))
