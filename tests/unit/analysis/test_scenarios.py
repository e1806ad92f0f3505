"""Scenarios: one change at a time, over the same draws as the base case."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from generator.analysis.choice import choice_of
from generator.analysis.portfolio import chosen

from generator.analysis import core
from generator.analysis.draws import Draws
from generator.analysis.robustness import vary
from generator.analysis.scenarios import applied, run_scenarios
from generator.analysis.scope import within
from generator.analysis.screening import lineage
from generator.model import Difference

DAY = date(2026, 11, 21)
UNCHANGED = Difference((), (), (), (), (), {}, (), (), 0.0)


@pytest.fixture
def run(build):
    """Every scenario of a catalogue for a region, by id, with the base run and its robustness."""

    def of(here, known, *changes, draws=60):
        known = replace(known, scenarios=changes)
        base = core.run(here, known, build.TODAY)
        selected = chosen(choice_of(base))
        chance = Draws(1, draws, here.code)
        robust, parts, _ = vary(base, chance)
        every = run_scenarios(base, selected, parts, chance)
        return {one.scenario_id: one for one in every}, base, robust

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
    rows = [build.institution("U91") for _ in range(signed)]
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
    found, _, _ = run(here, two, build.change("limits.capex", "multiply", 0.5))
    assert not found["S1"].is_applicable
    assert found["S1"].difference == UNCHANGED


def test_a_limit_without_an_amount_is_not_changed(build, two, here, run):
    here = replace(here, limits=(build.cap("capex", None),))
    found, _, _ = run(here, two, build.change("limits.capex", "multiply", 0.5))
    assert not found["S1"].is_applicable


def test_a_scenario_that_drops_what_is_not_in_the_catalogue_is_not_run(build, two, here, run):
    found, _, _ = run(here, two, build.change("use:U04", "drop", ""))
    assert found == {}


@pytest.mark.parametrize("target", ["power_prise", "limit.capex", "payback", "rules.until"])
def test_a_target_that_nothing_has_is_refused(build, knowledge, target):
    with pytest.raises(ValueError, match=f"nothing is called {target}"):
        applied(build.change(target, "multiply", 2), build.region(), knowledge, DAY)


# --- what follows from it -------------------------------------------------------------------------


def test_every_operation_reaches_the_draws(build, two, here, run):
    """At a fixed price of 0.9 the drawn readiness of U92 is 20 in every draw: never shortlisted."""
    found, base, robust = run(here, two, build.change("power_price", "set", 0.9))
    assert base.readiness.uses["U92"].low == pytest.approx(80)
    shares = {one.use_id: one for one in robust.order("benefit", "blockchain").uses}
    assert shares["U92"].p_shortlisted > 0.9
    assert "U92" not in found["S1"].p_shortlisted
    assert found["S1"].shortlist["blockchain"] == ("U91",)
    assert found["S1"].difference.readiness == {"U92": pytest.approx(20 - 80)}
    assert found["S1"].difference.left == ("U92",)
    assert found["S1"].difference.lost_viability == ()


@pytest.mark.parametrize(
    ("target", "operation", "value"),
    [("power_price", "multiply", 1), ("dev_fte", "add", 0), ("capex", "multiply", 1),
     ("jobs", "multiply", 1), ("B03", "multiply", 1), ("pue", "at_most", 9),
     ("rules.as_of", "set", "2026-11-21")],
)  # fmt: skip
def test_a_scenario_that_changes_nothing_gives_exactly_the_base_case(
    build, two, here, run, target, operation, value
):
    found, base, robust = run(here, two, build.change(target, operation, value))
    order = robust.order("benefit", "blockchain")
    assert found["S1"].p_first == {one.use_id: one.p_first for one in order.uses}
    assert found["S1"].p_shortlisted == {one.use_id: one.p_shortlisted for one in order.uses}
    assert found["S1"].shortlist == base.readiness.shortlist
    assert found["S1"].difference == UNCHANGED
    # No use here asks for a PUE, so that there is none to change.
    assert found["S1"].is_applicable == (target != "pue")
    assert min(found["S1"].p_first.values()) > 0


def test_losing_staff_takes_viability_place_and_portfolio(build, two, here, run):
    found, base, _ = run(here, two, build.change("dev_fte", "multiply", 0.5))
    change = found["S1"].difference
    # 16 developers are 60 % of the way from 10 to 20; 8 are below the hard minimum.
    assert change.readiness == {"U91": pytest.approx(-60)}
    assert (change.lost_viability, change.left, change.removed) == (("U91",), ("U91",), ("U91",))
    assert change.benefit == pytest.approx(-base.benefit.uses["U91"].low)
    assert (change.entered, change.became_viable, change.added, change.law_changed) == ((),) * 4
    assert found["S1"].selected == ("U92",)
    assert found["S1"].first == {"blockchain": "U92"}
    assert found["S1"].p_first == {"U92": found["S1"].p_shortlisted["U92"]}


def test_rows_of_one_scenario_act_together_and_one_that_cannot_does_no_harm(build, two, here, run):
    found, _, _ = run(
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
    here = replace(here, limits=(build.cap("capex", 25),))
    dearer = build.change("capex", "multiply", 1.3)
    found, base, _ = run(here, two, dearer)
    # Middles 10 and 15 fit 25 together; 13 and 19.5 do not.
    assert set(chosen(choice_of(base))) == {"U91", "U92"}
    assert len(found["S1"].selected) == 1
    changed, _, _ = applied(dearer, here, two, DAY)
    again = choice_of(core.run(changed, two, DAY))
    capital = dict(zip(again.ids, again.needs[:, 0], strict=True))
    assert capital == {"U91": pytest.approx(13), "U92": pytest.approx(19.5)}
    assert again.capacity[0] == 25


def test_fewer_jobs_and_longer_payback_change_the_values_behind_the_benefit(
    build, two, here, knowledge
):
    values = {}
    for name, change in {
        "base": build.change("power_price", "multiply", 1),
        "jobs": build.change("jobs", "multiply", 0.5),
        "payback": build.change("B03", "multiply", 2),
        "capex": build.change("capex", "multiply", 2),
    }.items():
        changed, _, _ = applied(change, here, two, DAY)
        parts = core.run(changed, two, DAY).benefit.uses["U91"].parts
        values[name] = {part.benefit_id: part.fact.value for part in parts}
    # Jobs 20 to 40, capital 8 to 12, payback 4 years.
    assert values["base"]["B01"] == pytest.approx(3)
    assert (values["base"]["B02"], values["base"]["B03"]) == (30, 4)
    assert values["jobs"] == {**values["base"], "B01": pytest.approx(1.5), "B02": 15}
    assert values["payback"] == {**values["base"], "B03": 8}
    assert values["capex"] == {**values["base"], "B01": pytest.approx(1.5)}
    assert knowledge.benefits["B03"].direction == "lower_better"


def test_a_benefit_that_changes_moves_the_score_by_its_weight(build, two, here, run):
    """U91's payback of 4 years lies between the anchors 3.5 and 6.5; 8 years are worth nothing."""
    found, base, _ = run(here, two, build.change("B03", "multiply", 2))
    weight = base.benefit.weights["blockchain"]["B03"]
    lost = 2 * weight * (6.5 - 4) / (6.5 - 3.5)
    assert found["S1"].difference.benefit == pytest.approx(-lost)
    assert found["S1"].difference.readiness == {}


