"""The contents list of a document, rebuilt so that it is right when the file is opened.

Word writes a contents list as a TOC field whose stored result is one paragraph per heading. The
list is made anew from the headings of the finished document; each entry links to a bookmark around
its heading. Page numbers are known to a layout only; they are added in `pages`.

Also here: bookmarks: unique and closed after loops have repeated and conditions removed parts of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from generator.word.fieldcodes import WordField, chain_marks, detach, new_run, text_of
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from lxml.etree import _Element

    from generator.word.numbering import Mark, Styles


ANCHOR = "_Toc"
"""How Word begins the names of its own bookmarks around headings."""
_ALL_LEVELS = (1, 9)
START, END = f"{W}bookmarkStart", f"{W}bookmarkEnd"


def rebuild(
    toc: WordField,
    captions: Iterable[WordField],
    marks: Mapping[_Element, Mark],
    bookmarks: Bookmarks,
    styles: Styles,
) -> None:
    """Put one linked paragraph per heading in place of the list's stored result.

    Without a heading the list goes, with the title in its frame or just before it.

    Args:
        toc: A contents list, or with its switch `c` a list of tables or figures.
        captions: The SEQ fields of the document.
        marks: The automatic numbers of paragraphs.
        bookmarks: The document's bookmarks, to which those of the list are added.
        styles: Styles of the document.
    """
    place = ContentsList(toc, styles)
    entries = []
    for style, paragraph in listed(toc, captions, place, styles):
        if not _words(paragraph):
            continue
        name = _free_name(bookmarks)
        bookmarks.wrap(paragraph, name)
        entries.append(_entry(styles.made(style), name, paragraph, marks.get(paragraph)))
    if entries:
        place.fill(entries)
    else:
        place.clear()


def listed(
    toc: WordField, captions: Iterable[WordField], place: ContentsList, styles: Styles
) -> list[tuple[str, _Element]]:
    """Style of the entry and paragraph of each heading or caption that a list may name."""
    own = {*place.paragraphs, place.title}
    if toc.switch("c"):
        rows = list(_captions(toc, captions))
    else:
        rows = list(_headings(toc, place.root, styles))
    return [(style, paragraph) for style, paragraph in rows if paragraph not in own]


def clear_anchors(root: _Element, bookmarks: Bookmarks) -> None:
    """Take off the bookmarks of an older contents list that nothing refers to any more."""
    used = {link.get(f"{W}anchor", "") for link in root.iter(f"{W}hyperlink")}
    orders = " ".join(one.text or "" for one in root.iter(f"{W}instrText"))
    orders += " ".join(one.get(f"{W}instr", "") for one in root.iter(f"{W}fldSimple"))
    for name in bookmarks.names():
        if name.startswith(ANCHOR) and name not in used and name not in orders:
            bookmarks.drop(name)


def _headings(toc: WordField, root: _Element, styles: Styles) -> Iterable[tuple[str, _Element]]:
    """Style of the entry and paragraph of each heading that the list asks for."""
    found = re.fullmatch(r"(\d)-(\d)", toc.switch("o") or "")
    first, last = (int(found[1]), int(found[2])) if found else _ALL_LEVELS
    by_outline = toc.switch("u") is not None
    for paragraph in root.iter(f"{W}p"):
        level = styles.level(paragraph, by_outline=by_outline)
        # A text box stands in the file twice, for old readers and for new ones.
        if first <= level <= last and ancestor(paragraph, f"{W}txbxContent") is None:
            yield f"toc {level}", paragraph


def _captions(toc: WordField, captions: Iterable[WordField]) -> Iterable[tuple[str, _Element]]:
    """The captions that count with the name that the list asks for."""
    for one in captions:
        paragraph = ancestor(one.first, f"{W}p")
        if paragraph is not None and one.words[1:2] == (toc.switch("c"),):
            yield "table of figures", paragraph


def _free_name(bookmarks: Bookmarks) -> str:
    number = 1
    while (name := f"{ANCHOR}{number:09d}") in bookmarks:
        number += 1
    return name


def _words(paragraph: _Element) -> str:
    """What a heading says, in one line."""
    return " ".join(text_of(paragraph.iter(f"{W}r")).split())


def _entry(style: str, name: str, heading: _Element, mark: Mark | None) -> _Element:
    """One line of the list: the heading's number and words as a link."""
    line = etree.Element(f"{W}p")
    properties = etree.SubElement(line, f"{W}pPr")
    if style:
        etree.SubElement(properties, f"{W}pStyle", {f"{W}val": style})
    link = etree.SubElement(line, f"{W}hyperlink", {f"{W}anchor": name, f"{W}history": "1"})
    like = _plain(heading)
    if mark is not None:
        link.append(new_run(mark.text + (" " if mark.after == "space" else ""), like))
        if mark.after == "tab":
            etree.SubElement(etree.SubElement(link, f"{W}r"), f"{W}tab")
    link.append(new_run(_words(heading), like))
    return line


