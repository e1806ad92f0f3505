"""`briefs explain`: why the uses of a region stand where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    import argparse


def explain(options: argparse.Namespace) -> int:
    """Show why the uses of a region stand where they stand."""
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
