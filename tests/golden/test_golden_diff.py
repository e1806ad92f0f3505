"""What `briefs diff` says of the sample cities and a later edition of one of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

HERE = Path(__file__).parent
CHANGED = (
    ("Power", "G5", 22), ("Limits", "C4", 110), ("Limits", "D4", 90), ("Limits", "E4", 130),
    ("Institutions", "F6", "in talks"), ("Institutions", "G6", None), ("Workforce", "F4", 9),
)  # fmt: skip
"""Cells of Heze that hold something else in the later edition, which applies the law of 2027."""


@pytest.fixture(scope="module")
def later(briefs, root, tmp_path_factory):
    """The output folder of the later edition."""
    folder = tmp_path_factory.mktemp("later")
    book = load_workbook(root / "inputs/regions/heze.xlsx")
    for sheet, cell, value in CHANGED:
        book[sheet][cell] = value
    book.save(folder / "heze.xlsx")
    done = briefs(
        "build", folder / "heze.xlsx", "--as-of", "2027-03-31", "--draws", 10_000,
        "--document", "leadership-brief", "--out", folder / "out",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_difference_says_what_it_said(briefs, samples, later, language):
    done = briefs("diff", samples, later, "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    golden = HERE / f"heze.diff.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == golden.read_text(encoding="utf-8")
