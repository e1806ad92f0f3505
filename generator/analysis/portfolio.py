"""The uses to launch together: the most benefit that fits the region's limits."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.choice import NAMES, ROTA, Choice
from generator.analysis.figures import figures
from generator.analysis.knapsack import (
    least_extra,
    resource_use,
    selection_frequency,
    solve_selection,
)
from generator.analysis.values import at_least
from generator.model import Fact, Portfolio, ResourceUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.analysis.core import Core
    from generator.analysis.sampling import Parts, Sample
    from generator.analysis.values import FloatArray

_ENUMERATED = 15
_DRAWS_ENUMERATED, _DRAWS_SOLVED = 1000, 200
_MORE = 0.01
"""Benefit points from which a portfolio counts as better."""


def chosen(choice: Choice) -> tuple[str, ...]:
    """The selection alone, as a scenario needs it."""
    return tuple(choice.ids[place] for place in _solved(choice, choice.capacity))


def _solved(
    choice: Choice, capacity: FloatArray, forbidden: Sequence[tuple[int, ...]] = ()
) -> tuple[int, ...]:
    if not choice.ids:
        return ()
    return (
        solve_selection(
            choice.benefit, choice.needs, capacity, forbidden=forbidden, **choice.conditions
        )
        or ()
    )


def select(base: Core, choice: Choice, drawn: Sample, parts: Parts) -> Portfolio:
    """The portfolio, what its limits bind, its runner-up, and how often each use is in it.

    Args:
        base: Own estimates and catalogue ranges.
        choice: Candidates, needs and limits.
        drawn: The run in which everything varies.
        parts: The drawn capital.
    """
    best = _solved(choice, choice.capacity)
    selected = tuple(choice.ids[place] for place in best)
    worth = _worth(choice, best)
    second = _solved(choice, choice.capacity, [best]) if best else ()
    frequency, count = _frequency(choice, drawn, parts)
    known = {use_id: figures(base.region, base.knowledge.use(use_id)) for use_id in choice.ids}
    spans = [known[use_id] for use_id in selected]
    return Portfolio(
        candidates=choice.ids,
        selected=selected,
        benefit=worth,
        capex=_span(spans, "capex"),
        jobs=_span(spans, "jobs"),
        resources=tuple(_resources(choice, best, worth)),
        hosts=_hosts(choice, best),
        runner_up=tuple(choice.ids[place] for place in second),
        runner_up_benefit=_worth(choice, second) if best else None,
        frequency=frequency,
        frequency_draws=count,
        blocked=choice.blocked,
        needs={
            use_id: dict(zip(NAMES, map(float, row), strict=True))
            for use_id, row in zip(choice.ids, choice.needs, strict=True)
        },
        ranges={
            use_id: {
                column: _span([found], column)
                for column in ("capex", "jobs")
                if found[column].value is not None
            }
            for use_id, found in known.items()
        },
        is_limited=_worth(choice, _unlimited(choice)) - worth > _MORE,
        not_usable=choice.not_usable,
    )


def _unlimited(choice: Choice) -> tuple[int, ...]:
    """What would be chosen without any limit or connection point, the pairs alone in force."""
    free = replace(choice, points=())
    return _solved(free, np.full(len(NAMES), math.inf))


def _worth(choice: Choice, places: Sequence[int]) -> float:
    return math.fsum(choice.benefit[place] for place in places)


def _span(found: Sequence[Mapping[str, Fact]], column: str) -> tuple[float, float]:
    facts = [one[column] for one in found]
    return (
        math.fsum(
            fact.value if fact.low is None else fact.low for fact in facts if fact.value is not None
        ),
        math.fsum(
            fact.value if fact.high is None else fact.high
            for fact in facts
            if fact.value is not None
        ),
    )


def _resources(choice: Choice, best: Sequence[int], worth: float) -> list[ResourceUse]:
    capacity = choice.capacity
    used = resource_use(best, choice.needs, ROTA) if choice.ids else np.zeros(len(NAMES))
    is_limited = len(best) < len(choice.ids)
    found = []
    for place, name in enumerate(NAMES):
        amount, basis, fact = choice.limits[place]
        gain_of_one, free_gain = 0.0, 0.0
        if is_limited and math.isfinite(amount):
            free_gain = _gain(choice, capacity, place, math.inf, worth)
        is_binding = free_gain > _MORE
        extra: float | None = None
        brought: tuple[str, ...] = ()
        dropped: tuple[str, ...] = ()
        if is_binding:
            one = choice.million if name == "capex" else 1.0
            gain_of_one = _gain(choice, capacity, place, amount + one, worth)
            extra, brought, dropped = _next(choice, place, best, worth)
        found.append(
            ResourceUse(
                resource=name,
                limit=amount if math.isfinite(amount) else None,
                basis="stated" if basis == "stated" else "available" if fact else "none",
                fact=fact,
                used=float(used[place]),
                is_binding=is_binding,
                gain_of_one=gain_of_one,
                next_extra=extra,
                next_uses=brought,
                next_out=dropped,
            )
        )
    return found


def _gain(choice: Choice, capacity: FloatArray, place: int, amount: float, worth: float) -> float:
    """Benefit gained when one limit alone is another amount."""
    changed = capacity.copy()
    changed[place] = amount
    gain = _worth(choice, _solved(choice, changed)) - worth
    return gain if gain > _MORE else 0.0


def _next(
    choice: Choice, place: int, best: Sequence[int], worth: float
) -> tuple[float | None, tuple[str, ...], tuple[str, ...]]:
    """The least extra amount of one resource that brings more benefit, and the uses it swaps."""
    extra = least_extra(
        choice.benefit, choice.needs, choice.capacity, place, worth + _MORE, **choice.conditions
    )
    if extra is None:
        return None, (), ()
    changed = choice.capacity.copy()
    changed[place] += extra
    better = _solved(choice, changed)
    return (
        extra,
        tuple(choice.ids[one] for one in better if one not in best),
        tuple(choice.ids[one] for one in best if one not in better),
    )


def _hosts(choice: Choice, best: Sequence[int]) -> dict[str, str]:
    """A point for each power-reuse use: the largest, at which it was scored, while there is room."""
    waiting = sorted(
        (one for one in best if choice.host_needs[one] > 0), key=lambda one: -choice.host_needs[one]
    )

    def lodged(rest: Sequence[int], spare: Sequence[float]) -> dict[str, str] | None:
        if not rest:
            return {}
        need = float(choice.host_needs[rest[0]])
        # By place, not by name: two points may be called the same.
        for place in by_size:
            if at_least(spare[place], need):
                left = [*spare[:place], spare[place] - need, *spare[place + 1 :]]
                found = lodged(rest[1:], left)
                if found is not None:
                    return {choice.ids[rest[0]]: names[place], **found}
        return None

    names = [name for name, _ in choice.points]
    by_size = sorted(range(len(names)), key=lambda one: (-choice.points[one][1], names[one]))
    return lodged(waiting, [spare for _, spare in choice.points]) or {}


def _frequency(choice: Choice, drawn: Sample, parts: Parts) -> tuple[dict[str, float], int]:
    """Share of draws in which each candidate is selected; limits stay what they are."""
    if not choice.ids:
        return {}, 0
    most = _DRAWS_ENUMERATED if len(choice.ids) <= _ENUMERATED else _DRAWS_SOLVED
    count = min(most, drawn.benefit.shape[1])
    rows = drawn.rows(choice.ids)
    capex = np.stack(
        [
            np.broadcast_to(np.nan_to_num(parts.capex[use_id]), drawn.benefit.shape[1])[:count]
            for use_id in choice.ids
        ],
        axis=1,
    )
    shares = selection_frequency(
        drawn.benefit[rows, :count].T,
        drawn.shortlisted[rows, :count].T,
        choice.needs,
        choice.capacity,
        first_need_draws=capex,
        **choice.conditions,
    )
    return dict(zip(choice.ids, map(float, shares), strict=True)), count
