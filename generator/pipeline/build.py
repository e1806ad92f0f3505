"""The straight line: files → facts → law → readiness → words → Word files.

Every step is a plain function of plain values, so that any `concurrent.futures` executor can run
`build_region` for many regions.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from generator import __version__
from generator.delivery.record import RECORD, as_record
from generator.model import LANGUAGES, Document, Outcome
from generator.pipeline.consign import consign, consign_comparison
from generator.pipeline.files import as_bytes, as_lines, ready
from generator.pipeline.own import is_refused
from generator.pipeline.reading import table_filler
from generator.pipeline.shelf import Shelf
from generator.problems import InputError, Problem, TemplateError
from generator.report import compare, comparison_csv, report, results
from generator.settings import COMPARISON
from generator.word import as_pdf, find_office, render, with_page_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from generator.model import Assessment, Brief, Knowledge, Region, Submission, Texts
    from generator.settings import Settings


def build(
    settings: Settings, knowledge: Knowledge, texts: Texts, submission: Submission
) -> Generator[Outcome, None, None]:
    """Every region's documents as they are done, then their comparison.

    A bad region never stops the others, and however the run ends, the manifest says what it wrote.
    """
    if settings.pdf or settings.paginate:
        find_office()
    ready(settings.out)
    run = _Run(settings, submission)
    try:
        for region in submission.regions:
            yield run.note(build_region(region, settings, knowledge, texts, submission))
        if compared := _compare(settings, knowledge, texts, submission, run.outcomes):
            yield run.note(compared)
    except BaseException:
        with contextlib.suppress(InputError):
            run.close()
        raise
    if noticed := run.close():
        yield Outcome("", problems=tuple(noticed))


class _Run:
    """What a run has done so far, and its two records of that."""

    def __init__(self, settings: Settings, submission: Submission) -> None:
        self.outcomes: list[Outcome] = []
        self._settings, self._submission = settings, submission
        self._shelf = Shelf(settings.out)
        self._noticed: list[Problem] = []
        self._filled = {"compiled": 0, "docxtpl": 0}
        """Word files by how they were filled."""

    def note(self, outcome: Outcome) -> Outcome:
        """Keep an outcome, and say at once in the manifest what was written."""
        self.outcomes.append(outcome)
        self._shelf.written |= outcome.written
        self._shelf.set_aside |= outcome.set_aside
        made = sum(name.endswith(".docx") for name in outcome.files)
        slow = sum(name.rpartition("/")[2] in outcome.by_docxtpl for name in outcome.files)
        self._filled["compiled"] += made - slow
        self._filled["docxtpl"] += slow
        with contextlib.suppress(InputError):  # said at the end, where it counts
            self._save()
        return outcome

    def close(self) -> list[Problem]:
        """Leave what sending needs, and the manifest; what there is to say of their places.

        Raises:
            InputError: The manifest cannot be written.
        """
        sent = (one.consignment for one in self.outcomes if one.consignment)
        record = as_bytes(as_record(sent, self._not_built()))
        # It holds addresses: for the eyes of whoever built it only.
        _, found = self._shelf.put([Document(RECORD, "", record)], mode=0o600)
        self._noticed += found
        self._save()
        return self._noticed

    def _save(self) -> None:
        as_of, failed = self._settings.as_of.isoformat(), sorted(self._not_built())
        self._noticed += self._shelf.save(as_of=as_of, not_built=failed, filled=self._filled)

    def _not_built(self) -> set[str]:
        """Regions with errors or never reached, and names of files that cannot be read."""
        wanted = {region.code for region in self._submission.regions}
        tried = {one.region for one in self.outcomes}
        done = {one.region for one in self.outcomes if one.files}
        return {*self._submission.left_out, *((wanted | tried) - done)}


def build_region(
    region: Region, settings: Settings, knowledge: Knowledge, texts: Texts, submission: Submission
) -> Outcome:
    """One region from its facts to its files."""
    from generator.analysis import assess, summarise  # noqa: PLC0415 - numpy is a fifth of a second that checks spare

    notice = submission.notice_of(region)
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
        briefs = {
            language: report(assessment, assessment.knowledge, texts, language)
            for language in LANGUAGES
        }
        reasons: dict[str, str] = {}
        documents, problems = _documents(assessment, briefs, settings, knowledge, reasons)
        documents, more = _laid_out(documents, settings)
        more += _verified(documents, settings, region.code)
    except InputError as fault:
        return Outcome(region.code, problems=fault.problems)
    shelf = Shelf(settings.out)
    files, noticed = shelf.put(documents, region.code)
    made = [one for one in documents if f"{region.code}/{one.name}" in files]
    return Outcome(
        region.code,
        shelf.written,
        (*problems, *more, *noticed),
        summarise(assessment, knowledge) if files else None,
        consign(region, briefs, made, knowledge, settings.as_of),
        shelf.set_aside,
        reasons,
    )


def _documents(
    assessment: Assessment,
    briefs: Mapping[str, Brief],
    settings: Settings,
    knowledge: Knowledge,
    reasons: dict[str, str],
) -> tuple[list[Document], tuple[Problem, ...]]:
    """The documents in the chosen languages, and the results in all; why some were not made.

    Which documents docxtpl had to fill, and why, is added to the reasons.
    """
    templates = hashlib.sha256(settings.strings.read_bytes())
    made, problems = [], list[Problem]()
    for language in settings.languages:
        for name in settings.documents:
            if name == COMPARISON or is_refused(settings, name, language):
                continue
            template, file = settings.template(name, language), f"{name}.{language}.docx"
            try:
                content = render(
                    template,
                    briefs[language],
                    settings.as_of,
                    table_filler(),
                    _noting(reasons, file),
                )
            except TemplateError as fault:
                problems += fault.problems
                continue
            templates.update(template.read_bytes())
            made.append(Document(file, language, content))
    own = assessment.region.digest
    versions = {"program": __version__, "inputs": own, "templates": templates.hexdigest()}
    found = results(
        assessment, knowledge, list(briefs.values()), versions, is_paginated=settings.paginate
    )
    return [*made, Document("results.json", "", as_lines(found))], tuple(problems)


def _noting(reasons: dict[str, str], file: str) -> Callable[[str], None]:
    """Writes down why docxtpl filled a document."""
    return lambda reason: reasons.update({file: reason})


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


def _verified(
    documents: Sequence[Document], settings: Settings, region: str = ""
) -> tuple[Problem, ...]:
    """What shuts a reader out of the documents, where that is asked for."""
    if not settings.verify:
        return ()
    from generator.word.checks import check  # noqa: PLC0415 - only wanted when asked for

    return tuple(
        found
        for name, content in _word_files(documents).items()
        for found in check(content, f"{region}/{name}" if region else name)
    )


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
    documents, faults, reasons = [], list[Problem](), dict[str, str]()
    briefs = {
        language: compare(found, failed, settings.as_of, knowledge, texts, language)
        for language in LANGUAGES
    }
    for language in settings.languages:
        if is_refused(settings, COMPARISON, language):
            continue
        template, file = settings.template(COMPARISON, language), f"{COMPARISON}.{language}.docx"
        try:
            content = render(
                template, briefs[language], settings.as_of, table_filler(), _noting(reasons, file)
            )
        except TemplateError as fault:
            faults += fault.problems
            continue
        documents.append(Document(file, language, content))
    documents, problems = _laid_out(documents, settings)
    problems += _verified(documents, settings)
    table = comparison_csv(found, failed, settings.as_of, knowledge, texts, settings.languages)
    shelf = Shelf(settings.out)
    files, noticed = shelf.put([*documents, Document(f"{COMPARISON}.csv", "", table)])
    made = [one for one in documents if one.name in files]
    sources = [one.consignment for one in outcomes if one.consignment]
    return Outcome(
        COMPARISON,
        shelf.written,
        (*faults, *problems, *noticed),
        None,
        consign_comparison(sources, briefs, made, knowledge, settings.as_of),
        shelf.set_aside,
        reasons,
    )
