import csv

import pytest
from msgspec.structs import replace

from generator.analysis.recipes import ROLLUPS
from generator.model import Label
from generator.problems import Origin
from generator.shipped import data_root


@pytest.fixture
def chain(build):
    """A blockchain use."""
    return build.use("U90")


@pytest.fixture
def reuse(build):
    """A power-reuse use."""
    return build.use("R90", "power_reuse")


# --- the closed list ------------------------------------------------------------------------------


def test_the_closed_list_of_roll_ups_is_what_the_criteria_name():
    place = data_root() / "inputs" / "catalogue" / "criteria.csv"
    with place.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {row[key] for row in rows for key in ("rollup_blockchain", "rollup_power_reuse")}

    assert set(ROLLUPS) == named


def test_the_form_offers_exactly_the_roll_ups_there_are(knowledge):
    assert set(knowledge.choices["rollup"]) == set(ROLLUPS)


# --- power ----------------------------------------------------------------------------------------


@pytest.fixture
def two_points(build):
    """Two existing points, 12 and 8 MW, beside everything that must not count."""
    return build.region(
        power=[
            build.point(8, 0.7, 0.5),
            build.point(12, 0.5, 0.9),
            build.point(100, 0.2, 1.5, status="planned"),
            build.point(50, 0.3, 1.2, status="building"),
            build.point(30, 0.1, 1.9, kind="coal"),
            build.point(40, 0.1, 1.9, kind="storage"),
        ]
    )


@pytest.mark.parametrize(
    ("criterion", "for_chain", "for_reuse"),
    [
        ("spare_grid_mw", 8 + 12, 12),
        ("power_price", (8 * 0.7 + 12 * 0.5) / 20, 0.5),
        ("peak_valley_spread", (8 * 0.5 + 12 * 0.9) / 20, 0.9),
    ],
)
def test_only_existing_connection_points_count(
    build, knowledge, two_points, chain, reuse, criterion, for_chain, for_reuse
):
    together = build.rolled(knowledge, two_points, chain, criterion)
    alone = build.rolled(knowledge, two_points, reuse, criterion)

    assert together.fact.value == pytest.approx(for_chain)
    assert alone.fact.value == for_reuse
    assert together.fact.unit == knowledge.criteria[criterion].unit.text("en")


@pytest.mark.parametrize("status", ["planned", "building"])
def test_a_region_with_planned_points_only_has_no_spare_capacity(
    build, knowledge, chain, reuse, status
):
    here = build.region(power=[build.point(100, 0.2, status=status)])

    for use in (chain, reuse):
        assert build.rolled(knowledge, here, use, "spare_grid_mw").fact.value == 0
        assert build.rolled(knowledge, here, use, "power_price").fact.value is None


@pytest.mark.parametrize("kind", [None, "coal", "wind"])
def test_a_power_sheet_without_a_connection_point_says_nothing_about_spare_capacity(
    build, knowledge, chain, reuse, kind
):
    here = build.region(power=[build.point(30, 0.2, kind=kind)] if kind else [])

    for use in (chain, reuse):
        found = build.rolled(knowledge, here, use, "spare_grid_mw")
        assert found.fact.value is None
        assert found.at_least_as_good_as is None


def test_the_price_belongs_to_the_largest_point_and_never_to_another(build, knowledge, reuse):
    cheap_but_small = build.region(power=[build.point(12, 0.8), build.point(8, 0.3)])
    unpriced = build.region(power=[build.point(12), build.point(8, 0.3)])

    assert build.rolled(knowledge, cheap_but_small, reuse, "power_price").fact.value == 0.8
    assert build.rolled(knowledge, unpriced, reuse, "power_price").fact.value is None


def test_the_price_is_unknown_while_any_point_might_be_the_largest(build, knowledge, reuse):
    here = build.region(power=[build.point(12, 0.3), build.point(None, 0.9)])

    assert build.rolled(knowledge, here, reuse, "spare_grid_mw").fact.value is None
    assert build.rolled(knowledge, here, reuse, "power_price").fact.value is None


