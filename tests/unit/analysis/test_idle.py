"""What would put more idle power to use, and why a use that waits is in no wave."""

import pytest
from msgspec.structs import replace

from generator.analysis import assess


@pytest.fixture
def known(build, knowledge):
    """A hall that may begin and a greater one that may not; both ask for a backbone."""
    uses = [
        build.use(key, "power_reuse", needs_site=True, **build.ranged((20, 20), (10, 10)))
        for key in ("R90", "R91")
    ]
    needs = [
        build.need(key, name, 1, 1, weight)
        for key in ("R90", "R91")
        for name, weight in (("backbone_gbps", 80), ("usable_floor_m2", 20))
    ]
    common = {"grid_mw_per_unit": 4, "floor_m2_per_unit": 1000, "units_max": 3}
    units = [
        build.unit_need("R90", ["bank"], mean_load_mw_per_unit=3, units_min=1, **common),
        build.unit_need("R91", ["bank"], mean_load_mw_per_unit=4, units_min=3, **common),
    ]
    made = build.catalogue(knowledge, uses, needs, units=units)
    return replace(made, pairs=(), risks=(), actions=(), procedures=(), scenarios=())


@pytest.fixture
def here(build):
    def region(hall=3000, capex=200, **more):
        return build.region(
            connectivity=[build.link(10)], power=[build.point(40)],
            institutions=[build.institution("R90")],
            sites=[replace(build.site(mva=40, hall_m2=hall), former_use="industry")],
            limits=[build.cap("capex", capex)], **more,
        )  # fmt: skip

    return region


@pytest.fixture
def found(build, known):
    return lambda region, knowledge=known: assess(region, knowledge, build.TODAY, draws=50)


@pytest.fixture
def held(build, known):
    """The same, the greater hall held back by what no office of the place can change."""
    needs = (*known.requirements["R91"], build.need("R91", "hub_status", 1, 1, 20))
    backbone = replace(needs[0], weight=60)
    return replace(known, requirements={**known.requirements, "R91": (backbone, *needs[1:])})


def test_a_use_without_its_partner_is_told_with_what_it_would_bring(found, here):
    idle = found(here()).idle

    (one,) = idle.unlocks
    assert (one.use_id, [each.kind for each in one.conditions]) == ("R91", ["signature"])
    assert idle.used == pytest.approx(3 * 3)
    assert one.power == idle.attainable == pytest.approx(3 * 4)
    assert one.effects["power"] == pytest.approx(3)
    assert [each.use_id for each in one.first] == ["R91"]


def test_the_site_that_the_first_wave_fills_is_named(found, here):
    outside = found(here()).idle.outside["R91"]

    assert (outside.kind, outside.by) == ("room", ("R90",))
    assert [place.number for place in outside.places] == [0]


def test_money_that_the_first_wave_takes_is_named(found, here):
    # 33 of 60 with contingencies, and the other asks for 33 more.
    outside = found(here(hall=6000, capex=60)).idle.outside["R91"]

    assert (outside.kind, outside.names) == ("limits", ("capex",))


def test_what_has_room_waits_in_the_second_wave_and_not_outside(found, here):
    whole = found(here(hall=6000))

    assert whole.programme.second.uses == ("R91",)
    assert whole.idle.outside == {}


def test_what_nobody_here_can_change_is_in_no_plan(found, here, held):
    whole = found(here(hall=6000, figures={"in_national_hub": 0}), held)
    together = whole.programme.together

    assert whole.programme.second.uses == ()
    assert [one.use_id for one in (*together.first, *together.second)] == ["R90"]
    assert together.gain == 0
    assert (whole.idle.outside["R91"].kind, whole.idle.outside["R91"].names) == (
        "given",
        ("hub_status",),
    )
    assert whole.idle.unlocks == ()


def test_without_power_reuse_there_is_nothing_to_unlock(build, found):
    idle = found(build.region()).idle

    assert (idle.used, idle.attainable, idle.unlocks, idle.outside) == (0, 0, (), {})


def test_the_peak_to_hold_is_that_of_the_plan_that_takes_most(found, here):
    whole = found(here())

    # The hall that waits takes 3 units of 4 MW, and so does the one that may begin.
    assert whole.idle.held == pytest.approx(12)
    assert found(here(hall=1500)).idle.held == pytest.approx(4 * 1.5)
