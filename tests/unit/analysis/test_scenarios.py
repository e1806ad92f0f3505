"""Scenarios: one change at a time, over the same draws as the base case."""

from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from generator.analysis.draws import Draws
from generator.analysis.sampling import draw_parts
from generator.analysis.scenarios import applied, outcome_of, run_scenarios
from generator.analysis.scope import within
from generator.model.decisions import Out

DAY = date(2026, 11, 21)


@pytest.fixture
def run(build):
    """Every scenario of a catalogue for a region, by id, with what holds without any."""

    def of(here, known, *changes):
        base = outcome_of(build.run(replace(known, scenarios=changes), here))
        return {one.scenario_id: one for one in run_scenarios(base)}, base

    return of


@pytest.fixture
def two(build, knowledge):
    """Two chain uses: U91 needs developers, U92 a cheap power price."""
    uses = [
        build.use("U91", **build.ranged(jobs=(20, 40), capex=(8, 12))),
        build.use("U92", **build.ranged(jobs=(15, 60), capex=(8, 22))),
    ]
    needs = [
        build.need("U91", "dev_fte", 10, 20, 100, hard=True),
        build.need("U92", "power_price", 1.0, 0.5, 100),
    ]
    return replace(build.catalogue(knowledge, uses, needs), pairs=())


@pytest.fixture
def here(build):
    return build.region(
        power=[build.point(5, build.fact(0.6, low=0.5, high=0.7))],
        workforce=[build.role("developers", build.fact(16, low=15, high=18))],
    )


# --- what a change does ---------------------------------------------------------------------------


CRITERIA = [
    ("power_price", "multiply", 1.2, 0.6, 0.72),
    ("power_price", "add", -0.2, 0.6, 0.4),
    ("power_price", "add", -2, 0.6, 0.0),
    ("power_price", "set", 0.33, 0.6, 0.33),
    ("renewable_share", "add", 30, 80, 100),
    ("renewable_share", "add", 30, 60, 90),
    ("renewable_share", "multiply", 0.5, 60, 30),
    ("renewable_share", "add", -70, 60, 0),
    ("pue", "at_most", 1.25, 1.4, 1.25),
    ("pue", "at_most", 1.25, 1.2, 1.2),
    ("pue", "set", 0.5, 1.4, 1.0),
    ("tier_level", "add", 3, 3, 4),
    ("dev_fte", "multiply", 0.6, 50, 30),
]


@pytest.mark.parametrize(("target", "operation", "by", "value", "expected"), CRITERIA)
@pytest.mark.parametrize("is_measured", [False, True])
def test_a_criterion_changes_and_stays_within_what_it_can_be(
    build, knowledge, target, operation, by, value, expected, is_measured
):
    sheets = {
        "power_price": {"power": [build.point(5, value)]},
        "renewable_share": {"figures": {"renewable_share": value}},
        "pue": {"data_centres": [build.hall(1, pue=value)]},
        "tier_level": {"data_centres": [build.hall(1, tier=value)]},
        "dev_fte": {"workforce": [build.role("developers", value)]},
    }[target]
    region = build.region(
        **({"measures": [build.measure(target, value)]} if is_measured else sheets)
    )
    changed, _, _ = applied(build.change(target, operation, by), region, knowledge, DAY)
    found = build.rolled(knowledge, changed, build.use("U91"), target)
    assert found.fact.value == pytest.approx(expected)
    # The region that the brief rests on stays as it is.
    assert build.rolled(knowledge, region, build.use("U91"), target).fact.value == value


@pytest.mark.parametrize("operation", ["multiply", "add", "set", "at_most"])
def test_what_is_unknown_stays_unknown(build, knowledge, operation):
    region = build.region(power=[build.point(5, None)])
    changed, _, _ = applied(build.change("power_price", operation, 0.5), region, knowledge, DAY)
    assert build.rolled(knowledge, changed, build.use("U91"), "power_price").fact.value is None


@pytest.mark.parametrize(("signed", "left"), [(2, 1), (1, 0), (0, 0)])
def test_a_withdrawal_takes_one_signature_and_never_more_than_there_are(
    build, knowledge, signed, left
):
    rows = [build.institution("U91", name=f"Body {number}") for number in range(signed)]
    rows += [build.institution("U91", status="talks"), build.institution("U92")]
    region = build.region(institutions=rows)
    sc03 = next(one for one in knowledge.scenarios if one.scenario_id == "SC03")
    changed, _, _ = applied(sc03, region, knowledge, DAY)
    count = build.rolled(knowledge, changed, build.use("U91"), "anchor_institutions")
    assert count.fact.value == left
    # Every use loses one in the same run.
    other = build.rolled(knowledge, changed, build.use("U92"), "anchor_institutions")
    assert other.fact.value == 0


