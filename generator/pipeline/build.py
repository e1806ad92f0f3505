"""The straight line: files → facts → law → readiness → words → Word files.

Every step is a plain function of plain values, so that any `concurrent.futures` executor can run
`build_region` for many regions.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from generator import __version__
from generator.delivery.record import RECORD, as_record
from generator.intake import load_knowledge, load_texts, read_submission
from generator.model import LANGUAGES, Document, Outcome
from generator.pipeline.consign import consign, consign_comparison
from generator.pipeline.files import as_bytes, ready, write
from generator.problems import InputError
from generator.report import compare, comparison_csv, report, results
from generator.settings import COMPARISON
from generator.word import as_pdf, find_office, render, with_page_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Assessment, Brief, Knowledge, Region, Submission, Texts
    from generator.problems import Problem
    from generator.settings import Settings

MANIFEST = "manifest.json"


def read(settings: Settings, *, is_check: bool = False) -> tuple[Knowledge, Texts, Submission]:
    """Knowledge, texts and the planners' files, checked; regions only when they are to be built.

    Raises:
        KnowledgeError: The catalogue, the rules or the text table cannot be used.
    """
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    return (
        knowledge,
        load_texts(settings.strings),
        read_submission(settings.inputs, knowledge, folders=settings.folders, is_check=is_check),
    )


def build(
    settings: Settings, knowledge: Knowledge, texts: Texts, submission: Submission
) -> Iterator[Outcome]:
    """Every region's documents as they are done, then their comparison.

    A bad region never stops the others.
    """
    if settings.pdf or settings.paginate:
        find_office()
    ready(settings.out)
    outcomes = []
    for region in submission.regions:
        outcome = build_region(region, settings, knowledge, texts, submission)
        outcomes.append(outcome)
        yield outcome
    compared = _compare(settings, knowledge, texts, submission, outcomes)
    if compared:
        outcomes.append(compared)
        yield compared
    # It holds addresses: for the eyes of whoever built it only.
    sent = (one.consignment for one in outcomes if one.consignment)
    record = as_record(sent, _not_built(outcomes, submission.left_out))
    write(settings.out / RECORD, as_bytes(record), mode=0o600)
    _write_manifest(settings, outcomes, submission.left_out)


def build_region(
    region: Region, settings: Settings, knowledge: Knowledge, texts: Texts, submission: Submission
) -> Outcome:
    """One region from its facts to its files."""
    from generator.analysis import assess, summarise  # noqa: PLC0415 - numpy is a fifth of a second that checks spare

    try:
        assessment = assess(
            region,
            knowledge,
            settings.as_of,
            submission.problems_of(region),
            submission.conversions_of(region),
            settings.draws,
            settings.seed,
        )
        briefs = {
            language: report(assessment, knowledge, texts, language) for language in LANGUAGES
        }
        documents = list(_documents(assessment, briefs, settings, knowledge, submission.digest))
        documents, problems = _laid_out(documents, settings)
        folder = settings.out / region.code
        files = tuple(write(folder / document.name, document.content) for document in documents)
        paths = tuple(f"{region.code}/{name}" for name in files)
        consignment = consign(region, briefs, documents, knowledge, settings.as_of)
        summary = summarise(assessment, knowledge)
        return Outcome(region.code, paths, problems, summary, consignment)
    except InputError as fault:
        return Outcome(region.code, problems=fault.problems)


def _documents(
    assessment: Assessment,
    briefs: Mapping[str, Brief],
    settings: Settings,
    knowledge: Knowledge,
    digest: str,
) -> Iterator[Document]:
    """The documents in the chosen languages, and the results in all."""
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
    yield Document("results.json", "", as_bytes(found))


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
        briefs = {
            language: compare(found, failed, settings.as_of, knowledge, texts, language)
            for language in LANGUAGES
        }
        for language in settings.languages:
            template = settings.template(COMPARISON, language)
            content = render(template, briefs[language], settings.as_of)
            documents.append(Document(f"{COMPARISON}.{language}.docx", language, content))
        documents, problems = _laid_out(documents, settings)
        table = comparison_csv(found, failed, settings.as_of, knowledge, texts, settings.languages)
        documents.append(Document(f"{COMPARISON}.csv", "", table))
        files = tuple(write(settings.out / one.name, one.content) for one in documents)
    except InputError as fault:
        return Outcome(COMPARISON, problems=fault.problems)
    sources = [one.consignment for one in outcomes if one.consignment]
    sent = consign_comparison(sources, briefs, documents, knowledge, settings.as_of)
    return Outcome(COMPARISON, files, problems, None, sent)


def _not_built(outcomes: Sequence[Outcome], left_out: Sequence[str]) -> set[str]:
    """Regions with errors, and names of files that cannot be read."""
    return {*left_out, *(one.region for one in outcomes if not one.files)}


def _write_manifest(
    settings: Settings, outcomes: Sequence[Outcome], left_out: Sequence[str]
) -> None:
    """Every file of this run with its hash."""
    names = [RECORD, *(name for outcome in outcomes for name in outcome.files)]
    files = {name: hashlib.sha256((settings.out / name).read_bytes()).hexdigest() for name in names}
    manifest = {
        "schema": "briefs-manifest/1",
        "program": __version__,
        "as_of": settings.as_of.isoformat(),
        "files": dict(sorted(files.items())),
        "not_built": sorted(_not_built(outcomes, left_out)),
    }
    write(settings.out / MANIFEST, as_bytes(manifest))
