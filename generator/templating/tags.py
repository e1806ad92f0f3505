"""Where the tags of a text begin and end, and what only looks like a tag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_EDGE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_LOOKALIKE = re.compile(r"[{｛]\s*[{｛%％](?:(?![}｝]).)*(?:[}｝％%]\s*[}｝])?")
_SINGLE = re.compile(r"(?<![{｛])\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}(?![}｝])")


class Tag(Protocol):
    """One tag, wherever it stands."""

    @property
    def text(self) -> str:
        """As it is written."""

    @property
    def mark(self) -> str:
        """The opening mark: `{{`, `{%` or `{#`."""

    @property
    def prefix(self) -> str:
        """What the tag takes the place of, where the kind of file knows such tags; else empty."""

    @property
    def body(self) -> str:
        """What it says, without marks and prefix."""

    @property
    def place(self) -> str:
        """Where it stands, as messages say it."""

    @property
    def order(self) -> int:
        """Position in reading order."""


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of every tag; of what is not closed or never began, with `open` or `close`."""
    begin = -1
    for edge in _EDGE.finditer(text):
        mark = edge[0]
        if begin < 0:
            if mark in ENDS:
                begin = edge.start()
            else:
                yield edge.start(), edge.end(), "close"
        elif mark == ENDS[text[begin : begin + 2]]:
            yield begin, edge.end(), ""
            begin = -1
        elif mark in ENDS and text[begin : begin + 2] != "{#":
            yield begin, edge.start(), "open"
            begin = edge.start()
    if begin >= 0:
        yield begin, len(text), "open"


def lookalikes(text: str, roots: frozenset[str]) -> Iterator[tuple[int, str]]:
    """What looks like a tag and is none, with its place in a text that holds no tags.

    Args:
        text: The text between two tags.
        roots: First names of known fields, by which a single-braced name is told from prose.
    """
    for found in _LOOKALIKE.finditer(text):
        yield found.start(), found[0].strip()
    # Blanks of the same length keep the places.
    rest = _LOOKALIKE.sub(lambda found: " " * len(found[0]), text)
    for found in _SINGLE.finditer(rest):
        if found[1].partition(".")[0] in roots:
            yield found.start(), found[0]
