"""Planners' files to a submission: every region of every input, with all problems at once.

Also here: the header of the column beside each cell that a message or a conversion names.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from generator.codes import Code
from generator.intake.books import Book, read_book
from generator.intake.columns import FORM, Column
from generator.intake.consistency import Consistency
from generator.intake.knowledge import choice_words, planner_references
from generator.intake.notices import Notes, Row, in_form_order, rows_of
from generator.intake.regions import build_regions
from generator.intake.tablefile import beside_problems
from generator.intake.words import folded
from generator.model import (
    Conversion,
    Knowledge,
    Label,
    Made,
    Notice,
    Packed,
    Region,
    Strung,
    Submission,
)
from generator.problems import InputError, Origin, Problem, printable, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet


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
        tuple(in_form_order(dict.fromkeys(run.problems))),
        run.conversions,
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
        self._conversions = Packed[tuple[Conversion, ...]]()
        self.regions = Made[Region]()
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
        headings, filed = Headings(book), dict[str, Origin]()
        noticed = Consistency(book, knowledge)
        between, notes = list[Problem](), Notes(book)
        for at, part in enumerate(book.split()):
            if "region" in part.sheets:
                noticed.look(part)
                between += _filed_elsewhere(part, self._filed, filed, shown)
                between += _other_languages(part, self._spoken, shown)
            done = [one for sheet in part.sheets.values() for one in sheet.conversions]
            done = done if self._is_check else [*headings.named(done)]
            self._converted([shown.conversion(one) for one in done])
            if not self._is_check:
                notes.take(done, self._regions_of(part, book, at, knowledge))
        self._filed |= filed
        found = noticed.problems()  # which takes some off the book's own
        problems = [*headings.headed((*book.problems, *found))]
        self.problems.extend(map(shown.problem, (*problems, *between)))
        if not self._is_check:
            self.blocked |= notes.blocked((*problems, *between))
            self.notices.add(notes.notices(problems))

    def _regions_of(
        self, part: Book, book: Book, at: int, knowledge: Knowledge
    ) -> Mapping[str, set[Row]]:
        """Keep the regions of a part; their codes, each with its rows."""
        rows: dict[str, set[Row]] = {}
        kept, is_large = Packed[Region](), book.parts is not None
        codes = []
        for region in build_regions(part, knowledge):
            codes.append(region.code)
            rows.setdefault(region.code, set()).update(rows_of(region))
            if not is_large:
                kept.add([(region.code, region)])
        # The rows of very many regions take a third of the room of what is made from them.
        if is_large:
            self.regions.add(codes, partial(_made, book, at, knowledge))
        else:
            self.regions.add(kept.names, kept.__iter__)
        return rows

    def _converted(self, done: Sequence[Conversion]) -> None:
        if done:
            self._conversions.add([(str(len(self._conversions)), tuple(done))])

    @property
    def conversions(self) -> Sequence[Conversion]:
        """All that was converted."""
        return Strung(self._conversions)


def _made(book: Book, at: int, knowledge: Knowledge) -> Iterator[Region]:
    """The regions of one part."""
    return build_regions(book.part(at), knowledge)


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


def _filed_elsewhere(
    part: Book, earlier: Mapping[str, Origin], filed: dict[str, Origin], shown: _Shown
) -> Iterable[Problem]:
    """Region codes of a book that an earlier one has.

    Args:
        part: Some of the book's regions.
        earlier: Where the codes of earlier books stand.
        filed: The same of this book; those of the part are added.
        shown: What messages call the book's files.
    """
    own = {
        record.text("region").casefold(): record
        for record in reversed(part.sheets["region"].records)
        if record.text("region")
    }
    for code, record in own.items():
        place = record.at("region")
        if code in earlier:
            found = record.text("region")
            yield problem(Code.DUPLICATE, place, found=found, first=earlier[code].full)
        else:
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
