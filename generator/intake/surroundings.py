"""What was noticed around the cells of a table.

Above the headers titles pass, a unit of the whole table and data do not; below them there are struck
rows, notes, and rows of another length.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake import units
from generator.intake.cell import is_blank
from generator.intake.columns.words import enumerated
from generator.intake.headunits import head_unit, line_unit, title_unit
from generator.intake.rows import Cells, Located, address, furniture_of, is_furniture, shown_text
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.intake.columns import Column

_SEVERAL = re.compile(r"\s*(?:[、,，;；]|\band\b|和)\s*")
_MOST_NAMED = 8
_OF_SOME = re.compile("(?:金额|货币|容量|面积|电量|负荷|电价|价格|人数|里程)单位")
"""A line that gives the unit of one kind of number, which the table need not hold."""
_FIGURE = re.compile(r"[+-]?\d[\d,. ]*%?")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def above_problems(above: Iterable[tuple[int, Cells]], found: Located) -> Iterator[Problem]:
    """A unit that may mean some of the columns, and rows that look like records."""
    table = found.table
    for number, cells in above:
        filled = {index: cell for index, cell in sorted(cells.items()) if not is_blank(cell)}
        texts = [(index, shown_text(cell)) for index, cell in filled.items()]
        pairs = [
            (index, f"{text} {behind}")
            for (index, text), (_, behind) in pairwise(texts)
            if len(text) < 20
        ]
        said = [(index, unit) for index, text in [*texts, *pairs] if (unit := line_unit(text))]
        line = "".join(text for _, text in texts)
        told_here = {
            index: (unit, _meant(unit, found, is_sure=not _OF_SOME.search(line)))
            for index, unit in dict(said).items()
        }
        for index, text in texts if not said else ():
            if own := _over(index, text, found):
                told_here[index] = text, own
            elif unit := title_unit(text):
                told_here[index] = unit, _meant(unit, found, is_sure=False)
        for index, (unit, columns) in told_here.items():
            if columns:
                yield problem(
                    Code.TITLE_UNIT_WRONG, address(table.file, table.sheet, number, index), written=unit,
                    **enumerated((one.title for one in columns), _MOST_NAMED).arguments("columns"),
                )  # fmt: skip
        if not any(columns for _, columns in told_here.values()) and _is_record(filled, found):
            origin = Origin(table.file, table.sheet, str(number))
            yield problem(Code.ROW_ABOVE_HEADERS, origin, row=found.header_row)


def _over(index: int, text: str, found: Located) -> list[Column]:
    """The column that a bare unit stands over, unless it is the column's own."""
    column = found.columns.get(index)
    if column is None or index in found.units or not units.known(text):
        return []
    one = head_unit(column, text)
    return [column] if one.is_unit and one.scale != 1 else []


def _meant(unit: str, found: Located, *, is_sure: bool = True) -> list[Column]:
    """The columns that a unit of the whole table would change, or cannot be of; none if it agrees.

    Args:
        unit: What the line says.
        found: The columns of the table.
        is_sure: Whether the line says that it gives a unit; one of no column counts only then.
    """
    numbers = {
        index: column
        for index, column in found.columns.items()
        if column.kind.is_number and column.unit
    }
    changed: list[Column] = []
    for part in _SEVERAL.split(unit):
        said = {index: head_unit(column, part) for index, column in numbers.items()}
        fitting = [
            index
            for index, one in said.items()
            if one.scale is not None or units.is_bare_currency(numbers[index].unit, part)
        ]
        if fitting:
            changed += [
                numbers[index]
                for index in fitting
                if said[index].scale != 1 and index not in found.units
            ]
        elif is_sure and (units.known(part) or any(one.is_unit for one in said.values())):
            changed += [column for index, column in numbers.items() if index not in found.units]
    return list(dict.fromkeys(changed))


def _is_record(filled: Cells, found: Located) -> bool:
    """Whether a row above the headers holds numbers, or nearly as many cells as the headers."""
    inside = {index: cell for index, cell in filled.items() if index in found.columns}
    furniture = {index: furniture_of(found.columns[index]) for index in inside}
    if len(inside) < 2 or is_furniture(inside, furniture):
        return False
    figures = sum(
        1
        for cell in inside.values()
        if not isinstance(cell, str) or _FIGURE.fullmatch(cell.strip())
    )
    return figures > 0 or len(inside) >= max(4, 0.7 * len(found.columns))


def remarks(located: Located) -> Iterator[Problem]:
    """Everything noticed of a table whose rows have been taken."""
    table = located.table
    yield from table.problems
    if table.notes:
        yield problem(Code.NOTES_NOT_READ, table.origin, "warning", count=table.notes)
    for number, struck in table.struck.items():
        if number <= located.header_row:
            continue
        if not struck:
            yield problem(Code.STRUCK_OUT, Origin(table.file, table.sheet, str(number)), "warning")
        for index in sorted(struck & located.columns.keys()):
            yield problem(
                Code.STRUCK_OUT, address(table.file, table.sheet, number, index), "warning"
            )
    longer = list(_lengths(located))
    rows = {found.origin.cell for found in longer}
    # What lies beyond the headers of such a row has been named with it.
    located.problems[:] = [
        found
        for found in located.problems
        if found.code != Code.COLUMN_WITHOUT_HEADER
        or found.origin.cell.lstrip(_LETTERS) not in rows
    ]
    yield from longer


def _lengths(located: Located) -> Iterator[Problem]:
    """Rows with more or fewer fields than the header row, which may have moved their cells."""
    table = located.table
    wanted = next(
        (length for length, rows in table.lengths.items() if located.header_row in rows), None
    )
    for length, rows in table.lengths.items():
        if wanted is None or length == wanted:
            continue
        for number in rows:
            if number > located.header_row:
                yield problem(
                    Code.FIELDS_MISCOUNTED, Origin(table.file, table.sheet, str(number)),
                    "error" if length > wanted else "warning", found=length, wanted=wanted,
                )  # fmt: skip
