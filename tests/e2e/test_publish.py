"""Documents published at an address: a folder, a memory, a server of files."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import nation
import pytest
from nation import BRIEF, digests

fsspec = pytest.importorskip("fsspec")

SERVER = """
import os, sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

accounts = DummyAuthorizer()
accounts.add_user("planner", os.environ["PASSWORD"], sys.argv[1], perm="elradfmwMT")
accounts.add_user("reader", os.environ["PASSWORD"], sys.argv[1], perm="elr")

class Handler(FTPHandler):
    authorizer = accounts
    banner = "ready"

server = FTPServer(("127.0.0.1", 0), Handler)
print(server.socket.getsockname()[1], flush=True)
server.serve_forever()
"""
PASSWORD = "s3cret-of-the-share"  # noqa: S105 - of a server of this test


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A folder with the workbooks of two regions."""
    return nation.write_books(2, tmp_path_factory.mktemp("two") / "books")


@pytest.fixture(scope="module")
def made(two, briefs, tmp_path_factory):
    """The folder that a build of them leaves."""
    out = tmp_path_factory.mktemp("made") / "out"
    done = briefs("build", two, *BRIEF, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def desk(made, tmp_path):
    """A working folder in which that build has been made."""
    shutil.copytree(made, tmp_path / "out")
    return tmp_path


@pytest.fixture
def server(tmp_path):
    """The folder and the address of a server of files, and what an account needs."""
    folder, log = tmp_path / "share", tmp_path / "server.log"
    folder.mkdir()
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SERVER, str(folder)], stdout=subprocess.PIPE,
            stderr=errors, env={**os.environ, "PASSWORD": PASSWORD}, encoding="utf-8",
        )  # fmt: skip
    port = process.stdout.readline().strip()
    yield folder, f"ftp://127.0.0.1:{port}/briefs", process
    process.kill()
    process.communicate()


def published(folder):
    """What a reader finds who takes the manifest first: every file, whole."""
    said = json.loads((folder / "manifest.json").read_bytes())
    there = digests(folder)
    assert there.pop("manifest.json")
    assert there == said["files"]
    return said["files"]


def times(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_folder_gets_what_is_new_and_loses_what_has_gone(two, desk, briefs):
    place = desk / "share"
    run = ("build", two, *BRIEF, "--out", place.as_uri())
    done = briefs(*run, cwd=desk)
    assert done.returncode == 0, done.stderr
    files = published(place)
    own = json.loads((desk / "out/manifest.json").read_bytes())["files"]
    assert own.items() - files.items() == {("delivery.json", own["delivery.json"])}
    assert "files sent, 0 unchanged, 0 taken out" in done.stderr

    before = times(place)
    (place / "notes of others.txt").write_text("mine", encoding="utf-8")
    assert f"0 files sent, {len(files)} unchanged" in briefs(*run, cwd=desk).stderr
    assert before.items() <= times(place).items()

    (place / "r00001/results.json").unlink()
    assert "1 files sent" in briefs(*run, cwd=desk).stderr
    (place / "notes of others.txt").unlink()
    assert published(place) == files

    shutil.rmtree(desk / "out/r00002")
    books = two / "r00001.xlsx"
    done = briefs("build", books, *BRIEF, "--out", place.as_uri(), cwd=desk)
    assert done.returncode == 0, done.stderr
    assert {name.partition("/")[0] for name in published(place)} & {"r00001", "r00002"} == {
        "r00001"
    }


def test_a_server_of_files_gets_the_same_bytes(two, desk, briefs, server, monkeypatch):
    folder, address, _ = server
    monkeypatch.setitem(fsspec.config.conf, "ftp", {"username": "planner", "password": PASSWORD})
    done = briefs("build", two, *BRIEF, "--out", address, cwd=desk)
    assert done.returncode == 0, done.stderr
    files = published(folder / "briefs")
    whole = digests(desk / "out")
    assert files == {name: whole[name] for name in files}
    assert PASSWORD not in done.stderr + done.stdout
    again = briefs("build", two, *BRIEF, "--out", address, cwd=desk)
    assert f"0 files sent, {len(files)} unchanged" in again.stderr


def test_a_server_that_is_lost_half_way_is_one_line_and_the_next_run_sends_the_rest(
    two, desk, briefs, server, monkeypatch
):
    from generator.pipeline import publishing  # noqa: PLC0415 - what the test stops

    folder, address, _ = server
    monkeypatch.setitem(fsspec.config.conf, "ftp", {"username": "planner", "password": PASSWORD})
    put, seen = publishing._Store.put, []  # noqa: SLF001 - likewise

    def stopped(store, files):
        seen.extend(files)
        if len(seen) == 3:
            raise publishing._Store._unreached(store, ConnectionResetError(address))  # noqa: SLF001 - likewise
        put(store, files)

    monkeypatch.setattr(publishing, "_AT_ONCE", 1)

    monkeypatch.setattr(publishing._Store, "put", stopped)  # noqa: SLF001 - likewise
    done = briefs("build", two, *BRIEF, "--out", address, cwd=desk)
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines() if "RN-" in line] == ["RN-142"]
    assert not (folder / "briefs/manifest.json").exists()
    monkeypatch.setattr(publishing._Store, "put", put)  # noqa: SLF001 - likewise
    assert briefs("build", two, *BRIEF, "--out", address, cwd=desk).returncode == 0
    published(folder / "briefs")


