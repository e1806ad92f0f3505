"""The law gate: dated, scoped, per activity; no rule found is never a permission."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.model import (
    ClaimAnswer,
    Effect,
    Finding,
    Knowledge,
    LegalStatus,
    Region,
    Rule,
    Screening,
    Staleness,
    Use,
    UseFinding,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

_STRICTEST: tuple[Effect, ...] = ("prohibited", "conditional", "permitted", "encouraged")


def screen(region: Region, knowledge: Knowledge, as_of: date) -> Screening:
    """What the rules in force on a day say about every use, here.

    Args:
        region: Where; its jurisdiction and administrative code decide which rules reach it.
        knowledge: All rules, every date included.
        as_of: The day the law is read.

    Returns:
        A finding per use and activity, stale rules, and an answer to every claim.
    """
    orders = lineage(region.jurisdiction, knowledge)
    in_scope = [rule for rule in knowledge.rules if is_in_scope(rule, orders, region.admin_code)]
    findings = {activity: _finding(activity, in_scope, as_of) for activity in knowledge.activities}
    uses = {use.use_id: _use_finding(use, findings) for use in knowledge.uses}
    claims = tuple(ClaimAnswer(claim, findings[claim.activity]) for claim in region.claims)
    applied = [rule for found in findings.values() for rule in found.rules]
    limit = knowledge.assumed("stale_after_days")
    return Screening(
        as_of=as_of,
        jurisdictions=orders,
        findings=findings,
        uses=uses,
        stale=tuple(_stale(applied, knowledge.rules, as_of, limit)),
        claims=claims,
        rules_in_force=len(applied),
    )


def lineage(jurisdiction: str, knowledge: Knowledge) -> tuple[str, ...]:
    """A jurisdiction and its parents, nearest first."""
    found: list[str] = []
    waiting = [jurisdiction]
    while waiting:
        code = waiting.pop(0)
        if code in found:
            continue
        found.append(code)
        order = knowledge.jurisdictions.get(code)
        waiting.extend(order.parents if order else ())
    return tuple(found)


def is_in_scope(rule: Rule, orders: Sequence[str], admin_code: str) -> bool:
    """Whether a rule reaches a region, dates aside.

    The rule's own jurisdiction must be one of the region's; a scope code is then either such a
    jurisdiction or the beginning of the region's administrative code, trailing `00` pairs aside.
    """
    if rule.jurisdiction not in orders:
        return False
    return any(
        code in orders or (admin_code and admin_code.startswith(_significant(code)))
        for code in rule.region_scope
    )


def _significant(code: str) -> str:
    """An administrative code without trailing pairs of zeros, of which one pair at least stays."""
    return re.sub(r"(?<=\d\d)(?:00)+$", "", code)


def is_in_force(rule: Rule, as_of: date) -> bool:
    """Whether the day lies in [in_force_from, in_force_until); a blank start means no."""
    if rule.in_force_from is None or as_of < rule.in_force_from:
        return False
    return rule.in_force_until is None or as_of < rule.in_force_until


def _finding(activity: str, in_scope: Iterable[Rule], as_of: date) -> Finding:
    own = [rule for rule in in_scope if rule.activity == activity]
    applied = tuple(rule for rule in own if is_in_force(rule, as_of))
    effects = {rule.effect for rule in applied}
    effect: Effect = next((one for one in _STRICTEST if one in effects), "not_assessed")
    undated = tuple(rule for rule in own if rule.in_force_from is None)
    return Finding(activity, effect, applied, undated)


def _use_finding(use: Use, findings: Mapping[str, Finding]) -> UseFinding:
    own = tuple(findings[activity] for activity in use.regulated_activities)
    effects = {found.effect for found in own}
    status: LegalStatus
    if "prohibited" in effects:
        status = "prohibited"
    elif effects == {"not_assessed"}:
        status = "not_assessed"
    elif "not_assessed" in effects:
        status = "partly_assessed"
    else:
        status = next(one for one in _STRICTEST if one in effects)
    return UseFinding(use.use_id, status, own)


def _stale(
    applied: Iterable[Rule], rules: Sequence[Rule], as_of: date, limit: float
) -> Iterable[Staleness]:
    """Applied rules checked too long ago, or replaced by an instrument that is in force."""
    by_id = {rule.rule_id: rule for rule in rules}
    for rule in applied:
        successor = by_id.get(rule.replaced_by)
        if successor is not None and not is_in_force(successor, as_of):
            successor = None
        days = (as_of - rule.checked_on).days
        if days > limit or successor is not None:
            yield Staleness(rule, days, successor)
