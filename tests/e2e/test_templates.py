"""The commands for those who change the templates."""

from __future__ import annotations

import re
import shutil

import pytest
from docx import Document


@pytest.fixture(scope="module")
def listings(briefs):
    """What the list of fields says by language."""
    return {tongue: briefs("template", "fields", "--lang", tongue) for tongue in ("en", "zh-CN")}


def test_fields_lists_names_with_description_and_example(listings):
    done = listings["en"]
    assert done.returncode == 0, done.stderr
    listed = [line.split("\t") for line in done.stdout.splitlines()]
    rows = {path.strip(): more for path, *more in listed}
    assert rows["doc.region"] == ["text", "Name of the region", "Qingdao"]
    assert rows["gaps"][0] == "list"
    assert rows["gaps[].criterion"][2]


def test_fields_speaks_chinese(listings):
    assert "地区名称\t青岛市" in listings["zh-CN"].stdout


def test_a_default_template_passes_the_check(briefs, root):
    done = briefs("template", "check", root / "templates/zh-CN/planning-brief.docx")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no faults" in done.stderr


def test_a_comparison_template_may_not_speak_of_one_region(briefs, tmp_path):
    path = tmp_path / "comparison.docx"
    document = Document()
    document.add_paragraph("{{ comparison.answer }} {{ summary.answer }}")
    document.save(str(path))
    done = briefs("template", "check", path)
    codes = [line.split()[0] for line in done.stderr.splitlines()]
    assert codes == ["TP-102", *["TP-119"] * 5, "AC-105"]
    assert "summary" in done.stderr.splitlines()[0]


def test_check_lists_every_fault_with_its_place_and_exit_2(briefs, tmp_path):
    path = tmp_path / "annex.docx"
    document = Document()
    document.add_paragraph("{{ doc.titel }}")
    document.add_table(1, 1).cell(0, 0).text = "{%tr for gap in gaps %}"
    document.save(str(path))
    done = briefs("template", "check", path)
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert [line.split()[0] for line in lines] == ["TP-102", "TP-107", *["TP-119"] * 5, "AC-105"]
    assert "document!P1" in lines[0]
    assert "doc.title" in lines[0]
    assert "document!T1R1C1" in lines[1]
    chinese = briefs("template", "check", path, "--lang", "zh-CN")
    assert "没有名为“doc.titel”的字段" in chinese.stderr


def test_annotate_puts_a_comment_at_every_fault_and_leaves_the_file_alone(briefs, tmp_path):
    path = tmp_path / "annex.docx"
    document = Document()
    document.add_paragraph("{{ doc.titel }}")
    document.add_table(1, 1).cell(0, 0).text = "{%tr for gap in gaps %}"
    document.save(str(path))
    before = path.read_bytes()
    done = briefs("template", "check", path, "--annotate", tmp_path / "marked")
    copy = tmp_path / "marked/annex.marked.docx"
    assert (done.returncode, done.stdout.strip()) == (2, str(copy))
    assert path.read_bytes() == before
    comments = [comment.text for comment in Document(str(copy)).comments]
    assert [text.split()[0] for text in comments] == ["TP-102", "TP-107", *["TP-119"] * 5, "AC-105"]
    again = briefs("template", "check", copy)
    told = [line for line in again.stderr.splitlines() if line.startswith(("TP-", "AC-"))]
    assert len(told) == len(comments)


def test_a_file_that_is_not_there_is_one_clear_line(briefs):
    done = briefs("template", "check", "nowhere.docx")
    assert done.returncode == 2
    assert done.stderr.startswith("TP-101")


def test_copied_templates_build_the_same_bytes_and_are_never_overwritten(briefs, tmp_path, root):
    folder = tmp_path / "mine"
    done = briefs("template", "copy", folder, "--lang", "en")
    assert done.returncode == 0, done.stderr
    made = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
    assert made == [
        "en/annex.docx", "en/comparison.docx", "en/leadership-brief.docx", "en/mail.html",
        "en/mail.subject.txt", "en/mail.txt", "en/planning-brief.docx", "strings.csv",
    ]  # fmt: skip
    assert (folder / "strings.csv").read_bytes() == (root / "templates/strings.csv").read_bytes()
    shutil.rmtree(folder / "en")
    again = briefs("template", "copy", folder)
    assert again.returncode == 2
    assert again.stderr.startswith("RN-108")
    assert not (folder / "en").exists()


def test_a_mail_template_is_checked_by_line_and_only_word_files_are_marked(briefs, tmp_path):
    folder = tmp_path / "mine"
    assert briefs("template", "copy", folder, "--lang", "en").returncode == 0
    path = folder / "en/mail.html"
    fine = briefs("template", "check", path)
    assert (fine.returncode, fine.stdout) == (0, "")
    whole = path.read_text(encoding="utf-8")
    path.write_text(
        whole.replace("<body", "<script>x</script>\n<body").replace(
            "mail.handling |", "mail.mark |"
        ),
        encoding="utf-8",
    )
    done = briefs("template", "check", path, "--annotate", tmp_path / "marked")
    lines = done.stderr.splitlines()
    line = whole[: whole.index("<body")].count("\n") + 1
    assert (done.returncode, done.stdout) == (2, "")
    assert lines[0].startswith(f"TP-131 en/mail.html!L{line}")
    assert lines[1].startswith("TP-102")
    assert lines[-1].startswith("Only Word files are marked")


def test_fields_lists_the_names_of_the_mail_with_examples(listings):
    listed = listings["zh-CN"].stdout.splitlines()
    rows = {path.strip(): more for path, *more in (line.split("\t") for line in listed)}
    assert rows["mail.regions[].name"][2] == "青岛市"
    assert re.fullmatch(r"青岛市 决策参阅 \d{4}-\d\d-\d\d\.docx", rows["mail.documents[].file"][2])
    assert rows["mail.regions"][2] == ""
