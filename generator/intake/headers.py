"""Where the headers of a sheet stand, which column each names, and the unit it gives.

Headers are found by their words in either language; title rows above them are passed over. What is
near a word of the form and is not it would be dropped, and so is an error; what is far from all of
them is named and left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.asides import aside
from generator.intake.cell import is_blank
from generator.intake.columns.words import enumerated
from generator.intake.headunits import NOTHING, HeadUnit, head_unit, partings
from generator.intake.rows import (
    Cells,
    Located,
    Table,
    address,
    furniture_of,
    is_furniture,
    shown_text,
)
from generator.intake.surroundings import above_problems
from generator.intake.words import folded, near, nearest
from generator.problems import Origin, Problem, problem
from generator.shipped import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from generator.intake.columns import Column, Sheet

_HEADER_ROWS = 40
"""How far down a header row is looked for."""
_LONGEST_HEADER = 120
_BEHIND = " \u00a0\t\r\n*\uff0a"
"""The asterisk by which the form marks a column that must be filled is no part of its name."""
_NO_UNIT = frozenset({"", "-", "–", "—", "/", "单位", "计量单位", "unit", "units", "无"})
"""What stands in a row of units over a column without one."""

_PASSABLE = frozenset({Code.TITLE_UNIT_WRONG, Code.COLUMN_MISSPELT, Code.ROW_ABOVE_HEADERS})
"""Errors of the head under which the rows can be read all the same."""


def header_words(columns: Iterable[Column]) -> dict[str, tuple[Column, str]]:
    """Folded header text to its column and the language it is in; exact keys come first."""
    columns = tuple(columns)
    words: dict[str, tuple[Column, str]] = {}
    for column in columns:
        words[folded(column.key)] = (column, "en")
    for language in LANGUAGES:
        for column in columns:
            words.setdefault(folded(column.header(language)), (column, language))
    for column in columns:
        for language, synonym in column.synonyms:
            words.setdefault(folded(synonym), (column, language))
    return words


def locate(table: Table, sheet: Sheet) -> Located:
    """Find the header row of a sheet and the column of every header."""
    words = header_words(sheet.physical)
    head = list(islice(table.rows, _HEADER_ROWS))
    found = Located(table, rows=chain(head, table.rows), is_empty=not head)
    at = _header_at(head, words)
    if at is None:
        must = enumerated(column.title for column in sheet.columns if column.required)
        found.problems.append(
            problem(Code.NO_HEADER_ROW, table.origin, **must.arguments("headers"))
        )
        found.is_unusable = True
        return found
    found.header_row, cells = head[at]
    found.heads = cells
    second = None if sheet.is_knowledge else _second_header(head, at, words, table)
    if second is not None:
        first, last = sorted((found.header_row, second))
        origin = Origin(table.file, table.sheet, str(last))
        found.problems.append(problem(Code.HEADERS_IN_TWO_ROWS, origin, first=first, last=last))
        found.is_unusable = True
        return found
    unknown = [index for index, cell in sorted(cells.items()) if _place(index, cell, words, found)]
    wanted = _unplaced(unknown, cells, sheet, words, found)
    if not sheet.is_knowledge:
        _unit_rows(head[at + 1 :], found)
        found.problems.extend(above_problems(head[:at], found))
    lacking = list(_missing(sheet, found, wanted))
    found.problems.extend(lacking)
    faults = {one.code for one in found.problems if one.severity == "error"}
    required = {part.key for one in sheet.columns if one.required for part in one.expanded()}
    found.is_unusable = bool(faults - _PASSABLE) or bool(wanted & required)
    return found


def _header_at(
    head: Sequence[tuple[int, Cells]], words: Mapping[str, tuple[Column, str]]
) -> int | None:
    """The first of the rows with the most headers; None where no row has any."""
    first, most = None, 0
    for at, (_, cells) in enumerate(head):
        # A row of no more cells than headers found cannot have more of them.
        if len(cells) > most:
            hits = sum(1 for cell in cells.values() if _named(cell, words))
            if hits > most:
                first, most = at, hits
    return first


def _second_header(
    head: Sequence[tuple[int, Cells]],
    at: int,
    words: Mapping[str, tuple[Column, str]],
    table: Table,
) -> int | None:
    """The number of a second row of headers, above or below the first; None without one."""
    row, cells = head[at]
    own = {
        index: furniture_of(named[0])
        for index, cell in cells.items()
        if (named := _named(cell, words))
    }
    below = [one for one in head[at + 1 : at + 2] if one[0] == row + 1]
    for number, others in below:
        texts = [cell for cell in others.values() if not is_blank(cell)]
        inside = {index: cell for index, cell in others.items() if index in own}
        if not all(isinstance(cell, str) for cell in texts) or is_furniture(inside, own):
            continue
        hits = sum(1 for cell in texts if _named(cell, words))
        is_merged = any(
            first <= row and (last == number or (first == last == row and right > left))
            for first, left, last, right in table.merged
        )
        if hits and (is_merged or 2 * hits >= len(texts)):
            return number
    for number, others in head[:at]:
        lost = [index for index, cell in others.items() if _named(cell, words)]
        if number == row - 1 and any(is_blank(cells.get(index)) for index in lost):
            return number
    return None


def _named(
    cell: object, words: Mapping[str, tuple[Column, str]]
) -> tuple[Column, str, str, HeadUnit] | None:
    """The column a header names, its language, and what is written behind the name."""
    text = shown_text(cell).strip(_BEHIND)
    if known := words.get(folded(text)):
        return (*known, "", NOTHING)
    if len(text) > _LONGEST_HEADER:
        return None
    for name, behind, is_bracketed in partings(text):
        known = words.get(folded(name))
        if known is None:
            continue
        unit = _unit_of(known[0], behind)
        if is_bracketed or unit.is_unit:
            return (*known, behind, unit)
    return None


def _unit_of(column: Column, behind: str) -> HeadUnit:
    """What is said of a column's unit; where another cell decides the kind, the unit as written."""
    if column.typed_by:
        return HeadUnit(is_unit=True, scale=1.0, written=behind)
    return head_unit(column, behind)


