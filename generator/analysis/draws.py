"""Random numbers by name: what is drawn depends on the seed and the record, on nothing else."""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from generator.analysis.values import FloatArray
    from generator.model import Fact


DRAWS, SEED = 10_000, 1
"""What counts unless somebody says otherwise."""
_ROOM = 10_000_000
"""80 MB."""
_FEW = 8
"""A sum of facts that take no more than one part in so many of the room has them kept one by one."""
_CATALOGUE = "catalogue/"
"""What is drawn under such a name is the same in every region."""


class Draws(Struct, frozen=True):
    """The draws of one region; every name has a stream of its own, so that rows can come and go."""

    seed: int
    size: int
    region: str
    room: int = _ROOM
    """Numbers that may be kept at a time, eight bytes each."""
    _drawn: dict[tuple[object, ...], FloatArray] = field(default_factory=dict)
    _totals: dict[tuple[int, ...], tuple[tuple[Fact, ...], FloatArray]] = field(
        default_factory=dict
    )
    """Sums by the identity of their facts, which are held so that no other takes their place."""

    def first(self, count: int) -> Draws:
        """The first so many of these draws: every stream gives the same numbers, only fewer."""
        return Draws(self.seed, min(count, self.size), self.region, self.room)

    def generator(self, name: str) -> np.random.Generator:
        """The source of chance that belongs to a name."""
        return _generator(self.seed, "" if name.startswith(_CATALOGUE) else self.region, name)

    def uniform(self, name: str) -> FloatArray:
        """Uniform numbers in [0, 1) of a name, shape (draws,)."""
        if name.startswith(_CATALOGUE):
            return _catalogue_uniform(self.seed, self.size, name)
        return self.generator(name).random(self.size)

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
        """The sum of some facts in every draw; of very many facts only the sum is kept.

        Returns:
            Shape (draws,); () where none of them has a range, NaN where one is unknown.
        """
        key = tuple(map(id, facts))
        if key in self._totals:
            return self._totals[key][1]
        still, moving = 0.0, np.zeros(self.size)
        is_moving, are_few = False, len(facts) * self.size * _FEW <= self.room
        for fact in facts:
            ends = _ends(fact)
            if ends is None:
                still += math.nan if fact.value is None else fact.value
            elif are_few:
                # Sums of other rows and the people whom a use reaches read the same cells.
                moving += self.of(fact)
            else:
                moving += triangular_ppf(self.uniform(_name(fact)), *ends)
            is_moving |= ends is not None
        summed = moving + still if is_moving else np.asarray(still)
        if self._has_room():
            self._totals[key] = (facts, summed)
        return summed

    def cost(self, name: str, correlation: float, count: int | None = None) -> FloatArray:
        """Where the cost of a catalogue record stands in its range, as a probability.

        u = Φ(√ρ·z_common + √(1 - ρ)·z_own): uniform whatever ρ is; all records share z_common.

        Args:
            name: The record, the same in every region.
            correlation: ρ in [0, 1], the common part.
            count: The first so many draws; None for all.

        Returns:
            Shape (draws,).

        Source:
            Nelsen (2006), An Introduction to Copulas, ch. 2, on the normal copula.
        """
        key = ("cost", name if correlation < 1 else "", correlation, count)
        if key not in self._drawn:
            own, common = (
                _catalogue_normal(self.seed, self.size, f"{_CATALOGUE}{stream}")[:count]
                for stream in (f"{name}/cost", "common/cost")
            )
            mixed = math.sqrt(correlation) * common + math.sqrt(1 - correlation) * own
            self._drawn[key] = _normal_cdf(mixed)
        return self._drawn[key]

    def _has_room(self) -> bool:
        """Whether one more array may be kept; what is not kept is drawn again, and is the same."""
        held = len(self._drawn) + len(self._totals)
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


def spread(fact: Fact, chance: FloatArray) -> FloatArray:
    """A fact's values at some probabilities; its one value throughout where it has no range.

    Args:
        fact: What is drawn; an unknown one counts as nothing.
        chance: Probabilities in [0, 1], any shape.
    """
    ends = _ends(fact)
    if ends is None:
        return np.full_like(chance, fact.value or 0.0)
    return triangular_ppf(chance, *ends)


def triangular_ppf(u: ArrayLike, low: ArrayLike, mode: ArrayLike, high: ArrayLike) -> FloatArray:
    """Inverse of the triangular distribution function; a single point where low equals high.

    Args:
        u: Probabilities in [0, 1].
        low: Least value.
        mode: Most likely value; may equal either end.
        high: Greatest value.

    Returns:
        Values in [low, high], broadcast shape of all four.

    Raises:
        ValueError: Unless low <= mode <= high.

    Source:
        Kotz & van Dorp (2004), Beyond Beta, ch. 1.
    """
    least, likely, most = (np.asarray(part, dtype=float) for part in (low, mode, high))
    if not np.all((least <= likely) & (likely <= most)):
        raise ValueError("a triple needs low <= mode <= high")
    chance, span = np.asarray(u, dtype=float), most - least
    # Comparing products instead of quotients leaves nothing to divide by in a single point.
    rising = chance * span < likely - least
    inside = np.where(rising, chance * (likely - least), (1.0 - chance) * (most - likely))
    inside *= span
    root = np.sqrt(inside, out=inside)
    return np.asarray(np.where(rising, least + root, most - root))


def _normal_cdf(z: FloatArray) -> FloatArray:
    """Φ(z), to the last digit or so in both tails.

    By the standard library: the special functions of scipy take longer to load than all of these.
    """
    tails = map(math.erfc, (z * -math.sqrt(0.5)).tolist())
    return 0.5 * np.fromiter(tails, dtype=np.float64, count=len(z))


def _generator(seed: int, region: str, name: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}\0{region}\0{name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16])))


@lru_cache(maxsize=64)
def _catalogue_uniform(seed: int, size: int, name: str) -> FloatArray:
    """Kept over the regions of a run, which share it; nobody may write into it."""
    numbers = _generator(seed, "", name).random(size)
    numbers.flags.writeable = False
    return numbers


@lru_cache(maxsize=64)
def _catalogue_normal(seed: int, size: int, name: str) -> FloatArray:
    """Standard normal numbers, likewise."""
    numbers = _generator(seed, "", name).standard_normal(size)
    numbers.flags.writeable = False
    return numbers


def _ends(fact: Fact) -> tuple[float, float, float] | None:
    """Low end, value and high end of a fact that varies."""
    if fact.value is None:
        return None
    low = fact.value if fact.low is None else min(fact.low, fact.value)
    high = fact.value if fact.high is None else max(fact.high, fact.value)
    return None if low == high else (low, fact.value, high)


def _name(fact: Fact) -> str:
    return fact.stream or ";".join(map(str, fact.origins))
