import math
from itertools import chain, combinations, product

import numpy as np
import pytest
from generator.analysis.knapsack import (
    is_feasible,
    least_extra,
    resource_use,
    selection_frequency,
    solve_selection,
)
from hypothesis import given, settings
from hypothesis import strategies as st

BENEFIT = (10.0, 6.0, 5.0, 4.0)
NEEDS = ((5.0, 2.0), (3.0, 1.0), (3.0, 1.0), (2.0, 9.0))
CAPACITY = (6.0, math.inf)


def subsets(count):
    """All selections of so many uses."""
    return chain.from_iterable(combinations(range(count), size) for size in range(count + 1))


def allowed_by_definition(selection, case):
    """The conditions, spelt out one by one; hosts by trying every assignment."""
    needs, capacity = case["needs"], case["capacity"]
    for resource, limit in enumerate(capacity):
        each = [needs[i][resource] for i in selection if needs[i][resource] > 0]
        shared = resource in case["rota"]
        used = max(each, default=0) + max(0, len(each) - 1) if shared else sum(each)
        if used > limit + 1e-9:
            return False
    if any(set(pair) <= set(selection) for pair in case["excludes"]):
        return False
    if any(i in selection and j not in selection for i, j in case["requires"]):
        return False
    if case["hosts"] is None:
        return True
    need, rooms = case["hosts"]
    loads = [need[i] for i in selection if need[i] > 0]
    return any(
        all(
            sum(load for load, place in zip(loads, places, strict=True) if place == room)
            <= rooms[room] + 1e-9
            for room in range(len(rooms))
        )
        for places in product(range(len(rooms)), repeat=len(loads))
    )


@st.composite
def cases(draw, most=6):
    """A small problem with some of every condition."""
    count = draw(st.integers(1, most))
    some = st.integers(0, 9).map(lambda tenths: tenths / 2)
    pair = st.tuples(*[st.integers(0, count - 1)] * 2).filter(lambda both: both[0] != both[1])
    pairs = st.lists(pair, max_size=2) if count > 1 else st.just([])
    row = st.lists(some, min_size=count, max_size=count)
    return {
        "benefit": draw(row),
        "needs": draw(
            st.lists(st.lists(some, min_size=3, max_size=3), min_size=count, max_size=count)
        ),
        "capacity": draw(st.tuples(*[st.sampled_from([0, 1, 3.5, 6, 9, math.inf])] * 3)),
        "rota": draw(st.sampled_from([(), (0,), (1,), (2, 1)])),
        "excludes": draw(pairs),
        "requires": draw(pairs),
        "hosts": draw(
            st.none()
            | st.tuples(row, st.lists(st.sampled_from([0, 2, 4.5]), min_size=1, max_size=2))
        ),
    }


def without_benefit(case):
    return {key: value for key, value in case.items() if key != "benefit"}


def worth(case, selection):
    return sum(case["benefit"][i] for i in selection)


@given(cases())
def test_the_exact_check_follows_the_definition(case):
    for selection in subsets(len(case["benefit"])):
        expected = allowed_by_definition(selection, case)
        assert is_feasible(selection, **without_benefit(case)) is expected


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_selection_is_the_best_of_all(case):
    possible = [s for s in subsets(len(case["benefit"])) if allowed_by_definition(s, case)]

    best = solve_selection(**case)
    second = solve_selection(**case, forbidden=[best])

    ranked = sorted(possible, key=lambda selection: -worth(case, selection))
    assert best in possible
    assert worth(case, best) == pytest.approx(worth(case, ranked[0]))
    if len(ranked) == 1:
        assert second is None
    else:
        assert second in possible
        assert second != best
        assert worth(case, second) == pytest.approx(worth(case, ranked[1]))


