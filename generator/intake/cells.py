"""One cell, read by its column: only what is unambiguous is converted, unknown is never zero."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator.intake import footnotes, units
from generator.intake.addresses import read_address, shown
from generator.intake.causes import cause_of
from generator.intake.choices import meant
from generator.intake.columns import Column, Kind
from generator.intake.currencies import currencies
from generator.intake.dates import Day, read_day, year_of
from generator.intake.examples import example
from generator.intake.levels import UNIT as LEVELS
from generator.intake.levels import level
from generator.intake.marks import is_plain_unknown, is_unknown, yes_or_no
from generator.intake.numbers import parse, unified
from generator.intake.sight import sight
from generator.intake.words import BREAKS, clean, folded, listed, nearest, one_line
from generator.model import Conversion
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONGEST_CODE = 1e15
"""Beyond 15 digits Excel has already lost the last ones of a code."""
MONEY = frozenset({"currency/kWh", "bn", "m", "CNY"})
"""Units of columns that hold money."""
_PLAIN = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?", re.ASCII)
"""What most number texts are: read at once."""
_ZERO_COMMA = re.compile(r"[+-]?0,\d+(?![\d.,])", re.ASCII)
_POINT = re.compile(r"\d{1,3}\.\d{3}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Special:
    """A cell of which the file says more than its value: an error, a formula, what it shows."""

    value: object = None
    is_error: bool = False
    is_formula_without_value: bool = False
    is_percent: bool = False
    shows: str | None = None
    """What the cell shows where its format adds to the number: a unit, a sign, nothing at all."""
    is_scaled: bool = False
    """Whether what is shown was divided by thousands and no unit says so."""
    currency: str = ""
    """The sign of a currency, where that is all that the format adds."""
    kept: str | None = None
    """The text without its struck parts, where only some are struck."""
    comma: str = ""
    """What a comma in the number is, by the column it stands in: `decimal`, or `either` sign."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell with its place: its value, and what the file says about it (see `Special`)."""

    origin: Origin
    value: object = None
    is_error: bool = False
    is_formula_without_value: bool = False
    is_percent: bool = False
    shows: str | None = None
    is_scaled: bool = False
    currency: str = ""
    kept: str | None = None
    comma: str = ""
    unit: str = ""
    """The unit that the header, or a row under it, gives to bare numbers of the column."""
    scale: float = 1.0
    """What a bare number is multiplied by, to be in the column's unit."""

    @property
    def shown(self) -> str:
        """The content as a person sees it, shortened for a message."""
        if self.is_percent and isinstance(self.value, int | float):
            return f"{self.value * 100:.12g}%"
        text = _plain(self.value) if self.shows is None else self.shows
        return text if len(text) <= 60 else text[:57] + "…"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell came to: a value (None = unknown), what was converted, what is wrong."""

    value: object = None
    conversion: Conversion | None = None
    problem: Problem | None = None
    currencies: tuple[str, ...] = ()
    """The currencies that the cell's unit may name: the region's own must be among them."""
    is_scaled: bool = False
    """Whether the cell writes another unit than its column's."""
    unit: str = ""
    """A unit named behind a choice, such as kW in 电网容量（千瓦）."""


