"""What was noticed around the cells of a table.

Above the headers titles pass, a unit of the whole table and data do not; below them there are struck
rows, notes, and rows of another length.

Also here: rows between the records that are none: headers once more, numbers of columns, units, a
heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from generator.codes import Code
from generator.intake import units
from generator.intake.cell import is_blank
from generator.intake.columns import Column, Kind
from generator.intake.columns.words import enumerated
from generator.intake.headunits import head_unit, line_unit, title_unit
from generator.intake.rows import Cells, Located, address, furniture_of, is_furniture, shown_text
from generator.intake.words import folded
from generator.problems import Origin, Problem, problem

_SEVERAL = re.compile(r"\s*(?:[、,，;；]|\band\b|和)\s*")
_MOST_NAMED = 8
_OF_SOME = re.compile("(?:金额|货币|容量|面积|电量|负荷|电价|价格|人数|里程)单位")
"""A line that gives the unit of one kind of number, which the table need not hold."""
_FIGURE = re.compile(r"[+-]?\d[\d,. ]*%?")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST = 3
"""Cells that a row needs to be taken for headers, or for the numbers of columns."""
_MOST_COLUMNS = 100
_ORDER = "甲乙丙丁戊己庚辛壬癸"
_DESCRIBED = frozenset({
    "required", "optional", "text", "number", "date", "list", "code", "必填", "选填", "可选", "文本", "文字",
    "数字", "数值", "日期", "选项", "代码", "下拉",
})  # fmt: skip
_UNIT_WORDS = frozenset({"unit", "units", "单位", "计量单位", "-", "–", "—", "/"})

_ODD = _DESCRIBED | _UNIT_WORDS

_LACKING = frozenset({Code.CELL_BLANK, Code.BLANK_IN_BOTH})
_MOST_SHOWN = 3


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


class Interludes:
    """Looks for such rows in one table.

    Args:
        located: The columns of the table.
        heads: The cells of its header row.
    """

    def __init__(self, located: Located, heads: Cells) -> None:
        self._located = located
        self._heads = {index: folded(shown_text(cell)) for index, cell in heads.items()}
        self._texts = {shown_text(cell) for cell in heads.values()}
        required = [column for column in located.columns.values() if column.required]
        self._is_register = bool(required) and required[0].refers_to == "region"
        self._first = min(located.columns, default=0)
        self.is_over = False
        """Whether another table begins, whose rows stand in other columns."""

    def named(self, number: int, cells: Cells) -> bool:
        """Whether a row is no record; it has been named then.

        Args:
            number: The number of the row.
            cells: What stands in the columns of the form.
        """
        if len(cells) > 1 and self._first in cells and not self._is_odd(cells[self._first]):
            return False
        filled = {index: cell for index, cell in cells.items() if not is_blank(cell)}
        found = self._look(number, filled)
        if found is not None:
            self._located.problems.append(found)
        return found is not None

    def _is_odd(self, first: object) -> bool:
        """Whether the first cell of a row may be that of a row without a record."""
        if isinstance(first, float):
            return first < _MOST_COLUMNS
        if not isinstance(first, str) or first in self._texts or first.lower() in _ODD:
            return True
        bare = first.strip("() ")
        return len(bare) <= 1 or (len(bare) < _LEAST and bare.isdecimal())

    def _look(self, number: int, cells: Cells) -> Problem | None:
        table = self._located.table
        row = Origin(table.file, table.sheet, str(number))
        texts = {index: folded(shown_text(cell)) for index, cell in cells.items()}
        if len(texts) >= _LEAST:
            heads = set(self._heads.values())
            if 3 * sum(text in heads for text in texts.values()) >= 2 * len(texts):
                return self._headers(row, texts)
            if _is_numbering(list(texts.values())) or _DESCRIBED.issuperset(texts.values()):
                return problem(Code.NUMBERING_ROW, row, "warning")
        return self._units(row, cells, texts) or self._alone(number, cells)

    def _headers(self, row: Origin, texts: Mapping[int, str]) -> Problem:
        if all(self._heads.get(index) == text for index, text in texts.items()):
            return problem(Code.HEADERS_REPEATED, row, "warning")
        self.is_over = True
        return problem(Code.SECOND_TABLE, row, row=self._located.header_row)

    def _units(self, row: Origin, cells: Cells, texts: Mapping[int, str]) -> Problem | None:
        """A row of units, where a record would hold numbers."""
        columns = self._located.columns
        given: dict[int, str] = {}
        for index, text in texts.items():
            if not isinstance(cells[index], str):
                return None
            if units.known(text) and columns[index].kind.is_number:
                given[index] = shown_text(cells[index])
            elif text not in _UNIT_WORDS and not units.known(text.strip("()")):
                return None
        if not given:
            return None
        if all(self._agrees(index, text, columns[index]) for index, text in given.items()):
            return problem(Code.NUMBERING_ROW, row, "warning")
        return problem(Code.UNITS_BETWEEN_ROWS, row, found=", ".join(dict.fromkeys(given.values())))

    def _agrees(self, index: int, text: str, column: Column) -> bool:
        own = self._located.units.get(index)
        return head_unit(column, text).scale == (own.scale if own else 1)

    def _alone(self, number: int, cells: Cells) -> Problem | None:
        """A heading, a note or a source: the one text of a row whose record needs several cells."""
        columns = self._located.columns
        lacking = [one for at, one in columns.items() if one.required and at not in cells]
        if not self._is_register or len(cells) != 1 or len(lacking) < _LEAST - 1:
            return None
        ((index, cell),) = cells.items()
        if not isinstance(cell, str) or columns[index].kind is not Kind.TEXT:
            return None
        table = self._located.table
        return problem(
            Code.LONE_TEXT, address(table.file, table.sheet, number, index), found=cell.strip()[:60],
            **enumerated(one.title for one in lacking).arguments("columns"),
        )  # fmt: skip


def _is_numbering(texts: list[str]) -> bool:
    """1, 2, 3 or (1), (2), (3) or A, B, C from cell to cell; 甲, 乙 may stand before the figures."""
    plain = [re.sub(r"[()\s.]", "", text.removesuffix(".0")) for text in texts]
    while plain and plain[0] in _ORDER and plain[0] == _ORDER[len(texts) - len(plain)][:1]:
        plain = plain[1:]
    if len(plain) < _LEAST:
        return False
    if all(text.isascii() and text.isdigit() for text in plain):
        numbers = [int(text) for text in plain]
    elif all(len(text) == 1 and "a" <= text <= "z" for text in plain):
        numbers = [ord(text) for text in plain]
    else:
        return False
    return all(after - before == 1 for before, after in pairwise(numbers))


def stray(
    located: Located, number: int, cells: Cells, noticed: Sequence[Problem], *, is_first: bool
) -> Problem | None:
    """What a row is instead of a record; None where it may be one.

    Args:
        located: The columns of the table.
        number: The row.
        cells: Its cells.
        noticed: What was noticed in it.
        is_first: Whether no record stands above it.
    """
    filled = {index: cell for index, cell in sorted(cells.items()) if not is_blank(cell)}
    if not all(isinstance(cell, str) for cell in filled.values()):
        return None
    table = located.table
    texts = [shown_text(cell).strip() for cell in filled.values()]
    if len(filled) == 1 and all(one.code in _LACKING for one in noticed):
        origin = address(table.file, table.sheet, number, next(iter(filled)))
        return problem(Code.LONE_CELL, origin, found=texts[0][:60])
    typed = {index for index in filled if located.columns[index].kind is not Kind.TEXT}
    typed -= {index for index in typed if located.columns[index].refers_to}
    refused = {one.origin.cell for one in noticed if one.code not in _LACKING}
    is_all = all(
        address("", "", number, index).cell in refused and not any(map(str.isdigit, text))
        for index, text in zip(filled, texts, strict=True)
        if index in typed
    )
    if is_first and len(typed) > 1 and is_all:
        origin = Origin(table.file, table.sheet, str(number))
        shown = " / ".join(text[:30] for text in texts[:_MOST_SHOWN])
        return problem(Code.SECOND_HEADER_ROW, origin, found=shown, row=located.header_row)
    return None
