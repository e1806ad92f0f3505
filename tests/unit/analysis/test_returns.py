"""What projects must earn, what fewer customers do, whom running cost can pay: sums done by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.analysis.customers import CUSTOMERS, share_of_customers
from generator.analysis.fits import demand_of
from generator.analysis.returns import payroll_of, returns_of
from generator.model import Adjustment, Estimate, Fact


@pytest.fixture
def store(cities):
    """The cold store of the catalogue in Heze: 75,000 m³, 1.5 units of CNY 65 million and 4 to 8 %."""
    known = cities["heze"].knowledge
    return known.use("R05"), cities["heze"].region, known


def test_a_store_must_earn_capital_over_its_years_and_its_running_cost(store):
    """97.5 over 8 years is 12.1875; 6 % of 97.5 is 5.85: 18.0375 for 75,000 m³ is CNY 240.5 each."""
    use, region, known = store
    found = returns_of(use, 1.5, 97.5, (3.9, 7.8), region, known)
    assert (found.years, found.share) == (8.0, 0.5)
    assert found.income == pytest.approx(97.5 / 8 + 5.85)
    assert found.by_unit == pytest.approx(240.5)
    # CNY 69.6 a month and m², 8 to 6.67 m³ on each.
    assert found.price == (104.0, 125.0)


def test_at_the_prices_on_file_a_full_store_takes_decades(store):
    """75,000 m³ at CNY 125 are 9.375 a year, 3.525 above 5.85 of cost: 27.7 years; at 104: 50."""
    use, region, known = store
    best, worst = returns_of(use, 1.5, 97.5, (3.9, 7.8), region, known).years_at_price
    assert best == pytest.approx(97.5 / (9.375 - 5.85))
    assert worst == pytest.approx(97.5 / (7.8 - 5.85))
    assert returns_of(use, 1.5, 97.5, (9.0, 9.0), region, known).years_at_price == (260.0, None)


def test_half_the_customers_leave_little_and_then_nothing(store):
    """Half of 18.0375 less 5.85 is 3.16875 a year: 30.8 years; of 25 in running cost nothing is left."""
    use, region, known = store
    assert returns_of(use, 1.5, 97.5, (3.9, 7.8), region, known).years_at_share == pytest.approx(
        97.5 / (18.0375 / 2 - 5.85)
    )
    assert returns_of(use, 1.5, 97.5, (25.0, 25.0), region, known).years_at_share is None


def test_years_of_the_region_take_the_place_of_the_catalogues(store):
    use, region, known = store
    blank = Fact(None, "")
    own = Estimate(
        origin=region.origin, use="R05", capex=blank, jobs=blank,
        payback_years=Fact(10.0, "years"), annual_value_added=blank,
    )  # fmt: skip
    found = returns_of(use, 1.5, 97.5, (3.9, 7.8), replace(region, estimates=(own,)), known)
    assert found.income == pytest.approx(9.75 + 5.85)


def test_without_revenue_on_record_nothing_is_asked(store):
    _, region, known = store
    assert returns_of(known.use("U01"), 1.0, 20.0, (3.0, 5.0), region, known) is None


def test_running_cost_pays_as_many_as_its_middle_buys_at_the_middle_wage(store):
    """40 jobs at CNY 69,476 to 124,110 take 2.779 to 4.964; 3 million pay 3 / 0.096793 = 31."""
    _, region, known = store
    found = payroll_of(known.needs["U01"], 40.0, (2.0, 4.0), region, known)
    assert found.wages == pytest.approx((2.77904, 4.9644))
    assert found.paid == pytest.approx(3.0 / 0.096793)
    # No more than there are.
    assert payroll_of(known.needs["U01"], 10.0, (2.0, 4.0), region, known).paid == 10.0
    # Tenants pay their own.
    assert payroll_of(known.needs["R05"], 40.0, (2.0, 4.0), region, known) is None


def test_every_wage_and_price_has_its_source(knowledge):
    for row in (*knowledge.wages, *knowledge.prices):
        assert row.evidence_ids
        assert set(row.evidence_ids) <= set(knowledge.evidence)
    for wage in knowledge.wages:
        assert wage.wage_low <= wage.wage_high
        assert knowledge.jurisdictions[wage.jurisdiction].currency == wage.currency


def test_a_counted_demand_shrinks_with_the_customers(store):
    _, region, _ = store
    blank = Fact(None, "")
    own = Estimate(
        origin=region.origin, use="R05", capex=blank, jobs=blank, payback_years=blank,
        annual_value_added=blank, demand=Fact(60_000.0, "", 50_000.0, 70_000.0),
    )  # fmt: skip
    fewer = replace(region, estimates=(own,), adjustments=(Adjustment(CUSTOMERS, "multiply", 0.5),))
    assert (share_of_customers(region), share_of_customers(fewer)) == (1.0, 0.5)
    found = demand_of("R05", fewer)
    assert (found.value, found.low) == (30_000.0, 25_000.0)
