"""What no single column can see: one case for each check, beside a case that passes."""

import pytest

from generator.intake import read_submission

POINT = {
    "name_zh": "一号变电站",
    "kind": "connection point",
    "status": "existing",
    "source_zh": "局",
}
HALL = {"name_zh": "机房", "source_zh": "局"}
ROLE = {"role_zh": "开发", "counts_towards": "developers", "source_zh": "局"}
KAZAKH = {
    "jurisdiction": "KZ",
    "currency": "KZT",
    "cny_per_unit": 0.015,
    "gdp": 16_000,
    "fiscal_revenue": 1_600,
}


@pytest.fixture
def found(region_book, knowledge):
    """Codes and severities of a small region workbook with changes."""

    def read(**changes):
        # The small region's limit on the grid belongs to its own points, not to those of a case.
        submission = read_submission([region_book(**{"limits": [], **changes})], knowledge)
        return [(one.code, one.severity) for one in submission.problems]

    return read


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({**KAZAKH, "cny_per_unit": None, "gdp": None, "power": [POINT]}, "IN-301", "warning"),
        (
            {"currency": "USD", "cny_per_unit": 7, "gdp": 34, "fiscal_revenue": 4,
             "power": [POINT]},
            "IN-302",
            "warning",
        ),
        ({"power": [{**POINT, "capacity_mw": 50, "spare_mw": 60}]}, "IN-303", "error"),
        (
            {"data_centres": [{**HALL, "it_load_mw_total": 4, "it_load_mw_free": 5}]},
            "IN-303",
            "error",
        ),
        ({"data_centres": [{**HALL, "racks_total": 10, "racks_free": 11}]}, "IN-303", "error"),
        ({"workforce": [{**ROLE, "headcount": 10, "available_fte": 11}]}, "IN-303", "error"),
        (
            {"industry": [{"code": "C13", "employment": 9, "employment_reference": 8,
                           "source_zh": "局"}]},
            "IN-303",
            "error",
        ),
        ({"power": [{**POINT, "price": 56}]}, "IN-304", "error"),
        ({"power": [{**POINT, "peak_valley_spread": 50}]}, "IN-304", "error"),
        ({"power": [{**POINT, "price": 0.04}]}, "IN-305", "warning"),
        ({"power": [{**POINT, "price": 5}]}, "IN-305", "warning"),
        ({"power": [{**POINT, "capacity_mw": 60, "spare_mw": 60}]}, "IN-319", "warning"),
        ({**KAZAKH, "power": [{**POINT, "price": 400}]}, "IN-304", "error"),
        ({"gdp": 16_719.5}, "IN-306", "warning"),
        ({"gdp": 0.24}, "IN-306", "warning"),
        ({"plan_from": "2031-01-01", "plan_until": "2030-12-31"}, "IN-307", "error"),
        ({"grid_factor": 0.00068}, "IN-308", "warning"),
        ({"grid_factor": 1.3}, "IN-308", "warning"),
        ({"measures": [{"criterion": "renewable_share", "value": 134}]}, "IN-211", "error"),
        ({"measures": [{"criterion": "spare_grid_mw", "value": -1}]}, "IN-211", "error"),
        (
            {"weights": [{"stakeholder_zh": "园区", "benefit": "B09", "weight": 60},
                         {"stakeholder_zh": "园区", "benefit": "B02", "weight": 30}]},
            "IN-311",
            "error",
        ),
        ({"power": [{**POINT, "capacity_mw": 9, "source_zh": None}]}, "IN-312", "warning"),
        (
            {"power": [{**POINT, "name_zh": f"{n}号", "capacity_mw": mw}
                       for n, mw in enumerate((10, 20, 30, 60))]},
            "IN-313",
            "warning",
        ),
        ({"power": [{**POINT, "kind": "coal", "capacity_mw": 600, "spare_mw": 5}]}, "IN-314",
         "warning"),
        ({"power": [{**POINT, "latitude": 36.2, "longitude": 13.1}]}, "IN-316", "warning"),
        ({"sites": [{"name_zh": "厂房", "former_use": "industry", "source_zh": "局",
                     "latitude": 75, "longitude": 36.2}]}, "IN-315", "error"),
        ({"power": [{**POINT, "name_zh": name, "capacity_mw": 49, "latitude": latitude,
                     "longitude": 119.735}
                    for name, latitude in (("一期", 35.936), ("Phase 1", 35.94))]},
         "IN-317", "warning"),
        ({"workforce": [{**ROLE, "available_fte": 5, "as_of": "2019"}]}, "IN-318", "warning"),
    ],
)  # fmt: skip
def test_contradiction_is_named(found, changes, code, severity):
    assert found(**changes) == [(code, severity)]


