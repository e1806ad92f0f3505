from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from generator.analysis.screening import find, is_in_force, screen
from generator.intake import read_submission
from generator.model import (
    Extent,
    Jurisdiction,
    Label,
    RegionCondition,
    Relation,
    Staleness,
    Threshold,
    pressing,
)


@pytest.fixture
def law(build, knowledge):
    """The status of one use that carries an activity for each effect given."""

    def found(*effects):
        names = sorted(knowledge.activities)[: len(effects)]
        rules = [
            build.rule(f"T-{number}", name, effect)
            for number, (name, effect) in enumerate(zip(names, effects, strict=True))
            if effect
        ]
        known = build.catalogue(knowledge, [build.use("U90", activities=names)], (), rules)
        return screen(build.region(), known, build.TODAY).uses["U90"]

    return found


# --- the status of a use --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effects", "status"),
    [
        (("prohibited", "encouraged"), "prohibited"),
        (("encouraged", "permitted", "conditional", "prohibited"), "prohibited"),
        (("prohibited", None), "prohibited"),
        (("encouraged", None), "partly_assessed"),
        (("permitted", None, "conditional"), "partly_assessed"),
        ((None,), "not_assessed"),
        ((None, None), "not_assessed"),
        (("conditional", "encouraged", "permitted"), "conditional"),
        (("encouraged", "permitted"), "permitted"),
        (("encouraged",), "encouraged"),
    ],
)
def test_the_status_of_a_use_is_its_strictest_activity_and_an_open_one_is_never_a_permission(
    law, effects, status
):
    assert law(*effects).status == status


def test_a_partly_assessed_use_names_its_open_activities(law, knowledge):
    found = law("encouraged", None, "conditional", None)

    second, fourth = (sorted(knowledge.activities)[number] for number in (1, 3))
    assert [one.activity for one in found.of("not_assessed")] == [second, fourth]


def test_the_strictest_of_several_rules_on_one_activity_decides(build, knowledge):
    rules = [
        build.rule(f"T-{effect}", "data_centre", effect)
        for effect in ("encouraged", "conditional", "permitted")
    ]
    use = build.use("U90", activities=("data_centre",))
    known = build.catalogue(knowledge, [use], (), rules)

    found = screen(build.region(), known, build.TODAY).uses["U90"]

    assert found.status == "conditional"
    assert len(found.findings[0].rules) == 3


def test_there_is_a_finding_for_every_activity_whether_a_use_carries_it_or_not(build, knowledge):
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))])

    screening = screen(build.region(), known, build.TODAY)

    assert set(screening.findings) == set(knowledge.activities)
    assert {found.effect for found in screening.findings.values()} == {"permitted"}
    assert screening.rules_in_force == len(knowledge.activities)


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_its_end(build, day, expected):
    rule = build.rule("T-1", "data_centre", "permitted", date(2025, 1, 1), date(2026, 1, 1))

    assert is_in_force(rule, day) is expected


def test_a_rule_without_a_known_start_is_listed_and_never_applied(build, knowledge):
    rule = build.rule("T-1", "data_centre", "permitted", None)
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))], (), [rule])

    found = screen(build.region(), known, build.TODAY).uses["U90"]

    assert found.status == "not_assessed"
    assert found.findings[0].rules == ()
    assert found.findings[0].undated == (rule,)


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jurisdiction", "orders"),
    [("DE", ("DE", "EU")), ("US-TX", ("US-TX", "US")), ("CN", ("CN",)), ("EU", ("EU",))],
)
def test_a_jurisdiction_lies_in_its_parents(knowledge, jurisdiction, orders):
    assert knowledge.lineage(jurisdiction) == orders


def test_lineage_follows_every_parent_once_and_survives_a_circle(knowledge):
    def order(code, *parents):
        return Jurisdiction(code, Label(), parents, "EUR", "", "isic4")

    orders = {one.code: one for one in (order("A", "B", "C"), order("B", "C"), order("C", "A"))}

    assert replace(knowledge, jurisdictions=orders).lineage("A") == ("A", "B", "C")