def test_a_dropped_use_leaves_list_and_portfolio_and_what_needs_it_is_kept_out(
    build, two, here, run
):
    known = replace(two, pairs=(build.pair("U92", "requires", "U91"),))
    found, _, _ = run(here, known, build.change("use:U91", "drop", ""))
    change = found["S1"].difference
    assert change.left == ("U91",)
    assert change.lost_viability == ()
    assert set(change.removed) == {"U91", "U92"}
    assert found["S1"].selected == ()
    assert found["S1"].shortlist["blockchain"] == ("U92",)


def test_the_law_of_another_day_is_the_law_that_is_applied(build, two, here, run):
    barred = build.rule("T-1", "personal_data", "prohibited", begins=date(2026, 1, 1))
    allowed = build.rule("T-2", "permissioned_blockchain", "permitted")
    open_ = build.rule("T-3", "personal_data", "permitted")
    uses = (two.uses[0], replace(two.uses[1], regulated_activities=("personal_data",)))
    known = replace(two, uses=uses, rules=(barred, allowed, open_))
    found, base, _ = run(here, known, build.change("rules.as_of", "set", "2025-06-30"))
    assert base.readiness.shortlist["blockchain"] == ("U91",)
    change = found["S1"].difference
    assert change.law_changed == ("U92",)
    assert change.entered == ("U92",)
    assert change.added == ("U92",)


def test_the_draws_of_a_criterion_are_clamped_like_its_value(build, knowledge):
    region = build.region(figures={"renewable_share": build.fact(80, low=60, high=95, cell="B2")})
    changed, _, _ = applied(build.change("renewable_share", "add", 30), region, knowledge, DAY)
    use, need = build.use("U91"), build.need("U91", "renewable_share", 40, 60, 100)
    known = build.catalogue(knowledge, [use], [need])
    plain, more = (
        vary(core.run(one, known, DAY), Draws(1, 200, "here"))[1].values["U91", "renewable_share"]
        for one in (region, changed)
    )
    assert np.array_equal(more, np.minimum(plain + 30, 100))
    assert more.max() == 100


def test_every_shipped_scenario_runs_on_a_blank_region(build, knowledge):
    base, chance = core.run(build.region(), knowledge, build.TODAY), Draws(1, 10, "here")
    _, parts, _ = vary(base, chance)
    found = {one.scenario_id: one for one in run_scenarios(base, (), parts, chance)}
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
    cut = within(knowledge, lineage(jurisdiction, knowledge))

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
    cut = within(replace(knowledge, scenarios=rows), lineage("US-TX", knowledge))
    here = build.region(jurisdiction="US-TX", admin_code="", power=[build.point(5, 0.4)])

    found = _run_all(build, cut, here)

    assert list(found) == ["S3"]
    assert [one.target for one in found["S3"].changes] == ["power_price"]


def _run_all(build, known, here):
    base, chance = core.run(here, known, build.TODAY), Draws(1, 10, "here")
    _, parts, _ = vary(base, chance)
    return {one.scenario_id: one for one in run_scenarios(base, (), parts, chance)}
