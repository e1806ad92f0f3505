"""One region from its facts to its files: a plain function of plain values, in any process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator import __version__
from generator.model import (
    Assessment,
    Brief,
    Consignment,
    Document,
    Knowledge,
    Notice,
    Outcome,
    Region,
    Texts,
)
from generator.pipeline.consign import consign
from generator.pipeline.files import as_lines, unwritable
from generator.pipeline.grounds import RESULTS
from generator.pipeline.here import law_here
from generator.pipeline.notes import Note, as_line, log
from generator.pipeline.own import is_refused
from generator.pipeline.reading import table_filler
from generator.pipeline.shelf import Shelf
from generator.problems import InputError, Problem, TemplateError, errors, told
from generator.report import project_rows, report, report_letter, results
from generator.settings import COMPARISON, Settings
from generator.shipped import LANGUAGES
from generator.word import as_pdf, render, with_page_numbers

if TYPE_CHECKING:
    from generator.model.changes import Changes


class Task(Struct, frozen=True):
    """A region to be built, with all that is its own and nothing of others."""

    region: Region
    notice: Notice
    grounds: Mapping[str, str] = field(default_factory=dict)
    """Hash of each part that its files are made from."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """Hash of the template of each file."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Hash of each file that stands in its place as it would be made."""
    by_docxtpl: Mapping[str, str] = field(default_factory=dict)
    """Which of the files that are kept docxtpl filled, and why."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Hash of each of its files as we left it, by its path below the output folder."""
    reasons: tuple[str, ...] = ()
    """Why it is built: keys of the texts `why`."""


def build_region(
    task: Task, settings: Settings, knowledge: Knowledge, texts: Texts, run: str = ""
) -> Outcome:
    """The files of a region that do not stand in their place already; a fault stops no other region.

    Args:
        task: The region, and what is there of it.
        settings: Of the run.
        knowledge: Catalogue and rules.
        texts: The text table.
        run: Name of the run, for its log; empty where nobody keeps one.
    """
    try:
        return _built(task, settings, knowledge, texts, run)
    except Exception as fault:  # noqa: BLE001 - one region of thousands must not end the others
        return Outcome(task.region.code, reasons=task.reasons, fault=told(fault))


def _built(task: Task, settings: Settings, knowledge: Knowledge, texts: Texts, run: str) -> Outcome:
    from generator.analysis import assess, summarise  # noqa: PLC0415 - numpy is a fifth of a second that checks spare

    region, notice = task.region, task.notice
    # What is left out cannot change a document: the next run need not look at it.
    knowledge = law_here(region, knowledge)
    try:
        assessment = assess(
            region,
            knowledge,
            settings.as_of,
            notice.problems,
            notice.conversions,
            settings.draws,
            settings.seed,
        )
        changes, unread = _changed(assessment, settings, knowledge)
        briefs = _briefs(assessment, settings, texts, changes)
        reasons = dict(task.by_docxtpl)
        made, problems = _documents(assessment, briefs, settings, knowledge, reasons, task)
        made, more = laid_out(made, settings)
        more += verified(made, settings, texts, region.code)
        documents = _with_standing(made, task, settings.out / region.code)
    except InputError as fault:
        return Outcome(region.code, problems=fault.problems, reasons=task.reasons)
    sent = consign(region, briefs, documents, knowledge, settings.as_of)
    files = {f"{region.code}/{one.name}": digest_of(one.content) for one in documents}
    note = Note(
        task.grounds,
        task.templates,
        files,
        (*unread, *problems, *more),
        reasons,
        summarise(assessment, knowledge) if COMPARISON in settings.documents else None,
        project_rows(assessment, knowledge),
        sent.letters,
        sent.enclosures,
    )
    try:
        log(settings.out, run, region.code, note)
    except OSError as fault:
        return Outcome(region.code, problems=unwritable(settings.out, fault).problems)
    shelf = Shelf(settings.out, task.known)
    _, noticed = shelf.put(documents, region.code)
    return outcome_of(region.code, note, shelf, noticed, sent, task.reasons)


def _changed(
    assessment: Assessment, settings: Settings, knowledge: Knowledge
) -> tuple[Changes | None, Sequence[Problem]]:
    """What changed since the earlier run, where there is one."""
    if settings.previous is None:
        return None, ()
    from generator.pipeline.changes import changes_of  # noqa: PLC0415 - most runs spare it

    return changes_of(assessment, knowledge, settings.previous)


