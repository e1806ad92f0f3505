"""Rows and cells of Word tables, and the tags that docxtpl reads in the place of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from generator.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROW, _CELL, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}p"
_VALUE = f"{W}val"


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
