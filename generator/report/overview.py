"""The one page that sums up: what the lead projects use and bring, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import brought, megawatts, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment
    from generator.model.programme import Project
    from generator.report.voice import Voice

_MONEY = "capex"
_SMALL = 1e-9


def overview_fields(
    decisions: Sequence[dict[str, str]], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The `overview` fields: assets, projects and effects side by side; decisions in a line each.

    Args:
        decisions: Those that the leaders' brief asks, so that both ask the same.
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    found = assessment.programme
    resources = [one.resource for one in found.limits if one.resource != _MONEY]
    return {
        "flow": [
            {
                "uses": _uses(one, resources, voice),
                "project": voice.use(one.use_id),
                "brings": brought(one.effects, voice),
            }
            for one in found.first.projects
        ],
        "flow_note": _shared(resources, assessment, voice),
        "next": voice.sentence(
            "overview.next", "overview.next", projects=names(found.second.projects, voice)
        )
        if found.second.projects and found.first.projects
        else "",
        "decisions": [voice.say("overview.decision", **row) for row in decisions],
    }


def _shared(resources: Iterable[str], assessment: Assessment, voice: Voice) -> str:
    """That the rows add up to more than the programme takes, where a team is shared."""
    found = assessment.programme
    alone = {
        name: sum(one.needs.get(name, 0.0) for one in found.first.projects) for name in resources
    }
    taken = {one.resource: one.first for one in found.limits}
    more = any(alone[name] > taken.get(name, 0.0) + _SMALL for name in alone)
    return voice.say("overview.flow_note") if more else ""


def _uses(one: Project, resources: Sequence[str], voice: Voice) -> str:
    """What a project takes of what the region has, its site first."""
    parts = [voice.text(one.place.name)] if one.place.number is not None else []
    parts += [
        voice.say(f"flow.{name}", value=megawatts(one.needs[name], voice))
        for name in resources
        if one.needs.get(name)
    ]
    return voice.say("effects.separator").join(parts) or voice.say("none")
