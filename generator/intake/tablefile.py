"""CSV and Parquet tables to addressed tables.

CSV goes through the standard library, so that an address is the record a spreadsheet would show;
Parquet goes through pandas. A folder of such files is one input, like a workbook with its sheets.
"""

from __future__ import annotations

import csv
import hashlib
import io
from itertools import chain
from typing import TYPE_CHECKING

from generator.intake.rows import Cells, Table
from generator.problems import InputError, KnowledgeError, Origin, Problem, WorkbookError, problem
from generator.settings import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MAX_BYTES = 400 * 2**20
_MAX_FIELD = 2**20


def read_csv(path: Path) -> Table:
    """A CSV file of the catalogue or the rules as a table; UTF-8 only.

    Raises:
        KnowledgeError: The file is missing or is not UTF-8 text.
    """
    try:
        table = _table(path.name, path.read_bytes().decode("utf-8-sig"))
        table.rows = iter(list(table.rows))
    except FileNotFoundError as fault:
        raise KnowledgeError([problem("RN-101", Origin(str(path)))]) from fault
    except (OSError, UnicodeDecodeError, WorkbookError) as fault:
        raise KnowledgeError([problem("KN-101", Origin(path.name), detail=str(fault))]) from fault
    return table


def read_folder(path: Path, prefix: str = "") -> tuple[list[Table], list[Problem], bytes]:
    """Every table file of a folder, what was noticed, and the digest of all files.

    Args:
        path: The folder.
        prefix: What addresses put before the name of each file.

    Raises:
        WorkbookError: A file cannot be read; every such file is named.
    """
    tables: list[Table] = []
    notes: list[Problem] = []
    faults: list[Problem] = []
    digest = hashlib.sha256()
    for file in sorted(file for file in path.iterdir() if file.suffix.lower() in TABLES):
        try:
            name = f"{prefix}{file.name}"
            content = _content(file, name)
            digest.update(file.name.encode() + b"\0" + content)
            is_csv = file.suffix.lower() == ".csv"
            tables.append(_decoded(name, content, notes) if is_csv else _parquet(file, name))
        except InputError as fault:
            faults.extend(fault.problems)
    if faults:
        raise WorkbookError(faults)
    return tables, notes, digest.digest()


def _content(file: Path, name: str) -> bytes:
    origin = Origin(name)
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise WorkbookError([problem("IN-109", origin)])
        return file.read_bytes()
    except OSError as fault:
        raise WorkbookError([problem("RN-101", Origin(str(file)))]) from fault


def _decoded(name: str, content: bytes, notes: list[Problem]) -> Table:
    """A planner's CSV file, in UTF-8 or in the encoding that Excel writes in China."""
    origin = Origin(name)
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in _BYTE_ORDER else "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "utf-8-sig":
            notes.append(problem("IN-116", origin, "warning", encoding=encoding.upper()))
        return _table(name, text)
    raise WorkbookError([problem("IN-117", origin, detail="encoding")])


_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")


def _table(name: str, text: str) -> Table:
    """Addresses count records as a spreadsheet would show them."""
    csv.field_size_limit(_MAX_FIELD)
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    return Table(name, "", _records(name, records), is_text=True)


def _records(name: str, records: Iterable[list[str]]) -> Iterator[tuple[int, Cells]]:
    try:
        for number, record in enumerate(records, start=1):
            cells: Cells = {index: field for index, field in enumerate(record) if field}
            if cells:
                yield number, cells
    except csv.Error as fault:
        raise WorkbookError([problem("IN-117", Origin(name), detail=fault)]) from fault


def _parquet(path: Path, name: str) -> Table:
    """A Parquet file with its column names as row 1."""
    import pandas as pd  # noqa: PLC0415 - half a second that only Parquet needs

    origin = Origin(name)
    try:
        frame = pd.read_parquet(path)
    except ImportError as fault:
        raise WorkbookError([problem("IN-118", origin)]) from fault
    except Exception as fault:  # readers of this format raise whatever their engine raises
        raise WorkbookError([problem("IN-117", origin, detail=type(fault).__name__)]) from fault
    names: Cells = {index: str(header) for index, header in enumerate(frame.columns)}
    columns = [
        frame[header].astype(object).where(frame[header].notna(), None) for header in frame.columns
    ]
    rows = (
        (number, {index: _plain(value) for index, value in enumerate(values) if value is not None})
        for number, values in enumerate(zip(*columns, strict=True), start=2)
    )
    return Table(name, "", chain([(1, names)], rows))


def _plain(value: object) -> object:
    """A value as the other readers give it: Python's own numbers, text, dates."""
    plain = value.item() if hasattr(value, "item") else value
    return float(plain) if type(plain) is int else plain
