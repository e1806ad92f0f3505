"""What the leadership brief adds to its leading uses: evidence, lead body, first step, money."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.bodies import title
from generator.report.programme import month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, PlannedAction
    from generator.report.voice import Voice


def lead_columns(use_id: str, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """How far the evidence carries, the owner, and the first step with its end; dashes without."""
    known = assessment.evidence.get(use_id)
    found = _first_step(use_id, assessment)
    columns: dict[str, object] = {
        "confidence": voice.say(f"confidence.{known.level}") if known else voice.dash,
        "lead": owner(use_id, voice),
        "first_step": voice.dash,
        "by": voice.dash,
    }
    if found is not None:
        last = max(math.floor(found.start_month), math.ceil(found.end_month) - 1)
        columns |= {
            "first_step": title(found, voice, use_id),
            "by": month(last, assessment.region.plan_from, voice),
        }
    return columns


def owner(use_id: str, voice: Voice) -> str:
    """The one office that every document names for a use."""
    return voice.lead(voice.knowledge.use(use_id).owner_office)


def _first_step(use_id: str, assessment: Assessment) -> PlannedAction | None:
    """The use's own first step; where nothing sets it off, the earliest action on its account.

    Of several that start together it is the binding one, then the most its own.
    """
    first = assessment.knowledge.use(use_id).first_action
    own = [one for one in assessment.action_plan.actions if use_id in one.because.uses]
    return min(
        own,
        key=lambda one: (
            one.action.action_id != first, one.start_month, not one.is_binding,
            len(one.because.uses), one.action.action_id,
        ),
        default=None,
    )  # fmt: skip


def funding_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """What the proposed uses and the planned steps cost, and whose money is named for it."""
    return [*_uses(assessment, voice), *_steps(assessment, voice)]


def _uses(assessment: Assessment, voice: Voice) -> Iterable[str]:
    found = assessment.portfolio
    if not found.selected:
        return
    need = voice.money(*found.capex)
    stated = [one for one in assessment.region.limits if one.resource == "capex"]
    capex = next((one for one in found.resources if one.resource == "capex"), None)
    given = math.fsum(one.amount.value for one in stated if one.amount.value is not None)
    if given and voice.money_in.basis == "none":
        yield voice.sentence(
            "funding.uses", "funding.no_rate", need=need, limit=voice.own_millions(given)
        )
        return
    if not stated or capex is None or capex.limit is None:
        yield voice.sentence("funding.uses", "funding.no_limit", need=need)
        return
    sources = [voice.choice("funds", one.source_of_funds) for one in stated if one.source_of_funds]
    yield voice.sentence(
        "funding.uses", "funding.limit" if sources else "funding.no_source", need=need,
        limit=voice.millions(capex.limit), source=voice.join(dict.fromkeys(sources)),
    )  # fmt: skip


def _steps(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The costs of the planned steps by the source named for each."""
    sums: dict[str, float] = {}
    for step in assessment.region.steps:
        if step.cost.value is not None:
            sums[step.funding_source] = sums.get(step.funding_source, 0.0) + step.cost.value
    if not sums:
        return
    parts = [
        voice.say(
            "funding.part", amount=voice.own_millions(amount),
            source=voice.choice("funds", source) if source else voice.say("funding.open"),
        )
        for source, amount in sorted(sums.items(), key=lambda item: (not item[0], -item[1]))
    ]  # fmt: skip
    yield voice.sentence(
        "funding.steps", "funding.steps", total=voice.own_millions(math.fsum(sums.values())),
        parts=voice.join(parts),
    )  # fmt: skip
