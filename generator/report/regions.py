"""A table across regions for programs: a row a region and project, as CSV and as Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.report.parquet import has_parquet
from generator.report.verdict import verdict
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from pandas import DataFrame

    from generator.model import Assessment, Knowledge, Label, Project

Value = str | float | int | bool | None
_TEXT, _WHOLE, _NUMBER, _FLAG = "string", "Int64", "Float64", "boolean"
_TYPES: Mapping[str, str] = {
    "region": _TEXT,
    **{f"name_{ending}": _TEXT for ending in LANGUAGES.values()},
    "jurisdiction": _TEXT,
    "admin_code": _TEXT,
    "handling": _TEXT,
    "as_of": _TEXT,
    "rules": _TEXT,
    "catalogue": _TEXT,
    "inputs": _TEXT,
    "coverage_pct": _NUMBER,
    "illustrative_pct": _NUMBER,
    "wave": _WHOLE,
    "number": _WHOLE,
    "use": _TEXT,
    **{f"use_{ending}": _TEXT for ending in LANGUAGES.values()},
    "law": _TEXT,
    **{f"place_{ending}": _TEXT for ending in LANGUAGES.values()},
    "is_cleared": _FLAG,
    "size": _NUMBER,
    "capital_cny_m": _NUMBER,
    "capital_cny_m_low": _NUMBER,
    "capital_cny_m_high": _NUMBER,
    "jobs_fte": _NUMBER,
    "jobs_fte_low": _NUMBER,
    "jobs_fte_high": _NUMBER,
    "jobs_by": _TEXT,
    "power_mw": _NUMBER,
    "served": _NUMBER,
    "value_added_cny_m": _NUMBER,
    "connection_mw": _NUMBER,
    "emissions_kt": _NUMBER,
    "months_low": _NUMBER,
    "months_high": _NUMBER,
    "value_alone": _NUMBER,
    "chosen_in": _NUMBER,
    "standing": _TEXT,
}
"""Columns in order with the type that each keeps, whatever a batch holds; docs/regions.md has them."""
_OF_PROJECT = tuple(_TYPES)[tuple(_TYPES).index("wave") :]


def project_rows(assessment: Assessment, knowledge: Knowledge) -> tuple[tuple[Value, ...], ...]:
    """The rows of one region, in the order of the columns; one without a project where it has none.

    Args:
        assessment: The results of the region.
        knowledge: Its version of the rules and the catalogue, and the names of the uses.
    """
    region, confidence = assessment.region, assessment.confidence
    own: dict[str, Value] = {
        "region": region.code,
        **_names("name", region.name),
        "jurisdiction": region.jurisdiction,
        "admin_code": region.admin_code,
        "handling": region.handling,
        "as_of": assessment.screening.as_of.isoformat(),
        "rules": knowledge.rules_version,
        "catalogue": knowledge.catalogue_version,
        "inputs": region.digest,
        "coverage_pct": confidence.coverage_pct,
        "illustrative_pct": confidence.illustrative_pct,
    }
    waves = enumerate((assessment.programme.first, assessment.programme.second), start=1)
    made = [
        own | {"wave": wave, "number": number} | _project(one, assessment, knowledge)
        for wave, projects in waves
        for number, one in enumerate(projects.projects, start=1)
    ]
    rows = made or [own | dict.fromkeys(_OF_PROJECT)]
    return tuple(tuple(row[name] for name in _TYPES) for row in rows)


def _project(one: Project, assessment: Assessment, knowledge: Knowledge) -> dict[str, Value]:
    effects = one.effects
    return {
        "use": one.use_id,
        **_names("use", knowledge.use(one.use_id).name),
        "law": assessment.screening.uses[one.use_id].status,
        **_names("place", one.place.name),
        "is_cleared": one.place.is_cleared,
        "size": one.size,
        "capital_cny_m": one.capital.value,
        "capital_cny_m_low": one.capital.low,
        "capital_cny_m_high": one.capital.high,
        "jobs_fte": one.jobs.value,
        "jobs_fte_low": one.jobs.low,
        "jobs_fte_high": one.jobs.high,
        "jobs_by": one.jobs_by,
        "power_mw": effects.get("power"),
        "served": effects.get("served"),
        "value_added_cny_m": effects.get("value_added"),
        "connection_mw": one.connection_mw,
        "emissions_kt": one.emissions_kt,
        "months_low": one.months[0],
        "months_high": one.months[1],
        "value_alone": one.value_alone,
        "chosen_in": one.chosen_in,
        "standing": verdict(one, assessment).word,
    }


def _names(column: str, label: Label) -> dict[str, Value]:
    return {f"{column}_{ending}": label.text(tag) or None for tag, ending in LANGUAGES.items()}


def region_tables(rows: Iterable[Sequence[Value]]) -> dict[str, bytes]:
    """The table by ending; Parquet only where its library is installed.

    Args:
        rows: Of all regions, as `project_rows` gives them.
    """
    import pandas as pd  # noqa: PLC0415 - half a second that a rebuild without changes spares

    table = pd.DataFrame([*rows], columns=[*_TYPES]).astype(dict(_TYPES))
    made = {"csv": _as_csv(table)}
    if has_parquet():
        made["parquet"] = _as_parquet(table)
    return made


def _as_csv(table: DataFrame) -> bytes:
    """UTF-8 with a byte-order mark; text that a spreadsheet would run is marked as text."""
    from generator.report.comparison.sheet import guarded  # noqa: PLC0415 - likewise

    texts = [name for name, kind in _TYPES.items() if kind == _TEXT]
    safe = table.assign(**{name: table[name].map(guarded, na_action="ignore") for name in texts})
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "backslashreplace")


def _as_parquet(table: DataFrame) -> bytes:
    held = io.BytesIO()
    table.to_parquet(held, index=False)
    return held.getvalue()
