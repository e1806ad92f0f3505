"""Why an option that lacks nothing is not in the plan: what it adds beside it, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.choosing import Candidate
    from generator.report.voice import Voice

_OWN = ("dev_fte", "it_load_mw", "racks")
"""What every platform takes for itself; operations staff work one rota."""
_LEAST = 1e-9


def new_people(use_id: str, assessment: Assessment) -> float:
    """The people that a platform would reach and no platform of the programme does."""
    found = assessment.programme
    inputs = found.choice_inputs
    held: dict[str, float] = {}
    for one in (inputs.uses[key] for key in found.uses if key != use_id):
        for code in one.divisions:
            held[code] = max(held.get(code, 0.0), one.reach_share)
    people = {row.code: row.employment.value or 0.0 for row in inputs.divisions}
    own = inputs.uses[use_id]
    return sum(
        max(0.0, own.reach_share - held.get(code, 0.0)) * people[code] for code in own.divisions
    )


def reason(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """Why an option that lacks nothing is in reserve, in a few words."""
    if one.category == "blockchain":
        return _of_platform(one, assessment, voice)
    found = assessment.idle.outside.get(one.use_id)
    if found is None or found.kind not in {"room", "limits"}:
        return voice.say("matrix.reserve.worth")
    if found.kind == "room":
        places = voice.join(voice.name(place.name) for place in found.places)
        return voice.say("matrix.reserve.room", places=places)
    return _short_of(found.names, voice)


def _of_platform(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """What keeps a platform out: a limit, its small gain, or those of its kind that bring more."""
    programme = assessment.programme
    inputs = programme.choice_inputs
    unit = inputs.uses[one.use_id]
    short = tuple(
        row.resource
        for row in programme.limits
        if row.resource in _OWN
        and row.limit is not None
        and unit.needs.get(row.resource, 0.0) + unit.fixed_needs.get(row.resource, 0.0)
        > row.limit - row.first - row.second + _LEAST
    )
    if short:
        return _short_of(short, voice)
    least = voice.knowledge.assumed("min_gain")
    if _gain(one, assessment) < least:
        return voice.say("matrix.reserve.least", least=voice.percent(least))
    return voice.say("matrix.reserve.worth")


def _gain(one: Candidate, assessment: Assessment) -> float:
    """What a platform would add beside the programme, in shares of the attainable."""
    amounts = {"jobs": one.jobs.value or 0.0, "value_added": one.value_added.value or 0.0}
    amounts["served"] = new_people(one.use_id, assessment)
    return sum(
        each.coefficient * amounts.get(each.effect, 0.0) for each in assessment.programme.objectives
    )


def _short_of(names: tuple[str, ...], voice: Voice) -> str:
    limits = voice.join(voice.say(f"idle.limit.{name}") for name in names)
    return voice.say("matrix.reserve.limits", limits=limits)
