"""What a year costs: power and the total with it, wages, heat beside its tariff, demand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.model import Label
from generator.report.decisions import decisions_asked
from generator.report.demand import uncounted
from generator.report.earnings import budget_lines, gap_told, priced_line
from generator.report.firmness import firmness_fields
from generator.report.heat import heat_lines
from generator.report.otherplans import held_line
from generator.report.projects import priced_rows
from generator.report.prospect import money_line
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
    assert rows[-1]["running_cost"] == "5.02–7.36 (power 2.68)"
    # Platforms stand in halls whose power nobody counts.
    assert "power" not in rows[0]["running_cost"]


@pytest.mark.parametrize(
    ("costs", "told"),
    [
        ((0.0,), "no power counted"),
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
    (store,) = [one for one in projects if one.use_id == "R05"]
    labelling = replace(store, use_id="R15")
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


def test_a_size_that_keeps_to_the_limit_names_the_larger_and_the_money_that_it_takes(dear, english):
    city = dear["heze"]
    assert money_line(city, english) == ""
    assert over_line("funding.over", city, english) == ""
    # At 75,000 m³ the upper end, CNY 176.3 million, and 10% more are CNY 194 million.
    assert (
        "at 75,000 m³ (plan B) it would bring 40 more full-time jobs, 0.17 MW more in use, but "
        "CNY 44 million more must be found first"
    ) in held_line(decisions_asked(city, english), city, english)
    # Of the second wave the table of plans tells it.
    for other in (dear["qingdao"], dear["changzhi"]):
        assert held_line(decisions_asked(other, english), other, english) == ""


@pytest.fixture
def over(dear):
    """Heze, whose first wave no size keeps to the limit of money."""
    city = dear["heze"]
    limits = tuple(
        replace(one, limit=100.0) if one.resource == "capex" else one
        for one in city.programme.limits
    )
    return replace(city, programme=replace(city.programme, limits=limits))


def test_a_first_wave_that_no_size_keeps_to_the_limit_says_by_how_much_it_is_over(over, english):
    """CNY 131.3 million, and 144.5 with contingencies."""
    # What it is without contingencies stands under the answer.
    assert money_line(over, english) == (
        "At its upper end capital passes the limit by CNY 31.4 million, and by CNY 44.5 million "
        "with 10% for contingencies."
    )
    line = over_line("funding.over", over, english)
    assert "With 10% for contingencies its upper end is CNY 44.5 million over the limit: " in line
    assert line.endswith("otherwise Cold storage and food logistics waits.")


def test_a_sheet_says_what_it_must_earn_and_what_half_the_tenants_do(cities, english):
    """CNY 7.4 million for 75,000 m³ (15 years, the longest on file), which prices on file pay when all is let."""
    sheets = {row["id"]: row["payback"] for row in sheet_rows(cities["heze"], english)}
    assert sheets["R05"].startswith(
        "8–15 years; to be back within 15 years, the longest on file, it must earn CNY 7.41 million a "
        "year at the middle of its capital, power apart, or CNY 98.8 a year for each m³; prices on file "
        "reach that: CNY 104 to 125 ("
    )
    assert sheets["R05"].endswith(
        "; at the middle of capital it pays back in time once 80% (at CNY 125 a year for each m³) to 95% "
        "(at CNY 104) of it is let; fully let, after 10–14 years at the middle of capital, 4–29 years "
        "over its whole range, at its upper end and the lowest price not in time"
    )


def test_what_rents_do_not_pay_is_one_sentence_and_a_rule(cities, dear, english):
    """Qingdao: 22,000 m² need 3.2 million in 28 years; 60 each bring 1.3, half let 0.66."""
    qingdao = cities["qingdao"]
    assert money_fields(qingdao, english)["budget"] == (
        "At the prices on file and the middle of capital Advanced manufacturing units lacks up to CNY "
        "1.9 million a year fully let; with 50% let, all space to let together lacks CNY 2.5 to 4.7 million. Who bears "
        "that is settled before its vote; budget money needs a review of fair competition and of debt first."
    )
    several = money_fields(dear["qingdao"], english)["budget"]
    assert several.startswith(
        "At the prices on file and the middle of capital 2 projects lack CNY "
    )
    assert "Who bears that is settled before their votes" in several
    assert "without that money it is not built" in [*budget_lines(qingdao, english)][-1]
    # Where the lower price pays as well, only fewer tenants leave something to be paid.
    heze = cities["heze"]
    assert money_fields(heze, english)["budget"].startswith(
        "At the middle of capital, fully let, the prices on file pay Cold storage and food logistics "
        "back in time, at its upper end and the lowest price not in time; with 50% let CNY 2.7 to 3.5 million a year is missing. Who bears that is settled before its vote"
    )
    assert [*budget_lines(heze, english)] == []
    assert not any(gap_told(each, english) for each in heze.programme.first.projects)


def test_years_stand_at_both_ends_of_the_prices_on_file(cities, english):
    assert priced_line(cities["changzhi"], english) == (
        "In full use at the prices on file the capital is back as follows: Advanced manufacturing "
        "units 15 years at the highest price, not within 60 at the lowest, at the middle of capital."
    )


def test_jobs_that_running_cost_cannot_pay_are_told(cities, english):
    """Sixty jobs of one platform at CNY 96,793 take 5.8 million of its 4.1."""
    city = cities["heze"]
    # What the catalogue counts, its running cost pays.
    assert payroll_line("programme.payroll", city, english) == ""
    trace, *others = city.programme.first.projects
    assert (
        "running cost can pay"
        not in {row["id"]: row["brings"] for row in sheet_rows(city, english)}[trace.use_id]
    )
    # Jobs of the region's own may be more.
    more = replace(trace, jobs=replace(trace.jobs, value=60.0))
    plan = replace(city.programme, first=replace(city.programme.first, projects=(more, *others)))
    told = payroll_line("programme.payroll", replace(city, programme=plan), english)
    paid = [sum(one.payroll.payable[end] for one in plan.projects if one.payroll) for end in (0, 1)]
    # 4.84 million at 124,110 a head; at 69,476 all 65 that the catalogue counts.
    assert [round(each) for each in paid] == [39, 65]
    assert "running cost pays 39–65 of the 83 people whom operators would employ." in told
