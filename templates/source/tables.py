"""What the chapters are made of: texts in both languages, tables and their columns.

A table is written as the annex and the comparison carry it: named after its data, with `{{ column }}`
in the cells of a sample row. The briefs still carry it as a loop, into which `looped` turns it; the
tables that only they have name their loop themselves.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple


class Text(NamedTuple):
    """A typed text in both languages."""

    en: str
    zh: str


Words = Text | str


@dataclass(frozen=True, slots=True)
class Column:
    """A table column.

    Attributes:
        head: Column title with the unit.
        cell: Text of the cell; each item is a paragraph, a `{%p` item a tag of its own. In a sample
            row the paragraphs go whose marks say nothing.
        mm: Width, in proportion to the other columns.
        number: Whether the column is right-aligned.
        band: Expression of the band that colours the cell of a loop, empty for none; in a sample
            row the band comes with the data.
        trace: Expression of the link of its number, empty for none.
        pieces: List of the pieces of a sentence that is cut at its linked numbers.
        anchor: Bookmark that the links lead to in place of the number's own row.
        bookmark: Expression of the name of a bookmark around its text, empty for none.
    """

    head: Words
    cell: Words | tuple[Words, ...]
    mm: int
    number: bool = False
    band: str = ""
    trace: str = ""
    pieces: str = ""
    anchor: str = ""
    bookmark: str = ""


class Variant(NamedTuple):
    """A sample row for rows of one kind, in the style of the head."""

    name: str
    cells: tuple[str, ...]
    fill: str = ""
    """Band of the look that tints it; empty for none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table with one row per item of a list."""

    caption: Words
    description: Words
    loop: str
    """The list that fills it, or a loop over one as `row in LIST`."""
    columns: tuple[Column, ...]
    style: str = "BriefTable"
    small: bool = False
    keep: bool = False
    """Whether its rows stay on one page: for tables of a few rows."""
    key: str = ""
    """Name by which text elsewhere refers to the table."""
    most: int = 0
    """How many rows of a loop to print, 0 for all; what follows stands elsewhere."""
    variants: tuple[Variant, ...] = ()

    @property
    def source(self) -> str:
        """The list that the rows come from; without it the table disappears."""
        return self.loop.rpartition(" in ")[2]

    @property
    def is_loop(self) -> bool:
        """Whether it is written as a loop."""
        return self.source != self.loop


def looped(table: Table) -> Table:
    """A table with a sample row as a loop over its list."""
    columns = tuple(
        replace(
            column,
            cell=_looped(column.cell)
            if isinstance(column.cell, str | Text)
            else tuple(one for at, item in enumerate(column.cell) for one in _optional(item, at)),
        )
        for column in table.columns
    )
    return replace(table, loop=f"row in {table.loop}", columns=columns)


def _looped(words: Words) -> Words:
    if isinstance(words, Text):
        return Text(*(re.sub(r"\{\{ (?=\w+ \}\})", "{{ row.", text) for text in words))
    return re.sub(r"\{\{ (?=\w+ \}\})", "{{ row.", words)


def _optional(words: Words, place: int) -> tuple[Words, ...]:
    """A paragraph below another stands only where it says something."""
    own = _looped(words)
    named = re.fullmatch(r"\{\{ (\S+) \}\}", own) if place and isinstance(own, str) else None
    return (f"{{%p if {named[1]} %}}", own, "{%p endif %}") if named else (own,)
