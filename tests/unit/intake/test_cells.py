"""Expected readings are those of the form's page on cells (§3), worked out by hand."""

from datetime import date, datetime, time

import pytest

from generator.intake.cell import Raw
from generator.intake.cells import read_cell
from generator.intake.columns import FORM_BY_KEY
from generator.intake.words import clean, folded
from generator.problems import Origin

CELL = Origin("region.xlsx", "Power", "D17")
KINDS = {"connection point": "connection point", "接入点": "connection point", "燃煤": "coal"}
DOCUMENTS = {"leadership-brief": "leadership-brief", "规划简报": "planning-brief"}
NOON = datetime(2021, 9, 24, 12, 0)  # noqa: DTZ001 - a cell of a workbook has no zone


def read(place, value, labels=None, **said):
    """Read one cell under a column written as `sheet.key`."""
    sheet, key = place.split(".")
    parts = (part for column in FORM_BY_KEY[sheet].columns for part in column.expanded())
    column = next(part for part in parts if part.key == key)
    return read_cell(Raw(CELL, value, **said), column, labels or {})


def outcome(place, value, labels=None, **said):
    """What one cell came to: its value, or the code of its refusal."""
    reading = read(place, value, labels, **said)
    if reading.problem is None:
        return reading.value
    assert (reading.value, reading.problem.origin) == (None, CELL)
    return reading.problem.code


def outcomes(place, written):
    return {value: outcome(place, value) for value in written}


def test_plain_number_is_read_whatever_its_separators():
    written = {12: 12, 12.5: 12.5, "+12": 12, ".5": 0.5, 0: 0, "1.2e3": 1200, "1,200": 1200,
               "1 200": 1200, "1\u00a0200": 1200, "1\u202f200": 1200, "1,200.5": 1200.5,
               "１２００": 1200, "１，２００": 1200, "１．５": 1.5}  # fmt: skip
    assert outcomes("power.spare_mw", written) == written


def test_invisible_characters_around_a_number_change_nothing():
    written = {" 12 ": 12, "12\u200b": 12, "\ufeff12": 12, "\u300012\u3000": 12}
    assert outcomes("power.spare_mw", written) == written


@pytest.mark.parametrize(
    ("place", "written", "value"),
    [
        ("power.spare_mw", "1.2 GW", 1200),
        ("power.spare_mw", "1200kW", 1.2),
        ("power.spare_mw", "120万千瓦", 1200),
        ("power.price", "0.35 元/kWh", 0.35),
        ("power.price", "56 分/kWh", 0.56),
        ("power.price", "560 元/MWh", 0.56),
        ("region.gdp", "16,719.5亿元", 1671.95),
        ("region.gdp", "1.67195万亿元", 1671.95),
        ("region.population", "1034.2万人", 10_342_000),
        ("region.grid_factor", "641 gCO2/kWh", 0.641),
        ("region.grid_factor", "0.641 tCO₂/MWh", 0.641),
        ("region.mean_temperature_c", "12.5℃", 12.5),
        ("region.saidi_minutes", "1.5小时", 90),
        ("region.port_throughput", "6.3亿吨", 630),
        ("connectivity.backbone_gbps", "1.2 Tbps", 1200),
        ("sites.hall_m2", "1.2万平方米", 12_000),
        ("sites.hall_m2", "3亩", 2000),
        ("sites.grid_mva", "4万千伏安", 40),
        ("sites.road_km", "800米", 0.8),
        ("steps.cost", "3500万元", 35),
    ],
)
def test_written_unit_is_converted_and_logged(place, written, value):
    reading = read(place, written)
    assert reading.value == pytest.approx(value, rel=1e-15)
    assert reading.conversion.rule == "written_unit"
    assert (reading.conversion.found, reading.conversion.origin) == (written, CELL)


def test_what_is_not_a_number_is_refused():
    written = ["nan", "inf", "1e400", "1_000", True, "0x10", "1.2.3", date(2021, 9, 24), time(12, 0),
               float("inf"), "n.v.t.", "12 foos", "60\u0660"]  # fmt: skip
    assert outcomes("power.spare_mw", written) == dict.fromkeys(written, "IN-203")


@pytest.mark.parametrize("place", ["power.spare_mw", "data_centres.tier", "region.renewable_share"])
def test_number_too_large_for_any_computer_is_refused(place):
    assert outcome(place, 10**400) == outcome(place, "9" * 400) == "IN-203"


def test_doubt_plan_or_range_is_not_one_number():
    written = ["约500", "近500", "≥500", "≤500", ">500", "about 500", "500（规划）", "500(在建)",
               "3-5", "３－５"]  # fmt: skip
    assert outcomes("power.spare_mw", written) == dict.fromkeys(written, "IN-204")


