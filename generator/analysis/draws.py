"""Random numbers by name: what is drawn depends on the seed and the record, on nothing else."""

from __future__ import annotations

import hashlib
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
    _uniform: dict[str, FloatArray] = field(default_factory=dict)
    _drawn: dict[tuple[object, ...], FloatArray] = field(default_factory=dict)

    def generator(self, name: str) -> np.random.Generator:
        """The source of chance that belongs to a name."""
        digest = hashlib.sha256(f"{self.seed}\0{self.region}\0{name}".encode()).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16])))

    def uniform(self, name: str) -> FloatArray:
        """Uniform numbers in [0, 1) of a name, shape (draws,)."""
        if name not in self._uniform:
            self._uniform[name] = self.generator(name).random(self.size)
        return self._uniform[name]

    def of(self, fact: Fact) -> FloatArray:
        """A fact's values: triangular over its range, drawn once however many read it.

        Returns:
            Shape (draws,); () for a fact without a range, NaN where it is unknown.
        """
        if fact.value is None:
            return np.asarray(np.nan)
        low = fact.value if fact.low is None else min(fact.low, fact.value)
        high = fact.value if fact.high is None else max(fact.high, fact.value)
        if low == high:
            return np.asarray(fact.value)
        name = fact.stream or ";".join(map(str, fact.origins))
        key = (name, low, fact.value, high)
        if key not in self._drawn:
            self._drawn[key] = triangular_ppf(self.uniform(name), low, fact.value, high)
        return self._drawn[key]

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
