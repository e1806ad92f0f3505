"""The one page that sums up: what the lead projects use and bring, and what is asked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.abstract import abstract, unsettled
from generator.report.ceiling import money_clause
from generator.report.compared import only_rival, plan_lines
from generator.report.idle import idle_asked
from generator.report.inplan import open_in_plan, told_effect
from generator.report.limits import held
from generator.report.money import in_one_unit, is_from_elsewhere, number_in, step_of
from generator.report.otherplans import load_line
from generator.report.outlay import cost_per_job, jobs_of, running_of
from generator.report.peopletask import offered, outnumbered
from generator.report.projects import (
    EFFECTS,
    amount_of,
    counted,
    megawatts,
    whole,
)
from generator.report.prospect import jobs_in_plan, tenants
from generator.report.yearcost import power_of, yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.language import Grain
    from generator.model import Assessment
    from generator.model.programme import Project, Wave
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_MONEY = "capex"
_ROTA = "ops_fte"
"""Who works for several projects at once; every other limit is taken by each for itself."""
_SMALL = 1e-9
_BAR, _BLANK = 36, " "
"""The longest bar of the table of projects, in blanks."""


def overview_fields(asked: Asked, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `overview` fields: assets, projects and effects side by side; decisions in a line each.

    Args:
        asked: The decisions; what they say in full stands in a chapter of its own.
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    found = assessment.programme
    resources = [one.resource for one in found.limits if one.resource != _MONEY]
    listed = found.first.projects or found.second.projects
    waves = [
        (name, wave)
        for name, wave in (("first", found.first), ("second", found.second))
        if wave.projects
    ]
    ranges = [wave.capital_range for _, wave in waves]
    yearly = [running_of(wave) for _, wave in waves]
    # In the unit of the sentence above, which speaks of the wave that stands first.
    capital, capital_unit = in_one_unit(ranges, voice, next(iter(ranges), None))
    running, running_unit = in_one_unit(yearly, voice, next(iter(yearly), None))
    steps = [
        next((step_of(ends, voice) for ends in column[:1] if ends is not None), None)
        for column in (ranges, yearly)
    ]
    loose = unsettled(assessment)
    # Of two plans alone the rule is short enough to stand beside the choice.
    key = "overview.choice_of_two" if only_rival(asked.choices) else "overview.choice"
    return {
        "lines": abstract(asked, assessment, voice),
        "waves": [
            {
                **_wave(name, wave, assessment, voice),
                "ceiling": money_clause(assessment, voice, steps[0]) if name == "first" else "",
                "bill": _spent(name, wave, steps[1], assessment, voice),
                "capital": cost,
                "running": spent,
            }
            for (name, wave), cost, spent in zip(waves, capital, running, strict=True)
        ],
        "capital_unit": capital_unit,
        "running_unit": running_unit,
        "flow": [
            {
                "uses": _uses(one, resources, voice),
                "project": voice.say("overview.flow_open", use=voice.use(one.use_id))
                if one.use_id in loose
                else voice.use(one.use_id),
                "bar": _bar(one, listed),
                **_effects(one.effects, voice),
            }
            for one in listed
        ],
        "flow_note": _rota(assessment, voice),
        "decisions": [
            *filter(None, [load_line(asked, assessment, voice)]),
            *_people(assessment, voice),
            *(
                voice.say("overview.errand", **args)
                for args in [idle_asked(assessment, voice)]
                if args
            ),
            *(voice.say("overview.decision", **row) for row in asked.rows),
            *(
                voice.say(key, against=plan_lines([one], assessment, voice), **one.row)
                for one in asked.choices.values()
            ),
        ],
    }


def _people(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """What is handed out for people without a post, where they outnumber the jobs."""
    if outnumbered(assessment):
        count = voice.number(round(assessment.skills.unplaced), 0)
        yield voice.say("overview.people", count=count, **offered(assessment, voice))


def _wave(name: str, wave: Wave, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What a wave brings as figures, each with the words that stand below it."""
    effects = wave.effects
    own = tenants(wave)
    key = name if assessment.programme.first.projects else "only"
    is_draft = key == "first" and assessment.confidence.is_illustrative
    count = counted(len(wave.projects), voice)
    return {
        "name": voice.say(f"overview.{key}"),
        "stage": voice.say(
            f"overview.{key}_draft" if is_draft else f"overview.{key}_stage", count=count
        ),
        **_effects(effects, voice),
        "jobs_range": _jobs_range(wave, voice) if effects.get("jobs") else "",
        "served_note": voice.say("overview.served_note") if effects.get("served") else "",
        "tenants": voice.say("effects.separator").join(
            filter(None, [_at_tenants(own, voice), _in_plan(name, wave, assessment, voice)])
        ),
        "peak": _peak(name, assessment, voice) if effects.get("power") else "",
    }


