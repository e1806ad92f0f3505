import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.smaa import (
    additive_scores,
    central_weights,
    entropy_weights,
    first_rank_share,
    gamma_factors,
    ordinal_weights,
    pairwise_win,
    pert_parameters,
    pert_sf,
    rank_acceptability,
    rank_order_centroid,
    ranks,
    triangular_moments,
    triangular_sf,
    uniform_weights,
)
from scipy import stats

from generator.analysis.draws import triangular_ppf

DRAWS = 20_000


def rng():
    return np.random.default_rng(20260611)


def slow_acceptability(scores):
    """By the definition: an order at random among the tied takes every order of them in turn."""
    draws, count = scores.shape
    found = np.zeros((count, count))
    for row in scores:
        better = [sum(other > mine for other in row) for mine in row]
        level = [sum(other == mine for other in row) for mine in row]
        for i in range(count):
            found[i, better[i] : better[i] + level[i]] += 1 / level[i]
    return found / draws


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(10, 20, 60), (10, 10, 60), (10, 60, 60), (-5, 0, 5)]
)
def test_triangular_functions_are_those_of_scipy(low, mode, high):
    peer = stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
    u, x = np.linspace(0, 1, 101), np.linspace(low - 5, high + 5, 203)

    mean, variance = triangular_moments(low, mode, high)

    assert triangular_ppf(u, low, mode, high) == pytest.approx(peer.ppf(u), abs=1e-12)
    assert triangular_sf(x, low, mode, high) == pytest.approx(peer.sf(x), abs=1e-12)
    assert (float(mean), float(variance)) == pytest.approx((peer.mean(), peer.var()))


def test_a_triple_of_equal_values_is_a_single_point():
    assert triangular_ppf([0, 0.3, 1], 7, 7, 7).tolist() == [7, 7, 7]
    assert triangular_sf([6.9, 7, 7.1], 7, 7, 7).tolist() == [1, 1, 0]
    assert [float(part) for part in triangular_moments(7, 7, 7)] == [7, 0]


def test_triangular_draws_of_many_triples_broadcast():
    found = triangular_ppf([[0.0], [1.0]], [1, 5, 2], [2, 5, 2], [4, 5, 8])

    assert found.tolist() == [[1, 5, 2], [4, 5, 8]]


@pytest.mark.parametrize("triple", [(3, 2, 4), (3, 5, 4), (math.nan, 2, 4)])
def test_a_triple_out_of_order_is_refused(triple):
    with pytest.raises(ValueError, match="low <= mode <= high"):
        triangular_ppf(0.5, *triple)


def test_pert_chance_runs_from_one_at_the_low_to_none_at_the_high():
    assert pert_sf([10, 60], 10, 20, 60).tolist() == [1, 0]


def test_a_symmetric_pert_value_is_above_its_mode_half_the_time():
    assert float(pert_sf(3, 1, 3, 5)) == pytest.approx(0.5)


def test_a_single_point_has_no_pert_distribution():
    with pytest.raises(ValueError, match="single point"):
        pert_parameters(2, 2, 2)


def test_uniform_weights_have_the_moments_of_a_flat_dirichlet():
    found = uniform_weights(rng(), DRAWS, 4)

    assert found.sum(axis=1) == pytest.approx(1)
    assert found.mean(axis=0) == pytest.approx(1 / 4, abs=0.01)
    # The variance is p·q over n + 1, with p of one part in n.
    assert found.var(axis=0) == pytest.approx(0.25 * 0.75 / 5, abs=0.002)


def test_ordinal_weights_descend_and_their_mean_is_the_rank_order_centroid():
    found = ordinal_weights(rng(), DRAWS, 4)

    assert np.all(np.diff(found, axis=1) <= 0)
    assert found.sum(axis=1) == pytest.approx(1)
    assert found.mean(axis=0) == pytest.approx([25 / 48, 13 / 48, 7 / 48, 3 / 48], abs=0.005)


def test_rank_order_centroid_of_three_is_a_fraction_of_eighteen():
    assert rank_order_centroid(3) == pytest.approx([11 / 18, 5 / 18, 2 / 18])


def test_gamma_factors_have_mean_one_and_the_stated_variation():
    found = gamma_factors(rng(), DRAWS, 3, 0.2)

    assert found.mean(axis=0) == pytest.approx(1, abs=0.005)
    assert found.std(axis=0) == pytest.approx(0.2, abs=0.005)


def test_no_variation_leaves_every_factor_at_one():
    assert gamma_factors(rng(), 2, 3, 0).tolist() == [[1, 1, 1], [1, 1, 1]]


def test_a_negative_variation_is_refused():
    with pytest.raises(ValueError, match="at least 0"):
        gamma_factors(rng(), 2, 3, -0.1)


