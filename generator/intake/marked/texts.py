"""Text on its way into a sheet or a comment: always text, always storable."""

from __future__ import annotations

import html
import math
import re
import unicodedata

_LIMIT = 32_000
"""Excel refuses a cell or a comment of more than 32,767 characters."""
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def storable(text: str) -> str:
    """A text as XML content that every reader gives back as it was, shortened where it must be.

    What XML cannot hold is dropped. An underscore that would make the text read as an escaped
    character (`_x000A_`) is written as one itself.
    """
    kept = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > _LIMIT:
        kept = kept[: _LIMIT - 1] + "…"
    return html.escape(_LIKE_ESCAPED.sub("_x005F_", kept))


def lines(text: str, width: float) -> int:
    """How many lines of `width` Latin characters a text fills; a Chinese one is twice as wide."""
    count = 0
    for line in text.split("\n"):
        size = sum(2.1 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
        count += max(1, math.ceil(size / width))
    return count
