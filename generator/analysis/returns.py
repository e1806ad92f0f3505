"""What a project must earn to pay back, what prices on file leave to be paid, and whom its cost can pay.

Capital and cost stand at the middle of their ranges, the years at the longest that is on file; power
is left out, as customers bear it by what they draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.customers import tried_share
from generator.analysis.estimates import own_columns
from generator.model.returns import Payroll, Returns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Knowledge, Range, Region, UnitNeed, Use

_MILLION = 1e6
_WHOLE = 1.0 + 1e-9
"""All of a size, as nearly as sums of a machine are."""


def returns_of(
    use: Use,
    size: float,
    capital: float | None,
    running: Range | None,
    region: Region,
    knowledge: Knowledge,
    *,
    ends: Range | None = None,
) -> Returns | None:
    """What a project must earn a year to be back within the longest payback on file.

    Args:
        use: The catalogue's years, unless the region gives its own.
        size: Units of scale.
        capital: CNY m of the project, middle.
        running: CNY m a year, low to high, power left out.
        region: Its own estimates.
        knowledge: Prices on file, and the share of customers that a scenario tries.
        ends: CNY m of the capital, low and high; the middle alone where nobody gives them.

    Returns:
        None where no payback is shown or an amount is unknown.
    """
    years = _years(use, region)
    if not years or not capital or running is None:
        return None
    cost = sum(running) / 2
    income = capital / years + cost
    amount = (use.size_amount or 0.0) * size
    share, price = tried_share(knowledge), _price(use, region, knowledge)
    earned = [] if price is None or not amount else [one * amount / _MILLION for one in price[::-1]]
    at_price = [_back(capital, one - cost) for one in earned]
    at_ends = [_back(*each) for each in _at_ends(earned, ends or (capital, capital), running)]
    let = [income / one if income <= one * _WHOLE else None for one in earned]
    return Returns(
        years=years,
        income=income,
        by_unit=income * _MILLION / amount if amount else None,
        price=price,
        share=share,
        years_at_share=None if share is None else _back(capital, share * income - cost),
        years_at_price=(at_price[0], at_price[1]) if at_price else None,
        years_at_ends=(at_ends[0], at_ends[1]) if at_ends else None,
        let_at_price=(let[0], let[1]) if let else None,
        gap=_gap(income, earned),
        gap_at_share=None if share is None else _gap(income, [share * one for one in earned]),
    )


def payroll_of(
    need: UnitNeed, jobs: float | None, running: Range | None, region: Region, knowledge: Knowledge
) -> Payroll | None:
    """What the jobs that a running cost is to pay would take in wages, by public statistics.

    Args:
        need: Who employs, and whose wages the running cost holds.
        jobs: FTE of the project, middle.
        running: CNY m a year, low to high, power left out.
        region: The rate of its currency.
        knowledge: Wages of its legal order.

    Returns:
        None where tenants and clients pay, and where a number or a wage is missing.
    """
    wage = next((one for one in knowledge.wages if one.currency == region.currency), None)
    rate = region.cny_per_unit.value
    is_paid = need.jobs_by == "operator" or need.wages_in == "all"
    if wage is None or rate is None or not jobs or running is None or not is_paid:
        return None
    low, high = wage.wage_low * rate / _MILLION, wage.wage_high * rate / _MILLION
    wages = jobs * low, jobs * high
    return Payroll(
        wage_id=wage.wage_id,
        wages=wages,
        paid=min(jobs, sum(running) / (low + high)),
        payable=(min(jobs, running[0] / high), min(jobs, running[1] / low)),
        missing=(max(0.0, wages[0] - running[1]), max(0.0, wages[1] - running[0])),
    )


def _years(use: Use, region: Region) -> float | None:
    """The most years in which the capital is to be back; None where none are shown."""
    own = own_columns(region, use.use_id).get("payback_years")
    if own is not None:
        return own.value
    return use.payback_years_high if use.has_revenue else None


def _back(capital: float, left: float) -> float | None:
    """Years until the capital is back from what is left of a year's income; None for never."""
    return capital / left if left > 0 else None


def _at_ends(earned: Sequence[float], capital: Range, running: Range) -> list[Range]:
    """Capital and what is left of a year's income: the best of everything, and the worst."""
    return [(capital[end], one - running[end]) for end, one in enumerate(earned)]


def _gap(income: float, earned: Sequence[float]) -> Range | None:
    """What a year lacks of an income at the higher and the lower price; None without a price."""
    if not earned:
        return None
    return max(0.0, income - earned[0]), max(0.0, income - earned[-1])


def _price(use: Use, region: Region, knowledge: Knowledge) -> Range | None:
    """What customers are known to pay for a natural unit a year, CNY; None without any on file."""
    rate = region.cny_per_unit.value
    for one in knowledge.prices:
        if one.use_id == use.use_id and one.currency == region.currency and rate is not None:
            return one.price_low * rate, one.price_high * rate
    return None
