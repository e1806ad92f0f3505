"""The programme of a region as `assess` gives it, at the edges of what a region can be."""

from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import assess


@pytest.fixture
def known(build, knowledge):
    """A hall that needs a site and a platform, both listed where the region has a backbone."""
    uses = [
        build.use("R90", "power_reuse", needs_site=True, **build.ranged((10, 10), (20, 20))),
        build.use("U90", gb4754_anchor=("C13",), **build.ranged((20, 40), (8, 12))),
    ]
    needs = [
        build.need("R90", "backbone_gbps", 1, 1, 80),
        build.need("R90", "usable_floor_m2", 100, 100, 20),
        build.need("U90", "backbone_gbps", 1, 1, 100),
    ]
    units = [
        build.unit_need(
            "R90", ["bank"], grid_mw_per_unit=4, mean_load_mw_per_unit=3, floor_m2_per_unit=1000,
            units_min=1, units_max=3,
        ),
        build.unit_need("U90", reach_share=0.5),
    ]  # fmt: skip
    made = build.catalogue(knowledge, uses, needs, units=units)
    return replace(made, pairs=(), risks=(), actions=(), procedures=(), scenarios=())


@pytest.fixture
def here(build):
    """A region where both may begin at once."""
    return build.region(
        connectivity=[build.link(10)], power=[build.point(40)],
        institutions=[build.institution("R90")], industry=[build.industry("C13", 40_000, None)],
        sites=[replace(build.site(mva=20, hall_m2=3000), former_use="industry")],
        limits=[build.cap("capex", 200)],
    )  # fmt: skip


@pytest.fixture
def plan(build, known):
    def of(region, knowledge=known):
        return assess(region, knowledge, build.TODAY, draws=50).programme

    return of


def weights(found):
    return {one.effect: one.weight for one in found.objectives}


THIRDS = {
    "jobs": pytest.approx(1 / 3),
    "power": pytest.approx(1 / 3),
    "served": pytest.approx(1 / 3),
}
HALVES = {"jobs": pytest.approx(1 / 2), "power": 0, "served": pytest.approx(1 / 2)}


def test_where_all_is_there_both_begin_at_once(plan, here):
    found = plan(here)

    assert (found.first.uses, found.second.uses) == (("U90", "R90"), ())
    assert weights(found) == THIRDS
    assert found.first.effects["power"] == pytest.approx(9)
    # Half of 40,000: 20,000 people, ln 2 / ln 50 of the way from 20 to 40 jobs, in whole persons.
    assert found.first.effects["served"] == pytest.approx(20_000)
    assert pytest.approx(23.5436) == 20 + 20 * 0.17718
    assert [one.effects["jobs"] for one in found.first.projects] == [24, 30]
    assert found.first.effects["jobs"] == 24 + 30


def test_without_a_site_power_reuse_has_no_value_and_its_weight_is_shared_out(plan, here):
    found = plan(replace(here, sites=()))

    assert (found.first.uses, found.second.uses) == (("U90",), ())
    assert found.candidates["R90"].value_alone == 0
    assert weights(found) == HALVES


def test_a_site_that_hosts_nothing_is_like_none(plan, here, known, build):
    hard = (
        build.need("R90", "backbone_gbps", 1, 1, 80),
        build.need("R90", "usable_floor_m2", 5000, 5000, 20),
    )
    barred = replace(hard[1], hard_minimum=True)
    needs = {**known.requirements, "R90": (hard[0], barred)}

    found = plan(here, replace(known, requirements=needs))

    assert found.first.uses == ("U90",)
    assert weights(found) == HALVES


def test_a_use_that_needs_no_site_begins_without_one(plan, here, known):
    free = tuple(replace(use, needs_site=None if use.category == "blockchain" else False)
                 for use in known.uses)  # fmt: skip

    needs = {**known.requirements, "R90": known.requirements["R90"][:1]}

    found = plan(replace(here, sites=()), replace(known, uses=free, requirements=needs))

    assert found.first.uses == ("U90", "R90")
    assert [one.place.number for one in found.first.projects] == [None, None]


def test_where_nothing_is_ready_all_waits_and_says_for_what(plan, here, known, build):
    needs = {
        **known.requirements,
        "U90": (
            build.need("U90", "backbone_gbps", 1, 1, 80), build.need("U90", "pue", 1.5, 1.2, 20)
        ),
    }  # fmt: skip

    found = plan(replace(here, institutions=()), replace(known, requirements=needs))

    assert found.first.projects == ()
    assert found.firmness.capital is None
    assert found.second.uses == ("U90", "R90")
    kinds = {one.use_id: [item.kind for item in one.preconditions] for one in found.second.projects}
    assert kinds == {"U90": ["unknown"], "R90": ["signature"]}


def test_without_a_shortlist_there_is_no_programme(plan, here):
    found = plan(replace(here, connectivity=()))

    assert (found.candidates, found.projects) == ({}, ())
    assert [(one.attainable, one.weight) for one in found.objectives] == [(0, 0)] * 3
    assert [one.kind for one in found.alternatives] == ["nothing"]