def test_word_of_what_is_still_to_go_is_kept_until_it_has_gone(two, desk, briefs, monkeypatch):
    from generator.pipeline import publishing  # noqa: PLC0415 - what the test stops

    place = desk / "share"
    run = ("build", two, *BRIEF, "--out", place.as_uri())
    briefs(*run, cwd=desk)
    (desk / "out/regions.csv").unlink()
    shutil.rmtree(desk / "out/r00002")
    run = ("build", two / "r00001.xlsx", *BRIEF, "--out", place.as_uri())

    def broken(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing._Store, "remove", broken)  # noqa: SLF001 - likewise
        assert briefs(*run, cwd=desk).returncode == 130
    said = json.loads((place / "manifest.json").read_bytes())
    assert "r00002/results.json" in said["leaving"]
    assert (place / "r00002/results.json").exists()
    assert briefs(*run, cwd=desk).returncode == 0
    assert "r00002" not in {name.partition("/")[0] for name in published(place)}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://planner:hunter2@127.0.0.1/briefs", "RN-139"),
        ("abfs://store/briefs?sig=hunter2", "RN-139"),
        ("simplecache::s3://bucket/briefs", "RN-140"),
        ("s3://", "RN-140"),
        ("nowhere://hunter/briefs", "RN-141"),
        ("ftp://127.0.0.1:1/briefs", "RN-142"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_an_address_that_cannot_be_used_is_one_line(briefs, tmp_path, root, address, code, lang):
    book = root / "inputs/regions/heze.xlsx"
    done = briefs("build", book, "--lang", lang, "--out", address, cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines() if line] == [code]
    assert "hunter2" not in done.stderr + done.stdout
    assert [*tmp_path.iterdir()] == []


def test_an_account_that_may_only_read_is_told_so(two, desk, briefs, server, monkeypatch):
    _, address, _ = server
    monkeypatch.setitem(fsspec.config.conf, "ftp", {"username": "reader", "password": PASSWORD})
    done = briefs("build", two, *BRIEF, "--out", address, cwd=desk)
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines() if "RN-" in line] == ["RN-142"]
    assert PASSWORD not in done.stderr + done.stdout


def test_what_stands_there_and_is_not_ours_is_left(two, desk, briefs):
    (desk / "share").mkdir()
    (desk / "share/manifest.json").write_text("{}", encoding="utf-8")
    done = briefs("build", two, *BRIEF, "--out", (desk / "share").as_uri(), cwd=desk)
    assert (done.returncode, done.stderr.split()[0]) == (2, "RN-143")
    assert [path.name for path in (desk / "share").iterdir()] == ["manifest.json"]


def test_an_address_is_taken_from_the_command_line_alone(two, desk, briefs):
    (desk / "briefs.toml").write_text('out = "s3://bucket/briefs"\n', encoding="utf-8")
    done = briefs("build", two, *BRIEF, cwd=desk)
    assert (done.returncode, done.stderr.split()[0]) == (2, "RN-138")
    (desk / "briefs.toml").unlink()
    done = briefs("build", two, *BRIEF, cwd=desk, BRIEFS_OUT="ftp://a:hunter2@b/c")
    assert (done.returncode, done.stderr.split()[0]) == (2, "RN-138")
    assert "hunter2" not in done.stderr


def test_a_manifest_of_others_can_name_nothing_outside(two, desk, briefs):
    place, victim = desk / "share", desk / "victim.txt"
    place.mkdir()
    victim.write_text("mine", encoding="utf-8")
    said = {
        "schema": "briefs-published/1",
        "files": {"../victim.txt": hashlib.sha256().hexdigest()},
    }
    (place / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    done = briefs("build", two, *BRIEF, "--out", place.as_uri(), cwd=desk)
    assert (done.returncode, done.stderr.split()[0]) == (2, "RN-143")
    assert victim.exists()
