"""The blank form, and marked copies of planners' workbooks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from generator.intake import (
    form_rows,
    input_names,
    load_knowledge,
    load_texts,
    marked_copy,
    write_form,
)
from generator.pipeline.files import ready, write
from generator.problems import InputError, Origin, problem
from generator.report import problem_text
from generator.settings import data_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Submission, Texts
    from generator.settings import Settings


def new_form(path: Path, language: str, settings: Settings, example: str | None = None) -> None:
    """Write the form, blank or filled in with a sample city.

    Raises:
        InputError: The file exists already or cannot be written, or there is no such sample.
    """
    if os.path.lexists(path):
        raise InputError([problem("RN-108", Origin(str(path)))])
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    samples = {book.stem: book for book in (data_root() / "inputs" / "regions").glob("*.xlsx")}
    if example and example not in samples:
        listed = ", ".join(sorted(samples))
        raise InputError([problem("RN-104", Origin("--example"), found=example, expected=listed)])
    rows = form_rows(samples[example], knowledge) if example else {}
    content = write_form(
        knowledge, load_texts(settings.strings, settings.built_in_strings), language, rows
    )
    ready(path.parent)
    write(path, content)


def annotate(
    settings: Settings, submission: Submission, texts: Texts, language: str, folder: str
) -> Iterator[Path]:
    """Write a marked copy of every workbook with problems; tables have none to mark."""
    target = Path(folder).absolute()
    ready(target)
    words = {
        key.removeprefix("marked."): text[language]
        for key, text in texts.table.items()
        if key.startswith("marked.")
    }
    written: set[str] = set()
    for path, name in input_names(settings.inputs).items():
        own = [found for found in submission.problems if found.origin.file == name]
        if path.is_dir() or not own:
            continue
        try:
            content = marked_copy(path, own, lambda one: problem_text(one, texts, language), words)
        except InputError:
            continue  # the file cannot be read at all; its problem has been reported
        whole = name.replace("/", "-")
        stem = whole.removesuffix(path.suffix)
        copy = target / f"{whole if stem.casefold() in written else stem}.marked.xlsx"
        written.add(stem.casefold())
        write(copy, content)
        yield copy