def test_without_a_count_of_signatures_there_is_none_to_withdraw(build, knowledge):
    sc03 = next(one for one in knowledge.scenarios if one.scenario_id == "SC03")
    changed, _, _ = applied(sc03, build.region(), knowledge, DAY)
    found = build.rolled(knowledge, changed, build.use("U91"), "anchor_institutions")
    assert found.fact.value is None


LIMITS = [("multiply", 0.5, 20), ("add", 5, 45), ("set", 12.5, 12.5), ("at_most", 30, 30)]


@pytest.mark.parametrize(("operation", "by", "expected"), LIMITS)
def test_a_stated_limit_changes_and_no_other(build, knowledge, operation, by, expected):
    region = build.region(limits=[build.cap("capex", 40), build.cap("grid_mw", 40)])
    changed, _, _ = applied(build.change("limits.capex", operation, by), region, knowledge, DAY)
    assert [row.amount.value for row in changed.limits] == [expected, 40]
    assert [row.amount.value for row in region.limits] == [40, 40]


def test_a_limit_that_nobody_stated_is_not_changed(build, two, here, run):
    found, _ = run(here, two, build.change("limits.capex", "multiply", 0.5))
    assert not found["S1"].is_applicable
    assert build.is_unmoved(found["S1"].difference)


def test_a_limit_without_an_amount_is_not_changed(build, two, here, run):
    here = replace(here, limits=(build.cap("capex", None),))
    found, _ = run(here, two, build.change("limits.capex", "multiply", 0.5))
    assert not found["S1"].is_applicable


def test_a_scenario_that_drops_what_is_not_in_the_catalogue_is_not_run(build, two, here, run):
    found, _ = run(here, two, build.change("use:U04", "drop", ""))
    assert found == {}


@pytest.mark.parametrize("target", ["power_prise", "limit.capex", "payback", "rules.until"])
def test_a_target_that_nothing_has_is_refused(build, knowledge, target):
    with pytest.raises(ValueError, match=f"nothing is called {target}"):
        applied(build.change(target, "multiply", 2), build.region(), knowledge, DAY)


# --- what follows from it -------------------------------------------------------------------------


def uses(placements):
    return [one.use_id for one in placements]


def test_a_use_that_a_scenario_takes_off_the_list_leaves_the_programme(build, two, here, run):
    """At a price of 0.9 instead of 0.6 a fifth of the way from 1.0 to 0.5 is left."""
    found, base = run(here, two, build.change("power_price", "set", 0.9))

    assert base.core.readiness.uses["U92"].low == pytest.approx(80)
    assert uses(base.first.placements) == ["U91", "U92"]
    change = found["S1"].difference
    assert uses(found["S1"].first) == ["U91"]
    assert change.readiness == {"U92": pytest.approx(20 - 80)}
    assert (change.unlisted, change.leaves, change.lost_viability) == (("U92",), ("U92",), ())
    assert found["S1"].out == {"U92": Out("points", ("power_price",))}
    # Nobody is reached, so that every platform stands at the low end: 15 jobs for 8 million.
    assert (change.effects["jobs"], change.capital) == (pytest.approx(-15), pytest.approx(-8))


@pytest.mark.parametrize(
    ("target", "operation", "value"),
    [("power_price", "multiply", 1), ("dev_fte", "add", 0), ("capex", "multiply", 1),
     ("jobs", "multiply", 1), ("annual_value_added", "add", 0), ("pue", "at_most", 9),
     ("rules.as_of", "set", "2026-11-21")],
)  # fmt: skip
def test_a_scenario_that_changes_nothing_gives_exactly_the_base_case(
    build, two, here, run, target, operation, value
):
    found, base = run(here, two, build.change(target, operation, value))
    assert found["S1"].first == base.first.placements
    assert found["S1"].second == base.second.placements
    assert build.is_unmoved(found["S1"].difference)
    # No use here asks for a PUE, so that there is none to change.
    assert found["S1"].is_applicable == (target != "pue")


