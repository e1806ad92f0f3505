"""What the region claims, beside what the law says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import COMPARATORS
from generator.report.citation import (
    BINDING,
    cite,
    is_read_only,
    limit,
    missing_field,
    rules_of,
)

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def claim_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Every claim with what the law says of its activity; a bar from a size on is named as such."""
    rows: list[dict[str, object]] = []
    for number, answer in enumerate(assessment.screening.claims, start=1):
        finding = answer.finding
        rules = rules_of((finding,), *BINDING)
        activity = voice.name(voice.knowledge.activities[finding.activity].name)
        is_trade = any(
            finding.activity in use.regulated_activities
            for use in voice.knowledge.uses
            if use.category == COMPARATORS
        )
        bars = dict.fromkeys(one.rule for one in finding.barred)
        effect: str = finding.effect
        if bars and not is_trade:
            is_certain = all(one.is_certain for one in finding.barred)
            effect = "sized" if is_certain else "sized_open"
        elif effect == "prohibited" and is_read_only(finding.rules):
            effect = "reading"
        limits = dict.fromkeys(limit(rule.threshold, voice) for rule in bars if rule.threshold)
        missed = dict.fromkeys(
            missing_field(one.rule, voice) for one in finding.barred if not one.is_certain
        )
        key = f"claim.{'outside' if is_trade else 'use'}.{effect}"
        rows.append(
            {
                "claim": voice.name(answer.claim.text),
                "source": voice.name(answer.claim.source),
                "cell": str(answer.claim.origin),
                "position": voice.sentence(
                    f"claim.{number}", key, activity=activity, limits=voice.join(limits),
                    missing=voice.join(missed),
                ),
                "rules": voice.say("clause.separator").join(
                    voice.say("claim.rule", rule=rule.rule_id, instrument=cite(rule, voice))
                    for rule in (*bars, *rules)
                )
                or voice.dash,
            }
        )  # fmt: skip
    return rows
