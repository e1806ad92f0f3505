"""What moved in the grounds of an edition: cells of the workbook, rules, numbers of the catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from generator.model import Fact
from generator.model.changes import (
    CatalogueChange,
    CellChange,
    Edition,
    Record,
    RuleChange,
    RuleKind,
    RuleText,
    Written,
)

_SAME = 1e-9
_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "workforce": ("counts_towards",),
    "industry": ("code",),
    "institutions": ("use",),
    "measures": ("criterion",),
    "limits": ("resource",),
    "estimates": ("use",),
    "weights": ("benefit",),
}
"""Columns that tell rows of a sheet apart, beside their names."""
_NAMELESS = frozenset({"region", "industry", "measures", "limits", "estimates"})
"""Sheets whose rows are told apart without their names."""
_REFERRING = ("criterion", "use", "resource", "benefit", "code")
_ROW = re.compile(r"![A-Z]+(?=\d)")


def is_same(first: object, last: object) -> bool:
    """Whether two values print alike whatever the machine's last digits."""
    if isinstance(first, float) and isinstance(last, float):
        return abs(first - last) <= _SAME * max(1.0, abs(first), abs(last))
    return first == last


def cell_changes(before: Iterable[Record], after: Iterable[Record]) -> Iterator[CellChange]:
    """Cells that hold something else, and rows that came or went, in the order of the later rows."""
    waiting: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in before:
        for key in _keys(row):
            waiting[key].append(row)
    met = set[int]()
    for row in after:
        old = next(
            (one for key in _keys(row) for one in waiting.get(key, ()) if id(one) not in met), None
        )
        if old is None:
            yield _come("added", row)
            continue
        met.add(id(old))
        yield from _inside(old, row)
    for row in before:
        if id(row) not in met:
            yield _come("removed", row)


def _keys(row: Record) -> list[tuple[str, ...]]:
    """What tells a row apart from others of its sheet, by its name in each language."""
    own = tuple(str(row.cells.get(column, "")) for column in _IDENTITY.get(row.sheet, ()))
    if row.sheet in _NAMELESS or not row.name:
        return [(row.sheet, *own)]
    return [(row.sheet, *own, tag, text) for tag, text in row.name.texts]


def _come(kind: Literal["added", "removed"], row: Record) -> CellChange:
    place = row.place
    refers = _refers(row)
    return CellChange(kind, row.sheet, row.name, refers, "", None, None, place, place)


def _inside(old: Record, new: Record) -> Iterator[CellChange]:
    for column in dict.fromkeys((*new.cells, *old.cells)):
        first, last = old.cells.get(column), new.cells.get(column)
        if first == last or _is_same_fact(first, last):
            continue
        place = new.places.get(column) or old.places.get(column, new.place)
        if column not in new.places and column not in old.places:
            place = new.place
        yield CellChange(
            "changed", new.sheet, new.name, _refers(new), column, first, last,
            place, old.places.get(column, old.place),
        )  # fmt: skip


def _is_same_fact(first: Written | None, last: Written | None) -> bool:
    if not isinstance(first, Fact) or not isinstance(last, Fact):
        return False
    numbers = ((first.value, last.value), (first.low, last.low), (first.high, last.high))
    return all(is_same(*pair) for pair in numbers) and (first.unit, first.grade, first.as_of) == (
        last.unit, last.grade, last.as_of
    )  # fmt: skip


def _refers(row: Record) -> dict[str, str]:
    held = ((name, row.cells.get(name)) for name in _REFERRING)
    return {name: value for name, value in held if isinstance(value, str)}


def by_place(
    cells: Iterable[CellChange], *, is_before: bool
) -> Mapping[str, tuple[CellChange, ...]]:
    """The changes by the address of an edition: a number by its cell, all else by its row."""
    found: dict[str, tuple[CellChange, ...]] = {}
    for one in cells:
        place = one.place_before if is_before else one.place
        found[place] = (*found.get(place, ()), one)
    return found


def row_of(place: str) -> str:
    """The row of a cell's address."""
    return _ROW.sub("!", place)


def law_changes(before: Edition, after: Edition) -> Iterator[RuleChange]:
    """Rules that came, ended, took or lost effect, or say something else, the later ones first."""
    for rule_id in dict.fromkeys((*after.rules, *before.rules)):
        old, new = before.rules.get(rule_id), after.rules.get(rule_id)
        if new is None:
            if old is not None:
                is_over = _stands(old, after.as_of) == "ended"
                yield RuleChange("ended" if is_over else "removed", rule_id, old, old.effect)
            continue
        kind = _turn(old, new, before.as_of, after.as_of)
        fields = tuple(_fields(old, new)) if old else ()
        if kind or fields:
            former = old.effect if old else ""
            yield RuleChange(kind or "changed", rule_id, new, former, fields)


def _turn(old: RuleText | None, new: RuleText, was: date, now: date) -> RuleKind | None:
    """How a rule that is there stands otherwise than before; None for not at all."""
    then, stands = _stands(old or new, was), _stands(new, now)
    if then != stands and stands in {"in_force", "ended"}:
        return "began" if stands == "in_force" else "ended"
    if old is None:
        return "added"
    return "effect" if old.effect != new.effect else None


def _stands(rule: RuleText, day: date) -> str:
    if rule.in_force_from is None:
        return "undated"
    if rule.in_force_from > day:
        return "coming"
    return "ended" if rule.in_force_until and rule.in_force_until <= day else "in_force"


def _fields(old: RuleText, new: RuleText) -> Iterator[str]:
    named = (
        "activity",
        "in_force_from",
        "in_force_until",
        "title",
        "number",
        "article",
        "condition",
    )
    yield from (name for name in named if getattr(old, name) != getattr(new, name))
    yield from (
        name for name in dict.fromkeys((*new.rest, *old.rest)) if old.rest.get(name) != new.rest.get(name)
    )  # fmt: skip


def catalogue_changes(before: Edition, after: Edition) -> Iterator[CatalogueChange]:
    """Numbers of the catalogue that are others: needs of uses, amounts of candidates, methods."""
    for use_id, new in after.uses.items():
        old = before.uses.get(use_id)
        if old is None:
            continue
        for name in dict.fromkeys((*new.parts, *old.parts)):
            first, last = old.parts.get(name), new.parts.get(name)
            if first is None or last is None:
                yield CatalogueChange(use_id, name, "need", first is not None, last is not None)
                continue
            for field, value in last.terms.items():
                if not is_same(first.terms[field], value):
                    yield CatalogueChange(use_id, name, field, first.terms[field], value)
    # What a use needs stands there only while it is a candidate.
    known = {use_id for use_id, _ in before.parameters} & {use_id for use_id, _ in after.parameters}
    for key in dict.fromkeys((*after.parameters, *before.parameters)):
        use_id, name = key
        number, later = before.parameters.get(key), after.parameters.get(key)
        if use_id in known and not is_same(number, later):
            yield CatalogueChange(use_id, name, "amount" if use_id else "method", number, later)
