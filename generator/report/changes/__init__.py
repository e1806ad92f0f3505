"""What changed between two editions of regions, for a screen, a program or a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.changes.fields import opening
from generator.report.changes.rows import (
    Row,
    catalogue_rows,
    cell_rows,
    figure_rows,
    law_rows,
    project_rows,
    rank_rows,
)
from generator.report.changes.words import Words
from generator.report.currencies import Money
from generator.report.restated import with_restated
from generator.report.serialise import as_json, label_as_json
from generator.report.textable import rows
from generator.report.voice import Voice

if TYPE_CHECKING:
    from generator.model import Knowledge, Texts
    from generator.model.changes import Changes, UseState


SCHEMA = "briefs-diff/1"


def changes_as_json(one: Changes) -> dict[str, object]:
    """What changed in a region as plain JSON values; docs/diff.md names the fields."""
    return {
        "code": one.code,
        "name": label_as_json(one.name),
        "as_of": {"before": as_json(one.before), "after": as_json(one.after)},
        "grounds": list(one.grounds),
        **{
            name: as_json(getattr(one, name))
            for name in ("projects", "law", "statuses", "cells", "catalogue", "figures")
        },
        "ranks": [
            {
                "use_id": rank.use_id, "category": rank.category, "before": _standing(rank.before),
                "after": _standing(rank.after), "why": as_json(rank.why),
            }
            for rank in one.ranks
        ],
        "words": as_json(one.words),
    }  # fmt: skip


def _standing(use: UseState | None) -> dict[str, object] | None:
    if use is None:
        return None
    names = ("listed", "viability", "rank", "low", "high")
    return {name: as_json(getattr(use, name)) for name in names}


def changes_as_lines(
    one: Changes, knowledge: Knowledge, texts: Texts, language: str
) -> Iterator[str]:
    """What changed in a region as lines of at most 100 places."""
    base = knowledge.base_currency
    shown = one.currency if one.rate else base
    money = Money(one.currency or base, shown, one.rate or 1.0, "same")
    voice = with_restated(Voice(texts, language, knowledge, money))
    yield from _page(Words(one, voice))


_WIDE, _INDENT = 100, 2
_TOLD = ("summary.answer", "summary.barred")
"""Sentences whose words are shown, not only counted."""
_PARTS = {
    "projects": project_rows, "law": law_rows, "cells": cell_rows, "figures": figure_rows,
    "ranks": rank_rows, "catalogue": catalogue_rows,
}  # fmt: skip


def _page(words: Words) -> Iterator[str]:
    """A heading with the region, then a block for each part that moved."""
    changes, voice = words.changes, words.voice
    yield from rows(
        [(words.say("changes.page", region=voice.name(changes.name), code=changes.code),)], [_WIDE]
    )
    yield from _text(opening(words))
    if changes.is_nothing:
        return
    for key, make in _PARTS.items():
        shown = list(make(words))
        if shown:
            yield words.say(f"changes.head.{key}")
        for row in shown:
            yield from _text(_item(key, row, words))
    if changes.words:
        yield from _words(words)


def _item(part: str, row: Row, words: Words) -> str:
    """One row as a sentence, with what did not move left out."""
    key = f"changes.item.{part}"
    if part == "ranks" and row["before"] == row["after"]:
        key = "changes.item.points"
    elif part == "law" and row["effect"] == words.voice.dash:
        key = "changes.item.gone"
    elif part == "ranks" and row["readiness_before"] == row["readiness_after"]:
        key = "changes.item.places"
    text = words.say(key, **row)
    where = row.get("where", words.voice.dash)
    return (
        text if where == words.voice.dash else words.say("changes.item.at", text=text, where=where)
    )


def _words(words: Words) -> Iterator[str]:
    language, told = words.voice.language, 0
    yield words.say("changes.head.words")
    for one in words.changes.words:
        if one.place in _TOLD:
            told += 1
            before, after = (one.before.text(language), one.after.text(language))
            yield from _text(
                words.say(
                    "changes.item.words",
                    before=before or words.voice.dash,
                    after=after or words.voice.dash,
                )
            )
    if len(words.changes.words) > told:
        yield from _text(words.voice.plural("changes.count.words", len(words.changes.words) - told))


def _text(text: str) -> Iterator[str]:
    """A paragraph whose lines stand in by two places."""
    yield from rows([("",), (text,)], [_INDENT - 1, _WIDE - _INDENT])
