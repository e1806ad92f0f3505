"""Questions that the planner has answered: by a note, or by a unit that was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.intake.records import IN_CELL

if TYPE_CHECKING:
    from generator.intake.plausibility import Ready
    from generator.intake.records import Record

_CHECKED = re.compile(
    r"\b(?:checked|verified|confirmed)\b|核实|核对无误|经核|属实|无误", re.IGNORECASE
)
_NOT_CHECKED = re.compile(
    r"\b(?:not|un|to be)[ -]*(?:checked|verified|confirmed)\b|待核|未核|未经核|尚未", re.IGNORECASE
)


def is_settled(record: Record, ready: Ready, value: float | None = None) -> bool:
    """Whether the planner has answered: a note says the number was checked, or its unit was read.

    A number that was converted from a larger unit is not too small for want of that unit; one with
    another unit than the column's in its own cell is in no other.
    """
    check = ready.check
    scale = (record.scaled or {}).get(check.field, 1.0)
    if ready.units and scale == IN_CELL:
        return True
    if ready.units and scale != 1 and value is not None:
        is_small = check.test == "whole" or (check.floor is not None and value < check.floor)
        if is_small == (scale > 1):
            return True
    note = record.text("note")
    if check.severity == "error" or not note or _NOT_CHECKED.search(note):
        return False
    return _CHECKED.search(note) is not None
