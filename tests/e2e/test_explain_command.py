"""`briefs explain`: from cells to verdict, on a screen and for a program."""

from __future__ import annotations

import json
import unicodedata

import pytest

ON = ("--as-of", "2026-11-28")


def width(line):
    """Places on the screen, where a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def region_of(done):
    """The JSON of the only region."""
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "briefs-explain/1"
    (region,) = found["regions"]
    return region


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_line_on_every_use_then_the_programme(briefs, knowledge, language):
    done = briefs("explain", "heze", *ON, "--lang", language)

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(map(width, lines)) <= 100
    begins = [line.split()[0] for line in lines if line.strip()]
    assert all(use.use_id in begins for use in knowledge.uses)


def test_one_use_is_told_from_the_cells_to_what_would_change_it(briefs):
    text = briefs("explain", "qingdao", "R05", *ON, "--lang", "en").stdout

    for heading in (
        "WHAT IT ASKS FOR", "READINESS", "CAN IT START NOW", "CAPITAL AND JOBS",
        "PLACES AND SIZES", "WHAT IT BRINGS", "VALUE ALONE", "THE PROGRAMME",
        "AFTER WHAT IT WOULD STAND ELSEWHERE",
    ):  # fmt: skip
        assert f"\n{heading}\n" in text
    assert "LAW: lawful under conditions" in text
    # The cells of the workbook, and the rule with its citation.
    assert "Sites!O6" in text
    assert "GB 31605-2020" in " ".join(text.split())


@pytest.mark.parametrize(
    "name", ["R05", "Cold storage and food logistics", "冷库与冷链物流", "r05 cold storage and food logistics"]
)  # fmt: skip
def test_a_use_is_named_by_its_id_or_in_either_language(briefs, name):
    found = region_of(briefs("explain", "heze", name, *ON, "--json"))

    assert list(found["uses"]) == ["R05"]
    (project,) = found["uses"]["R05"]["projects"]
    assert found["uses"]["R05"]["wave"] == 1
    assert project in found["programme"]["first"]["projects"]


def test_every_field_stands_on_the_page_that_describes_it(briefs, root):
    page = (root / "docs/explain.md").read_text(encoding="utf-8")
    whole = region_of(briefs("explain", "qingdao", "R05", *ON, "--json"))
    use = whole["uses"]["R05"]
    row = next(iter(use["minima"].values()))

    for name in (*whole, *use, *row, *use["places"][0], *use["places"][0]["bounds"][0]):
        assert f"`{name}`" in page, name


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere.xlsx",), "RN-101", ("nowhere.xlsx",)),
        (("changzhi", "Cold storge and food logistics"), "RN-104", ("R05 Cold storage",)),
        (("changzhi", "Z99"), "RN-104", ("Z99", "U01")),
        (("changzhi#nowhere", "R05"), "RN-104", ("nowhere", "changzhi")),
        (("changzhi", "--as-of", "soon"), "RN-103", ("soon",)),
    ],
)
def test_what_the_caller_can_correct_is_one_line_and_exit_2(briefs, arguments, code, words):
    done = briefs("explain", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(code)
    assert all(word in line for word in words)


def test_a_workbook_with_errors_is_refused_with_them(briefs, region_book):
    book = region_book(population="many")

    done = briefs("explain", book, *ON, "--lang", "en")

    assert done.returncode == 2
    assert "IN-203" in done.stderr
    assert done.stdout == ""
