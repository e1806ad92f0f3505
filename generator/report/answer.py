"""The recommendation: what to begin and where, what it brings, what it costs against the limit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.ceiling import headline_limit, money_clause
from generator.report.gates import gates_clause
from generator.report.idle import power_clause, unused_line
from generator.report.inplan import effect_in_plan, open_month, told_effect
from generator.report.money import is_from_elsewhere
from generator.report.preconditions import only_data
from generator.report.projects import (
    amount_of,
    brought,
    counted,
    named,
    names,
    with_unit,
)
from generator.report.yearcost import power_told, yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.economy import Range
    from generator.model.programme import Wave
    from generator.report.voice import Voice

_SIZED = 8
"""Projects that a sentence names with size and place."""
_FEWER = 0.1
"""Share of the jobs from which a headline says that so many come after the plan."""
_MAILED = frozenset({"letter.answer"})
"""Places that hold one sentence."""


def headline(assessment: Assessment, voice: Voice) -> str:
    """How many projects come first, with their jobs, their capital and its limit, and what law decides.

    Empty where there is no project.
    """
    found = assessment.programme
    wave = found.first if found.first.projects else found.second
    if not wave.projects:
        return ""
    if found.first.projects:
        is_draft = assessment.confidence.is_illustrative
        key = "headline.first_draft" if is_draft else "headline.first"
    else:
        key = "headline.unknown" if _missing(assessment, voice) else "headline.later"
    return voice.sentence(
        "summary.headline", key, count=counted(len(wave.projects), voice),
        brings=_brings(wave, assessment, voice),
        limit=headline_limit(wave, assessment, voice), law=gates_clause(wave.uses, assessment, voice),
    )  # fmt: skip


def _brings(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The jobs of a wave, apart those that are there when the plan ends where they are fewer; capital."""
    jobs, early = wave.effects.get("jobs") or 0.0, jobs_in_plan(wave, assessment)
    until = assessment.region.plan_until
    key = "headline.jobs" if jobs else "headline.capital"
    if until is not None and jobs and early[0] < jobs * (1.0 - _FEWER):
        key = "headline.jobs_in_plan" if early[1] else "headline.jobs_after_plan"
    return voice.say(
        key, jobs=amount_of("jobs", jobs, voice), early=told_effect("jobs", early, voice),
        open=open_month(wave.projects, assessment, voice),
        end=voice.month(until.year, until.month) if until else "",
        capital=voice.say(
            "headline.cost_elsewhere" if is_from_elsewhere(voice) else "headline.cost",
            capital=voice.about(*wave.capital_range),
        ),
    )  # fmt: skip


def jobs_in_plan(wave: Wave, assessment: Assessment) -> Range:
    """Jobs of the projects of a wave that are open when the plan ends, in FTE; all without an end.

    The low end is what is there where all are built in the longer time, the high end in the shorter.
    """
    return effect_in_plan("jobs", wave.projects, assessment)


def answer(place: str, assessment: Assessment, voice: Voice) -> str:
    """What to begin, what it brings and costs a year; or why nothing can begin. A few sentences.

    The headline, which stands above it, holds the jobs and the capital.

    Args:
        place: Where a document prints it.
        assessment: The results of one region.
        voice: Speaks and keeps the sentence.
    """
    found, region = assessment.programme, voice.name(assessment.region.name)
    without = _without_programme(assessment)
    if without:
        return voice.sentence(place, without, region=region)
    first = found.first
    if not first.projects:
        return _nothing_to_begin(place, assessment, voice)
    is_mailed = place in _MAILED
    if is_mailed:
        # What rests on examples is prepared, as the first decision asks, and not begun.
        key = "letter.first_draft" if assessment.confidence.is_illustrative else "letter.first"
        count = counted(len(first.projects), voice)
        return voice.sentence(
            place, key, region=region, count=count, projects=voice.join(_shown(assessment, voice).values()),
            effects=brought(first.effects, voice, tenants(first)),
            capital=voice.about(*first.capital_range), money=money_clause(assessment, voice),
        )  # fmt: skip
    return voice.run_on((_begun(place, assessment, voice), *_worth(first, assessment, voice)))


def is_long(assessment: Assessment) -> bool:
    """Whether a programme has so many projects that a first page names some of them in short."""
    return len(assessment.programme.projects) > _SIZED


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


def _begun(place: str, assessment: Assessment, voice: Voice) -> str:
    """What to begin, blockchain uses apart from what is built on a site."""
    wave, shown = assessment.programme.first, _shown(assessment, voice)
    lists = {
        name: own
        for name in LISTS
        if (own := [one.use_id for one in wave.projects if one.category == name])
    }
    parts = [
        voice.say(
            f"answer.listed.{name}", count=len(own), projects=voice.join(shown[key] for key in own)
        )
        for name, own in lists.items()
    ]
    if len(lists) == 1:
        # The headline counts them already.
        parts = [voice.say("answer.listed", projects=voice.join(shown.values()))]
    return voice.sentence(place, "answer.first", projects=voice.say("answer.lists").join(parts))


def _shown(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """The projects of the first wave by name; with size and place while they are few."""
    long = is_long(assessment)
    return {
        one.use_id: voice.use(one.use_id) if long else named(one, voice)
        for one in assessment.programme.first.projects
    }


def _worth(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What a wave brings beside jobs, that it uses no power if so, and what it costs a year."""
    parts = [*_parts(wave, assessment, voice)]
    if parts:
        yield voice.sentence(
            "answer.brings", "answer.brings", parts=voice.say("effects.separator").join(parts)
        )
    yield unused_line(wave, assessment, voice)
    running = yearly_of(wave.projects)
    if running is not None:
        # What the catalogue gathered elsewhere rests on wages that nobody here may pay.
        key = "answer.spends_elsewhere" if is_from_elsewhere(voice) else "answer.spends"
        yield voice.sentence(
            "answer.spends", key,
            running=voice.about(*running), power=power_told(wave.projects, voice, brief=True),
        )  # fmt: skip


def _parts(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Each effect of a wave but jobs, power with the share of what lies idle."""
    effects = wave.effects
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
    missing = _missing(assessment, voice)
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


def _missing(assessment: Assessment, voice: Voice) -> str:
    """The data for which alone every project of a second wave waits; empty where more is missing."""
    found = assessment.programme
    is_any_ready = any(one.is_ready for one in found.candidates.values())
    return "" if is_any_ready else only_data(found.second.projects, voice)
