"""Numbers outside their plausible bounds, found column by column; what to ask of them comes later.

Every check of `plausibility.csv` is run over the rows of every region. A number that something has
been asked about already gives no second doubt, neither its own nor that of a number compared with
it: one message for one mistake.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from generator.intake.checkedregion import CheckedRegion, checked_regions
from generator.intake.plausibility import LEVEL, Ready, is_settled, made_ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.intake.books import Book
    from generator.intake.records import Record
    from generator.model import Knowledge, PlausibilityCheck
    from generator.problems import Origin

LEAST_MIXED = 6
"""Numbers from which on two heaps a unit apart are no chance."""
GAP = 30.0
"""How far the heaps of a column with two units must lie apart."""


class Doubt(Struct, frozen=True):
    """A number outside its bounds: its cell, the quantity judged, the number compared with."""

    ready: Ready
    record: Record
    cell: Origin
    found: float
    value: float
    other: float | None = None
    other_cell: Origin | None = None
    is_refused: bool = False
    """Whether the cell lies beyond the column's own bounds and has been refused for it."""
    is_written: bool = False
    """Whether the unit was written out, so that no other can be meant."""


class Judged(Struct):
    """One number of one region: how many cells were judged, their doubts, the plausible values."""

    count: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    plausible: dict[int, list[tuple[float, Record]]] = field(default_factory=dict)
    """By the position of the check in its family; kept where another unit may be meant."""


Family = list[Ready]


class Found(NamedTuple):
    """One number of the form in some regions."""

    family: Family
    judged: int
    """How many cells."""
    regions: Sequence[Judged]
    """Of those regions that need a second look."""


class Judge:
    """Every number of the form with what is found of it in each region, some regions at a time.

    Args:
        book: The input.
        knowledge: The checks, and the catalogue some compare with.
        refused: Cells that lie beyond their column's bounds, with their number.
    """

    def __init__(self, book: Book, knowledge: Knowledge, refused: Mapping[Origin, float]) -> None:
        asked: set[Origin] = set()
        self._knowledge = knowledge
        self._runs = [
            _Run(family, knowledge, refused, asked)
            for family in made_ready(knowledge.plausibility)
            if _is_there(book, family[0].check)
        ]

    def look(self, part: Book) -> Iterator[Found]:
        """Each number in the regions of a part, in the same order for every part."""
        places = [*checked_regions(part, self._knowledge).values()]
        for run in self._runs:
            count = run.unremarkable(places)
            regions = [run.judge(place) for place in places] if count is None else []
            total = count or sum(one.count for one in regions)
            yield Found(run.family, total, [one for one in regions if one.doubts or one.plausible])


def _is_there(book: Book, check: PlausibilityCheck) -> bool:
    """Whether any table of the sheet has the column; a figure may stand among the Measures."""
    found = book.sheets.get(check.sheet)
    is_there = found is not None and any(check.field in one.places for one in found.tables)
    return is_there or check.sheet == "region"


