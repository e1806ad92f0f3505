"""One fault in most cells of a column is one question for the column, not one for every cell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.codes import Code
from generator.intake.cell import cells_in_short, place
from generator.shipped import LANGUAGES, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.problems import Origin, Problem

_LEAST = 5
_SHARE = 0.5
_CODES = frozenset({Code.REGION_CODE_WRONG, Code.COMMA_UNCLEAR, Code.OUT_OF_BOUNDS})
_MOST_NAMED = 30
_METRES = 1000.0
"""From here on a coordinate counts the metres of a national grid."""

Column = tuple[str, str, str, str]
"""A file, a sheet, the letters of a column, a code."""


def joined(problems: Sequence[Problem], rows: Mapping[tuple[str, str], int]) -> list[Problem]:
    """The problems, those of one kind in most cells of a column as one that names the cells.

    Args:
        problems: Of all tables of an input.
        rows: File and sheet of each table to how many records it has.
    """
    groups: dict[Column, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.code in _CODES:
            groups[_column(one)].append(one)
    many = {
        column: group
        for column, group in groups.items()
        if len(group) >= max(_LEAST, _SHARE * rows.get(column[:2], 0)) and _is_common(group)
    }
    result = []
    for one in problems:
        column = _column(one)
        if one.code not in _CODES or column not in many:
            result.append(one)
        elif one is many[column][0]:
            result.append(_as_one(many[column], rows.get(column[:2], 0)))
    return result


def of_several_rows(problems: Sequence[Problem], code: str) -> list[Problem]:
    """Problems of one code in one column as one that names the cells, where there are several.

    Args:
        problems: The problems of one table, or of one region in it.
        code: The code whose problems are joined.
    """
    mine = [one for one in problems if one.code == code]
    if len(mine) < 2:
        return list(problems)
    args = {
        **dict(mine[0].args), "cause": "several", "count": str(len(mine)),
        "cells": cells_in_short(one.origin for one in mine),
    }  # fmt: skip
    for language, ending in LANGUAGES.items():
        key, separator = f"own_{ending}", texts()["clause.separator"][language]
        names = list(dict.fromkeys(dict(one.args).get(key, "") for one in mine))
        args[key] = separator.join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    whole = replace(mine[0], args=tuple(args.items()))
    return [
        whole if one is mine[0] else one for one in problems if one.code != code or one is mine[0]
    ]


def _column(one: Problem) -> Column:
    return one.origin.file, one.origin.sheet, place(one.origin)[0], one.code


def _is_common(group: Iterable[Problem]) -> bool:
    """Whether the numbers are out of bounds for one reason: coordinates in metres."""
    return all(one.code != Code.OUT_OF_BOUNDS or _is_metres(dict(one.args)) for one in group)


def _is_metres(args: Mapping[str, str]) -> bool:
    try:
        return args.get("unit_en") == "°" and abs(float(args["found"])) >= _METRES
    except ValueError:
        return False


def _as_one(group: Sequence[Problem], total: int) -> Problem:
    cells: list[Origin] = [one.origin for one in group]
    first = group[0]
    args = {
        **dict(first.args), "cause": "column", "count": str(len(group)),
        "total": str(max(total, len(group))), "cells": cells_in_short(cells),
    }  # fmt: skip
    return replace(first, args=tuple(args.items()))
