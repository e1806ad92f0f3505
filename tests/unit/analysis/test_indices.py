import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from generator.analysis.economy import (
    hachman,
    herfindahl,
    shannon_entropy,
    shift_share,
    specialisation_krugman,
)

amounts = st.lists(st.floats(0, 1e6), min_size=1, max_size=8).filter(lambda row: sum(row) > 1)


@pytest.mark.parametrize("count", [1, 2, 10])
def test_an_even_economy_counts_as_many_industries_as_it_has(count):
    assert herfindahl([7] * count) == pytest.approx(1 / count)


@given(amounts)
def test_entropy_is_that_of_scipy(values):
    found = shannon_entropy(values, 2)

    assert found == pytest.approx(float(stats.entropy(values, base=2)), abs=1e-9)
    assert 0 <= found <= math.log2(len(values)) + 1e-9


def test_entropy_of_eight_equal_industries_is_three_bits():
    assert shannon_entropy([1] * 8, 2) == pytest.approx(3)


def test_an_industry_without_jobs_adds_no_entropy():
    assert shannon_entropy([1, 1, 0], math.e) == pytest.approx(math.log(2))
    assert math.copysign(1, shannon_entropy([4, 0], 2)) == 1


def test_hachman_index_of_a_worked_example():
    # LQ = 0.5/0.25 = 2 and 0.5/0.75 = 2/3; sum LQ·s = 1 + 1/3
    assert hachman([50, 50], [250, 750]) == pytest.approx(0.75)


@given(amounts)
def test_hachman_index_is_one_for_the_mix_of_the_reference_area(values):
    assert hachman(values, [3 * value for value in values]) == pytest.approx(1)


def test_hachman_index_is_zero_where_an_industry_is_local_only():
    assert hachman([1, 1], [1, 0]) == 0


def test_specialisation_runs_from_the_same_mix_to_nothing_in_common():
    assert specialisation_krugman([1, 3], [100, 300]) == 0
    assert specialisation_krugman([50, 50], [25, 75]) == pytest.approx(0.5)
    assert specialisation_krugman([1, 0], [0, 9]) == 2


@pytest.mark.parametrize("values", [[], [0, 0], [3, -1], [1, math.nan]])
def test_amounts_that_have_no_shares_are_refused(values):
    with pytest.raises(ValueError, match="at least 0"):
        herfindahl(values)


def test_shift_share_of_a_worked_example():
    # The reference area grows 1000 -> 1100 (10 %): the first industry 20 %, the second 0 %.
    national, mix, regional = shift_share([100, 200], [130, 190], [500, 500], [600, 500])

    assert national == pytest.approx([10, 20])
    assert mix == pytest.approx([10, -20])
    assert regional == pytest.approx([10, -10])


def test_an_industry_new_to_the_reference_area_is_all_regional_shift():
    national, mix, regional = shift_share([100, 4], [110, 50], [500, 0], [600, 100])

    assert (national[1], mix[1], regional[1]) == (0, 0, 46)
    # The growth of all industries counts the new one: 500 -> 700 is 40 %.
    assert (national[0], mix[0], regional[0]) == pytest.approx((40, -20, -10))


@given(st.lists(st.tuples(*[st.floats(0, 1e7)] * 4), min_size=1, max_size=6))
def test_the_parts_of_shift_share_sum_to_the_local_change(industries):
    before, after, there, later = np.array(industries).T
    there = there + 1

    parts = shift_share(before, after, there, later)

    assert sum(parts) == pytest.approx(after - before, rel=1e-9, abs=1e-6 * (1 + later.max()))


def test_growth_from_an_empty_reference_area_is_refused():
    with pytest.raises(ValueError, match="at least 0"):
        shift_share([1], [2], [0], [5])
