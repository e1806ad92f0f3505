"""Marks in the XML of a sheet: which bytes give way to which, found in one pass.

The XML is read by expat because it alone says at which byte it stands; everything between the
marks is left as it is, down to the order of the attributes.

Also here: positions of cells in a sheet, and where a mark on each of them can be seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.parsers import expat

from msgspec import Struct, field

from generator.intake.rows import column_letter, column_number
from generator.opc import Edit

if TYPE_CHECKING:
    from generator.intake.marked.styles import Styles
    from generator.problems import Severity


_CHUNK, _LONGEST = 2**20, 2**24
"""A tag of more bytes than this is nothing a spreadsheet writes, and expat would hold it whole."""
_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_BEFORE_LEGACY = frozenset(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "  # noqa: SIM905 - the schema's order reads better as text
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells "
    "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
    "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors "
    "smartTags drawing".split()
)
"""What stands before `legacyDrawing` in a worksheet; the schema fixes the order."""
Position = tuple[int, int]
"""Row from 1, column from 0."""

ROWS, COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z0-9$:]+)["']""")


class UnmarkableError(Exception):
    """The sheet can be read but not marked without guessing; it is copied as it is."""


class Scanned(Struct):
    """What one pass over a sheet found."""

    edits: list[Edit] = field(default_factory=list)
    prefix: str = ""
    """What stands before every tag name, with its colon."""
    legacy: str = ""
    """The relation of the sheet's legacy drawing, where it has one."""
    legacy_at: int = 0
    """The byte where a `legacyDrawing` would stand."""
    columns: list[tuple[int, int, int, float]] = field(default_factory=list)
    """(first column, last column, style, width) of formatted columns."""
    width: float = 9.14
    height: float = 15.0

    def width_of(self, column: int) -> float:
        """The width of a column in characters."""
        widths = (width for first, last, _, width in self.columns if first <= column <= last)
        return next(widths, 0.0) or self.width

    def style_of(self, column: int) -> int:
        """The style of a column's empty cells."""
        return next((style for first, last, style, _ in self.columns if first <= column <= last), 0)


