"""Jobs, capital, payback and value added of the programme, the region's own figures included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.projects import electricity, ends, payback, project_rows, whole
from generator.report.tables import row, table
from generator.report.yearcost import holds_wages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Assessment, Economy, Fact, Row, Table, UseEconomics
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice


def use_row(use: UseEconomics, voice: Voice) -> dict[str, object]:
    """One use of the programme with the catalogue's ranges and the region's own estimate."""
    entry = voice.knowledge.use(use.use_id)
    return {
        "name": voice.name(entry.name),
        "scale": voice.say("scale", scale=voice.name(entry.unit_of_scale)),
        "jobs": voice.extent(use.jobs),
        "capex": voice.money(*(use.capex or (None, None))),
        "payback": payback(entry, voice),
        "own": _own(use, voice),
    }


def effect_table(assessment: Assessment, voice: Voice) -> Table:
    """Jobs, payback, electricity and emissions of each project of both waves, the total last."""
    found = assessment.programme
    own = {use.use_id: _own(use, voice) for use in assessment.economy.uses}
    kept = ("name", "jobs_range", "jobs_by", "payback", "electricity", "emissions")
    rows: list[Mapping[str, str] | Row] = [
        {**{key: str(one[key]) for key in kept}, "own": own.get(str(one["id"]), "")}
        for wave in (found.first, found.second)
        for one in project_rows(wave, assessment, voice)
    ]
    if len(rows) > 1:
        rows.append(row(_total(assessment, voice), "total"))
    return table("economy.effects", rows)


def _total(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """Both waves together."""
    projects = assessment.programme.projects
    emitted = [one.emissions_kt for one in projects]
    known = [value for value in emitted if value is not None]
    total = assessment.economy.energy.total
    return {
        "name": voice.say(
            "energy.total_counted"
            if any(one.category == "blockchain" for one in projects)
            else "energy.total"
        ),
        "jobs_range": voice.extent(whole(jobs_of(projects))),
        "jobs_by": "",
        "payback": "",
        "electricity": electricity(total.electricity_mwh if total else 0.0, voice),
        "emissions": voice.dash
        if len(known) < len(emitted)
        else voice.rounded(math.fsum(known))
        if math.fsum(known)
        else voice.say("none"),
        "own": "",
    }


def jobs_of(projects: Iterable[Project]) -> tuple[float, float]:
    """Low and high ends of the jobs of projects together."""
    known = [found for one in projects if (found := ends(one.jobs))]
    return math.fsum(low for low, _ in known), math.fsum(high for _, high in known)


def running_of(wave: Wave) -> tuple[float, float] | None:
    """What a wave costs a year once it runs, power left out, in CNY m; None while not known of every project."""
    costs = [one.running_cost for one in wave.projects]
    known = [cost for cost in costs if cost is not None]
    if not costs or len(known) < len(costs):
        return None
    low, high = (math.fsum(costs) for costs in zip(*known, strict=True))
    return low, high


def cost_per_job(projects: Iterable[Project], voice: Voice) -> tuple[float, float] | None:
    """Running cost a job of those whose wages it holds, CNY m a year; None where none is known."""
    found = [
        (one.running_cost, one.jobs.value)
        for one in projects
        if holds_wages(one, voice) and one.running_cost is not None and one.jobs.value
    ]
    jobs = math.fsum(count for _, count in found)
    if not jobs:
        return None
    low, high = (math.fsum(cost[end] for cost, _ in found) / jobs for end in (0, 1))
    return low, high


def _own(use: UseEconomics, voice: Voice) -> str:
    """What the region itself estimates; empty where it does not."""
    if use.estimate is None:
        return ""
    facts = {
        "jobs": use.estimate.jobs, "capex": use.estimate.capex,
        "payback": use.estimate.payback_years,
    }  # fmt: skip
    parts = [
        voice.say(
            f"own.{name}",
            value=voice.own_millions(fact.value) if name == "capex" else _figure(fact, voice),
        )
        for name, fact in facts.items()
        if fact.value is not None
    ]
    return voice.say("own", parts=voice.clauses(parts)) if parts else ""


def _figure(fact: Fact, voice: Voice) -> str:
    value = voice.number(fact.value)
    if fact.low is None or fact.high is None:
        return value
    return voice.say(
        "own.range", value=value, low=voice.number(fact.low), high=voice.number(fact.high)
    )


def uses_note(economy: Economy, voice: Voice) -> str:
    """Whether the region supplied estimates of its own; empty without a project."""
    if not economy.uses:
        return ""
    has_own = any(use.estimate is not None for use in economy.uses)
    return voice.say("economy.uses_own" if has_own else "economy.uses_none")


def value_added(assessment: Assessment, voice: Voice) -> str:
    """The value added that the region supplies; empty without any, as none is derived."""
    added = assessment.economy.value_added
    if added is None or not assessment.programme.projects:
        return ""
    key = "economy.value_added_some" if added.missing else "economy.value_added"
    return voice.sentence(
        "economy.value_added",
        key,
        amount=voice.own_millions(added.amount, added.currency),
        uses=voice.uses(added.uses),
        missing=voice.uses(added.missing),
    )
