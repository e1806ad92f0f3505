"""The output folder: nothing that somebody changed is overwritten, and the manifest is true."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat

import pytest

from generator.model import Document
from generator.pipeline.shelf import Shelf


def document(content, name="annex.en.docx"):
    return Document(name, "en", content)


@pytest.fixture
def run(tmp_path):
    """`run(b"first")` puts a document, or several by name, as one whole run; what it said."""

    def put(content, below="heze"):
        shelf = Shelf(tmp_path)
        files = content if isinstance(content, dict) else {"annex.en.docx": content}
        _, found = shelf.put([document(made, name) for name, made in files.items()], below)
        return [(one.code, str(one.origin)) for one in [*found, *shelf.save()]]

    return put


@pytest.fixture
def manifest(tmp_path):
    return lambda: json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))


def kept(folder, name="annex.en"):
    return sorted(path.name for path in folder.glob(f"{name}.edited-*"))


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def test_what_the_last_run_wrote_is_replaced_without_a_word(run, tmp_path):
    assert run(b"first") == []
    assert run(b"second") == []
    assert (tmp_path / "heze/annex.en.docx").read_bytes() == b"second"
    assert [path.name for path in (tmp_path / "heze").iterdir()] == ["annex.en.docx"]


def test_what_somebody_changed_is_set_aside_and_said(run, manifest, tmp_path):
    run(b"first")
    (tmp_path / "heze/annex.en.docx").write_bytes(b"by hand")
    assert run(b"second") == [("RN-121", "heze/annex.en.docx")]
    (name,) = kept(tmp_path / "heze")
    assert re.fullmatch(r"annex\.en\.edited-\d{8}-1\.docx", name)
    assert (tmp_path / "heze" / name).read_bytes() == b"by hand"
    assert (tmp_path / "heze/annex.en.docx").read_bytes() == b"second"
    assert manifest()["set_aside"] == {f"heze/{name}": "heze/annex.en.docx"}
    assert manifest()["files"] == {"heze/annex.en.docx": sha256(b"second")}


def test_two_changed_on_one_day_are_both_kept(run, tmp_path):
    for content in (b"one", b"two"):
        run(b"built")
        path = tmp_path / "heze/annex.en.docx"
        path.write_bytes(content)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    run(b"built")
    folder = tmp_path / "heze"
    assert [name[-7:] for name in kept(folder)] == ["-1.docx", "-2.docx"]
    assert [(folder / name).read_bytes() for name in kept(folder)] == [b"one", b"two"]


def test_a_change_back_to_what_is_built_is_none(run, tmp_path):
    run(b"first")
    (tmp_path / "heze/annex.en.docx").write_bytes(b"second")
    assert run(b"second") == []
    assert kept(tmp_path / "heze") == []


@pytest.mark.parametrize(
    "left", [None, "", "{", "[]", '{"schema": "briefs-manifest/1", "files": 3}']
)
def test_without_a_manifest_that_knows_it_a_file_is_somebody_elses(run, tmp_path, left):
    (tmp_path / "heze").mkdir()
    (tmp_path / "heze/annex.en.docx").write_bytes(b"mine")
    if left is not None:
        (tmp_path / "manifest.json").write_text(left, encoding="utf-8")
    assert ("RN-122", "heze/annex.en.docx") in run(b"built")
    (name,) = kept(tmp_path / "heze")
    assert (tmp_path / "heze" / name).read_bytes() == b"mine"
    assert run(b"built again") == []


def test_a_manifest_of_another_program_is_set_aside_too(run, manifest, tmp_path):
    (tmp_path / "manifest.json").write_text('{"name": "a web page"}', encoding="utf-8")
    assert run(b"built") == [("RN-122", "manifest.json")]
    (name,) = kept(tmp_path, "manifest")
    assert (tmp_path / name).read_text(encoding="utf-8") == '{"name": "a web page"}'
    assert manifest()["set_aside"] == {name: "manifest.json"}


def test_a_run_for_one_region_does_not_forget_the_others(run, manifest, tmp_path):
    run(b"first", "heze")
    run(b"first", "qingdao")
    assert manifest()["earlier"] == {"heze/annex.en.docx": sha256(b"first")}
    assert run(b"second", "heze") == []
    (tmp_path / "qingdao/annex.en.docx").write_bytes(b"by hand")
    assert run(b"third", "heze") == []
    assert run(b"third", "qingdao") == [("RN-121", "qingdao/annex.en.docx")]


def test_a_file_that_is_gone_is_no_longer_listed(run, manifest, tmp_path):
    run(b"first", "heze")
    (tmp_path / "heze/annex.en.docx").unlink()
    run(b"first", "qingdao")
    assert manifest()["earlier"] == {}


def test_two_runs_side_by_side_know_what_the_other_wrote(manifest, tmp_path):
    one, other = Shelf(tmp_path), Shelf(tmp_path)
    one.put([document(b"one")], "heze")
    one.save()
    _, found = other.put([document(b"other")], "heze")
    assert found == []
    other.put([document(b"other")], "qingdao")
    other.save()
    one.save()
    assert {*manifest()["files"], *manifest()["earlier"]} == {
        "heze/annex.en.docx", "qingdao/annex.en.docx",
    }  # fmt: skip


def test_a_folder_a_pipe_and_a_dangling_link_in_the_way_are_set_aside(run, tmp_path):
    (tmp_path / "heze/annex.en.docx").mkdir(parents=True)
    os.mkfifo(tmp_path / "heze/annex.zh-CN.docx")
    (tmp_path / "heze/results.json").symlink_to("nowhere")
    made = dict.fromkeys(("annex.en.docx", "annex.zh-CN.docx", "results.json"), b"built")
    assert [code for code, _ in run(made)] == ["RN-122"] * 3
    assert all((tmp_path / "heze" / name).read_bytes() == b"built" for name in made)
    assert len(list((tmp_path / "heze").glob("*.edited-*"))) == 3


@pytest.mark.parametrize("lock", ["~$nex.en.docx", "~$annex.en.docx", ".~lock.annex.en.docx#"])
def test_a_document_that_is_open_elsewhere_is_named(run, tmp_path, lock):
    (tmp_path / "heze").mkdir()
    (tmp_path / "heze" / lock).touch()
    assert run(b"built") == [("RN-123", "heze/annex.en.docx")]


def test_a_document_that_cannot_be_written_stops_no_other(manifest, tmp_path):
    # A name that is too long stands for whatever keeps one file from being written.
    shelf = Shelf(tmp_path)
    files, found = shelf.put([document(b"x", f"{'n' * 300}.docx"), document(b"built")], "heze")
    assert files == ("heze/annex.en.docx",)
    assert [one.code for one in found] == ["RN-107"]
    shelf.save()
    assert manifest()["files"] == {"heze/annex.en.docx": sha256(b"built")}


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077, 0o002])
def test_the_umask_of_whoever_runs_it_holds(run, tmp_path, umask):
    before = os.umask(umask)
    try:
        run(b"built")
        Shelf(tmp_path).put([document(b"closed", "delivery.json")], mode=0o600)
    finally:
        os.umask(before)

    def mode(name):
        return stat.S_IMODE((tmp_path / name).stat().st_mode)

    assert mode("heze") == 0o777 & ~umask
    assert mode("heze/annex.en.docx") == mode("manifest.json") == 0o666 & ~umask
    assert mode("delivery.json") == 0o600


def stands(folder, name, content):
    """Whether a run that begins now counts a file as the one with these bytes."""
    shelf = Shelf(folder)
    shelf.noted()
    return shelf.stands(name, hashlib.sha256(content).hexdigest())


@pytest.fixture
def shelved(tmp_path):
    """A file that the last run wrote, and one of an earlier run."""
    earlier = Shelf(tmp_path)
    earlier.put([Document("earlier.docx", "en", b"one")])
    earlier.save()
    last = Shelf(tmp_path)
    last.put([Document("last.docx", "en", b"one")])
    last.save()
    return tmp_path


def later(path, second=246_801_300):
    """As if the last run had begun in an hour, so that every change so far was before it."""
    at = (path.stat().st_mtime_ns // 10**9 + 3600) * 10**9 + second
    os.utime(path, ns=(at, at))


def test_a_file_that_has_lain_there_since_before_the_last_run_is_not_read_again(shelved):
    later(shelved / "manifest.json")
    (shelved / "last.docx").write_bytes(b"two")  # before the last run, says the manifest
    assert stands(shelved, "last.docx", b"one")
    assert not stands(shelved, "last.docx", b"two")


def test_what_was_changed_since_the_last_run_began_is_read(shelved):
    (shelved / "last.docx").write_bytes(b"two")
    assert not stands(shelved, "last.docx", b"one")
    assert stands(shelved, "last.docx", b"two")


def test_a_file_that_the_last_run_has_not_looked_at_is_read(shelved):
    (shelved / "earlier.docx").write_bytes(b"two")
    later(shelved / "manifest.json")
    assert not stands(shelved, "earlier.docx", b"one")


def test_a_manifest_that_was_copied_says_nothing_of_the_time(shelved):
    (shelved / "last.docx").write_bytes(b"two")
    later(shelved / "manifest.json", second=1)
    assert not stands(shelved, "last.docx", b"one")


def test_drafts_in_the_manifest_leave_its_time_as_it_is(shelved):
    before = (shelved / "manifest.json").stat().st_mtime_ns
    shelf = Shelf(shelved)
    shelf.put([Document("draft.eml", "", b"mail")], "outbox")
    shelf.save_drafts()
    assert (shelved / "manifest.json").stat().st_mtime_ns == before
