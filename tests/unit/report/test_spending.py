"""Money of a brief: limit and upper end, by year, and what is not known."""

from __future__ import annotations

import math
import re
from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis.calendar import money_after_plan
from generator.report.currencies import money_of
from generator.report.moneychart import money_by_year
from generator.report.spending import money_fields
from generator.report.voice import Voice


def own(found, texts, language="en"):
    return Voice(texts, language, found.knowledge, money_of(found.region, found.knowledge))


def test_an_upper_end_above_the_limit_is_said_with_the_amount(dear, texts):
    found = dear["heze"]
    limits = tuple(
        replace(one, limit=120.0) if one.resource == "capex" else one
        for one in found.programme.limits
    )
    found = replace(found, programme=replace(found.programme, limits=limits))
    over = found.programme.first.capital_range[1] - 120.0
    fields = money_fields(found, own(found, texts))
    assert (
        f"upper end is CNY {math.ceil(over * 10) / 10} million above the limit: "
        in fields["finding"]
    )
    limit, middle, upper = fields["limits"]
    assert limit == "The limit is CNY 120 million."
    assert "within the limit" in middle
    # 131 million and a tenth more for contingencies.
    assert f"CNY {math.ceil(over * 10) / 10} million over the limit; with 10%" in upper
    assert upper.endswith("CNY 144 million, CNY 24.5 million over the limit.")


def test_an_upper_end_within_the_limit_says_so(cities, texts):
    found = cities["qingdao"]
    fields = money_fields(found, own(found, texts))
    assert "stays within the limit at its upper end" in fields["finding"]
    assert fields["limits"][0] == "The limit is CNY 420 million."
    assert "over" not in " ".join(fields["limits"])


def test_a_missing_limit_is_said(cities, texts):
    found = cities["heze"]
    limits = tuple(
        replace(one, limit=None) if one.resource == "capex" else one
        for one in found.programme.limits
    )
    found = replace(found, programme=replace(found.programme, limits=limits))
    text = money_fields(found, own(found, texts))["finding"]
    assert text.endswith("No limit of capital was stated to hold it against.")


def test_the_rows_of_a_year_add_up_to_the_totals_as_printed(cities, texts):
    for found in cities.values():
        for language in ("en", "zh-CN"):
            voice = own(found, texts, language)
            fields = money_fields(found, voice)
            *rows, total = told(fields["years"])
            exact = True
            for column in ("first", "second", "middle", "range"):
                parts = [_ends(row[column], voice) for row in rows]
                sums = tuple(round(sum(end), 3) for end in zip(*parts, strict=True))
                # Each keeps three figures, so a sum may differ in the last of them.
                assert sums == pytest.approx(_ends(total[column], voice), rel=0.01)
                exact &= sums == pytest.approx(_ends(total[column], voice))
            assert exact or voice.say("spending.rounded") in fields["years_note"]


def test_parts_of_years_are_not_added_up_and_a_full_year_is_told(dear, english):
    found = dear["heze"]
    fields = money_fields(found, english)
    *_, total = told(fields["years"])
    low, high = (sum(one.yearly_cost[end] for one in found.programme.projects) for end in (0, 1))
    # A column of numbers holds no words: what the row tells stands in the note.
    assert total["running"] == f"{low:.3g}–{high:.3g}"
    assert "power of about CNY 1.79 million included" in fields["years_note"]
    assert "the last row is a full year once all are open" in fields["years_note"]


def told(years):
    """The rows of the table as texts by column."""
    return [{name: cell.text for name, cell in one.cells.items()} for one in years.rows]


def of_topic(topic, fields):
    """What the table of other facts says of a topic; empty where it has no row."""
    return "".join(one["text"] for one in told(fields["facts"]) if one["topic"] == topic)


def test_each_year_is_drawn_by_wave_and_what_falls_after_the_plan_apart(cities, texts):
    for found in cities.values():
        voice = own(found, texts)
        drawn = money_by_year(found, voice)
        *rows, total = told(money_fields(found, voice)["years"])
        assert len(drawn.categories) == len(rows)
        for name, row, at in zip(drawn.categories, rows, range(len(rows)), strict=True):
            columns = [one.values[at] for one in drawn.series]
            is_late = "after the plan" in row["year"]
            assert is_late is ("after the plan" in name)
            assert not any(columns[:2] if is_late else columns[2:])
            if row["range"] != "none":
                assert f"({row['range']})" in name
        drawn_sum = math.fsum(value or 0.0 for one in drawn.series for value in one.values)
        assert drawn_sum == pytest.approx(
            sum(_ends(total[wave], voice)[0] for wave in ("first", "second")), rel=0.01
        )
        assert drawn.top >= max(filter(None, (v for one in drawn.series for v in one.values)))


def test_a_plan_that_outlasts_the_works_has_no_late_money(cities, texts):
    found = cities["heze"]
    later = replace(found, region=replace(found.region, plan_until=date(2035, 12, 31)))
    drawn = money_by_year(later, own(later, texts))
    assert drawn.titled == "_within"
    assert not any(any(one.values) for one in drawn.series[2:])


