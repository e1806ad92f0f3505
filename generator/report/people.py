"""People of closing trades: how many are free, what they could be trained for, and who takes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.projects import amount_of
from generator.report.prospect import tenants

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.consequences import StaffShortage
    from generator.report.voice import Voice

_ROLES = 2
"""New roles that a line names."""
_EXACTLY = 1e-9
"""People by which a need may fall short of those on hand and take them all."""


def people_line(assessment: Assessment, voice: Voice) -> str:
    """How many people of closing trades are free, and how many retraining could place."""
    skills, free = assessment.skills, assessment.skills.free
    if not free or not assessment.programme.projects:
        return ""
    moved = math.fsum(one.transferred for one in skills.shortages)
    is_short = any(one.short != 0 for one in skills.shortages)
    if not moved and not is_short:
        return _enough(assessment, voice)
    return voice.sentence(
        "finding.people", "finding.people" if moved else "finding.people_none",
        free=voice.number(free, 0), moved=voice.number(moved, 0),
    )  # fmt: skip


def retrained(assessment: Assessment, voice: Voice) -> str:
    """How many people without a post could learn the work of which staff groups in how many months."""
    ways = [
        (one.row.available_fte.value or 0.0, [way.skill for way in one.ways if way.is_transferable])
        for one in assessment.skills.roles
    ]
    open_to = [(free, skills) for free, skills in ways if free and skills]
    if not open_to:
        return voice.say("decision.people_untrained")
    each = [skill for _, skills in open_to for skill in skills]
    months = (min(one.training_months for one in each), max(one.training_months for one in each))
    low, high = (voice.number(one, 0) for one in months)
    groups = dict.fromkeys(voice.choice("counts_towards", one.counts_towards) for one in each)
    count = min(math.fsum(free for free, _ in open_to), assessment.skills.unplaced)
    return voice.say(
        "decision.people_trained", moved=voice.number(round(count), 0),
        months=low if low == high else voice.say("span", low=low, high=high),
        groups=voice.say("plans.list").join(groups),
    )  # fmt: skip


def _enough(assessment: Assessment, voice: Voice) -> str:
    """Whom the projects ask for, which jobs have no trade yet, and why free people find no post beside them."""
    skills, found = assessment.skills, assessment.programme
    waves = (found.first, found.second)
    own = math.fsum(tenants(wave) for wave in waves)
    jobs = math.fsum(one.effects.get("jobs", 0.0) for one in waves)
    roles = sorted(skills.roles, key=lambda one: -(one.row.available_fte.value or 0.0))
    asked = [one for one in skills.shortages if one.need > 0]
    named = math.fsum(round(one.need) for one in asked)
    told = voice.sentence(
        "finding.people", "finding.people_enough" if own else "finding.people_enough_own",
        jobs=amount_of("jobs", jobs, voice), tenants=amount_of("jobs", own, voice),
        groups=voice.say("plans.list").join(_group(one.group, voice) for one in asked),
        named=voice.number(named, 0),
    )  # fmt: skip
    rest = round(jobs) - named
    parts = [told]
    if rest >= 1:
        unnamed = voice.number(rest, 0)
        parts.append(voice.sentence("finding.people_rest", "finding.people_rest", rest=unnamed))
    parts.append(
        voice.sentence(
            "finding.people_free", "finding.people_free" if own else "finding.people_free_own",
            free=voice.number(skills.free, 0),
            roles=voice.say("plans.list").join(
                inner(voice.name(one.row.role)) for one in roles[:_ROLES]
            ),
        )
    )  # fmt: skip
    full = [one for one in asked if one.need >= _on_hand(one) - _EXACTLY]
    return voice.run_on((*parts, *(_full(one, assessment, voice) for one in full)))


def _full(one: StaffShortage, assessment: Assessment, voice: Voice) -> str:
    """How many of the free people could join a staff group of which the projects take everybody."""
    able = [
        role.row.available_fte.value or 0.0
        for role in assessment.skills.roles
        if any(way.is_transferable and way.skill.counts_towards == one.group for way in role.ways)
    ]
    count = math.floor(math.fsum(able))
    return voice.sentence(
        f"finding.people_full.{one.group}",
        "finding.people_full" if count else "finding.people_full_none",
        group=_group(one.group, voice), count=voice.number(count, 0),
        need=voice.number(one.need, 0),
    )  # fmt: skip


def _on_hand(one: StaffShortage) -> float:
    return math.inf if one.fact is None or one.fact.value is None else one.fact.value


def _group(name: str, voice: Voice) -> str:
    return voice.choice("counts_towards", name)


def inner(text: str) -> str:
    """A role within a sentence; what begins with two capitals is a name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
