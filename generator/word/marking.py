"""Marks where work is left to do once a template is filled: fields, bookmarks, links, ids, tables.

Everything is found in the tree of the template, once; the finished text is then gone through by its
marks alone. What cannot be settled beforehand is left to docxtpl, by raising `UnsuitedError`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import escape

from generator.word.contents import ANCHOR, END, START, ContentsList, listed
from generator.word.fieldcodes import NO_PAGE, WordField, chain_marks, detach, read_fields
from generator.word.forms import BookmarkForm, Contents, Entry, Heading, Marks, Sequence
from generator.word.numbering import Numbering, Styles
from generator.word.package import in_cell_order
from generator.word.tagged import TAG, UnsuitedError, has_tags, is_tag, mark, note
from generator.word.tags import R, W, ancestor

if TYPE_CHECKING:
    from lxml.etree import _Element


_BY_NUMBER = ("r", "n", "w")
_COUNTED = {"SEQ", "REF", "TOC"}
_DECLARED = re.compile(r' xmlns(?::\w+)?="[^"]*"')


def marked(root: _Element, styles: _Element | None, numbering: _Element | None) -> Marks:
    """Put the marks of fields, contents lists, bookmarks, links and tables into a body.

    Args:
        root: The body of a template, with stand-ins for its tags.
        styles: The styles part.
        numbering: The numbering part.

    Raises:
        UnsuitedError: Something in it has to wait for the finished document.
    """
    if any(has_tags(box) for box in root.iter(f"{W}txbxContent")):
        raise UnsuitedError("boxes")
    marking = _Marking(root, Styles(styles))
    fields = read_fields(root)
    for one in fields:
        _refuse_odd(one)
    marking.lists([one for one in fields if one.kind == "TOC"], fields, numbering)
    for one in fields:
        if one.kind == "SEQ":
            marking.sequence(one)
        elif one.kind == "REF":
            marking.reference(one)
        elif one.kind == "PAGEREF":
            _forget_page(one)
    marking.bookmarks()
    for link in root.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        if anchor is not None and link.get(f"{R}id") is None:
            link.addprevious(mark(f"L0;{escape(anchor)}"))
    for table in root.iter(f"{W}tbl"):
        marking.table(table)
    return marking.marks


def _refuse_odd(one: WordField) -> None:
    """See that a field is whole whatever the tags around it do."""
    if one.simple is not None:
        is_odd = TAG in one.code or (one.kind in _COUNTED and has_tags(one.simple))
    else:
        is_odd = any(has_tags(run) for run in one.orders)
    if is_odd:
        raise UnsuitedError("fields")
    if one.kind not in _COUNTED:
        return
    inner = [run for run in one.result if run.find(f"{W}fldChar") is not None]
    by_chapter = one.kind == "SEQ" and one.switch("s") is not None
    if by_chapter or (inner and one.kind != "TOC"):
        raise UnsuitedError("fields")
    if one.begin is None or one.end is None or one.kind == "TOC":
        return
    for node in one.begin.itersiblings():
        if node is one.end:
            return
        if node.tag != f"{W}r" or has_tags(node):
            raise UnsuitedError("fields")
    raise UnsuitedError("fields")


def _forget_page(one: WordField) -> None:
    """Take out a page number that is the template's own."""
    if any(has_tags(run) for run in ([one.simple] if one.simple is not None else one.result)):
        raise UnsuitedError("fields")
    one.show(NO_PAGE)


