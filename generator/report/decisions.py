"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.changes import changes
from generator.report.lead import owner
from generator.report.projects import brought, counted
from generator.report.tasks import month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Difference, Step, StepResult
    from generator.model.programme import Decision
    from generator.report.voice import Voice

_MOST = 5
_STEPS = 2


def decision_rows(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The decisions of the analysis; without any, the programme and the steps that change it."""
    rows = [_decision(one, assessment, voice) for one in assessment.decisions] or [
        *_approval(assessment, voice), *_steps(assessment, voice)
    ]  # fmt: skip
    for number, row in enumerate(rows[:_MOST], start=1):
        voice.sentence(f"decision.{number}", "decision.whole", **row)
    return rows[:_MOST]


def _approval(assessment: Assessment, voice: Voice) -> Iterable[dict[str, str]]:
    """Whether the first wave is begun, with its ceiling; without one, whether any is prepared."""
    first, second = assessment.programme.first, assessment.programme.second
    if not first.projects and second.projects:
        yield {
            "decision": voice.say("decision.prepare", count=counted(len(second.projects), voice)),
            "by": month(0, assessment.region.plan_from, voice),
            "owner": voice.say("decision.meeting"),
            "yes": voice.say("decision.prepare_yes", effects=brought(second.effects, voice)),
            "no": voice.say("decision.approve_no"),
        }
    if not first.projects:
        return
    yield {
        "decision": voice.say(
            "decision.approve", count=counted(len(first.projects), voice),
            ceiling=voice.about(_ceiling(assessment)),
        ),
        "by": month(0, assessment.region.plan_from, voice),
        "owner": voice.say("decision.meeting"),
        "yes": voice.say("decision.approve_yes", effects=brought(first.effects, voice)),
        "no": voice.say("decision.approve_no"),
    }  # fmt: skip


def _ceiling(assessment: Assessment) -> float:
    """The capital to ask for: the 90th percentile, or the upper ends while costs were not drawn."""
    found = assessment.programme
    capital = found.firmness.capital if found.firmness else None
    return found.first.capital_range[1] if capital is None else capital.p90


def _steps(assessment: Assessment, voice: Voice) -> Iterable[dict[str, str]]:
    """The planned steps that change the programme, the most value first."""
    found = [one for one in assessment.steps.single if one.difference.changes_programme]
    found.sort(
        key=lambda one: (-one.difference.value, one.cost or 0.0, str(one.steps[0].origin))
    )  # fmt: skip
    for one in found[:_STEPS]:
        yield _step(one, assessment, voice)


def _step(one: StepResult, assessment: Assessment, voice: Voice) -> dict[str, str]:
    return {
        **_about(one.steps[0], one.cost, assessment, voice),
        "yes": _outcome(one.difference, voice),
        "no": voice.say("decision.unchanged"),
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


# --- decisions of the analysis --------------------------------------------------------------------


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
        ceiling=voice.dash if one.amount is None else voice.millions(one.amount),
        uses=voice.uses(one.uses),
        place=voice.dash if one.place is None else voice.name(one.place.name),
        signatures=one.count,
        types=voice.several([voice.choice("institution_type", kind) for kind in one.types], 2),
    )


def _owner(one: Decision, voice: Voice) -> str:
    """The office that would run the project; the meeting where it is about all of them."""
    if len(one.uses) == 1:
        return owner(one.uses[0], voice)
    return voice.say("decision.meeting")
