"""The first wave that keeps to the limit of money at its upper ends; power, heat and demand by project."""

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.model import Estimate, Fact, Origin


def held(city):
    return [one for one in city.programme.alternatives if one.kind == "within_limit"]


def upper(placements, city, knowledge):
    """All upper ends of capital together, a common platform included, CNY m."""
    known = city.programme.candidates
    ends = {one.use_id: known[one.use_id].capital.high * one.size for one in placements}
    shared = [key for key in ends if knowledge.needs[key].on_shared_platform]
    own = sum(ends[key] for key in shared)
    base = knowledge.assumed("platform_base_high")
    common = min(own, base + knowledge.assumed("platform_keep") * own)
    return sum(ends.values()) - own + common


def test_the_plan_within_the_limit_is_the_proposal_with_its_dearest_project_smaller(
    dear, knowledge
):
    city = dear["heze"]
    plan, (one,) = city.programme, held(city)
    assert plan.first.capital_range[1] > plan.money_limit
    assert upper(plan.first.projects, city, knowledge) == pytest.approx(plan.first.capital_range[1])
    # The upper ends with contingencies keep to the limit, as a ceiling for building must.
    whole = 1 + knowledge.assumed("contingency")
    assert one.upper == pytest.approx(upper(one.placements, city, knowledge))
    assert one.upper * whole <= plan.money_limit
    assert one.loss == pytest.approx(plan.first.value - one.value)
    assert one.loss > 0
    *kept, store = one.placements
    assert [(each.use_id, each.size) for each in kept] == [
        (each.use_id, each.size) for each in plan.first.projects[:-1]
    ]
    assert (store.use_id, store.place) == ("R05", plan.first.projects[-1].place)
    # A tenth of a unit more would pass the limit.
    grown = [*kept, replace(store, size=store.size + 0.1)]
    assert upper(grown, city, knowledge) * whole > plan.money_limit
    # What is smaller brings less in proportion.
    share = store.size / plan.first.projects[-1].size
    assert one.effects["power"] == pytest.approx(plan.first.effects["power"] * share)


def test_where_no_size_keeps_to_the_limit_other_projects_do(cities, knowledge):
    city = cities["heze"]
    amounts = [replace(row, amount=replace(row.amount, value=row.amount.value / 3))
               if row.resource == "capex" else row for row in city.region.limits]  # fmt: skip
    again = assess(
        replace(city.region, limits=tuple(amounts)), knowledge, city.screening.as_of, draws=50
    )
    whole = 1 + knowledge.assumed("contingency")
    for one in held(again):
        assert one.upper * whole <= again.programme.money_limit


def test_a_proposal_within_the_limit_at_its_upper_end_has_no_other_beside_it(cities):
    assert held(cities["qingdao"]) == []


@pytest.fixture
def selling(cities, knowledge):
    """Heze anew, its cold store selling heat, with these columns of its row of estimates."""

    def of(**columns):
        need = replace(
            knowledge.needs["R05"], heat_per_power_low=1.0, heat_per_power_high=4.0,
            demand_per_unit=100.0,
        )  # fmt: skip
        known = replace(knowledge, needs={**knowledge.needs, "R05": need})
        region = cities["heze"].region
        row = _row(**columns)
        again = assess(
            replace(region, estimates=(row,)), known, cities["heze"].screening.as_of, draws=50
        )
        return next(one for one in again.programme.projects if one.use_id == "R05"), again

    return of


def _row(**columns):
    blank = Fact(None, "")
    given = {name: Fact(value, "") for name, value in columns.items()}
    return Estimate(Origin("f"), "R05", blank, blank, blank, blank, **given)


def test_heat_costs_its_power_over_what_a_unit_of_power_gives(selling):
    """CNY 0.6 a kWh."""
    one, _ = selling(heat_tariff=0.25)
    assert one.heat_cost == pytest.approx((150.0, 600.0))
    assert one.heat_tariff == pytest.approx(250.0)


def test_a_size_keeps_to_the_demand_that_the_region_counts(selling):
    """120 for a need of 100 a unit; 1.5 units would fit."""
    one, city = selling(demand=120.0)
    assert one.size == pytest.approx(1.2)
    assert one.bound.kind == "demand"
    assert selling()[0].size == pytest.approx(1.5)
    assert city.programme.candidates["R05"].fits[0].full == pytest.approx(1.2)
