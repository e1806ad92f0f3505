"""Columns beside the form's that say something of its numbers: units, and flags of statistics offices.

A column of units counts for the numbers it can be of. Flags are not read, for every office has its
own; but a number they mark is never taken for granted, and a zero beside one is no zero.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake import units
from generator.intake.answers import WITHHELD
from generator.intake.cell import cells_in_short
from generator.intake.columns.words import enumerated, phrase
from generator.intake.headunits import HeadUnit, head_unit
from generator.intake.rows import Aside, address
from generator.intake.words import folded
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.intake.columns import Column
    from generator.intake.records import Record, Records
    from generator.intake.rows import Located

_UNITS = frozenset({
    "unit", "units", "unit of measure", "unit of measurement", "unit_measure", "unit_code", "unit code", "uom",
    "measure", "measurement unit", "单位", "计量单位", "数据单位", "einheit", "maßeinheit", "unité", "unidad", "unità",
    "unidade", "eenheid", "jednostka", "ед. изм.", "ед.изм.", "единица измерения", "единицы измерения",
})  # fmt: skip
_POWERS = frozenset({
    "unit_mult", "unit mult", "unit multiplier", "multiplier", "power code", "powercode", "scalar factor",
    "scalar_factor", "scale", "倍数", "数量级",
})  # fmt: skip
_FLAGS = re.compile(
    r"flag|obs_?status|conf_?status|status[ _]code|disclos|suppress|confiden|footnote|symbol|quality|"
    r"^(?:qc|note[ _]code|data[ _]code)$|标志|标记|标识|脚注|注释|保密|^注$|^符号$|fußnote|qualität|примечани"
)
_SPARSE = 0.6
"""A column without such a header is one of flags only where most of its cells are blank."""
_SAYS_NOTHING = frozenset({"", "a", "ok", "0", "-", "–", "normal", "正常", "free"})
"""Flags that say the number is as usual."""
_KEPT_BACK = (WITHHELD - {"/", "?", "??", "."}) | set("ncdsxqlmo")
"""Flags by which one office or another says that a number is not disclosed or missing."""
_NO_AMOUNT = frozenset({"year", "°", "level 1-4", "0/1"})
_MOST_NAMED = 4


def aside(header: str, index: int) -> Aside:
    """The column of a header that the form does not have."""
    name = " ".join(folded(header).replace("*", "").split())
    if name in _UNITS:
        return Aside(header, index, "unit")
    if name in _POWERS:
        return Aside(header, index, "power")
    return Aside(header, index, "flag" if _FLAGS.search(name) else "")


class RowUnits:
    """What the columns of units beside a table say of the numbers of each row."""

    def __init__(self, located: Located) -> None:
        self._columns = {
            index: column
            for index, column in located.columns.items()
            if column.kind.is_number and column.unit and column.unit not in _NO_AMOUNT
        }
        self._asides = [one for one in located.asides.values() if one.kind in {"unit", "power"}]
        self._known: dict[tuple[str, ...], Mapping[int, HeadUnit] | None] = {}

    def __bool__(self) -> bool:
        return bool(self._asides and self._columns)

    def of(self, number: int) -> tuple[str, ...]:
        """What the columns of units say in a row."""
        return tuple([one.values.get(number, "") for one in self._asides])

    def head_units(self, written: tuple[str, ...]) -> Mapping[int, HeadUnit] | None:
        """What they mean for the numbers, by column; None where they can mean nothing or too much."""
        if written not in self._known:
            self._known[written] = self._read(written)
        return self._known[written]

    def _read(self, written: tuple[str, ...]) -> Mapping[int, HeadUnit] | None:
        found: dict[int, HeadUnit] = {}
        for one, text in zip(self._asides, written, strict=True):
            if one.kind == "power" and folded(text) not in {"", "0", "0.0", "units", "1"}:
                return None
            if one.kind != "unit" or not text or not units.known(text):
                # A generating unit has a name, and that is no unit of measure.
                continue
            said = {index: head_unit(column, text) for index, column in self._columns.items()}
            fitting = {index: unit for index, unit in said.items() if unit.scale is not None}
            kinds = {self._columns[index].unit for index in fitting}
            changes = any(unit.scale != 1 for unit in fitting.values())
            if not fitting or (changes and len(kinds) > 1) or (changes and found):
                return None
            found.update(fitting)
        return found


def unit_problems(located: Located, rows: RowUnits) -> Iterator[Problem]:
    """What the columns of units came to: applied, or of no number here."""
    if not rows:
        return
    for one in located.asides.values():
        if one.kind not in {"unit", "power"}:
            continue
        wrong, right = [], []
        for number, text in one.values.items():
            meant = rows.head_units(rows.of(number))
            if meant is None:
                wrong.append((number, text))
            elif meant:
                right.append((number, text))
        if wrong:
            yield _of_units(Code.UNITS_IMPOSSIBLE, one, wrong, located)
        elif right:
            yield _of_units(Code.UNITS_TAKEN, one, right, located)
        if wrong or right:
            _forget(located.problems, one, located)


def _of_units(code: str, one: Aside, rows: list[tuple[int, str]], located: Located) -> Problem:
    table = located.table
    cells = [address(table.file, table.sheet, number, one.index) for number, _ in rows]
    numbers = [column for column in located.columns.values() if column.kind.is_number and column.unit
               and column.unit not in _NO_AMOUNT]  # fmt: skip
    return problem(
        code, cells[0], "error" if code == Code.UNITS_IMPOSSIBLE else "warning", found=one.header[:40],
        written=_named(text for _, text in rows), count=len(rows), cells=cells_in_short(cells),
        **enumerated(one.title for one in numbers[:_MOST_NAMED]).arguments("headers"),
        **phrase(
            "sheet.of_cell", header=numbers[0].title, cell=numbers[0].measure
        ).arguments("example"),
    )  # fmt: skip


def _forget(problems: list[Problem], one: Aside, located: Located) -> None:
    """Take back that a column was not read: more is said of it."""
    table = located.table
    place = address(table.file, table.sheet, located.header_row, one.index)
    problems[:] = [
        one for one in problems if not (one.code == Code.COLUMN_UNKNOWN and one.origin == place)
    ]


def has_flags(found: Records) -> bool:
    """Whether a column beside a table may hold flags."""
    return any(_flags_of(located) for located in found.tables)


def _flags_of(located: Located) -> list[Aside]:
    return [one for one in located.asides.values() if one.kind in {"flag", ""} and one.values]


def flag_problems(found: Records) -> Iterator[Problem]:
    """Numbers that a column of flags marks, and zeros that are none, each column once a region."""
    for located in found.tables:
        flags = _flags_of(located)
        if not flags:
            continue
        records = {record.number: record for record in found.records if record.located is located}
        for one in flags:
            if _is_of_flags(one, located, len(records)):
                columns = _marked_columns(one, located)
                told = list(_of_flags(one, columns, records)) if columns else []
                if told:
                    _forget(found.problems, one, located)
                yield from told


def _is_of_flags(one: Aside, located: Located, rows: int) -> bool:
    if one.kind == "flag":
        return True
    left = located.columns.get(one.index - 1)
    is_beside = one.index - 1 in located.unread or (left is not None and left.kind.is_number)
    return is_beside and len(one.values) <= _SPARSE * rows


def _marked_columns(one: Aside, located: Located) -> list[Column]:
    """The number that stands right before the flags, else all of the table."""
    numbers = {
        index: column
        for index, column in located.columns.items()
        if column.kind.is_number and column.unit not in _NO_AMOUNT
    }
    own = numbers.get(one.index - 1)
    return [own] if own else list(numbers.values())


def _of_flags(
    one: Aside, columns: list[Column], records: Mapping[int, Record]
) -> Iterator[Problem]:
    zeros: dict[tuple[str, str], list[tuple[Origin, str]]] = defaultdict(list)
    others: dict[tuple[str, str], list[tuple[Origin, str]]] = defaultdict(list)
    by_key = {column.key: column for column in columns}
    for number, text in one.values.items():
        record, flag = records.get(number), folded(text)
        if record is None or flag in _SAYS_NOTHING:
            continue
        for key in by_key:
            value = record.number_of(key)
            if value is None:
                continue
            is_zero = value == 0 and flag in _KEPT_BACK
            group = (record.text("region"), key) if is_zero else ("", key)
            (zeros if is_zero else others)[group].append((record.at(key), text))
            if is_zero:
                record.refuse(key)
    for code, groups in ((Code.ZEROS_KEPT_BACK, zeros), (Code.FLAGS_NOT_READ, others)):
        for (_, key), marked in groups.items():
            cells = [cell for cell, _ in marked]
            yield problem(
                code, cells[0], "error" if code == Code.ZEROS_KEPT_BACK else "warning",
                found=one.header[:40], **by_key[key].headed, count=len(cells), cells=cells_in_short(cells), written=_named(text for _, text in marked),
            )  # fmt: skip


def _named(texts: Iterable[str]) -> str:
    kinds = list(dict.fromkeys(texts))
    return " / ".join(kinds[:_MOST_NAMED]) + (" …" if len(kinds) > _MOST_NAMED else "")
