"""Where projects stand: the road of their own site, and whose site it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, SiteTest
    from generator.model.programme import Project
    from generator.report.voice import Voice

_NEAREST = "min_site"
"""The roll-up that takes the best of all sites, whichever a project stands on."""


def road_of(one: Project, assessment: Assessment, voice: Voice) -> SiteTest | None:
    """What a project's own site brings where the region is judged by the nearest of all; None without a site."""
    if one.place.number is None:
        return None
    criteria = voice.knowledge.criteria
    return next(
        (
            test
            for option in assessment.sites[one.place.number].options
            if option.use_id == one.use_id
            for test in option.tests
            if criteria[test.criterion_id].rollup_power_reuse == _NEAREST
        ),
        None,
    )


def owner_of_site(one: Project, assessment: Assessment, voice: Voice) -> str:
    """Whose site a project stands on, or that it is not given; empty without a site."""
    if one.place.number is None:
        return ""
    owner = assessment.region.sites[one.place.number].owner
    if not owner:
        return voice.say("sheet.owner_unknown")
    return voice.say("sheet.owner", owner=voice.name(owner))


def owners(projects: Iterable[Project], assessment: Assessment, voice: Voice) -> str:
    """The owners that are given of the sites of projects, each once; empty where none is."""
    sites = (
        assessment.region.sites[one.place.number]
        for one in projects
        if one.place.number is not None
    )
    return voice.join(dict.fromkeys(voice.name(site.owner) for site in sites if site.owner))


def owners_of_halls(assessment: Assessment, voice: Voice) -> str:
    """The owners that are given of the halls here now, each once; empty where none is."""
    halls = assessment.region.data_centres
    return voice.join(dict.fromkeys(voice.name(hall.owner) for hall in halls if hall.owner))
