"""Money of a brief: limit and upper end, by year, and what is not known."""

from __future__ import annotations

from dataclasses import replace

from generator.report.money import money_of
from generator.report.spending import money_fields
from generator.report.voice import Voice


def own(found, texts, language="en"):
    return Voice(texts, language, found.knowledge, money_of(found.region, found.knowledge))


def test_an_upper_end_above_the_limit_is_said_with_the_amount(cities, texts):
    found = cities["heze"]
    over = found.programme.first.capital_range[1] - 150.0
    text = money_fields(found, own(found, texts))["finding"]
    assert "the limit of CNY 150 million" in text
    assert f"CNY {over:.2f} million above it" in text


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


def test_years_stand_in_one_unit_and_add_up_to_the_first_wave(cities, texts):
    for found in cities.values():
        fields = money_fields(found, own(found, texts, "zh-CN"))
        assert fields["unit"] in {"万元", "亿元"}
        size = 1e4 if fields["unit"] == "万元" else 1e8
        shown = [float(row["first"]) for row in fields["years"] if row["first"] != "无"]
        expected = sum(one.first for one in found.money_by_year) * 1e6 / size
        assert abs(sum(shown) - expected) < expected * 0.01 + 1


def test_the_second_wave_has_a_column_where_it_has_money(cities, texts):
    assert money_fields(cities["qingdao"], own(cities["qingdao"], texts))["has_second"]
    assert not money_fields(cities["heze"], own(cities["heze"], texts))["has_second"]


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
    text = " ".join(money_fields(found, own(found, texts))["unknown"])
    assert "Food and cold-chain traceability" in text
    assert "Cold storage" not in text


def test_without_a_project_nothing_is_said_of_money(full, texts):
    empty = replace(full.programme.first, projects=())
    programme = replace(full.programme, first=empty, second=empty)
    found = replace(full, programme=programme, money_by_year=())
    fields = money_fields(found, own(found, texts))
    assert fields["finding"] == ""
    assert fields["years"] == fields["sources"] == fields["unknown"] == []
