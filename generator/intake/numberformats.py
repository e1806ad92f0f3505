"""What a number in a workbook means under its cell's format: a share, a day, a time or itself.

Codes of formats are read by the rules of ECMA-376 part 1, 18.8.31: up to four sections, quoted and
escaped text, commas behind the last digit that divide by a thousand.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from generator.intake.cell import Special
from generator.intake.formatcodes import Shown, sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

_PERCENT_FORMATS = frozenset({9, 10})
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_TIME_FORMATS = frozenset({*range(18, 22), *range(45, 48)})
_ACCOUNTS = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '
_BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys((41, 42, 43, 44), _ACCOUNTS)}
"""Built-in formats that a file names by number only; the currency they show is the reader's own."""
_MIDNIGHT = dt.datetime(1900, 1, 1)  # noqa: DTZ001 - a time of day has no zone
_DATE_CODE = re.compile(r"[ymdhs年月日]")
_LITERAL = re.compile(r'"[^"]*"|[\\!].|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Parts of a number format that are shown as they stand, or not at all; elapsed times are kept."""
_NAMED = re.compile("general|standard")
"""The format that shows numbers as they are; German and Italian programs write its second name."""
_ELAPSED = re.compile(r"\[[hms]+\]")
_DAY, _TIME = "day", "time"


class NumberFormats:
    """The cell styles of one workbook, by what they make of a number.

    Args:
        styles: The root of the styles part; None where the workbook has none.
        is_1904: Whether days are counted from 1904, as old Macintosh workbooks do.
    """

    def __init__(self, styles: etree._Element | None = None, *, is_1904: bool = False) -> None:
        self._first_day = 0 if is_1904 else 61
        self._epoch = dt.datetime(1904, 1, 1) if is_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - serial dates have no zone
        self._kinds: dict[int, str | Sequence[Shown]] = {}
        """Style to what it shows; a style that shows numbers as they are is not there."""
        self.struck: frozenset[int] = frozenset()
        """Styles whose font is struck out."""
        if styles is None:
            return
        codes = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in styles.iter("{*}numFmt")
        }
        struck = {
            str(index)
            for index, font in enumerate(styles.iterfind("{*}fonts/{*}font"))
            if is_on(font.find("{*}strike"))
        }
        crossed = set()
        for index, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
            number = int(style.get("numFmtId", "0"))
            self._sort(index, number, codes.get(number, ""))
            if style.get("fontId") in struck:
                crossed.add(index)
        self.struck = frozenset(crossed)

    def _sort(self, style: int, number: int, written: str) -> None:
        code = _NAMED.sub("", _LITERAL.sub("", written).lower())
        has_day = bool(re.search(r"[yd年日]", code))
        if number in _PERCENT_FORMATS or "%" in code:
            self._show(style, written or _BUILT_IN[number])
        elif (
            number in _TIME_FORMATS
            or _ELAPSED.search(code)
            or (re.search(r"[hs]", code) and not has_day)
        ):
            self._kinds[style] = _TIME
        elif number in _DATE_FORMATS or _DATE_CODE.search(code):
            self._kinds[style] = _DAY
        elif written or number in _BUILT_IN:
            self._show(style, written or _BUILT_IN[number])

    def _show(self, style: int, code: str) -> None:
        parts = sections(code)
        if not all(part.is_plain for part in parts):
            self._kinds[style] = parts

    def read(self, text: str, style: int) -> object:
        """A stored number as its cell shows it.

        Args:
            text: The number as the sheet stores it.
            style: The index of the cell's style.

        Raises:
            ValueError: It is no number; the file is damaged.
        """
        number = float(text) + 0.0
        if "_" in text:
            raise ValueError(text)
        kind = self._kinds.get(style)
        if kind is None:
            return number
        if kind is _TIME:
            return _time(number)
        if kind is _DAY:
            day = self._day(number)
            return number if day is None else day
        return _as_shown(number, kind)  # type: ignore[arg-type]  # what is neither is sections

    def _day(self, serial: float) -> dt.datetime | None:
        """The day of a serial number; None for times alone and for days no calendar has."""
        if not self._first_day <= serial < 2_958_466:
            return None
        return self._epoch + dt.timedelta(days=int(serial))


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch of the styles is there and not turned off."""
    return element is not None and element.get("val", "1") not in {"0", "false", "off"}


def _as_shown(number: float, parts: Sequence[Shown]) -> object:
    """The number alone where the format adds nothing to it, else with what the cell shows."""
    section, rest = _section(number, parts)
    if section is None or section.is_plain:
        return number
    if section.is_percent:
        return Special(number, is_percent=True)
    text = section.text(rest)
    if section.is_money and text is not None:
        if section.currency.endswith("-411"):
            text = text.replace("¥", "JP¥")  # the yen, which shares its sign with the yuan
        return Special(number, shows=text, currency=section.currency)
    return Special(number, shows="" if text is None else text, is_scaled=section.hides_scale)


def _section(number: float, parts: Sequence[Shown]) -> tuple[Shown | None, float]:
    """The section that shows a number, and the number as that section is given it."""
    if any(part.condition for part in parts):
        for part in parts[:3]:
            if part.holds(number):
                return part, number
        return None, number
    if len(parts) > 2 and number == 0:
        return parts[2], 0.0
    if len(parts) > 1 and number < 0:
        # The second section writes its own sign.
        part = parts[1]
        return part, (number if part.signs_negative else -number)
    return parts[0], number


def _time(number: float) -> dt.time | dt.timedelta:
    """A time of day or a length of time: neither a number nor a date of any column."""
    if 0 <= number < 1:
        return (_MIDNIGHT + dt.timedelta(days=number)).time()
    return dt.timedelta(days=max(min(number, 1e6), -1e6))
