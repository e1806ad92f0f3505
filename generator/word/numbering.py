"""Automatic numbers of paragraphs, as Word shows them: `2.1`, `（三）`, `十一、`.

Word stores no number with a paragraph: it counts while it lays the text out (ECMA-376 part 1,
17.9). A contents list needs the numbers in words.

Also here: what the paragraph styles of a document say of heading levels and automatic numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree
from msgspec import Struct

from generator.language import chinese_numeral
from generator.word.tags import W

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEVELS = 9
_OWN = f"{W}pPr/{W}numPr"
_HEADING = re.compile(r"heading (\d)")
_PROPERTIES, _STYLE, _VALUE = f"{W}pPr", f"{W}pStyle", f"{W}val"
_BODY_LEVEL = 9
"""The outline level of plain text."""
_INDENT = 220
"""By how much Word sets each level of a contents list in, in twentieths of a point."""


class Mark(Struct, frozen=True):
    """The automatic number of a paragraph and what Word puts after it: a tab, a space, nothing."""

    text: str
    after: str


class Level(NamedTuple):
    """One level of a list as the numbering part defines it."""

    form: str
    text: str
    after: str
    start: int
    restart: str
    """The level after which it starts anew; `0` for never, empty for any above it."""
    is_legal: bool
    """Whether upper levels are written in digits whatever their own format."""
    override: int | None
    """Where this number makes it start, instead of counting on."""


class Numbered(NamedTuple):
    """What a paragraph is numbered with."""

    number: str
    listed: str
    """The list that counts it; numbers of one list count together."""
    level: int
    levels: Mapping[int, Level]


class Numbering:
    """What the numbering part says of paragraphs.

    Args:
        root: The numbering part; None where a document has none.
        styles: The styles of the document.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._nums: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._known: dict[str, tuple[dict[int, etree._Element], dict[int, Level]]] = {}
        if root is not None:
            self._nums = {one.get(f"{W}numId", ""): one for one in root.iter(f"{W}num")}
            self._lists = _lists(root)

    def of(self, paragraph: etree._Element) -> Numbered | None:
        """What numbers a paragraph; None for one without a number."""
        style_number, style_level = self._styles.number(paragraph)
        numbered = paragraph.find(_OWN)
        own = "" if numbered is None else value(numbered, "numId")
        number = own or style_number
        if not number:
            return None
        num = self._nums.get(number)
        listed = None if num is None else self._lists.get(value(num, "abstractNumId"))
        if num is None or listed is None:
            return None
        if number not in self._known:
            rows = _levels(listed, num)
            self._known[number] = rows, {key: _level(one, key, num) for key, one in rows.items()}
        rows, levels = self._known[number]
        level = int(value(paragraph, "pPr", "numPr", "ilvl") or style_level or 0)
        if not own and not style_level:
            style_id = style_of(paragraph)
            level = next((i for i, one in rows.items() if value(one, "pStyle") == style_id), 0)
        if level not in levels:
            return None
        return Numbered(number, value(num, "abstractNumId"), level, levels)


class Counter:
    """Counts the numbered paragraphs of one document, which must be given to it in order."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def mark(self, one: Numbered) -> Mark | None:
        """A paragraph's number, counted on; None where nothing is shown."""
        counts = self._counts.setdefault(one.listed, {})
        own = one.levels[one.level]
        if own.override is not None and (one.number, one.level) not in self._started:
            counts[one.level] = own.override - 1
        self._started.add((one.number, one.level))
        for upper in range(one.level):
            if upper in one.levels:
                counts.setdefault(upper, one.levels[upper].start)
        counts[one.level] = counts.get(one.level, own.start - 1) + 1
        for deeper in [level for level in counts if level > one.level]:
            # A restart of 0 means that the level never starts anew.
            if deeper not in one.levels or one.levels[deeper].restart != "0":
                del counts[deeper]
        text = _filled(one.levels, one.level, counts)
        return Mark(text, own.after) if text else None


def number_word(number: int, form: str) -> str:
    r"""A number in one of Word's number formats; plain digits in a format not known here.

    Args:
        number: From 0.
        form: A value of `w:numFmt`, or the word after `\*` in a field.
    """
    if form in {"chineseCountingThousand", "chineseCounting", "CHINESENUM3"}:
        return chinese_numeral(number)
    if form in {"none", "bullet"}:
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form.lower() in {"upperroman", "lowerroman", "roman"}:
        roman = "".join(_roman(number))
        return roman.upper() if form in {"upperRoman", "ROMAN"} else roman
    if form.lower() in {"upperletter", "lowerletter", "alphabetic"} and number:
        # After z come aa, bb …, not ab.
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form in {"upperLetter", "ALPHABETIC"} else letter
    return str(number)


def _roman(number: int) -> list[str]:
    letters = []
    for amount, letter in _ROMAN:
        letters += [letter] * (number // amount)
        number %= amount
    return letters


def _filled(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    """The number's text with the counts of its level and of those above."""
    own = levels[level]

    def count(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if place not in levels:
            return ""
        form = "decimal" if own.is_legal else levels[place].form
        return number_word(counts.get(place, 0), form)

    return "" if own.form in {"bullet", "none"} else re.sub(r"%(\d)", count, own.text)


def _level(row: etree._Element, level: int, num: etree._Element) -> Level:
    override = None
    for one in num.iter(f"{W}lvlOverride"):
        start = value(one, "startOverride")
        if start and int(one.get(f"{W}ilvl", "0")) == level:
            override = int(start)
    return Level(
        value(row, "numFmt"),
        value(row, "lvlText"),
        value(row, "suff") or "tab",
        int(value(row, "start") or 0),
        value(row, "lvlRestart"),
        row.find(f"{W}isLgl") is not None,
        override,
    )


def _levels(listed: etree._Element, num: etree._Element) -> dict[int, etree._Element]:
    """The levels of a list, with those that the number redefines."""
    rows = [*listed.iter(f"{W}lvl"), *num.iter(f"{W}lvl")]
    levels = {int(one.get(f"{W}ilvl", "0")): one for one in rows}
    return {level: one for level, one in levels.items() if level < _LEVELS}


def _lists(root: etree._Element) -> dict[str, etree._Element]:
    """Lists by id; one that borrows a list style stands for the list that defines the style."""
    rows = {one.get(f"{W}abstractNumId", ""): one for one in root.iter(f"{W}abstractNum")}
    styled = {link: one for one in rows.values() if (link := value(one, "styleLink"))}
    return {key: styled.get(value(one, "numStyleLink"), one) for key, one in rows.items()}


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
