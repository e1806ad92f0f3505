"""What a problem says, its numbers and units as people read them; what was noticed in one column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator.codes import Code
from generator.language import Language
from generator.problems import Problem, seen
from generator.shipped import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from generator.model import Texts
    from generator.problems import Origin


_NUMBERS = (
    "low", "high", "smallest", "largest", "part", "whole", "usual", "own", "stated",
    "other", "value", "floor", "ceiling", "hundredth",
)  # fmt: skip
"""Arguments that are numbers, where they are not words; what stands in a cell is quoted as it is."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)
_WORDS = frozenset({Code.FOOTNOTE_LEFT_OUT, Code.READ_IN_ONE_LINE})
"""Codes whose `value` is a text."""


def problem_text(problem: Problem, texts: Texts, language: str) -> str:
    """A problem's sentence and remedy; its code and arguments where the text table lacks it."""
    args = spoken(problem, language)
    try:
        _worded(args, texts, language)
        if problem.code not in _WORDS and args.get("unit_en") != "year":
            _counted(args, texts, language)
        if "ask" in args:
            args["ask"] = args["ask"].format(**args)
        key = f"problem.{problem.code}"
        cause = f"{key}.{args.get('cause')}"
        key = cause if cause in texts.table else key
        text = texts.say(key, language, **args)
    except (KeyError, IndexError):
        return ", ".join(f"{key}={value}" for key, value in args.items())
    nearest = args.get("nearest")
    if nearest and "{nearest}" not in texts.table[key][language]:
        text += texts.say("problem.nearest", language, nearest=nearest)
    return text


def spoken(problem: Problem, language: str) -> dict[str, str]:
    """The arguments of a problem; what it gives once per language under its bare name too."""
    args = {key: seen(value) for key, value in problem.args}
    for tongue in (ENGLISH, language):
        ending = f"_{LANGUAGES[tongue]}"
        own = [name for name in args if name.endswith(ending)]
        args |= {name.removesuffix(ending): args[name] for name in own}
    return args


def _worded(args: dict[str, str], texts: Texts, language: str) -> None:
    """Put into words what the arguments give as keys, and write numbers as people do."""
    if "fault" in args:
        args["fault"] = texts.say(f"address.{args['fault']}", language, **args)
    if "remedy" in args:
        args["remedy"] = texts.say(f"unread.{args['remedy']}", language)
    if f"detail.{args.get('detail')}" in texts.table:
        args["detail"] = texts.say(f"detail.{args['detail']}", language)
    if "readings" in args:
        between = texts.say("problem.or", language)
        args["readings"] = args["readings"].replace(" / ", between)
    if "listed" in args and args["listed"].endswith("…"):
        shown = args["listed"].removesuffix("…").strip()
        args["listed"] = texts.say("problem.listed_more", language, listed=shown)
    if "unit" in args:
        args["sign"] = args["unit"]
        key = f"sentence_unit.{args.get('unit_en')}"
        unit = texts.say(key, language) if key in texts.table else args["unit"]
        args["unit"] = unit
        args["measure"] = texts.say("problem.measure", language, unit=unit) if unit else ""


def _counted(args: dict[str, str], texts: Texts, language: str) -> None:
    """Write the numbers among the arguments as people do."""
    words = Language(texts, language)
    for name in (*_NUMBERS, "found") if "ask" in args else _NUMBERS:
        if name in args and _NUMBER.fullmatch(args[name]):
            args[name] = words.unrounded(float(args[name]), args[name])


_MOST_RANGES = 20
_CELL = re.compile(r"([A-Z]*)(\d*)")


class _Placed(Protocol):
    @property
    def origin(self) -> Origin:
        """The cell."""


_Item = TypeVar("_Item", bound=_Placed)


def by_column(items: Iterable[_Item], kind: Callable[[_Item], str]) -> Iterable[list[_Item]]:
    """Items of one kind in one column of one sheet, each group where its first stands."""
    groups: dict[tuple[str, ...], list[_Item]] = defaultdict(list)
    for item in items:
        origin = item.origin
        groups[kind(item), origin.file, origin.sheet, split(origin.cell)[0]].append(item)
    return groups.values()


def split(cell: str) -> tuple[str, int]:
    """The letters and the row of a cell; what is no cell stays whole."""
    match = _CELL.fullmatch(cell)
    return (match[1], int(match[2] or 0)) if match else (cell, 0)


def cells_of(origins: Sequence[Origin]) -> str:
    """The place of cells in one column, several of them as ranges."""
    first = origins[0]
    if len(origins) == 1:
        return first.full
    letters, _ = split(first.cell)
    cells = ranges(letters, sorted(split(origin.cell)[1] for origin in origins))
    return first._replace(cell=cells).full


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
    shown = parts if len(parts) <= _MOST_RANGES else [*parts[:_MOST_RANGES], "…"]
    return ", ".join(shown)
