"""What studies before the votes would cost by a published table of fees."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.economy import Range
    from generator.model.reference import PreparationFee


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

    @property
    def cost(self) -> Range:
        """All of them together, CNY m."""
        low, high = (math.fsum(one.cost[end] for one in self.studies) for end in (0, 1))
        return low, high
