"""Files that lie in an input's folder and are not read: each kind is named, with the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.columns import FORM
from generator.intake.words import folded, near
from generator.problems import Origin, Problem, printable, problem
from generator.settings import TABLES, WORKBOOKS, is_table_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHEETS = frozenset({
    ".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".ods", ".fods", ".numbers", ".wps",
    ".sxc", ".dif", ".slk", ".mdb", ".accdb", ".dbf",
})  # fmt: skip
_TEXTS = frozenset({".tsv", ".txt", ".json", ".tab", ".xml", ".geojson", ".feather", ".jsonl"})
_IGNORED = frozenset({"thumbs.db", "desktop.ini", "icon\r", "__macosx"})
"""What systems leave behind; nobody put it there."""
_MOST = 8


def beside_problems(folder: Path) -> Iterator[Problem]:
    """One problem for each kind of file that is not read.

    Args:
        folder: A folder of workbooks, each an input, or of tables that together are one.
    """
    is_tables = is_table_folder(folder)
    kinds: dict[str, list[str]] = {}
    for file in sorted(folder.iterdir()):
        name, suffix = printable(file.name), file.suffix.lower()
        if name.startswith((".", "~$")) or name.lower() in _IGNORED:
            continue
        if file.is_dir():
            kinds.setdefault("other", []).append(f"{name}/")
        elif suffix not in (TABLES if is_tables else WORKBOOKS):
            kinds.setdefault(_kind(suffix), []).append(name)
    for kind, names in kinds.items():
        is_lost = is_tables and any(_is_sheet(name) for name in names)
        shown = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
        yield problem(
            Code.FILES_NOT_READ, Origin(printable(folder.name)), "error" if is_lost else "warning",
            files=shown, count=len(names), remedy=kind,
        )  # fmt: skip


def _kind(suffix: str) -> str:
    """A key below `unread.` of the text table."""
    if suffix in WORKBOOKS:
        return "workbooks"
    if suffix in _SHEETS:
        return "sheets"
    return "tables" if suffix in _TEXTS or suffix in TABLES else "other"


def _is_sheet(name: str) -> bool:
    """Whether a file is called like a sheet of the form, so that its rows would be missed."""
    stem = folded(name.rpartition(".")[0])
    words = [
        folded(word)
        for sheet in FORM
        for word in (sheet.key, *(text for _, text in sheet.label.texts))
    ]
    return stem in words or bool(near(stem, words))
