"""What was given for the settings: flags over environment over briefs.toml, checked as declared."""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.codes import Code
from generator.problems import InputError, Origin, Problem, problem
from generator.settings.declared import MAIL_SETTINGS, SETTINGS, Kind, Setting
from generator.settings.target import is_address, shown

SETTINGS_FILE = "briefs.toml"
_NOTHING = (None, "")
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def read_settings(
    declared: Sequence[Setting],
    flags: Mapping[str, object],
    environment: Mapping[str, str] | None,
    file: Mapping[str, object],
) -> tuple[dict[str, Any], list[Problem]]:
    """The value of every setting, and what cannot be used.

    Args:
        declared: The settings.
        flags: Command-line values by setting; None or empty means not given.
        environment: Variables; the process's own when None.
        file: What the settings file says, or the table of it that holds these settings.

    Returns:
        Setting to value of its kind, the declared default where nothing is given (None where that is
        empty and the kind has no empty value), and a problem for every value that is wrong.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting in declared:
        found = (flags.get(setting.key), environment.get(setting.variable), file.get(setting.key))
        # A seed of 0 is a value; an empty text is none.
        place, given = next(
            (one for one in zip(_places(setting), found, strict=True) if one[1] not in _NOTHING),
            (Origin(setting.flag), None),
        )
        fault: Problem | None = None
        try:
            values[setting.key] = _READERS[setting.kind](setting, given)
        except ValueError:
            fault = _wrong(setting, given, place)
        problems += [fault] if fault else []
    return values, problems


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
        raise InputError(
            [problem(Code.SETTINGS_UNREADABLE, Origin(SETTINGS_FILE), detail=fault)]
        ) from fault
    known = [one.key for one in SETTINGS]
    if unknown := [*unknown_keys(values, (*known, *{one.table for one in MAIL_SETTINGS}))]:
        raise InputError(unknown)
    return values


def unknown_keys(values: Iterable[str], known: Sequence[str], table: str = "") -> Iterator[Problem]:
    """A problem for every name of the settings file that means nothing."""
    origin = Origin(SETTINGS_FILE, table)
    for key in values:
        if key not in known:
            yield problem(Code.SETTING_UNKNOWN, origin, found=key, expected=", ".join(known))


def listed(value: object) -> Sequence[str]:
    """The texts of a list, or of one text with commas."""
    if not value:
        return ()
    items = value.split(",") if isinstance(value, str) else value
    return [str(item).strip() for item in items] if isinstance(items, list | tuple) else ()


def _places(setting: Setting) -> tuple[Origin, Origin, Origin]:
    """What messages call the flag, the variable and the entry of the settings file."""
    name = f"[{setting.table}] {setting.key}" if setting.table else setting.key
    return Origin(setting.flag), Origin(setting.variable), Origin(SETTINGS_FILE, name)


def _wrong(setting: Setting, given: object, origin: Origin) -> Problem:
    """What a message says of a value that its kind does not take, where it was given."""
    if setting.kind is Kind.TARGET:
        return problem(Code.ADDRESS_ELSEWHERE, origin, found=shown(str(given)))
    if setting.kind is Kind.DATE:
        return problem(Code.NO_DATE, origin, found=given)
    if setting.kind is Kind.FOLDER:
        return problem(Code.NO_FOLDER, origin, found=Path(str(given)).absolute())
    if setting.kind is Kind.FILE:
        return problem(Code.NO_FILE, Origin(str(Path(str(given)).absolute())))
    found = given
    if setting.kind is Kind.LINE:
        found = str(given).encode("unicode_escape").decode() if _is_broken(given) else given
    if setting.kind is Kind.LIST and setting.allowed:
        found = ", ".join(one for one in listed(given) if one not in setting.allowed)
    return problem(
        Code.VALUE_UNKNOWN, origin, found=found, expected=setting.bounds,
        cause=_cause(setting, given), most=f"{setting.greatest or 0:g}",
    )  # fmt: skip


def _cause(setting: Setting, given: object) -> str:
    """Which sentence tells of a value that is none of a setting's."""
    if setting.kind in {Kind.WHOLE, Kind.NUMBER}:
        return "span"
    if setting.kind is not Kind.LINE or setting.allowed:
        return ""
    return "length" if setting.greatest and not _is_broken(given) else "line"


def _is_broken(given: object) -> bool:
    """Whether a text is more than a line."""
    return not str(given).isprintable()


def _line(setting: Setting, given: object) -> str:
    if given is None:
        return str(setting.default)
    text = str(given).strip()
    # A campaign may be called 2026.
    is_text = isinstance(given, str | int) and not isinstance(given, bool)
    is_long = bool(setting.greatest) and len(text) > setting.greatest
    if not is_text or not text.isprintable() or is_long:
        raise ValueError(text)
    if setting.allowed and text not in setting.allowed:
        raise ValueError(text)
    return text


def _list(setting: Setting, given: object) -> tuple[str, ...]:
    # A list read as none would let mail go anywhere.
    items = given if isinstance(given, list | tuple) else [given]
    if given is not None and not all(isinstance(one, str) for one in items):
        raise ValueError(given)
    found = tuple(listed(given))
    if setting.allowed and not set(found) <= set(setting.allowed):
        raise ValueError(given)
    return found or setting.allowed


def _date(_: Setting, given: object) -> date | None:
    return None if given is None else date.fromisoformat(str(given))


def _number(setting: Setting, given: object) -> float | None:
    if given is None:
        return None if setting.default == "" else float(setting.default)
    text = str(given)
    number = float(text)
    if not math.isfinite(number) or not setting.least <= number <= setting.greatest:
        raise ValueError(text)
    return number


def _whole(setting: Setting, given: object) -> int | None:
    if given is None:
        return None if setting.default == "" else int(setting.default)
    text = str(given)
    # Not by way of a float: a seed may have more digits than one holds.
    number = int(text) if text.isdecimal() and len(text) <= len(str(setting.greatest)) else -1
    if not setting.least <= number <= setting.greatest:
        raise ValueError(text)
    return number


def _flag(_: Setting, given: object) -> bool:
    if given is None:
        return False
    word = str(given).strip().lower()
    if word not in _FLAGS:
        raise ValueError(word)
    return _FLAGS[word]


def _target(setting: Setting, given: object) -> Path:
    # An address is for the command line alone: a file in a folder of others must not choose where
    # documents go.
    if is_address(given):
        raise ValueError(given)
    return Path(str(given or setting.default)).absolute()


def _folder(_: Setting, given: object) -> Path | None:
    if given is None:
        return None
    path = Path(str(given)).absolute()
    if not path.is_dir():
        raise ValueError(path)
    return path


def _file(_: Setting, given: object) -> Path | None:
    if given is None:
        return None
    path = Path(str(given)).absolute()
    if not path.is_file():
        raise ValueError(path)
    return path


_READERS = {
    Kind.LINE: _line, Kind.LIST: _list, Kind.DATE: _date, Kind.WHOLE: _whole, Kind.NUMBER: _number,
    Kind.FLAG: _flag, Kind.TARGET: _target, Kind.FOLDER: _folder, Kind.FILE: _file,
}  # fmt: skip
"""Each raises ValueError for a value that it does not take."""
