"""Random numbers by name: what is drawn depends on the seed and the record, on nothing else."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.smaa import triangular_ppf

if TYPE_CHECKING:
    from generator.analysis.values import FloatArray
    from generator.model import Fact


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one region; every name has a stream of its own, so that rows can come and go."""

    seed: int
    size: int
    region: str
    room: int = 10_000_000
    """Numbers that may be kept at a time, eight bytes each."""
    _uniform: dict[str, FloatArray] = field(default_factory=dict)
    _drawn: dict[tuple[object, ...], FloatArray] = field(default_factory=dict)
    _totals: dict[tuple[int, ...], tuple[tuple[Fact, ...], FloatArray]] = field(
        default_factory=dict
    )
    """Sums by the identity of their facts, which are held so that no other takes their place."""

    def generator(self, name: str) -> np.random.Generator:
        """The source of chance that belongs to a name."""
        digest = hashlib.sha256(f"{self.seed}\0{self.region}\0{name}".encode()).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16])))

    def uniform(self, name: str) -> FloatArray:
        """Uniform numbers in [0, 1) of a name, shape (draws,)."""
        if name in self._uniform:
            return self._uniform[name]
        numbers = self.generator(name).random(self.size)
        if self._has_room():
            self._uniform[name] = numbers
        return numbers

    def of(self, fact: Fact) -> FloatArray:
        """A fact's values: triangular over its range, the same however many read it.

        Returns:
            Shape (draws,); () for a fact without a range, NaN where it is unknown.
        """
        ends = _ends(fact)
        if ends is None:
            return np.asarray(np.nan if fact.value is None else fact.value)
        key = (_name(fact), *ends)
        if key in self._drawn:
            return self._drawn[key]
        drawn = triangular_ppf(self.uniform(_name(fact)), *ends)
        if self._has_room():
            self._drawn[key] = drawn
        return drawn

    def total(self, facts: tuple[Fact, ...]) -> FloatArray:
        """The sum of some facts in every draw; none of them is kept, only the sum.

        Returns:
            Shape (draws,); () where none of them has a range, NaN where one is unknown.
        """
        key = tuple(map(id, facts))
        if key in self._totals:
            return self._totals[key][1]
        still, moving = 0.0, np.zeros(self.size)
        ranges = [(fact, _ends(fact)) for fact in facts]
        for fact, ends in ranges:
            if ends is None:
                still += math.nan if fact.value is None else fact.value
            else:
                moving += triangular_ppf(self.generator(_name(fact)).random(self.size), *ends)
        is_moving = any(ends is not None for _, ends in ranges)
        summed = moving + still if is_moving else np.asarray(still)
        if self._has_room():
            self._totals[key] = (facts, summed)
        return summed

    def _has_room(self) -> bool:
        """Whether one more array may be kept; what is not kept is drawn again, and is the same."""
        held = len(self._uniform) + len(self._drawn) + len(self._totals)
        return held * self.size < self.room

    def factors(self, name: str, variation: float) -> FloatArray:
        """Gamma factors of a name: mean 1, the given coefficient of variation; shape (draws,)."""
        key = ("factor", name, variation)
        if key not in self._drawn:
            shape = 1.0 / variation**2 if variation > 0 else 0.0
            self._drawn[key] = (
                self.generator(f"weight/{name}").gamma(shape, 1.0 / shape, self.size)
                if shape
                else np.ones(self.size)
            )
        return self._drawn[key]


def _ends(fact: Fact) -> tuple[float, float, float] | None:
    """Low end, value and high end of a fact that varies."""
    if fact.value is None:
        return None
    low = fact.value if fact.low is None else min(fact.low, fact.value)
    high = fact.value if fact.high is None else max(fact.high, fact.value)
    return None if low == high else (low, fact.value, high)


def _name(fact: Fact) -> str:
    return fact.stream or ";".join(map(str, fact.origins))