def test_two_points_of_one_size_give_the_same_price_in_either_row_order(build, knowledge, reuse):
    rows = [build.point(12, 0.8), build.point(12, 0.3)]

    prices = {
        build.rolled(knowledge, build.region(power=order), reuse, "power_price").fact.value
        for order in (rows, rows[::-1])
    }

    assert len(prices) == 1


def test_a_point_without_spare_capacity_has_no_say_in_the_mean_price(build, knowledge, chain):
    here = build.region(power=[build.point(12, 0.5), build.point(0, 0.1), build.point(0)])

    assert build.rolled(knowledge, here, chain, "power_price").fact.value == pytest.approx(0.5)


def test_the_mean_price_is_unknown_where_a_weight_or_a_price_is_blank(build, knowledge, chain):
    for rows in (
        [build.point(12, 0.5), build.point(None, 0.9)],
        [build.point(12, 0.5), build.point(8)],
        [build.point(0, 0.5)],
    ):
        found = build.rolled(knowledge, build.region(power=rows), chain, "power_price")
        assert found.fact.value is None
        assert found.at_least_as_good_as is None


# --- the region sheet -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jurisdiction", "admin_code", "day", "expected"),
    [
        ("CN", "370200", "2026-11-21", 0.6191),  # Shandong, 2023
        ("CN", "370200", "2025-12-31", 0.6191),  # the day it was published
        ("CN", "370200", "2025-12-30", 0.6410),  # Shandong, 2022
        ("CN", "370200", "2024-12-20", 0.6410),  # the day it was published
        ("CN", "370200", "2024-12-19", 0.6838),  # Shandong, 2021
        ("CN", "370200", "2023-12-31", None),
        ("CN", "140400", "2026-11-21", 0.6634),  # Shanxi, 2023
        ("CN", "999900", "2026-11-21", 0.5306),  # no such province: the country, 2023
        ("CN", "999900", "2024-12-19", 0.5568),
        ("DE", "DE1", "2026-11-21", 0.366),  # Germany, 2020
        ("IS", "", "2026-11-21", None),
    ],
)
def test_a_blank_grid_factor_takes_the_latest_published_one_of_the_place(
    build, knowledge, chain, jurisdiction, admin_code, day, expected
):
    here = build.region(jurisdiction=jurisdiction, admin_code=admin_code)

    found = build.rolled(knowledge, here, chain, "carbon_intensity", day)

    assert found.fact.value == expected


def test_the_regions_own_grid_factor_comes_before_the_published_one(build, knowledge, reuse):
    here = build.region(figures={"grid_factor": 0.31})

    assert build.rolled(knowledge, here, reuse, "carbon_intensity").fact.value == 0.31


def test_the_published_factor_brings_its_own_grade_and_year(build, knowledge, chain):
    found = build.rolled(knowledge, build.region(), chain, "carbon_intensity").fact

    assert (found.grade, found.as_of) == ("B", "2023")
    assert found.unit == knowledge.criteria["carbon_intensity"].unit.text("en")


@pytest.mark.parametrize(
    ("criterion", "column", "value"),
    [("renewable_share", "renewable_share", 34), ("hub_status", "in_national_hub", 1)],
)
def test_a_figure_of_the_region_sheet_is_read_as_it_stands(
    build, knowledge, chain, criterion, column, value
):
    known = build.region(figures={column: value})

    assert build.rolled(knowledge, known, chain, criterion).fact.value == value
    assert build.rolled(knowledge, build.region(), chain, criterion).fact.value is None


# --- data centres, links, people ------------------------------------------------------------------


@pytest.fixture
def two_halls(build):
    return build.region(
        data_centres=[
            build.hall(3, 40, tier=2, availability=99.9, pue=1.2),
            build.hall(1, 60, tier=3, availability=99.982, pue=1.6),
        ]
    )


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("it_load_mw", 3 + 1),
        ("racks_available", 40 + 60),
        ("tier_level", 3),
        ("availability_pct", 99.982),
        ("pue", (3 * 1.2 + 1 * 1.6) / 4),
    ],
)
def test_facilities_roll_up_to_sums_best_and_weighted_mean(
    build, knowledge, two_halls, chain, criterion, expected
):
    assert build.rolled(knowledge, two_halls, chain, criterion).fact.value == pytest.approx(
        expected
    )


