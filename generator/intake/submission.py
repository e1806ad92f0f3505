"""Planners' files to a submission: every region of every input, with all problems at once.

Also here: the header of the column beside each cell that a message or a conversion names.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from generator.codes import Code
from generator.intake.books import Book, read_book
from generator.intake.cell import place, rows_named
from generator.intake.columns import FORM, Column
from generator.intake.consistency import check_consistency
from generator.intake.knowledge import choice_words, planner_references
from generator.intake.regions import REGISTERS, build_regions
from generator.intake.tablefile import beside_problems
from generator.intake.words import folded
from generator.model import Conversion, Knowledge, Label, Notice, Packed, Region, Submission
from generator.problems import InputError, Origin, Problem, errors, printable, problem
from generator.settings import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet


_Row = tuple[str, str, str]
"""A row of a sheet: file, sheet, number."""
_CELL = re.compile(r"([A-Z]*)(\d*)")
_PLACES = {folded(name): number for number, sheet in enumerate(FORM) for name in sheet.names}
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


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
    run = _Run(is_check=is_check)
    for folder in folders:
        run.problems.extend(beside_problems(folder))
    names = input_names(paths)
    for path in sorted(paths, key=lambda item: names[item]):
        shown = _Shown(path, names[path] if len(paths) > 1 else "")
        try:
            book = read_book(path, choices, references, knowledge)
        except InputError as fault:
            run.problems.extend(map(shown.problem, fault.problems))
            run.unread.append(names[path])
            continue
        run.take(book, knowledge, shown)
    twins = {code.casefold() for code in run.blocked}
    blocked = {code for code in run.regions.names if code.casefold() in twins}
    return Submission(
        run.regions.but(blocked),
        tuple(_in_form_order(dict.fromkeys(run.problems))),
        tuple(run.conversions),
        _spoken(run.languages),
        (*sorted(blocked), *run.unread),
        run.notices.but(blocked).by_name(),
        _unfilled(run.filled),
    )


class _Shown:
    """What messages call the files of an input, beside others of the same name.

    Args:
        path: The input.
        name: What it is called; empty where it is the only one.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._own, self._name, self._is_folder = printable(path.name), name, path.is_dir()

    def origin(self, origin: Origin) -> Origin:
        """A place with its file as messages call it."""
        if not self._name:
            return origin
        if origin.file == self._own:
            return origin._replace(file=self._name)
        is_inside = self._is_folder and PurePath(origin.file).name == origin.file
        return origin._replace(file=f"{self._name}/{origin.file}") if is_inside else origin

    def problem(self, found: Problem) -> Problem:
        """A problem with its place as messages call it."""
        return replace(found, origin=self.origin(found.origin)) if self._name else found

    def conversion(self, done: Conversion) -> Conversion:
        """A conversion with its place as messages call it."""
        return replace(done, origin=self.origin(done.origin)) if self._name else done


class _Run:
    """What the inputs of a run have come to so far.

    Args:
        is_check: Only look for problems; no region is built.
    """

    def __init__(self, *, is_check: bool) -> None:
        self._is_check = is_check
        self.problems: list[Problem] = []
        self.conversions: list[Conversion] = []
        self.regions = Packed[Region]()
        self.notices = Packed[Notice]()
        self.blocked: set[str] = set()
        self.unread: list[str] = []
        self.languages: Counter[str] = Counter()
        self.filled: set[str] = set()
        self._filed: dict[str, Origin] = {}
        self._spoken: dict[str, _Spoken] = {}

    def take(self, book: Book, knowledge: Knowledge, shown: _Shown) -> None:
        """Take a book in: its regions, and what was noticed in it alone and beside the others."""
        self.languages += book.languages
        self.filled |= book.sheets.keys()
        noticed = check_consistency(book, knowledge) if "region" in book.sheets else []
        headings = Headings(book)
        problems = list(headings.headed((*book.problems, *noticed)))
        between: list[Problem] = []
        if "region" in book.sheets:
            between += _filed_elsewhere(book, self._filed, shown)
            between += _other_languages(book, self._spoken, shown)
        self.problems.extend(map(shown.problem, (*problems, *between)))
        converted = (one for sheet in book.sheets.values() for one in sheet.conversions)
        if self._is_check:
            self.conversions.extend(map(shown.conversion, converted))
            return
        done = list(headings.named(converted))
        for sheet in book.sheets.values():
            sheet.conversions.clear()
        self.conversions.extend(map(shown.conversion, done))
        found = [*problems, *between]
        named = {row for one in found for row in _rows_named(one)}
        named.update(_row(one.origin) for one in done)
        owners: dict[_Row, set[str]] = {}
        """Which region the rows belong to that something is said about."""
        codes: set[str] = set()
        for region in build_regions(book, knowledge):
            codes.add(region.code)
            mine = {region.code}
            owners |= dict.fromkeys(named.intersection(_rows_of(region)), mine)
            self.regions.add([(region.code, region)])
        self.blocked |= _blocked(codes, book, found, owners)
        self.notices.add(_notices(book, codes, owners, problems, done))


_NO_ADDRESS, _ADDRESS = Code.NOT_AN_ADDRESS, "address"
"""The problem and the conversion that quote an address, whatever sheet it stands on."""


