"""Expected readings are those of the form's page on cells (§3), worked out by hand."""

from datetime import date, datetime, time

import pytest

from generator.intake.cells import Raw, clean, folded, read_cell
from generator.intake.columns import FORM_BY_KEY
from generator.problems import Origin

CELL = Origin("region.xlsx", "Power", "D17")


def read(place, value, labels=None, **said):
    """Read one cell under a column written as `sheet.key`."""
    sheet, key = place.split(".")
    parts = (part for column in FORM_BY_KEY[sheet].columns for part in column.expanded())
    column = next(part for part in parts if part.key == key)
    return read_cell(Raw(CELL, value, **said), column, labels or {})


def code(reading):
    assert reading.value is None
    assert reading.problem.origin == CELL
    return reading.problem.code


@pytest.mark.parametrize(
    ("written", "megawatts"),
    [
        (12, 12),
        (12.5, 12.5),
        ("12", 12),
        ("+12", 12),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("1\u202f200", 1200),
        ("１２００", 1200),
        ("1，200", 1200),
        ("１．５", 1.5),
        ("1,200.5", 1200.5),
        (" 12 ", 12),
        ("12\u200b", 12),
        ("1.2e3", 1200),
        (".5", 0.5),
        (0, 0),
        ("0", 0),
        ("1.2 GW", 1200),
        ("1200kW", 1.2),
        ("12 mw", 12),
        ("120万千瓦", 1200),
        ("12兆瓦", 12),
    ],
)
def test_plain_number_is_read_in_the_unit_of_its_column(written, megawatts):
    reading = read("power.spare_mw", written)
    assert reading.problem is None
    assert reading.value == pytest.approx(megawatts, rel=1e-15)


@pytest.mark.parametrize(
    ("place", "written", "value"),
    [
        ("power.price", "0.35 元/kWh", 0.35),
        ("power.price", "56 分/kWh", 0.56),
        ("power.price", "560 元/MWh", 0.56),
        ("power.price", "0.56元/度", 0.56),
        ("power.voltage_kv", "220千伏", 220),
        ("region.gdp", "16,719.5亿元", 1671.95),
        ("region.gdp", "1.67195万亿元", 1671.95),
        ("region.gdp", "1671.95 bn", 1671.95),
        ("region.population", "1034.2万人", 10_342_000),
        ("region.grid_factor", "641 gCO2/kWh", 0.641),
        ("region.grid_factor", "0.641 tCO₂/MWh", 0.641),
        ("region.mean_temperature_c", "12.5℃", 12.5),
        ("sites.hall_m2", "1.2万平方米", 12_000),
        ("sites.hall_m2", "3亩", 2000),
        ("sites.grid_mva", "4万千伏安", 40),
        ("sites.road_km", "800米", 0.8),
        ("connectivity.latency_ms", "8毫秒", 8),
        ("connectivity.backbone_gbps", "1.2 Tbps", 1200),
        ("steps.cost", "3500万元", 35),
        ("steps.cost", "1.2亿元", 120),
        ("region.saidi_minutes", "1.5小时", 90),
        ("region.port_throughput", "6.3亿吨", 630),
    ],
)
def test_written_unit_is_converted_and_logged(place, written, value):
    reading = read(place, written)
    assert reading.value == pytest.approx(value, rel=1e-15)
    assert reading.conversion.rule == "written_unit"
    assert reading.conversion.found == written
    assert reading.conversion.origin == CELL


@pytest.mark.parametrize(
    "written",
    ["nan", "inf", "-inf", "1e400", "1_000", True, False, "0x10", "½", "一百二十", "1.2.3", "待定",
     "=1+1", "12/13", "1 2", "1 20 000", "$12", "500+", "12 k", date(2021, 9, 24), time(12, 0),
     float("nan"), float("inf"), 10**400, -(10**400)],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(written):
    assert code(read("power.spare_mw", written)) == "IN-203"


@pytest.mark.parametrize(
    "written",
    ["约500", "近500", "≥500", "≤500", ">500", "~500", "about 500", "500（规划）", "500(在建)", "3-5",
     "3 - 5", "３－５", "3–5", "3~5", "3～5", "3至5", "3 to 5"],
)  # fmt: skip
def test_doubt_plan_or_range_is_not_one_number(written):
    assert code(read("power.spare_mw", written)) == "IN-204"


@pytest.mark.parametrize("written", ["1.200,5", "1,2", "0,56", "12,0", "0,012", "0,560"])
def test_comma_with_two_readings_is_refused(written):
    assert code(read("power.spare_mw", written)) == "IN-205"


@pytest.mark.parametrize(
    "written", ["500①", "5²", "12¹", "12\n345", "12\t345", "1_x0001_2", "12\u0000"]
)
def test_footnotes_lines_and_control_characters_never_join_the_digits(written):
    assert read("power.spare_mw", written).value not in {5001, 52, 121, 12_345}
    assert read("power.spare_mw", written).problem is not None


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("power.capacity_mw", "50 MWh"),
        ("power.capacity_mw", "50万千瓦时"),
        ("power.capacity_mw", "12%"),
        ("power.price", "0.35元"),
        ("region.population", "300万"),
        ("sites.road_km", "6小时"),
    ],
)
def test_unit_of_another_quantity_is_named(place, written):
    reading = read(place, written)
    assert code(reading) == "IN-206"
    assert dict(reading.problem.args)["written"] in written


