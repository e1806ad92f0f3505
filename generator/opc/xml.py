"""The XML of a part: read without fetching or putting in anything, refused for a document type."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator


class DocumentTypeError(ValueError):
    """A part declares a document type, which none may (ECMA-376 part 2, 8.1.4)."""


def parse(content: bytes, *, is_bare: bool = False) -> etree._Element:
    """A part as a tree; what it refers to is neither fetched nor put in.

    Args:
        content: The part.
        is_bare: Leave out comments and processing instructions.

    Raises:
        lxml.etree.XMLSyntaxError: The part is not XML.
        DocumentTypeError: It declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=is_bare, remove_pis=is_bare,
    )  # fmt: skip
    root = etree.fromstring(content, parser)
    refuse_document_type(root)
    return root


def streamed(stream: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """The elements of a part one by one as they end; what they held is forgotten after use.

    Args:
        stream: The part, open for reading.
        tags: The kinds of elements; an element of the first is forgotten, with all before it, when
            the next is asked for.

    Raises:
        lxml.etree.XMLSyntaxError: The part is not XML.
        DocumentTypeError: It declares a document type.
    """
    # A comment inside a value would end it for whoever asks for its text.
    events = etree.iterparse(
        stream, events=("end",), tag=tags, resolve_entities=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    is_first = True
    for _, element in events:
        if is_first:
            refuse_document_type(element)
            is_first = False
        yield element
        if len(tags) == 1 or element.tag == tags[0]:
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    if is_first and events.root is not None:
        refuse_document_type(events.root)


def refuse_document_type(element: etree._Element) -> None:
    """No part declares one; it is where entities that grow without end come from.

    Raises:
        DocumentTypeError: The part of the element does.
    """
    if element.getroottree().docinfo.internalDTD is not None:
        raise DocumentTypeError("DOCTYPE")


def serialized(root: etree._Element) -> bytes:
    """A part from its root element, what stands before the root included."""
    return etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
