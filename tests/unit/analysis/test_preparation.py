"""Studies before the votes: a project's capital in a table of fees, worked out by hand."""

import pytest
from msgspec.structs import replace

from generator.analysis.preparation import preparation
from generator.model.preparation import summed


@pytest.fixture
def row(knowledge, build):
    """A row of a table that says 2 to 4 in the middle, as a share of one half."""

    def made(capital, low, high, service="study", **more):
        plain = {
            "fee_id": f"{service}{capital}", "currency": "CNY", "category": "", "share": 0.5,
            "service": build.label(service),
        }  # fmt: skip
        known = {**plain, **more}
        return replace(
            knowledge.fees[0], capital=capital, fee_low=low, fee_high=high, **known
        )  # fmt: skip

    return made


@pytest.fixture
def priced(build, knowledge):
    def found(rows, *projects, **place):
        known = replace(knowledge, fees=tuple(rows))
        return preparation(build.programme(projects), build.region(**place), known)

    return found


@pytest.fixture
def hall(build):
    def made(low, high, category="power_reuse"):
        capital = build.fact((low + high) / 2, low=low, high=high)
        return build.project("R06", category, capital=capital)

    return made


def test_a_fee_lies_on_a_line_between_two_rows(priced, row, hall):
    found = priced([row(10, 1, 2), row(30, 3, 6)], hall(15, 20))

    # Half of 1.5, and half of 4.
    assert found.studies[0].cost == pytest.approx((0.75, 2))
    assert found.estimate == pytest.approx((0.75, 2))
    assert found.unpriced == ()


def test_services_add_up(priced, row, hall):
    rows = [row(10, 1, 1), row(30, 3, 3), row(10, 2, 2, "review"), row(30, 2, 2, "review")]

    assert priced(rows, hall(20, 20)).studies[0].cost == pytest.approx((2, 2))


def test_what_lies_above_the_table_is_not_priced(priced, row, hall):
    found = priced([row(10, 1, 2), row(30, 3, 6)], hall(15, 31))

    assert (found.studies, found.unpriced, found.fees) == ((), ("R06",), ())


def test_a_table_for_halls_prices_no_platform(priced, row, hall):
    rows = [row(10, 1, 2, category="power_reuse"), row(30, 3, 6, category="power_reuse")]

    assert priced(rows, hall(15, 20, "blockchain")).unpriced == ("R06",)


def test_a_table_counts_in_its_own_money(priced, row, hall):
    rows = [row(1, 1, 1, currency="EUR"), row(3, 3, 3, currency="EUR")]

    # 16 are two million of it: half of two, eight to one.
    found = priced(rows, hall(16, 16), currency="EUR", rate=8.0)
    assert found.studies[0].cost == pytest.approx((8, 8))
    assert priced(rows, hall(16, 16)).unpriced == ("R06",)
    assert priced(rows, hall(16, 16), currency="EUR").unpriced == ("R06",)


def test_the_shipped_table_prices_a_factory_of_48_million(knowledge, build, hall):
    found = preparation(build.programme([hall(24, 48)]), build.region(), knowledge_of(knowledge))

    # 11.6 and 14/20 of 15.4, 27 and 18/70 of 33, in ten thousands.
    assert found.studies[0].cost == pytest.approx((0.2238, 0.27 + 0.33 * 18 / 70))


def test_what_is_asked_for_is_never_below_the_sum_of_its_printed_parts():
    """0.26, 0.1, 0.12 and 0.55 as printed are 1.03, and no million."""
    costs = [(0.134, 0.2604), (0.0829, 0.1001), (0.0894, 0.1153), (0.2469, 0.5529)]
    assert summed(costs, 1.0) == pytest.approx((0.55, 1.03), abs=0.005)
    # In another currency the digits are those of its own amounts: 0.0333 and 0.0278 are 0.061.
    assert summed([(0.2, 0.26), (0.2, 0.22)], 7.8)[1] / 7.8 == pytest.approx(0.061, abs=5e-4)
    assert summed([], 1.0) == (0.0, 0.0)
    assert summed([(0.1, 1.7)], 1.0) == pytest.approx((0.1, 1.7))


def knowledge_of(knowledge, order="CN"):
    return replace(
        knowledge, fees=tuple(one for one in knowledge.fees if one.jurisdiction == order)
    )


def test_the_shipped_tables_rise_with_capital(knowledge):
    for order in {one.jurisdiction for one in knowledge.fees}:
        rows = knowledge_of(knowledge, order).fees
        for service in {one.service.texts for one in rows}:
            own = sorted((one.capital, one.fee_low, one.fee_high) for one in rows if one.service.texts == service)  # fmt: skip
            assert all(low <= high for _, low, high in own)
            assert [one[1] for one in own] == sorted(one[1] for one in own)
            assert [one[2] for one in own] == sorted(one[2] for one in own)
