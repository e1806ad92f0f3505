"""Links inside a rendered document: none that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


<<<<<<< HEAD
def unlink_lost(root: etree._Element) -> None:
    """Turn every link whose bookmark has gone with its table or section into plain text, in place.
=======
def relink(root: etree._Element) -> None:
    """Put the bookmarks and the links inside a document in order, in place.

    A loop repeats the number of its bookmark, and a table that a planner has copied repeats the
    name: numbers run on from 0, and of several bookmarks of one name the first stays. A link whose
    bookmark has gone with its table or section becomes plain text.
>>>>>>> trace

    Args:
        root: The document part, its bookmarks in order.
    """
    known = {mark.get(f"{_W}name") for mark in root.iter(f"{_W}bookmarkStart")}
    for link in list(root.iter(f"{_W}hyperlink")):
<<<<<<< HEAD
        anchor = link.get(f"{_W}anchor")
        if anchor is not None and anchor not in known and link.get(f"{_R}id") is None:
            _unlink(link)
=======
        anchor = link.get(_ANCHOR)
        if anchor is None or anchor in known or _TAG in anchor or link.get(f"{_R}id") is not None:
            continue
        _unlink(link)


def _renumber(root: etree._Element) -> set[str]:
    """The names of the bookmarks that stay."""
    known: set[str] = set()
    open_ones: dict[str, list[str]] = {}
    count = 0
    for mark in list(root.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd")):
        old = mark.get(_ID, "")
        if mark.tag == f"{_W}bookmarkEnd":
            numbers = open_ones.get(old, [])
            number = numbers.pop() if numbers else ""
        else:
            name = mark.get(_NAME, "")
            is_new = bool(name) and (name not in known or _TAG in name)
            known.add(name)
            number = str(count) if is_new else ""
            count += is_new
            open_ones.setdefault(old, []).append(number)
        if number:
            mark.set(_ID, number)
        else:
            _remove(mark)
    return known - {""}


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
>>>>>>> trace


def _unlink(link: etree._Element) -> None:
    """The content without the link, in the style of the text around it."""
    parent = link.getparent()
    if parent is None:
        return
    for properties in link.iter(f"{_W}rPr"):
        for style in properties.findall(f"{_W}rStyle"):
            properties.remove(style)
    place = parent.index(link)
    parent[place : place + 1] = list(link)