def _notices(
    book: Book,
    everybody: AbstractSet[str],
    owners: Mapping[_Row, set[str]],
    problems: Iterable[Problem],
    conversions: Iterable[Conversion],
) -> Iterator[tuple[str, Notice]]:
    """What the documents of each region may say: nothing of other regions' rows or of addresses."""
    sheet = book.sheets.get("recipients")
    tables = [located.table for located in sheet.tables] if sheet else []
    withheld = {(table.file, table.sheet) for table in tables}
    noticed: dict[str, list[Problem]] = {code: [] for code in everybody}
    converted: dict[str, list[Conversion]] = {code: [] for code in everybody}
    for found in _in_form_order(dict.fromkeys(problems)):
        is_told = found.origin.file in book.files and found.code != _NO_ADDRESS
        if is_told and (found.origin.file, found.origin.sheet) not in withheld:
            for code in _owners_of(found, owners) or everybody:
                noticed[code].append(found)
    for done in conversions:
        if done.rule != _ADDRESS and (done.origin.file, done.origin.sheet) not in withheld:
            for code in owners.get(_row(done.origin)) or everybody:
                converted[code].append(done)
    for code in sorted(everybody):
        yield code, Notice(tuple(noticed[code]), tuple(converted[code]))


def _owners_of(found: Problem, owners: Mapping[_Row, set[str]]) -> set[str]:
    """The regions whose rows a problem is about; none where one of its rows has no owner."""
    rows = _rows_named(found)
    mine = {code for row in rows for code in owners.get(row, ())}
    return mine if all(row in owners for row in rows) else set()


def _spoken(languages: Counter[str]) -> str:
    """The language of most sheets; English where as many are in each."""
    ordered = sorted(languages.items(), key=lambda item: (-item[1], item[0] != "en"))
    return ordered[0][0] if ordered else "en"


def _unfilled(filled: AbstractSet[str]) -> tuple[Label, ...]:
    """The registers that no input has a row of, once there is a region."""
    if "region" not in filled:
        return ()
    return tuple(sheet.label for sheet in FORM if sheet.is_expected and sheet.key not in filled)


def input_names(paths: Sequence[Path]) -> dict[Path, str]:
    """What addresses call each input: the shortest end of its path that no other one shares."""
    names = {path: printable(path.name) for path in paths}
    for count in range(2, max((len(path.parts) for path in paths), default=0) + 1):
        shared = Counter(name.casefold() for name in names.values())
        for path, name in names.items():
            if shared[name.casefold()] > 1:
                names[path] = printable(PurePath(*path.parts[-count:]).as_posix())
    return names


def _filed_elsewhere(book: Book, filed: dict[str, Origin], shown: _Shown) -> Iterable[Problem]:
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
            yield problem(Code.DUPLICATE, place, found=found, first=filed[code].full)
        filed.setdefault(code, shown.origin(place))


def _other_languages(book: Book, first: dict[str, _Spoken], shown: _Shown) -> Iterable[Problem]:
    """Rows whose address an earlier one has with another language, in the order of the regions.

    Args:
        book: The checked records.
        first: Address to its first row; the book's own are added.
        shown: What messages call the book's files.
    """
    sheets = book.sheets
    order = {record.text("region"): place for place, record in enumerate(sheets["region"].records)}
    rows = sheets["recipients"].records if "recipients" in sheets else []
    for record in sorted(rows, key=lambda row: order.get(row.text("region"), len(order))):
        cell = record.at("language")
        own = _Spoken(record.text("language"), record.text("region"), shown.origin(cell))
        address = folded(record.text("email"))
        if not address or not own.language:
            continue
        known = first.setdefault(address, own)
        # A second row of one region is an error already.
        if known.language != own.language and known.region != own.region:
            is_near = known.cell.file == own.cell.file
            where = known.cell if is_near else known.cell.full
            yield problem(Code.ADDRESS_IN_TWO_LANGUAGES, cell, "warning", first=where)


def _blocked(
    everybody: AbstractSet[str],
    book: Book,
    problems: Iterable[Problem],
    owners: Mapping[_Row, set[str]],
) -> set[str]:
    """Codes of a book's regions that an error touches; one that no row owns blocks them all."""
    blocked: set[str] = set()
    for found in errors(problems):
        mine = _owners_of(found, owners)
        if mine or found.origin.file in book.files:
            blocked |= mine or everybody
    return blocked


def _rows_named(found: Problem) -> list[_Row]:
    """The rows that a problem is about: those it lists, else the one it stands in."""
    named = rows_named(dict(found.args).get("cells", ""))
    rows = [_row(found.origin._replace(cell=str(one))) for one in named]
    return rows or [_row(found.origin)]


def _rows_of(region: Region) -> Iterable[_Row]:
    yield _row(region.origin)
    for key in REGISTERS:
        for one in getattr(region, key):
            yield _row(one.origin)


def _row(origin: Origin) -> _Row:
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


class Headings:
    """Which column of the form a cell of an input stands in.

    Args:
        book: The input.
    """

    def __init__(self, book: Book) -> None:
        self._tables = {
            (located.table.file, located.table.sheet): located
            for found in book.sheets.values()
            for located in found.tables
        }

    def of(self, origin: Origin) -> Column | None:
        """The column of a cell below the headers; None for headers, rows, sheets and files."""
        located = self._tables.get((origin.file, origin.sheet))
        match = _PLACE.fullmatch(origin.cell) if located else None
        if located is None or match is None or int(match[2]) <= located.header_row:
            return None
        index = 0
        for letter in match[1]:
            index = 26 * index + ord(letter) - ord("A") + 1
        return located.columns.get(index - 1)

    def headed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems of cells, each with the header of its column."""
        for found in problems:
            column = None if "header_en" in dict(found.args) else self.of(found.origin)
            if column is None:
                yield found
                continue
            yield replace(found, args=(*found.args, *column.headed.items()))

    def named(self, conversions: Iterable[Conversion]) -> Iterator[Conversion]:
        """Conversions, each with the header of its column."""
        for done in conversions:
            column = self.of(done.origin)
            if column is None:
                yield done
                continue
            yield replace(done, header=column.title)
