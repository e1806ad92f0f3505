"""The shortlists by benefit: scores, how firm the order is, who sees it otherwise, what turns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.wording import confidence_line, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Category, RankedUse, SwitchingValue, UseBenefit
    from generator.report.voice import Voice

_DRIVERS = 2
_FIRST = 3
_WORTH_NAMING = 0.05


def merit_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `merit` fields: each shortlist by benefit, and what its order rests on."""
    return {
        **{category: _list(category, assessment, voice) for category in LISTS},
        "intro": voice.say("merit.intro"),
        "confidence": confidence_line(assessment, voice),
        "stakeholders": _stakeholders(assessment, voice),
        "agreement": _agreement(assessment, voice),
        "switching": list(_switching(assessment, voice)),
        "drivers": list(_drivers(assessment, voice)),
    }


def benefit_score(use: UseBenefit, voice: Voice) -> str:
    """The benefit, or the interval it lies in while a figure is unknown."""
    low, high = voice.whole(use.low), voice.whole(use.high)
    return low if low == high else voice.say("span", low=low, high=high)


def _list(category: Category, assessment: Assessment, voice: Voice) -> dict[str, object]:
    order = assessment.robustness.order("benefit", category)
    drawn = {use.use_id: use for use in order.uses} if order else {}
    shortlist = assessment.readiness.shortlist[category]
    criteria = [voice.knowledge.benefits[key] for key in assessment.benefit.weights[category]]
    return {
        "criteria": [voice.name(criterion.name) for criterion in criteria] if shortlist else [],
        "rows": [_row(use_id, assessment, drawn.get(use_id), voice) for use_id in shortlist],
        "standing": _standing(category, assessment, voice),
        "note": voice.say("merit.note") if shortlist else "",
    }


def _standing(category: Category, assessment: Assessment, voice: Voice) -> str:
    """The likelihood sentence; on illustrative values it says that it speaks of these."""
    found = standing(category, assessment, voice)
    limit = voice.knowledge.assumed("illustrative_share_pct")
    if not found or assessment.confidence.illustrative_pct <= limit:
        return found
    return voice.say("standing.on_illustrative", standing=found)


def _row(
    use_id: str, assessment: Assessment, drawn: RankedUse | None, voice: Voice
) -> dict[str, object]:
    use = assessment.benefit.uses[use_id]
    own = [part for part in use.parts if part.is_own]
    name = voice.use(use_id)
    return {
        "name": voice.say("merit.own", name=name) if own else name,
        "benefit": benefit_score(use, voice),
        "readiness": voice.score(assessment.readiness.uses[use_id].low),
        "cells": [
            {
                "text": voice.say("heat.unknown")
                if part.partial is None
                else voice.whole(part.partial * 100),
                "band": "unknown" if part.partial is None else heat_band(part.partial),
            }
            for part in use.parts
        ],
        "first": voice.percent(drawn.p_first) if drawn else voice.dash,
        "listed": voice.percent(drawn.p_shortlisted) if drawn else voice.dash,
        "range": score_range(drawn, voice) if drawn else voice.dash,
        **_choice(use_id, assessment, voice),
    }


def _choice(use_id: str, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """Whether the portfolio holds the use, and in how many draws."""
    found = assessment.portfolio
    is_selected = use_id in found.selected
    return {
        "selected": voice.say("flag.yes" if is_selected else "flag.no"),
        "band": "full" if is_selected else "absent",
        "frequency": voice.percent(found.frequency[use_id])
        if use_id in found.frequency
        else voice.dash,
    }


def score_range(drawn: RankedUse, voice: Voice) -> str:
    """The middle nine tenths of a score; a dash where they were not taken."""
    if drawn.score_low is None or drawn.score_high is None:
        return voice.dash
    return voice.say("span", low=voice.whole(drawn.score_low), high=voice.whole(drawn.score_high))


def heat_band(partial: float) -> str:
    """The band of a partial value in [0, 1]; the template maps bands to colours."""
    bands = ((1.0, "full"), (0.67, "high"), (0.34, "middle"), (1e-11, "low"))
    return next((name for least, name in bands if partial >= least), "none")


def _stakeholders(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    views = assessment.benefit.stakeholders
    return [
        {
            "name": voice.name(view.name),
            **{
                category: voice.join(voice.use(key) for key in view.order[category][:_FIRST])
                or voice.dash
                for category in LISTS
            },
        }
        for view in views
    ]


def _agreement(assessment: Assessment, voice: Voice) -> str:
    """What all stakeholders and the default weights have among the first three."""
    if not assessment.benefit.stakeholders:
        return voice.sentence("agreement", "agreement.no_weights")
    agreed = [use_id for ids in assessment.benefit.agreed.values() for use_id in ids]
    key = "agreement.some" if agreed else "agreement.none"
    return voice.sentence(
        "agreement", key, uses=voice.join(voice.use(use_id) for use_id in agreed),
        count=len(assessment.benefit.stakeholders),
    )  # fmt: skip


def input_name(found: SwitchingValue, voice: Voice) -> str:
    """What a switching value speaks of: a criterion or an economic figure."""
    if found.basis == "readiness":
        return voice.name(voice.knowledge.criteria[found.input].name)
    return voice.say(f"figure_of_use.{found.input}")


def input_amount(found: SwitchingValue, value: float, voice: Voice) -> str:
    """A value of that input with its unit."""
    if found.basis == "readiness":
        return voice.amount(value, found.input)
    if found.input in {"capex", "annual_value_added"}:
        return voice.millions(value)
    return voice.say(f"figure_amount.{found.input}", value=voice.number(value, 1))


def _switching(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The inputs that would bring the first two of a shortlist level, within what is plausible."""
    for category in LISTS:
        own = [
            found
            for found in assessment.robustness.switching
            if found.basis == "benefit" and found.category == category
        ]
        turning = [found for found in own if found.switching is not None]
        if own and not turning:
            yield voice.sentence(
                f"switching.{category}", "switching.none",
                first=voice.use(own[0].use_id), second=voice.use(own[0].rival_id),
            )  # fmt: skip
        for found in turning:
            yield voice.sentence(
                f"switching.{category}.{found.use_id}.{found.input}",
                "switching.line",
                input=input_name(found, voice),
                use=voice.use(found.use_id),
                rival=voice.use(found.rival_id),
                at=input_amount(found, found.switching or 0.0, voice),
                now=input_amount(found, found.value, voice),
                low=input_amount(found, found.low, voice),
                high=input_amount(found, found.high, voice),
            )


def _drivers(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the spread of the first use's benefit comes from, per list."""
    for category in LISTS:
        for use_id in assessment.readiness.shortlist[category][:1]:
            own = [
                found
                for found in assessment.robustness.drivers
                if found.basis == "benefit"
                and found.use_id == use_id
                and found.share >= _WORTH_NAMING
            ]
            if not own:
                continue
            shares = voice.join(
                voice.say(
                    "drivers.share",
                    criterion=voice.name(voice.knowledge.benefits[found.criterion_id].name),
                    share=voice.percent(found.share),
                )
                for found in own[:_DRIVERS]
            )
            yield voice.sentence(
                f"drivers.{use_id}", "drivers.line", use=voice.use(use_id), shares=shares
            )
