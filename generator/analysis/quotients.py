"""The location quotients of all uses at once, when a single cell of the Industry sheet is another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.anchors import anchor_places
from generator.analysis.counted import bounds_of, employed, ends_here
from generator.analysis.rollup import settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.values import FloatArray
    from generator.model import Contribution, CriterionValue, Knowledge, Region, Use

_MEETS = {True: 1, False: -1, None: 0}
NEAR = 1e-6
"""Points, or shares of a bound, within which a value is not judged by the short way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a use's readiness, where it stands."""

    use: Use
    place: int
    """Among the parts of the use."""
    part: Contribution


@dataclass(frozen=True, slots=True)
class Quotients:
    """Numerators, totals and bounds; arrays of shape (uses,) but where it is said."""

    region: Region
    knowledge: Knowledge
    is_whole: bool
    """Whether no employment cell is blank, so that each quotient is one number."""
    places: Mapping[str, tuple[int, ...]]
    """Where the rows that a use names stand; none where nobody can tell their part."""
    uses: tuple[str, ...]
    named: FloatArray
    """1 where a use names a row, else 0; shape (rows, uses)."""
    own: FloatArray
    """Employment of the named rows here and in the reference area, shape (2, uses)."""
    totals: tuple[float, float]
    sign: FloatArray
    """-1 where less is better; bounds are signed likewise."""
    minimum: FloatArray
    target: FloatArray
    weight: FloatArray
    meets: NDArray[np.int8]
    """Whether the minimum is reached: 1, -1 where it is not, 0 where it is unknown."""
    is_settled: NDArray[np.bool_]
    """Whether the points are known, though the quotient may not be."""
    readiness: FloatArray
    """Of each use, of which `points` are those of the quotient, without its weight."""
    points: FloatArray
    least: float
    """Readiness of a shortlisted use."""

    def bounded(self, region: Region, asked: Asked) -> CriterionValue | None:
        """The value of a use while a cell is blank: what bounds it is new, the rest as before.

        Args:
            region: With the changed cell, known before and after.
            asked: The part of the use that is read from the sheet.

        Returns:
            None where the quotient is one number, or is adjusted.
        """
        if self.is_whole or region.adjustments:
            return None
        places, known = self.places[asked.use.use_id], asked.part.value
        if not places:
            return known
        low, high = bounds_of(region.industry, places, self.knowledge)
        return replace(known, at_least_as_good_as=settled(low), no_better_than=high)

    def near(self, region: Region, row: int) -> frozenset[str] | None:
        """The uses that a changed row brings to the other side of a bound, or near one.

        Args:
            region: With the changed row.
            row: Its place.

        Returns:
            None where quotients are adjusted: then it may be any use.
        """
        if region.adjustments:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            is_near = (
                self._near_of_values(region, row) if self.is_whole else self._near_of_ends(region)
            )
        return frozenset(self.uses[place] for place in np.flatnonzero(is_near))

    def _near_of_values(self, region: Region, row: int) -> NDArray[np.bool_]:
        """While every quotient is one number."""
        before, now = self.region.industry[row], region.industry[row]
        local = (now.employment.value or 0.0) - (before.employment.value or 0.0)
        there = (now.employment_reference.value or 0.0) - (before.employment_reference.value or 0.0)
        here = (self.own[0] + self.named[row] * local) / (self.totals[0] + local)
        beyond = (self.own[1] + self.named[row] * there) / (self.totals[1] + there)
        value = self.sign * (here / beyond)
        is_other = (value >= self.minimum) != (self.meets > 0)
        is_near = ~np.isfinite(value) | is_other | self._turns(value)
        return np.asarray(is_near | _is_at(value, self.minimum))

    def _near_of_ends(self, region: Region) -> NDArray[np.bool_]:
        """While a cell is blank, so that each quotient lies between two ends."""
        ends = ends_here(region.industry, self.knowledge)
        least, most = np.array(ends.least), np.array(ends.most)
        low, high = self._quotient(least, most), self._quotient(most, least)
        secured = self.sign * np.where(np.isfinite(low), low, 0.0)
        best = self.sign * np.where(np.isfinite(high), high, np.nan)
        meets = np.where(secured >= self.minimum, 1, np.where(best < self.minimum, -1, 0))
        is_other = (meets != self.meets) | ((secured >= self.target) != self.is_settled)
        is_at = _is_at(secured, self.minimum) | _is_at(secured, self.target)
        return np.asarray(is_other | is_at | _is_at(best, self.minimum) | self._turns(secured))

    def _quotient(self, own: FloatArray, other: FloatArray) -> FloatArray:
        """With these amounts of what a use names here, and the others of all that counts against it."""
        rest = 1.0 - self.named
        e, r = own[0] @ self.named, other[1] @ self.named
        return np.asarray(e / (e + other[0] @ rest) / (r / (r + own[1] @ rest)))

    def _turns(self, value: FloatArray) -> NDArray[np.bool_]:
        """Whether the points of these values bring readiness across what the shortlist asks, or near."""
        span = self.target - self.minimum
        points = np.where(
            span > 0, np.clip((value - self.minimum) / span, 0.0, 1.0), value >= self.minimum
        )
        moved = self.readiness + self.weight * (points - self.points)
        is_near = (points != self.points) & (np.abs(moved - self.least) <= NEAR)
        return np.asarray(is_near | ((moved > self.least) != (self.readiness > self.least)))


def _is_at(value: FloatArray, bound: FloatArray) -> NDArray[np.bool_]:
    return np.asarray(np.abs(value - bound) <= NEAR * np.maximum(1.0, np.abs(bound)))


def quotients_of(base: Core, asked: Sequence[Asked]) -> Quotients:
    """The quotients of the uses that ask for one and name rows of the sheet.

    Args:
        base: The run that the cells are changed in.
        asked: The parts that are read from the Industry sheet.
    """
    region, knowledge = base.region, base.knowledge
    known = employed(region.industry)
    places = [anchor_places(region, one.use, knowledge) for one in asked]
    by_use = {one.use.use_id: own for one, own in zip(asked, places, strict=True)}
    asked = [one for one, own in zip(asked, places, strict=True) if own]
    named = np.zeros((len(region.industry), len(asked)))
    for column, own in enumerate(own for own in places if own):
        named[list(own), column] = 1.0
    needs = [one.part.requirement for one in asked]
    sign = np.array([1.0 if need.direction == "higher_better" else -1.0 for need in needs])
    cells = np.array([known.local, known.reference])
    return Quotients(
        region=region,
        knowledge=knowledge,
        places=by_use,
        is_whole=not known.blank,
        uses=tuple(one.use.use_id for one in asked),
        named=named,
        own=cells @ named,
        totals=known.totals,
        sign=sign,
        minimum=sign * np.array([need.minimum for need in needs]),
        target=sign * np.array([need.target for need in needs]),
        weight=np.array([need.weight for need in needs]),
        meets=np.array([_MEETS[one.part.meets_minimum] for one in asked], dtype=np.int8),
        is_settled=np.array([one.part.partial is not None for one in asked], dtype=bool),
        readiness=np.array([base.readiness.uses[one.use.use_id].low for one in asked]),
        points=np.array([one.part.low for one in asked]),
        least=knowledge.assumed("shortlist_readiness"),
    )
