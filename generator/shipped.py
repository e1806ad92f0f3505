"""What ships with the program: where it lies, and the languages that its text table has.

A language is a column of `templates/strings.csv`; nothing else names them. The words of the command
line and of the form come from it as it ships: a planner's own copy is for the documents.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ENGLISH = "en"
"""Stands in for what another language lacks."""
_BESIDE = ("key", "note")
"""Columns of the text table that hold no language."""


def data_root() -> Path:
    """The folder that holds templates, catalogue, rules and sample regions, installed or not."""
    package = Path(__file__).parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent


def _text_rows() -> list[list[str]]:
    path = data_root() / "templates" / "strings.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    except (OSError, UnicodeDecodeError):
        return []  # whoever needs the table says what is wrong with it


def _languages(heads: Sequence[str]) -> Mapping[str, str]:
    found = {ENGLISH: ENGLISH}
    for tag in heads:
        if tag not in (*_BESIDE, *found):
            short = tag.partition("-")[0]
            found[tag] = short if short not in found.values() else tag.replace("-", "_")
    return found


_ROWS = _text_rows()
LANGUAGES: Mapping[str, str] = _languages(_ROWS[0] if _ROWS else ())
"""Languages of documents, English first, to the ending of their columns: `zh-CN` to the `zh` of
`name_zh`; the whole tag where two languages share its first part."""


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The text table as it ships: key to language to text, English where a language has none.

    What stands here is not checked; a key that is not there is missing from the mapping.
    """
    heads = _ROWS[0] if _ROWS else []
    found: dict[str, Mapping[str, str]] = {}
    for row in _ROWS[1:]:
        cells = dict(zip(heads, row, strict=False))
        english = cells.get(ENGLISH, "")
        found[cells.get("key", "")] = {
            tag: (cells.get(tag) or english).replace("\\n", "\n") for tag in LANGUAGES
        }
    return found


@cache
def language_names() -> Mapping[str, Mapping[str, str]]:
    """Language to what it is called in each language, as far as the catalogue's list says."""
    path = data_root() / "inputs" / "catalogue" / "choices.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["list"] == "language"]
    return {
        row["value"]: {
            tag: row.get(f"label_{ending}") or row[f"label_{ENGLISH}"]
            for tag, ending in LANGUAGES.items()
        }
        for row in rows
    }
