"""Decisions about the programme as a whole: its money, who leads, what is prepared, which values count.

Each is a row as `decisions` prints it; none where there is nothing to decide.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED
from generator.choices.rivals import own_plan
from generator.choices.votes import DECIDES, PREPARES, steps_asked, voted_in
from generator.report.actions import month, month_of_end
from generator.report.candidates import held
from generator.report.compared import Change
from generator.report.conditions import gates_of
from generator.report.firmness import telling
from generator.report.firststeps import steps_of
from generator.report.funding import PAYS, first_step, lead_of_signature, owner
from generator.report.hanging import what
from generator.report.heavy import full_staff
from generator.report.indicators import prepared_in
from generator.report.inplan import open_month
from generator.report.money import is_from_elsewhere
from generator.report.people import inner
from generator.report.places import owners
from generator.report.projects import brought, counted
from generator.report.tasklist import held_up
from generator.report.taskrank import brings_about
from generator.report.unexplained import unexplained_load
from generator.report.verdict import by_word

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction, Range
    from generator.model.choices import Rival
    from generator.report.voice import Voice

Later = Sequence[Change]
"""The decisions of later votes."""
_ASSIGNS = "assigns_leads"
"""The office that says which office leads what, where that is not for the elected body."""
_CELLS, _TOUCHED = 1, 2
"""Values that the first decision names, and projects that hang on them."""
_LEADS = 3
"""Lead bodies that a decision names; of more the table of projects does."""


def leads(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """That the offices which lead the first wave, or what is prepared, take its first steps."""
    found = assessment.programme
    uses = found.first.uses or found.second.uses
    unpaid = [
        one.yearly_cost
        for one in found.first.projects
        if not voice.knowledge.use(one.use_id).has_revenue
    ]
    steps = [step for use in uses if (step := first_step(use, assessment)) is not None]
    if not steps:
        return
    last = max(steps, key=lambda step: step.end_month)
    by = month_of_end(last, assessment.region.plan_from, voice)
    every = [one for use in uses for one in steps_of(use, assessment, voice)]
    all_by = month_of_end(
        max([last, *every], key=lambda step: step.end_month), assessment.region.plan_from, voice
    )
    yes = brief = voice.say(
        "decision.lead_yes" if all_by == by else "decision.lead_yes_all", by=by, all=all_by
    )
    named = owners(found.first.projects or found.second.projects, assessment, voice)
    if named:
        yes = voice.say("decision.lead_yes_owners", yes=yes, owners=named)
    is_draft = assessment.confidence.is_illustrative or not found.first.projects
    key = "decision.lead_terms_draft" if is_draft else "decision.lead_terms"
    few = dict.fromkeys(owner(one, voice) for one in uses)
    leads = voice.say("decision.lead_named", leads=voice.join(few)) if len(few) <= _LEADS else ""
    terms = [voice.say(key, leads=leads)]
    # Whoever the law says leads the offices assigns their work, and not the body that decides.
    is_assigned = voice.knowledge.office(_ASSIGNS).exists
    if unpaid:
        terms.append(voice.say("decision.lead_payer", cost=_yearly(unpaid, voice)))
    ask = "decision.lead" if found.first.projects else "decision.lead_second"
    yield {
        "ask": voice.say(f"{ask}_asked", office=voice.office(_ASSIGNS))
        if is_assigned
        else voice.say(ask),
        "terms": voice.clauses(terms),
        "by": month(0, assessment.region.plan_from, voice),
        "owner": voice.office(_ASSIGNS if is_assigned else DECIDES),
        "lead": voice.lead(PREPARES),
        "yes": yes,
        "yes_brief": brief,
        "no": voice.say("decision.lead_no" if found.first.projects else "decision.lead_second_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }


def committed(assessment: Assessment, voice: Voice, *, cap: bool = False) -> str:
    """All that the yeses of the first vote may commit, with planned steps; empty where nothing is priced.

    Steps stand in the region's own money: without a rate they are told beside the studies.

    Args:
        assessment: The results of one region.
        voice: Speaks.
        cap: Whether the upper end alone is told, which nobody may pass.
    """
    studies, steps = assessment.preparation, steps_asked(assessment)
    held = voice.money_in
    if not studies.studies:
        return ""
    low, high = studies.estimate
    if steps and held.own == held.shown:
        more = steps * held.rate
        low, high = low + more, high + more
    return voice.about(high) if cap else voice.about(low, high)


def spending_terms(assessment: Assessment, voice: Voice) -> list[str]:
    """What the first decision may commit, which are studies alone, and who names the budget line."""
    if not assessment.preparation.studies:
        return []
    most = voice.about(assessment.preparation.estimate[1])
    by = month(SUPPLIED, assessment.region.plan_from, voice)
    return [voice.say("decision.commits", most=most, by=by, finance=voice.office(PAYS))]


def step_terms(assessment: Assessment, voice: Voice) -> str:
    """What the steps cost that plans to choose between rest on, and that they are decided here; or nothing."""
    cost = steps_asked(assessment)
    return voice.say("decision.sought_cost", cost=voice.own_millions(cost)) if cost else ""


def _yearly(costs: Sequence[Range | None], voice: Voice) -> str:
    """What projects cost a year together, in brackets; empty where that is unknown here."""
    known = [one for one in costs if one is not None]
    if not known or len(known) < len(costs) or is_from_elsewhere(voice):
        return ""
    low, high = (math.fsum(ends) for ends in zip(*known, strict=True))
    return voice.say("decision.lead_cost", cost=voice.about(low, high))


def sought(one: Change, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Whether what the plans of a choice wait for is settled from now on; nothing where none waits.

    Args:
        one: The choice, with the month in which it falls.
        assessment: The results of one region.
        voice: Speaks.
    """
    _, *letters = voice.say("decision.letters").split(";")
    own = own_plan(assessment)
    waiting = [
        (letter, plan)
        for letter, plan in zip(letters, one.plans, strict=False)
        if plan.rival.kind != "larger"
    ]
    if not waiting:
        return
    terms = [voice.say("decision.sought_terms"), *filter(None, [step_terms(assessment, voice)])]
    terms += [
        voice.say("decision.sought_first", letter=letter)
        for letter, plan in waiting
        if len(waiting) > 1 and plan.rival.dominates(own)
    ]
    named = [letter for letter, _ in waiting]
    yield {
        "ask": voice.say(
            voice.plural_key("decision.sought", len(named)),
            letters=_and(named, voice),
        ),
        "terms": voice.clauses(terms),
        "by": month(0, assessment.region.plan_from, voice),
        "lead": _asks([plan.rival for _, plan in waiting], assessment, voice),
        "yes": voice.say(
            "decision.sought_yes_several" if named[1:] else "decision.sought_yes",
            by=one.row["by"], letter=named[0],
        ),
        "no": voice.say("decision.sought_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }  # fmt: skip


def _asks(rivals: Iterable[Rival], assessment: Assessment, voice: Voice) -> str:
    """Who asks for what plans wait for, where it is one body; else who prepares the decisions."""
    found = {
        lead_of_signature(one.decision, assessment, voice)
        if one.decision is not None and one.decision.kind == "signature"
        else voice.lead(PREPARES)
        for one in rivals
    }
    return found.pop() if len(found) == 1 else voice.lead(PREPARES)


def _and(letters: Sequence[str], voice: Voice) -> str:
    """Letters as an enumeration."""
    *front, last = letters
    first = voice.say("decision.letters_separator").join(front)
    return voice.say("decision.and", first=first, last=last) if front else last


def values_first(known: Collection[str], assessment: Assessment, voice: Voice) -> str:
    """Which values to replace or measure before any vote, and what hangs on them; or nothing.

    Args:
        known: Projects that are told to be open in any case.
        assessment: The results of one region.
        voice: Speaks.
    """
    first = telling(assessment)[:_CELLS]
    begun = assessment.programme.first.uses
    if not first or not begun:
        return ""
    by = month(SUPPLIED, assessment.region.plan_from, voice)
    if assessment.confidence.is_illustrative:
        unsettled = [one.use_id for one in by_word(assessment).get("low", ())]
        is_open = [use for use in unsettled if use not in known]
        key = "decision.data_open" if is_open else "decision.data"
        return voice.say(key, by=by)
    if not any(one.turns for one in first):
        return ""
    prepared_by = assessment.region.prepared_by
    touched = [use for use in begun if any(use in one.leaves for one in first)]
    return voice.say(
        "decision.measure_hangs" if touched else "decision.measure",
        cells=voice.join(what(one, voice, 1) for one in first), by=by,
        office=voice.name(prepared_by) if prepared_by.texts else voice.office(DECIDES),
        uses=voice.uses(touched, _TOUCHED),
    )  # fmt: skip


def preparation(later: Later, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Whether the second wave is prepared, where there is nothing to begin."""
    first, second = assessment.programme.first, assessment.programme.second
    if first.projects or not second.projects:
        return
    ask = voice.say("decision.prepare", count=counted(len(second.projects), voice))
    terms = voice.say("decision.prepare_second_terms", what=_comes_first(assessment, voice))
    spent = spending_terms(assessment, voice)
    yield {
        "ask": ask,
        "terms": voice.clauses([*spent, terms, *held(later, second.uses, voice)]),
        "by": month(0, assessment.region.plan_from, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.say("decision.prepare_yes", effects=brought(second.effects, voice)),
        "no": voice.say("decision.approve_no"),
        "word": voice.say("decision.word.yes"),
        "advice": voice.say("decision.advice_prepare"),
    }


def second_wave(later: Later, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Whether the second wave is prepared beside the first, by whom, and when it could stand."""
    first, second = assessment.programme.first, assessment.programme.second
    if not (first.projects and second.projects):
        return
    start = assessment.region.plan_from
    open_in = open_month(second.projects, assessment, voice)
    months = [prepared_in(assessment, voice), *map(_ends, _signed(assessment))]
    known = max((one for one in months if one is not None), default=None)
    # What follows the first wave is not voted on before it.
    known = None if known is None else max(known, voted_in(assessment)[0])
    when = (
        ""
        if known is None
        else voice.say("decision.prepare_second_known", month=month(known, start, voice))
    )
    terms = [
        voice.say("decision.prepare_second_terms", what=_comes_first(assessment, voice)),
        _prepared_by(second.uses, voice),
    ]
    staff = full_staff(assessment, voice, is_by_second=True)
    if staff:
        terms.append(voice.say("decision.first_staff", staff=staff))
    yield {
        "ask": voice.say("decision.prepare_second", count=counted(len(second.projects), voice)),
        "terms": voice.clauses([*terms, *held(later, second.uses, voice)]),
        "by": month(0, start, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.say(
            "decision.prepare_second_yes", effects=brought(second.effects, voice),
            by=open_in,
        ),
        "yes_brief": voice.say("decision.prepare_second_brief", by=open_in, known=when),
        "no": voice.say("decision.prepare_second_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }  # fmt: skip


def _ends(step: PlannedAction) -> int:
    """The last month of a task, 0 the first."""
    return max(0, math.ceil(step.end_month) - 1)


def _prepared_by(uses: Iterable[str], voice: Voice) -> str:
    """Who prepares the second wave, by name where they are few; that costs no more than their staff."""
    few = dict.fromkeys(owner(one, voice) for one in uses)
    if len(few) >= _LEADS:
        return voice.say("decision.second_each")
    return voice.say("decision.second_leads", leads=voice.join(few))


def _comes_first(assessment: Assessment, voice: Voice) -> str:
    """What the second wave waits for: values and signatures with their months, law, facts, places.

    A load that nobody explains is traced in any case; here only its outcome is waited for.
    """
    start = assessment.region.plan_from
    waits = [
        one for project in assessment.programme.second.projects for one in project.preconditions
    ]
    values = dict.fromkeys(
        voice.lacking(one.criterion_id) for one in waits if one.kind == "unknown"
    )
    parts = []
    if values:
        by = month(SUPPLIED, start, voice)
        parts.append(voice.say("decision.first_values", what=voice.join(values), by=by))
    signed = _signed(assessment)
    if signed:
        by = month_of_end(max(signed, key=lambda step: step.end_month), start, voice)
        parts.append(voice.say("decision.first_signatures", by=by))
    load = unexplained_load(assessment, voice)
    if load and {*held_up(assessment)} & {*assessment.programme.second.uses}:
        parts.append(voice.say("decision.first_load", load=load))
    parts += dict.fromkeys(_facts(assessment, voice))
    return voice.join(parts) or voice.say("decision.first_other")


def _signed(assessment: Assessment) -> list[PlannedAction]:
    """The tasks that bring the signatures which the second wave waits for."""
    waits = [
        (one, project.use_id)
        for project in assessment.programme.second.projects
        for one in project.preconditions
    ]
    return [
        step
        for step in assessment.action_plan.actions
        if step.action.signs
        and any(
            use in step.because.uses and brings_about(step, one, assessment.knowledge)
            for one, use in waits
        )
    ]


def _facts(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """What the second wave waits for beside values and signatures, by name."""
    known = assessment.knowledge
    for project in assessment.programme.second.projects:
        for gate in gates_of(project.use_id, assessment):
            yield inner(voice.name(gate.name))
        for one in project.preconditions:
            if one.kind == "criterion" and not known.is_in_role(one.criterion_id, "institutions"):
                yield inner(voice.name(known.criteria[one.criterion_id].name))
