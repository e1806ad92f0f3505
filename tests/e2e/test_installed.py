"""The wheel outside a checkout, and the pipeline on an executor."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator import pipeline
from generator.settings import load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_catalogue_rules_templates_and_samples(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "generator/data/inputs/catalogue/uses.csv",
        "generator/data/inputs/rules/CN.csv",
        "generator/data/inputs/regions/qingdao.xlsx",
        "generator/data/templates/zh-CN/leadership-brief.docx",
        "generator/data/templates/en/mail.subject.txt",
        "generator/data/templates/zh-CN/mail.html",
        "generator/data/templates/strings.csv",
    ):
        assert part in names


def test_an_installed_copy_builds_briefs_outside_the_checkout(wheel, tmp_path):
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "build", "--lang", "en", "--as-of", "2026-11-21"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(place)}, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/qingdao/planning-brief.en.docx").is_file()


def test_regions_built_by_another_process_are_the_same_bytes(tmp_path):
    def settings(name):
        books = [ROOT / f"inputs/regions/{city}.xlsx" for city in ("heze", "qingdao")]
        chosen = {"paths": books, "out": str(tmp_path / name), "lang": ["en"], "draws": 100}
        chosen["document"] = ["leadership-brief", "comparison"]
        return load_settings(chosen, date(2026, 11, 21), {})

    knowledge, texts, submission = pipeline.read(settings("here"))
    # The last outcome is that of the comparison, which stands on the summaries of the regions.
    *here, compared = pipeline.build(settings("here"), knowledge, texts, submission)
    assert compared.files == ("comparison.en.docx", "comparison.csv")
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        waiting = [
            pool.submit(
                pipeline.build_region, region, settings("there"), knowledge, texts, submission
            )
            for region in submission.regions
        ]
        there = [one.result() for one in waiting]
    assert [outcome.files for outcome in here] == [outcome.files for outcome in there]
    assert [outcome.summary for outcome in here] == [outcome.summary for outcome in there]
    for outcome in here:
        for name in outcome.files:
            assert (tmp_path / "here" / name).read_bytes() == (
                tmp_path / "there" / name
            ).read_bytes()
