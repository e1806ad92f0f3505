from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracles.switching import additive_sobol, value_switching_value, weight_switching_value

from generator.analysis.switching import switching_points
from generator.analysis.values import partial_value

unit = st.floats(0, 1)


@given(st.lists(st.tuples(unit, unit, st.floats(0.05, 1)), min_size=2, max_size=5))
def test_scores_are_equal_at_the_switching_weight(rows):
    a, b, weights = np.array(rows).T
    weights = weights / weights.sum()

    found = weight_switching_value(a, b, weights, 0)

    assume(found is not None)
    moved = np.append(found, weights[1:] * (1 - found) / (1 - weights[0]))
    assert moved.sum() == pytest.approx(1)
    assert float(moved @ (a - b)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "weights"),
    [
        ([0.9, 0.9], [0.5, 0.5], [0.5, 0.5]),
        ([0.5, 0.5], [0.5, 0.5], [0.5, 0.5]),
        ([0.9, 0.1], [0.5, 0.5], [1.0, 0.0]),
        ([0.9, 0.8], [0.5, 0.5], [0.5, 0.5]),
    ],
    ids=["always ahead", "always level", "nothing to rescale", "beyond the range"],
)
def test_there_may_be_no_switching_weight(a, b, weights):
    assert weight_switching_value(a, b, weights, 0) is None


@pytest.mark.parametrize(("gap", "weight"), [(0.6, 0.5), (-0.6, 0.5), (0.1, 0.0)])
def test_a_lead_may_be_too_large_for_one_criterion(gap, weight):
    assert value_switching_value(gap, weight, 0.5) is None


def test_a_point_where_a_linear_piece_crosses_zero_is_found():
    # Readiness 30 + 50·v against 60: v = 0.6, which 5 .. 20 reaches at 14.
    def difference(x):
        return 30 + 50 * float(partial_value(x, 5, 20, "higher_better")) - 60

    (found,) = switching_points(difference, (5, 20), 0, 40)

    assert found == pytest.approx(14, abs=1e-12)
    assert abs(difference(found)) <= 1e-9


def test_several_pieces_give_ascending_points():
    def zigzag(x):
        return float(np.interp(x, [0, 1, 2, 3], [-1, 1, -3, 1]))

    assert switching_points(zigzag, (2, 1), 0, 3) == pytest.approx((0.5, 1.25, 2.75))


def test_a_breakpoint_that_touches_zero_is_found_once():
    assert switching_points(lambda x: abs(x - 2.0), (2,), 0, 5) == (2,)


def test_a_piece_tied_throughout_gives_only_its_meeting_point():
    assert switching_points(lambda x: max(0.0, x - 3.0), (3,), 0, 10) == (3,)
    assert switching_points(lambda _: 0.0, (3,), 0, 10) == ()


def test_a_step_over_zero_has_no_point_of_equality():
    assert switching_points(lambda x: 1.0 if x >= 3 else -1.0, (3,), 0, 10) == ()


def test_a_step_onto_zero_meets_it_where_it_steps():
    assert switching_points(lambda x: 0.0 if x >= 3 else -1.0, (3,), 0, 10) == (3,)


def test_a_piece_that_only_tends_to_zero_at_a_step_has_no_point():
    assert switching_points(lambda x: x - 3.0 if x < 3 else 1.0, (3,), 0, 10) == ()


def test_points_outside_the_range_are_not_reported():
    assert switching_points(lambda x: x - 7.0, (), 0, 5) == ()
    assert switching_points(lambda x: x - 5.0, (), 0, 5) == (5,)


@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=6).filter(
        lambda levels: max(abs(level) for level in levels) > 1
    )
)
def test_every_change_of_sign_of_a_continuous_difference_has_its_point(levels):
    places = [float(i) for i in range(len(levels))]

    def difference(x):
        return float(np.interp(x, places, levels))

    found = switching_points(difference, places, 0, places[-1])

    assert all(abs(difference(x)) <= 1e-9 for x in found)
    for i, (before, after) in enumerate(pairwise(levels)):
        if before * after < 0 and min(abs(before), abs(after)) > 1e-6:
            assert any(i <= x <= i + 1 for x in found)


def test_shares_of_variance_are_the_squared_weights_times_the_variances():
    # 0.5²·4 = 1, 0.3²·0 = 0, 0.2²·75 = 3
    assert additive_sobol([0.5, 0.3, 0.2], [4, 0, 75]) == pytest.approx([0.25, 0, 0.75])


def test_shares_of_variance_agree_with_draws():
    rng = np.random.default_rng(7)
    weights, spread = np.array([0.6, 0.3, 0.1]), np.array([1.0, 2.0, 4.0])
    parts = rng.normal(0, spread, (50_000, 3))
    score = parts @ weights
    explained = [np.corrcoef(parts[:, i], score)[0, 1] ** 2 for i in range(3)]

    assert additive_sobol(weights, spread**2) == pytest.approx(explained, abs=0.01)


def test_nothing_drives_a_score_that_does_not_vary():
    assert additive_sobol([0.5, 0.5], [0, 0]).tolist() == [0, 0]
