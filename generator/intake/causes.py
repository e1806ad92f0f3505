"""Why a text is not one number: the kind of mistake, and what to write instead.

Each kind has a sentence in the text table, by its code and, where a code has several sentences, by
the `cause` among the arguments. A value that a sentence offers is one that its column accepts.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from generator.codes import Code
from generator.intake import units
from generator.intake.answers import ERRORS, FLAGS, WITHHELD
from generator.intake.money import amount
from generator.intake.numbers import (
    LEVELS,
    Written,
    in_words,
    level,
    parse,
    roman,
    total_of,
    with_plain_digits,
)
from generator.intake.refusals import fits, number_text, worth
from generator.intake.words import BREAKS, folded

if TYPE_CHECKING:
    from generator.intake.columns import Column

_LONGEST = 120
"""Longer text is prose, whatever numbers stand in it, and would keep the patterns busy."""
_DIGITS = r"\d(?:[\d.,' ]*\d)?"
_BRACKETED = re.compile(rf"\(\s*({_DIGITS})\s*\)\s*(\S*)", re.ASCII)
_LONG_DASH = re.compile(
    rf"(?:[\u2012-\u2015]+\s*|--+\s*|-\s+)({_DIGITS})\s*\D*|({_DIGITS})\s*[-\u2012-\u2015]",
    re.ASCII,
)
_COMMA = re.compile(r"([+-]?\d+(?:[. ]\d{3})*(?:,\d+)+)\s*([^\d\s.,+-].*)?", re.ASCII)
_GROUPED = re.compile(
    r"(\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:\.\d{3}){2,})(?:[.,]\d+)?\s*(\D*)", re.ASCII
)
_POINT = re.compile(r"(\d{1,3}\.\d{3})\s*(\D+)", re.ASCII)
_DATE = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2,4}", re.ASCII)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?", re.ASCII | re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:大约|约合|约为|约|大概|将近|接近|近|超过|超|逾|不到|不足|至少|至多|最多|最高|最低|不低于|不超过|不少于|高于|低于|大于|小于|预计|"
    r"预估|估计|>=|<=|[≥≤≧≦><~\u223c≈±≒]|\+/-|about|approx(?:imately|\.)?|around|roughly|circa|ca\.?|c\.|nearly|"
    r"almost|over|under|below|above|(?:more|less|fewer) than|at (?:least|most)|up to|max\.?|min\.?|est\.?|rund|etwa|über|"
    r"unter|bis zu|environ|около|более|менее|свыше|до|aprox\.?|cerca de|más de|menos de)\s*[:：]?\s*(?=[\d.$€¥])",
    re.IGNORECASE,
)
_OR_SO = re.compile(
    r"(?<=[\d万亿千百])\s*(?:多|余|几)|\s*(?:左右|上下|以上|以下|以内|出头|\+|plus|or (?:more|less|so)|approx\.?|est\.?)$",
    re.IGNORECASE,
)
_POWER = re.compile(
    r"([+-]?[\d.]+)\s*[×x*]\s*10(?:\s*(?:\^|\*\*)\s*\(?([-+]?\d{1,2})\)?|([⁻⁰¹²³⁴-⁹]{1,3}))"
)
_PRODUCT = re.compile(r"(?<![\d.])[1-9][\d.]*\D{0,8}[×xX*✕]\s*\d")
_SUM = re.compile(r"\d[^+]*\+\s*\.?\d")
_HALVES = re.compile(r"(\d*)\s*([¼½¾⅓⅔⅛])\s*(\D*)|(\d{1,2})/([2-58]|10)\s*(\D*)", re.ASCII)
_RANGE = re.compile(
    r"\d[^\d+/;,()\[\]]{0,12}?\s*(?:[-\u2010-\u2015~\u223c至到…±]|\.\.\.?|\b(?:to|bis|à|a|до|and|und)\b)\s*[$€¥]?\s*\.?\d",
    re.IGNORECASE,
)
_TWO = re.compile(
    rf"({_DIGITS})[^\d;/|、,&()]{{0,12}}(?:[;/|、&(]|,\s|\s+|和|及|或)\s*({_DIGITS})[^\d]{{0,12}}",
    re.ASCII,
)
_MARKED = re.compile(
    rf"({_DIGITS}(?:\s*[^\W\d_][^\d\s()*\[\]†‡§#^※]*?|\s*%)?)\s*"
    r"(?:\(\s*([a-z])\s*\)|[(\[]\s*\d\s*[)\]]|\s\d\)|[*†‡§#^※\u2460-\u2473⁰¹²³⁴-⁹₀-₉]+\d?\)?)",
    re.ASCII | re.IGNORECASE,
)
_LETTERED = re.compile(rf"({_DIGITS})\s*([a-z])", re.ASCII | re.IGNORECASE)
_NOTE = re.compile(rf"([^()\[\]]*?{_DIGITS}[^()\[\]]*?)\s*[(\[](.+)[)\]]\s*(\D*)", re.ASCII)
_POINTS = re.compile(r"[+-]?\d+(?:\.\d+){2,}\s*(\D*)", re.ASCII)
_LISTED = re.compile(
    r"[^,;、，；]*[^\W\d_][^,;、，；]*(?:[,;、，；]\s*[^,;、，；]*[^\W\d_][^,;、，；]*)+"
)
_BEFORE = re.compile(
    r"[^\d+-]*?[^\d\s+.-](?:(?<=[A-Za-z])\.)?[\s:=]*([+-]?\.?(?!0\d)\d.*)", re.ASCII
)


_PRICE = "currency/kWh"
_SMALL = frozenset({_PRICE, "°C"})
"""Columns in which a letter behind a number is a unit rather than a flag."""
_CENTS = frozenset({"c", "ct", "cts", "cent", "cents", "¢", "分", "分钱", "美分", "欧分"})


class Cause(NamedTuple):
    """What is wrong with a text: a code, and the arguments of its sentence."""

    code: str
    args: dict[str, str]


def cause_of(text: str, written: Written | None, column: Column) -> Cause:
    """Why a unified text is no number of its column.

    Args:
        text: What stands in the cell, its signs in their plain form.
        written: The number and the unit it would be; None where it is not one number.
        column: The column it stands in.
    """
    if len(text) > _LONGEST:
        return _lines(text, column) or Cause(Code.NOT_A_NUMBER, {})
    is_flag = written is not None and written.unit.lower() in FLAGS
    if written is not None and column.unit in _SMALL:
        found = _of_money(written, column) or _of_degrees(written, column)
        if found:
            return found
    if written is not None and not is_flag and not BREAKS.search(text):
        found = _of_unit(written, column)
        if found:
            return found
    for look in _KINDS:
        found = look(text, column)
        if found:
            return found
    if written is not None and written.unit:
        return _of_words(written, column)
    return Cause(Code.NOT_A_NUMBER, {})


def _of_words(written: Written, column: Column) -> Cause:
    """A number with words behind it: a remark behind its unit, or no unit that anybody knows."""
    words = written.unit.split()
    for count in range(len(words) - 1, 0, -1):
        offer = worth(f"{number_text(written.number)} {' '.join(words[:count])}", column)
        if offer:
            return _because(Code.NOT_ONE_NUMBER, "note", offer=offer)
    return _because(Code.NOT_A_NUMBER, "unit", written=written.unit)


def _because(code: str, cause: str, *, offer: str = "", **args: str) -> Cause:
    """A cause with its sentence; `offer` is the value it proposes, if there is one."""
    return Cause(code, {"cause": cause, **args, **({"example": offer} if offer else {})})


def _of_unit(written: Written, column: Column) -> Cause | None:
    """A unit that is known, but not of this column."""
    number, unit = written
    if not unit or (
        units.is_of_decimal_comma(unit) and units.factor(column.unit, unit) is not None
    ):
        return None
    if units.is_bare_currency(column.unit, unit):
        return Cause(Code.UNIT_IS_BARE_CURRENCY, {"written": unit, "number": number_text(number)})
    if not units.known(unit):
        return None
    mistake = units.mistake(column.unit, unit)
    if mistake == "apparent":
        return _apparent(number * (units.factor(units.APPARENT[column.unit], unit) or 0), column)
    return _because(Code.UNIT_WRONG, mistake, written=unit)


def _of_money(written: Written, column: Column) -> Cause | None:
    """A price in cents, or in a currency without the word per what."""
    number, unit = written
    if column.unit != _PRICE or units.factor(column.unit, unit) is not None:
        return None
    if unit.lower() in _CENTS:
        return _because(
            Code.UNIT_WRONG, "cents", offer=_offered(number / 100, column), written=unit
        )
    named = amount(units.token(unit))
    if named is not None and named.scale is None:
        return _because(Code.UNIT_WRONG, "price", offer=_offered(number, column), written=unit)
    return None


def _of_degrees(written: Written, column: Column) -> Cause | None:
    """Degrees Fahrenheit, whose letter is elsewhere a flag."""
    if units.mistake(column.unit, written.unit) != "fahrenheit":
        return None
    celsius = _offered((written.number - 32) / 1.8, column)
    return _because(Code.UNIT_WRONG, "fahrenheit", offer=celsius, written=written.unit)


def _offered(number: float, column: Column) -> str:
    """A number worked out, to be proposed; empty where the column does not take it."""
    rounded = float(f"{number:.4g}")
    return number_text(rounded) if fits(column, rounded) else ""


def _apparent(whole: float, column: Column) -> Cause:
    """A power in MVA for a column in MW, or the other way round."""
    usual = number_text(float(f"{whole * 0.9 if column.unit == 'MW' else whole / 0.9:.4g}"))
    both = {"whole": number_text(float(f"{whole:.12g}")), "usual": usual}
    return Cause(Code.MW_OR_MVA, {**both, **_offer(usual, column)})


def _mark(text: str, column: Column) -> Cause | None:
    mark = folded(text)
    if mark in ERRORS:
        return _because(Code.NOT_A_NUMBER, "error")
    if mark in WITHHELD:
        return _because(Code.VALUE_WITHHELD, "required" if column.required else "")
    return None


def _lines(text: str, _: Column) -> Cause | None:
    return _because(Code.NOT_ONE_NUMBER, "lines") if BREAKS.search(text) else None


def _day_or_time(text: str, _: Column) -> Cause | None:
    if _TIME.fullmatch(text):
        return _because(Code.NOT_A_NUMBER, "time")
    return _because(Code.NOT_A_NUMBER, "date") if _DATE.fullmatch(text) else None


def _bracketed(text: str, column: Column) -> Cause | None:
    match = _BRACKETED.fullmatch(text)
    if not match:
        return None
    return Cause(
        Code.NUMBER_IN_BRACKETS, {"value": match[1], **_offer(f"{match[1]} {match[2]}", column)}
    )


def _dash(text: str, column: Column) -> Cause | None:
    match = _LONG_DASH.fullmatch(text)
    if not match:
        return None
    value = match[1] or match[2]
    return Cause(Code.DASH_OR_MINUS, {"value": value, **_offer(value, column)})


def _offer(text: str, column: Column) -> dict[str, str]:
    value = worth(text, column)
    return {"example": value} if value else {}


def _groups(text: str, column: Column) -> Cause | None:
    """Separators of thousands, and commas that may be decimal."""
    match = _GROUPED.fullmatch(text)
    if match:
        return Cause(Code.GROUPING_WRONG, _offer(re.sub(r"[.,](?=\d{2,3})", "", text), column))
    match = _POINT.fullmatch(text)
    if match and units.is_of_decimal_comma(match[2]):
        return _because(
            Code.GROUPING_WRONG,
            "point",
            offer=worth(f"{match[1].replace('.', '')} {match[2]}", column),
        )
    match = _COMMA.fullmatch(text)
    if not match:
        return None
    head, _, tail = match[1].rpartition(",")
    whole = re.sub(r"[., ]", "", head)
    both = {"decimal": f"{whole}.{tail}", "grouped": str(int(f"{whole}{tail}"))}
    unit = match[2] or ""
    offers = (_offer(f"{number} {unit}", column) for number in both.values())
    return Cause(Code.COMMA_UNCLEAR, {**both, **next(filter(None, offers), {})})


def _about(text: str, column: Column) -> Cause | None:
    match = _ABOUT.match(text)
    rest = text[match.end() :] if match else _OR_SO.sub("", text)
    head, sign, _ = text.partition("±")
    if sign and parse(head.strip(" (")):
        return _because(Code.NOT_ONE_NUMBER, "about", offer=worth(head.strip(" ("), column))
    if (match and not _RANGE.search(rest)) or (rest != text and parse(rest)):
        return _because(Code.NOT_ONE_NUMBER, "about", offer=worth(rest, column))
    return None


def _formula(text: str, column: Column) -> Cause | None:
    """A power of ten, a sum or a product, worked out where every term can be read."""
    match = _POWER.match(text)
    if match:
        tail = unicodedata.normalize("NFKC", match[2] or match[3]).replace("−", "-")
        offer = worth(f"{match[1]}e{tail}{text[match.end() :]}", column)
        return _because(Code.NOT_A_NUMBER, "power", offer=offer)
    if not (_SUM.search(text) or _PRODUCT.search(text)):
        return None
    total = total_of(text, column.unit)
    if math.isfinite(total) and fits(column, total):
        return _because(Code.SUM_NOT_WORKED_OUT, "", offer=number_text(total))
    apparent = total_of(text, units.APPARENT.get(column.unit, ""))
    return (
        _apparent(apparent, column)
        if math.isfinite(apparent)
        else Cause(Code.SUM_NOT_WORKED_OUT, {})
    )


def _fraction(text: str, column: Column) -> Cause | None:
    match = _HALVES.fullmatch(text)
    if not match:
        return None
    if match[2]:
        value = float(match[1] or 0) + unicodedata.numeric(match[2])
    else:
        value = float(match[4]) / float(match[5])
        if value >= 1:
            return None
    return Cause(Code.FRACTION, _offer(f"{value:.4g} {match[3] or match[6] or ''}", column))


def _range(text: str, column: Column) -> Cause | None:
    if not _RANGE.search(text):
        return None
    ends = re.findall(r"\d[\d.,']*\d|\d", text)
    cause = "range" if column.uncertain else "range_exact"
    tail = text.rpartition(ends[-1])[2]
    middle = _middle(ends[0], ends[-1])
    offer = worth(f"{middle or ends[0]} {tail}", column)
    return _because(Code.NOT_ONE_NUMBER, cause, offer=offer, low=ends[0], high=ends[-1])


def _middle(low: str, high: str) -> str:
    """A round number between the ends of a range; empty where they are not two plain numbers."""
    numbers = parse(low), parse(high)
    if numbers[0] is None or numbers[1] is None:
        return ""
    first, last = numbers[0].number, numbers[1].number
    middle = round((first + last) / 2, 6)
    return f"{round(middle) if last - first >= 2 else middle:g}" if last > first else ""


def _two(text: str, column: Column) -> Cause | None:
    match = _TWO.fullmatch(text)
    if not match or _MARKED.fullmatch(text):
        return None
    return Cause(Code.TWO_NUMBERS, {"one": match[1], "other": match[2], **_offer(match[1], column)})


def _marked(text: str, column: Column) -> Cause | None:
    match = _MARKED.fullmatch(text) or _LETTERED.fullmatch(text)
    if not match or (match[2] or "b").lower() not in FLAGS:
        return None
    mark = text[match.end(1) :].strip()
    return Cause(
        Code.MARK_BEHIND_NUMBER, {"value": match[1], "mark": mark, **_offer(match[1], column)}
    )


def _note(text: str, column: Column) -> Cause | None:
    match = _NOTE.fullmatch(text)
    if not match:
        return None
    return _because(Code.NOT_ONE_NUMBER, "note", offer=worth(f"{match[1]}{match[3]}", column))


def _in_words(text: str, column: Column) -> Cause | None:
    if not text.isascii() and any(char.isdecimal() for char in text):
        plain = with_plain_digits(text)
        if plain != text:
            return _because(Code.NOT_A_NUMBER, "digits", offer=worth(plain, column))
    letters = re.fullmatch(r"(\D*?)([千百万亿]*(?:千瓦|千瓦时|千伏|元|人|个|家|架|米|公里))?", text)
    for words, unit in ((text, ""), *((match[1], match[2] or "") for match in [letters] if match)):
        number = in_words(words)
        if number is None and words == text and roman(words):
            number = roman(words)
        if number is not None:
            return Cause(Code.NUMBER_IN_WORDS, _offer(f"{number} {unit}", column))
    return None


def _points(text: str, _: Column) -> Cause | None:
    """More than one point, which neither groups thousands nor makes a date."""
    return _because(Code.NOT_A_NUMBER, "points") if _POINTS.fullmatch(text) else None


def _listed(text: str, column: Column) -> Cause | None:
    """Several words or names with numbers in them, such as `Tier III, SOC 2`."""
    if not _LISTED.fullmatch(text):
        return None
    parts = (part.strip() for part in re.split("[,;、，；]", text))
    levels = [found[0] for part in parts if (found := level(part))] if column.unit == LEVELS else []
    return _because(Code.NOT_ONE_NUMBER, "list", offer=str(levels[0]) if len(levels) == 1 else "")


def _before(text: str, column: Column) -> Cause | None:
    match = _BEFORE.fullmatch(text)
    if not match or not worth(match[1], column):
        return None
    return _because(Code.NOT_A_NUMBER, "before", offer=worth(match[1], column))


_KINDS: tuple[Callable[[str, Column], Cause | None], ...] = (
    _mark, _lines, _day_or_time, _bracketed, _dash, _groups, _about, _formula, _fraction, _marked,
    _points, _range, _two, _note, _in_words, _listed, _before,
)  # fmt: skip
"""In the order of how certain each kind is."""
