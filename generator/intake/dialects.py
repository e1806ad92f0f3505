"""How a text table is written: what separates its fields, and what a comma in a number is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE, _HEAD = 20, 65_536
_STATED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DECIMAL = re.compile(r"[+-]?\d[\d. ]*,\d+\s*[^\d]*")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}\s*[^\d]*")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}")
_POINT_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}(?!\d|[.,]\d)\s*[^\d]*")
_POINT_DECIMAL = re.compile(
    r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|(?:0|\d{4,})\.\d{3}|\d[\d,]*,\d{3}\.\d+)"
)


def stated_separator(text: str) -> tuple[str, int]:
    """The separator that a first line `sep=;` states, which spreadsheets hide, and its length."""
    match = _STATED.match(text)
    return (match[1], match.end()) if match and match[1] in SEPARATORS else ("", 0)


def separator(text: str) -> str:
    """What separates the fields: what stands equally often in most of the first lines."""
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()]
    best, most = ",", 0
    for sign in SEPARATORS:
        counts = Counter(_outside_quotes(line, sign) for line in lines[:_SAMPLE])
        del counts[0]
        score = max((count * lines_ for count, lines_ in counts.items()), default=0)
        if score > most:
            best, most = sign, score
    return best


def commas(text: str, sign: str) -> dict[int, str]:
    """What a comma is in the numbers of each column of a table that it does not separate.

    Returns:
        Column to `decimal` where at least one number of the column can be nothing else, or to
        `either` where all of them may also be grouped by thousands, or some are.
    """
    if "," not in text:
        return {}
    decimal, either, grouped = set(), set(), set()
    for record in reader(text, sign, is_strict=False):
        for index, field in enumerate(record):
            if "," not in field:
                continue
            one = field.strip()
            if _GROUPED.match(one):
                grouped.add(index)
            elif _EITHER.fullmatch(one):
                either.add(index)
            elif _DECIMAL.fullmatch(one):
                decimal.add(index)
    return {
        index: "decimal" if index in decimal and index not in grouped else "either"
        for index in decimal | either
    }


def points(text: str, sign: str, signs: Mapping[int, str]) -> dict[int, str]:
    """The columns in whose numbers a point before three digits may group thousands.

    A spreadsheet of a language with decimal commas separates fields by semicolons and writes 1200
    as `1.200` where the cell groups its thousands.

    Args:
        text: The table.
        sign: What separates its fields.
        signs: What a comma is in the numbers of its columns.

    Returns:
        Column to `decimal` where the comma is the decimal sign of its numbers, so that the point
        groups, or to `either`; nothing where a number of the table shows the point as decimal.
    """
    is_continental = "decimal" in signs.values()
    if "." not in text or not (is_continental or sign == ";"):
        return {}
    found = set()
    for record in reader(text, sign, is_strict=False):
        for index, field in enumerate(record):
            if "." not in field:
                continue
            one = field.strip()
            if _POINT_EITHER.fullmatch(one):
                found.add(index)
            elif not is_continental and _POINT_DECIMAL.fullmatch(one):
                return {}
    return {index: "decimal" if signs.get(index) == "decimal" else "either" for index in found}


def is_comma_number(field: str) -> bool:
    """Whether a field is a number with one comma, and perhaps a unit."""
    return _DECIMAL.fullmatch(field.strip()) is not None


def is_point_number(field: str) -> bool:
    """Whether a field is a number whose one point may group thousands."""
    return _POINT_EITHER.fullmatch(field.strip()) is not None


def reader(text: str, sign: str, *, is_strict: bool = True) -> Iterator[list[str]]:
    """The records of a text table, quoted as spreadsheets do."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=is_strict)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])
