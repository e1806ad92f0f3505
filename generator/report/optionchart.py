"""The chart of the options: points of each against the line from which it is weighed."""

from __future__ import annotations

import math
from textwrap import shorten
from typing import TYPE_CHECKING

from generator.model import Series
from generator.report.met import is_met
from generator.report.options import shown
from generator.report.series import Data, tabled

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_GROUPS = ("first", "second", "met", "lacks")
"""What became of an option, a series each."""
_UNDER = 0.1
"""By how much the axis stays below the second multiple of the line, which would be drawn as well."""


def options_by_points(assessment: Assessment, voice: Voice) -> Data:
    """Points of the options shown, in both lists, most points first."""
    uses = assessment.readiness.uses
    least = assessment.knowledge.assumed("shortlist_readiness")
    lists = {key: own for key, own in shown(assessment).items() if own}
    rows: list[tuple[str, str, float]] = []
    for category, own in lists.items():
        if len(lists) > 1:
            heading = voice.say("chart.options.list", name=voice.choice("category", category))
            rows.append((heading, "", 0.0))
        ordered = sorted(own, key=lambda key: (-round(uses[key].low, 9), key))
        rows += [
            (_short(key, voice), _group(key, assessment), _points(uses[key].low, least))
            for key in ordered
        ]
    points = [value for _, group, value in rows if group]
    if not points:
        return Data()
    data = tabled(
        [name for name, _, _ in rows],
        [
            # Each series has a look of its own, so one without a bar holds its place.
            Series(
                _named(one, assessment, voice)
                if any(group == one for _, group, _ in rows)
                else voice.say("series.start"),
                tuple(value if group == one else None for _, group, value in rows),
            )
            for one in _GROUPS
        ],
        names={
            "every": str(len(points)), "above": str(sum(value >= least for value in points)),
            "least": voice.number(least, 0),
        },
        spoken=[_spoken(group, value, assessment, voice) for _, group, value in rows],
    )  # fmt: skip
    return data._replace(top=max(2 * least - _UNDER, *points), mark=least)


def _points(value: float, least: float) -> float:
    """Points as texts print them: whole, and never rounded up across the line."""
    rounded = float(math.floor(value + 0.5))
    return rounded - 1 if value < least <= rounded else rounded


def _group(use_id: str, assessment: Assessment) -> str:
    wave = assessment.programme.wave_of(use_id)
    if wave:
        return _GROUPS[wave - 1]
    return "met" if is_met(use_id, assessment) else "lacks"


def _named(group: str, assessment: Assessment, voice: Voice) -> str:
    """The name of a series; what is prepared where nothing begins is no second wave."""
    is_only = group == "second" and not assessment.programme.first.projects
    return voice.say("series.option.only" if is_only else f"series.option.{group}")


def _spoken(group: str, value: float, assessment: Assessment, voice: Voice) -> str:
    """Points and group of an option; of the heading of a list its meaning."""
    if not group:
        return voice.say("chart.options.follows")
    return voice.say(
        "chart.value", name=_named(group, assessment, voice), value=voice.number(value, 0)
    )


def _short(use_id: str, voice: Voice) -> str:
    return shorten(voice.use(use_id), int(voice.say("chart.options.letters")), placeholder="…")
