"""Idea, principles, dated goals and indicators of the programme."""

from __future__ import annotations

import math
from datetime import date

import pytest
from msgspec.structs import replace

from generator.choices.votes import voted_in
from generator.model import Precondition, StaffShortage
from generator.report.actions import months
from generator.report.goals import goal_fields
from generator.report.indicators import _amount, _is_awaited, _target, _within_reach
from generator.report.projects import amount_of
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import Place, task_at


def test_the_goals_are_the_effects_of_the_first_wave(cities, english):
    found = cities["qingdao"]
    fields = goal_fields(found, english)
    text = " ".join(fields["lines"])
    effects = found.programme.first.effects
    assert f"{round(effects['jobs'])} full-time jobs" in text
    assert f"{float(format(effects['served'], '.3g')):,.0f} staff of industries served" in text
    assert "5 projects are open" in text


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


def test_works_that_may_outlast_the_plan_are_named(dear, english):
    # Vote and tender run to month 15 and the cold store takes up to 18 more; the plan has 24.
    found = dear["heze"]
    late = goal_fields(found, english)["late"]
    assert "run to August 2028 at the latest, and building takes 9–18 months" in late
    assert "Cold storage and food logistics may open last" in late
    longer = replace(found.region, plan_until=found.region.plan_until.replace(year=2031))
    assert "building takes" not in goal_fields(replace(found, region=longer), english)["late"]


def test_principles_follow_from_what_was_found(dear, english):
    found = dear["heze"]
    texts = {one["name"]: one["text"] for one in goal_fields(found, english)["principles"]}
    assert "In two waves" not in texts
    assert "What the law bars has no place" in texts["Law first"]
    assert "CNY 150 million" in texts["Within means"]
    second = goal_fields(dear["qingdao"], english)["principles"]
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
            due = _due(row["due"], found, english)
            ends = [task_at(place, tasks).last for place in numbers]
            if row["indicator"].startswith("projects whose works"):
                # Works begin when the month that is named has ended; what begins after the plan is told
                # beside what its last month holds.
                begun = max(found.action_plan.begins[key] for key in found.programme.first.uses)
                last = min(begun, found.region.plan_months or begun)
                assert due == last - 1
                continue
            if "outlook" in row["target"]:
                assert due == found.region.plan_months - 1
                continue
            # Steps that the annex alone holds, or that several projects share, may end later.
            is_whole = ";" not in row["tasks"] and "full use" not in row["indicator"]
            assert due == max(ends) if is_whole else due >= min(ends), row


def _due(told, found, english):
    """The month, 0 the first, that an indicator is due in."""
    start = found.region.plan_from
    told = told.removeprefix("from ")
    return next(at for at in range(200) if months(at, at, start, english) == told)


def test_effects_are_due_when_all_that_bring_them_are_open(cities, english):
    for found in cities.values():
        rows = {row["indicator"]: row for row in goal_fields(found, english)["indicators"]}
        first, opens = found.programme.first, found.action_plan.opens
        for name, head in (("jobs", "full-time jobs"), ("power", "idle power")):
            (row,) = (rows[key] for key in rows if key.startswith(head))
            bring = [one for one in first.projects if one.effects.get(name)]
            last = max(math.ceil(opens[one.use_id].middle) for one in bring) - 1
            opened = months(last, last, found.region.plan_from, english)
            assert row["due"] == f"from {opened}"
            assert row["target"].startswith(amount_of(name, first.effects[name], english))
            early = [one for one in bring if opens[one.use_id].shorter <= found.region.plan_months]
            most = math.fsum(one.effects[name] for one in early)
            told = f"up to {amount_of(name, most, english)}" if early else "0"
            # In every sample all building that takes longer runs past the plan.
            assert row["target"].endswith(f"(by Dec\xa02028: {told})")


def test_each_project_of_the_first_wave_is_measured_in_its_own_unit(cities, english):
    """What industries employ anyway is no target; what is let or connected can be missed."""
    for found in cities.values():
        names = [row["indicator"] for row in goal_fields(found, english)["indicators"]]
        assert not any("industries" in name for name in names)
        assert any(name.startswith("connection without a project") for name in names)
        for one in found.programme.first.projects:
            assert any(name.startswith(english.use(one.use_id)) for name in names), one.use_id


def test_what_is_asked_for_in_letters_pays_the_project_back(cities, english):
    """7.41 million at CNY 104 each are 71,250 of 75,000 m³, by the end of the task that asks for it."""
    rows = goal_fields(cities["heze"], english)["indicators"]
    (row,) = (row for row in rows if "volume under letter of intent" in row["indicator"])
    assert row["target"] == "at least 71,300"
    assert row["indicator"].endswith(
        "what pays it back at CNY 104 a year for each m³, the lowest price on file (95% of the size)"
    )
    assert row["due"] == "Mar\xa02027"
    # The store opens after the plan: by then it is to be let, which is no target of the plan.
    assert not any("volume let" in row["indicator"] for row in rows)


def test_who_pays_each_year_is_named_by_a_task_of_its_own_before_the_votes(cities, english):
    for code, found in cities.items():
        rows = goal_fields(found, english)["indicators"]
        (row,) = (row for row in rows if "without revenue on record" in row["indicator"])
        (place,) = _numbers(row["tasks"])
        task = task_at(place, tasks_of(found, english))
        assert task.title.startswith("For each project propose who bears its running cost"), code
        assert (task.responsible, row["due"]) == (english.office("finance"), "Aug\xa02027"), code
        assert task.last < voted_in(found)[0], code


def _numbers(text):
    """The numbers of tasks behind such a text as 1, 3–5 and 7-2."""
    found = []
    for part in text.replace(" and ", ", ").split(", "):
        start, _, end = part.partition(" to ")
        first, _, last = start.partition("–")
        number, _, own = first.partition("-")
        if own:
            until = int(end.partition("-")[2] or own)
            found += [Place(int(number), at) for at in range(int(own), until + 1)]
        else:
            found += map(Place, range(int(first), int(last or first) + 1))
    return found


def test_what_stands_after_the_plan_is_not_told_as_reached_within_it(dear, english):
    found = dear["changzhi"]
    text = " ".join(goal_fields(found, english)["lines"])
    # One platform: month 12 and 9 to 15 of build, so 21 to 27 of 24; the other waits for a choice.
    told = "December 2028, up to 1 of the 3 have opened, with up to 9 full-time jobs; none if"
    assert told in text
    region = replace(found.region, plan_until=found.region.plan_until.replace(year=2031))
    later = goal_fields(replace(found, region=region), english)["lines"]
    assert "plan period ends" not in " ".join(later)


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
