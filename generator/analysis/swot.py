"""Strengths, weaknesses, opportunities and threats, and what to ask counsel: all derived."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.analysis.readiness import biggest_gaps
from generator.model import (
    STRICTEST,
    Contribution,
    CounselList,
    CounselQuestion,
    CounselReason,
    FiredRisk,
    Gap,
    Knowledge,
    OpenActivity,
    Programme,
    Readiness,
    Rule,
    Screening,
    Swot,
    SwotItem,
    UseReadiness,
)
from generator.model.facts import LISTS

if TYPE_CHECKING:
    from generator.problems import Origin

_MOST = 6
"""Entries in each field of the table."""


def derive_swot(
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    programme: Programme,
    risks: Sequence[FiredRisk],
) -> Swot:
    """Four fields of references, each to its criterion, rule or risk; the report words them.

    Args:
        knowledge: The order of the criteria, which settles ties.
        screening: Encouraged and stale rules.
        readiness: Passes and gaps of the uses.
        programme: The projects that the fields speak of.
        risks: The risks that fired, worst first.
    """
    return Swot(
        strengths=_strengths(knowledge, readiness, programme.uses),
        weaknesses=_weaknesses(knowledge, readiness, programme.uses),
        opportunities=_opportunities(screening, programme.uses),
        threats=_threats(screening, programme.uses, risks),
    )


def counsel_questions(
    screening: Screening, readiness: Readiness, programme: Programme
) -> CounselList:
    """Every conditional or unverified rule that touches a project, and what no rule covers.

    A rule that depends on an unknown, and a bar from a size on, set conditions until counsel says
    otherwise; a permission that depends on an unknown is none.

    Rules whose start is unknown are in no force and no condition, but may be unverified; where the
    use stays below their threshold, nothing is asked about them.

    Returns:
        Questions without duplicates, those of the first wave first, then by rule; open activities of
        the uses whose law is not fully assessed.
    """
    touched: dict[str, tuple[Rule, set[CounselReason], list[str]]] = {}
    for use_id in programme.uses:
        for finding in screening.of_use(use_id).findings:
            bars = tuple(one.rule for one in finding.barred)
            binding = (*finding.rules, *finding.depends, *bars)
            for rule in (*binding, *finding.asked):
                reasons = _reasons(rule, is_applied=rule in binding)
                if not reasons:
                    continue
                _, known, uses = touched.setdefault(rule.rule_id, (rule, set(), []))
                known |= reasons
                if use_id not in uses:
                    uses.append(use_id)
    questions = [
        CounselQuestion(
            rule, tuple(uses), tuple(sorted(reasons)), bool(set(uses) & set(programme.first.uses))
        )
        for rule, reasons, uses in touched.values()
    ]
    questions.sort(key=lambda one: (not one.is_first_wave, one.rule.rule_id))
    return CounselList(tuple(questions), _open_activities(screening, readiness))


def _reasons(rule: Rule, *, is_applied: bool) -> set[CounselReason]:
    found: set[CounselReason] = set()
    if is_applied and rule.effect in STRICTEST[:2]:
        found.add("conditional")
    if rule.read_kind != "official":
        found.add("unverified")
    return found


def _open_activities(screening: Screening, readiness: Readiness) -> tuple[OpenActivity, ...]:
    carriers: dict[str, list[str]] = defaultdict(list)
    for category in LISTS:
        for use_id in readiness.law_not_checked[category]:
            for finding in screening.uses[use_id].of("not_assessed"):
                carriers[finding.activity].append(use_id)
    return tuple(OpenActivity(activity, tuple(carriers[activity])) for activity in sorted(carriers))


def _by_criterion(
    uses: Iterable[UseReadiness],
) -> Mapping[str, list[tuple[str, Contribution]]]:
    found: dict[str, list[tuple[str, Contribution]]] = defaultdict(list)
    for use in uses:
        for part in use.contributions:
            found[part.requirement.criterion_id].append((use.use_id, part))
    return found


def _item(
    criterion_id: str, asked: Sequence[tuple[str, Contribution]], gap: Gap | None = None
) -> SwotItem:
    return SwotItem(
        kind="criterion",
        reference=criterion_id,
        uses=tuple(use_id for use_id, _ in asked),
        weight=math.fsum(part.requirement.weight for _, part in asked),
        values=tuple(dict.fromkeys(part.value for _, part in asked)),
        gap=gap,
        origins=_places(origin for _, part in asked for origin in part.value.fact.origins),
    )


def _places(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origins))


def _strongest(items: Iterable[SwotItem], knowledge: Knowledge) -> tuple[SwotItem, ...]:
    order = {criterion_id: number for number, criterion_id in enumerate(knowledge.criteria)}
    found = sorted(items, key=lambda item: (-item.weight, order[item.reference]))
    return tuple(found[:_MOST])


def _strengths(
    knowledge: Knowledge, readiness: Readiness, planned: Sequence[str]
) -> tuple[SwotItem, ...]:
    """Criteria whose target every project that asks for them sees met."""
    uses = [readiness.uses[use_id] for use_id in planned]
    return _strongest(
        (
            _item(criterion_id, asked)
            for criterion_id, asked in _by_criterion(uses).items()
            if all(part.partial == 1.0 for _, part in asked)
        ),
        knowledge,
    )


def _weaknesses(
    knowledge: Knowledge, readiness: Readiness, planned: Sequence[str]
) -> tuple[SwotItem, ...]:
    """The biggest gaps of the projects; without a project, of all that is cleared.

    Then come hard minima that are missed; a criterion stands once. What is given is no weakness
    that a plan could work on, and stands with the use that misses it.
    """
    order = {
        category: tuple(
            use_id for use_id in readiness.order[category] if use_id in planned or not planned
        )
        for category in LISTS
    }
    by_id = {key: readiness.uses[key] for category in LISTS for key in order[category]}
    missed: dict[str, list[tuple[str, Contribution]]] = defaultdict(list)
    for use in by_id.values():
        for part in use.missed:
            if knowledge.criteria[part.requirement.criterion_id].is_given:
                continue
            missed[part.requirement.criterion_id].append((use.use_id, part))
    found = []
    for biggest in biggest_gaps(readiness.uses, order):
        asked = _by_criterion(by_id[use_id] for use_id in biggest.uses)[biggest.criterion_id]
        others = missed.pop(biggest.criterion_id, ())
        asked += [pair for pair in others if pair[0] not in biggest.uses]
        found.append(_item(biggest.criterion_id, asked, biggest.gap))
    rest = (
        _item(criterion_id, asked, _widest(criterion_id, asked, by_id))
        for criterion_id, asked in missed.items()
    )
    return (*found, *_strongest(rest, knowledge))[:_MOST]


def _widest(
    criterion_id: str,
    asked: Sequence[tuple[str, Contribution]],
    uses: Mapping[str, UseReadiness],
) -> Gap | None:
    """The gap of the use that lacks most; none where only a key institution has not signed."""
    gaps = [
        gap for use_id, _ in asked for gap in uses[use_id].gaps if gap.criterion_id == criterion_id
    ]
    return max(gaps, key=lambda gap: (gap.to_minimum, gap.to_target), default=None)


def _carriers(
    rules: Iterable[Rule], screening: Screening, use_ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Rule to the uses that carry its activity; rules that touch none are left out."""
    found = {}
    for rule in rules:
        uses = tuple(
            use_id
            for use_id in use_ids
            if any(one.activity == rule.activity for one in screening.of_use(use_id).findings)
        )
        if uses:
            found[rule.rule_id] = uses
    return found


