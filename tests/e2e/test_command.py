"""Exit codes, streams and messages of the command, as operations.md §1 asks."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from openpyxl import Workbook, load_workbook

REGION = {
    "region": "somewhere",
    "name_en": "Somewhere",
    "jurisdiction": "CN",
    "admin_code": "370200",
    "currency": "CNY",
}


def test_help_names_every_command_and_the_exit_codes(process):
    done = process("--help")
    assert done.returncode == 0
    for word in ("build", "new", "check", "rules", "send", "template", "Exit codes"):
        assert word in done.stdout


@pytest.fixture(scope="module")
def started(process, tmp_path_factory):
    """What a process of its own said that built the samples again, and where."""
    out = tmp_path_factory.mktemp("again") / "out"
    chance = ("--draws", 10_000, "--seed", 1)
    return process("build", "--as-of", "2026-11-28", *chance, "--out", out), out


def test_paths_of_documents_go_to_stdout_and_messages_to_stderr(started):
    done, out = started
    assert done.returncode == 0, done.stderr
    printed = done.stdout.splitlines()
    # Three documents in two languages and the results of each city, then their comparison, also
    # in two languages, and its table, and the table of all projects as CSV and as Parquet.
    assert len(printed) == 3 * (3 * 2 + 1) + 2 + 1 + 2
    assert all(line.startswith(str(out)) for line in printed)
    assert "qingdao" in done.stderr


def test_quiet_says_nothing_when_all_is_well(briefs, tmp_path, form):
    book = tmp_path / "a.xlsx"
    book.write_bytes(form({"region": [REGION]}))
    done = briefs("check", book, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("build", "nowhere.xlsx"), "RN-101", ("nowhere.xlsx", "no such file")),
        (("build", "--as-of", "yesterday"), "RN-103", ("yesterday", "2026-11-28")),
        (("build", "--as-of", "2026-02-30"), "RN-103", ("2026-02-30",)),
        (("build", "--lang", "fr"), "RN-104", ("fr", "zh-CN")),
        (("build", "--document", "novel"), "RN-104", ("novel", "leadership-brief")),
        (("build", "--rules", "nowhere"), "RN-102", ("--rules",)),
        (("check", "nowhere.xlsx"), "RN-101", ("nowhere.xlsx",)),
    ],
)
def test_what_the_caller_can_correct_is_one_clear_line_and_exit_2(briefs, arguments, code, words):
    done = briefs(*arguments)
    assert done.returncode == 2
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(code)
    assert all(word in lines[0] for word in words)
    assert "Traceback" not in done.stderr


def test_an_unwritable_out_is_one_clear_line_and_exit_2(briefs, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    done = briefs("build", "--out", taken / "below")
    assert done.returncode == 2
    assert [line[:6] for line in done.stderr.strip().splitlines()] == ["RN-107"]


def test_an_empty_workbook_is_one_clear_line_and_exit_2(briefs, tmp_path):
    book = tmp_path / "empty.xlsx"
    Workbook().save(book)
    done = briefs("build", book, "--out", tmp_path / "out")
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("IN-")]
    assert len(lines) == 1
    assert lines[0].startswith("IN-110 empty.xlsx")


def test_a_file_of_no_bytes_is_named_for_what_it_is(briefs, tmp_path):
    book = tmp_path / "zero.xlsx"
    book.write_bytes(b"")
    done = briefs("check", book)
    assert done.returncode == 2
    assert "IN-108 zero.xlsx" in done.stderr


def test_an_unknown_region_code_names_its_cell_and_what_is_known(briefs, tmp_path, form):
    rows = {"region": [REGION], "workforce": [
        {"region": "elsewhere", "role_en": "Clerk", "counts_towards": "none"}]}  # fmt: skip
    book = tmp_path / "book.xlsx"
    book.write_bytes(form(rows))
    done = briefs("check", book)
    assert done.returncode == 2
    line = next(line for line in done.stderr.splitlines() if line.startswith("IN-216"))
    assert "book.xlsx Workforce!A4" in line
    assert "elsewhere" in line
    assert "somewhere" in line


def test_messages_follow_the_language_asked_for_and_else_the_workbook(briefs, tmp_path, form):
    book = tmp_path / "book.xlsx"
    broken = {"region": [{**REGION, "plan_from": "soon"}]}
    book.write_bytes(form(broken, "zh-CN"))
    assert "请填年月日" in briefs("check", book).stderr
    assert "Write year, month and day" in briefs("check", book, "--lang", "en").stderr


def test_one_bad_region_is_reported_and_the_others_are_built(process, tmp_path, form):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(form({"region": [REGION]}))
    bad.write_bytes(form({"region": [{**REGION, "region": "bad", "plan_from": "soon"}]}))
    done = process("build", good, bad, "--out", tmp_path / "out", "--as-of", "2026-11-28")
    assert done.returncode == 2
    assert (tmp_path / "out/somewhere/results.json").is_file()
    assert not (tmp_path / "out/bad").exists()


@pytest.mark.parametrize(
    ("language", "sheet", "words"),
    [
        ("en", "Region", ("Nothing has been filled in yet", "Jurisdiction (D4)")),
        ("zh-CN", "地区", ("尚未填写任何内容", "法域（D4）")),
    ],
)
def test_a_form_just_made_says_what_to_fill_in_first(briefs, tmp_path, language, sheet, words):
    file = tmp_path / "form.xlsx"
    assert briefs("new", file, "--lang", language).returncode == 0
    assert sheet in load_workbook(file).sheetnames
    for command in (("check", file), ("build", file, "--out", tmp_path / "out")):
        done = briefs(*command)
        assert done.returncode == 2
        first, last = done.stderr.strip().splitlines()
        assert first.startswith(f"IN-140 form.xlsx {sheet}!A4")
        assert all(word in first for word in words)
        assert "1" in last


def test_registers_without_rows_are_named_after_the_region_is_filled_in(briefs, tmp_path, form):
    book = tmp_path / "a.xlsx"
    book.write_bytes(form({"region": [REGION]}, "zh-CN"))
    done = briefs("check", book)
    assert done.returncode == 0
    assert "电力、数据中心、人才、通信、产业、机构、场地" in done.stderr
    point = {
        "region": "somewhere",
        "name_en": "One",
        "kind": "connection point",
        "status": "existing",
    }
    book.write_bytes(form({"region": [REGION], "power": [point]}))
    done = briefs("check", book)
    assert done.returncode == 0
    assert "rows: Data centres; Workforce" in done.stderr


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("region", "RN-112"),
        ("region.xls", "RN-112"),
        ("region.csv", "RN-112"),
        ("region.xlsx.txt", "RN-112"),
        (".xlsx", "RN-112"),
        ("folder", "RN-113"),
        ("folder.xlsx", "RN-113"),
        ("taken.xlsx", "RN-108"),
        ("nowhere/region.xlsx", "RN-114"),
    ],
)
def test_new_refuses_a_name_that_is_none_for_a_form(briefs, tmp_path, name, code, language):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "taken.xlsx").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    done = briefs("new", tmp_path / name, "--lang", language)
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"{code} {tmp_path / name}")
    assert bool(re.search("[\u4e00-\u9fff]", line)) == (language == "zh-CN")
    assert sorted(tmp_path.rglob("*")) == before


def test_new_takes_the_ending_in_capitals_and_one_language(briefs, tmp_path):
    assert briefs("new", tmp_path / "A.XLSX").returncode == 0
    done = briefs("new", tmp_path / "b.xlsx", "--lang", "en", "--lang", "zh-CN")
    assert (done.returncode, done.stderr[:6]) == (2, "RN-115")
    done = briefs("new", tmp_path / "b.xlsx", "--jurisdiction", "XX", "--lang", "zh-CN")
    assert done.stderr.startswith("RN-104 --jurisdiction：“XX”")


def test_new_never_overwrites(briefs, tmp_path):
    file = tmp_path / "mine.xlsx"
    file.write_text("mine")
    done = briefs("new", file)
    assert done.returncode == 2
    assert "RN-108" in done.stderr
    assert file.read_text() == "mine"


def test_settings_come_from_the_file_below_the_environment_below_the_flags(briefs, root, tmp_path):
    (tmp_path / "briefs.toml").write_text(
        'out = "from-file"\nlang = ["en"]\ndocument = ["leadership-brief"]\n'
    )
    city = root / "inputs/regions/qingdao.xlsx"
    done = briefs("build", city, "--as-of", "2026-11-28", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "from-file/qingdao/leadership-brief.en.docx").is_file()
    assert not (tmp_path / "from-file/qingdao/planning-brief.en.docx").exists()
    done = briefs("build", city, "--as-of", "2026-11-28", "--out", "from-flag", cwd=tmp_path)
    assert (tmp_path / "from-flag/manifest.json").is_file()


def test_an_unknown_setting_is_named(briefs, tmp_path):
    (tmp_path / "briefs.toml").write_text("ouput = 'x'\n")
    done = briefs("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "RN-106" in done.stderr
    assert "ouput" in done.stderr


def test_the_manifest_lists_every_file_with_its_hash(samples):
    manifest = json.loads((samples / "manifest.json").read_text(encoding="utf-8"))
    written = {str(path.relative_to(samples)) for path in samples.rglob("*") if path.is_file()} - {
        "manifest.json"
    }
    assert set(manifest["files"]) == written
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((samples / name).read_bytes()).hexdigest() == digest


def test_the_same_inputs_give_the_same_bytes_in_a_process_of_its_own(samples, started):
    _, again = started
    first = json.loads((samples / "manifest.json").read_text(encoding="utf-8"))
    second = json.loads((again / "manifest.json").read_text(encoding="utf-8"))
    assert first["files"] == second["files"]