def test_running_cost_is_told_year_by_year_until_all_stand(cities, texts):
    found = cities["heze"]
    text = of_topic("Running cost", money_fields(found, own(found, texts)))
    *rows, _ = told(money_fields(found, own(found, texts))["years"])
    for row in rows:
        assert (row["running"].replace("–", " to ") in text) is (row["running"] != "none")


def _ends(text, voice):
    """Both ends of a number or a range of the table; nothing in words is nothing."""
    if text == voice.say("none"):
        return 0.0, 0.0
    low, _, high = text.partition(voice.say("span", low="|", high="").removeprefix("|"))
    return float(low.replace(",", "")), float((high or low).replace(",", ""))


def test_the_note_tells_the_totals_in_the_digits_of_the_table(dear, texts):
    found = dear["heze"]
    fields = money_fields(found, own(found, texts))
    *_, last, total = told(fields["years"])
    low, high = total["range"].split("–")
    note = fields["years_note"]
    assert f"the capital is CNY {low} to {high} million" in note
    assert f"the middle, CNY {total['first']} million, lies halfway" in note
    assert last["year"] == "2029 (after the plan)"
    assert f"Of the middle, CNY {last['first']} million" in note
    assert "after the plan period, which closes in December 2028." in note


def test_money_within_the_plan_is_said_to_be(cities, texts):
    found = cities["heze"]
    region = replace(found.region, plan_until=date(2035, 12, 31))
    fields = money_fields(replace(found, region=region, money_after=None), own(found, texts))
    assert "All of it falls within the plan period" in fields["years_note"]
    assert not any("after" in row["year"] for row in told(fields["years"]))


def test_a_plan_that_ends_within_a_year_tells_what_falls_after_that_month(dear, texts):
    found = dear["heze"]
    region = replace(found.region, plan_until=date(2028, 6, 30))
    late = money_after_plan(found.programme, region.plan_months, found.action_plan.begins)
    found = replace(found, region=region, money_after=late)
    text = money_fields(found, own(found, texts))["years_note"]
    assert f"Of the middle, CNY {late.first:.3g} million" in text


def test_the_second_wave_has_a_column_where_it_has_money(dear, texts):
    assert money_fields(dear["qingdao"], own(dear["qingdao"], texts))["has_both"]
    fields = money_fields(dear["heze"], own(dear["heze"], texts))
    assert not fields["has_both"]
    assert fields["wave"] == "First wave"


def test_a_source_that_stands_for_several_leaves_shares_open(cities, texts):
    found = cities["heze"]
    fields = money_fields(found, own(found, texts))
    assert "no share of any" in of_topic("Source", fields)
    assert "stated to come from" not in of_topic("Source", fields)
    limits = tuple(
        replace(one, source_of_funds="public" if one.resource == "capex" else "")
        for one in found.region.limits
    )
    found = replace(found, region=replace(found.region, limits=limits))
    fields = money_fields(found, own(found, texts))
    assert "public budget" in of_topic("Source", fields)
    assert "no share of any" not in of_topic("Source", fields)


def test_projects_without_revenue_are_named(cities, texts):
    found = cities["heze"]
    text = of_topic("Who pays", money_fields(found, own(found, texts)))
    assert text.startswith("No revenue is on record for ")
    assert "Food and cold-chain traceability" in text
    # What pays back has its own sentence behind these.
    assert "Cold storage" not in text.partition("“Cold storage and food logistics” pays back")[0]


def test_without_a_project_nothing_is_said_of_money(full, texts):
    empty = replace(full.programme.first, projects=())
    programme = replace(full.programme, first=empty, second=empty)
    found = replace(full, programme=programme, money_by_year=())
    fields = money_fields(found, own(found, texts))
    assert fields["finding"] == ""
    assert fields["years"].rows == ()
    assert fields["facts"].rows == ()


def test_studies_are_told_with_the_tables_that_price_them(dear, texts):
    found = dear["changzhi"]
    text = of_topic("Studies", money_fields(found, own(found, texts)))
    assert "at most CNY 0.531 million for studies alone" in text
    assert re.search(r"estimated are CNY 0\.\d+ to 0\.531 million: ", text)
    # The share of each project with its lead body, and what is not in it.
    assert "Advanced manufacturing units (park management committee) CNY " in text
    assert "Outside counsel, surveys and outside assessors are not in it" in text
    assert "At least three quotes replace the estimate before any order" in text
    assert "Ji Jia Ge [1999] No. 1283" in text
    # It is not said to be repealed and its repeal to be unread at once.
    assert "yet to be read" not in text


def test_studies_that_no_table_prices_are_named(cities, texts):
    found = cities["changzhi"]
    some = replace(found.preparation, studies=found.preparation.studies[1:], unpriced=("U07",))
    fields = money_fields(replace(found, preparation=some), own(found, texts))
    text = of_topic("Studies", fields)
    assert "No table prices the studies for Judicial evidence preservation." in text
