"""No row says more than what was read for it: neither its kind of reading nor its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.codes import Code
from generator.model import Label
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.intake.records import Record, Records

_ORDER = ("none", "press", "repost", "official")
"""The kinds of reading, the weakest first."""
_CLAIMS = "reading_claim"
"""The list of words that claim a reading, by its kind; those of `none` deny what follows them."""


def reading_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Rules better read than their instrument, and texts that claim more than their row was read.

    Args:
        tables: Every table of catalogue and rules; those with a column `read_kind` are looked at.
    """
    instruments = {one.text("instrument_id"): one for one in tables["instruments"].records}
    for record in tables["rules"].records:
        own, held = record.text("read_kind"), instruments[record.text("instrument_id")]
        known = held.text("read_kind")
        if _rank(own) > _rank(known):
            yield problem(
                Code.RULE_READ_BEYOND_INSTRUMENT, record.at("read_kind"), found=own, known=known,
                instrument=record.text("instrument_id"),
            )  # fmt: skip
    claims = _claims(tables["choices"].records)
    beyond = {
        own: [word for kind, words in claims.items() if _rank(kind) > _rank(own) for word in words]
        for own in ("", *_ORDER)
    }
    for table in tables.values():
        if any(column.key == "read_kind" for column in table.sheet.columns):
            for record in table.records:
                yield from _words(record, beyond, claims)


def _rank(kind: str) -> int:
    """How well a text was read; a blank is nothing read."""
    return _ORDER.index(kind) if kind in _ORDER else 0


def _claims(choices: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Kind of reading to the words that claim it, in any language."""
    found = {}
    for record in choices:
        if record.text("list") == _CLAIMS:
            words = [*_texts(record.values["label"]), *_texts(record.values.get("former_labels"))]
            found[record.text("value")] = tuple(word.casefold() for word in words if word)
    return found


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, Label):
        return [text for _, text in value.texts]
    return [str(one) for one in value] if isinstance(value, tuple) else []


def _words(
    record: Record, beyond: Mapping[str, Sequence[str]], claims: Mapping[str, tuple[str, ...]]
) -> Iterable[Problem]:
    """The first claim in each text of a row that goes beyond the reading of the row."""
    own = record.text("read_kind")
    words = beyond.get(own, beyond[""])
    for key, value in record.values.items():
        if not isinstance(value, Label):
            continue
        texts = [text.casefold() for text in _texts(value)]
        said = (word for word in words for one in texts if word in one and _says(one, word, claims))
        if found := next(said, ""):
            yield problem(Code.READING_OVERSTATED, record.at(key), found=found, kind=own or "none")


def _says(text: str, word: str, claims: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text claims it, somewhere without a word in front that denies it."""
    parts = text.split(word)
    return any(not part.rstrip().endswith(claims.get("none", ())) for part in parts[:-1])
