"""The titles of a brief's tables: what each finds, in a line.

The contents of the planning brief say the same of each chapter.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.model import Table
from generator.report.actions import month
from generator.report.alternatives import against, told_apart
from generator.report.citation import is_read_only
from generator.report.idle import near_title
from generator.report.indicators import last_month
from generator.report.met import is_met
from generator.report.money import number_in, smallest, step_of, with_step
from generator.report.options import counts, shown
from generator.report.projects import EFFECTS, amount_of, counted, ends, with_unit
from generator.report.registers import registers_title
from generator.report.scenarios import kinds_of
from generator.report.sites import does
from generator.report.tasklist import tasks_of
from generator.report.yearly import dearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.voice import Voice


def title_fields(
    fields: Mapping[str, Mapping[str, object]], assessment: Assessment, voice: Voice
) -> dict[str, str]:
    """The `titles` fields; a title whose finding is not at hand says what its table holds.

    Args:
        fields: The fields of all chapters, whose rows are counted.
        assessment: The results of one region.
        voice: Speaks.
    """
    found = assessment.programme
    later = "second" if found.first.projects else "only"
    return {
        "lead": _lead(assessment, voice),
        "first": _wave("first", found.first, assessment, voice),
        "second": _wave(later, found.second, assessment, voice),
        "flow": _flow(found.first if found.first.projects else found.second, voice),
        "before": _before(assessment, voice),
        "barred": _barred(_rows(fields, "law", "barred"), assessment, voice),
        "options": _options(assessment, voice),
        "options_others": _options_others(assessment, voice),
        "alternatives": _alternatives(assessment, voice),
        "decisions": _counted("decisions", _rows(fields, "top", "decisions_all"), voice),
        "coming": _dated("coming", _rows(fields, "law", "coming"), voice),
        "ending": _dated("ending", _rows(fields, "law", "ending"), voice),
        "sites": _sites(assessment, voice),
        "effects": _effects(_rows(fields, "economy", "effects"), voice),
        "scenarios": _scenarios(_rows(fields, "scenarios", "moving"), assessment, voice),
        "steps": _steps(_rows(fields, "steps", "rows"), assessment, voice),
        "registers": registers_title(assessment.region, voice),
        "near": near_title(assessment, voice),
        "sheets": _sheets(assessment, voice),
        "measured": _measured(_rows(fields, "firmness", "measured"), voice),
        "years": _years(assessment, voice),
        "tasks": _tasks(assessment, voice),
        "indicators": _indicators(_rows(fields, "goals", "indicators"), assessment, voice),
        "risks": _shared("risks", _rows(fields, "risks", "own"), "level", voice),
        "counsel": _counted("counsel", _rows(fields, "counsel", "asked"), voice),
    }


_MARKED = {"binding", "severe"}
"""Bands whose rows a title counts apart."""


def _barred(rows: Sequence[object], assessment: Assessment, voice: Voice) -> str:
    """How many kinds are barred, and whether a text bars them or only a reading of one."""
    bars = [one for one in assessment.screening.findings.values() if one.effect == "prohibited"]
    is_reading = bool(bars) and all(is_read_only(one.rules) for one in bars)
    return _counted("barred_reading" if rows and is_reading else "barred", rows, voice)


def _rows(
    fields: Mapping[str, Mapping[str, object]], chapter: str, name: str
) -> list[Mapping[str, object]]:
    """The rows of a table as texts by column."""
    held = fields[chapter][name]
    if isinstance(held, Table):
        return [{key: cell.text for key, cell in one.cells.items()} for one in held.rows]
    return list(held)  # type: ignore[call-overload, no-any-return] # a list of rows


def _counted(name: str, rows: Sequence[object], voice: Voice) -> str:
    return voice.plural(f"title.{name}", len(rows)) if rows else voice.say(f"title.{name}_plain")


def _dated(name: str, rows: Sequence[Mapping[str, object]], voice: Voice) -> str:
    """How many rules begin or end, and when the first of them does."""
    if not rows:
        return voice.say(f"title.{name}_plain")
    return voice.plural(f"title.{name}", len(rows), day=rows[0]["day"])


def _lead(assessment: Assessment, voice: Voice) -> str:
    """How many projects each wave of the one table has."""
    first, second = assessment.programme.first, assessment.programme.second
    if second.projects and not first.projects:
        return voice.say("title.lead_prepared", projects=counted(len(second.projects), voice))
    if second.projects:
        count, later = (voice.number(len(wave.projects), 0) for wave in (first, second))
        return voice.say("title.lead_both", count=count, later=later)
    return voice.say("title.lead_plain", projects=counted(len(first.projects), voice))


def _wave(name: str, wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """How many projects a wave has, what they bring first of all, and what they cost.

    Money stands in the unit of the table's column.
    """
    effect = next((one for one in EFFECTS if wave.effects.get(one, 0.0) > 0), "")
    least = smallest(ends(one.capital) for one in assessment.programme.projects)
    if not wave.projects or not effect or least is None:
        return voice.say(f"title.{name}_plain")
    grain = step_of(least, voice)
    return voice.say(
        f"title.{name}", projects=counted(len(wave.projects), voice),
        effect=with_unit(effect, wave.effects[effect], voice),
        capital=with_step(number_in(wave.capital_range, grain, voice), grain, voice),
    )  # fmt: skip


def _flow(wave: Wave, voice: Voice) -> str:
    """The project that brings most jobs, and how many of how many."""
    jobs = {one.use_id: one.effects.get("jobs", 0.0) for one in wave.projects}
    if len(jobs) < 2 or not any(jobs.values()):
        return voice.say("title.flow_plain")
    most = max(jobs, key=jobs.__getitem__)
    return voice.say(
        "title.flow", use=voice.use(most), jobs=amount_of("jobs", jobs[most], voice),
        all=amount_of("jobs", wave.effects.get("jobs", 0.0), voice),
    )  # fmt: skip


def _before(assessment: Assessment, voice: Voice) -> str:
    """On how many kinds of activity the law sets conditions."""
    projects = assessment.programme.projects
    bound = {
        found.activity
        for one in projects
        for found in assessment.screening.of_use(one.use_id).of("conditional")
    }
    if not bound:
        return voice.say("title.before_plain")
    return voice.plural("title.before", len(bound), projects=counted(len(projects), voice))


def _options(assessment: Assessment, voice: Voice) -> str:
    """What became of all options that the law leaves open, as the chapter on them opens."""
    told = counts(assessment, assessment.readiness.order)
    if not told.every:
        return voice.say("title.options_plain")
    key = "title.options_some" if told.lacking else "title.options"
    return voice.say(key, **told._asdict())


def _options_others(assessment: Assessment, voice: Voice) -> str:
    """How many options outside the programme have what they must have, and how many still wait."""
    chosen = assessment.programme.uses
    ids = [key for own in shown(assessment).values() for key in own if key not in chosen]
    if not ids:
        return voice.say("title.options_plain")
    met = sum(is_met(key, assessment) for key in ids)
    return voice.plural("title.options_others", len(ids), met=met, rest=len(ids) - met)


def _alternatives(assessment: Assessment, voice: Voice) -> str:
    """How many other first waves there are, where none brings more of every effect."""
    first = assessment.programme.first
    ready = [key for key, one in assessment.programme.candidates.items() if one.is_ready]
    if len(ready) == 1 and first.projects:
        return voice.say("title.alternatives_only")
    others = [
        one
        for one in told_apart(assessment.programme)
        if against(one.placements, first.projects, voice)
    ]
    if not others or any(
        all(one.effects.get(name, 0.0) > first.effects.get(name, 0.0) for name in EFFECTS)
        for one in others
    ):
        return voice.say("title.alternatives_plain")
    leads = any(
        one.effects.get(name, 0.0) > first.effects.get(name, 0.0)
        for one in others
        for name in EFFECTS
    )
    key = "title.alternatives" if leads else "title.alternatives_any"
    return voice.plural(key, len(others))


def _tasks(assessment: Assessment, voice: Voice) -> str:
    """How many tasks there are, and when the last ends."""
    tasks = tasks_of(assessment, voice)
    if not tasks:
        return voice.say("title.tasks_plain")
    end = month(max(one.last for one in tasks), assessment.region.plan_from, voice)
    return voice.plural("title.tasks", len(tasks), end=end)


def _sites(assessment: Assessment, voice: Voice) -> str:
    """How many options some site could host at once, and how many find a site but are not ready."""
    matches = assessment.sites
    if not matches:
        return voice.say("title.sites_plain")
    options = matches[0].options
    hosted = [
        one.use_id
        for place, one in enumerate(options)
        if any(does(match.options[place], at, assessment) for at, match in enumerate(matches))
    ]
    fitting = sum(is_met(use_id, assessment) for use_id in hosted)
    if not fitting:
        return voice.say("title.sites_plain")
    key = "title.sites" if len(matches) > 1 else "title.sites_one"
    told = {"count": fitting, "all": len(options), "sites": len(matches)}
    lacking = len(hosted) - fitting
    return voice.say(f"{key}_lacking" if lacking else key, lacking=lacking, **told)


def _effects(rows: Sequence[Mapping[str, object]], voice: Voice) -> str:
    """What the projects use and emit together, as the row of totals says it."""
    if not rows:
        return voice.say("title.effects_plain")
    return voice.say(
        "title.effects", jobs=rows[-1]["jobs_range"], electricity=rows[-1]["electricity"]
    )


def _scenarios(rows: Sequence[object], assessment: Assessment, voice: Voice) -> str:
    """How many scenarios change the projects, only a size or site, or neither."""
    if not rows:
        return voice.say("title.scenarios_plain")
    kinds = kinds_of(assessment)
    told = [
        voice.plural(f"title.scenarios.{kind}", count) for kind, count in kinds.items() if count
    ]
    parts = voice.say("effects.separator").join(told)
    return voice.plural("title.scenarios", sum(kinds.values()), parts=parts)


def _steps(rows: Sequence[Mapping[str, object]], assessment: Assessment, voice: Voice) -> str:
    """What the planned steps cost together, and how many of them open an option."""
    costs = [one.cost.value for one in assessment.region.steps if one.cost.value is not None]
    if not rows or not costs:
        return voice.say("title.steps_plain")
    opening = sum(1 for one in rows if one["opens"] != voice.dash)
    key = "title.steps" if opening else "title.steps_none"
    return voice.plural(
        key, len(rows), cost=voice.own_millions(math.fsum(costs)), opening=opening
    )  # fmt: skip


def _sheets(assessment: Assessment, voice: Voice) -> str:
    """How many projects have no revenue on record; empty without a project."""
    projects, known = assessment.programme.projects, voice.knowledge
    if not projects:
        return ""
    without = sum(1 for one in projects if not known.use(one.use_id).has_revenue)
    told = counted(len(projects), voice)
    key = voice.plural_key("title.sheets", without) if without else "title.sheets_pay"
    return voice.say(key, count=without, projects=told)


def _indicators(
    rows: Sequence[Mapping[str, object]], assessment: Assessment, voice: Voice
) -> str:  # fmt: skip
    """By when works can begin, and how many indicators are binding."""
    if not rows:
        return voice.say("title.indicators_plain")
    first, begins = assessment.programme.first, assessment.action_plan.begins
    marked = sum(one["kind_band"] in _MARKED for one in rows)
    key = "title.indicators" if marked else "title.indicators_expected"
    kinds = voice.plural(key, len(rows), marked=marked)
    if not first.projects:
        return kinds
    ready = month(last_month(begins, first.projects), assessment.region.plan_from, voice)
    aim = voice.say(
        "title.indicators_aim", ready=ready, projects=counted(len(first.projects), voice)
    )
    return voice.clauses((aim, kinds))


def _measured(rows: Sequence[Mapping[str, object]], voice: Voice) -> str:
    if not rows:
        return voice.say("title.measured_plain")
    return voice.say("title.measured", value=rows[0]["value"])


def _years(assessment: Assessment, voice: Voice) -> str:
    found = dearest(assessment, voice)
    if found is None:
        return voice.say("title.years_plain")
    whose = voice.say(f"chart.peak_{found.whose}")
    return voice.say("title.years", year=found.year, amount=found.amount, whose=whose)


def _shared(name: str, rows: Sequence[Mapping[str, object]], column: str, voice: Voice) -> str:
    """How many rows there are and how many of them are marked."""
    marked = sum(one[f"{column}_band"] in _MARKED for one in rows)
    if not rows or not marked:
        return voice.say(f"title.{name}_plain")
    if name == "risks" and marked == len(rows) > 1:
        return voice.say("title.risks_all", count=marked)
    return voice.plural(f"title.{name}", len(rows), marked=marked)
