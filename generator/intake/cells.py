"""One cell, read by its column: only what is unambiguous is converted, unknown is never zero."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake import footnotes
from generator.intake.addresses import read_address, shown
from generator.intake.answers import is_plain_unknown, is_unknown, meant, yes_or_no
from generator.intake.cell import Raw, Reading, plain
from generator.intake.columns import Column, Kind
from generator.intake.dates import EARLIEST_YEAR, Day, is_near, read_day
from generator.intake.quantities import read_number, with_footnote
from generator.intake.refusals import lacking, refusal, refused
from generator.intake.words import clean, folded, listed, one_line, suggested
from generator.model import Conversion
from generator.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.problems import Problem

_LONGEST_CODE = 1e15
"""Beyond 15 digits Excel has already lost the last ones of a code."""


def read_cell(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    """The value of a cell under its column.

    Args:
        raw: The cell.
        column: The column it stands in.
        labels: For choices: folded label or value to value.
    """
    if raw.is_error:
        return refusal(Code.FORMULA_ERROR, raw, column)
    if raw.is_formula_without_value:
        return refusal(Code.FORMULA_STALE, raw, column)
    if is_unknown(raw.value, column):
        is_short = column.required
        return Reading(problem=lacking(raw.origin, column, labels)) if is_short else _unknown(raw)
    if raw.kept is not None:
        return refusal(Code.STRUCK_OUT_PARTLY, raw, column, without=raw.kept)
    return _READERS[column.kind](raw, column, labels)


def _unknown(raw: Raw) -> Reading:
    """Nothing known; a mark that is not the form's own is logged."""
    if raw.value is None or is_plain_unknown(str(raw.value)):
        return Reading()
    return Reading(conversion=Conversion(raw.origin, raw.shown, "–", "unknown_mark"))


