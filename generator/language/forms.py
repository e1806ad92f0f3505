"""Rows of the text table that are no words but say how something is written, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from babel import UnknownLocaleError

from generator.language.language import locale_of, pattern_of, steps_of

_MONTH = re.compile(r"[^A-Za-z]*(M{1,5}|L{1,5})[^A-Za-z]*")


def _month(text: str) -> None:
    if not _MONTH.fullmatch(text):
        raise ValueError(text)


_READ: Mapping[str, Callable[[str], object]] = {
    "chart.task_letters": int,
    "energy.per_mwh": float,
    "list.order": ("alphabet", "given").index,
    "locale": locale_of,
    "money.decimals": int,
    "money.steps": steps_of,
    "money.steps_from": float,
    "money.text": re.compile,
    "money.text_steps": steps_of,
    "month.pattern": _month,
    "number.pattern": pattern_of,
    "number.scales": steps_of,
    "sentence.end": re.compile,
}


def is_readable(key: str, text: str) -> bool:
    """Whether a cell of the text table can be read as what its row stands for; words always can."""
    try:
        _READ.get(key, str)(text)
    except (ValueError, UnknownLocaleError, re.error):
        return False
    return True
