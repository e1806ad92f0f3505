"""`briefs explain`: why the uses of a region stand where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.cli.screen import (
    EXIT_CALLER,
    EXIT_OK,
    answer,
    answer_json,
    errors_of,
    language_of,
    report,
    settings_of,
)
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_explain(
    commands: argparse._SubParsersAction[Any],
    shared: argparse.ArgumentParser,
    path: Callable[[str], str],
) -> None:
    """Put the command among the others.

    Args:
        commands: Where the commands stand.
        shared: The options that commands share.
        path: Reads an argument that names something.
    """
    explain = commands.add_parser(
        "explain",
        parents=[shared],
        help="show from cells to verdict why a use stands where it does",
    )
    explain.add_argument("region", type=path, metavar="REGION",
                         help="a workbook, or a region of one: region.xlsx#code")  # fmt: skip
    explain.add_argument("use", type=path, nargs="?", metavar="USE",
                         help="a use, by its id or name (default: a line on every use)")  # fmt: skip
    explain.add_argument("--as-of", metavar="DATE", dest="as_of",
                         help="the day whose law applies, as 2026-11-21 (default: today)")  # fmt: skip
    explain.add_argument("--draws", metavar="N",
                         help="draws of inputs and weights (default: 10000)")  # fmt: skip
    explain.add_argument("--seed", metavar="N", help="seed of the draws (default: 1)")
    explain.add_argument("--json", action="store_true", help="all of it as JSON on stdout")
    explain.add_argument("--lang", metavar="LANG", action="append",
                         help=f"{' or '.join(LANGUAGES)} (default: the workbook's)")  # fmt: skip
    explain.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    from generator import pipeline  # noqa: PLC0415 - keeps --help fast
    from generator.report import explained_as_json, explained_as_lines  # noqa: PLC0415 - likewise

    path, code = pipeline.place_of(options.region)
    options.paths = [path]
    found = pipeline.uses_of(settings_of(options), code, options.use)
    language = language_of(options, found.submission.language)
    wrong = errors_of([*found.texts.problems, *found.submission.problems])
    report(wrong, found.texts, language, is_quiet=True)
    if options.json:
        answer_json(explained_as_json(found.regions))
    else:
        for one in found.regions:
            for text in explained_as_lines(one, found.texts, language):
                answer(text)
    return EXIT_CALLER if wrong else EXIT_OK
