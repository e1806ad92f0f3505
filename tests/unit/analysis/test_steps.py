"""Planned steps: what each changes in its record, and the cheapest that make a use viable."""

import math
from itertools import combinations

import numpy as np
import pytest
from msgspec.structs import replace

from generator.analysis.scenarios import outcome_of
from generator.analysis.steps import taken, try_steps
from generator.model import Label


@pytest.fixture
def tried(build):
    """The step plan of a region, and its base run."""

    def of(here, known):
        base = build.run(known, here)
        return try_steps(outcome_of(base)), base

    return of


@pytest.fixture
def of_needs(build, knowledge):
    """A catalogue of one use with these needs: (criterion, minimum, target) of equal weight."""

    def of(*needs, category="blockchain"):
        rows = [
            build.need("U91", name, least, target, 100 / len(needs), hard=True)
            for name, least, target in needs
        ]
        use = build.use("U91", category, **build.ranged())
        return replace(build.catalogue(knowledge, [use], rows), pairs=())

    return of


# --- records --------------------------------------------------------------------------------------


def the_hall(build, **columns):
    return replace(build.hall(), **{key: build.fact(value) for key, value in columns.items()})


RECORDS = [
    ("spare_grid_mw", "power", "spare_mw", "Point", 12, 5, 17),
    ("power_price", "power", "price", "Point", 0.6, -0.1, 0.5),
    ("peak_valley_spread", "power", "peak_valley_spread", "Point", 0.3, 0.2, 0.5),
    ("it_load_mw", "data_centres", "it_load_mw_free", "Hall", 2, 3, 5),
    ("racks_available", "data_centres", "racks_free", "Hall", 20, 30, 50),
    ("tier_level", "data_centres", "tier", "Hall", 2, 1, 3),
    ("availability_pct", "data_centres", "availability", "Hall", 98, 0.4, 98.4),
    ("pue", "data_centres", "pue", "Hall", 1.5, -0.25, 1.25),
    ("dev_fte", "workforce", "available_fte", "Role", 5, 7, 12),
    ("ops_fte", "workforce", "available_fte", "Role", 5, 7, 12),
    ("technician_fte", "workforce", "available_fte", "Role", 5, 7, 12),
    ("backbone_gbps", "connectivity", "backbone_gbps", "Link", 10, 90, 100),
    ("backbone_latency_ms", "connectivity", "latency_ms", "Link", 20, -12, 8),
    ("water_m3_day", "sites", "water_m3_day", "Site", 100, 50, 150),
    ("usable_floor_m2", "sites", "hall_m2", "Site", 1000, 500, 1500),
    ("road_port_km", "sites", "road_km", "Site", 9, -4, 5),
]


GROUPS = {"dev_fte": "developers", "ops_fte": "operations", "technician_fte": "technicians"}


