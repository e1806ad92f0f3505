"""Small inputs made after public files: numbers, dates and levels as their authors wrote them."""

from pathlib import Path

import pytest

from generator.intake import read_submission
from generator.report.quality import problem_text

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def read(knowledge):
    return lambda name: read_submission([HERE / name], knowledge)


def refusals(found, sheet):
    return {one.origin.cell: one for one in found.problems
            if one.severity == "error" and one.origin.sheet == sheet}  # fmt: skip


def test_true_minus_sign_is_a_minus_sign(read):
    (region,) = read("a08.xlsx").regions
    assert region.figures["mean_temperature_c"].value == -5.2


def test_every_date_that_means_one_thing_is_read_and_the_others_say_that_a_year_will_do(
    read, texts
):
    found = read("a25.xlsx")
    refused = refusals(found, "Power")
    assert set(refused) == {"J11", "J12", "J18"}  # FY2024, 2024-25, Jun-25
    for one in refused.values():
        assert "A year or a month will do" in problem_text(one, texts, "en")
        assert "填到年份或月份即可" in problem_text(one, texts, "zh-CN")
    dates = {
        done.origin.cell: done.value for done in found.conversions if done.origin.cell[0] == "J"
    }
    assert dates == {
        "J2": "2025-06-30", "J3": "2025-06-30", "J4": "2025-06", "J5": "2025-06-30", "J6": "2025-06-30",
        "J7": "2025-06", "J8": "2025-06", "J9": "2025-06", "J10": "2024-12-31", "J13": "2025-06",
        "J14": "2025-06-30", "J15": "2025-06-30", "J16": "2025-06", "J17": "2025-06", "J19": "2025-06-30",
        "J20": "2024-12-31",
    }  # fmt: skip


def test_words_of_data_centre_operators_are_read_or_refused_with_the_value_to_write(read, texts):
    found = read("s06_datacentre_words.xlsx")
    said = {
        cell: (one.code, dict(one.args)["example"])
        for cell, one in refusals(found, "Data centres").items()
    }
    assert said == {
        "C2": ("IN-236", "5.4"),  # 6 MVA at a power factor of 0.9
        "E2": ("IN-250", "3"),  # Tier III+
        "F2": ("IN-204", "1.2"),  # 1.1-1.3 PUE
        "C3": ("IN-236", "0.972"),  # 1.08 MVA
        "F3": ("IN-204", "1.5"),  # Under 1.5
    }
    assert "1.1" in problem_text(refusals(found, "Data centres")["F2"], texts, "en")
    read_as = {done.origin.cell: done.value for done in found.conversions
               if done.origin.sheet == "Data centres"}  # fmt: skip
    assert read_as == {
        "D2": "1926", "D3": "360", "E3": "3", "C4": "2500", "D4": "518", "E4": "4", "C5": "0.2", "E5": "3",
    }  # fmt: skip


def test_ranges_and_withheld_numbers_of_a_county_table_say_what_to_write(read):
    refused = refusals(read("s05_naics.xlsx"), "Industry")
    assert {cell: refused[cell].code for cell in ("D6", "D7")} == {"D6": "IN-204", "D7": "IN-233"}
    assert dict(refused["D6"].args)["high"] == "99"