@pytest.mark.parametrize("written", ["0.08 USD/kWh", "0.08 $/kWh", "0.5 €/kWh", "25 KZT/kWh"])
def test_another_currency_is_never_taken_for_the_regions(written):
    assert read("power.price", written).value is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (34, {}),
        ("34", {}),
        ("34%", {}),
        ("34 %", {}),
        ("３４％", {}),
        ("34 percent", {}),
        (0.34, {"is_percent": True}),
    ],
)
def test_thirty_four_percent_in_every_spelling(written, said):
    assert read("region.renewable_share", written, **said).value == 34


@pytest.mark.parametrize("written", [0.34, "0.34", 1, "1", 1.0, 1e-9])
def test_bare_number_up_to_one_is_refused_with_both_readings(written):
    reading = read("region.renewable_share", written)
    assert code(reading) == "IN-207"
    args = dict(reading.problem.args)
    assert float(args["as_share"]) == pytest.approx(100 * float(args["as_percent"]))


def test_text_in_a_percent_formatted_cell_is_still_bare():
    # The format of a cell shows numbers as percentages; it does nothing to text.
    assert code(read("region.renewable_share", "0.34", is_percent=True)) == "IN-207"


@pytest.mark.parametrize(
    ("written", "said", "value"),
    [(0, {}, 0), ("0.34%", {}, 0.34), (0.0034, {"is_percent": True}, 0.34), (100, {}, 100),
     (1.0, {"is_percent": True}, 100), (0.07, {"is_percent": True}, 7)],
)  # fmt: skip
def test_edges_of_the_percent_scale(written, said, value):
    assert read("region.renewable_share", written, **said).value == value


@pytest.mark.parametrize("place", ["power.spare_mw", "measures.value", "region.population"])
def test_percent_format_on_a_column_without_percent_is_not_read_as_its_share(place):
    # Such a cell shows "34%" to the planner: 0.34 MW is not what stands there.
    assert read(place, 0.34, is_percent=True).value is None


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("power.spare_mw", -1),
        ("power.spare_mw", 100_001),
        ("region.renewable_share", 101),
        ("region.renewable_share", "-3%"),
        ("data_centres.pue", 0.9),
        ("power.latitude", 113.1),
        ("region.saidi_minutes", "9000小时"),
    ],
)
def test_number_outside_its_bounds_is_refused(place, written):
    assert code(read(place, written)) == "IN-211"


@pytest.mark.parametrize(
    ("written", "value"), [(3, 3), (3.0, 3), ("3级", 3), (2.5, None), ("2.5", None)]
)
def test_level_is_a_whole_number(written, value):
    reading = read("data_centres.tier", written)
    assert reading.value == value
    assert (reading.problem is None) == (value is not None)


@pytest.mark.parametrize("blank", [None, "", " ", "-", "—", "–", "无", "N/A", "n/a", "unknown",
                                   "Unknown", "未知", "\u200b", "\u3000"])  # fmt: skip
def test_blank_cell_is_not_zero(blank):
    reading = read("power.spare_mw", blank)
    assert reading.value is None
    assert reading.problem is None


@pytest.mark.parametrize("blank", [None, "", " ", "-", "—"])
def test_required_cell_may_not_be_blank(blank):
    assert code(read("region.admin_code", blank)) == "IN-201"


