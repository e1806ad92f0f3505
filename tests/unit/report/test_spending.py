"""Money of a brief: limit and upper end, by year, and what is not known."""

from __future__ import annotations

import math
from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis.calendar import money_after_plan
from generator.report.currencies import money_of
from generator.report.spending import money_fields
from generator.report.voice import Voice


def own(found, texts, language="en"):
    return Voice(texts, language, found.knowledge, money_of(found.region, found.knowledge))


def test_an_upper_end_above_the_limit_is_said_with_the_amount(cities, texts):
    found = cities["heze"]
    over = found.programme.first.capital_range[1] - 150.0
    text = money_fields(found, own(found, texts))["finding"]
    assert "the limit of CNY 150 million" in text
    assert f"CNY {math.ceil(over * 10) / 10} million above it" in text


def test_an_upper_end_within_the_limit_says_what_is_left(cities, texts):
    found = cities["qingdao"]
    text = money_fields(found, own(found, texts))["finding"]
    assert "stays within the limit of CNY 420 million" in text
    assert "above it" not in text


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


def test_parts_of_years_are_not_added_up_and_a_full_year_is_told(cities, english):
    found = cities["heze"]
    fields = money_fields(found, english)
    *_, total = told(fields["years"])
    low, high = (sum(one.yearly_cost[end] for one in found.programme.projects) for end in (0, 1))
    # A column of numbers holds no words: what the row tells stands in the note.
    assert total["running"] == f"{low:.3g}–{high:.3g}"
    assert "power of about CNY 2.68 million included" in fields["years_note"]
    assert "the last row is a full year once all are open" in fields["years_note"]


def told(years):
    """The rows of the table as texts by column."""
    return [{name: cell.text for name, cell in one.cells.items()} for one in years.rows]


def _ends(text, voice):
    """Both ends of a number or a range of the table; nothing in words is nothing."""
    if text == voice.say("none"):
        return 0.0, 0.0
    low, _, high = text.partition(voice.say("span", low="|", high="").removeprefix("|"))
    return float(low.replace(",", "")), float((high or low).replace(",", ""))


def test_the_note_tells_the_totals_in_the_digits_of_the_table(cities, texts):
    found = cities["heze"]
    fields = money_fields(found, own(found, texts))
    *_, last, total = told(fields["years"])
    low, high = total["range"].split("–")
    note = fields["years_note"]
    assert f"the capital is CNY {low} to {high} million" in note
    assert f"the middle, CNY {total['first']} million, lies halfway" in note
    assert last["year"] == "2029 (after the plan)"
    assert f"Of the middle, CNY {last['first']} million" in note
    assert "closes in December 2028; all of that is of the first wave" in note


def test_money_within_the_plan_is_said_to_be(cities, texts):
    found = cities["heze"]
    region = replace(found.region, plan_until=date(2035, 12, 31))
    fields = money_fields(replace(found, region=region, money_after=None), own(found, texts))
    assert "All of it falls within the plan period" in fields["years_note"]
    assert not any("after" in row["year"] for row in told(fields["years"]))


def test_a_plan_that_ends_within_a_year_tells_what_falls_after_that_month(cities, texts):
    found = cities["heze"]
    region = replace(found.region, plan_until=date(2028, 6, 30))
    late = money_after_plan(found.programme, region.plan_months, found.action_plan.begins)
    found = replace(found, region=region, money_after=late)
    text = money_fields(found, own(found, texts))["years_note"]
    assert f"Of the middle, CNY {late.first:.3g} million" in text


def test_the_second_wave_has_a_column_where_it_has_money(cities, texts):
    assert money_fields(cities["qingdao"], own(cities["qingdao"], texts))["has_both"]
    fields = money_fields(cities["heze"], own(cities["heze"], texts))
    assert not fields["has_both"]
    assert fields["wave"] == "First wave"


def test_a_source_that_stands_for_several_leaves_shares_open(cities, texts):
    found = cities["heze"]
    fields = money_fields(found, own(found, texts))
    assert any("no share of any" in text for text in fields["unknown"])
    assert not any("stated to come from" in text for text in fields["sources"])
    limits = tuple(
        replace(one, source_of_funds="public" if one.resource == "capex" else "")
        for one in found.region.limits
    )
    found = replace(found, region=replace(found.region, limits=limits))
    fields = money_fields(found, own(found, texts))
    assert any("public budget" in text for text in fields["sources"])
    assert not any("no share of any" in text for text in fields["unknown"])


def test_projects_without_revenue_are_named(cities, texts):
    found = cities["heze"]
    unknown = money_fields(found, own(found, texts))["unknown"]
    (text,) = (line for line in unknown if line.startswith("No revenue is on record for "))
    assert "Food and cold-chain traceability" in text
    assert "Cold storage" not in text


def test_without_a_project_nothing_is_said_of_money(full, texts):
    empty = replace(full.programme.first, projects=())
    programme = replace(full.programme, first=empty, second=empty)
    found = replace(full, programme=programme, money_by_year=())
    fields = money_fields(found, own(found, texts))
    assert fields["finding"] == ""
    assert fields["years"].rows == ()
    assert fields["sources"] == fields["unknown"] == []


def test_studies_are_told_project_by_project_with_their_table(cities, texts):
    found = cities["changzhi"]
    text = " ".join(money_fields(found, own(found, texts))["unknown"])
    assert "Studies before the votes: about CNY 0.38 to 0.54 million" in text
    assert "Advanced manufacturing units CNY 0.22 to 0.35 million" in text
    assert "Ji Jia Ge [1999] No. 1283" in text
    assert "its repeal was not read (P)" in text


def test_studies_that_no_table_prices_are_named(cities, texts):
    found = cities["changzhi"]
    some = replace(found.preparation, studies=found.preparation.studies[1:], unpriced=("U07",))
    text = " ".join(money_fields(replace(found, preparation=some), own(found, texts))["unknown"])
    assert "No table prices the studies for Judicial evidence preservation." in text
