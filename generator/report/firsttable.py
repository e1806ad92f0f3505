"""The one table of a first page: each wave with its sums, below it what is known of its projects."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from generator.report.bodies import title
from generator.report.funding import first_step
from generator.report.money import is_from_elsewhere, number_in, rough, step_of
from generator.report.needs import unmet
from generator.report.outlay import jobs_of
from generator.report.programme import counts_twice
from generator.report.projects import ends, is_long, least_capital, whole
from generator.report.prospect import leading
from generator.report.tables import begun, kept_together
from generator.report.verdict import thresholds
from generator.report.yearcost import power_told, yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Assessment
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice

_LINKED = ("jobs", "power", "served", "capital")
"""Figures of a wave that lead to where they come from."""


def table_fields(
    fields: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The one table with what stands below it: how to read it, and the projects of a long second wave.

    Args:
        fields: Those of the brief, with the links of their numbers.
        assessment: The results of one region.
        voice: Speaks.
    """
    rows = _rows(fields, assessment, voice)
    laws = [row["position"] for row in rows if "position" in row]
    # A sentence says once what each row would repeat.
    law = str(laws[0]) if len(set(laws)) == 1 else ""
    return {
        "projects": [row | {"position": ""} for row in rows] if law else rows,
        "waits": _later_lines(fields, assessment, voice),
        "note": voice.run_on(_notes(rows, assessment, voice)) if laws else "",
        "terms": voice.run_on(_terms(law, voice)) if laws else "",
        "basis": voice.run_on(_basis(voice)) if laws else "",
    }


def _notes(
    rows: Sequence[Mapping[str, object]], assessment: Assessment, voice: Voice
) -> Iterable[str]:  # fmt: skip
    """What stability says, and why rows add up to more than their sum."""
    if any(row.get("firm_word") for row in rows if row["variant"] == ""):
        yield voice.say("first.firm_note", **thresholds(voice))
    yield from _sums(assessment.programme.first, voice)


def _terms(law: str, voice: Voice) -> Iterable[str]:
    """Law where it is one for all, and what letters of intent are."""
    if law:
        yield voice.say("first.law_all", law=law)
    yield voice.say("first.letters")


def _sums(wave: Wave, voice: Voice) -> Iterable[str]:
    """That a shared platform is spared, by how much, and that the same people count once."""
    parts = []
    if wave.has_platform:
        rows = [ends(one.capital) or (0.0, 0.0) for one in wave.projects]
        low, high = (math.fsum(one[at] for one in rows) - wave.capital_range[at] for at in (0, 1))
        parts.append(voice.say("first.sums_platform", spared=rough((low, high), voice)))
    if counts_twice(wave):
        parts.append(voice.say("first.sums_served"))
    if parts:
        yield voice.say("first.sums", parts=voice.say("effects.separator").join(parts))


def _basis(voice: Voice) -> Iterable[str]:
    """Whose figures these are, and that sums are rounded."""
    yield voice.say("programme.note_restated" if is_from_elsewhere(voice) else "programme.note")
    yield voice.say("first.rounded")


