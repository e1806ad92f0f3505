"""Planners' files to a submission: every region of every input, with all problems at once."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from generator.intake.beside import beside_problems
from generator.intake.books import Book, read_book
from generator.intake.cellnames import place, rows_named
from generator.intake.columns import FORM
from generator.intake.consistency import check_consistency
from generator.intake.headings import Headings
from generator.intake.knowledge import choice_words, planner_references
from generator.intake.regions import REGISTERS, build_regions
from generator.intake.words import folded
from generator.model import Conversion, Knowledge, Label, Region, Submission
from generator.problems import InputError, Origin, Problem, errors, printable, problem
from generator.settings import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

_CELL = re.compile(r"([A-Z]*)(\d*)")
_PLACES = {
    folded(name): number
    for number, sheet in enumerate(FORM)
    for name in (sheet.key, sheet.en, sheet.zh, *sheet.synonyms)
}


class _Spoken(NamedTuple):
    """The first row of an address in a run, which says the language of its mail."""

    language: str
    region: str
    cell: Origin


def read_submission(
    paths: Sequence[Path],
    knowledge: Knowledge,
    *,
    folders: Sequence[Path] = (),
    is_check: bool = False,
) -> Submission:
    """All regions of all inputs, with every problem of every file at once.

    A region with an error is left out; its problems are in the submission, so that one bad region
    never stops the others.

    Args:
        paths: Workbooks, or folders of tables.
        knowledge: What choices, uses, codes and units there are.
        folders: Folders that the workbooks were found in; what else lies there is named.
        is_check: Only look for problems; no region is built, and memory stays low.
    """
    choices = choice_words(knowledge.choices, knowledge.former_labels)
    references = planner_references(knowledge)
    problems = [found for folder in folders for found in beside_problems(folder)]
    conversions: list[Conversion] = []
    regions: list[Region] = []
    digest = hashlib.sha256()
    languages: Counter[str] = Counter()
    filled: set[str] = set()
    names = input_names(paths)
    filed: dict[str, Origin] = {}
    unread: list[str] = []
    withheld: set[tuple[str, str]] = set()
    spoken: dict[str, _Spoken] = {}
    for path in sorted(paths, key=lambda item: names[item]):
        try:
            name = names[path] if len(paths) > 1 else ""
            book = read_book(path, choices, references, knowledge, name)
        except InputError as fault:
            problems.extend(fault.problems)
            unread.append(names[path])
            continue
        digest.update(book.digest)
        languages += book.languages
        filled |= book.sheets.keys()
        noticed = check_consistency(book, knowledge) if "region" in book.sheets else []
        headings = Headings(book)
        problems.extend(headings.headed((*book.problems, *noticed)))
        if "region" in book.sheets:
            problems.extend(_filed_elsewhere(book, filed))
            problems.extend(_other_languages(book, spoken))
        if "recipients" in book.sheets:
            tables = (located.table for located in book.sheets["recipients"].tables)
            withheld |= {(table.file, table.sheet) for table in tables}
        if not is_check:
            regions.extend(build_regions(book, knowledge))
        converted = (one for sheet in book.sheets.values() for one in sheet.conversions)
        conversions.extend(converted if is_check else headings.named(converted))
    blocked = _blocked(regions, problems)
    return Submission(
        tuple(region for region in regions if region.code not in blocked),
        tuple(_in_form_order(dict.fromkeys(problems))),
        tuple(conversions),
        digest.hexdigest(),
        _spoken(languages),
        (*sorted(blocked), *unread),
        frozenset(withheld),
        _unfilled(filled),
    )


def _spoken(languages: Counter[str]) -> str:
    """The language of most sheets; English where as many are in each."""
    ordered = sorted(languages.items(), key=lambda item: (-item[1], item[0] != "en"))
    return ordered[0][0] if ordered else "en"


def _unfilled(filled: AbstractSet[str]) -> tuple[Label, ...]:
    """The registers that no input has a row of, once there is a region."""
    if "region" not in filled:
        return ()
    return tuple(
        Label((("en", sheet.en), ("zh-CN", sheet.zh)))
        for sheet in FORM
        if sheet.is_expected and sheet.key not in filled
    )


def input_names(paths: Sequence[Path]) -> dict[Path, str]:
    """What addresses call each input: the shortest end of its path that no other one shares."""
    names = {path: printable(path.name) for path in paths}
    for count in range(2, max((len(path.parts) for path in paths), default=0) + 1):
        shared = Counter(name.casefold() for name in names.values())
        for path, name in names.items():
            if shared[name.casefold()] > 1:
                names[path] = printable(PurePath(*path.parts[-count:]).as_posix())
    return names


def _filed_elsewhere(book: Book, filed: dict[str, Origin]) -> Iterable[Problem]:
    """Region codes of a book that an earlier one has; the book's own are added to those filed."""
    own = {
        record.text("region").casefold(): record
        for record in reversed(book.sheets["region"].records)
        if record.text("region")
    }
    for code, record in own.items():
        place = record.at("region")
        if code in filed:
            found = record.text("region")
            yield problem("IN-217", place, found=found, first=filed[code].full)
        filed.setdefault(code, place)


def _other_languages(book: Book, first: dict[str, _Spoken]) -> Iterable[Problem]:
    """Rows whose address an earlier one has with another language, in the order of the regions.

    Args:
        book: The checked records.
        first: Address to its first row; the book's own are added.
    """
    sheets = book.sheets
    order = {record.text("region"): place for place, record in enumerate(sheets["region"].records)}
    rows = sheets["recipients"].records if "recipients" in sheets else []
    for record in sorted(rows, key=lambda row: order.get(row.text("region"), len(order))):
        own = _Spoken(record.text("language"), record.text("region"), record.at("language"))
        address = folded(record.text("email"))
        if not address or not own.language:
            continue
        known = first.setdefault(address, own)
        # A second row of one region is an error already.
        if known.language != own.language and known.region != own.region:
            is_near = known.cell.file == own.cell.file
            where = known.cell if is_near else known.cell.full
            yield problem("IN-231", own.cell, "warning", first=where)


def _blocked(regions: Sequence[Region], problems: Sequence[Problem]) -> set[str]:
    """Codes of regions that an error touches; an error that no row owns blocks its whole file."""
    owners: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for region in regions:
        for row in _rows_of(region):
            owners[row].add(region.code)
    blocked: set[str] = set()
    for found in errors(problems):
        named = rows_named(dict(found.args).get("cells", ""))
        rows = [_row(found.origin._replace(cell=str(one))) for one in named]
        rows = rows or [_row(found.origin)]
        mine = {code for row in rows for code in owners.get(row, ())}
        if mine and all(row in owners for row in rows):
            blocked |= mine
        else:
            blocked |= {one.code for one in regions if found.origin.file in one.files}
    twins = {code.casefold() for code in blocked}
    return {region.code for region in regions if region.code.casefold() in twins}


def _rows_of(region: Region) -> Iterable[tuple[str, str, str]]:
    yield _row(region.origin)
    for key in REGISTERS:
        for one in getattr(region, key):
            yield _row(one.origin)


def _row(origin: Origin) -> tuple[str, str, str]:
    """The row that a cell stands in."""
    return origin.file, origin.sheet, str(place(origin)[1] or origin.cell)


def _in_form_order(problems: Iterable[Problem]) -> list[Problem]:
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
