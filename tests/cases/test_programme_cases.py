"""Worked examples of readiness, projects and programme; the same answers as by trying everything."""

import json
from pathlib import Path

import numpy as np
import pytest

from generator.analysis.estimates import place_in_range
from generator.analysis.fits import sizes
from generator.analysis.solver import Options, Placings, Platforms, best_programme
from generator.analysis.solver.options import OPERATIONS, RESOURCES, Terms, weighed
from generator.analysis.values import ends_of
from generator.analysis.waves import (
    effects_of,
    first_wave,
    resources_of,
    second_wave,
    terms,
)

_FILE = Path(__file__).with_name("programme_cases.json")
_CASES = json.loads(_FILE.read_text(encoding="utf-8"))
_ASKED: set[str] = set()
"""The kinds of cases that a test asks for."""
_PARTS = 20
"""The random regions are told in so many parts, to see from afar which one fails."""
_REGIONS = 300


def _cases(kind):
    _ASKED.add(kind)
    found = [case for case in _CASES if case["kind"] == kind]
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def _choice(pick):
    """What a wave holds, as the oracle says it."""
    options = pick.frame.options
    places = options.placings.place.tolist()
    return (
        tuple(sorted(options.platforms.ids[row] for row in pick.found.platforms)),
        tuple(
            sorted(
                (
                    options.placings.ids[row],
                    None if places[row] < 0 else places[row],
                    float(options.placings.size[row]),
                )
                for row in pick.found.placings
            )
        ),
    )


def _lines(pick):
    """What a wave holds, as the cases write it."""
    return [
        one.use_id
        if one.place.number is None
        else f"{one.use_id} x{one.size:g} @{one.place.name.text('en')}"
        for one in pick.placements
    ]


def _options(platforms, placings=None, **known):
    """Options of platforms as (id, capital, shared, operations staff)."""
    count = len(platforms)
    needs = np.zeros((count, len(RESOURCES)))
    needs[:, OPERATIONS] = [row[3] for row in platforms]
    none = np.zeros(0)
    return Options(
        platforms=Platforms(
            ids=tuple(row[0] for row in platforms),
            capital=np.array([float(row[1]) for row in platforms]),
            is_shared=np.array([row[2] for row in platforms], dtype=bool),
            gains={"jobs": np.ones(count)},
            reach=np.zeros((count, 0)),
            needs=needs,
        ),
        placings=placings
        or Placings(
            (), none.astype(int), none, none, {"jobs": none},
            np.zeros((0, len(RESOURCES))), np.zeros((0, 3)),
        ),
        people=none,
        reached=none,
        rooms=np.zeros((0, 3)),
        most=count,
        **known,
    )  # fmt: skip


# --- the worked examples --------------------------------------------------------------------------


def test_every_kind_of_case_is_asked_for():
    assert {case["kind"] for case in _CASES} == _ASKED


def _sized_region(case, plain_regions):
    given = case["input"]
    use = {
        "id": "R1", "list": "R", "ready": True, "capital": [1, 1, 1], "jobs": [1, 1, 1],
        "per_unit": given["use"]["per_unit"], "units": given["use"]["units"], "needs": {},
    }  # fmt: skip
    return {
        "hub": given["hub"],
        "weights": {"jobs": 1, "power": 1, "served": 1},
        "params": plain_regions.PARAMS,
        "total_employment": 0,
        "uses": [use],
        "sites": [given["site"] | {"id": "s1", "cleared": True, "hosts": ["R1"]}],
        "spare_mw": given["spare"],
        "employment": {},
        "limits": {},
        "excludes": [],
        "requires": [],
    }


@_cases("size")
def test_a_size_is_the_tightest_bound_in_tenths_and_the_menu_parts_of_it(
    case, plain_regions, build, knowledge
):
    plain = _sized_region(case, plain_regions)

    (fit,) = plain_regions.setting_of(plain, build, knowledge).candidates["R1"].fits

    expected = case["expected"]
    assert (fit.full or 0) == pytest.approx(expected["full"])
    assert fit.menu == pytest.approx(tuple(expected["menu"]))


@_cases("size")
def test_the_oracle_finds_the_same_sizes(case, oracle, plain_regions):
    plain = _sized_region(case, plain_regions)

    full, menu = oracle.full_and_menu(
        plain["uses"][0], plain["sites"][0], plain["spare_mw"], plain["params"], plain["hub"]
    )

    assert full == pytest.approx(case["expected"]["full"])
    assert menu == pytest.approx(case["expected"]["menu"])