@pytest.mark.parametrize(
    "changes",
    [
        {**KAZAKH, "power": [{**POINT, "price": 25}]},  # 25 × 0.015 = 0.375 CNY
        {"power": [{**POINT, "capacity_mw": 60, "spare_mw": 48}]},
        {"power": [{**POINT, "price": 1.6}]},
        {"power": [{**POINT, "latitude": 36.2, "longitude": 113.1}]},
        {"power": [{**POINT, "name_zh": name, "capacity_mw": 49, "latitude": latitude,
                    "longitude": 119.735}
                   for name, latitude in (("一期", 35.936), ("二期", 35.961))]},  # 2.8 km apart
        {"power": [{**POINT, "price": 0.15}]},
        {"grid_factor": 0.641},
        {"workforce": [{**ROLE, "available_fte": 5, "as_of": "2019", "note": "普查每五年一次"}]},
        {"plan_from": "2030-12-31", "plan_until": "2030-12-31"},
        {"weights": [{"stakeholder_zh": "园区", "benefit": "B09", "weight": 66.7},
                     {"stakeholder_zh": "园区", "benefit": "B02", "weight": 33.3}]},
        {"weights": [{"stakeholder_zh": name, "benefit": "B10", "weight": 100}
                     for name in ("园区", "港口")]},
    ],
)  # fmt: skip
def test_what_agrees_passes(found, changes):
    assert found(**changes) == []


def test_contradiction_points_at_both_cells(region_book, knowledge):
    rows = [{**POINT, "capacity_mw": 50, "spare_mw": 60}]
    (problem,) = read_submission([region_book(power=rows, limits=[])], knowledge).problems
    args = dict(problem.args)
    assert str(problem.origin) == "电力!G2"
    assert (args["part"], args["whole"], args["cell"]) == ("60", "50", "F2")


def test_price_a_hundred_times_too_high_is_proposed_never_applied(region_book, knowledge):
    found = read_submission([region_book(power=[{**POINT, "price": 56}])], knowledge)
    assert dict(found.problems[0].args)["hundredth"] == "0.56"
    assert found.regions == ()


PLANT = {**POINT, "kind": "gas"}