@pytest.mark.parametrize(
    ("scope", "admin_code", "expected"),
    [
        ("37", "370200", True),
        ("37", "371702", True),
        ("37", "360100", False),
        ("370700", "370702", True),  # trailing pairs of zeros are stripped: 3707 covers 370702
        ("370700", "370800", False),
        ("370000", "370702", True),
        ("110108", "110108", True),
        ("110108", "110100", False),
        ("370200", "370000", False),  # a rule of the city does not reach the whole province
        ("15", "150221", True),
        ("15", "315000", False),
        ("CN", "370200", True),
        ("37", "", False),
    ],
)
def test_a_scope_code_is_the_beginning_of_the_regions_code(build, scope, admin_code, expected):
    rule = build.rule("T-1", "data_centre", "permitted", region_scope=(scope,))

    assert rule.reaches(("CN",), admin_code) is expected


def test_one_of_several_scope_codes_is_enough(build):
    rule = build.rule("T-1", "data_centre", "permitted", region_scope=("130700", "310118"))

    assert rule.reaches(("CN",), "310118")
    assert not rule.reaches(("CN",), "310119")


def test_a_code_is_only_compared_within_the_rules_own_jurisdiction(build):
    sichuan = build.rule("T-1", "data_centre", "permitted", region_scope=("51",))

    assert sichuan.reaches(("CN",), "510100")
    assert not sichuan.reaches(("US",), "51")  # Virginia


def test_a_rule_of_the_union_reaches_germany_and_one_for_germany_does_not_reach_france(build):
    union = build.rule("T-1", "data_centre", "permitted", jurisdiction="EU", region_scope=("EU",))
    german = build.rule("T-2", "data_centre", "permitted", jurisdiction="EU", region_scope=("DE",))

    assert union.reaches(("DE", "EU"), "DE1")
    assert german.reaches(("DE", "EU"), "DE1")
    assert not german.reaches(("FR", "EU"), "FR1")


def test_a_state_rule_does_not_reach_its_federation_or_a_sister_state(build):
    texan = build.rule(
        "T-1", "data_centre", "permitted", jurisdiction="US-TX", region_scope=("US-TX",)
    )

    assert texan.reaches(("US-TX", "US"), "48")
    assert not texan.reaches(("US",), "48")
    assert not texan.reaches(("US-NY", "US"), "36")


# --- sizes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extent", "sign", "expected"),
    [
        (Extent(0, 74.9), ">=", False),
        (Extent(0, 75), ">=", True),
        (Extent(0, 75), ">", False),
        (Extent(0, 75.1), ">", True),
        (Extent(0, 75, is_open=True), ">=", False),
        (Extent(0, 75.1, is_open=True), ">=", True),
        (Extent(80, None), ">", True),
    ],
)
def test_a_range_reaches_a_threshold_if_some_amount_of_it_does(extent, sign, expected):
    assert extent.reaches(Threshold("load_mw", sign, 75)) is expected


def test_a_range_is_cut_at_an_amount_and_never_widened():
    assert Extent(1, 9).at_most(5, is_open=True) == Extent(1, 5, is_open=True)
    assert Extent(1, None).at_most(5) == Extent(1, 5)
    assert Extent(1, 4).at_most(5) == Extent(1, 4)
    assert Extent(1, 5, is_open=True).at_most(5) == Extent(1, 5, is_open=True)


@pytest.fixture
def sized(build, knowledge):
    """`sized(*rules, units=(least, most))`: use R90, 10 MW of IT on 12.5 MW of connection a unit."""

    def found(*rules, units=(0.5, 10), activities=("data_centre",), scale=10, need=None, **figures):
        use = build.use("R90", "power_reuse", activities, scale_mw=scale)
        per_unit = {"grid_mw_per_unit": 12.5, "mean_load_mw_per_unit": 9.4, **(need or {})}
        row = build.unit_need("R90", units_min=units[0], units_max=units[1], **per_unit)
        known = build.catalogue(knowledge, [use], (), rules, units=[row])
        return screen(build.region(figures=figures), known, build.TODAY).uses["R90"]

    return found


def _told(found):
    return [(one.rule.rule_id, one.quantity, one.amount, one.is_certain) for one in found.barred]


@pytest.mark.parametrize(
    ("spare", "applies", "beyond"),
    [(20, [], ["T-1"]), (74.9, [], ["T-1"]), (75, ["T-1"], []), (500, ["T-1"], [])],
)
def test_what_the_region_can_feed_bounds_an_activity_that_no_use_counts_in_units(
    build, knowledge, spare, applies, beyond
):
    rule = build.rule("T-1", "data_centre", "conditional", limit=_MW75)
    known = build.catalogue(knowledge, [], (), [rule])

    found = screen(build.region(power=[build.point(spare)]), known, build.TODAY)

    told = found.findings["data_centre"]
    assert [one.rule_id for one in told.rules] == applies
    assert [one.rule_id for one in told.beyond] == beyond
    assert told.effect == ("conditional" if applies else "not_assessed")


