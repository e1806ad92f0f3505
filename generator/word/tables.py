"""Word tables that show data, turned into loops before a template is filled.

A designer draws a table in Word and writes `table:` and a key into its alternative text (Table
Properties, Alt Text: title or description). The rows above the first sample row are the header, in
the designer's words; the cells of a sample row hold `{{ column }}`. A further sample row may begin
with `{{ #total }}` and gives rows of that variant their look. `columns:criteria` after the key
repeats the one column whose cells hold `{{ criteria }}` and shares its width out; `first:8` shows no
more than the first eight rows.

What comes out is the same document as docxtpl reads it: `{%tr for %}` around the sample rows, and
`{%p if %}` around the table with what is kept with it. Nothing here knows the data, so the step is
taken once for a template.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree
from msgspec import Struct

from generator.word.bands import Bands, Keeping
from generator.word.declared import ANCHOR, BAND, TIP, Declared
from generator.word.looks import is_on
from generator.word.marks import (
    Mark,
    cell_tag,
    cells_of,
    marks_of,
    optional,
    paragraph_tag,
    parent_of,
    properties_of,
    rewrite,
    row_tag,
    run_tag,
    text_of,
)
from generator.word.package import in_cell_order
from generator.word.tags import W, ancestor

_ASKS = re.compile(
    r"\s*table\s*[:：]\s*([a-z_][\w.]*)(?:\s+columns\s*[:：]\s*(\w+))?"
    r"(?:\s+first\s*[:：]\s*(\d{1,3})\b)?\s*"
)
_BOXES = (f"{W}tblDescription", f"{W}tblCaption")
"""Where Word keeps description and title of a table's alternative text."""
_OWN_BLOCK = "{%p"
"""With a block of its own a cell says itself which of its paragraphs stand."""
_ROW, _CELL, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}p"
_VALUE, _WIDTH = f"{W}val", f"{W}w"
_IDS = re.compile(r"\{.*/word/2010/wordml\}(paraId|textId)")
_HOLDS, _IS_LAST = "holds_next", "is_last_row"
"""Names for both, because cells that are repeated have a loop of their own."""
_EDGES = "not loop.last and (loop.index0 < 2 or loop.revindex0 == 1)"
"""A table parts in its middle: three rows stay with its header, two stay together at its end."""
_ONCE = [
    f"{W}{name}"
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
    )
]  # fmt: skip
"""What a document must not hold twice."""


class Asked(NamedTuple):
    """What the alternative text of a table asks for."""

    key: str
    group: str
    """The columns that depend on the data; empty for none."""
    most: int = 0
    """How many rows to show; 0 for all."""


def asked(table: etree._Element) -> Asked | None:
    """The data that a table is to show; None for a table that names none."""
    for note in _notes(table):
        if found := _ASKS.match(note.get(_VALUE, "")):
            return Asked(found[1], found[2] or "", int(found[3] or 0))
    return None


def _notes(table: etree._Element) -> list[etree._Element]:
    """Description and title of a table's alternative text."""
    return [note for box in _BOXES for note in table.iterfind(f"{W}tblPr/{box}")]


class Samples(Struct, frozen=True):
    """The rows of a table by what they are for."""

    head: Sequence[etree._Element]
    samples: Sequence[tuple[str, etree._Element]]
    """Variant and row; no variant for the plain one."""
    foot: Sequence[etree._Element]
    """Rows without marks below the first sample row; they stand once, below the data."""