def test_a_size_that_the_bound_reaches_but_for_rounding_is_reached():
    assert sizes(0.3 / 0.1 * 0.1, 0.3, (1.0,)) == (0.3, (0.3,))


@_cases("scale")
def test_people_reached_place_a_platform_in_the_catalogue_s_range(case, knowledge):
    given, expected = case["input"], case["expected"]

    s = place_in_range(given["E"], knowledge)

    assert s == pytest.approx(expected["s"])
    for name in ("capital", "jobs"):
        low, high = given[name]
        assert low + s * (high - low) == pytest.approx(expected[name])


@_cases("platform")
def test_a_common_platform_is_built_where_it_is_cheaper(case, knowledge):
    given = case["input"]
    rows = [(f"U{n}", cost, True, 0) for n, cost in enumerate(given["shared"])]
    rows += [(f"V{n}", cost, False, 0) for n, cost in enumerate(given["own"])]
    base, keep = knowledge.assumed("platform_base"), knowledge.assumed("platform_keep")
    options = _options(rows, base=base, keep=keep)
    judged = Terms({"jobs": 1.0}, 0.0, np.full(len(RESOURCES), np.inf))

    found = weighed(range(len(rows)), (), options, judged)

    assert found.capital == pytest.approx(case["expected"])


@_cases("rota")
def test_operations_staff_are_the_greatest_need_and_one_for_each_further_project(case):
    needs = case["input"]
    options = _options([(f"U{n}", 1, False, need) for n, need in enumerate(needs)])
    judged = Terms({"jobs": 1.0}, 0.0, np.full(len(RESOURCES), np.inf))

    found = weighed(range(len(needs)), (), options, judged)

    assert resources_of(found, options)[OPERATIONS] == case["expected"]


@_cases("programme")
def test_both_waves_are_those_of_the_worked_example(case, plain_regions, build, knowledge):
    expected = case["expected"]

    setting = plain_regions.setting_of(case["input"], build, knowledge)
    first = first_wave(setting)
    second = second_wave(setting, first)

    normalisers = {one.effect: one.normaliser for one in setting.objectives}
    assert normalisers == pytest.approx(expected["normalisers"])
    assert _lines(first) == expected["first"]
    assert first.found.value == pytest.approx(expected.get("first_value", 0))
    assert _lines(second) == expected["second"]


@_cases("programme")
def test_the_oracle_finds_the_waves_of_the_worked_example(case, oracle):
    expected = case["expected"]

    found = oracle.programme(case["input"])

    assert found["normalisers"] == pytest.approx(expected["normalisers"])
    assert found["first_value"] == pytest.approx(expected.get("first_value", 0))
    lines = [
        *found["first"][0],
        *(f"{key} x{size:g} @s{place + 1}" for key, place, size in found["first"][1]),
    ]
    assert lines == expected["first"]
    assert found["second"] == ((), ())


# --- location quotient ----------------------------------------------------------------------------


@_cases("lq")
def test_blank_cells_leave_a_quotient_between_two_ends(case, knowledge):
    anchors, others = (
        [
            (e, r)
            for code, e, r in case["input"]["rows"]
            if (code in case["input"]["anchor"]) is is_own
        ]
        for is_own in (True, False)
    )

    most = knowledge.assumed("blank_concentration")
    ends = ends_of((*anchors, *others), most).of(range(len(anchors)))

    assert ends == pytest.approx(tuple(case["expected"]))


@_cases("lq")
def test_the_low_end_of_a_quotient_alone_is_secured(case, build, knowledge):
    use = build.use("U90", gb4754_anchor=tuple(_code(code) for code in case["input"]["anchor"]))
    rows = [build.industry(_code(code), e, r) for code, e, r in case["input"]["rows"]]

    found = build.rolled(knowledge, build.region(industry=rows), use, "anchor_lq")

    assert found.fact.value is None
    ends = (found.at_least_as_good_as, found.no_better_than)
    assert ends == pytest.approx(tuple(case["expected"]))


def _code(letter):
    """A division of the classification for a letter of the example."""
    return {"a": "C13", "b": "C14", "c": "C15"}[letter]


# --- institutions ---------------------------------------------------------------------------------


@_cases("institutions")
def test_distinct_signed_bodies_of_the_types_asked_for_are_counted(case, build, knowledge):
    given = case["input"]
    known = build.catalogue(
        knowledge, [build.use("U90")],
        [build.need("U90", "anchor_institutions", 1, given["target"], 100)],
        units=[build.unit_need("U90", given["types"])],
    )  # fmt: skip
    here = build.region(
        institutions=[
            build.institution("U90", kind, status, name) for name, kind, status in given["rows"]
        ]
    )

    found = build.rolled(known, here, known.uses[0], "anchor_institutions")

    assert found.fact.value == case["expected"]


