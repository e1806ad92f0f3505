"""Sentences of problems: numbers and units as people write them, lists that can be read through."""

import pytest

from generator.problems import Origin, problem
from generator.report import problem_text

CELL = Origin("a.xlsx", "Power", "F4")


def said(texts, language, code, **args):
    return problem_text(problem(code, CELL, **args), texts, language)


@pytest.mark.parametrize(
    ("high", "english", "chinese"),
    [("1e+07", "10,000,000", "1000万"), ("1e+08", "100,000,000", "1亿"), ("8784", "8,784", "8784"),
     ("12345678", "12,345,678", "12345678"), ("0.5", "0.5", "0.5"), ("-273", "−273", "−273")],
)  # fmt: skip
def test_bounds_are_written_out(texts, high, english, chinese):
    args = {
        "found": "5", "low": "0", "high": high, "unit_en": "persons", "unit_zh": "人", "example": "1",
    }  # fmt: skip
    assert f"0 to {english} (persons)" in said(texts, "en", "IN-211", **args)
    assert f"0至{chinese}（单位：人）" in said(texts, "zh-CN", "IN-211", **args)


def test_a_year_is_never_grouped(texts):
    text = said(
        texts, "en", "IN-211", found="1890", low="1950", high="2100", unit_en="year", unit_zh="年",
        example="2023",
    )  # fmt: skip
    assert "1950 to 2100" in text


def test_what_stands_in_the_cell_is_quoted_as_it_stands(texts):
    text = said(
        texts, "en", "IN-211", found="1200000", low="0", high="10", unit_en="MW", unit_zh="兆瓦",
        example="1",
    )  # fmt: skip
    assert "Found 1200000;" in text
    assert "“2024”" in said(texts, "en", "IN-123", found="①", value="2024")


@pytest.mark.parametrize(("unit", "name"), [("m", "millions"), ("bn", "billions")])
def test_units_of_money_are_called_by_name(texts, unit, name):
    args = {"found": "x", "unit_en": unit, "unit_zh": "–", "example": "35"}
    text = said(texts, "en", "IN-203", **args)
    assert f"({name} of the region's currency)" in text


def test_no_brackets_stand_empty_where_a_column_has_no_unit(texts):
    for language in ("en", "zh-CN"):
        text = said(texts, language, "IN-203", found="x", unit_en="", unit_zh="", example="35")
        assert "()" not in text
        assert "（）" not in text
        assert "单位：）" not in text


def test_details_of_the_system_are_said_in_the_readers_language(texts):
    for detail in ("cut short", "BadZipFile", "XMLSyntaxError"):
        text = said(texts, "zh-CN", "IN-103", detail=detail)
        assert detail not in text
        assert "工作簿已损坏" in text
    assert "磁盘空间不足" in said(texts, "zh-CN", "RN-107", detail="No space left on device")


def test_a_list_cut_short_says_where_the_rest_is(texts):
    args = {"found": "x", "listed_en": "a, b …", "listed_zh": "甲、乙 …"}
    assert "a, b and others, in the list of the cell." in said(texts, "en", "IN-216", **args)
    assert "甲、乙等（完整选项见该单元格的下拉列表）。" in said(texts, "zh-CN", "IN-216", **args)


def test_readings_are_joined_by_a_word(texts):
    args = {"found": "03/04/2026", "readings": "2026-04-03 / 2026-03-04", "example": "2026-04-03"}
    assert "2026-04-03 or 2026-03-04" in said(texts, "en", "IN-213", **args)
    assert "2026-04-03或2026-03-04" in said(texts, "zh-CN", "IN-213", **args)
