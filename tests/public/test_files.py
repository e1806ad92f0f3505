"""What each public input about files, formats, headers and dialects must give."""

from pathlib import Path

import pytest

from generator.intake import read_submission
from generator.report.quality import problem_text

CASES = Path(__file__).with_name("cases")


@pytest.fixture
def read(knowledge):
    """What comes of a case by its name."""
    return lambda name: read_submission([CASES / name], knowledge)


def problems(found, severity="error"):
    return [(one.code, str(one.origin)) for one in found.problems if one.severity == severity]


def capacities(found):
    (region,) = found.regions
    return [point.capacity_mw.value for point in region.power]


def test_raised_footnote_mark_is_refused_with_both_readings(read, texts):
    found = read("a01.xlsx")
    assert problems(found) == [("IN-120", "Power!E2"), ("IN-120", "Power!F2")]
    for problem, readings in zip(found.problems, (("177", "1772"), ("45", "451")), strict=True):
        for language in ("en", "zh-CN"):
            said = problem_text(problem, texts, language)
            assert all(reading in said for reading in readings)


def test_struck_row_is_named(read):
    assert ("IN-122", "Power!3") in problems(read("a02b.xlsx"), "warning")


def test_number_is_what_its_format_shows_or_is_refused(read):
    found = read("a03.xlsx")
    assert problems(found) == [("IN-206", "Power!E5")]  # 50 MWh is no capacity
    read_as = {str(one.origin): (one.found, one.value) for one in found.conversions}
    assert read_as == {
        "Power!E2": ("120万千瓦", "1200"),
        "Power!E3": ("90MW", "90"),
        "Power!E4": ("1.2 GW", "1200"),
        "Power!G6": ("62分/千瓦时", "0.62"),
    }


def test_header_over_two_rows_is_one_message(read, texts):
    found = read("a10.xlsx")
    assert [(one.code, str(one.origin)) for one in found.problems] == [("IN-129", "Power!2")]
    assert "one header row" in problem_text(found.problems[0], texts, "en")
    assert "只保留一行表头" in problem_text(found.problems[0], texts, "zh-CN")


def test_percentage_is_quoted_as_it_is_shown(read, texts):
    found = read("a11c.xlsx")
    assert problems(found) == [("IN-211", "Region!G2")]
    assert "3000%" in problem_text(found.problems[0], texts, "en")


@pytest.mark.parametrize("name", ["csv_semicolon", "csv_tab", "csv_utf16"])
def test_dialect_of_spreadsheets_is_read(read, name):
    found = read(name)
    assert problems(found) == []
    assert capacities(found) == [1770.5]
    assert found.regions[0].power[0].price.value == 0.62


def test_western_code_page_in_a_chinese_region_is_asked_for_with_its_readings(read, texts):
    found = read("csv_cp1252")
    assert problems(found) == [("IN-117", "power.csv")]
    assert "Höchst Kraftwerk Süd" in problem_text(found.problems[0], texts, "en")


def test_row_with_a_stray_quotation_mark_is_named(read):
    assert problems(read("csv_quote")) == [("IN-138", "power.csv!4")]
