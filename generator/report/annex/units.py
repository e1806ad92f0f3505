"""Units of the form's columns in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.language import Amount, Grain
from generator.report.money import word
from generator.report.tables import begun

if TYPE_CHECKING:
    from generator.model import Category, Fact
    from generator.report.voice import Voice

_WORDS: Mapping[str, str] = {
    "%": "unit.percent",
    "0/1": "",
    "CNY": "unit.rate",
    "FTE": "unit.fte",
    "Gbit/s": "unit.gbps",
    "MVA": "unit.mva",
    "MW": "unit.mw",
    "bn": "unit.billion",
    "count": "",
    "currency/kW/year": "unit.price_of_power",
    "currency/kWh": "unit.price",
    "hours": "unit.hours",
    "kV": "unit.kv",
    "kgCO2/kWh": "unit.kgco2_kwh",
    "km": "unit.km",
    "level 1-4": "unit.level",
    "m": "unit.million",
    "m2": "unit.m2",
    "m3/day": "unit.m3_day",
    "million t": "unit.million_t",
    "minutes": "unit.minutes",
    "months": "unit.months",
    "ms": "unit.ms",
    "m²": "unit.m2",
    "m³/day": "unit.m3_day",
    "persons": "unit.persons",
    "points": "unit.points",
    "ratio": "",
    "year": "",
    "years": "unit.years",
    "°C": "unit.celsius",
}
"""Unit of a fact to the key of its word; empty where the number needs none."""


MONEY: Mapping[str, float] = {"bn": 1e9, "m": 1e6}
"""Units of money to their size: a language counts money in steps of its own."""


def _grain(fact: Fact, currency: str, voice: Voice) -> tuple[float, Grain] | None:
    """Size of the unit of money of a fact, and the step that it is written in."""
    size = MONEY.get(fact.unit)
    if size is None or not fact.value:
        return None
    return size, Amount((fact.value * size,), word(currency, voice)).grain(voice)


def unit(fact: Fact, currency: str, voice: Voice) -> str:
    """The unit of a fact in words; as it stands where the table has no word for it."""
    grained = _grain(fact, currency, voice)
    if grained:
        return grained[1].unit(voice)
    key = _WORDS.get(fact.unit)
    if key is None:
        return fact.unit
    own, base = word(currency, voice), word(voice.knowledge.base_currency, voice)
    return voice.say(key, currency=own, base=base) if key else ""


def shown(fact: Fact, voice: Voice) -> str:
    """The number alone, yes or no for a flag; money in the step that its unit names."""
    grained = _grain(fact, "", voice)
    if grained:
        size, grain = grained
        return voice.number(fact.value * size / grain.size) if fact.value else voice.dash
    if fact.unit == "0/1" and fact.value is not None:
        return voice.say("flag.yes" if fact.value else "flag.no")
    if fact.unit == "year" and fact.value is not None:
        return f"{fact.value:.0f}"
    return voice.number(fact.value)


def span(fact: Fact, voice: Voice) -> str:
    """The plausible range; a dash where there is none."""
    if fact.value is None or fact.low == fact.high or fact.unit == "0/1":
        return voice.dash
    grained = _grain(fact, "", voice)
    if grained and fact.low is not None and fact.high is not None:
        size, grain = grained
        return voice.span(fact.low * size / grain.size, fact.high * size / grain.size)
    return voice.span(fact.low, fact.high)


def list_name(category: Category, voice: Voice) -> str:
    """The name of a list as the beginning of a line."""
    name = voice.choice("category", category)
    return begun(name)
