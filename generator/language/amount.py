"""Amounts of money in the steps of a language: one step for both ends of a range, or for a column."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.language.language import Language

_KEPT = 3
"""Digits that the finest step leaves to a small amount."""
_DECIMALS = 2
"""The most decimals of computed amounts in a column, but for one that they would round to nothing."""
_NEAR = 0.5
"""From this part of a step on the lower end of a range is written in it."""


class Amount(Struct, frozen=True):
    """One amount, a range of two, or a column of them, in whole units of a currency."""

    values: tuple[float, ...]
    currency: str
    """How it is written beside a number."""
    digits: int | None = None
    """Significant digits; None where `decimals` alone limits them."""
    decimals: int = 3
    """The most decimals of the step."""
    finest: float = 0.0
    """What a large amount is not written below, in whole units; 0 where `decimals` alone decides."""

    def text(self, language: Language) -> str:
        """The amount in words."""
        size, step = self._step(language)
        shown = [self._written(value, size, language) for value in self.values]
        args = {"currency": self.currency, "step": step}
        if len(set(shown)) == 1:
            return language.say("money.amount", value=shown[0], **args).rstrip()
        return language.say("money.range", low=shown[0], high=shown[-1], **args).rstrip()

    def grain(self, language: Language) -> Grain:
        """The step and the places in which columns stand whose totals these amounts are."""
        size, step = self._step(language)
        least = min((abs(value) / size for value in self.values if value), default=1.0)
        digits = math.floor(math.log10(least))
        # Parts of a small total keep two digits of it.
        most = min(self.decimals, max(_DECIMALS, 1 - digits))
        places = min(most, max(0, (self.digits or 1) - 1 - digits))
        return Grain(size, step, self.currency, places, self.digits)

    def _step(self, language: Language) -> tuple[float, str]:
        """The largest step that every amount reaches at least by half; what is not nothing counts."""
        sizes = [abs(value) for value in self.values if value] or [0.0]
        steps = language.steps("money.steps")
        reached = [
            step for step in steps if max(sizes) >= step[0] and min(sizes) >= _NEAR * step[0]
        ]
        if reached:
            return reached[0]
        # Below this the language writes amounts out, both ends alike.
        least = float(language.say("money.steps_from"))
        is_small = not steps or (min(sizes) < least and max(sizes) < steps[-1][0])
        return (1.0, "") if is_small else steps[-1]

    def _written(self, value: float, size: float, language: Language) -> str:
        """One amount in its step."""
        in_step = value / size
        places = self._places(in_step)
        if self.finest and in_step:
            fine = round(math.log10(size / self.finest))
            digits = math.floor(math.log10(abs(in_step)))
            places = min(places, max(fine, _KEPT - 1 - digits, 0))
        return _to(places, in_step, language)

    def in_grain(self, grain: Grain, language: Language, most: int = _DECIMALS) -> str:
        """The amount or range in another step, to the digits that it has in words.

        Args:
            grain: The step.
            language: Writes numbers.
            most: The most decimals, but for what they would round to nothing.
        """
        size, _ = self._step(language)
        shown = []
        for value in self.values:
            places = self._places(value / size) + round(math.log10(grain.size / size))
            shown.append(
                _to(_fewer(places, value / grain.size, most), value / grain.size, language)
            )
        low, high = shown[0], shown[-1]
        return low if low == high else language.say("span", low=low, high=high)

    def _places(self, value: float) -> int:
        """Decimals of an amount in its step, below 0 the zeros before the point.

        A small one is never rounded to nothing.
        """
        if value and (self.digits is not None or abs(value) < 10**-self.decimals):
            return (self.digits or 1) - 1 - math.floor(math.log10(abs(value)))
        return self.decimals


def _fewer(places: int, value: float, most: int) -> int:
    """No more decimals than a reader can use, and as many as keep an amount from being nothing."""
    if not value:
        return places
    return min(places, max(most, -math.floor(math.log10(abs(value)))))


def _to(places: int, value: float, language: Language) -> str:
    """A number to so many places, halves up; below 0 it ends in zeros."""
    if places >= 0:
        return language.number(value, places)
    return language.number(_rounded(places, value), 0)


def _rounded(places: int, value: float) -> float:
    """An amount to so many places, halves up."""
    step = 10.0**-places
    return math.floor(value / step + 0.5) * step


class Grain(Struct, frozen=True):
    """How amounts of a table are written: all in one step, to the same places or their own digits."""

    size: float
    step: str
    currency: str
    places: int
    digits: int | None = None
    """Significant digits that an amount has at most; None where `places` alone limits them."""

    def unit(self, language: Language) -> str:
        """The unit for the head of a column."""
        return language.say("money.unit", currency=self.currency, step=self.step).strip()

    def rounded(self, parts: Sequence[float]) -> list[float]:
        """Amounts in this step, rounded so that they add up to their rounded sum."""
        return apportioned([part / self.size for part in parts], self.places)

    def number(self, value: float, language: Language) -> str:
        """One of these as a number alone."""
        return _to(self._kept(value), value, language)

    def adds_up(self, parts: Sequence[float]) -> bool:
        """Whether amounts as they are written come to their sum as it is written."""
        total = math.fsum(parts)
        shown = math.fsum(_rounded(self._kept(part), part) for part in parts)
        return math.isclose(shown, _rounded(self._kept(total), total), rel_tol=1e-9, abs_tol=1e-9)

    def _kept(self, value: float) -> int:
        """Decimals that an amount in this step is written with, below 0 the zeros before the point."""
        if self.digits is None or not value:
            return self.places
        return min(self.places, self.digits - 1 - math.floor(math.log10(abs(value))))

    def text(self, values: Sequence[float], language: Language) -> str:
        """One of these in words, or the range of two."""
        args = {"currency": self.currency, "step": self.step}
        shown = [self.number(value, language) for value in values]
        if len(set(shown)) == 1:
            return language.say("money.amount", value=shown[0], **args).rstrip()
        return language.say("money.range", low=shown[0], high=shown[-1], **args).rstrip()


def apportioned(parts: Sequence[float], places: int) -> list[float]:
    """Amounts rounded to so many places whose sum is the rounded sum: the largest rests round up."""
    scale = 10.0**places
    whole = [math.floor(part * scale + _EXACTLY) for part in parts]
    missing = math.floor(math.fsum(parts) * scale + 0.5) - sum(whole)
    order = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place] * scale)
    for place in order[: max(0, missing)]:
        whole[place] += 1
    return [part / scale for part in whole]


_EXACTLY = 1e-9
"""What a sum of decimals may fall short of a whole."""
