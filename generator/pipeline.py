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
from generator.delivery import (
    MAIL_TEMPLATES,
    OUTBOX,
    RECORD,
    as_record,
    drafts,
    due,
    open_ledger,
    plan,
    post_office,
    read_record,
)
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
from generator.model import LANGUAGES, Consignment, Document, Enclosure, Outcome
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
from generator.settings import COMPARISON, data_root
from generator.word import as_pdf, find_office, render, with_page_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from generator.delivery import Due, Entry, Plan, Post
    from generator.model import (
        Assessment,
        Brief,
        Field,
        Knowledge,
        Letter,
        Receipt,
        Region,
        Submission,
        Texts,
    )
    from generator.problems import Problem
    from generator.settings import Settings
    from generator.settings.mail import MailSettings

MANIFEST = "manifest.json"
_SAMPLE = "qingdao"
"""The city whose values are the examples of `template fields`."""
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
    # It holds addresses: for the eyes of whoever built it only.
    record = as_record(one.consignment for one in outcomes if one.consignment)
    _write(settings.out / RECORD, _json(record), mode=0o600)
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
        files = tuple(_write(folder / document.name, document.content) for document in documents)
        paths = tuple(f"{region.code}/{name}" for name in files)
        consignment = Consignment(
            region.code,
            region.handling,
            region.contact_email,
            {language: letter(brief) for language, brief in briefs.items()},
            _enclosures(documents, f"{region.code}/", briefs, settings, knowledge),
            region.recipients,
        )
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
        files = tuple(_write(settings.out / one.name, one.content) for one in documents)
    except InputError as fault:
        return Outcome(COMPARISON, problems=fault.problems)
    enclosures = _enclosures(documents, "", briefs, settings, knowledge)
    letters = {language: letter(brief) for language, brief in briefs.items()}
    sources = [one.consignment for one in outcomes if one.consignment]
    return Outcome(COMPARISON, files, problems, None, _of_all(sources, letters, enclosures))


def _of_all(
    sources: Sequence[Consignment],
    letters: Mapping[str, Letter],
    enclosures: tuple[Enclosure, ...],
) -> Consignment:
    """The comparison for everybody who asked for it in any region; open only if every region is."""
    handlings = {one.handling for one in sources}
    contacts = {one.contact for one in sources}
    return Consignment(
        COMPARISON,
        handlings.pop() if len(handlings) == 1 else "",
        contacts.pop() if len(contacts) == 1 else "",
        letters,
        enclosures,
        tuple(who for one in sources for who in one.recipients if COMPARISON in who.documents),
    )


def _enclosures(
    documents: Sequence[Document],
    folder: str,
    briefs: Mapping[str, Brief],
    settings: Settings,
    knowledge: Knowledge,
) -> tuple[Enclosure, ...]:
    """The Word files as they can be sent, named for people."""
    found = []
    for one in documents:
        name = one.name.removesuffix(f".{one.language}.docx")
        if name not in settings.documents or not one.language:
            continue
        title = document_title(name, knowledge, one.language)
        about = letter(briefs[one.language]).name
        file = f"{about} {title} {settings.as_of}.docx"
        digest = hashlib.sha256(one.content).hexdigest()
        path = f"{folder}{one.name}"
        found.append(Enclosure(name, one.language, title, file, path, digest))
    return tuple(found)


def mail_plan(settings: Settings, mail: MailSettings) -> Plan:
    """Who gets what of the last build.

    Raises:
        InputError: Nothing has been built there.
    """
    return plan(read_record(settings.out), settings.out, mail)


def all_due(errands: Plan) -> list[Due]:
    """Everything, as an outbox holds it: drafts know no ledger."""
    return due(errands, (), frozenset())[0]


def mail_due(
    mail: MailSettings, errands: Plan, resent: frozenset[str]
) -> tuple[list[Due], list[Problem]]:
    """What the ledger leaves to send and what it holds back, without changing anything."""
    return due(errands, ledger_entries(mail, mail.campaign), resent)


def ledger_entries(mail: MailSettings, campaign: str = "") -> list[Entry]:
    """What the ledger knows, of one campaign or of all."""
    with open_ledger(mail.ledger, is_written=False) as ledger:
        return ledger.entries(campaign)


def post(
    settings: Settings, mail: MailSettings, errands: Plan, resent: frozenset[str]
) -> AbstractContextManager[Post]:
    """The campaign with its ledger open, ready to send."""
    return post_office(errands, settings.out, mail, mail_templates(settings), resent)


def texts(settings: Settings) -> Texts:
    """The words of the program."""
    return load_texts(settings.strings)


def mail_templates(settings: Settings) -> dict[str, dict[str, Path]]:
    """Language to the files that make a mail's subject and bodies."""
    return {
        language: {name: settings.mail_template(name, language) for name in MAIL_TEMPLATES}
        for language in LANGUAGES
    }


def write_drafts(settings: Settings, mail: MailSettings, errands: Plan) -> Iterator[Receipt]:
    """Fill the outbox; drafts of an earlier run that nobody is to get any more are taken out."""
    folder = settings.out / OUTBOX
    _ready(folder)
    written = set()
    for receipt, draft in drafts(errands, settings.out, mail, mail_templates(settings)):
        if draft:
            written.add(_write(folder / draft.name, draft.content, mode=0o600))
        yield receipt
    for path in folder.glob("*.eml"):
        if path.name not in written:
            path.unlink()


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
    return described(load_fields(data_root() / "templates" / "fields.csv"), briefs)


def check_template(path: Path, settings: Settings) -> tuple[Texts, list[Problem]]:
    """The text table, and every fault of a template, which may have any name."""
    from generator.word.lint import lint  # noqa: PLC0415 - jinja is a tenth of a second that builds spare

    fields = load_fields(data_root() / "templates" / "fields.csv")
    return load_texts(settings.strings), lint(path, available(fields, path.stem))


def annotate_template(
    path: Path, problems: Sequence[Problem], texts: Texts, language: str, folder: Path
) -> Path | None:
    """Write a copy of a template with a Word comment at every fault; None if it cannot be read."""
    from generator.word.annotate import annotated  # noqa: PLC0415 - only wanted when asked for

    if not problems or any(found.code == "TP-101" for found in problems):
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
    chosen = [path for language in languages for path in sorted((source / language).glob("*.docx"))]
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


def _write(path: Path, content: bytes, mode: int = 0o644) -> str:
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
            Path(draft).chmod(mode)
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
    names = [RECORD, *(name for outcome in outcomes for name in outcome.files)]
    files = {name: hashlib.sha256((settings.out / name).read_bytes()).hexdigest() for name in names}
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
