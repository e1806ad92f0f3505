"""A marked copy of the planner's own workbook: the same package with fills, comments, a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.intake.container import opened_workbook
from generator.intake.marked.book import Book
from generator.opc import Package
from generator.problems import Origin, Problem


def marked_copy(
    path: Path, problems: Sequence[Problem], say: Callable[[Problem], str], words: Mapping[str, str]
) -> bytes:
    """The planner's workbook with every wrong cell filled and commented, and a list of problems.

    Everything else stays: parts that are not concerned are copied byte for byte, sheets are
    spliced at the marked cells. A problem of a row marks the row's first cell, one of a cell under
    a merged range marks the range's first cell, one of a sheet or the file is only in the list.

    Args:
        path: The workbook, .xlsx or .xlsm; the copy is an .xlsx in either case.
        problems: The problems of this file.
        say: The full message of a problem in the reader's language.
        words: The texts of the copy:
            `sheet_name` of the list, also the author of the comments; `title` (`{file}`), `kept`,
            `kept_else` (in its place where something was lost) and `lost` (`{items}`), the first
            line; `separator` between items; `col_severity`, `col_code`, `col_place`,
            `col_message`, the header; `error`, `warning`; and what can be lost: `macros`,
            `signature`, `threads` (comments on cells with a conversation), `comments`
            (`{sheet}`, its drawing takes no more), `marks` (`{sheet}`, it cannot be marked),
            `beyond` (`{count}`, problems after that many).

    Returns:
        The bytes of an .xlsx; the same input gives the same bytes.

    Raises:
        WorkbookError: The file is not a workbook that can be read and patched.
    """
    with opened_workbook(path, Origin(path.name)) as source:
        return Book(Package(source), path.name).marked(problems, say, words)