@pytest.mark.parametrize(("grade", "tier"), [("A", 3), ("B", 2), ("C", 1)])
def test_a_gb_50174_grade_stands_for_a_tier(build, knowledge, chain, grade, tier):
    here = build.region(data_centres=[build.hall(gb50174=grade), build.hall(tier=1)])

    assert build.rolled(knowledge, here, chain, "tier_level").fact.value == tier


def test_a_full_facility_has_no_say_in_the_mean_pue(build, knowledge, chain):
    here = build.region(data_centres=[build.hall(2, pue=1.3), build.hall(0, pue=2), build.hall(0)])

    assert build.rolled(knowledge, here, chain, "pue").fact.value == pytest.approx(1.3)


def test_links_roll_up_to_the_lowest_latency_and_the_sum_or_the_best_bandwidth(
    build, knowledge, chain, reuse
):
    here = build.region(connectivity=[build.link(100, 30), build.link(200, 12)])

    assert build.rolled(knowledge, here, chain, "backbone_latency_ms").fact.value == 12
    assert build.rolled(knowledge, here, chain, "backbone_gbps").fact.value == 300
    assert build.rolled(knowledge, here, reuse, "backbone_gbps").fact.value == 200


@pytest.mark.parametrize(
    ("criterion", "expected"), [("dev_fte", 10 + 5.5), ("ops_fte", 7), ("technician_fte", 40)]
)
def test_a_role_counts_towards_its_own_group_only(build, knowledge, chain, criterion, expected):
    roles = [
        ("developers", 10), ("developers", 5.5), ("operations", 7), ("technicians", 40),
        ("none", 900),
    ]  # fmt: skip
    here = build.region(workforce=[build.role(*pair) for pair in roles])

    assert build.rolled(knowledge, here, chain, criterion).fact.value == expected


# --- industry -------------------------------------------------------------------------------------


def _quotient(build, knowledge, rows, **anchors):
    here = build.region(industry=[build.industry(*row) for row in rows])
    return build.rolled(knowledge, here, build.use("U90", **anchors), "anchor_lq")