class _Marking:
    """A body while marks are put into it."""

    def __init__(self, root: _Element, styles: Styles) -> None:
        self.marks = Marks()
        self._root, self._styles = root, styles
        self._made_styles: dict[str, str] = {}

    def sequence(self, one: WordField) -> None:
        """A caption's number."""
        reset = one.switch("r") or ""
        self.marks.sequences.append(
            Sequence(
                one.words[1] if len(one.words) > 1 else "",
                one.form,
                int(reset) if reset.isdecimal() else None,
                one.switch("c") is None,
                one.switch("h") is not None and not one.form,
            )
        )
        one.show(note(f"S{len(self.marks.sequences) - 1}"))

    def reference(self, one: WordField) -> None:
        """A reference, and what goes with it where its target has gone."""
        if any(one.switch(letter) is not None for letter in _BY_NUMBER):
            raise UnsuitedError("fields")
        number = len(self.marks.references)
        self.marks.references.append(str(escape(one.words[1] if len(one.words) > 1 else "")))
        if one.switch("p") is None:
            one.show(note(f"F{number}"))
        link = ancestor(one.first, f"{W}hyperlink")
        first, last = (one.first, one.end) if link is None else (link, link)
        first.addprevious(mark(f"R{number}"))
        (first if last is None else last).addnext(mark(f"r{number}"))

    def lists(
        self, tocs: list[WordField], fields: list[WordField], numbering: _Element | None
    ) -> None:
        """Contents lists, and the paragraphs that they name."""
        rows: dict[_Element, list[Entry]] = {}
        captions = [one for one in fields if one.kind == "SEQ"]
        places = [ContentsList(toc, self._styles) for toc in tocs]
        for toc, place in zip(tocs, places, strict=True):
            self._refuse_odd_list(place, fields, toc)
            for style, paragraph in listed(toc, captions, place, self._styles):
                entry = Entry(len(self.marks.contents), *self._made(style))
                rows.setdefault(paragraph, []).append(entry)
            opening, closing = chain_marks(toc)
            bare = "".join(map(_bare, opening)), _bare(closing)
            self.marks.contents.append(Contents(*bare))
        if rows:
            self._number(rows, numbering)
        for number, place in enumerate(places):
            place.paragraphs[0].addprevious(mark(f"T{number}"))
            for paragraph in place.paragraphs:
                detach(paragraph)

    def _refuse_odd_list(
        self, place: ContentsList, fields: list[WordField], toc: WordField
    ) -> None:
        """See that the old list holds nothing that counts elsewhere, and ends with its field."""
        for paragraph in place.paragraphs:
            names = [one.get(f"{W}name", "") for one in paragraph.iter(START)]
            if has_tags(paragraph) or not all(name.startswith(ANCHOR) for name in names):
                raise UnsuitedError("contents")
        inside = {one for paragraph in place.paragraphs for one in paragraph.iter(f"{W}r", f"{W}fldSimple")}  # fmt: skip
        if place.has_tail or any(
            one is not toc and one.first in inside for one in fields if one.kind in _COUNTED
        ):
            raise UnsuitedError("contents")
        for paragraph in self._root.iter(f"{W}p"):
            # What a row keeps with says nothing of levels and numbers.
            if any(
                one.tag != f"{W}keepNext" and has_tags(one)
                for one in paragraph.iterfind(f"{W}pPr/*")
            ):
                raise UnsuitedError("contents")

    def _made(self, name: str) -> tuple[str, str]:
        """The id of a style, and its definition where it is not there yet."""
        root = self._styles.root
        before = 0 if root is None else len(root)
        style_id = self._styles.made(name)
        if root is not None and len(root) > before:
            self._made_styles[style_id] = _bare(root[-1])
            root.remove(root[-1])
        return style_id, self._made_styles.get(style_id, "")

    def _number(self, rows: dict[_Element, list[Entry]], numbering: _Element | None) -> None:
        """Mark the headings, and all paragraphs that count with them."""
        numbers = Numbering(numbering, self._styles)
        numbered = {
            one: found for one in self._root.iter(f"{W}p") if (found := numbers.of(one)) is not None
        }
        counted = {numbered[one].listed for one in rows if one in numbered}
        for paragraph in list(self._root.iter(f"{W}p")):
            said = []
            if paragraph in numbered and numbered[paragraph].listed in counted:
                said.append(mark(f"N{len(self.marks.numbered)}"))
                self.marks.numbered.append(numbered[paragraph])
            if paragraph in rows:
                number = len(self.marks.headings)
                heading = Heading(tuple(rows[paragraph]), paragraph in numbered)
                self.marks.headings.append(heading)
                said.append(mark(f"H{number}"))
                paragraph.append(mark(f"h{number}"))
            place = 0 if paragraph.find(f"{W}pPr") is None else 1
            paragraph[place:place] = said

    def bookmarks(self) -> None:
        """Bookmarks, those of older contents lists taken off."""
        self._drop_anchors()
        for one in list(self._root.iter(START, END)):
            number = one.get(f"{W}id", "")
            rest = _attributes(one, without=(f"{W}id", f"{W}name"))
            if TAG in number or TAG in rest:
                raise UnsuitedError("bookmarks")
            rows, letter = (self.marks.starts, "B") if one.tag == START else (self.marks.ends, "E")
            name = f";{escape(one.get(f'{W}name', ''))}" if one.tag == START else ""
            _replace(one, mark(f"{letter}{len(rows)}{name}"))
            rows.append(BookmarkForm(number, rest))

    def _drop_anchors(self) -> None:
        """Take off what older contents lists led to; the lists are gone, new ones make their own."""
        starts = {
            one.get(f"{W}id", ""): one
            for one in self._root.iter(START)
            if one.get(f"{W}name", "").startswith(ANCHOR)
        }
        if not starts:
            return
        used = {one.get(f"{W}anchor", "") for one in self._root.iter(f"{W}hyperlink")}
        orders = "".join(one.text or "" for one in self._root.iter(f"{W}instrText"))
        orders += "".join(one.get(f"{W}instr", "") for one in self._root.iter(f"{W}fldSimple"))
        names = [one.get(f"{W}name", "") for one in starts.values()]
        if ANCHOR in orders or any(name in used or name.startswith(f"{ANCHOR}0") for name in names):
            raise UnsuitedError("bookmarks")
        ids = [one.get(f"{W}id", "") for one in self._root.iter(START, END)]
        for one in list(self._root.iter(START, END)):
            if one.get(f"{W}id", "") in starts:
                if ids.count(one.get(f"{W}id", "")) != 2:
                    raise UnsuitedError("bookmarks")
                detach(one)

    def table(self, table: _Element) -> None:
        """Cell properties in their order, and the grid where the number of columns may change."""
        for properties in table.iter(f"{W}tcPr"):
            if any(is_tag(child) for child in properties):
                raise UnsuitedError("cells")
            in_cell_order(properties)
        inner = next((one for one in table.iter(f"{W}tbl") if one is not table), None)
        if inner is not None and has_tags(table):
            raise UnsuitedError("nested")
        grid = table.find(f"{W}tblGrid")
        if grid is not None and any(is_tag(child) for child in grid):
            return  # it says itself how many columns the data make
        if grid is None or any(
            child.tag != f"{W}gridCol" or child.keys() not in ([], [f"{W}w"]) for child in grid
        ):
            raise UnsuitedError("cells")
        widths = [one.get(f"{W}w") for one in grid]
        rows = list(table.iter(f"{W}tr"))
        if _is_steady(table, rows, len(widths)):
            return
        if inner is not None or any(one.tag == f"{W}sdt" for row in rows for one in row):
            raise UnsuitedError("nested")
        number = len(self.marks.grids)
        self.marks.grids.append(tuple(widths))
        grid[:] = [mark(f"G{number}")]
        grid.text = None
        table.append(mark(f"g{number}"))


