"""A plan to choose from: everything in which it differs, what it brings, what it waits for, what is advised."""

import pytest
from msgspec.structs import replace

from generator.choices.rivals import Rival, choices_between, own_plan, settled_in
from generator.choices.worth import of_both
from generator.model import Difference, Label
from generator.model.choosing import ProjectSite
from generator.model.decisions import Decision
from generator.model.programme import Placement, Precondition
from generator.report.alternatives import alternative_rows
from generator.report.choices import alternatives
from generator.report.compared import choices, limit_note, plan_lines, plan_rows
from generator.report.decisions import decisions_asked
from generator.report.plan import told
from generator.report.projects import size
from generator.report.provisos import holding
from generator.report.task import each_of
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import task_at

NOTHING = Difference((), (), (), (), (), (), {}, 0.0, 0.0, (), (), (), (), (), (), {})
ELSEWHERE = ProjectSite(Label((("en", "Hall 9"),)), 9)


@pytest.fixture
def city(dear):
    """Two platforms and a hall in the first wave, a data centre in the second."""
    return dear["changzhi"]


def parts(city):
    """The platform that leaves, the hall, the platform that comes later, what comes earlier."""
    out, later = (
        one.use_id for one in city.programme.first.projects if one.category == "blockchain"
    )
    (hall,) = (one.use_id for one in city.programme.first.projects if one.category == "power_reuse")
    (earlier,) = city.programme.second.uses
    return out, hall, later, earlier


@pytest.fixture
def changed(city):
    """Everything at once: an archive joins, evidence leaves, two change waves, halls move and shrink."""
    out, hall, later, earlier = parts(city)
    placed = tuple(Placement(use, ELSEWHERE, 0.5) for use in ("R07", hall))
    kept = next(one for one in city.programme.second.projects if one.use_id == earlier)
    placed += (Placement(earlier, kept.place, kept.size),)
    return replace(
        NOTHING, joins=("R07",), leaves=(out,), earlier=(earlier,), later=(later,), resized=(hall,),
        placed=placed, effects={"jobs": 7.0},
    )  # fmt: skip


def signed(yes, use="R07", **more):
    return Decision("signature", (use,), None, None, ("bank",), 1, None, yes, NOTHING, **more)


def opened(city, english, decision):
    """The only plan that a decision makes, in numbers and in words."""
    begin = [one for one in city.decisions if one.kind == "programme"]
    (choice,) = choices_between(replace(city, decisions=(*begin, decision)))
    (one,) = (each for each in choice.rivals if each.kind == "opened")
    return one, told(one, city, english)


def test_a_plan_names_everything_in_which_it_differs(city, english, changed):
    out, hall, later, earlier = parts(city)
    rival, plan = opened(city, english, signed(changed, advice="yes"))
    (before,) = (one for one in city.programme.projects if one.use_id == hall)
    moved = (
        f"{english.use(hall)} changed from {size(hall, before.size, english)}"
        f" ({english.name(before.place.name)}) to {size(hall, 0.5, english)} (Hall 9)"
    )
    assert plan.what.split("; ") == [
        f"{english.use('R07')} ({size('R07', 0.5, english)}, Hall 9) in place of {english.use(out)}",
        f"{english.use(earlier)} in the first wave",
        f"{english.use(later)} in the second wave only",
        moved,
    ]
    # In a few words, with the sizes and without their places.
    # What joins is told with its size and place there as well.
    assert "Hall 9" in plan.short
    assert f"{english.use(hall)} {size(hall, 0.5, english)}" in plan.short
    for use in ("R07", out, earlier, later, hall):
        assert english.use(use) in plan.short
    assert set(rival.touched) == {out, hall, later}
    assert rival.effects["jobs"] == of_both(city.programme)["jobs"] + 7


