"""The one description of every sheet and table.

The blank workbook, the checker, the reader of catalogue and rules and the column reference are all
driven by `columns.csv`: a new column is one row there, and its words in the text table. A row
without a column describes its sheet: what it is part of, and in `keys` which columns together may
occur once. `flags` are the words of `_FLAGS`; a `figure` is a single number of a region, for which
a Measures row may stand with its own source and grade.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.intake.columns.column import Column, Kind, Sheet, worded
from generator.shipped import ENGLISH, LANGUAGES

SCHEMA_VERSION = 2
_FLAGS = frozenset({
    "required", "unique", "bilingual", "uncertain", "printed", "exact", "figure", "expected",
    "sequence",
})  # fmt: skip
_FIGURE = "figure"

Row = dict[str, str]


def _rows() -> tuple[Row, ...]:
    path = Path(__file__).parents[1] / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    for row in rows:
        if not _FLAGS.issuperset(row["flags"].split()):
            raise ValueError(row)
    return rows


def _column(row: Row) -> Column:
    flags = row["flags"].split()
    return Column(
        row["column"],
        Kind(row["kind"]),
        unit=row["unit"],
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        choices=row["choices"],
        refers_to=row["refers_to"],
        required="required" in flags,
        unique="unique" in flags,
        bilingual="bilingual" in flags,
        uncertain="uncertain" in flags,
        printed="printed" in flags,
        is_sequence="sequence" in flags,
        typed_by=row["typed_by"],
        example=row["example"],
        since=int(row["since"] or 1),
        ranged_since=int(row["ranged_since"] or 1),
        is_ranged_by_grade="exact" not in flags,
        jurisdictions=tuple(row["jurisdictions"].split()),
        not_in=tuple(row["not_in"].split()),
    )


def _sheets(rows: tuple[Row, ...]) -> Mapping[str, tuple[Sheet, ...]]:
    """The sheets and tables in their order, by what they are part of."""
    columns: dict[str, list[Column]] = defaultdict(list)
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["column"]:
            columns[row["sheet"]].append(_column(row))
        else:
            parts[row["kind"]].append(row)
    return {
        part: tuple(_sheet(row, columns[row["sheet"]]) for row in own)
        for part, own in parts.items()
    }


def _sheet(row: Row, columns: list[Column]) -> Sheet:
    sheet = Sheet(
        row["sheet"],
        tuple(columns),
        required="required" in row["flags"],
        unique=tuple(row["keys"].split()),
        is_expected="expected" in row["flags"],
        is_knowledge=row["kind"] != "form",
    )
    return worded(sheet) if row["kind"] in {"form", "rules", "catalogue"} else sheet


_ROWS = _rows()
_PARTS = _sheets(_ROWS)
FORM = _PARTS["form"]
"""The sheets that planners fill."""
FORM_BY_KEY = {sheet.key: sheet for sheet in FORM}
_FIGURES = frozenset(row["column"] for row in _ROWS if _FIGURE in row["flags"].split())
REGION_FIGURES = tuple(one for one in FORM_BY_KEY["region"].columns if one.key in _FIGURES)
CATALOGUE = _PARTS["catalogue"]
RULES = _PARTS["rules"]
"""Instruments, what each says of an activity, how they bear on each other, why one is left open."""
(FIELDS,) = _PARTS["fields"]
STRINGS = Sheet(
    "strings",
    (
        Column("key", required=True, unique=True),
        *(Column(tag, Kind.VERBATIM, required=tag == ENGLISH) for tag in LANGUAGES),
        Column("note"),
    ),
    required=True,
    unique=("key",),
    is_knowledge=True,
)
"""The text table: a column a language."""
