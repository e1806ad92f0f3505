"""Switching values of a region: where the two leading uses of an order draw level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.figures import ESTIMATED, as_array, economic_values, figures
from generator.analysis.switching import Form, switching_points
from generator.analysis.values import partial_value
from generator.model import LISTS, SwitchingValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.analysis.sampling import Parts
    from generator.model import (
        Basis,
        Benefit,
        BenefitPart,
        Category,
        Contribution,
        Knowledge,
        Readiness,
        Region,
        UseBenefit,
    )


def switching_values(
    region: Region, knowledge: Knowledge, readiness: Readiness, benefit: Benefit, parts: Parts
) -> Iterable[SwitchingValue]:
    """For the first two of every order: each input of either at which their scores are equal.

    Args:
        region: Its own estimates.
        knowledge: Catalogue ranges.
        readiness: Base scores; the two viable uses that lead each list, and each shortlist.
        benefit: Base benefit.
        parts: Drawn values, whose ends bound what is plausible.

    Returns:
        One entry per input and root; `switching` None where there is none within the range. An
        input that feeds both uses changes both.
    """
    for category in LISTS:
        ranked = [key for key in readiness.order[category] if readiness.uses[key].rank]
        if len(ranked) > 1:
            yield from _of_criteria(category, ranked[0], ranked[1], readiness, parts)
        shortlist = readiness.shortlist[category]
        if len(shortlist) > 1:
            yield from _of_estimates(
                category, shortlist[0], shortlist[1], region, knowledge, benefit
            )


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


def _of_estimates(
    category: Category,
    first: str,
    second: str,
    region: Region,
    knowledge: Knowledge,
    benefit: Benefit,
) -> Iterable[SwitchingValue]:
    for own, other in ((first, second), (second, first)):
        use = knowledge.use(own)
        known = figures(region, use)
        numbers = {key: as_array(fact.value) for key, fact in known.items()}
        for column in ESTIMATED:
            fact = known[column]
            if fact.value is None or fact.low is None or fact.high is None or fact.low == fact.high:
                continue

            def worth(x: float, column: str = column) -> dict[str, float]:
                changed = {**numbers, column: np.asarray(x)}  # noqa: B023 - used within the pass
                return {key: float(v) for key, v in economic_values(changed, use).items()}  # noqa: B023 - likewise

            difference = _worth_difference(benefit.uses[own], benefit.uses[other], worth)
            form: Form = "reciprocal" if column in {"capex", "jobs"} else "linear"
            ends = _breakpoints(benefit.uses[own].parts, column, numbers, use.scale_mw)
            roots = switching_points(difference, ends, fact.low, fact.high, form)
            leads = difference(fact.low), difference(fact.high)
            yield from _entries(
                "benefit", category, own, other, column, False, fact.value, fact.low, fact.high,  # noqa: FBT003 - a use's own figure
                leads, roots,
            )  # fmt: skip


def _worth_difference(
    own: UseBenefit, other: UseBenefit, worth: Callable[[float], Mapping[str, float]]
) -> Callable[[float], float]:
    def difference(x: float) -> float:
        values = worth(x)
        terms = [_worth(part, values) for part in own.parts]
        return math.fsum(terms) - other.low

    return difference


def _worth(part: BenefitPart, values: Mapping[str, float]) -> float:
    value = values.get(part.benefit_id, math.nan)
    if part.partial is None or math.isnan(value):
        return part.weight * part.low
    low, high = sorted((part.none_at, part.full_at))
    share = (min(max(value, low), high) - part.none_at) / (part.full_at - part.none_at)
    return part.weight * share


def _breakpoints(
    parts: Iterable[BenefitPart], column: str, numbers: Mapping[str, object], scale_mw: float | None
) -> list[float]:
    """Where a criterion that the figure feeds reaches one of its anchors."""
    capex, jobs, added = (
        float(np.asarray(numbers[key])) for key in ("capex", "jobs", "annual_value_added")
    )
    ends: list[float] = []
    for part in parts:
        for anchor in (part.none_at, part.full_at):
            at = {
                ("B01", "jobs"): anchor * capex,
                ("B01", "capex"): jobs / anchor if anchor else math.nan,
                ("B02", "jobs"): anchor,
                ("B03", "payback_years"): anchor,
                ("B06", "jobs"): (scale_mw or math.nan) * 1000 / anchor if anchor else math.nan,
                ("B08", "annual_value_added"): anchor * capex,
                ("B08", "capex"): added / anchor if anchor else math.nan,
            }.get((part.benefit_id, column), math.nan)
            if math.isfinite(at):
                ends.append(at)
    return ends
