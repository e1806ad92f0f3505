"""What else could be done, what the limits leave, who sees it otherwise, and how firm it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.report.annex.amounts import (
    MONEY,
    effects,
    limit_amount,
    money_range,
    names,
    placements,
    points,
)
from generator.report.annex.units import span
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import Alternative, Assessment, Capital, LimitUse, ProgrammeRobustness
    from generator.report.voice import Voice


def alternative_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.around` fields."""
    found = assessment.programme
    has_any = bool(found.candidates)
    return {
        "alternatives": table(
            "annex.around.alternatives",
            (_alternative(alike, voice) for alike in _alike(found.alternatives) if has_any),
        ),
        "limits": table(
            "annex.around.limits",
            (_limit(at, one, assessment, voice) for at, one in enumerate(found.limits, start=1) if has_any),
        ),
        "binding": table(
            "annex.around.binding",
            (
                _effect_of_more(at, one, voice)
                for at, one in enumerate(found.limits, start=1)
                if has_any and (one.is_binding or one.gain_of_one)
            ),
        ),
        "limit_note": voice.say(
            "annex.limits" if found.has_money_limit else "annex.limits_no_money"
        ),
        "unusable": voice.sentence(
            "annex.unusable", "annex.unusable",
            limits=voice.join(voice.choice("limit", key) for key in found.unusable_limits),
        )
        if found.unusable_limits
        else "",
        "stakeholders": table("annex.around.stakeholders", _stakeholders(assessment, voice)),
        "shared": _shared(assessment, voice),
        "retired": list(_retired(assessment, voice)),
        **_robustness(assessment, voice),
    }  # fmt: skip


def _alike(every: Iterable[Alternative]) -> list[list[Alternative]]:
    """Alternatives with the same projects together; what holds none is that nothing is done."""
    found: dict[object, list[Alternative]] = {}
    for one in every:
        if one.placements or one.kind == "nothing":
            found.setdefault(one.placements, []).append(one)
    return list(found.values())


def _alternative(alike: Sequence[Alternative], voice: Voice) -> dict[str, str]:
    one = alike[0]
    return {
        "name": voice.clauses(voice.say(f"annex.alternative.{each.kind}") for each in alike),
        "projects": placements(one.placements, voice),
        **effects(one.effects, voice),
        "capital": voice.millions(one.capital) if one.capital else voice.dash,
        "value": points(one.value, voice),
        "loss": points(one.loss, voice),
    }


def _limit(number: int, one: LimitUse, assessment: Assessment, voice: Voice) -> dict[str, str]:
    key = one.resource
    is_capped = one.basis == "available" and any(
        row.resource == key and row.amount.value is not None for row in assessment.region.limits
    )
    return {
        "id": voice.say("annex.limit_row", number=number),
        "name": voice.choice("limit", key),
        "limit": voice.say("annex.no_limit")
        if one.limit is None
        else limit_amount(key, one.limit, voice),
        "basis": voice.say("limit.capped" if is_capped else f"limit.{one.basis}"),
        "range": _range(one, voice),
        "first": limit_amount(key, one.first, voice),
        "second": limit_amount(key, one.second, voice),
        "grade": one.fact.grade if one.fact else voice.dash,
        "cell": voice.cells(one.fact.origins, 2) if one.fact else voice.dash,
    }


def _effect_of_more(number: int, one: LimitUse, voice: Voice) -> dict[str, str]:
    """What more of a limit would change."""
    return {
        "id": voice.say("annex.limit_row", number=number),
        "name": voice.choice("limit", one.resource),
        "gain": points(one.gain_of_one, voice) if one.gain_of_one else voice.dash,
        "extra": limit_amount(one.resource, one.next_extra, voice, upward=True),
        "joins": names(one.next_in, voice),
        "leaves": names(one.next_out, voice),
    }


