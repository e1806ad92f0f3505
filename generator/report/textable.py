"""Rows of text for a terminal: columns of fixed width, in which a Chinese sign takes two places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_PIECE = re.compile(r"[“‘（《【〔]*[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")
"""A Chinese sign with what opens before it, or a word with the spaces behind it: between them a line may break."""
_NO_START = "，。、；：！？）】〕》”’％%"
"""Marks that no line begins with."""


def width(text: str) -> int:
    """How many places a text takes on the screen."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def wrapped(text: str, most: int) -> list[str]:
    """A text in lines of at most so many places; what has no place to break is cut."""
    lines, line = [], ""
    for piece in _pieces(text, most):
        if line and width(line) + width(piece.rstrip()) > most:
            # A mark takes the sign or the word before it along.
            taken = _PIECE.findall(line)[-1] if piece[0] in _NO_START else ""
            taken = line[-1] if taken == line and len(line) > 1 else taken
            taken = "" if taken == line or width(taken + piece) > most else taken
            lines.append(line[: len(line) - len(taken)].rstrip())
            line = (taken + piece).lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines


def _pieces(text: str, most: int) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        rest = piece
        while width(rest.rstrip()) > most:
            yield rest[:most]
            rest = rest[most:]
        yield rest


def rows(cells: Sequence[Iterable[str]], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row, whose cells are paragraphs; the last column is not filled up."""
    columns = [
        [line for text in paragraphs if text for line in wrapped(text, most)]
        for paragraphs, most in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, columns), default=0)):
        parts = [column[number] if number < len(column) else "" for column in columns]
        filled = [
            part + " " * max(0, most - width(part))
            for part, most in zip(parts, widths, strict=True)
        ]
        yield " ".join(filled).rstrip()
