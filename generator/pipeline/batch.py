"""The straight line: files → facts → law → readiness → words → Word files.

Every step is a plain function of plain values, so that other processes can build a region.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from itertools import chain, islice

from msgspec.structs import replace

from generator.delivery.record import RECORD, as_record
from generator.model import (
    Brief,
    Consignment,
    Document,
    Knowledge,
    Outcome,
    Packed,
    Region,
    Submission,
    Texts,
)
from generator.pipeline.consign import comparison_consigned, consign_comparison, consigned
from generator.pipeline.crew import Bench
from generator.pipeline.files import ready, sweep
from generator.pipeline.grounds import Grounds
from generator.pipeline.here import law_here
from generator.pipeline.notes import Note, Run, as_line, log
from generator.pipeline.reading import table_filler
from generator.pipeline.region import Task, digest_of, laid_out, noting, outcome_of, verified
from generator.pipeline.shelf import Shelf
from generator.problems import InputError, Problem, TemplateError, errors
from generator.report import region_tables
from generator.report.parquet import has_parquet
from generator.settings import COMPARISON, TABLE, Settings
from generator.shipped import LANGUAGES
from generator.word import find_office, render

_LARGE = 100
"""Regions from which a table of all of them is made by a process of its own."""
_SAVES_SHARE = 20
"""How much longer a run goes on than it takes to write the manifest, before it writes it again."""


def build(
    settings: Settings,
    knowledge: Knowledge,
    texts: Texts,
    submission: Submission,
    facts: Mapping[str, object] | None = None,
) -> Generator[Outcome, None, None]:
    """Every region's documents as they are done, then their comparison.

    A bad region never stops the others, and however the run ends, the manifest says what it wrote.
    What stands in its place as it would be made is not made again.

    Args:
        settings: Of the run.
        knowledge: Catalogue and rules.
        texts: The text table.
        submission: What the planners' files said.
        facts: What the next run must know to see that nothing has changed.
    """
    if settings.pdf or settings.paginate:
        find_office()
    ready(settings.out)
    run = _Run(settings, submission)
    try:
        # Closed first, so that no process writes any more when the manifest is written.
        with contextlib.closing(run.regions(knowledge, texts)) as outcomes:
            for outcome in outcomes:
                yield run.note(outcome)
        if compared := _compare(knowledge, texts, run):
            yield run.note(compared)
        if table := _tabulate(knowledge, run):
            yield run.note(table)
        if not any(one.fault or errors(one.problems) for one in run.outcomes):
            run.facts = facts or {}
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
        """Without what is kept below, and what the logs and the caller have."""
        self.rows = Packed[tuple[tuple[str | float | int | bool | None, ...], ...]]()
        self.sent = Packed[Consignment]()
        self.settings, self.submission = settings, submission
        self.facts: Mapping[str, object] = {}
        """What the next run must know of one that went well; nothing until it has."""
        self.shelf = Shelf(settings.out)
        self.noted = self.shelf.noted()
        self._known = self.shelf.known()
        self.grounds = Grounds(settings)
        self.log = Run(settings.out)
        self._noticed: list[Problem] = []
        self._filled = {"compiled": 0, "docxtpl": 0}
        """Word files by how they were filled."""
        self._save_at = 0.0
        for code in {*self.noted, *submission.codes}:
            sweep(settings.out / code)

    def regions(self, knowledge: Knowledge, texts: Texts) -> Generator[Outcome, None, None]:
        """The outcomes of all regions in their order, from those cores that are to be used."""
        looked = deque[Outcome | None]()
        """Regions in order from the first that was not yielded: what is there, or None."""

        def tasks() -> Generator[Task, None, None]:
            for region in self.submission.regions:
                found = self._looked_at(region, law_here(region, knowledge).rules_version)
                looked.append(None if isinstance(found, Task) else found)
                if isinstance(found, Task):
                    yield found

        # Looked at as they are needed: no core waits until thousands have been hashed.
        waiting = tasks()
        first = [*islice(waiting, 2)]
        if not first:
            yield from filter(None, looked)
            return
        # To start a process for a single region takes longer than to build it.
        jobs = self.settings.jobs if len(first) > 1 else 1
        bench = Bench(self.settings, knowledge, texts, self.log.name)
        with contextlib.closing(_built(chain(first, waiting), bench, jobs)) as coming:
            for outcome in coming:
                while (kept := looked.popleft()) is not None:
                    yield kept
                yield outcome
        yield from filter(None, looked)

    def _looked_at(self, region: Region, rules: str) -> Outcome | Task:
        """A region that is to be built, or what is there of one that is not."""
        notice, note = self.submission.notice_of(region), self.noted.get(region.code)
        grounds = self.grounds.of(rules, region, notice) | self.grounds.of_previous(region.code)
        templates = self.grounds.of_region()
        kept, reasons = self.standing(region.code, grounds, templates)
        if note and note.summary is None and COMPARISON in self.settings.documents:
            reasons = reasons or ("compared",)
        if note is None or reasons:
            by_docxtpl = note.by_docxtpl if note else {}
            held = {name: why for name, why in by_docxtpl.items() if name in kept}
            known = self._known.get(region.code, {})
            return Task(region, notice, grounds, templates, kept, held, known, reasons)
        sent = consigned(region, note.letters, note.enclosures)
        return self.kept(region.code, kept, note, sent)

    def standing(
        self, code: str, grounds: Mapping[str, str], templates: Mapping[str, str]
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """The files that stand in their place as they would be made, and why others do not."""
        note = self.noted.get(code)
        if self.settings.force or note is None:
            return {}, ("force" if self.settings.force else "new",)
        if changed := [part for part in grounds if grounds[part] != note.grounds.get(part)]:
            return {}, tuple(changed)
        kept, reasons = dict[str, str](), list[str]()
        for name, template in templates.items():
            full = f"{_folder(code)}{name}"
            if full not in note.files:
                reasons.append("wanted")
            elif note.templates.get(name) != template:
                reasons.append("template")
            elif not self.shelf.stands(full, note.files[full]):
                reasons.append("file")
            else:
                kept[name] = note.files[full]
        # A document and its PDF are made together.
        alone = {name for name in kept if _twin(name) in templates and _twin(name) not in kept}
        return {name: kept[name] for name in kept if name not in alone}, tuple(
            dict.fromkeys(reasons)
        )

    def kept(
        self, code: str, kept: Mapping[str, str], note: Note, sent: Consignment | None = None
    ) -> Outcome:
        """What is there of a region of which nothing has to be made."""
        files = {f"{_folder(code)}{name}": digest for name, digest in kept.items()}
        order = [*files]
        if sent:
            held = [one for one in sent.enclosures if one.path in files]
            held.sort(key=lambda one: order.index(one.path))
            sent = replace(sent, enclosures=tuple(held))
        return Outcome(
            code,
            files,
            note.problems,
            note.summary if COMPARISON in self.settings.documents else None,
            sent,
            by_docxtpl={name: why for name, why in note.by_docxtpl.items() if name in kept},
            note=self.shelf.notes.line(code),
            is_kept=True,
            rows=note.rows,
        )

    def note(self, outcome: Outcome) -> Outcome:
        """Keep an outcome, and say at once in the manifest what was written."""
        self.outcomes.append(replace(outcome, note="", rows=(), consignment=None))
        if outcome.rows:
            self.rows.add([(outcome.region, outcome.rows)])
        if outcome.consignment:
            self.sent.add([(outcome.region, outcome.consignment)])
        self.shelf.written |= outcome.written
        self.shelf.set_aside |= outcome.set_aside
        made = sum(name.endswith(".docx") for name in outcome.files)
        slow = sum(name.rpartition("/")[2] in outcome.by_docxtpl for name in outcome.files)
        self._filled["compiled"] += made - slow
        self._filled["docxtpl"] += slow
        self.shelf.notes.drop(outcome.region)
        if outcome.note:
            self.shelf.notes.take(outcome.region, outcome.note)
        if (began := time.monotonic()) >= self._save_at:
            with contextlib.suppress(InputError):  # said at the end, where it counts
                self._save()
            # The logs hold the rest: a manifest of thousands is not written thousands of times.
            ended = time.monotonic()
            self._save_at = ended + _SAVES_SHARE * (ended - began)
        return outcome

    def close(self) -> list[Problem]:
        """Leave what sending needs, and the manifest; what there is to say of their places.

        Raises:
            InputError: The manifest cannot be written.
        """
        record = as_record(self.sent, self._not_built())
        # It holds addresses: for the eyes of whoever built it only.
        _, found = self.shelf.put([Document(RECORD, "", record)], mode=0o600)
        self._noticed += found
        # A run that is stopped has files in their place of which nobody was told.
        told = {one.region for one in self.outcomes}
        for code in self.shelf.take_in(self.log.paths(), told):
            files = self.shelf.notes[code].files
            self.shelf.written |= {
                name: sha for name, sha in files.items() if self.shelf.stands(name, sha)
            }
        self._save()
        self.shelf.let_go()
        self.log.close()
        for code in self.noted.keys() | {*self.submission.codes}:
            sweep(self.settings.out / code)
        return self._noticed

    def _save(self) -> None:
        as_of, failed = self.settings.as_of.isoformat(), sorted(self._not_built())
        self._noticed += self.shelf.save(
            as_of=as_of, not_built=failed, filled=self._filled, last=self.facts
        )

    def _not_built(self) -> set[str]:
        """Regions with errors or never reached, and names of files that cannot be read."""
        wanted = {*self.submission.codes}
        tried = {one.region for one in self.outcomes}
        done = {one.region for one in self.outcomes if one.files}
        return {*self.submission.left_out, *((wanted | tried) - done)}


def _built(tasks: Iterable[Task], bench: Bench, jobs: int) -> Generator[Outcome, None, None]:
    """The outcomes of regions in their order, from this process where one is enough."""
    if jobs == 1 and not bench.settings.scheduler:
        yield from map(bench.build, tasks)
        return
    from generator.pipeline.pool import build_all  # noqa: PLC0415 - a single region spares it

    yield from build_all(tasks, bench, jobs)


def _folder(code: str) -> str:
    """Where the files of a region are, below the output folder; nowhere deeper for all regions."""
    return "" if code in {COMPARISON, TABLE} else f"{code}/"


def _tabulate(knowledge: Knowledge, run: _Run) -> Outcome | None:
    """The table across the regions that were built; None for fewer than two."""
    if len(run.rows) < 2:
        return None
    rows = [row for own in run.rows for row in own]
    stem = TABLE.removesuffix("csv")
    names = [TABLE, *([f"{stem}parquet"] if has_parquet() else [])]
    grounds = run.grounds.of(knowledge.rules_version, rows)
    kept, reasons = run.standing(TABLE, grounds, dict.fromkeys(names, ""))
    note = run.noted.get(TABLE)
    if note and not reasons:
        return run.kept(TABLE, kept, note)
    # pandas takes a hundred megabytes, on top of what thousands of regions have taken.
    is_large = len(run.rows) > _LARGE and run.settings.jobs > 1
    if is_large:
        from generator.pipeline.pool import elsewhere  # noqa: PLC0415 - as above

        made = elsewhere(region_tables, rows)
    else:
        made = region_tables(rows)
    documents = [Document(f"{stem}{ending}", "", content) for ending, content in made.items()]
    files = {one.name: digest_of(one.content) for one in documents}
    note = Note(grounds, dict.fromkeys(names, ""), files)
    with contextlib.suppress(OSError):  # what cannot be written is said of the files
        log(run.settings.out, run.log.name, TABLE, note)
    shelf = Shelf(run.settings.out)
    _, noticed = shelf.put(documents)
    return outcome_of(TABLE, note, shelf, noticed, None, reasons)


def _twin(name: str) -> str:
    """The PDF of a Word file, the Word file of a PDF."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{'pdf' if ending == 'docx' else 'docx'}"


