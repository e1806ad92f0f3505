"""When projects are built and open, and when their money is needed: capital, then running cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator.analysis.schedule import is_for_later, months_to_open
from generator.model.consequences import Opening
from generator.model.programme_inputs import LateMoney, YearMoney

if TYPE_CHECKING:
    from generator.model.consequences import PlannedAction
    from generator.model.economy import Range
    from generator.model.facts import Fact
    from generator.model.programme import Programme, Wave

_YEAR = 12
Time = Literal["shorter", "middle", "longer"]
"""How long projects are built, of the range of the catalogue."""
_TIMES: Mapping[Time, Callable[[float, float], float]] = {
    "shorter": lambda low, _: low,
    "middle": lambda low, high: (low + high) / 2,
    "longer": lambda _, high: high,
}
_NEVER = Opening(math.inf, math.inf, math.inf)
"""Of projects whose running cost is not asked for."""


class _Works(Struct, frozen=True):
    """One project on the time line, in months from the plan's start."""

    start: float
    end: float
    capital: float
    """CNY m, with its part of what a common platform saves."""
    ends: Range
    """Its low and high end, likewise."""
    running: Range | None
    opens: Opening
    is_second: bool

    def spent(self, start: float, end: float) -> float:
        """Capital of the months from `start` to `end`, spread evenly over those of build."""
        return self.capital * self.share(start, end)

    def share(self, start: float, end: float) -> float:
        """The share of its months of build that lies in these months."""
        if self.end <= self.start:
            return float(start <= self.start < end)
        months = min(end, self.end) - max(start, self.start)
        return max(0.0, months) / (self.end - self.start)

    def run_shares(self, start: float, end: float) -> Range:
        """Share of a year in these months that it runs for: built in the longer time, in the shorter."""
        late, early = (
            max(0.0, end - max(start, month)) / _YEAR
            for month in (self.opens.longer, self.opens.shorter)
        )
        return late, early


def money_by_year(
    programme: Programme,
    plan_from: date | None,
    begins: Mapping[str, float],
    opens: Mapping[str, Opening],
) -> tuple[YearMoney, ...]:
    """Capital and running cost of every year until the last project is built.

    A project takes the middle of its months of build, and spends evenly over them. Low and high
    ends are those of each wave, in the same proportions. It costs to run from its opening on: the low
    end after the longer time of building, the high end after the shorter.

    Args:
        programme: Both waves.
        plan_from: Start of the plan; None to count years of the plan.
        begins: Use to the month in which its works begin.
        opens: Use to the month in which it may operate.

    Returns:
        Nothing where there is no project.
    """
    works = _all_works(programme, begins, opens)
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


def works_begin(
    programme: Programme,
    steps: Iterable[PlannedAction],
    time: Time = "middle",
    held: Mapping[str, float] = MappingProxyType({}),
) -> dict[str, float]:
    """The month from the plan's start in which the works of each project can begin, by use.

    Not before the last step that works wait for has ended, that of no project in particular, such as
    a tender, counting for all; nor, in the second wave, before the last of the first stands, from which
    month on its own money is spent on what it waits for.

    Args:
        programme: Both waves.
        steps: Planned actions; those that wait for the works themselves do not hold them up.
        time: How long the first wave is built, before the second begins.
        held: Use to the month before which a choice between plans keeps it from being built.
    """
    shared, ready = 0.0, {use: held.get(use, 0.0) for use in programme.uses}
    before = [step for step in steps if step.precedes_works]
    spent = [step for step in before if is_for_later(step, programme.first.uses)]
    for step in before:
        if not step.because.uses:
            shared = max(shared, step.end_month)
        for use_id in ready.keys() & set(step.holds_up):
            ready[use_id] = max(ready[use_id], step.end_month)
    first = {one.use_id: max(shared, ready[one.use_id]) for one in programme.first.projects}
    stands = max(stand(programme, first, time).values(), default=0.0)
    for step in spent:
        for use_id in ready.keys() & set(step.holds_up):
            ready[use_id] = max(ready[use_id], math.ceil(stands) + step.duration_months)
    later = max(shared, stands)
    return first | {one.use_id: max(later, ready[one.use_id]) for one in programme.second.projects}


