"""What a plan may take: the planner's limits, else what the registers hold."""

import math

import pytest

from generator.analysis.limits import limits_of
from generator.analysis.memo import Memo
from generator.analysis.screening import screen
from generator.analysis.solver import RESOURCES


@pytest.fixture
def limit(build, knowledge):
    """`limit(name, jurisdiction=…, power=…) -> (amount, unusable limits)` of a region."""

    def of(name, **sheets):
        here = build.region(**sheets)
        found = limits_of(here, knowledge, screen(here, knowledge, build.TODAY), Memo())
        return found.amounts[RESOURCES.index(name)], found.unusable

    return of


def test_a_stated_limit_stands_for_what_there_is_and_says_so(build, limit):
    amount, _ = limit(
        "dev_fte", workforce=[build.role("developers", 9)], limits=[build.cap("dev_fte", 6)]
    )

    assert (amount.value, amount.basis) == (6, "stated")


def test_without_a_stated_limit_the_registers_say_what_there_is(build, limit):
    points = [build.point(3), build.point(4), build.point(50, status="planned")]

    grid, _ = limit("grid_mw", power=points)
    staff, _ = limit("dev_fte", workforce=[build.role("developers", 9)])

    assert (grid.value, grid.basis) == (7, "available")
    assert (staff.value, staff.basis) == (9, "available")


def test_what_neither_sheet_nor_registers_say_is_no_limit(limit):
    for name in RESOURCES:
        amount, _ = limit(name)
        assert (amount.value, amount.basis) == (math.inf, "none")


def test_connections_count_at_the_low_ends_of_the_points(build, limit):
    points = [build.point(build.fact(10, low=6, high=12)), build.point(build.fact(5))]

    amount, _ = limit("grid_mw", power=points)

    assert amount.value == 11


def test_a_blank_point_counts_as_nothing(build, limit):
    amount, _ = limit("grid_mw", power=[build.point(10), build.point(None)])

    assert amount.value == 10


@pytest.mark.parametrize(("stated", "value", "basis"), [(5, 5, "stated"), (50, 7, "available")])
def test_the_grid_limit_is_never_above_what_there_is(build, limit, stated, value, basis):
    amount, _ = limit(
        "grid_mw", power=[build.point(3), build.point(4)], limits=[build.cap("grid_mw", stated)]
    )

    assert (amount.value, amount.basis) == (value, basis)


def test_a_stated_limit_above_the_staff_there_is_may_be_hired_for(build, limit):
    amount, _ = limit(
        "dev_fte", workforce=[build.role("developers", 5)], limits=[build.cap("dev_fte", 20)]
    )

    assert amount.value == 20


def test_a_limit_without_an_amount_leaves_what_there_is_and_is_named(build, limit):
    amount, unusable = limit("grid_mw", power=[build.point(7)], limits=[build.cap("grid_mw", None)])

    assert (amount.value, amount.basis) == (7, "available")
    assert unusable == ("grid_mw",)


def test_money_of_another_currency_is_limited_in_yuan(build, limit):
    amount, unusable = limit(
        "capex", jurisdiction="US-TX", currency="USD", rate=7.0, limits=[build.cap("capex", 10)]
    )

    assert (amount.value, amount.basis, unusable) == (70, "stated", ())


def test_money_without_a_rate_is_no_limit_and_is_named(build, limit):
    amount, unusable = limit(
        "capex", jurisdiction="KZ", currency="KZT", limits=[build.cap("capex", 10)]
    )

    assert (amount.value, amount.basis, unusable) == (math.inf, "none", ("capex",))
