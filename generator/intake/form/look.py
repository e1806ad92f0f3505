"""Colours, faces and measures of the form."""

from __future__ import annotations

import math

DARK, PALE, FILL_IN, GREY = "1F4E79", "DCE6F1", "FFFBE6", "F2F2F2"
"""Headers that must be filled, other headers, cells to fill in, rows to leave alone."""
MARK = " *"
"""Behind the header of a column that must be filled: seen without colour too."""


def size(text: str) -> int:
    """Width in Latin characters; a Chinese one takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def lines(text: str, width: float) -> int:
    """Lines that a text fills in a column of that width, with room for words that do not break."""
    return max(1, math.ceil(size(text) * 1.15 / width))
