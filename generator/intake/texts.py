"""The text table, one column per language, and the table of names that templates may use."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from generator.intake.check import duplicates, read_records
from generator.intake.columns import FIELDS, STRINGS
from generator.intake.tablefile import read_csv
from generator.model import LANGUAGES, Field, Texts
from generator.problems import KnowledgeError, Problem, errors, problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.intake.check import Record


def load_texts(path: Path) -> Texts:
    """The text table, checked: every key in every language, with the same bare placeholders.

    Raises:
        KnowledgeError: A text is missing, or its placeholders differ or reach into objects.
    """
    found = read_records(read_csv(path), STRINGS, {})
    problems = [*errors(found.problems), *duplicates(found.records, STRINGS)]
    for record in found.records:
        problems.extend(_placeholder_problems(record))
    if problems:
        raise KnowledgeError(problems)
    table = {
        record.text("key"): {
            language: record.text(language).replace("\\n", "\n") for language in LANGUAGES
        }
        for record in found.records
    }
    return Texts(table)


def load_fields(path: Path) -> tuple[Field, ...]:
    """Every name that a template may use, described in both languages.

    Raises:
        KnowledgeError: A description is missing or a path stands twice.
    """
    found = read_records(read_csv(path), FIELDS, {})
    problems = [*errors(found.problems), *duplicates(found.records, FIELDS)]
    if problems:
        raise KnowledgeError(problems)
    return tuple(
        Field(*(record.text(key) for key in ("path", "type", "description_en", "description_zh")))
        for record in found.records
    )


def _placeholder_problems(record: Record) -> Iterable[Problem]:
    expected: set[str] | None = None
    for language in LANGUAGES:
        cell = record.at(language)
        try:
            parts = [
                f"{name}{spec or ''}{conversion or ''}"
                for _, name, spec, conversion in string.Formatter().parse(record.text(language))
                if name is not None
            ]
        except ValueError as fault:
            yield problem("KN-107", cell, detail=fault)
            continue
        names = set(parts)
        if any(not name.isidentifier() for name in names):
            yield problem("KN-107", cell, detail=", ".join(sorted(names)))
        if expected is None:
            expected = names
        elif names != expected:
            yield problem("KN-108", cell, found=", ".join(sorted(names ^ expected)))
