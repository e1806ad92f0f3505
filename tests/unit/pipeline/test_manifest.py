"""The manifest: read without its notes, with them, and where somebody has changed it."""

import json

import pytest

from generator.pipeline.notes import SCHEMA, Note, Notes, as_line, as_manifest, read_manifest
from generator.problems import Origin, Problem

SAID = {"schema": SCHEMA, "files": {"r1/results.json": "ab"}, "last": {"told": ["第1地区"]}}
NOTE = Note(
    {"inputs": "1"}, {}, {"r1/results.json": "ab"}, (Problem("IN-1", "warning", Origin("一.csv")),)
)


@pytest.fixture
def written(tmp_path):
    """A manifest with notes on two regions."""
    notes = Notes()
    for code in ("r2", "r1"):
        notes.take(code, as_line(NOTE))
    path = tmp_path / "manifest.json"
    path.write_bytes(b"".join(as_manifest(SAID, notes)))
    return path


def test_it_is_plain_json_with_a_line_for_each_region(written):
    text = written.read_text(encoding="utf-8")
    assert [*json.loads(text)["built"]] == ["r1", "r2"]
    assert (
        sum(line.startswith('  "r') and '"is a":"Note"' in line for line in text.splitlines()) == 2
    )


def test_what_was_noted_comes_back_and_is_written_the_same(written):
    notes = Notes()
    said = read_manifest(written, notes)
    assert said == SAID
    assert read_manifest(written) == SAID
    assert dict(notes) == {"r1": NOTE, "r2": NOTE}
    assert b"".join(as_manifest(said, notes)) == written.read_bytes()


def test_one_that_was_indented_by_an_editor_says_the_same(written):
    written.write_text(json.dumps(json.loads(written.read_bytes()), indent=4), encoding="utf-8")
    notes = Notes()
    assert read_manifest(written, notes) == SAID
    assert dict(notes) == {"r1": NOTE, "r2": NOTE}


def test_of_one_that_is_cut_short_nothing_is_taken_in(written):
    whole = written.read_bytes()
    for end in (len(whole) - 3, whole.index(b' "built"'), whole.index(b'  "r2"') + 20):
        written.write_bytes(whole[:end])
        notes = Notes()
        assert read_manifest(written, notes) == {}
        assert len(notes) == 0


def test_a_line_that_is_no_note_is_not_there(tmp_path):
    notes = Notes()
    notes.take("r1", '{"is a":"Note","grounds":3,"unknown":4}')
    assert notes.get("r1") is None
    assert notes.raw("r1") == {"is a": "Note", "grounds": 3, "unknown": 4}
    assert notes.raw("r2") is None
    path = tmp_path / "manifest.json"
    path.write_text("[]", encoding="utf-8")
    assert read_manifest(path, notes) == {}
    assert read_manifest(tmp_path / "none.json") == {}
