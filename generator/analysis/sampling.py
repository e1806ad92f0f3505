"""Every score in every draw: assets and catalogue ranges drawn once each and shared by all uses."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from generator.analysis.memo import Same
from generator.analysis.readiness import asks_of
from generator.analysis.rollup import Source, roll_up_draws, shared_by
from generator.analysis.values import REACH, FloatArray, partial_value
from generator.model import (
    CLEARED,
    Contribution,
    Fact,
    Knowledge,
    Readiness,
    Region,
    Run,
    Screening,
    Use,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.draws import Draws

RUNS: tuple[Run, ...] = ("inputs", "weights", "both")
_Value = TypeVar("_Value", np.bool_, np.float64)


class Sample(Struct, frozen=True):
    """The scores of one run; arrays of shape (uses, draws), rows in the order of `uses`."""

    uses: tuple[str, ...]
    readiness: FloatArray
    meets: NDArray[np.bool_]
    """Where every hard minimum is met."""
    shortlisted: NDArray[np.bool_]

    def rows(self, uses: Iterable[str]) -> list[int]:
        """Where some of the uses are."""
        return [self.uses.index(use_id) for use_id in uses]


class Parts(Struct, frozen=True):
    """The drawn partial values behind the scores, per use in the order of its parts."""

    uses: tuple[str, ...]
    readiness: Mapping[str, tuple[FloatArray, ...]]
    meets: Mapping[str, NDArray[np.bool_]]
    values: Mapping[tuple[str, str], FloatArray]
    """(use, criterion) to the rolled-up value in every draw."""
    ranges: Mapping[tuple[str, str], tuple[float, float]]
    """(use, criterion) to the least and the greatest plausible value."""

    def first(self, count: int) -> Parts:
        """The same of the first so many draws."""

        def cut(values: NDArray[_Value]) -> NDArray[_Value]:
            return values[:count] if values.ndim else values

        return replace(
            self,
            readiness={key: tuple(map(cut, own)) for key, own in self.readiness.items()},
            meets={key: cut(own) for key, own in self.meets.items()},
            values={key: cut(own) for key, own in self.values.items()},
        )


def draw_parts(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    draws: Draws,
) -> Parts:
    """Roll up and value every drawn asset once.

    Args:
        region: The registers.
        knowledge: Needs, catalogue ranges.
        screening: Only uses that the law clears are drawn.
        readiness: The base scores; what is unknown there keeps its secured value in every draw.
        draws: The source of chance.
    """
    region = _in_fixed_order(region)
    uses = [use for use in knowledge.uses if is_drawn(use.use_id, screening, readiness)]
    # By criterion and what uses must share to have the same one.
    rolled: dict[tuple[str, ...], FloatArray | None] = {}
    valued: dict[tuple[int, float, float, str], FloatArray] = {}
    partials, meets = {}, {}
    ends: dict[tuple[str, ...], tuple[float, float]] = {}
    ranges: dict[tuple[str, str], tuple[float, float]] = {}
    values: dict[tuple[str, str], FloatArray] = {}
    extremes = _End("low"), _End("high")
    for use in uses:
        own, is_met = [], np.ones(draws.size, dtype=bool)
        parts = readiness.uses[use.use_id].contributions
        for ask, part in zip(asks_of(region, use, knowledge, screening), parts, strict=True):
            criterion_id = ask.criterion.criterion_id
            key = (criterion_id, *shared_by(ask))
            if key not in rolled:
                roll = roll_up_draws(ask)
                found = rolled[key] = roll(draws)
                if found is not None and found.ndim:
                    ends[key] = _ends(roll, found, extremes)
            found = rolled[key]
            own.append(_partial(part, found, valued))
            if part.requirement.hard_minimum:
                is_met &= reached(part, found)
            if found is not None and found.ndim:
                values[use.use_id, criterion_id] = found
                ranges[use.use_id, criterion_id] = ends[key]
        if readiness.uses[use.use_id].signatures.missing_types:
            is_met[:] = False
        partials[use.use_id], meets[use.use_id] = tuple(own), is_met
    return Parts(
        uses=tuple(use.use_id for use in uses),
        readiness=partials,
        meets=meets,
        values=values,
        ranges=ranges,
    )


def _ends(
    roll: Callable[[Source], FloatArray | None], drawn: FloatArray, extremes: Iterable[_End]
) -> tuple[float, float]:
    """Every record at its low end, then at its high end; the draws where these are not the ends."""
    found = [float(drawn.min()), float(drawn.max())]
    for end in extremes:
        rolled = roll(end)
        found += [] if rolled is None else [float(rolled.flat[0])]
    return min(found), max(found)


class _End(Struct, frozen=True):
    """Every record at one end of its range; the value where it has none. A sum is added up once."""

    end: Literal["low", "high"]
    _totals: dict[Same[tuple[Fact, ...]], FloatArray] = field(default_factory=dict)

    def of(self, fact: Fact) -> FloatArray:
        return np.atleast_1d(np.array(self._at(fact), dtype=float))

    def total(self, facts: tuple[Fact, ...]) -> FloatArray:
        key = Same(facts)
        if key not in self._totals:
            added = 0.0
            for fact in facts:
                end = self._at(fact)
                added += math.nan if end is None else end
            self._totals[key] = np.atleast_1d(added)
        return self._totals[key]

    def _at(self, fact: Fact) -> float | None:
        found: float | None = getattr(fact, self.end)
        return fact.value if found is None else found


def _in_fixed_order(region: Region) -> Region:
    """Records that are summed by the name of their draws: last bits must not follow row order."""
    return replace(
        region,
        power=tuple(sorted(region.power, key=lambda row: row.spare_mw.stream)),
        data_centres=tuple(sorted(region.data_centres, key=lambda row: row.racks_free.stream)),
        workforce=tuple(sorted(region.workforce, key=lambda row: row.available_fte.stream)),
        connectivity=tuple(sorted(region.connectivity, key=lambda row: row.backbone_gbps.stream)),
        industry=tuple(sorted(region.industry, key=lambda row: row.employment.stream)),
    )


def is_drawn(use_id: str, screening: Screening, readiness: Readiness) -> bool:
    """Whether the law clears a use and it is scored."""
    return use_id in readiness.uses and screening.uses[use_id].status in CLEARED


def _partial(
    part: Contribution,
    found: FloatArray | None,
    valued: dict[tuple[int, float, float, str], FloatArray],
) -> FloatArray:
    """Drawn partial values; the base value where nothing varies or the value is unknown."""
    need = part.requirement
    if found is None or not found.ndim:
        return np.asarray(part.low)
    key = (id(found), need.minimum, need.target, need.direction)
    if key not in valued:
        valued[key] = drawn_partial(found, need.minimum, need.target, need.direction)
    return valued[key]


def drawn_partial(x: FloatArray, minimum: float, target: float, direction: str) -> FloatArray:
    """`partial_value` for many draws, several times as fast; same arguments, same values."""
    if minimum == target:
        return partial_value(x, minimum, target, direction)
    scaled = (x - minimum) * (1.0 / (target - minimum))
    return np.clip(scaled, 0.0, 1.0, out=scaled)


def reached(part: Contribution, found: FloatArray | None) -> NDArray[np.bool_] | bool:
    """Whether a minimum is met in each draw; an unknown one never is.

    Args:
        part: Of the base run, which counts where nothing varies.
        found: The rolled-up value in every draw; None while it is unknown.
    """
    need = part.requirement
    if found is None or not found.ndim:
        return part.meets_minimum is True
    margin = REACH * max(1.0, abs(need.minimum))
    if need.direction == "higher_better":
        return found >= need.minimum - margin
    return found <= need.minimum + margin


def sample(
    run: Run,
    parts: Parts,
    readiness: Readiness,
    knowledge: Knowledge,
    draws: Draws,
) -> Sample:
    """The scores of one run.

    Args:
        run: What varies.
        parts: Drawn partial values.
        readiness: Base scores, weights and what does not vary over the draws.
        knowledge: Thresholds.
        draws: Weight factors, one per criterion and draw, shared by all uses.
    """
    spread = knowledge.assumed("weight_cv") if run != "inputs" else 0.0
    varied = parts if run != "weights" else None
    scores = scored(
        [
            [
                (part.requirement.criterion_id, part.requirement.weight, np.asarray(part.low))
                for part in readiness.uses[use_id].contributions
            ]
            for use_id in parts.uses
        ],
        [varied.readiness[use_id] if varied else None for use_id in parts.uses],
        draws,
        spread,
    )
    meets = np.empty(scores.shape, dtype=bool)
    for row, use_id in enumerate(parts.uses):
        is_met = readiness.uses[use_id].viability == "viable"
        meets[row] = parts.meets[use_id] if varied else is_met
    least = least_readiness(knowledge)
    entries = {use.use_id: use for use in knowledge.uses}
    may = [_may_be_shortlisted(key, readiness, knowledge, entries[key]) for key in parts.uses]
    listed = meets & (scores >= least) & np.array(may, dtype=bool)[:, np.newaxis]
    return Sample(parts.uses, scores, meets, listed)


def least_readiness(knowledge: Knowledge) -> float:
    """The readiness from which a use is listed, with room for rounding."""
    return knowledge.assumed("shortlist_readiness") * (1.0 - REACH)


def _may_be_shortlisted(
    use_id: str, readiness: Readiness, knowledge: Knowledge, entry: Use
) -> bool:
    """Whether coverage and maturity, which no draw changes, allow it."""
    enough = knowledge.assumed("coverage_minimum_pct") - REACH
    return readiness.uses[use_id].coverage_pct >= enough and entry.maturity != "declining"


def scored(
    base: Sequence[Sequence[tuple[str, float, FloatArray]]],
    drawn: Sequence[tuple[FloatArray, ...] | None],
    draws: Draws,
    spread: float,
) -> FloatArray:
    """Additive scores 0-100 of all uses, shape (uses, draws).

    Args:
        base: Per use the name, weight and base value of each part.
        drawn: Per use the drawn values of its parts, None to keep the base values.
        draws: Weight factors by name.
        spread: Their coefficient of variation; the weights of a draw are brought to one sum.
    """
    names = list(dict.fromkeys(name for use in base for name, _, _ in use))
    weights, still = np.zeros((2, len(base), len(names)))
    moving: list[tuple[int, int, FloatArray]] = []
    for row, use in enumerate(base):
        for part, (name, weight, value) in enumerate(use):
            column, values = names.index(name), drawn[row]
            weights[row, column] = weight
            now = value if values is None else values[part]
            if now.ndim:
                moving.append((row, column, now))
            else:
                still[row, column] = weight * now
    if not spread:
        total = np.repeat(still.sum(axis=1)[:, np.newaxis], draws.size, axis=1)
        for row, column, now in moving:
            total[row] += weights[row, column] * now
        return total
    factors = np.array([draws.factors(name, spread) for name in names]).reshape(-1, draws.size)
    total, whole = still @ factors, weights @ factors
    for row, column, now in moving:
        total[row] += (weights[row, column] * factors[column]) * now
    whole[~weights.any(axis=1)] = 1.0
    total *= 100.0
    total /= whole
    return np.asarray(total)
