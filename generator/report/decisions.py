"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.report.actions import month
from generator.report.alternatives import noticed
from generator.report.ceiling import asked
from generator.report.compared import PREPARES, Change, choices
from generator.report.funding import PAYS, owner
from generator.report.known import known_in, lead_of_signature
from generator.report.mandates import (
    Later,
    held_until,
    leads,
    load_found,
    preparation,
    second_wave,
    studies,
    studies_brief,
    values_first,
)
from generator.report.projects import brought, counted
from generator.report.provisos import held_back, opinions_brief
from generator.report.rivals import STANCES, is_asked, stance
from generator.report.scenarios import changes
from generator.report.votes import DECIDES, approved_in, plan_vote, votes

if TYPE_CHECKING:
    from generator.model import Assessment, Difference
    from generator.model.decisions import Decision
    from generator.report.voice import Voice


class Asked(NamedTuple):
    """Decisions as rows, in the order in which they are asked."""

    whole: tuple[dict[str, str], ...]
    """The programme with its ceiling, who leads, what is prepared: asked at the first vote."""
    changing: tuple[Change, ...]
    """What would change the programme, that which changes most first."""

    @property
    def rows(self) -> list[dict[str, str]]:
        """All of them: the start and who leads it, then what would change it."""
        return [*self.whole, *(one.row for one in self.changing)]

    @property
    def choices(self) -> dict[str, Change]:
        """What would change it, by the number of the decision."""
        return {one.row["number"]: one for one in self.changing}


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
            STANCES.index(stance(one, assessment)),
            -_weight(one, assessment),
        ),
    )
    changing = [one for one in order if is_asked(one, assessment)]
    later = [
        *choices(assessment, voice),
        *(
            _change(one, assessment, voice)
            for one in changing
            if stance(one, assessment) != "instead"
        ),
    ]
    # In the order of their votes; of one month that first which changes most.
    later.sort(key=lambda one: one.by)
    count = len(_whole((), assessment, voice))
    numbered = [(str(count + place), one) for place, one in enumerate(later, start=1)]
    asked = Asked(_whole(numbered, assessment, voice), tuple(later))
    for place, row in enumerate(asked.rows, start=1):
        _complete(row, place, voice)
    return asked


def _whole(later: Later, assessment: Assessment, voice: Voice) -> tuple[dict[str, str], ...]:
    """The decisions of the first vote: the programme, who leads it, what is prepared beside it.

    Args:
        later: The decisions of later votes with their numbers; what they may change is held.
        assessment: The results of one region.
        voice: Speaks.
    """
    begun = [one for one in assessment.decisions if one.kind == "programme"]
    return (
        *preparation(later, assessment, voice),
        *(_programme(one, later, assessment, voice) for one in begun),
        *leads(assessment, voice),
        *load_found(assessment, voice),
        *second_wave(later, assessment, voice),
    )


def with_boxes(
    rows: Iterable[dict[str, str]], asked: Asked, voice: Voice
) -> list[dict[str, object]]:
    """Rows with what there is to tick: yes, later and no, or the letters of the plans and later.

    A duty that is handed out has one box.

    Args:
        rows: Some of those asked.
        asked: All of them.
        voice: Speaks.
    """
    later, letters = voice.say("answers.later"), voice.say("decision.letters").split(";")
    plain = (voice.say("answers.yes"), later, voice.say("answers.no"))
    count = {number: one.letters for number, one in asked.choices.items()}
    ordered = voice.say("decision.word.ordered")

    def boxes(row: dict[str, str]) -> tuple[str, ...]:
        chosen = count.get(row["number"], 0)
        if chosen:
            return (*letters[:chosen], later)
        return (voice.say("answers.ordered"),) if row["word"] == ordered else plain

    return [
        {**row, "answers": [voice.say("answers.box", answer=one) for one in boxes(row)]}
        for row in rows
    ]


def _complete(row: dict[str, str], number: int, voice: Voice) -> None:
    """What all rows have in common: the number, the body that decides, the whole sentence."""
    row["number"] = str(number)
    row.setdefault("owner", voice.office(DECIDES))
    row.setdefault("terms", "")
    row.setdefault("short", row["ask"])
    row.setdefault("terms_brief", row["terms"])
    row.setdefault("yes_brief", row["yes"])
    key = "decision.held" if row["terms"] else "decision.plain"
    row.setdefault("decision", voice.say(key, ask=row["ask"], terms=row["terms"]))
    key = "decision.whole" if row["advice"] else "decision.whole_plain"
    voice.sentence(f"decision.{number}", key, **row)


def _change(one: Decision, assessment: Assessment, voice: Voice) -> Change:
    """A decision that takes the place of nothing that is proposed."""
    by = _asked_in(one, assessment)
    row = {
        **_asked(one, voice),
        "by": month(by, assessment.region.plan_from, voice),
        "lead": _lead(one, assessment, voice),
        "yes": _yes(one, assessment, voice),
        "no": _no(one, voice),
        "word": voice.say(f"decision.word.{stance(one, assessment)}"),
        "advice": _advice(one, assessment, voice),
    }
    return Change(row, by)


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


