"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from generator.report.actions import month
from generator.report.alternatives import dearer_by, noticed
from generator.report.compared import plans_compared
from generator.report.funding import PAYS, lead_of, owner
from generator.report.mandates import (
    leads,
    load_found,
    preparation,
    second_wave,
    values_first,
)
from generator.report.projects import brought, counted
from generator.report.provisos import held_back
from generator.report.scenarios import changes
from generator.report.tasklist import filed_from, replaced, touched
from generator.report.votes import DECIDES, approved_in, plan_vote, votes

if TYPE_CHECKING:
    from generator.model import Assessment, Difference, PlannedAction, Step
    from generator.model.decisions import Decision
    from generator.report.voice import Voice

_TOGETHER = 2
"""Ways beside the proposal that one row holds."""
SHOWN = 5
"""Of a first page; the planning brief prints them all."""

Stance = Literal["yes", "condition", "level", "instead", "no"]
"""`condition`: what a project to be prepared waits for; `instead`: it takes the place of a project
that is proposed, so that only one of the two can be had."""
_ORDER = get_args(Stance)


class Asked(NamedTuple):
    """Decisions as rows, in the order in which they are asked."""

    whole: tuple[dict[str, str], ...]
    """The programme with its ceiling, who leads, what is prepared."""
    changing: tuple[dict[str, str], ...]
    """What would change the programme, that which changes most first."""
    moved: tuple[int, ...]
    """How many projects each of these changes."""
    replaced: tuple[tuple[str, ...], ...]
    """Projects of the first wave whose place each of these could take."""

    @property
    def rows(self) -> list[dict[str, str]]:
        """All of them: the start and who leads it, then what would change it."""
        return [*self.whole, *self.changing]


