"""What the chapters are made of: texts in both languages, tables and their columns."""

from dataclasses import dataclass
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
        cell: Text of the cell; each item is a paragraph, a `{%p` item a tag of its own.
        mm: Width, in proportion to the other columns.
        number: Whether the column is right-aligned.
        band: Expression of the band that colours the cell, empty for none.
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


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table with one row per item of a list."""

    caption: Words
    description: Words
    loop: str
    columns: tuple[Column, ...]
    style: str = "BriefTable"
    small: bool = False
    keep: bool = False
    """Whether its rows stay on one page: for tables of a few rows."""
    key: str = ""
    """Name by which text elsewhere refers to the table."""
    most: int = 0
    """How many rows to print, 0 for all; what follows stands elsewhere."""

    @property
    def source(self) -> str:
        """The list that the rows come from; without it the table disappears."""
        return self.loop.split(" in ")[1]
