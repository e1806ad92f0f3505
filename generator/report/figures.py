"""The charts of a brief: data by key, with a title, a note and words for a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.model import Assessment, Figure
from generator.report import limitchart, series
from generator.report.choices import alternatives
from generator.report.moneychart import money_by_year
from generator.report.optionchart import options_by_points
from generator.report.profiles import profiled
from generator.report.timeline import schedule

if TYPE_CHECKING:
    from generator.report.series import Data
    from generator.report.voice import Voice


GAP = "gap"
"""Key of the chart that each use with a profile has: `gap:` and the use's id."""
TIGHT = "limits:tight"
"""Key of the chart of the tightest limits alone, for a page with little room."""
_SPOKEN = 30
"""Rows that a description says; the rest is counted."""


def _makers(assessment: Assessment) -> Mapping[str, Callable[[Assessment, Voice], Data]]:
    per_use = {f"{GAP}:{use_id}": series.gap(use_id) for use_id in profiled(assessment)}
    return {
        "power_mix": series.power_mix,
        "thresholds": series.thresholds,
        "readiness": series.readiness,
        "limits": limitchart.limits,
        TIGHT: limitchart.tight,
        "options": options_by_points,
        "alternatives": alternatives,
        "money": money_by_year,
        "places": series.places,
        "diversity": series.diversity,
        "rules": series.rules,
        "schedule": schedule,
        **per_use,
    }


def figure_fields(
    assessment: Assessment, voice: Voice
) -> tuple[dict[str, Figure], dict[str, object]]:
    """The data of the charts, and the `figures` fields that stand around them.

    Returns:
        Charts that have data, by key. Per key without its use: `title` (empty where no chart is
        drawn), `note` and `count`, the number of rows (of `gap`, of uses), so that a template can
        give many rows a larger chart.
    """
    drawn: dict[str, Figure] = {}
    fields: dict[str, object] = {}
    per_use = len(profiled(assessment))
    for key, make in _makers(assessment).items():
        data = make(assessment, voice)
        name, _, use_id = key.partition(":")
        title = voice.say(f"chart.{name}.title{data.titled}", **data.names) if data.series else ""
        if data.series:
            about = _description(title, data, voice)
            drawn[key] = Figure(
                key, data.categories, data.series, about, data.number_format, data.top,
                data.mark,
            )  # fmt: skip
        if not use_id:
            note = _note(name, assessment, data, voice) if data.series else ""
            count = len(data.categories) - data.heads or len(data.series)
            fields[name] = {"title": title, "note": note, "count": count, "series": _key(data)}
    fields[GAP] = {
        "title": voice.say("chart.gap.any") if per_use else "",
        "note": voice.say("chart.gap.note") if per_use else "",
        "count": per_use,
    }
    return drawn, fields


def _note(name: str, assessment: Assessment, data: Data, voice: Voice) -> str:
    if name != "power_mix":
        draws = voice.number(assessment.robustness.draws)
        return voice.say(f"chart.{name}.note", draws=draws, **data.names)
    facts = [
        row.capacity_mw for row in assessment.region.power
        if row.kind != "connection point" and row.status == "existing"
    ]  # fmt: skip
    sources = dict.fromkeys(voice.source(fact) for fact in facts if fact.value is not None)
    years = sorted({fact.as_of[:4] for fact in facts if fact.value is not None and fact.as_of})
    return voice.say(
        "chart.power_mix.note", sources=voice.join(sources),
        years=voice.join(dict.fromkeys((*years[:1], *years[-1:]))) or voice.dash,
    )  # fmt: skip


def _key(data: Data) -> list[str]:
    """The names of what is drawn, in the order of the series; a scale and a carrier have none."""
    return [one.name for one in data.series[data.carriers : data.drawn]]


def _description(title: str, data: Data, voice: Voice) -> str:
    """Every number of the chart in words."""
    said = list(data.spoken if not data.categories else _rows(data, voice))
    spoken = voice.say("chart.separator").join(said[:_SPOKEN])
    if len(said) > _SPOKEN:
        spoken = voice.say("chart.more", rows=spoken, count=len(said) - _SPOKEN)
    told = voice.say("chart.about", title=title, rows=spoken)
    # A name that was typed with them is no place of a template that nobody filled.
    return told.replace("{{", "{ {").replace("{%", "{ %")


def _rows(data: Data, voice: Voice) -> Iterator[str]:
    """The rows of a chart over categories."""
    decimals = len(data.number_format.partition(".")[2])
    for place, category in enumerate(data.categories[data.heads :], data.heads):
        known = [(one.name, one.values[place]) for one in data.series]
        values = [
            voice.number(value, decimals)
            if len(data.series) == 1
            else voice.say("chart.value", name=name, value=voice.number(value, decimals))
            for name, value in known
            if value is not None
        ]
        said = data.spoken[place - data.heads] if data.spoken else voice.join(values)
        yield voice.say("chart.row", name=category.rstrip(":："), values=said)
