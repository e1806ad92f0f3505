"""From doubtful numbers to what is asked: one cell alone, or its column once.

Where a third of a region's numbers, or half of a whole column's, lie out of bounds, the mistake is
one of the column and is named once, with the unit that would bring the numbers back within them.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from generator.codes import Code
from generator.intake.cell import cells_in_short, place
from generator.intake.columns import FORM_BY_KEY, Column
from generator.intake.columns.words import joined, label, phrase, unnamed
from generator.intake.doubts import GAP, LEAST_MIXED, Doubt, Family, Found, Judge, Judged
from generator.intake.plausibility import OtherUnit, Ready, is_settled
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.intake.books import Book
    from generator.intake.records import Record
    from generator.model import Knowledge, PlausibilityCheck

_SHARE_OF_REGION = 1 / 3
_SHARE_OF_SHEET = 1 / 2
_NEARLY = 0.75
"""What share of the numbers that the best unit makes plausible another must, to be named too."""
_FAR = 10.0
"""How many times its bound the middle of a column must miss to be surely in another unit."""
_FIT = 3.0
"""How near the unit's own factor the middles of the two heaps must lie apart."""


class Questions:
    """What is to be asked of a book's numbers, found some regions at a time.

    Args:
        book: The input.
        knowledge: The checks, and the catalogue some compare with.
    """

    def __init__(self, book: Book, knowledge: Knowledge) -> None:
        self._judge = Judge(book, knowledge, _refused(book.problems))
        self._found: list[Found] = []
        """Of all regions so far, by the number."""
        self._mixed: list[Problem] = []

    def look(self, part: Book) -> None:
        """Look at the regions of a part."""
        found = [*self._judge.look(part)]
        for family, _, regions in found:
            for one in regions:
                self._mixed.extend(_mixed(family, one))
        doubtful = [
            one._replace(regions=[region for region in one.regions if region.doubts])
            for one in found
        ]
        self._found = [*map(_both, self._found, doubtful)] if self._found else doubtful

    def asked(self) -> tuple[list[Problem], set[Origin]]:
        """What is to be asked, and the cells whose refusal that answers as well."""
        asked: list[Problem] = []
        answered: set[Origin] = set()
        for found in self._found:
            for group in _groups(found):
                if isinstance(group, Doubt):
                    if not group.is_refused:
                        asked.append(_of_cell(group))
                else:
                    doubts, count = group
                    asked.append(_of_column(doubts, count))
                    answered |= {doubt.cell for doubt in doubts if doubt.is_refused}
        return [*asked, *self._mixed], answered


def _both(one: Found, other: Found) -> Found:
    """What was found of one number in some regions, and in some more."""
    return Found(one.family, one.judged + other.judged, [*one.regions, *other.regions])


def _refused(problems: Iterable[Problem]) -> dict[Origin, float]:
    """Cells refused for a bare number above their column's bounds, with the number."""
    refused = {}
    for found in problems:
        if found.code != Code.OUT_OF_BOUNDS:
            continue
        args = dict(found.args)
        try:
            number, high = float(args["found"]), float(args["high"])
        except ValueError:
            continue
        if number > high:
            refused[found.origin] = number
    return refused


def _groups(found: Found) -> Iterator[Doubt | tuple[list[Doubt], int]]:
    """The doubts of one number: columns of the sheet, columns of a region, single cells."""
    doubts = [doubt for region in found.regions for doubt in region.doubts]
    if not doubts:
        return
    check = found.family[0].check
    if check.severity == "error" and check.test != "value":
        # A part above its whole is a slip of its row, however many there are.
        yield from doubts
        return
    if len(found.regions) > 1 and _is_column(doubts, found.judged, _SHARE_OF_SHEET):
        yield doubts, found.judged
        return
    for region in found.regions:
        if _is_column(region.doubts, region.count, _SHARE_OF_REGION):
            yield region.doubts, region.count
        else:
            yield from region.doubts


