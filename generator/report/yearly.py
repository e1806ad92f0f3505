"""The money of each year: a table whose numbers add up, and what is said of them in its digits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.report import money
from generator.report.inplan import open_month
from generator.report.projects import least_capital
from generator.report.tables import row, table
from generator.report.yearcost import power_told

if TYPE_CHECKING:
    from generator.language import Grain
    from generator.model import Assessment, YearMoney
    from generator.report.voice import Voice

_DECEMBER = 12
_HALF = 0.005
"""How near, in parts of it, the middle lies to the half of the way to be called that."""


class Yearly(Struct, frozen=True):
    """Capital of all years by column, in the one step in which the table prints it."""

    first: Sequence[float]
    second: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    grain: Grain

    @property
    def middle(self) -> list[float]:
        """Both waves of each year at base values."""
        return [sum(pair) for pair in zip(self.first, self.second, strict=True)]

    def text(self, voice: Voice, *values: float) -> str:
        """An amount, or a range of two, in the digits of the table."""
        return self.grain.text(values, voice)


def yearly(assessment: Assessment, voice: Voice) -> Yearly | None:
    """The capital of each year as the table prints it; None where there is nothing to build."""
    found = assessment.money_by_year
    if not any(one.capital[1] for one in found):
        return None
    parts = (
        [one.first for one in found], [one.second for one in found],
        [one.capital[0] for one in found], [one.capital[1] for one in found],
    )  # fmt: skip
    (first, second, low, high), grain = money.columns(parts, voice)
    return Yearly(first, second, low, high, grain)


def year_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """A row a year and one of totals, their units, which waves they hold, and the note below."""
    found = yearly(assessment, voice)
    has_first, has_second = (
        found is not None and any(column)
        for column in ((found.first, found.second) if found else ((), ()))
    )
    rows, running = _rows(found, assessment, voice) if found else ([], "")
    *years, total = rows or [{}]
    return {
        "unit": found.grain.unit(voice) if found else "",
        "running_unit": running,
        "years": table("money.years", [*years, row(total, "total")] if rows else ()),
        "has_both": has_first and has_second,
        "wave": voice.say("spending.column_second" if has_second else "spending.column_first"),
        "years_note": _note(found, assessment, voice) if found else "",
    }


def _rows(found: Yearly, assessment: Assessment, voice: Voice) -> tuple[list[dict[str, str]], str]:
    """A row a year and one with the totals; the unit of the running cost."""
    years = assessment.money_by_year
    running, grain = _running(years, voice)
    columns = [found.first, found.second, found.middle, found.low, found.high, *running]
    grains = [found.grain] * 5 + [grain] * 2
    names = [*(_named(one, assessment, voice) for one in years), voice.say("spending.total")]
    is_known = [one.running is not None for one in years]
    rows = []
    for name, said, *values in zip(
        names, [*is_known, all(is_known)], *([*column, math.fsum(column)] for column in columns),
        strict=True,
    ):  # fmt: skip
        texts = [
            own.number(value, voice) if value else ""
            for own, value in zip(grains, values, strict=True)
        ]
        rows.append(_row(name, texts, voice, is_known=said))
    rows[-1]["running"] = _full_year(assessment, grain, voice)
    return rows, grain.unit(voice)


def _running(years: Sequence[YearMoney], voice: Voice) -> tuple[list[list[float]], Grain]:
    """The running cost of each year, least and most, in one step; its years have no sum to add up to."""
    known = [one.running or (0.0, 0.0) for one in years]
    ends = [[low for low, _ in known], [high for _, high in known]]
    _, grain = money.columns(ends, voice)
    scale = 1e6 / voice.money_in.rate / grain.size
    return [[value * scale for value in column] for column in ends], grain


def _full_year(assessment: Assessment, grain: Grain, voice: Voice) -> str:
    """What all projects cost a year once they are open: parts of years add up to nothing of use."""
    costs = [one.yearly_cost for one in assessment.programme.projects]
    known = [one for one in costs if one is not None]
    if not known or len(known) < len(costs):
        return voice.dash
    scale = 1e6 / voice.money_in.rate / grain.size
    low, high = (
        grain.number(math.fsum(one[end] for one in known) * scale, voice) for end in (0, 1)
    )
    return low if low == high else voice.say("span", low=low, high=high)


def _row(name: str, texts: Sequence[str], voice: Voice, *, is_known: bool) -> dict[str, str]:
    """Seven texts as a row, those of nothing empty; nothing in words."""
    none = voice.say("none")
    first, second, middle, low, high, least, most = texts

    def span(start: str, end: str) -> str:
        if not end:
            return none
        return start if start == end else voice.say("span", low=start or "0", high=end)

    return {
        "year": name,
        "first": first or none,
        "second": second or none,
        "middle": middle or none,
        "range": span(low, high),
        "running": span(least, most) if is_known else voice.dash,
    }


def _named(one: YearMoney, assessment: Assessment, voice: Voice) -> str:
    """A year, and that it lies after the plan period."""
    region = assessment.region
    if region.plan_from is None:
        return voice.say("spending.year", number=one.year)
    is_after = region.plan_until is not None and one.year > region.plan_until.year
    return voice.say("spending.year_after", year=one.year) if is_after else str(one.year)


class Peak(NamedTuple):
    """The year that asks for most."""

    year: str
    amount: str
    whose: str
    """Whether it is that of the first wave of two: the ending of a key."""


def dearest(assessment: Assessment, voice: Voice, *, is_second: bool = False) -> Peak | None:
    """The year in which a wave asks for most; None where it builds nothing.

    The second has a vote of its own, so the year is that of the first as long as there is one.

    Args:
        assessment: The results.
        voice: Speaks.
        is_second: Whether the second wave is asked for.
    """
    found = yearly(assessment, voice)
    if found is None:
        return None
    has_both = any(found.first) and any(found.second)
    own = found.second if is_second else found.first if has_both else found.middle
    if not any(own):
        return None
    place = max(range(len(own)), key=own.__getitem__)
    one = assessment.money_by_year[place]
    is_dated = assessment.region.plan_from is not None
    year = str(one.year) if is_dated else voice.say("spending.year", number=one.year)
    return Peak(year, found.text(voice, own[place]), "first" if has_both else "all")


def years_line(assessment: Assessment, voice: Voice) -> str:
    """The middle of each year in one sentence; empty where no month is known or nothing is built."""
    found = yearly(assessment, voice)
    if found is None or assessment.region.plan_from is None:
        return ""
    found = _beside_projects(found, assessment, voice)
    begun = next(at for at, amount in enumerate(found.middle) if amount)
    parts = [
        voice.say(
            "funding.year" if at >= begun else "funding.year_before", year=one.year,
            amount=found.grain.number(amount, voice) if amount else voice.say("none"),
        )
        for at, (one, amount) in enumerate(
            zip(assessment.money_by_year, found.middle, strict=True)
        )
    ]  # fmt: skip
    is_both = any(found.first) and any(found.second)
    return voice.sentence(
        "funding.years", "funding.years", parts=voice.join(parts), unit=found.grain.unit(voice),
        waves=voice.say("funding.years_both") if is_both else "",
        after=_within(found, assessment, voice),
    )  # fmt: skip


def _beside_projects(found: Yearly, assessment: Assessment, voice: Voice) -> Yearly:
    """The same in the smaller unit of the table of projects, where that stands on the page."""
    least = least_capital(assessment)
    size = found.grain.size if least is None else money.step_of(least, voice).size
    if least is None or size >= found.grain.size:
        return found
    times = found.grain.size / size
    places = max(0, found.grain.places - round(math.log10(times)))
    first, second, low, high = (
        [times * amount for amount in column]
        for column in (found.first, found.second, found.low, found.high)
    )
    grain = replace(money.step_of(least, voice), places=places, digits=found.grain.digits)
    return Yearly(first, second, low, high, grain)


def _within(found: Yearly, assessment: Assessment, voice: Voice) -> str:
    """What of the years falls within the plan; empty where all does, or where its end cuts a year in two."""
    until = assessment.region.plan_until
    if until is None or until.month != _DECEMBER:
        return ""
    years = [
        (one.year > until.year, amount)
        for one, amount in zip(assessment.money_by_year, found.middle, strict=True)
    ]
    if not any(amount for is_late, amount in years if is_late):
        return ""
    within = math.fsum(amount for is_late, amount in years if not is_late)
    return voice.say(
        "funding.years_after" if within else "funding.years_none",
        amount=found.grain.number(within, voice),
    )  # fmt: skip


def _note(found: Yearly, assessment: Assessment, voice: Voice) -> str:
    """The dearest year, what all come to, what falls after the plan, and how the years were filled."""
    year, amount, whose = dearest(assessment, voice) or Peak("", "", "all")
    key = "spending.years" if sum(map(bool, found.middle)) > 1 else "spending.one_year"
    return voice.run_on(
        (
            voice.sentence(
                "money.years",
                key,
                year=year,
                amount=amount,
                whose=voice.say(f"spending.peak_{whose}"),
            ),
            _sums(found, voice),
            *_after(found, assessment, voice),
            "" if _adds_up(found) else voice.say("spending.rounded"),
            voice.say(
                "spending.total_running",
                power=power_told(assessment.programme.projects, voice),
                open=open_month(assessment.programme.projects, assessment, voice),
            ),
            voice.say("spending.assumed"),
            voice.say("spending.assumed_second") if any(found.first) and any(found.second) else "",
        )
    )


def money_after(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What falls after the plan, and how the years were filled."""
    found = yearly(assessment, voice)
    if found is None:
        return
    yield from _after(found, assessment, voice)
    yield voice.say("spending.assumed")
    if any(found.first) and any(found.second):
        yield voice.say("spending.assumed_second")


