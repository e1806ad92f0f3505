"""The inputs behind the briefs, one row a cell, and what they roll up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.model import COMPARATORS, Assessment, Contribution, Fact, Label, Origin, Region
from generator.report.annex.units import shown, span, unit
from generator.report.money import beside_catalogue
from generator.report.rates import rate_sentence
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import Knowledge
    from generator.report.voice import Voice

_REGISTERS = (
    "power",
    "data_centres",
    "workforce",
    "connectivity",
    "industry",
    "sites",
    "measures",
    "steps",
    "limits",
    "estimates",
    "weights",
)
_WITHOUT = (str, int, float, Origin, Label, type(None))
_REFERRING = frozenset({"measures", "limits", "estimates", "weights"})
"""Registers whose records are called by what they refer to."""


def used_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.used` fields: cells, institutions, roll-ups and catalogue ranges."""
    rows = _rows(assessment, voice)
    signed = _signed(assessment, voice, len(rows))
    return {
        "intro": voice.sentence("annex.used", "annex.used", count=len(rows) + len(signed)),
        "rows": table("annex.used.rows", rows),
        "institutions": table("annex.used.institutions", signed),
        "rolled_intro": voice.say("annex.rolled"),
        "rolled": table("annex.used.rolled", _rolled(assessment, voice)),
        "catalogue_intro": _catalogue_intro(voice),
        "catalogue": table("annex.used.catalogue", _catalogue(assessment, voice)),
    }


def facts_in(findings: Iterable[object]) -> list[Fact]:
    """Every fact in some findings, however deep, once each: many uses share one."""
    facts: dict[int, Fact] = {}
    waiting, met = list(findings), set[int]()
    while waiting:
        value = waiting.pop()
        if id(value) in met:
            continue
        met.add(id(value))
        held: Iterable[object] = ()
        if isinstance(value, Fact):
            facts[id(value)] = value
        elif isinstance(value, dict):
            held = value.values()
        elif isinstance(value, tuple):
            held = value
        elif isinstance(value, Struct):
            held = [getattr(value, name) for name in value.__struct_fields__]
        # Texts, numbers and cells are most of what there is, and hold none.
        waiting += [one for one in held if not isinstance(one, _WITHOUT)]
    return list(facts.values())


def used_origins(assessment: Assessment) -> frozenset[Origin]:
    """Every cell that a score, a project, a limit or the economy rests on."""
    found = (
        assessment.readiness.uses,
        assessment.programme.candidates,
        assessment.programme.limits,
        assessment.programme.choice_inputs.divisions,
        assessment.economy,
        assessment.skills,
    )
    return frozenset(origin for fact in facts_in(found) for origin in fact.origins)


def input_ids(assessment: Assessment, voice: Voice) -> dict[Origin, str]:
    """The number that each cell and each institution's row has in the annex."""
    inputs = _inputs(assessment, voice)
    found = {
        origin: _row_id(number, voice)
        for number, (_, _, fact) in enumerate(inputs, start=1)
        for origin in fact.origins
    }
    for number, row in enumerate(assessment.region.institutions, start=len(inputs) + 1):
        found[row.origin] = _row_id(number, voice)
    return found


def _row_id(number: int, voice: Voice) -> str:
    return voice.say("annex.row", number=number)


def _inputs(assessment: Assessment, voice: Voice) -> list[tuple[str, str, Fact]]:
    """Record, column and fact of every cell with a number, and of the blank ones that are used."""
    return voice.once("inputs", assessment, lambda: [*_used(assessment, voice)])


def _used(assessment: Assessment, voice: Voice) -> Iterable[tuple[str, str, Fact]]:
    region, used = assessment.region, used_origins(assessment)
    found: dict[tuple[Origin, ...], tuple[str, str, Fact]] = {}
    for register, record, column, fact in _cells(region, voice):
        is_wanted = fact.value is not None or not register
        if fact.origins not in found and (is_wanted or used.intersection(fact.origins)):
            found[fact.origins] = (record, column, fact)
    return found.values()


