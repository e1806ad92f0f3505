"""The closed language of `plausibility.csv`: its words checked at load, its rows made ready to run.

A row names a column of the form, what it is compared with and when it counts. Nothing here knows
an id of a row; what a name may be stands in the form's own columns and in the catalogue.

Also here: questions that the planner has answered: by a note, or by a unit that was read.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.codes import Code
from generator.intake.columns import FORM_BY_KEY, REGION_FIGURES, Column, Kind
from generator.intake.records import IN_CELL, Record, Records
from generator.intake.refusals import unknown_name
from generator.model import Label, PlausibilityCheck, Use
from generator.problems import Problem, problem
from generator.shipped import LANGUAGES

LEVEL = "level"
"""The one computed column: what the administrative code says a region is."""
LEVELS = ("county", "city", "province")
PLACEHOLDERS = frozenset({"value", "found", "floor", "ceiling", "other"})
CODES = (
    Code.PART_EXCEEDS_WHOLE,
    Code.PRICE_TOO_HIGH,
    Code.PRICE_DOUBTFUL,
    Code.GDP_DOUBTFUL,
    Code.UNIT_DOUBTFUL,
    Code.NUMBER_DOUBTFUL,
)
"""The problems that a check may come to."""
_CATALOGUE = "catalogue"
_FIGURES = tuple(column.key for column in REGION_FIGURES)
_OF_USES = tuple(name for name, kind in Use.__annotations__.items() if "float" in kind)
_CHECKED = re.compile(
    r"\b(?:checked|verified|confirmed)\b|核实|核对无误|经核|属实|无误", re.IGNORECASE
)
_NOT_CHECKED = re.compile(
    r"\b(?:not|un|to be)[ -]*(?:checked|verified|confirmed)\b|待核|未核|未经核|尚未", re.IGNORECASE
)


class Clause(Struct, frozen=True):
    """A condition on a row: its column shows one of the values."""

    column: str
    values: frozenset[str]


class OtherUnit(Struct, frozen=True):
    """A unit perhaps meant, and what its numbers are multiplied by."""

    name: Label
    factor: float


class Ready(Struct, frozen=True):
    """A check with its words taken apart; `of_sheet` is empty for a column of the same row."""

    check: PlausibilityCheck
    when: tuple[Clause, ...]
    of_sheet: str
    of: str
    of_when: tuple[Clause, ...]
    units: tuple[OtherUnit, ...]


def made_ready(checks: Iterable[PlausibilityCheck]) -> list[list[Ready]]:
    """The checks of one number together, in the order of the table; impossible ones first."""
    families: dict[tuple[str, ...], list[Ready]] = {}
    for check in sorted(checks, key=lambda one: one.severity != "error"):
        sheet, _, of = check.of.rpartition(".")
        ready = Ready(
            check,
            tuple(_clause(text) for text in check.when),
            sheet,
            of,
            tuple(_clause(text) for text in check.of_when),
            tuple(_other_unit(text) for text in check.other_units),
        )
        key = (check.sheet, check.field, check.test, check.of, check.severity)
        families.setdefault(key, []).append(ready)
    return list(families.values())


def _clause(text: str) -> Clause:
    column, _, values = text.partition("=")
    return Clause(column.strip(), frozenset(value.strip() for value in values.split("|")))


def _other_unit(text: str) -> OtherUnit:
    *names, factor = (part.strip() for part in text.split("|"))
    if not names:
        raise ValueError(text)
    return OtherUnit(Label(tuple(zip(LANGUAGES, names, strict=False))), float(factor))


def table_problems(tables: Mapping[str, Records]) -> Iterator[Problem]:
    """Names in the table that nothing has, each with its cell and what was perhaps meant."""
    currencies = {record.text("currency") for record in tables["jurisdictions"].records}
    choices: dict[str, list[str]] = {}
    for record in tables["choices"].records:
        choices.setdefault(record.text("list"), []).append(record.text("value"))
    for record in tables["plausibility"].records:
        yield from _unknown(record, "sheet", record.text("sheet"), FORM_BY_KEY)
        sheet = record.text("sheet")
        if sheet not in FORM_BY_KEY:
            continue
        yield from _unknown(record, "field", record.text("field"), _numbers(sheet))
        yield from _of_problems(record, sheet, choices)
        yield from _clause_problems(record, "when", sheet, choices)
        if record.text("currency"):
            yield from _unknown(record, "currency", record.text("currency"), currencies)
        yield from _unknown(record, "code", record.text("code"), CODES)
        yield from _unit_problems(record)
        yield from _ask_problems(record)


def _numbers(sheet: str) -> dict[str, Column]:
    return {one.key: one for one in FORM_BY_KEY[sheet].columns if one.kind.is_number}


def _unknown(record: Record, key: str, found: str, known: Iterable[str]) -> Iterator[Problem]:
    """A name that is not among the known ones."""
    words = frozenset(known)
    if found not in words:
        yield unknown_name(record.at(key), key, found, words)


def _of_problems(
    record: Record, sheet: str, choices: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    found = record.text("of")
    if not found:
        if record.text("test") in {"ratio", "inverse", "sum"}:
            yield problem(Code.CELL_BLANK, record.at("of"), **Column("of").headed)
        return
    of_sheet, _, _ = found.rpartition(".")
    known = [*_numbers(sheet), *(f"region.{key}" for key in _FIGURES)]
    known += [f"{other}.{key}" for other in FORM_BY_KEY for key in _numbers(other)]
    if "use" in {column.key for column in FORM_BY_KEY[sheet].columns}:
        known += [f"{_CATALOGUE}.{key}" for key in _OF_USES]
    faults = list(_unknown(record, "of", found, known))
    yield from faults
    if not faults and of_sheet in FORM_BY_KEY:
        yield from _clause_problems(record, "of_when", of_sheet, choices)


def _clause_problems(
    record: Record, key: str, sheet: str, choices: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    """Conditions on columns that the sheet lacks, or on choices that its column lacks."""
    columns = {column.key: column for column in FORM_BY_KEY[sheet].columns}
    texts = record.values.get(key)
    for text in texts if isinstance(texts, tuple) else ():
        clause = _clause(text)
        known = [*columns, LEVEL] if sheet == "region" else list(columns)
        faults = list(_unknown(record, key, clause.column, known))
        yield from faults
        if faults:
            continue
        column = columns.get(clause.column)
        allowed = choices.get(column.choices) if column else LEVELS
        if column and column.kind is not Kind.CHOICE:
            allowed = None
        for value in sorted(clause.values) if allowed else ():
            yield from _unknown(record, key, value, allowed or ())


def _unit_problems(record: Record) -> Iterator[Problem]:
    texts = record.values.get("other_units")
    for text in texts if isinstance(texts, tuple) else ():
        try:
            is_right = 0 < _other_unit(text).factor != 1
        except ValueError:
            is_right = False
        if not is_right:
            yield problem(
                Code.NOT_A_NUMBER, record.at("other_units"), found=text, unit_en="other_unit", example="kW|千瓦|0.001",
            )  # fmt: skip


def _ask_problems(record: Record) -> Iterator[Problem]:
    """Questions with placeholders that nothing fills, or that differ between the languages."""
    texts = dict(record.label("ask").texts)
    names: list[set[str]] = []
    for text in texts.values():
        try:
            parts = {
                f"{name}{spec or ''}{conversion or ''}"
                for _, name, spec, conversion in string.Formatter().parse(text)
                if name is not None
            }
        except ValueError as fault:
            yield problem(Code.PLACEHOLDERS_UNREADABLE, record.at("ask"), detail=fault)
            return
        if parts - PLACEHOLDERS:
            yield problem(
                Code.PLACEHOLDERS_UNREADABLE, record.at("ask"), detail=", ".join(sorted(parts))
            )
            return
        names.append(parts)
    if any(one != names[0] for one in names):
        odd = {name for one in names for name in one ^ names[0]}
        yield problem(Code.PLACEHOLDERS_DIFFER, record.at("ask"), found=", ".join(sorted(odd)))


def is_settled(record: Record, ready: Ready, value: float | None = None) -> bool:
    """Whether the planner has answered: a note says the number was checked, or its unit was read.

    A number that was converted from a larger unit is not too small for want of that unit; one with
    another unit than the column's in its own cell is in no other.
    """
    check = ready.check
    scale = (record.scaled or {}).get(check.field, 1.0)
    if ready.units and scale == IN_CELL:
        return True
    if ready.units and scale != 1 and value is not None:
        is_small = check.test == "whole" or (check.floor is not None and value < check.floor)
        if is_small == (scale > 1):
            return True
    note = record.text("note")
    if check.severity == "error" or not note or _NOT_CHECKED.search(note):
        return False
    return _CHECKED.search(note) is not None
