"""Projects on which half of a benefit or more hangs, told wherever a brief speaks of risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import megawatts

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice

_HALF = 0.5
_ALL = 0.995
"""Share of a limit from which it is taken in full."""
PEOPLE = frozenset({"dev_fte", "ops_fte", "technician_fte"})
"""Limits that count people."""


def heaviest(effect: str, assessment: Assessment) -> Project | None:
    """The project that brings half of an effect of its wave or more; None while it stands alone.

    Args:
        effect: `jobs` (full-time) or `power` (MW on average).
        assessment: The results of one region; the wave is the first, or the second where that is empty.
    """
    wave = _wave(assessment)
    sharing = [one for one in wave.projects if one.effects.get(effect, 0.0) > 0.0]
    if len(sharing) < 2:
        return None
    most = max(sharing, key=lambda one: one.effects[effect])
    return most if most.effects[effect] >= _HALF * wave.effects[effect] else None


def _wave(assessment: Assessment) -> Wave:
    found = assessment.programme
    return found.first if found.first.projects else found.second


def weighed(project: Project, assessment: Assessment, voice: Voice) -> str:
    """The name of a project, with the jobs that it brings of all where these are half or more."""
    name = voice.use(project.use_id)
    if project != heaviest("jobs", assessment):
        return name
    return voice.say(
        "top.heavy", project=name, part=voice.number(project.effects["jobs"], 0),
        whole=voice.number(_wave(assessment).effects["jobs"], 0),
    )  # fmt: skip


def heavy_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """What hangs on one project by half or more: jobs, with those left without it, and power."""
    return [
        *filter(
            None,
            (_jobs(assessment, voice), _power(assessment, voice), full_line(assessment, voice)),
        )
    ]


def full_staff(assessment: Assessment, voice: Voice, *, is_by_second: bool = False) -> str:
    """The people of whom the plan takes all that there are; empty for none.

    Args:
        assessment: The results of one region.
        voice: Speaks.
        is_by_second: Whether only those are told of whom the second wave takes some.
    """
    found = [
        voice.say(f"resource.{one.resource}")
        for one in assessment.programme.limits
        if one.resource in PEOPLE and one.limit and one.first + one.second >= _ALL * one.limit
        and (one.second > 0 or not is_by_second)
    ]  # fmt: skip
    return _lower(voice.join(found)) if found else ""


def full_line(assessment: Assessment, voice: Voice) -> str:
    """What follows where the plan takes all the people of a kind; empty where it does not."""
    staff = full_staff(assessment, voice)
    return voice.sentence("risks.full", "risk.full", staff=staff) if staff else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _power(assessment: Assessment, voice: Voice) -> str:
    project = heaviest("power", assessment)
    if project is None:
        return ""
    return voice.sentence(
        "risks.heavy_power", "risk.heavy_power", project=voice.use(project.use_id),
        part=megawatts(project.effects["power"], voice),
        whole=megawatts(_wave(assessment).effects["power"], voice),
    )  # fmt: skip


def _jobs(assessment: Assessment, voice: Voice) -> str:
    project = heaviest("jobs", assessment)
    if project is None:
        return ""
    part, whole = project.effects["jobs"], _wave(assessment).effects["jobs"]
    key = "risk.heavy_first" if assessment.programme.first.projects else "risk.heavy_only"
    return voice.sentence(
        "risks.heavy", key, project=voice.use(project.use_id), part=voice.number(part, 0),
        whole=voice.number(whole, 0), rest=voice.number(whole - part, 0),
    )  # fmt: skip
