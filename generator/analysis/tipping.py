"""Switching values of a region: where the two leading uses of an order draw level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.switching import switching_points
from generator.analysis.values import partial_value
from generator.model import LISTS, SwitchingValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.analysis.sampling import Parts
    from generator.model import (
        Basis,
        Category,
        Contribution,
        Readiness,
    )


def switching_values(readiness: Readiness, parts: Parts) -> Iterable[SwitchingValue]:
    """For the first two of every order: each input of either at which their scores are equal.

    Args:
        readiness: Base scores; the two viable uses that lead each list, and each shortlist.
        parts: Drawn values, whose ends bound what is plausible.

    Returns:
        One entry per input and root; `switching` None where there is none within the range. An
        input that feeds both uses changes both.
    """
    for category in LISTS:
        ranked = [key for key in readiness.order[category] if readiness.uses[key].rank]
        if len(ranked) > 1:
            yield from _of_criteria(category, ranked[0], ranked[1], readiness, parts)


def _of_criteria(
    category: Category, first: str, second: str, readiness: Readiness, parts: Parts
) -> Iterable[SwitchingValue]:
    pair = (first, second)
    needs = {
        key: {part.requirement.criterion_id: part for part in readiness.uses[key].contributions}
        for key in pair
    }
    gap = readiness.uses[first].low - readiness.uses[second].low
    for own, other in (pair, pair[::-1]):
        for criterion_id, part in needs[own].items():
            drawn = parts.values.get((own, criterion_id))
            value = part.value.fact.value
            if drawn is None or value is None:
                continue
            rival = needs[other].get(criterion_id)
            # Equal by chance is not shared: then the draws differ.
            is_shared = (
                rival is not None
                and rival.value.fact == part.value.fact
                and np.array_equal(drawn, parts.values.get((other, criterion_id), np.empty(0)))
            )
            if is_shared and own == second:
                continue  # it has been looked at with the first
            sign = 1.0 if own == first else -1.0
            moving = [(part, sign)]
            if is_shared and rival is not None:
                moving.append((rival, -1.0))

            def difference(x: float, moving: list[tuple[Contribution, float]] = moving) -> float:
                return gap + math.fsum(side * _points(one, x) for one, side in moving)

            ends = [
                end
                for one, _ in moving
                for end in (one.requirement.minimum, one.requirement.target)
            ]
            least, greatest = parts.ranges[own, criterion_id]
            low, high = min(value, least), max(value, greatest)
            roots = switching_points(difference, ends, low, high)
            # The difference is that of the list's first; an entry speaks of its own use.
            # Nothing the other way round is no minus nothing.
            leads = sign * difference(low) + 0.0, sign * difference(high) + 0.0
            yield from _entries(
                "readiness", category, own, other, criterion_id, is_shared, value, low, high,
                leads, roots,
            )  # fmt: skip


def _points(part: Contribution, x: float) -> float:
    """Points of readiness gained when the criterion's value becomes x."""
    need = part.requirement
    return (
        need.weight * float(partial_value(x, need.minimum, need.target, need.direction))
        - part.points_low
    )


def _entries(
    basis: Basis,
    category: Category,
    own: str,
    other: str,
    name: str,
    is_shared: bool,  # noqa: FBT001 - one field of the noun, private
    value: float,
    low: float,
    high: float,
    leads: tuple[float, float],
    roots: tuple[float, ...],
) -> Iterable[SwitchingValue]:
    for root in roots or (None,):
        yield SwitchingValue(
            basis, category, own, other, name, is_shared, value, low, high, root, *leads
        )  # fmt: skip