def test_the_same_seed_gives_the_same_weights():
    assert uniform_weights(rng(), 5, 3).tolist() == uniform_weights(rng(), 5, 3).tolist()


def test_entropy_gives_all_weight_to_the_only_criterion_that_differs():
    assert entropy_weights([[1, 0], [1, 4]]) == pytest.approx([0, 1], abs=1e-12)


@pytest.mark.parametrize("matrix", [[[2, 3]], [[2, 3], [2, 3]]])
def test_entropy_weights_are_equal_where_nothing_differs(matrix):
    assert entropy_weights(matrix).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("matrix", [[[1, -1], [1, 4]], [[0, 1], [0, 4]]])
def test_entropy_weights_refuse_columns_that_have_no_shares(matrix):
    with pytest.raises(ValueError, match="entropy weights"):
        entropy_weights(matrix)


def test_scores_are_weighted_sums_whatever_has_draws():
    values, weights = np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([0.75, 0.25])

    assert additive_scores(values, weights).tolist() == [[0.75, 0.5]]
    assert additive_scores([values, values[::-1]], weights).tolist() == [[0.75, 0.5], [0.5, 0.75]]
    assert additive_scores(values, [weights, weights[::-1]]).tolist() == [[0.75, 0.5], [0.25, 0.5]]
    assert additive_scores([values, values[::-1]], [weights, weights[::-1]]).tolist() == [
        [0.75, 0.5],
        [0.5, 0.25],
    ]


def test_tied_alternatives_share_the_better_rank():
    assert ranks([[3, 1, 3, 2]]).tolist() == [[1, 4, 1, 3]]


def test_two_tied_alternatives_take_half_of_each_rank_they_occupy():
    assert rank_acceptability([[5, 5, 1]]).tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]


def test_scores_that_differ_by_rounding_alone_are_tied():
    assert rank_acceptability([[0.1 + 0.2, 0.3]]).tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_alternatives_that_are_out_tie_at_the_bottom():
    found = rank_acceptability([[-math.inf, 2, -math.inf], [1, 2, 3]])

    assert found.tolist() == [[0, 0.25, 0.75], [0.5, 0.5, 0], [0.5, 0.25, 0.25]]


def test_a_score_that_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        rank_acceptability([[1.0, math.nan]])


def test_no_alternatives_have_no_ranks():
    none = np.zeros((10, 0))

    assert rank_acceptability(none).shape == (0, 0)
    assert first_rank_share(none).shape == (0,)


def test_a_hundred_and_thirty_alternatives_are_counted_without_overflow():
    found = rank_acceptability(np.arange(130.0)[np.newaxis])

    assert np.array_equal(found, np.eye(130)[:, ::-1])


@given(
    st.integers(1, 5).flatmap(
        lambda count: st.lists(
            st.lists(st.sampled_from([-math.inf, 0, 1, 2.5, 100]), min_size=count, max_size=count),
            min_size=1,
            max_size=6,
        )
    )
)
def test_rank_acceptability_follows_its_definition(rows):
    scores = np.array(rows, dtype=float)

    found = rank_acceptability(scores)

    assert found == pytest.approx(slow_acceptability(scores), abs=1e-12)
    assert found.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert found.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert first_rank_share(scores) == pytest.approx(found[:, 0], abs=1e-12)


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_the_order_of_the_alternatives_does_not_matter(order):
    scores = np.round(rng().random((50, 4)), 1)

    assert np.array_equal(rank_acceptability(scores[:, order]), rank_acceptability(scores)[order])
    assert np.array_equal(pairwise_win(scores[:, order]), pairwise_win(scores)[order][:, order])


def test_all_orders_in_turn_give_every_rank_equally_often():
    scores = np.array(list(permutations([1.0, 2.0, 3.0])))

    assert rank_acceptability(scores) == pytest.approx(np.full((3, 3), 1 / 3))
    assert pairwise_win(scores) == pytest.approx(0.5 * (1 - np.eye(3)))


def test_a_tie_is_half_a_win_for_either_side():
    assert pairwise_win([[1, 1], [2, 1]]).tolist() == [[0, 0.75], [0.25, 0]]


def test_central_weights_average_the_draws_in_which_an_alternative_is_first():
    weights = [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]

    found = central_weights(weights, [[2, 1, 0], [2, 2, 0], [1, 2, 0]])

    # The tied second draw counts half for each: (1 + 0.25) / 1.5 and (0 + 0.25) / 1.5.
    assert found[:2] == pytest.approx(np.array([[5 / 6, 1 / 6], [1 / 6, 5 / 6]]))
    assert np.isnan(found[2]).all()