def _effects(effects: Mapping[str, float], voice: Voice) -> dict[str, str]:
    """Each effect as a bare amount, a dash for none."""
    return {
        effect: amount_of(effect, effects[effect], voice) if effects.get(effect) else voice.dash
        for effect in EFFECTS
    }


def _bar(one: Project, listed: Sequence[Project]) -> str:
    """Blanks that a template shades, as long as a project's share of the most jobs of one; none of one alone."""
    most = max(project.effects.get("jobs", 0.0) for project in listed)
    jobs = one.effects.get("jobs", 0.0)
    return _BLANK * math.ceil(_BAR * jobs / most) if jobs and len(listed) > 1 else ""


def _at_tenants(jobs: float, voice: Voice) -> str:
    return voice.say("overview.tenants", tenants=amount_of("jobs", jobs, voice)) if jobs else ""


def _in_plan(name: str, wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """Jobs that are there when the plan ends, where that is not all; of a later wave where some are."""
    if len(open_in_plan(wave.projects, assessment, "longer")) == len(wave.projects):
        return ""
    early, until = jobs_in_plan(wave, assessment), assessment.region.plan_until
    end = "" if until is None else voice.month(until.year, until.month)
    if not early[1] and name != "first":
        return ""
    return voice.say("overview.in_plan", jobs=told_effect("jobs", early, voice), end=end)


def _jobs_range(wave: Wave, voice: Voice) -> str:
    """Both ends of the jobs of a wave; empty where they are one."""
    low, high = jobs_of(wave.projects)
    span = voice.extent(whole((low, high)))
    return voice.say("overview.jobs_range", range=span) if low < high else ""


def _spent(name: str, wave: Wave, grain: Grain | None, assessment: Assessment, voice: Voice) -> str:
    """What stands below the running cost of a wave: its power, or else the cost a job."""
    return _bill(wave, grain, voice) or _per_job(name, wave, assessment, voice)


def _bill(wave: Wave, grain: Grain | None, voice: Voice) -> str:
    """What the power of a wave costs a year, and the total with it; empty where a price is unknown."""
    cost, total = power_of(wave.projects), yearly_of(wave.projects)
    is_priced = all(one.power_cost is not None for one in wave.projects)
    if not cost or total is None or not is_priced or grain is None:
        return ""
    return voice.say(
        "overview.bill", cost=number_in((cost, cost), grain, voice),
        total=number_in(total, grain, voice),
    )  # fmt: skip


def _per_job(name: str, wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """What that is a job, once and where the catalogue speaks of another country; else empty."""
    is_later = name == "second" and assessment.programme.first.projects
    ratio = cost_per_job(wave.projects, voice)
    if ratio is None or is_later or not is_from_elsewhere(voice):
        return ""
    return voice.say("overview.per_job", ratio=voice.about(*ratio))


def _peak(name: str, assessment: Assessment, voice: Voice) -> str:
    """The connection that a wave takes, of what lies idle; empty where that is unknown."""
    grid = assessment.programme.idle_grid
    if grid is None or not grid.limit:
        return ""
    taken = grid.first if name == "first" else grid.second
    key = "overview.peak_stated" if grid.basis == "stated" else "overview.peak"
    return voice.say(key, taken=megawatts(taken, voice), idle=megawatts(grid.limit, voice))


def _rota(assessment: Assessment, voice: Voice) -> str:
    """That staff of one rota makes the rows add up to more than the programme takes; empty where it does not."""
    found = assessment.programme
    alone = math.fsum(one.needs.get(_ROTA, 0.0) for one in found.first.projects)
    taken = next((one.first for one in found.limits if one.resource == _ROTA), math.inf)
    return voice.say("overview.flow_note") if alone > taken + _SMALL else ""


def _uses(one: Project, resources: Sequence[str], voice: Voice) -> str:
    """What a project takes of what the region has, its site first."""
    parts = [voice.text(one.place.name)] if one.place.number is not None else []
    parts += [
        voice.say(f"flow.{name}", value=held(name, one.needs[name], voice, bare=True))
        for name in resources
        if one.needs.get(name)
    ]
    return voice.say("effects.separator").join(parts) or voice.say("none")