class _Run:
    """One number's checks, run over the rows of a region."""

    def __init__(
        self,
        family: Family,
        knowledge: Knowledge,
        refused: Mapping[Origin, float],
        asked: set[Origin],
    ) -> None:
        self.family, self._knowledge, self._asked = family, knowledge, asked
        self._check = family[0].check
        self._refused = refused if self._check.test == "value" else {}
        self._is_region = self._check.sheet == "region"
        self._keeps = self._check.test == "value" and any(ready.units for ready in family)
        columns = {clause.column: None for ready in family for clause in ready.when}
        self._columns = tuple(column for column in columns if column != LEVEL)
        self._known: dict[tuple[object, ...], int | None] = {}

    def unremarkable(self, places: Iterable[CheckedRegion]) -> int | None:
        """How many numbers there are; None where one may be doubted, so that each is looked at."""
        if self._refused or self._is_region or self._check.test == "sum":
            return None
        rows: dict[str, list[Record]] = {}
        first: dict[str, CheckedRegion] = {}
        for place in places:
            currency = place.record.text("currency")
            first.setdefault(currency, place)
            rows.setdefault(currency, []).extend(place.rows.get(self._check.sheet, ()))
        total = 0
        for currency, place in first.items():
            own = rows[currency]
            for position, group in self._grouped(place, own, currency) if own else ():
                count = self._unremarkable(self.family[position], group)
                if count is None:
                    return None
                total += count
        return total

    def judge(self, place: CheckedRegion) -> Judged:
        """What there is to say of the number in one region."""
        found = Judged()
        rows = place.rows.get(self._check.sheet)
        if not rows:
            return found
        currency = place.record.text("currency")
        if not any(ready.check.currency in {"", currency} for ready in self.family):
            return found
        if self._check.test == "sum":
            self._judge_sum(place, rows, found)
            return found
        for position, group in self._grouped(place, rows, currency):
            ready = self.family[position]
            count = None if self._refused or self._is_region else self._unremarkable(ready, group)
            if count is None:
                self._judge_rows(place, position, group, found)
            else:
                found.count += count
        return found

    def _grouped(
        self, place: CheckedRegion, rows: Sequence[Record], currency: str
    ) -> Iterator[tuple[int, Sequence[Record]]]:
        """The rows by the check that counts for them; rows that none counts for are left out."""
        groups: dict[tuple[object, ...], Sequence[Record]] = {(): rows}
        if self._columns:
            sorted_out: dict[tuple[object, ...], list[Record]] = {}
            for record in rows:
                get = record.values.get
                sorted_out.setdefault(tuple([get(key) for key in self._columns]), []).append(record)
            groups = {**sorted_out}
        for values, group in groups.items():
            situation = (currency, place.level, *values)
            position = self._known.get(situation, -1)
            if position == -1:
                position = self._known[situation] = self._first(place, group[0], currency)
            if position is not None:
                yield position, group

    def _unremarkable(self, ready: Ready, rows: Sequence[Record]) -> int | None:
        """How many numbers there are, all within their bounds; None to look at them one by one.

        Most columns of most regions are done with here.
        """
        check, of = ready.check, ready.of
        if ready.of_sheet:
            return None
        if of:
            pairs = [
                (number, other)
                for record in rows
                if (number := record.values.get(check.field)).__class__ is float
                and (other := record.values.get(of)).__class__ is float
            ]
            if check.test == "inverse":
                pairs = [(other, number) for number, other in pairs]
            if not all(under for _, under in pairs):
                return None
            times = check.times or 1.0
            numbers = [times * over / under for over, under in pairs]
        else:
            numbers = [
                number
                for record in rows
                if (number := record.values.get(check.field)).__class__ is float
            ]
        if not numbers:
            return 0
        if check.test == "whole":
            return len(numbers) if all(number.is_integer() for number in numbers) else None
        low, high = min(numbers), max(numbers)
        is_within = (check.floor is None or low >= check.floor) and (
            check.ceiling is None or high <= check.ceiling
        )
        is_wide = bool(self._keeps and len(numbers) >= LEAST_MIXED and high >= GAP * low)
        return len(numbers) if is_within and not is_wide else None

    def _judge_rows(
        self, place: CheckedRegion, position: int, rows: Sequence[Record], found: Judged
    ) -> None:
        ready, key = self.family[position], self._check.field
        for record in rows:
            number = record.values.get(key)
            if self._is_region and key in place.figures:
                number = place.figures[key][0]
            if not isinstance(number, float):
                number = self._refused.get(record.at(key)) if self._refused else None
                if number is None:
                    continue
            value: float | None = number
            if ready.of:
                other = self._other(place, record, ready)[0]
                value = _quantity(ready.check, number, other)
            if value is None:
                continue
            found.count += 1
            if not _within(ready.check, value, len(rows)):
                self._doubt(place, record, ready, number, value, found)
            elif self._keeps:
                found.plausible.setdefault(position, []).append((number, record))

    def _first(self, place: CheckedRegion, record: Record, currency: str) -> int | None:
        """The position of the first check whose conditions hold."""
        for position, ready in enumerate(self.family):
            if ready.check.currency in {"", currency} and place.matches(record, ready.when):
                return position
        if not record.is_refused(*self._columns):
            return None
        # Its kind could not be read: what is too much for every kind is too much.
        usable = [
            (one.check.ceiling or 0.0, -position)
            for position, one in enumerate(self.family)
            if one.units and one.check.currency in {"", currency}
        ]
        return -max(usable)[1] if usable else None

    def _doubt(
        self,
        place: CheckedRegion,
        record: Record,
        ready: Ready,
        number: float,
        value: float,
        found: Judged,
    ) -> None:
        key = ready.check.field
        other, other_cell = self._other(place, record, ready)
        cell = record.at(key)
        cell = place.figures[key][1] if self._is_region and key in place.figures else cell
        if cell in self._asked or other_cell in self._asked or is_settled(record, ready, value):
            return
        self._asked.add(cell)
        is_refused, is_written = cell in self._refused, key in (record.currencies or {})
        found.doubts.append(
            Doubt(ready, record, cell, number, value, other, other_cell, is_refused, is_written)
        )

    def _judge_sum(self, place: CheckedRegion, rows: Sequence[Record], found: Judged) -> None:
        ready = self.family[0]
        check = ready.check
        other, other_cell = self._other(place, rows[0], ready)
        if other is None:
            return
        counted = [
            (number, record)
            for record in rows
            if (number := record.number_of(check.field)) is not None
            and place.matches(record, ready.when)
        ]
        total = math.fsum(number for number, _ in counted)
        value = _quantity(check, total, other) if counted else None
        if value is None:
            return
        found.count = 1
        if _within(check, value, len(rows)) or other_cell in self._asked:
            return
        largest = max(counted, key=lambda pair: pair[0])[1]
        cell = largest.at(check.field)
        if cell not in self._asked:
            self._asked.add(cell)
            found.doubts.append(Doubt(ready, largest, cell, total, value, other, other_cell))

    def _other(
        self, place: CheckedRegion, record: Record, ready: Ready
    ) -> tuple[float | None, Origin | None]:
        """The number compared with, and its cell where it has one."""
        if not ready.of:
            return None, None
        if not ready.of_sheet:
            return record.number_of(ready.of), record.at(ready.of)
        if ready.of_sheet == "region":
            return place.figures.get(ready.of, (None, None))
        if ready.of_sheet == "catalogue":
            use = record.text("use")
            known = {one.use_id: one for one in self._knowledge.uses}
            return (getattr(known[use], ready.of) if use in known else None), None
        return place.total(ready), None


def _quantity(check: PlausibilityCheck, number: float, other: float | None) -> float | None:
    """What a check judges; None where the number compared with is unknown, or zero and no whole."""
    if check.test == "whole":
        return number
    over, under = (other, number) if check.test == "inverse" else (number, other)
    if over is None or under is None:
        return None
    if not under:
        return math.inf if check.severity == "error" and over else None
    return (check.times or 1.0) * over / under


def _within(check: PlausibilityCheck, value: float, rows: int) -> bool:
    """Whether a quantity lies within a check's bounds; a zero says nothing about a unit."""
    if check.test == "whole":
        return value.is_integer()
    floor, ceiling = check.floor, check.ceiling
    if floor is not None and value < floor and rows >= (check.floor_from_rows or 0):
        return value == 0
    return ceiling is None or value <= ceiling