def test_losing_staff_takes_viability_and_place(build, two, here, run):
    found, base = run(here, two, build.change("dev_fte", "multiply", 0.5))
    change = found["S1"].difference
    # 16 developers are 60 % of the way from 10 to 20; 8 are below the hard minimum.
    assert change.readiness == {"U91": pytest.approx(-60)}
    assert (change.lost_viability, change.unlisted, change.leaves) == (("U91",),) * 3
    assert found["S1"].out == {"U91": Out("minimum", ("dev_fte",))}
    # Of 35 jobs there were, 15 are left, by the coefficient of before; one project fewer is begun.
    least = two.assumed("min_gain")
    assert base.first.found.value == pytest.approx(1 - 2 * least)
    assert change.value == pytest.approx(-20 / 35 + least)
    assert (change.shortlisted, change.became_viable, change.joins, change.law_changed) == ((),) * 4
    assert uses(found["S1"].first) == ["U92"]


def test_rows_of_one_scenario_act_together_and_one_that_cannot_does_no_harm(build, two, here, run):
    found, _ = run(
        here, two,
        build.change("dev_fte", "multiply", 0.5), build.change("power_price", "add", 0.1),
        build.change("limits.capex", "multiply", 0.5),
        build.change("limits.capex", "multiply", 0.5, "S2"),
    )  # fmt: skip
    assert list(found) == ["S1", "S2"]
    assert found["S1"].is_applicable
    assert found["S1"].difference.readiness == {
        "U91": pytest.approx(-60), "U92": pytest.approx(-20)
    }  # fmt: skip
    assert len(found["S1"].changes) == 3
    assert not found["S2"].is_applicable


def test_dearer_capital_takes_more_of_the_same_limit(build, two, here, run):
    here = replace(here, limits=(build.cap("capex", 20),))
    found, base = run(here, two, build.change("capex", "multiply", 1.3))
    # Twice 8 and a tenth are within 20; twice 10.4 and a tenth are not.
    assert uses(base.first.placements) == ["U91", "U92"]
    assert uses(found["S1"].first) == ["U91"]
    assert found["S1"].second == ()
    assert found["S1"].difference.leaves == ("U92",)
    assert found["S1"].difference.capital == pytest.approx(10.4 - 16)
    assert found["S1"].difference.effects["jobs"] == pytest.approx(-15)


def test_fewer_jobs_halve_the_effect_and_the_value_of_the_same_projects(build, two, here, run):
    found, _ = run(here, two, build.change("jobs", "multiply", 0.5))
    change = found["S1"].difference
    assert uses(found["S1"].first) == ["U91", "U92"]
    assert not change.changes_programme
    # Of 15 and 20 jobs 7.5 and 10 are left, which a plan counts as 8 and 10 persons.
    assert (change.effects["jobs"], change.capital) == (18 - 35, 0)
    assert change.value == pytest.approx(-0.5)


def test_less_capacity_at_the_points_leaves_room_for_less(build, two, here, run):
    """Each use takes a connection of 2 MW of the 5 that there are; of 3.5 one can be had."""
    needs = {
        key: (*rows, build.need(key, "spare_grid_mw", 2, 4, 1))
        for key, rows in two.requirements.items()
    }
    known = replace(two, requirements=needs)
    found, base = run(here, known, build.change("spare_grid_mw", "multiply", 0.7))
    assert uses(base.first.placements) == ["U91", "U92"]
    assert uses(found["S1"].first) == ["U91"]


def test_a_dropped_use_leaves_list_and_programme_and_what_needs_it_goes_with_it(
    build, two, here, run
):
    known = replace(two, pairs=(build.pair("U92", "requires", "U91"),))
    found, _ = run(here, known, build.change("use:U91", "drop", ""))
    change = found["S1"].difference
    assert change.unlisted == ("U91",)
    assert change.lost_viability == ()
    assert set(change.leaves) == {"U91", "U92"}
    assert (found["S1"].first, found["S1"].second) == ((), ())


