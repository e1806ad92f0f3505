"""Styles that tables lean on: what a band looks like, and what keeps with the next paragraph.

A band is a word of the data, such as `missed`; the template's style `Band missed` says how it
looks. A table style of that name tints the whole cell, a character style dresses its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from generator.word.looks import is_on
from generator.word.numbering import Styles, inherited, style_of, value
from generator.word.tags import W

_NAME = re.compile(r"band[ _]([a-z_][a-z0-9_ ]*)")
_SHADES = {"fill": "auto", "themeFill": "none", "themeFillTint": "FF", "themeFillShade": "FF"}
"""What a shading may say of its colour, with what says nothing."""
_TITLES = {"title", "subtitle"}
_VALUE = f"{W}val"


class Bands:
    """The styles of a template that are called after bands.

    Args:
        styles: The part `word/styles.xml`; None for a template without one.
    """

    def __init__(self, styles: etree._Element | None) -> None:
        self.tints: dict[str, Mapping[str, str]] = {}
        """What each table style says of the shading of its cells."""
        self.characters: dict[str, str] = {}
        """Identifiers of the character styles."""
        self._plain = "DefaultParagraphFont"
        self._used = set[str]()
        for style in () if styles is None else styles.iterchildren(f"{W}style"):
            self._take(style)

    def _take(self, style: etree._Element) -> None:
        kind, style_id = style.get(f"{W}type", ""), style.get(f"{W}styleId", "")
        if kind == "character" and is_on(style.get(f"{W}default", "0")):
            self._plain = style_id
        found = _NAME.fullmatch(value(style, "name").strip().lower())
        if found is None:
            return
        band = found[1].replace(" ", "_")
        shading = style.find(f"{W}tcPr/{W}shd")
        if kind == "table" and shading is not None:
            self.tints[band] = {
                name: said for name in _SHADES if (said := shading.get(f"{W}{name}"))
            }
        elif kind == "character":
            self.characters[band] = style_id

    def shading(self, band: str, own: str) -> etree._Element:
        """The shading of a cell by its band.

        Args:
            band: Expression for the band.
            own: Colour of a cell whose band has no style.
        """
        made = etree.Element(f"{W}shd", {_VALUE: "clear", f"{W}color": "auto"})
        for name, nothing in _SHADES.items():
            if any(name in said for said in self.tints.values()):
                usual = own if name == "fill" else nothing
                made.set(f"{W}{name}", self._looked_up(name, band, usual))
        return made

    def character(self, band: str, own: str) -> str:
        """The character style of a text by its band; `own` is the style it has without one."""
        return self._looked_up("style", band, own or self._plain)

    def _looked_up(self, what: str, band: str, usual: str) -> str:
        self._used.add(what)
        return f"{{{{ band_{what}[{band}] | default({_quoted(usual)}) }}}}"

    def statements(self) -> list[str]:
        """What has to be set before the first table: one value by band for all that was used."""
        return [
            f"set band_{what} = dict({', '.join(self._values(what))})"
            for what in sorted(self._used)
        ]

    def _values(self, what: str) -> list[str]:
        values = {
            band: said.get(what, _SHADES[what]) for band, said in self.tints.items()
        } if what in _SHADES else self.characters  # fmt: skip
        return [f"{band}={_quoted(said)}" for band, said in values.items()]


def _quoted(text: str) -> str:
    """A text of the template as an expression."""
    return "'" + re.sub(r"[^\w .#-]", "", text) + "'"


class Keeping:
    """What stands with a table because the designer keeps it with the next paragraph.

    Args:
        styles: The part `word/styles.xml`; None for a template without one.
    """

    def __init__(self, styles: etree._Element | None) -> None:
        rows = () if styles is None else styles.iterchildren(f"{W}style")
        self._known = {style.get(f"{W}styleId", ""): style for style in rows}
        self._styles = Styles(styles)

    def around(self, table: etree._Element) -> tuple[etree._Element, etree._Element]:
        """The first and last of what stands with a table: its sentence, its caption, itself."""
        first, last = table, table
        before = first.getprevious()
        while before is not None and self.goes_with_next(before):
            first, before = before, before.getprevious()
        after = last.getnext()
        if after is not None and self.is_caption(after) and not self.is_caption(first):
            below = after.getnext()
            is_of_next = below is not None and below.tag == f"{W}tbl" and self.goes_with_next(after)
            last = last if is_of_next else after
        return first, last

    def goes_with_next(self, element: etree._Element) -> bool:
        """Whether this is a caption or sentence that keeps with what follows; no heading is."""
        if element.tag != f"{W}p" or element.find(f"{W}pPr/{W}sectPr") is not None:
            return False
        text = "".join(one.text or "" for one in element.iter(f"{W}t"))
        is_title = self._styles.name(style_of(element)) in _TITLES
        if is_title or self._styles.level(element, by_outline=True) or "{%p" in text:
            return False
        for place in (element, *inherited(self._known, style_of(element))):
            keep = place.find(f"{W}pPr/{W}keepNext")
            if keep is not None:
                return is_on(keep.get(_VALUE, "1"))
        return False

    def is_caption(self, element: etree._Element) -> bool:
        """Whether this is a caption in Word's own style."""
        return element.tag == f"{W}p" and self._styles.name(style_of(element)) == "caption"
