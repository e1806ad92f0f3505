"""Which sheet is in front when the copy is opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from generator.opc import Edit, PartTooLargeError

if TYPE_CHECKING:
    from generator.opc import Package

_HEAD = 2**16
"""Views stand at the beginning of a sheet, before its columns and rows."""
_BEFORE_VIEWS = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection")
_SELECTED = re.compile(
    rb"""<(?:[\w.-]+:)?sheetView\b[^<>]*?(\stabSelected\s*=\s*(?:"[^"]*"|'[^']*'))"""
)


def unselected(package: Package, part: str) -> list[Edit]:
    """The edits that take a sheet from the selected ones.

    Of two selected sheets Excel changes both at every key stroke.

    Args:
        package: The package; a sheet in a wide encoding is put into UTF-8.
        part: The sheet's part.
    """
    try:
        head = package.head(part, _HEAD)
    except PartTooLargeError:
        return []
    return [Edit(*found.span(1), b"") for found in _SELECTED.finditer(head)]


def open_at(book: etree._Element, space: str, number: int) -> None:
    """Bring a sheet to the front.

    Args:
        book: The workbook's element.
        space: The namespace of its elements.
        number: Which sheet, from 0.
    """
    views = book.find(f"{{{space}}}bookViews")
    if views is None:
        views = etree.Element(f"{{{space}}}bookViews")
        before = {f"{{{space}}}{name}" for name in _BEFORE_VIEWS}
        at = max((i + 1 for i, child in enumerate(book) if child.tag in before), default=0)
        book.insert(at, views)
    if not len(views):
        etree.SubElement(views, f"{{{space}}}workbookView")
    for view in views:
        view.set("activeTab", str(number))
