"""One section of a number format: what it adds to a number, and the text a cell then shows."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.intake.money import SYMBOL

if TYPE_CHECKING:
    from collections.abc import Callable

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


@dataclass(slots=True)
class Shown:
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
    waiting: str = field(default="", repr=False)

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
