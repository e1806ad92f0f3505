"""What to measure next: the uncertain cells whose true value could change what is proposed.

Each end of a cell's range is set as if it had been measured, and what it changes is run again by the
coefficients of the base case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.anchors import anchor_places
from generator.analysis.core import Core, law_of
from generator.analysis.fits import firm_spare_mw
from generator.analysis.flags import turning_of
from generator.analysis.limits import limits_of, limits_read
from generator.analysis.waves import Setting, WavePick, first_wave, lay_out, second_wave
from generator.analysis.withinlimit import kept_after, kept_within
from generator.model import Fact, Label, Measurement, Region

if TYPE_CHECKING:
    from generator.analysis.memo import Memo

_UNCERTAIN = frozenset("CD")
_REGISTERS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "sites", "measures",
)  # fmt: skip
"""The registers whose cells readiness, sizes and people reached are read from."""
_MOST = 40
"""Cells of one column that are tried, the widest first: a sheet may hold thousands of rows."""
_SAME = 1e-12


class Cell(Struct, frozen=True):
    """A known cell with a range."""

    register: str
    column: str
    row: int
    """-1 for a figure of the Region sheet."""
    fact: Fact
    record: Label

    def at(self, region: Region, value: float) -> Region:
        """The region with the cell measured at a value."""
        fact = replace(self.fact, value=value, low=value, high=value)
        if self.row < 0:
            return replace(region, figures={**region.figures, self.column: fact})
        rows: tuple[Any, ...] = getattr(region, self.register)
        changed = replace(rows[self.row], **{self.column: fact})
        moved: Any = {self.register: (*rows[: self.row], changed, *rows[self.row + 1 :])}
        return replace(region, **moved)


def measure_next(base: Core) -> tuple[Measurement, ...]:
    """The cells of grade C or D whose ends change a wave or the first one's value, most telling first.

    Cells of which neither end changes the first wave or takes a use out of both, and both give the
    first the same value, are left out; cells of one column with the same effect stand together.

    Args:
        base: The run that the brief rests on.
    """
    trials = Trials(base)
    found = []
    for cell in cells(base.region):
        ends = cell.fact.low or 0.0, cell.fact.high or 0.0
        waves = [trials.waves(cell, end) for end in ends]
        if any(both is not trials.both for both in waves):
            found.append(_measured(cell, ends, trials.both, waves))
    grouped = _grouped([one for one in found if one.turns or one.drops or one.spread > _SAME])
    return tuple(sorted(grouped, key=lambda one: (-one.turns, -one.spread, one.sheet, one.column)))


Waves = tuple[WavePick, WavePick]
"""The first and the second."""


def _uses(wave: WavePick) -> set[str]:
    return {one.use_id for one in wave.placements}


def _measured(
    cell: Cell, ends: tuple[float, float], own: Waves, waves: Sequence[Waves]
) -> Measurement:
    """What the ends of a cell change."""
    uses, *sets = (_uses(first) for first, _ in (own, *waves))
    every = [_uses(first) | _uses(second) for first, second in waves]
    values = [first.found.value for first, _ in waves]
    return Measurement(
        sheet=cell.register,
        column=cell.column,
        facts=(cell.fact,),
        records=(cell.record,),
        turns=sum(one != uses for one in sets),
        spread=max(values) - min(values),
        joins=tuple(sorted(set().union(*sets) - uses)),
        leaves=tuple(sorted(key for key in uses if any(key not in one for one in sets))),
        ends={"low": ends[0], "high": ends[1]},
        drops=tuple(sorted(key for key in _uses(own[1]) if any(key not in one for one in every))),
    )


class Trials:
    """Both waves of a region with one cell measured, each run again only as far as it reaches."""

    def __init__(self, base: Core) -> None:
        """Prepare what all trials share.

        Args:
            base: The run that the cells are changed in.
        """
        self.base = base
        self.both = _both(base.setting)
        self._turning = turning_of(base)
        self._limits = limits_read(base.knowledge)
        self._served = {
            place
            for use_id in base.setting.candidates
            if (use := base.knowledge.use(use_id)).category == "blockchain"
            for place in anchor_places(base.region, use, base.knowledge)
        }

    def waves(self, cell: Cell, value: float) -> Waves:
        """Both waves with a cell measured; `both` itself where nothing can change them.

        Args:
            cell: A known cell.
            value: What is measured.
        """
        base, memo = self.base, self.base.memo.aside()
        region = cell.at(base.region, value)
        law = law_of(region, base.knowledge, base.screening.as_of, memo)
        if (law.uses, law.findings) != (base.screening.uses, base.screening.findings):
            return _both(replace(base, memo=memo).again(region).setting)
        register = "figures" if cell.row < 0 else cell.register
        eligibility = self._turning.after(region, register, cell.column)
        if eligibility is self._turning.eligibility and not self._reaches(cell, region, memo):
            return self.both
        setting = lay_out(region, base.knowledge, base.screening, eligibility, memo)
        return _both(replace(setting, objectives=base.setting.objectives))

    def _reaches(self, cell: Cell, region: Region, memo: Memo) -> bool:
        """Whether a cell may change sizes, limits or people reached."""
        base = self.base
        if cell.register == "industry":
            is_local = (
                region.industry[cell.row].employment
                is not base.region.industry[cell.row].employment
            )
            return is_local and cell.row in self._served
        if cell.register in {"sites", "region"}:
            return True
        if cell.register == "power":
            known = base.knowledge
            if firm_spare_mw(region, known)[1] != firm_spare_mw(base.region, known)[1]:
                return True
        return cell.register in self._limits and not np.array_equal(
            limits_of(region, base.knowledge, base.screening, memo).array(),
            base.setting.limits.array(),
        )


def _both(setting: Setting) -> Waves:
    first = kept_within(setting, first_wave(setting))
    return first, kept_after(setting, first, second_wave(setting, first))


def cells(region: Region) -> Iterable[Cell]:
    """The cells that are tried: of grade C or D, with a range."""
    for register in _REGISTERS:
        by_column: dict[str, list[Cell]] = {}
        for number, row in enumerate(getattr(region, register)):
            for name in row.__struct_fields__:
                fact = getattr(row, name)
                if isinstance(fact, Fact) and _is_uncertain(fact):
                    cell = Cell(register, name, number, fact, _name(row))
                    by_column.setdefault(name, []).append(cell)
        for cells in by_column.values():
            yield from sorted(cells, key=_width)[:_MOST]
    for key, fact in region.figures.items():
        if _is_uncertain(fact):
            yield Cell("region", key, -1, fact, region.name)


def _is_uncertain(fact: Fact) -> bool:
    return (
        fact.grade in _UNCERTAIN
        and fact.value is not None
        and fact.low is not None
        and fact.high is not None
        and fact.low < fact.high
    )


def _width(cell: Cell) -> tuple[float, int]:
    return -((cell.fact.high or 0.0) - (cell.fact.low or 0.0)), cell.row


def _name(row: Any) -> Label:
    for key in ("name", "role"):
        found = getattr(row, key, None)
        if isinstance(found, Label):
            return found
    return Label((("en", str(getattr(row, "criterion", ""))),))


def _grouped(found: Sequence[Measurement]) -> list[Measurement]:
    """Cells of one column with the same effect together."""
    groups: dict[tuple[object, ...], Measurement] = {}
    for one in found:
        key = (
            one.sheet, one.column, one.turns, round(one.spread, 9), one.joins, one.leaves, one.drops,
        )  # fmt: skip
        if key in groups:
            known = groups[key]
            groups[key] = replace(
                known,
                facts=(*known.facts, *one.facts),
                records=(*known.records, *one.records),
                ends={},
            )
        else:
            groups[key] = one
    return list(groups.values())
