"""What leaves the programme of any region as it is."""

import random
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.waves import effects_of, first_wave, second_wave

STEADY = settings(derandomize=True, deadline=None)
seeds = st.integers(0, 10**6)


@pytest.fixture(scope="module")
def programme_of(plain_regions, build, knowledge):
    """`programme_of(plain)`: both waves of a plain region, with what they are judged by."""

    def waves(plain):
        setting = plain_regions.setting_of(plain, build, knowledge)
        first = first_wave(setting)
        return setting, first, second_wave(setting, first)

    return waves


def _numbers(pick):
    effects = effects_of(pick.found, pick.frame.options)
    return [pick.found.value, *(effects[key] for key in ("jobs", "power", "served"))]


def _same(one, other):
    for before, after in zip(_plain(one), _plain(other), strict=True):
        assert after[0] == before[0]
        assert after[1] == pytest.approx(before[1], abs=1e-9)


def _plain(programme):
    return [
        ([(one.use_id, one.place.number, one.size) for one in pick.placements], _numbers(pick))
        for pick in programme[1:]
    ]


# --- splitting ------------------------------------------------------------------------------------


def _without_ties(plain, seed):
    """The same with jobs that no two choices have alike, so that value alone decides."""
    chance = random.Random(seed)  # noqa: S311 - numbers, no secrets
    for use in plain["uses"]:
        use["jobs"] = [use["jobs"][1] + chance.uniform(0.5, 5)] * 3
    plain["weights"]["jobs"] = 1
    return plain


def _relaxed(plain):
    """No least gain, no cap on projects, one size; one site, where halves need no second one."""
    plain["params"] |= {"min_gain": 0, "list_cap": [9, 9], "sizes": [1]}
    plain["sites"] = [site | {"former_load": 0} for site in plain["sites"][:1]]
    for use in plain["uses"]:
        if use["list"] == "R":
            use["units"] = [1, 1, None]
    return plain


def _halves(use):
    """Two uses that together take and bring what one does; the rota counts the first alone."""
    one = deepcopy(use)
    one["capital"] = [amount / 2 for amount in use["capital"]]
    one["jobs"] = [amount / 2 for amount in use["jobs"]]
    one["needs"] = {name: amount / 2 for name, amount in use["needs"].items()}
    if use["list"] == "R":
        one["per_unit"] = {name: amount / 2 for name, amount in use["per_unit"].items()}
        one["technicians"] = use["technicians"] / 2
    other = deepcopy(one) | {"id": use["id"] + "b"}
    other["needs"].pop("ops_fte", None)
    if "ops_fte" in use["needs"]:
        one["needs"]["ops_fte"] = use["needs"]["ops_fte"]
    return [one, other]


@STEADY
@given(seeds, st.integers(0, 8))
def test_splitting_a_use_into_two_tied_halves_keeps_value_and_effects(
    programme_of, plain_regions, seed, number
):
    plain = _relaxed(_without_ties(plain_regions.random_region(seed), seed))
    # The builder has columns for four uses of power reuse.
    reuse = [use for use in plain["uses"] if use["list"] == "R"][:3]
    uses = [use for use in plain["uses"] if use["list"] == "U"] + reuse
    known = {use["id"] for use in uses}
    for key in ("excludes", "requires"):
        plain[key] = [pair for pair in plain[key] if set(pair) <= known]
    if not uses:
        return
    plain["uses"] = uses
    split = deepcopy(plain)
    use = split["uses"].pop(number % len(uses))
    one, other = _halves(use)
    split["uses"] += [one, other]
    split["requires"] += [[one["id"], other["id"]], [other["id"], one["id"]]]
    for site in split["sites"]:
        site["hosts"] += [other["id"]] * (one["id"] in site["hosts"])

    before, after = programme_of(plain), programme_of(split)

    for whole, halves in zip(before[1:], after[1:], strict=True):
        assert _numbers(halves) == pytest.approx(_numbers(whole), abs=1e-9)


# --- what does not matter -------------------------------------------------------------------------


@STEADY
@given(seeds, st.sampled_from([1, 40]), st.booleans())
def test_a_useless_use_changes_nothing(programme_of, plain_regions, seed, cost, shared):
    plain = plain_regions.random_region(seed)
    more = deepcopy(plain)
    more["uses"].append(
        {
            "id": "A0", "list": "U", "ready": True, "capital": [cost] * 3, "jobs": [0] * 3,
            "serves": [], "shared": shared, "needs": {},
        }
    )  # fmt: skip

    _same(programme_of(plain), programme_of(more))


@STEADY
@given(seeds)
def test_money_doubled_in_costs_base_and_limit_changes_nothing(programme_of, plain_regions, seed):
    plain = plain_regions.random_region(seed)
    doubled = deepcopy(plain)
    for use in doubled["uses"]:
        use["capital"] = [2 * amount for amount in use["capital"]]
    doubled["params"]["base"] = [2 * amount for amount in plain["params"]["base"]]
    if "capex" in plain["limits"]:
        doubled["limits"]["capex"] *= 2

    one, other = programme_of(plain), programme_of(doubled)

    _same(one, other)
    for before, after in zip(one[1:], other[1:], strict=True):
        assert after.found.capital == pytest.approx(2 * before.found.capital)


@STEADY
@given(seeds, st.sampled_from([7.1, 0.0004, 15]))
def test_another_currency_changes_nothing(programme_of, plain_regions, seed, rate):
    plain = plain_regions.random_region(seed)
    own = plain | {"has_estimates": True}

    _same(programme_of(plain), programme_of(own | {"rate": rate}))


@STEADY
@given(seeds, seeds)
def test_a_region_is_decided_alike_whatever_other_regions_there_are(
    programme_of, plain_regions, seed, other
):
    plain = plain_regions.random_region(seed)

    alone = programme_of(plain)
    programme_of(plain_regions.random_region(other))
    twin = programme_of(plain | {"code": "twin"})

    _same(alone, twin)


@STEADY
@given(seeds, st.booleans())
def test_signing_a_use_that_only_supplies_adds_no_power(
    programme_of, plain_regions, seed, is_signed
):
    plain = plain_regions.random_region(seed)
    plain["uses"] = [use for use in plain["uses"] if use["id"] != "R3"]
    plain["sites"] = [site | {"former_load": 0} for site in plain["sites"]]
    for key in ("excludes", "requires"):
        plain[key] = [pair for pair in plain[key] if "R3" not in pair]
    more = deepcopy(plain)
    more["uses"].append(
        {
            "id": "R9", "list": "R", "role": "supply", "ready": is_signed,
            "waits_for": "signature", "capital": [1] * 3, "jobs": [50] * 3,
            "per_unit": {"grid": 3, "load": 18, "floor": 0, "water": 0}, "units": [0.2, 3, None],
            "needs": {}, "technicians": 0, "no_site": True,
        }
    )  # fmt: skip

    before, after = programme_of(plain), programme_of(more)

    _same(before, after)
    assert [one.attainable for one in after[0].objectives] == pytest.approx(
        [one.attainable for one in before[0].objectives]
    )
