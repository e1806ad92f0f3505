"""What is handed out at once and nobody votes on: whose a load is, people without a post, unused connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from generator.model.law import ReadKind
from generator.report.actions import month, month_of_end
from generator.report.citation import in_brief, kinds_of
from generator.report.idle import idle_asked
from generator.report.loadtask import FINDS, finds_load, goes_ahead
from generator.report.people import retrained
from generator.report.peopletask import offered, outnumbered
from generator.report.tables import begun
from generator.report.tasklist import held_up
from generator.report.unexplained import unexplained_load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Action, Assessment
    from generator.report.voice import Voice

_HANDS_OUT = "hands_out"
"""The office that hands out what needs no vote, where one person may."""
_BEST_READ = get_args(ReadKind)
"""Readings, the best first."""


def orders(assessment: Assessment, voice: Voice) -> tuple[str, ...]:
    """All that is handed out at once; empty for nothing."""
    found = (duty(assessment, voice), placement(assessment, voice), *_asked(assessment, voice))
    first, *others = (*filter(None, found), "")
    # The first says for all that no vote is needed.
    at_once = voice.say("decision.at_once")
    return (at_once + first, *map(begun, filter(None, others))) if first else ()


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
    follows = voice.say(
        "decision.load_held" if held_by_it else "decision.load_free",
        places=voice.join(places), uses=voice.uses(held_by_it),
    )  # fmt: skip
    return voice.sentence(
        "decision.load", "decision.load", load=load, lead=voice.lead(task.lead_office),
        first=voice.office(task.responsible_office), second=voice.office(task.joint_offices[0]),
        days=voice.whole(voice.knowledge.assumed("load_finding_days")),
        by=_found_by(assessment, voice), follows=follows,
        separate=voice.say("decision.load_separate") if goes_ahead(assessment) else "",
        what=_if_found(task, assessment, voice), box=_handed_out(voice),
    )  # fmt: skip


def _handed_out(voice: Voice) -> str:
    """The box beside what is handed out without a vote, with who ticks it; empty where no one person may."""
    if not voice.knowledge.office(_HANDS_OUT).exists:
        return ""
    return voice.say("answers.handed", leader=voice.office(_HANDS_OUT))


def _found_by(assessment: Assessment, voice: Voice) -> str:
    """The month in which it is known whose a load is."""
    start = assessment.region.plan_from
    for task in assessment.action_plan.actions:
        if finds_load(task):
            return month_of_end(task, start, voice)
    return month(0, start, voice)


def _if_found(task: Action, assessment: Assessment, voice: Voice) -> str:
    """Under which law each body acts on what is found: on supply, on what is barred, on theft."""
    suspect = [key for key, one in assessment.knowledge.activities.items() if one.former_use]
    bars = [
        rule
        for key in suspect
        if (found := assessment.screening.findings.get(key)) is not None
        and found.effect == "prohibited"
        for rule in found.rules
        if rule.effect == "prohibited"
    ]
    supply = _supply_law(task.responsible_office, assessment, voice)
    if not (bars and supply):
        return voice.say("decision.load_other")
    best = min(bars, key=lambda rule: _BEST_READ.index(rule.read_kind))
    law = in_brief([best], voice.short_instrument(best), voice)
    return voice.say("decision.load_barred", law=law, supply=supply)


def _supply_law(office: str, assessment: Assessment, voice: Voice) -> str:
    """The first instrument that a procedure on file of the supplier of power rests on; empty without any."""
    # Whatever the programme holds: the load takes power.
    found = (one for one in assessment.knowledge.procedures if one.lead_office == office)
    bracket = voice.say("law.bracket")
    texts = (kinds_of(one, voice)[0][0].partition(bracket)[0] for one in found)
    return next(texts, "")


def placement(assessment: Assessment, voice: Voice) -> str:
    """Who proposes by when what is offered to the people without a post, where they outnumber the jobs.

    With it stands whom retraining could bring to which staff.
    """
    if not outnumbered(assessment):
        return ""
    count = round(assessment.skills.unplaced)
    return voice.sentence(
        "decision.people", "decision.people", count=voice.number(count, 0),
        about=retrained(assessment, voice), box=_handed_out(voice), **offered(assessment, voice),
    )  # fmt: skip


def _asked(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Who finds out what it costs to keep or to return connection capacity that stays unused; or nothing.

    Nobody votes on a question: what the answer leads to comes to a vote of its own. Of people
    without a post whom the jobs outnumber it is told in the same line who proposes what is offered.
    """
    args, few, box = idle_asked(assessment, voice), _few(assessment, voice), _handed_out(voice)
    if args:
        people = voice.say("decision.people_joined", text=few) if few else ""
        yield voice.sentence("decision.idle", "decision.idle", box=box, people=people, **args)
    elif few:
        yield voice.sentence("decision.people", "decision.people_alone", text=few, box=box)


def _few(assessment: Assessment, voice: Voice) -> str:
    """Who proposes by when what is offered to people without a post whom the jobs outnumber; or nothing."""
    told = offered(assessment, voice)
    if not told or outnumbered(assessment):
        return ""
    return voice.plural("decision.people_few", round(assessment.skills.unplaced), **told)
