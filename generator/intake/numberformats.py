"""What a number in a workbook means under its cell's format: a share, a day, a time or itself.

Codes of formats are read by the rules of ECMA-376 part 1, 18.8.31: up to four sections, quoted and
escaped text, commas behind the last digit that divide by a thousand.

Also here: one section of a number format: what it adds to a number, and the text a cell then shows.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.intake.cell import Special
from generator.intake.money import SYMBOL

if TYPE_CHECKING:
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
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|[_*](.)|\[([^\]]*)\]|(E[+-])|(General|Standard|G/通用格式)|([0#?]+)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
    "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_MAGNITUDES = frozenset({"k", "m", "b", "g", "t", "mn", "mio", "bn", "mm", "thousand", "million",
                         "billion", "千", "百万", "十亿"})  # fmt: skip
"""What stands behind a number divided by thousands when it names the thousands and no unit."""
_MINUS = "-−–"
_POINT = "\u2024"
"""Stands for a point that is written out and so parts no decimals."""
_MOVED = re.compile(rf"[#0?,]*{_POINT}([#0?]+),*")
"""Digits with such a point among them: `0!.0,"万"` shows 12345 as 1.2万."""
_DENOMINATOR = re.compile(r"/\?*$")


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


class Shown(Struct):
    """A section as it was written.

    `before` and `behind` are the texts on either side of the digits; where a section has no digits,
    `before` is all that it shows.
    """

    before: str = ""
    behind: str = ""
    digits: str = ""
    """The placeholders of digits and what is written between them; empty where none are shown."""
    thousands: int = 0
    percents: int = 0
    is_red: bool = False
    is_negative: bool = False
    """Whether only numbers below zero come here, without their sign."""
    condition: tuple[str, float] | None = None
    locale: str = ""
    waiting: str = ""

    @property
    def _letters(self) -> str:
        """What is printed beside the digits, without spaces and the marks of a sign."""
        text = f"{self.before}{self.behind}".replace(" ", "").replace("\u00a0", "")
        if "(" in self.before and ")" in self.behind:
            text = text.replace("(", "", 1).replace(")", "", 1)
        bare = text.strip(f"+{_MINUS}").replace(_POINT, ".")
        return f"{bare}+" if self.behind.rstrip().endswith("+") else bare

    @property
    def _has_minus(self) -> bool:
        return any(mark in self.before.strip() + self.behind.strip()[:1] for mark in _MINUS) or (
            "(" in self.before and ")" in self.behind
        )

    @property
    def signs_negative(self) -> bool:
        """Whether a number below zero can be told from one above."""
        return self._has_minus or self.is_red

    @property
    def _is_padded(self) -> bool:
        return self.digits.partition(".")[0].count("0") > 1

    @property
    def _has_right_sign(self) -> bool:
        return self.signs_negative if self.is_negative else not self._has_minus

    @property
    def is_plain(self) -> bool:
        """Whether it shows a number as it is stored, but for rounding and grouping."""
        is_bare = bool(self.digits) and not (self._is_scaled or self.percents or self._letters)
        return is_bare and self._has_right_sign and not self._is_padded and not self._is_broken

    @property
    def _tens(self) -> int:
        """How many digits a point that is written out sets apart."""
        moved = _MOVED.fullmatch(self.digits)
        return len(moved[1]) if moved else 0

    @property
    def _is_scaled(self) -> bool:
        return self.thousands > 0 or self._tens > 0

    @property
    def _is_broken(self) -> bool:
        """Whether a text stands between the digits, as in a telephone number."""
        return not self._tens and bool(re.search(r"[^0#?., /eE+-]|\d-|[#?0]-[#?0]", self.digits))

    @property
    def is_percent(self) -> bool:
        """Whether it shows a share as a percentage and nothing else."""
        return self.percents == 1 and self._letters == "%" and not self._is_scaled and (
            self._has_right_sign and bool(self.digits)
        )  # fmt: skip

    @property
    def is_money(self) -> bool:
        """Whether all it adds is the sign of a currency."""
        return bool(SYMBOL.fullmatch(self._letters)) and not self._is_scaled and (
            self._has_right_sign and bool(self.digits)
        )  # fmt: skip

    @property
    def currency(self) -> str:
        """The sign of the currency with its locale, which tells the yen from the yuan."""
        return self._letters + self.locale

    @property
    def hides_scale(self) -> bool:
        """Whether it divides the number and names no unit of the result."""
        return self._is_scaled and self._letters.lower() in {"", *_MAGNITUDES}

    def holds(self, number: float) -> bool:
        """Whether its condition admits a number."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        return _COMPARED[sign](number, limit)

    def text(self, number: float) -> str | None:
        """What a cell shows, unrounded; None where nothing is shown."""
        if not self.digits:
            return self.before.strip().replace(_POINT, ".") or None
        size = abs(number) * 100.0**self.percents / 1000.0**self.thousands / 10.0**self._tens
        shown = f"{size:.15g}"
        if self._is_broken:
            shown = _filled(self.digits, shown)
        elif self._is_padded:
            whole, point, part = shown.partition(".")
            width = self.digits.partition(".")[0].count("0")
            shown = f"{whole.zfill(width)}{point}{part}"
        sides = (self.before, self.behind)
        if "(" in self.before and ")" in self.behind:
            sides = (self.before.replace("(", "", 1), self.behind.replace(")", "", 1))
        before, behind = sides[0].strip().strip(_MINUS), sides[1].rstrip()
        sign = "-" if number < 0 or (self._has_minus and not self.is_negative) else ""
        return f"{sign}{before}{shown}{behind}".replace(_POINT, ".")


