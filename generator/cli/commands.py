"""What each command does with its options: settings, the pipeline, and what is said of it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from generator.cli.screen import (
    EXIT_CALLER,
    EXIT_OK,
    EXIT_OURS,
    NAMED,
    answer,
    answer_json,
    built_in_texts,
    errors_of,
    is_terminal,
    language_of,
    message,
    own_language,
    progress,
    report,
    report_files,
    settings_of,
)
from generator.codes import Code
from generator.settings.target import shown
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    import argparse

    from generator.model import Outcome, Submission, Texts
    from generator.settings import Settings


_Told = TypeVar("_Told")
_PATH_WIDTH = 52
"""Room for most paths, so that a list of fields can be read on the screen."""


def build(options: argparse.Namespace) -> int:
    """Make the documents of every region; what was made goes to standard output."""
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast
    from generator.settings import COMPARISON, DOCUMENTS, TABLE  # noqa: PLC0415 - likewise

    settings = settings_of(options)
    if settings.address:
        pipeline.reach(settings.address)
    begun = pipeline.begin(settings)
    texts, submission, total = begun.texts, begun.submission, begun.total
    language = language_of(options, submission.language)
    # A run that finds nothing changed reads no region.
    left = pipeline.left_behind(settings, submission) if submission.regions else ()
    noticed = [
        *texts.problems,
        *begun.gaps,
        *pipeline.template_problems(settings),
        *submission.problems,
    ]
    report_files(noticed, submission, texts, language, is_quiet=options.quiet)
    if left and not options.quiet:
        names = texts.say("list.separator", language).join(left)
        message(texts.say("changes.only_before", language, regions=names))
    counted: Counter[str] = Counter()
    has_failed, built = bool(errors_of(noticed)), []
    with (
        progress(total, texts, language, is_quiet=options.quiet) as (step, is_named),
        contextlib.closing(begun.outcomes) as outcomes,
    ):
        for outcome in outcomes:
            built.append(outcome.region)
            has_failed |= bool(errors_of(outcome.problems))
            _tell(outcome, settings, options, texts, language, is_named=is_named)
            if outcome.region not in {"", COMPARISON, TABLE}:
                counted[_kind(outcome)] += 1
                step()
    if total > NAMED and not options.quiet:
        message(texts.say("run.batch", language, folder=settings.out, **_sums(counted)))
    if settings.address:
        _publish(settings, texts, language, is_quiet=options.quiet)
    was_asked_for = COMPARISON in settings.documents and settings.documents != DOCUMENTS
    if was_asked_for and COMPARISON not in built:
        message(texts.say("run.no_comparison", language))
    if counted["fault"]:
        return EXIT_OURS
    return EXIT_CALLER if has_failed else EXIT_OK


def _publish(settings: Settings, texts: Texts, language: str, *, is_quiet: bool) -> None:
    """Bring the address to the state of the folder, and say what that took."""
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast

    done = pipeline.publish(settings.out, settings.address, force=settings.force)
    if not is_quiet:
        place = {"folder": settings.out, "address": shown(settings.address)}
        message(texts.say("run.published", language, **place, **done._asdict()))


def _kind(outcome: Outcome) -> str:
    """What became of a region."""
    if outcome.fault:
        return "fault"
    if not outcome.files:
        return "failed"
    return "kept" if outcome.is_kept else "made"


def _sums(counted: Counter[str]) -> dict[str, int]:
    """How many regions were built, were left as they stood, and could not be built."""
    failed = counted["failed"] + counted["fault"]
    return {"made": counted["made"], "kept": counted["kept"], "failed": failed}


def _tell(
    outcome: Outcome,
    settings: Settings,
    options: argparse.Namespace,
    texts: Texts,
    language: str,
    *,
    is_named: bool,
) -> None:
    """What became of a region, or of the comparison: problems, reasons, files."""
    place = outcome.region
    if outcome.fault:
        message(texts.say("run.fault", language, region=place, detail=outcome.fault))
    elif place and not outcome.files:
        message(texts.say("run.region_failed", language, region=place))
    report(outcome.problems, texts, language, is_quiet=options.quiet)
    if options.verbose and outcome.reasons:
        whys = (texts.say(f"why.{one}", language) for one in outcome.reasons)
        why = texts.say("list.separator", language).join(whys)
        message(texts.say("run.rebuilt", language, region=place, why=why))
    for name, reason in outcome.by_docxtpl.items() if options.verbose else ():
        why = texts.say(f"engine.{reason}", language)
        message(texts.say("run.by_docxtpl", language, name=name, why=why))
    # The table across regions has no documents to count.
    if outcome.files and not options.quiet and is_named and "." not in place:
        count = sum(1 for name in outcome.files if name.endswith(".docx"))
        key = "run.region_kept" if outcome.is_kept else "run.region_done"
        message(texts.say(key, language, region=place, count=count))
    # Thousands of paths are for a program that reads them, not for a screen with a bar.
    for name in outcome.files if is_named or not is_terminal("stdout") else ():
        answer(str(settings.out / name))


def new(options: argparse.Namespace) -> int:
    """Make the blank form, or one filled in with a sample or with an older workbook."""
    from pathlib import Path  # noqa: PLC0415 - keeps --help fast

    from generator import pipeline  # noqa: PLC0415 - likewise
    from generator.problems import InputError, Origin, problem  # noqa: PLC0415 - likewise

    settings = settings_of(options)
    if len(options.lang or ()) > 1:
        raise InputError(
            [problem(Code.FORM_IN_TWO_LANGUAGES, Origin("--lang"), found=", ".join(options.lang))]
        )
    path = Path(options.file).absolute()
    language = language_of(options, "" if options.former else own_language())
    former = Path(options.former).absolute() if options.former else None
    noticed, language = pipeline.new_form(
        path, language, settings, options.example, options.jurisdiction, former
    )
    if noticed and (texts := built_in_texts()):
        report(noticed, texts, language, is_quiet=options.quiet)
    answer(str(path))
    return EXIT_OK


def check(options: argparse.Namespace) -> int:
    """List what is wrong in workbooks."""
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast
    from generator.report import as_json  # noqa: PLC0415 - likewise

    settings = settings_of(options)
    _, texts, submission = pipeline.read(settings, is_check=True)
    language = language_of(options, submission.language)
    noticed = [*texts.problems, *submission.problems]
    if options.json:
        answer_json(as_json(noticed, submission.conversions, texts, language))
    else:
        report_files(
            noticed, submission, texts, language, is_quiet=options.quiet,
            remedy=_remedy(settings, is_marked=bool(options.annotate)), is_praised=True,
        )  # fmt: skip
    if options.annotate:
        for path in pipeline.annotate(settings, submission, texts, language, options.annotate):
            (message if options.json else answer)(str(path))
    return EXIT_CALLER if errors_of(submission.problems) else EXIT_OK


def rules(options: argparse.Namespace) -> int:
    """List the rules that hold in a region."""
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast
    from generator.report import rules_as_json, rules_as_lines  # noqa: PLC0415 - likewise

    path, code = pipeline.place_of(options.region)
    options.paths = [path]
    found = pipeline.law_of(settings_of(options), code, options.activity)
    return _answered(options, found, rules_as_json, rules_as_lines)


def explain(options: argparse.Namespace) -> int:
    """Show why the uses of a region stand where they stand."""
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast
    from generator.report import explained_as_json, explained_as_lines  # noqa: PLC0415 - likewise

    path, code = pipeline.place_of(options.region)
    options.paths = [path]
    found = pipeline.uses_of(settings_of(options), code, options.use)
    return _answered(options, found, explained_as_json, explained_as_lines)


def _answered(
    options: argparse.Namespace,
    found: tuple[Texts, Submission, list[_Told]],
    as_json: Callable[[list[_Told]], dict[str, object]],
    as_lines: Callable[[_Told, Texts, str], Iterable[str]],
) -> int:
    """Print what is known of regions, in a language where not as JSON; what was wrong stands above."""
    texts, submission, regions = found
    language = language_of(options, submission.language)
    wrong = errors_of([*texts.problems, *submission.problems])
    report(wrong, texts, language, is_quiet=True)
    if options.json:
        answer_json(as_json(regions))
    for one in () if options.json else regions:
        for text in as_lines(one, texts, language):
            answer(text)
    return EXIT_CALLER if wrong else EXIT_OK


def _remedy(settings: Settings, *, is_marked: bool) -> str:
    """What to do after errors; tables of text cannot be coloured, so nobody is sent to a copy."""
    if all(path.is_dir() for path in settings.inputs):
        return "run.next_tables"
    return "run.next_marked" if is_marked else "run.next_mend"


def send(options: argparse.Namespace) -> int:
    """Put the documents into mails."""
    from generator.cli import send as mail  # noqa: PLC0415 - keeps --help fast

    return mail.send(options)


def template_fields(options: argparse.Namespace) -> int:
    """List every name a template may use."""
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast

    language = language_of(options, ENGLISH)
    for field in pipeline.template_fields(settings_of(options), language):
        words = field.description.text(language)
        example = " ".join(field.example.split())
        answer("\t".join((field.path.ljust(_PATH_WIDTH), field.type, words, example)))
    return EXIT_OK


def template_check(options: argparse.Namespace) -> int:
    """List what is wrong in a template."""
    from pathlib import Path  # noqa: PLC0415 - keeps --help fast

    from generator import pipeline  # noqa: PLC0415 - likewise
    from generator.report import line  # noqa: PLC0415 - likewise

    settings = settings_of(options)
    path = Path(options.file).absolute()
    texts, problems = pipeline.check_template(path, settings)
    language = language_of(options, ENGLISH)
    for found in [*texts.problems, *problems]:
        message(line(found, texts, language))
    if not problems:
        message(texts.say("run.template_fine", language, file=options.file))
    if options.annotate:
        folder = Path(options.annotate).absolute()
        copy = pipeline.annotate_template(path, problems, texts, language, folder)
        if copy:
            answer(str(copy))
        elif pipeline.is_of_mail(path):
            message(texts.say("run.only_word_marked", language))
    return EXIT_CALLER if errors_of(problems) else EXIT_OK


def template_copy(options: argparse.Namespace) -> int:
    """Copy the default templates."""
    from pathlib import Path  # noqa: PLC0415 - keeps --help fast

    from generator import pipeline  # noqa: PLC0415 - likewise

    languages = settings_of(options).languages
    for path in pipeline.copy_templates(Path(options.folder).absolute(), languages):
        answer(str(path))
    return EXIT_OK


def diff(options: argparse.Namespace) -> int:
    """Print what changed between two output folders."""
    from pathlib import Path  # noqa: PLC0415 - keeps --help fast

    from generator import pipeline  # noqa: PLC0415 - likewise
    from generator.report import changes_as_json, changes_as_lines  # noqa: PLC0415 - likewise
    from generator.report.changes import SCHEMA  # noqa: PLC0415 - likewise

    settings = settings_of(options)
    folders = tuple(Path(one).absolute() for one in (options.before, options.after))
    codes = [pipeline.previous_codes(folder) for folder in folders]
    knowledge, texts = pipeline.words_of(settings)
    language = language_of(options, own_language())
    both = [code for code in codes[0] if code in set(codes[1])]
    only = {
        "only_before": sorted({*codes[0]} - {*both}), "only_after": sorted({*codes[1]} - {*both})
    }  # fmt: skip
    for name, listed in only.items():
        if listed and not options.json:
            answer(
                texts.say(
                    f"changes.{name}",
                    language,
                    regions=texts.say("list.separator", language).join(listed),
                )
            )
    made, has_failed = list[dict[str, object]](), False
    for found in pipeline.compare_runs(folders[0], folders[1], both):
        if isinstance(found, tuple):
            report(found, texts, language, is_quiet=True)
            has_failed = True
        elif options.json:
            made.append(changes_as_json(found))
        else:
            for text in changes_as_lines(found, knowledge, texts, language):
                answer(text)
    if options.json:
        answer_json({"schema": SCHEMA, **only, "regions": made})
    elif not both:
        message(texts.say("changes.none_shared", language))
    return EXIT_CALLER if has_failed else EXIT_OK
