"""LibreOffice, where it is installed: finished Word files laid out, many in one run.

Every run has a profile of its own, so that it neither meets an open window nor another run, and an
end, after which it is stopped.

Also here: page numbers for the contents list, taken from a layout of the document.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lxml import etree

from generator.codes import Code
from generator.problems import InputError, Origin, problem
from generator.settings.leftovers import hold, is_left
from generator.word.fieldcodes import (
    WordField,
    chain_marks,
    detach,
    field_mark,
    new_run,
    read_fields,
    text_of,
)
from generator.word.numbering import value
from generator.word.package import body_of, reproducible, with_body
from generator.word.tags import W, ancestor

if TYPE_CHECKING:
    from lxml.etree import _Element


_NAMES = ("soffice", "libreoffice")
_USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
"""Where the installers put it outside the search path."""
_START_S, _EACH_S = 60, 30
"""How long a run may take: to start, and for each document."""
_DESK, _MARK = "briefs-desk-", "held"
_BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK"}
_PASSING = (
    (rb"(/(?:CreationDate|ModDate)\(D:)\d{14}", rb"\g<1>19800101000000"),
    (rb"(/ID ?\[ ?<)[0-9A-Fa-f]{32}(>\s*<)[0-9A-Fa-f]{32}", rb"\g<1>" + b"0" * 32 + rb"\g<2>" + b"0" * 32),
    (rb"(/DocChecksum ?/)[0-9A-Fa-f]{32}", rb"\g<1>" + b"0" * 32),
)  # fmt: skip
"""What differs from run to run in a PDF; every replacement is as long as what it replaces."""
_UNKNOWN = "00"
"""What stands where a page number will: as wide as most numbers, and no page."""
_NO_NUMBERS = re.compile(r'\\n(\s+"?\d-\d"?)?\s*')
_MAY_PART = 3
"""Rows below the header of a table that may part at a page end in the copy laid out as PDF."""
_NUMBER_ROOM = 440
"""How far Word sets the words of a contents list off from its numbers, a level, in twips."""


def find_office() -> str:
    """Path of LibreOffice.

    Raises:
        InputError: It is not installed.
    """
    found = (shutil.which(name) for name in (*_NAMES, *_USUAL))
    path = next((one for one in found if one), None)
    if path is None:
        raise InputError([problem(Code.NO_LIBREOFFICE, Origin("LibreOffice"))])
    return path


def as_pdf(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Word files as PDF by the name of the PDF; the same files give the same bytes.

    Raises:
        InputError: LibreOffice is not there, failed or did not come to an end.
    """
    made = {}
    for name, content in _converted(documents, "pdf").items():
        for pattern, steady in _PASSING:
            content = re.sub(pattern, steady, content)  # noqa: PLW2901 - one after another
        made[name] = content
    return made


