"""Files appear whole or not at all; what a killed run has left goes, what a running one holds stays."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.pipeline.files import as_lines, drafted, ready, sweep, write
from generator.problems import InputError

HOLD = """
import sys
from pathlib import Path
from generator.pipeline.files import drafted
with drafted(Path(sys.argv[1]), b"half"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(tmp_path, root):
    """Another process in the middle of writing a file."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "annex.en.docx")]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_draft_of_a_running_program_stays_and_that_of_a_killed_one_goes(writer, tmp_path):
    (draft,) = names(tmp_path)
    assert draft.startswith(".briefs-")
    ready(tmp_path)
    assert names(tmp_path) == [draft]
    writer.kill()
    writer.wait()
    assert names(tmp_path) == [draft]
    ready(tmp_path)
    assert names(tmp_path) == []


def test_only_drafts_are_taken_out(tmp_path):
    (tmp_path / ".briefs-0a1b2c3d").mkdir()
    (tmp_path / ".briefs-0a1b2c3e").symlink_to("nowhere")
    (tmp_path / ".briefs-notes.txt").touch()
    (tmp_path / ".briefs-0a1b2c3f").touch()
    sweep(tmp_path)
    assert names(tmp_path) == [".briefs-0a1b2c3d", ".briefs-0a1b2c3e", ".briefs-notes.txt"]


def test_a_draft_without_a_name_of_its_own_is_gone_at_the_end(tmp_path):
    with pytest.raises(KeyboardInterrupt), drafted(tmp_path / "a.docx", b"half"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["a/b.json", "a\0b", "n" * 300])
def test_what_cannot_be_written_is_one_clear_problem(tmp_path, name):
    (tmp_path / "a").touch()
    with pytest.raises(InputError) as caught:
        write(tmp_path / name, b"x")
    assert [one.code for one in caught.value.problems] == ["RN-107"]
    assert names(tmp_path) == ["a"]


def test_a_file_of_fields_has_one_line_a_field_and_every_value_as_it_was():
    fields = {
        "name": {"en": "Heze", "zh-CN": "菏泽市"},
        "rows": [1.5, None, True, "a\nb\\"],
        "no": {},
    }
    made = as_lines(fields).decode()
    assert json.loads(made) == fields
    assert [line.partition(":")[0] for line in made.splitlines()[1:-1]] == [
        f'"{name}"' for name in fields
    ]
    assert "菏泽市" in made


def test_half_a_character_is_written_as_json_writes_it():
    assert json.loads(as_lines({"file": "\udce4.xlsx"})) == {"file": "\udce4.xlsx"}


def test_a_number_that_json_does_not_have_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        as_lines({"value": float("nan")})


def test_files_that_come_into_their_place_while_another_run_sweeps_are_all_there(tmp_path):
    def written():
        for number in range(300):
            write(tmp_path / f"{number}.docx", b"whole")

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(written)
        while not done.done():
            sweep(tmp_path)
        done.result()
    assert len([*tmp_path.glob("*.docx")]) == 300
    assert not [*tmp_path.glob(".briefs-*")]
