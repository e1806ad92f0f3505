"""`briefs diff`: what changed between two runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.cli.screen import (
    EXIT_CALLER,
    EXIT_OK,
    answer,
    answer_json,
    language_of,
    message,
    own_language,
    report,
    settings_of,
)

if TYPE_CHECKING:
    import argparse


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
