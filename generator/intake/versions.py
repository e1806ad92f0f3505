"""The version of the form that a workbook was made with, and what has changed since.

It stands in a property of the file and in the last line of its first sheet. Files without either are
read as the present version: their headers say what they hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.columns import SCHEMA_VERSION
from generator.intake.container import opened_workbook
from generator.intake.rows import address, shown_text
from generator.intake.words import folded
from generator.opc import parse
from generator.problems import InputError, Origin, printable, problem
from generator.shipped import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from generator.intake.columns import Column
    from generator.intake.records import Record, Records
    from generator.intake.rows import Cells, Located
    from generator.problems import Problem

PROPERTY = "schema_version"
_PART = "docprops/custom.xml"
_MOST = 2**20
"""Bytes of properties that are read; a form has a few hundred."""
_SHOWN = re.compile(
    "(?:{})[\\s:：]*(.*)".format(
        "|".join(
            re.escape(folded(text.partition("{")[0]))
            for text in texts()["form.schema_version"].values()
        )
    )
)
_LINES = 40
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_LETTER = re.compile(r"意向(?:书|协议|函)|letters? of intent|\bLOI\b", re.IGNORECASE | re.ASCII)
_INTENT = re.compile(rf"(?<![无没有未])意向|{_LETTER.pattern}", re.IGNORECASE | re.ASCII)
"""Before there was a status for it, a letter of intent stood in the notes in few words."""
_QUOTED = 40


def version_kept(path: Path) -> str:
    """What a workbook's property says of its version; empty where it has none.

    Raises:
        WorkbookError: The properties cannot be read.
    """
    with opened_workbook(path, Origin(printable(path.name))) as package:
        part = next((one for one in package.infolist() if one.filename.lower() == _PART), None)
        if part is None or part.file_size > _MOST:
            return ""
        root = parse(package.read(part))
    for one in root.iter("{*}property"):
        if one.get("name") == PROPERTY:
            return "".join(str(text) for text in one.itertext()).strip() or "?"
    return ""


def version_shown(rows: Iterable[tuple[int, Cells]]) -> str:
    """What the first sheet of a form says of its version; empty where it says nothing."""
    for _, (_, cells) in zip(range(_LINES), rows, strict=False):
        for cell in cells.values():
            text = shown_text(cell)
            match = _SHOWN.fullmatch(folded(text)) if len(text) <= _QUOTED else None
            if match:
                return match[1] or "?"
    return ""


def known_version(stated: str, origin: Origin) -> int:
    """The number of a version that this program reads; the present one where none is stated.

    Raises:
        InputError: The version is newer than the program, or no version of the form.
    """
    if not stated:
        return SCHEMA_VERSION
    if not _NUMBER.fullmatch(stated):
        raise InputError(
            [
                problem(
                    Code.FORM_VERSION_UNKNOWN, origin, found=stated[:_QUOTED], known=SCHEMA_VERSION
                )
            ]
        )
    if int(stated) > SCHEMA_VERSION:
        raise InputError([problem(Code.FORM_TOO_NEW, origin, found=stated, known=SCHEMA_VERSION)])
    return int(stated)


def older(version: int, origin: Origin) -> Iterator[Problem]:
    """That a workbook is of an older version of the form.

    Args:
        version: The version of the workbook.
        origin: The file.
    """
    if version < SCHEMA_VERSION:
        yield problem(
            Code.FORM_OLDER,
            origin,
            "warning",
            found=version,
            known=SCHEMA_VERSION,
            file=origin.file,
        )


def changes_in(version: int, found: Records) -> Iterator[Problem]:
    """How rows of a workbook of that version were read as of the present one.

    Args:
        version: The version of the workbook.
        found: Checked records of a sheet.
    """
    is_older = version < SCHEMA_VERSION
    if is_older:
        for located in found.tables:
            yield from _now_ranged(version, found, located)
    if found.sheet.key == "institutions":
        for record in found.records:
            yield from _letter(record, _INTENT if is_older else _LETTER, is_older=is_older)


def _now_ranged(version: int, found: Records, located: Located) -> Iterator[Problem]:
    """Columns whose numbers were exact in that version and now have the range of their grade."""
    for column in found.sheet.columns:
        if column.ranged_since <= version or not column.is_ranged_by_grade:
            continue
        ends = {part.key for part in column.expanded()} - {column.key}
        index = located.places.get(column.key)
        if index is None or not ends.isdisjoint(located.places):
            continue
        if any(_has(record, column, located) for record in found.records):
            table = located.table
            yield problem(
                Code.NUMBERS_NOW_RANGED, address(table.file, table.sheet, located.header_row, index), "warning",
                found=version, **column.headed,
            )  # fmt: skip


def _has(record: Record, column: Column, located: Located) -> bool:
    return record.located is located and record.number_of(column.key) is not None


def _letter(record: Record, words: re.Pattern[str], *, is_older: bool) -> Iterator[Problem]:
    """A row that speaks of a letter of intent under another status.

    A note that somebody is in talks about such a letter says nothing against its status; in an
    older workbook there was no other place to say it.
    """
    status = record.text("status")
    if status == "intent" or not (is_older or status == "signed"):
        return
    for text in (*record.words("document"), record.text("note")):
        if words.search(text):
            yield problem(Code.INTENT_IN_NOTE, record.at("status"), "warning", found=text[:_QUOTED])
            return
