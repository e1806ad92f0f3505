"""The terms of triggers and of credits: each test named in a row must find what it speaks of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from generator.codes import Code
from generator.intake.columns import FORM_BY_KEY, REGION_FIGURES, Kind
from generator.intake.words import folded, listed, suggested
from generator.model import SOURCE_TESTS, TRIGGER_TESTS, Terms
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from generator.intake.records import Record, Records

_KEYS = {
    "uses": "use_id", "activities": "activity", "criteria": "criterion_id",
    "assumptions": "assumption_id", "jurisdictions": "code",
}  # fmt: skip
"""Tables that terms may name a row of, and its key."""
_SITES = FORM_BY_KEY["sites"]


def term_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Arguments and values that name nothing, are no number, are lacking or are too many."""
    known = _known(tables)
    choices = _choices(tables)
    for table, tests in (
        ("triggers", TRIGGER_TESTS),
        ("procedure_triggers", TRIGGER_TESTS),
        ("sources", SOURCE_TESTS),
    ):
        for record in tables[table].records:
            terms = tests.get(record.text("test"))
            if terms is None:
                yield problem(
                    Code.TEST_UNKNOWN, record.at("test"), "error", found=record.text("test"),
                    **_allowed(record.text("test"), tests),
                )  # fmt: skip
                continue
            yield from _row_problems(record, terms, known, choices)


def _row_problems(
    record: Record,
    terms: Terms,
    known: Mapping[str, tuple[str, ...]],
    choices: Mapping[str, tuple[str, ...]],
) -> Iterable[Problem]:
    argument = _words(record, "argument")
    for key, kind in (("argument", terms.argument), ("value", terms.value)):
        words = _words(record, key)
        if not kind and words:
            yield problem(
                Code.TEST_WORD_IDLE, record.at(key), found="; ".join(words), test=record.text("test"),
                column=key,
            )  # fmt: skip
        elif kind and not words:
            yield problem(
                Code.TEST_WORD_LACKING, record.at(key), test=record.text("test"), column=key
            )
        elif kind in _BOUNDS:
            yield from _number_problems(record, key, words, *_BOUNDS[kind])
        elif kind and kind != "text":
            allowed = known[kind] if kind in known else choices.get(kind, ())
            if kind == "site_value":
                allowed = _site_values(argument, choices)
            # Of an unknown field nobody knows the values.
            yield from _unknown(record, key, words, allowed) if allowed else ()
        if kind in _SINGLE and len(words) > 1:
            yield problem(
                Code.TEST_WORDS_SEVERAL, record.at(key), found="; ".join(words), test=record.text("test"),
                column=key,
            )  # fmt: skip


_BOUNDS = {"number": (-math.inf, math.inf), "share": (0.0, 1.0)}
"""Terms that are numbers, and their ends."""
_SINGLE = frozenset(
    {*_BOUNDS, "figure", "site_field", "assumptions", "sheet", "category", "threshold_quantity"}
)
"""Terms of which a test reads one."""


def _number_problems(
    record: Record, key: str, words: Iterable[str], low: float, high: float
) -> Iterable[Problem]:
    for word in words:
        try:
            is_number = low <= float(word) <= high and math.isfinite(float(word))
        except ValueError:
            is_number = False
        if not is_number:
            yield problem(
                Code.TEST_NUMBER_WRONG, record.at(key), found=word, test=record.text("test")
            )


def _unknown(
    record: Record, key: str, words: Iterable[str], allowed: Iterable[str]
) -> Iterable[Problem]:
    names = tuple(allowed)
    for word in words:
        if word not in names:
            yield problem(
                Code.TEST_WORD_UNKNOWN, record.at(key), "error", found=word, test=record.text("test"),
                **_allowed(word, names),
            )  # fmt: skip


def _allowed(word: str, names: Iterable[str]) -> dict[str, str]:
    """The words that may stand there, and the one that is perhaps meant, as ids are written."""
    by_word = {folded(name): name for name in names}
    near = {key: by_word[found] for key, found in suggested(word, by_word).items()}
    return {**listed(by_word).arguments("listed"), **near}


def _words(record: Record, key: str) -> tuple[str, ...]:
    return cast("tuple[str, ...]", record.values.get(key) or ())


def _known(tables: Mapping[str, Records]) -> dict[str, tuple[str, ...]]:
    """What terms may name in tables of the catalogue and in the form."""
    rows = {
        table: tuple(record.text(key) for record in tables[table].records)
        for table, key in _KEYS.items()
    }
    return {
        **rows,
        "figure": tuple(column.key for column in REGION_FIGURES),
        "site_field": tuple(one.key for one in _SITES.columns if one.kind is Kind.CHOICE),
        "sheet": tuple(
            key
            for key, sheet in FORM_BY_KEY.items()
            if any(column.key == "source" for column in sheet.columns)
        ),
    }


def _choices(tables: Mapping[str, Records]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for record in tables["choices"].records:
        name = record.text("list")
        found[name] = (*found.get(name, ()), record.text("value"))
    return found


def _site_values(fields: Iterable[str], choices: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words that the named fields of the Sites sheet may show."""
    return tuple(
        word
        for column in _SITES.columns
        if column.key in set(fields)
        for word in choices.get(column.choices, ())
    )
