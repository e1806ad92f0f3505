"""When the programme's money is needed: capital while projects are built, running cost after it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.model.programme_inputs import LateMoney, YearMoney

if TYPE_CHECKING:
    from generator.model.consequences import PlannedAction
    from generator.model.economy import Range
    from generator.model.programme import Programme, Wave

_YEAR = 12


class _Works(Struct, frozen=True):
    """One project on the time line, in months from the plan's start."""

    start: float
    end: float
    capital: float
    """CNY m, with its part of what a common platform saves."""
    running: Range | None
    is_second: bool

    def spent(self, start: float, end: float) -> float:
        """Capital of the months from `start` to `end`, spread evenly over those of build."""
        if self.end <= self.start:
            return self.capital if start <= self.start < end else 0.0
        months = min(end, self.end) - max(start, self.start)
        return self.capital * max(0.0, months) / (self.end - self.start)

    def run_share(self, start: float, end: float) -> float:
        """Share of a year in these months that it runs for."""
        return max(0.0, end - max(start, self.end)) / _YEAR


def money_by_year(
    programme: Programme, plan_from: date | None, begins: Mapping[str, float]
) -> tuple[YearMoney, ...]:
    """Capital and running cost of every year until the last project is built.

    A project takes the middle of its months of build, and spends evenly over them. Low and high
    ends are those of each wave, in the same proportions.

    Args:
        programme: Both waves.
        plan_from: Start of the plan; None to count years of the plan.
        begins: Use to the month in which its works begin.

    Returns:
        Nothing where there is no project.
    """
    works = _all_works(programme, begins)
    if not works:
        return ()
    before = 0 if plan_from is None else plan_from.month - 1
    last = max(one.end for one in works)
    years = max(1, math.ceil((before + last) / _YEAR - 1e-9))
    return tuple(
        _year(
            number if plan_from is None else plan_from.year + number - 1,
            (number - 1) * _YEAR - before,
            works,
            programme,
        )
        for number in range(1, years + 1)
    )


def works_begin(programme: Programme, steps: Iterable[PlannedAction]) -> dict[str, float]:
    """The month from the plan's start in which the works of each project can begin, by use.

    Not before the last step that works wait for has ended, that of no project in particular, such as
    a tender, counting for all; nor, in the second wave, before the last of the first stands.

    Args:
        programme: Both waves.
        steps: Planned actions; those that wait for the works themselves do not hold them up.
    """
    shared, ready = 0.0, dict.fromkeys(programme.uses, 0.0)
    for step in steps:
        if not step.precedes_works:
            continue
        if not step.because.uses:
            shared = max(shared, step.end_month)
        for use_id in ready.keys() & set(step.holds_up):
            ready[use_id] = max(ready[use_id], step.end_month)
    first = {one.use_id: max(shared, ready[one.use_id]) for one in programme.first.projects}
    later = max(shared, *stand(programme, first).values(), 0.0)
    return first | {one.use_id: max(later, ready[one.use_id]) for one in programme.second.projects}


def stand(programme: Programme, begins: Mapping[str, float]) -> dict[str, float]:
    """The month in which each project whose works begin stands, by use."""
    return {
        one.use_id: begins[one.use_id] + sum(one.months) / 2
        for one in programme.projects
        if one.use_id in begins
    }


def _works(
    wave: Wave, programme: Programme, begins: Mapping[str, float], *, is_second: bool
) -> list[_Works]:
    uses = programme.choice_inputs.uses
    shared = [one for one in wave.projects if uses[one.use_id].on_shared_platform]
    own = math.fsum(one.capital.value or 0.0 for one in shared)
    keep = 1.0 + wave.platform / own if own else 1.0
    return [
        _Works(
            start=begins[one.use_id],
            end=begins[one.use_id] + sum(one.months) / 2,
            capital=(one.capital.value or 0.0) * (keep if one in shared else 1.0),
            running=one.yearly_cost,
            is_second=is_second,
        )
        for one in wave.projects
    ]


def money_after_plan(
    programme: Programme, whole: int | None, begins: Mapping[str, float]
) -> LateMoney | None:
    """Capital of the months after the plan period; None where it has no end or holds all.

    Args:
        programme: Both waves.
        whole: How many months the plan takes; None where its end is open.
        begins: Use to the month in which its works begin.
    """
    if whole is None:
        return None
    works = _all_works(programme, begins)
    if all(one.end <= whole for one in works):
        return None
    return LateMoney(*_capital(float(whole), math.inf, works, programme))


def _all_works(programme: Programme, begins: Mapping[str, float]) -> list[_Works]:
    return [
        *_works(programme.first, programme, begins, is_second=False),
        *_works(programme.second, programme, begins, is_second=True),
    ]


def _capital(
    start: float, end: float, works: Sequence[_Works], programme: Programme
) -> tuple[float, float, Range]:
    """Capital of each wave at base values in these months, and both together from low to high."""
    first, second = (
        math.fsum(one.spent(start, end) for one in works if one.is_second is is_second)
        for is_second in (False, True)
    )
    shares = [
        (part / wave.capital if wave.capital else 0.0, wave.capital_range)
        for part, wave in ((first, programme.first), (second, programme.second))
    ]
    return first, second, _both([(share * low, share * high) for share, (low, high) in shares])


def _year(year: int, start: float, works: Sequence[_Works], programme: Programme) -> YearMoney:
    end = start + _YEAR
    first, second, capital = _capital(start, end, works, programme)
    built = [one for one in works if one.run_share(start, end) > 0]
    costs = [(one.running, one.run_share(start, end)) for one in built]
    known = [(cost, share) for cost, share in costs if cost is not None]
    return YearMoney(
        year=year,
        first=first,
        second=second,
        capital=capital,
        running=None
        if len(known) < len(costs)
        else _both([(cost[0] * share, cost[1] * share) for cost, share in known]),
    )


def _both(ranges: Sequence[Range]) -> Range:
    return math.fsum(low for low, _ in ranges), math.fsum(high for _, high in ranges)