def _is_steady(table: _Element, rows: Iterable[_Element], columns: int) -> bool:
    """Whether a table has as many cells as its grid has columns, whatever its tags say."""
    fullest, is_fixed = 0, True
    for row in rows:
        cells = row.findall(f"{W}tc")
        spans = [one.find(f"{W}tcPr/{W}gridSpan") for one in cells]
        values = ["1" if one is None else one.get(f"{W}val", "") for one in spans]
        if any(is_tag(one) for one in row) or not all(one.isdecimal() for one in values):
            return False
        width = sum(map(int, values))
        if len(cells) > columns or width > columns:
            return False
        # Before the first tag of a table its rows are there in every document.
        before = row.getprevious()
        is_fixed = is_fixed and row.getparent() is table and (before is None or not is_tag(before))
        fullest = max(fullest, width) if is_fixed else fullest
    return fullest == columns


def _bare(element: _Element) -> str:
    """An element as text, without the names of spaces that the part has declared."""
    holder = etree.Element(f"{W}r", nsmap={"w": W.strip("{}")})
    holder.append(copy.deepcopy(element))
    return _DECLARED.sub("", etree.tostring(holder[0], encoding="unicode", with_tail=False))


def _attributes(element: _Element, without: tuple[str, ...]) -> str:
    """Attributes as text, those of the Word namespace and without a space."""
    kept = {str(name): value for name, value in element.attrib.items() if name not in without}
    if any(name.startswith("{") and not name.startswith(W) for name in kept):
        raise UnsuitedError("bookmarks")
    return "".join(
        f' {name.replace(W, "w:")}="{escape(str(value))}"' for name, value in kept.items()
    )  # fmt: skip


def _replace(old: _Element, new: _Element) -> None:
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)
