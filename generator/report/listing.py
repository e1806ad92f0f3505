"""Problems as people and programs read them: grouped by code and column, or as JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from generator.report.quality import problem_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.model import Conversion, Texts
    from generator.problems import Problem

SCHEMA = "briefs-problems/1"
_IN_FULL = 20
"""Problems that the screen shows in full; more are summed up by code and column."""
_CELL = re.compile(r"([A-Z]*)(\d*)")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first, then by file, sheet, code, column and row."""

    def key(found: Problem) -> tuple[object, ...]:
        letters, row = _split(found.origin.cell)
        column = (len(letters), letters)
        return (
            found.severity, found.origin.file, found.origin.sheet, found.code, column, row,
        )  # fmt: skip

    return sorted(problems, key=key)


def _split(cell: str) -> tuple[str, int]:
    match = _CELL.fullmatch(cell)
    return (match[1], int(match[2] or 0)) if match else (cell, 0)


def line(found: Problem, texts: Texts, language: str) -> str:
    """One problem as a line: code, file, sheet, cell, header, what was found, what to write."""
    return f"{_head(found, found.origin.full, language)}: {problem_text(found, texts, language)}"


def _head(found: Problem, where: str, language: str) -> str:
    args = dict(found.args)
    header = args.get("header_zh" if language == "zh-CN" else "header_en", "")
    named = f' "{header}"' if header else ""
    return f"{found.code} {where}{named}"


def screen(problems: Sequence[Problem], texts: Texts, language: str) -> Iterator[str]:
    """The lines of a report: the first problems in full, then all of them by code and column."""
    ordered = in_order(problems)
    for found in ordered[:_IN_FULL]:
        yield line(found, texts, language)
    if len(ordered) > _IN_FULL:
        yield texts.say("run.grouped", language, shown=_IN_FULL, count=len(ordered))
        yield from _groups(ordered, texts, language)


def _groups(ordered: Iterable[Problem], texts: Texts, language: str) -> Iterator[str]:
    """One line per code and column with the cells as ranges."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = defaultdict(list)
    for found in ordered:
        letters, _ = _split(found.origin.cell)
        groups[found.code, found.origin.file, found.origin.sheet, letters].append(found)
    for (_, file, sheet, letters), members in groups.items():
        cells = ranges(letters, sorted(_split(one.origin.cell)[1] for one in members))
        where = f"{file} {sheet}!{cells}" if sheet else f"{file}!{cells}"
        head = _head(members[0], where, language)
        yield texts.say("run.group", language, head=head, count=len(members))


def ranges(letters: str, rows: Sequence[int]) -> str:
    """Cells of one column as ranges: `D17, D22–D40`."""
    parts: list[str] = []
    start = previous = None
    for row in [*dict.fromkeys(rows), None]:
        if previous is not None and row != previous + 1:
            ends = f"{letters}{start or ''}", f"{letters}{previous or ''}"
            parts.append(ends[0] if start == previous else "–".join(ends))
            start = None
        if row is not None:
            start = row if start is None else start
        previous = row
    shown = parts if len(parts) <= _IN_FULL else [*parts[:_IN_FULL], "…"]
    return ", ".join(shown)


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
