"""Where the tags of a text begin and end, and what only looks like a tag."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Protocol

ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_QUOTED = r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"""
WHOLE = rf"\{{%(?>{_QUOTED}|(?!%\}}).)*%\}}|\{{\{{(?>{_QUOTED}|(?!\}}\}}).)*\}}\}}"
"""The pattern of a tag of either kind, whose own texts may hold its marks; for `re.DOTALL`.

A text once read is not read anew as single signs: in a tag that never ends that would take years."""
_EDGE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_WORD = re.compile(r"[-+]?\s*(\w*)")
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


def numbered(text: str) -> str:
    """The same template with each tag on a line of its own, so that faults can tell which it is."""
    made, last, is_raw = [], 0, False
    for start, _, fault in spans(text):
        word = _WORD.match(text, start + 2)
        is_raw = (is_raw or bool(word and word[1] == "raw")) and not (word and word[1] == "endraw")
        if not fault and not is_raw and text[start + 1] != "#":
            inner = start + 2 + (text[start + 2 : start + 3] in {"-", "+"})
            made += [text[last:inner], "\n"]
            last = inner
    return "".join([*made, text[last:]])


def tag_at(text: str, line: int) -> tuple[int, int]:
    """Which tag of a numbered template a line belongs to, and how many there are.

    Args:
        text: What `numbered` gave, perhaps with further lines between its tags.
        line: A line of it, from 1.

    Returns:
        The number of the tag from 0, -1 for none, and the number of all tags.
    """
    starts = [start for start, _, fault in spans(text) if not fault]
    before = 0
    for _ in range(line - 1):
        before = text.find("\n", before) + 1
    return bisect_left(starts, before) - 1, len(starts)


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
