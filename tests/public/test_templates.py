"""Templates after public reports: none of them makes a document, and each says why and where."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import pipeline
from generator.intake import load_fields
from generator.report import available
from generator.settings import DOCUMENTS, load_settings
from generator.word.lint import lint

HERE = Path(__file__).parent
PLAIN = {"c07_richtext_plain": "{{r doc.region }}", "c08_subdoc_plain": "{{p doc.region }}"}


@pytest.fixture(scope="module")
def fields(root):
    return load_fields(root / "templates/fields.csv")


@pytest.fixture
def settings(tmp_path, root):
    """Settings of a run with one city, one language, and templates of the planner's own."""

    def make(templates, *documents):
        folder = tmp_path / "mine"
        folder.mkdir()
        for name, source in templates.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)
        flags = {
            "out": str(tmp_path / "out"), "templates": str(folder), "lang": ["en"], "draws": 300,
            "document": list(documents), "paths": [str(root / "inputs/regions/heze.xlsx")],
        }  # fmt: skip
        return load_settings(flags, date(2026, 11, 28), {})

    return make


@pytest.mark.parametrize("name", PLAIN)
def test_formatted_text_where_there_is_plain_text_is_a_fault_with_its_place(name, fields):
    (found,) = lint(HERE / f"{name}.docx", available(fields, "planning-brief"), "planning-brief")
    assert (found.code, found.origin.sheet, found.origin.cell) == ("TP-139", "document", "P9")
    assert dict(found.args) == {"tag": PLAIN[name], "better": "{{ doc.region }}"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_template_without_the_required_parts_lacks_each_by_name(document, fields):
    path = HERE / "c36_no_required_parts.docx"
    found = lint(path, available(fields, document), document)
    missing = [dict(one.args)["name"].split(" / ")[0] for one in found if one.code == "TP-119"]
    law = "comparison.law.rows[].text" if document == "comparison" else "law.barred[].sentence"
    assert missing == ["doc.as_of_line", "doc.draft", "disclaimer", "attribution", law]


@pytest.mark.parametrize("name", [*PLAIN, "c36_no_required_parts"])
def test_a_fault_ends_its_document_and_the_others_are_made(name, settings):
    chosen = settings(
        {"en/planning-brief.docx": HERE / f"{name}.docx"}, "planning-brief", "leadership-brief"
    )
    assert {one.origin.file for one in pipeline.template_problems(chosen)} == {
        "en/planning-brief.docx"
    }
    (built,) = pipeline.build(chosen, *pipeline.read(chosen))
    assert built.files == ("heze/leadership-brief.en.docx", "heze/results.json")
    assert not (chosen.out / "heze/planning-brief.en.docx").exists()
    manifest = json.loads((chosen.out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["not_built"] == []
    assert {*manifest["files"]} == {*built.files, "delivery.json"}


def test_a_copy_of_a_shipped_template_is_not_looked_through(settings, root, monkeypatch):
    chosen = settings({"en/annex.docx": root / "templates/en/annex.docx"}, "annex")
    monkeypatch.setattr("generator.word.lint.lint", None)
    assert pipeline.template_problems(chosen) == []


def test_files_that_no_document_uses_are_named_with_what_is_perhaps_meant(settings, root):
    source = root / "templates/en/annex.docx"
    names = [
        "annex.docx", "en/planing-brief.docx", "zh/leadership-brief.docx", "en/annex.dotx",
        "fields.csv", "en/~$annex.docx", ".hidden", "en/annex.docx", "zh-CN/comparison.docx",
    ]  # fmt: skip
    chosen = settings(dict.fromkeys(names, source), "annex")
    found = {one.origin.file: dict(one.args)["nearest"] for one in pipeline.template_problems(chosen)
             if one.code == "TP-140"}  # fmt: skip
    assert found == {
        "annex.docx": "en/annex.docx",
        "en/planing-brief.docx": "en/planning-brief.docx",
        "zh/leadership-brief.docx": "zh-CN/leadership-brief.docx",
        "en/annex.dotx": "en/annex.docx",
        "fields.csv": "",
    }


def test_a_fault_of_a_mail_template_is_said_when_documents_are_built(settings, tmp_path):
    mail = tmp_path / "mail.txt"
    mail.write_text("{{ mail.nam }}", encoding="utf-8")
    chosen = settings({"zh-CN/mail.txt": mail}, "annex")
    found = pipeline.template_problems(chosen)
    assert (found[0].code, str(found[0].origin)) == ("TP-102", "zh-CN/mail.txt!L1")


def test_the_shipped_templates_named_as_ones_own_are_all_in_use(settings, root):
    chosen = replace(settings({}, "annex"), templates=root / "templates")
    assert pipeline.template_problems(chosen) == []