def _opportunities(screening: Screening, planned: Sequence[str]) -> tuple[SwotItem, ...]:
    """Encouraging rules in force; one of which nobody read anything is none to build on."""
    encouraged = (
        rule
        for finding in screening.findings.values()
        for rule in finding.rules
        if rule.effect == "encouraged" and rule.is_read
    )
    found = _carriers(encouraged, screening, planned)
    items = [SwotItem("rule", rule_id, uses, float(len(uses))) for rule_id, uses in found.items()]
    items.sort(key=lambda item: (-item.weight, item.reference))
    return tuple(items[:_MOST])


def _threats(
    screening: Screening, planned: Sequence[str], risks: Sequence[FiredRisk]
) -> tuple[SwotItem, ...]:
    """The worst fired risks, then every stale rule that a project rests on."""
    worst = sorted(risks, key=lambda one: (-one.score, one.risk.risk_id))[:_MOST]
    stale = _carriers((one.rule for one in screening.stale), screening, planned)
    return (
        *(
            SwotItem("risk", one.risk.risk_id, one.uses, one.score, origins=one.origins)
            for one in worst
        ),
        *(
            SwotItem("stale_rule", rule_id, stale[rule_id], float(len(stale[rule_id])))
            for rule_id in sorted(stale)
        ),
    )