def test_points_that_are_not_built_and_plants_feed_nothing(build, knowledge):
    rule = build.rule("T-1", "data_centre", "conditional", limit=_MW75)
    points = [
        build.point(20),
        build.point(90, status="planned"),
        build.point(90, kind="power plant"),
    ]
    known = build.catalogue(knowledge, [], (), [rule])

    found = screen(build.region(power=points), known, build.TODAY).findings["data_centre"]

    assert found.beyond == (rule,)


@pytest.mark.parametrize(
    ("quantity", "amount"),
    [
        ("it_mw", 10 * 2),
        ("racks", 10 * 400 * 2),
        ("grid_mw", 12.5 * 2),
        ("load_mw", 12.5 * 2),
        ("storage_kwh", 300 * 2),
        ("electricity_mwh_a", 9.4 * 8760 * 2),
        ("energy_tce_a", 9.4 * 8760 * 0.1229 * 2),
        ("energy_tj_a", 9.4 * 8760 * 0.0036 * 2),
    ],
)
def test_the_quantities_of_a_project_follow_from_its_size(build, sized, quantity, amount):
    at, above = (
        build.rule(name, "data_centre", "conditional", limit=(quantity, ">=", limit))
        for name, limit in (("T-1", amount * (1 - 1e-6)), ("T-2", amount * (1 + 1e-6)))
    )

    (found,) = sized(at, above, units=(0.5, 2), need={"storage_kwh_per_unit": 300}).findings

    assert (found.rules, found.beyond) == ((at,), (above,))


def test_a_use_that_computes_nothing_has_no_it_load(build, sized):
    rule = build.rule("T-1", "data_centre", "conditional", limit=("racks", ">", 0))

    assert sized(rule, scale=None).findings[0].beyond == (rule,)


@pytest.mark.parametrize("effect", ["prohibited", "conditional"])
def test_a_strict_rule_on_an_unknown_quantity_is_neither_applied_nor_dropped(build, sized, effect):
    rule = build.rule("T-1", "data_centre", effect, limit=("ghg_t_a", ">=", 1000))

    (found,) = sized(rule).findings

    assert (found.rules, found.depends, found.effect) == ((), (rule,), "conditional")


@pytest.mark.parametrize("effect", ["permitted", "encouraged"])
def test_a_lenient_rule_on_an_unknown_quantity_is_no_permission(build, sized, effect):
    rule = build.rule("T-1", "data_centre", effect, limit=("ghg_t_a", ">=", 1000))

    found = sized(rule)

    assert found.findings[0].depends == (rule,)
    assert found.status == "not_assessed"


def test_a_region_without_power_data_depends_on_the_size_where_no_use_states_one(build, knowledge):
    rule = build.rule("T-1", "data_centre", "conditional", limit=_MW75)
    known = build.catalogue(knowledge, [], (), [rule])

    found = screen(build.region(), known, build.TODAY).findings["data_centre"]

    assert (found.depends, found.effect) == ((rule,), "conditional")


@pytest.mark.parametrize(
    ("hub", "rules", "depends", "beyond", "effect"),
    [
        (0, ["T-1"], [], [], "conditional"),
        (1, [], [], ["T-1"], "not_assessed"),
        (None, [], ["T-1"], [], "conditional"),
    ],
)
def test_a_region_condition_is_read_and_a_blank_field_is_left_open(
    build, sized, hub, rules, depends, beyond, effect
):
    outside = RegionCondition("in_national_hub", 0)
    rule = build.rule("T-1", "data_centre", "conditional", region_condition=outside)

    (found,) = sized(rule, in_national_hub=hub).findings

    assert [one.rule_id for one in found.rules] == rules
    assert [one.rule_id for one in found.depends] == depends
    assert [one.rule_id for one in found.beyond] == beyond
    assert found.effect == effect


@pytest.mark.parametrize(
    ("known", "limit", "applies"),
    [
        ("it_mw", ("racks", ">=", 3000), True),
        ("it_mw", ("racks", ">", 3000), False),
        ("racks", ("it_mw", ">=", 0.02), False),
        ("grid_mw", ("load_mw", ">=", 7.5), True),
        ("load_mw", ("grid_mw", ">", 7.5), False),
    ],
)
def test_racks_follow_from_it_load_and_peak_load_from_the_connection(
    build, knowledge, known, limit, applies
):
    rule = build.rule("T-1", "data_centre", "conditional", limit=limit)
    pack = build.catalogue(knowledge, [], (), [rule])

    found = find("data_centre", build.region(), pack, build.TODAY, {known: Extent.exactly(7.5)})

    assert (rule in found.rules) is applies
    assert (rule in found.beyond) is not applies


