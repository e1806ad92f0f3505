"""A cell of a column of numbers, in the unit of the column.

What the cell stores, what it shows, the unit written in it and the one that its header gives are
brought together; where two of them differ and nothing tells which is meant, the cell is refused.
"""

from __future__ import annotations

import math
import re
from datetime import date, time, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from generator.codes import Code
from generator.intake import footnotes, units
from generator.intake.causes import cause_of
from generator.intake.cell import Raw, Reading
from generator.intake.columns import Column, Kind
from generator.intake.dates import year_of
from generator.intake.numbers import LEVELS, Written, level, parse, unified
from generator.intake.refusals import refusal
from generator.intake.words import BREAKS
from generator.model import Conversion
from generator.problems import problem

_PLAIN = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?", re.ASCII)
"""What most number texts are: read at once."""
_ZERO_COMMA = re.compile(r"[+-]?0,\d+(?![\d.,])", re.ASCII)
_POINT = re.compile(r"\d{1,3}\.\d{3}(?!\d)", re.ASCII)
_BARE = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def read_number(raw: Raw, column: Column) -> Reading:
    """The number of a cell in the unit of its column, whatever the cell stores or shows."""
    value = raw.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return _no_number(raw, column)
    if raw.shows is not None:
        return _as_shown(raw.shows, float(value), raw, column)
    if raw.is_percent and column.kind is not Kind.PERCENT:
        return refusal(Code.UNIT_WRONG, raw, column, cause="percent", written="%")
    try:
        number = float(value)
    except OverflowError:
        return refusal(Code.NOT_A_NUMBER, raw, column)
    if raw.is_percent:
        return _bounded(float(f"{number * 100:.12g}"), raw, column, "percent_format", is_clear=True)
    return _in_unit(number, raw, column) if raw.unit else _bounded(number, raw, column, None)


def _in_unit(number: float, raw: Raw, column: Column) -> Reading:
    """A bare number in the unit that its header gives."""
    spelt = replace(raw, value=f"{raw.shown} {raw.unit}", shows=None)
    scaled = float(f"{number * raw.scale:.15g}")
    reading = _bounded(scaled, spelt, column, "header_unit", is_clear=raw.scale != 1)
    return replace(reading, currencies=units.currencies(column.unit, raw.unit))


def _as_shown(shows: str, stored: float, raw: Raw, column: Column) -> Reading:
    """A stored number whose format adds to it."""
    is_money = column.unit in units.MONEY
    if raw.currency and not is_money and units.factor(column.unit, raw.currency) != 1:
        sign = raw.currency.partition("-")[0]
        return refusal(Code.UNIT_WRONG, raw, column, cause="", written=sign)
    if raw.currency:
        reading = _bounded(stored, raw, column, "written_unit")
        return replace(reading, currencies=units.currencies(column.unit, raw.currency))
    seen = _sight(shows, stored, is_scaled=raw.is_scaled, is_money=is_money)
    if seen.code == Code.SHOWN_OTHERWISE:
        return refusal(seen.code, raw, column, stored=f"{stored:.15g}", shown=seen.shown)
    if seen.text:
        return _written_number(seen.text, raw, column)
    reading = read_number(replace(raw, value=stored, shows=None), column)
    if seen.code and reading.problem is None:
        return Reading(
            reading.value, problem=problem(seen.code, raw.origin, "warning", shown=seen.shown)
        )
    return reading


def _no_number(raw: Raw, column: Column) -> Reading:
    """A cell that stores no number: text is read, what Excel made a day or a time is named."""
    value = raw.value
    if isinstance(value, bool):
        return refusal(Code.NOT_A_NUMBER, raw, column, cause="truth")
    if isinstance(value, time | timedelta):
        return refusal(Code.NOT_A_NUMBER, raw, column, cause="time")
    if isinstance(value, date):
        return refusal(Code.NOT_A_NUMBER, raw, column, cause="date")
    return _written_number(str(value), raw, column)


def _written_number(found: str, raw: Raw, column: Column) -> Reading:
    if not (raw.unit or raw.comma) and _PLAIN.fullmatch(found):
        return _bounded(float(found), raw, column, "number_as_text")
    text = unified(found)
    if footnotes.has_footnote(text):
        return with_footnote(text, raw, column)
    if _ZERO_COMMA.match(text):
        # No group of thousands begins with 0: such a comma is decimal, whatever the others are.
        raw = replace(raw, comma="decimal")
    elif raw.comma == "either" and "," not in text:
        refused = _grouped_or_not(parse(text), raw, column)
        raw = replace(raw, comma="")
        if refused:
            return refused
    return _unified_number(text, raw, column)


