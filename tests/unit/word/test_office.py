"""LibreOffice at work, absent, failing and without an end."""

from __future__ import annotations

import io
import os
import subprocess
import time

import pytest
from docx import Document

from generator.problems import InputError
from generator.word import as_pdf, find_office, office, with_page_numbers


def word_file(text="Heading"):
    document = Document()
    document.add_heading(text, 1)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A program of that name which does what the test says, and nothing else on the path."""
    if os.name == "nt":
        pytest.skip("the stand-in is a shell script")

    def make(script):
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return program

    return make


def fault(made):
    with pytest.raises(InputError) as raised:
        made()
    (found,) = raised.value.problems
    return found.code, dict(found.args).get("detail", "")


def test_a_machine_without_libreoffice_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL", ())
    assert fault(find_office)[0] == "RN-110"


def test_a_run_without_an_end_is_stopped_with_all_that_it_started(stand_in, tmp_path, monkeypatch):
    stand_in(f"echo $$ > '{tmp_path}/pids'; sleep 300 & echo $! >> '{tmp_path}/pids'; sleep 300")
    monkeypatch.setattr(office, "_START_S", 1)
    monkeypatch.setattr(office, "_EACH_S", 0)
    code, detail = fault(lambda: as_pdf({"a.docx": word_file()}))
    assert (code, detail) == ("RN-111", "no end after 1 s")
    for process in (tmp_path / "pids").read_text().split():
        # Gone, or dead and not yet collected by the system.
        state = subprocess.run(["/bin/ps", "-o", "stat=", "-p", process], capture_output=True)  # noqa: PLW1510 - 1 for none
        assert state.stdout.strip()[:1] in {b"", b"Z"}


def test_a_run_that_fails_says_how_it_ended(stand_in):
    stand_in("exit 77")
    assert fault(lambda: as_pdf({"a.docx": word_file()})) == ("RN-111", "exit code 77")


@pytest.mark.parametrize("script", ["exit 0", "mkdir made; echo no pdf > made/a.pdf"])
def test_a_run_that_makes_nothing_of_a_file_is_a_fault_though_it_ends_well(stand_in, script):
    stand_in(script)
    code, detail = fault(lambda: as_pdf({"a.docx": word_file()}))
    assert code == "RN-111"
    assert "a.docx" in detail


def test_documents_without_a_contents_list_need_no_layout(stand_in):
    stand_in("exit 77")
    documents = {"a.docx": word_file()}
    assert with_page_numbers(documents) == documents


def test_the_same_word_files_give_the_same_pdf_bytes(soffice):
    assert soffice
    documents = {"a.docx": word_file("One"), "b.docx": word_file("Two")}
    first = as_pdf(documents)
    time.sleep(1.1)
    assert set(first) == {"a.pdf", "b.pdf"}
    assert as_pdf(documents) == first
