"""What studies before the votes would cost by a published table of fees."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model.economy import Range
    from generator.model.reference import PreparationFee

_DIGITS = 2
"""Significant digits of an estimate that is read off a table of fees."""
_EXACTLY = 1e-9
"""What a quotient of decimals may fall short of a whole."""


class StudyCost(Struct, frozen=True):
    """The studies for one project."""

    use_id: str
    cost: Range
    """CNY m, at the low and the high end of its capital and of the fee."""


class Preparation(Struct, frozen=True):
    """The studies for the first wave, or for what is prepared where nothing begins."""

    studies: tuple[StudyCost, ...]
    unpriced: tuple[str, ...]
    """Uses whose studies no table of the place prices."""
    fees: tuple[PreparationFee, ...]
    """The rows that the costs rest on."""
    estimate: Range = (0.0, 0.0)
    """All of them together, CNY m, as they are printed: the sums of the printed ends of the studies,
    rounded outward. Its high end is the ceiling asked for, never below what stands in the list."""


def summed(costs: Iterable[Range], rate: float) -> Range:
    """The sums of the ends of costs as they are printed, rounded outward.

    Args:
        costs: In CNY m.
        rate: CNY for one unit of the currency in which they are printed.
    """
    printed = [[_nearest(end / rate) for end in ends] for ends in costs]
    return outward(
        (
            rate * math.fsum(low for low, _ in printed),
            rate * math.fsum(high for _, high in printed),
        ),
        rate,
    )


def outward(ends: Range, rate: float) -> Range:
    """A range to the digits of an estimate, its low end never too high and its high end never too low."""
    low, high = (end / rate for end in ends)
    low_step, high_step = _step(low), _step(high)
    return (
        rate * math.floor(low / low_step + _EXACTLY) * low_step,
        rate * math.ceil(high / high_step - _EXACTLY) * high_step,
    )


def _nearest(amount: float) -> float:
    step = _step(amount)
    return math.floor(amount / step + 0.5 + _EXACTLY) * step


def _step(amount: float) -> float:
    return 10.0 ** (math.floor(math.log10(amount) + _EXACTLY) - _DIGITS + 1) if amount > 0 else 1.0
