"""One cell, read by its column: only what is unambiguous is converted, unknown is never zero."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator.intake import footnotes, units
from generator.intake.addresses import read_address, shown
from generator.intake.columns import Column, Kind
from generator.intake.sight import sight
from generator.intake.words import BREAKS, TRIMMED, WIDE, clean, folded, listed, nearest, one_line
from generator.model import Conversion
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONGEST_CODE = 1e15
"""Beyond 15 digits Excel has already lost the last ones of a code."""
MONEY = frozenset({"currency/kWh", "bn", "m", "CNY"})
"""Units of columns that hold money."""
UNKNOWN = frozenset({"", "-", "–", "—", "无", "n/a", "unknown", "未知"})
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+)|\d+)?(?P<part>\.\d+)?"
    r"(?P<power>[eE][+-]?\d{1,3})?\s*(?P<unit>[^\d\s.,+-].*)?",
    re.ASCII,
)
_RANGE = re.compile(r"\d\s*(?:[-\u2010-\u2015~\u223c至到]|to)\s*\d", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:约|近|超|逾|≥|≤|>|<|~|about|approx|over|under|ca\.?)", re.IGNORECASE)
_COMMA = re.compile(r"[+-]?\d+(?:\.\d{3})*(?:,\d+)+")
_ISO = re.compile(
    r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?|月)?", re.ASCII
)
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})")
_YES = {"1", "yes", "true", "是", "y"}
_NO = {"0", "no", "false", "否", "n"}


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
    if _is_unknown(raw.value, column):
        return _refused("IN-201", raw, column) if column.required else Reading()
    if raw.kept is not None:
        return _refused("IN-121", raw, column, without=raw.kept)
    return _READERS[column.kind](raw, column, labels)


def _is_unknown(value: object, column: Column) -> bool:
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    if column.kind is Kind.VERBATIM:
        return value == ""
    text = folded(value)
    return text == "" or (text in UNKNOWN and (column.kind is not Kind.TEXT or text in {"-", "—"}))


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
        example=column.example or _example(column),
        **args,
    )


def _refused(code: str, raw: Raw, column: Column, **args: str) -> Reading:
    return Reading(problem=refused(code, raw.origin, column, found=raw.shown, **args))


def _example(column: Column) -> str:
    if column.kind in {Kind.DATE, Kind.PERIOD}:
        return "2025-06-30"
    if column.kind is Kind.EMAIL:
        return "office@example.org"
    return "34" if column.kind is Kind.PERCENT else "12"


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


def _number(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:  # noqa: PLR0911 - one way out for each cause
    value = raw.value
    if isinstance(value, bool | datetime | date | time | timedelta):
        return _refused("IN-203", raw, column)
    if not isinstance(value, int | float):
        return _written_number(str(value), raw, column)
    if raw.shows is not None:
        return _as_shown(raw.shows, float(value), raw, column)
    if raw.is_percent and column.kind is not Kind.PERCENT:
        return _refused("IN-206", raw, column, written="%")
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
    return _bounded(scaled, spelt, column, "header_unit", is_clear=raw.scale != 1)


def _as_shown(shows: str, stored: float, raw: Raw, column: Column) -> Reading:
    """A stored number whose format adds to it."""
    is_money = column.unit in MONEY
    if raw.currency and not is_money:
        return _refused("IN-206", raw, column, written=raw.currency.partition("-")[0])
    if raw.currency:
        return _bounded(stored, raw, column, "written_unit")
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


def _written_number(found: str, raw: Raw, column: Column) -> Reading:  # noqa: PLR0911 - one way out for each cause
    text = found.translate(WIDE).strip(TRIMMED)
    if footnotes.is_marked(text):
        return _marked(text, raw, column)
    if raw.comma == "either":
        return _no_number("".join(re.findall(r"^[+-]?[\d., ]*\d", text)), raw, column)
    if raw.comma:
        text = re.sub(r"(?<=\d)[. ](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    if BREAKS.search(text) or _RANGE.search(text) or _ABOUT.match(text):
        return _refused("IN-204", raw, column)
    match = _NUMBER.fullmatch(text)
    if not match or not (match["whole"] or match["part"]):
        return _no_number(text, raw, column)
    digits = f"{match['sign']}{match['whole'] or '0'}{match['part'] or ''}{match['power'] or ''}"
    number = float(re.sub(r"[, ]", "", digits))
    written = (match["unit"] or "").strip()
    if not written and raw.unit:
        return _in_unit(number, raw, column)
    if not written:
        return _bounded(number, raw, column, "decimal_comma" if raw.comma else "number_as_text")
    scale = units.factor(column.unit, written)
    if scale is None:
        code = "IN-206" if units.known(written) else "IN-204" if "(" in written else "IN-203"
        return _refused(code, raw, column, written=written)
    rule = "percent_sign" if column.kind is Kind.PERCENT else "written_unit"
    return _bounded(float(f"{number * scale:.15g}"), raw, column, rule, is_clear=True)


def _marked(text: str, raw: Raw, column: Column) -> Reading:
    """A number or a date with a raised figure behind it."""
    alone, joined = footnotes.readings(text)
    return _refused("IN-120", raw, column, alone=alone, joined=joined)


def _no_number(text: str, raw: Raw, column: Column) -> Reading:
    """What does not read as one number; a comma is named with both its readings."""
    if not _COMMA.fullmatch(text):
        return _refused("IN-203", raw, column)
    head, _, tail = text.rpartition(",")
    whole = re.sub(r"[.,]", "", head)
    return _refused("IN-205", raw, column, decimal=f"{whole}.{tail}", grouped=f"{whole}{tail}")


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
    return Reading(number, conversion)


def _date(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    value = raw.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Reading(value.isoformat() if column.kind is Kind.PERIOD else value)
    if isinstance(value, bool):
        return _refused("IN-212", raw, column)
    if isinstance(value, int | float):
        is_year = column.kind is Kind.PERIOD and 1900 <= value <= 2100 and float(value).is_integer()
        return Reading(str(int(value))) if is_year else _serial(float(value), raw, column)
    written = clean(str(value))[0]
    if not written.isascii() and footnotes.MARK.search(written):
        return _marked(written, raw, column)
    text = unicodedata.normalize("NFKC", written)
    if text.isdecimal() and len(text) == 5:
        return _serial(float(text), raw, column)
    return _written_date(text, raw, column)


def _serial(number: float, raw: Raw, column: Column) -> Reading:
    """A bare number where a date is wanted: refused, with the day of our times it may stand for."""
    if not 20_000 <= number < 80_000:
        return _refused("IN-212", raw, column)
    day = date(1899, 12, 30) + timedelta(days=int(number))
    return _refused("IN-228", raw, column, reading=day.isoformat())


def _written_date(text: str, raw: Raw, column: Column) -> Reading:
    is_period = column.kind is Kind.PERIOD
    if is_period and re.fullmatch(r"\d{4}年?", text, re.ASCII):
        return Reading(text[:4])
    match = _ISO.fullmatch(text)
    slashed = None if match else _SLASHED.fullmatch(text)
    if slashed:
        readings = " / ".join(_readings(*map(int, slashed.groups())))
        return _refused("IN-213", raw, column, readings=readings)
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    try:
        value = date(year, month, day or 1)
    except ValueError:
        return _refused("IN-212", raw, column)
    if not day and not is_period:
        return _refused("IN-212", raw, column)
    iso = value.isoformat() if day else f"{year:04d}-{month:02d}"
    conversion = None if text == iso else Conversion(raw.origin, raw.shown, iso, "date")
    return Reading(iso if is_period else value, conversion)


def _readings(first: int, second: int, third: int) -> list[str]:
    """The days that three numbers may mean: day first, month first, year first."""
    found = []
    for year, month, day in (
        (third, second, first),
        (third, first, second),
        (first, second, third),
    ):
        full = year + 2000 if year < 100 else year
        try:
            found.append(date(full, month, day).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _flag(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    text = folded(_plain(raw.value))
    if text in _YES | _NO:
        return Reading(text in _YES)
    return _refused("IN-214", raw, column)


def _choice(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(_plain(raw.value))
    value = labels.get(folded(text))
    if value is None:
        return _unlisted(raw, column, text, labels)
    return Reading(value)


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