@settings(max_examples=40, deadline=None)
@given(cases())
def test_among_equal_benefits_the_least_need_of_the_first_resource_is_taken(case):
    possible = [s for s in subsets(len(case["benefit"])) if allowed_by_definition(s, case)]
    most = max(worth(case, selection) for selection in possible)

    found = solve_selection(**case)

    def price(selection):
        needed = resource_use(selection, case["needs"], case["rota"])[0]
        return needed, sum(i + 1 for i in selection)

    expected = min(price(s) for s in possible if worth(case, s) > most - 1e-9)
    assert price(found) == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, 2), st.floats(0, 1))
def test_the_least_extra_amount_is_that_of_the_thriftiest_selection(case, resource, share):
    target = share * sum(case["benefit"])
    open_ended = [*case["capacity"]]
    open_ended[resource] = math.inf
    over = [
        resource_use(selection, case["needs"], case["rota"])[resource] - case["capacity"][resource]
        for selection in subsets(len(case["benefit"]))
        if worth(case, selection) >= target - 1e-9
        and allowed_by_definition(selection, {**case, "capacity": open_ended})
    ]

    found = least_extra(**case, resource=resource, target_benefit=target)

    if not over:
        assert found is None
    else:
        assert found == pytest.approx(max(0, min(over)), abs=1e-6)


def test_twelve_uses_under_every_condition_agree_with_enumeration():
    rng = np.random.default_rng(12)
    case = {
        "benefit": rng.uniform(10, 90, 12).tolist(),
        "needs": np.column_stack([rng.uniform(0, 20, (12, 2)), rng.integers(0, 5, 12)]).tolist(),
        "capacity": [70.0, 65.0, 8.0],
        "rota": (2,),
        "excludes": ((0, 1), (2, 3)),
        "requires": ((4, 5),),
        "hosts": (np.where(np.arange(12) % 3, 0, rng.uniform(2, 9, 12)).tolist(), [9.0, 7.0]),
    }
    possible = [s for s in subsets(12) if allowed_by_definition(s, case)]

    assert solve_selection(**case) == max(possible, key=lambda selection: worth(case, selection))


def test_a_shared_rota_needs_its_largest_need_and_one_for_every_further_use():
    needs = [[6], [4], [0], [2]]

    assert resource_use((0, 1, 2, 3), needs, rota=(0,)).tolist() == [8]
    assert resource_use((0, 1, 2, 3), needs).tolist() == [12]
    assert resource_use((2,), needs, rota=(0,)).tolist() == [0]
    assert resource_use((), needs, rota=(0,)).tolist() == [0]


def test_a_limit_reached_but_for_the_last_bits_is_kept():
    needs = [[0.1], [0.2]]

    assert is_feasible((0, 1), needs, [0.3])
    assert not is_feasible((0, 1), needs, [0.29999])
    assert solve_selection([1, 1], needs, [0.3]) == (0, 1)


def test_a_limit_exceeded_by_less_than_the_solver_notices_is_not_kept():
    needs = [[1.0], [1.0 + 5e-8]]

    assert solve_selection([1, 1], needs, [2.0]) == (0,)


def test_a_use_is_not_split_between_hosts():
    needs, limit = np.zeros((2, 1)), [math.inf]

    assert is_feasible((0, 1), needs, limit, hosts=([4, 4], [4, 4]))
    assert not is_feasible((0, 1), needs, limit, hosts=([4, 4], [7, 3]))
    assert solve_selection([3, 2], needs, limit, hosts=([4, 4], [7, 3])) == (0,)


def test_three_uses_find_hosts_that_the_largest_room_first_would_not():
    # 6 into 6 leaves 7 for 4 + 3; 6 into 7 would leave no room for both.
    assert is_feasible((0, 1, 2), np.zeros((3, 1)), [1], hosts=([6, 4, 3], [7, 6]))


def test_the_best_selection_and_its_runner_up():
    best = solve_selection(BENEFIT, NEEDS, CAPACITY)
    second = solve_selection(BENEFIT, NEEDS, CAPACITY, forbidden=[best])

    # 6 + 5 = 11 needs 6 of 6; the next are 10 alone and 6 + 4, of which the latter needs 5 as well.
    assert best == (1, 2)
    assert second == (0,)


