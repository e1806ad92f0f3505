"""The command line: arguments to settings, problems to exit codes; the only place that prints.

Exit codes: 0 done, 1 a fault of ours, 2 something the caller can correct, 3 delivery to try again,
130 interrupted. Messages go to stderr, data to stdout.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import signal
import threading
from typing import TYPE_CHECKING, NoReturn

from generator import __version__
from generator.cli import commands as does
from generator.cli.diff import add_diff
from generator.cli.explain import add_explain
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
from generator.problems import (
    DeliveryError,
    GeneratorError,
    InputError,
    Origin,
    problem,
    seen,
)
from generator.shipped import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_TONGUES = " or ".join(LANGUAGES)
_NEW_OBJECTS = 50_000
"""After how many new objects memory is searched for what can be let go."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    prepare()
    # What is read and found stays until the end: to look through it for rings of what is no longer
    # needed at every 700 new objects is a tenth of a run.
    gc.set_threshold(_NEW_OBJECTS)
    try:
        options = _parser().parse_args(arguments)
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
    lost = _failed(InputError([problem("RN-120", Origin("stdout"), detail=detail)]), options)
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


def _path(text: str) -> str:
    """A path that names something: an empty one, as of a variable that is not set, is no folder."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return text


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with arguments without handing on what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        super().error(seen(message))


def _parser() -> _Parser:
    parser = _Parser(
        prog="briefs",
        description="Turns workbooks of regional assets into Word briefs on their lawful use.",
        epilog="Exit codes: 0 done, 1 a fault of the program, 2 something you can correct, "
        "3 mail to send again later.",
    )
    parser.add_argument("--version", action="version", version=f"briefs {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = _Parser(add_help=False)
    shared.add_argument("--rules", metavar="DIR", help="rule packs instead of the built-in ones")
    shared.add_argument("--catalogue", metavar="DIR", help="catalogue instead of the built-in one")
    shared.add_argument("--templates", metavar="DIR", help="your templates; the rest is built in")
    shared.add_argument("--quiet", action="store_true", help="print problems only")

    build = commands.add_parser("build", parents=[shared], help="make the documents")
    build.add_argument("paths", nargs="*", type=_path, metavar="PATH",
                       help="workbooks or folders of workbooks; none: the sample regions")  # fmt: skip
    build.add_argument("--out", metavar="DIR", help="where the documents go (default: out)")
    build.add_argument("--lang", metavar="LANG", action="append",
                       help=f"{_TONGUES}, repeatable (default: all)")  # fmt: skip
    build.add_argument("--document", metavar="NAME", action="append",
                       help="leadership-brief, planning-brief, annex or comparison, repeatable "
                            "(default: all)")  # fmt: skip
    build.add_argument("--as-of", metavar="DATE", dest="as_of",
                       help="the day whose law applies, as 2026-11-28 (default: today)")  # fmt: skip
    build.add_argument("--previous", metavar="OUT",
                       help="say what changed since the build that filled this folder")  # fmt: skip
    build.add_argument("--draws", metavar="N", help="draws of inputs and weights (default: 10000)")
    build.add_argument("--seed", metavar="N", help="seed of the draws (default: 1)")
    build.add_argument("--pdf", action="store_true", default=None,
                       help="make every document as a PDF too; needs LibreOffice")  # fmt: skip
    build.add_argument("--paginate", action="store_true", default=None,
                       help="put page numbers into contents lists; needs LibreOffice")  # fmt: skip
    build.add_argument("--jobs", metavar="N",
                       help="regions built at a time (default: one for each processor core)")  # fmt: skip
    build.add_argument("--force", action="store_true",
                       help="build what has not changed as well")  # fmt: skip
    build.add_argument("--verbose", action="store_true",
                       help="say why a region is built, and which templates could not be "
                            "compiled")  # fmt: skip
    build.add_argument("--verify", action="store_true", default=None,
                       help="list what in the finished documents shuts a reader out")  # fmt: skip
    build.set_defaults(run=does.build)

    new = commands.add_parser("new", parents=[shared], help="make the blank form")
    new.add_argument("file", type=_path, metavar="FILE.xlsx")
    new.add_argument(
        "--lang", metavar="LANG", action="append", help=f"{_TONGUES} (default: {ENGLISH})"
    )
    new.add_argument("--jurisdiction", metavar="CODE",
                     help="with the columns and help of a jurisdiction, as US-TX (default: the "
                          "one whose laws are in the form's language, else what all share)")  # fmt: skip
    filled = new.add_mutually_exclusive_group()
    filled.add_argument("--example", metavar="CITY", help="filled in with a sample city: qingdao")
    filled.add_argument("--from", metavar="OLD.xlsx", dest="former", type=_path,
                        help="filled in with the rows of a workbook, one of an older form too")  # fmt: skip
    new.set_defaults(run=does.new)

    check = commands.add_parser("check", parents=[shared], help="list what is wrong in workbooks")
    check.add_argument(
        "paths", nargs="+", type=_path, metavar="PATH", help="workbooks or folders of workbooks"
    )
    check.add_argument("--lang", metavar="LANG", action="append",
                       help="language of the messages (default: the workbook's)")  # fmt: skip
    check.add_argument("--json", action="store_true", help="all problems as JSON on stdout")
    check.add_argument("--annotate", type=_path, metavar="DIR",
                       help="put a marked copy of every workbook with problems there")  # fmt: skip
    check.set_defaults(run=does.check)
    _add_rules(commands, shared)
    add_explain(commands, shared, _path)
    add_diff(commands, shared, _path)
    _add_send(commands, shared)
    _add_template(commands)
    return parser


def _add_rules(commands: argparse._SubParsersAction[_Parser], shared: _Parser) -> None:
    """The command for the law alone."""
    rules = commands.add_parser(
        "rules", parents=[shared], help="list the rules that hold in a region"
    )
    rules.add_argument("region", type=_path, metavar="REGION",
                       help="a workbook, or a region of one: region.xlsx#code")  # fmt: skip
    rules.add_argument("--as-of", metavar="DATE", dest="as_of",
                       help="the day whose law applies, as 2026-11-28 (default: today)")  # fmt: skip
    rules.add_argument("--activity", metavar="ACTIVITY",
                       help="one activity, by its id or name (default: all)")  # fmt: skip
    rules.add_argument("--json", action="store_true", help="all of it as JSON on stdout")
    rules.add_argument("--lang", metavar="LANG", action="append",
                       help=f"{_TONGUES} (default: the workbook's)")  # fmt: skip
    rules.set_defaults(run=does.rules)


def _add_send(commands: argparse._SubParsersAction[_Parser], shared: _Parser) -> None:
    """The command for the mail; its other settings stand in briefs.toml."""
    send = commands.add_parser("send", parents=[shared], help="put the documents into mails")
    send.add_argument("out", type=_path, metavar="OUT", help="the folder that build has filled")
    send.add_argument("--smtp", action="store_true",
                      help="send them; without it they become drafts in OUT/outbox")  # fmt: skip
    send.add_argument("--campaign", metavar="NAME",
                      help="in a campaign everybody gets a document once; "
                           "needed with --smtp")  # fmt: skip
    send.add_argument("--dry-run", action="store_true", help="show who would get what, do nothing")
    send.add_argument("--yes", action="store_true", help="do not ask before sending")
    send.add_argument("--status", action="store_true", help="list what was sent, and what was not")
    send.add_argument("--only", metavar="ADDRESS", action="append",
                      help="leave all other recipients alone, repeatable")  # fmt: skip
    for what, words in (
        ("unknown", "whose arrival is unknown"),
        ("changed", "built anew since they were sent"),
        ("failed", "that the server refused"),
    ):
        send.add_argument(f"--resend-{what}", dest="resend", action="append_const", const=what,
                          help=f"also send documents {words}")  # fmt: skip
    send.add_argument("--arrived", action="store_true",
                      help="count as sent what is unknown and has arrived after all")  # fmt: skip
    send.add_argument("--allow", metavar="DOMAIN", action="append",
                      help="a further domain that may get the documents, repeatable; "
                           "*.example.org for all below it")  # fmt: skip
    send.add_argument("--lang", metavar="LANG", action="append",
                      help="language of the messages on the screen (default: en)")  # fmt: skip
    send.set_defaults(run=does.send)


def _add_template(commands: argparse._SubParsersAction[_Parser]) -> None:
    """The commands for those who change the templates."""
    template = commands.add_parser("template", help="list, check and copy what makes the documents")
    actions = template.add_subparsers(required=True, metavar="ACTION")
    fields = actions.add_parser("fields", help="list every name a template may use")
    fields.add_argument(
        "--lang", metavar="LANG", action="append", help=f"{_TONGUES} (default: {ENGLISH})"
    )
    fields.set_defaults(run=does.template_fields)
    check = actions.add_parser("check", help="list what is wrong in a template")
    check.add_argument(
        "file", type=_path, metavar="FILE", help="a Word template or one of the mail"
    )
    check.add_argument("--lang", metavar="LANG", action="append",
                       help="language of the messages (default: en)")  # fmt: skip
    check.add_argument("--annotate", type=_path, metavar="DIR",
                       help="put a copy with a Word comment at every fault there")  # fmt: skip
    check.set_defaults(run=does.template_check)
    copy = actions.add_parser("copy", help="copy the default templates to edit them")
    copy.add_argument("folder", type=_path, metavar="DIR")
    copy.add_argument("--lang", metavar="LANG", action="append",
                      help=f"{_TONGUES}, repeatable (default: all)")  # fmt: skip
    copy.set_defaults(run=does.template_copy)


def _failed(fault: Exception, options: argparse.Namespace) -> int:
    if isinstance(fault, OSError) and fault.filename is not None:
        detail = fault.strerror or type(fault).__name__
        fault = InputError([problem("RN-125", Origin(str(fault.filename)), detail=detail)])
    if not isinstance(fault, GeneratorError):
        message(f"briefs: internal error: {type(fault).__name__}: {fault}")
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