def test_divisions_are_added_up_before_the_quotient_is_taken(build, knowledge):
    rows = [("C13", 100, 1000), ("C14", 50, 4000), ("J66", 850, 95000)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C13", "C14"))

    assert found.fact.value == pytest.approx((150 / 1000) / (5000 / 100000))
    assert found.left_out == ()


def test_a_section_letter_stands_for_all_its_divisions(build, knowledge):
    rows = [("C13", 100, 1000), ("C34", 200, 3000), ("J66", 700, 96000)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C",))

    assert found.fact.value == pytest.approx((300 / 1000) / (4000 / 100000))


def test_isic_codes_are_compared_with_the_isic_anchor(build, knowledge):
    rows = [("10", 100, 1000), ("28", 200, 3000), ("64", 700, 96000)]

    by_division = _quotient(
        build, knowledge, rows, isic_anchor=("10",), gb4754_anchor=("C13", "C34")
    )
    by_section = _quotient(build, knowledge, rows, isic_anchor=("C",))

    assert by_division.fact.value == pytest.approx((100 / 1000) / (1000 / 100000))
    assert by_section.fact.value == pytest.approx((300 / 1000) / (4000 / 100000))


def test_a_division_and_its_section_named_together_count_once(build, knowledge):
    rows = [("C13", 100, 1000), ("J66", 900, 99000)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C", "C13"))

    assert found.fact.value == pytest.approx((100 / 1000) / (1000 / 100000))


@pytest.mark.parametrize("anchor", ["C13", "C14"])
@pytest.mark.parametrize("blank", [(None, 4000), (50, None), (None, None)])
def test_a_blank_cell_leaves_the_quotient_unknown_and_its_row_is_named(
    build, knowledge, anchor, blank
):
    rows = [("C13", 100, 1000), ("C14", *blank), ("J66", 900, 99000)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=(anchor,))

    assert found.fact.value is None
    assert found.left_out == ("C14",)


def test_a_blank_division_is_bounded_by_what_the_others_suggest(build, knowledge):
    rows = [("C13", 100, 1000), ("C14", 200, 3000), ("J66", None, 1000)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C13",))

    # At most 5 x 1,000 / 4,000 x 300 = 375 jobs, more than the 200 of the largest known.
    assert found.at_least_as_good_as == pytest.approx((100 / 675) / (1000 / 5000))
    assert found.no_better_than == pytest.approx((100 / 300) / (1000 / 5000))


def test_a_blank_reference_is_bounded_likewise(build, knowledge):
    rows = [("C13", 100, None), ("C14", 200, 3000), ("J66", 100, 1000)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C13",))

    # At most 5 x 100 / 300 x 4,000 = 6,667 there; without any there is no high end.
    top = 5 * 100 / 300 * 4000
    assert found.at_least_as_good_as == pytest.approx((100 / 400) / (top / (4000 + top)))
    assert found.no_better_than is None


def test_a_row_with_both_cells_blank_holds_at_most_the_largest_known(build, knowledge):
    rows = [("C13", 100, 1000), ("C14", 200, 3000), ("J66", None, None)]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C13",))

    assert found.at_least_as_good_as == pytest.approx((100 / 500) / (1000 / 4000))
    assert found.no_better_than == pytest.approx((100 / 300) / (1000 / 7000))


def test_a_blank_cell_keeps_the_origins_and_the_worst_grade_of_the_sheet(build, knowledge):
    rows = [
        ("C13", build.fact(100, cell="D4"), 1000),
        ("C14", build.fact(None, grade="D", cell="D5"), 3000),
    ]

    found = _quotient(build, knowledge, rows, gb4754_anchor=("C13",)).fact

    assert {origin.cell for origin in found.origins} == {"D4", "D5"}
    assert found.grade == "D"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("J66", 900, 99000)],
        [("C13", 100, 0), ("J66", 900, 99000)],
    ],
)
def test_a_quotient_without_data_is_unknown(build, knowledge, rows):
    found = _quotient(build, knowledge, rows, gb4754_anchor=("C13",))

    assert found.fact.value is None
    assert found.at_least_as_good_as is None


def test_no_local_jobs_in_the_anchor_industry_is_a_quotient_of_zero(build, knowledge):
    rows = [("C13", 0, 1000), ("J66", 900, 99000)]

    assert _quotient(build, knowledge, rows, gb4754_anchor=("C13",)).fact.value == 0


def test_american_subsectors_give_the_quotient_of_their_international_divisions(build, knowledge):
    # 3112 and 311811 are food (10), 334 electronics (26), 52 finance (64-66).
    american = [("3112", 60, 700), ("311811", 40, 300), ("334", 200, 3000), ("522", 700, 96000)]
    places = [("10",), ("10",), ("26",), ("64",)]
    here = build.region(
        industry=[build.industry(*row, where) for row, where in zip(american, places, strict=True)]
    )
    world = [("10", 100, 1000), ("26", 200, 3000), ("64", 700, 96000)]

    found = build.rolled(knowledge, here, build.use("U90", isic_anchor=("10",)), "anchor_lq")

    same = _quotient(build, knowledge, world, isic_anchor=("10",))
    assert found.fact.value == same.fact.value == pytest.approx((100 / 1000) / (1000 / 100000))


def test_a_sector_counts_for_a_use_that_names_all_of_it_and_in_the_total(build, knowledge):
    health = ("62", 300, 9000, ("86", "87", "88"))
    here = build.region(industry=[build.industry(*health), build.industry("10", 700, 91000)])

    whole = build.rolled(knowledge, here, build.use("U90", isic_anchor=("Q",)), "anchor_lq")
    beside = build.rolled(knowledge, here, build.use("U90", isic_anchor=("10",)), "anchor_lq")

    assert whole.fact.value == pytest.approx((300 / 1000) / (9000 / 100000))
    assert beside.fact.value == pytest.approx((700 / 1000) / (91000 / 100000))


def test_a_sector_of_which_a_use_names_a_part_leaves_the_quotient_unknown(build, knowledge):
    health = ("62", 300, 9000, ("86", "87", "88"))
    here = build.region(industry=[build.industry(*health), build.industry("10", 700, 91000)])

    found = build.rolled(knowledge, here, build.use("U90", isic_anchor=("86", "10")), "anchor_lq")

    assert found.fact.value is None
    assert found.left_out == ("62",)


# --- institutions ---------------------------------------------------------------------------------


def test_only_signatures_for_the_use_count(build, knowledge, chain):
    here = build.region(
        institutions=[
            build.institution("U90", name="One"),
            build.institution("U90", name="Two"),
            build.institution("U90", status="talks", name="Three"),
            build.institution("U90", status="none", name="Four"),
            build.institution("U91", name="Five"),
        ]
    )

    assert build.rolled(knowledge, here, chain, "anchor_institutions").fact.value == 2


def test_a_use_that_no_row_names_has_no_signatures_and_a_blank_sheet_leaves_it_open(
    build, knowledge, chain
):
    named_elsewhere = build.region(institutions=[build.institution("U91")])
    blank = build.region()

    assert build.rolled(knowledge, named_elsewhere, chain, "anchor_institutions").fact.value == 0
    assert build.rolled(knowledge, blank, chain, "anchor_institutions").fact.value is None


@pytest.fixture
def counted(build, knowledge):
    """`counted(rows, types, target)`: the criterion for U90; rows are (name, type, status)."""

    def found(rows, types=("bank", "court"), target=6):
        known = build.catalogue(
            knowledge, [build.use("U90")],
            [build.need("U90", "anchor_institutions", 1, target, 100)],
            units=[build.unit_need("U90", types)],
        )  # fmt: skip
        here = build.region(
            institutions=[
                build.institution("U90", kind, status, name) for name, kind, status in rows
            ]
        )
        return build.rolled(known, here, known.uses[0], "anchor_institutions")

    return found


def test_a_body_counts_once_however_its_name_is_written(counted):
    rows = [("One  Bank", "bank", "signed"), (" one bank ", "bank", "signed")]

    assert counted(rows).fact.value == 1


def test_a_body_of_a_type_that_does_not_make_the_use_work_does_not_count(counted):
    assert counted([("Barber", "association", "signed"), ("A", "bank", "signed")]).fact.value == 1


@pytest.mark.parametrize(
    ("types", "target", "expected"),
    [(("bank", "court"), 5, 3), (("bank", "court"), 6, 3), (("bank",), 3.5, 4), (("bank",), 9, 5)],
)
def test_one_type_counts_up_to_half_the_target_or_to_all_of_it_where_it_is_the_only_one(
    counted, types, target, expected
):
    rows = [(f"Bank {number}", "bank", "signed") for number in range(5)]

    assert counted(rows, types, target).fact.value == expected


def test_a_letter_of_intent_counts_at_the_high_end_only(counted):
    rows = [("A", "bank", "signed"), ("B", "court", "intent"), ("C", "court", "talks")]

    found = counted(rows)

    assert (found.fact.value, found.no_better_than) == (1, 2)


def test_a_body_that_has_signed_is_no_longer_a_letter_of_intent(counted):
    found = counted([("A", "bank", "signed"), ("a", "bank", "intent")])

    assert (found.fact.value, found.no_better_than) == (1, 1)


# --- sites ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pue", "expected"), [(1.25, 40 * 0.9 / 1.25), (1.5, 40 * 0.9 / 1.5)])
def test_a_site_hosts_what_its_connection_feeds_at_the_target_pue_of_the_use(
    build, knowledge, pue, expected
):
    known = build.catalogue(
        knowledge, [build.use("R90", "power_reuse")], [build.need("R90", "pue", 1.6, pue, 100)]
    )
    here = build.region(sites=[build.site(mva=40, hall_m2=30_000)])

    found = build.rolled(known, here, known.uses[0], "it_load_mw")

    assert found.fact.value == pytest.approx(expected)


def test_the_best_single_site_counts_at_the_smaller_of_connection_and_hall(build, knowledge):
    known = build.catalogue(
        knowledge, [build.use("R90", "power_reuse")], [build.need("R90", "pue", 1.5, 1.25, 100)]
    )
    here = build.region(
        sites=[
            build.site(mva=20, hall_m2=30_000),  # 20 × 0.9 / 1.25 = 14.4 MW fed, 30 MW held
            build.site(mva=60, hall_m2=10_000),  # 43.2 MW fed, 10 MW held
        ]
    )

    assert build.rolled(known, here, known.uses[0], "it_load_mw").fact.value == pytest.approx(14.4)


def test_a_site_without_its_hall_area_leaves_the_it_load_open(build, knowledge):
    known = build.catalogue(
        knowledge, [build.use("R90", "power_reuse")], [build.need("R90", "pue", 1.5, 1.25, 100)]
    )
    here = build.region(sites=[build.site(mva=20, hall_m2=30_000), build.site(mva=60)])

    found = build.rolled(known, here, known.uses[0], "it_load_mw")

    assert found.fact.value is None
    assert found.at_least_as_good_as == pytest.approx(14.4)


def test_floor_and_water_come_from_the_best_single_site(build, knowledge, reuse):
    here = build.region(
        sites=[build.site(hall_m2=5000, water=300), build.site(hall_m2=9000, water=100)]
    )

    assert build.rolled(knowledge, here, reuse, "usable_floor_m2").fact.value == 9000
    assert build.rolled(knowledge, here, reuse, "water_m3_day").fact.value == 300


def test_the_distance_is_the_shortest_to_a_motorway_or_a_port(build, knowledge, reuse):
    here = build.region(sites=[build.site(road=12, port=40), build.site(road=25, port=7)])

    assert build.rolled(knowledge, here, reuse, "road_port_km").fact.value == 7


# --- money ----------------------------------------------------------------------------------------


def test_a_price_in_another_currency_is_turned_into_cny_at_the_stated_rate(build, knowledge, reuse):
    rate = build.fact(0.015, "CNY", cell="rate")
    here = build.region(
        jurisdiction="KZ", admin_code="551000000", currency="KZT", rate=rate,
        power=[build.point(12, build.fact(24, cell="price", low=20, high=30))],
    )  # fmt: skip

    found = build.rolled(knowledge, here, reuse, "power_price").fact

    assert found.value == pytest.approx(24 * 0.015)
    assert {origin.cell for origin in found.origins} == {"price", "rate"}


def test_without_a_rate_money_is_unknown_and_the_rest_stays_known(build, knowledge, chain, reuse):
    here = build.region(currency="KZT", power=[build.point(12, 24, 5)])

    for use in (chain, reuse):
        assert build.rolled(knowledge, here, use, "power_price").fact.value is None
        assert build.rolled(knowledge, here, use, "peak_valley_spread").fact.value is None
        assert build.rolled(knowledge, here, use, "spare_grid_mw").fact.value == 12


def test_a_measure_in_another_currency_is_converted_with_its_range(build, knowledge, chain):
    given = build.fact(24, low=20, high=30)
    priced = build.region(
        currency="KZT", rate=0.015, measures=[build.measure("power_price", given)]
    )
    unpriced = build.region(currency="KZT", measures=[build.measure("power_price", given)])

    found = build.rolled(knowledge, priced, chain, "power_price").fact
    assert (found.value, found.low, found.high) == pytest.approx((0.36, 0.30, 0.45))
    assert build.rolled(knowledge, unpriced, chain, "power_price").fact.value is None


def test_a_stated_rate_is_not_applied_to_cny(build, knowledge, reuse):
    here = build.region(rate=7.0, power=[build.point(12, 0.5)])

    assert build.rolled(knowledge, here, reuse, "power_price").fact.value == 0.5


# --- overrides, blanks and what a fact remembers --------------------------------------------------


def test_a_measures_row_replaces_the_roll_up_and_says_so(build, knowledge, two_points, chain):
    rows = [build.measure("spare_grid_mw", 33), build.measure("power_price", 0.44)]
    here = build.region(power=two_points.power, measures=rows)

    found = build.rolled(knowledge, here, chain, "spare_grid_mw")

    assert (found.fact.value, found.rule) == (33, "measures")
    assert build.rolled(knowledge, two_points, chain, "spare_grid_mw").rule == "sum_existing_points"


_BLANKS = [
    ("chain", "spare_grid_mw", "power", 12),
    ("reuse", "spare_grid_mw", "power", 12),
    ("chain", "it_load_mw", "data_centres", 3),
    ("chain", "racks_available", "data_centres", 40),
    ("chain", "tier_level", "data_centres", 2),
    ("chain", "availability_pct", "data_centres", 99.9),
    ("chain", "backbone_gbps", "connectivity", 100),
    ("reuse", "backbone_gbps", "connectivity", 100),
    ("chain", "backbone_latency_ms", "connectivity", 30),
    ("chain", "dev_fte", "workforce", 10),
    ("reuse", "usable_floor_m2", "sites", 5000),
    ("reuse", "water_m3_day", "sites", 300),
    ("reuse", "road_port_km", "sites", 12),
]


def _sheets(build, last):
    """One full record in each sheet, and a second with the same value in every column."""
    return {
        "power": [build.point(12), build.point(last)],
        "data_centres": [
            build.hall(3, 40, tier=2, availability=99.9),
            build.hall(last, last, tier=last, availability=last),
        ],
        "connectivity": [build.link(100, 30), build.link(last, last)],
        "workforce": [build.role("developers", 10), build.role("developers", last)],
        "sites": [
            build.site(hall_m2=5000, water=300, road=12, port=60),
            build.site(hall_m2=last, water=last, road=last, port=last),
        ],
    }


@pytest.mark.parametrize(("of", "criterion", "sheet", "known"), _BLANKS)
def test_a_blank_record_makes_the_value_unknown_but_never_worse(
    build, knowledge, chain, reuse, of, criterion, sheet, known
):
    use = {"chain": chain, "reuse": reuse}[of]
    here = build.region(**{sheet: _sheets(build, None)[sheet]})

    found = build.rolled(knowledge, here, use, criterion)

    assert found.fact.value is None
    assert found.at_least_as_good_as == known


@pytest.mark.parametrize(("of", "criterion", "sheet", "known"), _BLANKS)
def test_a_zero_is_a_number_and_not_a_blank(
    build, knowledge, chain, reuse, of, criterion, sheet, known
):
    use = {"chain": chain, "reuse": reuse}[of]
    here = build.region(**{sheet: _sheets(build, 0)[sheet]})

    found = build.rolled(knowledge, here, use, criterion)

    is_distance = criterion in {"backbone_latency_ms", "road_port_km"}
    assert found.fact.value == (0 if is_distance else known)
    assert found.at_least_as_good_as is None


def test_all_records_blank_secure_nothing(build, knowledge, chain):
    here = build.region(power=[build.point(None), build.point(None)])

    found = build.rolled(knowledge, here, chain, "spare_grid_mw")

    assert found.fact.value is None
    assert found.at_least_as_good_as is None


def test_a_rolled_up_fact_keeps_all_cells_the_worst_grade_and_the_oldest_date(
    build, knowledge, chain
):
    rows = [
        build.point(build.fact(12, grade="A", as_of="2025-06", cell="E4")),
        build.point(build.fact(8, grade="C", as_of="2024-12-31", cell="E5")),
        build.point(build.fact(99, grade="D", as_of="2019", cell="E6"), status="planned"),
    ]

    found = build.rolled(knowledge, build.region(power=rows), chain, "spare_grid_mw").fact

    assert found.origins == tuple(Origin("region.xlsx", "Sheet", cell) for cell in ("E4", "E5"))
    assert (found.grade, found.as_of) == ("C", "2024-12-31")


def test_a_weighted_mean_remembers_its_weights(build, knowledge, chain):
    rows = [
        build.point(build.fact(12, grade="D", cell="E4"), build.fact(0.5, grade="A", cell="F4"))
    ]

    found = build.rolled(knowledge, build.region(power=rows), chain, "power_price").fact

    assert {origin.cell for origin in found.origins} == {"E4", "F4"}
    assert found.grade == "D"


def test_a_source_is_named_only_where_all_records_share_it(build, knowledge, chain):
    bureau, survey = (Label((("en", text),)) for text in ("Bureau", "Survey"))

    def source(*labels):
        rows = [build.point(replace(build.fact(12), source=label)) for label in labels]
        return build.rolled(knowledge, build.region(power=rows), chain, "spare_grid_mw").fact.source

    assert source(bureau, bureau) == bureau
    assert not source(bureau, survey)
