"""Any value of the model as plain JSON: what every number of results.json goes through."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

from generator.model import (
    Action,
    Fact,
    GridFactor,
    Label,
    Origin,
    Procedure,
    Region,
    Requirement,
    Risk,
    Rule,
    Site,
    Step,
    Use,
    WorkforceRole,
)

_PLAIN = frozenset({str, int, bool, type(None)})
"""What is as JSON holds it; no subclass is."""
_IDS: Mapping[type, str] = {
    Action: "action_id",
    GridFactor: "code",
    Procedure: "procedure_id",
    Requirement: "criterion_id",
    Risk: "risk_id",
    Rule: "rule_id",
    Use: "use_id",
}
"""Rows of the catalogue and the rules stand for themselves by their id."""


def as_json(value: object) -> object:
    """A value as JSON holds it: dicts, lists, strings, finite numbers, true, false and null.

    Facts keep the cells they came from, labels become language to text, rows of the catalogue their
    id, records of the region their name and place; a number that is not finite is unknown.
    """
    kind = type(value)
    return value if kind in _PLAIN else _writer(kind)(value)  # type: ignore[arg-type] # a class can be hashed, whatever its instances


@cache
def _writer(kind: type[Any]) -> Callable[[Any], object]:
    """What writes values of a kind: to ask each of very many what it is would take most of the time."""
    if kind in _IDS:
        return attrgetter(_IDS[kind])
    if kind in _FORMS:
        return _FORMS[kind]
    if issubclass(kind, Mapping):
        return _entries
    if issubclass(kind, tuple | list):
        return _items
    return fields_as_json if issubclass(kind, Struct) else _scalar


def _entries(value: Mapping[object, object]) -> dict[str, object]:
    return {str(key): as_json(item) for key, item in value.items()}


def _items(value: Iterable[object]) -> list[object]:
    return [as_json(item) for item in value]


def _scalar(value: object) -> object:
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | str | int) or value is None:
        return value
    message = f"no plain form for {type(value).__name__}"
    raise TypeError(message)


def fields_as_json(value: Struct) -> dict[str, object]:
    """The fields of one finding."""
    return {name: as_json(getattr(value, name)) for name in value.__struct_fields__}


def label_as_json(label: Label) -> dict[str, str]:
    """Language to text."""
    return dict(label.texts)


def head_as_json(region: Region) -> dict[str, object]:
    """Which region an answer is about."""
    return {
        "code": region.code,
        "name": label_as_json(region.name),
        "jurisdiction": region.jurisdiction,
        "admin_code": region.admin_code,
    }


def fact_as_json(fact: Fact) -> dict[str, object]:
    """A number with its range, quality and cells."""
    return {
        "value": as_json(fact.value),
        "unit": fact.unit,
        "low": as_json(fact.low),
        "high": as_json(fact.high),
        "grade": fact.grade,
        "source": label_as_json(fact.source),
        "as_of": fact.as_of,
        "origins": [origin.full for origin in fact.origins],
    }


def _named(name: Label, origin: Origin) -> dict[str, object]:
    return {"name": label_as_json(name), "place": origin.full}


_FORMS: Mapping[type, Callable[..., object]] = {
    Fact: fact_as_json,
    Label: label_as_json,
    Origin: attrgetter("full"),
    Site: lambda row: _named(row.name, row.origin),
    Step: lambda row: _named(row.title, row.origin),
    WorkforceRole: lambda row: _named(row.role, row.origin),
}
