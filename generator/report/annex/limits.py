"""The portfolio in full: what each use takes, what there is, what binds, how often each is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.annex.units import span
from generator.report.resources import amount

if TYPE_CHECKING:
    from generator.model import Assessment, ResourceUse
    from generator.report.voice import Voice


_MONEY = "capex"


def limit_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.limits` fields."""
    found = assessment.portfolio
    intro = "annex.limits" if found.candidates else "annex.no_candidates"
    return {
        "intro": voice.sentence(
            "annex.limits", intro, candidates=len(found.candidates),
            selected=len(found.selected), benefit=voice.number(found.benefit, 1),
        ),
        "uses": [_use(use_id, assessment, voice) for use_id in found.candidates],
        "resources": [_resource(place, one, voice) for place, one in enumerate(found.resources, 1)]
        if found.candidates
        else [],
        "runner_up": _runner_up(assessment, voice),
        "blocked": [
            voice.sentence(
                f"annex.blocked.{use_id}", "annex.blocked", use=_name(use_id, voice),
                other=_name(other, voice),
            )
            for use_id, other in found.blocked.items()
        ],
    }  # fmt: skip


def _name(use_id: str, voice: Voice) -> str:
    return voice.name(voice.knowledge.use(use_id).name)


def _use(use_id: str, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What a candidate takes of each resource, and whether it is in."""
    found = assessment.portfolio
    benefit = assessment.benefit.uses[use_id]
    return {
        "id": use_id,
        "name": _name(use_id, voice),
        "chosen": voice.say("flag.yes" if use_id in found.selected else "flag.no"),
        "benefit": voice.number(benefit.low, 1),
        "needs": {
            key: voice.millions(needed) if key == _MONEY else voice.number(needed)
            for key, needed in found.needs[use_id].items()
        },
        "host": _host(use_id, assessment, voice),
        "frequency": voice.percent(found.frequency[use_id])
        if use_id in found.frequency
        else voice.dash,
    }


def _host(use_id: str, assessment: Assessment, voice: Voice) -> str:
    """The connection point that feeds a use, by the name in the reader's language."""
    points = {row.name.text("en"): row.name for row in assessment.region.power}
    host = assessment.portfolio.hosts.get(use_id, "")
    return voice.name(points[host]) if host in points else voice.dash


def _resource(place: int, one: ResourceUse, voice: Voice) -> dict[str, object]:
    def shown(value: float | None, *, upward: bool = False) -> str:
        # The other resources are named with their unit.
        is_money = value is not None and one.resource == _MONEY
        return (
            amount(_MONEY, value or 0.0, voice, upward=upward) if is_money else voice.number(value)
        )

    return {
        "id": voice.say("annex.limit_row", number=place),
        "name": voice.choice("limit", one.resource),
        "limit": shown(one.limit) if one.limit is not None else voice.say("annex.no_limit"),
        "basis": voice.say(f"limit.{one.basis}"),
        "range": _range(one, voice),
        "used": shown(one.used),
        "binding": voice.say("flag.yes" if one.is_binding else "flag.no"),
        "band": "middle" if one.is_binding else "none",
        "gain": voice.number(one.gain_of_one, 1) if one.is_binding else voice.dash,
        "extra": shown(one.next_extra, upward=True),
        "brings": voice.join(_name(use_id, voice) for use_id in one.next_uses) or voice.dash,
        "grade": one.fact.grade if one.fact else voice.dash,
        "cell": voice.cells(one.fact.origins, 2) if one.fact else voice.dash,
    }


def _range(one: ResourceUse, voice: Voice) -> str:
    """The plausible range of the limit; a dash where there is none."""
    if one.fact is None:
        return voice.dash
    if one.resource != _MONEY or one.fact.low == one.fact.high:
        return span(one.fact, voice)
    return voice.money(one.fact.low, one.fact.high)


def _runner_up(assessment: Assessment, voice: Voice) -> str:
    """The next best set: what it trades, and what that costs."""
    found = assessment.portfolio
    if found.runner_up_benefit is None:
        return ""
    gained = [use_id for use_id in found.runner_up if use_id not in found.selected]
    lost = [use_id for use_id in found.selected if use_id not in found.runner_up]
    return voice.sentence(
        "annex.runner_up", "annex.runner_up",
        lost=voice.join(_name(use_id, voice) for use_id in lost) or voice.dash,
        gained=voice.join(_name(use_id, voice) for use_id in gained) or voice.dash,
        benefit=voice.number(found.runner_up_benefit, 1),
        cost=voice.number(found.benefit - found.runner_up_benefit, 1),
        draws=voice.number(found.frequency_draws),
    )  # fmt: skip
