"""What must come before a project of the second wave, with the bodies that the workbook names."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from generator.report.bodies import either, several_bodies
from generator.report.conditions import gates_of
from generator.report.tables import inner
from generator.report.tasklist import goes_through
from generator.report.tasknumbers import numbered, numbers_of
from generator.report.taskrank import brings_about
from generator.report.unexplained import unexplained_load
from generator.report.voice import INDUSTRY

if TYPE_CHECKING:
    from generator.model import Assessment, Procedure
    from generator.model.programme import Placement, Precondition, Project
    from generator.report.task import Task
    from generator.report.voice import Voice

_KINDS = 2
_SIGNED = "signed"


def preconditions(
    project: Project, assessment: Assessment, voice: Voice, tasks: Sequence[Task] = ()
) -> str:
    """Everything that must come first, in one line; empty for the first wave.

    What law decides before all else comes first.

    Args:
        project: What waits.
        assessment: The results of one region.
        voice: Speaks.
        tasks: Those of the brief, where it is to name the task that settles each.
    """
    if not project.preconditions:
        return ""
    gates = gates_of(project.use_id, assessment)
    texts = [_gate(one, voice) for one in gates]
    texts += [
        _one(one, project, assessment, voice, is_gated=bool(gates)) for one in project.preconditions
    ]
    found = settling(project, assessment, voice)
    return voice.clauses(
        numbered(text, numbers_of(tasks, by, [project.use_id]), voice)
        for text, by in zip(texts, found, strict=True)
    )


def _gate(gate: Procedure, voice: Voice) -> str:
    """What law answers first, or the fact that is still to be shown, in few words."""
    fact = voice.text(gate.proviso)
    if fact:
        return voice.say("before.gate_fact", fact=fact)
    return voice.say("before.gate", procedure=inner(voice.name(gate.name)))


def settling(
    project: Project, assessment: Assessment, voice: Voice
) -> list[Callable[[Task], bool]]:
    """For each thing that must come first, in the order they are told, which tasks settle it."""
    if not project.preconditions:
        return []
    return [
        *(goes_through({one.procedure_id}) for one in gates_of(project.use_id, assessment)),
        *(settles(one, voice) for one in project.preconditions),
    ]


def settles(one: Precondition, voice: Voice) -> Callable[[Task], bool]:
    """Whether a task brings about what must come first."""
    if one.kind == "unknown":
        return lambda task: task.supplies == one.criterion_id
    return lambda task: task.action is not None and brings_about(task.action, one, voice.knowledge)


def awaited_then(one: Precondition, at: Placement, assessment: Assessment, voice: Voice) -> str:
    """What a project outside the programme would wait for at its place, in the same words."""
    return _one(one, at, assessment, voice, is_gated=False)


def only_data(projects: Sequence[Project], voice: Voice) -> str:
    """What has to be reported, and by whom, where projects wait for nothing else; empty otherwise."""
    waits = [one for project in projects for one in project.preconditions]
    if not waits or any(one.kind != "unknown" for one in waits):
        return ""
    by_office = {
        voice.say(
            "answer.unreported", office=voice.supplier(one.criterion_id),
            criterion=voice.lacking(one.criterion_id),
        ): None
        for one in waits
    }  # fmt: skip
    return voice.clauses(by_office)


def _one(
    one: Precondition,
    project: Placement | Project,
    assessment: Assessment,
    voice: Voice,
    *,
    is_gated: bool,
) -> str:
    if one.kind == "signature":
        return _signature(one, project, assessment, voice)
    if one.kind in {"money", "turn"}:
        return voice.say(f"before.{one.kind}_else" if is_gated else f"before.{one.kind}")
    if one.kind == "clearance":
        return voice.say("before.clearance", place=voice.name(project.place.name))
    if one.kind == "load":
        return voice.say("before.load", load=unexplained_load(assessment, voice))
    if one.kind == "criterion" and voice.knowledge.is_in_role(one.criterion_id, "institutions"):
        return _bodies(one, project, assessment, voice)
    criterion = voice.knowledge.criteria[one.criterion_id]
    key = voice.directed("before.criterion", one.criterion_id)
    if one.kind == "criterion" and _is_near(one, project, assessment):
        key = "before.near"
    if one.kind == "unknown":
        key = "before.unknown_industry" if criterion.group == INDUSTRY else "before.unknown"
    elif criterion.is_given:
        key = "before.given_industry" if criterion.group == INDUSTRY else "before.given"
    return voice.say(
        key, criterion=voice.name(criterion.name), office=voice.supplier(one.criterion_id),
        value=voice.amount(one.value, one.criterion_id),
        minimum=voice.amount(one.minimum, one.criterion_id),
    )  # fmt: skip


def _is_near(one: Precondition, project: Placement | Project, assessment: Assessment) -> bool:
    """Whether a value is as near to its minimum as one can measure, and its range spans that."""
    fact = next(
        part.value.fact
        for part in assessment.readiness.uses[project.use_id].contributions
        if part.requirement.criterion_id == one.criterion_id
    )
    if one.value is None or not one.minimum:
        return False
    # A value of several records has no range of its own; the grade of each is wider than this.
    low, high = fact.low or -math.inf, fact.high or math.inf
    exact = assessment.knowledge.assumed("grade_a_range_pct") / 100
    return low <= one.minimum <= high and abs(one.value / one.minimum - 1) <= exact


def _asked(
    project: Placement | Project, assessment: Assessment, types: tuple[str, ...]
) -> list[str]:
    """Bodies of the workbook that would join the use and have not signed, by English name."""
    return list(
        dict.fromkeys(
            row.origin.full
            for row in assessment.region.institutions
            if row.use == project.use_id and row.status != _SIGNED and row.type in types
        )
    )


def _named(
    project: Placement | Project, assessment: Assessment, types: tuple[str, ...], voice: Voice
) -> str:
    """The first bodies that could sign, by name; empty where the workbook names none."""
    wanted = _asked(project, assessment, types)
    rows = {row.origin.full: row for row in assessment.region.institutions}
    return several_bodies([rows[place] for place in wanted], voice) if wanted else ""


def _signature(
    one: Precondition, project: Placement | Project, assessment: Assessment, voice: Voice
) -> str:
    """A partner's signature: of a body by name, else of one of the kinds that would do."""
    body = _named(project, assessment, one.types, voice)
    if body:
        return voice.say("before.signature_named", names=body)
    key = "before.signature_of" if len(one.types) <= _KINDS else "before.signature"
    return voice.say(key, types=either(one.types, voice))


def _bodies(
    one: Precondition, project: Placement | Project, assessment: Assessment, voice: Voice
) -> str:
    """How many signatures are short, and of whom."""
    found = assessment.readiness.uses[project.use_id].signatures
    missing = max(found.missing, math.ceil((one.minimum or 0.0) - (one.value or 0.0) - 1e-9), 1)
    body = _named(project, assessment, voice.knowledge.needs[project.use_id].partner_types, voice)
    kinds = either(found.missing_types, voice) if found.missing_types else ""
    key = "before.bodies_named" if body else "before.bodies"
    if not body and not found.missing_types:
        key = "before.bodies_any"
    return voice.plural(key, missing, names=body, types=kinds)
