"""From the form to the brief: what planners do with their files."""

from __future__ import annotations

import csv
import json
import re
import subprocess

import pandas as pd
import pytest
from openpyxl import load_workbook

from generator.intake.columns import FORM

AS_OF = ("--as-of", "2026-11-28")


@pytest.fixture
def convert(soffice, tmp_path):
    """A file as LibreOffice saves it in another format."""

    def run(path, kind):
        folder = tmp_path / f"as-{kind}"
        subprocess.run(
            [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
             "--convert-to", kind, "--outdir", folder, path],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return folder / f"{path.stem}.{kind.partition(':')[0]}"

    return run


def put(text, name, old, new):
    """Change the first number `old` that stands behind a cell's text in a flat spreadsheet."""
    start = text.index(f">{name}<")
    rest, count = re.subn(
        rf'office:value="{old}"([^>]*>\s*<text:p>)[^<]*<', rf'office:value="{new}"\g<1>{new}<',
        text[start:], count=1,
    )  # fmt: skip
    assert count == 1
    return text[:start] + rest


def test_three_values_changed_in_libreoffice_appear_in_the_brief(
    briefs, convert, tmp_path, read_text
):
    form = tmp_path / "qingdao.xlsx"
    assert briefs("new", form, "--example", "qingdao").returncode == 0
    flat = convert(form, "fods")
    text = flat.read_text(encoding="utf-8")
    for name, old, new in (
        ("Grid connection point 1", "90", "87.25"),
        ("Data centre 2", "150", "143"),
        ("Ledger developer", "60", "57"),
    ):
        text = put(text, name, old, new)
    flat.write_text(text, encoding="utf-8")
    saved = convert(flat, "xlsx:Calc MS Excel 2007 XML")
    done = briefs("check", saved)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    wanted = ("--lang", "en", "--document", "annex", "--document", "planning-brief")
    assert briefs("build", saved, "--out", out, *AS_OF, *wanted).returncode == 0
    words = read_text(out / "qingdao/annex.en.docx")
    for row in ("Grid connection point 1\n220\n300\n87.25\n", "Data centre 2\n5\n1.4\n143\n",
                "Ledger developer\ndevelopers\n420\n57\n"):  # fmt: skip
        assert row in words
    brief = read_text(out / "qingdao/planning-brief.en.docx")
    assert "142.25 MW" in brief  # 87.25 + 45 + 10; the planned point is left out


def test_dropdowns_survive_a_save_in_libreoffice(briefs, convert, tmp_path):
    form = tmp_path / "form.xlsx"
    assert briefs("new", form, "--lang", "zh-CN").returncode == 0
    saved = load_workbook(convert(form, "xlsx:Calc MS Excel 2007 XML"))
    lists = [
        check.formula1
        for page in saved.worksheets
        for check in page.data_validations.dataValidation
        if check.type == "list"
    ]
    before = [
        check
        for page in load_workbook(form).worksheets
        for check in page.data_validations.dataValidation
        if check.type == "list"
    ]
    assert len(lists) == len(before) > 15
    assert all("Lists" in formula or "地区" in formula for formula in lists)


def tables(path, folder, kind):
    """A workbook's sheets as one table file each, named by sheet key."""
    folder.mkdir()
    book = load_workbook(path)
    for sheet in FORM:
        rows = [
            ["" if value is None else value for value in row]
            for row in book[sheet.name("en")].iter_rows(values_only=True)
        ]
        rows = [row for number, row in enumerate(rows) if number not in {1, 2} and any(row)]
        if kind == "csv":
            with (folder / f"{sheet.key}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        else:
            text = [["" if cell == "" else str(cell) for cell in row] for row in rows[1:]]
            frame = pd.DataFrame(text, columns=rows[0])
            frame.to_parquet(folder / f"{sheet.key}.parquet")
    return folder


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_folder_of_tables_gives_the_same_numbers_as_the_workbook(briefs, samples, tmp_path, kind):
    form = tmp_path / "heze.xlsx"
    assert briefs("new", form, "--example", "heze").returncode == 0
    folder = tables(form, tmp_path / "heze", kind)
    done = briefs(
        "build", folder, "--out", tmp_path / "out", *AS_OF, "--document", "leadership-brief",
        "--lang", "en",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "out/heze/results.json").read_text(encoding="utf-8"))
    plain = json.loads((samples / "heze/results.json").read_text(encoding="utf-8"))
    for use_id, use in plain["readiness"]["uses"].items():
        assert made["readiness"]["uses"][use_id]["score"] == use["score"]
    origins = made["readiness"]["uses"]["U01"]["contributions"]["dev_fte"]["fact"]["origins"]
    assert all(re.fullmatch(rf"workforce\.{kind}![A-Z]\d+", origin) for origin in origins)


def test_a_wrong_cell_of_a_table_is_named_like_that_of_a_workbook(briefs, tmp_path):
    form = tmp_path / "heze.xlsx"
    briefs("new", form, "--example", "heze")
    folder = tables(form, tmp_path / "heze", "csv")
    path = folder / "power.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("Spare MW")
    rows[1][column] = "约90"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    done = briefs("check", folder)
    assert done.returncode == 2
    assert re.search(r"^IN-204 power\.csv!G2 “Spare MW”", done.stderr, re.MULTILINE)
    assert "IN-116 power.csv" in done.stderr  # GB 18030 is read, and said


def test_json_lists_every_problem_with_its_place(briefs, tmp_path):
    form = tmp_path / "form.xlsx"
    briefs("new", form, "--example", "qingdao")
    book = load_workbook(form)
    for row in range(4, 34):
        book["Workforce"].cell(row, 5 + 1).value = f"about {row}"
    book.save(form)
    done = briefs("check", form, "--json")
    assert done.returncode == 2
    found = json.loads(done.stdout)
    cells = {(one["code"], one["cell"]) for one in found["problems"] if one["code"] == "IN-204"}
    assert cells == {("IN-204", f"F{row}") for row in range(4, 34)}
    assert found["errors"] == len([p for p in found["problems"] if p["severity"] == "error"])
    screen = briefs("check", form).stderr
    assert len(re.findall(r"^IN-204 form\.xlsx Workforce!F\d+ ", screen, re.MULTILINE)) == 30
    assert "briefs check FILE --annotate DIR" in screen.splitlines()[-1]


def test_more_than_a_hundred_problems_are_summed_up_with_the_way_to_each(briefs, tmp_path):
    form = tmp_path / "form.xlsx"
    briefs("new", form, "--example", "qingdao")
    book = load_workbook(form)
    first = book["Workforce"].max_row + 1
    for row in range(first, first + 130):
        for column, value in enumerate(("qingdao", f"Role {row}", None, "none", f"about {row}"), 1):
            book["Workforce"].cell(row, column).value = value
    book.save(form)
    lines = briefs("check", form, "--lang", "zh-CN").stderr.splitlines()
    assert len([line for line in lines if "读到“about" in line]) == 100
    assert any(f"E{first}–E{first + 129}" in line and line.endswith("130个") for line in lines)
    assert any("--annotate" in line and "--json" in line for line in lines)
    assert lines[-1].startswith("错误130个")


def test_every_file_is_checked_in_one_run(briefs, tmp_path):
    for name in ("qingdao", "heze"):
        path = tmp_path / f"{name}.xlsx"
        briefs("new", path, "--example", name)
        book = load_workbook(path)
        book["Power"]["H4"] = "12 MWh"
        book.save(path)
    done = briefs("check", tmp_path)
    assert done.returncode == 2
    assert [line[:23] for line in done.stderr.splitlines() if "IN-206" in line] == [
        "IN-206 heze.xlsx Power!", "IN-206 qingdao.xlsx Pow"
    ]  # fmt: skip


def test_marked_copies_of_namesakes_stand_side_by_side(briefs, tmp_path):
    for name in ("qingdao", "heze"):
        path = tmp_path / name / "form.xlsx"
        path.parent.mkdir()
        briefs("new", path, "--example", name)
        book = load_workbook(path)
        book["Power"]["H4"] = f"about {name}"
        book.save(path)
    done = briefs("check", tmp_path / "qingdao", tmp_path / "heze", "--annotate", tmp_path / "out")
    assert done.returncode == 2
    for name in ("qingdao", "heze"):
        copy = load_workbook(tmp_path / f"out/{name}-form.marked.xlsx")
        assert copy["Power"]["H4"].value == f"about {name}"
        assert copy["Power"]["H4"].comment
        assert f"{name}/form.xlsx Power!H4" in done.stderr


def test_an_unknown_example_names_the_ones_there_are(briefs, tmp_path):
    done = briefs("new", tmp_path / "x.xlsx", "--example", "atlantis")
    assert done.returncode == 2
    assert "changzhi, heze, qingdao" in done.stderr


def test_results_of_a_region_are_the_same_alone_and_among_others(briefs, region_book, tmp_path):
    """A workbook, one of the same name elsewhere, and a folder of tables."""
    first, second = region_book(gdp="2400亿元"), region_book(region="other", name_zh="别处", gdp=30)
    tables = tmp_path / "third"
    tables.mkdir()
    (tables / "region.csv").write_text(
        "region,name_zh,jurisdiction,admin_code,currency,gdp\nthird,三处,CN,140400,CNY,300亿元\n",
        encoding="utf-8",
    )
    (tables / "power.csv").write_text(
        "region,name_zh,kind,status,spare_mw\nthird,一号站,connection point,existing,1.2万千瓦\n",
        encoding="utf-8",
    )
    inputs = {"lucheng": first, "other": second, "third": tables}
    quick = ("--draws", "100", "--document", "leadership-brief", "--lang", "en", *AS_OF)
    done = briefs("build", *inputs.values(), "--out", tmp_path / "all", *quick)
    assert done.returncode == 0, done.stderr
    digests = set()
    for code, path in inputs.items():
        done = briefs("build", path, "--out", tmp_path / code, *quick)
        assert done.returncode == 0, done.stderr
        for name in ("results.json", "leadership-brief.en.docx"):
            alone = (tmp_path / code / code / name).read_bytes()
            assert alone == (tmp_path / "all" / code / name).read_bytes(), (code, name)
        results = json.loads((tmp_path / code / code / "results.json").read_text(encoding="utf-8"))
        digests.add(results["versions"]["inputs"])
        assert results["conversions"] or code == "other"
    assert len(digests) == 3
