"""Which offices report the values that replace the examples, each with the kind that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED
from generator.report.actions import month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Assessment, Fact
    from generator.report.voice import Voice

_EXAMPLE = "D"
"""The grade of a value that only illustrates."""
_LEADS = "office.each_lead"


def example_title(assessment: Assessment, voice: Voice) -> str:
    """What is replaced, who reports which kind of value by when, and when all is computed anew."""
    held: dict[str, list[str]] = {}
    for kind, office in _kinds(assessment, voice):
        held.setdefault(office, []).append(voice.say(f"examples.{kind}"))
    parts = [
        voice.say("examples.office", office=office, kinds=voice.say("plans.list").join(kinds))
        for office, kinds in held.items()
    ]
    start = assessment.region.plan_from
    by, anew = (month(one, start, voice) for one in (SUPPLIED - 1, SUPPLIED))
    key = "task.examples_by" if parts else "task.examples"
    return voice.say(key, offices=voice.say("examples.separator").join(parts), by=by, anew=anew)


def _kinds(assessment: Assessment, voice: Voice) -> Iterator[tuple[str, str]]:
    """The kinds of example values behind the programme, each with the office that holds it."""
    region, known = assessment.region, voice.knowledge
    own = set(assessment.programme.uses)
    taken = {one.place.number for one in assessment.programme.projects}
    sites = [one for number, one in enumerate(region.sites) if number in taken]
    if _any(one.spare_mw for one in region.power):
        yield "capacity", voice.office("power_company")
    if _any(one.available_fte for one in region.workforce):
        yield "people", voice.office("human_resources")
    if _any(one.hall_m2 for one in sites):
        yield "sites", voice.office("site_owner")
    served = any(known.use(one).category == "blockchain" for one in own)
    if served and _any(one.employment for one in region.industry):
        yield "employment", voice.office("statistics")
    if _any(one.amount for one in region.limits if one.resource == "capex"):
        yield "limit", voice.office("finance")
    if any(one.grade == _EXAMPLE and one.use in own for one in region.institutions):
        yield "signatures", voice.say(_LEADS)


def _any(facts: Iterable[Fact]) -> bool:
    return any(one.grade == _EXAMPLE and one.value is not None for one in facts)
