"""What a project sheet tells of the hall to be built, the own site, owners and the running cost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.model import Label
from generator.report.currencies import Money
from generator.report.firmness import firmness_fields
from generator.report.mandates import leads
from generator.report.needs import common_lines
from generator.report.openings import opening_fields
from generator.report.outlay import cost_per_job
from generator.report.places import owners
from generator.report.programme import programme_fields
from generator.report.registers import beyond
from generator.report.safeguards import _means
from generator.report.sheets import sheet_rows
from generator.report.voice import Voice


def sheets(assessment, voice):
    return {row["id"]: row for row in sheet_rows(assessment, voice)}


@pytest.fixture
def abroad(texts, knowledge):
    """English where the catalogue's costs are converted from another country's."""
    return Voice(texts, "en", knowledge, Money("USD", "USD", 7.0, "table"))


def test_a_hall_to_be_built_is_told_apart_from_the_halls_here_now(cities, english):
    """Its targets are design conditions; its connection is counted as its size was."""
    sheet = sheets(cities["changzhi"], english)["R02"]
    assert "Power overhead of the halls (PUE) 1.2 or less" in sheet["what"]
    assert "the halls here now (Facility tier 3" in sheet["what"]
    need, use = english.knowledge.needs["R02"], english.knowledge.use("R02")
    assert f"{need.grid_mw_per_unit / use.scale_mw:g} MW for each MW of IT load" in sheet["what"]
    assert "PUE" not in sheet["has"] + sheet["needs"]
    # Platforms stand in the halls that there are.
    assert "PUE" in common_lines(cities["changzhi"], english)[0]


def test_what_all_platforms_find_and_miss_is_said_once_above_their_sheets(cities, english):
    city = cities["changzhi"]
    (line, *_) = common_lines(city, english)
    own = [row for row in sheet_rows(city, english) if row["id"].startswith("U")]
    assert line.startswith(f"The {len(own)} platforms use the halls as they are.")
    found, missed = line.split(" Each is short of what it should have: ")
    for fact in missed.rstrip(".").split("; "):
        assert not [row["id"] for row in own if fact in row["needs"]]
    for fact in found.split(" Each finds here: ")[1].rstrip(".").split("; "):
        assert not [row["id"] for row in own if fact in row["has"]]


def test_a_single_platform_keeps_all_in_its_own_sheet(cities, english):
    city = cities["changzhi"]
    plan = city.programme
    first, second = (
        replace(plan.first, projects=plan.first.projects[:1]),
        replace(plan.second, projects=()),
    )
    alone = replace(city, programme=replace(plan, first=first, second=second))
    assert common_lines(alone, english) == []
    (sheet,) = sheet_rows(alone, english)
    assert "PUE" in sheet["needs"]


def test_the_table_of_the_second_wave_names_what_a_hall_still_misses(cities, english):
    """By name alone; values and targets stand in its sheet."""
    city = cities["changzhi"]
    row = next(row for row in programme_fields(city, english)["second"] if row["id"] == "R02")
    sheet = sheets(city, english)["R02"]["needs"]
    assert "Delivered power price" in row["misses"]
    assert not any(mark.isdigit() for mark in row["misses"])
    assert all(name in sheet for name in row["misses"].split("; "))


def test_two_values_of_one_name_say_by_which_rule_they_were_read(cities, english):
    found = sheets(cities["changzhi"], english)
    shared = common_lines(cities["changzhi"], english)[0]
    assert "Delivered power price (mean weighted by firm spare MW) CNY 0.462 per kWh" in shared
    assert "price (at the point with the most spare) CNY 0.44" in found["R06"]["has"]


def test_a_project_stands_where_its_own_road_does_and_is_told_it(cities, english):
    """Heze: the store's own road is longer than the nearest and than it asks for, and is told so."""
    city = cities["heze"]
    (store,) = (one for one in city.programme.projects if one.use_id == "R05")
    near = city.region.sites[store.place.number]
    needs = sheets(city, english)["R05"]["needs"]
    away = min(near.road_km.value, near.port_km.value)
    told = f"the site lies {away:g} km from a motorway or port"
    assert needs.startswith(f"{told} (target 5, limit 30); ")


