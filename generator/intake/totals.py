"""Rows that are no record of their own, told by the words of their labels.

A totals word must be the head or the end of the label; what else stands there must be nothing, a
bracket, a place, a unit or a sector. Whatever else stands there leaves a doubt, which is said. The
words of every language are data: `label_words.csv`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from generator.codes import Code
from generator.intake.columns import Kind
from generator.intake.words import folded
from generator.model import Label
from generator.problems import Origin, problem
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.intake.records import Record, Records
    from generator.model import LabelWord

Verdict = Literal["", "perhaps", "total"]
_BRACKETS = re.compile(r"[(\[【<〔][^)\]】>〕]*[)\]】>〕]")
_TOKENS = re.compile(r"[^\W\d_]+|[∑Σσ]")
_SPACES = dict.fromkeys(map(ord, "()[]（）【】:：,，;；.。*-–—/、=<>\"'“”"), " ")
_DENSE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
"""Scripts that are written without spaces."""


class _Words(Struct):
    """The words of some roles, by what a label is looked up with."""

    alone: dict[str, LabelWord] = field(default_factory=dict)
    """Squeezed word to itself: it may be the whole of a label."""
    spaced: dict[tuple[str, ...], LabelWord] = field(default_factory=dict)
    dense: dict[str, LabelWord] = field(default_factory=dict)
    longest: int = 1
    """The most tokens of a word in a script with spaces."""

    def add(self, word: LabelWord) -> None:
        text = folded(word.word)
        self.alone[_squeezed(text)] = word
        if word.use == "alone":
            return
        if _DENSE.search(text):
            self.dense[_squeezed(text)] = word
        else:
            tokens = tuple(_TOKENS.findall(text))
            self.spaced[tokens] = word
            self.longest = max(self.longest, len(tokens))


def _squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalpha() or char in "∑Σ")


class Labels:
    """Judges the labels of rows by the words of the catalogue."""

    def __init__(self, words: Iterable[LabelWord], places: Iterable[str] = ()) -> None:
        self._totals, self._planned = _Words(), _Words()
        self._beside = {_squeezed(folded(place)) for place in places}
        self._beside |= {token for place in places for token in _TOKENS.findall(folded(place))}
        for word in words:
            if word.role == "beside":
                self._beside.add(_squeezed(folded(word.word)))
            else:
                (self._planned if word.role == "planned" else self._totals).add(word)
        self._heads = [self._first_signs(words) for words in (self._totals, self._planned)]
        self._signs = frozenset(word[:2] for word in self._planned.alone if _DENSE.search(word))
        self._longest_beside = max(map(len, self._beside), default=0)

    @staticmethod
    def _first_signs(words: _Words) -> frozenset[str]:
        """First and last tokens and signs: a label without one of them at its ends is no match."""
        signs = {end for word in words.spaced for end in (word[0], word[-1])}
        for text in (*words.dense, *words.alone):
            is_dense = bool(_DENSE.search(text))
            signs |= {text[0], text[-1]} if is_dense else {text}
        tokens = (_TOKENS.findall(folded(word.word)) for word in words.alone.values())
        return frozenset(
            signs | {end for parts in tokens if parts for end in (parts[0], parts[-1])}
        )

    def total(self, text: str, *, is_joined: bool = True) -> Verdict:
        """Whether a label is that of a total, an average or a part of another row."""
        parts = text.lower().translate(_SPACES).split()
        heads = self._heads[0]
        if not parts or not (
            parts[0] in heads
            or parts[-1] in heads
            or parts[0][0] in heads
            or any(part[-1] in heads for part in parts)
        ):
            return ""
        label = folded(text)
        core = _BRACKETS.sub(" ", label).strip() or label
        word = self._totals.alone.get(_squeezed(core))
        if word is not None:
            return "perhaps" if word.role == "part" else "total"
        return self._joined(core) if is_joined else ""

    def _joined(self, core: str) -> Verdict:
        squeezed = "".join(core.split())
        for text, word in self._totals.dense.items():
            is_head = squeezed.startswith(text)
            if is_head or squeezed.endswith(text):
                rest = squeezed[len(text) :] if is_head else squeezed[: -len(text)]
                if not (is_head and rest.startswith(word.unless)):
                    return self._verdict(word, is_known=self._is_beside(rest))
        tokens = tuple(_TOKENS.findall(core))
        for size in range(min(self._totals.longest, len(tokens)), 0, -1):
            for part, others in ((tokens[:size], tokens[size:]), (tokens[-size:], tokens[:-size])):
                found = self._totals.spaced.get(part)
                if found is not None and not set(others) & set(found.unless):
                    is_known = all(self._is_beside(token) for token in others)
                    return self._verdict(found, is_known=is_known)
        return ""

    @staticmethod
    def _verdict(word: LabelWord, *, is_known: bool) -> Verdict:
        return "total" if is_known and word.role != "part" else "perhaps"

    def _is_beside(self, rest: str) -> bool:
        """Whether the rest of a label is made of places, units, sectors and digits alone."""
        text = "".join(char for char in rest if char.isalpha())
        if text in self._beside or not text:
            return True
        if not _DENSE.search(text):
            return False
        for size in range(min(len(text), self._longest_beside), 0, -1):
            if text[:size] in self._beside:
                return self._is_beside(text[size:])
        return False

    def planned(self, text: str) -> str:
        """The word by which a text says that something does not stand yet, or nothing."""
        if self._heads[1].isdisjoint(text.lower().translate(_SPACES).split()) and (
            text.isascii() or not any(sign in text for sign in self._signs)
        ):
            return ""
        label = folded(text)
        for part in (label, *_BRACKETS.findall(label)):
            word = self._planned.alone.get(_squeezed(part))
            if word is not None:
                return word.word
        dense = next((word for word in self._planned.dense if word in label), None)
        if dense is not None:
            before = label[: label.index(dense)]
            return "" if before.endswith(self._planned.dense[dense].unless) else dense
        tokens = tuple(_TOKENS.findall(label))
        for size in range(min(self._planned.longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - size + 1):
                found = self._planned.spaced.get(tokens[start : start + size])
                if found is not None:
                    is_denied = start > 0 and tokens[start - 1] in found.unless
                    return "" if is_denied else found.word
        return ""


def without_totals(found: Records, labels: Labels) -> None:
    """Take rows of totals off the records, with one problem for each; doubtful ones stay.

    Whatever else was noticed in such a row goes with it: it is not to be mended but deleted.
    """
    sheet = found.sheet
    keys = [
        column.key
        for column in sheet.columns
        if column.kind is Kind.TEXT
        and not column.refers_to
        and (column.required or column.key in sheet.unique or column.key == "name")
    ]
    owners = [column.key for column in sheet.columns if column.refers_to == "region"]
    looked_at = (*keys, *owners)
    is_joined = any(column.kind.is_number for column in sheet.columns)
    rows: dict[tuple[str, str, int], Record] = {}
    noticed = []
    seen: dict[str, Verdict] = {}
    for record in found.records:
        for key, text in _texts(record, looked_at):
            verdict = seen.get(text)
            if verdict is None:
                verdict = seen[text] = labels.total(text, is_joined=is_joined)
            # The code of a region may hold such a word; only a label of totals alone is none.
            if verdict == "total" or (verdict and key not in owners):
                origin = _cell(record, key)
                code = Code.TOTALS_ROW if verdict == "total" else Code.PERHAPS_TOTAL
                severity: Literal["error", "warning"] = "error" if verdict == "total" else "warning"
                noticed.append(problem(code, origin, severity, found=text[:60]))
                if verdict == "total":
                    rows[origin.file, origin.sheet, record.number] = record
                break
    if rows:
        gone = {id(record) for record in rows.values()}
        found.records = [record for record in found.records if id(record) not in gone]
        found.problems[:] = [one for one in found.problems if _row(one.origin) not in rows]
    found.problems += noticed


def _texts(record: Record, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        value = record.values.get(key)
        if value.__class__ is str:
            yield key, value
        elif isinstance(value, Label):
            for language, text in value.texts:
                yield f"{key}_{LANGUAGES[language]}", text


def _cell(record: Record, key: str) -> Origin:
    return record.located.at(record.number, key)


def _row(origin: Origin) -> tuple[str, str, int]:
    digits = origin.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return origin.file, origin.sheet, int(digits or 0)