def _rows(
    fields: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> list[dict[str, object]]:
    """Rows of four kinds: `wave` with its sums, those of the first wave, and `later` ones.

    Under those of the first wave that still lack something stands a row `unmet`. Of a long
    programme the projects of the second wave have no row; `_later_lines` tells them.
    """
    found, long = assessment.programme, is_long(assessment)
    waits = {one["use_id"]: str(one["kind"]) for one in fields["top"]["candidates"]}
    waves = {
        name: wave
        for name, wave in (("first", found.first), ("second", found.second))
        if wave.projects
    }
    rows: list[dict[str, object]] = []
    for (name, wave), told in zip(waves.items(), fields["overview"]["waves"], strict=True):
        own = fields["programme"][name]
        rows.append(_wave(wave, told, assessment, voice))
        kind = "" if name == "first" else "later"
        projects = () if long and name == "second" else wave.projects
        for one, row in zip(projects, own, strict=False):
            kind_held = waits.get(one.use_id, "")
            held = voice.say(f"candidates.{kind_held}") if kind_held else ""
            candidate = held if kind_held == "row" else ""
            told_row = {
                **row,
                **_told(one, row, assessment, voice),
                "candidate": candidate,
                "held": held,
            }
            rows.append({**told_row, "variant": kind})
        if name == "first":
            rows += _unmet(wave, assessment, voice)
    return rows


def _unmet(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """Rows of their own for what projects still lack, apart from how stable their choice is.

    Projects that lack the same share one. Of a project that stands alone in its wave a point under
    the answer tells it.
    """
    lacking: dict[str, list[str]] = {}
    for one in wave.projects if len(wave.projects) > 1 else ():
        facts = voice.clauses(unmet(one, assessment, voice))
        if facts:
            lacking.setdefault(facts, []).append(voice.use(one.use_id))
    for facts, uses in lacking.items():
        told = voice.say("programme.unmet", project=voice.in_a_row(uses), facts=facts)
        yield {"variant": "unmet", "unmet": told}


def _wave(
    wave: Wave, told: Mapping[str, str], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The sums of a wave in the units of the columns, and what else is to be known of it."""
    least = least_capital(assessment)
    capital = number_in(wave.capital_range, step_of(least, voice), voice) if least else voice.dash
    links = {
        f"{name}_{what}": told[f"{name}_{what}"] for name in _LINKED for what in ("anchor", "tip")
    }
    return {
        **links, "variant": "wave",
        "name": told["name"] if wave is leading(assessment) else voice.say("first.after", name=told["name"]),
        "jobs": told["jobs"] or voice.dash,
        "power": told["power"] or voice.dash, "served": told["served"] or voice.dash,
        "capital": capital, "note": begun(voice.clauses(filter(None, _measured(wave, told, assessment, voice)))),
    }  # fmt: skip


def _measured(
    wave: Wave, told: Mapping[str, str], assessment: Assessment, voice: Voice
) -> Iterable[str]:
    """Of a later wave both ends of the jobs, whose they are and the running cost."""
    if wave is leading(assessment):
        # Of the wave that stands first the tiles tell all that.
        yield told["stage"]
        return
    low, high = whole(jobs_of(wave.projects)) or (0.0, 0.0)
    yield voice.say("first.jobs", range=voice.extent((low, high))) if low < high else ""
    yield told["tenants"]
    running = yearly_of(wave.projects)
    if running:
        power = power_told(wave.projects, voice, brief=True)
        yield voice.say("first.running", running=voice.about(*running), power=power)


def _later_lines(fields: Mapping[str, Any], assessment: Assessment, voice: Voice) -> list[str]:
    """The projects of a second wave that the one table tells in a row, with capital and jobs; else nothing."""
    found = assessment.programme
    if not (found.second.projects and found.first.projects and is_long(assessment)):
        return []
    unit = fields["programme"]["capital_unit"]
    names = voice.join(
        voice.say(
            "first.later",
            name=row["name"],
            lead=row["lead"],
            capital=row["capital"],
            jobs=row["jobs"],
        )
        for row in fields["programme"]["second"]
    )
    return [voice.say("first.waits", names=names, unit=unit)]


def _told(
    one: Project, row: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> dict[str, str]:
    """What the one table tells otherwise: effects that a project lacks, and its law, its first step in a line."""
    step = first_step(one.use_id, assessment)
    return {
        "power": row["power"] if one.effects.get("power") else voice.dash,
        "people": row["people"] if one.effects.get("served") else voice.dash,
        "position": voice.say(f"first.law.{row['law_band']}"),
        "lead": begun(row["lead"]),
        "place": kept_together(row["place"]),
        "first_step": voice.dash if step is None else title(step, voice, one.use_id, brief=True),
    }
