"""Marks of the sample rows of a table: `{{ column }}` and `{{ #variant }}`, however Word cuts them.

Also here: rows and cells of Word tables, and the tags that docxtpl reads in the place of one.
"""

from __future__ import annotations

import bisect
import copy
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import etree
from msgspec import Struct

from generator.templating.tags import spans
from generator.word.tags import W, ancestor

_MARK = re.compile(r"\{\{\s*(#?)\s*([A-Za-z_]\w*)\s*(\|[^{}%]*)?\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MOST = 500
"""Marks that one paragraph of a cell may hold: each of them moves all that follows."""
_PROPERTIES = f"{W}rPr"
_ROW, _CELL, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}p"
_VALUE = f"{W}val"


class Mark(Struct, frozen=True):
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

    Raises:
        ValueError: There are more marks than any cell has.
    """
    texts = _texts(paragraph)
    starts = list(itertools.accumulate((len(one.text or "") for one in texts), initial=0))
    whole = "".join(one.text or "" for one in texts)
    found = [
        (start, end, mark)
        for start, end, fault in spans(whole)
        if not fault and (mark := read_mark(whole[start:end]))
    ]
    if len(found) > _MOST:
        raise ValueError(f"more than {_MOST} marks in one paragraph of a table")
    made: list[tuple[Mark, etree._Element]] = []
    # From the end, so that places before a mark stay what they are.
    for start, end, mark in reversed(found):
        text = put(mark)
        if text is None:
            continue
        if not text and whole[end : end + 1] == " ":
            end += 1  # noqa: PLW2901 - the blank goes with the mark
        element, at = _cut(texts, starts, start, end)
        if alone(mark) and parent_of(element).tag == f"{W}r":
            made.append((mark, _split(element, at, text)))
        else:
            held = element.text or ""
            element.text = held[:at] + text + held[at:]
            _tidy(element)
    return made[::-1]


def text_of(paragraph: etree._Element) -> str:
    """What a paragraph says, without boxes of text in it."""
    return "".join(one.text or "" for one in _texts(paragraph))


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The texts of a paragraph, without those of boxes in it."""
    return [one for one in paragraph.iter(f"{W}t") if ancestor(one, f"{W}p") is paragraph]


def _cut(
    texts: list[etree._Element], starts: list[int], start: int, end: int
) -> tuple[etree._Element, int]:
    """Take a stretch out of the texts that hold it; the first of them, and where in it it stood."""
    first = bisect.bisect_right(starts, start) - 1
    after = bisect.bisect_left(starts, end)
    for one, begin in zip(texts[first:after], starts[first:after], strict=True):
        own = one.text or ""
        one.text = own[: max(start - begin, 0)] + own[end - begin :]
        one.set(_SPACE, "preserve")
    for one in texts[first + 1 : after]:
        _tidy(one)
    return texts[first], start - starts[first]


def _tidy(element: etree._Element) -> None:
    """Take a run away that has nothing left to say."""
    run = parent_of(element)
    if not element.text and len(run) == 1 + len(run.findall(_PROPERTIES)):
        parent_of(run).remove(run)


def _split(element: etree._Element, at: int, text: str) -> etree._Element:
    """A run with a text of its own, put into the run of a text element; what follows moves on."""
    run = parent_of(element)
    parent = parent_of(run)
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


def cells_of(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Place in the grid, columns spanned, and cell."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    place = 0 if before is None else int(before.get(_VALUE, "0"))
    for cell in row.iterchildren(_CELL):
        wide = cell.find(f"{W}tcPr/{W}gridSpan")
        span = 1 if wide is None else int(wide.get(_VALUE, "1"))
        yield place, span, cell
        place += span


def properties_of(cell: etree._Element) -> etree._Element:
    """The properties of a cell, made where it has none."""
    found = cell.find(f"{W}tcPr")
    if found is None:
        found = etree.Element(f"{W}tcPr")
        cell.insert(0, found)
    return found


def paragraph_tag(text: str) -> etree._Element:
    """A paragraph that holds a tag and nothing else."""
    paragraph = etree.Element(_PARAGRAPH)
    paragraph.append(_run(text))
    return paragraph


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
    return run


def run_tag(statement: str) -> etree._Element:
    """A run that docxtpl replaces by a statement."""
    return _run(f"{{%r {statement} %}}")


def cell_tag(statement: str) -> etree._Element:
    """A cell that docxtpl replaces by a statement."""
    cell = etree.Element(_CELL)
    cell.append(paragraph_tag(f"{{%tc {statement} %}}"))
    return cell


def row_tag(statement: str) -> etree._Element:
    """A row that docxtpl replaces by a statement."""
    row, cell = etree.Element(_ROW), etree.Element(_CELL)
    cell.append(paragraph_tag(f"{{%tr {statement} %}}"))
    row.append(cell)
    return row


def optional(paragraphs: Sequence[tuple[etree._Element, Sequence[str]]]) -> None:
    """Of several paragraphs in a cell, those go whose marks are all empty; one always stays."""
    held = [(one, values) for one, values in paragraphs if values]
    if len(paragraphs) < 2 or not held:
        return
    last = held[-1][0] if len(held) == len(paragraphs) else None
    for paragraph, values in held:
        test = _any(values)
        if paragraph is last:
            test += f" or not ({_any(value for _, more in held[:-1] for value in more)})"
        paragraph.addprevious(paragraph_tag(f"{{%p if {test} %}}"))
        paragraph.addnext(paragraph_tag("{%p endif %}"))


def _any(values: Iterable[str]) -> str:
    """That one of the values says something; a nought does."""
    return " or ".join(f"{value} != ''" for value in values)
