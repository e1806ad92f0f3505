"""One use from the cells to the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import barred_from, limit, missing
from generator.report.explanation.figures import alone, costs, effects, places
from generator.report.explanation.verdict import programme_lines, turning_lines
from generator.report.explanation.why import why
from generator.report.rulebook import told
from generator.report.textable import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Contribution, Rule
    from generator.model.explanation import Explained, Explanation
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
        return sheet.say("explain.not_ready", parts=voice.say("clause.separator").join(parts))
    is_reuse = one.category == "power_reuse"
    return sheet.say("explain.ready_partner" if is_reuse else "explain.ready")
