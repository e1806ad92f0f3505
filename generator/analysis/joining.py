"""What a roll-up is: what is asked of which region, the facts it rests on and how they are joined.

Records are joined one after the other, so that draws of many rows never lie in memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np
from msgspec import Struct

from generator.analysis.values import FloatArray
from generator.model import Criterion, Fact, GridFactor, Knowledge, Label, Region, Use

Number = float | FloatArray
Combine = Callable[["Iterable[tuple[Any, ...]]"], Number]
"""The numbers of each record, one record after the other, to one: for base values and for draws."""
Item = Fact | tuple[Fact, ...]
"""A fact of a record, or facts that only ever count together, as their sum."""


class Ask(Struct, frozen=True):
    """What is rolled up: a criterion of one use from a region's registers."""

    region: Region
    use: Use
    criterion: Criterion
    knowledge: Knowledge
    lineage: tuple[str, ...]
    """The region's jurisdiction, then its parents."""
    as_of: str
    """ISO date; a factor published later is not known yet."""


class Recipe(Struct, frozen=True):
    """The facts a value rests on and how they combine.

    `parts` holds the facts of each record. When `is_bound`, the known records alone bind the value
    on its good side: a sum of some is no more than the sum of all.
    """

    parts: tuple[tuple[Item, ...], ...]
    combine: Combine
    is_bound: bool = True
    left_out: tuple[str, ...] = ()
    published: GridFactor | None = None
    drawn: Recipe | None = None
    """The recipe for draws, where which record counts is itself uncertain."""
    secured: float | None = None
    """Where a blank cell leaves the value unknown: what it cannot fall short of all the same."""
    best: float | None = None
    """What the value cannot exceed, where that is known and not the value itself."""
    value: float | None = None
    """The value, where every record is known and it has been counted already."""
    merged: Fact | None = None
    """The fact without its value, where it has been put together already."""


def facts_of(part: tuple[Item, ...]) -> Iterator[Fact]:
    """The single facts of a record."""
    for item in part:
        if isinstance(item, Fact):
            yield item
        else:
            yield from item


def total(records: Iterable[tuple[Any, ...]]) -> Number:
    """The sum over the records; of none, nothing."""
    result: Number = 0.0
    for (value,) in records:
        result = result + value
    return result


def largest(records: Iterable[tuple[Any, ...]]) -> Number:
    """The largest of the records."""
    return np.asarray(reduce(np.maximum, (value for (value,) in records)))


def smallest(records: Iterable[tuple[Any, ...]]) -> Number:
    """The smallest of the records."""
    return np.asarray(reduce(np.minimum, (value for (value,) in records)))


def weighted_mean(records: Iterable[tuple[Any, ...]]) -> Number:
    """The mean of values by weights, each record a weight and a value; NaN without any weight."""
    weights: Number = 0.0
    weighted: Number = 0.0
    for weight, value in records:
        weights, weighted = weights + weight, weighted + weight * value
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(weighted, weights))


def singles(facts: Sequence[Fact], combine: Combine) -> Recipe:
    """A recipe of records with one fact each."""
    return Recipe(tuple((fact,) for fact in facts), combine)


def merged(parts: Iterable[tuple[Item, ...]]) -> Fact:
    """A fact with all origins, the worst grade and the oldest date of its parts; no value yet."""
    facts = [fact for part in parts for fact in facts_of(part)]
    # Rows of a sheet mostly share one label: looking at identity first spares hashing each.
    sources = {*{id(fact.source): fact.source for fact in facts if fact.source}.values()}
    return Fact(
        value=None,
        unit="",
        grade=max((fact.grade for fact in facts), default="D"),
        source=sources.pop() if len(sources) == 1 else Label(),
        as_of=min((fact.as_of for fact in facts if fact.as_of), default=""),
        origins=tuple(dict.fromkeys(origin for fact in facts for origin in fact.origins)),
    )
