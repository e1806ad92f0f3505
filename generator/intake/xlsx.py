"""Workbooks to addressed tables: a small streaming reader of the sheet XML.

openpyxl reads the same files, but it cannot see Strict workbooks, tells a formula without a value
only in a second pass, and takes several times the time and memory this needs (docs/decisions.md).
Everything is read from the stream of each part; nothing is trusted that the file says of its size.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from lxml import etree

from generator.intake.cells import Special
from generator.intake.rows import Cells, Table
from generator.problems import Origin, WorkbookError, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0"
_MAX_UNPACKED = 400 * 2**20
_MAX_RATIO, _RATIO_FROM = 200, 8 * 2**20
"""A part that unpacks to more than this many times its size is no sheet anybody typed."""
_MAX_CELLS = 6_000_000
_COLUMNS, _ROWS = 16_384, 1_048_576
_PERCENT_FORMATS = frozenset({9, 10})
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MERGE = re.compile(rb'mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"[^>]*>')
_DATE_CODE = re.compile(r"[ymdhs年月日]")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_workbook(path: Path) -> Iterator[Table]:
    """Every sheet of a workbook as a table, hidden sheets included; take each table's rows in turn.

    Raises:
        WorkbookError: The file is not a readable workbook; the problem says what it is.
    """
    origin = Origin(path.name)
    check_container(path, origin)
    with _faults_named(origin), zipfile.ZipFile(path) as package:
        check_parts(package, origin)
    return _tables(path, origin)


def _tables(path: Path, origin: Origin) -> Iterator[Table]:
    with _faults_named(origin), zipfile.ZipFile(path) as package:
        yield from _Reader(package, path.name).tables()


@contextmanager
def _faults_named(origin: Origin) -> Iterator[None]:
    """Whatever a damaged package makes its readers raise, as one problem with a way out."""
    try:
        yield
    except (
        etree.XMLSyntaxError, zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, OSError,
        OverflowError, UnicodeError, ValueError, zlib.error, RuntimeError,
    ) as fault:  # fmt: skip
        raise WorkbookError([problem("IN-103", origin, detail=type(fault).__name__)]) from fault


def check_container(path: Path, origin: Origin) -> None:
    """Say what the file is before it is opened."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as fault:
        raise WorkbookError([problem("RN-101", Origin(str(path)))]) from fault
    if head.startswith(_OLE):
        raise WorkbookError([problem("IN-101", origin)])
    if not head:
        raise WorkbookError([problem("IN-108", origin)])
    if not zipfile.is_zipfile(path):
        code = "IN-103" if head.startswith(b"PK") else "IN-102"
        raise WorkbookError([problem(code, origin, detail="cut short")])


def check_parts(package: zipfile.ZipFile, origin: Origin) -> None:
    """Refuse what would inflate without end, before inflating; zipfile holds parts to their word."""
    parts = package.infolist()
    if sum(part.file_size for part in parts) > _MAX_UNPACKED or any(
        part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    ):
        raise WorkbookError([problem("IN-109", origin)])
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise WorkbookError([problem("IN-102", origin)])
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with package.open(part) as stream:
                head = stream.read(4096)
            if b"<!DOCTYPE" in head or b"<!\0D\0O\0C\0T" in head or b"\0<\0!\0D\0O" in head:
                raise WorkbookError([problem("IN-113", origin, place=part.filename)])


def _local(element: etree._Element) -> str:
    """The tag without its namespace: transitional and Strict workbooks differ only in that."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute in any namespace."""
    for key, value in element.attrib.items():
        if str(key)[str(key).rfind("}") + 1 :] == name:
            return str(value)
    return ""