_LARGE = ("racks", ">=", 3000)
"""3,000 racks at 400 a megawatt are 7.5 MW of IT."""


@pytest.mark.parametrize(
    ("units", "status", "largest"),
    [
        ((0.5, 10), "conditional", 0.7),
        ((0.7, 10), "conditional", 0.7),
        ((0.8, 10), "prohibited", 0),
        ((0.05, 0.5), "conditional", 0.5),
    ],
)
def test_a_use_is_prohibited_only_if_its_smallest_size_is(build, sized, units, status, largest):
    bar = build.rule("T-1", "data_centre", "prohibited", limit=_LARGE)
    duty = build.rule("T-2", "data_centre", "conditional")

    found = sized(bar, duty, units=units)

    assert (found.status, found.largest) == (status, largest)
    assert bool(found.barred) is (largest == 0.7)


def test_barred_sizes_stand_beside_the_status_with_their_rule(build, sized):
    bar = build.rule("T-1", "data_centre", "prohibited", limit=_LARGE)

    found = sized(bar, build.rule("T-2", "data_centre", "encouraged"))

    assert _told(found) == [("T-1", "it_mw", 7.5, True)]
    assert found.barred[0].is_included
    # The status is that at the largest lawful size, and the bar is told once.
    assert found.status == "encouraged"
    assert bar not in (*found.findings[0].rules, *found.findings[0].beyond)


def test_rules_from_a_barred_size_on_do_not_bear_on_what_is_lawful(build, sized):
    rules = [
        build.rule("T-1", "data_centre", "prohibited", limit=_LARGE),
        build.rule("T-2", "data_centre", "conditional", limit=_LARGE),
        build.rule("T-3", "data_centre", "conditional", limit=("it_mw", ">=", 7)),
        # 0.7 units are 7 MW of IT on 8.75 MW of connection.
        build.rule("T-4", "data_centre", "conditional", limit=("load_mw", ">", 8.75)),
        build.rule("T-5", "data_centre", "conditional", limit=("load_mw", ">=", 8.75)),
    ]

    (found,) = sized(*rules).findings

    assert [rule.rule_id for rule in found.rules] == ["T-3", "T-5"]
    assert [rule.rule_id for rule in found.beyond] == ["T-2", "T-4"]


def test_a_bar_above_a_size_leaves_the_size_itself_lawful(build, sized):
    above = build.rule("T-1", "data_centre", "prohibited", limit=("it_mw", ">", 8))
    at = build.rule("T-2", "data_centre", "conditional", limit=("it_mw", ">=", 8))

    found = sized(above, at)

    assert not found.barred[0].is_included
    assert found.findings[0].rules == (at,)
    assert found.largest == 0.8


def test_a_blank_field_bounds_the_sizes_as_if_they_were_barred(build, sized):
    outside = RegionCondition("in_national_hub", 0)
    bar = build.rule("T-1", "data_centre", "prohibited", limit=_LARGE, region_condition=outside)
    duty = build.rule("T-2", "data_centre", "permitted")

    found = sized(bar, duty)

    assert _told(found) == [("T-1", "it_mw", 7.5, False)]
    assert (found.status, found.largest) == ("permitted", 0.7)
    # Barred or not at every size of the use: then it is a condition to be settled.
    large = sized(bar, duty, units=(1, 10))
    assert (large.status, large.findings[0].depends) == ("conditional", (bar,))
    assert large.largest == 0
    within = sized(bar, duty, in_national_hub=1)
    assert (within.barred, within.largest) == ((), 10)


def test_a_bar_on_an_unknown_quantity_bounds_no_size(build, sized):
    bar = build.rule("T-1", "data_centre", "prohibited", limit=("ghg_t_a", ">=", 1))

    found = sized(bar)

    assert (found.status, found.largest, found.barred) == ("conditional", 10, ())


def test_a_bar_on_one_activity_of_a_use_bounds_the_others(build, sized):
    rules = [
        build.rule("T-1", "data_centre", "prohibited", limit=_LARGE),
        build.rule("T-2", "district_heat", "conditional", limit=("it_mw", ">=", 10)),
    ]

    found = sized(*rules, activities=("data_centre", "district_heat"))

    assert found.findings[1].beyond == (rules[1],)
    assert _told(found) == [("T-1", "it_mw", 7.5, True)]


