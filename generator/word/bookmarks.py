"""Bookmarks: unique and closed after loops have repeated and conditions removed parts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from generator.word.fieldcodes import detach
from generator.word.tags import W

if TYPE_CHECKING:
    from lxml.etree import _Element

START, END = f"{W}bookmarkStart", f"{W}bookmarkEnd"


class Bookmarks:
    """The bookmarks of a part by name, put in order.

    Of two with one name the first stays, one that lacks its name, its start or its end goes, and
    ids count in document order.

    Args:
        root: The part.
    """

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._pairs: dict[str, tuple[_Element, _Element]] = {}
        waiting: dict[str, _Element] = {}
        loose: list[_Element] = []
        for mark in root.iter(START, END):
            number = mark.get(f"{W}id", "")
            before = waiting.pop(number, None)
            if mark.tag == START:
                waiting[number] = mark
                loose += [] if before is None else [before]
                continue
            name = "" if before is None else before.get(f"{W}name", "")
            if before is None or not name or name in self._pairs:
                loose += [mark] if before is None else [before, mark]
            else:
                self._pairs[name] = (before, mark)
        for mark in (*loose, *waiting.values()):
            detach(mark)
        ends = dict(self._pairs.values())
        for count, start in enumerate(list(root.iter(START))):
            start.set(f"{W}id", str(count))
            ends[start].set(f"{W}id", str(count))

    def __contains__(self, name: str) -> bool:
        return name in self._pairs

    def names(self) -> tuple[str, ...]:
        """All names."""
        return tuple(self._pairs)

    def start(self, name: str) -> _Element:
        """The mark with which a bookmark starts."""
        return self._pairs[name][0]

    def runs(self, name: str) -> list[_Element]:
        """The runs between start and end of a bookmark."""
        start, end = self._pairs[name]
        inside, found = False, []
        for element in self._root.iter(f"{W}r", START, END):
            if element is end:
                break
            if inside and element.tag == f"{W}r":
                found.append(element)
            inside = inside or element is start
        return found

    def wrap(self, paragraph: _Element, name: str) -> None:
        """Set a bookmark around everything that a paragraph holds."""
        number = str(len(self._pairs))
        start = etree.Element(START, {f"{W}id": number, f"{W}name": name})
        end = etree.Element(END, {f"{W}id": number})
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.append(end)
        self._pairs[name] = (start, end)

    def drop(self, name: str) -> None:
        """Take a bookmark off; what it surrounds stays."""
        for mark in self._pairs.pop(name):
            detach(mark)


def holder(name: str) -> str:
    """The bookmark around all rows of a kind, by the name of a row: `trace` for `trace_3`."""
    return name.rpartition("_")[0]
