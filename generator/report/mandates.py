"""Decisions about the programme as a whole: its money, who leads, what is prepared, which values count.

Each is a row as `decisions` prints it; none where there is nothing to decide.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from generator.choices.filing import SUPPLIED
from generator.choices.rivals import own_plan
from generator.choices.votes import DECIDES, PREPARES, steps_asked
from generator.model.law import ReadKind
from generator.report.actions import month, month_of_end
from generator.report.candidates import held
from generator.report.citation import in_brief
from generator.report.compared import Change
from generator.report.conditions import gates_of
from generator.report.firmness import telling
from generator.report.funding import PAYS, first_step
from generator.report.hanging import what
from generator.report.idle import idle_asked
from generator.report.inplan import open_month
from generator.report.loadtask import FINDS, finds_load
from generator.report.money import is_from_elsewhere, rough
from generator.report.peopletask import offered, outnumbered
from generator.report.places import owners
from generator.report.projects import amount_of, brought, counted
from generator.report.tasklist import held_up
from generator.report.taskrank import brings_about
from generator.report.unexplained import unexplained_load
from generator.report.verdict import by_word

if TYPE_CHECKING:
    from generator.model import Assessment, Range
    from generator.report.voice import Voice

Later = Sequence[Change]
"""The decisions of later votes."""
_ASSIGNS = "assigns_leads"
"""The office that says which office leads what, where that is not for the elected body."""
_BEST_READ = get_args(ReadKind)
"""Readings, the best first."""
_CELLS, _TOUCHED = 1, 2
"""Values that the first decision names, and projects that hang on them."""
_DEAR = 3.0
"""How many times the capital for a job of the first wave a second one takes before it is told."""


def leads(assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """That the offices which lead the first wave, or what is prepared, take its first steps."""
    found = assessment.programme
    uses = found.first.uses or found.second.uses
    unpaid = [
        one.yearly_cost
        for one in found.first.projects
        if not voice.knowledge.use(one.use_id).has_revenue
    ]
    brings = "decision.lead_yes_pays" if unpaid else "decision.lead_yes"
    steps = [step for use in uses if (step := first_step(use, assessment)) is not None]
    if not steps:
        return
    last = max(steps, key=lambda step: step.end_month)
    by = month_of_end(last, assessment.region.plan_from, voice)
    yes = brief = voice.say(brings, by=by)
    named = owners(found.first.projects or found.second.projects, assessment, voice)
    if named:
        yes = voice.say("decision.lead_yes_owners", yes=yes, owners=named)
    is_draft = assessment.confidence.is_illustrative or not found.first.projects
    terms = [voice.say("decision.lead_terms_draft" if is_draft else "decision.lead_terms")]
    terms += _people(assessment, voice)
    # Whoever the law says leads the offices assigns their work, and not the body that decides.
    is_assigned = voice.knowledge.office(_ASSIGNS).exists
    if is_assigned:
        terms.append(voice.say("decision.lead_assigned", office=voice.office(_ASSIGNS)))
    if unpaid:
        terms.append(voice.say("decision.lead_payer", cost=_yearly(unpaid, voice)))
    yield {
        "ask": voice.say("decision.lead" if found.first.projects else "decision.lead_second"),
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


def _people(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Who proposes by when what is offered to the people without a post, where they outnumber the jobs."""
    if outnumbered(assessment):
        count = voice.number(round(assessment.skills.unplaced), 0)
        yield voice.say("decision.lead_people", count=count, **offered(assessment, voice))


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
    if not steps or held.own != held.shown:
        low, high = studies.cost
    else:
        low, high = (end + steps * held.rate for end in studies.cost)
    return rough((high, high) if cap else (low, high), voice)


def spending_terms(assessment: Assessment, voice: Voice) -> list[str]:
    """What the first decision may commit in all, of what it is made up, and who names the budget line."""
    total, steps = committed(assessment, voice), steps_asked(assessment)
    if not total:
        return []
    most = committed(assessment, voice, cap=True)
    parts = ""
    if steps:
        parts = voice.say(
            "decision.commits_parts", studies=rough(assessment.preparation.cost, voice),
            steps=voice.own_millions(steps),
        )  # fmt: skip
    by = month(SUPPLIED, assessment.region.plan_from, voice)
    args = {"most": most, "total": total, "parts": parts, "by": by, "finance": voice.office(PAYS)}
    return [voice.say("decision.commits", **args)]


def _yearly(costs: Sequence[Range | None], voice: Voice) -> str:
    """What projects cost a year together, in brackets; empty where that is unknown here."""
    known = [one for one in costs if one is not None]
    if not known or len(known) < len(costs) or is_from_elsewhere(voice):
        return ""
    low, high = (math.fsum(ends) for ends in zip(*known, strict=True))
    return voice.say("decision.lead_cost", cost=voice.about(low, high))


