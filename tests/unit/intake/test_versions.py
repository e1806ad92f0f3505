"""Workbooks of former and later versions of the form.

`form_version_1.xlsx` is a small form of the first version, in Chinese: points for criteria that have
been retired, a capacity payment on the sheet of measures, an intent in a note and a letter of intent
in a document cell, no ranges, and a column of the planner's own (内部编号).
"""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generator.cli import main
from generator.intake import read_submission
from generator.intake.columns import SCHEMA_VERSION
from generator.intake.versions import version_kept, version_shown
from generator.problems import errors
from generator.report import problem_text

FORMER = Path(__file__).with_name("form_version_1.xlsx")
CHANGES = [
    ("IN-144", ""),
    ("IN-145", "地区!I1"),
    ("IN-106", "电力!X1"),
    ("IN-145", "产业!E1"),
    ("IN-145", "产业!F1"),
    ("IN-148", "机构!F4"),
    ("IN-148", "机构!F6"),
    ("IN-146", "权重!D4"),
    ("IN-147", "权重!D6"),
    ("IN-146", "权重!D7"),
    ("IN-146", "权重!D8"),
]
"""Everything that reading it as the present form changes, and the column that is not read."""


def seen(found):
    return [(one.code, str(one.origin) if one.origin.cell else "") for one in found]


@pytest.fixture
def edited(tmp_path):
    """The former workbook with a change."""

    def edit(change):
        path = tmp_path / "region.xlsx"
        book = load_workbook(FORMER)
        change(book)
        book.save(path)
        return path

    return edit


def with_versions(kept, shown):
    def change(book):
        del book.custom_doc_props["schema_version"]
        if kept is not None:
            from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415

            book.custom_doc_props.append(StringProperty(name="schema_version", value=kept))
        page = book.worksheets[0]
        (line,) = [cell for (cell,) in page.iter_rows(max_col=1) if "版本" in str(cell.value)]
        line.value = shown

    return change


def test_an_older_form_is_read_and_every_change_is_said(knowledge):
    found = read_submission([FORMER], knowledge)
    assert errors(found.problems) == ()
    assert seen(found.problems) == CHANGES
    (region,) = found.regions
    # The documents and the results say the same.
    assert seen(found.notice_of(region).problems) == CHANGES


def test_the_changes_are_in_the_json_and_on_the_screen(capsys):
    assert main(["check", str(FORMER), "--json"]) == 0
    listed = capsys.readouterr().out
    assert main(["check", str(FORMER), "--lang", "en"]) == 0
    screen = capsys.readouterr().err
    for code in {code for code, _ in CHANGES}:
        assert f'"{code}"' in listed
        assert code in screen


def test_an_older_form_means_what_it_meant(knowledge):
    (region,) = read_submission([FORMER], knowledge).regions
    # B01 20 and B02 20 are jobs, B06 is power, B07 people reached; payback went nowhere.
    points = {one.benefit: one.weight.value for one in region.weights}
    assert points == {"B02": 40, "B09": 10, "B10": 10, "B08": 20}
    jobs = next(one for one in region.weights if one.benefit == "B02")
    assert [origin.cell for origin in jobs.weight.origins] == ["E4", "E5"]
    assert region.figures["capacity_payment"].value == 165
    (row,) = region.industry
    assert (row.employment.low, row.employment.high) == pytest.approx((2790, 3410))
    share = region.figures["renewable_share"]
    assert (share.low, share.high) == pytest.approx((30.6, 37.4))
    (limit,) = region.limits
    assert (limit.amount.low, limit.amount.value, limit.amount.high) == (300, 300, 300)
    # Nothing is guessed from a note.
    assert [one.status for one in region.institutions] == ["talks", "talks", "signed", "signed"]


@pytest.mark.parametrize(
    ("kept", "shown", "code"),
    [
        ("3", "表格版本3", "IN-142"),
        (None, "Form version 12", "IN-142"),
        (None, "表格版本：9", "IN-142"),
        ("1.5", "表格版本1", "IN-143"),
        ("two", "表格版本2", "IN-143"),
        ("0", "", "IN-143"),
        ("-1", "", "IN-143"),
        ("２", "", "IN-143"),
        (None, "Form version b", "IN-143"),
        (None, "表格版本", "IN-143"),
    ],
)
def test_a_version_that_is_not_known_is_refused_with_what_to_do(
    edited, knowledge, texts, kept, shown, code
):
    path = edited(with_versions(kept, shown))
    found = read_submission([path], knowledge)
    (only,) = found.problems
    assert (only.code, only.severity) == (code, "error")
    assert found.regions == ()
    assert found.left_out == ("region.xlsx",)
    for language in ("en", "zh-CN"):
        assert "briefs new" in problem_text(only, texts, language)