# --- what a second wave finds ---------------------------------------------------------------------


def _platforms_only(plain_regions, costs, ready, capex, excludes=()):
    """Platforms on the common ledger, each with a division of its own and ten jobs."""
    divisions = plain_regions.DIVISIONS[: len(costs)]
    uses = [
        {
            "id": f"U{number}", "list": "U", "ready": number in ready, "capital": [cost] * 3,
            "jobs": [10] * 3, "serves": [divisions[number]], "shared": True, "needs": {},
        }
        for number, cost in enumerate(costs)
    ]  # fmt: skip
    return {
        "weights": {"jobs": 1, "power": 1, "served": 1},
        "params": plain_regions.PARAMS,
        "total_employment": 1000 * len(costs),
        "uses": uses,
        "sites": [],
        "spare_mw": 0,
        "employment": dict.fromkeys(divisions, 1000),
        "limits": {"capex": capex},
        "excludes": list(excludes),
        "requires": [],
    }


def test_a_common_platform_of_the_first_wave_costs_the_second_nothing(
    plain_regions, oracle, build, knowledge
):
    # First 8.5 + 0.65 x 80 = 60.5. Of 82 that leaves 82 - 66.55 = 15.45, with contingency 14.04:
    # enough for 0.65 x 20 = 13, not for 20.
    plain = _platforms_only(plain_regions, [40, 40, 20], {0, 1}, 82)

    setting = plain_regions.setting_of(plain, build, knowledge)
    first = first_wave(setting)
    second = second_wave(setting, first)

    assert _lines(first) == ["U0", "U1"]
    assert first.found.capital == pytest.approx(60.5)
    assert _lines(second) == ["U2"]
    assert second.found.capital == pytest.approx(13)
    assert oracle.programme(plain)["second"] == (("U2",), ())


def test_a_use_that_the_first_wave_excludes_is_in_no_second_wave(
    plain_regions, oracle, build, knowledge
):
    plain = _platforms_only(plain_regions, [4, 4], {0}, 82, [["U1", "U0"]])

    setting = plain_regions.setting_of(plain, build, knowledge)
    first = first_wave(setting)

    assert _lines(first) == ["U0"]
    assert _lines(second_wave(setting, first)) == []
    assert oracle.programme(plain)["second"] == ((), ())


# --- random regions -------------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(_PARTS))
def test_solver_and_waves_find_what_trying_everything_finds(
    part, oracle, plain_regions, build, knowledge
):
    for seed in range(part, _REGIONS, _PARTS):
        plain = plain_regions.random_region(seed)
        expected = oracle.programme(plain)

        setting = plain_regions.setting_of(plain, build, knowledge)
        first = first_wave(setting)
        second = second_wave(setting, first)
        options = setting.frame.options
        runner_up = best_programme(setting.listing, options, terms(setting), first.found)

        normalisers = dict.fromkeys(expected["normalisers"], 0)
        weights = dict(normalisers)
        for one in setting.objectives:
            normalisers[one.effect], weights[one.effect] = one.normaliser, one.weight
        stated = {key for key, points in plain["weights"].items() if points}
        assert normalisers == pytest.approx(
            {key: amount * (key in stated) for key, amount in expected["normalisers"].items()}
        ), seed
        assert weights == pytest.approx(expected["weights"]), seed
        assert {
            key: one.value_alone for key, one in setting.candidates.items() if not one.requires
        } == (pytest.approx(expected["alone"])), seed
        _same_wave(first, expected, "first", seed)
        _same_wave(second, expected, "second", seed)
        assert (runner_up is None) == (expected["runner_up"] is None), seed
        if runner_up is not None:
            assert runner_up.value == pytest.approx(expected["runner_up_value"]), seed


def _same_wave(pick, expected, name, seed):
    held = _choice(pick)
    wanted = expected[name]
    assert held[0] == wanted[0], (seed, name)
    assert [one[:2] for one in held[1]] == [one[:2] for one in wanted[1]], (seed, name)
    assert [one[2] for one in held[1]] == pytest.approx([one[2] for one in wanted[1]])
    assert pick.found.value == pytest.approx(expected[f"{name}_value"]), (seed, name)
    assert pick.found.capital == pytest.approx(expected[f"{name}_capital"]), (seed, name)
    found = effects_of(pick.found, pick.frame.options)
    for effect, amount in expected[f"{name}_effects"].items():
        assert found[effect] == pytest.approx(amount), (seed, name)
