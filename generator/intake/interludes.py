"""Rows between the records that are none: headers once more, numbers of columns, units, a heading.

Each is named once, so that its cells bring no further messages. Most rows are told from them by
their first cell.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake import units
from generator.intake.cell import is_blank
from generator.intake.columns import Kind
from generator.intake.columns.words import enumerated
from generator.intake.headunits import head_unit
from generator.intake.rows import Cells, Located, address, shown_text
from generator.intake.words import folded
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.intake.columns import Column

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
_MOST_NAMED = 3


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
        shown = " / ".join(text[:30] for text in texts[:_MOST_NAMED])
        return problem(Code.SECOND_HEADER_ROW, origin, found=shown, row=located.header_row)
    return None
