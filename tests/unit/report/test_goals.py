"""Idea, principles, dated goals and indicators of the programme."""

from __future__ import annotations

import math
from datetime import date

import pytest
from msgspec.structs import replace

from generator.model import Precondition, StaffShortage
from generator.report.actions import months
from generator.report.goals import goal_fields
from generator.report.indicators import _amount, _is_awaited, _target, _within_reach
from generator.report.task import each_of
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import Place, task_at


def test_the_goals_are_the_effects_of_the_first_wave(cities, english):
    found = cities["qingdao"]
    fields = goal_fields(found, english)
    text = " ".join(fields["lines"])
    effects = found.programme.first.effects
    assert f"{round(effects['jobs'])} full-time jobs" in text
    assert f"{float(format(effects['served'], '.3g')):,.0f} people" in text
    assert "5 projects stand" in text


def test_power_is_told_with_its_share_of_what_stands_idle(cities, english):
    found = cities["qingdao"]
    limit = next(one.limit for one in found.programme.limits if one.resource == "grid_mw")
    share = math.floor(found.programme.first.effects["power"] / limit * 100 + 0.5)
    text = " ".join(goal_fields(found, english)["lines"])
    assert f"({share}% of the {limit:g} MW standing idle)" in text


def test_an_indicator_starts_below_what_it_aims_at(cities, english):
    for one in cities.values():
        rows = goal_fields(one, english)["indicators"]
        assert rows
        for row in rows:
            assert row["baseline"] != row["target"]
            assert all(row.values())


def test_no_indicator_rests_on_what_no_task_changes(cities, english):
    for one in cities.values():
        given = {
            row.indicator.text("en")
            for row in one.action_plan.monitoring
            if row.baseline is not None
            and english.knowledge.criteria[row.baseline.value.criterion_id].is_given
        }
        shown = " ".join(row["indicator"] for row in goal_fields(one, english)["indicators"])
        assert "all-in price per kWh" not in shown
        assert not any(name in shown for name in given)


def test_a_number_of_procedures_is_expected_and_never_binding(cities, english):
    rows = goal_fields(cities["heze"], english)["indicators"]
    (lawful,) = (row for row in rows if "of law settled before works" in row["indicator"])
    assert lawful["kind"] == "expected"
    assert lawful["baseline"] == "0"


def test_people_are_counted_as_staff_and_not_as_equivalents(cities, voice):
    for one in cities.values():
        for row in goal_fields(one, voice)["indicators"]:
            assert "FTE" not in row["baseline"] + row["target"]
            assert "全时当量" not in row["baseline"] + row["target"]


def test_an_indicator_aims_at_the_limit_that_a_project_waits_for(cities, english):
    """The table of projects and the indicators name one figure for one limit."""
    found = cities["changzhi"]
    first = found.programme.second.projects[0]
    baseline = next(row.baseline for row in found.action_plan.monitoring if row.baseline)
    missed = replace(baseline, use_id=first.use_id, minimum=7.0, target=9.0)
    for kind, is_awaited in (("criterion", True), ("unknown", False)):
        waits = Precondition(kind, baseline.value.criterion_id)
        project = replace(first, preconditions=(waits,))
        second = replace(found.programme.second, projects=(project,))
        here = replace(found, programme=replace(found.programme, second=second))
        assert _is_awaited(missed, here) is is_awaited
    assert _amount(7.0, missed, english) in _target(missed, english, is_binding=True)
    assert _amount(9.0, missed, english) in _target(missed, english, is_binding=False)


def test_works_that_may_outlast_the_plan_are_named(cities, english):
    # Vote and tender run to month 15 and the cold store takes up to 18 more; the plan has 24.
    found = cities["heze"]
    late = goal_fields(found, english)["late"]
    assert "4 projects may stand only after December 2028" in late
    assert "last of all Cold storage and food logistics:" in late
    longer = replace(found.region, plan_until=found.region.plan_until.replace(year=2031))
    assert goal_fields(replace(found, region=longer), english)["late"] == ""


def test_principles_follow_from_what_was_found(cities, english):
    found = cities["heze"]
    texts = {one["name"]: one["text"] for one in goal_fields(found, english)["principles"]}
    assert "In two waves" not in texts
    assert "What the law bars has no place" in texts["Law first"]
    assert "CNY 150 million" in texts["Within means"]
    second = goal_fields(cities["qingdao"], english)["principles"]
    assert "In two waves" in {one["name"] for one in second}