def _text(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    found = raw.shows or plain(raw.value)
    if isinstance(raw.value, float) and abs(raw.value) >= _LONGEST_CODE:
        return refusal(Code.DIGITS_LOST, raw, column)
    text, removed = clean(found)
    if removed:
        note = problem(
            Code.CHARACTERS_REMOVED, raw.origin, "warning", found=removed, **column.headed,
        )  # fmt: skip
        return Reading(
            text or None, Conversion(raw.origin, removed, text, "control_characters"), note
        )
    return Reading(text) if text.isascii() else _without_footnote(text, raw, column)


def _without_footnote(text: str, raw: Raw, column: Column) -> Reading:
    """A text whose footnote is named and kept apart from it."""
    kept, mark = footnotes.apart(text)
    if not mark:
        return Reading(text)
    note = _kept(Code.FOOTNOTE_LEFT_OUT, raw, column, mark, kept)
    return Reading(kept, Conversion(raw.origin, raw.shown, kept, "footnote_mark"), note)


def _kept(code: str, raw: Raw, column: Column, removed: str, text: str) -> Problem:
    """That a part of a text was left out, and what is kept of it."""
    return problem(
        code, raw.origin, "warning", found=removed, value=shown(text), **column.headed,
    )  # fmt: skip


def _line(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    text, removed = one_line(plain(raw.value))
    if not removed:
        return Reading(text)
    note = _kept(Code.READ_IN_ONE_LINE, raw, column, removed, text)
    return Reading(text or None, Conversion(raw.origin, removed, text, "one_line"), note)


def _email(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    found = plain(raw.value)
    address = read_address(found)
    if address.fault:
        return Reading(
            problem=refused(
                Code.NOT_AN_ADDRESS, raw.origin, column, found=shown(found), fault=address.fault,
                characters=address.characters,
            )
        )  # fmt: skip
    if address.value == found.strip():
        return Reading(address.value)
    return Reading(address.value, Conversion(raw.origin, shown(found), address.value, "address"))


def _number(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    return read_number(raw, column)


def _date(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    value = raw.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and not is_near(value.year):
        value = value.isoformat()
    if isinstance(value, date):
        return Reading(value.isoformat() if column.kind is Kind.PERIOD else value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 20_000 <= value < 80_000:
            return _serial(float(value), raw, column)
        # A month behind a decimal point has lost its nought: 2025.1 may be 2025.10.
        return _written_date(plain(value) if value == value // 1 else "", raw, column)
    text = str(value).strip()
    if not text.isascii() and footnotes.FOOTNOTE.search(text):
        return with_footnote(text, raw, column)
    if text.isdecimal() and len(text) == 5:
        return _serial(float(text), raw, column)
    return _written_date("" if isinstance(value, bool) else text, raw, column)


def _serial(number: float, raw: Raw, column: Column) -> Reading:
    """A bare number where a date is wanted: refused, with the day of our times it may stand for."""
    day = date(1899, 12, 30) + timedelta(days=int(number))
    return _no_day(Code.DATE_AS_NUMBER, raw, column, reading=day.isoformat())


def _written_date(text: str, raw: Raw, column: Column) -> Reading:
    found = read_day(text, EARLIEST_YEAR if column.low is None else column.low)
    if not found.iso:
        return _unclear_date(found, raw, column)
    is_period = column.kind is Kind.PERIOD
    if not is_period and (len(found.iso) < 10 or found.is_rough):
        return refusal(Code.NOT_A_DATE, raw, column)
    is_same = text == found.iso or text.removesuffix("年") == found.iso
    rule = None if is_same else Conversion(raw.origin, raw.shown, found.iso, "date")
    return Reading(found.iso if is_period else date.fromisoformat(found.iso), rule)


def _unclear_date(found: Day, raw: Raw, column: Column) -> Reading:
    if found.cause == "order":
        first = found.readings.partition(" / ")[0]
        return _no_day(Code.DATE_UNCLEAR, raw, column, readings=found.readings, example=first)
    if found.cause == "era":
        likely = found.readings
        return refusal(
            Code.NOT_A_DATE, raw, column, cause="era" if likely else "year", readings=likely
        )
    if column.kind is Kind.PERIOD and found.readings:
        last = found.readings.rpartition(" / ")[2]
        return refusal(
            Code.NOT_A_DATE, raw, column, cause=found.cause, readings=found.readings, example=last
        )
    return _no_day(Code.NOT_A_DATE, raw, column)


def _no_day(code: str, raw: Raw, column: Column, **args: str) -> Reading:
    """A date refused; where a part of one will do, the sentence says so."""
    if column.kind is Kind.PERIOD:
        args["cause"] = "period"
    return refusal(code, raw, column, **args)


def _flag(raw: Raw, column: Column, _: Mapping[str, str]) -> Reading:
    answer = yes_or_no(plain(raw.value))
    if answer is not None:
        return Reading(answer)
    return refusal(Code.NOT_YES_OR_NO, raw, column)


def _choice(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(plain(raw.value))
    value = labels.get(folded(text))
    if value is not None:
        return Reading(value)
    value, unit = meant(text, labels)
    if value is None:
        return _unlisted(raw, column, text, labels)
    return Reading(value, Conversion(raw.origin, raw.shown, value, "choice"), unit=unit)


def _codes(raw: Raw, column: Column, labels: Mapping[str, str]) -> Reading:
    text, _ = clean(plain(raw.value))
    parts = [part.strip() for part in re.split(r"[;；]", text) if part.strip()]
    if column.required and not parts:
        return Reading(problem=lacking(raw.origin, column, labels))
    if not column.choices:
        return Reading(tuple(parts))
    values = [labels.get(folded(part)) for part in parts]
    for part, value in zip(parts, values, strict=True):
        if value is None:
            return _unlisted(raw, column, part, labels)
    return Reading(tuple(dict.fromkeys(value for value in values if value)))


def _unlisted(raw: Raw, column: Column, text: str, labels: Mapping[str, str]) -> Reading:
    return refusal(
        Code.NOT_ON_LIST, raw, column, **listed(labels).arguments("listed"), **suggested(text, labels),
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
