"""Problems in the order in which a planner goes through the form."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from generator.intake.columns import FORM
from generator.intake.words import folded
from generator.settings import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.problems import Origin, Problem

_CELL = re.compile(r"([A-Z]*)(\d*)")
_PLACES = {
    folded(name): number
    for number, sheet in enumerate(FORM)
    for name in (sheet.key, sheet.en, sheet.zh, *sheet.synonyms)
}


def in_form_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by input, then by sheet of the form, row and column; files as a whole come first."""
    return sorted(problems, key=lambda found: (*_place(found.origin), found.code))


def _place(origin: Origin) -> tuple[object, ...]:
    path = PurePath(origin.file)
    is_table = not origin.sheet and path.suffix.lower() in TABLES
    title = path.stem if is_table else origin.sheet
    sheet = _PLACES.get(folded(title), len(_PLACES)) if title else -1
    match = _CELL.fullmatch(origin.cell)
    letters, row = (match[1], int(match[2] or 0)) if match else ("", 0)
    book = path.parent.as_posix() if is_table else origin.file
    return book, sheet, title, row, len(letters), letters
