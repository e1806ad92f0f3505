"""What was noticed beside the cells of a table: struck rows, notes, rows of another length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake.rows import Located, address
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def remarks(located: Located) -> Iterator[Problem]:
    """Everything noticed of a table whose rows have been taken."""
    table = located.table
    yield from table.problems
    if table.notes:
        yield problem("IN-137", table.origin, "warning", count=table.notes)
    for number, struck in table.struck.items():
        if number <= located.header_row:
            continue
        if not struck:
            yield problem("IN-122", Origin(table.file, table.sheet, str(number)), "warning")
        for index in sorted(struck & located.columns.keys()):
            yield problem("IN-122", address(table.file, table.sheet, number, index), "warning")
    longer = list(_lengths(located))
    rows = {found.origin.cell for found in longer}
    # What lies beyond the headers of such a row has been named with it.
    located.problems[:] = [
        found
        for found in located.problems
        if found.code != "IN-115" or found.origin.cell.lstrip(_LETTERS) not in rows
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
                    "IN-139", Origin(table.file, table.sheet, str(number)),
                    "error" if length > wanted else "warning", found=length, wanted=wanted,
                )  # fmt: skip
