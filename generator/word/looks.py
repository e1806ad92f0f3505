"""How text looks: what direct formatting, styles and the document's defaults say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.word.styles import heading_of, inherited, value
from generator.word.tags import W

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


@dataclass(frozen=True, slots=True)
class Look:
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
