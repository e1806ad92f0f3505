"""What a number in a workbook means under its cell's format: a share, a day, a time or itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from generator.intake.cells import Special

if TYPE_CHECKING:
    from lxml import etree

_PERCENT_FORMATS = frozenset({9, 10})
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_TIME_FORMATS = frozenset({*range(18, 22), *range(45, 48)})
_MIDNIGHT = dt.datetime(1900, 1, 1)  # noqa: DTZ001 - a time of day has no zone
_DATE_CODE = re.compile(r"[ymdhs年月日]")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Parts of a number format that are shown as they stand, or not at all; elapsed times are kept."""
_ELAPSED = re.compile(r"\[[hms]+\]")


class NumberFormats:
    """The cell styles of one workbook, by what they make of a number.

    Args:
        styles: The root of the styles part; None where the workbook has none.
        is_1904: Whether days are counted from 1904, as old Macintosh workbooks do.
    """

    def __init__(self, styles: etree._Element | None = None, *, is_1904: bool = False) -> None:
        self._first_day = 0 if is_1904 else 61
        self._epoch = dt.datetime(1904, 1, 1) if is_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - serial dates have no zone
        self._percent: set[int] = set()
        self._dates: set[int] = set()
        self._times: set[int] = set()
        if styles is None:
            return
        codes = {
            int(element.get("numFmtId", "0")): _LITERAL.sub("", element.get("formatCode", ""))
            for element in styles.iter("{*}numFmt")
        }
        for index, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
            number = int(style.get("numFmtId", "0"))
            self._sort(index, number, codes.get(number, "").lower().replace("general", ""))

    def _sort(self, style: int, number: int, code: str) -> None:
        has_day = bool(re.search(r"[yd年日]", code))
        if number in _PERCENT_FORMATS or "%" in code:
            self._percent.add(style)
        elif (
            number in _TIME_FORMATS
            or _ELAPSED.search(code)
            or (re.search(r"[hs]", code) and not has_day)
        ):
            self._times.add(style)
        elif number in _DATE_FORMATS or _DATE_CODE.search(code):
            self._dates.add(style)

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
        if style in self._times:
            return _time(number)
        if style in self._dates:
            day = self._day(number)
            if day is not None:
                return day
        return Special(number, is_percent=True) if style in self._percent else number

    def _day(self, serial: float) -> dt.datetime | None:
        """The day of a serial number; None for times alone and for days no calendar has."""
        if not self._first_day <= serial < 2_958_466:
            return None
        return self._epoch + dt.timedelta(days=int(serial))


def _time(number: float) -> dt.time | dt.timedelta:
    """A time of day or a length of time: neither a number nor a date of any column."""
    if 0 <= number < 1:
        return (_MIDNIGHT + dt.timedelta(days=number)).time()
    return dt.timedelta(days=max(min(number, 1e6), -1e6))
