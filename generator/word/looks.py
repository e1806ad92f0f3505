"""How text looks: what direct formatting, styles and the document's defaults say of it.

Also here: text that stands out too little from its ground (WCAG 2.2, 1.4.3 Contrast (Minimum)).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.word.numbering import heading_of, inherited, value
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from lxml import etree


_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGray": "A9A9A9", "darkGreen": "006400", "darkMagenta": "800080",
    "darkRed": "8B0000", "darkYellow": "808000", "green": "00FF00", "lightGray": "D3D3D3",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip
"""Colours of w:highlight by name (ECMA-376 part 1, 17.18.40)."""
_PROPERTIES = tuple(f"{W}{name}" for name in ("rPr", "pPr", "tcPr", "tblPr"))
_OFF = {"0", "false", "off"}
PAPER = "FFFFFF"
_USUAL_POINTS = 10.0
"""What Word takes where no size is given anywhere."""


class Look(Struct, frozen=True):
    """What one place says of text; None where it says nothing. Colours are six hex digits."""

    colour: str | None = None
    """`auto` where the reader's program chooses."""
    mark: str | None = None
    """Shading or highlight behind the characters alone."""
    fill: str | None = None
    """Shading of the paragraph, cell or table."""
    points: float | None = None
    is_bold: bool | None = None
    level: int | None = None
    """Outline level of a heading from 1; 10 is body text."""

    def over(self, below: Look) -> Look:
        """This look, with what it leaves open taken from the one below."""
        if self is NOTHING:
            return below
        return Look(
            self.colour if self.colour is not None else below.colour,
            self.mark if self.mark is not None else below.mark,
            self.fill if self.fill is not None else below.fill,
            self.points if self.points is not None else below.points,
            self.is_bold if self.is_bold is not None else below.is_bold,
            self.level if self.level is not None else below.level,
        )


NOTHING = Look()


class Looks:
    """The styles of a document, each with what it inherits.

    Args:
        root: The part `word/styles.xml`; None for a document without one.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._known: dict[str, etree._Element] = {}
        self._usual: dict[str, str] = {}
        self._looks: dict[tuple[str, str, str], Look] = {}
        self.defaults = NOTHING
        self.has_language = False
        if root is None:
            return
        for style in root.iterchildren(f"{W}style"):
            name, kind = style.get(f"{W}styleId", ""), style.get(f"{W}type", "paragraph")
            self._known[name] = style
            if is_on(style.get(f"{W}default", "0")):
                self._usual[kind] = name
        base = root.find(f"{W}docDefaults/{W}rPrDefault")
        if base is not None:
            self.defaults = look_of(base)
        holders = (base, self._known.get(self._usual.get("paragraph", "")))
        self.has_language = any(
            holder is not None and holder.find(f"{W}rPr/{W}lang") is not None for holder in holders
        )

    def look(self, kind: str, style: str = "", condition: str = "") -> Look:
        """The look of a style; the usual one of its kind when no name is given.

        Args:
            kind: `paragraph`, `character` or `table`.
            style: The style's id.
            condition: A part of a table such as `firstRow`; empty for the whole.
        """
        key = (kind, style, condition)
        if key not in self._looks:
            made = NOTHING
            for one in inherited(self._known, style or self._usual.get(kind, "")):
                made = made.over(_conditional(one, condition) if condition else _named(one))
            self._looks[key] = made
        return self._looks[key]


def look_of(holder: etree._Element) -> Look:
    """What a run, paragraph, cell or style says itself, in its property elements."""
    text = level = fill = None
    for part in holder.iterchildren(*_PROPERTIES):
        if part.tag == f"{W}rPr":
            text = part
            continue
        fill = _fill(part) if fill is None else fill
        level = value(part, "outlineLvl") or level
    if text is None:
        is_silent = fill is None and level is None
        return NOTHING if is_silent else Look(fill=fill, level=int(level) + 1 if level else None)
    size, bold = value(text, "sz"), text.find(f"{W}b")
    return Look(
        colour=value(text, "color") or None,
        mark=_HIGHLIGHTS.get(value(text, "highlight")) or _fill(text),
        fill=fill,
        points=float(size) / 2 if size else None,
        is_bold=None if bold is None else is_on(bold.get(f"{W}val", "1")),
        level=int(level) + 1 if level else None,
    )


def is_on(switch: str) -> bool:
    """Whether the value of a switch means yes (ECMA-376 part 1, 17.17.4)."""
    return switch not in _OFF


def _named(style: etree._Element) -> Look:
    """A style's own look; built-in headings are known by name where no level is written."""
    look = look_of(style)
    level = heading_of(style)
    return look.over(Look(level=level)) if level and look.level is None else look


def _conditional(style: etree._Element, condition: str) -> Look:
    for part in style.iterchildren(f"{W}tblStylePr"):
        if part.get(f"{W}type") == condition:
            return look_of(part)
    return NOTHING


def _fill(holder: etree._Element | None) -> str | None:
    """The colour of a shading, its pattern mixed in; None for none or one left to the program."""
    shading = None if holder is None else holder.find(f"{W}shd")
    if shading is None:
        return None
    fill, ink = (shading.get(f"{W}{name}", "auto") for name in ("fill", "color"))
    pattern = shading.get(f"{W}val", "clear")
    if pattern != "solid" and not pattern.startswith("pct"):
        return None if fill == "auto" else fill
    share = 1.0 if pattern == "solid" else float(pattern[3:]) / 100
    below, above = ("FFFFFF" if fill == "auto" else fill), ("000000" if ink == "auto" else ink)
    return "".join(
        f"{round(int(above[at : at + 2], 16) * share + int(below[at : at + 2], 16) * (1 - share)):02X}"
        for at in (0, 2, 4)
    )


class Faint(Struct, frozen=True):
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
