import pytest
from msgspec.structs import replace

from generator.analysis.screening import screen
from generator.analysis.sites import match_sites, unexplained_load


@pytest.fixture
def known(build, knowledge):
    """One option of everything that is tested, one that is barred, one blockchain use."""
    uses = [
        build.use("R90", "power_reuse", ("cold_storage",)),
        build.use("R91", "power_reuse", ("pow_mining",)),
        build.use("R92", "power_reuse", ("cold_storage",)),
        build.use("U90"),
    ]
    needs = [
        build.need("R90", "spare_grid_mw", 9, 20, 40, hard=True),
        build.need("R90", "usable_floor_m2", 3000, 9000, 20, hard=True),
        build.need("R90", "water_m3_day", 100, 200, 20, hard=True),
        build.need("R90", "road_port_km", 30, 5, 20),
        build.need("R92", "road_port_km", 30, 5, 9),
        build.need("R92", "spare_grid_mw", 1, 2, 91, hard=True),
        build.need("R91", "spare_grid_mw", 1, 2, 100),
        build.need("U90", "spare_grid_mw", 1, 2, 100),
    ]
    rules = [
        build.rule("T1", "cold_storage", "permitted"),
        build.rule("T2", "pow_mining", "prohibited"),
        build.rule("T3", "permissioned_blockchain", "permitted"),
    ]
    return build.catalogue(knowledge, uses, needs, rules)


def options(build, known, use_id="R90", /, **site):
    here = build.region(sites=[build.site(**site)])
    (match,) = match_sites(here, known, screen(here, known, build.TODAY), build.scored(known, here))
    assert {option.use_id for option in match.options} == {"R90", "R92"}
    return [option for option in match.options if option.use_id == use_id]


GOOD = {"mva": 10, "hall_m2": 3000, "road": 40, "port": 30, "water": 100}


def test_a_site_that_reaches_every_minimum_hosts_the_option(build, known):
    (option,) = options(build, known, **GOOD)

    assert option.use_id == "R90"
    assert option.verdict == "hosts"
    assert {test.criterion_id: test.value for test in option.tests} == {
        "spare_grid_mw": pytest.approx(10 * known.assumed("site_power_factor")),
        "usable_floor_m2": 3000,
        "road_port_km": 30,
        "water_m3_day": 100,
    }
    assert option.shortfalls == ()


@pytest.mark.parametrize(
    ("column", "value", "criterion_id", "missing"),
    [
        ("mva", 8, "spare_grid_mw", 9 - 8 * 0.9),
        ("hall_m2", 2800, "usable_floor_m2", 200),
        ("water", 60, "water_m3_day", 40),
    ],
)
def test_a_missed_hard_minimum_says_how_much_is_missing(
    build, known, column, value, criterion_id, missing
):
    (option,) = options(build, known, **{**GOOD, column: value})

    (test,) = option.shortfalls
    assert option.verdict == "cannot_host"
    assert (test.criterion_id, test.met) == (criterion_id, False)
    assert test.missing == pytest.approx(missing)


@pytest.mark.parametrize(("use_id", "verdict"), [("R90", "cannot_host"), ("R92", "hosts")])
def test_a_distance_bars_a_site_where_its_weight_decides(build, known, use_id, verdict):
    """The heavy weight is 10: a minimum that would keep the use from starting binds the site."""
    (option,) = options(build, known, use_id, **{**GOOD, "port": 36})

    assert option.verdict == verdict
    assert [(test.criterion_id, test.missing) for test in option.shortfalls] == [
        ("road_port_km", 6)
    ]


def test_a_blank_hard_minimum_leaves_the_verdict_open(build, known):
    (option,) = options(build, known, **{**GOOD, "mva": None})

    test = option.tests[0]
    assert option.verdict == "unknown"
    assert (test.value, test.met, test.missing) == (None, None, None)


def test_what_is_missed_for_certain_outweighs_what_is_unknown(build, known):
    (option,) = options(build, known, **{**GOOD, "mva": None, "water": 1})

    assert option.verdict == "cannot_host"


@pytest.mark.parametrize(("road", "met"), [(20, True), (40, None)])
def test_one_known_distance_may_settle_the_nearer_of_two(build, known, road, met):
    (option,) = options(build, known, **{**GOOD, "road": road, "port": None})

    (test,) = (test for test in option.tests if test.criterion_id == "road_port_km")
    assert test.met is met
    assert test.value is None


def test_an_option_that_the_regions_power_cannot_carry_says_so(build, known):
    here = build.region(sites=[build.site(**GOOD)], power=[build.point(1)])

    ((option, _),) = (
        one.options
        for one in match_sites(
            here, known, screen(here, known, build.TODAY), build.scored(known, here)
        )
    )

    assert (option.verdict, option.viability) == ("hosts", "not_viable")


def test_evidence_clearance_and_equipment_are_carried(build, known):
    told = replace(
        build.site(),
        load_not_mining_evidence=build.label("Meter log"),
        equipment=build.label("Removed"),
    )
    other = replace(build.site(), former_use="industry", clearance_document=build.label("No. 7"))
    here = build.region(sites=[told, other])

    first, second = match_sites(
        here, known, screen(here, known, build.TODAY), build.scored(known, here)
    )

    assert (first.is_former_mine, first.has_load_evidence, first.has_clearance) == (
        True, True, False,
    )  # fmt: skip
    assert first.equipment == build.label("Removed")
    assert (second.is_former_mine, second.has_load_evidence, second.has_clearance) == (
        False, False, True,
    )  # fmt: skip


def test_no_site_is_no_match(build, known):
    here = build.region()

    assert (
        match_sites(here, known, screen(here, known, build.TODAY), build.scored(known, here)) == ()
    )


@pytest.mark.parametrize(("load", "is_finding"), [(3, True), (0, False), (None, False)])
def test_only_a_load_on_record_is_unexplained(build, load, is_finding):
    fact = unexplained_load(build.region(figures={"unexplained_load_mw": load}))

    assert (fact is not None) is is_finding
