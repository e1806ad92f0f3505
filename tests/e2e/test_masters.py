"""The shipped templates are a designer's: saved anew by a word processor they stay templates."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

LANGUAGES = ("en", "zh-CN")
DOCUMENTS = ("leadership-brief", "planning-brief", "annex")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paragraphs(path: Path) -> list[str]:
    root = etree.fromstring(ZipFile(path).read("word/document.xml"))
    return ["".join(one.text or "" for one in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


@pytest.fixture(scope="module")
def saved(soffice, root, tmp_path_factory):
    """All shipped templates as LibreOffice saves them."""
    folder = tmp_path_factory.mktemp("saved")
    for language in LANGUAGES:
        subprocess.run(
            [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder / language,
             *sorted((root / "templates" / language).glob("*.docx"))],
            check=True, capture_output=True,
        )  # fmt: skip
    return folder


@pytest.mark.slow("saves eight templates in LibreOffice")
def test_what_libreoffice_saved_says_the_same_as_before(saved, briefs, samples, root, tmp_path):
    done = briefs(
        "build", root / "inputs/regions/heze.xlsx", "--as-of", "2026-11-28",
        "--draws", 10_000, "--templates", saved, "--out", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in (f"{one}.{language}.docx" for one in DOCUMENTS for language in LANGUAGES):
        assert paragraphs(tmp_path / "heze" / name) == paragraphs(samples / "heze" / name), name


@pytest.mark.slow("saves eight templates in LibreOffice")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", [*DOCUMENTS, "comparison"])
def test_what_libreoffice_saved_has_no_fault(saved, briefs, document, language):
    done = briefs("template", "check", saved / language / f"{document}.docx")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", [*DOCUMENTS, "comparison"])
def test_a_master_names_its_styles_and_its_colours_come_from_the_theme(root, document, language):
    path = root / "templates" / language / f"{document}.docx"
    with ZipFile(path) as package:
        parts = [
            name
            for name in package.namelist()
            if re.search(r"(document|styles|chart\d+)\.xml$", name)
        ]
        text = "".join(package.read(name).decode() for name in parts)
    own = set(re.findall(r'<w:color w:val="([0-9A-F]{6})"(?! w:themeColor)', text))
    assert own <= {"FFFFFF", "000000"}
    template = Document(str(path))
    defined = {one.style_id for one in template.styles}
    assert {one.get(f"{W}val") for one in template.element.iter(f"{W}pStyle")} <= defined
    header = template.sections[0].header
    assert "{{" in "".join(one.text for one in header.paragraphs)
