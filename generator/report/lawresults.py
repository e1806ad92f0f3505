"""The law as plain JSON values, for results.json and for `briefs rules --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import pressing
from generator.report.as_json import plain_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from generator.model import (
        BarredSize,
        ClaimAnswer,
        Finding,
        Reach,
        Rule,
        Screening,
        Staleness,
        UseFinding,
    )


def plain_law(screening: Screening, proposed: Collection[str]) -> dict[str, object]:
    """Everything that the law gate found.

    Args:
        screening: Its answer.
        proposed: Activities of the uses that are proposed, for the order of what is stale.
    """
    every = [
        *(found for use in screening.uses.values() for found in use.findings),
        *screening.findings.values(),
    ]
    return {
        "jurisdictions": list(screening.jurisdictions),
        "rules_in_force": screening.rules_in_force,
        "reach": plain_reach(screening.reach),
        "uses": {key: _use(found) for key, found in screening.uses.items()},
        "activities": {key: plain_finding(found) for key, found in screening.findings.items()},
        "rules": {rule.rule_id: plain_rule(rule) for found in every for rule in named(found)},
        "stale": [_stale(one) for one in pressing(screening.stale, proposed)],
        "claims": [_claim(answer) for answer in screening.claims],
    }


def named(found: Finding) -> Iterable[Rule]:
    """Every rule that a finding names."""
    yield from (*found.rules, *found.depends, *found.beyond, *found.coming, *found.undated)
    yield from (one.rule for one in found.barred)


def plain_reach(reach: Reach) -> dict[str, object]:
    """How far the rules reach, and why an activity is open where somebody wrote it down."""
    return {
        "assessed": list(reach.assessed),
        "open": list(reach.open),
        "reasons": {
            key: {"jurisdiction": note.jurisdiction, "reason": plain_label(note.reason)}
            for key, note in reach.reasons.items()
        },
        "has_own": reach.has_own,
    }


def _use(found: UseFinding) -> dict[str, object]:
    return {
        "status": found.status,
        "barred": [plain_bar(one) for one in found.barred],
        "activities": {one.activity: plain_finding(one) for one in found.findings},
    }


def plain_finding(found: Finding) -> dict[str, object]:
    """What the rules say of one activity, by their ids."""
    return {
        "effect": found.effect,
        "barred": [plain_bar(one) for one in found.barred],
        "rules": _ids(found.rules),
        "depends": _ids(found.depends),
        "beyond": _ids(found.beyond),
        "coming": _ids(found.coming),
        "undated": _ids(found.undated),
    }


def _ids(rules: Iterable[Rule]) -> list[str]:
    return [rule.rule_id for rule in rules]


def plain_bar(one: BarredSize) -> dict[str, object]:
    """A size from which the law bars."""
    return {
        "rule": one.rule.rule_id,
        "quantity": one.quantity,
        "amount": one.amount,
        "is_included": one.is_included,
        "is_certain": one.is_certain,
    }


def plain_rule(rule: Rule) -> dict[str, object]:
    """A rule with its instrument, its days and what was read of it."""
    limit, condition, law = rule.threshold, rule.region_condition, rule.instrument
    return {
        "jurisdiction": rule.jurisdiction,
        "activity": rule.activity,
        "effect": rule.effect,
        "condition": plain_label(rule.condition),
        "penalty": plain_label(rule.penalty),
        "reader_note": plain_label(rule.reader_note),
        "region_scope": list(rule.region_scope),
        "region_condition": condition and {"field": condition.figure, "value": condition.value},
        "threshold": limit
        and {"quantity": limit.quantity, "operation": limit.operation, "value": limit.value},
        "instrument_id": law.instrument_id,
        "instrument": plain_label(law.title),
        "number": plain_label(law.number),
        "article": rule.article,
        "in_force_from": _day(rule.in_force_from),
        "in_force_until": _day(rule.in_force_until),
        "target_on": _day(rule.target_on),
        "read_kind": rule.read_kind,
        "checked_on": _day(rule.checked_on),
        "read_locator": rule.read_locator,
        "official_locator": law.official_locator,
    }


def _stale(one: Staleness) -> dict[str, object]:
    return {
        "rule": one.rule.rule_id,
        "reasons": list(one.reasons),
        "days_since_check": one.days_since_check,
        "ended_by": one.ended_by.instrument_id if one.ended_by else None,
        "ends_on": _day(one.ends_on),
        "target_on": _day(one.target_on),
    }


def _claim(answer: ClaimAnswer) -> dict[str, object]:
    found = answer.finding
    return {
        "text": plain_label(answer.claim.text),
        "activity": found.activity,
        "effect": found.effect,
        "rules": _ids(found.rules),
        "depends": _ids(found.depends),
        "barred": [plain_bar(one) for one in found.barred],
        "origin": answer.claim.origin.full,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