def _is_column(doubts: Sequence[Doubt], count: int, share: float) -> bool:
    bare = [doubt for doubt in doubts if not doubt.is_written]
    return len(bare) > 1 and len(bare) == len(doubts) and len(bare) >= share * count


def _of_cell(doubt: Doubt) -> Problem:
    check = doubt.ready.check
    column = _column(check)
    severity: Literal["error", "warning"] = "error" if check.severity == "error" else "warning"
    if check.code == Code.PART_EXCEEDS_WHOLE:
        return problem(
            check.code, doubt.cell, severity, part=_shown(doubt.found), whole=_shown(doubt.other),
            **column.measure.arguments("unit"),
            cell=doubt.other_cell.cell if doubt.other_cell else "",
        )  # fmt: skip
    if check.code == Code.PRICE_TOO_HIGH:
        hundredth = _shown(doubt.found / 100)
        return problem(
            check.code, doubt.cell, severity, found=_shown(doubt.found), hundredth=hundredth
        )
    return problem(
        check.code, doubt.cell, severity, **column.headed, check=check.check_id, value=_shown(doubt.value),
        found=_shown(doubt.found), other=_shown(doubt.other), floor=_shown(check.floor),
        ceiling=_shown(check.ceiling), **check.ask.arguments("ask"),
    )  # fmt: skip


def _of_column(doubts: Sequence[Doubt], count: int) -> Problem:
    """One question for a column; an error where it cannot be right as it stands."""
    units = _likely(doubts)
    is_sure = any(doubt.is_refused or doubt.ready.check.severity == "error" for doubt in doubts)
    is_sure = is_sure or (bool(units) and len(doubts) == count and _is_far(doubts))
    severity: Literal["error", "warning"] = "error" if is_sure else "warning"
    check = doubts[0].ready.check
    column = _column(check)
    numbers = [doubt.found for doubt in doubts]
    args: dict[str, object] = {
        **column.measured,
        "check": check.check_id, "count": len(doubts), "total": count,
        "cells": cells_in_short(doubt.cell for doubt in doubts),
        "smallest": _shown(min(numbers)), "largest": _shown(max(numbers)),
    }  # fmt: skip
    if not units:
        return problem(
            Code.COLUMN_DOUBTFUL, doubts[0].cell, severity, **args,
            **check.likely_mistake.arguments("likely"),
        )  # fmt: skip
    return problem(
        Code.COLUMN_UNIT_DOUBTFUL, doubts[0].cell, severity, **args,
        **joined(unnamed(" / "), (unit.name for unit in units)).arguments("likely"),
        **_converted(doubts, units),
    )  # fmt: skip


def _converted(doubts: Sequence[Doubt], units: Sequence[OtherUnit]) -> dict[str, str]:
    """A number of the column converted from each unit that may be meant."""
    first = max(doubts, key=lambda doubt: sum(_fits(doubt, unit) for unit in units))
    numbers = [_shown(first.found * unit.factor) for unit in units]
    pairs = list(zip(units, numbers, strict=True))
    shown = [
        unnamed(number)
        if len(pairs) == 1
        else phrase("sheet.from_unit", number=number, unit=unit.name)
        for unit, number in pairs
    ]
    return {
        "first": _shown(first.found),
        **joined(label("problem.or"), shown).arguments("converted"),
    }


def _likely(doubts: Sequence[Doubt]) -> list[OtherUnit]:
    """The units that bring most of the numbers back within their bounds, smallest first."""
    units = dict.fromkeys(unit for doubt in doubts for unit in doubt.ready.units)
    fits = {unit: sum(_fits(doubt, unit) for doubt in doubts) for unit in units}
    most = max(fits.values(), default=0)
    # A unit that leaves a few numbers out may still be the one: a city among its districts.
    likely = [unit for unit, fit in fits.items() if fit and fit >= _NEARLY * most]
    likely = likely if 2 * most >= len(doubts) else []
    return sorted(likely, key=lambda unit: unit.factor)