def _place(
    index: int, cell: object, words: Mapping[str, tuple[Column, str]], found: Located
) -> bool:
    """Give a header its column; True when it names none."""
    text = shown_text(cell)
    if not folded(text):
        return False
    origin = address(found.table.file, found.table.sheet, found.header_row, index)
    match = _named(cell, words)
    if match is None:
        found.unread.add(index)
        return True
    column, language, behind, unit = match
    if language != "en":
        found.language = language
    if column.key in found.places:
        found.problems.append(problem(Code.COLUMN_TWICE, origin, found=text[:60]))
        return False
    found.columns[index] = column
    found.places[column.key] = index
    if unit.is_unit:
        _keep_unit(index, unit, origin, found)
    elif behind and column.kind.is_number:
        found.problems.append(
            problem(
                Code.HEADER_WORD_NO_UNIT,
                origin,
                "warning",
                found=text[:60],
                written=behind[:40],
                **column.measured,
            )
        )
    return False


def _keep_unit(index: int, unit: HeadUnit, origin: Origin, found: Located) -> None:
    """Remember the unit of a column; one that cannot be its own, or a second one, is refused."""
    column = found.columns[index]
    known = found.units.get(index)
    if unit.scale is None or (known is not None and known.scale != unit.scale):
        found.problems.append(
            problem(
                Code.HEADER_UNIT_WRONG,
                origin,
                found=unit.written[:60],
                written=unit.written,
                **column.measured,
            )
        )
        return
    if unit.scale != 1 and known is None:
        found.problems.append(
            problem(Code.HEADER_SCALES, origin, "warning", written=unit.written, value=f"{unit.scale:.15g}",
                    **column.measured)
        )  # fmt: skip
    if unit.scale != 1 or unit.currencies or column.typed_by:
        found.units[index] = unit


def _unplaced(
    unknown: Iterable[int],
    cells: Cells,
    sheet: Sheet,
    words: Mapping[str, tuple[Column, str]],
    found: Located,
) -> set[str]:
    """Headers that the form does not have: an error where one is near a column that is missing.

    Returns:
        The keys of the columns that are meant, it seems.
    """
    wanted: set[str] = set()
    for index in unknown:
        text = shown_text(cells[index])
        origin = address(found.table.file, found.table.sheet, found.header_row, index)
        free = {
            word: column for word, (column, _) in words.items() if column.key not in found.places
        }
        meant = "" if sheet.is_knowledge else _near_header(text, free)
        if meant:
            wanted.add(free[meant].key)
            found.problems.append(
                problem(Code.COLUMN_MISSPELT, origin, found=text[:60], nearest=meant)
            )
        else:
            suggestion = nearest(text, {word: word for word in words})
            found.problems.append(
                problem(Code.COLUMN_UNKNOWN, origin, "warning", found=text[:60], nearest=suggestion)
            )
            found.asides[index] = aside(text, index)
    return wanted


def _near_header(text: str, free: Mapping[str, Column]) -> str:
    """The header that a text is a misspelling or, for a number, a short form of."""
    for name in dict.fromkeys([text, *(part[0] for part in partings(text[:_LONGEST_HEADER]))]):
        if meant := near(name, free):
            return meant
    said = set(folded(text).split())
    if len(folded(text)) < 4 or not text.isascii():
        return ""
    return next(
        (
            word
            for word, column in free.items()
            if column.kind.is_number and said < set(word.replace(",", "").split())
        ),
        "",
    )


def _unit_rows(below: Sequence[tuple[int, Cells]], found: Located) -> None:
    """A row of units under the headers that is not the form's own counts as the form's would."""
    for number, cells in below[:2]:
        columns = {index: cell for index, cell in cells.items() if index in found.columns}
        own = {index: furniture_of(found.columns[index]) for index in columns}
        if is_furniture(columns, own):
            continue
        units = {}
        for index, cell in columns.items():
            column = found.columns[index]
            text = shown_text(cell)
            if not isinstance(cell, str):
                return
            unit = head_unit(column, text) if column.kind.is_number else NOTHING
            if unit.is_unit:
                units[index] = unit
            elif folded(text) not in _NO_UNIT | own[index]:
                return
        if not units:
            return
        found.passed.add(number)
        for index, unit in units.items():
            origin = address(found.table.file, found.table.sheet, number, index)
            _keep_unit(index, unit, origin, found)


def _missing(sheet: Sheet, found: Located, wanted: set[str]) -> Iterator[Problem]:
    """Required columns that are not there, one problem each; misspelt ones have theirs."""
    row = Origin(found.table.file, found.table.sheet, str(found.header_row))
    for column in sheet.columns:
        parts = column.expanded()
        # English stands in for whatever other language a printed text of the knowledge lacks.
        is_lacking = (
            f"{column.key}_{LANGUAGES[ENGLISH]}" not in found.places
            if sheet.is_knowledge and column.bilingual
            else not any(part.key in found.places or part.key in wanted for part in parts)
        )
        if (column.required or (sheet.is_knowledge and column.bilingual)) and is_lacking:
            yield problem(Code.COLUMN_MISSING, row, **column.headed)
