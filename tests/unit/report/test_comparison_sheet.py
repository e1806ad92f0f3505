"""Text in tables that spreadsheets open: in whatever locale, no cell begins a formula."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.report.comparison.sheet import guarded

STARTS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
DROPPED = ' \r\n"\u200b\u200f\ufeff'
SIGNS = st.sampled_from([*STARTS, *";,|\"' \t\r\n", "1", "a", "市", "\u200b", "\ufeff", "\u200f"])
TEXTS = st.text(SIGNS, max_size=12)


def cells(rows, delimiter):
    """The cells as a spreadsheet with this separator splits what a comma-separated file holds."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return [
        cell
        for row in csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=delimiter)
        for cell in row
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@settings(max_examples=300, derandomize=True, deadline=None)
@given(rows=st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_cell_begins_with_what_a_spreadsheet_takes_for_a_formula(delimiter, rows):
    made = [[guarded(text) for text in row] for row in rows]
    for cell in cells(made, delimiter):
        # A stray quotation mark makes a cell reach over the end of its row; what follows is guarded.
        assert not cell.lstrip(DROPPED).startswith(STARTS)
        assert "\t" not in cell


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"),
        ("Qingdao;=HYPERLINK(1)", "Qingdao;'=HYPERLINK(1)"),
        ("Qingdao, -5 °C", "Qingdao, '-5 °C"),
        ("line\n@SUM(1)", "line @SUM(1)"),
        ("青岛;＝1", "青岛;'＝1"),
        ('a;"=1"', 'a;"\'=1"'),
        ("\t=1", " '=1"),
    ],
)
def test_the_sign_is_marked_where_it_would_begin_a_cell(text, made):
    assert guarded(text) == made


@pytest.mark.parametrize(
    "text", ["", "Qingdao", "a-b", "C=O", "3 + 4", "2026-11-28", "e@x.cn", "青岛市"]
)
def test_text_that_begins_no_formula_stays_as_it_is(text):
    assert guarded(text) == text
