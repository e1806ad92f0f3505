"""Names of elements and attributes of a workbook, whatever namespace they are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def local_name(element: etree._Element) -> str:
    """The tag without its namespace: transitional and Strict workbooks differ only in that."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def attribute(element: etree._Element, name: str) -> str:
    """An attribute in any namespace."""
    for key, value in element.attrib.items():
        if str(key)[str(key).rfind("}") + 1 :] == name:
            return str(value)
    return ""
