"""A plan to choose from: everything in which it differs, what it brings, what it waits for."""

import pytest
from msgspec.structs import replace

from generator.model import Difference, Label
from generator.model.decisions import Decision
from generator.model.programme import Placement, Precondition, ProjectSite
from generator.report.compared import choices
from generator.report.decisions import decisions_asked
from generator.report.plan import Plan, opened, proposed
from generator.report.projects import size
from generator.report.worth import of_both

NOTHING = Difference((), (), (), (), (), (), {}, 0.0, 0.0, (), (), (), (), (), (), {})
ELSEWHERE = ProjectSite(Label((("en", "Hall 9"),)), 9)


@pytest.fixture
def city(cities):
    """Two platforms and a hall in the first wave, a data centre in the second."""
    return cities["changzhi"]


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


def test_a_plan_names_everything_in_which_it_differs(city, english, changed):
    out, hall, later, earlier = parts(city)
    plan = opened(signed(changed), city, english)
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
    # In a few words, without sizes and places.
    assert "Hall 9" not in plan.short
    for use in ("R07", out, earlier, later, hall):
        assert english.use(use) in plan.short
    assert set(plan.touched) == {out, hall, later}
    assert plan.effects["jobs"] == of_both(city.programme)["jobs"] + 7


def test_what_is_waited_for_is_told_whole_and_in_brief(city, english):
    wait = Precondition("criterion", "power_price", 0.9, 0.5)
    yes = replace(
        NOTHING, joins=("R07",), placed=(Placement("R07", ELSEWHERE, 0.5),), waits={"R07": (wait,)}
    )
    plan = opened(signed(yes), city, english)
    criterion = english.name(english.knowledge.criteria["power_price"].name)
    assert plan.waits.startswith("signature by ")
    assert criterion in plan.waits
    assert plan.conditions.startswith("signature by ")
    assert criterion not in plan.conditions
    assert plan.conditions.endswith(f"; conditions of {english.use('R07')}")
    alone = opened(signed(replace(yes, waits={})), city, english)
    assert alone.conditions.startswith("signature by ")
    assert "conditions of" not in alone.conditions


@pytest.mark.parametrize(
    ("jobs", "capital", "better"),
    [(11.0, 5.0, True), (11.0, 5.1, False), (10.0, 4.0, False), (9.0, 4.0, False)],
)
def test_only_what_brings_more_of_something_and_no_less_at_no_more_cost_dominates(
    jobs, capital, better
):
    own = Plan("own", "own", {"jobs": 10.0, "power": 1.0}, 5.0, "")
    other = Plan("other", "other", {"jobs": jobs, "power": 1.0}, capital, "")
    assert other.dominates(own) is better


def test_a_long_programme_keeps_the_plan_that_is_better_in_all(cities, english):
    found = cities["qingdao"]
    (asked,) = decisions_asked(found, english).choices.values()
    own = proposed("", "", found, english)
    (better,) = (plan for plan in asked.plans if plan.dominates(own))
    # However little it is worth beside the others.
    plans = [replace(plan, worth=1.5) for plan in asked.plans if plan is not better]
    plans = [*plans, *plans, replace(better, worth=0.5)]
    (change,) = choices(plans, found, english)
    assert len(change.plans) == 2
    assert change.plans[-1].what == better.what
