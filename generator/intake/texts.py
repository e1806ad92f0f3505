"""The text table, one column per language, and the table of names that templates may use."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.check import read_records
from generator.intake.columns import FIELDS, STRINGS
from generator.intake.linked import duplicates
from generator.intake.tablefile import read_csv
from generator.language.forms import is_readable
from generator.model import Field, Texts
from generator.problems import KnowledgeError, Origin, Problem, errors, problem
from generator.shipped import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from generator.intake.records import Record

    _Table = Mapping[str, Mapping[str, str]]

_MOST_NAMED = 5
_COUNT = "count"
"""What is filled in each form of a plural, whether the form in English writes it or not."""
_OTHER = "other"
_FORMS = frozenset({"zero", "one", "two", "few", "many", _OTHER})
"""Ends of the keys of plural forms, as CLDR names them."""


def load_texts(path: Path, built_in: Path | None = None) -> Texts:
    """The text table, checked: every key in English, the same bare placeholders in every language.

    English stands in for what another language lacks; how often is counted.

    Args:
        path: The table, or a planner's own copy of it.
        built_in: The table that a copy was made from, perhaps of another version: it has what the
            copy lacks, and says which placeholders are filled.

    Raises:
        KnowledgeError: A text is missing in English, or its placeholders differ between the
            languages or reach into objects.
    """
    own = _read(path)
    if built_in is None or built_in == path:
        return _spoken(own, ())
    return _completed(own, _read(built_in), Origin(path.name))


def _read(path: Path) -> _Table:
    """Key to language to text, as far as there is one."""
    found = read_records(read_csv(path), STRINGS, {})
    problems = [*errors(found.problems), *duplicates(found.records, STRINGS)]
    for record in found.records:
        problems.extend(_placeholder_problems(record))
        problems.extend(_unreadable(record))
    if problems:
        raise KnowledgeError(problems)
    return {
        record.text("key"): {
            language: text.replace("\\n", "\n")
            for language in LANGUAGES
            if (text := record.text(language))
        }
        for record in found.records
    }


def _spoken(table: _Table, problems: tuple[Problem, ...]) -> Texts:
    """Every key in every language."""
    lacking = Counter(
        language for said in table.values() for language in LANGUAGES if language not in said
    )
    spoken = {
        key: {language: said.get(language) or _else(key, language, table) for language in LANGUAGES}
        for key, said in table.items()
    }
    return Texts(spoken, problems, lacking)


def _else(key: str, language: str, table: _Table) -> str:
    """What stands in for a text that a language lacks: its own general plural, else English."""
    stem, _, form = key.rpartition(".")
    general = table.get(f"{stem}.{_OTHER}", {}) if form in _FORMS else {}
    return general.get(language) or table[key][ENGLISH]


def _unreadable(record: Record) -> Iterable[Problem]:
    """Cells of rows that say how something is written, in another form than that."""
    key = record.text("key")
    for language in LANGUAGES:
        text = record.text(language)
        if text and not is_readable(key, text):
            example = record.text(ENGLISH)
            yield problem(Code.TEXT_UNREADABLE, record.at(language), found=text, example=example)


def _completed(own: _Table, shipped: _Table, origin: Origin) -> Texts:
    """A planner's copy with what it lacks, and one warning for each way in which it differs."""
    wrong = [
        key
        for key in own
        if key in shipped
        and not _placeholders(own[key]).issubset(
            _placeholders(shipped[key]) | ({_COUNT} if _is_form(key) else set())
        )
    ]  # fmt: skip
    differing = {
        Code.TEXTS_LACKING: [key for key in shipped if key not in own],
        Code.TEXTS_IDLE: [key for key in own if key not in shipped],
        Code.TEXTS_PLACEHOLDERS_UNKNOWN: wrong,
    }
    problems = tuple(
        problem(code, origin, "warning", count=len(keys), names=_first(keys))
        for code, keys in differing.items()
        if keys
    )
    kept = {key: {**shipped.get(key, {}), **own[key]} for key in own if key not in wrong}
    return _spoken({**shipped, **kept}, problems)


def _placeholders(text: Mapping[str, str]) -> set[str]:
    """The names that a text wants filled; they are the same in every language."""
    parts = string.Formatter().parse(text[ENGLISH])
    return {name for _, name, _, _ in parts if name is not None}


def _is_form(key: str) -> bool:
    return key.rpartition(".")[2] in _FORMS


def _first(keys: Sequence[str]) -> str:
    return ", ".join(keys[:_MOST_NAMED]) + (" …" if len(keys) > _MOST_NAMED else "")


def load_fields(path: Path) -> tuple[Field, ...]:
    """Every name that a template may use, described in every language.

    Raises:
        KnowledgeError: A description is missing or a path stands twice.
    """
    found = read_records(read_csv(path), FIELDS, {})
    problems = [*errors(found.problems), *duplicates(found.records, FIELDS)]
    if problems:
        raise KnowledgeError(problems)
    return tuple(
        Field(record.text("path"), record.text("type"), record.label("description"))
        for record in found.records
    )


def _placeholder_problems(record: Record) -> Iterable[Problem]:
    expected: set[str] | None = None
    free = {_COUNT} if _is_form(record.text("key")) else set()
    parse = string.Formatter().parse
    for language in LANGUAGES:
        text = record.text(language)
        if not text:
            continue
        try:
            parts = [
                f"{name}{spec or ''}{conversion or ''}"
                for _, name, spec, conversion in parse(text)
                if name is not None
            ]
        except ValueError as fault:
            yield problem(Code.PLACEHOLDERS_UNREADABLE, record.at(language), detail=fault)
            continue
        names = set(parts)
        if any(not name.isidentifier() for name in names):
            told = ", ".join(sorted(names))
            yield problem(Code.PLACEHOLDERS_UNREADABLE, record.at(language), detail=told)
        if expected is None:
            expected = names
        elif differing := (names ^ expected) - free:
            told = ", ".join(sorted(differing))
            yield problem(Code.PLACEHOLDERS_DIFFER, record.at(language), found=told)
