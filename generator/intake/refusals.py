"""A refused cell, and a value that its column accepts, which the message offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from generator.codes import Code
from generator.intake import units
from generator.intake.cell import Raw, Reading
from generator.intake.columns import Column, Kind
from generator.intake.numbers import parse
from generator.intake.words import folded, listed, nearest
from generator.problems import Origin, Problem, problem

_USUAL: dict[str, float] = {
    "MW": 12, "kV": 110, "MVA": 40, "%": 34, "kgCO2/kWh": 0.58, "currency/kWh": 0.56, "bn": 240,
    "m": 35, "persons": 1200, "FTE": 60, "count": 12, "ms": 8, "Gbit/s": 400, "km": 6, "m2": 9000,
    "m3/day": 500, "°C": 12.5, "hours": 4300, "minutes": 60, "million t": 25, "months": 12,
    "years": 8, "year": 2023, "°": 36.2, "ratio": 1.4, "points": 25, "CNY": 7.1, "level 1-4": 3,
    "0/1": 1,
}  # fmt: skip
"""A number of the size that planners write, by the unit of its column."""


def refused(code: str, origin: Origin, column: Column, **args: object) -> Problem:
    """A problem with a cell, with the words that every such message may use."""
    return problem(
        code,
        origin,
        "error",
        **{**column.measured, "example": example(column), **args},
    )


def unknown_name(origin: Origin, key: str, found: str, known: Iterable[str]) -> Problem:
    """A name of the knowledge that nothing has, with what was perhaps meant.

    Args:
        origin: Its cell.
        key: Its column.
        found: The name.
        known: All names that might stand there.
    """
    words = {word: word for word in sorted(known)}
    near = nearest(found, {folded(word): word for word in words})
    return problem(
        Code.NAME_UNKNOWN, origin, found=found, **Column(key).headed,
        nearest=next((word for word in words if folded(word) == near), ""),
        **listed(words).arguments("listed"),
    )  # fmt: skip


def lacking(origin: Origin, column: Column, labels: Mapping[str, str]) -> Problem:
    """A required cell without a value, with what may stand there."""
    if column.refers_to:
        return refused(Code.CELL_BLANK, origin, column, cause="list")
    if column.choices:
        allowed = listed(labels).arguments("listed")
        return refused(Code.CELL_BLANK, origin, column, cause="choice", **allowed)
    has_example = column.example or column.kind is not Kind.TEXT
    return refused(Code.CELL_BLANK, origin, column, cause="example" if has_example else "")


def refusal(code: str, raw: Raw, column: Column, **args: str) -> Reading:
    """A cell that comes to nothing but a problem."""
    return Reading(problem=refused(code, raw.origin, column, found=raw.shown, **args))


def fits(column: Column, number: float) -> bool:
    """Whether a bare number is read in this column without a remark."""
    if column.kind is Kind.FLAG:
        return number in {0.0, 1.0}
    return (
        (column.low is None or column.low <= number)
        and (column.high is None or number <= column.high)
        and (column.kind is not Kind.INTEGER or number.is_integer())
        and (column.kind is not Kind.PERCENT or not 0 < number <= 1)
    )


def number_text(number: float) -> str:
    """A number as a planner would type it."""
    return f"{number:.12g}" if abs(number) < 1e12 else f"{number:.0f}"


@lru_cache(maxsize=2_000)
def example(column: Column) -> str:
    """What may stand in a column: its own example, else a usual number within its bounds."""
    if column.example:
        return column.example
    if column.kind in {Kind.DATE, Kind.PERIOD}:
        return "2025-06-30"
    if column.kind is Kind.EMAIL:
        return "office@example.org"
    if column.kind is Kind.FLAG:
        return "1"
    return number_text(next(one for one in _candidates(column) if fits(column, one)))


def _candidates(column: Column) -> Iterator[float]:
    if column.unit in _USUAL:
        yield float(_USUAL[column.unit])
    yield 12.0
    low, high = column.low, column.high
    if low is not None and high is not None:
        yield (low + high) / 2
    yield from (end for end in (high, low) if end is not None)
    yield 0.0


def worth(text: str, column: Column) -> str:
    """What a written number would be in the column's unit; empty where it does not fit there."""
    written = parse(text.strip())
    if written is None:
        return ""
    scale = units.factor(column.unit, written.unit) if written.unit else 1.0
    number = written.number * (scale or 0)
    number = float(f"{number:.15g}")
    return number_text(number) if scale and fits(column, number) else ""
