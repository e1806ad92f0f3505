"""The one chart of a comparison: how widely each use is planned, and in which wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Figure, RegionSummary, Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.report.comparison.row import Regions

KEY = "compared"
"""Of the chart, in the alternative text of the template."""
_ROWS = 12
_FORMAT = "0"


def chart(
    held: Mapping[str, list[RegionSummary]], found: Regions
) -> tuple[dict[str, Figure], dict[str, object]]:
    """The data of the chart and the `figures` fields around it; no data where nothing is planned.

    A bar is the share of the regions in percent, so that few and many read alike; the count stands
    beside the name.
    """
    voice, count = found.voice, len(found.all)
    shown = list(held.items())[:_ROWS]
    if not shown:
        return {}, {KEY: {"title": "", "note": "", "count": 0}}
    first = [sum(1 for one in own if use_id in one.waves[0]) for use_id, own in shown]
    later = [len(own) - begun for begun, (_, own) in zip(first, shown, strict=True)]
    names = tuple(
        voice.say("comparison.chart.row", use=voice.use(use_id), count=len(own))
        for use_id, own in shown
    )
    title = _title(held, found)
    series = tuple(
        Series(voice.say(f"series.{wave}_wave"), tuple(100.0 * one / count for one in numbers))
        for wave, numbers in (("first", first), ("second", later))
    )
    rows = voice.say("chart.separator").join(
        voice.say("comparison.chart.spoken", name=name, first=begun, second=then)
        for name, begun, then in zip(names, first, later, strict=True)
    )
    about = voice.say("chart.about", title=title, rows=rows)
    rest = len(held) - len(shown)
    note = voice.run_on(
        (
            voice.say("comparison.chart.note", count=count),
            voice.plural("comparison.chart.rest", rest) if rest else "",
        )
    )
    return (
        {KEY: Figure(KEY, names, series, about, _FORMAT)},
        {KEY: {"title": title, "note": note, "count": len(names)}},
    )


def _title(held: Mapping[str, list[RegionSummary]], found: Regions) -> str:
    """What is planned most widely, and how many uses by one region only."""
    voice = found.voice
    widest, own = next(iter(held.items()))
    single = sum(1 for one in held.values() if len(one) == 1)
    if len(own) == 1:
        return voice.say("comparison.chart.title_one")
    args = {"use": voice.use(widest), "count": len(own), "of": len(found.all)}
    if not single:
        return voice.say("comparison.chart.title", **args)
    of_all = voice.say("comparison.chart.of_all", count=len(own), of=len(found.all))
    return voice.plural(
        "comparison.chart.title_single", single, use=voice.use(widest), of_all=of_all
    )
