"""Switching values: where two scores meet, in closed form, and where two leading uses draw level."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.values import FloatArray, partial_value
from generator.analysis.worth import alone
from generator.model import LISTS, Basis, Category, Contribution, Fact, Readiness, SwitchingValue

if TYPE_CHECKING:
    from generator.analysis.assemble import Frame
    from generator.analysis.benefit import Judged
    from generator.analysis.core import Core
    from generator.analysis.sampling import Parts


_EQUAL = 1e-9
"""Two scores so close are equal."""
_EXACT = 1e-12
"""What a breakpoint must reach: beside it the equality has a point of its own, not this one."""
_NODE = math.sqrt(0.5)
"""The Chebyshev points of two are where noise at the samples moves a line least."""


def _piece_root(
    difference: Callable[[float], float], left: float, right: float
) -> tuple[tuple[float, float], ...] | None:
    """Root of the line through two points inside [left, right], with its slope; None if all tied."""
    middle, reach = (left + right) / 2.0, (right - left) / 2.0
    first, second = (difference(middle + reach * place) for place in (-_NODE, _NODE))
    if max(abs(first), abs(second)) <= _EQUAL:
        return None
    slope, level = (second - first) / (2.0 * _NODE), (first + second) / 2.0
    # A root at the end of a piece may lie outside it by rounding.
    if not slope or abs(level / slope) > 1.0 + _EQUAL:
        return ()
    at = middle - reach * level / slope
    return ((min(right, max(left, at)), slope / reach),)


def _polished(
    difference: Callable[[float], float], start: float, slope: float, left: float, right: float
) -> float | None:
    """The start moved by at most two secant steps; None unless the difference is then 0."""
    best, x = math.inf, start
    point = start
    for _ in range(3):
        value = difference(x)
        if abs(value) < best:
            best, point = abs(value), x
        if value == 0 or slope == 0:
            break
        x = min(right, max(left, x - value / slope))
    return point if best <= _EQUAL else None


def switching_points(
    score_difference: Callable[[float], float],
    breakpoints: Sequence[float],
    low: float,
    high: float,
) -> tuple[float, ...]:
    """All values of an input at which two scores are equal, in closed form piece by piece.

    A step has no point of equality unless the difference is 0 exactly where it steps. A piece on
    which the scores are equal throughout gives no points but those where it meets other pieces.

    Args:
        score_difference: Score of one alternative less that of the other, a function of the input;
            between neighbouring breakpoints a straight line.
        breakpoints: Where one piece ends and the next begins; any order, outside the range ignored.
        low: Least plausible value.
        high: Greatest plausible value.

    Returns:
        Ascending values in [low, high] at which the difference is at most 1e-9.

    Source:
        HM Treasury (2022), The Green Book, on switching values.
    """
    ends = sorted({low, high, *(x for x in breakpoints if low < x < high)})
    pieces = [_piece_root(score_difference, *piece) for piece in pairwise(ends)]
    found: list[float] = []
    for piece, roots in zip(pairwise(ends), pieces, strict=True):
        for start, slope in roots or ():
            point = _polished(score_difference, start, slope, *piece)
            if point is not None:
                found.append(point)
    for i, end in enumerate(ends):
        between_ties = all(roots is None for roots in pieces[max(0, i - 1) : i + 1])
        if not between_ties and abs(score_difference(end)) <= _EXACT:
            found.append(end)
    found.sort()
    apart = _EQUAL * (high - low)
    return tuple(x for i, x in enumerate(found) if i == 0 or x - found[i - 1] > apart)


def switching_of_readiness(readiness: Readiness, parts: Parts) -> Iterable[SwitchingValue]:
    """For the first two of every list: each input of either at which their readiness is equal.

    Args:
        readiness: Base scores; the two viable uses that lead each list.
        parts: Drawn values, whose ends bound what is plausible.

    Returns:
        One entry per input and root; `switching` None where there is none within the range. An
        input that feeds both uses changes both.
    """
    for category in LISTS:
        ranked = [key for key in readiness.order[category] if readiness.uses[key].rank]
        if len(ranked) > 1:
            yield from _of_criteria(category, ranked[0], ranked[1], readiness, parts)


def switching_of_value(
    base: Core, judged: Mapping[str, Judged], ceilings: FloatArray
) -> Iterable[SwitchingValue]:
    """For the first two of every shortlist: each figure of either at which they are worth the same.

    Args:
        base: Shortlists in the order of value alone, and what they are judged by.
        judged: The uses at their best place and size.
        ceilings: Limits of capital without contingency, and of the rest, per resource.

    Returns:
        Jobs, people reached and value added, which value alone is linear in; capital only where it
        bars a size within its range.
    """
    for category in LISTS:
        listed = [key for key in base.readiness.shortlist[category] if key in judged][:2]
        for own, other in (listed, listed[::-1]) if len(listed) > 1 else ():
            rival = judged[other].alone.value
            for figure in _figures(judged[own], base, ceilings):

                def lead(x: float, figure: _Figure = figure, rival: float = rival) -> float:
                    return figure.value_at(x) - rival

                roots = (
                    switching_points(lead, (), figure.low, figure.high) if figure.is_linear else ()
                )
                yield from _entries(
                    "value", category, own, other, figure.name, False, figure.value,  # noqa: FBT003 - a use's own figure
                    figure.low, figure.high,
                    (lead(figure.low) + 0.0, lead(figure.high) + 0.0), roots,
                )  # fmt: skip


class _Figure(Struct, frozen=True):
    """A figure that a use's value alone depends on."""

    name: str
    value: float
    low: float
    high: float
    value_at: Callable[[float], float]
    """Value alone with the figure at some amount, the rest unchanged."""
    is_linear: bool = True