@pytest.mark.parametrize(
    "written",
    [date(2021, 9, 24), datetime(2021, 9, 24, 8, 30), "2021-09-24", "2021/9/24", "2021.9.24",
     "2021年9月24日", "２０２１年９月２４日"],
    ids=str,
)  # fmt: skip
def test_day_in_every_clear_spelling(written):
    assert read("sites.closed_on", written).value == date(2021, 9, 24)


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("03/04/2026", "IN-213"),
        ("3.4.2026", "IN-213"),
        ("24-09-21", "IN-213"),
        (44463, "IN-212"),
        ("44463", "IN-212"),
        (20210924, "IN-212"),
        ("2021年9月", "IN-212"),
        ("2021-02-30", "IN-212"),
        ("2021-13-01", "IN-212"),
        ("0000-01-01", "IN-212"),
        ("Sept. 2021", "IN-212"),
        (True, "IN-212"),
    ],
)
def test_unclear_date_is_refused(written, refusal):
    assert code(read("sites.closed_on", written)) == refusal


@pytest.mark.parametrize(
    ("written", "period"),
    [
        (2025, "2025"),
        (2025.0, "2025"),
        ("2025年", "2025"),
        ("2025-06", "2025-06"),
        ("2025年6月", "2025-06"),
        ("2025/6/30", "2025-06-30"),
        (datetime(2025, 6, 30), "2025-06-30"),
        (44463, None),
        (2025.5, None),
        ("2025Q2", None),
        ("2024-2025", None),
        ("2025-13", None),
    ],
)
def test_date_of_data_may_stop_at_the_month_or_year(written, period):
    reading = read("power.as_of", written)
    assert reading.value == period
    assert (reading.problem is None) == (period is not None)


@pytest.mark.parametrize(
    ("written", "value"),
    [(1, True), (0, False), ("1", True), ("是", True), ("否", False), ("Yes", True), ("no", False),
     (True, True), (None, None), ("未知", None)],
)  # fmt: skip
def test_flag_is_yes_no_or_unknown(written, value):
    reading = read("region.in_national_hub", written)
    assert reading.value is value
    assert reading.problem is None


@pytest.mark.parametrize("written", [2, 0.5, "maybe", "√"])
def test_other_flags_are_refused(written):
    assert code(read("region.in_national_hub", written)) == "IN-214"


KINDS = {"connection point": "connection point", "接入点": "connection point", "燃煤": "coal"}


@pytest.mark.parametrize("written", ["接入点", " 接入点 ", "Connection  Point", "接\u200b入点"])
def test_choice_is_read_by_label_in_either_language(written):
    assert read("power.kind", written, KINDS).value == "connection point"


def test_near_miss_is_suggested_and_never_applied():
    reading = read("power.kind", "conection point", KINDS)
    assert code(reading) == "IN-215"
    assert dict(reading.problem.args)["nearest"] == "connection point"


def test_codes_are_joined_by_semicolons_of_either_width():
    documents = {"leadership-brief": "leadership-brief", "规划简报": "planning-brief"}
    reading = read("recipients.documents", "leadership-brief；规划简报;", documents)
    assert reading.value == ("leadership-brief", "planning-brief")
    assert code(read("recipients.documents", "规划简报;memo", documents)) == "IN-215"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("0007", "0007"),
        (7, "7"),
        ("NA", "NA"),
        ("None", "None"),
        ("null", "null"),
        ("nan", "nan"),
        (140400.0, "140400"),
        ("厂房\n二层", "厂房 二层"),
        ("变电站 😀", "变电站 😀"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("A&B <c>", "A&B <c>"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("\u00a0x\u00a0", "x"),
    ],
)
def test_text_stays_text(written, text):
    reading = read("power.name_zh", written)
    assert reading.value == text
    assert reading.problem is None


def test_control_characters_are_removed_with_a_warning():
    reading = read("power.name_en", "Sub_x0001_station\u0002")
    assert reading.value == "Substation"
    assert (reading.problem.code, reading.problem.severity) == ("IN-220", "warning")
    assert dict(reading.problem.args)["found"] == "U+0001, U+0002"


def test_lone_surrogates_and_non_characters_do_not_survive():
    text, removed = clean("a\ud800b\ufffec")
    assert text == "abc"
    assert removed == "U+D800, U+FFFE"


@pytest.mark.parametrize(
    ("one", "other"), [("Site 1", "site  1 "), ("长治\u200b", "长治"), ("ＰＵＥ", "pue")]
)
def test_keys_are_compared_without_width_case_and_invisible_characters(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"is_error": True}, "IN-208"), ({"is_formula_without_value": True}, "IN-209")],
)
@pytest.mark.parametrize("place", ["power.spare_mw", "power.name_en", "power.kind"])
def test_error_or_formula_without_value_is_refused_in_every_column(place, said, refusal):
    assert code(read(place, "#REF!" if refusal == "IN-208" else None, **said)) == refusal


def test_long_content_is_shortened_in_messages():
    reading = read("power.spare_mw", "x" * 10_000)
    assert len(dict(reading.problem.args)["found"]) <= 60
