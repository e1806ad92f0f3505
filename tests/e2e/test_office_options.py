"""`--pdf` and `--paginate`: with LibreOffice, without it, and when it fails."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date

import pytest

from generator.settings import load_settings
from generator.shipped import data_root

HEZE = data_root() / "inputs/regions/heze.xlsx"
SHORT = ("--as-of", "2026-11-28", "--lang", "en", "--document", "planning-brief")


@pytest.fixture
def only(tmp_path, monkeypatch):
    """A search path with nothing on it, or with a program that stands in for LibreOffice."""

    def leave(script=""):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        if script:
            program = folder / "soffice"
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return leave


@pytest.mark.parametrize("option", ["--pdf", "--paginate"])
def test_without_libreoffice_nothing_is_built_and_the_remedy_is_named(
    briefs, only, tmp_path, option
):
    only()
    done = briefs("build", HEZE, *SHORT, option, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "RN-110" in done.stderr
    assert "Install it, or build without" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_word_files_stay_when_libreoffice_fails(briefs, only, tmp_path):
    if os.name == "nt":
        pytest.skip("the stand-in is a shell script")
    only("exit 77")
    out = tmp_path / "out"
    done = briefs("build", HEZE, *SHORT, "--pdf", "--out", out)
    assert done.returncode == 2
    assert "RN-111" in done.stderr
    assert "exit code 77" in done.stderr
    made = sorted(path.name for path in (out / "heze").iterdir())
    assert made == ["planning-brief.en.docx", "results.json"]
    assert done.stdout.count("\n") == 2
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {"delivery.json", *(f"heze/{name}" for name in made)}
    assert manifest["not_built"] == []


def test_without_the_options_the_bytes_do_not_depend_on_libreoffice(briefs, only, tmp_path):
    hashes = []
    for name in ("with", "without"):
        done = briefs("build", HEZE, *SHORT, "--out", tmp_path / name)
        assert done.returncode == 0, done.stderr
        folder = tmp_path / name / "heze"
        hashes.append({
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
        })  # fmt: skip
        only()
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 2


def test_the_options_may_stand_in_the_settings_file(briefs, only, tmp_path):
    only()
    (tmp_path / "briefs.toml").write_text("pdf = true\n", encoding="utf-8")
    done = briefs("build", HEZE, *SHORT, "--out", tmp_path / "out", cwd=tmp_path)
    assert "RN-110" in done.stderr
    (tmp_path / "briefs.toml").write_text('paginate = "perhaps"\n', encoding="utf-8")
    done = briefs("build", HEZE, *SHORT, "--out", tmp_path / "out", cwd=tmp_path)
    assert "RN-104 briefs.toml paginate: “perhaps” is not known here" in done.stderr


def test_a_pdf_stands_beside_each_document_and_in_the_manifest(briefs, soffice, tmp_path):
    assert soffice
    done = briefs("build", HEZE, *SHORT, "--pdf", "--paginate", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    pdf = tmp_path / "heze" / "planning-brief.en.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert str(pdf) in done.stdout.splitlines()
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert manifest["files"]["heze/planning-brief.en.pdf"] == digest
    results = json.loads((tmp_path / "heze" / "results.json").read_text(encoding="utf-8"))
    assert results["settings"]["paginate"] is True


@pytest.mark.parametrize(
    ("flag", "environment", "expected"),
    [(None, "1", True), (None, "no", False), (True, "0", True), (None, "", False)],
)
def test_the_flag_wins_over_the_environment(flag, environment, expected):
    given = load_settings({"pdf": flag}, date(2026, 11, 28), {"BRIEFS_PDF": environment})
    assert given.pdf is expected