@pytest.mark.parametrize(("kept", "shown"), [("2", ""), (None, "表格版本2"), (None, "第二稿")])
def test_the_present_version_and_none_at_all_are_read_as_they_stand(edited, knowledge, kept, shown):
    codes = {
        one.code
        for one in read_submission([edited(with_versions(kept, shown))], knowledge).problems
    }
    assert codes.isdisjoint({"IN-142", "IN-143", "IN-144", "IN-145"})


def test_the_forms_own_sheet_says_its_version_in_words_that_are_read(texts):
    for language in ("en", "zh-CN"):
        line = texts.say("form.schema_version", language, version=SCHEMA_VERSION)
        assert version_shown([(1, {0: "x"}), (17, {0: line})]) == str(SCHEMA_VERSION)


def test_rows_of_an_older_form_move_into_the_present_one(tmp_path, knowledge, capsys):
    new = tmp_path / "new.xlsx"
    assert main(["new", str(new), "--from", str(FORMER)]) == 0
    told = capsys.readouterr().err
    assert "IN-145" in told
    assert "IN-144" not in told
    assert version_kept(new) == "2"
    before, after = (read_submission([path], knowledge) for path in (FORMER, new))
    # What is left to look at: the planner's own column, and the document that is a letter of intent.
    assert seen(after.problems) == [("IN-106", "电力!X1"), ("IN-148", "机构!F6")]
    (old,), (made,) = before.regions, after.regions
    assert {key: fact.value for key, fact in made.figures.items()} == {
        key: fact.value for key, fact in old.figures.items()
    }
    assert [one.employment.value for one in made.industry] == [3100]
    assert (made.plan_from, made.plan_until) == (old.plan_from, old.plan_until)
    assert [(one.name, one.status) for one in made.institutions] == [
        (one.name, one.status) for one in old.institutions
    ]
    # 40, 10, 10 and 20 of 80 are 50, 12.5, 12.5 and 25 of 100.
    assert {one.benefit: one.weight.value for one in made.weights} == {
        "B02": 50, "B09": 12.5, "B10": 12.5, "B08": 25,
    }  # fmt: skip
    page = load_workbook(new)["电力"]
    heads = [cell.value for cell in page[1]]
    assert page.cell(4, heads.index("内部编号") + 1).value == "0007"
    assert page.cell(4, heads.index("备注") + 1).value == "与供电公司核对"
    assert "可再生能源占比（低值）" in [cell.value for cell in load_workbook(new)["地区"][1]]


def test_units_that_were_converted_are_not_converted_twice(tmp_path, region_book, knowledge):
    old, new = region_book(
        measures=[{"criterion": "spare_grid_mw", "value": 0.05, "unit": "GW", "grade": "B"}],
        limits=[{"resource": "capex", "amount": 3, "unit": "亿元"}],
    ), tmp_path / "new.xlsx"  # fmt: skip
    assert main(["new", str(new), "--from", str(old), "--lang", "en"]) == 0
    (region,) = read_submission([new], knowledge).regions
    assert region.measures[0].value.value == 50
    assert region.limits[0].amount.value == 300


def test_a_workbook_with_errors_is_not_moved_by_halves(tmp_path, region_book, capsys):
    old, new = region_book(population="about 5"), tmp_path / "new.xlsx"
    assert main(["new", str(new), "--from", str(old)]) == 2
    assert "IN-204" in capsys.readouterr().err
    assert not new.exists()


def test_a_property_that_cannot_be_read_is_a_damaged_file(tmp_path, knowledge):
    import zipfile  # noqa: PLC0415

    path = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(FORMER) as source, zipfile.ZipFile(path, "w") as target:
        for one in source.infolist():
            is_it = one.filename == "docProps/custom.xml"
            target.writestr(one, b"<Properties><property" if is_it else source.read(one))
    (only,) = read_submission([path], knowledge).problems
    assert only.code == "IN-103"


def test_a_copy_beside_others_says_the_same_of_itself(tmp_path, knowledge, region_book):
    """A region's own notices carry addresses that do not depend on what else was read."""
    twin = tmp_path / "other" / FORMER.name
    twin.parent.mkdir()
    shutil.copy(region_book(region="other", gdp="2400亿元"), twin)
    alone = read_submission([FORMER], knowledge)
    among = read_submission([twin, FORMER], knowledge)
    (one,) = alone.regions
    (same,) = [region for region in among.regions if region.code == one.code]
    assert same == one
    assert among.notice_of(same) == alone.notice_of(one)
    # The screen tells the two files apart.
    shown = {found.origin.file for found in among.problems}
    assert f"{FORMER.parent.name}/{FORMER.name}" in shown
