"""Regions on the workers of a Dask scheduler: the same files, whoever is lost, and clear words."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nation import BRIEF, digests

pytest.importorskip("distributed")

HERE = Path(__file__).parents[2]
WITHOUT = """
import sys
sys.modules["dask"] = None  # as where the extra is not installed
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


@contextlib.contextmanager
def running(*arguments, cwd, package=HERE):
    """A part of the cluster, as a person starts it."""
    kept = {key: value for key, value in os.environ.items() if "BRIEFS_" not in key}
    process = subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=cwd, env={**kept, "PYTHONPATH": str(package)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler."""
    folder = tmp_path_factory.mktemp("scheduler")
    card = folder / "scheduler.json"
    with running(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard",
        "--scheduler-file", card, cwd=folder,
    ) as process:  # fmt: skip
        while not (card.exists() and card.read_bytes().endswith(b"}")):
            assert process.poll() is None
            time.sleep(0.1)
        yield json.loads(card.read_bytes())["address"]


@pytest.fixture
def worker(scheduler, tmp_path):
    """`with worker():` one process that builds, named by its process."""

    def start(package=HERE):
        return running(
            "distributed.cli.dask_worker", scheduler, "--nthreads", 1, "--no-nanny",
            "--no-dashboard", "--local-directory", tmp_path / "scratch",
            cwd=tmp_path, package=package,
        )  # fmt: skip

    return start


def command(books, out, scheduler):
    return ["-m", "generator.cli", "build", str(books), "--out", str(out), "--quiet",
            "--scheduler", scheduler, *map(str, BRIEF)]  # fmt: skip


def refused(books, out, scheduler, cwd):
    """What a build says that cannot begin."""
    done = subprocess.run(
        [sys.executable, *command(books / "r00001.xlsx", out, scheduler)],
        cwd=cwd, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    (said,) = done.stderr.splitlines()
    return said


@pytest.mark.slow("starts a scheduler and workers")
def test_a_worker_that_is_lost_costs_nothing_and_the_bytes_are_those_of_one_process(
    books, built, scheduler, worker, tmp_path
):
    out = tmp_path / "out"
    with worker() as first, worker():
        process = subprocess.Popen(
            [sys.executable, *command(books, out, scheduler)],
            cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        with process:
            process.stdout.readline()  # the first region is done, others are under way
            first.kill()
            _, said = process.communicate()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert digests(out) == digests(built)


@pytest.mark.slow("starts a scheduler and workers")
def test_a_worker_of_another_version_is_named_before_anything_is_built(
    books, scheduler, worker, tmp_path
):
    package = tmp_path / "other"
    shutil.copytree(HERE / "generator", package / "generator")
    for name in ("templates", "inputs"):
        (package / name).symlink_to(HERE / name)
    with (package / "generator/__init__.py").open("a", encoding="utf-8") as file:
        file.write("\n# another one\n")
    with worker(package):
        said = refused(books, tmp_path / "out", scheduler, tmp_path)
    assert said.startswith("RN-136 tcp://127.0.0.1:")
    assert list((tmp_path / "out").glob("r0*")) == []


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="needs /proc")
@pytest.mark.slow("starts a scheduler and workers")
def test_a_worker_that_sees_another_folder_under_the_path_is_named(
    books, scheduler, worker, tmp_path
):
    # Each process sees its own folder under this path, as machines do that share none.
    here = tmp_path / "here"
    here.mkdir()
    with worker():
        said = refused(books, "/proc/self/cwd/out", scheduler, here)
    assert said.startswith("RN-137 tcp://127.0.0.1:")
    assert "/proc/self/cwd/out" in said
    assert not (tmp_path / "out").exists()


def test_an_address_where_no_scheduler_can_be_is_one_line(books, tmp_path):
    said = refused(books, tmp_path / "out", "abc://nowhere:8786", tmp_path)
    assert said.startswith("RN-128 abc://nowhere:8786: ")


def test_where_the_extra_is_not_installed_that_is_said(books, tmp_path):
    arguments = command(books / "r00001.xlsx", tmp_path / "out", "tcp://127.0.0.1:8786")[2:]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(HERE)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("RN-127 --scheduler: ")
    assert "diversification-briefs[cluster]" in done.stderr
