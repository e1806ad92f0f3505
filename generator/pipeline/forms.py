"""The blank form, and marked copies of planners' workbooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake import (
    form_rows,
    input_names,
    load_knowledge,
    load_texts,
    marked_copy,
    read_submission,
    write_form,
)
from generator.pipeline.files import ready, write
from generator.problems import InputError, Origin, Problem, errors, problem
from generator.report import problem_text
from generator.shipped import LANGUAGES, data_root

if TYPE_CHECKING:
    from generator.model import Knowledge, Submission, Texts
    from generator.settings import Settings


def new_form(
    path: Path,
    language: str,
    settings: Settings,
    example: str | None = None,
    jurisdiction: str | None = None,
    former: Path | None = None,
) -> tuple[tuple[Problem, ...], str]:
    """Write the form: blank, filled in with a sample city, or with the rows of another workbook.

    Args:
        path: The new workbook.
        language: The language of the form; empty for that of the other workbook.
        settings: Where catalogue and texts stand.
        example: A sample city whose rows are filled in.
        jurisdiction: Whose columns and help the form shows; else that of the sample, or the one
            where the language is at home.
        former: A workbook, perhaps of an older form, whose rows are filled in.

    Returns:
        What was noticed in that workbook, and the language of the form.

    Raises:
        InputError: The name is none for a new workbook, or there is no such sample or jurisdiction,
            or the other workbook has errors: what was refused would be missing from the new one.
    """
    if fault := _unusable(path):
        raise InputError([fault])
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    samples = {book.stem: book for book in (data_root() / "inputs" / "regions").glob("*.xlsx")}
    if example and example not in samples:
        listed = ", ".join(sorted(samples))
        raise InputError(
            [problem(Code.VALUE_UNKNOWN, Origin("--example"), found=example, expected=listed)]
        )
    if jurisdiction and jurisdiction not in knowledge.jurisdictions:
        listed = ", ".join(knowledge.jurisdictions)
        origin = Origin("--jurisdiction")
        raise InputError([problem(Code.VALUE_UNKNOWN, origin, found=jurisdiction, expected=listed)])
    noticed: tuple[Problem, ...] = ()
    if former:
        found = read_submission([former], knowledge, is_check=True)
        if wrong := errors(found.problems):
            raise InputError(wrong)
        language = language or found.language
        # The first remedy for an older form is what is being done.
        noticed = tuple(one for one in found.problems if one.code != Code.FORM_OLDER)
    source = former or (samples[example] if example else None)
    rows, beside = form_rows(source, knowledge) if source else ({}, {})
    own = {str(row["jurisdiction"]) for row in rows.get("region", ())}
    place = jurisdiction or (own.pop() if len(own) == 1 else _at_home(language, knowledge))
    texts = load_texts(settings.strings, settings.built_in_strings)
    ready(path.parent)
    write(path, write_form(knowledge, texts, language, rows, place, beside))
    return noticed, language


def _at_home(language: str, knowledge: Knowledge) -> str:
    """The jurisdiction whose laws alone are in a language; empty, what all share, for several."""
    orders = knowledge.jurisdictions.values()
    found = [one.code for one in orders if one.language == language and not one.parents]
    return found[0] if len(found) == 1 else ""


def _unusable(path: Path) -> Problem | None:
    """Why no form can be made under a name: one reason, the first that holds."""
    origin = Origin(str(path))
    if path.is_dir():
        return problem(Code.FORM_IS_FOLDER, origin, example=str(path / "region.xlsx"))
    if path.suffix.lower() != ".xlsx":
        stem = path.stem.strip(".") if path.stem.lower() != ".xlsx" else ""
        example = f"{stem or 'region'}.xlsx"
        return problem(Code.FORM_NAME_WRONG, origin, found=path.name, example=example)
    if os.path.lexists(path):
        return problem(Code.FILE_EXISTS, origin)
    if not path.parent.is_dir():
        return problem(Code.FORM_FOLDER_MISSING, origin, found=path.parent)
    return None


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
    words["header"] = f"header_{LANGUAGES[language]}"
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
