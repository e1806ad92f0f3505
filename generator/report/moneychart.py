"""The chart of the money: the middle of each year's capital by wave; what falls after the plan apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.model import Series
from generator.report.series import Data, tabled
from generator.report.yearly import Peak, dearest, yearly

if TYPE_CHECKING:
    from collections.abc import Collection

    from generator.model import Assessment
    from generator.report.voice import Voice
    from generator.report.yearly import Yearly

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps of an axis, times a power of ten."""
_LINES = 5
"""Steps that an axis has at most."""
_ROOM = 1.08
"""Above the tallest column, so that its number has room."""
_LEGIBLE = 0.17
"""Share of the axis from which a part of a column is high enough for its number."""


def money_by_year(assessment: Assessment, voice: Voice) -> Data:
    """Capital of each year at the middle of its range, in the unit of the note, by wave.

    No axis of categories has a line of its own in both Word and LibreOffice, so the plan's end is
    where columns turn to another look.
    """
    found = yearly(assessment, voice)
    if found is None:
        return Data()
    places = range(len(assessment.money_by_year))
    late = frozenset(place for place in places if _is_late(place, assessment))
    step = _step(max(found.middle) * _ROOM)
    waves = (("first", found.first), ("second", found.second))
    drawn = [
        Series(name, values)
        for names, kept in (("series.money", False), ("series.money_late", True))
        for wave, own in waves
        for values in [tuple(own[at] or None if (at in late) is kept else None for at in places)]
        # Each series has a look of its own, so one without a column holds its place.
        for name in [voice.say(f"{names}.{wave}" if any(values) else "series.start")]
    ]
    top = step * math.ceil(max(found.middle) * _ROOM / step)
    shown = f"#,##0.{'0' * found.grain.places}" if found.grain.places else "#,##0"
    data = tabled(
        [_name(place, found, assessment, voice) for place in places],
        drawn,
        # The name of a year holds its sum, so a number that its part would strike through is left out.
        f"[<{top * _LEGIBLE:.6g}]\\ ;{shown}",
        _told(found, late, voice, assessment),
        [_spoken(place, found, voice) for place in places],
    )
    after = any(found.middle[place] for place in late)
    return data._replace(titled="" if after else "_within", top=top, mark=step)


def _step(most: float) -> float:
    """The step of an axis that reaches so far in few round steps."""
    power = 10.0 ** math.floor(math.log10(most / _LINES))
    return next(one * power for one in _STEPS if one * power * _LINES >= most)


def _is_late(place: int, assessment: Assessment) -> bool:
    """Whether all of a year lies after the plan period."""
    region = assessment.region
    if region.plan_until is None or region.plan_from is None:
        return False
    return assessment.money_by_year[place].year > region.plan_until.year


def _name(place: int, found: Yearly, assessment: Assessment, voice: Voice) -> str:
    """A year with the range of its capital, and that it lies after the plan."""
    year = assessment.money_by_year[place].year
    if assessment.region.plan_from is None:
        name = voice.say("spending.year", number=year)
    else:
        key = "chart.money.late" if _is_late(place, assessment) else "chart.year"
        name = voice.say(key, year=year)
    key = "chart.money.year" if found.high[place] else "chart.money.year_none"
    # To the places of the numbers in the columns, so that one value is not written in two ways.
    middle = voice.number(found.middle[place], found.grain.places)
    return voice.say(key, year=name, middle=middle, range=_range(place, found, voice))


def _range(place: int, found: Yearly, voice: Voice) -> str:
    low, high = (found.grain.number(end[place], voice) for end in (found.low, found.high))
    return low if low == high else voice.say("span", low=low, high=high)


def _spoken(place: int, found: Yearly, voice: Voice) -> str:
    told = [
        voice.say(
            "chart.value", name=voice.say(f"series.money.{wave}"),
            value=found.grain.number(values[place], voice),
        )
        for wave, values in (("first", found.first), ("second", found.second))
        if values[place]
    ]  # fmt: skip
    return voice.join(told) or voice.say("none")


def _told(
    found: Yearly, late: Collection[int], voice: Voice, assessment: Assessment
) -> dict[str, str]:  # fmt: skip
    """What the title and the note say: the dearest year, what comes late, the unit."""
    year, amount, whose = dearest(assessment, voice) or Peak("", "", "all")
    return {
        "year": year, "amount": amount, "whose": voice.say(f"chart.peak_{whose}"), "unit": found.grain.unit(voice),
        "late": found.text(voice, math.fsum(found.middle[place] for place in late)),
        "all": found.text(voice, math.fsum(found.middle)),
    }  # fmt: skip