def test_range_is_named_whatever_its_dash():
    written = ["3–5", "3—5", "3~5", "3～5", "3至5", "3 to 5"]
    assert outcomes("power.spare_mw", written) == dict.fromkeys(written, "IN-204")


def test_comma_with_two_readings_is_refused():
    written = ["1.200,5", "1,2"]
    assert outcomes("power.price", written) == dict.fromkeys(written, "IN-205")


def test_comma_behind_a_lone_zero_is_decimal_for_no_thousands_group_begins_so():
    assert outcomes("power.price", ["0,56", "0,560"]) == {"0,56": 0.56, "0,560": 0.56}


@pytest.mark.parametrize("written", ["500①", "①500", "5²", "²500", "500₂", "12\n345", "1_x0001_2"])
def test_footnote_second_line_or_control_character_never_joins_the_digits(written):
    assert str(outcome("power.spare_mw", written)).startswith("IN-")


def test_unit_of_another_quantity_is_named():
    assert outcome("power.capacity_mw", "50 MWh") == "IN-206"
    assert outcome("power.capacity_mw", "12%") == "IN-206"
    assert outcome("power.price", "0.35元") == "IN-206"
    assert outcome("region.population", "300户") == "IN-206"
    assert dict(read("power.capacity_mw", "50 MWh").problem.args)["written"] == "MWh"


def test_currency_of_a_written_unit_is_told_so_that_the_region_can_be_asked():
    written = {"0.08 USD/kWh": ("USD",), "0.5 €/kWh": ("EUR",), "25 тг/кВт·ч": ("KZT",), "56 分/kWh": ("CNY",),
               "0.56": ()}  # fmt: skip
    assert {text: read("power.price", text).currencies for text in written} == written
    assert "USD" in read("power.price", "0.08 $/kWh").currencies


def test_thirty_four_percent_in_every_spelling():
    written = {34: 34, "34": 34, "34%": 34, "34 %": 34, "３４％": 34, "34 percent": 34, 0: 0,
               "0.34%": 0.34, 100: 100}  # fmt: skip
    assert outcomes("region.renewable_share", written) == written
    shown = {0.34: 34, 0.0034: 0.34, 1.0: 100, 0.07: 7, 0.0: 0}
    read_as = {one: outcome("region.renewable_share", one, is_percent=True) for one in shown}
    assert read_as == shown


def test_bare_number_up_to_one_is_refused_with_both_readings():
    for written in (0.34, "0.34", 1, "1", 1e-9):
        assert outcome("region.renewable_share", written) == "IN-207"
    args = dict(read("region.renewable_share", 0.34).problem.args)
    assert (args["as_percent"], args["as_share"]) == ("0.34", "34")


def test_text_in_a_percent_formatted_cell_is_still_bare():
    # The format of a cell shows numbers as percentages; it does nothing to text.
    assert outcome("region.renewable_share", "0.34", is_percent=True) == "IN-207"


@pytest.mark.parametrize("place", ["power.spare_mw", "power.price"])
def test_percentage_in_a_column_without_percent_is_refused(place):
    # Such a cell shows "34%" to the planner: 0.34 MW is not what stands there.
    assert str(outcome(place, 0.34, is_percent=True)).startswith("IN-2")


def test_number_outside_its_bounds_is_refused():
    for place, written in (("power.spare_mw", -1), ("power.spare_mw", 100_001),
                           ("region.renewable_share", 101), ("region.renewable_share", "-3%"),
                           ("data_centres.pue", 0.9), ("power.latitude", 113.1),
                           ("region.saidi_minutes", "9000小时")):  # fmt: skip
        assert outcome(place, written) == "IN-211", (place, written)


def test_level_is_a_whole_number():
    written = {3: 3, "3级": 3, 2.5: "IN-210", "2.5": "IN-210", 5: "IN-211"}
    assert outcomes("data_centres.tier", written) == written


@pytest.mark.parametrize("place", ["power.spare_mw", "sites.closed_on", "region.in_national_hub"])
def test_blank_cell_is_not_zero(place):
    blanks = [
        None,
        "",
        " ",
        "-",
        "—",
        "–",
        "无",
        "N/A",
        "n/a",
        "Unknown",
        "未知",
        "\u200b",
        "\u3000",
    ]
    assert outcomes(place, blanks) == dict.fromkeys(blanks)


def test_required_cell_may_not_be_blank():
    blanks = [None, "", " ", "-", "—"]
    assert outcomes("region.admin_code", blanks) == dict.fromkeys(blanks, "IN-201")


