"""What every command shares: settings from options, the reader's language, lines on the screen.

Exit codes: 0 done, 1 a fault of ours, 2 something the caller can correct, 3 delivery to try again,
130 interrupted. Messages go to stderr, data to stdout.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from generator.model import Submission, Texts
    from generator.problems import Problem
    from generator.settings import Settings

LANGUAGES = ("en", "zh-CN")
"""Languages of messages; the model's own list would cost --help its speed."""
EXIT_OK, EXIT_OURS, EXIT_CALLER, EXIT_RETRY, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


def settings_of(options: argparse.Namespace) -> Settings:
    """Settings from options, environment and file; today is read here and nowhere else."""
    from datetime import datetime  # noqa: PLC0415 - keeps --help fast

    from generator.settings import load_settings  # noqa: PLC0415 - likewise

    today = datetime.now().astimezone().date()
    return load_settings(vars(options), today)


def language_of(options: argparse.Namespace, fallback: str) -> str:
    """The one language asked for, else the workbook's."""
    chosen = options.lang or []
    return chosen[0] if len(chosen) == 1 and chosen[0] in LANGUAGES else fallback


def own_language() -> str:
    """The one language that environment or settings file ask for, else English.

    Refusals are said in it before any workbook is read; a settings file that cannot be read is
    reported by whoever needs it.
    """
    import os  # noqa: PLC0415 - keeps --help fast

    from generator.problems import InputError  # noqa: PLC0415 - likewise
    from generator.settings import file_values, listed  # noqa: PLC0415 - likewise

    try:
        chosen = listed(os.environ.get("BRIEFS_LANG") or file_values().get("lang"))
    except InputError:
        return "en"
    return chosen[0] if len(chosen) == 1 and chosen[0] in LANGUAGES else "en"


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop the work."""
    return [found for found in problems if found.severity == "error"]


def report(
    problems: Sequence[Problem],
    texts: Texts,
    language: str,
    *,
    is_quiet: bool = False,
    remedy: str = "",
) -> None:
    """The problems, how many there are, and what to do about them.

    Args:
        problems: What was found.
        texts: The text table.
        language: The reader's language.
        is_quiet: Show errors alone, without the sum.
        remedy: The text that says how cells are mended; empty where no cells are wrong.
    """
    from generator.report import screen  # noqa: PLC0415 - keeps --help fast

    shown = errors_of(problems) if is_quiet else problems
    for text in screen(shown, texts, language):
        message(text)
    if problems and not is_quiet:
        count = len(errors_of(problems))
        key = remedy if count else "run.next_look"
        following = texts.say(key, language) if remedy else ""
        message(
            texts.say(
                "run.problems", language, errors=count, warnings=len(problems) - count,
                next=following,
            )
        )  # fmt: skip


def report_files(
    submission: Submission,
    texts: Texts,
    language: str,
    *,
    is_quiet: bool,
    is_marked: bool = False,
    is_praised: bool = False,
) -> None:
    """What was found in the planners' files, and which registers nobody has filled in.

    Args:
        submission: What the files said.
        texts: The text table.
        language: The reader's language.
        is_quiet: Show errors alone.
        is_marked: Whether a marked copy is written, so that nobody need be told how.
        is_praised: Whether files without a problem are told so.
    """
    remedy = "run.next_marked" if is_marked else "run.next_mend"
    report(submission.problems, texts, language, is_quiet=is_quiet, remedy=remedy)
    if is_praised and not submission.problems and not is_quiet:
        message(texts.say("run.no_problems", language))
    if submission.unfilled and not is_quiet:
        names = [name.text(language) for name in submission.unfilled]
        sheets = texts.say("list.separator", language).join(names)
        message(texts.say("run.unfilled", language, sheets=sheets))


def built_in_texts() -> Texts | None:
    """The built-in text table; None when it is the thing that is broken."""
    from generator.intake import load_texts  # noqa: PLC0415 - keeps --help fast
    from generator.problems import InputError  # noqa: PLC0415 - likewise
    from generator.settings import data_root  # noqa: PLC0415 - likewise

    try:
        return load_texts(data_root() / "templates" / "strings.csv")
    except InputError:
        return None


def message(text: str) -> None:
    """A line for the person at the screen."""
    print(text, file=sys.stderr)