def _unified_number(text: str, raw: Raw, column: Column) -> Reading:
    if raw.comma == "decimal":
        text = re.sub(r"(?<=\d)[. ](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    written = parse(text) if raw.comma != "either" else None
    if written is not None and not BREAKS.search(text):
        if not written.unit and raw.unit:
            return _in_unit(written.number, raw, column)
        if not written.unit:
            rule = "decimal_comma" if raw.comma else "number_as_text"
            return _bounded(written.number, raw, column, rule)
        scale = units.factor(column.unit, written.unit)
        if scale is not None and (raw.comma or not _has_two_readings(text, written.unit)):
            rule = "percent_sign" if column.kind is Kind.PERCENT else "written_unit"
            number = float(f"{written.number * scale:.15g}")
            reading = _bounded(number, raw, column, rule, is_clear=True)
            return replace(
                reading, currencies=units.currencies(column.unit, written.unit),
                is_scaled=scale != 1,
            )  # fmt: skip
    return _in_words(text, raw, column) or _refused_number(text, raw, column)


def _grouped_or_not(written: Written | None, raw: Raw, column: Column) -> Reading | None:
    """A number whose point may group thousands; it does not where that would leave the bounds."""
    if written is None:
        return None
    whole = written.number * 1000
    scale = units.factor(column.unit, written.unit) if written.unit else raw.scale
    if column.high is not None and whole * (scale or 1.0) > column.high:
        return None
    return refusal(
        Code.DECIMAL_COMMA_FILE,
        raw,
        column,
        decimal=f"{written.number:.15g}",
        grouped=f"{whole:.15g}",
    )


def with_footnote(text: str, raw: Raw, column: Column) -> Reading:
    """A number or a date with a raised figure behind it."""
    alone, joined = footnotes.readings(text)
    return refusal(Code.MARK_FOOTNOTE_OR_POWER, raw, column, alone=alone, joined=joined)


def _has_two_readings(text: str, unit: str) -> bool:
    """Whether one comma, or a point before three digits, stands in a language that swaps the two."""
    is_odd = text.count(",") == 1 or _POINT.match(text) is not None
    return is_odd and units.is_of_decimal_comma(unit)


def _in_words(text: str, raw: Raw, column: Column) -> Reading | None:
    """Levels and years, which planners write with words."""
    if column.unit == LEVELS:
        known = level(text)
        if known is not None and known[1]:
            return refusal(Code.LEVEL_BETWEEN, raw, column, example=str(known[0]))
        return None if known is None else _bounded(float(known[0]), raw, column, "level")
    year = year_of(text) if column.unit == "year" else ""
    return _bounded(float(year), raw, column, "year") if year else None


def _refused_number(text: str, raw: Raw, column: Column) -> Reading:
    cause = cause_of(text, parse(text), column)
    return refusal(cause.code, raw, column, **cause.args)


def _bounded(
    number: float, raw: Raw, column: Column, rule: str | None, *, is_clear: bool = False
) -> Reading:
    """A number within its column's bounds; `is_clear` when its scale was written out."""
    if not math.isfinite(number):
        return refusal(Code.NOT_A_NUMBER, raw, column)
    if column.kind is Kind.PERCENT and 0 < number <= 1 and not is_clear:
        return refusal(
            Code.PERCENT_OR_SHARE,
            raw,
            column,
            as_percent=f"{number:g}",
            as_share=f"{number * 100:g}",
        )
    if column.kind is Kind.INTEGER and not number.is_integer():
        return refusal(Code.NOT_WHOLE, raw, column)
    low = -math.inf if column.low is None else column.low
    high = math.inf if column.high is None else column.high
    if not low <= number <= high:
        return refusal(Code.OUT_OF_BOUNDS, raw, column, low=f"{low:g}", high=f"{high:g}")
    conversion = Conversion(raw.origin, raw.shown, f"{number:.15g}", rule) if rule else None
    return Reading(number + 0.0, conversion)


class _Sight(NamedTuple):
    """How a number is read that its format adds something to.

    The stored number counts unless `text` is to be read in its place, or `code` names a problem: an
    error, or for IN-125 a remark beside the number.
    """

    code: str = ""
    text: str = ""
    shown: str = ""


def _sight(shows: str, stored: float, *, is_scaled: bool, is_money: bool) -> _Sight:
    """What the planner sees is what is meant; where no unit tells why the two differ, neither is.

    Args:
        shows: What the cell shows, unrounded; empty for nothing at all.
        stored: The number that the file holds.
        is_scaled: Whether it is shown divided by thousands, without a unit of its own.
        is_money: Whether the column counts money, where `M` and `bn` are units.
    """
    if not any(char.isdecimal() for char in shows):
        return _Sight(
            Code.SHOWN_OTHERWISE if stored else Code.ZERO_SHOWN_OTHERWISE, shown=shows or "␣"
        )
    is_bare = _BARE.fullmatch(shows) is not None
    if is_bare and float(shows) == stored:
        return _Sight()
    has_other_sign = shows.startswith("-") != (stored < 0)
    if is_bare or has_other_sign or (is_scaled and not is_money):
        return _Sight(Code.SHOWN_OTHERWISE, shown=shows)
    return _Sight(text=shows)
