"""What every command shares: settings from options, the reader's language, lines on the screen.

Exit codes: 0 done, 1 a fault of ours, 2 something the caller can correct, 3 delivery to try again,
130 interrupted. Messages go to stderr, data to stdout.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.problems import UNSEEN, Problem, seen
from generator.shipped import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    import argparse

    from generator.model import Submission, Texts
    from generator.settings import Settings


EXIT_OK, EXIT_OURS, EXIT_CALLER, EXIT_RETRY, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


_LAST_STREAM = 2
_above: list[Callable[[str], None]] = []
"""What prints lines above a bar that is being drawn."""
_lost: dict[str, str] = {}
"""Why something could not be printed, by stream."""


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
    from generator.problems import InputError  # noqa: PLC0415 - likewise
    from generator.settings.declared import SETTINGS  # noqa: PLC0415 - likewise
    from generator.settings.given import file_values, read_settings  # noqa: PLC0415 - likewise

    declared = [one for one in SETTINGS if one.key == "lang"]
    try:
        values, _ = read_settings(declared, {}, None, file_values())
    except InputError:
        return ENGLISH
    chosen = values.get("lang", ())
    return chosen[0] if len(chosen) == 1 else ENGLISH


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
    noticed: Sequence[Problem],
    submission: Submission,
    texts: Texts,
    language: str,
    *,
    is_quiet: bool,
    remedy: str = "run.next_mend",
    is_praised: bool = False,
) -> None:
    """What was found in the planners' files, and which registers nobody has filled in.

    Args:
        noticed: All that was found, in the files and beside them.
        submission: What the files said.
        texts: The text table.
        language: The reader's language.
        is_quiet: Show errors alone.
        remedy: The text that says what to do after errors.
        is_praised: Whether files without a problem are told so.
    """
    report(noticed, texts, language, is_quiet=is_quiet, remedy=remedy)
    if is_praised and not noticed and not is_quiet:
        message(texts.say("run.no_problems", language) + texts.say("run.next_build", language))
    if submission.unfilled and not is_quiet:
        names = [name.text(language) for name in submission.unfilled]
        sheets = texts.say("list.separator", language).join(names)
        message(texts.say("run.unfilled", language, sheets=sheets))


def built_in_texts() -> Texts | None:
    """The built-in text table; None when it is the thing that is broken."""
    from generator.intake import load_texts  # noqa: PLC0415 - keeps --help fast
    from generator.problems import InputError  # noqa: PLC0415 - likewise
    from generator.shipped import data_root  # noqa: PLC0415 - likewise

    try:
        return load_texts(data_root() / "templates" / "strings.csv")
    except InputError:
        return None


def message(text: str) -> None:
    """A line for the person at the screen."""
    _print("stderr", f"{seen(text)}\n")


def answer(text: str) -> None:
    """A line of what was asked for, on standard output; tabs part its columns."""
    _print("stdout", "\t".join(map(seen, text.split("\t"))) + "\n")


def answer_json(value: object) -> None:
    """A value as JSON on standard output."""
    import json  # noqa: PLC0415 - keeps --help fast

    made = json.dumps(value, ensure_ascii=False, indent=1)
    # Outside its strings JSON has no such signs but the breaks between its lines.
    safe = UNSEEN.sub(lambda one: one[0] if one[0] == "\n" else f"\\u{ord(one[0]):04x}", made)
    _print("stdout", f"{safe}\n")


def ask(question: str) -> str:
    """What somebody at the terminal types in answer."""
    _print("stderr", seen(question))
    return sys.stdin.readline().strip()


def prepare() -> None:
    """See that whatever is printed can be: Chinese on any system, and with streams closed.

    A closed stream leaves its number free, which the next file that is opened would take.
    """
    _lost.clear()
    if None in (sys.stdin, sys.stdout, sys.stderr):
        while (handle := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
            pass
        os.close(handle)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def lines_go_to(above: Callable[[str], None]) -> Iterator[None]:
    """Have lines for a terminal printed by whoever draws a bar on it."""
    _above.append(above)
    try:
        yield
    finally:
        _above.pop()


def unprinted() -> str:
    """Hand over what was printed; why standard output did not take all of it, empty if it did."""
    for name in ("stdout", "stderr"):
        _print(name, "")
    return _lost.get("stdout", "")


def is_terminal(name: str) -> bool:
    """Whether somebody sits where a stream leads."""
    stream = getattr(sys, name)
    return stream is not None and stream.isatty()


def _print(name: str, text: str) -> None:
    """Print; what cannot be printed is noted, and the work goes on."""
    stream = getattr(sys, name)
    if _above and text and is_terminal(name):
        _above[-1](text)
        return
    if stream is None:
        if text:
            _lost.setdefault(name, os.strerror(errno.EBADF))
        return
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError) as fault:
        _give_up(name, fault)


def _give_up(name: str, fault: OSError | ValueError) -> None:
    """Note why nothing more can be printed there, and let Python not try again at its own end."""
    detail = getattr(fault, "strerror", None) or type(fault).__name__
    _lost.setdefault(name, detail)
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, getattr(sys, name).fileno())
        os.close(nowhere)


NAMED = 12
"""Up to so many regions each is named with its files above the bar; of more, problems alone."""
_HOUR_S, _MINUTE_S = 3_600, 60


@contextlib.contextmanager
def progress(
    total: int, texts: Texts, language: str, *, is_quiet: bool
) -> Iterator[tuple[Callable[[], None], bool]]:
    """Show how far a build is.

    Args:
        total: Regions to be built.
        texts: The text table.
        language: The reader's language.
        is_quiet: Show nothing.

    Yields:
        What to call after each region, and whether to name each of them.
    """
    if is_quiet or total < 2 or not is_terminal("stderr") or os.environ.get("TERM") == "dumb":
        yield (lambda: None), True
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second that only a terminal needs
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(stderr=True, highlight=False, markup=False)
    bar = Progress(
        BarColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        console=console,
        redirect_stdout=False,
        redirect_stderr=False,
        transient=True,
    )

    def said() -> str:
        now = bar.tasks[0] if bar.tasks else None
        speed, left = (now.speed, now.time_remaining) if now else (None, None)
        done = int(now.completed) if now else 0
        if not speed or left is None:
            return texts.say("run.bar_begun", language, done=done, total=total)
        rate = f"{speed * _MINUTE_S:.0f}" if speed * _MINUTE_S >= 1 else "<1"
        return texts.say("run.bar", language, done=done, total=total, rate=rate, left=_clock(left))

    def step() -> None:
        bar.advance(task)
        bar.update(task, said=said())

    # The whole line, however long: a path that is broken cannot be copied.
    with bar, lines_go_to(lambda text: console.print(Text(text), soft_wrap=True, end="")):
        task = bar.add_task("", total=total, said=said())
        yield step, total <= NAMED


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds as a clock shows them."""
    hours, rest = divmod(round(seconds), _HOUR_S)
    minutes, rest = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