def test_an_activity_that_is_barred_from_a_size_on_is_not_barred_as_such(build, knowledge):
    bar = build.rule("T-1", "data_centre", "prohibited", limit=_LARGE)
    known = build.catalogue(knowledge, [], (), [bar])
    here = build.region(power=[build.point(50)], claims=[build.claim("data_centre")])

    (answer,) = screen(here, known, build.TODAY).claims

    assert answer.finding.effect == "not_assessed"
    assert [one.amount for one in answer.finding.barred] == [7.5]


# --- rules to come --------------------------------------------------------------------------------


def test_rules_that_start_within_the_plan_period_are_shown_by_their_day(build, knowledge):
    rules = [
        build.rule("T-1", "data_centre", "conditional", date(2028, 12, 31)),
        build.rule("T-2", "data_centre", "conditional", date(2026, 11, 22)),
        build.rule("T-3", "data_centre", "conditional", date(2029, 1, 1)),
        build.rule("T-4", "data_centre", "conditional", date(2026, 11, 21)),
        build.rule("T-5", "data_centre", "conditional", date(2027, 1, 1), limit=_MW75),
    ]
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))], (), rules)
    here = build.region(**PLAN, power=[build.point(20)])

    (found,) = screen(here, known, build.TODAY).uses["U90"].findings

    assert [rule.rule_id for rule in found.coming] == ["T-2", "T-1"]
    assert [rule.rule_id for rule in found.rules] == ["T-4"]


# --- reach ----------------------------------------------------------------------------------------


def test_reach_counts_the_activities_with_a_rule_in_force_on_the_day(build, knowledge):
    rules = [
        build.rule("T-1", "data_centre", "conditional", limit=_MW75),
        build.rule("T-2", "customs", "permitted", date(2027, 1, 1)),
        build.rule("T-3", "insurance", "permitted", ends=date(2026, 11, 21)),
        build.rule("T-4", "health_data", "permitted", region_scope=("11",)),
    ]
    known = build.catalogue(knowledge, [], (), rules)

    found = screen(build.region(), known, build.TODAY).reach

    assert found.assessed == ("data_centre",)
    assert len(found.open) == len(knowledge.activities) - 1
    assert (found.has_any, found.has_own, bool(found.open)) == (True, True, True)


def test_a_state_without_rules_of_its_own_runs_on_those_above_it(build, knowledge):
    found = screen(
        build.region(jurisdiction="US-GA", admin_code="13"), knowledge, build.TODAY
    ).reach

    assert (found.has_any, found.has_own) == (True, False)
    assert "data_centre" in found.assessed


def test_why_an_activity_is_open_is_told_where_it_was_written_down(build, knowledge):
    found = screen(
        build.region(jurisdiction="US-TX", admin_code="48"), knowledge, build.TODAY
    ).reach

    assert found.reasons["district_heat"].reason.text("en").startswith("Heat supply")
    # Texas has rules on land records, which the federal table leaves open.
    assert "real_estate_registration" not in found.reasons


# --- the shipped rules ----------------------------------------------------------------------------

COMPARATORS = ("P01", "P02", "P03", "P04", "P05", "P06")


def _statuses(build, knowledge, as_of=None, **where):
    screening = screen(build.region(**where), knowledge, as_of or build.TODAY)
    return {use_id: found.status for use_id, found in screening.uses.items()}


@pytest.mark.parametrize("admin_code", ["370200", "140400", "150221", "510100", "650000"])
def test_every_comparator_is_barred_in_china_today(build, knowledge, admin_code):
    found = _statuses(build, knowledge, admin_code=admin_code)

    assert {found[use_id] for use_id in COMPARATORS} == {"prohibited"}


def test_the_law_of_31_march_2025_is_the_law_of_that_day(build, knowledge):
    day = date(2025, 3, 31)
    screening = screen(build.region(), knowledge, day)

    # Yin Fa [2026] 42 is the first text on the sale of machines, and it ended the notice of 2021.
    assert screening.uses["P06"].status == "not_assessed"
    exchange = next(
        one for one in screening.uses["P04"].findings if one.activity == "exchange_service"
    )
    assert [rule.rule_id for rule in exchange.rules] == ["CN-FIN-01"]
    barred = {use_id for use_id in COMPARATORS if screening.uses[use_id].status == "prohibited"}
    assert barred == {"P01", "P02", "P03", "P04", "P05"}


