"""Quoted numbers lead to the table at the end of the same document, whatever a planner removes."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

CITIES = ("changzhi", "qingdao", "heze")
LANGUAGES = ("en", "zh-CN")
BRIEFS = {"leadership-brief": ("first",), "planning-brief": ("first", "second")}
"""Document to the waves whose capital it prints project by project."""
DOCUMENTS = (*BRIEFS, "annex")
ALL = [(city, name, tongue) for city in CITIES for name in DOCUMENTS for tongue in LANGUAGES]


def body(path: Path) -> etree._Element:
    return etree.fromstring(ZipFile(path).read("word/document.xml"))


def traced(root: etree._Element) -> list[etree._Element]:
    """The links of numbers; a contents list has links of its own."""
    links = root.iter(qn("w:hyperlink"))
    return [link for link in links if link.get(qn("w:anchor"), "").startswith("trace")]


def values(root: etree._Element, element: str, attribute: str) -> list[str]:
    return [one.get(qn(f"w:{attribute}")) for one in root.iter(qn(f"w:{element}"))]


@pytest.mark.parametrize(("city", "document", "language"), ALL)
def test_every_link_of_a_sample_document_has_its_bookmark(samples, city, document, language):
    root = body(samples / city / f"{document}.{language}.docx")
    names = values(root, "bookmarkStart", "name")
    assert len(set(names)) == len(names) >= (document in BRIEFS)
    assert all(len(name) <= 40 for name in names)
    assert set(values(root, "hyperlink", "anchor")) <= set(names)
    numbers = values(root, "bookmarkStart", "id")
    assert sorted(numbers) == sorted(set(numbers)) == sorted(values(root, "bookmarkEnd", "id"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", BRIEFS)
def test_every_linked_number_has_a_tip_and_leads_inside_the_document(samples, document, language):
    root = body(samples / "qingdao" / f"{document}.{language}.docx")
    found = traced(root)
    results = json.loads((samples / "qingdao/results.json").read_text(encoding="utf-8"))
    programme = results["programme"]
    projects = [one for wave in BRIEFS[document] for one in programme[wave]["projects"]]
    # The capital of each project, and both sums of the answer.
    assert len(found) >= len(projects) + 2
    for link in found:
        assert "".join(link.itertext()).strip()
        assert link.get(qn("r:id")) is None
        word = {"en": "annex ", "zh-CN": "附件"}[language]
        assert word in link.get(qn("w:tooltip"))


def without_the_note(path: Path) -> None:
    """Take the note on the numbers out of a template, as a planner would."""
    document = Document(str(path))
    for element in list(document.element.body):
        if "trace" in values(element, "bookmarkStart", "name"):
            document.element.body.remove(element)
    document.save(str(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_without_the_note_keeps_the_numbers_and_drops_the_links(
    briefs, tmp_path, root, language
):
    mine = tmp_path / "mine"
    assert briefs("template", "copy", mine).returncode == 0
    template = mine / language / "planning-brief.docx"
    without_the_note(template)
    checked = briefs("template", "check", template)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    out = tmp_path / "out"
    done = briefs(
        "build", "--as-of", "2026-11-28", "--lang", language, "--document", "planning-brief",
        "--templates", mine, "--out", out, root / "inputs/regions/qingdao.xlsx",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = body(out / f"qingdao/planning-brief.{language}.docx")
    assert traced(made) == []
    said = json.loads((out / "qingdao/results.json").read_text(encoding="utf-8"))["sentences"]
    paragraphs = {"".join(one.itertext()) for one in made.iter(qn("w:p"))}
    assert said["economy.jobs"][language]["text"] in paragraphs