@pytest.fixture
def registers(build):
    """One record of each register, with nothing known."""
    return {
        "power": build.point(None), "data_centres": build.hall(), "connectivity": build.link(),
        "workforce": build.role("developers", None), "sites": build.site(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("criterion", "register", "column", "name", "value", "by", "expected"), RECORDS
)
def test_a_step_changes_the_record_that_it_names(
    build, knowledge, registers, criterion, register, column, name, value, by, expected
):
    row = replace(registers[register], **{column: build.fact(value, low=value - 1, high=value + 1)})
    if register == "workforce":
        row = replace(row, counts_towards=GROUPS[criterion])
    name_column = "role" if register == "workforce" else "name"
    other = replace(row, **{name_column: build.label("Other")})
    here = build.region(**{register: [other, row]})
    changed, not_found = taken([build.planned(criterion, f" {name.lower()} ", by)], here, knowledge)
    assert not_found == []
    least = 1 if criterion == "pue" else 0
    untouched, moved = getattr(changed, register)
    assert getattr(untouched, column).value == value
    found = getattr(moved, column)
    assert found.value == pytest.approx(expected)
    assert (found.low, found.high) == (
        pytest.approx(max(least, expected - 1)), pytest.approx(expected + 1)
    )  # fmt: skip
    assert getattr(here, register)[1] is not moved
    assert getattr(getattr(here, register)[1], column).value == value


def test_a_record_is_found_by_its_name_in_either_language(build, knowledge):
    name = Label((("en", "Hub"), ("zh-CN", "枢纽站")))
    here = build.region(power=[replace(build.point(5), name=name)])
    for written in ("hub", "枢纽站"):
        changed, _ = taken([build.planned("spare_grid_mw", written, 5)], here, knowledge)
        assert changed.power[0].spare_mw.value == 10


@pytest.mark.parametrize("region_name", ["here", "Here"])
def test_a_figure_of_the_region_changes_where_the_step_names_the_region(
    build, knowledge, region_name
):
    here = build.region(figures={"renewable_share": 30, "grid_factor": 0.6, "in_national_hub": 0})
    steps = [
        build.planned("renewable_share", region_name, 20),
        build.planned("carbon_intensity", region_name, -0.2),
        build.planned("hub_status", region_name, 1),
    ]
    changed, not_found = taken(steps, here, knowledge)
    assert not_found == []
    assert changed.figures["renewable_share"].value == 50
    assert changed.figures["grid_factor"].value == pytest.approx(0.4)
    assert changed.figures["in_national_hub"].value == 1
    assert here.figures["renewable_share"].value == 30


@pytest.mark.parametrize("name", ["anchor_lq", "dev_fte", "water_m3_day"])
def test_a_measure_changes_where_the_step_names_it(build, tried, of_needs, name):
    here = build.region(measures=[build.measure(name, 2)], steps=[build.planned(name, name, 3, 1)])
    found, base = tried(here, of_needs((name, 4, 8)))
    assert base.readiness.uses["U91"].low == 0
    (alone,) = found.single
    assert alone.not_found == ()
    assert alone.difference.readiness == {"U91": pytest.approx(25)}
    assert alone.difference.became_viable == ("U91",)
    assert [one.use_id for one in found.unlocking] == ["U91"]


def test_a_step_on_institutions_signs_one_for_the_use_that_it_names(build, knowledge):
    here = build.region(
        institutions=[
            build.institution("U91", status="talks", name="City / bank"),
            build.institution("U92", status="talks", name="City / bank"),
        ]
    )
    changed, not_found = taken(
        [build.planned("anchor_institutions", "City / bank / U92", 1)], here, knowledge
    )
    assert not_found == []
    assert [row.status for row in changed.institutions] == ["talks", "signed"]
    assert [row.status for row in here.institutions] == ["talks", "talks"]


@pytest.mark.parametrize(
    ("criterion", "record"),
    [("spare_grid_mw", "Nowhere"), ("dev_fte", "Point"), ("anchor_institutions", "Body / U99"),
     ("anchor_institutions", "Body"), ("renewable_share", "here"), ("anchor_lq", "here")],
)  # fmt: skip
def test_a_step_that_names_no_record_changes_nothing_and_is_listed(
    build, tried, of_needs, criterion, record
):
    here = build.region(
        power=[build.point(5)], institutions=[build.institution("U91", status="talks")],
        steps=[build.planned(criterion, record, 9, 4)],
    )  # fmt: skip
    found, _ = tried(here, of_needs(("spare_grid_mw", 8, 10)))
    (alone,) = found.single
    assert alone.not_found == alone.steps
    assert build.is_unmoved(alone.difference)
    assert (alone.points, alone.cost, alone.points_per_million) == (0, 4, 0)
    assert found.out_of_reach == ("U91",)


def test_what_is_unknown_stays_unknown_whatever_a_step_adds(build, tried, of_needs):
    here = build.region(
        power=[build.point(None)], steps=[build.planned("spare_grid_mw", "Point", 9)]
    )
    found, base = tried(here, of_needs(("spare_grid_mw", 4, 8)))
    assert base.readiness.uses["U91"].viability == "cannot_be_cleared"
    assert found.single[0].not_found == found.single[0].steps
    assert build.is_unmoved(found.single[0].difference)
    assert found.out_of_reach == ("U91",)


def test_a_step_on_staff_needs_a_role_of_that_staff(build, knowledge):
    here = build.region(workforce=[build.role("operations", 5)])
    changed, not_found = taken([build.planned("dev_fte", "Role", 50)], here, knowledge)
    assert (changed, len(not_found)) == (here, 1)


@pytest.mark.parametrize(("by", "status"), [(1, "signed"), (-1, "none"), (0, "talks")])
def test_a_step_on_an_institution_signs_or_withdraws(build, knowledge, by, status):
    here = build.region(institutions=[build.institution("U91", "bank", "talks")])
    name = here.institutions[0].name.text("en")
    changed, _ = taken([build.planned("anchor_institutions", f"{name} / U91", by)], here, knowledge)
    assert changed.institutions[0].status == status


def test_no_step_takes_a_share_beyond_the_whole(build, knowledge):
    here = build.region(data_centres=[the_hall(build, availability=99.5)])
    changed, _ = taken([build.planned("availability_pct", "Hall", 0.9)], here, knowledge)
    assert changed.data_centres[0].availability.value == 100


def test_no_step_makes_a_record_less_than_nothing(build, knowledge):
    here = build.region(power=[build.point(build.fact(5, low=1, high=9))])
    changed, _ = taken([build.planned("spare_grid_mw", "Point", -6)], here, knowledge)
    found = changed.power[0].spare_mw
    assert (found.value, found.low, found.high) == (0, 0, 3)


# --- one by one and together ----------------------------------------------------------------------


def test_steps_alone_and_together_and_the_base_lists_untouched(build, tried, of_needs):
    here = build.region(
        power=[build.point(10)], workforce=[build.role("developers", 12)],
        steps=[
            build.planned("spare_grid_mw", "Point", 10, 4), build.planned("dev_fte", "Role", 4, 0),
            build.planned("dev_fte", "Role", 4),
        ],
    )  # fmt: skip
    known = of_needs(("spare_grid_mw", 10, 50), ("dev_fte", 10, 20))
    plan, base = tried(here, known)
    # 10 MW are 0 of 50 points and 12 developers 2 of 10, so 10 points; viable but not shortlisted.
    assert base.readiness.uses["U91"].low == pytest.approx(10)
    assert plan.unlocking == plan.out_of_reach == ()
    grid, free, unpriced = plan.single
    assert (grid.points, grid.cost) == (pytest.approx(12.5), 4)
    assert grid.points_per_million == pytest.approx(12.5 / 4)
    assert (free.points, free.cost, free.points_per_million) == (pytest.approx(20), 0, None)
    assert (unpriced.points, unpriced.cost) == (pytest.approx(20), None)
    assert unpriced.points_per_million is None
    # 20 MW and 20 developers: 12.5 and 50 points.
    assert plan.together.points == pytest.approx(12.5 + 40)
    assert plan.together.cost is None
    assert plan.together.difference.shortlisted == ("U91",)
    # Nothing is attainable before, so that by the same coefficients nothing has a value after.
    assert plan.together.difference.idle == ("U91",)
    assert all(one.difference.shortlisted == () for one in plan.single)
    assert build.run(known, here).readiness == base.readiness
    assert base.readiness.shortlist["blockchain"] == ()


def test_what_a_step_brings_to_the_programme_is_counted_in_natural_units(build, tried, knowledge):
    uses = [
        build.use("U91", **build.ranged(jobs=(20, 20), capex=(10, 10))),
        build.use("U92", **build.ranged(jobs=(40, 40), capex=(25, 25))),
    ]
    needs = [
        build.need("U91", "spare_grid_mw", 1, 2, 100, hard=True),
        build.need("U92", "backbone_gbps", 100, 100, 100, hard=True),
    ]
    known = replace(build.catalogue(knowledge, uses, needs), pairs=())
    here = build.region(
        power=[build.point(9)], connectivity=[build.link(60)],
        limits=[build.cap("capex", 30)],
        steps=[build.planned("backbone_gbps", "Link", 40), build.planned("spare_grid_mw", "Point", 9)],
    )  # fmt: skip

    plan, _ = tried(here, known)

    # U92 takes 27.5 of 30 with contingency and is worth twice as much, so that U91 makes room.
    found = plan.single[0].difference
    assert (found.joins, found.leaves, found.shortlisted) == (("U92",), ("U91",), ("U92",))
    assert (found.effects["jobs"], found.capital) == (pytest.approx(20), pytest.approx(15))
    # By the coefficients of before, 20 jobs are all that could be had.
    assert found.value == pytest.approx(1)
    assert found.idle == ()
    assert build.is_unmoved(plan.single[1].difference)


def test_a_use_that_a_step_shortlists_may_still_be_in_no_wave(build, tried, knowledge):
    uses = [
        build.use("U91", **build.ranged(jobs=(20, 20), capex=(10, 10))),
        build.use("U92", **build.ranged(jobs=(10, 10), capex=(25, 25))),
    ]
    needs = [
        build.need("U91", "spare_grid_mw", 1, 2, 100, hard=True),
        build.need("U92", "backbone_gbps", 100, 100, 100, hard=True),
    ]
    known = replace(build.catalogue(knowledge, uses, needs), pairs=())
    here = build.region(
        power=[build.point(9)], connectivity=[build.link(60)], limits=[build.cap("capex", 30)],
        steps=[build.planned("backbone_gbps", "Link", 40)],
    )  # fmt: skip

    (alone,) = tried(here, known)[0].single

    assert (alone.difference.shortlisted, alone.difference.idle) == (("U92",), ("U92",))
    assert not alone.difference.changes_programme


def test_one_step_alone_has_no_result_together_and_no_step_none_at_all(build, tried, of_needs):
    known = of_needs(("spare_grid_mw", 10, 50))
    one, _ = tried(
        build.region(power=[build.point(1)], steps=[build.planned("spare_grid_mw", "Point", 3, 1)]),
        known,
    )
    assert len(one.single) == 1
    assert one.together is None
    none, _ = tried(build.region(power=[build.point(1)]), known)
    assert (none.single, none.together, none.unlocking, none.out_of_reach) == ((), None, (), ())


# --- the cheapest set -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_set_is_the_cheapest_of_all_sets(build, tried, of_needs, seed):
    chance = np.random.default_rng(seed)
    criteria = (("spare_grid_mw", "Point", 30), ("dev_fte", "Role", 40))
    steps = [
        build.planned(name, record, int(chance.integers(3, 20)), cost, title=f"S{k}")
        for k, (name, record, _) in enumerate(criteria * 4)
        for cost in [None if k == 7 else float(chance.integers(0, 30))]
    ]
    here = build.region(
        power=[build.point(10)], workforce=[build.role("developers", 20)], steps=steps
    )
    plan, _ = tried(here, of_needs(*((name, least, 99) for name, _, least in criteria)))
    enough = {}
    for size in range(len(steps) + 1):
        for some in combinations(steps, size):
            gained = {
                name: sum(s.change.value for s in some if s.criterion == name)
                for name, _, _ in criteria
            }
            if gained["spare_grid_mw"] >= 20 and gained["dev_fte"] >= 20:
                costs = [math.inf if s.cost.value is None else s.cost.value for s in some]
                enough[frozenset(s.title.text("en") for s in some)] = (sum(costs), size)
    if not enough:
        assert plan.out_of_reach == ("U91",)
        return
    (found,) = plan.unlocking
    cost, size = min(enough.values())
    assert (math.inf if found.cost is None else found.cost) == cost
    assert len(found.steps) == size
    assert frozenset(s.title.text("en") for s in found.steps) in enough


def test_steps_that_cost_nothing_come_first_however_many_there_are(build, tried, of_needs):
    dear = [build.planned("spare_grid_mw", "Point", 1, 5 + k, title=f"S{k:02}") for k in range(10)]
    free = build.planned("spare_grid_mw", "Point", 25, 0, title="Free")
    here = build.region(power=[build.point(10)], steps=[*dear, free])
    plan, _ = tried(here, of_needs(("spare_grid_mw", 30, 99)))
    (found,) = plan.unlocking
    assert [step.title.text("en") for step in found.steps] == ["Free"]
    assert found.cost == 0


def test_a_dear_step_behind_ten_cheap_ones_is_still_within_reach(build, tried, of_needs):
    cheap = [build.planned("dev_fte", "Role", 1, 1, title=f"S{k:02}") for k in range(10)]
    dear = build.planned("spare_grid_mw", "Point", 25, 99, title="Dear")
    here = build.region(
        power=[build.point(10)], workforce=[build.role("developers", 18)], steps=[*cheap, dear]
    )
    plan, _ = tried(here, of_needs(("spare_grid_mw", 30, 99), ("dev_fte", 20, 40)))
    assert plan.out_of_reach == ()
    (found,) = plan.unlocking
    assert len(found.steps) == 3
    assert found.cost == 101


def test_a_use_that_the_law_has_not_cleared_is_not_unlocked(build, tried, of_needs):
    known = replace(of_needs(("spare_grid_mw", 30, 99)), rules=())
    here = build.region(
        power=[build.point(10)], steps=[build.planned("spare_grid_mw", "Point", 25, 1)]
    )
    plan, _ = tried(here, known)
    assert plan.unlocking == plan.out_of_reach == ()
    assert plan.single[0].points == 0


def test_the_missing_key_institution_is_signed_by_its_step(build, tried, knowledge):
    use = build.use("U91", key_institution_types=("bank",), **build.ranged())
    needs = [build.need("U91", "anchor_institutions", 1, 2, 100, hard=True)]
    known = replace(build.catalogue(knowledge, [use], needs), pairs=())
    here = build.region(
        institutions=[
            build.institution("U91", "port"), build.institution("U91", status="talks", name="Bank"),
        ],
        steps=[build.planned("anchor_institutions", "Bank / U91", 1, 2)],
    )  # fmt: skip
    plan, base = tried(here, known)
    assert base.readiness.uses["U91"].viability == "not_viable"
    assert [(one.use_id, one.cost) for one in plan.unlocking] == [("U91", 2)]
    assert plan.single[0].difference.shortlisted == ("U91",)


def test_a_step_on_a_criterion_that_does_not_exist_here_names_no_record(build, knowledge):
    here = build.region(jurisdiction="US-TX", figures={"in_national_hub": 0})
    step = build.planned("hub_status", "Here", 1)
    known = replace(
        knowledge,
        criteria={key: one for key, one in knowledge.criteria.items() if key != "hub_status"},
    )

    assert taken([step], here, known) == (here, [step])