@pytest.mark.parametrize(
    ("where", "barred"),
    [
        ({"jurisdiction": "KZ", "admin_code": "551000000"}, {"P02"}),
        ({"jurisdiction": "US-TX", "admin_code": "48"}, set()),
        ({"jurisdiction": "DE", "admin_code": "DE1"}, set()),
    ],
)
def test_comparators_are_barred_only_where_the_law_bars_them(build, knowledge, where, barred):
    found = _statuses(build, knowledge, **where)

    assert {use_id for use_id in COMPARATORS if found[use_id] == "prohibited"} == barred


@pytest.mark.parametrize("known_code", [True, False])
def test_a_jurisdiction_without_rules_assesses_nothing(build, knowledge, known_code):
    if known_code:
        elsewhere = Jurisdiction("ZZ", Label(), (), "CNY", "", "isic4")
        orders = {**knowledge.jurisdictions, "ZZ": elsewhere}
        knowledge = replace(knowledge, jurisdictions=orders)

    screening = screen(build.region(jurisdiction="ZZ"), knowledge, build.TODAY)

    assert {found.status for found in screening.uses.values()} == {"not_assessed"}
    assert {found.effect for found in screening.findings.values()} == {"not_assessed"}
    assert screening.rules_in_force == 0
    assert screening.stale == ()
    assert not screening.reach.has_any


def test_a_rule_on_a_figure_that_the_place_does_not_know_hangs_on_it(build, knowledge):
    outside = RegionCondition("in_national_hub", 0)
    rule = build.rule("T-1", "data_centre", "conditional", region_condition=outside)
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))], (), [rule])

    found = screen(replace(build.region(), figures={}), known, build.TODAY).findings["data_centre"]

    assert ([one.rule_id for one in found.depends], found.rules) == (["T-1"], ())


# --- stale rules ----------------------------------------------------------------------------------


_MW75 = ("load_mw", ">=", 75)


def _stale(build, knowledge, *rules, **where):
    known = build.catalogue(knowledge, [build.use("U90", activities=("data_centre",))], (), rules)
    return screen(build.region(**where), known, build.TODAY).stale


def test_a_rule_that_nobody_read_is_stale_on_any_day(build, knowledge):
    rule = build.rule("T-1", "data_centre", "permitted", read_kind="none", checked_on=None)

    (found,) = _stale(build, knowledge, rule)

    assert (found.days_since_check, found.reasons) == (None, ("unread",))


@pytest.mark.parametrize(("days", "is_stale"), [(0, False), (180, False), (181, True)])
def test_a_rule_is_stale_after_more_than_180_days(build, knowledge, days, is_stale):
    checked = build.TODAY - timedelta(days=days)
    rule = build.rule("T-1", "data_centre", "permitted", checked_on=checked)

    found = _stale(build, knowledge, rule)

    assert [(one.rule.rule_id, one.days_since_check, one.reasons) for one in found] == (
        [("T-1", days, ("old",))] if is_stale else []
    )


@pytest.mark.parametrize(
    ("relation", "day", "ended"),
    [
        ("repeals", date(2026, 11, 21), True),
        ("replaces", date(2020, 1, 1), True),
        ("repeals", date(2026, 11, 22), False),
        ("repeals", None, False),
        ("amends", date(2020, 1, 1), False),
        ("extends", date(2020, 1, 1), False),
        ("implements", date(2020, 1, 1), False),
    ],
)
def test_a_repeal_or_replacement_counts_from_its_day_on(build, knowledge, relation, day, ended):
    old, new = (
        build.rule("T-1", "data_centre", "permitted"),
        build.rule("T-2", "customs", "permitted"),
    )
    known = replace(knowledge, relations=(Relation("I-T-2", relation, "I-T-1", day),))

    found = _stale(build, known, old, new)

    assert [(one.rule.rule_id, one.ended_by.instrument_id, one.reasons) for one in found] == (
        [("T-1", "I-T-2", ("ended",))] if ended else []
    )


PLAN = {"plan_from": date(2027, 1, 1), "plan_until": date(2028, 12, 31)}


@pytest.mark.parametrize(
    ("out_on", "last_day"),
    [
        (date(2026, 11, 22), date(2026, 11, 21)),
        (date(2028, 12, 31), date(2028, 12, 30)),
        (date(2029, 1, 1), None),  # it lasts as long as the plan
        (None, None),
    ],
)
def test_a_rule_that_runs_out_within_the_plan_period_is_named_with_its_last_day(
    build, knowledge, out_on, last_day
):
    rule = build.rule("T-1", "data_centre", "permitted", ends=out_on)

    found = _stale(build, knowledge, rule, **PLAN)

    assert [(one.ends_on, one.reasons) for one in found] == (
        [(last_day, ("ends",))] if last_day else []
    )


