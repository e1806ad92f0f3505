"""Workbooks to addressed tables: a small streaming reader of the sheet XML.

openpyxl reads the same files, but it cannot see Strict workbooks, tells a formula without a value
only in a second pass, and takes several times the time and memory this needs (docs/decisions.md).
Everything is read from the stream of each part; nothing is trusted that the file says of its size.
"""

from __future__ import annotations

import re
import zipfile
from contextlib import contextmanager
from functools import cache
from typing import IO, TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.intake.cells import Special
from generator.intake.container import check_container, check_parts, faults_named
from generator.intake.numberformats import NumberFormats
from generator.intake.rows import Cells, Table
from generator.problems import Origin, WorkbookError, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_CELLS = 3_000_000
_COLUMNS, _ROWS = 16_384, 1_048_576
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_COLUMN = re.compile(r"[A-Z]{1,3}")
_MERGE = (b"mergeCell", "mergeCell".encode("utf-16-le"))
_MAX_TREE = 32 * 2**20
_MAX_STRINGS = 40_000_000
"""Characters of shared strings in all; Python keeps up to four bytes for each."""


def read_workbook(path: Path, name: str = "") -> Iterator[Table]:
    """Every sheet of a workbook as a table, hidden sheets included; take each table's rows in turn.

    Args:
        path: An .xlsx or .xlsm file.
        name: What addresses call the file; its own name if empty.

    Raises:
        WorkbookError: The file is not a readable workbook; the problem says what it is.
    """
    origin = Origin(name or path.name)
    check_container(path, origin)
    with faults_named(origin), zipfile.ZipFile(path) as package:
        check_parts(package, origin)
    return _tables(path, origin)


