"""What the paragraph styles of a document say of heading levels and automatic numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from generator.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEADING = re.compile(r"heading (\d)")
_PROPERTIES, _STYLE, _VALUE = f"{W}pPr", f"{W}pStyle", f"{W}val"
_BODY_LEVEL = 9
"""The outline level of plain text."""
_INDENT = 220
"""By how much Word sets each level of a contents list in, in twentieths of a point."""


class Styles:
    """What paragraph styles say of level and number; styles inherit from those they are based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self.root = root
        rows = () if root is None else root.iter(f"{W}style")
        self._by_id = {style.get(f"{W}styleId", ""): style for style in rows}
        self._levels: dict[str, tuple[int, bool]] = {}
        self._numbers: dict[str, tuple[str, str]] = {}

    def name(self, style_id: str) -> str:
        """The name by which Word knows the style in every language, in lower case."""
        style = self._by_id.get(style_id)
        return "" if style is None else value(style, "name").lower()

    def made(self, name: str) -> str:
        """The id of the style of that name, which is added where it is not there.

        Args:
            name: One of Word's own names, in lower case: `toc 2`, `table of figures`.
        """
        known = next((one for one in self._by_id if self.name(one) == name), "")
        if known or self.root is None:
            return known
        level = name[-1] if name[-1].isdigit() else ""
        style_id = f"TOC{level}" if level else "TableofFigures"
        style = etree.SubElement(
            self.root, f"{W}style", {f"{W}type": "paragraph", f"{W}styleId": style_id}
        )
        etree.SubElement(style, f"{W}name", {f"{W}val": name})
        etree.SubElement(style, f"{W}uiPriority", {f"{W}val": "39"})
        if level:
            properties = etree.SubElement(style, f"{W}pPr")
            indent = {f"{W}left": str(_INDENT * (int(level) - 1))}
            etree.SubElement(properties, f"{W}ind", indent)
        self._by_id[style_id] = style
        return style_id

    def level(self, paragraph: etree._Element, *, by_outline: bool = False) -> int:
        """The heading level of a paragraph, from 1; 0 for text.

        Args:
            paragraph: A paragraph.
            by_outline: Whether an outline level counts as well as a heading style.
        """
        if by_outline and (own := value(paragraph, "pPr", "outlineLvl")):
            return int(own) + 1 if int(own) < _BODY_LEVEL else 0
        style_id = style_of(paragraph)
        known = self._levels.get(style_id)
        if known is None:
            known = self._levels[style_id] = self._style_level(style_id)
        level, is_heading = known
        return level if by_outline or is_heading else 0

    def _style_level(self, style_id: str) -> tuple[int, bool]:
        """Level of a style, and whether it is one of Word's own heading styles."""
        style = self._by_id.get(style_id)
        if style is not None and (found := heading_of(style)):
            return found, True
        text = next(
            (
                level
                for one in inherited(self._by_id, style_id)
                if (level := value(one, "pPr", "outlineLvl"))
            ),
            "9",
        )
        return int(text) + 1 if int(text) < _BODY_LEVEL else 0, False

    def number(self, paragraph: etree._Element) -> tuple[str, str]:
        """Number and level that a paragraph's style gives it, both empty for none."""
        style_id = style_of(paragraph)
        if style_id not in self._numbers:
            number, level = "", ""
            for style in inherited(self._by_id, style_id):
                number = number or value(style, "pPr", "numPr", "numId")
                level = level or value(style, "pPr", "numPr", "ilvl")
            self._numbers[style_id] = (number, level)
        return self._numbers[style_id]


def inherited(styles: Mapping[str, etree._Element], style_id: str) -> Iterator[etree._Element]:
    """A style and those it is based on, by id; a ring ends where it closes."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        style = styles[style_id]
        yield style
        style_id = value(style, "basedOn")


def heading_of(style: etree._Element) -> int:
    """The level of one of Word's own heading styles, known by name; 0 for any other style."""
    found = _HEADING.fullmatch(value(style, "name").lower())
    return int(found[1]) if found else 0


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style; long documents ask for thousands of them."""
    properties = paragraph[0] if len(paragraph) else None
    if properties is None or properties.tag != _PROPERTIES:
        return ""
    for one in properties:
        if one.tag == _STYLE:
            return one.get(_VALUE, "")
    return ""


def value(element: etree._Element | None, *path: str) -> str:
    """The `w:val` of an element below, empty where there is none."""
    for name in path:
        element = None if element is None else element.find(f"{W}{name}")
    return "" if element is None else element.get(f"{W}val", "")
