"""What ships with the program: where it lies, and the languages that its text table has.

A language is a column of `templates/strings.csv`; nothing else names them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"
"""Stands in for what another language lacks."""
_BESIDE = ("key", "note")
"""Columns of the text table that hold no language."""


def data_root() -> Path:
    """The folder that holds templates, catalogue, rules and sample regions, installed or not."""
    package = Path(__file__).parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent


def _languages() -> Mapping[str, str]:
    path = data_root() / "templates" / "strings.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heads = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError):
        heads = []  # whoever needs the table says what is wrong with it
    found = {ENGLISH: ENGLISH}
    for tag in heads:
        if tag not in (*_BESIDE, *found):
            short = tag.partition("-")[0]
            found[tag] = short if short not in found.values() else tag.replace("-", "_")
    return found


LANGUAGES: Mapping[str, str] = _languages()
"""Languages of documents, English first, to the ending of their columns: `zh-CN` to the `zh` of
`name_zh`; the whole tag where two languages share its first part."""


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
