"""Electricity and carbon of the programme in words, beside what the former mining sites (bitcoin) drew."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.projects import electricity, megawatts, named

if TYPE_CHECKING:
    from generator.model import Assessment, Energy, ProjectEnergy
    from generator.report.voice import Voice


def energy_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields on energy: one row a project with the total last, and what the numbers rest on."""
    projects = assessment.programme.projects
    if not projects:
        return {"rows": [], "notes": [], "former": ""}
    energy = assessment.economy.energy
    rows = [
        {"name": named(one, voice), **_figures(drawn, voice),
         "connection": voice.number(one.connection_mw, 2)}
        for one, drawn in zip(projects, energy.projects, strict=True)
    ]  # fmt: skip
    if len(rows) > 1 and energy.total is not None:
        whole = math.fsum(one.connection_mw for one in projects)
        rows.append(
            {"name": voice.say("energy.total"), **_figures(energy.total, voice),
             "connection": voice.number(whole, 2)}
        )  # fmt: skip
    return {"rows": rows, "notes": _notes(energy, voice), "former": _former(assessment, voice)}


def _figures(drawn: ProjectEnergy, voice: Voice) -> dict[str, str]:
    """Average load, a year's electricity, a job's, and emissions in kt by location and by contract."""
    location, market = (
        voice.dash if one is None else voice.rounded(one / 1000) if one else voice.say("none")
        for one in (drawn.location_t, drawn.market_t)
    )
    return {
        "load": megawatts(drawn.power_mw, voice) if drawn.power_mw else voice.say("none"),
        "electricity": electricity(drawn.electricity_mwh, voice),
        "location": location,
        "market": market,
        "per_job": voice.dash
        if drawn.mwh_per_job is None
        else electricity(drawn.mwh_per_job, voice),
    }


def _notes(energy: Energy, voice: Voice) -> list[str]:
    return [
        voice.sentence(
            "energy.basis",
            "energy.basis",
            hours=voice.number(voice.knowledge.assumed("load_hours"), 0),
        ),
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
    drawn = assessment.economy.energy.total
    power = drawn.power_mw if drawn else 0.0
    text = voice.sentence(
        place, "energy.former", former=drew,
        power=voice.say("power", value=megawatts(power, voice)),
        share=voice.percent(assessment.economy.energy.share_of_former_load or 0.0),
    )  # fmt: skip
    caution = voice.say("energy.share_most") if former.is_partial else ""
    return voice.say("sentences", first=text, second=caution) if caution else text
