"""What changed between two editions of regions, for a screen, a program or a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.changes.page import page
from generator.report.changes.words import Words
from generator.report.money import Money
from generator.report.restated import with_restated
from generator.report.serialise import as_json, label_as_json
from generator.report.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    yield from page(Words(one, voice))
