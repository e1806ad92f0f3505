"""Parquet tables to addressed tables; the only reader that needs pandas."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from pathlib import Path

import pandas as pd

from generator.codes import Code
from generator.intake.rows import Cells, Table
from generator.problems import Origin, WorkbookError, problem

_EXACT = 2**53
"""Whole numbers up to here are the same as a floating-point number."""


def read_parquet(path: Path, name: str) -> Table:
    """A Parquet file with its column names as row 1; an index that holds names is a column too.

    Raises:
        WorkbookError: The file cannot be read, or a column holds lists or bytes.
    """
    origin = Origin(name)
    try:
        frame = pd.read_parquet(path)
    except ImportError as fault:
        raise WorkbookError([problem(Code.PARQUET_MISSING, origin)]) from fault
    except Exception as fault:  # readers of this format raise whatever their engine raises
        raise WorkbookError(
            [problem(Code.TABLE_UNREADABLE, origin, detail=type(fault).__name__)]
        ) from fault
    if not isinstance(frame.index, pd.RangeIndex) or frame.index.name is not None:
        frame = frame.reset_index()
    names: Cells = {index: str(header) for index, header in enumerate(frame.columns)}
    series = [frame.iloc[:, at] for at in range(len(frame.columns))]
    columns = [one.astype(object).where(one.notna(), None) for one in series]
    for index, values in enumerate(columns):
        if any(not _is_single(value) for value in values):
            raise WorkbookError([problem(Code.TABLE_UNREADABLE, origin, detail=names[index])])
    rows = (
        (number, {index: _plain(value) for index, value in enumerate(values) if value is not None})
        for number, values in enumerate(zip(*columns, strict=True), start=2)
    )
    return Table(name, "", chain([(1, names)], rows))


def _is_single(value: object) -> bool:
    """Whether a value is one of a cell, not a list, a record or raw bytes."""
    return not isinstance(value, list | dict | tuple | set | bytes) and not getattr(
        value, "ndim", 0
    )


def _plain(value: object) -> object:
    """A value as the other readers give it: Python's own numbers, text, dates."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, Decimal):
        is_short = len(plain.as_tuple().digits) <= 15
        return float(plain) if is_short else str(plain)
    if type(plain) is int:
        # Digits that a floating-point number would lose are kept as text.
        return float(plain) if abs(plain) <= _EXACT else str(plain)
    return plain
