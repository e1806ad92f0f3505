"""What the power for heat costs, beside what customers of the heat network pay today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED
from generator.report import money
from generator.report.actions import month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.programme import Project
    from generator.report.voice import Voice

_DIGITS = 3
_GJ = 3.6
"""Gigajoules of a megawatt-hour."""


def heat_projects(assessment: Assessment, voice: Voice) -> list[Project]:
    """Projects that sell heat from power."""
    needs = voice.knowledge.needs
    return [one for one in assessment.programme.projects if needs[one.use_id].heat_per_power_low]


def heat_told(one: Project, voice: Voice) -> str:
    """What the power for a MWh of heat costs and how that stands to the tariff; empty but for heat."""
    if not voice.knowledge.needs[one.use_id].heat_per_power_low:
        return ""
    return voice.clauses(filter(None, (power_for_heat(one, voice), _against(one, voice))))


def power_for_heat(one: Project, voice: Voice) -> str:
    """What the power for a MWh of heat costs by electric boiler and by heat pump."""
    if one.heat_cost is None:
        return voice.say("heat.no_price")
    thrifty, plain = one.heat_cost
    return voice.say(
        "heat.power", thrifty=_price(thrifty, voice), plain=_price(plain, voice),
        joule=_price(plain / _GJ, voice),
    )  # fmt: skip


def heat_lines(place: str, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """A sentence for each project that sells heat: its power beside the tariff, and who gives that.

    Args:
        place: Where they stand.
        assessment: The results.
        voice: Speaks and keeps the sentences.
    """
    by = month(SUPPLIED, assessment.region.plan_from, voice)
    for one in heat_projects(assessment, voice):
        asked = one.heat_tariff is None
        key = "heat.line_open" if asked else "heat.line"
        yield voice.sentence(
            f"{place}.{one.use_id}", key,
            use=voice.use(one.use_id), office=voice.office(voice.knowledge.use(one.use_id).owner_office), by=by,
            cost=power_for_heat(one, voice) if asked else heat_told(one, voice),
        )  # fmt: skip


def _against(one: Project, voice: Voice) -> str:
    """Whether the power alone costs more than customers pay for the heat."""
    if one.heat_tariff is None or one.heat_cost is None:
        return "" if one.heat_tariff is not None else voice.say("heat.tariff_unknown")
    thrifty, plain = one.heat_cost
    key = (
        "heat.above" if thrifty > one.heat_tariff
        else "heat.between" if plain > one.heat_tariff
        else "heat.below"
    )  # fmt: skip
    return voice.say(key, tariff=_price(one.heat_tariff, voice))


def _price(value: float, voice: Voice) -> str:
    held = voice.money_in
    return money.amount((value / held.rate,), held.shown, voice, digits=_DIGITS)