def _range(one: LimitUse, voice: Voice) -> str:
    """The plausible range of the limit; a dash where there is none."""
    if one.fact is None:
        return voice.dash
    if one.resource != MONEY or one.fact.low == one.fact.high:
        return span(one.fact, voice)
    return money_range(one.fact.low, one.fact.high, voice)


def _stakeholders(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    return [
        {
            "name": voice.name(view.name),
            "weights": voice.clauses(
                voice.say(
                    "annex.weight",
                    criterion=voice.choice("benefit_effect", one.effect),
                    weight=voice.percent(one.weight),
                )
                for one in view.objectives
                if one.weight > 0
            )
            or voice.dash,
            "projects": voice.say("annex.without_points")
            if view.without_points
            else placements(view.placements, voice),
            **effects(view.effects, voice),
        }
        for view in assessment.programme.stakeholders
    ]


def _shared(assessment: Assessment, voice: Voice) -> str:
    found = assessment.programme
    if not found.stakeholders:
        return ""
    key = "annex.shared" if found.shared else "annex.shared_none"
    return voice.sentence(
        "annex.shared", key, uses=voice.join(voice.use(use_id) for use_id in found.shared)
    )


def _retired(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """What became of points that somebody gave to a criterion that is no objective any more."""
    known = voice.knowledge.benefits
    for former, now in assessment.programme.retired_weights:
        yield voice.sentence(
            f"annex.retired.{former}", "annex.retired" if now else "annex.retired_dropped",
            former=voice.name(known[former].name),
            now=voice.name(known[now].name) if now else "",
        )  # fmt: skip


def _robustness(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """Shares and percentiles; empty where no programme was solved again."""
    found = assessment.programme.firmness
    shares, capital = "annex.around.firm", "annex.around.capital"
    if found is None:
        return {"firm_intro": "", "firm": table(shares, ()), "capital": table(capital, ())}
    key = "annex.firm" if found.resolves else "annex.firm_none"
    return {
        "firm_intro": voice.sentence("annex.firm", key, count=found.resolves),
        "firm": table(
            shares, (_share(use_id, found, assessment, voice) for use_id in _by_share(found))
        ),
        "capital": table(capital, (_capital(one, found, voice) for one in _capitals(found))),
    }  # fmt: skip


def _by_share(found: ProgrammeRobustness) -> list[str]:
    return sorted(found.shares, key=lambda use_id: (-found.shares[use_id], use_id))


def _share(
    use_id: str, found: ProgrammeRobustness, assessment: Assessment, voice: Voice
) -> dict[str, str]:
    ends = found.shares_at_ends.get(use_id)
    instead = dict.fromkeys(
        other
        for one in assessment.programme.first.projects
        if one.use_id == use_id
        for other in one.replaced_by
    )
    return {
        "id": use_id,
        "name": voice.use(use_id),
        "chosen": voice.say("flag.yes" if use_id in assessment.programme.first.uses else "flag.no"),
        "share": voice.percent(found.shares[use_id]),
        "apart": voice.dash if ends is None else voice.percent(ends[0]),
        "together": voice.dash if ends is None else voice.percent(ends[1]),
        "instead": names(instead, voice) if instead else "",
    }


def _capitals(found: ProgrammeRobustness) -> list[Capital]:
    """Unrelated costs, the assumed common part, fully common costs."""
    every = [*found.capital_at_ends, *([found.capital] if found.capital else [])]
    return sorted(every, key=lambda one: one.correlation)


def _capital(one: Capital, found: ProgrammeRobustness, voice: Voice) -> dict[str, str]:
    return {
        "correlation": voice.number(one.correlation, 2),
        "basis": voice.say("annex.correlation.assumed" if one is found.capital else "annex.correlation.end"),
        "p10": voice.about(one.p10),
        "p50": voice.about(one.p50),
        "p90": voice.about(one.p90),
        "within": voice.dash if one.within is None else voice.percent(one.within),
    }  # fmt: skip
