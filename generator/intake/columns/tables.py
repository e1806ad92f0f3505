"""Columns of tables that no planner fills, as `catalogue`, `reference` and `law` spell them; the texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.intake.columns.column import Column, Kind, Sheet
from generator.shipped import ENGLISH, LANGUAGES


def key(name: str, **more: Any) -> Column:
    """A text that every row has."""
    return replace(Column(name, required=True), **more)


def code(key: str, **more: Any) -> Column:
    """Text that the program reads and nobody prints."""
    return replace(Column(key), **more)


def codes(key: str, **more: Any) -> Column:
    """Several codes, parted by semicolons."""
    return replace(Column(key, Kind.CODES), **more)


def choice(key: str, choices: str, **more: Any) -> Column:
    """One word of a list."""
    return replace(Column(key, Kind.CHOICE, choices=choices, required=True), **more)


def number(key: str, **more: Any) -> Column:
    """A number."""
    return replace(Column(key, Kind.NUMBER), **more)


def flag(key: str, **more: Any) -> Column:
    """Yes or no."""
    return replace(Column(key, Kind.FLAG, required=True), **more)


def date(key: str, **more: Any) -> Column:
    """A day; laws are older than any plan."""
    return replace(Column(key, Kind.DATE, low=1700), **more)


def printed(key: str, **more: Any) -> Column:
    """Text that documents print, in every language."""
    return replace(Column(key, bilingual=True, printed=True), **more)


def table(key: str, *columns: Column, unique: tuple[str, ...] = ()) -> Sheet:
    """A table of the knowledge."""
    return Sheet(key, columns, required=True, unique=unique, is_knowledge=True)


CATEGORIES = "category"
SCOPE = codes("jurisdictions", refers_to="jurisdictions")
"""The legal orders, with all below them, in which a row exists; blank for everywhere."""
READ = choice("read_kind", "read_kind")
TERMS = (codes("argument"), codes("value"))
"""What a test of a closed list names; several words are parted by semicolons."""
FIELDS = table(
    "fields",
    key("path", unique=True),
    key("type"),
    printed("description", required=True),
    unique=("path",),
)

STRINGS = table(
    "strings",
    key("key", unique=True),
    *(code(language, kind=Kind.VERBATIM, required=language == ENGLISH) for language in LANGUAGES),
    code("note"),
    unique=("key",),
)
