"""One input, a workbook or a folder of tables, as checked records by sheet."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator.codes import Code
from generator.intake.asides import has_flags
from generator.intake.check import read_records
from generator.intake.columns import FORM, FORM_BY_KEY, SCHEMA_VERSION, Sheet
from generator.intake.columns.words import enumerated, phrase
from generator.intake.floods import joined
from generator.intake.headers import header_words
from generator.intake.industry import joined_remarks
from generator.intake.linked import resolve
from generator.intake.money import code_of
from generator.intake.parts import Parts, all_out, put_away, rows_of, taken_out
from generator.intake.records import Record, Records, Vocabulary
from generator.intake.rowchecks import Checks
from generator.intake.rows import Cells, Table, address, shown_text
from generator.intake.tablefile import beside_problems, read_folder
from generator.intake.totals import Labels, without_totals
from generator.intake.versions import (
    known_version,
    older,
    version_kept,
    version_shown,
)
from generator.intake.words import folded, near, nearest
from generator.intake.xlsx import read_workbook
from generator.model import Conversion, Label
from generator.problems import Origin, Problem, errors, printable, problem
from generator.shipped import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.intake.rows import Located
    from generator.model import Knowledge

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a region code may be, so that it does for a file name everywhere."""
_KEPT = frozenset(
    {"comparison", "outbox", "con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
"""Codes that would be a file or folder of our own, or a device of Windows."""
_HEAD = 40
"""Rows of a sheet that is not the form's in which headers of the form are looked for."""
_EXPLAINED = frozenset(map(folded, texts()["form.instructions_sheet"].values()))
_FURNITURE = _EXPLAINED | {"lists", *map(folded, texts()["marked.sheet_name"].values())}


class Book(Struct):
    """One input as checked records by sheet, with everything noticed."""

    files: tuple[str, ...]
    sheets: dict[str, Records] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    """How many sheets have their headers in each language."""
    blank: dict[str, Located] = field(default_factory=dict)
    """Sheets of the form with headers and nothing else."""
    version: int = SCHEMA_VERSION
    """The version of the form it was made with, where it says one."""
    parts: Parts | None = None
    """The records of all sheets, where there are very many; None where the sheets hold them."""

    def split(self) -> Iterator[Book]:
        """The book, or a book for each part of one with very many rows.

        What is noticed of a part goes to the whole; its records are new ones each time.
        """
        if self.parts is None:
            yield self
        else:
            yield from map(self.part, range(len(self.parts)))

    def part(self, place: int) -> Book:
        """One part of a book with very many rows."""
        if self.parts is None:
            return self
        return replace(self, sheets=self.parts.sheets(place, self.sheets), parts=None)


def read_book(path: Path, choices: Vocabulary, references: Vocabulary, known: Knowledge) -> Book:
    """The checked records of a workbook or of a folder of tables.

    Addresses begin with the file's own name: what a region's documents say depends on no other
    input.

    Args:
        path: An .xlsx or .xlsm file, or a folder with one CSV or Parquet file per sheet.
        choices: Choice list to folded label to value.
        references: What names may refer to.
        known: Criteria, for numbers whose kind another cell decides.

    Raises:
        InputError: The file or folder cannot be read at all, or is of a version of the form that
            is not known.
    """
    notes = [*beside_problems(path)] if path.is_dir() else []
    tables = (read_folder if path.is_dir() else read_workbook)(path, notes=notes)
    own = printable(path.name)
    if own != path.name:
        notes.append(problem(Code.FILE_NAME_UNSHOWN, Origin(own), "warning"))
    book = Book((own,), problems=notes)
    stated = "" if path.is_dir() else version_kept(path)
    book.version = known_version(stated, Origin(own))
    book.files = tuple(dict.fromkeys((own, *_read_tables(book, tables, choices, stated))))
    book.problems.extend(older(book.version, Origin(own)))
    _check(book, references, known)
    return book


def _read_tables(
    book: Book, tables: Iterable[Table], choices: Vocabulary, stated: str
) -> list[str]:
    """Read every table into the book; the names of their files.

    Where no property of the file states the version of the form, its first sheet may.
    """
    files = []
    by_name = {folded(name): sheet for sheet in FORM for name in sheet.names}
    for table in tables:
        files.append(table.file)
        sheet = by_name.get(folded(table.title))
        # A sheet that is left before its end would hold its file open.
        with closing(table):
            if not stated and folded(table.title) in _EXPLAINED:
                book.version = known_version(version_shown(table.rows), table.origin)
                continue
            if sheet is None or table.is_other:
                _unknown_sheet(table, by_name, book)
                continue
            found = read_records(table, sheet, choices)
        (located,) = found.tables
        if not located.is_empty:
            book.languages[found.language] += 1
        if found.has_records or found.problems:
            _keep(book, sheet.key, found)
        if located.places and not found.has_records:
            book.blank[sheet.key] = located
    return files


def _check(book: Book, references: Vocabulary, known: Knowledge) -> None:
    """References, numbers typed by another cell, duplicates, currencies; all sheets together."""
    own = book.sheets.get("region")
    if own is not None:
        all_out(own)
    if own is None or not (own.records or errors(own.problems)):
        blank = book.blank.get("region")
        if blank is None:
            book.problems.append(problem(Code.REGION_SHEET_MISSING, Origin(book.files[0])))
            book.sheets.clear()
            return
        has_rows = any(found.has_records for found in book.sheets.values())
        book.problems.append(
            _to_begin(Code.NO_REGION_FILLED if has_rows else Code.NOTHING_FILLED, blank)
        )
        own = own or Records(FORM_BY_KEY["region"])
    places = [text for record in own.records for text in record.words("name")]
    labels = Labels(known.label_words, (*places, *(one.text("region") for one in own.records)))
    without_totals(own, labels)
    checks = Checks(own, labels, references, known, book.version)
    resolve(own, references)
    _check_codes(own, known)
    rows = _checked_by_part(book, own, checks) if _is_large(book) else _checked_whole(book, checks)
    if "industry" in book.sheets:
        found = book.sheets["industry"]
        found.problems[:] = joined_remarks(found.problems)
    noticed = [one for found in book.sheets.values() for one in found.problems]
    book.problems.extend(joined(noticed, rows))


def _is_large(book: Book) -> bool:
    return any(found.waiting for found in book.sheets.values())


def _checked_whole(book: Book, checks: Checks) -> Counter[tuple[str, str]]:
    """Check every sheet at once; how many records each table has."""
    for key, found in book.sheets.items():
        if key != "region":
            checks.sort_out(found)
        checks.check(key, found)
    return sum(map(rows_of, book.sheets.values()), Counter[tuple[str, str]]())


def _checked_by_part(book: Book, own: Records, checks: Checks) -> Counter[tuple[str, str]]:
    """Sort the rows into parts of the book and check them there; as above.

    Flags beside a table are counted over all of it, so such a one is checked at once.
    """
    book.parts = Parts(record.text("region") for record in own.records)
    for key, found in book.sheets.items():
        if key == "region" or not found.waiting or has_flags(found):
            all_out(found)
            if key != "region":
                checks.sort_out(found)
            checks.check(key, found)
            book.parts.take(key, found)
            found.records, found.conversions = [], []
            continue
        for some in taken_out(found):
            checks.sort_out(some)
            book.parts.take(key, some)
        for some in book.parts.replaced(key, found):
            checks.check(key, some)
    return book.parts.rows


def _to_begin(code: str, located: Located) -> Problem:
    """What to fill in first on a Region sheet without a row: every required cell, named."""
    row = located.first_row
    cells: list[Label] = []
    for column in FORM_BY_KEY["region"].columns:
        places = [
            located.places[part.key] for part in column.expanded() if part.key in located.places
        ]
        if column.required and places:
            cell = address("", "", row, min(places)).cell
            cells.append(phrase("sheet.of_cell", header=column.title, cell=cell))
    return problem(
        code, located.at(row, "region"), sheet=located.table.title, **enumerated(cells).arguments("columns"),
    )  # fmt: skip


def _keep(book: Book, key: str, found: Records) -> None:
    """The records of a sheet; a second sheet of the same register adds its own."""
    first = book.sheets.setdefault(key, found)
    if first is not found:
        if found.waiting:
            put_away(first)
            first.waiting += found.waiting
        first.records += found.records
        first.problems += found.problems
        first.conversions += found.conversions
        first.tables += found.tables


def _unknown_sheet(table: Table, by_name: Mapping[str, Sheet], book: Book) -> None:
    """Sheets of the form's own furniture pass; others are named, with the sheet they resemble.

    One that is near a sheet of the form, by its name or its headers, holds rows that would be
    missed: it is an error.
    """
    if folded(table.title) in _FURNITURE:
        return
    head = list(islice(table.rows, _HEAD))
    if not head and not table.is_other:
        return
    near_by = near(_stem(table.title), by_name) or _by_headers(head, by_name)
    if near_by and not table.is_other:
        name = by_name[near_by].label.arguments("name")
        book.problems.append(problem(Code.SHEET_MISSPELT, table.origin, found=table.title, **name))
        return
    suggestion = nearest(table.title, {word: word for word in by_name})
    book.problems.append(
        problem(Code.SHEET_UNKNOWN, table.origin, "warning", found=table.title, nearest=suggestion)
    )


def _stem(title: str) -> str:
    """A sheet's name without the number, year or brackets that copies carry."""
    stem = re.sub(r"[\s_.-]*(?:[(（\[].*[)）\]]|\d{1,4}年?)$", "", folded(title))
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", stem) or title


def _by_headers(head: list[tuple[int, Cells]], by_name: Mapping[str, Sheet]) -> str:
    """The sheet of the form whose headers stand in a row; empty where too few do."""
    for name, sheet in by_name.items():
        words = header_words(sheet.physical)
        wanted = {one.key for one in sheet.columns if one.required}
        for _, cells in head:
            keys = {
                words[text][0].key
                for text in map(folded, map(shown_text, cells.values()))
                if text in words
            }
            stems = keys | {re.sub("_(?:en|zh)$", "", key) for key in keys}
            if len(wanted) > 1 and wanted <= stems and 3 * len(keys) >= 2 * len(cells):
                return name
    return ""


def _check_codes(found: Records, known: Knowledge) -> None:
    for record in found.records:
        code = record.text("region")
        if code and not CODE.fullmatch(code):
            found.problems.append(problem(Code.REGION_CODE_WRONG, record.at("region"), found=code))
        elif code.casefold() in _KEPT:
            found.problems.append(
                problem(Code.REGION_CODE_RESERVED, record.at("region"), found=code)
            )
        jurisdiction = known.jurisdictions.get(record.text("jurisdiction"))
        _settle_currency(record, jurisdiction.currency if jurisdiction else "", found)


def _settle_currency(record: Record, usual: str, found: Records) -> None:
    """The currency as its code; a word that names several is that of the jurisdiction."""
    written = record.text("currency")
    currency = code_of(written, usual)
    record.values["currency"] = currency or written.upper()
    if currency and currency != written.upper():
        place = record.at("currency")
        found.conversions.append(Conversion(place, written[:60], currency, "currency"))
    elif written and not currency:
        found.problems.append(
            problem(Code.CURRENCY_UNKNOWN, record.at("currency"), found=written[:60])
        )
        record.refuse("currency")
        record.values["currency"] = ""
