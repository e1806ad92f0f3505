"""What to measure next: the uncertain cells whose true value could change the first wave.

Each end of a cell's range is set as if it had been measured, and the region is run again by the
coefficients of the base case.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from generator.analysis.waves import first_wave
from generator.model import Fact, Label, Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.analysis.core import Core
    from generator.model import Region

_UNCERTAIN = frozenset("CD")
_REGISTERS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "sites", "measures",
)  # fmt: skip
"""The registers whose cells readiness, sizes and people reached are read from."""
_MOST = 40
"""Cells of one column that are tried, the widest first: a sheet may hold thousands of rows."""
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class _Cell:
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
    """The cells of grade C or D whose ends change the first wave or its value, most telling first.

    Cells that change no partial value, no size and no number of people are left out; cells of one
    column with the same effect stand together.

    Args:
        base: The run that the brief rests on.
    """
    chosen = first_wave(base.setting)
    uses = {one.use_id for one in chosen.placements}
    found = []
    for cell in _cells(base.region):
        ends = (cell.fact.low, cell.fact.high)
        runs = [base.again(cell.at(base.region, end)) for end in ends if end is not None]
        if all(_is_untouched(base, run) for run in runs):
            continue
        waves = [first_wave(run.setting) for run in runs]
        sets = [{one.use_id for one in wave.placements} for wave in waves]
        values = [wave.found.value for wave in waves]
        found.append(
            Measurement(
                sheet=cell.register,
                column=cell.column,
                facts=(cell.fact,),
                records=(cell.record,),
                turns=sum(one != uses for one in sets),
                spread=max(values) - min(values),
                joins=tuple(sorted(set().union(*sets) - uses)),
                leaves=tuple(
                    sorted(use_id for use_id in uses if any(use_id not in one for one in sets))
                ),
                ends={"low": ends[0] or 0.0, "high": ends[1] or 0.0},
            )
        )
    grouped = _grouped(found)
    return tuple(sorted(grouped, key=lambda one: (-one.turns, -one.spread, one.sheet, one.column)))


def _cells(region: Region) -> Iterable[_Cell]:
    for register in _REGISTERS:
        by_column: dict[str, list[_Cell]] = {}
        for number, row in enumerate(getattr(region, register)):
            for part in fields(row):
                fact = getattr(row, part.name)
                if isinstance(fact, Fact) and _is_uncertain(fact):
                    cell = _Cell(register, part.name, number, fact, _name(row))
                    by_column.setdefault(part.name, []).append(cell)
        for cells in by_column.values():
            yield from sorted(cells, key=_width)[:_MOST]
    for key, fact in region.figures.items():
        if _is_uncertain(fact):
            yield _Cell("region", key, -1, fact, region.name)


def _is_uncertain(fact: Fact) -> bool:
    return (
        fact.grade in _UNCERTAIN
        and fact.value is not None
        and fact.low is not None
        and fact.high is not None
        and fact.low < fact.high
    )


def _width(cell: _Cell) -> tuple[float, int]:
    return -((cell.fact.high or 0.0) - (cell.fact.low or 0.0)), cell.row


def _name(row: Any) -> Label:
    for key in ("name", "role"):
        found = getattr(row, key, None)
        if isinstance(found, Label):
            return found
    return Label((("en", str(getattr(row, "criterion", ""))),))


def _is_untouched(base: Core, run: Core) -> bool:
    """Whether no partial value, no size and nobody reached is another."""
    return _view(base) == _view(run)


def _view(run: Core) -> tuple[object, ...]:
    partials = tuple(
        (use_id, tuple(part.low for part in use.contributions))
        for use_id, use in run.readiness.uses.items()
    )
    sizes = tuple(
        (use_id, one.reached, tuple((fit.full, fit.menu) for fit in one.fits))
        for use_id, one in run.setting.candidates.items()
    )
    return partials, sizes


def _grouped(found: Sequence[Measurement]) -> list[Measurement]:
    """Cells of one column with the same effect together."""
    groups: dict[tuple[object, ...], Measurement] = {}
    for one in found:
        key = one.sheet, one.column, one.turns, round(one.spread, 9), one.joins, one.leaves
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