def decisions_asked(assessment: Assessment, voice: Voice) -> Asked:
    """The decisions asked: the programme itself, then what would change it.

    What the figures speak against is no decision of today. What changes the same project of the
    proposal is one choice, to be made before anything is filed for that project.

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
    # What the second wave waits for is asked with it, and nobody is asked twice.
    second = set(assessment.programme.second.uses)
    changing = [
        one
        for one in order
        if one.kind != "programme"
        and not (one.kind == "signature" and second & set(one.uses))
        and not _is_refused(one, assessment)
    ]
    choices, plans = _choices(changing, assessment), list(plans_compared(assessment, voice))
    first = assessment.programme.first.uses
    asked = Asked(
        (
            *preparation(assessment, voice),
            *(_decision(one, assessment, voice) for one in whole),
            *leads(assessment, voice),
            *load_found(assessment, voice),
            *second_wave(assessment, voice),
        ),
        (*(one.row for one in plans), *(_choice(some, assessment, voice) for some in choices)),
        (*(one.moved for one in plans), *(
            sum(len(one.yes.placed) + len((*one.yes.leaves, *one.yes.later)) for one in some)
            for some in choices
        )),
        (*(one.replaced for one in plans), *(
            tuple(use for use in first if any(use in replaced(one, assessment) for one in some))
            for some in choices
        )),
    )  # fmt: skip
    for number, row in enumerate(asked.rows, start=1):
        row["number"] = str(number)
        row.setdefault("ask", row["decision"])
        row.setdefault("terms", "")
        key = "decision.whole" if row["advice"] else "decision.whole_plain"
        voice.sentence(f"decision.{number}", key, **row)
    return asked


def _is_refused(one: Decision, assessment: Assessment) -> bool:
    """Whether the figures speak against a yes, so that there is nothing to decide now."""
    stance = _stance(one, assessment)
    return stance == "no" or (stance == "instead" and one.advice == "no")


def _choices(changing: Sequence[Decision], assessment: Assessment) -> list[list[Decision]]:
    """The decisions, those together that change the same project of the proposal."""
    found: list[list[Decision]] = []
    for one in changing:
        own = set(touched(one, assessment))
        beside = next(
            (
                some
                for some in found
                if len(some) < _TOGETHER
                and own.intersection(*(touched(x, assessment) for x in some))
            ),
            None,
        )
        if beside is None or _stance(one, assessment) != "instead":
            found.append([one])
        else:
            beside.append(one)
    return found


def _choice(some: Sequence[Decision], assessment: Assessment, voice: Voice) -> dict[str, str]:
    """One row: a decision alone, or several ways for the same project, of which one is chosen."""
    rows = [_decision(one, assessment, voice) for one in some]
    if len(rows) == 1:
        return rows[0]
    uses = [use for one in some for use in touched(one, assessment)]
    letters = voice.say("decision.letters").split(";")

    def listed(key: str, each: Iterable[str]) -> str:
        pairs = zip(letters, each, strict=False)
        return voice.clauses(voice.say(key, letter=letter, text=text) for letter, text in pairs)

    return {
        "decision": voice.say(
            "decision.choice", uses=voice.uses(list(dict.fromkeys(uses))),
            options=listed("decision.option", (row["decision"] for row in rows)),
        ),
        "by": rows[0]["by"],
        "owner": voice.office(DECIDES),
        "yes": listed("decision.option", (_outcome(one.yes, voice) for one in some)),
        "no": voice.say("decision.choice_no"),
        "word": voice.say("decision.word.instead.yes"),
        "advice": voice.say("decision.advice_choice"),
    }  # fmt: skip


def _stance(one: Decision, assessment: Assessment) -> Stance:
    """What is advised: never a yes that would undo what the first decision asks for."""
    if one.kind == "programme":
        return "yes"
    replaces = replaced(one, assessment)
    is_waited_for = one.kind != "step" and set(one.uses) & set(assessment.programme.second.uses)
    if is_waited_for and (replaces or one.advice != "yes"):
        return "condition"
    return "instead" if touched(one, assessment) else one.advice


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


def _about(step: Step, cost: float | None, voice: Voice) -> dict[str, str]:
    """What a step is and who takes it."""
    name = voice.name(step.title)
    return {
        "decision": voice.say("decision.step", title=name)
        if cost is None
        else voice.say("decision.step_cost", title=name, cost=voice.own_millions(cost)),
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
        _about(one.step, one.amount, voice)
        if one.step is not None
        else {
            **_asked(one, assessment, voice),
            "owner": _owner(one, assessment, voice),
        }
    )
    return {
        **about,
        "by": month(_asked_in(one, assessment), assessment.region.plan_from, voice),
        "yes": _yes(one, assessment, voice),
        "no": _no(one, voice),
        "word": voice.say(_word(one, assessment)),
        "advice": _advice(one, assessment, voice),
    }


def _asked_in(one: Decision, assessment: Assessment) -> int:
    """The month, 0 the first: projects are approved once what must be done before that is done.

    A signature is due when the task that asks for it ends; what would change a project of the
    proposal, before anything is filed for that.
    """
    asking = _asking(one, assessment)
    if _stance(one, assessment) == "instead":
        return filed_from(touched(one, assessment), assessment)
    if asking is not None:
        return max(0, math.ceil(asking.end_month) - 1)
    return approved_in(assessment) if one.kind == "programme" else 0


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
        first, key = assessment.programme.first, _stage("decision.approve_yes", assessment)
        plan = plan_vote(assessment, voice) if assessment.confidence.is_illustrative else ""
        text = voice.say(
            "decision.approve_yes_draft_plan" if plan else key,
            effects=brought(first.effects, voice), by=votes(assessment, voice), plan=plan,
            body=voice.office(DECIDES), finance=voice.office(PAYS),
        )  # fmt: skip
        return voice.clauses(filter(None, [text, values_first(assessment, voice)]))
    if _stance(one, assessment) == "condition":
        # To begin it at once would undo what is proposed, so nobody is asked for that.
        uses = voice.uses([key for key in one.uses if key in assessment.programme.second.uses])
        return voice.say("decision.condition_yes", uses=uses)
    outcome = _outcome(one.yes, voice)
    if _stance(one, assessment) == "instead":
        return voice.say("decision.instead_yes", outcome=outcome)
    return voice.say("decision.signed", outcome=outcome) if one.kind == "signature" else outcome


def _no(one: Decision, voice: Voice) -> str:
    """What a no leaves as it is, and why the yes is needed for more."""
    if one.kind == "programme":
        return voice.say("decision.approve_no")
    if one.kind == "clearance":
        place = voice.dash if one.place is None else voice.name(one.place.name)
        return voice.say("decision.no_clearance", place=place, uses=voice.uses(one.uses))
    if one.kind == "signature":
        return voice.say("decision.no_signature", uses=voice.uses(one.uses))
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
        gone = replaced(one, assessment)
        if not gone:
            return voice.say("decision.advice_resized", uses=voice.uses(touched(one, assessment)))
        return voice.say(f"decision.advice_instead.{one.advice}", uses=voice.uses(gone))
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


def _asked(one: Decision, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What is asked; of the programme also apart from its terms."""
    first = assessment.programme.first
    key = "decision.signatures" if one.count > 1 else f"decision.{one.kind}"
    text = voice.say(
        _stage(key, assessment) if one.kind == "programme" else key,
        count=counted(len(first.projects), voice),
        ceiling=voice.dash if one.amount is None else voice.about(_within(one.amount, assessment)),
        uses=voice.uses(one.uses),
        place=voice.dash if one.place is None else voice.name(one.place.name),
        signatures=one.count,
        types=voice.several([voice.choice("institution_type", kind) for kind in one.types], 2),
    )
    return held_back(text, assessment, voice) if one.kind == "programme" else {"decision": text}


def _owner(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Who asks, or would run the project; the body that decides where it is about the programme."""
    asking = _asking(one, assessment)
    if asking is not None:
        return lead_of(asking, one.uses[:1], voice)
    if one.kind != "programme" and len(one.uses) == 1:
        return owner(one.uses[0], voice)
    return voice.office(DECIDES)
