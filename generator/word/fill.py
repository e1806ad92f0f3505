"""The finished body of a document: filled text gone through once, from mark to mark.

No tree is built: what marks stand for was settled when the template was compiled, and what depends
on the document, such as numbers, ids and links that lead nowhere, is put in here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from generator.opc import in_order, joined, packed
from generator.word.contents import ANCHOR, holder
from generator.word.fillcharts import Charts
from generator.word.numbering import Counter, Mark, number_word
from generator.word.package import HEAD
from generator.word.tagged import BROKEN, MARK, UnsuitedError
from generator.word.unbroken import unbroken

if TYPE_CHECKING:
    from generator.model import Brief
    from generator.word.forms import Contents, Form, Marks

_HEAD = HEAD.encode()
_BROKEN = [sign.encode() for sign in BROKEN]

_SHOWN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br|noBreakHyphen)\b[^>]*>")
_SIGNS = {"tab": " ", "br": " ", "noBreakHyphen": "-"}
_PROPERTIES = re.compile(r"<w:pPr>.*?</w:pPr>", re.DOTALL)
_HINT = re.compile(r'<w:rFonts\b[^>]*\bw:hint="([^"]*)"')
_LINK = re.compile(r"<w:hyperlink\b[^>]*>")
_STYLE = re.compile(r"<w:rStyle\b[^>]*/>")
_HELD = re.compile(r"<w:(?:t|drawing|pict|object|bookmarkStart|bookmarkEnd)[ />]")
_BEGINNINGS = ("</w:tcPr>", "<w:tcPr/>", "<w:tc>")
"""How a cell ends that holds nothing yet."""
_SPAN = re.compile(r'<w:gridSpan\b[^>]*w:val="(\d+)"')


def filled(form: Form, brief: Brief, as_of: date) -> bytes:
    """A document of a compiled template.

    Args:
        form: The template.
        brief: The fields it may name, and the data of its charts.
        as_of: The date that the file's properties carry.

    Raises:
        UnsuitedError: Its data ask for something that only docxtpl does.
        jinja2.TemplateError: It names what is not there, or asks for too much.
    """
    fields, charts = brief.names(), Charts(form, brief)
    body = Body(form.body.render(fields), form.marks, charts)
    try:
        said = {form.main: body.finished()}
    except (LookupError, ValueError) as fault:  # a value brought the sign of marks along
        raise UnsuitedError("signs") from fault
    said |= {name: one.render(fields).encode() for name, one in form.stories.items()}
    parts, gone = charts.parts()
    if body.styles:
        name, styles = form.styles
        styles = styles.replace("</w:styles>", f"{''.join(body.styles.values())}</w:styles>")
        parts[name] = packed(name, styles.encode())
    for name, encoded in said.items():
        if any(sign in encoded for sign in _BROKEN):
            raise UnsuitedError("breaks")
        parts[name] = packed(name, (_HEAD, encoded))
    parts[form.core] = packed(form.core, form.properties.filled(fields, as_of))
    order = form.order if form.known.issuperset(parts) else in_order({*form.order, *parts})
    return joined(parts.get(name) or form.fixed[name] for name in order if name not in gone)


class _Bookmark(NamedTuple):
    """A bookmark between two pieces of the text; `order` tells those at one place apart."""

    start: int
    order: int
    end: int
    name: str
    start_attributes: str = ""
    end_attributes: str = ""


class Body:
    """One body while its marks are gone through.

    Args:
        text: What jinja has filled.
        marks: What its marks stand for.
        charts: Fills the drawings.
    """

    def __init__(self, text: str, marks: Marks, charts: Charts) -> None:
        self._pieces = text.split(MARK)
        self._marks, self._charts = marks, charts
        self._counts: dict[str, int] = {}
        self._counter = Counter()
        self._number: Mark | None = None
        self._drawings = 0
        self._open: dict[str, tuple[int, str, int]] = {}
        """Bookmarks that have started, by number: place, name, form."""
        self._bookmarks: dict[str, _Bookmark] = {}
        self._links: list[tuple[int, str]] = []
        self._references: list[tuple[int, int]] = []
        self._results: list[tuple[int, int]] = []
        self._ranges: dict[int, int] = {}
        self._opened: list[int] = []
        self._gone: list[tuple[int, int]] = []
        self._last_name = 0
        self._headings: list[tuple[int, int, int, Mark | None]] = []
        self._contents: list[tuple[int, int]] = []
        self._grids: list[int] = []
        self._cells: list[int] = []
        """Ends of cells that may have lost all their paragraphs."""
        self.styles: dict[str, str] = {}
        """Definitions of styles that the document needs and its template lacks."""

    def finished(self) -> bytes:
        """The whole part.

        Raises:
            UnsuitedError: Something in it only docxtpl can make.
        """
        pieces, takes = self._pieces, self._takes()
        for place in range(1, len(pieces), 2):
            said, _, rest = pieces[place].partition(";")
            pieces[place] = ""
            takes[said[0]](place, int(said[1:]), rest)
        self._refer()
        for place, number in self._contents:
            self._list(place, number, self._marks.contents[number])
        self._number_bookmarks()
        self._unlink()
        self._fill_cells()
        # Piece by piece: one Chinese sign would make all of the text wide, and slow to encode.
        return unbroken(b"".join([piece.encode() for piece in pieces]))

    def _takes(self) -> Mapping[str, Callable[[int, int, str], None]]:
        """What is done at each kind of mark, given its place, its number and what else it says."""
        return {
            "S": self._sequence, "D": self._drawing, "N": self._numbered, "B": self._start,
            "E": self._end, "L": self._link, "F": self._result, "R": self._range,
            "r": self._range_end, "H": self._heading, "h": self._heading_end,
            "T": self._list_place, "G": self._grid, "g": self._grid_end, "C": self._chart,
            "c": self._chart_end, "A": self._described, "X": self._related, "K": self._own_chart,
            "P": self._paragraph, "p": self._paragraph_end, "O": self._cell_end,
        }  # fmt: skip

    def _cell_end(self, place: int, _: int, __: str) -> None:
        self._cells.append(place)

    def _fill_cells(self) -> None:
        """A cell whose paragraphs have all gone keeps an empty one: without any it is no cell."""
        for place in self._cells:
            before = place - 1
            while not self._pieces[before]:
                before -= 1
            if self._pieces[before].endswith(_BEGINNINGS):
                self._pieces[place] = "<w:p/>"

    def _sequence(self, place: int, number: int, _: str) -> None:
        one = self._marks.sequences[number]
        count = self._counts.get(one.name, 0)
        if one.reset is not None:
            count = one.reset
        elif one.counts_on:
            count += 1
        self._counts[one.name] = count
        self._pieces[place] = "" if one.is_hidden else number_word(count, one.form)

    def _drawing(self, place: int, _: int, __: str) -> None:
        if self._charts.is_lost:
            return
        self._drawings += 1
        self._pieces[place] = str(self._drawings)

    def _numbered(self, _: int, number: int, __: str) -> None:
        self._number = self._counter.mark(self._marks.numbered[number])

    def _start(self, place: int, number: int, name: str) -> None:
        self._open[self._marks.starts[number].number] = place, name, number

    def _end(self, place: int, number: int, _: str) -> None:
        form = self._marks.ends[number]
        start, name, opened = self._open.pop(form.number, (0, "", 0))
        if name and name not in self._bookmarks:
            attributes = self._marks.starts[opened].attributes
            self._bookmarks[name] = _Bookmark(start, 0, place, name, attributes, form.attributes)

    def _link(self, place: int, _: int, anchor: str) -> None:
        self._links.append((place, anchor))

    def _number_bookmarks(self) -> None:
        """Ids in the order of the document, and the marks as elements."""
        for first, last in self._gone:
            for one in [*self._bookmarks.values()]:
                if first <= one.start <= last or first <= one.end <= last:
                    del self._bookmarks[one.name]
        rows = [*enumerate(sorted(self._bookmarks.values()))]
        for count, one in rows:
            self._pieces[one.start] += (
                f'<w:bookmarkStart w:id="{count}" w:name="{one.name}"{one.start_attributes}/>'
            )
        for count, one in sorted(rows, key=lambda row: -row[1].order):
            self._pieces[one.end] += f'<w:bookmarkEnd w:id="{count}"{one.end_attributes}/>'

    def _unlink(self) -> None:
        """Links whose bookmark has gone lead to what held it, or become text like that around it."""
        for place, anchor in self._links:
            if anchor in self._bookmarks:
                continue
            found = _LINK.match(self._pieces[place + 1])
            if found is None:  # it went with what held it
                continue
            whole = holder(anchor)
            if whole in self._bookmarks:
                said = found[0].replace(f'w:anchor="{anchor}"', f'w:anchor="{whole}"')
                self._pieces[place + 1] = said + self._pieces[place + 1][found.end() :]
                continue
            self._pieces[place + 1] = self._pieces[place + 1][found.end() :]
            while True:
                inside, end, after = self._pieces[place + 1].partition("</w:hyperlink>")
                self._pieces[place + 1] = _STYLE.sub("", inside) + after
                if end:
                    break
                place += 2  # noqa: PLW2901 - on to the next piece of the same link

    def _result(self, place: int, number: int, _: str) -> None:
        self._results.append((place, number))

    def _range(self, place: int, number: int, _: str) -> None:
        self._references.append((place, number))
        self._opened.append(place)

    def _range_end(self, place: int, _: int, __: str) -> None:
        self._ranges[self._opened.pop()] = place

    def _refer(self) -> None:
        """References say what their targets say; one whose target has gone goes too."""
        for place, number in self._results:
            bookmark = self._bookmarks.get(self._marks.references[number])
            if bookmark is not None:
                self._pieces[place] = _said(self._pieces[bookmark.start : bookmark.end])
        for place, number in self._references:
            if self._marks.references[number] not in self._bookmarks:
                self._blank(place, self._ranges[place])
                self._gone.append((place, self._ranges[place]))

    def _blank(self, first: int, last: int) -> None:
        self._pieces[first : last + 1] = [""] * (last + 1 - first)

    def _heading(self, place: int, number: int, _: str) -> None:
        is_numbered = self._marks.headings[number].is_numbered
        self._headings.append((place, 0, number, self._number if is_numbered else None))

    def _heading_end(self, place: int, _: int, __: str) -> None:
        start, _end, number, mark = self._headings[-1]
        self._headings[-1] = start, place, number, mark

    def _list_place(self, place: int, number: int, _: str) -> None:
        self._contents.append((place, number))

    def _list(self, place: int, number: int, contents: Contents) -> None:
        """One linked line for each heading, and a bookmark around the heading."""
        lines = []
        for start, end, heading, mark in self._headings:
            for entry in self._marks.headings[heading].entries:
                inside = self._pieces[start:end]
                words = " ".join(_said(inside).split())
                if entry.contents != number or not words:
                    continue
                name = self._free_name()
                # The latest stands outermost, as each is set around all that is there.
                self._bookmarks[name] = _Bookmark(start, -len(self._bookmarks) - 1, end, name)
                if entry.made:
                    self.styles.setdefault(entry.style, entry.made)
                lines.append((entry.style, name, _runs(words, mark, "".join(inside))))
        if not lines:
            raise UnsuitedError("contents")
        pieces = []
        for count, (style, name, runs) in enumerate(lines):
            said = f'<w:pStyle w:val="{style}"/>' if style else ""
            opening = contents.opening if count == 0 else ""
            closing = contents.closing if count == len(lines) - 1 else ""
            pieces.append(
                f'<w:p><w:pPr>{said}</w:pPr>{opening}<w:hyperlink w:anchor="{name}" '
                f'w:history="1">{runs}</w:hyperlink>{closing}</w:p>'
            )
        self._pieces[place] = "".join(pieces)

    def _free_name(self) -> str:
        while True:
            self._last_name += 1
            name = f"{ANCHOR}{self._last_name:09d}"
            if name not in self._bookmarks:
                return name

    def _grid(self, place: int, _: int, __: str) -> None:
        self._grids.append(place)

    def _grid_end(self, place: int, number: int, _: str) -> None:
        start = self._grids.pop()
        rows = "".join(self._pieces[start + 1 : place]).split("</w:tr>")[:-1]
        widths = _fitted(self._marks.grids[number], rows)
        self._pieces[start] = "".join(
            "<w:gridCol/>" if width is None else f'<w:gridCol w:w="{width}"/>' for width in widths
        )

    def _chart(self, place: int, number: int, key: str) -> None:
        self._charts.open(place, number, unescape(key))

    def _chart_end(self, place: int, _: int, __: str) -> None:
        start, is_lost = self._charts.close()
        if is_lost:
            self._blank(start, place)

    def _described(self, place: int, _: int, __: str) -> None:
        figure = self._charts.figure
        self._pieces[place] = "" if figure is None else escape(figure.description)

    def _related(self, place: int, _: int, __: str) -> None:
        self._pieces[place] = self._charts.relation

    def _own_chart(self, _: int, number: int, __: str) -> None:
        self._charts.show(number)

    def _paragraph(self, place: int, _: int, __: str) -> None:
        self._charts.paragraph = place
        self._charts.has_lost = False

    def _paragraph_end(self, place: int, number: int, _: str) -> None:
        """A paragraph goes with its chart where nothing else stands in it."""
        if not self._charts.has_lost:
            return
        start = self._charts.paragraph
        marks = [one[0] for one in self._open.values()]
        marks += [place for one in self._bookmarks.values() for place in (one.start, one.end)]
        if any(start < one < place for one in marks):
            return
        if _HELD.search("".join(self._pieces[start:place])):
            return
        if self._marks.charts[number].is_removable is None:
            raise UnsuitedError("charts")
        if self._marks.charts[number].is_removable:
            self._blank(start, place)


def _said(pieces: Sequence[str]) -> str:
    """What text shows: words and tabs, without instructions of fields."""
    plain = _PROPERTIES.sub("", "".join(pieces))
    return "".join(_SIGNS[one[2]] if one[2] else one[1] for one in _SHOWN.finditer(plain))


def _runs(words: str, mark: Mark | None, inside: str) -> str:
    """The runs of a line in a contents list: the heading's number and words."""
    hint = _HINT.search(inside)
    face = f'<w:rPr><w:rFonts w:hint="{hint[1]}"/></w:rPr>' if hint else ""
    runs = ""
    if mark is not None:
        number = escape(mark.text) + (" " if mark.after == "space" else "")
        runs = f'<w:r>{face}<w:t xml:space="preserve">{number}</w:t></w:r>'
        if mark.after == "tab":
            runs += "<w:r><w:tab/></w:r>"
    return f'{runs}<w:r>{face}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _fitted(widths: tuple[str | None, ...], rows: Sequence[str]) -> Sequence[str | int | None]:
    """The columns of a table for the cells it came to hold, as docxtpl fits them."""
    cells = [row.count("<w:tc>") + row.count("<w:tc ") for row in rows]
    spans = [
        count + sum(int(one) - 1 for one in _SPAN.findall(row)) if "<w:gridSpan" in row else count
        for row, count in zip(rows, cells, strict=True)
    ]
    kept: Sequence[str | int | None] = widths
    more = max(cells, default=0) - len(widths)
    known = [float(one) for one in widths if one is not None]
    whole = sum(known)
    if more > 0 and whole > 0:
        if len(known) < len(widths):
            raise UnsuitedError("cells")
        old, new = whole / len(widths), whole / (len(widths) + more)
        kept = [int(one * new / old) for one in known] + [int(new)] * more
    extra = len(kept) - max(spans, default=0)
    if extra > 0:
        if None in kept:
            raise UnsuitedError("cells")
        numbers = [float(str(one)) for one in kept]
        left = numbers[:-extra]
        share = int(sum(numbers[-extra:]) / len(left)) if left else 0
        return [int(one + share) for one in left]
    return kept
