"""Parquet tables to addressed tables, some rows at a time; the only reader that needs pyarrow."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.codes import Code
from generator.intake.rows import Cells, Table
from generator.problems import Origin, WorkbookError, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EXACT = 2**53
"""Whole numbers up to here are the same as a floating-point number."""
_ROWS = 1_000
"""How many rows are taken from a file at a time."""
_UNNAMED = "__index_level_"
"""What names of an index begin with that has none."""


class _Column(NamedTuple):
    """A column as a spreadsheet would show it."""

    name: str
    place: int | None
    """Which column of the file it is; None for numbers that stand in no file."""
    numbers: range = range(0)


def read_parquet(path: Path, name: str) -> Table:
    """A Parquet file with its column names as row 1; an index that holds names is a column too.

    Raises:
        WorkbookError: The file cannot be read, or a column holds lists or bytes.
    """
    origin = Origin(name)
    try:
        from pyarrow import parquet  # noqa: PLC0415 - the library is an extra

        file = parquet.ParquetFile(path)
        columns, odd = _columns(file.schema_arrow), _odd(file)
    except ImportError as fault:
        raise WorkbookError([problem(Code.PARQUET_MISSING, origin)]) from fault
    except Exception as fault:  # readers of this format raise whatever their engine raises
        raise _unreadable(origin, type(fault).__name__) from fault
    if odd:
        raise _unreadable(origin, odd)
    names: Cells = {index: column.name for index, column in enumerate(columns)}
    return Table(name, "", chain([(1, names)], _rows(file, columns, origin)))


def _columns(schema: Any) -> list[_Column]:
    """The columns in the order in which pandas shows them: those of the index first."""
    places = {name: place for place, name in enumerate(schema.names)}
    first: list[_Column] = []
    listed = (schema.pandas_metadata or {}).get("index_columns", ())
    for one in listed:
        if isinstance(one, dict):
            # Numbers in order are an index that nobody made, unless somebody named it.
            if one.get("name"):
                numbers = range(one["start"], one["stop"], one["step"])
                first.append(_Column(str(one["name"]), None, numbers))
        elif one in places:
            first.append(_Column(_shown(one, is_single=len(listed) == 1), places[one]))
    taken = {column.place for column in first}
    rest = (_Column(name, at) for at, name in enumerate(schema.names) if at not in taken)
    return [*first, *rest]


def _shown(name: str, *, is_single: bool) -> str:
    """What pandas calls a column of an index."""
    if not name.startswith(_UNNAMED):
        return name
    return "index" if is_single else f"level_{name.removeprefix(_UNNAMED).removesuffix('__')}"


def _odd(file: Any) -> str:
    """A column that holds anything but single values; empty where none does."""
    from pyarrow import types  # noqa: PLC0415 - as above

    is_such = (types.is_nested, types.is_binary, types.is_large_binary, types.is_fixed_size_binary)
    for one in file.schema_arrow:
        if any(test(one.type) for test in is_such):
            column = file.read(columns=[one.name], use_threads=False)
            if column.num_rows > column.column(0).null_count:
                return str(one.name)
    return ""


def _rows(file: Any, columns: Sequence[_Column], origin: Origin) -> Iterator[tuple[int, Cells]]:
    """The rows below the names.

    Raises:
        WorkbookError: The file is broken further down.
    """
    number = 2
    try:
        with file:
            for batch in file.iter_batches(_ROWS, use_threads=False):
                held = [column.to_pylist() for column in batch.columns]
                for row in range(batch.num_rows):
                    values = (
                        column.numbers[number - 2] if column.place is None else held[column.place][row]
                        for column in columns
                    )  # fmt: skip
                    yield (
                        number,
                        {
                            index: _plain(value)
                            for index, value in enumerate(values)
                            if not _is_nothing(value)
                        },
                    )
                    number += 1
    except (OSError, ValueError, ImportError) as fault:
        raise _unreadable(origin, type(fault).__name__) from fault


def _unreadable(origin: Origin, detail: str) -> WorkbookError:
    return WorkbookError([problem(Code.TABLE_UNREADABLE, origin, detail=detail)])


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _plain(value: object) -> object:
    """A value as the other readers give it: Python's own numbers, text, dates."""
    if isinstance(value, Decimal):
        is_short = len(value.as_tuple().digits) <= 15
        return float(value) if is_short else str(value)
    if type(value) is int:
        # Digits that a floating-point number would lose are kept as text.
        return float(value) if abs(value) <= _EXACT else str(value)
    return value
