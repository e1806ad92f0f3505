import numpy as np
import pytest

from generator.analysis.values import jobs_to_quotient, location_quotient, partial_value, quotient


@pytest.mark.parametrize(
    ("x", "expected"), [(0, 0), (5, 0), (9.999, 0.33326667), (10, 1 / 3), (20, 1), (500, 1)]
)
def test_partial_value_rises_from_the_minimum_to_the_target(x, expected):
    assert float(partial_value(x, 5, 20, "higher_better")) == pytest.approx(expected)


@pytest.mark.parametrize(("x", "expected"), [(0.9, 0), (0.8, 0), (0.7, 0.4), (0.55, 1), (0.1, 1)])
def test_partial_value_is_mirrored_where_lower_is_better(x, expected):
    assert float(partial_value(x, 0.8, 0.55, "lower_better")) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("x", "direction", "expected"),
    [
        (2.999, "higher_better", 0), (3, "higher_better", 1), (3.001, "higher_better", 1),
        (3.001, "lower_better", 0), (3, "lower_better", 1), (2.999, "lower_better", 1),
    ],
)  # fmt: skip
def test_an_equal_minimum_and_target_is_a_step_that_includes_it(x, direction, expected):
    assert float(partial_value(x, 3, 3, direction)) == expected


def test_partial_value_keeps_the_shape_of_its_values():
    found = partial_value([[0, 10], [20, 30]], 10, 20, "higher_better")

    assert found.tolist() == [[0, 0], [1, 1]]


def test_a_location_quotient_of_one_is_the_share_of_the_reference_area():
    assert float(location_quotient(50, 1000, 500, 10_000)) == 1


@pytest.mark.parametrize("totals", [(10, 0, 5, 100), (10, 100, 0, 100), (10, 100, 5, 0)])
def test_a_location_quotient_over_an_empty_total_is_no_number(totals):
    assert np.isnan(float(location_quotient(*totals)))


def test_the_jobs_raise_the_local_total_as_well():
    # (50 + x) / (1000 + x) = 2 × 500 / 10,000 = 0.1 gives x = 50 / 0.9
    assert jobs_to_quotient(2, 50, 1000, 500, 10_000) == pytest.approx(50 / 0.9)


def test_no_jobs_are_lacking_where_the_quotient_is_reached():
    assert jobs_to_quotient(1, 80, 1000, 500, 10_000) == 0


def test_a_target_that_no_number_of_jobs_reaches_has_no_answer():
    assert jobs_to_quotient(2, 50, 1000, 5000, 10_000) is None
    assert jobs_to_quotient(1.5, 50, 1000, 500, 0) is None


@pytest.mark.parametrize(
    "amounts",
    [(50, 1000, 500, 10_000), (0, 1000, 500, 10_000), (50, 1000, 0, 10_000), (0, 0, 0, 0),
     (50, 0, 500, 10_000), (50, 1000, 500, 0), (7.3, 911.7, 3.1, 20_011.9)],
)  # fmt: skip
def test_the_quotient_of_single_numbers_is_that_of_arrays_to_the_last_bit(amounts):
    with np.errstate(all="ignore"):
        expected = float(location_quotient(*amounts))
    found = quotient(*map(float, amounts))
    assert found == expected or (np.isnan(found) and np.isnan(expected))
