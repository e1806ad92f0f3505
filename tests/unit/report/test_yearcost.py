"""What a year costs: power and the total with it, wages, heat beside its tariff, demand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.model import Label
from generator.report.answer import answer
from generator.report.decisions import decisions_asked
from generator.report.demand import uncounted
from generator.report.firmness import firmness_fields
from generator.report.heat import heat_lines
from generator.report.otherplans import held_line
from generator.report.projects import priced_rows
from generator.report.sheets import sheet_rows
from generator.report.spending import money_fields, over_line
from generator.report.voice import Voice
from generator.report.yearcost import payroll_line, power_told, wages_line


@pytest.fixture
def heated(cities, knowledge, texts):
    """Heze with its cold store as if it sold heat at this tariff (CNY a MWh), and English for it."""

    def of(tariff):
        need = replace(
            knowledge.needs["R05"], heat_per_power_low=1.0, heat_per_power_high=4.0,
            demand=Label((("en", "lorries a day"),)), demand_per_unit=100.0,
        )  # fmt: skip
        known = replace(knowledge, needs={**knowledge.needs, "R05": need})
        city, voice = cities["heze"], Voice(texts, "en", known)
        projects = tuple(
            replace(one, heat_cost=(150.0, 600.0), heat_tariff=tariff)
            if one.use_id == "R05"
            else one
            for one in city.programme.first.projects
        )
        plan = replace(city.programme, first=replace(city.programme.first, projects=projects))
        return replace(city, programme=plan, knowledge=known), voice

    return of


def test_a_project_that_draws_power_shows_it_in_its_yearly_cost(cities, english):
    """0.51 MW round the clock at CNY 0.6 a kWh."""
    city = cities["heze"]
    (store,) = [one for one in city.programme.projects if one.use_id == "R05"]
    assert store.power_cost == pytest.approx(0.51 * 8.76 * 0.6)
    rows = priced_rows([city.programme.first], city, english).rows[0]
    assert rows[-1]["running_cost"] == "6.58–10.5 (power 2.68)"
    # Platforms stand in halls whose power nobody counts.
    assert "power" not in rows[0]["running_cost"]


@pytest.mark.parametrize(
    ("costs", "told"),
    [
        ((0.0,), "power apart"),
        ((0.0, 2.0), "power of about CNY 2 million included"),
        ((None,), "power apart, its price not given"),
        ((None, 2.0), "power of about CNY 2 million included, more where its price is not given"),
    ],
)
def test_a_yearly_cost_says_whether_power_is_in_it(cities, english, costs, told):
    (one, *_) = cities["heze"].programme.projects
    projects = [replace(one, power_cost=cost) for cost in costs]
    assert power_told(projects, english) == told


def test_a_running_cost_says_whose_wages_it_holds(cities, english):
    city = cities["heze"]
    sheets = {row["id"]: row["running"] for row in sheet_rows(city, english)}
    assert sheets["U01"].endswith(" with wages")
    assert " without the wages of tenants’ staff and power of about " in sheets["R05"]
    projects = city.programme.projects
    assert wages_line(projects, english).endswith("not tenants’ staff")
    # Of data work the catalogue says that running cost is mostly wages.
    labelling = replace(projects[-1], use_id="R15")
    assert wages_line([labelling], english).endswith("tenants’ and clients’ staff too")


@pytest.mark.parametrize(
    ("tariff", "told"),
    [
        (100.0, "above the heat tariff of CNY 100 before capital"),
        (300.0, "the tariff of CNY 300 lies between the two"),
        (700.0, "below the heat tariff of CNY 700"),
    ],
)
def test_power_for_heat_stands_beside_the_tariff(heated, tariff, told):
    city, voice = heated(tariff)
    (line,) = heat_lines("money.heat", city, voice)
    assert "CNY 600 by electric boiler (CNY 167 a GJ), CNY 150 by heat pump" in line
    assert told in line
    assert voice.say("value.tariff") not in _asked(city, voice)


def test_a_tariff_and_a_demand_that_nobody_gives_are_asked_for(heated):
    city, voice = heated(None)
    (line,) = heat_lines("money.heat", city, voice)
    assert "is asked of the trade authority by March 2027" in line
    facts = money_fields(city, voice)["facts"].rows
    assert any(line in row.cells["text"].text for row in facts)
    assert {
        voice.say("value.tariff"),
        "lorries a day at Cold storage and food logistics",
    } <= _asked(city, voice)
    (store,) = [one for one in city.programme.projects if one.use_id == "R05"]
    assert uncounted("value.demand_now", store, city, voice) == (
        "not given; the size would serve about 150"
    )


def _asked(city, voice):
    return {row["value"] for row in firmness_fields(city, voice)["measured"]}


def test_a_first_wave_over_the_limit_at_its_upper_end_names_the_plan_that_is_not(cities, english):
    city = cities["heze"]
    line = over_line("funding.over", city, english)
    # What it is without contingencies stands in the answer above.
    told = answer("summary.answer", city, english)
    assert (
        "the limit is CNY 150 million, which the upper end passes by CNY 26.4 million, and by"
        in told
    )
    assert "With 10% for contingencies its upper end is CNY 44 million over the limit: " in line
    # Its upper end, CNY 131.3 million, and 10% more are CNY 144.5 million; a tenth of a unit more
    # of the store would make them 154.
    assert (
        "plan B is advised: CNY 94.5 million in the middle, within the limit with contingencies, "
        "40 fewer full-time jobs, 0.17 MW less"
    ) in held_line(decisions_asked(city, english), city, english)
    other = cities["qingdao"]
    assert held_line(decisions_asked(other, english), other, english) == ""
    assert over_line("funding.over", cities["qingdao"], english) == ""


def test_a_sheet_says_what_it_must_earn_and_what_half_the_tenants_do(cities, english):
    """CNY 18.04 million for 75,000 m³ (8 years, middle of both ranges); half of it: 30.8 years."""
    sheets = {row["id"]: row["payback"] for row in sheet_rows(cities["heze"], english)}
    assert sheets["R05"].startswith(
        "6–10 years; at 8 years, the middle, it must earn CNY 18 million a year, power apart, or "
        "CNY 241 a year for each m³; prices on file stay below that: CNY 104 to 125 ("
    )
    assert sheets["R05"].endswith(
        "with 50% of the customers at the price needed: back after 31 years"
    )


def test_jobs_that_running_cost_cannot_pay_are_told(cities, english):
    """80 jobs at CNY 96,793, the middle wage, take 7.7 million; 6.45 million buy 67 of them."""
    city = cities["heze"]
    told = payroll_line("programme.payroll", city, english)
    assert "running cost pays at most 67 of the 80 people" in told
    assert "who employs the other 13" in told
    assert told.endswith("count at most 67.")
    rolls = [one.payroll for one in city.programme.projects if one.payroll]
    assert round(sum(roll.paid for roll in rolls)) == 67
    # Where wages are low enough, nothing is said.
    low = replace(city.programme.first.projects[0].payroll, paid=49.43)
    fine = tuple(
        replace(one, payroll=low and replace(low, paid=one.jobs.value)) if one.payroll else one
        for one in city.programme.first.projects
    )
    plan = replace(city.programme, first=replace(city.programme.first, projects=fine))
    assert payroll_line("programme.payroll", replace(city, programme=plan), english) == ""