def _tables(path: Path, origin: Origin) -> Iterator[Table]:
    with faults_named(origin), zipfile.ZipFile(path) as package:
        yield from _Reader(package, origin.file).tables()


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
        names = package.namelist()
        self._names = {name.lower(): name for name in names}
        if len(self._names) != len(names):
            raise ValueError(file)  # which of two parts of one name is meant, nobody can say
        self._book = self._target("", "officeDocument")
        self._strings: list[str] = []
        self._formats = NumberFormats()
        self._cells = 0

    def tables(self) -> Iterator[Table]:
        """The worksheets in their order."""
        self._refuse_other_kinds()
        root = self._tree(self._book)
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
            kind, part = relations[_attribute(element, "id")]
            if kind.endswith("/worksheet"):
                is_hidden = element.get("state", "visible") != "visible"
                yield self._table(element.get("name", ""), part, is_hidden=is_hidden)

    def _refuse_other_kinds(self) -> None:
        """A document or a binary workbook is not damaged, it is something else."""
        types = {
            _attribute(element, "PartName").lower().lstrip("/"): _attribute(element, "ContentType")
            for element in self._tree("[Content_Types].xml")
        }
        kind = types.get(self._book.lower(), "spreadsheetml")
        if "spreadsheetml" not in kind and "excel.sheet.macroenabled" not in kind.lower():
            raise WorkbookError([problem("IN-102", Origin(self._file))])

    # --- parts ------------------------------------------------------------------------------------

    @contextmanager
    def _open(self, part: str) -> Iterator[IO[bytes]]:
        name = self._names[part.lower().lstrip("/")]
        with self._package.open(name) as stream:
            yield stream

    def _tree(self, part: str) -> etree._Element:
        name = self._names[part.lower().lstrip("/")]
        if self._package.getinfo(name).file_size > _MAX_TREE:
            raise WorkbookError([problem("IN-109", Origin(self._file))])
        with self._open(part) as stream:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.parse(stream, parser).getroot()
        self._refuse_document_type(root)
        return root

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
        total = 0
        for item in self._stream(part, "{*}si"):
            text = _joined(item)
            total += len(text)
            if total > _MAX_STRINGS:
                raise WorkbookError([problem("IN-109", Origin(self._file))])
            self._strings.append(text)

    def _stream(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part one by one; what they held is forgotten after use."""
        with self._open(part) as stream:
            events = etree.iterparse(
                stream, events=("end",), tag=tags, resolve_entities=False, no_network=True,
                huge_tree=False,
            )  # fmt: skip
            is_first = True
            for _, element in events:
                if is_first:
                    self._refuse_document_type(element)
                    is_first = False
                yield element
                if len(tags) == 1 or element.tag == tags[0]:
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            if is_first and events.root is not None:
                self._refuse_document_type(events.root)

    def _refuse_document_type(self, element: etree._Element) -> None:
        """No workbook declares one; it is where entities that grow without end come from."""
        if element.getroottree().docinfo.internalDTD is not None:
            raise WorkbookError([problem("IN-113", Origin(self._file), place="XML")])

    # --- a sheet ----------------------------------------------------------------------------------

    def _table(self, name: str, part: str, *, is_hidden: bool) -> Table:
        root, space = self._root(part)
        if root not in {"worksheet", "dialogsheet"}:
            raise ValueError(part)
        merged = tuple(self._merged(part))
        table = Table(self._file, name, iter(()), merged=merged, is_hidden=is_hidden)
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
        with faults_named(Origin(self._file)):
            for element in self._stream(part, f"{space}row", f"{space}c"):
                if element.tag != names.row:
                    if not row:
                        # Asked of the first cell only: the row ends before another begins.
                        parent = element.getparent()
                        row = str(int(parent.get("r") or number + 1) if parent is not None else 0)
                    index = self._cell(element, index, row, cells, names)
                    continue
                row = ""
                stated = int(element.get("r") or number + 1)
                if not number < stated <= _ROWS:
                    raise ValueError(stated)
                number, index = stated, -1
                if cells:
                    if element.get("hidden") in {"1", "true"}:
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
            index = _letters(reference[: -len(row)])
            if index <= before:
                raise ValueError(reference)
        self._cells += 1
        if self._cells > _MAX_CELLS:
            raise WorkbookError([problem("IN-109", Origin(self._file))])
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
        text, has_formula = None, False
        for part in cell:
            if part.tag == names.value:
                if text is not None:
                    raise ValueError(text)
                text = part.text or ""
            elif part.tag == names.formula:
                has_formula = True
            elif part.tag == names.inline:
                text, kind = _joined(part), "inlineStr"
        if text is None or (kind == "n" and not text.strip()):
            return Special(is_formula_without_value=True) if has_formula else None
        if kind == "n":
            return self._formats.read(text, int(cell.get("s") or 0))
        return self._other(kind, text)

    def _other(self, kind: str, text: str) -> object:
        """Text, truth values, errors and ISO dates; a formula that gives no text is blank."""
        if kind == "e":
            return Special(text, is_error=True)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "s":
            at = int(text)
            if not 0 <= at < len(self._strings):
                raise ValueError(text)
            text = self._strings[at]
        elif kind == "str":
            text = _unescaped(text)
        elif kind not in {"inlineStr", "d"}:
            raise ValueError(kind)
        return text or None

    def _merged(self, part: str) -> Iterator[tuple[int, int, int, int]]:
        """Merged ranges as (first row, first column, last row, last column).

        They stand behind the rows but are needed with them. Most sheets have none, which a look at
        the bytes tells at a fraction of the cost of a second parse.
        """
        if not self._holds(part, _MERGE):
            return
        for element in self._stream(part, "{*}mergeCell"):
            corners = [_REFERENCE.fullmatch(end) for end in element.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                first, last = corners[0], corners[1]
                yield int(first[2]), _index(first[0]), int(last[2]), _index(last[0])

    def _root(self, part: str) -> tuple[str, str]:
        """The name and namespace of a part's outermost element."""
        with self._open(part) as stream:
            events = etree.iterparse(
                stream, events=("start",), resolve_entities=False, no_network=True
            )
            _, element = next(iter(events))
            self._refuse_document_type(element)
            return _local(element), str(element.tag)[1:].partition("}")[0]

    def _holds(self, part: str, words: tuple[bytes, ...]) -> bool:
        tail = b""
        with self._open(part) as stream:
            while block := stream.read(1 << 20):
                text = tail + block
                if any(word in text for word in words):
                    return True
                tail = text[-64:]
        return False


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
    return _letters(match[1])


@cache
def _letters(letters: str) -> int:
    if not _COLUMN.fullmatch(letters):
        raise ValueError(letters)
    index = 0
    for letter in letters:
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
