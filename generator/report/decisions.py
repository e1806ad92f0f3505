"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.changes import changes
from generator.report.lead import owner
from generator.report.projects import brought, counted
from generator.report.tasks import month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Difference, Step
    from generator.model.programme import Decision
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
            "by": month(0, assessment.region.plan_from, voice),
            "owner": _owner(one, voice),
        }
    )
    is_whole = one.kind == "programme"
    yes = _outcome(one.yes, voice)
    if one.kind == "signature":
        yes = voice.say("decision.signed", outcome=yes)
    first = assessment.programme.first
    return {
        **about,
        "yes": voice.say("decision.approve_yes", effects=brought(first.effects, voice))
        if is_whole
        else yes,
        "no": voice.say("decision.approve_no") if is_whole else _outcome(one.no, voice),
    }


def _asked(one: Decision, assessment: Assessment, voice: Voice) -> str:
    first = assessment.programme.first
    return voice.say(
        "decision.signatures" if one.count > 1 else f"decision.{one.kind}",
        count=counted(len(first.projects), voice),
        ceiling=voice.dash if one.amount is None else voice.about(one.amount),
        uses=voice.uses(one.uses),
        place=voice.dash if one.place is None else voice.name(one.place.name),
        signatures=one.count,
        types=voice.several([voice.choice("institution_type", kind) for kind in one.types], 2),
    )


def _owner(one: Decision, voice: Voice) -> str:
    """The office that would run the project; the meeting where it is about the programme."""
    if one.kind != "programme" and len(one.uses) == 1:
        return owner(one.uses[0], voice)
    return voice.say("decision.meeting")
