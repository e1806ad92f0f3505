"""Days, months and years as they are written in seven languages; expected values by the calendar."""

import pytest

from generator.intake.dates import read_day

CLEAR = {
    "2025": "2025", "2025年": "2025", "2024年度": "2024", "2025-06": "2025-06", "2025/6": "2025-06", "2025年6月": "2025-06",
    "2025 年 6 月": "2025-06", "06/2025": "2025-06", "202506": "2025-06", "2025年6月30日": "2025-06-30",
    "2025年6月30": "2025-06-30", "2025.6.30": "2025-06-30", "20250630": "2025-06-30", "30.06.2025": "2025-06-30",
    "06/30/2025": "2025-06-30", "30/06/2025": "2025-06-30", "2025-06-30 08:15": "2025-06-30",
    "2025-06-30T00:00:00Z": "2025-06-30", "二〇二五年六月": "2025-06", "二○二五年十二月三十一日": "2025-12-31",
    "截至2025年6月": "2025-06", "截至2025年6月30日止": "2025-06-30", "as of 30 June 2025": "2025-06-30", "June 2025": "2025-06",
    "Jun. 2025": "2025-06", "June 30, 2025": "2025-06-30", "30-Jun-2025": "2025-06-30", "1st July 2025": "2025-07-01",
    "30. Juni 2025": "2025-06-30", "März 2025": "2025-03", "30 juin 2025": "2025-06-30", "août 2025": "2025-08",
    "30 de junio de 2025": "2025-06-30", "dezembro de 2024": "2024-12", "30 июня 2025 г.": "2025-06-30",
    "июнь 2025": "2025-06", "2025Q2": "2025-06", "Q4 2024": "2024-12", "2025年二季度": "2025-06", "2025年第三季度": "2025-09",
    "2025年上半年": "2025-06", "2024年下半年": "2024-12", "H1 2025": "2025-06", "2024年末": "2024-12-31",
    "2024年底": "2024-12-31", "end of 2024": "2024-12-31", "Ende 2024": "2024-12-31", "2025年6月底": "2025-06-30",
    "2024年2月末": "2024-02-29",
}  # fmt: skip
UNCLEAR = {
    "03/04/2026": "order", "3.4.2026": "order", "24-09-21": "order", "13/04/26": "order", "30-Jun-25": "order",
    "2025.1": "order", "Jun-25": "short", "2024-25": "span", "2024-2025": "span", "2024/25": "span", "FY2024": "fiscal",
    "2024财年": "fiscal", "Antes de 92": "unclear", "last year": "unclear", "2021-02-30": "unclear", "2025-13-01": "unclear",
    "31/06/2025": "unclear", "1024": "unclear", "201206": "unclear", "十二五": "unclear", "": "unclear",
}  # fmt: skip


@pytest.mark.parametrize("written", CLEAR)
def test_what_means_one_day_month_or_year_is_read(written):
    assert read_day(written).iso == CLEAR[written]


@pytest.mark.parametrize("written", UNCLEAR)
def test_what_does_not_is_refused_with_its_cause(written):
    found = read_day(written)
    assert (found.iso, found.cause) == ("", UNCLEAR[written])


def test_both_readings_of_an_unclear_date_are_named():
    assert read_day("03/04/2026").readings == "2026-04-03 / 2026-03-04"
    assert read_day("2025.1").readings == "2025-01 / 2025-10"
    assert read_day("2024-25").readings == "2024 / 2025"


def test_end_of_a_year_is_no_exact_day():
    assert read_day("2024年末").is_rough
    assert not read_day("2024-12-31").is_rough
