"""The recommendation: what to begin and where, what it brings, what it costs against the limit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.ceiling import capital_line, money_clause
from generator.report.idle import power_clause, unused_line
from generator.report.preconditions import only_data
from generator.report.projects import (
    amount_of,
    brought,
    counted,
    named,
    names,
    with_unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.voice import Voice

_SIZED = 8
"""Projects that a sentence names with size and place."""
_MAILED = frozenset({"letter.answer"})
"""Places that hold one sentence."""


def answer(place: str, assessment: Assessment, voice: Voice) -> str:
    """What to begin, what it brings and costs; or why nothing can begin. A few sentences.

    Args:
        place: Where a document prints it.
        assessment: The results of one region.
        voice: Speaks and keeps the sentence.
    """
    found, region = assessment.programme, voice.name(assessment.region.name)
    without = _without_programme(assessment)
    if without:
        return voice.sentence(place, without, region=region)
    first, second = found.first, found.second
    if not first.projects:
        return _nothing_to_begin(place, assessment, voice)
    is_mailed = place in _MAILED
    key = "letter.first" if is_mailed else "answer.first"
    if assessment.confidence.is_illustrative:
        # What rests on examples is prepared, as the first decision asks, and not begun.
        key = "letter.first_draft" if is_mailed else "answer.first_draft"
    count = counted(len(first.projects), voice)
    if is_mailed:
        return voice.sentence(
            place, key, region=region, count=count, projects=voice.join(_shown(assessment, voice).values()),
            effects=brought(first.effects, voice, tenants(first)),
            capital=voice.about(*first.capital_range), money=money_clause(assessment, voice),
        )  # fmt: skip
    text = _begun(place, key, count, assessment, voice)
    then = _then(assessment, voice) if second.projects else ""
    return voice.run_on((text, *_worth(first, assessment, voice), then))


def tenants(wave: Wave) -> float:
    """Jobs of a wave that its tenants and clients create, in FTE."""
    return math.fsum(
        one.jobs.value or 0.0 for one in wave.projects if one.jobs_by == "tenants_clients"
    )


def _without_programme(assessment: Assessment) -> str:
    """The key that says why there is no programme at all; empty where there could be one."""
    readiness = assessment.readiness
    if not any(readiness.order.values()):
        return "answer.nothing_cleared"
    if not readiness.proposed:
        return "answer.none"
    return "" if any(readiness.shortlist.values()) else "answer.only_prepare"


def _begun(place: str, key: str, count: str, assessment: Assessment, voice: Voice) -> str:
    """What to begin, blockchain uses apart from what is built on a site."""
    wave, region = assessment.programme.first, voice.name(assessment.region.name)
    shown = _shown(assessment, voice)
    if len({one.category for one in wave.projects}) == 1:
        projects = voice.join(shown.values())
        return voice.sentence(place, key, region=region, count=count, projects=projects)
    first, second = (
        voice.say(
            f"answer.listed.{name}", count=len(own), projects=voice.join(shown[key] for key in own)
        )
        for name in LISTS
        if (own := [one.use_id for one in wave.projects if one.category == name])
    )
    key = key.replace("first", "first_both")
    return voice.sentence(place, key, region=region, count=count, first=first, second=second)


def _shown(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """The projects of the first wave by name; with size and place while they are few."""
    is_long = len(assessment.programme.projects) > _SIZED
    return {
        one.use_id: voice.use(one.use_id) if is_long else named(one, voice)
        for one in assessment.programme.first.projects
    }


def _then(assessment: Assessment, voice: Voice) -> str:
    """That a second wave follows; by name where the programme is too long for a table of it."""
    uses = assessment.programme.second.uses
    is_long = len(assessment.programme.projects) > _SIZED
    projects = voice.join(voice.use(use_id) for use_id in uses)
    return voice.sentence(
        "answer.then", "answer.then", count=counted(len(uses), voice),
        projects=voice.say("answer.then_named", projects=projects) if is_long else "",
    )  # fmt: skip


def _worth(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What a wave brings, how it uses no power if so, and what it costs."""
    parts = [*_parts(wave, assessment, voice)]
    if parts:
        yield voice.sentence(
            "answer.brings", "answer.brings", parts=voice.say("effects.separator").join(parts)
        )
    yield unused_line(wave, assessment, voice)
    yield capital_line(wave, assessment, voice)


def _parts(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Each effect of a wave, power with the share of what lies idle."""
    effects = wave.effects
    if effects.get("jobs"):
        yield voice.say("answer.jobs", value=amount_of("jobs", effects["jobs"], voice))
    if effects.get("power"):
        yield power_clause(wave, assessment, voice) or with_unit("power", effects["power"], voice)
    if effects.get("served"):
        yield voice.say("answer.served", value=amount_of("served", effects["served"], voice))


def _nothing_to_begin(place: str, assessment: Assessment, voice: Voice) -> str:
    """Nothing is ready, or nothing that is ready fits; why, and what could come next."""
    found, region = assessment.programme, voice.name(assessment.region.name)
    is_any_ready = any(one.is_ready for one in found.candidates.values())
    second = found.second
    if not second.projects:
        key = "answer.none_fits" if is_any_ready else "answer.none_ready"
        return voice.sentence(place, key, region=region)
    missing = "" if is_any_ready else only_data(second.projects, voice)
    kind = "fits_later" if is_any_ready else "unknown" if missing else "later"
    args = {
        "count": counted(len(second.projects), voice),
        "projects": names(second.projects, voice),
        "missing": missing,
    }
    if place not in _MAILED:
        text = voice.sentence(place, f"answer.{kind}", region=region, **args)
        return voice.run_on((text, *_worth(second, assessment, voice)))
    return voice.sentence(
        place, f"letter.{kind}", region=region, effects=brought(second.effects, voice),
        capital=voice.about(*second.capital_range), **args,
    )  # fmt: skip
