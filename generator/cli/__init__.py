"""The command line: arguments to settings, problems to exit codes; the only place that prints.

Exit codes: 0 done, 1 a fault of ours, 2 something the caller can correct, 3 delivery to try again,
130 interrupted. Messages go to stderr, data to stdout.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.cli.arguments import language_asked, parser_in
from generator.cli.screen import (
    EXIT_CALLER,
    EXIT_INTERRUPTED,
    EXIT_OURS,
    EXIT_RETRY,
    built_in_texts,
    language_of,
    message,
    own_language,
    prepare,
    unprinted,
)
from generator.codes import Code
from generator.problems import DeliveryError, GeneratorError, InputError, Origin, problem, told

if TYPE_CHECKING:
    import argparse


_NEW_OBJECTS = 200_000
"""After how many new objects memory is searched for what can be let go."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    prepare()
    # What is read and found stays until the end: to look through it for rings of what is no longer
    # needed at every 700 new objects is a tenth of a run.
    gc.set_threshold(_NEW_OBJECTS)
    # Nor is anything looked for in it when the process ends and all of it goes.
    atexit.register(gc.freeze)
    try:
        words = sys.argv[1:] if arguments is None else arguments
        parser = parser_in(language_asked(words, own_language))
        options = parser.parse_args(words)
    except SystemExit:
        unprinted()
        raise
    with _stoppable():
        try:
            code = int(options.run(options))
        except KeyboardInterrupt:
            message("interrupted")
            code = EXIT_INTERRUPTED
        except Exception as fault:  # noqa: BLE001 - the outermost door: no traceback reaches a planner
            code = _failed(fault, options)
    return _ended(code, options)


def _ended(code: int, options: argparse.Namespace) -> int:
    """The exit code, when all that was printed has been handed over or could not be."""
    detail = unprinted()
    if not detail:
        return code
    lost = _failed(
        InputError([problem(Code.NOT_ALL_PRINTED, Origin("stdout"), detail=detail)]), options
    )
    return code or lost


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """A request to end, and a terminal that is closed, stop a run as Ctrl-C does: it cleans up."""
    asked = [one for name in ("SIGTERM", "SIGHUP") if (one := getattr(signal, name, None))]
    if threading.current_thread() is not threading.main_thread():
        asked = []
    # Who started us may have had a signal ignored, as nohup does.
    asked = [one for one in asked if signal.getsignal(one) == signal.SIG_DFL]
    for one in asked:
        signal.signal(one, signal.default_int_handler)
    try:
        yield
    finally:
        for one in asked:
            signal.signal(one, signal.SIG_DFL)


def _failed(fault: Exception, options: argparse.Namespace) -> int:
    if isinstance(fault, OSError) and fault.filename is not None:
        detail = fault.strerror or type(fault).__name__
        fault = InputError([problem(Code.NO_ACCESS, Origin(str(fault.filename)), detail=detail)])
    if not isinstance(fault, GeneratorError):
        message(f"briefs: internal error: {told(fault)}")
        return EXIT_OURS
    from generator.report import line  # noqa: PLC0415 - keeps --help fast

    texts = built_in_texts()
    language = language_of(options, own_language())
    for found in fault.problems:
        if texts is None:
            message(f"{found.code} {found.origin}: {dict(found.args)}")
        else:
            message(line(found, texts, language))
    return EXIT_RETRY if isinstance(fault, DeliveryError) else EXIT_CALLER