def test_what_is_waited_for_is_told_whole_and_in_brief(city, english):
    wait = Precondition("criterion", "power_price", 0.9, 0.5)
    yes = replace(
        NOTHING, joins=("R07",), leaves=parts(city)[:1], waits={"R07": (wait,)},
        placed=(Placement("R07", ELSEWHERE, 0.5),),
    )  # fmt: skip
    _, plan = opened(city, english, signed(yes, advice="yes"))
    criterion = english.name(english.knowledge.criteria["power_price"].name)
    assert plan.waits.startswith("a letter of intent by ")
    assert criterion in plan.waits
    assert plan.conditions.startswith("a letter of intent by ")
    assert criterion not in plan.conditions
    assert plan.conditions.endswith(f"; conditions of {english.use('R07')}")
    _, alone = opened(city, english, signed(replace(yes, waits={}), advice="yes"))
    assert alone.conditions.startswith("a letter of intent by ")
    assert "conditions of" not in alone.conditions


@pytest.mark.parametrize(
    ("jobs", "capital", "better"),
    [(11.0, 5.0, True), (11.0, 5.1, False), (10.0, 4.0, False), (9.0, 4.0, False)],
)
def test_only_what_brings_more_of_something_and_no_less_at_no_more_cost_dominates(
    jobs, capital, better
):
    own = Rival("own", {"jobs": 10.0, "power": 1.0}, 5.0, 5.0, 1)
    other = Rival("opened", {"jobs": jobs, "power": 1.0}, capital, 9.0, 1)
    assert other.dominates(own) is better


def test_the_plan_that_is_better_in_all_is_among_those_weighed_and_advised(as_one, english):
    found = as_one
    (change,) = choices(found, english)
    own = own_plan(found)
    assert len(change.plans) == 2
    (better,) = (one for one in change.plans if one.rival.dominates(own))
    most, _ = change.plans
    assert most.rival.worth > better.rival.worth
    # One advice: the better one if its condition came about, A if not, the other only for what it leads by.
    advice = change.row["advice"]
    assert advice.startswith(
        "Choose C if its letter of intent is there by June 2027 and its running cost without a known "
        "payer is no larger than that of A. Otherwise A stays. "
    )
    assert "Choose B only if the decision puts idle power in use above jobs and capital" in advice
    without = round(100 * most.rival.apart["power"])
    assert without < 100
    assert f"but only {without} without idle power in use" in advice
    # Its upper end with contingencies, CNY 537 million, is over the limit of 420.
    assert advice.endswith(
        "and only once CNY 117 million beyond the limit, contingencies included, have a source"
    )


def test_every_plan_has_a_sentence_with_all_that_is_more_and_less(dear, as_one, english):
    found = dear["changzhi"]
    asked = decisions_asked(found, english)
    lines = plan_lines(asked.changing, found, english)
    # In jobs B is ahead, in power and money A; nobody says that people alone decide.
    assert lines == (
        "Compared with A, as proposed, B has 36 more full-time jobs and 49,100 more staff of industries served, "
        "but 0.09 MW less in use and CNY 5 million more capital."
    )
    (change,) = (one for one in asked.changing if one.plans)
    assert change.row["advice"] == (
        "Choose B if what it waits for has come about by March 2028: by the weights it is worth 148 "
        "(A 100), and 116 without staff of industries served. Otherwise A stays"
    )
    lines = plan_lines(decisions_asked(as_one, english).changing, as_one, english)
    assert lines.startswith(
        "Compared with A, as proposed, B has 5.46 MW more in use, but 249 fewer full-time jobs"
    )
    assert lines.endswith(
        " C has 161 more full-time jobs, 0.51 MW more in use and CNY 30 million less capital."
    )


def test_who_reaches_as_many_people_with_a_platform_less_says_why(as_one, english):
    lines = plan_lines(decisions_asked(as_one, english).changing, as_one, english)
    assert (
        "B serves as many staff without Food and cold-chain traceability, since others serve the "
        "same industries." in lines
    )


@pytest.mark.parametrize("name", ["changzhi", "heze", "qingdao"])
def test_sentences_and_rows_are_the_numbers_of_the_results(dear, english, name):
    found = dear[name]
    asked = decisions_asked(found, english)
    (change,) = (one for one in asked.changing if one.plans)
    rows, _, limit = plan_rows(asked.choices, found, english)
    note = limit_note(asked.changing, found, english)
    assert float(limit) == found.programme.money_limit
    whole = 1 + found.knowledge.assumed("contingency")
    plans = (own_plan(found), *(one.rival for one in change.plans))
    for row, one in zip(rows, plans, strict=True):
        assert row["jobs"] == english.number(one.effects["jobs"], 0)
        assert float(row["capital"]) == pytest.approx(one.capital, rel=0.01)
        assert float(row["upper"].split()[0]) == pytest.approx(one.upper, rel=0.01)
        assert ("over" in row["upper"]) == (one.beyond > 0)
        # Where a plan is over the limit, contingencies are told, and what it waits for.
        is_told = any(each.beyond for each in plans)
        assert (f"{row['plan']} {one.upper * whole:.0f}" in note) is is_told
        assert ("beyond the limit, contingencies included" in row["waits"]) == (one.beyond > 0)
    own = found.programme
    assert plans[0].upper >= own.first.capital_range[1] + own.second.capital_range[1]


