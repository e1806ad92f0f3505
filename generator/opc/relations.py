"""What the parts of a package point to."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.opc.xml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
