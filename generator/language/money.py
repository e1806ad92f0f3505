"""Amounts of money in the steps of a language: one step for both ends of a range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.language.language import Language


_NEAR = 0.5
"""From this part of a step on the lower end of a range is written in it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount, a range of two, or a column of them, in whole units of a currency."""

    values: tuple[float, ...]
    currency: str
    """How it is written beside a number."""
    digits: int | None = None
    """Significant digits; None where `decimals` alone limits them."""
    decimals: int = 3
    """The most decimals of the step."""

    def text(self, language: Language) -> str:
        """The amount in words."""
        size, step = self._step(language)
        shown = [self._number(value / size, language) for value in self.values]
        args = {"currency": self.currency, "step": step}
        if len(set(shown)) == 1:
            return language.say("money.amount", value=shown[0], **args).rstrip()
        return language.say("money.range", low=shown[0], high=shown[-1], **args).rstrip()

    def column(self, language: Language) -> tuple[list[str], str]:
        """The numbers alone, in one step and as fine as the largest, and the unit for their head."""
        size, step = self._step(language)
        unit = language.say("money.unit", currency=self.currency, step=step).strip()
        largest = max((abs(value) / size for value in self.values), default=0.0)
        places = (self.digits or 1) - 1 - math.floor(math.log10(largest)) if largest else 0
        alike = Amount(self.values, self.currency, None, max(0, places))
        return [alike._number(value / size, language) for value in self.values], unit

    def _step(self, language: Language) -> tuple[float, str]:
        """The largest step that every amount reaches at least by half; what is not nothing counts."""
        sizes = [abs(value) for value in self.values if value] or [0.0]
        steps = language.steps("money.steps")
        reached = [
            step for step in steps if max(sizes) >= step[0] and min(sizes) >= _NEAR * step[0]
        ]
        if reached:
            return reached[0]
        # Below this the language writes amounts out.
        least = float(language.say("money.steps_from"))
        return steps[-1] if steps and max(sizes) >= least else (1.0, "")

    def _number(self, value: float, language: Language) -> str:
        decimals = self.decimals
        # A small amount is never rounded to nothing.
        if value and (self.digits is not None or abs(value) < 10**-decimals):
            decimals = max(0, (self.digits or 1) - 1 - math.floor(math.log10(abs(value))))
        return language.number(value, decimals)
