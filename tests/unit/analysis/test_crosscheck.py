import numpy as np
import pytest
from pymcdm import correlations, methods
from pymcdm.helpers import rankdata

from generator.analysis.crosscheck import (
    agreement,
    cross_check,
    promethee_ii,
    rank_similarity,
    spotis,
    topsis,
    vikor,
)

VALUES = np.array([[1.0, 0.2, 0.5], [0.4, 0.9, 0.6], [0.0, 0.3, 0.1], [0.7, 0.7, 0.7]])
WEIGHTS = np.array([0.5, 0.3, 0.2])


def test_topsis_measures_distances_to_the_anchors_and_not_to_the_data():
    found = cross_check([[0.6, 0.2], [0.2, 0.2]], [0.5, 0.5])["topsis"]

    # To (0, 0): (0.6, 0.2); to (1, 1): (0.4, 0.8); the weights are equal and cancel.
    to_worst, to_best = np.sqrt(0.40), np.sqrt(0.80)
    assert found[0] == pytest.approx(to_worst / (to_worst + to_best))


def test_vikor_weighs_the_mean_regret_and_the_largest():
    found = cross_check([[0.6, 0.2]], [0.5, 0.5])["vikor"]

    # Regrets 0.2 and 0.4: S = 0.6 of 0 .. 1, R = 0.4 of 0 .. 0.5
    assert found == pytest.approx([1 - (0.5 * 0.6 + 0.5 * 0.4 / 0.5)])


def test_spotis_is_the_additive_score_and_promethee_its_distance_to_the_mean():
    found = cross_check(VALUES, WEIGHTS)
    additive = VALUES @ WEIGHTS

    assert found["spotis"] == pytest.approx(additive)
    assert found["promethee_ii"] == pytest.approx((additive - additive.mean()) * 4 / 3)


def test_a_lower_threshold_counts_a_smaller_difference_in_full():
    found = cross_check([[0.5, 0.0], [0.0, 0.4]], [0.5, 0.5], threshold=0.4)["promethee_ii"]

    assert found == pytest.approx([0, 0])


@pytest.mark.parametrize("threshold", [1.0, 0.2])
def test_an_added_alternative_changes_no_score_that_is_measured_from_the_anchors(threshold):
    few, more = (cross_check(rows, WEIGHTS, threshold) for rows in (VALUES[:2], VALUES))

    for method in ("topsis", "vikor", "spotis"):
        assert few[method] == pytest.approx(more[method][:2])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_alternatives_that_all_tie_are_tied_in_every_method(count):
    rows = np.tile([0.2, 0.4, 1.0], (count, 1))

    found = cross_check(rows, WEIGHTS)

    assert set(found) == {"topsis", "vikor", "promethee_ii", "spotis"}
    for scores in found.values():
        assert np.ptp(scores) == pytest.approx(0)
        assert agreement(np.ones(count), scores)[:2] == (True, count)


def test_a_criterion_without_weight_does_not_count():
    with_it = cross_check(VALUES, [0.6, 0.4, 0.0])
    without = cross_check(VALUES[:, :2], [0.6, 0.4])

    for method, scores in with_it.items():
        assert scores == pytest.approx(without[method])


def test_values_and_weights_off_their_scales_are_refused():
    with pytest.raises(ValueError, match="partial values"):
        cross_check([[1.2]], [1.0])
    with pytest.raises(ValueError, match="weights"):
        cross_check([[0.2]], [0.9])


def test_the_same_order_agrees_in_full():
    found = agreement([9, 7, 5, 1], [0.4, 0.3, 0.2, 0.1])

    assert found == (True, 3, pytest.approx(1), pytest.approx(1))


def test_the_opposite_order_disagrees():
    found = agreement([4, 3, 2, 1], [1, 2, 3, 4])

    assert (found.top1_same, found.top3_overlap) == (False, 2)
    assert found.kendall_tau == pytest.approx(-1)


def test_a_tie_for_the_first_place_contains_the_leader():
    assert agreement([3, 2, 1], [5, 5, 1]).top1_same


def test_kendall_counts_ties_in_its_b_form():
    # Five of six pairs in the same order, one tied on one side: 5 / sqrt(6 · 5).
    found = agreement([4, 3, 2, 1], [4, 3, 2, 2])

    assert found.kendall_tau == pytest.approx(5 / np.sqrt(30))


