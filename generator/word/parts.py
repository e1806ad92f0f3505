"""Relationships and content types of a package held as a mapping of part names to bytes."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LIST = "[Content_Types].xml"


def parse(content: bytes) -> etree._Element:
    """A part as a tree; what it refers to is neither fetched nor put in.

    Raises:
        lxml.etree.XMLSyntaxError: The part is not XML.
        ValueError: It declares a document type, which no part may (ECMA-376 part 2, 8.1.4).
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise ValueError("DOCTYPE")
    return root


def rels_name(part: str) -> str:
    """The part that holds the relationships of another; of the package for an empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Relations:
    """The relationships of one part; changes are kept by `save`.

    Args:
        parts: The package; targets are given as part names in it.
        part: The part whose relationships these are; it may have none.
    """

    def __init__(self, parts: dict[str, bytes], part: str) -> None:
        self._parts = parts
        self._part = part
        held = parts.get(rels_name(part))
        self._root = parse(held) if held else etree.Element(f"{{{_NAMESPACE}}}Relationships")

    def all(self) -> Iterator[tuple[str, str, str, bool]]:
        """Identifier, type, target and whether the target lies outside the package."""
        for one in list(self._root):
            is_external = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            name = target if is_external else self._name(target)
            yield one.get("Id", ""), one.get("Type", ""), name, is_external

    def of_type(self, ending: str) -> list[tuple[str, str]]:
        """Identifier and target of the relationships whose type ends so."""
        return [
            (identifier, target)
            for identifier, kind, target, is_external in self.all()
            if kind.endswith(ending) and not is_external
        ]

    def target(self, identifier: str) -> str:
        """The part that an identifier leads to; empty for none inside the package."""
        found = (one for one in self.all() if one[0] == identifier and not one[3])
        return next((target for _, _, target, _ in found), "")

    def add(self, kind: str, target: str) -> str:
        """Add a relationship and return its identifier."""
        taken = {one[0] for one in self.all()}
        identifier = next(
            made for made in (f"rId{n}" for n in range(1, len(taken) + 2)) if made not in taken
        )
        self.put(identifier, kind, target)
        return identifier

    def put(self, identifier: str, kind: str, target: str, *, is_external: bool = False) -> None:
        """Add a relationship under an identifier of one's own."""
        one = etree.SubElement(self._root, f"{{{_NAMESPACE}}}Relationship")
        one.set("Id", identifier)
        one.set("Type", kind)
        folder = posixpath.dirname(self._part)
        one.set("Target", target if is_external else posixpath.relpath(target, folder or "."))
        if is_external:
            one.set("TargetMode", "External")

    def drop(self, identifier: str) -> None:
        """Remove a relationship."""
        for one in list(self._root):
            if one.get("Id") == identifier:
                self._root.remove(one)

    def save(self) -> None:
        """Write the relationships back; a part without any has none."""
        name = rels_name(self._part)
        if len(self._root):
            self._parts[name] = _bytes(self._root)
        else:
            self._parts.pop(name, None)

    def _name(self, target: str) -> str:
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._part), target))


def copy_type(parts: dict[str, bytes], source: str, made: str) -> None:
    """Say of a part in the list of contents what is said of another."""
    root = parse(parts[_LIST])
    for one in list(root):
        if one.get("PartName") == f"/{source}":
            twin = etree.SubElement(root, one.tag)
            twin.set("PartName", f"/{made}")
            twin.set("ContentType", one.get("ContentType", ""))
    parts[_LIST] = _bytes(root)


def prune(parts: dict[str, bytes]) -> None:
    """Drop every part that no relationship leads to any more, and what is said of it."""
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        for _, _, target, is_external in Relations(parts, waiting.pop()).all():
            if not is_external and target in parts and target not in reached:
                reached.add(target)
                waiting.append(target)
    kept = reached | {rels_name(name) for name in ("", *reached)} | {_LIST}
    for name in [one for one in parts if one not in kept]:
        del parts[name]
    root = parse(parts[_LIST])
    for one in list(root):
        if one.get("PartName", "/").lstrip("/") not in {"", *parts}:
            root.remove(one)
    parts[_LIST] = _bytes(root)


def default_type(parts: dict[str, bytes], ending: str, kind: str) -> None:
    """Say what files of an ending are, unless that is said already."""
    root = parse(parts[_LIST])
    if all(one.get("Extension") != ending for one in root):
        one = etree.Element(f"{{{_TYPES}}}Default")
        one.set("Extension", ending)
        one.set("ContentType", kind)
        root.insert(0, one)
    parts[_LIST] = _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