def test_a_stage_that_the_next_one_takes_over_is_no_end_of_the_text(build, knowledge):
    """Of EnEfG section 11(5), half of the power until the end of 2026, all of it from 2027 on."""
    turn, act = date(2027, 1, 1), build.instrument("ACT")
    stages = (
        build.rule("T-1", "data_centre", "conditional", ends=turn, article="1", instrument=act),
        build.rule("T-2", "data_centre", "conditional", turn, article="1", instrument=act),
        build.rule("T-3", "data_centre", "conditional", ends=turn, article="2", instrument=act),
    )

    found = _stale(build, knowledge, *stages, **PLAN)

    assert [one.rule.rule_id for one in found if one.ends_on] == ["T-3"]


def test_a_repeal_within_the_plan_period_is_named_with_the_last_day_and_what_repeals(
    build, knowledge
):
    old, new = (
        build.rule("T-1", "data_centre", "permitted"),
        build.rule("T-2", "customs", "permitted"),
    )
    later = Relation("I-T-2", "replaces", "I-T-1", date(2027, 7, 1))

    (found,) = _stale(build, replace(knowledge, relations=(later,)), old, new, **PLAN)

    assert (found.ends_on, found.ended_by.instrument_id) == (date(2027, 6, 30), "I-T-2")
    assert found.reasons == ("ends",)


def test_a_law_that_holds_no_rule_repeals_all_the_same(build, knowledge):
    old, code = build.rule("T-1", "data_centre", "permitted"), build.instrument("CODE")
    known = replace(
        knowledge,
        instruments=(code,),
        relations=(Relation("CODE", "repeals", "I-T-1", date(2026, 1, 1)),),
    )

    (found,) = _stale(build, known, old)

    assert found.ended_by is code


def test_what_was_repealed_already_is_not_said_to_end_later(build, knowledge):
    old = build.rule("T-1", "data_centre", "permitted", ends=date(2027, 7, 1))
    new = build.rule("T-2", "customs", "permitted")
    known = replace(knowledge, relations=(Relation("I-T-2", "repeals", "I-T-1", date(2026, 1, 1)),))

    (found,) = _stale(build, known, old, new, **PLAN)

    assert (found.reasons, found.ends_on) == (("ended",), None)


@pytest.mark.parametrize(
    ("target", "plan", "passes"),
    [
        (date(2025, 12, 31), PLAN, True),
        (date(2025, 12, 31), {}, True),  # behind us without any plan
        (date(2027, 12, 31), PLAN, True),
        (date(2028, 12, 31), PLAN, True),
        (date(2027, 12, 31), {}, False),
        (date(2030, 12, 31), PLAN, False),
    ],
)
def test_a_target_day_that_passes_by_the_end_of_the_plan_is_named(
    build, knowledge, target, plan, passes
):
    rule = build.rule("T-1", "data_centre", "encouraged", target_on=target)

    found = _stale(build, knowledge, rule, **plan)

    assert [(one.target_on, one.reasons) for one in found] == (
        [(target, ("target",))] if passes else []
    )


def test_a_rule_that_does_not_apply_raises_no_banner(build, knowledge):
    long_ago = date(2020, 1, 1)
    rules = [
        build.rule("T-1", "data_centre", "permitted", date(2027, 1, 1), checked_on=long_ago),
        build.rule("T-2", "data_centre", "permitted", None, checked_on=long_ago),
        build.rule("T-3", "data_centre", "permitted", region_scope=("11",), checked_on=long_ago),
        build.rule("T-4", "data_centre", "permitted", ends=date(2026, 1, 1), checked_on=long_ago),
        build.rule("T-5", "data_centre", "conditional", checked_on=long_ago, limit=_MW75),
    ]

    assert _stale(build, knowledge, *rules, power=[build.point(20)]) == ()


def test_a_bar_from_a_size_on_is_looked_at_again_like_any_other_rule(build, knowledge):
    rule = build.rule("T-1", "data_centre", "prohibited", limit=_MW75, checked_on=None)

    (found,) = _stale(build, knowledge, rule, power=[build.point(200)])

    assert found.rule is rule