def test_rounding_errors_do_not_order_equal_scores():
    assert agreement([0.3, 0.1], [0.1 + 0.2, 0.3]).kendall_tau is None


def test_one_alternative_has_no_order():
    assert agreement([1], [0.5]) == (True, 1, None, None)


def _problems():
    """Partial values and weights: random ones, and those where a formula could divide by nothing."""
    rng = np.random.default_rng(20)
    for alternatives, criteria in [(1, 1), (1, 4), (2, 3), (3, 1), (7, 5), (30, 12)]:
        weights = rng.dirichlet(np.ones(criteria))
        yield f"{alternatives} x {criteria}", rng.random((alternatives, criteria)), weights
        yield (
            f"{alternatives} x {criteria}, ties",
            rng.integers(0, 3, (alternatives, criteria)) / 2,
            weights,
        )
    mixed = rng.random((6, 4))
    yield "equal columns", np.column_stack([mixed, np.full(6, 0.3), np.ones(6)]), np.full(6, 1 / 6)
    yield "weights of nothing", mixed, np.array([0.5, 0.0, 0.5, 0.0])
    yield "all on one criterion", mixed, np.array([0.0, 1.0, 0.0, 0.0])
    yield "all alternatives alike", np.tile(mixed[0], (5, 1)), np.full(4, 0.25)
    yield "the anchors themselves", np.array([[0.0] * 3, [1.0] * 3]), np.array([0.2, 0.3, 0.5])


_PROBLEMS = {name: (values, weights) for name, values, weights in _problems()}


def _by_pymcdm(method, values, weights):
    # Two imagined alternatives at the anchors keep its methods from taking bounds from the data.
    criteria = values.shape[1]
    anchored = np.vstack([values, np.zeros(criteria), np.ones(criteria)])
    return method(anchored, weights, np.ones(criteria), validation=False)[: len(values)]


@pytest.mark.parametrize("name", _PROBLEMS)
def test_topsis_vikor_and_spotis_are_those_of_pymcdm(name):
    values, weights = _PROBLEMS[name]
    bounds = np.tile([0.0, 1.0], (values.shape[1], 1))

    for ours, theirs in (
        (topsis, methods.TOPSIS()),
        (vikor, methods.VIKOR()),
        (spotis, methods.SPOTIS(bounds)),
    ):
        expected = _by_pymcdm(theirs, values, weights)
        assert ours(values, weights) == pytest.approx(expected, rel=0, abs=1e-12)


@pytest.mark.parametrize("threshold", [1.0, 0.5, 0.25, 0.01])
@pytest.mark.parametrize("name", [name for name in _PROBLEMS if len(_PROBLEMS[name][0]) > 1])
def test_promethee_is_that_of_pymcdm(name, threshold):
    values, weights = _PROBLEMS[name]
    criteria = values.shape[1]
    method = methods.PROMETHEE_II("vshape", p=np.full(criteria, threshold))

    expected = method(values, weights, np.ones(criteria), validation=False)
    assert promethee_ii(values, weights, threshold) == pytest.approx(expected, rel=0, abs=1e-12)


def test_an_alternative_alone_has_no_flow():
    assert promethee_ii([[0.2, 0.9]], [0.5, 0.5]).tolist() == [0.0]


@pytest.mark.parametrize("levels", [2, 4, 10**9], ids=["many ties", "ties", "no ties"])
@pytest.mark.parametrize("count", [2, 3, 8, 40])
def test_rank_similarity_is_that_of_pymcdm(count, levels):
    rng = np.random.default_rng([count, levels])
    for _ in range(20):
        base, other = (rankdata(side) for side in rng.integers(0, levels, (2, count)).tolist())
        expected = correlations.ws(base, other)
        assert rank_similarity(base, other) == pytest.approx(expected, rel=0, abs=1e-12)


def test_places_at_the_top_count_most_in_rank_similarity():
    # n = 3, the last two change places: 1 - (2^-2 · 1/1 + 2^-3 · 1/2) = 1 - 0.3125
    assert rank_similarity([1, 2, 3], [1, 3, 2]) == pytest.approx(0.6875)
