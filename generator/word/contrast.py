"""Text that stands out too little from its ground (WCAG 2.2, 1.4.3 Contrast (Minimum))."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.word.looks import NOTHING, is_on, look_of
from generator.word.styles import value
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from generator.word.looks import Look, Looks

PAPER = "FFFFFF"
_USUAL_POINTS = 10.0
"""What Word takes where no size is given anywhere."""


@dataclass(frozen=True, slots=True)
class Faint:
    """Text of one paragraph in one colour on one ground, with what is lacking."""

    text: str
    colour: str
    ground: str
    ratio: float
    needed: float


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21.

    Args:
        one: Six hex digits, red first.
        other: Likewise; the order of the two does not matter.

    Source:
        WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=1024)
def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(root: etree._Element, styles: Looks) -> Iterator[tuple[etree._Element, Faint]]:
    """Paragraphs with text below the ratio it needs, one find a paragraph and pair of colours.

    Text whose colour is left to the reader's program is legible by its doing and is passed over, as
    is text in shapes, whose ground is not known.
    """
    grounds = _Grounds(styles)
    for paragraph in root.iter(f"{W}p"):
        seen: set[tuple[str, str]] = set()
        block = NOTHING
        for run in paragraph.iter(f"{W}r"):
            if not _is_printed(run, paragraph):
                continue
            if block is NOTHING:
                cell = grounds.of(ancestor(paragraph, f"{W}tc"))
                block = _block_look(paragraph, cell, styles)
            found = _judged(run, block, styles)
            if found and (found.colour, found.ground) not in seen:
                seen.add((found.colour, found.ground))
                yield paragraph, found


def _is_printed(run: etree._Element, paragraph: etree._Element) -> bool:
    if not any((text.text or "").strip() for text in run.iterchildren(f"{W}t")):
        return False
    hidden = run.find(f"{W}rPr/{W}vanish")
    if hidden is not None and is_on(hidden.get(f"{W}val", "1")):
        return False
    if run.getparent() is not paragraph and ancestor(run, f"{W}p") is not paragraph:
        return False
    return ancestor(paragraph, f"{W}txbxContent") is None


class _Grounds:
    """What cells, tables and table styles give to the text in them."""

    def __init__(self, styles: Looks) -> None:
        self._styles = styles
        self._cells: dict[etree._Element, Look] = {}
        self._tables: dict[tuple[etree._Element, bool], Look] = {}

    def of(self, cell: etree._Element | None) -> Look:
        """The cell's own shading, then its table's, then that of a cell around the table."""
        if cell is None:
            return NOTHING
        if cell not in self._cells:
            table, row = ancestor(cell, f"{W}tbl"), ancestor(cell, f"{W}tr")
            look = look_of(cell)
            if table is not None and row is not None:
                is_first = next(row.itersiblings(row.tag, preceding=True), None) is None
                look = look.over(self._table(table, is_first=is_first))
            self._cells[cell] = look
        return self._cells[cell]

    def _table(self, table: etree._Element, *, is_first: bool) -> Look:
        key = (table, is_first)
        if key not in self._tables:
            properties = table.find(f"{W}tblPr")
            style = value(properties, "tblStyle")
            look = look_of(table).over(self._styles.look("table", style))
            if is_first and _marks_first_row(properties):
                look = self._styles.look("table", style, "firstRow").over(look)
            self._tables[key] = look.over(self.of(ancestor(table, f"{W}tc")))
        return self._tables[key]


def _marks_first_row(properties: etree._Element | None) -> bool:
    """Whether the table asks for its style's first row (ECMA-376 part 1, 17.4.55)."""
    look = None if properties is None else properties.find(f"{W}tblLook")
    if look is None:
        return False
    named = look.get(f"{W}firstRow")
    return is_on(named) if named else bool(int(look.get(f"{W}val", "0"), 16) & 0x0020)


def _block_look(paragraph: etree._Element, cell: Look, styles: Looks) -> Look:
    """Direct shading, then the paragraph's style, then where it stands."""
    style = value(paragraph, "pPr", "pStyle")
    direct = look_of(paragraph)
    return direct.over(styles.look("paragraph", style)).over(cell).over(styles.defaults)


def _judged(run: etree._Element, block: Look, styles: Looks) -> Faint | None:
    properties = run.find(f"{W}rPr")
    look = block
    if properties is not None:
        style = value(properties, "rStyle")
        named = styles.look("character", style) if style else NOTHING
        look = look_of(run).over(named).over(block)
    if look.colour in {None, "auto"}:
        return None
    colour = str(look.colour).upper()
    ground = (look.mark or look.fill or PAPER).upper()
    points = look.points or _USUAL_POINTS
    is_large = points >= 18 or (points >= 14 and bool(look.is_bold))
    needed = 3.0 if is_large else 4.5
    ratio = contrast(colour, ground)
    if ratio >= needed:
        return None
    text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
    return Faint(text.strip(), colour, ground, ratio, needed)
