"""What is plausible in a planner's workbook, and the words by which its rows give themselves away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generator.model.facts import Label

CheckTest = Literal["value", "whole", "ratio", "inverse", "sum"]


@dataclass(frozen=True, slots=True)
class PlausibilityCheck:
    """The bounds of one number of the form, and what to ask where it lies outside them.

    The quantity judged is named by `test`, where x is the cell of `field` and y the number `of`:
    `value` x, `whole` x, which must be a whole number, `ratio` times·x/y, `inverse` times·y/x,
    `sum` times·Σx/y over the region's rows. Conditions read `column=value|value`.
    """

    check_id: str
    sheet: str
    field: str
    test: CheckTest
    times: float | None
    of: str
    """A column of the same row, `region.` and a figure, a sheet and the column that is summed
    over the region's rows, or `catalogue.` and a number of the use that the row names."""
    of_when: tuple[str, ...]
    when: tuple[str, ...]
    """Of the checks of one number only the first whose conditions hold counts."""
    currency: str
    unit: str
    floor: float | None
    ceiling: float | None
    floor_from_rows: float | None
    """How many rows a region must have before the floor counts."""
    severity: Literal["ask", "error"]
    code: str
    other_units: tuple[str, ...]
    """Units perhaps meant: `name|name in Chinese|factor to the unit of the column`."""
    likely_mistake: Label
    ask: Label
    basis: str
    status: str


@dataclass(frozen=True, slots=True)
class LabelWord:
    """A word in the label of a row: of a total, of what may stand beside one, of a plan."""

    word: str
    language: str
    role: Literal["total", "average", "part", "beside", "planned"]
    use: Literal["joined", "alone"]
    unless: tuple[str, ...]
    """Words that beside this one make a name of the whole."""
