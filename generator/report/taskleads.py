"""Who leads a task of a brief, who stands beside it and who decides on it by law.

Whoever applies for a permit, tenders, builds and accepts is the project's owner, as soon as it is
settled who that is. An office that decides on a permit never leads the application for it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from generator.model import PLACEHOLDER
from generator.report.bodies import filled, width
from generator.report.funding import OPERATOR, carried_out_by, lead_of, outsider, owner, supports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, Bodies, PlannedAction
    from generator.report.task import Task
    from generator.report.voice import Voice

OWNERSHIP = "title"
"""What the task settles that names the owner of each project."""
_COUNSEL = "legal_counsel"
_TOLD, _WIDE = 3, 40
"""Bodies that a cell names one by one, and the columns that their names may take."""
_NAMED = 2
"""Bodies that stand for the owners of several projects by name."""


class Led(NamedTuple):
    """The offices of a task in words; all but the first may be empty."""

    lead: str
    doing: str = ""
    """Who carries it out."""
    supporting: str = ""
    """Who gives what it alone can give, and is told by no office."""
    owner: str = ""
    """The bodies that lead its projects, where the owner leads it once that is settled; empty where none does."""
    deciding: str = ""
    """Who decides on it, or takes it on record, by law."""
    told: str = ""
    """Who stands beside the lead in a cell."""


def owners_from(assessment: Assessment) -> float:
    """The month from the plan's start from which it is settled who owns each project; never: infinity."""
    ends = [
        one.end_month for one in assessment.action_plan.actions if one.action.settles == OWNERSHIP
    ]
    return max(ends, default=math.inf)


def led(
    task: PlannedAction, uses: tuple[str, ...], bodies: Bodies, owned: float, voice: Voice
) -> Led:  # fmt: skip
    """The offices of a planned action.

    Args:
        task: Where whoever runs a project takes it up, its owner leads once that is settled, and
            until then the body that leads the project.
        uses: Those on whose account it is named.
        bodies: Who is named in it.
        owned: The month from which the owners are settled.
        voice: Names offices.
    """
    action = task.action
    if action.lead_office == OPERATOR and task.start_month >= owned:
        doing, supporting = _beside(task, bodies, voice)
        return by_owner(uses, doing, supporting, action.deciding_offices, voice)
    beside = carried_out_by(task, uses, bodies, voice, alone=True)
    return Led(
        lead=lead_of(task, uses[:1] if action.signs else uses, voice, alone=True),
        doing=beside.doing if beside.supporting else beside.told.replace(voice.dash, ""),
        supporting=beside.supporting,
        told=beside.told,
    )


def without_names(beside: Led, bodies: Bodies, voice: Voice) -> Led:
    """The offices of a task whose title names every body: those who would fill its cell are not told twice."""
    if not (bodies.named or bodies.sought):
        return beside
    found, short = filled(PLACEHOLDER, bodies, voice), voice.say("task.named_bodies")
    if len(bodies.named) <= _TOLD and width(found) <= _WIDE:
        return beside
    return beside._replace(
        doing=beside.doing.replace(found, short),
        supporting=beside.supporting.replace(found, short),
        told=beside.told.replace(found, short),
    )


def by_owner(
    uses: Sequence[str], doing: str, supporting: str, decides: Sequence[str], voice: Voice
) -> Led:  # fmt: skip
    """The owner as the lead: until it is settled, the body that leads the project, by name.

    Who decides on an application does not make it, so that it is named in no owner's place.
    """
    told = _until(uses, decides, voice)
    deciding = voice.join(map(voice.office, decides))
    decided = deciding and voice.say("office.deciding", offices=deciding)
    parts = [doing, supporting and supports(supporting, voice), decided]
    return Led(
        told, doing, supporting, told, deciding, voice.clauses([*filter(None, parts)]) or voice.dash
    )


def _until(uses: Sequence[str], decides: Sequence[str], voice: Voice) -> str:
    """Who the owner is until that is settled."""
    offices = list(dict.fromkeys(owner(use, voice) for use in uses))
    if any(voice.knowledge.use(use).owner_office in decides for use in uses):
        return voice.say("office.project_owner")
    named = offices[0] if len(offices) == 1 else voice.say("office.each_lead")
    if len(offices) == _NAMED:
        both = voice.say("plans.and", first=offices[0], last=offices[1])
        named = both if width(both) <= _WIDE else named
    return voice.say("office.project_owner_until", offices=named)


def leading_offices(tasks: Iterable[Task], assessment: Assessment, voice: Voice) -> dict[str, int]:
    """The offices and bodies that lead tasks, each with how many, however their lead is labelled.

    Where the owner leads, it is the bodies that lead its projects until then; an owner in whose place
    none may stand is no office yet.

    Args:
        tasks: Single tasks, those of a joined row one by one.
        assessment: The results of one region.
        voice: Names offices.
    """
    each = voice.say("office.each_lead")
    nobody = voice.say("office.project_owner")
    counts: dict[str, int] = {}
    for one in tasks:
        uses = one.uses or assessment.programme.uses
        are_many = bool(one.owner) or one.lead == each
        offices = dict.fromkeys(owner(use, voice) for use in uses) if are_many else (one.lead,)
        for office in () if one.lead == nobody else offices:
            counts[office] = counts.get(office, 0) + 1
    return counts


def owner_word(task: PlannedAction, lead: str, assessment: Assessment, voice: Voice) -> str:
    """The lead of a task of one project: its owner, where it leads, else the office given."""
    is_owned = task.start_month >= owners_from(assessment)
    is_led = task.action.lead_office == OPERATOR and is_owned
    return voice.say("office.lead_until", offices=lead) if is_led else lead


def _beside(task: PlannedAction, bodies: Bodies, voice: Voice) -> tuple[str, str]:
    """Who carries it out beside the owner, and who from outside supports it; the first of each."""
    action = task.action
    key = action.responsible_office
    is_own = key != OPERATOR and key not in action.deciding_offices
    doing = "" if not is_own or outsider(key, voice) else voice.office(key)
    others = (one for one in action.joint_offices if one != _COUNSEL)
    return filled(doing, bodies, voice), _first((key, *others), bodies, voice)


def _first(keys: Iterable[str], bodies: Bodies, voice: Voice) -> str:
    found = (outsider(key, voice) for key in keys)
    return filled(next(filter(None, found), ""), bodies, voice)
