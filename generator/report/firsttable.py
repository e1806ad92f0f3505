"""The one table of a first page: each wave with its sums, below it what is known of its projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.report.answer import is_long, tenants
from generator.report.ceiling import asked
from generator.report.duties import steps_of
from generator.report.money import number_in, smallest, step_of
from generator.report.outlay import jobs_of
from generator.report.projects import ends, whole
from generator.report.tables import begun
from generator.report.yearcost import power_told, yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Assessment
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice

_LINKED = ("jobs", "power", "served", "capital")
"""Figures of a wave that lead to where they come from."""


def first_table(
    fields: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> list[dict[str, object]]:
    """Rows of three kinds: `wave` with its sums, those of the first wave, and `later` ones.

    Of a long programme the projects of the second wave are named in the row of their wave alone.

    Args:
        fields: Those of the brief, with the links of their numbers.
        assessment: The results of one region.
        voice: Speaks.
    """
    found, long = assessment.programme, is_long(assessment)
    waves = {
        name: wave
        for name, wave in (("first", found.first), ("second", found.second))
        if wave.projects
    }
    rows: list[dict[str, object]] = []
    for (name, wave), told in zip(waves.items(), fields["overview"]["waves"], strict=True):
        named = long and name == "second"
        rows.append(_wave(wave, told, assessment, voice, is_named=named))
        kind = "" if name == "first" else "later"
        projects = () if named else wave.projects
        rows += [
            {**row, **_told(one, row, assessment, voice), "variant": kind}
            for one, row in zip(projects, fields["programme"][name], strict=False)
        ]
    return rows


def _wave(
    wave: Wave, told: Mapping[str, str], assessment: Assessment, voice: Voice, *, is_named: bool
) -> dict[str, object]:
    """The sums of a wave in the units of the columns, and what else is to be known of it."""
    least = smallest(ends(one.capital) for one in assessment.programme.projects)
    capital = number_in(wave.capital_range, step_of(least, voice), voice) if least else voice.dash
    links = {
        f"{name}_{what}": told[f"{name}_{what}"] for name in _LINKED for what in ("anchor", "tip")
    }
    return {
        **links, "variant": "wave", "name": told["name"], "stage": told["stage"],
        "named": voice.join(voice.use(use_id) for use_id in wave.uses) if is_named else "",
        "jobs": told["jobs"] or voice.dash,
        "power": told["power"] or voice.dash, "served": told["served"] or voice.dash,
        "capital": capital, "note": voice.clauses(filter(None, _measured(wave, told, assessment, voice))),
    }  # fmt: skip


def _measured(
    wave: Wave, told: Mapping[str, str], assessment: Assessment, voice: Voice
) -> Iterable[str]:
    """Whose the jobs are, the peak of the power, what is asked for, and of a later wave its running cost."""
    low, high = whole(jobs_of(wave.projects)) or (0.0, 0.0)
    yield voice.say("first.jobs", range=voice.extent((low, high))) if low < high else ""
    if wave is assessment.programme.first:
        hired = tenants(wave)
        yield voice.say("overview.tenants", tenants=voice.number(hired, 0)) if hired else ""
        # Its limit, what is over it and the jobs by the end of the plan stand in the headline.
        yield voice.say("overview.estimate", ceiling=voice.about(asked(assessment, voice)))
        return
    yield told["tenants"]
    running = yearly_of(wave.projects)
    if running:
        power = power_told(wave.projects, voice, brief=True)
        yield voice.say("first.running", running=voice.about(*running), power=power)


def _told(
    one: Project, row: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> dict[str, str]:
    """What the one table tells otherwise: effects that a project lacks, its law and procedures."""
    steps = steps_of(one.use_id, assessment)
    key = "first.steps" if steps.launch else "first.steps_works"
    return {
        "power": row["power"] if one.effects.get("power") else voice.dash,
        "people": row["people"] if one.effects.get("served") else voice.dash,
        "position": voice.say(f"first.law.{row['law_band']}"),
        "lead": begun(row["lead"]),
        "duties": voice.say(key, works=steps.works, launch=steps.launch) if sum(steps) else "",
    }
