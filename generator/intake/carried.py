"""The rows of a workbook as the form writer takes them, with the planner's own columns behind."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from generator.intake.books import read_book
from generator.intake.cell import Special, is_blank
from generator.intake.knowledge import choice_words, planner_references
from generator.intake.rows import shown_text
from generator.intake.tablefile import read_folder
from generator.intake.xlsx import read_workbook
from generator.model import Label
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.intake.books import Book
    from generator.intake.records import Record
    from generator.model import Knowledge

_POINTS = 100


class Carried(NamedTuple):
    """The rows of a workbook by sheet key, and the headers of columns that the form does not have."""

    rows: dict[str, list[dict[str, object]]]
    """Physical column key, or header of a planner's own column, to value."""
    beside: dict[str, tuple[str, ...]]


def form_rows(path: Path, knowledge: Knowledge) -> Carried:
    """Everything in the rows of a workbook or of a folder of tables, as the present form has it.

    Numbers come in the unit of their column, names as ids; what a planner wrote into columns of
    his own comes as it stands. Cells that were refused are blank: see to it that there are none.

    Raises:
        InputError: The file cannot be read at all.
    """
    words = choice_words(knowledge.choices, knowledge.former_labels)
    book = read_book(path, words, planner_references(knowledge), knowledge)
    rows = {
        key: [_form_row(record) for record in found.records] for key, found in book.sheets.items()
    }
    beside = _with_own_columns(path, book, rows)
    if "weights" in rows:
        rows["weights"] = _objectives(rows["weights"])
    return Carried(rows, beside)


def _form_row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {}
    for key, value in record.values.items():
        if key == "unit":
            continue  # the numbers of the row have been read in it already
        if isinstance(value, Label):
            row.update({f"{key}_{LANGUAGES[language]}": text for language, text in value.texts})
        elif isinstance(value, bool):
            row[key] = int(value)
        elif isinstance(value, tuple):
            row[key] = ";".join(value)
        elif value is not None:
            is_whole = isinstance(value, float) and value.is_integer()
            row[key] = int(value) if isinstance(value, float) and is_whole else value
    return row


def _with_own_columns(
    path: Path, book: Book, rows: dict[str, list[dict[str, object]]]
) -> dict[str, tuple[str, ...]]:
    """The headers of the planner's own columns by sheet; their cells are added to the rows."""
    wanted: dict[tuple[str, str], dict[int, str]] = {}
    places: dict[tuple[str, str, int], dict[str, object]] = {}
    headers: dict[str, dict[str, None]] = defaultdict(dict)
    for key, found in book.sheets.items():
        for located in found.tables:
            own = {
                index: shown_text(located.heads[index]).strip() for index in sorted(located.unread)
            }
            wanted[located.table.file, located.table.sheet] = own
            headers[key].update(dict.fromkeys(own.values()))
        for record, made in zip(found.records, rows[key], strict=True):
            table = record.located.table
            places[table.file, table.sheet, record.number] = made
    if not any(wanted.values()):
        return {}
    for table in read_folder(path) if path.is_dir() else read_workbook(path):
        own = wanted.get((table.file, table.sheet), {})
        for number, cells in table.rows if own else ():
            row = places.get((table.file, table.sheet, number), {})
            # A row that is no record, such as a title, has nothing to stand beside.
            row.update(
                {
                    own[at]: _plain(cells[at])
                    for at in own.keys() & cells.keys()
                    if not is_blank(cells[at])
                }
            )
    return {key: tuple(names) for key, names in headers.items() if names}


def _plain(cell: object) -> object:
    """What a cell holds, or shows where its format says more than that."""
    if isinstance(cell, Special):
        return cell.shows or cell.value
    return cell


def _objectives(rows: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Points on the objectives of the present form, one row for each, 100 in all for everybody.

    Where points went nowhere, what is left is in proportion what it was.
    """
    stakeholders: dict[tuple[object, ...], dict[object, dict[str, object]]] = defaultdict(dict)
    for row in rows:
        who = tuple(row.get(key) for key in ("region", "stakeholder_en", "stakeholder_zh"))
        if "benefit" not in row:
            continue
        first = stakeholders[who].setdefault(row["benefit"], {**row, "weight": 0.0})
        first["weight"] = _number(first) + _number(row)
    made: list[dict[str, object]] = []
    for given in stakeholders.values():
        total = math.fsum(map(_number, given.values()))
        if total and not math.isclose(total, _POINTS):
            for row in given.values():
                row["weight"] = round(_number(row) * _POINTS / total, 2)
            most = max(given.values(), key=_number)
            rest = _POINTS - math.fsum(map(_number, given.values()))
            most["weight"] = round(_number(most) + rest, 2)
        made += given.values()
    return made


def _number(row: dict[str, object]) -> float:
    weight = row.get("weight")
    return float(weight) if isinstance(weight, int | float) else 0.0
