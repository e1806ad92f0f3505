"""People of closing trades: how many are free, what they could be trained for, and who takes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_NOTED = 0.1
"""Free people are told on a first page from this part of the jobs on that the projects bring."""
_ROLES = 2
"""New roles that a line names."""


def people_line(assessment: Assessment, voice: Voice) -> str:
    """How many people of closing trades are free, and how many retraining could place."""
    skills, free = assessment.skills, assessment.skills.free
    if not free or not assessment.programme.projects:
        return ""
    moved = math.fsum(one.transferred for one in skills.shortages)
    is_short = any(one.short != 0 for one in skills.shortages)
    key = (
        "finding.people"
        if moved
        else "finding.people_none"
        if is_short
        else "finding.people_enough"
    )
    return voice.sentence(
        "finding.people", key, free=voice.number(free, 0), moved=voice.number(moved, 0)
    )


def posts_line(assessment: Assessment, voice: Voice) -> str:
    """That the projects have no post for many free people, and what these could be trained for.

    Empty where they are few beside the jobs that the projects bring, or some can move.
    """
    found, free = assessment.programme, assessment.skills.free
    jobs = math.fsum(wave.effects.get("jobs", 0.0) for wave in (found.first, found.second))
    moved = any(one.transferred for one in assessment.skills.shortages)
    if moved or not found.projects or free < _NOTED * jobs or free < 1:
        return ""
    roles: dict[str, float] = {}
    fitting = 0.0
    for match in assessment.skills.roles:
        people = match.row.available_fte.value or 0.0
        open_to = [way.skill for way in match.ways if way.is_transferable]
        fitting += people if open_to else 0.0
        for skill in open_to:
            name = voice.name(skill.to_role)
            roles[name] = roles.get(name, 0.0) + people
    most = sorted(roles, key=lambda name: -roles[name])[:_ROLES]
    return voice.sentence(
        "point.people", "point.people" if fitting else "point.people_far",
        free=voice.number(free, 0), fitting=voice.number(math.floor(fitting), 0),
        roles=voice.join(most),
    )  # fmt: skip