def test_a_place_without_rules_says_that_the_law_is_open(full, english):
    screening = replace(full.screening, rules_in_force=0, findings={})
    texts = goal_fields(replace(full, screening=screening), english)["principles"]
    assert texts[0]["text"].startswith("No rule of the region is on file")


def test_without_a_project_there_is_no_goal(full, voice):
    empty = replace(full.programme.first, projects=())
    programme = replace(full.programme, first=empty, second=empty)
    fields = goal_fields(replace(full, programme=programme), voice)
    assert fields["lines"] == []
    assert fields["late"] == ""
    assert fields["idea"]


def test_each_indicator_names_tasks_of_the_plan_and_is_due_when_they_end(cities, english):
    for found in cities.values():
        tasks = tasks_of(found, english)
        for row in goal_fields(found, english)["indicators"]:
            numbers = _numbers(row["tasks"].split(";")[0])
            assert numbers
            assert max(numbers).number <= len(tasks)
            if row["indicator"].startswith(("full-time jobs", "people employed", "idle power")):
                own = [task_at(place, tasks) for place in numbers]
                assert all(task.is_works for task in own)
                whole, has_outlook = found.region.plan_months, "outlook" in row["target"]
                last = max(task.last for task in own)
                end = whole - 1 if has_outlook and whole else last
                assert row["due"] == months(end, end, found.region.plan_from, english)
                # What comes after the plan is no target of it, but an outlook: its tasks are not named.
                assert last <= end
                leads = {one.following or one.lead for one in each_of(own)}
                assert any(lead in row["owner"] for lead in leads)
                if has_outlook:
                    assert any(task.is_works and task.last > end for task in tasks)


def _numbers(text):
    """The numbers of tasks behind such a text as 1, 3–5 and 7-2."""
    found = []
    for part in text.replace(" and ", ", ").split(", "):
        first, _, last = part.partition("–")
        number, _, own = first.partition("-")
        if own:
            found.append(Place(int(number), int(own)))
        else:
            found += map(Place, range(int(first), int(last or first) + 1))
    return found


def test_what_stands_after_the_plan_is_not_told_as_reached_within_it(cities, english):
    found = cities["changzhi"]
    text = " ".join(goal_fields(found, english)["lines"])
    assert "by the end of December 2028, 2 of them stand, with 18 full-time jobs" in text
    region = replace(found.region, plan_until=found.region.plan_until.replace(year=2031))
    later = goal_fields(replace(found, region=region), english)["lines"]
    assert "closes before that" not in " ".join(later)


def test_no_more_staff_is_asked_for_than_is_trained(cities):
    """77 there, 120 asked for, 8 retrained: 85 can be reached; without training nothing is asked."""
    found = cities["changzhi"]
    row = next(one for one in found.action_plan.monitoring if one.baseline is not None)
    value = replace(row.baseline.value, fact=replace(row.baseline.value.fact, value=77.0))
    baseline = replace(row.baseline, value=value, minimum=30.0, target=120.0)
    for trained, target in ((8.2, 85.0), (60.0, 120.0), (0.0, None)):
        short = StaffShortage(
            "technicians", value.criterion_id, None, 120.0, 43.0, trained, 5.0, 0.0
        )
        reached = _within_reach(
            baseline, replace(found, skills=replace(found.skills, shortages=(short,)))
        )
        assert (reached and reached.target) == target


@pytest.mark.parametrize(
    ("order", "code", "day", "is_opened"),
    [
        ("CN", "370200", date(2026, 11, 30), True),
        ("CN", "370200", date(2027, 10, 1), False),  # until the next congress
        ("CN", "810000", date(2026, 11, 30), False),  # no part of the mainland
        ("CN", "", date(2026, 11, 30), False),
        ("KZ", "351000000", date(2026, 11, 30), False),
    ],
)
def test_papers_of_mainland_china_open_with_the_standing_formula(
    cities, voice, order, code, day, is_opened
):
    found = cities["qingdao"]
    region = replace(found.region, jurisdiction=order, admin_code=code)
    screening = replace(found.screening, as_of=day)
    idea = goal_fields(replace(found, region=region, screening=screening), voice)["idea"]
    (opening,) = (one.opening.text(voice.language) for one in voice.knowledge.places if one.opening)
    assert idea.startswith(opening) == is_opened
    assert (opening in idea) == is_opened
