"""Links of a document, however Word writes them, and whether their text says where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S*", re.IGNORECASE)
_FIELD = re.compile(r"\s*HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r'\\(l|o)\s+(?:"([^"]*)"|(\S+))')
_BUILT_IN = {"_top"}
"""Bookmarks that Word knows without their being written."""


@dataclass(slots=True)
class Link:
    """One link: what is printed, its screen tip and the bookmark it leads to, if any."""

    element: etree._Element
    text: str = ""
    tip: str = ""
    anchor: str = ""

    def says_where(self, idle: Iterable[str]) -> bool:
        """Whether the text tells where the link leads; a bare number does with a screen tip.

        Args:
            idle: Texts that lead nowhere when they are read out in a list of links.
        """
        text = self.text.strip()
        if not text or _ADDRESS.fullmatch(text) or _bare(text) in map(_bare, idle):
            return False
        return any(sign.isalpha() for sign in text) or bool(self.tip.strip())


@dataclass(slots=True)
class _Open:
    """A field whose end has not come yet."""

    element: etree._Element
    code: str = ""
    is_result: bool = False
    text: list[str] = field(default_factory=list)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).casefold()


def links(root: etree._Element) -> Iterator[Link]:
    """All links of a part: elements, simple fields and fields in several runs."""
    for one in root.iter(f"{W}hyperlink"):
        anchor = one.get(f"{W}anchor", "")
        yield Link(one, _text(one), one.get(f"{W}tooltip", ""), _wanted(anchor))
    for element, code, text in codes(root):
        match = _FIELD.match(code)
        if match:
            found = {key: quoted or bare for key, quoted, bare in _SWITCH.findall(match[1])}
            yield Link(element, text, found.get("o", ""), _wanted(found.get("l", "")))


def codes(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """The element with which each field begins, its instruction and what it shows."""
    for one in root.iter(f"{W}fldSimple"):
        yield one, one.get(f"{W}instr", ""), _text(one)
    if next(root.iter(f"{W}fldChar"), None) is not None:
        yield from _of_runs(root)


def _of_runs(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Fields from `begin` to `end`; one may stand in the result of another."""
    stack: list[_Open] = []
    for one in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if one.tag == f"{W}fldChar":
            kind = one.get(f"{W}fldCharType")
            if kind == "begin":
                stack.append(_Open(one))
            elif kind == "separate" and stack:
                stack[-1].is_result = True
            elif kind == "end" and stack:
                done = stack.pop()
                yield done.element, done.code, "".join(done.text)
        elif one.tag == f"{W}instrText" and stack:
            stack[-1].code += one.text or ""
        else:
            for around in stack:
                if around.is_result:
                    around.text.append(one.text or "")


def _wanted(anchor: str) -> str:
    return "" if anchor in _BUILT_IN else anchor


def _text(holder: etree._Element) -> str:
    """What is printed, and what stands for a picture."""
    said = [text.text or "" for text in holder.iter(f"{W}t")]
    said += [note.get("descr", "") for note in holder.iter("{*}docPr")]
    return "".join(said)
