"""Headers by their words, furniture by its text, every row with its address."""

import pytest

from generator.intake import read_submission

REGION = """
| 地区 | 名称（中文） | 法域 | 行政区划代码 | 币种 |
| -- | -- | -- | -- | -- |
| lucheng | 潞城 | CN | "140400" | CNY |
"""
POWER = """
| 地区 | 名称（中文） | 类型 | 状态 | 可靠富余容量 |
| -- | -- | -- | -- | -- |
| lucheng | 一号变电站 | 接入点 | 现有 | 60 |
"""


@pytest.fixture
def read(workbook, knowledge):
    """Read a workbook with the given Power rows (and Region rows)."""

    def build(power=POWER, region=REGION, **more):
        return read_submission([workbook({"地区": region, "电力": power, **more})], knowledge)

    return build


def codes(found, severity="error"):
    return [(one.code, str(one.origin)) for one in found.problems if one.severity == severity]


def spare(found):
    (region,) = found.regions
    return [point.spare_mw.value for point in region.power]


def test_least_workbook_is_a_region(read):
    found = read()
    assert codes(found) == []
    assert spare(found) == [60]
    assert found.language == "zh-CN"
    assert str(found.regions[0].power[0].spare_mw.origins[0]) == "电力!E2"


@pytest.mark.parametrize(
    "power",
    [
        pytest.param(
            """
            | Region | Name (English) | Kind | Status | Spare MW |
            | lucheng | Substation 1 | connection point | existing | 60 |
            """,
            id="English headers",
        ),
        pytest.param(
            """
            | 地区 | Name (English) | 类型 | Status | 富余容量 |
            | lucheng | Substation 1 | 接入点 | existing | 60 |
            """,
            id="mixed languages and a synonym",
        ),
        pytest.param(
            """
            | 可靠富余容量 | 状态 | 类型 | 名称（中文） | 地区 |
            | 60 | 现有 | 接入点 | 一号变电站 | lucheng |
            """,
            id="another order",
        ),
        pytest.param(
            """
            | region | name_zh | kind | status | spare_mw |
            | lucheng | 一号变电站 | connection point | existing | 60 |
            """,
            id="column keys",
        ),
        pytest.param(
            """
            | region | 名称 | kind | status |  SPARE　mw  |
            | Lucheng | 一号变电站 | connection point | existing | 60 |
            """,
            id="width, case, spaces and a header without its language",
        ),
        pytest.param(
            """
            | 潞城市电力情况表 | | | | |
            | 填报单位：供电公司 | | | | 单位：兆瓦 |
            | 地区 | 名称（中文） | 类型 | 状态 | 可靠富余容量 |
            | lucheng | 一号变电站 | 接入点 | 现有 | 60 |
            """,
            id="title rows above",
        ),
        pytest.param(
            """
            | 地区 | 名称（中文） | 类型 | 状态 | 可靠富余容量 |
            | | | | | 兆瓦 |
            | lucheng | 一号变电站 | 接入点 | 现有 | 60 |
            """,
            id="unit row kept, help row deleted",
        ),
        pytest.param(
            """
            | 地区 | 名称（中文） | 类型 | 状态 | 可靠富余容量 |
            | 填“地区”表中的地区代码。 | | | 只有“现有”的计入。 | 满足N-1条件的富余容量；电厂留空。 |
            | lucheng | 一号变电站 | 接入点 | 现有 | 60 |
            """,
            id="help row kept, unit row deleted",
        ),
    ],
)
def test_columns_are_found_by_their_words(read, power):
    found = read(power)
    assert codes(found) == []
    assert spare(found) == [60]


def test_empty_rows_between_records_keep_the_addresses(workbook, knowledge):
    rows = [
        ["地区", "名称（中文）", "类型", "状态", "可靠富余容量"],
        [None] * 5,
        ["lucheng", "一号变电站", "接入点", "现有", "约60"],
    ]
    found = read_submission([workbook({"地区": REGION, "电力": rows})], knowledge)
    assert codes(found) == [("IN-204", "电力!E3")]


def test_header_near_a_missing_one_is_an_error_with_a_suggestion(read):
    found = read(POWER.replace("可靠富余容量", "可靠富余容量A"))
    assert codes(found) == [("IN-130", "电力!E1")]
    assert dict(found.problems[0].args)["nearest"] == "可靠富余容量"


def test_unit_in_a_header_is_converted_or_refused(read):
    found = read(POWER.replace("可靠富余容量", "可靠富余容量（万千瓦）"))
    assert spare(found) == [600]
    assert codes(found, "warning") == [("IN-126", "电力!E1")]
    found = read(POWER.replace("可靠富余容量", "可靠富余容量（万千瓦时）"))
    assert codes(found) == [("IN-114", "电力!E1")]


def test_header_that_stands_twice_is_refused(read):
    found = read(POWER.replace("状态", "类型"))
    assert ("IN-107", "电力!D1") in codes(found)


def test_missing_required_column_is_one_problem(read):
    found = read(
        """
        | 地区 | 名称（中文） | 状态 |
        | lucheng | 一号变电站 | 现有 |
        | lucheng | 二号变电站 | 现有 |
        """
    )
    assert codes(found) == [("IN-105", "电力!1")]
    assert dict(found.problems[0].args)["header_zh"] == "类型"


def test_sheet_without_headers_is_named(read):
    assert codes(read("| lucheng | 一号 | 60 |")) == [("IN-104", "电力")]


def test_totals_row_is_refused_with_its_row(read):
    for words in ("合计", "合 计", "合计：", "总计", "Total", "TOTAL:", "小计"):
        found = read(POWER + f"| lucheng | {words} | 接入点 | 现有 | 60 |")
        assert codes(found) == [("IN-222", "电力!B3")], words


def test_blank_name_in_both_languages_is_refused(read):
    assert codes(read(POWER.replace("一号变电站", ""))) == [("IN-202", "电力!B2")]


@pytest.mark.parametrize("twin", ["一号变电站", " 一号变电站 ", "一号\u200b变电站"])
def test_record_that_stands_twice_names_the_first(read, twin):
    found = read(POWER + f'| lucheng | "{twin}" | 接入点 | 现有 | 12 |')
    assert codes(found) == [("IN-217", "电力!B3")]
    assert dict(found.problems[-1].args)["first"] == "电力!B2"


def test_column_beside_the_form_is_ignored_with_a_warning(read):
    found = read(
        POWER.replace("可靠富余容量 |", "可靠富余容量 | 联系人 |").replace("60 |", "60 | 王 |")
    )
    assert codes(found, "warning") == [("IN-106", "电力!F1")]
    assert spare(found) == [60]


def test_sheet_beside_the_form_is_ignored_with_a_warning(read):
    found = read(电力情况="| 甲 | 乙 |\n| 1 | 2 |")
    assert codes(found) == []
    assert codes(found, "warning") == [("IN-111", "电力情况")]


def test_two_sheets_for_the_same_register_lose_no_row_in_silence(read):
    # Planners paste an English block beside a Chinese one.
    english = """
        | Region | Name (English) | Kind | Status | Spare MW |
        | lucheng | Substation 2 | connection point | existing | 40 |
        """
    found = read(Power=english)
    assert any(one.origin.sheet == "Power" for one in found.problems) or spare(found) == [60, 40]
