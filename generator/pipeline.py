"""The straight line: files → facts → law → readiness → words → Word files.

Every step is a plain function of plain values, so that any `concurrent.futures` executor can run
`build_region` for many regions.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.intake import (
    form_rows,
    input_names,
    load_fields,
    load_knowledge,
    load_texts,
    marked_copy,
    read_submission,
    write_form,
)
from generator.model import LANGUAGES, Brief, Document, Enclosure, Errand, Item, Outcome
from generator.problems import InputError, Origin, problem
from generator.report import (
    available,
    compare,
    comparison_csv,
    described,
    document_title,
    letter,
    problem_text,
    report,
    results,
)
from generator.settings import COMPARISON, MAIL, data_root
from generator.word import as_pdf, find_office, render, with_page_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment, Field, Knowledge, Region, Submission, Texts
    from generator.problems import Problem
    from generator.settings import Settings

MANIFEST = "manifest.json"
_SAMPLE = "qingdao"
"""The city whose values are the examples of `template fields`."""
_OF_MAIL = (".html", ".txt")
_FEW_DRAWS = 300
"""Enough for examples; how sure the results are does not matter there."""


def read(settings: Settings, *, is_check: bool = False) -> tuple[Knowledge, Texts, Submission]:
    """Knowledge, texts and the planners' files, checked; regions only when they are to be built.

    Raises:
        KnowledgeError: The catalogue, the rules or the text table cannot be used.
    """
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    return (
        knowledge,
        load_texts(settings.strings),
        read_submission(settings.inputs, knowledge, is_check=is_check),
    )


def build(
    settings: Settings, knowledge: Knowledge, texts: Texts, submission: Submission
) -> Iterator[Outcome]:
    """Every region's documents as they are done, then their comparison.

    A bad region never stops the others.
    """
    if settings.pdf or settings.paginate:
        find_office()
    _ready(settings.out)
    outcomes = []
    for region in submission.regions:
        outcome = build_region(region, settings, knowledge, texts, submission)
        outcomes.append(outcome)
        yield outcome
    compared = _compare(settings, knowledge, texts, submission, outcomes)
    if compared:
        outcomes.append(compared)
        yield compared
    _write_manifest(settings, outcomes, submission.left_out)


def build_region(
    region: Region, settings: Settings, knowledge: Knowledge, texts: Texts, submission: Submission
) -> Outcome:
    """One region from its facts to its files."""
    from generator.analysis import assess, summarise  # noqa: PLC0415 - numpy is a fifth of a second that checks spare

    try:
        own = region.files
        assessment = assess(
            region,
            knowledge,
            settings.as_of,
            (found for found in submission.problems if found.origin.file in own),
            (done for done in submission.conversions if done.origin.file in own),
            settings.draws,
            settings.seed,
        )
        documents = list(_documents(assessment, settings, knowledge, texts, submission.digest))
        documents, problems = _laid_out(documents, settings)
        folder = settings.out / region.code
        files = tuple(_write(folder / document.name, document.content) for document in documents)
        paths = tuple(f"{region.code}/{name}" for name in files)
        return Outcome(region.code, paths, problems, summarise(assessment, knowledge))
    except InputError as fault:
        return Outcome(region.code, problems=fault.problems)


def _documents(
    assessment: Assessment, settings: Settings, knowledge: Knowledge, texts: Texts, digest: str
) -> Iterator[Document]:
    """The documents in the chosen languages, and the results in all."""
    briefs = {language: report(assessment, knowledge, texts, language) for language in LANGUAGES}
    templates = hashlib.sha256(settings.strings.read_bytes())
    for language in settings.languages:
        for name in settings.documents:
            if name == COMPARISON:
                continue
            template = settings.template(name, language)
            content = render(template, briefs[language], settings.as_of)
            templates.update(template.read_bytes())
            yield Document(f"{name}.{language}.docx", language, content)
    versions = {"program": __version__, "inputs": digest, "templates": templates.hexdigest()}
    found = results(
        assessment, knowledge, list(briefs.values()), versions, is_paginated=settings.paginate
    )
    yield Document("results.json", "", _json(found))


def _laid_out(
    documents: list[Document], settings: Settings
) -> tuple[list[Document], tuple[Problem, ...]]:
    """With page numbers and PDFs where asked for; as they are, and why, if LibreOffice fails."""
    made = list(documents)
    try:
        if settings.paginate:
            content = with_page_numbers(_word_files(made))
            made = [replace(one, content=content.get(one.name, one.content)) for one in made]
        if settings.pdf:
            made += [Document(name, "", pdf) for name, pdf in as_pdf(_word_files(made)).items()]
    except InputError as fault:
        return made, fault.problems
    return made, ()


def _word_files(documents: Sequence[Document]) -> dict[str, bytes]:
    return {one.name: one.content for one in documents if one.name.endswith(".docx")}


def _compare(
    settings: Settings,
    knowledge: Knowledge,
    texts: Texts,
    submission: Submission,
    outcomes: Sequence[Outcome],
) -> Outcome | None:
    """The comparison of the regions that were built; None for fewer than two, or if not wanted."""
    found = [outcome.summary for outcome in outcomes if outcome.summary]
    if COMPARISON not in settings.documents or len(found) < 2:
        return None
    failed = (*(one.region for one in outcomes if not one.files), *submission.left_out)
    documents = []
    try:
        for language in settings.languages:
            brief = compare(found, failed, settings.as_of, knowledge, texts, language)
            content = render(settings.template(COMPARISON, language), brief, settings.as_of)
            documents.append(Document(f"{COMPARISON}.{language}.docx", language, content))
        documents, problems = _laid_out(documents, settings)
        table = comparison_csv(found, failed, settings.as_of, knowledge, texts, settings.languages)
        documents.append(Document(f"{COMPARISON}.csv", "", table))
        files = tuple(_write(settings.out / one.name, one.content) for one in documents)
    except InputError as fault:
        return Outcome(COMPARISON, problems=fault.problems)
    return Outcome(COMPARISON, files, problems)


def new_form(path: Path, language: str, settings: Settings, example: str | None = None) -> None:
    """Write the form, blank or filled in with a sample city.

    Raises:
        InputError: The file exists already or cannot be written, or there is no such sample.
    """
    if path.exists():
        raise InputError([problem("RN-108", Origin(str(path)))])
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    samples = {book.stem: book for book in (data_root() / "inputs" / "regions").glob("*.xlsx")}
    if example and example not in samples:
        listed = ", ".join(sorted(samples))
        raise InputError([problem("RN-104", Origin("--example"), found=example, expected=listed)])
    rows = form_rows(samples[example], knowledge) if example else {}
    content = write_form(knowledge, load_texts(settings.strings), language, rows)
    _ready(path.parent)
    _write(path, content)


def annotate(
    settings: Settings, submission: Submission, texts: Texts, language: str, folder: str
) -> Iterator[Path]:
    """Write a marked copy of every workbook with problems; tables have none to mark."""
    target = Path(folder).absolute()
    _ready(target)
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
        _write(copy, content)
        yield copy


def template_fields(settings: Settings, language: str) -> tuple[Field, ...]:
    """Every name that a template may use, with examples from the sample cities."""
    from generator.analysis import assess, summarise  # noqa: PLC0415 - as in build_region

    samples = sorted((data_root() / "inputs" / "regions").glob("*.xlsx"))
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    texts = load_texts(settings.strings)
    found = {
        region.code: assess(region, knowledge, settings.as_of, draws=_FEW_DRAWS, seed=settings.seed)
        for region in read_submission(samples, knowledge).regions
    }
    summaries = [summarise(one, knowledge) for one in found.values()]
    briefs = (
        report(found[_SAMPLE], knowledge, texts, language),
        compare(summaries, (), settings.as_of, knowledge, texts, language),
    )
    mail = _sample_mail(briefs, found[_SAMPLE].region, knowledge)
    return described(load_fields(data_root() / "templates" / "fields.csv"), (*briefs, mail))


def _sample_mail(briefs: Sequence[Brief], region: Region, knowledge: Knowledge) -> Brief:
    """The names of a mail that brings a sample city's leadership brief and the comparison."""
    from generator.delivery.body import mail_fields  # noqa: PLC0415 - only wanted here

    language = briefs[0].language
    codes = dict(zip((region.code, COMPARISON), ("leadership-brief", COMPARISON), strict=True))
    items = []
    for code, name in codes.items():
        path = f"{code}/{name}.{language}.docx".removeprefix(f"{COMPARISON}/")
        title = document_title(name, knowledge, language)
        items.append(Item(code, Enclosure(name, language, title, path, ""), region.origin))
    reader = next((one.name.text(language) for one in region.recipients), "")
    letters = {code: letter(brief) for code, brief in zip(codes, briefs, strict=True)}
    errand = Errand("", reader, language, region.origin, tuple(items), letters, "")
    return Brief(language, {MAIL: mail_fields(errand, items, 1, 1)}, {})