def inquiry(assessment: Assessment, voice: Voice) -> str:
    """Who finds out what it costs to keep or to return connection capacity that stays unused; or nothing.

    Nobody votes on a question: what the answer leads to comes to a vote of its own.
    """
    args = idle_asked(assessment, voice)
    if not args:
        return ""
    return voice.sentence("decision.idle", "decision.idle", box=_handed_out(voice), **args)


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
    terms = [voice.say("decision.sought_terms")]
    terms += [
        voice.say("decision.sought_first", letter=letter)
        for letter, plan in waiting
        if plan.rival.dominates(own)
    ]
    named = [letter for letter, _ in waiting]
    yield {
        "ask": voice.say(
            voice.plural_key("decision.sought", len(named)),
            letters=_and(named, voice),
        ),
        "terms": voice.clauses(terms),
        "by": month(0, assessment.region.plan_from, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.say("decision.sought_yes", by=one.row["by"]),
        "no": voice.say("decision.sought_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }


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
        return voice.say(key, by=by, uses=voice.uses(is_open) if is_open else "")
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


def duty(assessment: Assessment, voice: Voice) -> str:
    """Who finds out whose a load is that no registered user explains, and what waits for it; or nothing.

    That is a duty: it is handed out at once, and nobody votes on it.
    """
    load = unexplained_load(assessment, voice)
    if not load:
        return ""
    task = next(one for one in assessment.knowledge.actions if FINDS in one.trigger)
    held_by_it = held_up(assessment)
    places = dict.fromkeys(
        voice.name(one.place.name)
        for one in assessment.programme.projects
        if one.use_id in held_by_it
    )
    found = _if_found(assessment, voice)
    follows = voice.say(
        "decision.load_held" if held_by_it else "decision.load_free",
        places=voice.join(places), uses=voice.uses(held_by_it), **found,
    )  # fmt: skip
    return voice.sentence(
        "decision.load", "decision.load", load=load, lead=voice.lead(task.lead_office),
        first=voice.office(task.responsible_office), second=voice.office(task.joint_offices[0]),
        days=voice.whole(voice.knowledge.assumed("load_finding_days")),
        by=_found_by(assessment, voice), follows=follows,
        box=_handed_out(voice), **found,
    )  # fmt: skip


def _handed_out(voice: Voice) -> str:
    """The box to tick beside what is handed out without a vote."""
    return voice.say("answers.box", answer=voice.say("answers.ordered"))


def _found_by(assessment: Assessment, voice: Voice) -> str:
    """The month in which it is known whose a load is."""
    start = assessment.region.plan_from
    for task in assessment.action_plan.actions:
        if finds_load(task):
            return month_of_end(task, start, voice)
    return month(0, start, voice)


def _if_found(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What a load may turn out to be that must not be, and what follows, with the law that bars it."""
    suspect = [key for key, one in assessment.knowledge.activities.items() if one.former_use]
    bars = [
        rule
        for key in suspect
        if (found := assessment.screening.findings.get(key)) is not None
        and found.effect == "prohibited"
        for rule in found.rules
        if rule.effect == "prohibited"
    ]
    if not bars:
        return {"what": voice.say("decision.load_other"), "then": voice.say("decision.load_told")}
    best = min(bars, key=lambda rule: _BEST_READ.index(rule.read_kind))
    law = in_brief([best], voice.short_instrument(best), voice)
    return {
        "what": voice.say("decision.load_barred"),
        "then": voice.say("decision.load_cut", law=law),
    }


def second_wave(later: Later, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Whether the second wave is prepared beside the first, and when it could stand."""
    first, second = assessment.programme.first, assessment.programme.second
    if not (first.projects and second.projects):
        return
    start = assessment.region.plan_from
    open_in = open_month(second.projects, assessment, voice)
    terms = voice.say("decision.prepare_second_terms", what=_comes_first(assessment, voice))
    dear = _dear(assessment, voice)
    yield {
        "ask": voice.say("decision.prepare_second", count=counted(len(second.projects), voice)),
        "terms": voice.clauses([*dear, terms, *held(later, second.uses, voice)]),
        "by": month(0, start, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.say(
            "decision.prepare_second_yes", effects=brought(second.effects, voice),
            by=open_in,
        ),
        "yes_brief": voice.say("decision.prepare_second_brief", by=open_in),
        "no": voice.say("decision.prepare_second_no"),
        "word": voice.say("decision.word.yes"),
        "advice": "",
    }  # fmt: skip


def _dear(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Capital and jobs of a second wave that takes far more money for a job than the first."""
    first, second = assessment.programme.first, assessment.programme.second
    jobs, before = second.effects.get("jobs", 0.0), first.effects.get("jobs", 0.0)
    if second.capital * before > _DEAR * first.capital * jobs:
        yield voice.say(
            "decision.prepare_second_dear", capital=voice.about(*second.capital_range),
            jobs=amount_of("jobs", jobs, voice) if jobs else voice.say("none"),
        )  # fmt: skip


def _comes_first(assessment: Assessment, voice: Voice) -> str:
    """What the second wave waits for: values and signatures with their months, and whether more."""
    start, known = assessment.region.plan_from, voice.knowledge
    waits = [
        (one, project.use_id)
        for project in assessment.programme.second.projects
        for one in project.preconditions
    ]
    values = dict.fromkeys(
        voice.lacking(one.criterion_id) for one, _ in waits if one.kind == "unknown"
    )
    parts = []
    if values:
        by = month(SUPPLIED, start, voice)
        parts.append(voice.say("decision.first_values", what=voice.join(values), by=by))
    signed = [
        step
        for step in assessment.action_plan.actions
        if step.action.signs
        and any(use in step.because.uses and brings_about(step, one, known) for one, use in waits)
    ]
    if signed:
        by = month_of_end(max(signed, key=lambda step: step.end_month), start, voice)
        parts.append(voice.say("decision.first_signatures", by=by))
    if held_up(assessment):
        parts.append(voice.say("decision.first_load", by=_found_by(assessment, voice)))
    if _waits_for_more(assessment):
        parts.append(voice.say("decision.first_more" if parts else "decision.first_other"))
    return voice.join(parts) or voice.say("decision.first_other")


def _waits_for_more(assessment: Assessment) -> bool:
    """Whether a project of the second wave waits for more than values and signatures."""
    known = assessment.knowledge
    return any(
        gates_of(project.use_id, assessment)
        or any(
            one.kind == "clearance"
            or (one.kind == "criterion" and not known.is_in_role(one.criterion_id, "institutions"))
            for one in project.preconditions
        )
        for project in assessment.programme.second.projects
    )
