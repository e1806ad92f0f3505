"""Marks of the sample rows of a table: `{{ column }}` and `{{ #variant }}`, however Word cuts them."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from generator.templating.tags import spans
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MARK = re.compile(r"\{\{\s*(#?)\s*([A-Za-z_]\w*)\s*(\|[^{}%]*)?\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROPERTIES = f"{W}rPr"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it is written."""

    name: str
    is_variant: bool = False
    """Whether it names the kind of its row."""
    filters: str = ""
    """What follows the name, from the first `|`."""


def read_mark(text: str) -> Mark | None:
    """What a tag says if it is a mark; None for any other tag."""
    found = _MARK.fullmatch(text)
    return Mark(found[2], bool(found[1]), (found[3] or "").strip()) if found else None


def marks_of(paragraph: etree._Element) -> Iterator[Mark]:
    """The marks of a paragraph in reading order."""
    whole = text_of(paragraph)
    for start, end, fault in spans(whole):
        mark = None if fault else read_mark(whole[start:end])
        if mark:
            yield mark


def rewrite(
    paragraph: etree._Element, put: Callable[[Mark], str | None], alone: Callable[[Mark], bool]
) -> list[tuple[Mark, etree._Element]]:
    """Put other text in the place of each mark.

    Args:
        paragraph: Its runs are changed in place.
        put: The text of a mark; an empty one leaves no blank behind either, None leaves the mark.
        alone: Whether a mark needs a run of its own.

    Returns:
        The marks that got one, with it.
    """
    made: list[tuple[Mark, etree._Element]] = []
    done = 0
    while True:
        texts = _texts(paragraph)
        whole = "".join(one.text or "" for one in texts)
        ahead = (
            (start, end, mark)
            for start, end, fault in spans(whole)
            if start >= done and not fault and (mark := read_mark(whole[start:end]))
        )
        found = next(ahead, None)
        if found is None:
            return made
        start, end, mark = found
        text = put(mark)
        if text is None:
            done = end
            continue
        if not text and whole[end : end + 1] == " ":
            end += 1
        done = start + len(text)
        element, at = _cut(texts, start, end)
        if alone(mark):
            run = _split(element, at, text)
            made += [] if run is None else [(mark, run)]
        else:
            held = element.text or ""
            element.text = held[:at] + text + held[at:]
            _tidy(element)


def text_of(paragraph: etree._Element) -> str:
    """What a paragraph says, without boxes of text in it."""
    return "".join(one.text or "" for one in _texts(paragraph))


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The texts of a paragraph, without those of boxes in it."""
    return [one for one in paragraph.iter(f"{W}t") if ancestor(one, f"{W}p") is paragraph]


def _cut(texts: list[etree._Element], start: int, end: int) -> tuple[etree._Element, int]:
    """Take a stretch out of the texts that hold it; the first of them, and where in it it stood."""
    at = 0
    held: list[tuple[etree._Element, int]] = []
    for one in texts:
        own = one.text or ""
        low, high = max(start - at, 0), min(end - at, len(own))
        if low < high:
            one.text = own[:low] + own[high:]
            one.set(_SPACE, "preserve")
            held.append((one, low))
        at += len(own)
    for one, _ in held[1:]:
        _tidy(one)
    return held[0]


def _tidy(element: etree._Element) -> None:
    """Take a run away that has nothing left to say."""
    run = parent_of(element)
    if not element.text and len(run) == 1 + len(run.findall(_PROPERTIES)):
        parent_of(run).remove(run)


def _split(element: etree._Element, at: int, text: str) -> etree._Element | None:
    """A run with a text of its own, put into the run of a text element; what follows moves on."""
    run = parent_of(element)
    parent = parent_of(run)
    if run.tag != f"{W}r":
        return None
    held, dress = element.text or "", run.findall(_PROPERTIES)
    own, rest = (etree.Element(run.tag) for _ in range(2))
    for made, said in ((own, text), (rest, held[at:])):
        made.extend(copy.deepcopy(one) for one in dress)
        if said:
            etree.SubElement(made, element.tag, {_SPACE: "preserve"}).text = said
    rest.extend(list(element.itersiblings()))
    element.text = held[:at]
    place = parent.index(run) + 1
    parent.insert(place, own)
    if len(rest) > len(dress):
        parent.insert(place + 1, rest)
    if not element.text and len(run) == 1 + len(dress):
        parent.remove(run)
    return own


def parent_of(element: etree._Element) -> etree._Element:
    """The element that holds another.

    Raises:
        ValueError: Nothing does.
    """
    parent = element.getparent()
    if parent is None:
        raise ValueError(element.tag)
    return parent
