"""Rows between the records that are none, dialects of points, dates of other calendars."""

import pytest
from openpyxl import Workbook

from generator.intake import read_submission

REGION = ["region", "name_en", "jurisdiction", "admin_code", "population", "currency", "source_en"]
PLACE = ["lucheng", "Lucheng", "CN", "140400", 3_000_000, "CNY", "Bureau"]
POWER = ["region", "name_en", "kind", "status", "capacity_mw", "price", "source_en", "as_of"]


def plant(name, capacity=40):
    """A plant of a size that no check asks about."""
    return ["lucheng", name, "wind", "existing", capacity, None, "Bureau", "2025"]


@pytest.fixture
def outcome(tmp_path, knowledge):
    """Problems as `IN-161 5`, and the capacities read."""

    def run(rows):
        book = Workbook()
        book.active.title = "Region"
        for row in (REGION, PLACE):
            book["Region"].append(row)
        sheet = book.create_sheet("Power")
        for row in rows:
            sheet.append(row)
        path = tmp_path / "region.xlsx"
        book.save(path)
        return told(read_submission([path], knowledge))

    return run


@pytest.fixture
def of_text(tmp_path, knowledge):
    """The same of a folder whose table of plants is a text."""

    def run(text):
        region = "\n".join(",".join(map(str, row)) for row in (REGION, PLACE))
        (tmp_path / "region.csv").write_text(region, encoding="utf-8")
        (tmp_path / "power.csv").write_bytes(text.encode())
        return told(read_submission([tmp_path], knowledge))

    return run


def told(found):
    problems = [f"{one.code} {one.origin.cell}" for one in found.problems]
    return problems, [one.capacity_mw.value for one in found.regions[0].power] if (
        found.regions
    ) else None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (POWER, "IN-161 3"),
        ([1, 2, 3, 4, 5, 6, 7, 8], "IN-164 3"),
        (["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"], "IN-164 3"),
        (["甲", "乙", "1", "2", "3", "4", "5", "6"], "IN-164 3"),
        (["A", "B", "C", "D", "E", "F", "G", "H"], "IN-164 3"),
        (["必填", "必填", "必填", "必填", "选填"], "IN-164 3"),
        (["单位", None, None, None, "兆瓦"], "IN-164 3"),
    ],
)
def test_row_that_only_describes_the_columns_is_passed_over_and_said(outcome, row, expected):
    assert outcome([POWER, plant("A"), row, plant("B")]) == ([expected], [40, 40])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["注：1. 数据来源于统计局"], "IN-163 A3"),
        (["Source: Statistics Bureau"], "IN-163 A3"),
        ([None, "一、风电"], "IN-163 B3"),
        (["续表"], "IN-163 A3"),
        ([None, None, None, None, "kW"], "IN-165 3"),
        (["Unit", None, None, None, "万千瓦", "分/kWh"], "IN-165 3"),
        (["region", "name_en", "capacity_mw", "status", "kind"], "IN-162 3"),
    ],
)
def test_row_that_is_no_record_brings_one_message(outcome, row, expected):
    assert outcome([POWER, plant("A"), row]) == ([expected], None)


def test_region_whose_code_is_short_or_a_figure_is_no_row_of_figures(outcome):
    assert outcome([POWER, plant("1"), plant("A")]) == ([], [40, 40])


@pytest.mark.parametrize(
    "line",
    [
        ["单位", "万千瓦"], ["风电装机（kW）"], ["Einheit: kW"], ["Единица измерения: кВт"],
        ["注：容量单位为kW"], [None, None, None, None, "kW"], ["Wind farms (GW)"],
    ],
)  # fmt: skip
def test_unit_above_the_table_is_asked_about_however_it_is_put(outcome, line):
    problems, capacities = outcome([line, POWER, plant("A")])
    assert ([one[:6] for one in problems], capacities) == (["IN-128"], None)


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位", "潞城区发改局"], ["金额单位：万元"], ["Wind farms (MW)"], ["Wind farms (2024)"],
        ["Unit", "Planning office"], ["编制单位为发改委"], ["单位：兆瓦"], ["Lucheng (CN)"],
    ],
)  # fmt: skip
def test_line_above_the_table_that_gives_no_other_unit_passes(outcome, line):
    assert outcome([line, POWER, plant("A")]) == ([], [40])


@pytest.mark.parametrize(
    ("header", "value"),
    [("容量（单位：万千瓦）", 4), ("容量 单位：kW", 40_000), ("Capacity (MW, 2025)", 40)],
)
def test_unit_of_a_header_is_found_among_other_words(outcome, header, value):
    head = [header if one == "capacity_mw" else one for one in POWER]
    problems, capacities = outcome([head, plant("A", value)])
    assert capacities == [40]
    assert problems in ([], ["IN-126 E1"])


POINTS = """region;name_en;kind;status;capacity_mw;price;source_en
lucheng;A;wind;existing;{};{};Bureau
lucheng;B;wind;existing;{};{};Bureau
"""


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        # Semicolons and no other sign: 1.200 is one thousand two hundred in half of Europe.
        (("1.200", "", "1.300", ""), ["IN-160 E2", "IN-160 E3"]),
        # A price shows the comma as the decimal sign.
        (("1.200", "0,56", "40", ""), ["IN-160 E2"]),
    ],
)
def test_point_that_may_group_thousands_is_refused(of_text, figures, expected):
    assert of_text(POINTS.format(*figures)) == (expected, None)


@pytest.mark.parametrize(
    ("figures", "capacities"),
    [(("12,5", "", "1.200,5", ""), [12.5, 1200.5]), (("1.200", "0.56", "40", ""), [1.2, 40])],
)
def test_point_is_read_where_the_rest_of_the_file_tells_what_it_is(of_text, figures, capacities):
    assert of_text(POINTS.format(*figures))[1] == capacities


def test_point_before_three_digits_groups_where_the_column_has_decimal_commas(of_text):
    assert of_text(POINTS.format("12,5", "", "1.200", ""))[1] == [12.5, 1200]


@pytest.mark.parametrize("tail", ["\0\0\0", "\x1a"])
def test_marks_of_old_programs_at_the_end_of_a_file_are_no_row(of_text, tail):
    assert of_text(POINTS.format(40, "", 40, "") + tail) == ([], [40, 40])


@pytest.mark.parametrize(
    ("written", "reading"),
    [("2567-05-01", "2024-05-01"), ("民国113年5月", "2024"), ("令和6年5月1日", "2024"), ("1403-05", None),
     ("1900-01-00", None), ("9999-12-31", None)],
)  # fmt: skip
def test_year_of_another_calendar_is_refused_with_the_common_one(
    tmp_path, knowledge, written, reading
):
    head = ",".join(POWER)
    row = f"lucheng,A,wind,existing,40,,Bureau,{written}"
    (tmp_path / "region.csv").write_text(
        "\n".join(",".join(map(str, one)) for one in (REGION, PLACE)), encoding="utf-8"
    )
    (tmp_path / "power.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    (only,) = read_submission([tmp_path], knowledge).problems
    args = dict(only.args)
    assert (only.code, only.origin.cell) == ("IN-212", "H2")
    assert (args["cause"], args["readings"] or None) == ("era" if reading else "year", reading)
