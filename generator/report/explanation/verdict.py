"""Where the programme puts a use, what it would take to stand elsewhere, and after what it would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.explanation.figures import bound_name
from generator.report.textable import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Precondition, Programme, Project
    from generator.model.explanation import Change, Explanation, Hypothesis
    from generator.report.explanation.sheet import Sheet

_CHANGES = ("kind", "move", "name")
_CHANGE_WIDTHS = (18, 28, 52)
_IN_FIRST = frozenset({"limit", "measurement"})
"""Changes that were tried on the first wave alone."""


def programme_lines(use: Explanation, plan: Programme, sheet: Sheet) -> Iterator[str]:
    """In or out of the programme, and what the first wave with or without the use would be."""
    voice = sheet.voice
    yield from sheet.head("explain.programme")
    yield from sheet.text(f"explain.wave.{use.wave}")
    for one in use.projects:
        yield from _project(one, sheet)
    if use.held is not None:
        key = "explain.with_assumed" if use.held.is_assumed else "explain.with"
        yield from _hypothesis(key, use.held, plan, sheet)
    elif use.candidate is not None and use.wave != 1:
        yield from sheet.text("explain.with_none")
    if use.without is not None:
        yield from _hypothesis("explain.without", use.without, plan, sheet)
    firm = plan.firmness
    if firm is not None and firm.resolves and use.candidate is not None:
        share = voice.percent(firm.shares.get(use.use.use_id, 0.0))
        yield from sheet.text("explain.firm", share=share, count=voice.number(firm.resolves))
    if use.stakeholders is not None and use.candidate is not None:
        key = "explain.views" if use.stakeholders else "explain.views_none"
        names = voice.join(voice.name(name) for name in use.stakeholders)
        yield from sheet.text(key, names=names)


def _project(one: Project, sheet: Sheet) -> Iterator[str]:
    size = sheet.size(one.size, is_platform=one.category == "blockchain")
    if one.bound is None:
        yield from sheet.text("explain.project_only", size=size)
    else:
        yield from sheet.text(
            "explain.project", size=size, place=sheet.place(one.place),
            bound=bound_name(one.bound, sheet),
        )  # fmt: skip
    if one.preconditions:
        parts = sheet.say("clause.separator").join(
            precondition(part, sheet) for part in one.preconditions
        )
        yield from sheet.text("explain.before", parts=parts)


def precondition(part: Precondition, sheet: Sheet) -> str:
    """What must come before a project of the second wave."""
    key = part.criterion_id
    return sheet.say(
        f"explain.before.{part.kind}",
        criterion=sheet.criterion(key) if key else "",
        value=sheet.voice.amount(part.value, key) if key else "",
        minimum=sheet.voice.amount(part.minimum, key) if key else "",
        names=sheet.institutions(part.types),
    )


def _hypothesis(key: str, found: Hypothesis, plan: Programme, sheet: Sheet) -> Iterator[str]:
    first, wave = plan.first, found.wave
    change = sheet.change(wave.effects, first.effects, wave.capital - first.capital, wave.loss)
    yield from sheet.text(key, wave=sheet.wave(wave.placements), change=change)


def turning_lines(use: Explanation, sheet: Sheet) -> Iterator[str]:
    """Everything that was tried and moves the use."""
    yield from sheet.head("explain.changes")
    if not use.changes:
        yield from rows([(sheet.say("explain.changes_none"),)], [100])
        return
    body = (
        (
            sheet.say(f"explain.change.{one.kind}"),
            sheet.say(
                f"explain.first.{one.movement}"
                if one.kind in _IN_FIRST
                else f"explain.move.{one.movement}"
            ),
            _which(one, sheet),
        )
        for one in use.changes
    )
    yield from sheet.table(_CHANGES, _CHANGE_WIDTHS, body)


def _which(one: Change, sheet: Sheet) -> str:
    voice = sheet.voice
    name = voice.name(one.name)
    if one.kind == "signature":
        return sheet.say("explain.which.signature", use=name, types=sheet.institutions(one.names))
    if one.kind == "limit":
        resource = one.names[0]
        return sheet.say(
            "explain.which.limit", limit=voice.choice("limit", resource),
            amount=sheet.resource(resource, one.amount),
        )  # fmt: skip
    if one.kind == "measurement":
        records = voice.several([voice.name(record) for record in one.records], 4)
        origins = [origin for fact in one.facts for origin in fact.origins]
        return sheet.say("explain.which.measurement", records=records, cells=voice.cells(origins))
    return name
