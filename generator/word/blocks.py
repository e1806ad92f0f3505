"""Tags of a Word file: what opens and closes where, and where docxtpl can read them."""

from __future__ import annotations

import re

from generator.codes import Code
from generator.templating.blocks import Blocks
from generator.word.tags import Tag, W, ancestor

_IN_CELLS = {"cellbg": True, "colspan": True, "vm": False, "hm": False}
"""docxtpl's own tags, and whether an expression follows."""


class WordBlocks(Blocks[Tag]):
    """Takes the tags of one part one after another and collects faults."""

    own_words = tuple(_IN_CELLS)

    def _stands_well(self, tag: Tag) -> bool:
        """Whether the tag stands where docxtpl can read it."""
        before = len(self.faults)
        if tag.element is not tag.last and _carrier(tag.element) is not _carrier(tag.last):
            self.fault(tag, Code.TAG_CUT)
        if tag.prefix:
            host = tag.host
            if host is None:
                self.fault(tag, Code.TAG_OUT_OF_PLACE)
            elif tag.prefix != "r":
                whole = "".join(one.text or "" for one in host.iter(f"{W}t"))
                lost = whole.replace(tag.text, "", 1).strip()
                if lost:
                    self.fault(tag, Code.TAG_TAKES_NEIGHBOURS, lost=lost[:60])
            if re.search(r"[%}]", tag.body):
                self.fault(tag, Code.EXPRESSION_UNREADABLE, detail="% }")
        return len(self.faults) == before

    def print_(self, tag: Tag, expression: str) -> None:
        """Read what a tag prints; what would take the place of a run or a paragraph is no text."""
        if tag.prefix and tag.mark == "{{":
            self.fault(tag, Code.FORMATTED_TEXT, better=f"{{{{ {expression} }}}}")
        super().print_(tag, expression)

    def _pair(self, opened: Tag, other: Tag) -> None:
        """Two tags of one block must be of one kind and stand at one level."""
        where = {"other": other.text, "other_place": other.place}
        if opened.prefix != other.prefix or opened.is_attribute != other.is_attribute:
            self.fault(opened, Code.BLOCKS_OF_TWO_KINDS, **where)
        elif opened.prefix:
            hosts = opened.host, other.host
            if None not in hosts and _parent(hosts[0]) is not _parent(hosts[1]):
                self.fault(opened, Code.BLOCKS_OF_TWO_KINDS, **where)
        elif opened.paragraph is not other.paragraph:
            self.fault(opened, Code.BLOCK_CLOSED_ELSEWHERE, **where, better=_better(opened, other))
        elif _carrier(opened.element) is not _carrier(other.element):
            self.fault(opened, Code.BLOCKS_OF_TWO_KINDS, **where)

    def _takes_itself(self, tag: Tag, word: str, rest: str) -> bool:
        """The tags for cells."""
        if word not in _IN_CELLS:
            return False
        if tag.prefix or tag.is_attribute or ancestor(tag.element, f"{W}tc") is None:
            self.fault(tag, Code.TAG_OUT_OF_PLACE)
        if _IN_CELLS[word]:
            self.print_(tag, rest)
        return True


def _carrier(element: object) -> object:
    """What holds the run of a text element, or the element itself outside runs."""
    run = ancestor(element, f"{W}r")  # type: ignore[arg-type] # an element, as all callers pass
    return element if run is None else run.getparent()


def _parent(element: object) -> object:
    return element.getparent()  # type: ignore[attr-defined] # an element, as the caller has tested


def _better(opened: Tag, other: Tag) -> str:
    """The kind of tag that may open in one place and close in another."""
    cells = [ancestor(tag.element, f"{W}tc") for tag in (opened, other)]
    rows = [ancestor(tag.element, f"{W}tr") for tag in (opened, other)]
    if None in cells or cells[0] is cells[1]:
        return "{%p … %}"
    return "{%tc … %}" if rows[0] is rows[1] else "{%tr … %}"
