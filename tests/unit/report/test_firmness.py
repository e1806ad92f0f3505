"""How stable the choice is, and what to replace or measure first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.model.programme import Placement, Wave
from generator.report.firmness import firmness_fields, telling
from generator.report.hanging import hangs_on, what
from generator.report.projects import firm
from generator.report.verdict import verdict


def with_first(found, *changes):
    """The region with other robustness of its first projects."""
    first = found.programme.first
    projects = tuple(
        replace(one, **changes[place]) if place < len(changes) else one
        for place, one in enumerate(first.projects)
    )
    programme = replace(found.programme, first=replace(first, projects=projects))
    return replace(found, programme=programme)


def listed_in(found, share):
    """The region with every use of the orders shortlisted in one share of the draws."""
    orders = tuple(
        replace(one, uses=tuple(replace(use, p_shortlisted=share) for use in one.uses))
        for one in found.robustness.orders
    )
    return replace(found, robustness=replace(found.robustness, orders=orders))


ALWAYS = {"chosen_in": 1.0, "chosen_at_ends": (1.0, 1.0)}


@pytest.mark.parametrize(
    ("listed", "chosen", "word"),
    [
        (1.0, 1.0, "high"), (0.5, 0.9, "high"), (1.0, 0.89, "medium"), (1.0, 0.66, "medium"),
        (1.0, 0.48, "low"),
    ],
)  # fmt: skip
def test_the_weakest_share_gives_the_verdict(cities, listed, chosen, word):
    # In the draws that choose anew a use off the list is out: how often it is listed says no more.
    found = listed_in(replace(cities["heze"], scenarios=(), measurements=()), listed)
    one = replace(found.programme.first.projects[0], chosen_in=chosen, chosen_at_ends=None)
    assert verdict(one, found).word == word
    kept = replace(cities["heze"].scenarios[0], is_applicable=True, first=())
    assert verdict(one, replace(found, scenarios=(kept,))).word == "low"


def test_how_often_a_project_is_listed_counts_where_no_draw_chose_anew(cities):
    city = cities["heze"]
    one = replace(city.programme.first.projects[0], chosen_in=None, chosen_at_ends=None)
    held = Placement(one.use_id, one.place, one.size)
    kept = replace(city.scenarios[0], is_applicable=True, first=(held,))
    found = listed_in(replace(city, scenarios=(kept,)), 0.5)
    assert verdict(one, found).shares == {"kept": 1.0, "shortlisted": 0.5}
    assert verdict(one, found).word == "low"


@pytest.mark.parametrize(
    ("usual", "told"),
    [((0.7, 1.5), True), ((1.1, 1.5), False), ((1.5, 1.5), False), (None, False)],
)
def test_sizes_more_than_a_step_apart_are_told(cities, english, usual, told):
    # On offer for this project are 1.5, 1.1, 0.7 and 0.3 units.
    found = cities["heze"]
    one = next(own for own in found.programme.first.projects if own.use_id == "R05")
    text = firm(replace(one, usual_sizes=usual), found, english)
    assert ("; mostly at " in text) is told


def test_a_choice_that_falls_when_costs_move_together_is_not_stable(cities):
    found = listed_in(replace(cities["heze"], scenarios=()), 1.0)
    one = replace(found.programme.first.projects[0], chosen_in=0.7, chosen_at_ends=(0.8, 0.6))
    assert verdict(one, found).word == "low"


def test_a_value_that_takes_a_project_out_by_itself_leaves_it_at_medium(cities, english):
    found = listed_in(replace(cities["heze"], scenarios=()), 1.0)
    one = replace(found.programme.first.projects[0], **ALWAYS)
    measured = replace(found.measurements[0], leaves=(one.use_id,))
    turned = replace(found, measurements=(measured,))
    assert verdict(one, replace(found, measurements=())).word == "high"
    assert verdict(one, turned).word == "medium"
    assert what(measured, english, 1) in hangs_on(one, turned, english)


def test_the_second_wave_has_the_same_words(cities):
    found = listed_in(cities["qingdao"], 1.0)
    one, away = found.programme.second.projects[0], replace(found.scenarios[0], first=(), second=())
    (held,) = (each for each in found.programme.second.projects if each is one)
    kept = replace(found, scenarios=(replace(away, second=_placed(held)),), measurements=())
    assert verdict(one, kept).word == "high"
    # Begun at once it keeps its place in the programme as well.
    begun = replace(kept, scenarios=(replace(away, first=_placed(held)),))
    assert verdict(one, begun).word == "high"
    assert verdict(one, replace(kept, scenarios=(away,))).word == "low"
    drops = replace(found.measurements[0], drops=(one.use_id,))
    assert verdict(one, replace(kept, measurements=(drops,))).word == "medium"


def _placed(one):
    return (Placement(one.use_id, one.place, one.size),)


def test_the_share_and_the_scenarios_stand_beside_the_verdict(cities, english):
    found = with_first(
        listed_in(cities["heze"], 0.89),
        ALWAYS, {"chosen_in": 0.48, "chosen_at_ends": None, "replaced_by": ("U07",)}, ALWAYS, ALWAYS,
    )  # fmt: skip
    row = firmness_fields(found, english)["projects"][1]
    project = found.programme.first.projects[1]
    tried = verdict(project, found)
    assert row["draws"] == "48%"
    assert row["scenarios"] == f"{tried.kept} of {tried.scenarios}"
    assert row["word"] == english.say(f"firm.word.{tried.word}")
    assert row["hangs"] == hangs_on(project, found, english)


def test_words_say_how_the_calculation_chooses_and_nothing_of_delivery(cities, english):
    found = listed_in(replace(cities["changzhi"], scenarios=(), measurements=()), 1.0)
    first = found.programme.first.projects
    alone = replace(
        found,
        programme=replace(
            found.programme, second=Wave((), 0.0, {}, 0.0, (0.0, 0.0), 0.0, has_platform=False)
        ),
    )
    text = firmness_fields(with_first(alone, *[ALWAYS for _ in first]), english)["finding"]
    names = english.uses([one.use_id for one in first], 3)
    assert text.startswith(f"In the first wave choice stability is high for {names}. ")
    assert text.endswith("and not that anyone has signed, paid or permitted it.")


def test_values_that_could_drop_a_project_come_first(cities, english):
    found = cities["heze"]
    one = found.measurements[0]
    others = [replace(one, joins=("U07",), leaves=())] * 6
    dropping = [replace(one, joins=(), leaves=("U24",)) for place in range(4)]
    mixed = replace(found, measurements=(*others, *dropping))
    assert telling(mixed)[:4] == dropping
    # What tenants would rent of the cold store has a row of its own: nobody has counted it.
    rows = firmness_fields(mixed, english)["measured"]
    assert len([row for row in rows if "tenants would rent" not in str(row["value"])]) == 3


def test_what_was_not_tried_is_said_to_be_so(cities, voice):
    first = cities["heze"].programme.first.projects
    untried = replace(cities["heze"], scenarios=())
    found = with_first(untried, *[{"chosen_in": None} for _ in first])
    assert firmness_fields(found, voice)["finding"] == voice.say("firmness.untried")


def test_the_values_asked_for_name_their_office(cities, english):
    found = cities["heze"]
    rows = firmness_fields(found, english)["measured"]
    assert all(row["office"] for row in rows)
    # What tenants would rent of the cold store is asked beside them: nobody has counted it.
    rows = [row for row in rows if "tenants would rent" not in row["value"]]
    assert len(rows) == min(3, len(found.measurements))
    assert all("example value" in row["now"] for row in rows)


def test_people_employed_are_asked_of_the_statistics_office(cities, english):
    found = cities["heze"]
    counted = tuple(one for one in found.measurements if one.sheet == "industry")
    assert counted
    rows = firmness_fields(replace(found, measurements=counted), english)["measured"]
    # A demand that nobody has counted is asked of the lead body instead.
    people = [row for row in rows if "tenants would rent" not in row["value"]]
    assert people
    assert all(row["office"].startswith("statistics") for row in people)


def test_values_that_change_the_same_say_it_once(cities, english):
    fields = firmness_fields(cities["heze"], english)
    changes = {row["changes"] for row in fields["measured"]}
    assert bool(fields["same"]) is (len(changes) == 1)


def test_without_a_first_wave_there_is_no_choice_to_test(full, voice):
    # Of what would be prepared, a demand that nobody has counted is still asked for.
    empty = replace(full.programme.first, projects=())
    plan = replace(full.programme, first=empty, second=empty)
    fields = firmness_fields(replace(full, programme=plan), voice)
    assert fields["finding"] == fields["next"] == fields["same"] == ""
    assert fields["lines"] == fields["measured"] == []
