"""Page numbers for the contents list, taken from a layout of the document.

A Word file does not know its pages. A copy of the document, in which every entry of the contents
list asks for the page of its heading, goes through LibreOffice, which lays it out and writes the
answers down; they are read there and put into the document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from generator.word.fieldcodes import chain_marks, detach, field_mark, new_run, read_fields, text_of
from generator.word.package import body_of, reproducible, with_body
from generator.word.styles import value
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from generator.word.fieldcodes import WordField

_UNKNOWN = "00"
"""What stands where a page number will: as wide as most numbers, and no page."""
_NO_NUMBERS = re.compile(r'\\n(\s+"?\d-\d"?)?\s*')
_NUMBER_ROOM = 440
"""How far Word sets the words of a contents list off from its numbers, a level, in twips."""


def asking(content: bytes) -> bytes | None:
    """A copy for the layout, whose fields ask for pages; None for a document without any.

    Args:
        content: A finished Word file.
    """
    root = body_of(content)
    lists = _lists(root)
    _add_fields(lists, root)
    if not any(one.kind == "PAGEREF" for one in read_fields(root)):
        return None
    for one in lists:
        # As a contents list LibreOffice would keep the words that are stored in it.
        opening, closing = chain_marks(one)
        for run in (*opening, closing):
            detach(run)
    for link in list(root.iter(f"{W}hyperlink")):
        if link.find(f".//{W}fldChar") is not None:
            for child in list(link):
                link.addprevious(child)
            detach(link)
    return with_body(content, root)


def answers(laid_out: bytes) -> Mapping[str, str]:
    """The page of every bookmark that the copy asked for.

    Args:
        laid_out: The copy as LibreOffice wrote it.
    """
    found = {}
    for one in read_fields(body_of(laid_out)):
        page = text_of(one.result).strip()
        if one.kind == "PAGEREF" and len(one.words) > 1 and page.isdecimal() and page != _UNKNOWN:
            found[one.words[1]] = page
    return found


def numbered(content: bytes, pages: Mapping[str, str]) -> bytes:
    """The document with page numbers at the right of its contents list.

    Args:
        content: The finished Word file.
        pages: Page by bookmark.
    """
    root = body_of(content)
    lists = _lists(root)
    _add_fields(lists, root)
    for one in lists:
        one.rewrite(_NO_NUMBERS.sub("", one.code))
    for one in read_fields(root):
        if one.kind == "PAGEREF" and len(one.words) > 1 and one.words[1] in pages:
            one.show(pages[one.words[1]])
    return reproducible(with_body(content, root))


def _lists(root: _Element) -> list[WordField]:
    return [one for one in read_fields(root) if one.kind == "TOC" and one.end is not None]


def _add_fields(lists: list[WordField], root: _Element) -> None:
    """Let every entry of the lists end in a tab and a field that asks for the page."""
    for one in lists:
        links = {
            link: None
            for run in one.result
            if (link := run.getparent()) is not None and link.tag == f"{W}hyperlink"
        }
        for link in links:
            _add_field(link, _text_width(root, link))


def _add_field(link: _Element, width: int) -> None:
    """One entry: tab stops and the field."""
    paragraph = ancestor(link, f"{W}p")
    properties = None if paragraph is None else paragraph.find(f"{W}pPr")
    if properties is None:
        return
    tabs = etree.Element(f"{W}tabs")
    if link.find(f"{W}r/{W}tab") is not None:
        level = value(properties, "pStyle")[-1:]
        room = _NUMBER_ROOM * (int(level) if level.isdecimal() else 1)
        etree.SubElement(tabs, f"{W}tab", {f"{W}val": "left", f"{W}pos": str(room)})
    right = {f"{W}val": "right", f"{W}leader": "dot", f"{W}pos": str(width)}
    etree.SubElement(tabs, f"{W}tab", right)
    # Behind the style, before spacing and indents: their order in the schema.
    properties.insert(1 if properties.find(f"{W}pStyle") is not None else 0, tabs)
    etree.SubElement(etree.SubElement(link, f"{W}r"), f"{W}tab")
    order = etree.Element(f"{W}r")
    etree.SubElement(order, f"{W}instrText").text = f" PAGEREF {link.get(f'{W}anchor', '')} \\h "
    for run in (
        field_mark("begin"),
        order,
        field_mark("separate"),
        new_run(_UNKNOWN),
        field_mark("end"),
    ):
        link.append(run)


def _text_width(root: _Element, element: _Element) -> int:
    """Width of a column of text where the element stands, in twentieths of a point."""
    is_after = False
    section = None
    for one in root.iter(element.tag, f"{W}sectPr"):
        is_after = is_after or one is element
        if is_after and one.tag == f"{W}sectPr":
            section = one
            break
    if section is None:
        return 9000
    page, margins, columns = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "cols"))
    width = _whole(page, "w") - _whole(margins, "left") - _whole(margins, "right")
    count = max(1, _whole(columns, "num"))
    return (width - (count - 1) * _whole(columns, "space")) // count


def _whole(element: _Element | None, name: str) -> int:
    text = "" if element is None else element.get(f"{W}{name}", "")
    return int(text) if text.isdecimal() else 0
