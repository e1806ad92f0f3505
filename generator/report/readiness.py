"""Readiness in words and tables: rows of uses, rankings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.model import LISTS, Assessment, Category, Contribution, Use, UseReadiness
from generator.report.projects import ends
from generator.report.reach import law_word

if TYPE_CHECKING:
    from generator.report.voice import Voice


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
        "law": law_word(use_id, assessment, voice),
        "law_band": law,
        "scale": voice.say("scale", scale=voice.name(entry.unit_of_scale)),
        "jobs": voice.span(*_figures(entry, "jobs", assessment)),
        "capex": voice.money(*_figures(entry, "capex", assessment)),
        "first_gap": first_gap(use, voice),
        "reason": reason(use, entry, voice),
    }


def _figures(entry: Use, column: str, assessment: Assessment) -> tuple[float | None, float | None]:
    """Capital or jobs of one unit: the candidate's with own figures included, else the catalogue's."""
    one = assessment.programme.candidates.get(entry.use_id)
    if one is not None:
        fact = one.capital if column == "capex" else one.jobs
        return ends(fact) or (None, None)
    if column == "capex":
        return entry.capex_cny_m_low, entry.capex_cny_m_high
    return entry.jobs_fte_low, entry.jobs_fte_high


def _entry(use_id: str, voice: Voice) -> Use:
    return next(use for use in voice.knowledge.uses if use.use_id == use_id)


def readiness(use: UseReadiness, voice: Voice) -> str:
    """The score, or the interval it lies in while something is unknown."""
    return voice.score(use.score) if use.score is not None else interval(use, voice)


def interval(use: UseReadiness, voice: Voice) -> str:
    """The interval of the score; a single number when nothing is unknown."""
    low, high = voice.score(use.low), voice.score(use.high)
    return low if low == high else voice.say("span", low=low, high=high)


def first_gap(use: UseReadiness, voice: Voice) -> str:
    """The gap that costs the use most readiness and can be closed; a dash when there is none."""
    gaps = [gap for gap in use.gaps if not gap.is_given]
    if not gaps:
        return voice.dash
    worst = max(gaps, key=lambda gap: (gap.points, gap.criterion_id))
    criterion = voice.knowledge.criteria[worst.criterion_id]
    return voice.say(
        voice.directed("gap.first", worst.criterion_id),
        criterion=voice.name(criterion.name),
        value=voice.amount(worst.value, worst.criterion_id),
        gap=voice.gap(worst.to_target, worst.criterion_id),
        target=voice.amount(worst.target, worst.criterion_id),
    )


def reason(use: UseReadiness, entry: Use, voice: Voice) -> str:
    """Why a use is not viable here now, cannot be cleared or is off the shortlist."""
    parts = [_missed(part, use, voice) for part in use.missed]
    parts += [
        voice.say(
            "reason.unknown",
            criterion=_criterion(part, voice),
            office=voice.supplier(part.requirement.criterion_id),
        )
        for part in use.unknown_minima
    ]
    if not parts and use.listed == "cleared":
        parts = list(_off_the_shortlist(use, entry, voice))
    return voice.clauses(parts)


def _off_the_shortlist(use: UseReadiness, entry: Use, voice: Voice) -> Iterable[str]:
    known = voice.knowledge
    if entry.maturity == "declining":
        yield voice.say("reason.declining")
    least = known.assumed("shortlist_readiness")
    if use.low < least:
        yield voice.say("reason.low", minimum=voice.whole(least))
    if use.coverage_pct < known.assumed("coverage_minimum_pct"):
        minimum = voice.whole(known.assumed("coverage_minimum_pct"))
        yield voice.say("reason.coverage", minimum=minimum)


def _criterion(part: Contribution, voice: Voice) -> str:
    return voice.name(voice.knowledge.criteria[part.requirement.criterion_id].name)


def _missed(part: Contribution, use: UseReadiness, voice: Voice) -> str:
    need = part.requirement
    counts_signatures = voice.knowledge.is_in_role(need.criterion_id, "institutions")
    if counts_signatures and use.signatures.missing_types:
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


def readiness_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `readiness` fields: both lists, and the uses whose law is not checked yet."""
    unchecked = [use_id for ids in assessment.readiness.law_not_checked.values() for use_id in ids]
    fields: dict[str, object] = {category: _list(category, assessment, voice) for category in LISTS}
    fields["not_checked"] = [
        {
            **use_row(use_id, assessment, voice),
            "open": voice.join(
                voice.name(voice.knowledge.activities[found.activity].name)
                for found in assessment.screening.uses[use_id].of("not_assessed")
            ),
        }
        for use_id in unchecked
    ]
    fields["not_checked_note"] = voice.say("readiness.not_checked") if unchecked else ""
    return fields


def _list(category: Category, assessment: Assessment, voice: Voice) -> dict[str, object]:
    order = assessment.readiness.order[category]
    shortlist = assessment.readiness.shortlist[category]
    return {
        "left_out": [
            use_row(use_id, assessment, voice) for use_id in order if use_id not in shortlist
        ],
        "order_note": voice.say("readiness.order_note"),
    }