def test_owners_are_named_as_the_workbook_names_them(cities, english):
    city = cities["changzhi"]
    found = sheets(city, english)
    assert found["R06"]["partners"].endswith("site owner: coal group")
    # Whose halls could hold the ledgers is told once.
    told = "The data halls in use now (data centres of the register) belong to telecom carrier."
    assert told in opening_fields(city, english)["assets"]
    (decision,) = leads(city, english)
    assert decision["yes"].endswith("; the use of sites is agreed with coal group")


def test_an_owner_that_is_not_given_is_said_to_be_unknown(cities, english):
    city = cities["changzhi"]
    sites = tuple(replace(site, owner=Label()) for site in city.region.sites)
    bare = replace(city, region=replace(city.region, sites=sites))
    assert sheets(bare, english)["R06"]["partners"].endswith("site owner not given")
    assert owners(bare.programme.projects, bare, english) == ""


def test_running_cost_is_told_a_job_with_its_grade_and_where_it_is_from(cities, english, abroad):
    city = cities["changzhi"]
    (evidence, *_) = city.programme.first.projects
    low, high = (end / evidence.jobs.value for end in evidence.running_cost)
    assert cost_per_job([evidence], abroad) == pytest.approx((low, high))
    ratio = abroad.about(low, high)
    told = f"with wages ({ratio} a job; assumed, gathered in China, no local cost)"
    assert sheets(city, abroad)["U07"]["running"].endswith(told)
    assert "a job" not in sheets(city, english)["U07"]["running"]
    # What tenants employ is paid by them.
    halls = [one for one in city.programme.projects if one.jobs_by != "operator"]
    assert halls
    assert cost_per_job(halls, abroad) is None


def test_a_local_cost_is_to_be_estimated_where_the_catalogue_speaks_of_another_country(
    cities, english, abroad
):
    told = abroad.say("value.local_cost")
    city = cities["changzhi"]
    assert told in [row["value"] for row in firmness_fields(city, abroad)["measured"]]
    assert told not in [row["value"] for row in firmness_fields(city, english)["measured"]]


def test_more_than_a_register_holds_is_told_with_limit_and_register(dear, voice):
    """A stated limit of 60 technicians, 48 on the register and 50 taken."""
    city = dear["changzhi"]
    assert beyond(city, voice) == ""
    limits = tuple(
        replace(one, limit=60.0, first=50.0) if one.resource == "technician_fte" else one
        for one in city.programme.limits
    )
    over = replace(city, programme=replace(city.programme, limits=limits))
    line = beyond(over, voice)
    # 50 of 60 and 50 against 48: which of the two counts, and what it means.
    assert all(number in line for number in ("60", "48", "83%"))
    assert voice.say("resource.technician_fte") in line
    later = tuple(
        replace(one, first=40.0, second=10.0) if one.resource == "technician_fte" else one
        for one in limits
    )
    second = beyond(replace(city, programme=replace(city.programme, limits=later)), voice)
    assert "104%" in second
    # The chapter on safeguards tells the same of them, and no second share.
    means = " ".join(_means(over, voice))
    assert line in means
    assert means.count(voice.say("resource.technician_fte")) == line.count(
        voice.say("resource.technician_fte")
    )
    told = opening_fields(city, voice)["sites"]
    said = {
        "en": (
            "165 full-time jobs 130 are for tenants to fill",
            "225 free people have other trades (most: coal-mine electromechanical technician, ",
            "no project has named a post for them yet, and whether tenants would take them is ",
        ),
        "zh-CN": (
            "项目岗位165个中130个由入驻企业和客户招用",
            "其他工种人员225人待安置（主要为煤矿机电技术员、",
            "目前尚无项目提出对应岗位，入驻企业能否吸纳有待商询",
        ),
    }
    assert all(text in told for text in said[voice.language])
