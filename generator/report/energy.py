"""Electricity and carbon of the programme in words, beside what the former mining sites (bitcoin) drew."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.outlay import power_of
from generator.report.projects import electricity, megawatts, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment, Energy
    from generator.model.programme import Project
    from generator.report.voice import Voice

_GWH = 8.76
"""A year's electricity of 1 MW round the clock; times kgCO2/kWh it is kt."""


def energy_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields on energy: one row a project with the total last, and what the numbers rest on."""
    projects = assessment.programme.projects
    if not projects:
        return {"rows": [], "notes": [], "former": ""}
    energy = assessment.economy.energy
    factors = [
        None if one is None else one.value
        for one in (
            energy.location_factor.fact if energy.location_factor else None,
            energy.market_factor,
        )
    ]
    rows = [
        {"name": named(one, voice), **_figures(one.effects.get("power", 0.0), factors, voice),
         "connection": voice.number(one.connection_mw, 2),
         "per_job": _per_job([one], voice)}
        for one in projects
    ]  # fmt: skip
    if len(rows) > 1:
        whole = math.fsum(one.connection_mw for one in projects)
        rows.append(
            {"name": voice.say("energy.total"), **_figures(power_of(assessment), factors, voice),
             "connection": voice.number(whole, 2), "per_job": _per_job(projects, voice)}
        )  # fmt: skip
    return {"rows": rows, "notes": _notes(energy, voice), "former": _former(assessment, voice)}


def _figures(power: float, factors: Sequence[float | None], voice: Voice) -> dict[str, str]:
    """Average load, a year's electricity, and emissions in kt by location and by contract."""
    emitted = [None if one is None else power * _GWH * one for one in factors]
    location, market = (
        voice.dash if one is None else voice.rounded(one) if one else voice.say("none")
        for one in emitted
    )
    return {
        "load": megawatts(power, voice) if power else voice.say("none"),
        "electricity": electricity(power, voice),
        "location": location,
        "market": market,
    }


def _per_job(projects: Sequence[Project], voice: Voice) -> str:
    """A year's electricity over the middle of the jobs; a word where there is neither."""
    power = math.fsum(one.effects.get("power", 0.0) for one in projects)
    jobs = math.fsum(one.jobs.value or 0.0 for one in projects)
    return electricity(power / jobs, voice) if jobs else voice.dash


def _notes(energy: Energy, voice: Voice) -> list[str]:
    return [
        voice.sentence("energy.basis", "energy.basis"),
        _location(energy, voice),
        _market(energy, voice),
    ]


def _location(energy: Energy, voice: Voice) -> str:
    factor = energy.location_factor
    if factor is None or factor.fact.value is None:
        return voice.sentence("energy.location", "energy.no_location")
    amount = voice.amount_in("carbon", factor.fact.value)
    if factor.published is None:
        return voice.sentence("energy.location", "energy.location_own", factor=amount)
    return voice.sentence(
        "energy.location", "energy.location", factor=amount,
        area=voice.name(factor.published.name), year=factor.published.year,
    )  # fmt: skip


def _market(energy: Energy, voice: Voice) -> str:
    factor = energy.market_factor
    if factor is None or factor.value is None:
        return voice.sentence("energy.market", "energy.no_market")
    return voice.sentence(
        "energy.market", "energy.market", factor=voice.amount_in("carbon", factor.value),
        cell=voice.cells(factor.origins),
    )  # fmt: skip


def _former(assessment: Assessment, voice: Voice) -> str:
    """The average draw of the programme against that of the former mining sites, as far as it is known."""
    former, place = assessment.economy.energy.former_load, "energy.former"
    if not any(match.is_former_mine for match in assessment.sites):
        return voice.sentence(place, "energy.former_none")
    if former is None:
        return voice.sentence(place, "energy.former_unknown")
    drew = voice.amount_in("grid_mw", former.fact.value)
    if not former.fact.value:
        return voice.sentence(place, "energy.former_zero", former=drew)
    power = power_of(assessment)
    text = voice.sentence(
        place, "energy.former", former=drew,
        power=voice.say("power", value=megawatts(power, voice)),
        share=voice.percent(power / former.fact.value),
    )  # fmt: skip
    caution = voice.say("energy.share_most") if former.is_partial else ""
    return voice.say("sentences", first=text, second=caution) if caution else text
