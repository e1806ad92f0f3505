"""What a header, or a line above a table, says of the unit of the numbers below it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from generator.intake import units
from generator.intake.money import currencies

if TYPE_CHECKING:
    from generator.intake.cell import Raw
    from generator.intake.columns import Column

_BEHIND = re.compile(
    r"(?P<name>.+?)\s*[(（\[【]\s*(?P<inside>[^()（）\[\]【】]+?(?:[(（][^()（）]*[)）])?)\s*[)）\]】]",
    re.DOTALL,
)
_BETWEEN = re.compile(r"\s*(?:[,，/／:：]|\s+in\s|\s)\s*", re.IGNORECASE)
_LINE = re.compile(
    r"(?:注\s*[:：]\s*)?[(（\[]?\s*(?:[\u4e00-\u9fff]{0,6}单位(?:均?[为是])?|units?(?: of measure(?:ment)?)?|(?:mass)?einheit(?:en)?|"
    r"unités?|unidad(?:es)?|ед(?:иниц[аы]|\.)\s*изм(?:ерения|\.)?|өлшем бірлігі)(?:\s*[:：]\s*|\s+|(?<=[为是]))(?P<unit>.+?)\s*[)）\]]?",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:计量)?单位\s*[:：]\s*|units?\s*[:：]\s*", re.IGNORECASE)
_DATED = re.compile(r"(?:\s*[,，;；]\s*|\s+)(?:19|20)\d{2}\s*年?(?:[末底])?$")
"""A year behind a unit, as in `MW, 2025`."""
_TITLE = re.compile(r".{2,}[(（\[]\s*(?P<unit>[^()（）\[\]]{2,20}|[^\x00-\x7f])\s*[)）\]]")
_IN = re.compile(
    r"[(（\[]?\s*(?:figures |values |all )*in\s+(?P<unit>[^()（）]+?)\s*[)）\]]?", re.IGNORECASE
)
_ROUND = re.compile(r"^10[0, ]*(?=\D)")
"""A round figure in front of a unit: `10 ha` is one, whether it can be this column's or not."""


class HeadUnit(NamedTuple):
    """What a text says of the numbers of a column.

    `scale` turns them into the column's unit; None where the unit cannot be this column's. Nothing
    at all is said where `is_unit` is False.
    """

    is_unit: bool
    scale: float | None = None
    currencies: tuple[str, ...] = ()
    written: str = ""


NOTHING = HeadUnit(is_unit=False)


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


def head_unit(column: Column, written: str) -> HeadUnit:
    """What a text behind a header, or under it, says of the column's numbers."""
    text = unicodedata.normalize("NFKC", written).strip().strip("()[]【】").strip()
    if not (column.kind.is_number and column.unit and text):
        return NOTHING
    text = _DATED.sub("", _SAID.sub("", text, count=1))
    scale = units.factor(column.unit, text)
    # An amount of nothing in particular is one of things to count.
    is_amount = units.factor("count", text) is not None
    is_unit = is_amount or units.known(_ROUND.sub("", text)) or bool(currencies(text))
    if scale is None and not is_unit:
        return NOTHING
    named = units.currencies(column.unit, text)
    return HeadUnit(is_unit=True, scale=scale, currencies=named, written=written)


def in_headers_unit(place: Raw, unit: HeadUnit, column: Column) -> Raw:
    """A cell that the unit of its header counts for, unless it writes one itself."""
    if not column.typed_by:
        return replace(place, unit=unit.written, scale=unit.scale or 1.0)
    is_bare = isinstance(place.value, int | float) and place.shows is None and not place.is_percent
    return replace(place, value=f"{place.shown} {unit.written}") if is_bare else place


def line_unit(text: str) -> str:
    """The unit that a line above a table gives to all of it, if it gives one."""
    one = " ".join(unicodedata.normalize("NFKC", text).split())
    match = _LINE.fullmatch(one) or _IN.fullmatch(one)
    return match["unit"] if match else ""


def title_unit(text: str) -> str:
    """What stands in brackets at the end of a title, which may be the unit of its table."""
    match = _TITLE.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    return match["unit"] if match else ""