class Scan:
    """One pass over a sheet: expat calls, this remembers where it is.

    Args:
        content: The sheet's XML in UTF-8.
        marks: The places to mark.
        styles: Where the styles with the fills are made.
    """

    def __init__(
        self, content: bytearray, marks: Mapping[Position, Severity], styles: Styles
    ) -> None:
        self._content, self._marks, self._styles = content, marks, styles
        self._wanted: dict[int, list[int]] = {}
        for row, column in sorted(marks):
            self._wanted.setdefault(row, []).append(column)
        self._rows = list(reversed(self._wanted))
        """Rows still to come, the next one last."""
        self._out = Scanned()
        self._depth, self._section, self._late_at, self._data_at = 0, "", -1, -1
        self._row, self._row_at, self._row_style, self._row_name = 0, 0, -1, ""
        self._columns: list[int] = []
        self._column, self._is_widened = -1, False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    def run(self) -> Scanned:
        """The edits that give every marked cell its fill.

        Raises:
            UnmarkableError: The sheet's rows or cells are in no order, or it has none.
        """
        view = memoryview(self._content)
        for at in range(0, len(view), _CHUNK):
            self._parser.Parse(view[at : at + _CHUNK], False)  # noqa: FBT003 - it takes no keyword
            if at - self._parser.CurrentByteIndex > _LONGEST:
                raise UnmarkableError
        self._parser.Parse(b"", True)  # noqa: FBT003 - likewise
        if self._data_at < 0:
            raise UnmarkableError
        return self._out

    @staticmethod
    def _refuse(*_: object) -> None:
        raise ValueError("DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 4:
            return
        local = name.rpartition(":")[2]
        if self._depth == 4:
            if self._columns and local == "c":
                self._cell(attributes)
        elif self._depth == 3:
            if self._section == "sheetData" and local == "row":
                self._start_row(name, attributes)
            elif self._section == "cols" and local == "col":
                self._start_column(attributes)
        elif self._depth == 2:
            self._child(local, attributes)
        else:
            self._out.prefix = name[: -len(local)]

    def _end(self, name: str) -> None:
        self._depth -= 1
        at = self._parser.CurrentByteIndex
        if self._depth == 2 and name == self._row_name:
            self._end_row(at)
        elif self._depth == 1 and self._section == "sheetData":
            self._end_data(at)
        elif self._depth == 0:
            self._out.legacy_at = at if self._late_at < 0 else self._late_at

    def _child(self, local: str, attributes: dict[str, str]) -> None:
        """A child of the worksheet."""
        at = self._parser.CurrentByteIndex
        self._section, self._row_name = local, ""
        if local in _BEFORE_LEGACY:
            self._late_at = -1
        elif self._late_at < 0:
            self._late_at = at
        if local == "sheetData":
            self._data_at = at
        elif local == "legacyDrawing":
            self._out.legacy = next(v for key, v in attributes.items() if key.endswith(":id"))
        elif local == "sheetFormatPr":
            self._out.height = float(attributes.get("defaultRowHeight") or self._out.height)
            self._out.width = float(attributes.get("defaultColWidth") or self._out.width)

    def _start_column(self, attributes: dict[str, str]) -> None:
        self._out.columns.append((
            int(attributes["min"]) - 1, int(attributes["max"]) - 1,
            int(attributes.get("style") or 0), float(attributes.get("width") or 0),
        ))  # fmt: skip

    def _start_row(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        number = int(attributes.get("r") or self._row + 1)
        if not self._row < number <= ROWS:
            raise UnmarkableError
        while self._rows and self._rows[-1] < number:
            self._splice(at, at, self._new_row(self._rows.pop()))
        self._row, self._row_at, self._row_name = number, at, name
        if not self._rows or self._rows[-1] != number:
            # Nothing to mark in this row: nobody needs to hear of its cells.
            self._parser.StartElementHandler = None
            self._parser.EndElementHandler = self._skip
            return
        self._columns = self._wanted[self._rows.pop()]
        self._column, self._is_widened = -1, False
        is_styled = attributes.get("customFormat") in {"1", "true"}
        self._row_style = int(attributes.get("s") or 0) if is_styled else -1

    def _skip(self, name: str) -> None:
        if name == self._row_name:
            self._depth -= 1
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end

    def _cell(self, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        reference = attributes.get("r")
        place = position_of(reference) if reference else (self._row, self._column + 1)
        if not place or place[0] != self._row or place[1] <= self._column:
            raise UnmarkableError
        self._column = place[1]
        while self._columns and self._columns[0] < place[1]:
            self._is_widened = True
            self._splice(at, at, self._new_cell((self._row, self._columns.pop(0))))
        if self._columns and self._columns[0] == place[1]:
            self._columns.pop(0)
            style = self._styles.marked(int(attributes.get("s") or 0), self._marks[place])
            tag = self._tag(at)
            self._splice(at, at + len(tag), _with(tag, b"s", b"%d" % style))

    def _end_row(self, at: int) -> None:
        cells = b"".join(self._new_cell((self._row, column)) for column in self._columns)
        tag = self._tag(self._row_at)
        if cells or self._is_widened:
            # The columns that a row says it spans are a hint, and a new cell makes it untrue.
            opened = _with(tag, b"spans", None)
            if tag.endswith(b"/>"):
                opened, cells = _opened(opened, cells), b""
            self._splice(self._row_at, self._row_at + len(tag), opened)
            self._splice(at, at, cells)
        self._columns, self._row_style = [], -1

    def _end_data(self, at: int) -> None:
        rows = b"".join(self._new_row(row) for row in reversed(self._rows))
        self._rows, self._section = [], ""
        if not rows:
            return
        tag = self._tag(self._data_at)
        if tag.endswith(b"/>"):
            self._splice(self._data_at, self._data_at + len(tag), _opened(tag, rows))
        else:
            self._splice(at, at, rows)

    def _splice(self, start: int, end: int, new: bytes) -> None:
        self._out.edits.append(Edit(start, end, new))

    def _tag(self, at: int) -> bytes:
        """The start tag that stands at a byte."""
        match = _TAG.match(self._content, at)
        if not match:
            raise UnmarkableError
        return match[0]

    def _new_row(self, row: int) -> bytes:
        self._row_style = -1
        cells = b"".join(self._new_cell((row, column)) for column in self._wanted[row])
        tag = f"{self._out.prefix}row"
        return f'<{tag} r="{row}">'.encode() + cells + f"</{tag}>".encode()

    def _new_cell(self, place: Position) -> bytes:
        base = self._row_style if self._row_style >= 0 else self._out.style_of(place[1])
        style = self._styles.marked(base, self._marks[place])
        return f'<{self._out.prefix}c r="{reference_of(place)}" s="{style}"/>'.encode()


def _with(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    """A start tag with one attribute set, or taken out where there is no value."""
    head = _NAME.match(tag)
    if not head:
        raise UnmarkableError
    new = b"" if value is None else b' %s="%s"' % (name, value)
    for found in _ATTRIBUTE.finditer(tag, head.end()):
        if found[1] == name:
            return tag[: found.start()] + new + tag[found.end() :]
    return tag[: head.end()] + new + tag[head.end() :]


def _opened(tag: bytes, content: bytes) -> bytes:
    """An empty element with content."""
    name = _NAME.match(tag)
    if not name:
        raise UnmarkableError
    return tag[:-2].rstrip() + b">" + content + b"</" + name[0][1:] + b">"


def position_of(reference: str) -> Position | None:
    """The place of a cell ('D17') or of the first cell of a row ('17'); None for anything else."""
    match = _REFERENCE.fullmatch(f"A{reference}" if reference.isdecimal() else reference)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= ROWS and column < COLUMNS else None


def reference_of(place: Position) -> str:
    """The reference of a place."""
    return f"{column_letter(place[1])}{place[0]}"


def anchors(content: bytearray, places: Iterable[Position]) -> dict[Position, Position]:
    """Where to mark each place: a cell under a merged range cannot be seen, its first cell can."""
    found = {place: place for place in places}
    ordered = sorted(found)
    for match in _MERGED.finditer(content):
        first, _, last = match[1].decode().partition(":")
        start, end = position_of(first), position_of(last)
        if not start or not end:
            continue
        for place in ordered[bisect_left(ordered, start) : bisect_left(ordered, (end[0] + 1, 0))]:
            if start[1] <= place[1] <= end[1]:
                found[place] = start
    return found
