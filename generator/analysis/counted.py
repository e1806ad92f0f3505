"""Two criteria that are counted for each use: the location quotient and the signed institutions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.anchors import anchor_places, half_named
from generator.analysis.joining import Ask, Combine, Item, Number, Recipe, facts_of, merged, total
from generator.analysis.memo import Same
from generator.analysis.values import Cell, Ends, ends_of, location_quotient, quotient
from generator.model import Fact, IndustryRow, Institution, Knowledge, Origin


class Counts(Struct, frozen=True):
    """Employment of all industry rows in numbers."""

    local: tuple[float, ...]
    """By row; a blank cell is nothing."""
    reference: tuple[float, ...]
    totals: tuple[float, float]
    """Here and in the reference area."""
    blank: tuple[str, ...]
    """Codes of the rows of which a cell is blank."""


class Employed(Struct, frozen=True):
    """Employment of all industry rows, counted once for all uses."""

    counts: Counts
    divisions: tuple[tuple[tuple[str, ...], tuple[Item, ...]], ...]
    """Rows of the same divisions, which count together here and in the reference area for every use,
    in the order of their first rows."""
    whole: tuple[Item, ...]
    """All of them, one object for all uses, so that their sum is drawn once."""
    merged: Fact
    """All cells, in the order of the rows."""
    is_distinct: bool
    """Whether no two cells have an origin in common."""


def counts_of(rows: tuple[IndustryRow, ...]) -> Counts:
    """Employment of the rows of the Industry sheet in numbers."""
    return _counts(Same(rows))


def employed(rows: tuple[IndustryRow, ...]) -> Employed:
    """The same with the cells that it is counted from."""
    return _employed(Same(rows))


@lru_cache(maxsize=2)
def _counts(register: Same[tuple[IndustryRow, ...]]) -> Counts:
    rows = register.one
    local = tuple([row.employment.value or 0.0 for row in rows])
    reference = tuple([row.employment_reference.value or 0.0 for row in rows])
    return Counts(
        local=local,
        reference=reference,
        totals=(math.fsum(local), math.fsum(reference)),
        blank=tuple([row.code for row in rows if None in _cells(row)]),
    )


@lru_cache(maxsize=2)
def _employed(register: Same[tuple[IndustryRow, ...]]) -> Employed:
    rows = register.one
    together: dict[tuple[str, ...], list[IndustryRow]] = {}
    for row in rows:
        together.setdefault(row.divisions, []).append(row)
    cells = [(row.employment, row.employment_reference) for row in rows]
    joined = merged(cells)
    return Employed(
        counts=counts_of(rows),
        divisions=tuple(
            (
                divisions,
                (
                    tuple([row.employment for row in same]),
                    tuple([row.employment_reference for row in same]),
                ),
            )
            for divisions, same in together.items()
        ),
        whole=(
            tuple([row.employment for row in rows]),
            tuple([row.employment_reference for row in rows]),
        ),
        merged=joined,
        is_distinct=len(joined.origins)
        == sum(len(fact.origins) for pair in cells for fact in pair),
    )


@lru_cache(maxsize=2)
def _ends(register: Same[tuple[IndustryRow, ...]], most: float) -> Ends:
    return ends_of([_cells(row) for row in register.one], most)


def pooled_location_quotient(ask: Ask) -> Recipe:
    """The quotient of the divisions that a use names, taken together.

    While an employment cell of the sheet is blank the value is unknown; what the blank cells can
    hold at most still bounds it.
    """
    rows = ask.region.industry
    places = anchor_places(ask.region, ask.use, ask.knowledge)
    known = employed(rows)
    if not places:
        halves = half_named(ask.region, ask.use, ask.knowledge)
        return Recipe((), total, left_out=known.counts.blank + halves)
    if blank := known.counts.blank:
        low, high = bounds_of(rows, places, ask.knowledge)
        return Recipe((), total, left_out=blank, secured=low, best=high, merged=known.merged)
    named_divisions = {rows[place].divisions for place in places}
    own = [part for divisions, part in known.divisions if divisions in named_divisions]
    rest = [part for divisions, part in known.divisions if divisions not in named_divisions]
    return Recipe(
        (*own, known.whole),
        _quotient,
        is_bound=False,
        value=quotient_of(known.counts, places),
        merged=_in_order((*own, *rest), known),
    )


def bounds_of(
    rows: tuple[IndustryRow, ...], places: Sequence[int], knowledge: Knowledge
) -> tuple[float, float | None]:
    """Between which ends the quotient of some rows lies while a cell of the sheet is blank."""
    return _ends(Same(rows), knowledge.assumed("blank_concentration")).of(places)


def _in_order(parts: Sequence[tuple[Item, ...]], known: Employed) -> Fact:
    """The merged fact with its origins in the order of the parts."""
    found = [
        origin for part in parts for fact in facts_of(part) for origin in fact.origins
    ]  # fmt: skip
    return replace(
        known.merged,
        origins=tuple(found) if known.is_distinct else tuple(dict.fromkeys(found)),
    )


def quotient_of(known: Counts, places: Sequence[int]) -> float:
    """The quotient of the rows at some places, all cells known; NaN where a total is zero."""
    own = math.fsum([known.local[place] for place in places])
    own_reference = math.fsum([known.reference[place] for place in places])
    return quotient(own, known.totals[0], own_reference, known.totals[1])


def _cells(row: IndustryRow) -> Cell:
    return row.employment.value, row.employment_reference.value


def _quotient(records: Iterable[tuple[Any, ...]]) -> Number:
    """Local and reference employment by division that the use names, then of all divisions."""
    own: Number = 0.0
    own_reference: Number = 0.0
    *named, (whole, whole_reference) = records
    for local, reference in named:
        own, own_reference = own + local, own_reference + reference
    return location_quotient(own, whole, own_reference, whole_reference)


def signed_for_use(ask: Ask) -> Recipe:
    """Distinct signed bodies that name the use, of the types that make it work.

    Of one type no more than half the target counts where several types are asked for, and no more
    than the target where one is. A letter of intent may become a signature: at best it counts.
    """
    if not ask.region.institutions:
        return Recipe((), total)
    rows = [row for row in ask.region.institutions if row.use == ask.use.use_id]
    if not rows:
        return Recipe(((_nobody(ask),),), total)
    facts = [_signature(row) for row in rows]
    count = _distinct(rows, _types(ask), _cap(ask))
    best = float(count((fact.high,) for fact in facts))
    return Recipe(
        tuple((fact,) for fact in facts), count,
        best=best if any(fact.high != fact.value for fact in facts) else None,
    )  # fmt: skip


def _nobody(ask: Ask) -> Fact:
    """The sheet is filled and no row names the use: nobody has signed."""
    first = ask.region.institutions[0]
    grade = max(row.grade or "D" for row in ask.region.institutions)
    sheet = Origin(first.origin.file, first.origin.sheet)
    return Fact(0.0, "count", grade=grade, source=first.source, origins=(sheet,))


def _signature(row: Institution) -> Fact:
    signed = float(row.status == "signed")
    return Fact(
        signed, "count", signed, 1.0 if row.status == "intent" else signed, row.grade or "D",
        row.source, row.as_of, (row.origin,), f"{row.origin.sheet}/{row.use}/{_body(row)}",
    )  # fmt: skip


def _body(row: Institution) -> str:
    """One name for one body, however its spaces and capitals are written."""
    return " ".join(row.name.text("en").split()).casefold()


def _types(ask: Ask) -> tuple[str, ...]:
    need = ask.knowledge.needs.get(ask.use.use_id)
    return need.partner_types if need else ()


def _cap(ask: Ask) -> float:
    """How many bodies of one type count."""
    target = next(
        (
            need.target
            for need in ask.knowledge.requirements.get(ask.use.use_id, ())
            if need.criterion_id == ask.criterion.criterion_id
        ),
        math.inf,
    )
    if math.isinf(target):
        return target
    return float(math.ceil(target / 2 if len(_types(ask)) > 1 else target))


def _distinct(rows: Sequence[Institution], types: Sequence[str], cap: float) -> Combine:
    """Counts bodies, each once, up to the cap per type; any type where none is listed."""

    def count(records: Iterable[tuple[Any, ...]]) -> Number:
        bodies: dict[tuple[str, str], Number] = {}
        for row, (signed,) in zip(rows, records, strict=True):
            if not types or row.type in types:
                body = (row.type, _body(row))
                bodies[body] = np.maximum(bodies.get(body, 0.0), signed)
        by_type: dict[str, Number] = {}
        for (kind, _), signed in bodies.items():
            by_type[kind] = by_type.get(kind, 0.0) + signed
        return np.asarray(sum((np.minimum(number, cap) for number in by_type.values()), 0.0))

    return count
