"""Automatic numbers of paragraphs, as Word shows them: `2.1`, `（三）`, `十一、`.

Word stores no number with a paragraph: it counts while it lays the text out (ECMA-376 part 1,
17.9). A contents list needs the numbers in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.word.styles import style_of, value
from generator.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from generator.word.styles import Styles

_DIGITS = "零一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEVELS = 9
_OWN = f"{W}pPr/{W}numPr"


@dataclass(frozen=True, slots=True)
class Mark:
    """The automatic number of a paragraph and what Word puts after it: a tab, a space, nothing."""

    text: str
    after: str


class Counter:
    """Counts the numbered paragraphs of a document, which must be given to it in order.

    Args:
        root: The numbering part; None where a document has none.
        styles: The styles of the document.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._nums: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        if root is not None:
            self._nums = {one.get(f"{W}numId", ""): one for one in root.iter(f"{W}num")}
            self._lists = _lists(root)
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def mark(self, paragraph: etree._Element) -> Mark | None:
        """The paragraph's number, counted on; None for a paragraph without one."""
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
        level = int(value(paragraph, "pPr", "numPr", "ilvl") or style_level or 0)
        levels = _levels(listed, num)
        if not own and not style_level:
            style_id = style_of(paragraph)
            level = next((i for i, one in levels.items() if value(one, "pStyle") == style_id), 0)
        if level not in levels:
            return None
        self._count(number, num, levels, level)
        counts = self._counts[value(num, "abstractNumId")]
        text = _filled(levels, level, counts)
        return Mark(text, value(levels[level], "suff") or "tab") if text else None

    def _count(
        self, number: str, num: etree._Element, levels: Mapping[int, etree._Element], level: int
    ) -> None:
        """One more at this level; deeper levels start anew."""
        counts = self._counts.setdefault(value(num, "abstractNumId"), {})
        for override in num.iter(f"{W}lvlOverride"):
            place = int(override.get(f"{W}ilvl", "0"))
            start = value(override, "startOverride")
            if start and place == level and (number, place) not in self._started:
                counts[place] = int(start) - 1
        self._started.add((number, level))
        for upper in range(level):
            if upper in levels:
                counts.setdefault(upper, _start(levels[upper]))
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            # A restart of 0 means that the level never starts anew.
            if deeper not in levels or value(levels[deeper], "lvlRestart") != "0":
                del counts[deeper]


def number_word(number: int, form: str) -> str:
    r"""A number in one of Word's number formats; plain digits in a format not known here.

    Args:
        number: From 0.
        form: A value of `w:numFmt`, or the word after `\*` in a field.
    """
    if form in {"chineseCountingThousand", "chineseCounting", "CHINESENUM3"}:
        return _chinese(number)
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


def _chinese(number: int) -> str:
    """Up to 9999, as 一百零三; a leading 一十 is written 十."""
    if number == 0:
        return "零"
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += _DIGITS[digit] + unit
        elif text and not text.endswith("零") and number % power:
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> list[str]:
    letters = []
    for amount, letter in _ROMAN:
        letters += [letter] * (number // amount)
        number %= amount
    return letters


def _filled(levels: Mapping[int, etree._Element], level: int, counts: Mapping[int, int]) -> str:
    """The number's text with the counts of its level and of those above."""
    # `isLgl` writes upper levels in digits whatever their own format.
    is_legal = levels[level].find(f"{W}isLgl") is not None

    def count(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if place not in levels:
            return ""
        form = "decimal" if is_legal else value(levels[place], "numFmt")
        return number_word(counts.get(place, 0), form)

    if value(levels[level], "numFmt") in {"bullet", "none"}:
        return ""
    return re.sub(r"%(\d)", count, value(levels[level], "lvlText"))


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


def _start(level: etree._Element) -> int:
    return int(value(level, "start") or 0)