def read_cell(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    """The value of a cell under its column.

    Args:
        raw: The cell.
        column: The column it stands in.
        labels: For choices: folded label or value to value.
    """
    if raw.is_error:
        return _refused("IN-208", raw, column)
    if raw.is_formula_without_value:
        return _refused("IN-209", raw, column)
    if is_unknown(raw.value, column):
        return _refused("IN-201", raw, column) if column.required else _unknown(raw)
    if raw.kept is not None:
        return _refused("IN-121", raw, column, without=raw.kept)
    return _READERS[column.kind](raw, column, labels)


def _unknown(raw: Raw) -> Reading:
    """Nothing known; a mark that is not the form's own is logged."""
    if raw.value is None or is_plain_unknown(str(raw.value)):
        return Reading()
    return Reading(conversion=Conversion(raw.origin, raw.shown, "–", "unknown_mark"))


def raw(origin: Origin, cell: object) -> Raw:
    """A cell of a table, plain or special, with its place."""
    if isinstance(cell, Special):
        return Raw(
            origin, cell.value, cell.is_error, cell.is_formula_without_value, cell.is_percent,
            cell.shows, cell.is_scaled, cell.currency, cell.kept, cell.comma,
        )  # fmt: skip
    return Raw(origin, cell)


def is_blank(cell: object) -> bool:
    """Whether nothing stands in a cell of a table: no value, no error, no formula."""
    if isinstance(cell, Special):
        return False
    return cell is None or (isinstance(cell, str) and not cell.strip())


def refused(code: str, origin: Origin, column: Column, **args: object) -> Problem:
    """A problem with a cell, with the words that every such message may use."""
    return problem(
        code,
        origin,
        "error",
        header_en=column.header("en"),
        header_zh=column.header("zh-CN"),
        unit_en=column.unit_text("en"),
        unit_zh=column.unit_text("zh-CN"),
        **{"example": example(column), **args},
    )


def _refused(code: str, raw: Raw, column: Column, **args: str) -> Reading:
    return Reading(problem=refused(code, raw.origin, column, found=raw.shown, **args))


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _text(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    found = raw.shows or _plain(raw.value)
    if isinstance(raw.value, float) and abs(raw.value) >= _LONGEST_CODE:
        return _refused("IN-229", raw, column)
    text, removed = clean(found)
    if removed:
        note = problem(
            "IN-220", raw.origin, "warning", header_en=column.header("en"),
            header_zh=column.header("zh-CN"), found=removed,
        )  # fmt: skip
        return Reading(
            text or None, Conversion(raw.origin, removed, text, "control_characters"), note
        )
    return Reading(text) if text.isascii() else _without_mark(text, raw, column)


def _without_mark(text: str, raw: Raw, column: Column) -> Reading:
    """A text whose footnote mark is named and kept apart from it."""
    kept, mark = footnotes.apart(text)
    if not mark:
        return Reading(text)
    note = problem(
        "IN-123", raw.origin, "warning", header_en=column.header("en"),
        header_zh=column.header("zh-CN"), found=mark, value=shown(kept),
    )  # fmt: skip
    return Reading(kept, Conversion(raw.origin, raw.shown, kept, "footnote_mark"), note)


def _line(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    text, removed = one_line(_plain(raw.value))
    if not removed:
        return Reading(text)
    note = problem(
        "IN-232", raw.origin, "warning", header_en=column.header("en"),
        header_zh=column.header("zh-CN"), found=removed, value=shown(text),
    )  # fmt: skip
    return Reading(text or None, Conversion(raw.origin, removed, text, "one_line"), note)


def _email(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    found = _plain(raw.value)
    address = read_address(found)
    if address.fault:
        return Reading(
            problem=refused(
                "IN-230", raw.origin, column, found=shown(found), fault=address.fault,
                characters=address.characters,
            )
        )  # fmt: skip
    if address.value == found.strip():
        return Reading(address.value)
    return Reading(address.value, Conversion(raw.origin, shown(found), address.value, "address"))


def _number(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    value = raw.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return _no_number(raw, column)
    if raw.shows is not None:
        return _as_shown(raw.shows, float(value), raw, column)
    if raw.is_percent and column.kind is not Kind.PERCENT:
        return _refused("IN-206", raw, column, cause="percent", written="%")
    try:
        number = float(value)
    except OverflowError:
        return _refused("IN-203", raw, column)
    if raw.is_percent:
        return _bounded(float(f"{number * 100:.12g}"), raw, column, "percent_format", is_clear=True)
    return _in_unit(number, raw, column) if raw.unit else _bounded(number, raw, column, None)


def _in_unit(number: float, raw: Raw, column: Column) -> Reading:
    """A bare number in the unit that its header gives."""
    spelt = replace(raw, value=f"{raw.shown} {raw.unit}", shows=None)
    scaled = float(f"{number * raw.scale:.15g}")
    reading = _bounded(scaled, spelt, column, "header_unit", is_clear=raw.scale != 1)
    return replace(reading, currencies=_named(column, raw.unit))


def _named(column: Column, written: str) -> tuple[str, ...]:
    """The currencies that a unit, or a sign beside a number, may name."""
    if column.unit not in MONEY:
        return ()
    return units.currencies(column.unit, written) or tuple(sorted(currencies(written)))


def _as_shown(shows: str, stored: float, raw: Raw, column: Column) -> Reading:
    """A stored number whose format adds to it."""
    is_money = column.unit in MONEY
    if raw.currency and not is_money:
        sign = raw.currency.partition("-")[0]
        return _refused("IN-206", raw, column, cause="currency", currency="–", written=sign)
    if raw.currency:
        reading = _bounded(stored, raw, column, "written_unit")
        return replace(reading, currencies=_named(column, raw.currency))
    seen = sight(shows, stored, is_scaled=raw.is_scaled, is_money=is_money)
    if seen.code == "IN-124":
        return _refused(seen.code, raw, column, stored=f"{stored:.15g}", shown=seen.shown)
    if seen.text:
        return _written_number(seen.text, raw, column)
    reading = _number(replace(raw, value=stored, shows=None), column, {})
    if seen.code and reading.problem is None:
        return Reading(
            reading.value, problem=problem(seen.code, raw.origin, "warning", shown=seen.shown)
        )
    return reading


def _no_number(raw: Raw, column: Column) -> Reading:
    """A cell that stores no number: text is read, what Excel made a day or a time is named."""
    value = raw.value
    if isinstance(value, bool):
        return _refused("IN-203", raw, column, cause="truth")
    if isinstance(value, time | timedelta):
        return _refused("IN-203", raw, column, cause="time")
    if isinstance(value, date):
        return _refused("IN-203", raw, column, cause="date")
    return _written_number(str(value), raw, column)


def _written_number(found: str, raw: Raw, column: Column) -> Reading:
    if not (raw.unit or raw.comma) and _PLAIN.fullmatch(found):
        return _bounded(float(found), raw, column, "number_as_text")
    text = unified(found)
    # No group of thousands begins with 0: such a comma is decimal, whatever the others are.
    comma = "decimal" if _ZERO_COMMA.match(text) else raw.comma
    if footnotes.is_marked(text):
        return _marked(text, raw, column)
    if comma == "decimal":
        text = re.sub(r"(?<=\d)[. ](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    written = parse(text) if comma != "either" else None
    if written is not None and not BREAKS.search(text):
        if not written.unit and raw.unit:
            return _in_unit(written.number, raw, column)
        if not written.unit:
            rule = "decimal_comma" if comma else "number_as_text"
            return _bounded(written.number, raw, column, rule)
        scale = units.factor(column.unit, written.unit)
        if scale is not None and (comma or not _has_two_readings(text, written.unit)):
            rule = "percent_sign" if column.kind is Kind.PERCENT else "written_unit"
            number = float(f"{written.number * scale:.15g}")
            reading = _bounded(number, raw, column, rule, is_clear=True)
            return replace(
                reading, currencies=units.currencies(column.unit, written.unit),
                is_scaled=scale != 1,
            )  # fmt: skip
    return _in_words(text, raw, column) or _refused_number(text, raw, column)


def _marked(text: str, raw: Raw, column: Column) -> Reading:
    """A number or a date with a raised figure behind it."""
    alone, joined = footnotes.readings(text)
    return _refused("IN-120", raw, column, alone=alone, joined=joined)


def _has_two_readings(text: str, unit: str) -> bool:
    """Whether one comma, or a point before three digits, stands in a language that swaps the two."""
    is_odd = text.count(",") == 1 or _POINT.match(text) is not None
    return is_odd and units.is_of_decimal_comma(unit)


def _in_words(text: str, raw: Raw, column: Column) -> Reading | None:
    """Levels and years, which planners write with words."""
    if column.unit == LEVELS:
        known = level(text)
        if known is not None and known[1]:
            return _refused("IN-250", raw, column, example=str(known[0]))
        return None if known is None else _bounded(float(known[0]), raw, column, "level")
    year = year_of(text) if column.unit == "year" else ""
    return _bounded(float(year), raw, column, "year") if year else None


def _refused_number(text: str, raw: Raw, column: Column) -> Reading:
    cause = cause_of(text, parse(text), column)
    return _refused(cause.code, raw, column, **cause.args)


def _bounded(
    number: float, raw: Raw, column: Column, rule: str | None, *, is_clear: bool = False
) -> Reading:
    """A number within its column's bounds; `is_clear` when its scale was written out."""
    if not math.isfinite(number):
        return _refused("IN-203", raw, column)
    if column.kind is Kind.PERCENT and 0 < number <= 1 and not is_clear:
        return _refused(
            "IN-207", raw, column, as_percent=f"{number:g}", as_share=f"{number * 100:g}"
        )
    if column.kind is Kind.INTEGER and not number.is_integer():
        return _refused("IN-210", raw, column)
    low = -math.inf if column.low is None else column.low
    high = math.inf if column.high is None else column.high
    if not low <= number <= high:
        return _refused("IN-211", raw, column, low=f"{low:g}", high=f"{high:g}")
    conversion = Conversion(raw.origin, raw.shown, f"{number:.15g}", rule) if rule else None
    return Reading(number + 0.0, conversion)


def _date(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    value = raw.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Reading(value.isoformat() if column.kind is Kind.PERIOD else value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 20_000 <= value < 80_000:
            return _serial(float(value), raw, column)
        # A month behind a decimal point has lost its nought: 2025.1 may be 2025.10.
        return _written_date(_plain(value) if value == value // 1 else "", raw, column)
    text = str(value).strip()
    if not text.isascii() and footnotes.MARK.search(text):
        return _marked(text, raw, column)
    if text.isdecimal() and len(text) == 5:
        return _serial(float(text), raw, column)
    return _written_date("" if isinstance(value, bool) else text, raw, column)


def _serial(number: float, raw: Raw, column: Column) -> Reading:
    """A bare number where a date is wanted: refused, with the day of our times it may stand for."""
    day = date(1899, 12, 30) + timedelta(days=int(number))
    return _no_day("IN-228", raw, column, reading=day.isoformat())


def _written_date(text: str, raw: Raw, column: Column) -> Reading:
    found = read_day(text)
    if not found.iso:
        return _unclear_date(found, raw, column)
    is_period = column.kind is Kind.PERIOD
    if not is_period and (len(found.iso) < 10 or found.is_rough):
        return _refused("IN-212", raw, column)
    is_same = text == found.iso or text.removesuffix("年") == found.iso
    rule = None if is_same else Conversion(raw.origin, raw.shown, found.iso, "date")
    return Reading(found.iso if is_period else date.fromisoformat(found.iso), rule)


def _unclear_date(found: Day, raw: Raw, column: Column) -> Reading:
    if found.cause == "order":
        return _no_day("IN-213", raw, column, readings=found.readings)
    if column.kind is Kind.PERIOD and found.readings:
        last = found.readings.rpartition(" / ")[2]
        return _refused(
            "IN-212", raw, column, cause=found.cause, readings=found.readings, example=last
        )
    return _no_day("IN-212", raw, column)


def _no_day(code: str, raw: Raw, column: Column, **args: str) -> Reading:
    """A date refused; where a part of one will do, the sentence says so."""
    if column.kind is Kind.PERIOD:
        args["cause"] = "period"
    return _refused(code, raw, column, **args)


def _flag(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    answer = yes_or_no(_plain(raw.value))
    if answer is not None:
        return Reading(answer)
    return _refused("IN-214", raw, column)


def _choice(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(_plain(raw.value))
    value = labels.get(folded(text))
    if value is not None:
        return Reading(value)
    value, unit = meant(text, labels)
    if value is None:
        return _unlisted(raw, column, text, labels)
    return Reading(value, Conversion(raw.origin, raw.shown, value, "choice"), unit=unit)


def _codes(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(_plain(raw.value))
    parts = [part.strip() for part in re.split(r"[;；]", text) if part.strip()]
    if column.required and not parts:
        return _refused("IN-201", raw, column)
    if not column.choices:
        return Reading(tuple(parts))
    values = [labels.get(folded(part)) for part in parts]
    for part, value in zip(parts, values, strict=True):
        if value is None:
            return _unlisted(raw, column, part, labels)
    return Reading(tuple(dict.fromkeys(value for value in values if value)))


def _unlisted(raw: Raw, column: Column, text: str, labels: Mapping[str, str]) -> Reading:
    return _refused(
        "IN-215", raw, column, nearest=nearest(text, labels), listed_en=listed(labels),
        listed_zh=listed(labels, is_chinese=True),
    )  # fmt: skip


def _verbatim(raw: Raw, _column: Column, _: Mapping[str, str]) -> Reading:
    return Reading(str(raw.value))


_READERS: dict[Kind, Callable[[Raw, Column, Mapping[str, str]], Reading]] = {
    Kind.TEXT: _text,
    Kind.LINE: _line,
    Kind.EMAIL: _email,
    Kind.NUMBER: _number,
    Kind.INTEGER: _number,
    Kind.PERCENT: _number,
    Kind.DATE: _date,
    Kind.PERIOD: _date,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.CODES: _codes,
    Kind.VERBATIM: _verbatim,
}
