"""The `changes` fields of a template: what changed since an earlier edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.changes.rows import (
    catalogue_rows,
    cell_rows,
    figure_rows,
    is_moved,
    law_rows,
    moved_parts,
    project_rows,
    rank_rows,
)
from generator.report.changes.words import Words
from generator.report.tables import begun, table

if TYPE_CHECKING:
    from generator.model.changes import CellChange, Changes
    from generator.report.voice import Voice

_CELLS, _BESIDE = 2, 1
"""Figures that the one line of the first page names, alone and beside projects that changed."""
_NAMED = 2
"""Projects of a kind that it names."""
_ANSWER = "summary.answer"
_LAW = ("began", "ended", "added", "removed", "effect", "changed")


def change_fields(changes: Changes | None, voice: Voice) -> dict[str, object]:
    """The `changes` fields; all empty where a region is compared with nothing.

    Args:
        changes: What changed.
        voice: Has said the sentences of this edition already.
    """
    words = Words(changes, voice) if changes and changes.before else None
    rows = {
        "projects": project_rows, "law": law_rows, "cells": cell_rows, "figures": figure_rows,
        "ranks": rank_rows, "catalogue": catalogue_rows,
    }  # fmt: skip
    return {
        "line": _line(words) if words else _new(changes, voice),
        "intro": _intro(words) if words else _new(changes, voice),
        "answer": _answer(words) if words else "",
        **{
            name: table(f"changes.{name}", make(words) if words else ())
            for name, make in rows.items()
        },
    }


def _new(changes: Changes | None, voice: Voice) -> str:
    return voice.sentence("changes", "changes.new") if changes else ""


def opening(words: Words) -> str:
    """With which edition it is compared, and which parts are others; or that nothing is."""
    changes, voice = words.changes, words.voice
    before, after = voice.date(changes.before), voice.date(changes.after)
    is_same_day = changes.before == changes.after
    if changes.is_nothing:
        key = "changes.nothing" if is_same_day else "changes.nothing_but_day"
        return voice.sentence("changes", key, before=before, after=after)
    parts = moved_parts(changes, words)
    return voice.run_on((
        voice.sentence("changes", "changes.same_day" if is_same_day else "changes.days", before=before, after=after),
        voice.sentence("changes.parts", "changes.parts", parts=parts) if parts else "",
    ))  # fmt: skip


def _intro(words: Words) -> str:
    return opening(words)


def _answer(words: Words) -> str:
    """What the answer was, where it reads otherwise now."""
    voice = words.voice
    former = words.changes.sentences.get(_ANSWER)
    text = former.text(voice.language) if former else ""
    now = voice.said.get(_ANSWER)
    if not text or now is None or now.text == text or words.changes.is_nothing:
        return ""
    return voice.sentence("changes.answer", "changes.answer", answer=text)


def _line(words: Words) -> str:
    """All of it in one line."""
    changes, voice = words.changes, words.voice
    if changes.is_nothing:
        return opening(words)
    clauses = [*_project_clauses(words), *_law_clauses(words), *_figure_clauses(words)]
    if not clauses:
        clauses = [words.say("changes.clause.details")]
    joined = words.say("changes.clause.separator").join(map(begun, clauses))
    key = "changes.line_same_day" if changes.before == changes.after else "changes.line"
    return voice.sentence("changes.line", key, before=voice.date(changes.before), clauses=joined)


def _project_clauses(words: Words) -> Iterator[str]:
    for kind in ("joins", "earlier", "later", "leaves", "resized"):
        uses = [one.use_id for one in words.changes.projects if one.kind == kind]
        if uses:
            yield words.say(f"changes.clause.{kind}", uses=words.uses(uses, _NAMED))


def _law_clauses(words: Words) -> Iterator[str]:
    changes, voice = words.changes, words.voice
    kinds = [one.kind for one in changes.law if not one.is_reading]
    parts = [
        voice.plural(f"changes.count.{kind}", kinds.count(kind)) for kind in _LAW if kind in kinds
    ]
    if parts:
        yield words.say("changes.clause.law", parts=voice.join(parts))
    if changes.statuses:
        yield voice.plural("changes.count.statuses", len(changes.statuses))


def _figure_clauses(words: Words) -> Iterator[str]:
    """The cells that moved most, and how many more; then what else the figures rest on."""
    changes, voice = words.changes, words.voice
    moved_by = [one.why for one in changes.projects] + [one.why for one in changes.figures]
    moved_by += [one.why for one in changes.ranks]
    used = [ref for why in moved_by for part in why.reasons for ref in part.refs]
    # Of the words of one row the first stands for all.
    rows: dict[str, CellChange] = {}
    for one in changes.cells:
        rows.setdefault(one.place, one)
    cells = sorted(rows.values(), key=lambda one: -used.count(one.place))
    shown = [one for one in cells if one.kind == "changed"]
    shown = shown[: _BESIDE if changes.projects else _CELLS]
    for one in shown:
        before, after = words.pair(one)
        yield words.say("changes.instead", name=words.cell(one), before=before, after=after)
    if len(cells) > len(shown):
        key = "changes.count.cells" if shown else "changes.count.rows"
        yield voice.plural(key, len(cells) - len(shown))
    if changes.catalogue:
        yield voice.plural("changes.count.catalogue", len(changes.catalogue))
    moved = [one for one in changes.ranks if is_moved(one)]
    if moved and not changes.projects:
        yield voice.plural("changes.count.ranks", len(moved))
    others = [one for one in changes.grounds if one in {"draws", "seed", "program"}]
    if others and (changes.figures or changes.ranks) and not (changes.cells or changes.catalogue):
        yield voice.join(words.say(f"changes.why.{one}") for one in others)
