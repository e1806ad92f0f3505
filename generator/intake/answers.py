"""Words that answer a cell: a mark that stands for no value, yes or no, one word of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.intake import units
from generator.intake.columns import Column, Kind
from generator.intake.words import Words, folded

_PLAIN = frozenset({"", "-", "–", "—", "无", "n/a", "unknown", "未知"})
"""What the form itself calls unknown, or blank."""
_UNKNOWN = frozenset({
    "..", "...", "......", "——", "————", "--", "---", "−", "−−", "na", "n.a.", "n/a.", "n. a.", "n.d.",
    "nd", "k.a.", "k. a.", "keine angabe", "null", "none", "not available", "not applicable", "no data",
    "暂无", "暂缺", "不详", "无数据", "未统计", "未掌握", "缺失", "不适用", "н/д", "нет данных",
})  # fmt: skip
"""Marks of statistics offices for a value that nobody has: read as unknown, and logged."""
WITHHELD = frozenset({
    "d", "(d)", "s", "(s)", "x", "(x)", "c", "(c)", ":", "(:)", ":c", "*", "**", "***", "#", ".", "/", "?",
    "??", "np", "nr", "q", "tbd", "tba", "confidential", "suppressed", "withheld", "secret", "geheim",
    "保密", "(保密)", "涉密", "不公开", "略", "(略)", "待定", "待核实", "待补充", "待填",
})  # fmt: skip
"""Marks of statistics offices and of planners for a value that is kept back or not settled."""
ERRORS = frozenset({
    "#div/0!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#value!", "#spill!", "#calc!",
    "#getting_data",
})  # fmt: skip
"""Errors of a spreadsheet, when they stand in a table file as text."""
FLAGS = frozenset("bcdefinpqrsuxz")
"""Letters by which statistics offices mark a number as estimated, provisional or revised."""
_YES = frozenset({
    "1", "yes", "true", "是", "y", "有", "√", "✓", "✔", "да", "oui", "ja", "sí", "sim",
})  # fmt: skip
_NO = frozenset({"0", "no", "false", "否", "n", "没有", "不是", "нет", "non", "nein", "não"})
_READ = frozenset({Kind.NUMBER, Kind.INTEGER, Kind.PERCENT, Kind.DATE, Kind.PERIOD, Kind.FLAG})
"""Kinds in which a mark can be nothing else; in a text or a list it may be a word."""
_WITH_UNIT = re.compile(
    r"(.+?)\s*(?:[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]|[,，:：]\s*([^,，:：]+?))\s*"
)
_LONGEST = 200
_JOINTS = re.compile(r"(?<=[^\W_])[-_/ ]+(?=[^\W_])")
_PUNCTUATION = re.compile(r"[\s.,;:!。，；：、！()（）\[\]【】\"“”‘’「」『』'《》]+")
"""What does not change a word; + and ? and * do, so they stay."""


def is_plain_unknown(text: str) -> bool:
    """Whether a text is blank or one of the form's own words for unknown."""
    return folded(text) in _PLAIN


def is_unknown(value: object, column: Column) -> bool:
    """Whether a cell says that nothing is known: it is blank, or holds a mark that says only so."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    if column.kind is Kind.VERBATIM:
        return value == ""
    text = folded(value)
    if text == "":
        return True
    if column.kind is Kind.TEXT:
        return text in {"-", "—"}
    return text in _PLAIN or (text in _UNKNOWN and column.kind in _READ)


def yes_or_no(text: str) -> bool | None:
    """What a text answers; None where it says neither. A cross may mean either, so it says neither."""
    word = folded(text)
    return word in _YES if word in _YES or word in _NO else None


def split_unit(text: str) -> tuple[str, str]:
    """A label and the unit behind it, in brackets or after a comma; no unit where none is known."""
    match = _WITH_UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return text, ""
    unit = match[2] or match[3]
    return (match[1], unit) if units.known(unit) else (text, "")


def meant(text: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """The one value that a text can mean, and a unit that stands behind it; None where unclear.

    Args:
        text: What was typed.
        known: Folded word to value.
    """
    head, unit = split_unit(text)
    wanted = _bare(head)
    if not wanted:
        return None, ""
    values = _by_bare_word(known).get(wanted, set())
    return (next(iter(values)), unit) if len(values) == 1 else (None, "")


def _by_bare_word(known: Mapping[str, str]) -> dict[str, set[str]]:
    """The values that each bare word may mean."""
    found = known.bare if isinstance(known, Words) else {}
    if not found:
        for word, value in known.items():
            for bare in (_bare(word), _bare(split_unit(word)[0])):
                found.setdefault(bare, set()).add(value)
    return found


def _bare(text: str) -> str:
    word = _PUNCTUATION.sub("", _JOINTS.sub("", folded(text)))
    return word.removesuffix("s") if word.isascii() and len(word) > 3 else word