@pytest.mark.parametrize("has_limit", [True, False])
def test_without_a_usable_money_limit_there_is_a_plan_and_no_chance_of_keeping_to_it(
    plan, here, build, has_limit
):
    limits = (build.cap("capex", 5),) if has_limit else ()
    # Without a rate the limit is in a money that nobody can compare.
    blank = replace(here.cny_per_unit, value=None, low=None, high=None)
    region = replace(here, limits=limits, currency="KZT", cny_per_unit=blank)

    found = plan(region)

    assert not found.has_money_limit
    assert found.unusable_limits == (("capex",) if has_limit else ())
    assert found.first.uses == ("U90", "R90")
    capital = found.firmness.capital
    assert capital.p10 <= capital.p50 <= capital.p90
    assert capital.within is None


def test_without_industry_data_nobody_is_reached_and_platforms_stand_at_the_low_end(plan, here):
    found = plan(replace(here, industry=()))

    assert weights(found) == {"jobs": pytest.approx(0.5), "power": pytest.approx(0.5), "served": 0}
    (chain,) = (one for one in found.first.projects if one.use_id == "U90")
    assert (chain.capital.value, chain.jobs.value) == (8, 20)


def test_unknown_capital_is_not_chosen(plan, here, known):
    blank = tuple(
        replace(use, capex_cny_m_low=None) if use.use_id == "U90" else use for use in known.uses
    )

    found = plan(here, replace(known, uses=blank))

    assert found.candidates["U90"].capital.value is None
    assert (found.first.uses, found.second.uses) == (("R90",), ())


def test_unknown_jobs_are_none(plan, here, known):
    blank = tuple(replace(use, jobs_fte_low=None, jobs_fte_high=None) for use in known.uses)

    found = plan(here, replace(known, uses=blank))

    assert found.first.effects["jobs"] == 0
    assert weights(found) == {"jobs": 0, "power": pytest.approx(0.5), "served": pytest.approx(0.5)}


def test_limits_and_estimates_of_another_currency_count_at_its_rate(plan, here, build):
    """Three halls for 60 and a platform for 10 take 77 with contingency: 11 million at 7."""
    own = (build.own_figures("U90", capex=10 / 7),)
    dollars = replace(here, currency="USD", cny_per_unit=build.fact(7.0), estimates=own)

    enough = plan(replace(dollars, limits=(build.cap("capex", 11),)))
    short = plan(replace(dollars, limits=(build.cap("capex", 10.9),)))

    assert [(one.use_id, one.size) for one in enough.first.projects] == [("U90", 1), ("R90", 3)]
    assert enough.first.capital == pytest.approx(70)
    assert [(one.use_id, one.size) for one in short.first.projects] != [("U90", 1), ("R90", 3)]
    assert short.first.capital * 1.1 <= 10.9 * 7


def test_doing_nothing_is_nought(plan, here):
    (nothing,) = (one for one in plan(here).alternatives if one.kind == "nothing")

    assert (nothing.placements, nothing.capital, nothing.value) == ((), 0, 0)
    assert set(nothing.effects.values()) == {0}


def test_a_sheet_may_name_a_use_outside_its_legal_order(plan, here, build, known):
    """What its order does not know is in no list and no programme."""
    elsewhere = replace(known.uses[1], use_id="U91", jurisdictions=("KZ",))
    row = replace(known.needs["U90"], use_id="U91")
    more = replace(
        known, uses=(*known.uses, elsewhere), needs={**known.needs, "U91": row},
        requirements={**known.requirements, "U91": (build.need("U91", "backbone_gbps", 1, 1, 100),)},
    )  # fmt: skip
    named = replace(here, estimates=(build.own_figures("U91", capex=1, jobs=999),))

    found = plan(named, more)

    assert "U91" not in found.candidates
    assert found.first.uses == ("U90", "R90")


def test_of_sites_that_serve_the_first_wave_alike_those_are_taken_that_leave_the_second_most(
    cities,
):
    """In Changzhi the first of the sites would do as well, and leave no room for the second wave.

    It is open to the first wave only once the load that nobody explains is explained; and the limit
    of money, which makes the second wave smaller, would hide it.
    """
    for city in cities.values():
        assert city.programme.swap is None or city.programme.swap.gain <= 0
    found = cities["changzhi"]
    load = found.region.figures["unexplained_load_mw"]
    figures = {**found.region.figures, "unexplained_load_mw": replace(load, value=0.0)}
    limits = tuple(
        replace(row, amount=replace(row.amount, value=2 * row.amount.value))
        if row.resource == "capex"
        else row
        for row in found.region.limits
    )
    explained = replace(found.region, figures=figures, limits=limits)
    assert assess(explained, found.knowledge, date(2026, 11, 28)).programme.swap.gain < 0


def test_nothing_begins_at_a_former_mine_before_a_load_is_explained(cities):
    """The project there waits, the task to find out comes first, and its other tasks after that."""
    found = cities["changzhi"]
    held = {
        one.use_id
        for one in found.programme.second.projects
        if any(part.kind == "load" for part in one.preconditions)
    }
    assert held
    mines = {number for number, one in enumerate(found.region.sites) if one.former_use == "mining"}
    assert not any(one.place.number in mines for one in found.programme.first.projects)
    tasks = found.action_plan.actions
    (finding,) = [one for one in tasks if any(cause.kind == "waits" for cause in one.causes)]
    others = [one for one in tasks if one is not finding and one.because.uses]
    own = [one for one in others if held.issuperset(one.because.uses)]
    assert own
    assert all(one.start_month >= finding.end_month for one in own)
