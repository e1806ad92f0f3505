"""What was noticed while reading, as documents say it: quoted safely, a column in one row."""

import pytest
from msgspec.structs import replace

from generator.model import Conversion, Label
from generator.problems import Origin, problem
from generator.report import problem_text
from generator.report.quality import quality_fields


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("char", "written"),
    [("\x1b", "\\x1b"), ("\u202e", "\\u202e"), ("\u200f", "\\u200f"), ("\n", "\\n"), ("\udce9", "\\udce9")],
)  # fmt: skip
def test_a_quoted_header_shows_what_cannot_be_seen_in_it(texts, language, char, written):
    found = problem("IN-111", Origin("a.xlsx", "x"), "warning", found=f"spare{char}mw")
    text = problem_text(found, texts, language)
    assert char not in text
    assert f"spare{written}mw" in text


def test_a_column_that_was_converted_is_one_row(bare, english):
    header = Label((("en", "Capacity"), ("zh-CN", "容量")))
    done = [
        Conversion(Origin("a.xlsx", "Power", f"F{row}"), f"{row}000 kW", f"{row}", "header_unit", header)
        for row in range(4, 304)
    ]  # fmt: skip
    alone = Conversion(Origin("a.xlsx", "Power", "G4"), "12 MW", "12", "written_unit", header)
    noticed = [
        problem("IN-123", Origin("a.xlsx", "Power", f"B{row}"), "warning", found="①", value=f"P{row}")
        for row in (4, 5, 7)
    ]  # fmt: skip
    changed = replace(bare, problems=tuple(noticed), conversions=(*done, alone))
    rows = quality_fields(changed, english)["rows"][:3]
    assert [row["place"] for row in rows] == [
        "a.xlsx Power!B4–B5, B7", "a.xlsx Power!F4–F303", "a.xlsx Power!G4",
    ]  # fmt: skip
    assert "2 more" in rows[0]["text"]
    assert rows[1]["text"].startswith("300 cells of the column “Capacity”")
