"""Columns of text on a screen, where a Chinese sign takes two places."""

import pytest

from generator.report.textable import rows, width, wrapped


@pytest.mark.parametrize(
    ("text", "places"), [("", 0), ("rule", 4), ("规定", 4), ("3 MW，", 6), ("e\u0301", 1)]
)
def test_a_chinese_sign_takes_two_places(text, places):
    assert width(text) == places


def test_words_stay_whole_and_chinese_breaks_anywhere():
    assert wrapped("a law of the place", 8) == ["a law of", "the", "place"]
    assert wrapped("不得新建数据中心", 8) == ["不得新建", "数据中心"]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    assert wrapped("不得新建，须报批", 8) == ["不得新", "建，须报", "批"]
    assert wrapped("按照有关“规定”", 9) == ["按照有关", "“规定”"]


def test_what_has_no_place_to_break_is_cut():
    assert wrapped("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_a_row_is_as_high_as_its_highest_cell_and_ends_without_spaces():
    found = list(rows([("T-1",), ("a law of the place", "Not read."), ("–",)], [4, 9, 3]))

    assert found == ["T-1  a law of  –", "     the place", "     Not read."]