def stand(
    programme: Programme, begins: Mapping[str, float], time: Time = "middle"
) -> dict[str, float]:  # fmt: skip
    """The month in which each project whose works begin is built, by use."""
    return {
        one.use_id: begins[one.use_id] + _TIMES[time](*one.months)
        for one in programme.projects
        if one.use_id in begins
    }


def opening(
    programme: Programme,
    steps: Collection[PlannedAction],
    held: Mapping[str, float] = MappingProxyType({}),
) -> dict[str, Opening]:
    """When each project may operate, by use: built, and what comes before opening done.

    Args:
        programme: Both waves.
        steps: Planned actions of a plan without works, those between works and opening included.
        held: Use to the month before which a choice between plans keeps it from being built.
    """
    waits = {
        one.use_id: max(months_to_open(steps, one.use_id).values(), default=0.0)
        for one in programme.projects
    }
    months = [
        {
            # A step begins with a month, so it waits for the end of that in which works end.
            use: math.ceil(end) + waits[use] if waits[use] else end
            for use, end in stand(
                programme, works_begin(programme, steps, time, held), time
            ).items()
        }
        for time in _TIMES
    ]
    return {use: Opening(*(part[use] for part in months)) for use in months[0]}


def _works(
    wave: Wave,
    programme: Programme,
    begins: Mapping[str, float],
    opens: Mapping[str, Opening],
    *,
    is_second: bool,
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
            ends=_ends(one.capital, keep if one in shared else 1.0),
            running=one.yearly_cost,
            opens=opens.get(one.use_id, _NEVER),
            is_second=is_second,
        )
        for one in wave.projects
    ]


def _ends(capital: Fact, keep: float) -> Range:
    """The low and the high end of what is left of a capital; its value where it has no range."""
    value = capital.value or 0.0
    low, high = (value if end is None else end for end in (capital.low, capital.high))
    return low * keep, high * keep


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
    works = _all_works(programme, begins, {})
    if all(one.end <= whole for one in works):
        return None
    return LateMoney(*_capital(float(whole), math.inf, works, programme))


def _all_works(
    programme: Programme, begins: Mapping[str, float], opens: Mapping[str, Opening]
) -> list[_Works]:
    return [
        *_works(programme.first, programme, begins, opens, is_second=False),
        *_works(programme.second, programme, begins, opens, is_second=True),
    ]


def _capital(
    start: float, end: float, works: Sequence[_Works], programme: Programme
) -> tuple[float, float, Range]:
    """Capital of each wave at base values in these months, and both together from low to high."""
    first, second = (
        math.fsum(one.spent(start, end) for one in works if one.is_second is is_second)
        for is_second in (False, True)
    )
    return (
        first,
        second,
        _both(
            [
                _within(start, end, [one for one in works if one.is_second is is_second], whole)
                for is_second, whole in (
                    (False, programme.first.capital_range),
                    (True, programme.second.capital_range),
                )
            ]
        ),
    )


def _within(start: float, end: float, works: Sequence[_Works], whole: Range) -> Range:
    """What of a wave's low and high end falls into these months, each project by its own ends."""
    found = []
    for place in (0, 1):
        every = math.fsum(one.ends[place] for one in works)
        part = math.fsum(one.ends[place] * one.share(start, end) for one in works)
        found.append(whole[place] * part / every if every else 0.0)
    return found[0], found[1]


def _year(year: int, start: float, works: Sequence[_Works], programme: Programme) -> YearMoney:
    end = start + _YEAR
    first, second, capital = _capital(start, end, works, programme)
    costs = [(one.running, one.run_shares(start, end)) for one in works]
    costs = [(cost, shares) for cost, shares in costs if shares[1] > 0]
    known = [(cost, shares) for cost, shares in costs if cost is not None]
    return YearMoney(
        year=year,
        first=first,
        second=second,
        capital=capital,
        running=None
        if len(known) < len(costs)
        else _both([(cost[0] * late, cost[1] * early) for cost, (late, early) in known]),
    )


def _both(ranges: Sequence[Range]) -> Range:
    return math.fsum(low for low, _ in ranges), math.fsum(high for _, high in ranges)
