"""What a region's own rows hold, as results.json keeps it: by it two editions are compared."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING

from generator.model import Fact, Label
from generator.report.serialise import as_json, label_as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Origin, Region

_REGISTERS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
    "measures", "steps", "limits", "estimates", "weights", "claims", "basis_documents",
)  # fmt: skip
"""Recipients are in no results."""
_OF_REGION = (
    "name", "jurisdiction", "admin_code", "currency", "cny_per_unit", "rate_on", "rate_source",
    "prepared_by", "plan_from", "plan_until", "handling",
)  # fmt: skip
_NAMES = ("name", "role", "title", "stakeholder", "text")
"""Columns that a record is called by."""
_UNSAID = frozenset({"origin", "source", "divisions"})


def inputs_as_json(region: Region) -> list[dict[str, object]]:
    """A record for each row, with its cells by column; blank ones are left out."""
    own: dict[str, object] = {name: getattr(region, name) for name in _OF_REGION}
    own |= region.figures
    found = [_record("region", region.name, region.origin, own)]
    for sheet in _REGISTERS:
        for row in getattr(region, sheet):
            held = {
                part.name: getattr(row, part.name)
                for part in fields(row)
                if part.name not in _UNSAID
            }
            name = next((held[key] for key in _NAMES if isinstance(held.get(key), Label)), Label())
            found.append(_record(sheet, name, row.origin, held))
    return found


def _record(
    sheet: str, name: Label, origin: Origin, held: Mapping[str, object]
) -> dict[str, object]:
    row = origin._replace(cell=origin.cell.lstrip(ascii_uppercase))
    cells = {key: cell for key, value in held.items() if (cell := _cell(value)) is not None}
    return {
        "sheet": sheet, "name": label_as_json(name), "place": row.full, "cells": cells
    }  # fmt: skip


def _cell(value: object) -> dict[str, object] | None:
    if isinstance(value, Fact):
        if value.value is None:
            return None
        place = value.origins[0].full if value.origins else ""
        return {
            "value": as_json(value.value), "unit": value.unit, "low": as_json(value.low),
            "high": as_json(value.high), "grade": value.grade, "as_of": value.as_of,
            "place": place,
        }  # fmt: skip
    if isinstance(value, date):
        return {"text": value.isoformat()}
    if isinstance(value, Label):
        return {"text": label_as_json(value)} if value else None
    return {"text": str(value)} if value else None