def sections(code: str) -> tuple[Shown, ...]:
    """The sections of a format that show numbers: all, or above, below and at zero."""
    parts = [Shown()]
    for token in _TOKEN.finditer(code):
        if token[8] == ";":
            parts.append(Shown())
        else:
            _add(parts[-1], token)
    parts = parts[:3]
    for part in parts:
        part.thousands = len(part.waiting) if part.waiting.strip(",") == "" else 0
    if len(parts) == 1 and not (parts[0].digits or parts[0].before):
        parts[0].digits = "0"  # a format without any sign in it is the general one
    if len(parts) > 2 and "0" not in parts[2].digits:
        # Placeholders other than 0 show nothing of a zero: `"-"??` is a dash.
        parts[2].before, parts[2].digits = parts[2].before + parts[2].behind, ""
    if len(parts) > 1 and not any(part.condition for part in parts):
        parts[1].is_negative = True
    return tuple(parts)


def _add(part: Shown, token: re.Match[str]) -> None:
    """One sign of the code to its section."""
    quoted, escaped, space, bracket, power, general, digits, other = token.groups()
    if digits or general or power or other == "@":
        if part.digits and part.behind.strip():
            part.digits += part.behind
            part.behind = ""
        # What stood between was no end: commas there group the digits.
        part.waiting = ""
        part.digits += digits or power or "0"
    elif other in {",", "."} and part.digits and not part.behind:
        part.waiting += other if other == "," else ""
        part.digits += other
    elif other == "%":
        part.percents += 1
        _write(part, "%")
    elif other == "/" and part.digits and not part.behind.strip():
        part.digits += "/"
    elif (
        other and other.isdecimal() and not part.behind.strip() and _DENOMINATOR.search(part.digits)
    ):
        part.digits += "?"
    elif bracket is not None:
        _bracketed(part, bracket)
    else:
        text = quoted or escaped or other or ""
        _write(part, " " if space else _POINT if text == "." and part.digits else text)


def _write(part: Shown, text: str) -> None:
    if part.digits:
        part.behind += text
    else:
        part.before += text


def _bracketed(part: Shown, content: str) -> None:
    """A colour, a condition, or a currency with its locale."""
    condition = _CONDITION.fullmatch(content.strip())
    if condition:
        part.condition = condition[1], float(condition[2])
    elif content.lower() in {"red", "红色"}:
        part.is_red = True
    elif content.startswith("$"):
        symbol, _, locale = content[1:].partition("-")
        _write(part, symbol)
        part.locale = f"-{locale[-3:]}" if symbol and locale else ""


def _filled(digits: str, shown: str) -> str:
    """The digits of a whole number put into a pattern from its end, as `000-0000` does."""
    left = list(shown)
    places = []
    for sign in reversed(digits):
        is_place = sign in "0#?"
        if not is_place:
            places.append(sign)
        elif left:
            places.append(left.pop())
        elif sign == "0":
            places.append("0")
    return "".join([*left, *reversed(places)]).lstrip()
