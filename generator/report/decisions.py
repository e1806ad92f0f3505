"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from generator.report.actions import month, month_of_end
from generator.report.alternatives import dearer_by, noticed
from generator.report.firmness import what
from generator.report.funding import first_step, lead_of, owner
from generator.report.indicators import last_month
from generator.report.preconditions import missing_value
from generator.report.projects import brought, counted
from generator.report.scenarios import changes
from generator.report.tasklist import replaced

if TYPE_CHECKING:
    from generator.model import Assessment, Difference, PlannedAction, Step
    from generator.model.decisions import Decision
    from generator.report.voice import Voice

SHOWN = 5
"""Of a first page; the planning brief prints them all."""
_SUPPLIED = 2
"""The month, 0 the first, by which a value that is missing is given."""
_DECIDES = "governing_body"
"""The office before which projects come for approval."""
_CELLS = 2
"""Values that the decision about data names."""


Stance = Literal["yes", "condition", "level", "instead", "no"]
"""`condition`: what a project to be prepared waits for; `instead`: it takes the place of a project
that is proposed, so that only one of the two can be had."""
_ORDER = get_args(Stance)


class Asked(NamedTuple):
    """Decisions as rows, in the order in which they are asked."""

    whole: tuple[dict[str, str], ...]
    """The programme with its ceiling, the money above it, who leads."""
    data: tuple[dict[str, str], ...]
    """Which values to replace or measure."""
    changing: tuple[dict[str, str], ...]
    """What would change the programme, that which changes most first."""
    moved: tuple[int, ...]
    """How many projects each of these changes."""
    is_draft: bool
    """Whether most figures are examples: then these are replaced before anything else."""

    @property
    def rows(self) -> list[dict[str, str]]:
        """All of them."""
        if self.is_draft:
            return [*self.data, *self.whole, *self.changing]
        return [*self.whole, *self.data, *self.changing]


def decisions_asked(assessment: Assessment, voice: Voice) -> Asked:
    """The decisions asked: the programme itself, then its data, then what would change it.

    Args:
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    order = sorted(
        assessment.decisions,
        key=lambda one: (
            _ORDER.index(_stance(one, assessment)),
            -_weight(one, assessment),
        ),
    )
    whole = [one for one in order if one.kind == "programme"]
    changing = [one for one in order if one.kind != "programme"]
    asked = Asked(
        (
            *_preparation(assessment, voice),
            *(_decision(one, assessment, voice) for one in whole),
            *_money(assessment, voice),
            *_leads(assessment, voice),
            *_second(assessment, voice),
            *_supplies(assessment, voice),
        ),
        tuple(_data(assessment, voice)),
        tuple(_decision(one, assessment, voice) for one in changing),
        tuple(len(one.yes.placed) + len((*one.yes.leaves, *one.yes.later)) for one in changing),
        assessment.confidence.is_illustrative,
    )
    for number, row in enumerate(asked.rows, start=1):
        row["number"] = str(number)
        key = "decision.whole" if row["advice"] else "decision.whole_plain"
        voice.sentence(f"decision.{number}", key, **row)
    return asked


def _stance(one: Decision, assessment: Assessment) -> Stance:
    """What is advised: never a yes that would undo what the first decision asks for."""
    if one.kind == "programme":
        return "yes"
    replaces = replaced(one, assessment)
    is_waited_for = one.kind != "step" and set(one.uses) & set(assessment.programme.second.uses)
    if is_waited_for and (replaces or one.advice != "yes"):
        return "condition"
    if replaces:
        return "instead"
    return one.advice


def _word(one: Decision, assessment: Assessment) -> str:
    """The key of what is advised in a word; what may replace a project is asked for and chosen later."""
    stance = _stance(one, assessment)
    if stance == "instead":
        return f"decision.word.instead.{one.advice}"
    return f"decision.word.{stance}"


def _within(amount: float, assessment: Assessment) -> float:
    """A ceiling, no higher than the limit of money: what is above it is a decision of its own."""
    limit = assessment.programme.money_limit
    return amount if limit is None else min(amount, limit)


def _over(assessment: Assessment) -> tuple[float, float]:
    """How far the upper end of the first wave's capital is above the limit, and the limit."""
    limit = assessment.programme.money_limit
    if limit is None or not assessment.programme.first.projects:
        return 0.0, 0.0
    return max(0.0, assessment.programme.first.capital_range[1] - limit), limit


