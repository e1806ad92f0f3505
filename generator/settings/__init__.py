"""Settings: flags over environment over briefs.toml over defaults, one frozen value."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.problems import InputError, Origin, Problem, printable, problem
from generator.shipped import ENGLISH, LANGUAGES, data_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.problems import Problem

COMPARISON = "comparison"
"""The document that a run makes once, of two or more regions, and the fields that only it has."""
TABLE = "regions.csv"
"""The table across regions for programs, which stands for its Parquet twin as well."""
MAIL = "mail"
"""The fields that only the mail has, and the beginning of its templates' names."""
DOCUMENTS = ("leadership-brief", "planning-brief", "annex", COMPARISON)
TABLES = (".csv", ".parquet")
"""Endings of table files; a folder of them is one input."""
WORKBOOKS = (".xlsx", ".xlsm")
_MOST_NAMED = 8
"""Names of files in a message."""
REGION_TABLES = ("region", "地区")
"""Names of the table that makes a folder of tables one input."""
SETTINGS_FILE = "briefs.toml"
_KEYS = (
    "out", "lang", "document", "as_of", "draws", "seed", "jobs", "pdf", "paginate", "verify",
    "templates", "rules", "catalogue",
)  # fmt: skip
_TABLES = ("mail",)
"""Tables of the settings file that other commands read."""
_WHOLE = {"draws": (10_000, 100, 1_000_000), "seed": (1, 0, 2**63 - 1), "jobs": (0, 1, 1_024)}
"""Settings that are whole numbers: default (for jobs the cores there are), least, greatest."""
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Settings:
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
    jobs: int = 1
    """How many regions are built at a time, each by a process of its own."""
    force: bool = False
    """Whether what has not changed is made anew all the same."""
    folders: tuple[Path, ...] = ()
    """Folders whose workbooks are inputs, so that what else lies there can be named."""

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
    environment = os.environ if environment is None else environment
    known = file_values()
    chosen: dict[str, object] = {}
    for key in _KEYS:
        given = (flags.get(key), environment.get(f"BRIEFS_{key.upper()}"), known.get(key))
        # A seed of 0 is a value; an empty text is none.
        chosen[key] = next((value for value in given if value or value == 0), None)
    problems = [
        problem("RN-104", Origin(name), found=value, expected=", ".join(allowed))
        for name, allowed in (("--lang", tuple(LANGUAGES)), ("--document", DOCUMENTS))
        for value in listed(chosen[name[2:]])
        if value not in allowed
    ]
    as_of = _date(chosen["as_of"], today)
    if as_of is None:
        problems.append(problem("RN-103", Origin("--as-of"), found=chosen["as_of"]))
    numbers = {key: _whole(chosen[key], *limits) for key, limits in _WHOLE.items()}
    problems += [
        problem("RN-104", Origin(f"--{key}"), found=chosen[key], expected=_span(key))
        for key, number in numbers.items()
        if number is None
    ]
    flagged = {key: _flag(chosen[key]) for key in ("pdf", "paginate", "verify")}
    problems += [
        problem("RN-104", Origin(f"--{key}"), found=chosen[key], expected="true, false")
        for key, flag in flagged.items()
        if flag is None
    ]
    folders = {key: _folder(chosen[key]) for key in ("templates", "rules", "catalogue")}
    problems += [
        problem("RN-102", Origin(f"--{key}"), found=path)
        for key, path in folders.items()
        if path and not path.is_dir()
    ]
    inputs, opened = _inputs(flags.get("paths"))
    problems += [
        _none_there(path) for path in inputs if not path.is_file() and not is_table_folder(path)
    ]
    if problems or as_of is None:
        raise InputError(problems)
    root = data_root() / "inputs"
    return Settings(
        inputs=inputs,
        out=Path(str(chosen["out"] or "out")).absolute(),
        languages=tuple(listed(chosen["lang"])) or tuple(LANGUAGES),
        documents=tuple(listed(chosen["document"])) or DOCUMENTS,
        as_of=as_of,
        draws=numbers["draws"] or 0,
        seed=numbers["seed"] or 0,
        templates=folders["templates"],
        rules=folders["rules"] or root / "rules",
        catalogue=folders["catalogue"] or root / "catalogue",
        pdf=bool(flagged["pdf"]),
        paginate=bool(flagged["paginate"]),
        verify=bool(flagged["verify"]),
        jobs=numbers["jobs"] or cores(),
        force=bool(flags.get("force")),
        folders=opened,
    )


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def file_values() -> Mapping[str, object]:
    """What the settings file says.

    Raises:
        InputError: The file cannot be read or holds a name that means nothing.
    """
    path = Path(SETTINGS_FILE)
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise InputError([problem("RN-105", Origin(SETTINGS_FILE), detail=fault)]) from fault
    if unknown := [*unknown_keys(values, (*_KEYS, *_TABLES))]:
        raise InputError(unknown)
    return values


def unknown_keys(values: Iterable[str], known: Sequence[str], table: str = "") -> Iterator[Problem]:
    """A problem for every name of the settings file that means nothing."""
    origin = Origin(SETTINGS_FILE, table)
    for key in values:
        if key not in known:
            yield problem("RN-106", origin, found=key, expected=", ".join(known))


def listed(value: object) -> Sequence[str]:
    """The texts of a list, or of one text with commas."""
    if not value:
        return ()
    items = value.split(",") if isinstance(value, str) else value
    return [str(item).strip() for item in items] if isinstance(items, list | tuple) else ()


def _date(value: object, today: date) -> date | None:
    if not value:
        return today
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _whole(value: object, default: int, least: int, greatest: int) -> int | None:
    """A whole number within its limits, the default where none is given; None for anything else."""
    if value is None or value == "":
        return default
    text = str(value)
    number = int(text) if text.isdecimal() and len(text) <= len(str(greatest)) else -1
    return number if least <= number <= greatest else None


def _flag(value: object) -> bool | None:
    """Yes or no, no where nothing is given; None for anything else."""
    return False if value is None or value == "" else _FLAGS.get(str(value).strip().lower())


def _span(key: str) -> str:
    _, least, greatest = _WHOLE[key]
    return f"{least}–{greatest}"


def _folder(value: object) -> Path | None:
    return Path(str(value)).absolute() if value else None


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
        return problem("RN-101", Origin(str(path)))
    names = [f"{printable(one.name)}{'/' * one.is_dir()}" for one in sorted(path.iterdir())]
    shown = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return problem("RN-109", Origin(str(path)), files=shown or "–")


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
