"""CSV and Parquet tables to addressed tables.

CSV goes through the standard library, so that an address is the record a spreadsheet would show.
A folder of such files is one input, like a workbook with its sheets.

Also here: files that lie in an input's folder and are not read: each kind is named, with the way
in.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.cell import Special
from generator.intake.columns import FORM
from generator.intake.rows import Cells, Table
from generator.intake.textfile import (
    Text,
    commas,
    encoding_of,
    is_comma_number,
    is_point_number,
    points,
    reader,
    separator,
    stated_separator,
)
from generator.intake.words import folded, near
from generator.problems import (
    InputError,
    KnowledgeError,
    Origin,
    Problem,
    WorkbookError,
    printable,
    problem,
)
from generator.settings import REGION_TABLES, TABLES, WORKBOOKS, is_table, is_table_folder
from generator.shipped import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


_MAX_BYTES = 400 * 2**20
_MAX_FIELD = 2**20
_HEAD = 2**20
_MOST_ROWS = 1_000
"""Rows of one length that are remembered."""
_KEPT_TEXT = re.compile(r'="([^"]*)"')
_JURISDICTION = frozenset(
    map(folded, ("jurisdiction", *texts()["sheet.region.jurisdiction"].values()))
)
_SHEETS = frozenset({
    ".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".ods", ".fods", ".numbers", ".wps",
    ".sxc", ".dif", ".slk", ".mdb", ".accdb", ".dbf",
})  # fmt: skip
_TEXTS = frozenset({".tsv", ".txt", ".json", ".tab", ".xml", ".geojson", ".feather", ".jsonl"})
_IGNORED = frozenset({"thumbs.db", "desktop.ini", "icon\r", "__macosx"})
"""What systems leave behind; nobody put it there."""
_MOST = 8


def read_csv(path: Path) -> Table:
    """A CSV file of the catalogue or the rules as a table; UTF-8 only.

    Raises:
        KnowledgeError: The file is missing or is not UTF-8 text.
    """
    try:
        table = _table(path.name, Text.of(path.read_bytes().decode("utf-8-sig")), ",")
        table.rows = iter(list(table.rows))
    except FileNotFoundError as fault:
        raise KnowledgeError([problem(Code.NO_FILE, Origin(str(path)))]) from fault
    except (OSError, UnicodeDecodeError, WorkbookError) as fault:
        raise KnowledgeError(
            [problem(Code.CATALOGUE_UNREADABLE, Origin(path.name), detail=str(fault))]
        ) from fault
    if table.problems:
        raise KnowledgeError(table.problems)
    return table


def read_folder(path: Path, notes: list[Problem] | None = None) -> Iterator[Table]:
    """Every table file of a folder, one after the other: each is opened when it is asked for.

    Args:
        path: The folder.
        notes: Takes what was noticed.

    Raises:
        WorkbookError: At the end, where files cannot be read; every such file is named.
    """
    noticed = [] if notes is None else notes
    faults: list[Problem] = []
    files = sorted(file for file in path.iterdir() if is_table(file))
    jurisdictions = _jurisdictions(files)
    for file in files:
        name = printable(file.name)
        try:
            if file.suffix.lower() == ".csv":
                table = _of_text(file, name, jurisdictions, noticed)
            else:
                from generator.intake.parquet import read_parquet  # noqa: PLC0415 - few need it

                table = read_parquet(file, name)
        except InputError as fault:
            faults.extend(fault.problems)
            continue
        if name != file.name:
            noticed.append(problem(Code.FILE_NAME_UNSHOWN, Origin(name), "warning"))
        yield table
    if faults:
        raise WorkbookError(faults)


def _jurisdictions(files: Iterable[Path]) -> list[str]:
    """Where the regions of a folder lie, as far as its region table can be read at sight."""
    found = []
    for file in files:
        if file.suffix.lower() != ".csv" or file.stem.casefold() not in REGION_TABLES:
            continue
        with file.open("rb") as opened:
            content = opened.read(_HEAD)
        # Codes are ASCII and the Chinese header is known, whatever the rest is written in.
        text = content.decode(encoding_of(content).name or "gb18030", "replace")
        column = None
        for record in reader(Text.of(text), separator(text), is_strict=False):
            if column is not None:
                found.append(record[column].strip() if column < len(record) else "")
            else:
                places = (at for at, one in enumerate(record) if folded(one) in _JURISDICTION)
                column = next(places, None)
    return found


def _content(file: Path, name: str) -> bytes:
    origin = Origin(name)
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise WorkbookError([problem(Code.WORKBOOK_TOO_LARGE, origin)])
        return file.read_bytes()
    except OSError as fault:
        raise WorkbookError([problem(Code.NO_FILE, Origin(str(file)))]) from fault


def _of_text(file: Path, name: str, jurisdictions: Iterable[str], notes: list[Problem]) -> Table:
    """A planner's CSV file, in UTF-8 or in the encoding that spreadsheets write in its region."""
    origin, content = Origin(name), _content(file, name)
    encoding, choices = encoding_of(content, jurisdictions)
    if choices or not (encoding or not content):
        raise WorkbookError([problem(Code.TABLE_UNREADABLE, origin, detail=" / ".join(choices))])
    if encoding and not encoding.startswith("utf"):
        notes.append(problem(Code.ENCODING_GUESSED, origin, "warning", encoding=encoding.upper()))
    return _table(name, Text.of_file(file, encoding))


