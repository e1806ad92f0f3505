"""What a header, or a line above a table, says of the unit of the numbers below it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from generator.intake import units
from generator.intake.currencies import currencies, without_currency

if TYPE_CHECKING:
    from generator.intake.cells import Raw
    from generator.intake.columns import Column

_BEHIND = re.compile(
    r"(?P<name>.+?)\s*[(（\[【]\s*(?P<inside>[^()（）\[\]【】]+?(?:[(（][^()（）]*[)）])?)\s*[)）\]】]",
    re.DOTALL,
)
_BETWEEN = re.compile(r"\s*(?:[,，/／:：]|\s+in\s|\s)\s*", re.IGNORECASE)
_LINE = re.compile(
    r"[(（\[]?\s*(?:计量单位|单位|units?(?: of measure(?:ment)?)?)\s*[:：]\s*(?P<unit>.+?)\s*[)）\]]?",
    re.IGNORECASE,
)
_IN = re.compile(
    r"[(（\[]?\s*(?:figures |values |all )*in\s+(?P<unit>[^()（）]+?)\s*[)）\]]?", re.IGNORECASE
)
_AMOUNTS = {
    "thousands": 1e3, "thousand": 1e3, "'000s": 1e3, "'000": 1e3, "000s": 1e3, "000": 1e3,
    "ths": 1e3, "k": 1e3, "millions": 1e6, "million": 1e6, "mln": 1e6, "mn": 1e6, "mio": 1e6,
    "billions": 1e9, "billion": 1e9, "bln": 1e9, "bn": 1e9, "trillion": 1e12, "ten thousand": 1e4,
    "hundred": 1e2, "hundreds": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_AMOUNT = re.compile(
    rf"(?P<figure>\d[\d, ]*)?\s*(?P<word>{'|'.join(map(re.escape, sorted(_AMOUNTS, key=len, reverse=True)))})?"
    r"(?![a-z])\s*(?:of\s+)?(?P<rest>.*)"
)
_SPELT = {
    "hectares": "ha", "hectare": "ha", "megawatts": "mw", "megawatt": "mw", "kilowatts": "kw",
    "kilowatt": "kw", "gigawatts": "gw", "gigawatt": "gw", "square metres": "m2",
    "square meters": "m2", "sqm": "m2", "sq m": "m2", "sq. m": "m2", "kilometres": "km",
    "kilometers": "km", "metres": "m", "meters": "m", "megawatt hours": "mwh", "percentage": "%",
}  # fmt: skip
"""Units written out in full, as headers do and cells seldom."""
_BASE = {"bn": 1e9, "m": 1e6}
"""What one of the unit of a money column is, in whole currency."""


class Told(NamedTuple):
    """What a text says of the numbers of a column.

    `scale` turns them into the column's unit; None where the unit cannot be this column's. Nothing
    at all is said where `is_unit` is False.
    """

    is_unit: bool
    scale: float | None = None
    currencies: frozenset[str] = frozenset()
    written: str = ""


NOTHING = Told(is_unit=False)


def partings(header: str) -> list[tuple[str, str, bool]]:
    """The ways to part a header into its name, what is behind it, and whether that is in brackets.

    A name may hold spaces and commas itself.
    """
    text = " ".join(header.split())
    parts = _BEHIND.fullmatch(text)
    found = [(parts["name"], parts["inside"], True)] if parts else []
    return found + [
        (text[: place.start()], text[place.end() :], False) for place in _BETWEEN.finditer(text)
    ]


def told(column: Column, written: str) -> Told:
    """What a text behind a header, or under it, says of the column's numbers."""
    text = unicodedata.normalize("NFKC", written).strip().strip("()[]【】").strip()
    if not (column.kind.is_number and column.unit and text):
        return NOTHING
    text = _SPELT.get(text.lower(), text)
    named = currencies(text) or frozenset(units.currencies(column.unit, text))
    scale = units.factor(column.unit, text)
    if scale is not None:
        return Told(is_unit=True, scale=scale, currencies=named, written=written)
    bare, is_money = without_currency(text)
    if is_money:
        return Told(is_unit=True, scale=_money(column, bare), currencies=named, written=written)
    scale = _amount(column, text)
    if scale is not None:
        return Told(is_unit=True, scale=scale, currencies=named, written=written)
    is_unit = units.known(text) or _is_amount(text)
    return Told(is_unit, None, named, written) if is_unit else NOTHING


def in_headers_unit(place: Raw, told: Told, column: Column) -> Raw:
    """A cell that the unit of its header counts for, unless it writes one itself."""
    if not column.typed_by:
        return replace(place, unit=told.written, scale=told.scale or 1.0)
    is_bare = isinstance(place.value, int | float) and place.shows is None and not place.is_percent
    return replace(place, value=f"{place.shown} {told.written}") if is_bare else place


def line_unit(text: str) -> str:
    """The unit that a line above a table gives to all of it, if it gives one."""
    one = " ".join(unicodedata.normalize("NFKC", text).split())
    match = _LINE.fullmatch(one) or _IN.fullmatch(one)
    return match["unit"] if match else ""


def _money(column: Column, bare: str) -> float | None:
    """The scale of a unit whose currency was taken out of it."""
    if column.unit in _BASE:
        parts = _parted_amount(bare.lower()) if bare else (1.0, "")
        return parts[0] / _BASE[column.unit] if parts and not parts[1] else None
    if column.unit == "currency/kWh":
        return units.factor(column.unit, f"元/{bare.lstrip('/').strip()}")
    return 1.0 if column.unit == "CNY" and not bare else None


def _amount(column: Column, text: str) -> float | None:
    """The scale of `thousands`, `万` or `10,000 persons` in a column that counts."""
    parts = _parted_amount(text.lower())
    if parts is None:
        return None
    amount, rest = parts
    if column.unit in _BASE:
        return None if rest else amount / _BASE[column.unit]
    scale = units.factor(column.unit, rest or column.unit) if rest or _counts(column) else None
    return None if scale is None else float(f"{amount * scale:.15g}")


def _counts(column: Column) -> bool:
    return column.unit in {"persons", "FTE", "count"}


def _is_amount(text: str) -> bool:
    parts = _parted_amount(text.lower())
    return parts is not None and not parts[1]


def _parted_amount(text: str) -> tuple[float, str] | None:
    """How many, and of what: `10,000 persons`, `thousand MW`, `100 million`; None for no amount."""
    match = _AMOUNT.fullmatch(text.strip())
    if not match or not (match["figure"] or match["word"]):
        return None
    figure = float(re.sub(r"[, ]", "", match["figure"] or "1"))
    if figure != 10 ** (len(f"{figure:.0f}") - 1):
        return None  # a year or a voltage is no amount
    return figure * _AMOUNTS.get(match["word"] or "", 1.0), match["rest"].strip()