def _compared(
    files: Iterable[str], briefs: Mapping[str, Brief], settings: Settings, engines: dict[str, str]
) -> tuple[list[Document], list[Problem]]:
    """The comparison in each language, and the faults of its templates.

    Which of them docxtpl had to fill, and why, is added to the engines.
    """
    documents, faults = list[Document](), list[Problem]()
    for file in files:
        if not file.endswith(".docx"):
            continue
        language = file.split(".")[1]
        template, note = settings.template(COMPARISON, language), noting(engines, file)
        try:
            content = render(template, briefs[language], settings.as_of, table_filler(), note)
        except TemplateError as fault:
            faults += fault.problems
            continue
        documents.append(Document(file, language, content))
    return documents, faults


def _compare(knowledge: Knowledge, texts: Texts, run: _Run) -> Outcome | None:
    """The comparison of the regions that were built; None for fewer than two, or if not wanted."""
    settings, outcomes = run.settings, run.outcomes
    found = [outcome.summary for outcome in outcomes if outcome.summary]
    if COMPARISON not in settings.documents or len(found) < 2:
        return None
    failed = (*(one.region for one in outcomes if not one.files), *run.submission.left_out)
    sources = [*run.sent]
    asked = [(one.handling, one.recipients) for one in sources]
    seen = [as_line(Note({}, {}, {}, summary=one)) for one in found]
    grounds = run.grounds.of(knowledge.rules_version, seen, failed, asked, settings.languages)
    templates = run.grounds.templates((COMPARISON,)) | {f"{COMPARISON}.csv": ""}
    kept, reasons = run.standing(COMPARISON, grounds, templates)
    note = run.noted.get(COMPARISON)
    if note and not reasons:
        sent = comparison_consigned(sources, note.letters, note.enclosures)
        return run.kept(COMPARISON, kept, note, sent)
    from generator.report import compare, comparison_csv  # noqa: PLC0415 - a build of one region spares it

    briefs = {
        language: compare(found, failed, settings.as_of, knowledge, texts, language)
        for language in LANGUAGES
    }
    engines: dict[str, str] = {}
    documents, faults = _compared(templates, briefs, settings, engines)
    documents, problems = laid_out(documents, settings)
    problems += verified(documents, settings, texts)
    table = comparison_csv(found, failed, settings.as_of, knowledge, texts, settings.languages)
    sent = consign_comparison(sources, briefs, documents, knowledge, settings.as_of)
    documents.append(Document(f"{COMPARISON}.csv", "", table))
    files = {one.name: digest_of(one.content) for one in documents}
    note = Note(
        grounds, templates, files, (*faults, *problems), engines,
        letters=sent.letters, enclosures=sent.enclosures,
    )  # fmt: skip
    with contextlib.suppress(OSError):  # what cannot be written is said of the files
        log(settings.out, run.log.name, COMPARISON, note)
    shelf = Shelf(settings.out)
    _, noticed = shelf.put(documents)
    return outcome_of(COMPARISON, note, shelf, noticed, sent, reasons)
