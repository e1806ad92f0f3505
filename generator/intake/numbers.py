"""A number as written: sign, digits and their separators, and the unit before or behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.intake.money import SIGNS
from generator.intake.words import TRIMMED, WIDE

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
