"""Rows that are no record: a second row of headers in another language, a note under the table.

Each gets one message, in place of one for every cell that cannot be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake.cell import is_blank
from generator.intake.columns import Kind
from generator.intake.rows import address, shown_text
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.intake.rows import Cells, Located

_LACKING = frozenset({"IN-201", "IN-202"})
_MOST_NAMED = 3


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
        return problem("IN-280", origin, found=texts[0][:60])
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
        return problem("IN-281", origin, found=shown, row=located.header_row)
    return None
