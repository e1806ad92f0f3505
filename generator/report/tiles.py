"""The few figures of a first page, a tile each: jobs, idle power, capital, running cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from generator.report.inplan import told_effect
from generator.report.leftover import supply_note
from generator.report.limits import amount
from generator.report.money import is_from_elsewhere, number_in, stated_in, step_of
from generator.report.outlay import jobs_of
from generator.report.projects import amount_of, least_capital, whole
from generator.report.prospect import jobs_in_plan, leading, unpaid
from generator.report.yearcost import extra_wages, power_of, power_told, yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.voice import Voice

_FEWER = 0.1
"""Share of the jobs from which it is said that so many come after the plan."""
Tile = tuple[str, str, str, str]
"""What it measures, as the overview names it; its head; the figure; what else is to be known of it."""


def tile_fields(
    fields: Mapping[str, Any], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The tiles of the wave that stands first as a table of one column each; none without a project.

    Args:
        fields: Those of the brief, with the links of the numbers of each wave.
        assessment: The results of one region.
        voice: Speaks.
    """
    wave = leading(assessment)
    shown = [*_tiles(wave, assessment, voice)] if wave.projects else []
    links: Mapping[str, str] = next(iter(fields["overview"]["waves"]), {})
    values = [
        {"text": value, "anchor": links[f"{name}_anchor"], "tip": links[f"{name}_tip"]}
        for name, _, value, _ in shown
    ]
    notes = [{"text": note, "anchor": "", "tip": ""} for *_, note in shown]
    rows = [{"variant": "", "measures": values}, {"variant": "note", "measures": notes}]
    return {"measures": [head for _, head, _, _ in shown], "tiles": rows if shown else []}


def _tiles(wave: Wave, assessment: Assessment, voice: Voice) -> Iterator[Tile]:
    effects = wave.effects
    if effects.get("jobs"):
        note = voice.clauses(filter(None, _jobs(wave, assessment, voice)))
        found = assessment.programme
        is_followed = found.first.projects and found.second.projects
        head = voice.say("tile.jobs_first" if is_followed else "tile.jobs")
        yield "jobs", head, amount_of("jobs", effects["jobs"], voice), note
    grid = assessment.programme.idle_grid
    if grid is not None or effects.get("power"):
        power = effects.get("power", 0.0)
        note = voice.say("tile.power_average")
        if grid is not None and grid.limit:
            note = voice.say(
                "tile.power_stated" if grid.basis == "stated" else "tile.power_firm",
                share=voice.percent(power / grid.limit), idle=amount("grid_mw", grid.limit, voice),
            )  # fmt: skip
        supply = supply_note(assessment, voice) if power else ""
        told = voice.clauses(filter(None, (note, supply)))
        yield "power", voice.say("tile.power"), amount_of("power", power, voice), told
    yield _capital(wave, assessment, voice)
    yield from _running(wave, voice)


def _jobs(wave: Wave, assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Both ends of the jobs, and what of them is there when the plan ends where that is not all."""
    low, high = whole(jobs_of(wave.projects)) or (0.0, 0.0)
    if low < high:
        yield voice.say("tile.jobs_range", range=voice.extent((low, high)))
    jobs, early = wave.effects["jobs"], jobs_in_plan(wave, assessment)
    until = assessment.region.plan_until
    if until is None or early[0] >= jobs * (1.0 - _FEWER):
        return
    end = voice.month(until.year, until.month)
    if early[1] >= jobs:
        yield voice.say("tile.jobs_late", end=end)
    else:
        key = "tile.jobs_in_plan" if early[1] else "tile.jobs_after_plan"
        yield voice.say(key, early=told_effect("jobs", early, voice), end=end)


def _capital(wave: Wave, assessment: Assessment, voice: Voice) -> Tile:
    """The middle of the capital; its range beside the limit."""
    found = assessment.programme
    # In the step of the table below.
    grain = step_of(least_capital(assessment) or wave.capital_range, voice)
    limit = found.money_limit
    key = (
        "no_rate" if "capex" in found.unusable_limits else "no_limit" if limit is None else "limit"
    )
    note = voice.say(
        f"tile.capital_{key}", range=number_in(wave.capital_range, grain, voice),
        limit="" if limit is None else stated_in(limit, grain, voice),
    )  # fmt: skip
    head = voice.say("tile.capital", unit=grain.unit(voice))
    return "capital", head, number_in((wave.capital, wave.capital), grain, voice), note


def _running(wave: Wave, voice: Voice) -> Iterator[Tile]:
    """The running cost a year, and how much of it nobody is on record to pay; none while unknown."""
    running = yearly_of(wave.projects)
    if running is None:
        return
    grain, bare = step_of(running, voice), unpaid(wave.projects, voice)
    cost = power_of(wave.projects)
    is_priced = cost and all(one.power_cost is not None for one in wave.projects)
    parts = [
        voice.say("tile.running_power", power=number_in((cost, cost), grain, voice))
        if is_priced
        else power_told(wave.projects, voice, brief=True)
    ]
    told = number_in(running, grain, voice)
    if is_from_elsewhere(voice):
        extra = math.fsum(map(extra_wages, wave.projects))
        key = "tile.running_local" if extra else "tile.running_elsewhere"
        parts.append(voice.say(key, range=told))
        if extra:
            # What local wages make of it is the figure to use.
            least = number_in((running[0] + extra,) * 2, grain, voice)
            told = voice.say("tile.running_least", least=least)
    own = yearly_of(bare)
    if own is not None and len(bare) < len(wave.projects):
        parts.append(voice.say("tile.running_unpaid", unpaid=number_in(own, grain, voice)))
    elif bare:
        parts.append(voice.say("tile.running_unpaid_all"))
    head = voice.say("tile.running", unit=grain.unit(voice))
    yield "running", head, told, voice.clauses(parts)
