"""The chart of limits: how much of each the waves take, and what stays free."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.model import Assessment, Series
from generator.report.heavy import PEOPLE
from generator.report.series import Data, tabled

if TYPE_CHECKING:
    from generator.report.voice import Voice

_TIGHT = 5
"""Limits that a page with little room shows."""
_MONEY, _POWER = "capex", "grid_mw"
_STEP = 20.0
"""Percent between the lines of the chart of limits."""
_SLIGHT = 2.0
"""Percent of a limit below which a bar is hardly seen."""
_LOOKS = 3
"""Series of that chart that the free part follows."""
_WHOLE = 100.0
"""Percent of a limit that is all of it."""


class _Taken(NamedTuple):
    """What each wave takes of a limit, in percent of it."""

    resource: str
    first: float
    second: float
    people: float = 0.0
    """How many people it is of, where it is of people."""
    whole: float = 0.0


def limits(assessment: Assessment, voice: Voice) -> Data:
    """What each wave takes of each limit, in percent; the fullest first, which the title names.

    Limits of which next to nothing is taken are left out, as long as there are others.
    """
    found = _taken(assessment)
    noticed = [row for row in found if row.first + row.second >= _SLIGHT]
    return _limits(noticed or found[:1], assessment, voice)


def _taken(assessment: Assessment) -> list[_Taken]:
    """What the waves take of each limit, the fullest first."""
    spare = 1 + assessment.knowledge.assumed("contingency")
    found = [
        _Taken(
            one.resource,
            one.first / one.limit * part,
            one.second / one.limit * part,
            *((one.first + one.second, one.limit) if one.resource in PEOPLE else ()),
        )
        for one in assessment.programme.limits
        if one.limit and one.first + one.second > 0
        # Money without contingencies, as every range of it is printed.
        for part in [100 / spare if one.resource == _MONEY else 100]
    ]
    return sorted(found, key=lambda row: -(row.first + row.second))


def _limits(found: Sequence[_Taken], assessment: Assessment, voice: Voice) -> Data:
    if not found:
        return Data()
    fullest, first, second, *_ = found[0]
    has_first = bool(assessment.programme.first.projects)
    later = "series.second_wave" if has_first else "series.only_wave"
    waves = [
        Series(voice.say("series.first_wave"), tuple(one.first for one in found)),
        Series(voice.say(later), tuple(one.second for one in found)),
    ]
    upper = _upper_end(assessment)
    # The upper end is drawn where it passes the limit, and told in any case.
    high = upper if upper > _WHOLE else 0.0

    def taken(name: str, share: float, around: str) -> str:
        """The share of a limit; of money beside it that of the upper end."""
        told, over = voice.percent(share / 100), voice.percent(upper / 100)
        if not upper or name != _MONEY or told == over:
            return told
        return voice.say(around, share=told, over=over)

    shown = [one for one in waves if any(one.values)]
    beyond = tuple(
        high - row.first - row.second if row.resource == _MONEY else None for row in found
    )
    if high and any(beyond):
        # The third series has a look of its own, so an absent second one holds its place.
        empty = [Series(voice.say("series.start"), (None,) * len(found))] * (2 - len(shown))
        shown += [*empty, Series(voice.say("series.upper_end"), beyond)]
    drawn = tabled(
        [
            voice.say(
                "chart.limits.counted" if one.whole else "chart.limits.name",
                resource=voice.say(f"chart.resource.{one.resource}"),
                share=taken(one.resource, one.first + one.second, "chart.limits.bar_over"),
                taken=voice.number(one.people, 0),
                whole=voice.number(one.whole, 0),
            )
            for one in found
        ],
        shown,
        names={
            "resource": voice.say(f"resource.{fullest}"),
            "share": taken(fullest, first + second, "chart.limits.share_over"),
            "waves": voice.say(
                "chart.limits.waves",
                first=voice.percent(first / 100),
                second=voice.percent(second / 100),
            )
            if first and second
            else voice.say(
                "chart.limits.by_first"
                if first
                else "chart.limits.by_second"
                if has_first
                else "chart.limits.by_only"
            ),
        },
    )
    return drawn._replace(top=_STEP * math.ceil(high / _STEP)) if high else drawn


def _upper_end(assessment: Assessment) -> float:
    """The percent of the limit of money that both waves take at their upper ends; 0 without a limit."""
    found = assessment.programme
    if not found.money_limit:
        return 0.0
    high = found.first.capital_range[1] + found.second.capital_range[1]
    return high / found.money_limit * 100


def tight(assessment: Assessment, voice: Voice) -> Data:
    """The five tightest limits alone, connection capacity always among them, with what stays free."""
    found = _taken(assessment)
    few = found[:_TIGHT]
    power = [row for row in found[_TIGHT:] if row.resource == _POWER]
    few = [*few[: _TIGHT - len(power)], *power]
    data = _limits(few, assessment, voice)
    if not data.series:
        return data
    # What stays free has a look of its own behind those of the waves and of the upper end.
    blank = Series(voice.say("series.start"), (None,) * len(few))
    rest = Series(
        voice.say("series.rest"),
        tuple(_rest(values) for values in zip(*(one.values for one in data.series), strict=True)),
    )
    return data._replace(series=(*data.series, *[blank] * (_LOOKS - len(data.series)), rest))


def _rest(values: Iterable[float | None]) -> float | None:
    """What bars leave free of all there is; None for nothing."""
    free = 100.0 - math.fsum(filter(None, values))
    return free if free > _SLIGHT / 2 else None