def test_the_larger_size_is_a_plan_that_waits_for_its_money_till_the_vote_on_its_project(
    dear, english
):
    found = dear["heze"]
    (choice,) = found.choices
    (one,) = choice.rivals
    assert one.kind == "larger"
    assert one.touched == ("R05",)
    whole = 1 + found.knowledge.assumed("contingency")
    assert own_plan(found).upper * whole <= found.programme.money_limit
    assert one.beyond == pytest.approx(one.upper * whole - found.programme.money_limit)
    asked = decisions_asked(found, english)
    (change,) = (one for one in asked.changing if one.plans)
    assert change.row["by"] == "September 2027"
    assert change.row["advice"] == (
        "Keep A. Choose B only if the source of the CNY 44 million beyond the limit is named before "
        "the vote on its projects"
    )
    own, larger = plan_rows(asked.choices, found, english)[0]
    assert own["waits"] == "see table of projects"
    assert (
        larger["waits"] == "the source of CNY 44 million beyond the limit, contingencies included"
    )
    assert "75,000 m³" in larger["what"]
    # The vote on the project is a task already.
    assert not any("Compare plans" in task.title for task in tasks_of(found, english))


@pytest.mark.parametrize("name", ["changzhi", "heze", "qingdao"])
def test_plans_stand_with_their_letters_in_one_table_and_the_chart(dear, english, name):
    found = dear[name]
    (choice,) = found.choices
    letters = "ABCD"[: 1 + len(choice.rivals)]
    rows, *_ = plan_rows(decisions_asked(found, english).choices, found, english)
    told_rows = {row["plan"]: row for row in rows}
    assert "".join(told_rows) == letters
    for letter, one in zip(letters[1:], choice.rivals, strict=True):
        assert told_rows[letter]["jobs"] == english.number(one.effects["jobs"], 0)
    # The table of other first waves leaves them to the table of plans.
    others, _ = alternative_rows(found, english)
    assert not any(row["name"].startswith(f"Plan {one}") for row in others for one in letters[1:])
    drawn = [text for text in alternatives(found, english).categories if text.startswith("Plan ")]
    assert not drawn or "".join(text[5] for text in drawn) == letters


def test_all_plans_are_compared_by_one_task_in_the_month_of_the_choice(dear, as_one, english):
    plans = {"qingdao": "A and B", "changzhi": "A and B"}
    for found, letters in (
        *((dear[name], letters) for name, letters in plans.items()),
        (as_one, "A, B and C"),
    ):
        (choice,) = found.choices
        tasks = each_of(tasks_of(found, english))
        (task,) = (one for one in tasks if one.title.startswith("Compare plans"))
        assert task.title.startswith(f"Compare plans {letters} once")
        assert task.last == choice.by


@pytest.mark.parametrize("letter", ["B", "C"])
def test_the_signature_of_a_better_plan_is_somebodys_task(dear, as_one, english, letter):
    found = dear["qingdao"] if letter == "B" else as_one
    tasks = each_of(tasks_of(found, english))
    (task,) = (one for one in tasks if f"which plan {letter} waits for" in one.title)
    assert "anchor company" in task.title
    assert task.lead == english.lead(english.knowledge.use("R15").owner_office)
    (choice,) = found.choices
    assert task.last <= choice.by


def test_what_filing_waits_for_is_settled_when_the_tasks_say_so(cities, english):
    for found in cities.values():
        tasks = tasks_of(found, english)
        ends = [task_at(place, tasks).last for place in holding(tasks, found)]
        assert settled_in(found) == max(ends, default=None)
