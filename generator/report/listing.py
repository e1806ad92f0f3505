"""Problems as people and programs read them: grouped by code and column, or as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.report.problem_texts import by_column, cells_of, problem_text, split, spoken

if TYPE_CHECKING:
    from generator.model import Conversion, Texts
    from generator.problems import Problem

SCHEMA = "briefs-problems/1"
_MOST = 100
"""Problems that the screen shows; more are summed up by code and column as well."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first; among them the order of the form, in which they were read."""
    return sorted(problems, key=lambda found: found.severity)


def line(found: Problem, texts: Texts, language: str) -> str:
    """One problem as a line: code, file, sheet, cell, header, what was found, what to write."""
    return _line([found], problem_text(found, texts, language), texts, language)


def _line(alike: Sequence[Problem], text: str, texts: Texts, language: str) -> str:
    """A single line whatever stands in the cell; nothing in it may steer the reader's screen."""
    head = _head(alike, texts, language)
    whole = texts.say("run.line", language, head=head, text=text)
    return "".join(char if char.isprintable() else " " for char in whole)


def _head(alike: Sequence[Problem], texts: Texts, language: str) -> str:
    """Code, place and header of problems in one column; several cells as ranges."""
    first = alike[0]
    where = cells_of([found.origin for found in alike])
    header = spoken(first, language).get("header", "")
    named = texts.say("run.header", language, header=header) if header else ""
    return f"{first.code} {where}{named}"


def screen(problems: Sequence[Problem], texts: Texts, language: str) -> Iterator[str]:
    """The lines of a report: up to a hundred problems, errors first, in the order of the form.

    Problems of one column that say the same are one line with their cells as ranges. Where there
    are more than a hundred, the columns with others follow by code, and where to see each.
    """
    ordered = in_order(problems)
    shown = ordered[:_MOST]
    for severity in ("error", "warning"):
        own = [found for found in shown if found.severity == severity]
        if severity == "warning" and 0 < len(own) < len(shown):
            yield texts.say("run.warnings", language)
        said = [(found, problem_text(found, texts, language)) for found in own]
        for (*_, text), alike in _grouped(said):
            yield _line(alike, text, texts, language)
    rest = set(ordered[_MOST:])
    if rest:
        yield texts.say("run.grouped", language, shown=_MOST, count=len(ordered))
        for alike in by_column(ordered, lambda found: found.code):
            if not rest.isdisjoint(alike):
                head = _head(alike, texts, language)
                yield texts.say("run.group", language, head=head, count=len(alike))
        yield texts.say("run.rest", language)


def _grouped(
    said: Iterable[tuple[Problem, str]],
) -> Iterable[tuple[tuple[str, ...], list[Problem]]]:
    """Problems that share code, column and text, where the first of them stands."""
    groups: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for found, text in said:
        origin = found.origin
        letters, _ = split(origin.cell)
        groups[found.code, origin.file, origin.sheet, letters, text].append(found)
    return groups.items()


def as_json(
    problems: Iterable[Problem], conversions: Iterable[Conversion], texts: Texts, language: str
) -> dict[str, object]:
    """All problems and conversions as plain JSON values; see docs/problems.md."""
    listed = [
        {
            "code": found.code,
            "severity": found.severity,
            "file": found.origin.file,
            "sheet": found.origin.sheet,
            "cell": found.origin.cell,
            "message": problem_text(found, texts, language),
            "args": dict(found.args),
        }
        for found in in_order(problems)
    ]
    return {
        "schema": SCHEMA,
        "language": language,
        "errors": sum(1 for one in listed if one["severity"] == "error"),
        "warnings": sum(1 for one in listed if one["severity"] == "warning"),
        "problems": listed,
        "conversions": [
            {
                "file": done.origin.file,
                "sheet": done.origin.sheet,
                "cell": done.origin.cell,
                "found": done.found,
                "value": done.value,
                "rule": done.rule,
            }
            for done in conversions
        ],
    }