def plants(*capacities, **more):
    return [
        {**PLANT, "name_zh": f"{n}号机组", "capacity_mw": mw, **more}
        for n, mw in enumerate(capacities, 1)
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Another unit, all of the column: an error where it cannot be right as it stands.
        ({"power": plants(60_000, 90_000, 75_000)}, [("IN-320", "error")]),
        ({"power": plants(6_000, 330, 8_000, 210)}, [("IN-320", "warning")]),
        ({"power": plants(6_000, 330, 350, 210)}, [("IN-319", "warning")]),
        ({"power": plants("60000 MW", 330)}, [("IN-319", "warning")]),
        ({"power": plants(120, 330, 350, 120_000, 330_000)}, [("IN-320", "error")]),
        ({"power": plants(300, 650, 800)}, []),
        # Half in MW, half in kW, each within the bounds.
        ({"power": plants(0.9, 1.5, 2.1, 900, 1_700, 2_400)}, [("IN-325", "warning")]),
        # 10 kV carries 12 MW; 500 kV carries 2,500.
        ({"power": [{**POINT, "voltage_kv": 10, "capacity_mw": 60}]}, [("IN-319", "warning")]),
        ({"power": [{**POINT, "voltage_kv": 500, "capacity_mw": 60}]}, []),
        # Each price in its own currency; a currency without a row is not judged.
        ({**KAZAKH, "power": [{**POINT, "price": 0.5}]}, [("IN-305", "warning")]),
        ({"power": [{**POINT, "name_zh": f"{n}号", "price": price}
                    for n, price in enumerate((56, 58, 61))]}, [("IN-320", "error")]),
        ({"jurisdiction": "PL", "currency": "PLN", "cny_per_unit": 1.8,
          "power": [{**POINT, "price": 40}]}, []),
        # 140400 is a city, 140404 a county.
        ({"population": 90_000, "gdp": 7, "fiscal_revenue": 1, "industry": []},
         [("IN-319", "warning")]),
        ({"population": 90_000, "gdp": 7, "fiscal_revenue": 1, "industry": [],
          "admin_code": "140404"}, []),
        ({"limits": [{"resource": "grid_mw", "amount": 180}]}, [("IN-319", "warning")]),
        ({"power": [{**POINT, "capacity_mw": 90, "note": "规划，2028年投产"}]}, []),
        ({"power": [{**POINT, "capacity_mw": 90, "note": "在建"}]}, [("IN-324", "warning")]),
        ({"power": [{**POINT, "name_zh": "二号站（规划）", "capacity_mw": 90}]},
         [("IN-324", "warning")]),
        ({"power": [{**POINT, "name_zh": "二号站（规划）", "capacity_mw": 90,
                     "status": "planned"}]}, []),
    ],
)  # fmt: skip
def test_a_number_is_judged_by_its_kind_and_its_column(found, changes, expected):
    assert found(**changes) == expected


def test_a_column_of_a_whole_sheet_is_questioned_once(workbook, knowledge):
    names = ["Region", "Name", "Jurisdiction", "Administrative code", "Population", "Currency"]
    people = [[f"r{n}", f"Town {n}", "CN", "140400", 100 + n, "CNY"] for n in range(5)]
    (problem,) = read_submission([workbook({"Region": [names, *people]})], knowledge).problems
    args = dict(problem.args)
    assert (problem.code, str(problem.origin), args["cells"]) == ("IN-320", "Region!E2", "E2–E6")
    assert args["likely_en"] == "10,000 persons"


def test_a_row_of_totals_gives_one_message_whatever_else_it_lacks(region_book, knowledge):
    rows = [{**POINT, "capacity_mw": 50}, {"name_zh": "全市合计", "capacity_mw": "约50"}]
    found = read_submission([region_book(power=rows, limits=[])], knowledge).problems
    assert [(one.code, str(one.origin)) for one in found] == [("IN-222", "电力!B3")]


TEXAS = {
    "jurisdiction": "US-TX",
    "admin_code": None,
    "currency": "USD",
    "cny_per_unit": 7,
    "gdp": 34,
    "fiscal_revenue": 4,
}
"""The small region, moved to Texas."""


def _bodies(use):
    return [
        {"name_en": name, "type": "court", "use": use, "status": "signed", "source_en": "list"}
        for name in ("District court", "County court")
    ]


def test_a_use_that_the_place_does_not_know_is_named_once(region_book, knowledge):
    # U07 is in the catalogue for China alone.
    book = region_book(**TEXAS, limits=[], institutions=_bodies("U07"))

    told = [one for one in read_submission([book], knowledge).problems if one.code == "IN-330"]

    (one,) = told
    assert one.severity == "warning"
    assert dict(one.args)["use_en"].startswith("U07 ")
    assert dict(one.args)["use_zh"].startswith("U07 ")


@pytest.mark.parametrize(("changes", "use"), [({}, "U07"), (TEXAS, "U01")])
def test_a_use_of_the_place_or_of_everywhere_is_not_remarked_on(
    region_book, knowledge, changes, use
):
    book = region_book(**changes, limits=[], institutions=_bodies(use))

    problems = read_submission([book], knowledge).problems

    assert "IN-330" not in {one.code for one in problems}


def test_coordinates_are_held_against_the_bounds_of_their_own_place(found):
    abroad = {**POINT, "latitude": 36.2, "longitude": 13.1}

    # Nobody has looked up the bounds of Texas.
    assert ("IN-316", "warning") not in found(**TEXAS, power=[abroad])