def _rows(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """One row per cell of the region's registers."""
    return [
        {
            "id": _row_id(number, voice),
            "record": record,
            "column": column,
            "value": shown(fact, voice),
            "unit": unit(fact, assessment.region.currency, voice),
            "range": span(fact, voice),
            "grade": fact.grade if fact.value is not None else voice.dash,
            "as_of": voice.period(fact.as_of),
            "source": voice.source(fact) if fact.value is not None else voice.dash,
            "cell": voice.cells(fact.origins),
        }
        for number, (record, column, fact) in enumerate(_inputs(assessment, voice), start=1)
    ]


def _cells(region: Region, voice: Voice) -> Iterator[tuple[str, str, str, Fact]]:
    """Register, record and column of every number; no register for the Region sheet."""
    own = voice.name(region.name)
    if region.rate_basis in {"workbook", "none"}:
        yield "", own, voice.say("column.cny_per_unit"), region.cny_per_unit
    for key, fact in region.figures.items():
        yield "", own, voice.say(f"figure.{key}"), fact
    for register in _REGISTERS:
        for record in getattr(region, register):
            name = _record(register, record, voice)
            for column in record.__struct_fields__:
                fact = getattr(record, column)
                if isinstance(fact, Fact):
                    fact = replace(fact, unit="m") if _is_money(record) else fact
                    yield register, name, voice.say(f"column.{column}"), fact


def _is_money(record: object) -> bool:
    """Whether a limit is one of capital, whose unit the form leaves to the currency."""
    return getattr(record, "resource", "") == "capex"


def _record(register: str, record: object, voice: Voice) -> str:
    """What a record is called: its typed name, or what it refers to."""
    parts = [
        label.text(voice.language)
        for label in (getattr(record, name, None) for name in ("name", "role", "title", "stakeholder"))
        if isinstance(label, Label)
    ]  # fmt: skip
    if register in _REFERRING:
        for attribute, listed in _referred(voice.knowledge).items():
            value = getattr(record, attribute, None)
            if isinstance(value, str):
                figure = voice.texts.table.get(f"figure.{value}", {}).get(voice.language, value)
                parts.append(listed[value].text(voice.language) if value in listed else figure)
    if register == "industry":
        parts = [" ".join(dict.fromkeys([str(getattr(record, "code", "")), *parts])).strip()]
    return voice.clauses(part for part in parts if part) or voice.dash


def _referred(known: Knowledge) -> Mapping[str, Mapping[str, Label]]:
    """What records refer to, by the column that names it."""
    return {
        "criterion": {key: item.name for key, item in known.criteria.items()},
        "use": {use.use_id: use.name for use in known.uses},
        "resource": known.choices.get("limit", {}),
        "benefit": {key: item.name for key, item in known.benefits.items()},
    }


def _signed(assessment: Assessment, voice: Voice, before: int) -> list[dict[str, str]]:
    """The institutions whose signatures the scores count, one row each."""
    uses = {use.use_id: use.name for use in voice.knowledge.uses}
    return [
        {
            "id": voice.say("annex.row", number=before + number),
            "name": voice.name(row.name),
            "type": voice.choice("institution_type", row.type),
            "use": voice.name(uses.get(row.use, Label())),
            "status": voice.choice("signature_status", row.status),
            "document": voice.name(row.document),
            "grade": row.grade,
            "as_of": voice.period(row.as_of),
            "source": voice.name(row.source),
            "cell": voice.plural("rows", 1, sheet=row.origin.sheet, rows=row.origin.cell),
        }
        for number, row in enumerate(assessment.region.institutions, start=1)
    ]


def rolled_key(part: Contribution) -> tuple[object, ...]:
    """What tells one rolled-up value from another: criterion, rule, value and cells."""
    fact = part.value.fact
    return part.requirement.criterion_id, part.value.rule, fact.value, fact.origins


def rolled_ids(assessment: Assessment, voice: Voice) -> dict[tuple[object, ...], str]:
    """The number that each rolled-up value has in the annex."""
    groups = enumerate(_groups(assessment, voice), start=1)
    return {key: voice.say("annex.rolled_row", number=number) for number, key in groups}


def _groups(
    assessment: Assessment, voice: Voice
) -> dict[tuple[object, ...], list[tuple[str, Contribution]]]:
    """The uses that read each rolled-up value, in the order of the criteria."""
    groups: dict[tuple[object, ...], list[tuple[str, Contribution]]] = {}
    for use_id, use in assessment.readiness.uses.items():
        for part in use.contributions:
            groups.setdefault(rolled_key(part), []).append((use_id, part))
    order = list(voice.knowledge.criteria)
    return dict(sorted(groups.items(), key=lambda item: order.index(str(item[0][0]))))


def _rolled(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """What the cells roll up to: one row per criterion and value, with the uses that read it."""
    rows: list[dict[str, str]] = []
    for found in _groups(assessment, voice).values():
        part = found[0][1]
        fact, criterion_id = part.value.fact, part.requirement.criterion_id
        rows.append(
            {
                "id": voice.say("annex.rolled_row", number=len(rows) + 1),
                "criterion": voice.name(voice.knowledge.criteria[criterion_id].name),
                "change": _change(criterion_id, voice),
                "rule": voice.choice("rollup", part.value.rule),
                "value": voice.amount(fact.value, criterion_id),
                "grade": voice.dash if fact.value is None else fact.grade,
                "as_of": voice.period(fact.as_of),
                "cells": voice.cells(fact.origins, 3),
                "uses": id_runs((use_id for use_id, _ in found), voice),
            }
        )
    return rows


def _change(criterion_id: str, voice: Voice) -> str:
    """How a criterion can be changed and by whom; of a given one, why it cannot."""
    criterion = voice.knowledge.criteria[criterion_id]
    note = voice.name(criterion.changeable_note)
    if criterion.is_given:
        return note
    return voice.say("annex.change", note=note, office=voice.supplier(criterion_id))


def id_runs(uses: Iterable[str], voice: Voice) -> str:
    """Use ids, neighbours as a range."""
    ids = sorted(uses)
    runs: list[list[str]] = []
    for use_id in ids:
        last = runs[-1][-1] if runs else ""
        follows = last[:1] == use_id[:1] and int(use_id[1:]) == int(last[1:]) + 1
        if follows:
            runs[-1].append(use_id)
        else:
            runs.append([use_id])
    shown_runs = [
        run if len(run) < 3 else [voice.say("span", low=run[0], high=run[-1])] for run in runs
    ]
    return voice.join(one for run in shown_runs for one in run)


def _catalogue_intro(voice: Voice) -> str:
    """What the ranges are for and, in another currency, at which rate they are restated."""
    first, rate = voice.say("annex.catalogue"), rate_sentence(voice)
    return voice.say("sentences", first=first, second=rate) if rate else first


def _catalogue(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The catalogue's ranges that the figures of projects are taken from."""
    return [
        {
            "id": use.use_id,
            "name": voice.name(use.name),
            "scale": voice.name(use.unit_of_scale),
            "capex": beside_catalogue(use.capex_cny_m_low, use.capex_cny_m_high, voice),
            "jobs": voice.span(use.jobs_fte_low, use.jobs_fte_high),
            "payback": voice.span(use.payback_years_low, use.payback_years_high),
            "maturity": voice.choice("maturity", use.maturity),
            "status": voice.choice("numbers_status", use.numbers_status),
            "evidence": voice.join(use.evidence_ids) or voice.dash,
        }
        for use in voice.knowledge.uses
        if use.category != COMPARATORS and use.use_id in assessment.readiness.uses
    ]