def test_more_of_a_limit_brings_the_next_selection_within_reach():
    # 10 + 6 = 16 needs 8, two more than there are; 10 + 4 = 14 needs 7.
    assert least_extra(BENEFIT, NEEDS, CAPACITY, 0, 15) == pytest.approx(2)
    assert least_extra(BENEFIT, NEEDS, CAPACITY, 0, 14) == pytest.approx(1)
    assert least_extra(BENEFIT, NEEDS, CAPACITY, 0, 11) == 0
    assert least_extra(BENEFIT, NEEDS, CAPACITY, 1, 15) is None
    assert least_extra(BENEFIT, NEEDS, CAPACITY, 0, 26) is None


def test_uses_without_benefit_are_not_selected():
    assert solve_selection([0, 0], [[0], [0]], [5]) == ()


def test_no_uses_make_an_empty_selection():
    assert solve_selection([], np.zeros((0, 2)), [1, 1]) == ()
    assert solve_selection([], np.zeros((0, 2)), [1, 1], forbidden=[()]) is None


def test_no_resources_leave_only_the_pairs():
    assert solve_selection([1, 2], np.zeros((2, 0)), [], excludes=[(0, 1)]) == (1,)


def test_a_limit_below_zero_leaves_no_selection():
    assert solve_selection([1], [[1]], [-1]) is None
    assert selection_frequency([[1]], [[True]], [[1]], [-1]).tolist() == [0]


@pytest.mark.parametrize(("needs", "capacity"), [([[-1]], [1]), ([1], [1]), ([[1, 2]], [1])])
def test_needs_that_make_no_sense_are_refused(needs, capacity):
    with pytest.raises(ValueError, match="needs are at least 0"):
        solve_selection([1], needs, capacity)


def many_draws(case, first):
    rng = np.random.default_rng(3)
    shape = (4, len(case["benefit"]))
    return {
        **without_benefit(case),
        "benefit_draws": np.array(case["benefit"]) * rng.uniform(0.5, 1.5, shape),
        "allowed_draws": rng.random(shape) < 0.8,
        "first_need_draws": rng.uniform(0, 5, shape) if first else None,
    }


@settings(max_examples=30, deadline=None)
@given(cases(), st.booleans())
def test_the_share_of_draws_is_that_of_solving_each_of_them(case, first):
    draws = many_draws(case, first)
    count = len(case["benefit"])
    expected = np.zeros(count)
    for draw, gain in enumerate(draws["benefit_draws"]):
        needs = np.array(case["needs"])
        if first:
            needs[:, 0] = draws["first_need_draws"][draw]
        there = {**without_benefit(case), "needs": needs}
        possible = [
            s
            for s in subsets(count)
            if allowed_by_definition(s, there) and draws["allowed_draws"][draw][list(s)].all()
        ]
        best = max(possible, key=lambda selection: (gain[list(selection)].sum(), -len(selection)))
        expected[list(best)] += 1 / len(draws["benefit_draws"])

    worthy = np.array(case["benefit"]) > 0
    looked_at = selection_frequency(**draws)
    solved = selection_frequency(**draws, longest=0)

    # A use without benefit comes along only where another requires it, and either way is best.
    assert looked_at[worthy] == pytest.approx(expected[worthy])
    assert solved[worthy] == pytest.approx(expected[worthy])


def test_a_use_that_is_never_allowed_is_never_selected():
    found = selection_frequency([[9, 1], [9, 1]], [[False, True]] * 2, [[1], [1]], [2])

    assert found.tolist() == [0, 1]


def test_no_draws_select_nothing():
    assert selection_frequency(np.zeros((0, 2)), np.zeros((0, 2)), [[1], [1]], [2]).tolist() == [
        0,
        0,
    ]