def test_the_gravest_reasons_on_what_is_proposed_come_first(build):
    def stale(rule_id, activity, effect, **why):
        known = {"days": 10, "is_old": False, "ended_by": None, "ends_on": None, **why}
        rule = build.rule(rule_id, activity, effect)
        return Staleness(
            rule, known["days"], known["is_old"], known["ended_by"], known["ends_on"],
            known.get("target_on"),
        )  # fmt: skip

    unread = {"days": None, "is_old": True}
    in_order = [
        stale("T-9", "near", "conditional", ended_by=build.instrument("NEW")),
        stale("T-8", "near", "prohibited", **unread),
        stale("T-7", "near", "conditional", **unread),
        stale("T-6", "near", "prohibited", ends_on=date(2027, 5, 1)),
        stale("T-5", "near", "prohibited", target_on=date(2025, 12, 31)),
        stale("T-4", "near", "conditional", days=400, is_old=True),
        stale("T-3", "near", "conditional", days=200, is_old=True),
        # What binds is read before what only encourages.
        stale("T-0", "far", "prohibited", **unread),
        stale("T-1", "far", "prohibited", **unread),
        stale("T-2", "near", "encouraged", **unread),
        stale("S-1", "far", "permitted", **unread),
    ]

    assert pressing(reversed(in_order), {"near"}) == tuple(in_order)


def test_the_law_of_the_place_is_read_before_the_law_above_it(build):
    def unread(rule_id, jurisdiction):
        rule = replace(build.rule(rule_id, "near", "conditional"), jurisdiction=jurisdiction)
        return Staleness(rule, None, is_old=True, ended_by=None, ends_on=None)

    directive, statute = unread("A-1", "EU"), unread("Z-9", "DE")
    assert pressing((directive, statute), {"near"}, ("DE", "EU")) == (statute, directive)
    assert pressing((directive, statute), {"near"}) == (directive, statute)
    # A statute that ends is read before a directive that nobody read, and after what was repealed.
    ending = replace(statute, days_since_check=1, is_old=False, ends_on=date(2026, 12, 31))
    gone = replace(directive, ended_by=build.instrument("NEW"))
    ordered = (gone, ending, directive)
    assert pressing((directive, ending, gone), {"near"}, ("DE", "EU")) == ordered


# --- claims ---------------------------------------------------------------------------------------


def test_every_claim_is_answered_by_the_rules_on_its_activity(build, knowledge):
    claims = [build.claim(name) for name in ("pow_mining", "home_mining", "pow_mining")]
    here = build.region(claims=claims)

    answers = screen(here, knowledge, build.TODAY).claims

    assert [answer.claim for answer in answers] == list(here.claims)
    assert [answer.finding.activity for answer in answers] == [one.activity for one in claims]
    assert {answer.finding.effect for answer in answers} == {"prohibited"}
    assert "CN-MIN-01" in {rule.rule_id for rule in answers[0].finding.rules}


def test_a_claim_without_a_rule_is_answered_as_not_assessed(build, knowledge):
    here = build.region(claims=[build.claim("mining_equipment_sale")])

    # No text on the sale of machines was in force in China before February 2026.
    (answer,) = screen(here, knowledge, date(2026, 2, 5)).claims

    assert answer.finding.effect == "not_assessed"
    assert answer.finding.rules == ()


# --- the sample cities ----------------------------------------------------------------------------


@pytest.mark.parametrize("city", ["changzhi", "qingdao", "heze"])
def test_large_halls_are_barred_outside_the_hubs_and_smaller_ones_have_conditions(
    root, knowledge, city
):
    (here,) = read_submission([root / f"inputs/regions/{city}.xlsx"], knowledge).regions

    screening = screen(here, knowledge, date(2026, 11, 28))

    # No. 1779 of 2023: no new hall of 3,000 standard racks (7.5 MW of IT) outside the hubs.
    for use_id in ("R01", "R02"):
        assert screening.uses[use_id].status == "conditional"
        assert _told(screening.uses[use_id]) == [("CN-DC-06", "it_mw", 7.5, True)]
    assert screening.uses["R07"].status == "conditional"
    assert screening.uses["R07"].barred == ()


def test_halls_of_the_sample_cities_are_not_barred_before_the_plan_of_december_2023(
    root, knowledge
):
    (here,) = read_submission([root / "inputs/regions/heze.xlsx"], knowledge).regions

    screening = screen(here, knowledge, date(2023, 12, 24))

    assert screening.uses["R01"].barred == ()