def _figures(one: Judged, base: Core, ceilings: FloatArray) -> Iterable[_Figure]:
    worth, size, value = base.setting.coefficients, one.alone.size, one.alone.value
    people = _people(one)
    rates = (
        ("jobs", one.candidate.jobs, size * worth.get("jobs", 0.0)),
        ("served", people, worth.get("served", 0.0)),
        ("annual_value_added", one.candidate.value_added, size * worth.get("value_added", 0.0)),
    )
    for name, fact, rate in rates:
        if fact.value is None or fact.low is None or fact.high is None or fact.low == fact.high:
            continue
        if rate and one.alone.amounts:
            line = _line(value, 100.0 * rate, fact.value)
            yield _Figure(name, fact.value, fact.low, fact.high, line)
    capital = one.candidate.capital
    if one.candidate.fits and None not in (capital.value, capital.low, capital.high):
        use_id = one.candidate.use_id

        def at_cost(unit: float) -> float:
            found = alone(_at_cost(base.setting.frame, use_id, unit), ceilings, worth)
            return found[use_id].value if use_id in found else 0.0

        low, high = capital.low or 0.0, capital.high or 0.0
        if at_cost(low) != at_cost(high):
            yield _Figure("capex", capital.value or 0.0, low, high, at_cost, is_linear=False)


def _line(value: float, rate: float, at: float) -> Callable[[float], float]:
    return lambda x: value + rate * (x - at)


def _people(one: Judged) -> Fact:
    """People reached, with all cells of employment at their low and at their high ends."""
    ends = [
        math.fsum(share * (_end(fact, name) or 0.0) for fact, share in one.reach)
        for name in ("value", "low", "high")
    ]
    return Fact(ends[0], "persons", min(ends), max(ends))


def _end(fact: Fact, name: str) -> float | None:
    end: float | None = getattr(fact, name)
    return fact.value if end is None or fact.value is None else end


def _at_cost(frame: Frame, use_id: str, unit: float) -> Frame:
    """The options with another capital of a unit of one use."""
    placed = frame.options.placings
    is_own = np.array([key == use_id for key in placed.ids], dtype=bool)
    capital = np.where(is_own, unit * placed.size, placed.capital)
    options = replace(frame.options, placings=replace(placed, capital=capital))
    return replace(frame, options=options)


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
            least, greatest = parts.ranges[own, criterion_id]
            low, high = min(value, least), max(value, greatest)
            roots, at_low, at_high = _crossings(moving, gap, low, high)
            # The difference is that of the list's first; an entry speaks of its own use.
            # Nothing the other way round is no minus nothing.
            leads = sign * at_low + 0.0, sign * at_high + 0.0
            yield from _entries(
                "readiness", category, own, other, criterion_id, is_shared, value, low, high,
                leads, roots,
            )  # fmt: skip


def _crossings(
    moving: Sequence[tuple[Contribution, float]], gap: float, low: float, high: float
) -> tuple[tuple[float, ...], float, float]:
    """Where the difference of two uses is nothing within a range, and what it is at both ends.

    Args:
        moving: Contributions that the value moves, with the side that each counts on.
        gap: The difference at the value as it stands.
        low: Of the range.
        high: Likewise.
    """

    def difference(x: float) -> float:
        return gap + math.fsum(side * _points(one, x) for one, side in moving)

    ends = [end for one, _ in moving for end in (one.requirement.minimum, one.requirement.target)]
    return switching_points(difference, ends, low, high), difference(low), difference(high)


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
