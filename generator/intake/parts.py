"""Books of very many rows, kept small: a part of their regions at a time is there to be looked at.

The rows of a large table are packed as they are read. Once the names of all regions are known they
are sorted into parts of some dozens of regions each; what is checked or built afterwards is checked
and built part by part. Smaller books are one part, and nothing of them is packed.
"""

from __future__ import annotations

import pickle
import zlib
from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

from generator.intake.records import Pack, Record, Records
from generator.model import Conversion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.intake.rows import Located

MANY = 2_000
"""Rows of a table that are packed together while it is read."""
REGIONS = 64
"""Regions of a part."""
_QUICK = 1
"""How hard to compress; more takes longer than it is worth."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def put_away(found: Records) -> None:
    """Pack the records that a sheet has at hand."""
    found.waiting += _packed(found.records, found.conversions)
    found.records, found.conversions = [], []


def taken_out(found: Records) -> Iterator[Records]:
    """The records of a sheet, some thousands at a time; what is noticed of them goes to the sheet."""
    waiting, found.waiting = deque(found.waiting), []
    while waiting:
        yield opened([waiting.popleft()], found)
    rest, found.records = found.records, []
    done, found.conversions = found.conversions, []
    yield _of_sheet(found, rest, done)


def all_out(found: Records) -> None:
    """Have all records of a sheet at hand."""
    pieces = [*taken_out(found)]
    found.records = [record for piece in pieces for record in piece.records]
    found.conversions = [one for piece in pieces for one in piece.conversions]


def opened(packs: Iterable[Pack], found: Records) -> Records:
    """Packed records of a sheet; what is noticed of them goes to the sheet."""
    records, conversions = list[Record](), list[Conversion]()
    for pack in packs:
        rows, done = pack.opened()
        records += rows
        conversions += done
    return _of_sheet(found, records, conversions)


def _of_sheet(found: Records, records: list[Record], done: list[Conversion]) -> Records:
    return Records(found.sheet, records, found.problems, done, found.language, found.tables)


def _packed(records: Iterable[Record], conversions: Iterable[Conversion]) -> Iterator[Pack]:
    """Rows as packs, one for each run of rows of one table; conversions go with the first."""
    runs: list[tuple[Located, list[Record]]] = []
    for record in records:
        if not runs or runs[-1][0] is not record.located:
            runs.append((record.located, []))
        runs[-1][1].append(record)
    done = [*conversions]
    for located, run in runs:
        rows = [
            (one.number, one.values, one.left, one.currencies, one.units, one.scaled, one.refused)
            for one in run
        ]
        content = pickle.dumps((rows, done), pickle.HIGHEST_PROTOCOL)
        done = []
        yield Pack(located, zlib.compress(content, _QUICK))


class Parts:
    """The rows of a book by the part that their region is in.

    Args:
        codes: The codes of the regions, in their order. Rows of none of them are a part at the end.
    """

    def __init__(self, codes: Iterable[str]) -> None:
        self._places: Mapping[str, int] = {
            code: place // REGIONS for place, code in enumerate(dict.fromkeys(codes))
        }
        self._last = max(self._places.values(), default=-1) + 1
        self._packs: list[dict[str, list[Pack]]] = [{} for _ in range(self._last + 1)]
        self.rows: Counter[tuple[str, str]] = Counter()
        """File and sheet of each table to how many records it has."""
        self._astray: dict[str, list[Conversion]] = defaultdict(list)
        """What was converted in rows that are no records."""

    def take(self, key: str, found: Records) -> None:
        """Sort records of a sheet; the conversions of a row go with it."""
        rows: dict[int, list[Record]] = defaultdict(list)
        done: dict[int, list[Conversion]] = defaultdict(list)
        places: dict[tuple[str, str, str], int] = {}
        for record in found.records:
            place = self._places.get(record.text("region"), self._last)
            rows[place].append(record)
            if found.conversions:
                places[record.origin] = place
        self.rows.update(rows_of(found))
        for one in found.conversions:
            row = one.origin._replace(cell=one.origin.cell.lstrip(_LETTERS))
            own = places.get(row)
            (self._astray[key] if own is None else done[own]).append(one)
        for place, records in rows.items():
            self._packs[place].setdefault(key, []).extend(_packed(records, done[place]))

    def replaced(self, key: str, found: Records) -> Iterator[Records]:
        """The records of a sheet part by part, each packed anew when the next is asked for."""
        for packs in self._packs:
            if key in packs:
                part = opened(packs[key], found)
                yield part
                packs[key] = [*_packed(part.records, part.conversions)]

    def __len__(self) -> int:
        return len(self._packs)

    def sheets(self, place: int, whole: Mapping[str, Records]) -> dict[str, Records]:
        """The sheets of a book with the records of one part alone, new ones each time."""
        packs = self._packs[place]
        made = {key: opened(packs.get(key, ()), found) for key, found in whole.items()}
        if place == self._last:
            for key, done in self._astray.items():
                made[key].conversions += done
        return made


def rows_of(found: Records) -> Counter[tuple[str, str]]:
    """How many records each table of a sheet has."""
    tables = (record.located.table for record in found.records)
    return Counter((table.file, table.sheet) for table in tables)
