"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.alternatives import is_dear, noticed
from generator.report.funding import owner
from generator.report.projects import brought, counted
from generator.report.scenarios import changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Difference, PlannedAction, Step
    from generator.model.decisions import Decision
    from generator.report.voice import Voice

SHOWN = 3
"""Of a first page; the planning brief prints them all."""


def decision_rows(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The decisions asked: the programme itself, then those that change most.

    Args:
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    order = sorted(
        assessment.decisions, key=lambda one: (one.kind != "programme", -_weight(one, assessment))
    )
    rows = [
        *_preparation(assessment, voice), *(_decision(one, assessment, voice) for one in order)
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        voice.sentence(f"decision.{number}", "decision.whole", **row)
    return rows


def _weight(one: Decision, assessment: Assessment) -> float:
    """How much an answer changes, in shares of the attainable: the first wave, or both together."""
    coefficients: dict[str, float] = {
        item.effect: item.coefficient for item in assessment.programme.objectives
    }
    moved = math.fsum(
        coefficients.get(name, 0.0) * abs(change - one.no.effects.get(name, 0.0))
        for name, change in one.yes.effects.items()
    )
    return round(max(abs(one.yes.value - one.no.value), moved), 9)


def _preparation(assessment: Assessment, voice: Voice) -> Iterable[dict[str, str]]:
    """Whether the second wave is prepared, where there is nothing to begin."""
    first, second = assessment.programme.first, assessment.programme.second
    if first.projects or not second.projects:
        return
    yield {
        "decision": voice.say("decision.prepare", count=counted(len(second.projects), voice)),
        "by": month(0, assessment.region.plan_from, voice),
        "owner": voice.say("decision.meeting"),
        "yes": voice.say("decision.prepare_yes", effects=brought(second.effects, voice)),
        "no": voice.say("decision.approve_no"),
        "advice": voice.say("decision.advice_prepare"),
    }


def _about(step: Step, cost: float | None, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What a step is, who takes it and when it is done."""
    months = step.months.value
    name = voice.name(step.title)
    return {
        "decision": voice.say("decision.step", title=name)
        if cost is None
        else voice.say("decision.step_cost", title=name, cost=voice.own_millions(cost)),
        "by": voice.dash
        if months is None
        else month(max(0, round(months) - 1), assessment.region.plan_from, voice),
        "owner": voice.name(step.owner),
    }


def _stage(key: str, assessment: Assessment) -> str:
    """The wording for example values: on those a project is prepared, and no money is decided."""
    return f"{key}_draft" if assessment.confidence.is_illustrative else key


def _outcome(difference: Difference, voice: Voice) -> str:
    """What an answer changes in one line."""
    clauses = list(changes(difference, voice))
    return voice.say("clause.separator").join(clauses) or voice.say("decision.unchanged")


def _decision(one: Decision, assessment: Assessment, voice: Voice) -> dict[str, str]:
    about = (
        _about(one.step, one.amount, assessment, voice)
        if one.step is not None
        else {
            "decision": _asked(one, assessment, voice),
            "by": month(_asked_in(one, assessment), assessment.region.plan_from, voice),
            "owner": _owner(one, assessment, voice),
        }
    )
    return {
        **about,
        "yes": _yes(one, assessment, voice),
        "no": _no(one, assessment, voice),
        "advice": _advice(one, assessment, voice),
    }


def _asked_in(one: Decision, assessment: Assessment) -> int:
    """The month, 0 the first: projects are approved once what must be done before that is done.

    A signature is due when the task that asks for it ends.
    """
    asking = _asking(one, assessment)
    if asking is not None:
        return max(0, math.ceil(asking.end_month) - 1)
    if one.kind != "programme" or assessment.confidence.is_illustrative:
        return 0
    before = [
        step.end_month for step in assessment.action_plan.actions if step.action.before_approval
    ]
    return max(0, math.ceil(max(before, default=0.0)) - 1)


def _asking(one: Decision, assessment: Assessment) -> PlannedAction | None:
    """The task of the action plan that asks for a signature; the first of several."""
    if one.kind != "signature":
        return None
    return next(
        (
            task
            for task in assessment.action_plan.actions
            if task.action.signs and any(set(one.uses) & set(cause.uses) for cause in task.causes)
        ),
        None,
    )


def _yes(one: Decision, assessment: Assessment, voice: Voice) -> str:
    if one.kind == "programme":
        first = assessment.programme.first
        return voice.say(
            _stage("decision.approve_yes", assessment), effects=brought(first.effects, voice)
        )
    outcome = _outcome(one.yes, voice)
    return voice.say("decision.signed", outcome=outcome) if one.kind == "signature" else outcome


def _no(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """What a no leaves as it is, and why the yes is needed for more."""
    if one.kind == "programme":
        return voice.say("decision.approve_no")
    if one.kind == "clearance":
        place = voice.dash if one.place is None else voice.name(one.place.name)
        return voice.say("decision.no_clearance", place=place, uses=voice.uses(one.uses))
    begun = [use_id for use_id in one.uses if assessment.programme.wave_of(use_id)]
    if one.kind == "signature":
        key = "decision.no_signature_later" if begun else "decision.no_signature"
        return voice.say(key, uses=voice.uses(one.uses))
    for key, uses in (
        ("decision.no_step", one.yes.joins),
        ("decision.no_step_later", one.yes.earlier),
    ):
        if uses:
            return voice.say(key, uses=voice.uses(uses))
    return voice.say("decision.no_other")


def _advice(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """What the figures speak for, and why: gains and losses by the weights of the plan."""
    if one.kind == "programme":
        return _advice_to_begin(assessment, voice)
    effects = one.yes.effects
    separator = voice.say("effects.separator")
    first = assessment.programme.first.uses
    replaced = [use_id for use_id in (*one.yes.leaves, *one.yes.later) if use_id in first]
    if replaced and one.advice == "yes":
        return voice.say("decision.advice_instead", uses=voice.uses(replaced))
    gains = [voice.say(f"gain.{name}") for name in noticed(effects) if effects[name] > 0]
    losses = [voice.say(f"loss.{name}") for name in noticed(effects) if effects[name] < 0]
    key = f"decision.advice_{one.advice}"
    if one.advice == "level" and one.yes.earlier and not gains and not losses:
        key = "decision.advice_earlier"
    if one.advice != "level" and gains and losses:
        key += "_although"
    return voice.say(
        key, gains=separator.join(gains), losses=separator.join(losses),
        changes=separator.join((*gains, *losses)) or voice.say("effects.none"),
    )  # fmt: skip


def _advice_to_begin(assessment: Assessment, voice: Voice) -> str:
    """That nothing brings more at once, what the upper end asks for, and what two waves could bring."""
    found = assessment.programme
    limit = next(one.limit for one in found.limits if one.resource == "capex")
    over = 0.0 if limit is None else found.first.capital_range[1] - limit
    parts = [voice.say(_stage("decision.advice_programme", assessment))]
    if over > 0:
        parts.append(voice.say("decision.advice_over", over=voice.millions(over, upward=True)))
    if found.together is not None and is_dear(assessment):
        share = voice.percent(found.together.gain / found.together.value)
        parts.append(voice.say("decision.advice_together", share=share))
    return voice.say("clause.separator").join(parts)


def _asked(one: Decision, assessment: Assessment, voice: Voice) -> str:
    first = assessment.programme.first
    key = "decision.signatures" if one.count > 1 else f"decision.{one.kind}"
    return voice.say(
        _stage(key, assessment) if one.kind == "programme" else key,
        count=counted(len(first.projects), voice),
        ceiling=voice.dash if one.amount is None else voice.about(one.amount),
        uses=voice.uses(one.uses),
        place=voice.dash if one.place is None else voice.name(one.place.name),
        signatures=one.count,
        types=voice.several([voice.choice("institution_type", kind) for kind in one.types], 2),
    )


def _owner(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Who asks, or would run the project; the meeting where it is about the programme."""
    asking = _asking(one, assessment)
    if asking is not None:
        return voice.lead(asking.action.lead_office)
    if one.kind != "programme" and len(one.uses) == 1:
        return owner(one.uses[0], voice)
    return voice.say("decision.meeting")
