"""Tables on their way from the sections to the names that a template reads."""

from __future__ import annotations

import pytest

from generator.model import Brief, Cell
from generator.report.tables import row, table, without_tables


def test_every_row_has_every_column_and_what_stands_beside_it():
    made = table(
        "a.rows",
        (
            {"name": "North", "mw": Cell("12", "missed")},
            row({"name": "All"}, "total"),
        ),
    )
    first, second = made.plain()
    assert first == {
        "variant": "", "name": "North", "mw": "12", "mw_band": "missed",
    }  # fmt: skip
    assert second == {
        "variant": "total", "name": "All", "mw": "", "mw_band": "",
    }  # fmt: skip


def test_a_row_without_cells_of_repeated_columns_has_blank_ones():
    made = table(
        "a.rows", (row({"name": "West"}, "group"), row({"name": "x"}, sites=[Cell("1", "low"), "2"])),
        sites=["A", "B"],
    )  # fmt: skip
    group, plain = made.plain()
    assert group["sites"] == [{"text": "", "band": ""}] * 2
    assert plain["sites"] == [{"text": "1", "band": "low"}, {"text": "2", "band": ""}]


def test_the_names_of_a_brief_hold_rows_and_heads_where_the_tables_belong():
    made = table("a.b.rows", ({"name": "North"},), sites=["A"])
    fields, tables = without_tables({"a": {"b": {"rows": made, "note": "n"}, "c": 1}, "d": "x"})
    assert fields == {"a": {"b": {"note": "n"}, "c": 1}, "d": "x"}
    names = Brief("en", fields, {}, tables=tables).names()
    assert names == {
        "a": {"b": {"note": "n", "rows": [{"variant": "", "name": "North"}], "sites": ["A"]}, "c": 1},
        "d": "x",
    }  # fmt: skip
    assert fields["a"]["b"] == {"note": "n"}


def test_a_table_that_stands_elsewhere_than_its_key_says_is_a_fault_of_ours():
    with pytest.raises(ValueError, match=r"a\.other"):
        without_tables({"a": {"other": table("a.rows", ())}})
