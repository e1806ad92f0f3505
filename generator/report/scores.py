"""Readiness in words and tables: rows of uses, heat tables, rankings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS

if TYPE_CHECKING:
    from generator.model import Assessment, Category, Contribution, Use, UseReadiness
    from generator.report.voice import Voice

_ASSUMED = frozenset({"assumed", "partly_cited"})


def use_row(use_id: str, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """One use as every table prints it."""
    entry = _entry(use_id, voice)
    use = assessment.readiness.uses[use_id]
    law = assessment.screening.uses[use_id].status
    return {
        "name": voice.name(entry.name),
        "id": use_id,
        "readiness": readiness(use, voice),
        "interval": interval(use, voice),
        "coverage": voice.say("percent", value=voice.whole(use.coverage_pct)),
        "rank": str(use.rank) if use.rank else voice.dash,
        "status": voice.say(f"viability.{use.viability}"),
        "status_band": use.viability,
        "law": voice.say(f"status.{law}"),
        "law_band": law,
        "jobs": assumed(voice.span(entry.jobs_fte_low, entry.jobs_fte_high), entry, voice),
        "capex": assumed(voice.money(entry.capex_cny_m_low, entry.capex_cny_m_high), entry, voice),
        "payback": assumed(
            voice.span(entry.payback_years_low, entry.payback_years_high, "span.years"),
            entry,
            voice,
        ),
        "maturity": voice.choice("maturity", entry.maturity),
        "first_gap": first_gap(use, voice),
        "reason": reason(use, voice),
    }


def _entry(use_id: str, voice: Voice) -> Use:
    return next(use for use in voice.knowledge.uses if use.use_id == use_id)


def assumed(text: str, entry: Use, voice: Voice) -> str:
    """A catalogue figure that says when it is assumed."""
    if text == voice.dash or entry.numbers_status not in _ASSUMED:
        return text
    return voice.say("assumed", value=text)


def readiness(use: UseReadiness, voice: Voice) -> str:
    """The score, or the interval it lies in while something is unknown."""
    return voice.whole(use.score) if use.score is not None else interval(use, voice)


def interval(use: UseReadiness, voice: Voice) -> str:
    """The interval of the score; a single number when nothing is unknown."""
    low, high = voice.whole(use.low), voice.whole(use.high)
    return low if low == high else voice.say("span", low=low, high=high)


def first_gap(use: UseReadiness, voice: Voice) -> str:
    """The gap that costs the use most readiness and can be closed; a dash when there is none."""
    gaps = [gap for gap in use.gaps if not voice.knowledge.criteria[gap.criterion_id].given]
    if not gaps:
        return voice.dash
    worst = max(gaps, key=lambda gap: (gap.points, gap.criterion_id))
    criterion = voice.knowledge.criteria[worst.criterion_id]
    return voice.say(
        voice.directed("gap.first", worst.criterion_id),
        criterion=voice.name(criterion.name),
        gap=voice.gap(worst.to_target, worst.criterion_id),
        target=voice.amount(worst.target, worst.criterion_id),
    )


def reason(use: UseReadiness, voice: Voice) -> str:
    """Why a use is not viable here now, or cannot be cleared; with the amount missing."""
    parts = [_missed(part, use, voice) for part in use.missed]
    parts += [
        voice.say("reason.unknown", criterion=_criterion(part, voice))
        for part in use.unknown_minima
    ]
    return voice.say("clause.separator").join(parts)


def _criterion(part: Contribution, voice: Voice) -> str:
    return voice.name(voice.knowledge.criteria[part.requirement.criterion_id].name)


def _missed(part: Contribution, use: UseReadiness, voice: Voice) -> str:
    need = part.requirement
    if need.criterion_id == "anchor_institutions" and use.signatures.missing_types:
        return voice.say(
            "reason.signatures",
            count=use.signatures.missing,
            types=voice.join(
                voice.choice("institution_type", kind) for kind in use.signatures.missing_types
            ),
        )
    value = part.value.fact.value or 0.0
    sign = 1 if need.direction == "higher_better" else -1
    return voice.say(
        voice.directed("reason.missed", need.criterion_id),
        criterion=_criterion(part, voice),
        gap=voice.gap((need.minimum - value) * sign, need.criterion_id),
        value=voice.amount(value, need.criterion_id),
        minimum=voice.amount(need.minimum, need.criterion_id),
    )


# --- heat tables and rankings ---------------------------------------------------------------------


def readiness_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `readiness` fields: both lists, and the uses whose law is not checked yet."""
    unchecked = [use_id for ids in assessment.readiness.law_not_checked.values() for use_id in ids]
    fields: dict[str, object] = {category: _list(category, assessment, voice) for category in LISTS}
    fields["not_checked"] = [use_row(use_id, assessment, voice) for use_id in unchecked]
    fields["not_checked_note"] = voice.say("readiness.not_checked") if unchecked else ""
    return fields


def _list(category: Category, assessment: Assessment, voice: Voice) -> dict[str, object]:
    order = assessment.readiness.order[category]
    asked = {need.criterion_id for use_id in order for need in voice.knowledge.requirements[use_id]}
    columns = [key for key in voice.knowledge.criteria if key in asked]
    return {
        "criteria": [
            {
                "name": voice.name(voice.knowledge.criteria[key].name),
                "unit": voice.name(voice.knowledge.criteria[key].unit),
            }
            for key in columns
        ],
        "rows": [_heat_row(use_id, columns, assessment, voice) for use_id in order],
        "ranking": [use_row(use_id, assessment, voice) for use_id in order],
        "order_note": voice.say("readiness.order_note"),
        "sentence": _sentence(category, assessment, voice),
    }


def _sentence(category: Category, assessment: Assessment, voice: Voice) -> str:
    uses = [assessment.readiness.uses[key] for key in assessment.readiness.order[category]]
    place = f"readiness.{category}"
    if not uses:
        return voice.sentence(place, "readiness.no_cleared")
    counted = {
        word: sum(1 for use in uses if use.viability == word)
        for word in ("viable", "not_viable", "cannot_be_cleared")
    }
    return voice.sentence(
        place, "readiness.counts", cleared=len(uses), viable=counted["viable"],
        missed=counted["not_viable"], open=counted["cannot_be_cleared"],
        shortlisted=len(assessment.readiness.shortlist[category]),
    )  # fmt: skip


def _heat_row(
    use_id: str, columns: list[str], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    use = assessment.readiness.uses[use_id]
    parts = {part.requirement.criterion_id: part for part in use.contributions}
    cells = [_heat_cell(parts.get(key), use, voice) for key in columns]
    row = use_row(use_id, assessment, voice)
    keys = ("name", "readiness", "coverage", "status", "status_band")
    return {**{key: row[key] for key in keys}, "cells": cells}


def _heat_cell(part: Contribution | None, use: UseReadiness, voice: Voice) -> dict[str, object]:
    """Percent of the way from minimum to target, and its band; the template maps bands to colours."""
    if part is None:
        return {"text": "", "band": "absent"}
    if part in use.missed:
        return {"text": voice.say("heat.missed"), "band": "missed"}
    if part.partial is None:
        return {"text": voice.say("heat.unknown"), "band": "unknown"}
    percent = part.partial * 100
    bands = ((100.0, "full"), (67.0, "high"), (34.0, "middle"), (1e-9, "low"))
    band = next((name for least, name in bands if percent >= least), "none")
    return {"text": voice.whole(percent), "band": band}