def _stage(key: str, assessment: Assessment) -> str:
    """The wording for example values: on those a project is prepared, and no money is decided."""
    return f"{key}_draft" if assessment.confidence.is_illustrative else key


def _outcome(difference: Difference, voice: Voice) -> str:
    """What an answer changes in one line."""
    clauses = list(changes(difference, voice))
    return voice.clauses(clauses) or voice.say("decision.unchanged")


def _programme(one: Decision, later: Later, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """Whether to begin with the first wave.

    Args:
        one: The decision.
        later: Those of later votes with their numbers.
        assessment: The results of one region.
        voice: Speaks.
    """
    first = assessment.programme.first
    ask = voice.say(
        _stage("decision.programme", assessment), count=counted(len(first.projects), voice)
    )
    ceiling = voice.dash if one.amount is None else voice.about(asked(assessment, voice))
    money = voice.say(_stage("decision.programme_terms", assessment), ceiling=ceiling)
    cost, priced = studies(assessment, voice)
    terms = [*filter(None, [money, cost]), *held_until(later, first.uses, voice)]
    other = next((number for number, change in later if change.touched), "")
    key = "decision.advice_programme_other" if other else "decision.advice_programme"
    approved = [*_approved(later, assessment, voice)]
    return {
        **held_back(ask, terms, assessment, voice),
        "by": month(approved_in(assessment), assessment.region.plan_from, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.clauses([*filter(None, [priced]), *approved]),
        **_opened(approved, assessment, voice),
        "no": voice.say("decision.approve_no"),
        "word": voice.say("decision.word.yes"),
        "advice": voice.say(key, number=other),
    }


def _opened(approved: Sequence[str], assessment: Assessment, voice: Voice) -> dict[str, str]:
    """The terms and the yes of a preparation in the words of a first page; nothing of an approval."""
    if not assessment.confidence.is_illustrative:
        return {}
    terms = [
        voice.say("decision.terms_brief", studies=studies_brief(assessment, voice)),
        *opinions_brief(assessment, voice),
    ]
    values = values_first(assessment, voice)
    yes = [
        values_first(assessment, voice, brief=True) if one == values else one for one in approved
    ]
    return {"terms_brief": voice.clauses(terms), "yes_brief": voice.clauses(yes)}


def _approved(later: Later, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What a yes to the first wave brings, in the order of time."""
    first, is_draft = assessment.programme.first, assessment.confidence.is_illustrative
    held = (one.by for _, one in later if set(first.uses).intersection(one.touched))
    plan = plan_vote(assessment, voice) if is_draft else ""
    if is_draft:
        yield voice.say("decision.approve_staff", finance=voice.office(PAYS))
    values = values_first(assessment, voice)
    if values:
        yield values
    yield voice.say(
        "decision.approve_yes_draft_plan" if plan else _stage("decision.approve_yes", assessment),
        effects=brought(first.effects, voice), plan=plan, body=voice.office(DECIDES),
        by=votes(max(held, default=0), assessment, voice),
    )  # fmt: skip


def _asked_in(one: Decision, assessment: Assessment) -> int:
    """The month, 0 the first: a project joins once the task that asks for its signature has ended."""
    return (known_in(one, assessment) or 0) if one.kind == "signature" else 0


def _yes(one: Decision, assessment: Assessment, voice: Voice) -> str:
    if stance(one, assessment) == "condition":
        # To begin it at once would undo what is proposed, so nobody is asked for that.
        uses = voice.uses([key for key in one.uses if key in assessment.programme.second.uses])
        return voice.say("decision.condition_yes", uses=uses)
    outcome = _outcome(one.yes, voice)
    return voice.say("decision.signed", outcome=outcome) if one.kind == "signature" else outcome


def _no(one: Decision, voice: Voice) -> str:
    """What a no leaves as it is, and why the yes is needed for more."""
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
    if stance(one, assessment) == "condition":
        return voice.say("decision.advice_condition", uses=voice.uses(one.uses))
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


def _asked(one: Decision, voice: Voice) -> dict[str, str]:
    """What is asked, and its terms."""
    if one.step is not None:
        ask = voice.say("decision.step", title=voice.name(one.step.title))
        if one.amount is None:
            return {"ask": ask}
        cost = voice.own_millions(one.amount)
        return {"ask": ask, "terms": voice.say("decision.step_terms", cost=cost)}
    args = {
        "uses": voice.uses(one.uses),
        "place": voice.dash if one.place is None else voice.name(one.place.name),
    }
    types = voice.several([voice.choice("institution_type", kind) for kind in one.types], 2)
    return {
        "ask": voice.say(f"decision.{one.kind}", **args),
        "terms": voice.say(
            f"decision.{one.kind}_terms", uses=args["uses"], signatures=one.count, types=types
        ),
    }


def _lead(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Who carries it out: the owner of a step, who asks for a signature, or who would run the project."""
    if one.step is not None:
        return voice.name(one.step.owner)
    if one.kind == "signature":
        return lead_of_signature(one, assessment, voice)
    return owner(one.uses[0], voice) if len(one.uses) == 1 else voice.lead(PREPARES)
