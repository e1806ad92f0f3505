"""What the parts of a package point to."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Relations:
    """The relations of one part.

    Args:
        part: The part that points; '' is the package itself.
        root: The relations as they are; None where the part has none yet.
    """

    def __init__(self, part: str, root: etree._Element | None) -> None:
        self._folder = posixpath.dirname(part)
        self.root = etree.fromstring(f'<Relationships xmlns="{_SPACE}"/>') if root is None else root
        self._by_id = {entry.get("Id", ""): entry for entry in self.root}
        self.is_changed = False

    def _internal(self) -> Iterator[tuple[etree._Element, str]]:
        """The relations inside the package with the part they lead to."""
        for entry in self.root.iter(f"{{{_SPACE}}}Relationship"):
            if entry.get("TargetMode") != "External":
                yield entry, self._part(entry.get("Target", ""))

    def _part(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")

    def of(self, kind: str) -> list[str]:
        """The parts of one kind, the kind being the last word of the relationship type."""
        return [
            part for entry, part in self._internal() if entry.get("Type", "").endswith(f"/{kind}")
        ]

    def part(self, identifier: str) -> tuple[str, str]:
        """The type and the part of one relation; both empty where it leads nowhere."""
        entry = self._by_id.get(identifier)
        if entry is None or entry.get("TargetMode") == "External":
            return "", ""
        return entry.get("Type", ""), self._part(entry.get("Target", ""))

    def add(self, kind: str, part: str) -> str:
        """Point to one more part; gives the id of the relation."""
        taken = {entry.get("Id", "").lower() for entry in self.root}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        etree.SubElement(
            self.root, f"{{{_SPACE}}}Relationship",
            {"Id": f"rId{number}", "Type": kind, "Target": posixpath.relpath(f"/{part}", f"/{self._folder}")},
        )  # fmt: skip
        self.is_changed = True
        return f"rId{number}"

    def retype(self, part: str, kind: str) -> None:
        """Give the relation to a part another type."""
        for entry, target in self._internal():
            if target == part:
                entry.set("Type", kind)
                self.is_changed = True

    def drop(self, parts: Iterable[str]) -> None:
        """Forget the relations to these parts."""
        gone = {part.lower() for part in parts}
        for entry, part in list(self._internal()):
            if part.lower() in gone:
                self.root.remove(entry)
                self.is_changed = True


def relations_name(part: str) -> str:
    """The part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
