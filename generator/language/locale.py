"""What Babel knows of a locale, each thing looked up once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import NumberPattern, parse_pattern

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_MONTH = "yMMMM"
"""The skeleton of a month with its year, in the order of the locale."""


@lru_cache
def locale_of(name: str) -> Locale:
    """A locale by its CLDR name, such as `zh_Hans_CN`."""
    return Locale.parse(name)


@lru_cache
def _pattern(text: str) -> NumberPattern:
    return parse_pattern(text)


@lru_cache(maxsize=16_384)
def decimal_text(value: Decimal, pattern: str, name: str) -> str:
    """A number in a pattern of CLDR, with the marks of the locale.

    Args:
        value: Already rounded.
        pattern: Says whether thousands are grouped; every digit of the value is written.
        name: Of the locale.
    """
    # Nothing has no sign, and a zero at the end says nothing.
    plain = abs(value) if value.is_zero() else value.normalize()
    written = _pattern(pattern).apply(plain, locale_of(name), decimal_quantization=False)
    return str(written)


@lru_cache(maxsize=4096)
def date_text(day: date, name: str) -> str:
    """A day written out, the month as a word."""
    return str(format_date(day, "long", locale_of(name)))


@lru_cache(maxsize=4096)
def month_text(day: date, name: str) -> str:
    """The month of a day written out, with its year."""
    return str(format_skeleton(_MONTH, day, locale=locale_of(name)))


def plural_form(count: float, name: str) -> str:
    """The form of CLDR that goes with a count: such as `one` or `other`."""
    return str(locale_of(name).plural_form(count))
