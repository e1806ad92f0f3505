"""Workbooks to addressed tables, through openpyxl."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from generator.intake.cells import Raw
from generator.intake.rows import Table, address
from generator.problems import Origin, WorkbookError, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

_MAX_ROWS = 200_000
_MAX_COLUMNS = 200
_MAX_UNPACKED = 400 * 2**20
_OLE = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path) -> list[Table]:
    """Every sheet of a workbook as a table of addressed cells, hidden sheets included.

    Raises:
        WorkbookError: The file is not a readable .xlsx workbook; the problem says what it is.
    """
    _check_container(path)
    origin = Origin(path.name)
    try:
        values, formulas = _open(path, is_values=True), _open(path, is_values=False)
        try:
            return [
                _table(path.name, name, values, formulas)
                for name in values.sheetnames
                if hasattr(values[name], "iter_rows")
            ]
        finally:
            values.close()
            formulas.close()
    except (KeyError, ValueError, TypeError, OSError, SyntaxError, zipfile.BadZipFile) as fault:
        raise WorkbookError([problem("IN-103", origin, detail=type(fault).__name__)]) from fault


def _check_container(path: Path) -> None:
    """Say what the file is before it is opened, and refuse one that would inflate without end."""
    origin = Origin(path.name)
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as fault:
        raise WorkbookError([problem("RN-101", Origin(str(path)))]) from fault
    if head.startswith(_OLE):
        raise WorkbookError([problem("IN-101", origin)])
    if not zipfile.is_zipfile(path):
        raise WorkbookError([problem("IN-102" if head else "IN-108", origin)])
    with zipfile.ZipFile(path) as package:
        if sum(part.file_size for part in package.infolist()) > _MAX_UNPACKED:
            raise WorkbookError([problem("IN-109", origin)])
        if "[Content_Types].xml" not in package.namelist():
            raise WorkbookError([problem("IN-102", origin)])


def _open(path: Path, *, is_values: bool) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415 - half the start-up time of the command

    return load_workbook(path, read_only=True, data_only=is_values, keep_links=False)


def _table(file: str, name: str, values: Workbook, formulas: Workbook) -> Table:
    rows = []
    pairs = zip(_rows(values[name]), _rows(formulas[name]), strict=True)
    for number, (cells, written) in enumerate(pairs, start=1):
        raws = [
            _raw(file, name, number, index, cell, formula)
            for index, (cell, formula) in enumerate(zip(cells, written, strict=True))
        ]
        while raws and raws[-1].value is None and not raws[-1].is_formula_without_value:
            raws.pop()
        if raws:
            rows.append((number, tuple(raws)))
    return Table(file, name, tuple(rows))


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS)


def _raw(file: str, sheet: str, row: int, index: int, cell: object, formula: object) -> Raw:
    value = getattr(cell, "value", None)
    written = getattr(formula, "value", None)
    return Raw(
        address(file, sheet, row, index),
        value,
        is_error=getattr(cell, "data_type", "") == "e",
        is_formula_without_value=value is None and written is not None,
        is_percent="%" in str(getattr(cell, "number_format", "") or ""),
    )