def own_paragraphs(element: etree._Element, table: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a part of a table, without those of tables in it that name data as well."""
    for paragraph in element.iter(_PARAGRAPH):
        around = paragraph.iterancestors(f"{W}tbl")
        if next(one for one in around if one is table or asked(one) is not None) is table:
            yield paragraph


def marks_in(element: etree._Element, table: etree._Element) -> Iterator[Mark]:
    """The marks of a part of a table, in reading order."""
    for paragraph in own_paragraphs(element, table):
        yield from marks_of(paragraph)


def samples_of(table: etree._Element, group: str) -> Samples:
    """Tell header, sample and other rows apart by their marks."""
    head: list[etree._Element] = []
    foot: list[etree._Element] = []
    samples: list[tuple[str, etree._Element]] = []
    has_heads = False
    for row in table.iterchildren(_ROW):
        marks = list(marks_in(row, table))
        names = {mark.name for mark in marks}
        if not samples and (not names or (names == {group} and not has_heads)):
            has_heads = has_heads or bool(names)
            head.append(row)
        elif marks:
            variant = next((mark.name for mark in marks if mark.is_variant), "")
            samples.append((variant, row))
        else:
            foot.append(row)
    return Samples(head, samples, foot)


def expand(
    document: etree._Element, styles: etree._Element | None, tables: Mapping[str, Declared]
) -> None:
    """Turn every table that names known data into the loops that docxtpl reads, in place.

    Args:
        document: The document part of a template.
        styles: Its styles, which say what keeps with the next paragraph and what bands look like.
        tables: The declared tables by key; a table of another name stays as it is.
    """
    found = [
        (table, ask) for table in document.iter(f"{W}tbl") if (ask := asked(table)) is not None
    ]
    bands, keeping = Bands(styles), Keeping(styles)
    for table, ask in found:
        if ask.key in tables:
            _Filling(table, ask, tables[ask.key], bands).expand()
            _absent_without(table, ask.key, keeping)
    body = document.find(f"{W}body")
    if body is not None:
        body[:0] = [paragraph_tag(f"{{%p {one} %}}") for one in bands.statements()]


class _Filling:
    """One table on its way to loops."""

    def __init__(self, table: etree._Element, ask: Asked, held: Declared, bands: Bands) -> None:
        self._table, self._group = table, ask.group
        self._rows = f"{ask.key}[:{ask.most}]" if ask.most else ask.key
        self._held, self._bands = held, bands
        self._heads = held.heads(ask.group)

    def expand(self) -> None:
        """Loops in the place of the sample rows, and an alternative text without the key."""
        rows = samples_of(self._table, self._group)
        self._say_about()
        if not rows.samples:
            return
        column = self._spread_column(rows)
        everything = [*rows.head, *(row for _, row in rows.samples), *rows.foot]
        for row in everything:
            self._spread(row, column)
        made = [row_tag(f"for row in {self._rows}")]
        asks_to_keep = [self._fill(variant, row) for variant, row in rows.samples]
        if any(asks_to_keep):
            made.append(row_tag(f"set {_IS_LAST} = loop.last"))
            made.append(row_tag(f"set {_HOLDS} = {_EDGES}"))
        for variant, row in rows.samples:
            made += self._of_variant(variant, row)
        made.append(row_tag("endfor"))
        for row in rows.foot:
            # What stands between the sample rows would be repeated with them.
            self._table.append(row)
        place = self._table.index(rows.samples[0][1])
        for row in made:
            self._table.insert(place, row)
            place += 1
        if column is not None:
            self._share_out(column)

    def _say_about(self) -> None:
        """What else stands in the alternative text is for those who hear it."""
        for note in _notes(self._table):
            rest = _ASKS.sub("", note.get(_VALUE, ""), count=1)
            if rest:
                note.set(_VALUE, rest)
            else:
                parent_of(note).remove(note)

    def _of_variant(self, variant: str, row: etree._Element) -> list[etree._Element]:
        if not self._held.variants:
            return [row]
        test = f"row.variant == '{variant}'" if variant else "not row.variant"
        return [row_tag(f"if {test}"), row, row_tag("endif")]

    def _fill(self, variant: str, row: etree._Element) -> bool:
        """Marks of a sample row as docxtpl's own, with what comes along in the data.

        Returns:
            Whether it has to know if it keeps with the next row.
        """
        deleted = [one for one in row.iter(f"{W}del") if one.find(f"{W}r") is not None]
        for element in (*row.iter(*_ONCE), *deleted):
            parent_of(element).remove(element)
        for element in row.iter(_ROW, _PARAGRAPH):
            for name in [name for name in element.attrib if _IDS.fullmatch(str(name))]:
                del element.attrib[name]
        cells: dict[etree._Element, list[etree._Element]] = {}
        for paragraph in own_paragraphs(row, self._table):
            cells.setdefault(parent_of(paragraph), []).append(paragraph)
        for cell, paragraphs in cells.items():
            self._fill_cell(cell, paragraphs)
        kept = [
            keep
            for keep in row.iterfind(f"{W}tc/{W}p/{W}pPr/{W}keepNext")
            if is_on(keep.get(_VALUE, "1"))
        ]
        for keep in kept:
            # The last row must not hold on to whatever follows the table; a row of a variant is a
            # heading of the rows below it, so that no number of rows lets go of it.
            test = f"0 if {_IS_LAST} else 1" if variant else f"1 if {_HOLDS} else 0"
            keep.set(_VALUE, f"{{{{ {test} }}}}")
        return bool(kept)

    def _fill_cell(self, cell: etree._Element, own: Sequence[etree._Element]) -> None:
        """What stands in a cell, or in a content control or box of text in it."""
        paragraphs = [
            (one, [mark.name for mark in marks_of(one) if self._knows(mark)]) for one in own
        ]
        columns = (name for _, names in paragraphs for name in names)
        banded = next((name for name in columns if self._held.is_banded(name)), "")
        for paragraph, _ in paragraphs:
            for mark, run in rewrite(paragraph, self._text, self._stands_alone):
                self._dress(mark, run)
        if not any(_OWN_BLOCK in text_of(one) for one, _ in paragraphs):
            optional([(one, [self._value(name) for name in names]) for one, names in paragraphs])
        if banded and self._bands.tints and cell.tag == _CELL:
            self._tint(cell, banded)

    def _knows(self, mark: Mark) -> bool:
        """Whether it is a column; another name is one that the template has given itself."""
        return not mark.is_variant and (mark.name == self._group or mark.name in self._held.columns)

    def _text(self, mark: Mark) -> str | None:
        if mark.is_variant:
            return ""
        if not self._knows(mark):
            return None
        return f"{{{{ {self._value(mark.name)}{f' {mark.filters}' if mark.filters else ''} }}}}"

    def _value(self, name: str, beside: str = "") -> str:
        """The expression for a column, or for what stands beside it."""
        if name == self._group:
            return f"cell.{beside or 'text'}"
        return f"row.{name}_{beside}" if beside else f"row.{name}"

    def _stands_alone(self, mark: Mark) -> bool:
        if not self._knows(mark):
            return False
        is_dressed = bool(self._bands.characters) and self._held.is_banded(mark.name)
        return is_dressed or self._held.is_linked(mark.name)

    def _dress(self, mark: Mark, run: etree._Element) -> None:
        """The character style of the band, and the link."""
        if self._bands.characters and self._held.is_banded(mark.name):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                run.insert(0, properties)
            style = properties.find(f"{W}rStyle")
            if style is None:
                style = etree.Element(f"{W}rStyle")
                properties.insert(0, style)
            value = self._value(mark.name, BAND)
            style.set(_VALUE, self._bands.character(value, style.get(_VALUE, "")))
        if self._held.is_linked(mark.name) and ancestor(run, f"{W}hyperlink") is None:
            self._link(mark, run)

    def _link(self, mark: Mark, run: etree._Element) -> None:
        anchor, tip = (self._value(mark.name, what) for what in (ANCHOR, TIP))
        parent = parent_of(run)
        place = parent.index(run)
        link = etree.Element(f"{W}hyperlink")
        link.set(f"{W}anchor", f"{{{{ {anchor} }}}}")
        link.set(f"{W}tooltip", f"{{{{ {tip} }}}}")
        link.set(f"{W}history", "1")
        link.append(copy.deepcopy(run))
        before, between, after = (run_tag(text) for text in (f"if {anchor}", "else", "endif"))
        parent[place:place] = [before, link, between]
        parent.insert(place + 4, after)

    def _tint(self, cell: etree._Element, column: str) -> None:
        """The shading of the band's style; where there is none, the cell's own."""
        properties = properties_of(cell)
        old = properties.find(f"{W}shd")
        own = "auto" if old is None else old.get(f"{W}fill", "auto")
        if old is not None:
            properties.remove(old)
        shading = self._bands.shading(self._value(column, BAND), own)
        properties.append(shading)
        in_cell_order(properties)

    def _spread_column(self, rows: Samples) -> int | None:
        """Where the repeated column stands in the grid; None where there is none."""
        if not self._group:
            return None
        for row in [row for _, row in rows.samples]:
            for place, span, cell in cells_of(row):
                if span == 1 and any(
                    mark.name == self._group for mark in marks_in(cell, self._table)
                ):
                    return place
        return None

    def _spread(self, row: etree._Element, column: int | None) -> None:
        """Repeat the cell of the column; a cell across it spans as many as there are."""
        if column is None:
            return
        for place, span, cell in list(cells_of(row)):
            if not place <= column < place + span:
                continue
            if span > 1:
                next(properties_of(cell).iter(f"{W}gridSpan")).set(
                    _VALUE, f"{{{{ {span - 1} + {self._heads} | length }}}}"
                )
                return
            is_head = not any(
                not m.is_variant and m.name != self._group for m in marks_in(row, self._table)
            )
            is_data = any(mark.name == self._group for mark in marks_in(cell, self._table))
            loop = f"for cell in row.{self._group}"
            if is_head and (row.find(f"{W}trPr/{W}tblHeader") is not None or not is_data):
                loop = f"for head in {self._heads}"
                self._name_heads(cell)
            self._repeat(cell, loop)
            return

    def _name_heads(self, cell: etree._Element) -> None:
        for paragraph in cell.iter(_PARAGRAPH):
            rewrite(paragraph, lambda _: "{{ head }}", lambda _: False)

    def _repeat(self, cell: etree._Element, loop: str) -> None:
        width = properties_of(cell).find(f"{W}tcW")
        if width is not None and width.get(_WIDTH, "").isdecimal():
            width.set(_WIDTH, self._share(width.get(_WIDTH, "")))
        parent = parent_of(cell)
        parent.insert(parent.index(cell), cell_tag(loop))
        parent.insert(parent.index(cell) + 1, cell_tag("endfor"))

    def _share(self, width: str) -> str:
        """The width of one of the columns; without any nothing has it."""
        return f"{{{{ {width} // ({self._heads} | length or 1) }}}}"

    def _share_out(self, column: int) -> None:
        """As many columns in the grid as there are data, in the width of the one drawn."""
        grid = self._table.find(f"{W}tblGrid")
        columns = [] if grid is None else grid.findall(f"{W}gridCol")
        if grid is None or column >= len(columns):
            return
        one = columns[column]
        drawn = one.get(_WIDTH, "")
        one.set(_WIDTH, self._share(drawn) if drawn.isdecimal() else drawn)
        one.tail = f"{{% endfor %}}{one.tail or ''}"
        start = f"{{% for head in {self._heads} %}}"
        if column:
            before = columns[column - 1]
            before.tail = f"{before.tail or ''}{start}"
        else:
            grid.text = f"{grid.text or ''}{start}"


def _absent_without(table: etree._Element, key: str, keeping: Keeping) -> None:
    """Without data the table goes, with the paragraphs that keep with it."""
    first, last = keeping.around(table)
    parent = parent_of(table)
    parent.insert(parent.index(first), paragraph_tag(f"{{%p if {key} %}}"))
    parent.insert(parent.index(last) + 1, paragraph_tag("{%p endif %}"))