def outcome_of(
    code: str,
    note: Note,
    shelf: Shelf,
    noticed: Sequence[Problem],
    sent: Consignment | None,
    reasons: tuple[str, ...],
) -> Outcome:
    """What came of files that were put in their place.

    Args:
        code: Of the region, or the comparison.
        note: As it was logged.
        shelf: Where the files were put.
        noticed: What was found there.
        sent: What is to be sent, as if every file had been written.
        reasons: Why they were made.
    """
    problems = (*note.problems, *noticed)
    if sent:
        held = tuple(one for one in sent.enclosures if one.path in shelf.written)
        sent = replace(sent, enclosures=held)
    return Outcome(
        code,
        shelf.written,
        problems,
        note.summary if shelf.written else None,
        sent,
        shelf.set_aside,
        note.by_docxtpl,
        # What had a fault is tried again by the next run.
        "" if errors(problems) else as_line(note),
        reasons,
        rows=note.rows if shelf.written else (),
    )


def _with_standing(made: Sequence[Document], task: Task, folder: Path) -> list[Document]:
    """The documents in the order of the run, with those that stand in their place already."""
    found = {one.name: one for one in made}
    languages = {name: name.split(".")[1] if name.endswith(".docx") else "" for name in task.kept}
    try:
        for name in task.kept:
            content = (folder / name).read_bytes()
            found.setdefault(name, Document(name, languages[name], content))
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    order = [*task.templates, *found]
    return sorted(found.values(), key=lambda one: order.index(one.name))


def _documents(
    assessment: Assessment,
    briefs: Mapping[str, Brief],
    settings: Settings,
    knowledge: Knowledge,
    reasons: dict[str, str],
    task: Task,
) -> tuple[list[Document], tuple[Problem, ...]]:
    """The documents that do not stand in their place; why some could not be made.

    Which documents docxtpl had to fill, and why, is added to the reasons.
    """
    templates = hashlib.sha256(settings.strings.read_bytes())
    made, problems = [], list[Problem]()
    for language in settings.languages:
        for name in settings.documents:
            if name == COMPARISON or is_refused(settings, name, language):
                continue
            template, file = settings.template(name, language), f"{name}.{language}.docx"
            if file in task.kept:
                templates.update(template.read_bytes())
                continue
            try:
                content = render(
                    template,
                    briefs[language],
                    settings.as_of,
                    table_filler(),
                    noting(reasons, file),
                )
            except TemplateError as fault:
                problems += fault.problems
                continue
            templates.update(template.read_bytes())
            made.append(Document(file, language, content))
    if RESULTS in task.kept:
        return made, tuple(problems)
    own = assessment.region.digest
    versions = {"program": __version__, "inputs": own, "templates": templates.hexdigest()}
    printed = [brief for language, brief in briefs.items() if language in settings.languages]
    found = results(assessment, knowledge, printed, versions, is_paginated=settings.paginate)
    return [*made, Document(RESULTS, "", as_lines(found))], tuple(problems)


def _briefs(
    assessment: Assessment, settings: Settings, texts: Texts, changes: Changes | None
) -> dict[str, Brief]:
    """What documents print in the wanted languages, and what a letter says in the others."""
    # A template of a planner may ask for any field in any document.
    with_annex = "annex" in settings.documents or settings.templates is not None
    return {
        language: report(
            assessment, assessment.knowledge, texts, language, changes, with_annex=with_annex
        )
        if language in settings.languages
        else report_letter(assessment, assessment.knowledge, texts, language)
        for language in LANGUAGES
    }


def noting(reasons: dict[str, str], file: str) -> Callable[[str], None]:
    """Writes down why docxtpl filled a document."""
    return lambda reason: reasons.update({file: reason})


def laid_out(
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


def verified(
    documents: Sequence[Document], settings: Settings, texts: Texts, region: str = ""
) -> tuple[Problem, ...]:
    """What shuts a reader out of the documents, where that is asked for."""
    if not settings.verify:
        return ()
    from generator.word.checks import check  # noqa: PLC0415 - only wanted when asked for

    return tuple(
        found
        for name, content in _word_files(documents).items()
        for found in check(content, texts, f"{region}/{name}" if region else name)
    )


def _word_files(documents: Sequence[Document]) -> dict[str, bytes]:
    return {one.name: one.content for one in documents if one.name.endswith(".docx")}


def digest_of(content: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()
