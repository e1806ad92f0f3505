"""Projects as they are described, and what could supply them."""

import pytest
from msgspec.structs import replace

from generator.analysis.programme import programme
from generator.analysis.projects import supply_size


@pytest.mark.parametrize(
    ("load", "per_unit", "ends", "size"),
    [
        (9.4, 4, (0.2, 9), 2.3),
        (1.2, 4, (0.2, 9), 0.3),
        # 0.7 / 0.1 is a hair below 7 in binary numbers.
        (0.7, 0.1, (1, 9), 7.0),
        (0.7, 4, (0.2, 9), 0.0),
        (99, 4, (0.2, 9), 9),
        (99, 4, (0.2, None), 24.7),
        (9.4, 0, (0.2, 9), 0.0),
        (9.4, None, (0.2, 9), 0.0),
    ],
)
def test_a_supply_is_as_large_as_the_load_in_tenths_down_within_its_own_bounds(
    build, load, per_unit, ends, size
):
    need = build.unit_need(
        "R98", mean_load_mw_per_unit=per_unit, units_min=ends[0], units_max=ends[1]
    )

    assert supply_size(load, need) == pytest.approx(size)


@pytest.fixture
def fed(build, knowledge):
    """A hall of 3 MW a unit, a supply of 2 MW a unit, and a platform."""
    uses = [
        build.use("R90", "power_reuse", needs_site=False, **build.ranged((10, 10), (20, 20))),
        build.use("R98", "power_reuse", needs_site=False, **build.ranged((50, 50), (6, 10))),
        build.use("U90", **build.ranged((10, 10), (20, 20))),
    ]
    needs = [
        build.need("R90", "backbone_gbps", 1, 1, 60),
        build.need("R90", "renewable_share", 40, 60, 5),
        build.need("R90", "carbon_intensity", 0.8, 0.2, 35),
        build.need("R98", "backbone_gbps", 1, 1, 100),
        build.need("U90", "backbone_gbps", 1, 1, 100),
    ]
    units = [
        build.unit_need(
            "R90", ["bank"], grid_mw_per_unit=4, mean_load_mw_per_unit=3, units_min=1, units_max=3
        ),
        build.unit_need(
            "R98", ["bank"], grid_mw_per_unit=2, mean_load_mw_per_unit=2, units_min=1,
            units_max=9, role="supply",
        ),
    ]  # fmt: skip
    return replace(build.catalogue(knowledge, uses, needs, units=units), pairs=())


@pytest.fixture
def here(build):
    return build.region(
        connectivity=[build.link(10)], power=[build.point(40)],
        figures={"renewable_share": 50, "grid_factor": 0.8},
        institutions=[build.institution("R90"), build.institution("R98", name="Other")],
    )  # fmt: skip


def test_a_supply_is_listed_under_the_project_it_could_serve_and_is_none_itself(build, fed, here):
    core = build.run(fed, here)
    plan = programme(core)

    assert "R98" in core.readiness.shortlist["power_reuse"]
    assert "R98" not in core.setting.candidates
    by_use = {one.use_id: one for one in plan.projects}
    assert set(by_use) == {"R90", "U90"}
    assert by_use["U90"].supplies == ()
    (supply,) = by_use["R90"].supplies
    # Three units draw 9 MW: four and a half units of the supply, at 8 million each.
    assert (by_use["R90"].size, supply.use_id, supply.size) == (3, "R98", 4.5)
    assert supply.capital.value == pytest.approx(36)
    assert supply.repairs == ("carbon_intensity", "renewable_share")


def test_a_supply_use_off_the_list_feeds_nothing(build, fed, here):
    listed = {**fed.requirements, "R98": (build.need("R98", "dev_fte", 1, 2, 100, hard=True),)}

    plan = programme(build.run(replace(fed, requirements=listed), here))

    assert [one.supplies for one in plan.projects if one.use_id == "R90"] == [()]


def test_a_supply_stands_last_in_the_order_by_value(build, fed, here):
    assert build.run(fed, here).readiness.shortlist["power_reuse"] == ("R90", "R98")


def test_signing_the_bodies_of_a_supply_adds_nothing(build, fed, here):
    unsigned = replace(here, institutions=here.institutions[:1])

    with_, without = (programme(build.run(fed, one)) for one in (here, unsigned))

    assert with_.first.effects == without.first.effects
    assert [one.attainable for one in with_.objectives] == [
        one.attainable for one in without.objectives
    ]


# --- what a project draws, costs and emits --------------------------------------------------------


def test_amounts_of_power_reuse_are_those_of_its_size(build, fed, here):
    (hall,) = (one for one in programme(build.run(fed, here)).projects if one.use_id == "R90")

    assert hall.connection_mw == pytest.approx(12)
    assert hall.effects == {
        "jobs": pytest.approx(30), "power": pytest.approx(9), "served": 0, "value_added": 0,
    }  # fmt: skip
    assert hall.capital.value == pytest.approx(60)
    # 9 MW round the clock are 78.84 GWh, at 0.8 kg a kWh 63.072 thousand tonnes.
    assert hall.emissions_kt == pytest.approx(63.072)


def test_a_platform_draws_no_idle_power_and_emits_nothing_of_its_own(build, fed, here):
    (chain,) = (one for one in programme(build.run(fed, here)).projects if one.use_id == "U90")

    assert (chain.effects["power"], chain.emissions_kt) == (0, 0)


def test_a_project_of_the_second_wave_says_what_must_come_first(build, fed, here):
    blocked = build.need("U90", "anchor_institutions", 1, 2, 30)
    needs = {**fed.requirements, "U90": (build.need("U90", "backbone_gbps", 1, 1, 70), blocked)}
    one = replace(
        here,
        institutions=tuple(
            replace(row, status="talks", use=use_id)
            for row, use_id in zip(here.institutions, ("R90", "U90"), strict=True)
        ),
    )

    plan = programme(build.run(replace(fed, requirements=needs), one))

    found = {one.use_id: one.preconditions for one in plan.second.projects}
    assert plan.first.projects == ()
    assert [(one.kind, one.types) for one in found["R90"]] == [("signature", ("bank",))]
    assert [(one.kind, one.criterion_id, one.value, one.minimum) for one in found["U90"]] == [
        ("criterion", "anchor_institutions", 0, 1)
    ]


def test_a_project_of_the_second_wave_that_waits_for_money_alone_says_so(build, fed, here):
    poor = replace(here, limits=(build.cap("capex", 0),))
    # Nothing can be had at once, and nothing later: a limit of nothing is one for both waves.
    assert programme(build.run(fed, poor)).projects == ()
