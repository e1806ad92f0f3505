"""A number as written: with a unit before or behind it, in words, in letters, or as a typed sum."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from generator.intake import units
from generator.intake.money import SIGNS
from generator.intake.words import TRIMMED, WIDE, folded

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+)|\d+)?(?P<part>\.\d+)?"
    r"(?P<power>[eE][+-]?\d{1,3})?\s*(?P<unit>[^\d\s.,+-].*)?",
    re.ASCII,
)
_ALIKE = {
    **WIDE,
    **dict.fromkeys((0x2212, 0xFE63, 0x2010, 0x2011), "-"),
    **dict.fromkeys((0x2018, 0x2019, 0x02BC, 0xB4, 0x60), "'"),
}
"""Minus signs, hyphens and apostrophes of every shape; a longer dash may be no minus."""
_QUOTED = re.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|'(?!')([^']*)'?")
_FIGURES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "○": 0,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_CHINESE = re.compile("[零〇○一二三四五六七八九两十百千万亿]+")
_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


class Written(NamedTuple):
    """A number with the unit beside it, empty where there is none."""

    number: float
    unit: str


def unified(text: str) -> str:
    """The text of a cell with its signs in their plain form and the quotes around it taken off."""
    plain = text.translate(_ALIKE).strip(TRIMMED)
    quoted = _QUOTED.fullmatch(plain) if plain[:1] in "\"“「'" else None
    return next(part for part in quoted.groups() if part is not None).strip() if quoted else plain


def parse(text: str) -> Written | None:
    """The one number that a unified text is, with its unit; None where it is not one number."""
    currency = None if "0" <= text[:1] <= "9" else SIGNS.match(text)
    rest = text[currency.end() :].lstrip() if currency else text
    match = _NUMBER.fullmatch(rest)
    if not match or not (match["whole"] or match["part"]):
        return None
    digits = f"{match['sign']}{match['whole'] or '0'}{match['part'] or ''}{match['power'] or ''}"
    unit = (match["unit"] or "").strip()
    named = currency[0].strip(" .:：") if currency else ""
    number = float(re.sub(r"[, ']", "", digits))
    return Written(number, f"{named} {unit}".strip() if named and unit[:1] != "/" else named + unit)


def in_words(text: str) -> int | None:
    """The whole number that a text spells out in Chinese or English words; None if it does not."""
    if _CHINESE.fullmatch(text):
        return _chinese(text)
    words = re.findall(r"[a-z]+", text.lower())
    is_plain = words and re.fullmatch(r"[a-z\s-]+", text.lower())
    return _english(words) if is_plain else None


def _chinese(text: str) -> int | None:
    if not any(char in _PLACES or char in _MYRIADS for char in text):
        return int("".join(str(_FIGURES[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _FIGURES:
            digit = _FIGURES[char]
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


def _english(words: list[str]) -> int | None:
    total = section = 0
    for word in words:
        if word in _SMALL:
            section += _SMALL[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _LARGE:
            total += (section or 1) * _LARGE[word]
            section = 0
        elif word != "and":
            return None
    return total + section if set(words) - {"and"} else None


def roman(text: str) -> int | None:
    """The number of a Roman numeral up to 39; None if the text is none."""
    letters = unicodedata.normalize("NFKC", text).upper()
    if not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def with_plain_digits(text: str) -> str:
    """The text with digits of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)


def with_chinese_digits_plain(text: str) -> str:
    """二〇二五年六月 as 2025年6月; a text without Chinese numerals as it is."""

    def plain(match: re.Match[str]) -> str:
        return str(_chinese(match[0]))

    return re.sub("[零〇○一二三四五六七八九十]+", plain, text)


LEVELS = "level 1-4"
"""The unit of a level of data centres."""
_LEVEL = re.compile(
    r"(?:(?:uptime(?: institute)?|ansi/tia[ -]?942|tia[ -]?942)(?:-[a-c])?[\s:-]*)?"
    r"(?:certified\s+)?(?:tier|rated|rating|level|t|等级|级别)?[\s:-]*"
    r"(?P<level>[1-4]|iv|i{1,3}|[一二三四])\s*(?:级|等级)?"
    r"(?:\s*\(?(?:certified|design|facility|ready|compliant)\)?)?\s*(?P<plus>\+|plus)?"
)
_VALUES = {
    **{str(number): number for number in range(1, 5)},
    **dict(zip(("i", "ii", "iii", "iv"), range(1, 5), strict=True)),
    **dict(zip("一二三四", range(1, 5), strict=True)),
}


def level(text: str) -> tuple[int, bool] | None:
    """The level that a text names, and whether it says more than that level; None if it is none."""
    match = _LEVEL.fullmatch(folded(text))
    return (_VALUES[match["level"]], bool(match["plus"])) if match else None


def total_of(text: str, unit: str) -> float:
    """What a sum of products comes to in a unit; not a number where a term cannot be read."""
    terms = [_term(term, unit) for term in text.lstrip("=").split("+")]
    scales = {scale for _, scale in terms}
    if None in scales and not scales <= {None, 1.0}:
        return math.nan  # 120 + 80 kW: whether the unit counts for both is not said
    total = math.fsum(number * (1.0 if scale is None else scale) for number, scale in terms)
    return float(f"{total:.12g}" if scales <= {None, 1.0} else f"{total:.6g}")


def _term(text: str, unit: str) -> tuple[float, float | None]:
    """A product, and what its unit is multiplied by; None where it names none."""
    number, scales = 1.0, list[float]()
    for part in re.split("[×xX*✕]", text):
        written = parse(part.strip())
        if written is None:
            return math.nan, None
        number *= written.number
        if written.unit:
            scales.append(units.factor(unit, written.unit) or math.nan)
    if len(scales) > 1:
        return math.nan, None
    return number, scales[0] if scales else None
