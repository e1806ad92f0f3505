"""Links inside a rendered document: none that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.word.tags import W

if TYPE_CHECKING:
    from lxml import etree

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def unlink_lost(root: etree._Element) -> None:
    """Turn every link whose bookmark has gone with its table or section into plain text, in place.

    Args:
        root: The document part, its bookmarks in order.
    """
    known = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    for link in list(root.iter(f"{W}hyperlink")):
        anchor = link.get(f"{W}anchor")
        if anchor is not None and anchor not in known and link.get(f"{_R}id") is None:
            _unlink(link)


def _unlink(link: etree._Element) -> None:
    """The content without the link, in the style of the text around it."""
    parent = link.getparent()
    if parent is None:
        return
    for properties in link.iter(f"{W}rPr"):
        for style in properties.findall(f"{W}rStyle"):
            properties.remove(style)
    for one in reversed(link):
        link.addnext(one)
    parent.remove(link)