def _fits(doubt: Doubt, unit: OtherUnit) -> bool:
    check = doubt.ready.check
    if unit not in doubt.ready.units:
        return False
    if check.test == "whole":
        number = doubt.found * unit.factor
        return math.isclose(number, round(number), rel_tol=1e-9)
    value = doubt.value / unit.factor if check.test == "inverse" else doubt.value * unit.factor
    return (check.floor or 0) <= value <= (math.inf if check.ceiling is None else check.ceiling)


def _is_far(doubts: Sequence[Doubt]) -> bool:
    """Whether the numbers miss their bounds on one side, their middle by a whole power of ten."""
    misses = []
    for doubt in doubts:
        floor, ceiling = doubt.ready.check.floor, doubt.ready.check.ceiling
        if ceiling is not None and doubt.value > ceiling > 0:
            misses.append(math.log10(doubt.value / ceiling))
        elif floor and doubt.value > 0:
            misses.append(math.log10(doubt.value / floor))
        else:
            return False
    middle = math.fsum(misses) / len(misses)
    is_one_side = all(miss > 0 for miss in misses) or all(miss < 0 for miss in misses)
    return is_one_side and abs(middle) >= math.log10(_FAR)


def _mixed(family: Family, found: Judged) -> Iterator[Problem]:
    """A column in which two heaps of numbers lie as far apart as two of its units."""
    for position, pairs in found.plausible.items():
        if found.doubts or len(pairs) < LEAST_MIXED:
            continue
        ready = family[position]
        bare = [
            pair
            for pair in pairs
            if ready.check.field not in (pair[1].currencies or {})
            and not is_settled(pair[1], ready)
        ]
        bare = sorted((pair for pair in bare if pair[0] > 0), key=lambda pair: pair[0])
        unit = _heaps_apart(bare, ready) if len(bare) >= LEAST_MIXED else None
        if unit is not None:
            yield _of_heaps(bare, unit, ready)


def _heap_start(bare: Sequence[tuple[float, Record]]) -> int:
    """Where the upper of two heaps begins: after the widest gap between neighbours."""
    gaps = [upper[0] / lower[0] for lower, upper in pairwise(bare)]
    return gaps.index(max(gaps)) + 1


def _heaps_apart(bare: Sequence[tuple[float, Record]], ready: Ready) -> OtherUnit | None:
    start = _heap_start(bare)
    lower, upper = bare[:start], bare[start:]
    if min(len(lower), len(upper)) < LEAST_MIXED // 2 or upper[0][0] / lower[-1][0] < GAP:
        return None
    apart = upper[len(upper) // 2][0] / lower[len(lower) // 2][0]
    for unit in ready.units:
        ratio = apart * min(unit.factor, 1 / unit.factor)
        if 1 / _FIT <= ratio <= _FIT:
            return unit
    return None


def _of_heaps(bare: Sequence[tuple[float, Record]], unit: OtherUnit, ready: Ready) -> Problem:
    start = _heap_start(bare)
    heap = bare[start:] if unit.factor < 1 else bare[:start]
    column = _column(ready.check)
    cells = [record.at(ready.check.field) for _, record in heap]
    return problem(
        Code.TWO_UNITS_MIXED, min(cells, key=place), "warning", **column.measured, count=len(heap), total=len(bare), cells=cells_in_short(cells),
        smallest=_shown(heap[0][0]), largest=_shown(heap[-1][0]), **unit.name.arguments("likely"),
    )  # fmt: skip


def _column(check: PlausibilityCheck) -> Column:
    return next(one for one in FORM_BY_KEY[check.sheet].columns if one.key == check.field)


def _shown(number: float | None) -> str:
    """A number for a message: whole numbers whole, others with four figures."""
    if number is None:
        return ""
    if not math.isfinite(number):
        return "∞"
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.0f}" if abs(number) >= 10_000 else f"{number:.6g}"
