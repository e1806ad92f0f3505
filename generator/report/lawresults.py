"""The law as plain JSON values, for results.json and for `briefs rules --json`."""

from __future__ import annotations

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
    pressing,
)
from generator.report.serialise import label_as_json


def law_as_json(screening: Screening, proposed: Collection[str]) -> dict[str, object]:
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
        "reach": reach_as_json(screening.reach),
        "uses": {key: _use(found) for key, found in screening.uses.items()},
        "activities": {key: finding_as_json(found) for key, found in screening.findings.items()},
        "rules": {rule.rule_id: rule_as_json(rule) for found in every for rule in named(found)},
        "stale": [
            _stale(one) for one in pressing(screening.stale, proposed, screening.jurisdictions)
        ],
        "claims": [_claim(answer) for answer in screening.claims],
    }


def named(found: Finding) -> Iterable[Rule]:
    """Every rule that a finding names."""
    yield from (*found.rules, *found.depends, *found.beyond, *found.coming, *found.undated)
    yield from (one.rule for one in found.barred)


def reach_as_json(reach: Reach) -> dict[str, object]:
    """How far the rules reach, and why an activity is open where somebody wrote it down."""
    return {
        "assessed": list(reach.assessed),
        "open": list(reach.open),
        "reasons": {
            key: {"jurisdiction": note.jurisdiction, "reason": label_as_json(note.reason)}
            for key, note in reach.reasons.items()
        },
        "has_own": reach.has_own,
    }


def _use(found: UseFinding) -> dict[str, object]:
    return {
        "status": found.status,
        "barred": [bar_as_json(one) for one in found.barred],
        "activities": {one.activity: finding_as_json(one) for one in found.findings},
    }


def finding_as_json(found: Finding) -> dict[str, object]:
    """What the rules say of one activity, by their ids."""
    return {
        "effect": found.effect,
        "barred": [bar_as_json(one) for one in found.barred],
        "rules": _ids(found.rules),
        "depends": _ids(found.depends),
        "beyond": _ids(found.beyond),
        "coming": _ids(found.coming),
        "undated": _ids(found.undated),
    }


def _ids(rules: Iterable[Rule]) -> list[str]:
    return [rule.rule_id for rule in rules]


def bar_as_json(one: BarredSize) -> dict[str, object]:
    """A size from which the law bars."""
    return {
        "rule": one.rule.rule_id,
        "quantity": one.quantity,
        "amount": one.amount,
        "is_included": one.is_included,
        "is_certain": one.is_certain,
    }


def rule_as_json(rule: Rule) -> dict[str, object]:
    """A rule with its instrument, its days and what was read of it."""
    limit, condition, law = rule.threshold, rule.region_condition, rule.instrument
    return {
        "jurisdiction": rule.jurisdiction,
        "activity": rule.activity,
        "effect": rule.effect,
        "condition": label_as_json(rule.condition),
        "penalty": label_as_json(rule.penalty),
        "reader_note": label_as_json(rule.reader_note),
        "region_scope": list(rule.region_scope),
        "region_condition": condition and {"field": condition.figure, "value": condition.value},
        "threshold": limit
        and {"quantity": limit.quantity, "operation": limit.operation, "value": limit.value},
        "instrument_id": law.instrument_id,
        "instrument": label_as_json(law.title),
        "number": label_as_json(law.number),
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
        "text": label_as_json(answer.claim.text),
        "activity": found.activity,
        "effect": found.effect,
        "rules": _ids(found.rules),
        "depends": _ids(found.depends),
        "barred": [bar_as_json(one) for one in found.barred],
        "origin": answer.claim.origin.full,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
