"""A profile per shortlisted use: technical, regulatory, economic and environmental feasibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.legal import rule_row
from generator.report.scores import assumed, interval, readiness

if TYPE_CHECKING:
    from generator.model import Assessment, Contribution, Use, UseReadiness
    from generator.report.voice import Voice

_ENVIRONMENTAL = ("carbon_intensity", "renewable_share", "pue", "water_m3_day")


def profile_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """One profile per shortlisted use, both lists in their order."""
    entries = {use.use_id: use for use in voice.knowledge.uses}
    return [
        _profile(entries[use_id], assessment, voice)
        for ids in assessment.readiness.shortlist.values()
        for use_id in ids
    ]


def _profile(entry: Use, assessment: Assessment, voice: Voice) -> dict[str, object]:
    use = assessment.readiness.uses[entry.use_id]
    return {
        "name": voice.name(entry.name),
        "what": voice.name(entry.what_it_is),
        "readiness_line": voice.sentence(
            f"profile.{entry.use_id}", "profile.readiness", score=readiness(use, voice),
            coverage=voice.whole(use.coverage_pct), maturity=voice.choice("maturity", entry.maturity),
        ),
        "technical": {
            "sentence": _technical(use, voice),
            "rows": [_need(part, voice) for part in use.contributions],
        },
        "regulatory": _regulatory(entry, assessment, voice),
        "economic": _economic(entry, voice),
        "environmental": {"sentence": _environmental(use, voice)},
        "cases": entry.reference_deployments.text(voice.language),
        "failures": entry.known_failures_or_cautions.text(voice.language),
        "caution": entry.scope_caution.text(voice.language),
        "evidence": [_evidence(key, voice) for key in entry.evidence_ids],
    }  # fmt: skip


def _technical(use: UseReadiness, voice: Voice) -> str:
    met = sum(1 for part in use.contributions if part.partial == 1.0)
    short = len(use.gaps)
    unknown = sum(1 for part in use.contributions if part.partial is None)
    return voice.sentence(
        f"technical.{use.use_id}", "profile.technical", met=met, short=short, unknown=unknown,
        interval=interval(use, voice),
    )  # fmt: skip


def _need(part: Contribution, voice: Voice) -> dict[str, object]:
    need, fact = part.requirement, part.value.fact
    key = need.criterion_id
    if part.partial == 1.0:
        gap = voice.say("gap.met")
    elif fact.value is None:
        gap = voice.dash
    else:
        sign = 1 if need.direction == "higher_better" else -1
        gap = voice.gap((need.target - fact.value) * sign, key)
    return {
        "criterion": voice.name(voice.knowledge.criteria[key].name),
        "value": _value(part, voice),
        "minimum": voice.number(need.minimum),
        "target": voice.number(need.target),
        "points": voice.say(
            "points.of", points=voice.number(part.points_low, 1), weight=voice.number(need.weight)
        )
        if part.partial is not None
        else voice.dash,
        "gap": gap,
        "grade": voice.grade(fact.grade) if part.partial is not None else voice.dash,
        "cell": voice.cells(fact.origins),
    }


def _value(part: Contribution, voice: Voice) -> str:
    key = part.requirement.criterion_id
    if part.value.fact.value is None and part.value.at_least_as_good_as is not None:
        amount = voice.amount(part.value.at_least_as_good_as, key)
        is_higher = part.requirement.direction == "higher_better"
        return voice.say("at_least" if is_higher else "at_most", value=amount)
    return voice.amount(part.value.fact.value, key)


def _regulatory(entry: Use, assessment: Assessment, voice: Voice) -> dict[str, object]:
    finding = assessment.screening.uses[entry.use_id]
    rules = [rule for found in finding.findings for rule in found.rules]
    conditions = [
        {**rule_row(rule, voice), "text": voice.name(rule.condition)}
        for rule in dict.fromkeys(rules)
    ]
    return {
        "sentence": voice.sentence(
            f"regulatory.{entry.use_id}", f"profile.law.{finding.status}",
            count=len(finding.findings), rules=len(conditions),
        ),
        "conditions": conditions,
    }  # fmt: skip


def _economic(entry: Use, voice: Voice) -> dict[str, object]:
    scale = voice.name(entry.unit_of_scale)
    unit = voice.name(entry.capex_unit) if entry.capex_unit else scale
    status = voice.choice("numbers_status", entry.numbers_status)
    jobs = voice.span(entry.jobs_fte_low, entry.jobs_fte_high, "span.jobs")
    money = voice.money(entry.capex_cny_m_low, entry.capex_cny_m_high)
    payback = voice.span(entry.payback_years_low, entry.payback_years_high, "span.years")
    running = voice.span(entry.opex_pct_of_capex_low, entry.opex_pct_of_capex_high, "span.percent")
    items = (("capital", money, unit), ("running", running, voice.say("economic.of_capital")),
             ("jobs", jobs, scale), ("payback", payback, scale))  # fmt: skip
    return {
        "sentence": voice.sentence(
            f"economic.{entry.use_id}", "profile.economic", capex=assumed(money, entry, voice),
            jobs=assumed(jobs, entry, voice), scale=scale,
        ),
        "rows": [
            {
                "item": voice.say(f"economic.{key}"),
                "value": value,
                "basis": voice.say("economic.basis", unit=basis, status=status),
            }
            for key, value, basis in items
        ],
    }  # fmt: skip


def _environmental(use: UseReadiness, voice: Voice) -> str:
    """What the use's environmental criteria come to, in one sentence."""
    parts = [part for part in use.contributions if part.requirement.criterion_id in _ENVIRONMENTAL]
    if not parts:
        return voice.sentence(f"environmental.{use.use_id}", "profile.environmental_none")
    facts = voice.say("clause.separator").join(
        voice.say(
            "profile.environmental_part",
            criterion=voice.name(voice.knowledge.criteria[part.requirement.criterion_id].name),
            value=_value(part, voice),
            target=voice.amount(part.requirement.target, part.requirement.criterion_id),
        )
        for part in parts
    )
    return voice.sentence(f"environmental.{use.use_id}", "profile.environmental", facts=facts)


def _evidence(evidence_id: str, voice: Voice) -> str:
    item = voice.knowledge.evidence[evidence_id]
    return voice.say(
        "evidence.item", id=evidence_id, claim=voice.name(item.claim), source=item.source,
        status=voice.choice("evidence_status", item.evidence_status),
    )  # fmt: skip
