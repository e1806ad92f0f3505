"""Planned steps: what each changes, what they do together, and which makes a use viable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.report.scenarios import changes

if TYPE_CHECKING:
    from generator.model import Assessment, Step, StepResult
    from generator.report.voice import Voice


def step_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `steps` fields: each planned step, all together, and what they make viable."""
    plan = assessment.steps
    return {
        "intro": voice.say("steps.intro") if plan.single else voice.sentence("steps", "steps.none"),
        "one": _only_step(plan.single[0], voice) if len(plan.single) == 1 else "",
        "rows": [_step(one, voice) for one in plan.single],
        "points": [*_together(assessment, voice), *_unlocked(assessment, voice)],
    }


def _step(one: StepResult, voice: Voice) -> dict[str, object]:
    step = one.steps[0]
    return {
        "title": voice.name(step.title),
        "cost": voice.own_millions(one.cost),
        "months": voice.number(step.months.value, 0),
        "owner": voice.name(step.owner),
        "effect": _step_effect(one, step, voice),
        "opens": voice.join(voice.use(use_id) for use_id in _opened(one)) or voice.dash,
        "points": voice.number(one.points, 1),
        "cell": step.origin.full,
    }


def _only_step(one: StepResult, voice: Voice) -> str:
    """The only planned step in a sentence; empty where its cost or its months are not known."""
    step, opened = one.steps[0], _opened(one)
    if step.months.value is None or not one.cost:
        return ""
    opens = (
        voice.say("steps.opens", uses=voice.join(voice.use(use_id) for use_id in opened))
        if opened
        else voice.say("steps.opens_none")
    )
    return voice.sentence(
        f"step.{step.origin}.only", "steps.only", title=voice.name(step.title),
        owner=voice.name(step.owner), cost=voice.own_millions(one.cost),
        months=voice.number(step.months.value, 0), opens=opens,
    )  # fmt: skip


def _opened(one: StepResult) -> tuple[str, ...]:
    """The uses that a step makes viable or brings into the programme or to an earlier wave."""
    found = one.difference
    return tuple(dict.fromkeys((*found.joins, *found.earlier, *found.became_viable)))


def _step_effect(one: StepResult, step: Step, voice: Voice) -> str:
    place = f"step.{step.origin}"
    if one.not_found:
        return voice.sentence(place, "step.not_found", record=step.applies_to)
    clauses = list(changes(one.difference, voice))
    if not clauses:
        return voice.sentence(place, "step.no_change")
    return voice.sentence(place, "scenario.effect", clauses=voice.clauses(clauses))


def _together(assessment: Assessment, voice: Voice) -> Iterable[str]:
    found = assessment.steps.together
    if found is None:
        return
    clauses = list(changes(found.difference, voice))
    yield voice.sentence(
        "steps.together", "steps.together" if clauses else "steps.together_nothing",
        cost=voice.own_millions(found.cost),
        clauses=voice.clauses(clauses),
    )  # fmt: skip


def _unlocked(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The cheapest steps that make a use viable, and the uses that no step does."""
    plan = assessment.steps
    for found in plan.unlocking:
        yield voice.sentence(
            f"unlock.{found.use_id}", "steps.unlock", use=voice.use(found.use_id),
            steps=voice.join(voice.name(step.title) for step in found.steps),
            cost=voice.own_millions(found.cost),
        )  # fmt: skip
    if plan.single and plan.out_of_reach:
        yield voice.sentence(
            "steps.out_of_reach", "steps.out_of_reach", count=len(plan.out_of_reach),
            uses=voice.join(voice.use(use_id) for use_id in plan.out_of_reach),
        )  # fmt: skip