def _plain(heading: _Element) -> _Element | None:
    """A run that carries only the hint by which Chinese punctuation keeps its face."""
    hint = heading.find(f".//{W}r/{W}rPr/{W}rFonts[@{W}hint]")
    if hint is None:
        return None
    run = etree.Element(f"{W}r")
    properties = etree.SubElement(run, f"{W}rPr")
    etree.SubElement(properties, f"{W}rFonts", {f"{W}hint": hint.get(f"{W}hint", "")})
    return run


class ContentsList:
    """Where a contents list stands: its paragraphs, its title, the frame around it."""

    def __init__(self, toc: WordField, styles: Styles) -> None:
        self._toc = toc
        first = _paragraph(toc.first)
        self._last = first if toc.end is None else _paragraph(toc.end)
        self.root = first.getroottree().getroot()
        siblings = list(_holder(first))
        start = siblings.index(first)
        stop = siblings.index(self._last) if self._last in siblings else start
        self.paragraphs: Sequence[_Element] = siblings[start : stop + 1]
        before = siblings[start - 1] if start else None
        self.title = before if before is not None and _is_title(before, styles) else None
        self.has_tail = self._last is not first and self._ends_in_more()
        """Whether its last paragraph holds more than the end of the list."""

    def _ends_in_more(self) -> bool:
        """Whether the last paragraph holds text after the list or ends a section."""
        runs = list(self._last.iter(f"{W}r"))
        after = runs[runs.index(self._toc.end) + 1 :] if self._toc.end in runs else []
        ends_section = self._last.find(f"{W}pPr/{W}sectPr") is not None
        return ends_section or bool(text_of(after).strip())

    def fill(self, entries: Sequence[_Element]) -> None:
        """Put the entries in, between the marks that open and close the field."""
        opening, closing = chain_marks(self._toc)
        for entry in entries:
            self.paragraphs[0].addprevious(entry)
        for place, run in enumerate(opening, start=1):
            entries[0].insert(place, run)
        self._empty()
        if self.has_tail:
            self._last.insert(1 if self._last.find(f"{W}pPr") is not None else 0, closing)
        else:
            entries[-1].append(closing)

    def clear(self) -> None:
        """Take the list out with its title and its frame."""
        frame, holder = ancestor(self.paragraphs[0], f"{W}sdt"), _holder(self.paragraphs[0])
        self._empty()
        if self.title is not None:
            detach(self.title)
        if frame is not None and frame.find(f".//{W}p") is None:
            detach(frame)
        elif holder.tag == f"{W}tc" and holder.find(f"{W}p") is None:
            # A cell must hold a paragraph.
            etree.SubElement(holder, f"{W}p")

    def _empty(self) -> None:
        """Take the old list out; a last paragraph that holds more keeps what follows the list."""
        for paragraph in self.paragraphs:
            if not (self.has_tail and paragraph is self._last):
                detach(paragraph)
        if self.has_tail:
            self._toc.remove()
            for link in list(self._last.iter(f"{W}hyperlink")):
                if link.find(f"{W}r") is None:
                    detach(link)


def _paragraph(element: _Element) -> _Element:
    found = ancestor(element, f"{W}p")
    if found is None:
        raise ValueError("a field outside a paragraph")
    return found


def _holder(paragraph: _Element) -> _Element:
    found = paragraph.getparent()
    if found is None:
        raise ValueError("a paragraph outside a part")
    return found


def _is_title(element: _Element, styles: Styles) -> bool:
    style = element.find(f"{W}pPr/{W}pStyle")
    return style is not None and styles.name(style.get(f"{W}val", "")) == "toc heading"


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
