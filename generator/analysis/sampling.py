"""Every score in every draw: assets and catalogue ranges drawn once each and shared by all uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.benefit import adjusted_values, economic_values, figures
from generator.analysis.rollup import roll_up_draws, shared_by
from generator.analysis.scoring import asks_of
from generator.analysis.values import REACH, partial_value
from generator.model import CLEARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from generator.analysis.draws import Draws
    from generator.analysis.values import FloatArray
    from generator.model import (
        Benefit,
        BenefitPart,
        Contribution,
        Knowledge,
        Readiness,
        Region,
        Run,
        Screening,
        Use,
    )

RUNS: tuple[Run, ...] = ("inputs", "weights", "both")


@dataclass(frozen=True, slots=True)
class Sample:
    """The scores of one run; arrays of shape (uses, draws), rows in the order of `uses`."""

    uses: tuple[str, ...]
    readiness: FloatArray
    meets: FloatArray
    """1 where every hard minimum is met, else 0."""
    benefit: FloatArray
    shortlisted: FloatArray
    """1 where the use is shortlisted, else 0."""

    def rows(self, uses: Iterable[str]) -> list[int]:
        """Where some of the uses are."""
        return [self.uses.index(use_id) for use_id in uses]


@dataclass(frozen=True, slots=True)
class Parts:
    """The drawn partial values behind the scores, per use in the order of its parts."""

    uses: tuple[str, ...]
    readiness: Mapping[str, tuple[FloatArray, ...]]
    benefit: Mapping[str, tuple[FloatArray, ...]]
    meets: Mapping[str, FloatArray]
    values: Mapping[tuple[str, str], FloatArray]
    """(use, criterion) to the rolled-up value in every draw."""
    capex: Mapping[str, FloatArray]
    """CNY m."""


def draw_parts(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    benefit: Benefit,
    draws: Draws,
) -> Parts:
    """Roll up and value every drawn asset once.

    Args:
        region: The registers.
        knowledge: Needs, catalogue ranges.
        screening: Only uses that the law clears are drawn.
        readiness: The base scores; what is unknown there keeps its secured value in every draw.
        benefit: The base benefit, likewise.
        draws: The source of chance.
    """
    uses = [use for use in knowledge.uses if is_drawn(use.use_id, screening, readiness)]
    rolled: dict[tuple[str, ...], FloatArray | None] = {}
    valued: dict[tuple[int, float, float], FloatArray] = {}
    partials, meets = {}, {}
    values: dict[tuple[str, str], FloatArray] = {}
    for use in uses:
        own, is_met = [], np.ones(draws.size, dtype=bool)
        parts = readiness.uses[use.use_id].contributions
        for ask, part in zip(asks_of(region, use, knowledge, screening), parts, strict=True):
            criterion_id = ask.criterion.criterion_id
            key = (criterion_id, *shared_by(ask))
            if key not in rolled:
                rolled[key] = roll_up_draws(ask, draws.of)
            found = rolled[key]
            own.append(_partial(part, found, valued))
            if part.requirement.hard_minimum:
                is_met &= _reached(part, found)
            if found is not None and found.ndim:
                values[use.use_id, criterion_id] = found
        if readiness.uses[use.use_id].signatures.missing_types:
            is_met[:] = False
        partials[use.use_id], meets[use.use_id] = tuple(own), is_met.astype(float)
    economic = {use.use_id: _figures(region, use, draws) for use in uses}
    return Parts(
        uses=tuple(use.use_id for use in uses),
        readiness=partials,
        benefit={
            use.use_id: _benefit_parts(
                benefit.uses[use.use_id].parts,
                adjusted_values(economic_values(economic[use.use_id], use), region),
            )
            for use in uses
        },
        meets=meets,
        values=values,
        capex={use.use_id: economic[use.use_id]["capex"] for use in uses},
    )


def is_drawn(use_id: str, screening: Screening, readiness: Readiness) -> bool:
    """Whether the law clears a use and it is scored."""
    return use_id in readiness.uses and screening.uses[use_id].status in CLEARED


def _partial(
    part: Contribution, found: FloatArray | None, valued: dict[tuple[int, float, float], FloatArray]
) -> FloatArray:
    """Drawn partial values; the base value where nothing varies or the value is unknown."""
    need = part.requirement
    if found is None or not found.ndim:
        return np.asarray(part.low)
    key = (id(found), need.minimum, need.target)
    if key not in valued:
        valued[key] = drawn_partial(found, need.minimum, need.target, need.direction)
    return valued[key]


def drawn_partial(x: FloatArray, minimum: float, target: float, direction: str) -> FloatArray:
    """`partial_value` for many draws, several times as fast; same arguments, same values."""
    if minimum == target:
        return partial_value(x, minimum, target, direction)
    scaled = (x - minimum) * (1.0 / (target - minimum))
    return np.clip(scaled, 0.0, 1.0, out=scaled)


def _reached(part: Contribution, found: FloatArray | None) -> NDArray[np.bool_] | bool:
    """Whether a hard minimum is met in each draw; an unknown one never is."""
    need = part.requirement
    if found is None or not found.ndim:
        return part.meets_minimum is True
    margin = REACH * max(1.0, abs(need.minimum))
    if need.direction == "higher_better":
        return found >= need.minimum - margin
    return found <= need.minimum + margin


def _figures(region: Region, use: Use, draws: Draws) -> dict[str, FloatArray]:
    return {key: draws.of(fact) for key, fact in figures(region, use).items()}


def _benefit_parts(
    parts: Sequence[BenefitPart], drawn: Mapping[str, FloatArray]
) -> tuple[FloatArray, ...]:
    found = []
    for part in parts:
        values = drawn.get(part.benefit_id)
        if values is None or not values.ndim or part.partial is None:
            found.append(np.asarray(part.low))
        else:
            found.append(drawn_partial(values, part.none_at, part.full_at, ""))
    return tuple(found)


def sample(
    run: Run,
    parts: Parts,
    readiness: Readiness,
    benefit: Benefit,
    knowledge: Knowledge,
    draws: Draws,
) -> Sample:
    """The scores of one run.

    Args:
        run: What varies.
        parts: Drawn partial values.
        readiness: Base scores, weights and what does not vary over the draws.
        benefit: Base benefit and its weights.
        knowledge: Thresholds.
        draws: Weight factors, one per criterion and draw, shared by all uses.
    """
    spread = knowledge.assumed("weight_cv") if run != "inputs" else 0.0
    size = (len(parts.uses), draws.size)
    scores, worth, meets = np.empty(size), np.empty(size), np.empty(size)
    listed = np.zeros(size)
    least = knowledge.assumed("shortlist_readiness")
    entries = {use.use_id: use for use in knowledge.uses}
    for row, use_id in enumerate(parts.uses):
        use, value = readiness.uses[use_id], benefit.uses[use_id]
        base = run == "weights"
        scores[row] = _weighted(
            [part.requirement.weight for part in use.contributions],
            [part.requirement.criterion_id for part in use.contributions],
            [np.asarray(part.low) for part in use.contributions]
            if base
            else parts.readiness[use_id],
            draws,
            spread,
        )
        worth[row] = _weighted(
            [part.weight for part in value.parts],
            [part.benefit_id for part in value.parts],
            [np.asarray(part.low) for part in value.parts] if base else parts.benefit[use_id],
            draws,
            spread,
        )
        meets[row] = float(use.viability == "viable") if base else parts.meets[use_id]
        if _may_be_shortlisted(use_id, readiness, knowledge, entries[use_id]):
            listed[row] = meets[row] * (scores[row] >= least - REACH * least)
    return Sample(parts.uses, scores, meets, worth, listed)


def _may_be_shortlisted(
    use_id: str, readiness: Readiness, knowledge: Knowledge, entry: Use
) -> bool:
    """Whether coverage and maturity, which no draw changes, allow it."""
    enough = knowledge.assumed("coverage_minimum_pct") - REACH
    return readiness.uses[use_id].coverage_pct >= enough and entry.maturity != "declining"


def _weighted(
    weights: Sequence[float],
    names: Sequence[str],
    partials: Sequence[FloatArray],
    draws: Draws,
    spread: float,
) -> FloatArray:
    """Additive scores 0-100; weights are multiplied by their factors and brought to one sum."""
    total = np.zeros(draws.size)
    if not spread:
        for weight, partial in zip(weights, partials, strict=True):
            total += weight * partial
        return total
    whole = np.zeros(draws.size)
    for weight, name, partial in zip(weights, names, partials, strict=True):
        share = weight * draws.factors(name, spread)
        whole += share
        total += share * partial
    return 100.0 * total / whole if len(weights) else total
