"""The list, the program of integers and the states solved at once give the same choices."""

import numpy as np
import pytest
from msgspec.structs import replace

from generator.analysis.solver import (
    RESOURCES,
    Drawn,
    Found,
    Options,
    Placings,
    Platforms,
    Terms,
    best_of_each,
    best_programme,
    list_choices,
)
from generator.analysis.solver.options import keeps, weighed
from generator.analysis.waves import first_wave, second_wave, terms

_SOME = range(60)


@pytest.fixture(scope="module")
def settings(plain_regions, build, knowledge):
    return [
        plain_regions.setting_of(plain_regions.random_region(seed), build, knowledge)
        for seed in _SOME
    ]


def _same(found, expected):
    """Equal in value, number and capital; the members may differ where all three agree."""
    assert (found is None) == (expected is None)
    if expected is not None:
        assert found.value == pytest.approx(expected.value, abs=1e-9)
        assert found.capital == pytest.approx(expected.capital, abs=1e-6)
        size = len(expected.platforms) + len(expected.placings)
        assert len(found.platforms) + len(found.placings) == size


# --- a program of integers ------------------------------------------------------------------------


def test_the_program_finds_first_waves_as_good_as_those_of_the_list(settings):
    for setting in settings:
        options, judged = setting.frame.options, terms(setting)

        found = best_programme(None, options, judged)

        _same(found, best_programme(setting.listing, options, judged))
        assert keeps(found, options, judged)


def test_the_program_finds_the_same_with_the_rota_reach_and_uses_of_an_earlier_wave(settings):
    for setting in settings:
        first = first_wave(setting)
        options = second_wave(setting, first).frame.options
        judged = terms(setting, ready_only=False)

        _same(
            best_programme(None, options, judged),
            best_programme(list_choices(options), options, judged),
        )


def test_the_program_finds_the_most_of_one_effect(settings):
    for setting in settings:
        for effect in ("jobs", "power", "served"):
            options = setting.frame.options
            judged = terms(setting, {effect: 1.0}, least_gain=0.0, ready_only=False)

            _same(
                best_programme(None, options, judged),
                best_programme(setting.listing, options, judged),
            )


def test_the_program_finds_as_good_a_runner_up(settings):
    for setting in settings:
        options, judged = setting.frame.options, terms(setting)
        first = first_wave(setting).found

        found = best_programme(None, options, judged, first)

        _same(found, best_programme(setting.listing, options, judged, first))
        assert found is None or found != first


# --- many states at once --------------------------------------------------------------------------


def _drawn(setting, draws, seed):
    """What may be chosen at random, capital, jobs, base and limits near those of a setting."""
    chance = np.random.default_rng(seed)
    options = setting.frame.options
    chains, placed = options.platforms, options.placings

    def near(values, spread=0.5):
        values = np.asarray(values)
        return values * chance.uniform(1 - spread, 1 + spread, (draws, *values.shape))

    def some(items):
        return chance.random((draws, len(items.ids))) < 0.8

    return Drawn(
        platform_may=some(chains),
        placing_may=some(placed),
        platform_capital=near(chains.capital),
        platform_jobs=near(chains.gains["jobs"]),
        placing_capital=near(placed.capital),
        placing_jobs=near(placed.gains["jobs"]),
        base=near(options.base),
        limits=near(setting.limits.array()),
    )


def _at(options, drawn, row):
    """The options of one draw, put together here once more."""
    chains, placed = options.platforms, options.placings
    return replace(
        options,
        base=float(drawn.base[row]),
        platforms=replace(
            chains,
            capital=drawn.platform_capital[row],
            gains={**chains.gains, "jobs": drawn.platform_jobs[row]},
        ),
        placings=replace(
            placed,
            capital=drawn.placing_capital[row],
            gains={**placed.gains, "jobs": drawn.placing_jobs[row]},
        ),
    )


