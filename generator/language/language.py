"""One language: its words from the text table, its numbers, dates and plurals from CLDR.

What differs between languages is data: the rows of the text table named here, and the locale that
its row `locale` names.

Also here: what Babel knows of a locale, looked up once; whole numbers in Chinese words, for
numbered headings.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, TypeVar

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import NumberPattern, parse_pattern
from msgspec import Struct

if TYPE_CHECKING:
    from generator.model import Texts


_Item = TypeVar("_Item")
_Day = date
"""A day, by a name that no method bears."""

_ALPHABET = "alphabet"
_NONE = "none"
"""What a row says that has nothing for a language."""
_OTHER = "other"
"""The plural form that every language has."""
_EXACT = 1e15
"""Beyond it a float no longer holds every whole number."""
_MONTH = "yMMMM"
"""The skeleton of a month with its year, in the order of the locale."""
_DIGITS = "零一二三四五六七八九"
_POWERS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


class Language(Struct, frozen=True):
    """A language and the words of the product in it."""

    texts: Texts
    language: str

    def say(self, key: str, **args: object) -> str:
        """A text of the table with its placeholders filled."""
        return self.texts.say(key, self.language, **args)

    def plural(self, key: str, count: int, **args: object) -> str:
        """A text in the form that goes with a count: the row `key.one`, `key.other` and so on.

        Args:
            key: Of the text, without the form.
            count: How many; fills `{count}`.
            args: What else the text wants filled.
        """
        return self.say(self.plural_key(key, count), count=self.number(count, 0), **args)

    def plural_key(self, key: str, count: int) -> str:
        """The key of the form that goes with a count; `other` where the table has no row for it."""
        form = f"{key}.{plural_form(count, self.locale)}"
        return form if form in self.texts.table else f"{key}.{_OTHER}"

    @property
    def locale(self) -> str:
        """The name that CLDR knows the language by."""
        return self.say("locale")

    @property
    def dash(self) -> str:
        """What stands for an unknown."""
        return self.say("unknown")

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of a sentence that say something each, one after the other."""
        return self.say("clause.separator").join(parts)

    def listed(self, items: Iterable[str]) -> str:
        """An enumeration within a running sentence, with a word before the last item."""
        *before, last = [*items] or [""]
        told = self.say("bodies.separator").join(before)
        return self.say("and.last", first=told, second=last) if told else last

    def join(self, items: Iterable[str]) -> str:
        """An enumeration."""
        separator, marks = self.say("list.separator"), self.say("list.unseparated")
        text = separator.join(items)
        if marks == _NONE:
            return text
        # Marks around titles enumerate by themselves.
        return text.replace(separator.join(marks), marks)

    def in_order(self, items: Iterable[_Item], name: Callable[[_Item], str]) -> list[_Item]:
        """Things by their names where the language lists words so, else as they come.

        Args:
            items: In the order of the table that they are from.
            name: What a thing is called.
        """
        listed = list(items)
        if self.say("list.order") == _ALPHABET:
            listed.sort(key=lambda item: _plain(name(item)))
        return listed

    def several(self, names: Sequence[str], most: int) -> str:
        """An enumeration, shortened when it is long; a dash where it is empty."""
        if len(names) <= most:
            return self.join(names) or self.dash
        return self.say("several", first=self.join(names[:most]), count=len(names))

    def run_on(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other; nothing for none."""
        parts = [sentence for sentence in sentences if sentence]
        if not parts:
            return ""
        return reduce(
            lambda first, second: self.say("letter.cited", first=first, second=second), parts
        )

    def parted(self, text: str) -> tuple[str, str]:
        """A text's first sentence, and the rest of it; the rest is empty where there is none."""
        end = re.search(self.say("sentence.end"), text)
        return (text[: end.end()].rstrip(), text[end.end() :].lstrip()) if end else (text, "")

    def number(self, value: float | None, decimals: int = 3) -> str:
        """A number as its language groups it, with no idle decimals; a dash when unknown."""
        if value is None or not math.isfinite(value):
            return self.dash
        return decimal_text(float(value), decimals, self.say("number.pattern"), self.locale)

    def rounded(self, value: float, beside: float | None = None) -> str:
        """A computed number with no more decimals than its size, or its neighbour's, can bear."""
        size = abs(value if beside is None else beside)
        decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
        # A small end of a wide range is not rounded away.
        return self.number(value, decimals if abs(value) >= 10**-decimals else 3)

    def whole(self, value: float) -> str:
        """A score or percentage as a whole number."""
        return self.number(math.floor(value + 0.5), 0)

    def percent(self, share: float) -> str:
        """A share in [0, 1] as whole percent; ends that are not quite reached say so."""
        whole = math.floor(share * 100 + 0.5)
        if whole >= 100 and share < 1:
            return self.say("percent.above", value=99)
        if whole < 1 and share > 0:
            return self.say("percent.below", value=1)
        return self.say("percent", value=whole)

    def steps(self, key: str) -> tuple[tuple[float, str], ...]:
        """The named steps of large numbers (1e8 亿) in a row of the text table, largest first."""
        return steps_of(self.say(key))

    def large(self, value: float | None, scale: float = 1.0) -> str:
        """A large count in the language's own steps (万, 亿), as it is counted where it has none.

        Args:
            value: The count.
            scale: What it is counted in, such as 1e9 for billions.
        """
        if value is None:
            return self.dash
        steps = self.steps("number.scales")
        for size, word in steps:
            if abs(value * scale) >= size:
                return f"{self.number(value * scale / size, 2)}{word}"
        return self.number(value * scale if steps else value)

    def unrounded(self, number: float, written: str) -> str:
        """A number of a cell with all its digits, in a whole count of the language's own steps.

        Args:
            number: Its value.
            written: How it stands in the cell, kept where nothing reads better.
        """
        for size, word in self.steps("number.scales"):
            if abs(number) >= size and number % (size / 100) == 0:
                return f"{self.number(number / size, 2)}{word}"
        if abs(number) >= _EXACT:
            return written
        if number.is_integer():
            return self.number(number, 0)
        return written if "e" not in written else f"{number:.10f}".rstrip("0")

    def span(self, low: float | None, high: float | None, key: str = "span") -> str:
        """A range of plain numbers."""
        if low is None or high is None:
            return self.dash
        return self.say(key, low=self.number(low), high=self.number(high))

    def extent(self, ends: tuple[float, float] | None, scale: float = 1.0) -> str:
        """A range in rounded numbers, one number where its ends print alike; a dash when unknown."""
        if ends is None:
            return self.dash
        low, high = (end * scale for end in ends)
        shown = (self.rounded(low, high), self.rounded(high))
        return shown[0] if shown[0] == shown[1] else self.say("span", low=shown[0], high=shown[1])

    def date(self, day: date | None) -> str:
        """A date in full; a dash when unknown."""
        return self.dash if day is None else date_text(day, self.locale)

    def month(self, year: int, month: int) -> str:
        """A month of the calendar with its year, in words."""
        return month_text(date(year, month, 1), self.locale)

    def months(self, first: _Day, last: _Day) -> str:
        """The months from one day to another as short as a table needs, the year once where it can."""
        names = [month_in(day, self.say("month.pattern"), self.locale) for day in (first, last)]
        ends = [
            self.say("month.short", month=name, year=day.year)
            for name, day in zip(names, (first, last), strict=True)
        ]
        if ends[0] == ends[1]:
            return ends[0]
        if first.year == last.year:
            return self.say("months.of_year", first=names[0], last=names[1], year=first.year)
        return self.say("months.of_years", first=ends[0], last=ends[1])

    def month_of(self, iso: str) -> str:
        """A year and month such as 2026-06 in words; as it stands where it is none."""
        year, _, month = iso.partition("-")
        return self.month(int(year), int(month)) if month else iso


def _plain(word: str) -> str:
    """A word as an alphabet sorts it: without case, and its letters without marks."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@lru_cache
def steps_of(text: str) -> tuple[tuple[float, str], ...]:
    """Sizes with the words for them, such as `1e9:billion;1e6:million`; `none` for no steps."""
    if text == _NONE:
        return ()
    parts = (one.split(":") for one in text.split(";"))
    return tuple((float(size), word) for size, word in parts)


@lru_cache
def locale_of(name: str) -> Locale:
    """A locale by its CLDR name, such as `zh_Hans_CN`."""
    return Locale.parse(name)


@lru_cache
def pattern_of(text: str) -> NumberPattern:
    """How a number is written, as CLDR notes it."""
    return parse_pattern(text)


@lru_cache(maxsize=16_384)
def decimal_text(value: float, decimals: int, pattern: str, name: str) -> str:
    """A number in a pattern of CLDR, with the marks of the locale.

    Args:
        value: Finite.
        decimals: The most that are written.
        pattern: Says whether thousands are grouped; every digit that is left is written.
        name: Of the locale.
    """
    # As readers round: halves up, and by the digits that results.json shows.
    shown = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # Nothing has no sign, and a zero at the end says nothing.
    plain = abs(shown) if shown.is_zero() else shown.normalize()
    written = pattern_of(pattern).apply(plain, locale_of(name), decimal_quantization=False)
    return str(written)


@lru_cache(maxsize=4096)
def date_text(day: date, name: str) -> str:
    """A day written out, the month as a word."""
    return str(format_date(day, "long", locale_of(name)))


@lru_cache(maxsize=4096)
def month_text(day: date, name: str) -> str:
    """The month of a day written out, with its year."""
    return str(format_skeleton(_MONTH, day, locale=locale_of(name)))


@lru_cache(maxsize=4096)
def month_in(day: date, pattern: str, name: str) -> str:
    """The month of a day in a pattern of CLDR, without its year."""
    return str(format_date(day, pattern, locale_of(name)))


def plural_form(count: float, name: str) -> str:
    """The form of CLDR that goes with a count: such as `one` or `other`."""
    return str(locale_of(name).plural_form(count))


def chinese_numeral(number: int) -> str:
    """Up to 9999, as 一百零三; a leading 一十 is written 十."""
    if number == 0:
        return _DIGITS[0]
    text = ""
    for power, unit in _POWERS:
        digit = number // power % 10
        if digit:
            text += _DIGITS[digit] + unit
        elif text and not text.endswith(_DIGITS[0]) and number % power:
            text += _DIGITS[0]
    return text.removeprefix("一") if text.startswith("一十") else text