def test_day_in_every_clear_spelling():
    written = [date(2021, 9, 24), "2021-09-24", "2021/9/24", "2021.9.24", "2021年9月24日",
               "２０２１年９月２４日"]  # fmt: skip
    assert outcomes("sites.closed_on", written) == dict.fromkeys(written, date(2021, 9, 24))
    assert outcome("sites.closed_on", NOON) == date(2021, 9, 24)
    assert read("sites.closed_on", "2021/9/24").conversion.value == "2021-09-24"


def test_unclear_date_is_refused():
    written = {"03/04/2026": "IN-213", "3.4.2026": "IN-213", "24-09-21": "IN-213",
               44463: "IN-228", "44463": "IN-228", 20211324: "IN-212", "2021年9月": "IN-212",
               "2021-02-30": "IN-212", "2021-13-01": "IN-212", "0000-01-01": "IN-212",
               True: "IN-212"}  # fmt: skip
    assert outcomes("sites.closed_on", written) == written


def test_date_of_data_may_stop_at_the_month_or_year():
    written = {2025: "2025", "2025": "2025", "2025年": "2025", "2025-06": "2025-06",
               "2025年6月": "2025-06", "2025/6/30": "2025-06-30", NOON: "2021-09-24",
               44463: "IN-228", 2025.5: "IN-212", "2025Q2": "2025-06", "2024-2025": "IN-212",
               "2025-13": "IN-212"}  # fmt: skip
    assert outcomes("power.as_of", written) == written


def test_flag_is_yes_no_or_refused():
    written = {1: True, 0: False, "是": True, "否": False, "Yes": True, "no": False, "√": True, "x": "IN-214",
               2: "IN-214", 0.5: "IN-214"}  # fmt: skip
    assert outcomes("region.in_national_hub", written) == written
    assert outcome("region.in_national_hub", True) is True  # noqa: FBT003 - Excel's TRUE


def test_choice_is_read_by_label_in_either_language():
    for written in ("接入点", " 接入点 ", "Connection  Point", "接\u200b入点"):
        assert outcome("power.kind", written, KINDS) == "connection point", written


def test_near_miss_is_suggested_and_never_applied():
    reading = read("power.kind", "conection point", KINDS)
    assert (reading.value, reading.problem.code) == (None, "IN-215")
    assert dict(reading.problem.args)["nearest_en"] == "connection point"


def test_codes_are_joined_by_semicolons_of_either_width():
    both = ("leadership-brief", "planning-brief")
    assert outcome("recipients.documents", "leadership-brief；规划简报;", DOCUMENTS) == both
    assert outcome("recipients.documents", "规划简报;memo", DOCUMENTS) == "IN-215"


def test_text_stays_text():
    written = {"0007": "0007", 7: "7", 140400.0: "140400", "NA": "NA", "None": "None", "nan": "nan",
               "厂房\n二层": "厂房 二层", "变电站 😀": "变电站 😀", "{{ 7*7 }}": "{{ 7*7 }}",
               "A&B <c>": "A&B <c>", "=SUM(A1)": "=SUM(A1)", "\u00a0x\u00a0": "x"}  # fmt: skip
    assert outcomes("power.name_zh", written) == written


def test_control_characters_are_removed_with_a_warning():
    reading = read("power.name_en", "Sub\u0001station\u0002")
    assert reading.value == "Substation"
    assert (reading.problem.code, reading.problem.severity) == ("IN-220", "warning")
    assert dict(reading.problem.args)["found"] == "U+0001, U+0002"


def test_lone_surrogates_and_non_characters_do_not_survive():
    assert clean("a\ud800b\ufffec") == ("abc", "U+D800, U+FFFE")
    assert clean("a\U0001fffeb\U0010ffffc\U0010fffd") == ("abc\U0010fffd", "U+1FFFE, U+10FFFF")


def test_keys_are_compared_without_width_case_and_invisible_characters():
    for one, other in (("Site 1", "site  1 "), ("长治\u200b", "长治"), ("ＰＵＥ", "pue")):
        assert folded(one) == folded(other)


@pytest.mark.parametrize("place", ["power.spare_mw", "power.name_en", "sites.closed_on"])
def test_error_or_formula_without_value_is_refused_in_every_column(place):
    assert outcome(place, "#REF!", is_error=True) == "IN-208"
    assert outcome(place, None, is_formula_without_value=True) == "IN-209"


def test_long_content_is_shortened_in_messages():
    assert len(dict(read("power.spare_mw", "x" * 10_000).problem.args)["found"]) <= 60
