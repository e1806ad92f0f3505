"""How firm the choice is, and what to replace or measure first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.report.firmness import firmness_fields, in_words


def with_first(found, *changes):
    """The region with other robustness of its first projects."""
    first = found.programme.first
    projects = tuple(
        replace(one, **changes[place]) if place < len(changes) else one
        for place, one in enumerate(first.projects)
    )
    programme = replace(found.programme, first=replace(first, projects=projects))
    return replace(found, programme=programme)


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "every draw"), (0.98, "nearly all draws"), (0.91, "nine of ten draws"),
     (0.48, "about half of the draws"), (0.04, "hardly any draw")],
)  # fmt: skip
def test_shares_are_told_in_tenths(english, share, words):
    assert in_words(share, english) == words


def test_a_project_that_nothing_replaces_is_said_to_be_left_out(cities, english):
    found = with_first(
        cities["heze"],
        {"chosen_in": 1.0, "standing": "firm"},
        {"chosen_in": 0.48, "standing": "replaceable", "replaced_by": ()},
        {"chosen_in": 0.95, "standing": "firm"},
        {"chosen_in": 1.0, "standing": "firm"},
    )
    fields = firmness_fields(found, english)
    assert "about half of the draws" in fields["lines"][0]
    assert "nothing takes its place" in fields["lines"][0]


def test_two_that_are_chosen_as_often_are_level(cities, english):
    found = with_first(
        cities["heze"],
        {"chosen_in": 0.5, "standing": "replaceable", "replaced_by": ("U07",)},
    )
    lines = firmness_fields(found, english)["lines"]
    assert f"and {english.use('U07')} are level" in lines[0]


def test_the_finding_groups_the_projects_by_verdict(cities, english):
    found = cities["changzhi"]
    text = firmness_fields(found, english)["finding"]
    for one in found.programme.first.projects:
        assert english.use(one.use_id) in text
    assert text.startswith("By the lower of the shares of scenarios and draws")
    assert "(66% or more is firm, less than 50% open)" in text


def test_what_was_not_tried_is_said_to_be_so(cities, voice):
    first = cities["heze"].programme.first.projects
    found = with_first(cities["heze"], *[{"chosen_in": None, "standing": ""} for _ in first])
    found = replace(found, scenarios=())
    assert firmness_fields(found, voice)["finding"] == voice.say("firmness.untried")


def test_three_values_are_asked_for_each_with_its_office(cities, english):
    found = cities["heze"]
    rows = firmness_fields(found, english)["measured"]
    assert len(rows) == min(3, len(found.measurements))
    assert all(row["office"] for row in rows)
    assert all("example value" in row["now"] for row in rows)


def test_people_employed_are_asked_of_the_statistics_office(cities, english):
    found = cities["heze"]
    counted = tuple(one for one in found.measurements if one.sheet == "industry")
    assert counted
    rows = firmness_fields(replace(found, measurements=counted), english)["measured"]
    assert all(row["office"].startswith("statistics") for row in rows)


def test_values_that_change_the_same_say_it_once(cities, english):
    fields = firmness_fields(cities["heze"], english)
    changes = {row["changes"] for row in fields["measured"]}
    assert bool(fields["same"]) is (len(changes) == 1)


def test_without_a_first_wave_there_is_no_choice_to_test(full, voice):
    empty = replace(full.programme.first, projects=())
    fields = firmness_fields(replace(full, programme=replace(full.programme, first=empty)), voice)
    assert fields["finding"] == fields["next"] == fields["same"] == ""
    assert fields["lines"] == fields["measured"] == []
