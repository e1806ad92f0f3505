"""What of former mining the plan leaves where it is: halls, people, and the connection beside its own sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.peopletask import offered, outnumbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Assessment
    from generator.report.voice import Voice

_NAMED = 2
"""Former halls, or sites of projects, that a line names."""


def leftover_line(assessment: Assessment, voice: Voice) -> str:
    """The former mining halls that no project takes, and the people without a post.

    Empty where nothing is left, and where there is no programme. People whom the jobs cannot all take come first.
    """
    if not assessment.programme.projects:
        return ""
    count = round(assessment.skills.unplaced)
    is_told = bool(offered(assessment, voice)) and count
    people = [voice.plural("leftover.people", count)] if is_told else []
    halls = [*_halls(assessment, voice)]
    parts = (*people, *halls) if outnumbered(assessment) else (*halls, *people)
    return (
        voice.sentence("top.leftover", "top.leftover", parts=voice.run_on(parts)) if parts else ""
    )


def _mined(assessment: Assessment, voice: Voice) -> list[int]:
    """The numbers of the sites whose former use may hide mining."""
    kinds = {one.former_use for one in voice.knowledge.activities.values() if one.former_use}
    sites = assessment.region.sites
    return [number for number, site in enumerate(sites) if site.former_use in kinds]


def _taken(assessment: Assessment) -> set[int]:
    placed = (one.place.number for one in assessment.programme.projects)
    return {number for number in placed if number is not None}


def _halls(assessment: Assessment, voice: Voice) -> Iterator[str]:
    taken, sites = _taken(assessment), assessment.region.sites
    left = [voice.name(sites[one].name) for one in _mined(assessment, voice) if one not in taken]
    if left:
        yield voice.plural("leftover.halls", len(left), halls=_joined(left, voice))


def supply_note(assessment: Assessment, voice: Voice) -> str:
    """That nobody has confirmed the supply of sites of the first wave that are no former mining hall.

    Empty where all stand in one.
    """
    mined = _mined(assessment, voice)
    own = {
        one.place.number
        for one in assessment.programme.first.projects
        if one.place.number is not None and one.place.number not in mined
    }
    if not (own and mined):
        return ""
    return voice.say("leftover.supply")


def _joined(names: list[str], voice: Voice) -> str:
    """Names within a sentence; of more than two the first and how many they are."""
    if len(names) == _NAMED:
        return voice.say("leftover.sites", first=names[0], second=names[1])
    return voice.several(names, _NAMED)