def test_states_solved_at_once_are_the_states_solved_one_by_one(settings):
    for seed, setting in enumerate(settings):
        options, judged = setting.frame.options, terms(setting)
        drawn = _drawn(setting, 8, seed)

        found = best_of_each(setting.listing, options, judged, drawn)

        for row, one in enumerate(found):
            here = replace(
                judged,
                limits=drawn.limits[row],
                platforms=frozenset(
                    use_id
                    for use_id, may in zip(
                        options.platforms.ids, drawn.platform_may[row], strict=True
                    )
                    if may and use_id in judged.platforms
                ),
                placings=judged.placings & drawn.placing_may[row],
            )
            alone = best_programme(setting.listing, _at(options, drawn, row), here)
            assert (one.platforms, one.placings) == (alone.platforms, alone.placings)
            assert one.value == pytest.approx(alone.value)
            assert one.capital == pytest.approx(alone.capital)


def test_no_choice_is_left_where_even_nothing_exceeds_a_limit():
    options, limits = _choices([("U1", 1, 2)]), np.full((1, len(RESOURCES)), np.inf)
    limits[0, 3] = -1.0
    judged, none = _terms(), np.zeros((1, 0))
    drawn = Drawn(
        np.ones((1, 1), dtype=bool), none.astype(bool), np.ones((1, 1)), np.ones((1, 1)), none, none,
        np.zeros(1), limits,
    )  # fmt: skip

    assert best_of_each(list_choices(options), options, judged, drawn) == [None]
    barred = replace(judged, limits=limits[0])
    assert best_programme(list_choices(options), options, barred) is None
    assert best_programme(None, options, barred) is None


# --- small choices that can be reckoned -----------------------------------------------------------


def _choices(chains=(), placed=(), rooms=(), **known):
    """Options of platforms (id, capital, jobs) and placings (id, place, size, capital, jobs)."""
    first, second = len(chains), len(placed)
    return Options(
        platforms=Platforms(
            ids=tuple(row[0] for row in chains),
            capital=np.array([float(row[1]) for row in chains]),
            is_shared=np.zeros(first, dtype=bool),
            gains={"jobs": np.array([float(row[2]) for row in chains])},
            reach=np.zeros((first, 0)),
            needs=np.zeros((first, len(RESOURCES))),
        ),
        placings=Placings(
            ids=tuple(row[0] for row in placed),
            place=np.array([row[1] for row in placed], dtype=int),
            size=np.array([float(row[2]) for row in placed]),
            capital=np.array([float(row[3]) for row in placed]),
            gains={"jobs": np.array([float(row[4]) for row in placed])},
            needs=np.zeros((second, len(RESOURCES))),
            rooms=np.array([[row[2], 0.0, 0.0] for row in placed]).reshape(second, 3),
        ),
        people=np.zeros(0),
        reached=np.zeros(0),
        rooms=np.array([[room, 0.0, 0.0] for room in rooms], dtype=float).reshape(len(rooms), 3),
        **known,
    )


def _terms(capex=np.inf, **known):
    limits = np.full(len(RESOURCES), np.inf)
    limits[0] = capex
    return Terms(**({"coefficients": {"jobs": 1.0}, "least_gain": 0.0, "limits": limits} | known))


def _best(options, judged):
    """The ids with places and sizes; the list and the program agree on all of them."""
    found = best_programme(list_choices(options), options, judged)
    placed = options.placings
    return (
        [options.platforms.ids[row] for row in found.platforms],
        [
            (placed.ids[row], int(placed.place[row]), float(placed.size[row]))
            for row in found.placings
        ],
    )


def test_of_equal_values_the_one_with_fewer_projects_is_taken():
    options = _choices([("U1", 1, 2), ("U2", 1, 2), ("U3", 5, 4)])

    assert _best(options, _terms(5)) == (["U3"], [])


def test_of_equal_values_and_numbers_the_cheaper_is_taken():
    options = _choices([("U1", 4, 2), ("U2", 3, 2)], most=1)

    assert _best(options, _terms()) == (["U2"], [])


