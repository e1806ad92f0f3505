"""One use from the cells to the verdict, and after what it would stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.citation import missing
from generator.report.explanation.figures import alone, bound_name, costs, effects, places
from generator.report.explanation.why import why
from generator.report.rulebook import told
from generator.report.textable import rows
from generator.report.thresholds import barred_from, limit

if TYPE_CHECKING:
    from generator.model import Contribution, Precondition, Programme, Project, Rule
    from generator.model.explanation import Change, Explained, Explanation, Hypothesis
    from generator.report.explanation.sheet import Sheet


_LAW_WIDTHS = (11, 12, 52, 22)
_MINIMA = ("criterion", "value", "minimum", "target", "points", "state")
_MINIMA_WIDTHS = (25, 13, 12, 12, 13, 20)


def whole(use: Explanation, one: Explained, sheet: Sheet) -> Iterator[str]:
    """A use from the law to what would change its place; of a barred one the law alone."""
    voice, entry = sheet.voice, use.use
    yield from sheet.text(
        "explain.use", name=voice.name(entry.name), use=entry.use_id,
        list=voice.choice("category", entry.category),
    )  # fmt: skip
    yield from rows([(why(use, sheet),)], [100])
    yield from _law(use, one, sheet)
    if use.readiness is None or use.costs is None:
        return
    yield from sheet.head("explain.minima")
    body = (_part(part, use, sheet) for part in use.readiness.contributions)
    yield from sheet.table(_MINIMA, _MINIMA_WIDTHS, body)
    yield from _readiness(use, sheet)
    yield from costs(use, sheet)
    if entry.category == "power_reuse":
        yield from places(use, sheet)
    yield from effects(use, sheet)
    yield from alone(use, sheet)
    yield from programme_lines(use, one.programme, sheet)
    yield from turning_lines(use, sheet)


def _law(use: Explanation, one: Explained, sheet: Sheet) -> Iterator[str]:
    """The rules that bear on a use; of a barred one those that bar it."""
    if use.law is None:
        return
    voice = sheet.voice
    yield from sheet.head("explain.law", status=voice.say(f"status.{use.law.status}"))
    stale = {found.rule.rule_id: found.reasons for found in one.screening.stale}
    is_barred = use.law.status == "prohibited"
    found = dict.fromkeys(
        (rule, size)
        for rule, size in _bearing(use, sheet)
        if not is_barred or rule.rule_id in use.deciding.names
    )
    if not found:
        yield from sheet.text("explain.law_none")
        return
    heads = ("rule", "effect", "what", "size")
    yield from rows([(voice.say(f"rulebook.head.{key}"),) for key in heads], _LAW_WIDTHS)
    for rule, size in found:
        what = told(rule, stale.get(rule.rule_id, ()), voice)
        effect = voice.choice("effect", rule.effect)
        yield from rows([(rule.rule_id,), (effect,), what, (size,)], _LAW_WIDTHS)


def _bearing(use: Explanation, sheet: Sheet) -> Iterator[tuple[Rule, str]]:
    """Rules with the sizes that they speak of: barring, applied, hanging on an unknown."""
    voice = sheet.voice
    for found in use.law.findings if use.law else ():
        for size in found.barred:
            yield size.rule, sheet.say("rulebook.size.barred", asked=barred_from(size, voice))
        for rule in found.rules:
            yield rule, limit(rule.threshold, voice) if rule.threshold else voice.dash
        for rule in found.depends:
            yield rule, sheet.say("rulebook.size.depends", asked=missing(rule, voice))


def _part(part: Contribution, use: Explanation, sheet: Sheet) -> tuple[object, ...]:
    voice, need = sheet.voice, part.requirement
    key = need.criterion_id
    known = voice.amount(part.value.fact.value, key)
    if part.value.fact.value is None and part.value.at_least_as_good_as is not None:
        bound = "at_least" if need.direction == "higher_better" else "at_most"
        known = voice.say(bound, value=voice.amount(part.value.at_least_as_good_as, key))
    points = voice.number(part.points_low, 1)
    if part.partial is None:
        points = voice.say("span", low=points, high=voice.number(part.points_high, 1))
    state = {True: "met", False: "missed", None: "unknown"}[part.meets_minimum]
    shown = sheet.say(f"explain.state.{state}")
    if need.hard_minimum:
        shown = sheet.say("explain.state.hard", state=shown)
    elif key in use.heavy:
        shown = sheet.say("explain.state.heavy", state=shown)
    cells = voice.cells(part.value.fact.origins) if part.value.fact.origins else ""
    return (
        sheet.criterion(key),
        known,
        voice.amount(need.minimum, key),
        voice.amount(need.target, key),
        sheet.say("explain.points", points=points, weight=voice.number(need.weight, 1)),
        (shown, cells),
    )


def _readiness(use: Explanation, sheet: Sheet) -> Iterator[str]:
    voice, scored = sheet.voice, use.readiness
    if scored is None:
        return
    score = voice.number(scored.low, 1)
    if scored.score is None:
        score = voice.say("span", low=score, high=voice.number(scored.high, 1))
    yield from sheet.head("explain.readiness")
    yield from sheet.text(
        "explain.score", score=score, coverage=voice.percent(scored.coverage_pct / 100),
        list=voice.say(f"listed.{scored.listed}"),
    )  # fmt: skip
    assumed = voice.knowledge.assumed
    yield from sheet.text(
        "explain.shortlist_needs", readiness=voice.number(assumed("shortlist_readiness")),
        coverage=voice.percent(assumed("coverage_minimum_pct") / 100),
    )  # fmt: skip
    yield from sheet.head("explain.start")
    yield from rows([(_start(use, sheet),)], [100])


def _start(use: Explanation, sheet: Sheet) -> str:
    """Whether a use can begin now, and what keeps it."""
    voice, one = sheet.voice, use.candidate
    if one is None:
        return why(use, sheet)
    parts = []
    for kind, names in (("missed", one.missed), ("unknown", one.unknown)):
        if names:
            listed = voice.join(sheet.criterion(key) for key in names)
            parts.append(sheet.say(f"explain.not_ready.{kind}", names=listed))
    if one.lacks_partner:
        types = voice.knowledge.needs[one.use_id].partner_types
        parts.append(sheet.say("explain.not_ready.partner", names=sheet.institutions(types)))
    housed = [fit for fit in one.fits if fit.menu]
    if housed and not any(fit.place.is_cleared for fit in housed):
        parts.append(sheet.say("explain.not_ready.cleared"))
    if parts:
        return sheet.say("explain.not_ready", parts=voice.clauses(parts))
    is_reuse = one.category == "power_reuse"
    return sheet.say("explain.ready_partner" if is_reuse else "explain.ready")


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