def check_template(path: Path, settings: Settings) -> tuple[Texts, list[Problem]]:
    """The text table, and every fault of a template, which may have any name."""
    from generator.delivery.lint import lint_mail  # noqa: PLC0415 - jinja is a tenth of a second that builds spare
    from generator.word.lint import lint  # noqa: PLC0415 - likewise

    fields = load_fields(data_root() / "templates" / "fields.csv")
    texts = load_texts(settings.strings)
    if is_of_mail(path):
        return texts, lint_mail(path, available(fields, MAIL))
    return texts, lint(path, available(fields, path.stem))


def is_of_mail(path: Path) -> bool:
    """Whether a template is one of the mail, which are plain text and HTML."""
    return path.suffix.lower() in _OF_MAIL


def annotate_template(
    path: Path, problems: Sequence[Problem], texts: Texts, language: str, folder: Path
) -> Path | None:
    """Write a copy with a Word comment at every fault; None of a mail's or if it cannot be read."""
    from generator.word.annotate import annotated  # noqa: PLC0415 - only wanted when asked for

    if not problems or is_of_mail(path) or any(found.code == "TP-101" for found in problems):
        return None
    _ready(folder)
    content = annotated(path, problems, lambda one: problem_text(one, texts, language))
    copy = folder / f"{path.stem}.marked.docx"
    _write(copy, content)
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
    if there := [path for path in targets if path.exists()]:
        raise InputError([problem("RN-108", Origin(str(path))) for path in there])
    _ready(folder)
    for target, path in targets.items():
        _write(target, path.read_bytes())
        yield target


def _ready(folder: Path) -> None:
    """Make the folder and see that files can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError([problem("RN-107", Origin(str(folder)), detail=detail)]) from fault


def _write(path: Path, content: bytes) -> str:
    """The whole file or none: written beside, flushed, then renamed.

    Raises:
        InputError: The file cannot be written, for example because Word holds it open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".briefs-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).chmod(0o644)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError([problem("RN-107", Origin(str(path)), detail=detail)]) from fault
    return path.name


def _write_manifest(
    settings: Settings, outcomes: Sequence[Outcome], left_out: Sequence[str]
) -> None:
    """Every file of this run with its hash."""
    files = {
        name: hashlib.sha256((settings.out / name).read_bytes()).hexdigest()
        for outcome in outcomes
        for name in outcome.files
    }
    manifest = {
        "schema": "briefs-manifest/1",
        "program": __version__,
        "as_of": settings.as_of.isoformat(),
        "files": dict(sorted(files.items())),
        "not_built": sorted({*left_out, *(one.region for one in outcomes if not one.files)}),
    }
    _write(settings.out / MANIFEST, _json(manifest))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
