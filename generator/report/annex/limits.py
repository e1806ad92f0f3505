"""The portfolio in full: what each use takes, what there is, what binds, how often each is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.annex.units import span

if TYPE_CHECKING:
    from generator.model import Assessment, ResourceUse
    from generator.report.voice import Voice


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
        "needs": {key: voice.number(amount) for key, amount in found.needs[use_id].items()},
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
    is_limited = one.limit is not None
    return {
        "id": voice.say("annex.limit_row", number=place),
        "name": voice.choice("limit", one.resource),
        "limit": voice.number(one.limit) if is_limited else voice.say("annex.no_limit"),
        "basis": voice.say(f"limit.{one.basis}"),
        "range": span(one.fact, voice) if one.fact else voice.dash,
        "used": voice.number(one.used),
        "binding": voice.say("flag.yes" if one.is_binding else "flag.no"),
        "band": "middle" if one.is_binding else "none",
        "gain": voice.number(one.gain_of_one, 1) if one.is_binding else voice.dash,
        "extra": voice.number(one.next_extra) if one.next_extra is not None else voice.dash,
        "brings": voice.join(_name(use_id, voice) for use_id in one.next_uses) or voice.dash,
        "grade": one.fact.grade if one.fact else voice.dash,
        "cell": voice.cells(one.fact.origins, 2) if one.fact else voice.dash,
    }


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
