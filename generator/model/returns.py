"""What projects must earn and pay a year: back in time, in wages, and in all by plan.

Money is in CNY m a year unless a line says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.economy import Range


class Returns(Struct, frozen=True):
    """What a project must earn a year to pay back, capital and cost at their middle, power left out."""

    years: float
    """Until the capital is back: the longest that is on file."""
    income: float
    """CNY m a year."""
    by_unit: float | None
    """CNY a year for one natural unit of its size; None where the size counts none."""
    price: Range | None
    """What customers are known to pay for that, CNY a year; None without any on file."""
    share: float | None
    """Of the customers that a scenario tries; None without one."""
    years_at_share: float | None
    """Until the capital is back with these at the same price; None for never."""
    years_at_price: tuple[float | None, float | None] | None = None
    """Until it is back in full use at the higher and the lower price on file; None within for never."""
    years_at_ends: tuple[float | None, float | None] | None = None
    """The same from the low ends of capital and cost at the higher price to the high ends at the lower;
    None within for never."""
    let_at_price: tuple[float | None, float | None] | None = None
    """Share of its size that must be let for it to be back in time at the higher and the lower price on
    file; None within where all of it is not enough."""
    gap: Range | None = None
    """What somebody else must pay a year for it to be back in time, in full use at the higher and the
    lower price on file, CNY m; None without a price."""
    gap_at_share: Range | None = None
    """The same with the share of the customers that a scenario tries; None without one as well."""


class Payroll(Struct, frozen=True):
    """What the jobs of a project take in wages, where its running cost is to pay them."""

    wage_id: str
    """Of the statistics."""
    wages: Range
    """CNY m a year at the lower and the higher wage, employers' contributions left out."""
    paid: float
    """Jobs that the middle of the running cost pays at the middle wage, were all of it wages; at
    most those of the project."""
    payable: Range = (0.0, 0.0)
    """The same from the low end of the cost at the higher wage to the high end at the lower."""
    missing: Range = (0.0, 0.0)
    """CNY m a year that the wages take beyond all of the running cost, at least and at most."""


class YearBill(Struct, frozen=True):
    """What the projects of a plan cost a year once they are open, and who has no money for it yet."""

    running: Range | None
    """Running cost and the power that has a price; None while the running cost of one is unknown."""
    unpaid: Range
    """The part of it that falls to projects without revenue on record."""
    gap: Range
    """What incomes at the prices on file lack for a payback in time, in full use at the higher and the
    lower price."""
    gap_at_share: Range
    """The same with the share of the customers that a scenario tries."""
