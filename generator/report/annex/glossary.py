"""The terms that the documents of a region use, each with its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.model import Cell, GlossaryTerm, Row, Table
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.report.voice import Voice

_BETWEEN = re.compile(r"[\W_]+")
_SEVERAL = re.compile("[/／;；]")
_BRACKETED = re.compile(r"\s*[(（]([^)）]*)[)）]\s*")


def glossary(fields: Sequence[object], voice: Voice) -> Table:
    """The terms that stand in the fields, in two columns, read down the left one first.

    A term is used where it stands in a text without its bracket, or what its bracket holds.

    Args:
        fields: All that the documents of the region may print, but the glossary.
        voice: The language.
    """
    texts: dict[str, None] = {}
    _gather(fields, texts)
    text = _plain(" ".join(texts))
    words = frozenset(text.split())
    used = [one for one in voice.knowledge.glossary if _is_used(voice.name(one.term), text, words)]
    terms = voice.in_order(used, lambda one: voice.name(one.term))
    half = (len(terms) + 1) // 2
    left, right = terms[:half], terms[half:]
    return table(
        "annex.register.terms",
        (
            {
                **_term("", one, voice),
                **_term("other_", right[place] if place < len(right) else None, voice),
            }
            for place, one in enumerate(left)
        ),
    )


def _term(prefix: str, one: GlossaryTerm | None, voice: Voice) -> dict[str, str]:
    return {
        f"{prefix}term": voice.name(one.term) if one else "",
        f"{prefix}meaning": voice.name(one.definition) if one else "",
    }


def _is_used(term: str, text: str, words: frozenset[str]) -> bool:
    """Whether the plain text with these words holds the term in one of its forms."""
    return any(_holds(text, words, form) for form in _forms(term))


def _forms(term: str) -> set[str]:
    """The term without its bracket, what stands in it, and each of several, as plain text."""
    parts = (_BRACKETED.sub(" ", term), *_BRACKETED.findall(term))
    return {
        plain for part in parts for one in _SEVERAL.split(part) if (plain := _plain(one).strip())
    }


def _plain(text: str) -> str:
    """Small letters with one blank between words, whatever stood there."""
    return f" {_BETWEEN.sub(' ', text.lower())} "


def _holds(text: str, words: frozenset[str], form: str) -> bool:
    """Whether the form stands in the text; of Latin letters in whole words, the last one or many."""
    if not form[0].isascii():
        return form in text
    *before, last = form.split()
    if not words.issuperset(before) or words.isdisjoint({last, f"{last}s"}):
        return False
    return not before or f" {form}" in text


def _gather(held: object, texts: dict[str, None]) -> None:
    """Add every text in some fields and the tables among them; one in a hundred cells counts once."""
    if isinstance(held, str):
        texts[held] = None
    elif isinstance(held, Cell):
        texts[held.text] = None
    else:
        for one in _parts(held):
            _gather(one, texts)


def _parts(held: object) -> Iterable[object]:
    """What fields, tables and rows are made of; nothing for a number."""
    if isinstance(held, Table):
        return held.rows
    if isinstance(held, Row):
        return (*held.cells.values(), *held.spread.values())
    if isinstance(held, Mapping):
        return held.values()
    return held if isinstance(held, list | tuple) else ()
