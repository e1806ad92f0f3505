"""The program installed outside its checkout, and the pipeline on an executor."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

import pytest

from generator import pipeline
from generator.settings import load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """The source package and the wheel that is made from it, not from the checkout."""
    folder = tmp_path_factory.mktemp("packages")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def wheel(packages):
    return next(packages.glob("*.whl"))


@pytest.fixture(scope="module")
def sources(packages, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    with tarfile.open(next(packages.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture
def installed(tmp_path):
    """Installs into an environment of its own that has the libraries of this one."""
    place = tmp_path / "环境 one"
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    libraries = sysconfig.get_path("purelib")
    own = sysconfig.get_path("purelib", "venv", {"base": str(place), "platbase": str(place)})
    # The .pth file of the checkout stands among those libraries, and is not read from there.
    Path(own, "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")

    def install(what):
        subprocess.run(
            [scripts / "python", "-m", "pip", "install", "--no-index", "--no-deps",
             "--no-build-isolation", "--no-compile", what],
            check=True, capture_output=True, cwd=tmp_path,
        )  # fmt: skip
        return scripts / "briefs"

    return install


@pytest.mark.slow("makes a wheel")
def test_the_wheel_carries_catalogue_rules_templates_and_samples(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "generator/data/inputs/catalogue/uses.csv",
        "generator/data/inputs/rules/rules.csv",
        "generator/data/inputs/regions/qingdao.xlsx",
        "generator/data/templates/zh-CN/leadership-brief.docx",
        "generator/data/templates/en/mail.subject.txt",
        "generator/data/templates/zh-CN/mail.html",
        "generator/data/templates/strings.csv",
    ):
        assert part in names


@pytest.mark.slow("makes a wheel")
def test_the_source_package_has_all_that_its_own_commands_read(sources):
    for part in ("Makefile", "requirements.lock", "requirements-dev.lock", "README.zh-CN.md",
                 "CHANGELOG.md", "LICENSE", "tests/conftest.py", "docs/build.py",
                 "templates/en/annex.docx", "inputs/source/build_samples.py"):  # fmt: skip
        assert (sources / part).is_file(), part


@pytest.mark.slow("makes a wheel")
@pytest.mark.parametrize("kind", ["wheel", "sources"])
def test_an_installed_copy_builds_briefs_in_an_empty_folder(kind, request, installed, tmp_path):
    briefs = installed(request.getfixturevalue(kind))
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    done = subprocess.run(
        [briefs, "build", "--lang", "en", "--document", "planning-brief", "--draws", "100"],
        cwd=empty, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert (empty / "out/qingdao/planning-brief.en.docx").is_file()


@pytest.mark.parametrize("way", ["spawn", "forkserver", "fork"])
@pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # it has threads, and is forked
def test_regions_built_by_another_process_are_the_same_bytes(tmp_path, way):
    if way not in get_all_start_methods():
        pytest.skip(f"this system has no {way}")

    def settings(name):
        books = [ROOT / f"inputs/regions/{city}.xlsx" for city in ("heze", "qingdao")]
        chosen = {"paths": books, "out": str(tmp_path / name), "lang": ["en"], "draws": 100}
        chosen["document"] = ["leadership-brief", "comparison"]
        return load_settings(chosen, date(2026, 11, 28), {})

    knowledge, texts, submission = pipeline.read(settings("here"))
    # The last two are the comparison and the table, which stand on what the regions said.
    *here, compared, table = pipeline.build(settings("here"), knowledge, texts, submission)
    assert compared.files == ("comparison.en.docx", "comparison.csv")
    assert table.files[0] == "regions.csv"
    with ProcessPoolExecutor(1, get_context(way)) as pool:
        waiting = [
            pool.submit(
                pipeline.build_region,
                pipeline.Task(region, submission.notice_of(region)),
                settings("there"),
                knowledge,
                texts,
            )
            for region in submission.regions
        ]
        there = [one.result() for one in waiting]
    assert [outcome.files for outcome in here] == [outcome.files for outcome in there]
    assert [outcome.summary for outcome in here] == [outcome.summary for outcome in there]
    assert [outcome.rows for outcome in here] == [outcome.rows for outcome in there]
    for outcome in here:
        for name in outcome.files:
            assert (tmp_path / "here" / name).read_bytes() == (
                tmp_path / "there" / name
            ).read_bytes()
