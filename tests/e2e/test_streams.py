"""Whatever becomes of the screen, of a signal or of names: the files are whole and the manifest true."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import unicodedata

import pytest

ONE = ("--as-of", "2026-11-28", "--lang", "en", "--document", "leadership-brief")
FILES = {"delivery.json", "heze/leadership-brief.en.docx", "heze/results.json"}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams and signals of POSIX")


@pytest.fixture
def shell(tmp_path, root):
    """`shell(">&-", "build", ...)` runs the command with its streams led as a shell leads them."""

    def run(streams, *arguments):
        line = f'"$0" -m generator.cli "$@" {streams}'
        return subprocess.run(
            ["sh", "-c", line, sys.executable, *map(str, arguments)],
            cwd=tmp_path, env={**os.environ, "BRIEFS_DRAWS": "300", "PYTHONPATH": str(root)},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def heze(root):
    return root / "inputs/regions/heze.xlsx"


def read(out):
    """The manifest, after a look whether every hash in it is that of the file."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    return manifest


@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        (">&-", 2, ["RN-120"]),
        (">/dev/full", 2, ["RN-120"]),
        ("2>&-", 0, []),
        ("<&- >&- 2>&-", 2, []),
        ("| true", 0, ["RN-120"]),
    ],
)
def test_a_stream_that_takes_nothing_loses_no_file(shell, heze, tmp_path, streams, code, said):
    out = tmp_path / "out"
    done = shell(streams, "build", heze, *ONE, "--out", out, "--quiet")
    assert done.returncode == code
    assert [line.split()[0] for line in done.stderr.splitlines()] == said
    assert {*read(out)["files"]} == FILES
    # Nothing that was meant for the screen has found its way into a file.
    assert {path.name for path in out.iterdir()} == {"delivery.json", "heze", "manifest.json"}
    json.loads((out / "heze/results.json").read_bytes())


def test_problems_that_could_not_be_listed_are_no_success(shell, heze):
    done = shell(">/dev/full", "check", heze, "--json")
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["RN-120"]


@pytest.fixture
def building(tmp_path, root):
    """A build of three cities, of which one is done."""
    command = [sys.executable, "-m", "generator.cli", "build", *ONE, "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "BRIEFS_DRAWS": "300", "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        # A shell in the background has its children ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    ) as process:  # fmt: skip
        assert "changzhi" in process.stdout.readline()
        yield process
        process.kill()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_run_that_is_stopped_says_what_it_has_done(building, tmp_path, name):
    building.send_signal(getattr(signal, name))
    _, said = building.communicate()
    assert building.returncode == 130
    assert said.splitlines()[-1] == "interrupted"
    out = tmp_path / "out"
    manifest = read(out)
    assert "qingdao" in manifest["not_built"]
    record = json.loads((out / "delivery.json").read_text(encoding="utf-8"))
    assert record["not_built"] == manifest["not_built"]
    assert {one["region"] for one in record["consignments"]}.isdisjoint(manifest["not_built"])
    there = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert there == {*manifest["files"], "manifest.json"}


def test_after_a_killed_run_the_next_one_finds_nothing_to_set_aside(building, briefs, tmp_path):
    building.kill()
    building.wait()
    out = tmp_path / "out"
    assert {"changzhi/leadership-brief.en.docx", "changzhi/results.json"} <= {*read(out)["files"]}
    done = briefs("build", *ONE, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "RN-12" not in done.stderr
    assert list(out.rglob(".*")) == []
    assert list(out.rglob("*edited*")) == []


def test_a_document_changed_by_hand_is_kept_and_that_is_no_failure(briefs, heze, tmp_path):
    out = tmp_path / "out"
    briefs("build", heze, *ONE, "--out", out)
    path = out / "heze/leadership-brief.en.docx"
    path.write_bytes(b"by hand")
    done = briefs("build", heze, *ONE, "--out", out)
    assert done.returncode == 0
    assert "RN-121 heze/leadership-brief.en.docx" in done.stderr
    (kept,) = read(out)["set_aside"]
    assert kept in done.stderr.replace("kept as ", "kept as heze/")
    assert (out / kept).read_bytes() == b"by hand"


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_names_that_no_terminal_should_obey_are_written_out(heze, root, tmp_path, encoding):
    name = os.fsdecode(b"h\xe9ze \x1b[31m\xe2\x80\xaexslx.xlsx")
    shutil.copyfile(heze, tmp_path / name)
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "PYTHONIOENCODING": encoding,
        "LC_ALL": "C",
    }
    for arguments in (["check", name], ["check", name, "--json"], ["check", f"no {name}"], [name]):
        done = subprocess.run(
            [sys.executable, "-m", "generator.cli", *arguments], cwd=tmp_path, env=environment,
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in {0, 2}
        text = (done.stdout + done.stderr).decode()
        kinds = {unicodedata.category(one) for one in text.replace("\n", "")}
        assert kinds.isdisjoint({"Cc", "Cf", "Cs"})
        assert "Traceback" not in text
        assert "internal error" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", ""), "name is empty"),
        (("build", "--out", "afile"), "RN-107"),
        (("build", "--out", "loop"), "RN-107"),
        (("check", "loop"), "RN-1"),
        (("check", "pipe"), "RN-1"),
        (("check", "n" * 5000), "RN-125"),
        (("new", "loop"), "RN-112"),
        (("new", "pipe"), "RN-112"),
        (("template", "check", "pipe"), "TP-101"),
        (("template", "check", "pipe.txt"), "TP-130"),
        (("template", "check", ""), "name is empty"),
        (("build", "--draws", "9" * 5000), "RN-104"),
        (("build", "--templates", "pipe"), "RN-102"),
        (("send", "pipe"), "DL-101"),
    ],
)
def test_odd_arguments_end_at_once_with_one_clear_line(briefs, tmp_path, arguments, words):
    (tmp_path / "afile").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.txt")
    done = briefs(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
