"""What the people need who change the templates of documents and mails."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator.codes import Code
from generator.intake import load_knowledge, load_texts, read_submission
from generator.model import Brief, Document, Errand, Field, Item, Knowledge, Mailbox, Region, Texts
from generator.pipeline.consign import consign, consign_comparison
from generator.pipeline.files import ready, write
from generator.pipeline.reading import declared_fields
from generator.problems import InputError, Origin, Problem, problem
from generator.report import available, compare, described, problem_text, report
from generator.settings import COMPARISON, MAIL, Settings
from generator.shipped import data_root

_SAMPLE = "qingdao"
"""The city whose values are the examples of `template fields`."""
_FEW_DRAWS = 300
"""Enough for examples; how sure the results are does not matter there."""
_OF_MAIL = (".html", ".txt")


def template_fields(settings: Settings, language: str) -> tuple[Field, ...]:
    """Every name that a template may use, with examples from the sample cities."""
    from generator.analysis import assess, summarise  # noqa: PLC0415 - as in build_region

    samples = sorted((data_root() / "inputs" / "regions").glob("*.xlsx"))
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    texts = load_texts(settings.strings, settings.built_in_strings)
    found = {
        region.code: assess(region, knowledge, settings.as_of, draws=_FEW_DRAWS, seed=settings.seed)
        for region in read_submission(samples, knowledge).regions
    }
    summaries = [summarise(one, knowledge) for one in found.values()]
    briefs = (
        report(found[_SAMPLE], knowledge, texts, language),
        compare(summaries, (), settings.as_of, knowledge, texts, language),
    )
    mail = _sample_mail(briefs, found[_SAMPLE].region, knowledge, settings.as_of)
    return described(declared_fields(), (*briefs, mail))


def _sample_mail(
    briefs: Sequence[Brief], region: Region, knowledge: Knowledge, as_of: date
) -> Brief:
    """The names of a mail that brings a sample city's leadership brief and the comparison."""
    from generator.delivery.body import mail_fields  # noqa: PLC0415 - only wanted here

    language = briefs[0].language
    own, all_of_them = ({language: brief} for brief in briefs)
    files = [
        Document(f"{name}.{language}.docx", language, b"")
        for name in ("leadership-brief", COMPARISON)
    ]
    sent = consign(region, own, files[:1], knowledge, as_of)
    parts = (sent, consign_comparison([sent], all_of_them, files[1:], knowledge, as_of))
    items = tuple(Item(one.region, one.enclosures[0], region.origin) for one in parts)
    letters = {one.region: one.letters[language] for one in parts}
    reader = next((one.name.text(language) for one in region.recipients), "")
    errand = Errand(Mailbox("", "", ""), reader, language, region.origin, items, letters, ())
    return Brief(language, {MAIL: mail_fields(errand, items, 1, 1)}, {})


def check_template(path: Path, settings: Settings) -> tuple[Texts, list[Problem]]:
    """The text table, and every fault of a template, which may have any name."""
    from generator.delivery.lint import lint_mail  # noqa: PLC0415 - jinja is a tenth of a second that builds spare
    from generator.word.checks import check  # noqa: PLC0415 - likewise
    from generator.word.lint import lint  # noqa: PLC0415 - likewise

    fields = declared_fields()
    texts = load_texts(settings.strings, settings.built_in_strings)
    if is_of_mail(path):
        return texts, lint_mail(path, available(fields, MAIL))
    found = lint(path, available(fields, path.stem))
    # Of a file that cannot be read nobody can say how it reads.
    unread = {one.code for one in found} & {Code.TEMPLATE_UNUSABLE, Code.PART_TOO_LARGE}
    if unread:
        return texts, found
    name = f"{path.parent.name}/{path.name}"
    return texts, [*found, *check(path.read_bytes(), texts, name, is_template=True)]


def is_of_mail(path: Path) -> bool:
    """Whether a template is one of the mail, which are plain text and HTML."""
    return path.suffix.lower() in _OF_MAIL


def annotate_template(
    path: Path, problems: Sequence[Problem], texts: Texts, language: str, folder: Path
) -> Path | None:
    """Write a copy with a Word comment at every fault; None of a mail's or if it cannot be read."""
    from generator.word.lint import annotated  # noqa: PLC0415 - only wanted when asked for

    if (
        not problems
        or is_of_mail(path)
        or any(found.code == Code.TEMPLATE_UNUSABLE for found in problems)
    ):
        return None
    ready(folder)
    content = annotated(path, problems, lambda one: problem_text(one, texts, language))
    copy = folder / f"{path.stem}.marked.docx"
    write(copy, content)
    return copy


def copy_templates(folder: Path, languages: Sequence[str]) -> Iterator[Path]:
    """Copy the default templates and the text table for a planner to edit.

    Raises:
        InputError: A file of that name stands there already; nothing has been copied then.
    """
    source = data_root() / "templates"
    chosen = [
        path
        for language in languages
        for path in sorted((source / language).iterdir())
        if path.suffix == ".docx" or is_of_mail(path)
    ]
    targets = {
        folder / path.relative_to(source): path for path in (*chosen, source / "strings.csv")
    }
    if there := [path for path in targets if os.path.lexists(path)]:
        raise InputError([problem(Code.FILE_EXISTS, Origin(str(path))) for path in there])
    ready(folder)
    for target, path in targets.items():
        write(target, path.read_bytes())
        yield target
