"""Where projects stand: the road of their own site, and a site whose road would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import is_off_the_road, size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, SiteTest
    from generator.model.programme import Project
    from generator.report.voice import Voice

_NEAREST = "min_site"
"""The roll-up that takes the best of all sites, whichever a project stands on."""


def road_of(one: Project, assessment: Assessment, voice: Voice) -> SiteTest | None:
    """What a project's own site brings where the region is judged by the nearest of all; None without a site."""
    number = one.place.number
    return None if number is None else _test_at(number, one.use_id, assessment, voice)


def _test_at(number: int, use_id: str, assessment: Assessment, voice: Voice) -> SiteTest | None:
    criteria = voice.knowledge.criteria
    return next(
        (
            test
            for option in assessment.sites[number].options
            if option.use_id == use_id
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


def off_the_road(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Projects that stand at a site whose own road would keep their use off the shortlist.

    With the site whose road would do: how large the project could be there by itself.
    """
    for one in assessment.programme.projects:
        if is_off_the_road(one, assessment):
            yield voice.sentence(
                f"there.{one.use_id}", "programme.there", use=voice.use(one.use_id),
                site=voice.text(one.place.name), here=_distance(road_of(one, assessment, voice), voice),
                other=_elsewhere(one, assessment, voice),
            )  # fmt: skip


def _distance(road: SiteTest | None, voice: Voice) -> str:
    if road is None or road.value is None:
        return voice.say("programme.there_unknown")
    return voice.amount(road.value, road.criterion_id)


def _elsewhere(one: Project, assessment: Assessment, voice: Voice) -> str:
    """The site with the nearest road: what it could take by itself, and what the plan puts there."""
    roads = [
        (road.value, number, road.criterion_id)
        for number in range(len(assessment.sites))
        if (road := _test_at(number, one.use_id, assessment, voice)) and road.value is not None
    ]
    value, number, criterion_id = min(roads)
    args = {
        "other": voice.name(assessment.sites[number].site.name),
        "there": voice.amount(value, criterion_id),
    }
    fits = assessment.programme.candidates[one.use_id].fits
    full = next((fit.full for fit in fits if fit.place.number == number), None)
    if full is None:
        return voice.say("programme.there_none", **args)
    is_held = any(each.place.number == number for each in assessment.programme.projects)
    key = "programme.there_held" if is_held else "programme.there_other"
    return voice.say(key, size=size(one.use_id, full, voice), **args)
