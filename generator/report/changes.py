"""Scenarios and planned steps: what each changes against the base case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Difference, ScenarioResult, Step, StepResult
    from generator.report.voice import Voice

_LISTED = (
    "law_changed", "became_viable", "lost_viability", "entered", "left", "added", "removed",
)  # fmt: skip
"""Changes in the order in which they follow from each other."""
_FIRST = 3
_DECISIONS = 2
_SMALL = 0.05
"""Points below which a change prints as nothing."""


def scenario_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `scenarios` fields: one row per scenario, and which hold and which do not."""
    results = assessment.scenarios
    return {
        "intro": voice.say("scenarios.intro") if results else "",
        "rows": [_scenario(one, assessment, voice) for one in results],
        "points": list(_summary(assessment, voice)),
    }


def _scenario(one: ScenarioResult, assessment: Assessment, voice: Voice) -> dict[str, object]:
    notes = dict.fromkeys(voice.name(change.note).rstrip(".。") for change in one.changes)
    effect = _effect(one, assessment, voice)
    is_idle = voice.said[f"scenario.{one.scenario_id}"].key != "scenario.effect"
    return {
        "name": voice.name(one.changes[0].name),
        "note": voice.say("clause.separator").join(notes),
        "effect": effect,
        "band": "absent" if is_idle else "conditional",
        **_counts(one, voice),
    }


def _counts(one: ScenarioResult, voice: Voice) -> dict[str, object]:
    """How many uses gain and lose a place, and the points gained or lost; dashes where not run."""
    found = one.difference
    pairs = {
        "viable": (found.became_viable, found.lost_viability),
        "listed": (found.entered, found.left),
        "chosen": (found.added, found.removed),
    }
    if not one.is_applicable:
        return dict.fromkeys((*pairs, "law", "gain", "moved"), voice.dash)
    points = [abs(change) for change in found.readiness.values() if abs(change) >= _SMALL]
    return {
        **{
            name: voice.say("change.places", gained=len(gained), lost=len(lost))
            if gained or lost
            else voice.say("change.nil")
            for name, (gained, lost) in pairs.items()
        },
        "law": voice.number(len(found.law_changed)),
        "gain": voice.number(found.benefit, 1) if abs(found.benefit) >= _SMALL else "0",
        "moved": voice.number(max(points), 1) if points else "0",
    }


def _effect(one: ScenarioResult, assessment: Assessment, voice: Voice) -> str:
    place = f"scenario.{one.scenario_id}"
    if not one.is_applicable:
        return voice.sentence(place, "scenario.not_applicable")
    clauses = [*changes(one.difference, voice), *_new_first(one, assessment, voice)]
    if not clauses:
        return voice.sentence(place, "scenario.no_change")
    return voice.sentence(
        place, "scenario.effect", clauses=voice.say("clause.separator").join(clauses)
    )


def changes(difference: Difference, voice: Voice) -> Iterable[str]:
    """What moves in law, viability, shortlist and portfolio, a clause each."""
    for kind in _LISTED:
        ids = getattr(difference, kind)
        if ids:
            names = voice.join(voice.use(use_id) for use_id in ids)
            yield voice.say(f"change.{kind}", uses=names, count=len(ids))
    for order in difference.reordered.values():
        first = voice.join(voice.use(use_id) for use_id in order[:_FIRST])
        yield voice.say("change.reordered", uses=first)
    if abs(difference.benefit) >= _SMALL:
        key = "change.benefit_up" if difference.benefit > 0 else "change.benefit_down"
        yield voice.say(key, points=voice.number(abs(difference.benefit), 1))
    moved = [abs(points) for points in difference.readiness.values() if abs(points) >= _SMALL]
    if moved:
        yield voice.say("change.readiness", count=len(moved), most=voice.number(max(moved), 1))


def _new_first(one: ScenarioResult, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The use most often first by benefit, where it is another than in the base case."""
    for category in LISTS:
        order = assessment.robustness.order("benefit", category)
        if order is None or category not in one.first:
            continue
        base = max(order.uses, key=lambda use: use.p_first).use_id
        now = one.first[category]
        if now != base:
            yield voice.say(
                "change.first", use=voice.use(now), base=voice.use(base),
                share=voice.percent(one.p_first[now]),
            )  # fmt: skip


def _summary(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The uses of the portfolio that stay in it in every scenario that can be run."""
    tried = [one for one in assessment.scenarios if one.is_applicable]
    selected = assessment.portfolio.selected
    if not tried or not selected:
        return
    firm = [use_id for use_id in selected if all(use_id in one.selected for one in tried)]
    key = "scenarios.firm" if firm else "scenarios.none_firm"
    yield voice.sentence(
        "scenarios.firm", key, count=len(tried),
        uses=voice.join(voice.use(use_id) for use_id in firm),
    )  # fmt: skip


# --- planned steps --------------------------------------------------------------------------------


def step_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `steps` fields: each planned step, all together, and what they make viable."""
    plan = assessment.steps
    return {
        "intro": voice.say("steps.intro") if plan.single else voice.sentence("steps", "steps.none"),
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
        "per_million": voice.number(one.points_per_million, 1),
        "cell": step.origin.full,
    }


def _opened(one: StepResult) -> tuple[str, ...]:
    """The uses that a step makes viable or brings onto a shortlist."""
    return tuple(dict.fromkeys((*one.difference.became_viable, *one.difference.entered)))


def _step_effect(one: StepResult, step: Step, voice: Voice) -> str:
    place = f"step.{step.origin}"
    if one.not_found:
        return voice.sentence(place, "step.not_found", record=step.applies_to)
    clauses = list(changes(one.difference, voice))
    if not clauses:
        return voice.sentence(place, "step.no_change")
    return voice.sentence(
        place, "scenario.effect", clauses=voice.say("clause.separator").join(clauses)
    )


def _together(assessment: Assessment, voice: Voice) -> Iterable[str]:
    found = assessment.steps.together
    if found is None:
        return
    clauses = list(changes(found.difference, voice))
    yield voice.sentence(
        "steps.together", "steps.together" if clauses else "steps.together_nothing",
        cost=voice.own_millions(found.cost),
        clauses=voice.say("clause.separator").join(clauses),
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


def decision_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """The planned steps that open a use, most portfolio benefit first: who, how much, how long."""
    opening = [one for one in assessment.steps.single if _opened(one)]
    opening.sort(
        key=lambda one: (-one.difference.benefit, one.cost or 0.0, str(one.steps[0].origin))
    )
    lines = []
    for one in opening[:_DECISIONS]:
        step = one.steps[0]
        lines.append(
            voice.sentence(
                f"decision.{step.origin}", "decision.step", title=voice.name(step.title),
                owner=voice.name(step.owner), months=voice.number(step.months.value, 0),
                cost=voice.own_millions(one.cost),
                uses=voice.join(voice.use(use_id) for use_id in _opened(one)),
            )
        )  # fmt: skip
    return lines
