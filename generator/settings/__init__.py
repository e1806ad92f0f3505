"""Settings: flags over environment over briefs.toml over defaults, one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.codes import Code
from generator.problems import InputError, Origin, Problem, printable, problem
from generator.settings.declared import COMPARISON, DOCUMENTS, SETTINGS, TABLE
from generator.settings.given import file_values, read_settings
from generator.settings.target import address_problems, is_address
from generator.shipped import ENGLISH, data_root, texts

MAIL = "mail"
"""The fields that only the mail has, and the beginning of its templates' names."""
TABLES = (".csv", ".parquet")
"""Endings of table files; a folder of them is one input."""
WORKBOOKS = (".xlsx", ".xlsm")
_MOST_NAMED = 8
"""Names of files in a message."""
REGION_TABLES = ("region", *texts().get("sheet.region", {}).values())
"""Names of the table that makes a folder of tables one input."""


class Settings(Struct, frozen=True):
    """What one run does; every path is absolute."""

    inputs: tuple[Path, ...]
    out: Path
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    as_of: date
    draws: int
    """How often inputs and weights are drawn."""
    seed: int
    templates: Path | None
    """A folder that may replace some of the templates; the rest come from the package."""
    rules: Path
    catalogue: Path
    pdf: bool = False
    """Whether every document is also made as a PDF, by LibreOffice."""
    paginate: bool = False
    """Whether contents lists carry page numbers, from LibreOffice's layout."""
    verify: bool = False
    """Whether every finished document is looked through for what shuts a reader out."""
    previous: Path | None = None
    """The output folder of an earlier run, whose results the documents compare these with."""
    jobs: int = 1
    """How many regions are built at a time, each by a process of its own."""
    scheduler: str = ""
    """Address of the Dask scheduler whose workers build the regions; empty for this machine."""
    force: bool = False
    """Whether what has not changed is made anew all the same."""
    folders: tuple[Path, ...] = ()
    """Folders whose workbooks are inputs, so that what else lies there can be named."""
    address: str = ""
    """The URL that gets a copy of what is built; empty for none. It may hold a user's name."""

    def template(self, document: str, language: str) -> Path:
        """The template of a document: the planner's copy where there is one."""
        return self._in(language, f"{document}.docx")

    def mail_template(self, name: str, language: str) -> Path:
        """A template of the mail by its file name: the planner's copy where there is one."""
        return self._in(language, name)

    def _in(self, language: str, name: str) -> Path:
        """A template in a language; the English one where the language has none."""
        own = self._chosen(f"{language}/{name}")
        return own if own.is_file() else self._chosen(f"{ENGLISH}/{name}")

    @property
    def strings(self) -> Path:
        """The text table: the planner's copy where there is one."""
        return self._chosen("strings.csv")

    @property
    def built_in_strings(self) -> Path:
        """The text table of the package, which has every text."""
        return data_root() / "templates" / "strings.csv"

    def _chosen(self, name: str) -> Path:
        own = self.templates / name if self.templates else None
        return own if own and own.is_file() else data_root() / "templates" / name


def load_settings(
    flags: Mapping[str, object], today: date, environment: Mapping[str, str] | None = None
) -> Settings:
    """One frozen value from all four places.

    Args:
        flags: Command-line values by setting; None or empty means not given.
        today: The default as-of date.
        environment: `BRIEFS_OUT`, `BRIEFS_AS_OF` …; the process's own when None.

    Raises:
        InputError: A value cannot be used; every problem is listed.
    """
    address = str(flags.get("out") or "")
    if is_address(address):
        # The folder that is published is the one that would be taken without --out.
        flags = {**flags, "out": None}
    values, problems = read_settings(SETTINGS, flags, environment, file_values())
    problems += address_problems(address) if is_address(address) else ()
    previous = values.get("previous")
    if previous and previous.resolve() == values["out"].resolve():
        problems.append(problem(Code.PREVIOUS_IS_OUT, Origin("--previous"), found=previous))
    inputs, opened = _inputs(flags.get("paths"))
    problems += [
        _none_there(path) for path in inputs if not path.is_file() and not is_table_folder(path)
    ]
    if problems:
        raise InputError(problems)
    root = data_root() / "inputs"
    return Settings(
        inputs=inputs,
        out=values["out"],
        languages=values["lang"],
        documents=values["document"],
        as_of=values["as_of"] or today,
        draws=values["draws"],
        seed=values["seed"],
        templates=values["templates"],
        rules=values["rules"] or root / "rules",
        catalogue=values["catalogue"] or root / "catalogue",
        pdf=values["pdf"],
        paginate=values["paginate"],
        verify=values["verify"],
        previous=values["previous"],
        jobs=values["jobs"] or cores(),
        scheduler=values["scheduler"],
        force=bool(flags.get("force")),
        folders=opened,
        address=address if is_address(address) else "",
    )


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _inputs(value: object) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The given workbooks and table folders, the workbooks of a given folder, or the samples.

    Returns:
        The inputs, and the folders whose workbooks are among them.
    """
    given = (
        [Path(str(item)).absolute() for item in value] if isinstance(value, list | tuple) else []
    )
    if not given:
        given = [data_root() / "inputs" / "regions"]
    found: list[Path] = []
    opened = [path for path in given if path.is_dir() and not is_table_folder(path)]
    for path in given:
        found += (_books(path) or [path]) if path in opened else [path]
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(opened))


def _none_there(path: Path) -> Problem:
    """A place without a workbook, and what it holds instead."""
    if not path.is_dir():
        return problem(Code.NO_FILE, Origin(str(path)))
    names = [f"{printable(one.name)}{'/' * one.is_dir()}" for one in sorted(path.iterdir())]
    shown = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return problem(Code.NO_WORKBOOK_THERE, Origin(str(path)), files=shown or "–")


def _books(folder: Path) -> list[Path]:
    """The workbooks of a folder, without the lock files of open ones."""
    return sorted(path for path in folder.iterdir() if _is_of(path, WORKBOOKS))


def is_table(file: Path) -> bool:
    """Whether a file is a table of a folder, and not hidden."""
    return _is_of(file, TABLES)


def is_table_folder(path: Path) -> bool:
    """Whether a folder holds tables, which together are one input; workbooks beside them do not."""
    if not path.is_dir():
        return False
    tables = [file for file in path.iterdir() if is_table(file)]
    has_region = any(file.stem.casefold() in REGION_TABLES for file in tables)
    return has_region or (bool(tables) and not _books(path))


def _is_of(file: Path, endings: tuple[str, ...]) -> bool:
    return file.suffix.lower() in endings and not file.name.startswith((".", "~$"))