def _table(name: str, text: Text, sign: str = "") -> Table:
    """Addresses count records as a spreadsheet would show them.

    Args:
        name: What addresses call the file.
        text: What it holds.
        sign: What separates the fields; found out if not given.
    """
    csv.field_size_limit(_MAX_FIELD)
    table = Table(name, "", iter(()), is_text=True)
    if sign:
        table.rows = _records(table, reader(text, sign), {}, {}, has_wrapped=text.holds('="'))
        return table
    sign, start = stated_separator(text.head())
    text = text.after(start)
    sign = sign or separator(text.head())
    signs = {} if sign == "," else commas(text, sign)
    grouped = {} if sign == "," else points(text, sign, signs)
    table.rows = _records(table, reader(text, sign), signs, grouped, has_wrapped=text.holds('="'))
    return table


def _records(
    table: Table,
    records: Iterator[list[str]],
    signs: dict[int, str],
    grouped: dict[int, str],
    *,
    has_wrapped: bool,
) -> Iterator[tuple[int, Cells]]:
    """The records with content; a quotation mark that ends them is named with its row."""
    number, lengths = 0, table.lengths
    try:
        for number, record in enumerate(records, start=1):
            cells: Cells = {index: field for index, field in enumerate(record) if field}
            if not cells:
                continue
            rows = lengths.setdefault(len(record), [])
            if len(rows) < _MOST_ROWS:
                rows.append(number)
            if signs or grouped:
                _mark_signs(cells, signs, is_comma_number)
                _mark_signs(cells, grouped, is_point_number)
            if has_wrapped:
                _unwrap(cells)
            yield number, cells
    except (OSError, UnicodeDecodeError) as fault:
        # It was whole when it was looked at: somebody writes it meanwhile.
        detail = type(fault).__name__
        raise WorkbookError(
            [problem(Code.TABLE_UNREADABLE, Origin(table.file), detail=detail)]
        ) from fault
    except csv.Error:
        origin = Origin(table.file, "", str(number + 1))
        table.problems.append(problem(Code.QUOTATION_OPEN, origin))


def _mark_signs(cells: Cells, signs: dict[int, str], is_such: Callable[[str], bool]) -> None:
    """Tell the numbers of some columns what their comma, or point, is."""
    for index in signs.keys() & cells.keys():
        field = cells[index]
        if isinstance(field, str) and is_such(field):
            cells[index] = Special(field, comma=signs[index])


def _unwrap(cells: Cells) -> None:
    """`="0007"` is how spreadsheets keep a code as text in a file of text."""
    for index, cell in cells.items():
        kept = _KEPT_TEXT.fullmatch(cell) if isinstance(cell, str) else None
        if kept:
            cells[index] = kept[1]


def beside_problems(folder: Path) -> Iterator[Problem]:
    """One problem for each kind of file that is not read.

    Args:
        folder: A folder of workbooks, each an input, or of tables that together are one.
    """
    is_tables = is_table_folder(folder)
    kinds: dict[str, list[str]] = {}
    for file in sorted(folder.iterdir()):
        name, suffix = printable(file.name), file.suffix.lower()
        if name.startswith((".", "~$")) or name.lower() in _IGNORED:
            continue
        if file.is_dir():
            kinds.setdefault("other", []).append(f"{name}/")
        elif suffix not in (TABLES if is_tables else WORKBOOKS):
            kinds.setdefault(_kind(suffix), []).append(name)
    for kind, names in kinds.items():
        is_lost = is_tables and any(_is_sheet(name) for name in names)
        shown = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
        yield problem(
            Code.FILES_NOT_READ, Origin(printable(folder.name)), "error" if is_lost else "warning",
            files=shown, count=len(names), remedy=kind,
        )  # fmt: skip


def _kind(suffix: str) -> str:
    """A key below `unread.` of the text table."""
    if suffix in WORKBOOKS:
        return "workbooks"
    if suffix in _SHEETS:
        return "sheets"
    return "tables" if suffix in _TEXTS or suffix in TABLES else "other"


def _is_sheet(name: str) -> bool:
    """Whether a file is called like a sheet of the form, so that its rows would be missed."""
    stem = folded(name.rpartition(".")[0])
    words = [
        folded(word)
        for sheet in FORM
        for word in (sheet.key, *(text for _, text in sheet.label.texts))
    ]
    return stem in words or bool(near(stem, words))
