"""Decisions asked: what each is about, who acts by when, and what a yes and a no bring."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.choices.known import known_in
from generator.choices.rivals import STANCES, is_asked, stance
from generator.choices.votes import DECIDES, PREPARES, approved_in
from generator.report.actions import month
from generator.report.candidates import candidates, held
from generator.report.ceiling import asked
from generator.report.compared import Change, choices
from generator.report.differences import noticed
from generator.report.funding import lead_of_signature, owner
from generator.report.gates import gates_line
from generator.report.mandates import (
    Later,
    leads,
    preparation,
    second_wave,
    sought,
    spending_terms,
    values_first,
)
from generator.report.orders import orders
from generator.report.projects import brought, counted
from generator.report.provisos import limits
from generator.report.scenarios import changes
from generator.report.votes import plan_vote, votes

if TYPE_CHECKING:
    from generator.model import Assessment, Difference
    from generator.model.decisions import Decision
    from generator.report.voice import Voice


class Asked(NamedTuple):
    """What is asked: what every yes keeps to, a duty without a vote, votes, and choices of later."""

    limits: str
    """What every yes keeps to; empty where nothing is asked."""
    order: tuple[str, ...]
    """What is handed out at once, without a vote."""
    whole: tuple[dict[str, str], ...]
    """The first vote: the programme, who leads it, what is prepared beside it."""
    changing: tuple[Change, ...]
    """What would change the programme, in the order of time; of one month that which changes most."""
    candidates: dict[str, str]
    """The uses of the proposal that a choice may replace or change, with its month."""

    @property
    def rows(self) -> list[dict[str, str]]:
        """The first vote, then what would change the programme.

        A choice between plans is none: what they wait for is asked for at the first vote.
        """
        changing = (one.row for one in self.changing if not one.plans)
        return [*self.whole, *changing]

    @property
    def choices(self) -> dict[str, Change]:
        """The choices between plans, by the number of the decision that prepares each."""
        return {one.row["number"]: one for one in self.changing if one.plans}


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
    whole = [*_whole(later, assessment, voice)]
    for one in later:
        if one.plans:
            asked_for = [*sought(one, assessment, voice)]
            # A choice of sizes alone belongs to the first decision, which opens their studies.
            one.row["number"] = str(1 + len(whole)) if asked_for else "1"
            whole += asked_for
    asked = Asked(
        limits(assessment, voice) if whole else "",
        orders(assessment, voice),
        tuple(whole), tuple(later),
        candidates(later, assessment.programme.uses),
    )  # fmt: skip
    for place, row in enumerate(asked.rows, start=1):
        _complete(row, place, voice)
    return asked


def _whole(later: Later, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """The decisions of the first vote: the programme, who leads it, what is prepared beside it.

    Args:
        later: The decisions of later votes; what they may change is a candidate.
        assessment: The results of one region.
        voice: Speaks.
    """
    yield from preparation(later, assessment, voice)
    for one in assessment.decisions:
        if one.kind == "programme":
            yield _programme(one, later, assessment, voice)
    yield from leads(assessment, voice)
    yield from second_wave(later, assessment, voice)


def with_boxes(rows: Iterable[dict[str, str]], voice: Voice) -> list[dict[str, object]]:
    """Rows with what there is to tick, and with what is not as in most: month, lead, advice.

    Args:
        rows: Those asked.
        voice: Speaks.
    """
    boxes = [
        voice.say("answers.box", answer=voice.say(f"answers.{one}"))
        for one in ("yes", "later", "no")
    ]
    told = [*rows]
    usual = _usual(told)
    return [{**row, "answers": boxes, "apart": _apart(row, usual, voice)} for row in told]


def usual_line(rows: Sequence[Mapping[str, str]], voice: Voice) -> str:
    """When most of the decisions are voted on, who leads them, what is advised; empty for none."""
    by, lead, word = _usual(rows)
    return voice.say("decisions.usual", by=by, lead=lead, word=word) if rows else ""


def _usual(rows: Sequence[Mapping[str, str]]) -> tuple[str, str, str]:
    """The month, the lead and the advice of most rows, the first of equals."""
    found = Counter((row["by"], row["lead"], row["word"]) for row in rows)
    return max(found, key=lambda one: found[one], default=("", "", ""))


def _apart(row: Mapping[str, str], usual: tuple[str, str, str], voice: Voice) -> str:
    """The month, the lead and the advice of a row where they are others than those of most; or nothing.

    An advice with a reason stands with it.
    """
    by, lead, word = usual
    parts = [voice.say("decisions.apart_by", by=row["by"])] if row["by"] != by else []
    if row["lead"] != lead:
        parts.append(voice.say("decisions.apart_lead", lead=row["lead"]))
    if row["word"] != word and not row["advice"]:
        parts.append(voice.say("decisions.apart_word", word=row["word"]))
    return voice.clauses(parts)


def _complete(row: dict[str, str], number: int, voice: Voice) -> None:
    """What all rows have in common: the number, the body that decides, the whole sentence."""
    row["number"] = str(number)
    row.setdefault("owner", voice.office(DECIDES))
    row.setdefault("terms", "")
    row.setdefault("short", row["ask"])
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
    is_draft = assessment.confidence.is_illustrative
    ceiling = voice.dash if one.amount is None else voice.about(asked(assessment, voice))
    # An estimate that rests on examples is not approved.
    money = [] if is_draft else [voice.say("decision.programme_terms", ceiling=ceiling)]
    waits = any(change.touched for change in later)
    key = "decision.advice_programme_other" if waits else "decision.advice_programme"
    return {
        "ask": voice.say(
            _stage("decision.programme", assessment),
            count=counted(len(first.projects), voice)
            if len(first.projects) > 1
            else voice.quoted_uses(first.uses, 1),
        ),
        "terms": voice.clauses(
            [
                *money,
                *spending_terms(assessment, voice),
                *held(later, first.uses, voice),
                *_lapses(assessment, voice),
            ]
        ),
        "by": month(approved_in(assessment), assessment.region.plan_from, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.clauses(_approved(later, assessment, voice)),
        "no": voice.say("decision.approve_no"),
        "word": voice.say("decision.word.yes"),
        "advice": voice.say(key),
    }


def _lapses(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """That a yes ends where what law decides first fails."""
    if gates_line(assessment.programme.first.uses, assessment, voice):
        yield voice.say("decision.lapses")


def _approved(later: Later, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What a yes to the first wave brings, in the order of time."""
    first, is_draft = assessment.programme.first, assessment.confidence.is_illustrative
    waits = (one.by for one in later if set(first.uses).intersection(one.touched))
    plan = plan_vote(assessment, voice) if is_draft else ""
    values = values_first(candidates(later, first.uses), assessment, voice)
    if values:
        yield values
    yield voice.say(
        "decision.approve_yes_draft_plan" if plan else _stage("decision.approve_yes", assessment),
        effects=brought(first.effects, voice), plan=plan, body=voice.office(DECIDES),
        by=votes(max(waits, default=0), assessment, voice),
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
