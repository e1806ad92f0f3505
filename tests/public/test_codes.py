"""NAICS sectors in a workbook of the United States are read as NAICS, never as ISIC divisions."""

from pathlib import Path

import pytest

from generator.intake import read_submission

BOOK = Path(__file__).with_name("s05_naics.xlsx")


@pytest.fixture(scope="module")
def found(knowledge):
    """The problems of the code column by cell."""
    listed = read_submission([BOOK], knowledge, is_check=True)
    return {
        one.origin.cell: (one.code, one.severity, dict(one.args))
        for one in listed.problems
        if one.origin.sheet == "Industry" and one.origin.cell.startswith("B")
    }


def in_full(cells):
    """B2–B4, B6 as B2, B3, B4, B6."""
    rows = set()
    for part in filter(None, cells.split(", ")):
        ends = [int(end[1:]) for end in part.split("–")]
        rows |= {f"B{row}" for row in range(ends[0], ends[-1] + 1)}
    return rows


@pytest.mark.parametrize(
    ("cell", "own"),
    [
        ("B2", "62 Health care and social assistance"),
        ("B3", "22 Utilities"),
        ("B4", "51 Information"),
        ("B5", "31-33 Manufacturing"),
        ("B6", "56 Administrative, support and waste services"),
        ("B7", "55 Management of companies and enterprises"),
    ],
)
def test_each_sector_is_named_as_naics(found, cell, own):
    # Coarse codes are remarked on once for the sheet, with every cell and every name.
    code, severity, words = next(
        told for told in found.values() if cell in in_full(told[2].get("cells", ""))
        or (told[0] == "IN-354" and found.get(cell) is told)
    )  # fmt: skip
    assert code in {"IN-354", "IN-355"}
    assert severity == "warning"
    assert words["own_system_en"] == "NAICS 2022"
    assert own in words["own_en"].split("; ")


def test_the_reading_that_was_taken_before_is_named_too(found):
    _, _, words = found["B2"]
    assert words["other_en"].startswith("62 Computer programming")
    assert words["example"] == "621"
