"""What the parts of a package point to.

Also here: the XML of a part: read without fetching or putting in anything, refused for a document
type.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from lxml import etree

_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


class Relation(NamedTuple):
    """One arrow from a part to another or to something outside the package."""

    id: str
    type: str
    target: str
    """The name of a part; as it is written where it lies outside."""
    is_external: bool

    @property
    def kind(self) -> str:
        """The last word of its type, the same in Strict and Transitional packages."""
        return self.type.rpartition("/")[2]


class Relations:
    """The relations of one part.

    Args:
        part: The part that points; empty for the package itself.
        root: The relations as they are; None where the part has none yet.
    """

    def __init__(self, part: str, root: etree._Element | None = None) -> None:
        self._folder = posixpath.dirname(part)
        self.root = parse(f'<Relationships xmlns="{_SPACE}"/>'.encode()) if root is None else root
        self.is_changed = False

    def __iter__(self) -> Iterator[Relation]:
        for _, one in self._entries():
            yield one

    def _entries(self) -> Iterator[tuple[etree._Element, Relation]]:
        for entry in list(self.root.iter("{*}Relationship")):
            is_external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            name = target if is_external else self._part(target)
            yield entry, Relation(entry.get("Id", ""), entry.get("Type", ""), name, is_external)

    def _part(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")

    def of(self, kind: str) -> list[str]:
        """The parts of one kind, the kind being the last words of the relationship type."""
        found = (one for one in self if one.type.endswith(f"/{kind}"))
        return [one.target for one in found if not one.is_external]

    def part(self, identifier: str) -> tuple[str, str]:
        """The type and the part of one relation; both empty where it leads nowhere."""
        found = (one for one in self if one.id == identifier and not one.is_external)
        return next(((one.type, one.target) for one in found), ("", ""))

    def add(self, kind: str, part: str) -> str:
        """Point to one more part; gives the id of the relation."""
        taken = {one.id.lower() for one in self}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        self.put(Relation(f"rId{number}", kind, part, is_external=False))
        return f"rId{number}"

    def put(self, one: Relation) -> None:
        """Add a relation under an id of its own."""
        entry = etree.SubElement(self.root, f"{{{_SPACE}}}Relationship", Id=one.id, Type=one.type)
        if one.is_external:
            entry.set("Target", one.target)
            entry.set("TargetMode", "External")
        else:
            entry.set("Target", posixpath.relpath(f"/{one.target}", f"/{self._folder}"))
        self.is_changed = True

    def retype(self, part: str, kind: str) -> None:
        """Give the relation to a part another type."""
        for entry, one in self._entries():
            if one.target == part and not one.is_external:
                entry.set("Type", kind)
                self.is_changed = True

    def drop(self, *identifiers: str) -> None:
        """Forget relations by their ids."""
        for entry, one in self._entries():
            if one.id in identifiers:
                self.root.remove(entry)
                self.is_changed = True

    def drop_to(self, parts: Iterable[str]) -> None:
        """Forget the relations to these parts."""
        gone = {part.lower() for part in parts}
        self.drop(*(one.id for one in self if not one.is_external and one.target.lower() in gone))


def relations_name(part: str) -> str:
    """The part that holds the relations of a part; of the package for an empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_name(relations: str) -> str:
    """The part whose relations a part holds; empty for those of the package."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


class DocumentTypeError(ValueError):
    """A part declares a document type, which none may (ECMA-376 part 2, 8.1.4)."""


def parse(content: bytes, *, is_bare: bool = False, is_tight: bool = False) -> etree._Element:
    """A part as a tree; what it refers to is neither fetched nor put in.

    Args:
        content: The part.
        is_bare: Leave out comments and processing instructions.
        is_tight: Leave out white space between elements.

    Raises:
        lxml.etree.XMLSyntaxError: The part is not XML.
        DocumentTypeError: It declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=is_bare, remove_pis=is_bare, remove_blank_text=is_tight,
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