def _money(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """How the upper end of the capital is met, where it is above the limit."""
    over, limit = _over(assessment)
    if not over:
        return
    args = {"over": voice.millions(over, upward=True), "limit": voice.millions(limit)}
    high = voice.about(assessment.programme.first.capital_range[1])
    yield {
        "decision": voice.say("decision.money", **args),
        "by": month(_before_approval(assessment), assessment.region.plan_from, voice),
        "owner": voice.say("decision.meeting"),
        "yes": voice.say("decision.money_yes", high=high),
        "no": voice.say("decision.money_no", **args),
        # What is chosen fits at its middle: the limits of the choice see to that.
        "word": voice.say("decision.word.no"),
        "advice": voice.say("decision.advice_money"),
    }


def _leads(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """That the offices which lead the first wave, or what is prepared, take its first steps."""
    found = assessment.programme
    uses = found.first.uses or found.second.uses
    key = "decision.lead_second"
    if found.first.projects:
        is_paid = all(voice.knowledge.use(one).payback_status != "not shown" for one in uses)
        key = "decision.lead" if is_paid else "decision.lead_pays"
    steps = [step for use in uses if (step := first_step(use, assessment)) is not None]
    if not steps:
        return
    last = max(steps, key=lambda step: step.end_month)
    by = month_of_end(last, assessment.region.plan_from, voice)
    yield {
        "decision": voice.say(key),
        "by": month(0, assessment.region.plan_from, voice),
        "owner": voice.say("decision.meeting"),
        "yes": voice.say("decision.lead_yes", by=by),
        "no": voice.say("decision.lead_no" if found.first.projects else "decision.lead_second_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }


def _data(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Which values to replace or measure, where one of them moves the first wave."""
    first = assessment.measurements[:_CELLS]
    if not first or not assessment.programme.first.projects:
        return
    is_draft = assessment.confidence.is_illustrative
    turns = any(one.turns for one in first)
    if not is_draft and not turns:
        return
    key = "decision.data" if is_draft else "decision.measure"
    prepared_by = assessment.region.prepared_by
    yield {
        "decision": voice.say(key, cells=voice.join(what(one, voice, 1) for one in first)),
        "by": month(0, assessment.region.plan_from, voice),
        "owner": voice.name(prepared_by) if prepared_by.texts else voice.say("decision.meeting"),
        "yes": voice.say(f"{key}_yes"),
        "no": voice.say(f"{key}_no"),
        "word": voice.say("decision.word.yes"),
        "advice": voice.say("decision.advice_data" if turns else "decision.advice_data_level"),
    }


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
        "word": voice.say("decision.word.yes"),
        "advice": voice.say("decision.advice_prepare"),
    }


def _second(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Whether the second wave is prepared beside the first, and when it could stand."""
    first, second = assessment.programme.first, assessment.programme.second
    if not (first.projects and second.projects):
        return
    start, stands = assessment.region.plan_from, assessment.action_plan.stands
    yield {
        "decision": voice.say(
            "decision.prepare_second", count=counted(len(second.projects), voice)
        ),
        "by": month(0, start, voice),
        "owner": voice.say("decision.meeting"),
        "yes": voice.say(
            "decision.prepare_second_yes", effects=brought(second.effects, voice),
            by=month(last_month(stands, second.projects), start, voice),
        ),
        "no": voice.say("decision.prepare_second_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }  # fmt: skip


def _supplies(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """That what was not given is given, where a project to prepare waits for it."""
    found = assessment.programme
    waiting: dict[str, list[str]] = {}
    for project in found.second.projects:
        for one in project.preconditions:
            if one.kind == "unknown":
                waiting.setdefault(one.criterion_id, []).append(project.use_id)
    for criterion_id, uses in waiting.items():
        named = voice.uses(uses)
        yield {
            "decision": voice.say("decision.supply", what=missing_value(criterion_id, voice)),
            "by": month(_SUPPLIED, assessment.region.plan_from, voice),
            "owner": voice.supplier(criterion_id),
            "yes": voice.say("decision.supply_yes", uses=named),
            "no": voice.say("decision.supply_no", uses=named),
            "word": voice.say("decision.word.yes"),
            "advice": voice.say("decision.advice_supply", uses=named),
        }


def _about(step: Step, cost: float | None, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What a step is and who takes it; it begins with the plan, and is decided then."""
    name = voice.name(step.title)
    return {
        "decision": voice.say("decision.step", title=name)
        if cost is None
        else voice.say("decision.step_cost", title=name, cost=voice.own_millions(cost)),
        "by": month(0, assessment.region.plan_from, voice),
        "owner": voice.name(step.owner),
    }


def _stage(key: str, assessment: Assessment) -> str:
    """The wording for example values: on those a project is prepared, and no money is decided."""
    return f"{key}_draft" if assessment.confidence.is_illustrative else key


def _outcome(difference: Difference, voice: Voice) -> str:
    """What an answer changes in one line."""
    clauses = list(changes(difference, voice))
    return voice.clauses(clauses) or voice.say("decision.unchanged")


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
        "word": voice.say(_word(one, assessment)),
        "advice": _advice(one, assessment, voice),
    }


def _asked_in(one: Decision, assessment: Assessment) -> int:
    """The month, 0 the first: projects are approved once what must be done before that is done.

    A signature is due when the task that asks for it ends.
    """
    asking = _asking(one, assessment)
    if asking is not None:
        return max(0, math.ceil(asking.end_month) - 1)
    return _before_approval(assessment) if one.kind == "programme" else 0


def _before_approval(assessment: Assessment) -> int:
    """The month, 0 the first, in which what comes before an approval is done; example values wait for none."""
    if assessment.confidence.is_illustrative:
        return 0
    before = [
        step.end_month for step in assessment.action_plan.actions if step.action.before_approval
    ]
    return max(0, math.ceil(max(before, default=0.0)) - 1)


def _asking(one: Decision, assessment: Assessment) -> PlannedAction | None:
    """The task of the action plan that asks for a signature.

    Of several the last: it asks for what begins the works, an agreement to cooperate comes before it.
    """
    if one.kind != "signature":
        return None
    asking = (
        task
        for task in assessment.action_plan.actions
        if task.action.signs and any(set(one.uses) & set(cause.uses) for cause in task.causes)
    )
    return max(asking, key=lambda task: task.end_month, default=None)


def _yes(one: Decision, assessment: Assessment, voice: Voice) -> str:
    if one.kind == "programme":
        first = assessment.programme.first
        return voice.say(
            _stage("decision.approve_yes", assessment),
            effects=brought(first.effects, voice),
            by=_prepared_by(assessment, voice),
            body=voice.office(_DECIDES),
        )
    if _stance(one, assessment) == "condition":
        # To begin it at once would undo what is proposed, so nobody is asked for that.
        uses = voice.uses([key for key in one.uses if key in assessment.programme.second.uses])
        return voice.say("decision.condition_yes", uses=uses)
    outcome = _outcome(one.yes, voice)
    if _stance(one, assessment) == "instead":
        return voice.say("decision.instead_yes", outcome=outcome)
    return voice.say("decision.signed", outcome=outcome) if one.kind == "signature" else outcome


def _prepared_by(assessment: Assessment, voice: Voice) -> str:
    """The months in which the works of the first wave can begin, first and last."""
    begins, projects = assessment.action_plan.begins, assessment.programme.first.projects
    start = assessment.region.plan_from
    first, last = (
        month(last_month(begins, some), start, voice)
        for some in ([min(projects, key=lambda one: begins[one.use_id])], projects)
    )
    return first if first == last else voice.say("span.text", low=first, high=last)


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
        return _advice_programme(assessment, voice)
    stance = _stance(one, assessment)
    if stance == "condition":
        return voice.say("decision.advice_condition", uses=voice.uses(one.uses))
    if stance == "instead":
        uses = voice.uses(replaced(one, assessment))
        return voice.say(f"decision.advice_instead.{one.advice}", uses=uses)
    effects = one.yes.effects
    separator = voice.say("effects.separator")
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


def _advice_programme(assessment: Assessment, voice: Voice) -> str:
    """Why the first wave, and what it costs both waves to begin with it, where that is much."""
    share = dearer_by(assessment)
    if not share:
        return voice.say("decision.advice_programme")
    return voice.say("decision.advice_programme_dear", share=voice.percent(share))


def _asked(one: Decision, assessment: Assessment, voice: Voice) -> str:
    first = assessment.programme.first
    key = "decision.signatures" if one.count > 1 else f"decision.{one.kind}"
    return voice.say(
        _stage(key, assessment) if one.kind == "programme" else key,
        count=counted(len(first.projects), voice),
        ceiling=voice.dash if one.amount is None else voice.about(_within(one.amount, assessment)),
        uses=voice.uses(one.uses),
        place=voice.dash if one.place is None else voice.name(one.place.name),
        signatures=one.count,
        types=voice.several([voice.choice("institution_type", kind) for kind in one.types], 2),
    )


def _owner(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Who asks, or would run the project; the meeting where it is about the programme."""
    asking = _asking(one, assessment)
    if asking is not None:
        return lead_of(asking, one.uses[:1], voice)
    if one.kind != "programme" and len(one.uses) == 1:
        return owner(one.uses[0], voice)
    return voice.say("decision.meeting")