def running_by_year(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What projects cost to run in each year until all stand, as the table has it; nothing while unknown."""
    (low, high), grain = _running(assessment.money_by_year, voice)
    years = [
        (one.year, ends)
        for one, *ends in zip(assessment.money_by_year, low, high, strict=True)
        if ends[1]
    ]
    if years and assessment.region.plan_from is not None:
        parts = [
            voice.say("spending.running_year", year=year, cost=grain.text(ends, voice))
            for year, ends in years
        ]
        yield voice.sentence(
            "money.running_years", "spending.running_years", parts=voice.clauses(parts)
        )


def _adds_up(found: Yearly) -> bool:
    """Whether the capital of the years, and of the waves, comes to the totals as they are printed."""
    columns = (found.first, found.second, found.middle, found.low, found.high)
    return all(
        found.grain.adds_up(parts)
        for parts in (*columns, *zip(found.first, found.second, strict=True))
    )


def _sums(found: Yearly, voice: Voice) -> str:
    """What all years come to, and where the middle lies between the ends."""
    low, high, middle = (math.fsum(part) for part in (found.low, found.high, found.middle))
    is_half = abs(middle - (low + high) / 2) <= _HALF * middle
    return voice.sentence(
        "money.sums", "spending.sums" if is_half else "spending.sums_own",
        capital=found.text(voice, low, high), middle=found.text(voice, middle),
    )  # fmt: skip


def _after(found: Yearly, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What of it falls after the plan period, or that nothing does."""
    region, late = assessment.region, assessment.money_after
    until = region.plan_until
    if until is None or region.plan_from is None:
        return
    end = voice.month(until.year, until.month)
    if late is None:
        yield voice.sentence("money.after", "spending.after_none", until=end)
        return
    whose = "both" if late.first and late.second else "first" if late.first else "second"
    if until.month == _DECEMBER:
        # The rows of whole years, as they are printed.
        rows = [
            place for place, one in enumerate(assessment.money_by_year) if one.year > until.year
        ]
        middle, low, high = (
            math.fsum(column[place] for place in rows)
            for column in (found.middle, found.low, found.high)
        )
    else:
        scale = 1e6 / voice.money_in.rate / found.grain.size
        middle, low, high = (
            amount * scale for amount in (late.first + late.second, *late.capital)
        )  # fmt: skip
    yield voice.sentence(
        "money.after", f"spending.after_{whose}", until=end,
        amount=found.text(voice, middle), capital=found.text(voice, low, high),
    )  # fmt: skip
