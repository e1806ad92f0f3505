"""What the stakeholders' weights would choose, and by how much that differs from the proposal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.report.alternatives import against
from generator.report.projects import is_long

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Effects, Objective, StakeholderView
    from generator.report.voice import Voice


def shared_line(assessment: Assessment, voice: Voice) -> str:
    """What every stakeholder's first wave holds; or that nobody gave weights."""
    found = assessment.programme
    if not found.stakeholders:
        return voice.sentence("shared", "shared.no_weights")
    key = "shared.some" if found.shared else "shared.none"
    text = voice.sentence(
        "shared", key, count=len(found.stakeholders),
        uses=voice.join(voice.use(use_id) for use_id in found.shared),
    )  # fmt: skip
    return voice.run_on(
        (
            text,
            # A long programme has room for what they choose; the annex has the weights.
            "" if is_long(assessment) else _weights(assessment, voice),
            *_differing(assessment, voice),
            _retired(assessment, voice),
        )
    )


def _with_points(assessment: Assessment) -> list[StakeholderView]:
    return [one for one in assessment.programme.stakeholders if not one.without_points]


def _worth(objectives: Iterable[Objective], effects: Effects, projects: int, voice: Voice) -> float:
    """Effects in shares of the attainable by some weights, less the least gain of each project."""
    return math.fsum(
        one.coefficient * effects.get(one.effect, 0.0) for one in objectives
    ) - projects * voice.knowledge.assumed("min_gain")


def _differing(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """Each stakeholder whose weights choose otherwise: what, and what that is worth by both weights."""
    found, first = assessment.programme, assessment.programme.first
    for number, view in enumerate(_with_points(assessment), start=1):
        other = against(view.placements, first.projects, voice)
        if not other:
            continue
        theirs, ours = (
            _worth(weights, view.effects, len(view.placements), voice)
            / _worth(weights, first.effects, len(first.projects), voice)
            for weights in (view.objectives, found.objectives)
        )
        yield voice.sentence(
            f"shared.differing.{number}", "shared.differing", name=voice.name(view.name), other=other,
            more=voice.percent(theirs - 1), less=voice.percent(1 - ours),
        )  # fmt: skip


def _weights(assessment: Assessment, voice: Voice) -> str:
    """The weights that each stakeholder gives, beside those of the plan."""
    found = assessment.programme
    parts = [
        voice.say(
            "shared.weights_of", name=voice.name(view.name),
            weights=voice.say("effects.separator").join(
                voice.say("programme.weight", effect=voice.say(f"programme.weight.{one.effect}"), share=voice.percent(one.weight))
                for one in view.objectives if one.weight > 0
            ),
        )
        for view in found.stakeholders if not view.without_points
    ]  # fmt: skip
    if not parts:
        return ""
    count = sum(1 for one in found.objectives if one.weight > 0)
    return voice.sentence(
        "shared.weights", "shared.weights", parts=voice.clauses(parts), count=count
    )


def _retired(assessment: Assessment, voice: Voice) -> str:
    """Points that somebody gave to what is no longer weighed, and where they went."""
    benefits = voice.knowledge.benefits
    moved, dropped = [], []
    for benefit_id, other in assessment.programme.retired_weights:
        name = voice.name(benefits[benefit_id].name)
        if other:
            moved.append(voice.say("retired.to", name=name, other=voice.name(benefits[other].name)))
        else:
            dropped.append(name)
    parts = []
    if moved:
        parts.append(voice.say("retired.moved", parts=voice.join(moved)))
    if dropped:
        parts.append(voice.say("retired.dropped", names=voice.join(dropped)))
    return voice.run_on(parts)
