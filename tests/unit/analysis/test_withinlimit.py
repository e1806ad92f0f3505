"""The first wave that keeps to the limit of money at its upper ends; power, heat and demand by project."""

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.model import Estimate, Fact, Origin


def upper(placements, city, knowledge):
    """All upper ends of capital together, a common platform included, CNY m."""
    known = city.programme.candidates
    ends = {one.use_id: known[one.use_id].capital.high * one.size for one in placements}
    shared = [key for key in ends if knowledge.needs[key].on_shared_platform]
    own = sum(ends[key] for key in shared)
    base = knowledge.assumed("platform_base_high")
    common = min(own, base + knowledge.assumed("platform_keep") * own)
    return sum(ends.values()) - own + common


def limited(city, share):
    """A city anew with another limit of money, a share of its own."""
    amounts = [replace(row, amount=replace(row.amount, value=row.amount.value * share))
               if row.resource == "capex" else row for row in city.region.limits]  # fmt: skip
    region = replace(city.region, limits=tuple(amounts))
    return assess(region, city.knowledge, city.screening.as_of, draws=50)


def test_a_first_wave_over_the_limit_is_proposed_with_its_dearest_project_smaller(dear, knowledge):
    city = dear["heze"]
    plan, chosen = city.programme, city.programme.larger
    # The upper ends with contingencies keep to the limit, as a ceiling for building must.
    whole = 1 + knowledge.assumed("contingency")
    assert upper(plan.first.projects, city, knowledge) == pytest.approx(plan.first.capital_range[1])
    assert plan.first.capital_range[1] * whole <= plan.money_limit < chosen.upper * whole
    *kept, store = plan.first.projects
    assert [(each.use_id, each.size) for each in kept] == [
        (each.use_id, each.size) for each in chosen.first[:-1]
    ]
    assert (store.use_id, store.place) == ("R05", chosen.first[-1].place)
    # A tenth of a unit more would pass the limit.
    grown = [*kept, replace(store, size=store.size + 0.1)]
    assert upper(grown, city, knowledge) * whole > plan.money_limit
    # What is smaller brings less in proportion.
    share = store.size / chosen.first[-1].size
    assert plan.first.effects["power"] == pytest.approx(chosen.first_effects["power"] * share)
    assert plan.first.value < chosen.value
    (money,) = [one for one in plan.limits if one.resource == "capex"]
    assert money.next_extra == pytest.approx(chosen.upper * whole - plan.money_limit)


def test_a_second_wave_keeps_to_what_the_first_leaves_at_its_upper_end(dear, knowledge):
    city = dear["changzhi"]
    plan, chosen = city.programme, city.programme.larger
    whole = 1 + knowledge.assumed("contingency")
    both = plan.first.capital_range[1] + plan.second.capital_range[1]
    assert both * whole <= plan.money_limit < chosen.upper * whole
    assert [one.size for one in plan.first.projects] == [one.size for one in chosen.first]
    (hall,), (larger,) = plan.second.projects, chosen.second
    assert (hall.use_id, hall.place) == (larger.use_id, larger.place)
    assert hall.size < larger.size
    assert (both + 0.1 * hall.capital.high / hall.size) * whole > plan.money_limit


def test_nothing_follows_a_first_wave_that_takes_the_limit_at_its_upper_end(dear, knowledge):
    """What the middle of costs leaves would pay a battery that the upper end does not."""
    plan = dear["heze"].programme
    assert plan.second.projects == ()
    whole = 1 + knowledge.assumed("contingency")
    assert plan.money_limit - plan.first.capital * whole > 40


def test_where_no_size_keeps_to_the_limit_the_wave_stays_and_other_projects_are_told(
    dear, knowledge
):
    again = limited(dear["heze"], 0.45)
    plan, whole = again.programme, 1 + knowledge.assumed("contingency")
    held = [one for one in plan.alternatives if one.kind == "within_limit"]
    is_over = plan.first.capital_range[1] * whole > plan.money_limit
    assert is_over == bool(held)
    for one in held:
        assert one.upper * whole <= plan.money_limit


def test_other_first_waves_keep_to_the_limit_as_the_proposal_does(dear, knowledge):
    whole = 1 + knowledge.assumed("contingency")
    for city in dear.values():
        plan = city.programme
        assert plan.first.capital_range[1] * whole <= plan.money_limit
        for one in plan.alternatives:
            assert one.upper * whole <= plan.money_limit


def test_a_proposal_within_the_limit_at_its_upper_end_has_no_larger_one_beside_it(dear):
    plan = dear["qingdao"].programme
    assert plan.larger is None
    assert not any(one.kind == "within_limit" for one in plan.alternatives)


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
    """90 for a need of 100 a unit; without a count it is the full unit and a half that the hall holds."""
    one, city = selling(demand=90.0)
    assert one.size == pytest.approx(0.9)
    assert one.bound.kind == "demand"
    assert selling()[0].size == pytest.approx(1.5)
    assert city.programme.candidates["R05"].fits[0].full == pytest.approx(0.9)