class _Reader:
    """One open package: its strings, its formats, its sheets."""

    def __init__(self, package: zipfile.ZipFile, file: str) -> None:
        self._package, self._file = package, file
        self._names = {name.lower(): name for name in package.namelist()}
        self._book = self._target("", "officeDocument")
        self._epoch = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - serial dates have no zone
        self._is_1904 = False
        self._strings: list[str] = []
        self._percent: frozenset[int] = frozenset()
        self._dates: frozenset[int] = frozenset()
        self._cells = 0

    def tables(self) -> Iterator[Table]:
        """The worksheets in their order."""
        root = self._tree(self._book)
        for element in root.iter("{*}workbookPr"):
            if element.get("date1904") in {"1", "true"}:
                self._epoch, self._is_1904 = dt.datetime(1904, 1, 1), True  # noqa: DTZ001 - as above
        self._read_strings()
        self._read_formats()
        relations = self._relations(self._book)
        for element in root.iter("{*}sheet"):
            kind, part = relations[_attribute(element, "id")]
            if kind.endswith("/worksheet"):
                is_hidden = element.get("state", "visible") != "visible"
                yield self._table(element.get("name", ""), part, is_hidden=is_hidden)

    # --- parts ------------------------------------------------------------------------------------

    @contextmanager
    def _open(self, part: str) -> Iterator[IO[bytes]]:
        name = self._names[part.lower().lstrip("/")]
        with self._package.open(name) as stream:
            yield stream

    def _tree(self, part: str) -> etree._Element:
        with self._open(part) as stream:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            return etree.parse(stream, parser).getroot()

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id to (type, part name); targets outside the package are left alone."""
        folder, _, name = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}
        for element in self._tree(f"{folder}/_rels/{name}.rels".lstrip("/")).iter(
            "{*}Relationship"
        ):
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "")
            full = target if target.startswith("/") else f"{folder}/{target}"
            found[element.get("Id", "")] = (element.get("Type", ""), _normal(full))
        return found

    def _target(self, part: str, kind: str) -> str:
        targets = [
            name for type_, name in self._relations(part).values() if type_.endswith("/" + kind)
        ]
        return targets[0] if targets else ""

    def _read_strings(self) -> None:
        part = self._target(self._book, "sharedStrings")
        if not part:
            return
        for item in self._stream(part, "si"):
            self._strings.append(_joined(item))

    def _read_formats(self) -> None:
        part = self._target(self._book, "styles")
        if not part:
            return
        root = self._tree(part)
        codes = {
            int(element.get("numFmtId", "0")): _LITERAL.sub("", element.get("formatCode", ""))
            for element in root.iter("{*}numFmt")
        }
        percent, dates = set(), set()
        for index, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            number = int(style.get("numFmtId", "0"))
            code = codes.get(number, "")
            if number in _PERCENT_FORMATS or "%" in code:
                percent.add(index)
            elif number in _DATE_FORMATS or _DATE_CODE.search(code.lower().replace("general", "")):
                dates.add(index)
        self._percent, self._dates = frozenset(percent), frozenset(dates)

    def _stream(self, part: str, tag: str) -> Iterator[etree._Element]:
        """The elements of a part one by one, each forgotten after use."""
        with self._open(part) as stream:
            events = etree.iterparse(
                stream, events=("end",), tag=f"{{*}}{tag}", resolve_entities=False, no_network=True,
                huge_tree=False,
            )  # fmt: skip
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    # --- a sheet ----------------------------------------------------------------------------------

    def _table(self, name: str, part: str, *, is_hidden: bool) -> Table:
        merged = tuple(self._merged(part))
        table = Table(self._file, name, iter(()), merged=merged, is_hidden=is_hidden)
        table.rows = self._rows(part, table)
        return table

    def _rows(self, part: str, table: Table) -> Iterator[tuple[int, Cells]]:
        number = 0
        with _faults_named(Origin(self._file)):
            for element in self._stream(part, "row"):
                number = int(element.get("r") or number + 1)
                if not 1 <= number <= _ROWS:
                    raise ValueError(number)
                cells = self._row(element)
                if cells:
                    if element.get("hidden") in {"1", "true"}:
                        table.hidden.append(number)
                    yield number, cells

    def _row(self, element: etree._Element) -> Cells:
        cells: Cells = {}
        index = -1
        for cell in element:
            reference = cell.get("r")
            index = _index(reference) if reference else index + 1
            if not 0 <= index < _COLUMNS:
                raise ValueError(reference)
            self._cells += 1
            if self._cells > _MAX_CELLS:
                raise WorkbookError([problem("IN-109", Origin(self._file))])
            if len(cell):
                content = self._content(cell)
                if content is not None:
                    cells[index] = content
        return cells

    def _content(self, cell: etree._Element) -> object:
        """A cell's content, plain or special; None when there is nothing in it but format."""
        kind = cell.get("t", "n")
        text, has_formula = None, False
        for part in cell:
            tag = str(part.tag)
            if tag.endswith("}v"):
                text = part.text or ""
            elif tag.endswith("}f"):
                has_formula = True
            elif tag.endswith("}is"):
                text, kind = _joined(part), "inlineStr"
        if text is None or (kind == "n" and not text.strip()):
            return Special(is_formula_without_value=True) if has_formula else None
        if kind == "n":
            return self._number(text, int(cell.get("s") or 0))
        return self._other(kind, text)

    def _other(self, kind: str, text: str) -> object:
        """Text, truth values, errors and ISO dates; a formula that gives no text is blank."""
        if kind == "e":
            return Special(text, is_error=True)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "s":
            text = self._strings[int(text)]
        elif kind == "str":
            text = _unescaped(text)
        return text or None

    def _number(self, text: str, style: int) -> object:
        number = float(text)
        if "_" in text:
            raise ValueError(text)
        if style in self._dates:
            day = self._date(number)
            if day is not None:
                return day
        return Special(number, is_percent=True) if style in self._percent else number

    def _date(self, serial: float) -> dt.datetime | None:
        """The day of a serial number; None for times alone and for days no calendar has."""
        first = 0 if self._is_1904 else 61
        if not first <= serial < 2_958_466:
            return None
        return self._epoch + dt.timedelta(days=int(serial))

    def _merged(self, part: str) -> Iterator[tuple[int, int, int, int]]:
        """Merged ranges as (first row, first column, last row, last column).

        They stand behind the rows but are needed with them: a scan of the bytes costs a fraction of
        a second parse.
        """
        tail = b""
        with self._open(part) as stream:
            while block := stream.read(1 << 20):
                text = tail + block
                for match in _MERGE.finditer(text):
                    first, last = (_REFERENCE.fullmatch(end.decode()) for end in match.groups())
                    if first and last:
                        yield int(first[2]), _index(first[0]), int(last[2]), _index(last[0])
                tail = text[text.rfind(b"<") :][-200:]


def _normal(part: str) -> str:
    """A part name without leading slash and without steps up."""
    kept: list[str] = []
    for piece in part.split("/"):
        if piece == "..":
            kept = kept[:-1]
        elif piece not in {"", "."}:
            kept.append(piece)
    return "/".join(kept)


def _index(reference: str) -> int:
    """The column of a cell reference, counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    index = 0
    for letter in match[1]:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _joined(item: etree._Element) -> str:
    """The text of a string item: its runs, without the reading aids above them."""
    texts = [
        element.text or ""
        for element in item.iter("{*}t")
        if not any(_local(parent) == "rPh" for parent in element.iterancestors("{*}rPh"))
    ]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """`_x000A_` stands for a character that XML cannot hold; `_x005F_` for the underscore."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