def test_of_equals_blockchain_comes_before_power_reuse_and_then_the_lower_id():
    options = _choices([("U2", 3, 2), ("U1", 3, 2)], [("R1", 0, 1, 3, 2)], [1])

    assert _best(options, _terms(3)) == (["U1"], [])


def test_of_equals_the_earlier_site_is_taken_and_no_site_last():
    placed = [("R1", -1, 1, 3, 2), ("R1", 1, 1, 3, 2), ("R1", 0, 1, 3, 2)]

    assert _best(_choices((), placed, [1, 1]), _terms()) == ([], [("R1", 0, 1.0)])


def test_of_equals_at_one_site_the_larger_size_is_taken():
    placed = [("R1", 0, 0.5, 3, 2), ("R1", 0, 1, 3, 2)]

    assert _best(_choices((), placed, [1]), _terms()) == ([], [("R1", 0, 1.0)])


def test_contingency_counts_against_the_money_limit():
    options = _choices([("U1", 100, 1)])

    assert _best(options, _terms(110, contingency=0.1)) == (["U1"], [])
    assert _best(options, _terms(109, contingency=0.1)) == ([], [])


def test_no_choice_is_left_where_the_only_one_is_forbidden():
    options, judged = _choices(), _terms()
    nothing = Found((), (), 0.0, 0.0)

    assert best_programme(list_choices(options), options, judged, nothing) is None
    assert best_programme(None, options, judged, nothing) is None


def test_a_choice_that_takes_more_than_there_is_does_not_keep():
    options = _choices([("U1", 3, 1)], [("R1", 0, 1, 3, 2), ("R2", 0, 1, 3, 2)], [1])

    assert keeps(weighed([0], [0], options, _terms(6)), options, _terms(6))
    assert not keeps(weighed([0], [0], options, _terms(5)), options, _terms(5))
    assert not keeps(weighed([], [0, 1], options, _terms(6)), options, _terms(6))


# --- large ones -----------------------------------------------------------------------------------


def _large(uses, sites, sizes):
    """Every use at every site in every size; the later uses bring more jobs for their money."""
    placed = [
        (f"R{use}", site, size, 10.0 * size, (10.0 + use) * size)
        for use in range(uses)
        for site in range(sites)
        for size in sizes
    ]
    return _choices([("U1", 4, 30), ("U2", 40, 1)], placed, [1.0] * sites)


def test_too_many_assignments_are_not_listed_and_yet_decided():
    # 10 ways to take three of five uses, times 30 places and sizes each: 270,000.
    options, judged = _large(5, 10, [1.0, 0.7, 0.5]), _terms(34)

    found = best_programme(None, options, judged)

    assert list_choices(options) is None
    assert keeps(found, options, judged)
    # 34 buy U1 and three full units: no site holds two of them.
    assert [options.platforms.ids[row] for row in found.platforms] == ["U1"]
    ids = [options.placings.ids[row] for row in found.placings]
    assert ids == ["R2", "R3", "R4"]
    assert options.placings.size[list(found.placings)].tolist() == [1, 1, 1]
    assert found.value == pytest.approx(30 + 12 + 13 + 14)


def test_more_states_than_are_held_at_once_are_all_solved():
    options, judged, draws = _large(5, 7, [1.0, 0.5]), _terms(30), 60
    limits = np.full((draws, len(RESOURCES)), np.inf)
    limits[:, 0] = np.linspace(4, 40, draws)

    def same(values):
        return np.broadcast_to(values, (draws, *np.shape(values)))

    chains, placed = options.platforms, options.placings
    drawn = Drawn(
        same([True] * len(chains.ids)), same([True] * len(placed.ids)), same(chains.capital), same(chains.gains["jobs"]), same(placed.capital),
        same(placed.gains["jobs"]), same(options.base), limits,
    )  # fmt: skip
    listed = list_choices(options)

    found = best_of_each(listed, options, judged, drawn)

    assert len(listed.placings.count) * draws > 1_000_000
    assert len(found) == draws
    for row in (0, 20, 40, 59):
        assert found[row] == best_programme(listed, options, replace(judged, limits=limits[row]))
