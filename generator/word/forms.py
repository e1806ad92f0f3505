"""What a template was compiled to: text for jinja, and what each mark in that text stands for.

Marks are letters with a number into one of the lists below:

    S  number of a caption            B E  start and end of a bookmark
    F  result of a reference          R r  around what goes with a lost reference
    L  before a link to a bookmark    T    in place of a contents list
    N  numbered paragraph             H h  around what a heading holds
    D  id of a drawing                G g  grid of a table, and the end of the table
    C c  around a drawing to be filled, A its description, X its relation, P p around its paragraph
    K  before a chart of the designer's own
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

if TYPE_CHECKING:
    from jinja2 import Template
    from lxml.etree import _Element

    from generator.opc import Packed, Relation
    from generator.word.chartdata import ChartForm
    from generator.word.numbering import Numbered
    from generator.word.properties import Properties

    Prepare = Callable[[_Element, _Element | None], None]
    """A step in front of both ways: changes the document part of a template, given its styles."""


class Sequence(NamedTuple):
    """A caption's number: what counts with it, in which form, and where it starts anew."""

    name: str
    form: str
    reset: int | None
    counts_on: bool
    is_hidden: bool


class BookmarkForm(NamedTuple):
    """One end of a bookmark: the number that pairs it in the template, and its other attributes."""

    number: str
    attributes: str


class Entry(NamedTuple):
    """A heading in a contents list: the list, and the style of its line there."""

    contents: int
    style: str
    made: str
    """The style's definition where the template lacks it; else empty."""


class Heading(NamedTuple):
    """A paragraph that contents lists name."""

    entries: tuple[Entry, ...]
    is_numbered: bool


class Contents(NamedTuple):
    """What opens and closes the field of a contents list."""

    opening: str
    closing: str


class ChartPlace(NamedTuple):
    """A drawing to be filled, or a designer's own."""

    part: str
    relation: str
    is_removable: bool | None
    """Whether its paragraph may go with it; None where nobody can know before filling."""


class ChartPart(NamedTuple):
    """A chart part, what it rests on, and the workbook in it."""

    form: ChartForm
    type: str
    relations: tuple[Relation, ...]
    book: str


class Marks(Struct):
    """What the marks of a body stand for."""

    sequences: list[Sequence] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    """Names of bookmarks."""
    starts: list[BookmarkForm] = field(default_factory=list)
    ends: list[BookmarkForm] = field(default_factory=list)
    contents: list[Contents] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)
    charts: list[ChartPlace] = field(default_factory=list)
    grids: list[tuple[str | None, ...]] = field(default_factory=list)
    """Widths of the columns of tables whose number of columns depends on the data."""


class Form(Struct, frozen=True):
    """A template, compiled."""

    main: str
    """The name of the body."""
    body: Template
    marks: Marks
    stories: Mapping[str, Template]
    """Headers and footers with tags."""
    core: str
    """The name of the part with the document's properties."""
    properties: Properties
    fixed: Mapping[str, Packed]
    """Every part as it lies in the zip where nothing in a document changes it."""
    order: tuple[str, ...]
    """The parts in the order of the package."""
    known: frozenset[str]
    """The same without an order."""
    names: frozenset[str]
    """Their names in small letters."""
    charts: Mapping[str, ChartPart]
    """The chart parts that a body fills."""
    contents: Mapping[str, bytes]
    """What those rest on, for copies."""
    chart_relations: Mapping[str, str]
    """Chart parts by the ids of the body's relations to them."""
    rests: Mapping[str, frozenset[str]]
    """What each chart part rests on, itself included; under an empty name what stands without."""
    types: Mapping[str, str]
    """Content types by part, for copies of parts."""
    defaults: Mapping[str, str]
    """Content types by extension."""
    types_text: str
    """The part that says what the parts are."""
    relations: tuple[Relation, ...]
    """The body's."""
    styles: tuple[str, str]
    """The name and the text of the styles part; empty where there is none."""