def test_the_law_of_another_day_is_the_law_that_is_applied(build, two, here, run):
    barred = build.rule("T-1", "personal_data", "prohibited", begins=date(2026, 1, 1))
    allowed = build.rule("T-2", "permissioned_blockchain", "permitted")
    open_ = build.rule("T-3", "personal_data", "permitted")
    uses = (two.uses[0], replace(two.uses[1], regulated_activities=("personal_data",)))
    known = replace(two, uses=uses, rules=(barred, allowed, open_))
    found, base = run(here, known, build.change("rules.as_of", "set", "2025-06-30"))
    assert base.core.readiness.shortlist["blockchain"] == ("U91",)
    change = found["S1"].difference
    assert change.law_changed == ("U92",)
    assert change.shortlisted == ("U92",)
    assert change.joins == ("U92",)


def test_the_draws_of_a_criterion_are_clamped_like_its_value(build, knowledge):
    region = build.region(figures={"renewable_share": build.fact(80, low=60, high=95, cell="B2")})
    changed, _, _ = applied(build.change("renewable_share", "add", 30), region, knowledge, DAY)
    use, need = build.use("U91"), build.need("U91", "renewable_share", 40, 60, 100)
    known = build.catalogue(knowledge, [use], [need])
    plain, more = (
        draw_parts(
            base.region, known, base.screening, base.readiness, Draws(1, 200, "here")
        ).values["U91", "renewable_share"]
        for base in (build.run(known, region), build.run(known, changed))
    )
    assert np.array_equal(more, np.minimum(plain + 30, 100))
    assert more.max() == 100


def test_every_shipped_scenario_runs_on_a_blank_region(build, knowledge):
    found = _run_all(build, knowledge, build.region())
    assert list(found) == list(dict.fromkeys(one.scenario_id for one in knowledge.scenarios))
    assert not found["SC07"].is_applicable
    # The factors of 2023 were published after the day of SC08; all else is blank.
    moving = {"SC05", "SC08"}
    assert all(one.difference.readiness == {} for key, one in found.items() if key not in moving)


@pytest.mark.parametrize(
    ("jurisdiction", "runs", "does_not"),
    [
        ("CN", {"SC08", "SC12", "SC14"}, {"SC15", "SC16"}),
        ("KZ", {"SC15"}, {"SC08", "SC12", "SC14", "SC16"}),
        ("US-TX", {"SC16"}, {"SC08", "SC12", "SC14", "SC15"}),
        ("DE", {"SC16"}, {"SC08", "SC12", "SC14", "SC15"}),
    ],
)
def test_scenarios_are_those_of_the_legal_order(build, knowledge, jurisdiction, runs, does_not):
    here = build.region(jurisdiction=jurisdiction, admin_code="")
    cut = within(knowledge, knowledge.lineage(jurisdiction))

    found = set(_run_all(build, cut, here))

    assert runs <= found
    assert not does_not & found


def test_what_does_not_exist_here_cannot_change(build, knowledge):
    rows = (
        build.change("hub_status", "set", 1, "S1"),
        build.change("use:U07", "drop", "", "S2"),
        build.change("use:U07", "drop", "", "S3"),
        build.change("power_price", "multiply", 2, "S3"),
    )
    cut = within(replace(knowledge, scenarios=rows), knowledge.lineage("US-TX"))
    here = build.region(jurisdiction="US-TX", admin_code="", power=[build.point(5, 0.4)])

    found = _run_all(build, cut, here)

    assert list(found) == ["S3"]
    assert [one.target for one in found["S3"].changes] == ["power_price"]


def _run_all(build, known, here):
    return {one.scenario_id: one for one in run_scenarios(outcome_of(build.run(known, here)))}


# --- fewer customers ------------------------------------------------------------------------------


def test_half_the_customers_halve_what_follows_them_and_no_money(cities):
    """Heze: 120 jobs at tenants and 0.51 MW of a store and a half, 376,035 people of three platforms."""
    (found,) = [one for one in cities["heze"].scenarios if one.scenario_id == "SC17"]
    moved = found.difference
    assert (moved.joins, moved.leaves, moved.resized) == ((), (), ())
    assert moved.effects["jobs"] == pytest.approx(-60.0)
    assert moved.effects["power"] == pytest.approx(-0.25)  # of 0.51, in hundredths
    # Counted in whole persons: 188,018 are left.
    assert moved.effects["served"] == -188_017
    assert moved.capital == 0.0


def test_no_second_store_is_built_while_nobody_has_counted_the_demand(cities):
    """A smaller plan leaves room and money for one more cold store, and no reason to build it."""
    for city in cities.values():
        for one in city.scenarios:
            uses = [placed.use_id for placed in (*one.first, *one.second)]
            assert uses.count("R05") <= 1