def with_page_numbers(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Word files with the page numbers of their contents lists, from LibreOffice's layout.

    Raises:
        InputError: As in `as_pdf`, or a number could not be found.
    """
    copies = {name: copy for name, content in documents.items() if (copy := asking(content))}
    laid_out = _converted(copies, "docx") if copies else {}
    made = dict(documents)
    for name, content in laid_out.items():
        pages = answers(content)
        if not pages:
            raise _failed(f"{name}: no page numbers")
        made[name] = numbered(documents[name], pages)
    return made


def _converted(documents: Mapping[str, bytes], ending: Literal["pdf", "docx"]) -> dict[str, bytes]:
    """All documents through one run."""
    program = find_office()
    _clear_desks()
    with _desk() as desk:
        for name, content in documents.items():
            (desk / name).write_bytes(_all_rows_drawn(content))
        _run(program, desk, list(documents), ending)
        made = {}
        for name in documents:
            path = desk / "made" / Path(name).with_suffix(f".{ending}")
            content = path.read_bytes() if path.is_file() else b""
            if not content.startswith(_BEGINNINGS[ending]):
                raise _failed(f"{name}: nothing was made of it")
            made[path.name] = content
    return made


@contextlib.contextmanager
def _desk() -> Iterator[Path]:
    """A folder for one run of LibreOffice and its profile, gone at the end."""
    with tempfile.TemporaryDirectory(prefix=_DESK, ignore_cleanup_errors=True) as folder:
        is_windows = os.name == "nt"  # where no open file can be renamed, nor deleted by others
        mark = Path(folder, _MARK if is_windows else "new")
        with mark.open("wb") as file:
            hold(file.fileno())
            if not is_windows:  # so that the mark is never seen unlocked
                mark.rename(mark.with_name(_MARK))
            yield Path(folder)


def _clear_desks() -> None:
    """Take out the folders that killed runs have left behind, each with its copies of documents."""
    for mark in Path(tempfile.gettempdir()).glob(f"{_DESK}*/{_MARK}"):
        if is_left(mark) and not mark.parent.is_symlink():
            with contextlib.suppress(OSError):
                mark.unlink()
                shutil.rmtree(mark.parent, ignore_errors=True)


def _all_rows_drawn(content: bytes) -> bytes:
    """A copy whose tables LibreOffice 7.4 lays out in full.

    Where the first rows below a repeated header may not part at a page end, it can drop all rows
    that follow; these alone may part in the copy.
    """
    root = body_of(content)
    for table in root.iter(f"{W}tbl"):
        rows = (
            row for row in table.iterchildren(f"{W}tr")
            if row.find(f"{W}trPr/{W}tblHeader") is None
        )  # fmt: skip
        for row in islice(rows, _MAY_PART):
            whole = row.find(f"{W}trPr/{W}cantSplit")
            if whole is not None:
                detach(whole)
    return with_body(content, root)


def _run(program: str, desk: Path, names: list[str], ending: str) -> None:
    """One run of LibreOffice, stopped with all that it started when it takes too long."""
    command = [
        program, f"-env:UserInstallation={(desk / 'profile').as_uri()}", "--headless",
        "--norestore", "--convert-to", ending, "--outdir", str(desk / "made"), *names,
    ]  # fmt: skip
    limit = _START_S + _EACH_S * len(names)
    try:
        run = subprocess.Popen(  # noqa: S603 - a program that the user installed, on our own files
            command, cwd=desk, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as fault:
        raise _failed(fault.strerror or type(fault).__name__) from fault
    try:
        code = run.wait(limit)
    except subprocess.TimeoutExpired as fault:
        raise _failed(f"no end after {limit} s") from fault
    finally:
        _stop(run)
    if code:
        raise _failed(f"exit code {code}")


def _stop(run: subprocess.Popen[bytes]) -> None:
    """End the program and, where the system groups them, all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(run.pid, signal.SIGKILL)
        elif run.poll() is None:
            run.kill()
    run.wait()


def _failed(detail: str) -> InputError:
    return InputError([problem(Code.LIBREOFFICE_FAILED, Origin("LibreOffice"), detail=detail)])


def asking(content: bytes) -> bytes | None:
    """A copy for the layout, whose fields ask for pages; None for a document without any.

    Args:
        content: A finished Word file.
    """
    root = body_of(content)
    lists = _lists(root)
    _add_fields(lists, root)
    if not any(one.kind == "PAGEREF" for one in read_fields(root)):
        return None
    for one in lists:
        # As a contents list LibreOffice would keep the words that are stored in it.
        opening, closing = chain_marks(one)
        for run in (*opening, closing):
            detach(run)
    for link in list(root.iter(f"{W}hyperlink")):
        if link.find(f".//{W}fldChar") is not None:
            for child in list(link):
                link.addprevious(child)
            detach(link)
    return with_body(content, root)


def answers(laid_out: bytes) -> Mapping[str, str]:
    """The page of every bookmark that the copy asked for.

    Args:
        laid_out: The copy as LibreOffice wrote it.
    """
    found = {}
    for one in read_fields(body_of(laid_out)):
        page = text_of(one.result).strip()
        if one.kind == "PAGEREF" and len(one.words) > 1 and page.isdecimal() and page != _UNKNOWN:
            found[one.words[1]] = page
    return found


def numbered(content: bytes, pages: Mapping[str, str]) -> bytes:
    """The document with page numbers at the right of its contents list.

    Args:
        content: The finished Word file.
        pages: Page by bookmark.
    """
    root = body_of(content)
    lists = _lists(root)
    _add_fields(lists, root)
    for one in lists:
        one.rewrite(_NO_NUMBERS.sub("", one.code))
    for one in read_fields(root):
        if one.kind == "PAGEREF" and len(one.words) > 1 and one.words[1] in pages:
            one.show(pages[one.words[1]])
    return reproducible(with_body(content, root))


def _lists(root: _Element) -> list[WordField]:
    return [one for one in read_fields(root) if one.kind == "TOC" and one.end is not None]


def _add_fields(lists: list[WordField], root: _Element) -> None:
    """Let every entry of the lists end in a tab and a field that asks for the page."""
    for one in lists:
        links = {
            link: None
            for run in one.result
            if (link := run.getparent()) is not None and link.tag == f"{W}hyperlink"
        }
        for link in links:
            _add_field(link, _text_width(root, link))


def _add_field(link: _Element, width: int) -> None:
    """One entry: tab stops and the field."""
    paragraph = ancestor(link, f"{W}p")
    properties = None if paragraph is None else paragraph.find(f"{W}pPr")
    if properties is None:
        return
    tabs = etree.Element(f"{W}tabs")
    if link.find(f"{W}r/{W}tab") is not None:
        level = value(properties, "pStyle")[-1:]
        room = _NUMBER_ROOM * (int(level) if level.isdecimal() else 1)
        etree.SubElement(tabs, f"{W}tab", {f"{W}val": "left", f"{W}pos": str(room)})
    right = {f"{W}val": "right", f"{W}leader": "dot", f"{W}pos": str(width)}
    etree.SubElement(tabs, f"{W}tab", right)
    # Behind the style, before spacing and indents: their order in the schema.
    properties.insert(1 if properties.find(f"{W}pStyle") is not None else 0, tabs)
    etree.SubElement(etree.SubElement(link, f"{W}r"), f"{W}tab")
    order = etree.Element(f"{W}r")
    etree.SubElement(order, f"{W}instrText").text = f" PAGEREF {link.get(f'{W}anchor', '')} \\h "
    for run in (
        field_mark("begin"),
        order,
        field_mark("separate"),
        new_run(_UNKNOWN),
        field_mark("end"),
    ):
        link.append(run)


def _text_width(root: _Element, element: _Element) -> int:
    """Width of a column of text where the element stands, in twentieths of a point."""
    is_after = False
    section = None
    for one in root.iter(element.tag, f"{W}sectPr"):
        is_after = is_after or one is element
        if is_after and one.tag == f"{W}sectPr":
            section = one
            break
    if section is None:
        return 9000
    page, margins, columns = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "cols"))
    width = _whole(page, "w") - _whole(margins, "left") - _whole(margins, "right")
    count = max(1, _whole(columns, "num"))
    return (width - (count - 1) * _whole(columns, "space")) // count


def _whole(element: _Element | None, name: str) -> int:
    text = "" if element is None else element.get(f"{W}{name}", "")
    return int(text) if text.isdecimal() else 0
