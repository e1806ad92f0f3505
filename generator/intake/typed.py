"""Numbers whose kind another cell decides: a measure, a planned change, a limit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.intake import units
from generator.intake.cells import Raw, read_cell, refused
from generator.intake.check import Record, Records, take
from generator.intake.columns import FORM, REGION_FIGURES, Column, Kind

if TYPE_CHECKING:
    from generator.model import Criterion, Knowledge
    from generator.problems import Problem

_FIGURES = {column.key: column for column in REGION_FIGURES}
_REGISTER = {
    column.key: column for sheet in FORM for column in sheet.columns if column.kind.is_number
}
_GROUPS = frozenset({"developers", "operations", "technicians"})
_LIMITS = {
    "capex": "m", "grid_mw": "MW", "it_load_mw": "MW", "racks": "count", "dev_fte": "FTE",
    "ops_fte": "FTE", "technician_fte": "FTE",
}  # fmt: skip


def settle(found: Records, knowledge: Knowledge) -> None:
    """Read the cells that were left until the kind of their number was known."""
    typed = [column for column in found.sheet.columns if column.typed_by]
    for record in found.records:
        for column in typed:
            kind = _kind(column, record, knowledge)
            if kind is not None:
                for part in column.expanded():
                    _settle_cell(part, kind, record, found)


def _kind(column: Column, record: Record, knowledge: Knowledge) -> Column | None:
    """The column that says how the number is read; None while its name is wrong."""
    name = record.text(column.typed_by)
    if column.typed_by == "resource":
        unit = _LIMITS.get(name)
        return replace(column, unit=unit) if unit else None
    if name in _FIGURES:
        return _FIGURES[name]
    criterion = knowledge.criteria.get(name)
    if criterion is None:
        return None
    kind = _of_criterion(criterion)
    if column.key == "change":
        # A change may be downward, and a small one of a percentage is no share.
        kind = replace(
            kind, low=None, high=None, kind=Kind.NUMBER if kind.kind.is_number else kind.kind
        )
    return kind


def _of_criterion(criterion: Criterion) -> Column:
    """The register column that feeds a criterion; a plain one where several do."""
    if criterion.reads in _FIGURES:
        return _FIGURES[criterion.reads]
    if criterion.reads in _GROUPS:
        return _REGISTER["available_fte"]
    if criterion.reads == "employment":
        return Column("value", Kind.NUMBER, unit="ratio", low=0)
    if criterion.reads == "status":
        return Column("value", Kind.INTEGER, unit="count", low=0)
    return _REGISTER[criterion.reads]


def _settle_cell(part: Column, kind: Column, record: Record, found: Records) -> None:
    raw = (record.left or {}).get(part.key)
    if raw is None:
        return
    is_flag = kind.kind is Kind.FLAG
    reader = replace(
        part, kind=kind.kind, unit=kind.unit, low=kind.low, high=kind.high, example=kind.example
    )
    raw, problem = _with_unit(raw, reader, record)
    reading = read_cell(raw, reader, {})
    if problem is None:
        take(record, part.key, reading, found)
        if is_flag and reading.value is not None:
            record.values[part.key] = float(bool(reading.value))
    else:
        found.problems.append(problem)


def _with_unit(raw: Raw, reader: Column, record: Record) -> tuple[Raw, Problem | None]:
    """A bare number with the unit that its row states beside it."""
    written = record.text("unit").strip()
    is_bare = isinstance(raw.value, int | float) and not isinstance(raw.value, bool)
    if not written or not is_bare or units.factor(reader.unit, written) == 1:
        return raw, None
    if units.factor(reader.unit, written) is None:
        place = record.at("unit")
        return raw, refused("IN-206", place, reader, found=written, written=written)
    return Raw(raw.origin, f"{raw.value} {written}"), None
