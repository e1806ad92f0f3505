"""Workbooks to addressed tables: a small streaming reader of the sheet XML.

openpyxl reads the same files, but it cannot see Strict workbooks, tells a formula without a value
only in a second pass, and takes several times the time and memory this needs (docs/decisions.md).
Everything is read from the stream of each part; nothing is trusted that the file says of its size.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.codes import Code
from generator.intake.cell import Special
from generator.intake.container import faults_named, opened_workbook, parts_beside
from generator.intake.numberformats import NumberFormats
from generator.intake.richtext import joined, unescaped
from generator.intake.rows import REFERENCE, Cells, Table, column_number
from generator.opc import Relations, parse, refuse_document_type, relations_name, streamed
from generator.problems import Origin, Problem, WorkbookError, printable, problem
from generator.shipped import texts

if TYPE_CHECKING:
    import zipfile


_MARKED_BY = frozenset(texts()["marked.sheet_name"].values())
"""Who the comments of a marked copy are from."""
_MAX_CELLS = 3_000_000
_COLUMNS, _ROWS = 16_384, 1_048_576
_MERGE = (b"mergeCell", "mergeCell".encode("utf-16-le"))
_MAX_TREE = 32 * 2**20
_MAX_STRINGS = 40_000_000
"""Characters of shared strings in all; Python keeps up to four bytes for each."""


def read_workbook(
    path: Path, name: str = "", notes: list[Problem] | None = None
) -> Iterator[Table]:
    """Every sheet of a workbook as a table, hidden sheets included; take each table's rows in turn.

    Args:
        path: An .xlsx or .xlsm file.
        name: What addresses call the file; its own name if empty.
        notes: Takes what is in the workbook beside its sheets.

    Raises:
        WorkbookError: The file is not a readable workbook; the problem says what it is.
    """
    origin = Origin(name or printable(path.name))
    with opened_workbook(path, origin) as package:
        if notes is not None:
            notes.extend(parts_beside(package.namelist(), origin))
    return _tables(path, origin)


def _tables(path: Path, origin: Origin) -> Iterator[Table]:
    with opened_workbook(path, origin) as package:
        yield from _Reader(package, origin.file).tables()


class _Names(NamedTuple):
    """The tags of a sheet in its own namespace."""

    row: str
    value: str
    formula: str
    inline: str


class _Reader:
    """One open package: its strings, its formats, its sheets."""

    def __init__(self, package: zipfile.ZipFile, file: str) -> None:
        self._package, self._file = package, file
        self._names = {name.lower(): name for name in package.namelist()}
        self._book = self._target("", "officeDocument")
        self._strings: list[str | Special] = []
        self._formats = NumberFormats()
        self._cells = 0
        self._is_stale = False
        """Whether a reader of the file calculates its formulas anew, whatever values it holds."""

    def tables(self) -> Iterator[Table]:
        """The worksheets in their order."""
        self._refuse_other_kinds()
        root = self._tree(self._book)
        self._is_stale = any(
            element.get("fullCalcOnLoad") in {"1", "true"} for element in root.iter("{*}calcPr")
        )
        self._read_strings()
        styles = self._target(self._book, "styles")
        self._formats = NumberFormats(
            self._tree(styles) if styles else None,
            is_1904=any(
                element.get("date1904") in {"1", "true"} for element in root.iter("{*}workbookPr")
            ),
        )
        relations = self._relations(self._book)
        for element in root.iter("{*}sheet"):
            kind, part = relations.part(attribute(element, "id"))
            if not part:
                raise KeyError(attribute(element, "id"))
            name = element.get("name", "")
            if kind.endswith("/worksheet"):
                is_hidden = element.get("state", "visible") != "visible"
                yield self._table(name, part, is_hidden=is_hidden)
            else:
                # A sheet that is one chart, or a dialogue of an old version: named, not read.
                yield Table(self._file, name, iter(()), is_other=True)

    def _refuse_other_kinds(self) -> None:
        """A document or a binary workbook is not damaged, it is something else."""
        types = {
            attribute(element, "PartName").lower().lstrip("/"): attribute(element, "ContentType")
            for element in self._tree("[Content_Types].xml")
        }
        kind = types.get(self._book.lower(), "spreadsheetml")
        if "spreadsheetml" not in kind and "excel.sheet.macroenabled" not in kind.lower():
            raise WorkbookError([problem(Code.NO_WORKBOOK, Origin(self._file))])

    @contextmanager
    def _open(self, part: str) -> Iterator[IO[bytes]]:
        name = self._names[part.lower().lstrip("/")]
        with self._package.open(name) as stream:
            yield stream

    def _tree(self, part: str) -> etree._Element:
        name = self._names[part.lower().lstrip("/")]
        if self._package.getinfo(name).file_size > _MAX_TREE:
            raise WorkbookError([problem(Code.WORKBOOK_TOO_LARGE, Origin(self._file))])
        with self._open(part) as stream:
            return parse(stream.read(), is_bare=True)

    def _relations(self, part: str) -> Relations:
        """What a part points to; it must point to something."""
        return Relations(part, self._tree(relations_name(part)))

    def _target(self, part: str, kind: str) -> str:
        return next(iter(self._relations(part).of(kind)), "")

    def _read_strings(self) -> None:
        part = self._target(self._book, "sharedStrings")
        if not part:
            return
        total = 0
        for item in self._stream(part, "{*}si"):
            text = joined(item)
            total += len(text if isinstance(text, str) else str(text.value))
            if total > _MAX_STRINGS:
                raise WorkbookError([problem(Code.WORKBOOK_TOO_LARGE, Origin(self._file))])
            self._strings.append(text)

    def _stream(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part one by one; what they held is forgotten after use."""
        with self._open(part) as stream:
            yield from streamed(stream, *tags)

    def _table(self, name: str, part: str, *, is_hidden: bool) -> Table:
        root, space = self._root(part)
        if root not in {"worksheet", "dialogsheet"}:
            raise ValueError(part)
        merged = tuple(self._merged(part, f"{{{space}}}"))
        table = Table(self._file, name, iter(()), merged=merged, is_hidden=is_hidden)
        table.notes = self._notes(part)
        table.rows = self._rows(part, table, f"{{{space}}}")
        return table

    def _rows(self, part: str, table: Table, space: str) -> Iterator[tuple[int, Cells]]:
        """The rows of a sheet in their order; a row or cell out of its order is damage.

        Args:
            part: The sheet's part.
            table: Told which rows are hidden.
            space: The sheet's namespace in braces; drawings in it have rows of their own.
        """
        names = _Names(f"{space}row", f"{space}v", f"{space}f", f"{space}is")
        number, index = 0, -1
        row = ""
        cells: Cells = {}
        struck = self._formats.struck
        with faults_named(Origin(self._file)):
            for element in self._stream(part, f"{space}row", f"{space}c"):
                if element.tag != names.row:
                    if not row:
                        # Asked of the first cell only: the row ends before another begins.
                        parent = element.getparent()
                        row = str(int(parent.get("r") or number + 1) if parent is not None else 0)
                    style = int(element.get("s") or 0) if struck else -1
                    index = self._cell(element, index, row, cells, names)
                    content = cells.get(index)
                    if content.__class__ is Special and content.kept == "":
                        cells[index] = content.value
                        table.struck.setdefault(int(row), set()).add(index)
                    elif style in struck and content is not None:
                        table.struck.setdefault(int(row), set()).add(index)
                    continue
                row = ""
                stated = int(element.get("r") or number + 1)
                if not number < stated <= _ROWS:
                    raise ValueError(stated)
                number, index = stated, -1
                if cells:
                    if table.struck.get(number) == cells.keys():
                        table.struck[number] = set()
                    if element.get("hidden") in {"1", "true"} or element.get("ht") == "0":
                        table.hidden.append(number)
                    yield number, cells
                    cells = {}

    def _cell(
        self, element: etree._Element, before: int, row: str, cells: Cells, names: _Names
    ) -> int:
        """Read one cell into its row; the column it stands in."""
        reference = element.get("r")
        index = before + 1
        if reference:
            if not reference.endswith(row):
                raise ValueError(reference)
            index = column_number(reference[: -len(row)])
            if index <= before:
                raise ValueError(reference)
        self._cells += 1
        if self._cells > _MAX_CELLS:
            raise WorkbookError([problem(Code.WORKBOOK_TOO_LARGE, Origin(self._file))])
        if index >= _COLUMNS:
            raise ValueError(reference)
        if len(element):
            content = self._content(element, names)
            if content is not None:
                cells[index] = content
            element.clear()
        return index

    def _content(self, cell: etree._Element, names: _Names) -> object:
        """A cell's content, plain or special; None when there is nothing in it but format."""
        kind = cell.get("t", "n")
        text: object = None
        has_formula = False
        for part in cell:
            tag = part.tag
            if tag == names.formula:
                has_formula = True
                continue
            if text is not None or (tag == names.value and len(part)):
                raise ValueError(text)
            if tag == names.value:
                text = part.text or ""
            elif tag == names.inline:
                text, kind = joined(part), "inlineStr"
        if has_formula and self._is_stale and kind == "n" and str(text or "").strip() == "0":
            # Writers that cannot calculate put a nought there and ask for its calculation.
            return Special(is_formula_without_value=True)
        if text is None or (kind == "n" and not str(text).strip()):
            return Special(is_formula_without_value=True) if has_formula else None
        if kind == "n":
            return self._formats.read(str(text), int(cell.get("s") or 0))
        return self._other(kind, text)

    def _other(self, kind: str, text: object) -> object:
        """Text, truth values, errors and ISO dates; a formula that gives no text is blank."""
        if kind == "inlineStr":
            return text or None
        text = str(text)
        if kind == "e":
            return Special(text, is_error=True)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "s":
            at = int(text)
            if not 0 <= at < len(self._strings):
                raise ValueError(text)
            return self._strings[at] or None
        if kind == "str":
            return unescaped(text) or None
        if kind != "d":
            raise ValueError(kind)
        return text or None

    def _notes(self, part: str) -> int:
        """How many notes hang on the cells of a sheet, other than those of a marked copy."""
        if relations_name(part).lower() not in self._names:
            return 0
        relations = self._relations(part)
        held = [*relations.of("comments"), *relations.of("threadedComment")]
        return max((self._count(target) for target in held), default=0)

    def _count(self, part: str) -> int:
        if part.lower() not in self._names:
            return 0
        root = self._tree(part)
        authors = [author.text or "" for author in root.iter("{*}author")]
        own = {str(at) for at, author in enumerate(authors) if author in _MARKED_BY}
        remarks = [*root.iter("{*}comment"), *root.iter("{*}threadedComment")]
        return sum(1 for one in remarks if one.get("authorId") not in own)

    def _merged(self, part: str, space: str) -> Iterator[tuple[int, int, int, int]]:
        """Merged ranges as (first row, first column, last row, last column).

        They stand behind the rows but are needed with them. Most sheets have none, which a look at
        the bytes tells at a fraction of the cost of a second parse.
        """
        if not self._holds(part, _MERGE):
            return
        # The rows are taken as well, so that they are forgotten one by one.
        for element in self._stream(part, f"{space}row", f"{space}mergeCell"):
            corners = [REFERENCE.fullmatch(end) for end in element.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                first, last = corners[0], corners[1]
                yield int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])

    def _root(self, part: str) -> tuple[str, str]:
        """The name and namespace of a part's outermost element."""
        with self._open(part) as stream:
            events = etree.iterparse(
                stream, events=("start",), resolve_entities=False, no_network=True
            )
            _, element = next(iter(events))
            refuse_document_type(element)
            return local_name(element), str(element.tag)[1:].partition("}")[0]

    def _holds(self, part: str, words: tuple[bytes, ...]) -> bool:
        tail = b""
        with self._open(part) as stream:
            while block := stream.read(1 << 20):
                text = tail + block
                if any(word in text for word in words):
                    return True
                tail = text[-64:]
        return False


def local_name(element: etree._Element) -> str:
    """The tag without its namespace: transitional and Strict workbooks differ only in that."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def attribute(element: etree._Element, name: str) -> str:
    """An attribute in any namespace."""
    for key, value in element.attrib.items():
        if str(key)[str(key).rfind("}") + 1 :] == name:
            return str(value)
    return ""
