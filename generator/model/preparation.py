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
    """All of them together, CNY m: the sums of the ends of the studies as they are printed. Its high
    end is the ceiling asked for, so that it is what stands in the list."""


def summed(costs: Iterable[Range], rate: float) -> Range:
    """The sums of the ends of costs as they are printed.

    Args:
        costs: In CNY m.
        rate: CNY for one unit of the currency in which they are printed.
    """
    printed = [[_nearest(end / rate) for end in ends] for ends in costs]
    return (
        rate * math.fsum(low for low, _ in printed),
        rate * math.fsum(high for _, high in printed),
    )


def _nearest(amount: float) -> float:
    step = _step(amount)
    return math.floor(amount / step + 0.5 + _EXACTLY) * step


def _step(amount: float) -> float:
    return 10.0 ** (math.floor(math.log10(amount) + _EXACTLY) - _DIGITS + 1) if amount > 0 else 1.0
