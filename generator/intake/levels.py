"""Levels of a machine room as operators write them: Tier III, Rated-3, T3, 三级."""

from __future__ import annotations

import re

from generator.intake.words import folded

UNIT = "level 1-4"
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
