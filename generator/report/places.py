"""Where projects stand: the road of their own site, and a site whose road would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import is_off_the_road, size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Label, SiteTest
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


def owned(one: Project, assessment: Assessment, voice: Voice) -> str:
    """The site of a project with its owner, or that none is given; empty without a site."""
    if one.place.number is None:
        return ""
    site = assessment.region.sites[one.place.number]
    return _with_owner(site.name, site.owner, voice)


def owners(projects: Iterable[Project], assessment: Assessment, voice: Voice) -> str:
    """The owners that are given of the sites of projects, each once; empty where none is."""
    sites = (
        assessment.region.sites[one.place.number]
        for one in projects
        if one.place.number is not None
    )
    return voice.join(dict.fromkeys(voice.name(site.owner) for site in sites if site.owner))


def halls_owned(assessment: Assessment, voice: Voice) -> str:
    """The halls here now whose owner is given, each with it; empty where none is."""
    return voice.join(
        _with_owner(hall.name, hall.owner, voice)
        for hall in assessment.region.data_centres
        if hall.owner
    )


def _with_owner(name: Label, owner: Label, voice: Voice) -> str:
    key = "place.owned" if owner else "place.owner_unknown"
    return voice.say(key, place=voice.name(name), owner=voice.name(owner) if owner else "")


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
    held = [each.use_id for each in assessment.programme.projects if each.place.number == number]
    return voice.say(
        "programme.there_held" if held else "programme.there_other",
        size=size(one.use_id, full, voice), held=voice.uses(held), **args,
    )  # fmt: skip
