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
    """The cold store of the catalogue in Heze: 75,000 m³, 1.5 units of CNY 39 million and 4 to 8 %."""
    known = cities["heze"].knowledge
    return known.use("R05"), cities["heze"].region, known


def test_a_store_must_earn_capital_over_its_years_and_its_running_cost(store):
    """58.5 over 15 years is 3.9; 6 % of 58.5 is 3.51: 7.41 for 75,000 m³ is CNY 98.8 each."""
    use, region, known = store
    found = returns_of(use, 1.5, 58.5, (2.34, 4.68), region, known)
    assert (found.years, found.share) == (15.0, 0.5)
    assert found.income == pytest.approx(58.5 / 15 + 3.51)
    assert found.by_unit == pytest.approx(98.8)
    # CNY 69.6 a month and m², 8 to 6.67 m³ on each.
    assert found.price == (104.0, 125.0)


def test_at_the_prices_on_file_a_full_store_takes_years_or_for_ever(store):
    """75,000 m³ at CNY 125 are 9.375 a year, 5.865 above 3.51 of cost: 10 years; at 104: 13.6."""
    use, region, known = store
    best, worst = returns_of(use, 1.5, 58.5, (2.34, 4.68), region, known).years_at_price
    assert best == pytest.approx(58.5 / (9.375 - 3.51))
    assert worst == pytest.approx(58.5 / (7.8 - 3.51))
    assert returns_of(use, 1.5, 97.5, (9.0, 9.0), region, known).years_at_price == (260.0, None)


def test_the_years_span_the_whole_range_of_capital_and_prices(store):
    """Best: 27 at 125 less 2.34, 3.8 years; worst: 90 at 104 less 4.68, 28.8 years."""
    use, region, known = store
    found = returns_of(use, 1.5, 58.5, (2.34, 4.68), region, known, ends=(27.0, 90.0))
    assert found.years_at_ends == pytest.approx((27.0 / (9.375 - 2.34), 90.0 / (7.8 - 4.68)))


def test_so_much_must_be_let_for_a_payback_in_time(store):
    """7.41 of 9.375 at the higher price, 79 %, of 7.8 at the lower, 95 %; a dear store pays at none."""
    use, region, known = store
    found = returns_of(use, 1.5, 58.5, (2.34, 4.68), region, known)
    assert found.let_at_price == pytest.approx((7.41 / 9.375, 7.41 / 7.8))
    dear = returns_of(use, 1.5, 97.5, (9.0, 9.0), region, known)
    assert dear.let_at_price == (None, None)


def test_what_prices_on_file_leave_is_paid_by_somebody(store):
    """7.41 are needed: 9.375 and 7.8 pay them; half of both leaves 2.7225 and 3.51."""
    use, region, known = store
    found = returns_of(use, 1.5, 58.5, (2.34, 4.68), region, known)
    assert found.gap == (0.0, 0.0)
    assert found.gap_at_share == pytest.approx((2.7225, 3.51))
    # A dearer store needs 9.375 and more even at the best price.
    dear = returns_of(use, 1.5, 97.5, (9.0, 9.0), region, known)
    assert dear.gap == pytest.approx((97.5 / 15 + 9.0 - 9.375, 97.5 / 15 + 9.0 - 7.8))


def test_without_a_price_on_file_nobody_knows_what_is_left(store):
    use, region, known = store
    found = returns_of(use, 1.5, 58.5, (2.34, 4.68), region, replace(known, prices=()))
    assert (found.price, found.gap, found.gap_at_share) == (None, None, None)


def test_no_platform_has_more_jobs_than_its_running_cost_pays(knowledge):
    """At both ends of its range, at the middle share of running cost and the middle wage in China."""
    (wage,) = [one for one in knowledge.wages if one.wage_id == "CN"]
    each = (wage.wage_low + wage.wage_high) / 2 / 1e6
    found = [one for one in knowledge.uses if one.category == "blockchain"]
    assert len(found) == 23
    for use in found:
        assert knowledge.needs[use.use_id].jobs_by == "operator"
        share = (use.opex_pct_of_capex_low + use.opex_pct_of_capex_high) / 200
        assert use.jobs_fte_low * each <= use.capex_cny_m_low * share
        assert use.jobs_fte_high * each <= use.capex_cny_m_high * share


def test_half_the_customers_leave_little_and_then_nothing(store):
    """Half of 7.41 less 3.51 is 0.195 a year: 300 years; of 25 in running cost nothing is left."""
    use, region, known = store
    assert returns_of(use, 1.5, 58.5, (2.34, 4.68), region, known).years_at_share == pytest.approx(
        58.5 / ((58.5 / 15 + 3.51) / 2 - 3.51)
    )
    assert returns_of(use, 1.5, 58.5, (25.0, 25.0), region, known).years_at_share is None


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
    # From 2 at the higher wage to 4 at the lower, of which there are no more than 40.
    assert found.payable == pytest.approx((2e6 / 124110, 40.0))
    # Wages of 2.779 are within a cost of 4; those of 4.964 take 2.964 beyond one of 2.
    assert found.missing == pytest.approx((0.0, 2.9644))
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
