"""The recommendation: what to begin, where and by when, and on what it hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.votes import steps_asked
from generator.model import LISTS
from generator.report.ceiling import asked, money_clause
from generator.report.inplan import open_month
from generator.report.mandates import committed
from generator.report.preconditions import only_data
from generator.report.projects import brought, counted, is_long, named, names, size
from generator.report.prospect import hangs, tenants

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_MAILED = frozenset({"letter.answer"})
"""Places that hold one sentence."""


def headline(assessment: Assessment, voice: Voice) -> str:
    """What is asked for now: how many projects to prepare or to begin, by name where it is one, and for how much.

    Empty where there is no project. What they are and what holds them stands below it.

    Args:
        assessment: The results of one region.
        voice: Speaks and keeps the sentence.
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
    only = wave.projects[0] if len(wave.projects) == 1 else None
    return voice.sentence(
        "summary.headline", key,
        count=counted(len(wave.projects), voice) if only is None
        else voice.say("headline.one", project=voice.use(only.use_id)),
        studies=_studies(assessment, voice),
        ceiling=voice.about(asked(assessment, voice)) if found.first.projects else "",
    )  # fmt: skip


def _studies(assessment: Assessment, voice: Voice) -> str:
    """What may be spent before the votes on projects, as far as a table prices it."""
    steps = bool(steps_asked(assessment))
    # With steps both stand under decisions of their own, so that the sum of their ceilings is told.
    total = committed(assessment, voice, cap=steps)
    if not total:
        return voice.say("headline.studies_unpriced")
    key = "headline.studies_steps" if steps else "headline.studies"
    return voice.say(key, cost=total)


def answer(place: str, assessment: Assessment, voice: Voice) -> str:
    """What to begin, where and by when, and on what most of its jobs hang; or why nothing can begin.

    The headline, which stands above it, says what is asked for now; figures stand in tiles below.

    Args:
        place: Where a document prints it.
        assessment: The results of one region.
        voice: Speaks and keeps the sentence.
    """
    found, region = assessment.programme, voice.name(assessment.region.name)
    without = without_programme(assessment)
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
            place, key, region=region, count=count, projects=voice.in_a_row(_shown(assessment, voice).values()),
            effects=brought(first.effects, voice, tenants(first)),
            capital=voice.about(*first.capital_range), money=money_clause(assessment, voice),
        )  # fmt: skip
    return voice.run_on((begins(place, assessment, voice), hangs(assessment, voice)))


def without_programme(assessment: Assessment) -> str:
    """The key that says why there is no programme at all; empty where there could be one."""
    readiness = assessment.readiness
    if not any(readiness.order.values()):
        return "answer.nothing_cleared"
    if not readiness.proposed:
        return "answer.none"
    return "" if any(readiness.shortlist.values()) else "answer.only_prepare"


def begins(place: str, assessment: Assessment, voice: Voice) -> str:
    """What to begin, blockchain uses apart from what is built on a site.

    Args:
        place: Where a document prints it.
        assessment: The results of one region.
        voice: Speaks and keeps the sentence.
    """
    wave, shown = assessment.programme.first, _shown(assessment, voice)
    lists = {
        name: own
        for name in LISTS
        if (own := [one.use_id for one in wave.projects if one.category == name])
    }
    args = {"open": open_month(wave.projects, assessment, voice)}
    if len(wave.projects) == 1:
        # The headline names it.
        (one,) = wave.projects
        site = voice.text(one.place.name)
        key = "answer.first_sited" if site else "answer.first_alone"
        return voice.sentence(place, key, size=size(one.use_id, one.size, voice), site=site, **args)
    if is_long(assessment):
        # The table below names them, which a long page has no room to do twice.
        parts = [voice.plural(f"answer.counted.{name}", len(own)) for name, own in lists.items()]
        told = voice.say("answer.counts").join(parts)
        return voice.sentence(place, "answer.first_counted", projects=told, **args)
    parts = [
        voice.plural(
            f"answer.listed.{name}", len(own), projects=voice.in_a_row(shown[key] for key in own)
        )
        for name, own in lists.items()
    ]
    if len(lists) == 1:
        # The headline counts them already.
        parts = [voice.in_a_row(shown.values())]
    return voice.sentence(
        place, "answer.first", projects=voice.say("answer.lists").join(parts), **args
    )


def _shown(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """The projects of the first wave by name; with size and place while they are few."""
    long = is_long(assessment)
    return {
        one.use_id: voice.quoted(one.use_id) if long else named(one, voice, is_quoted=True)
        for one in assessment.programme.first.projects
    }


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
        return voice.run_on((text, hangs(assessment, voice)))
    return voice.sentence(
        place, f"letter.{kind}", region=region, effects=brought(second.effects, voice),
        capital=voice.about(*second.capital_range), **args,
    )  # fmt: skip


def _missing(assessment: Assessment, voice: Voice) -> str:
    """The data for which alone every project of a second wave waits; empty where more is missing."""
    found = assessment.programme
    is_any_ready = any(one.is_ready for one in found.candidates.values())
    return "" if is_any_ready else only_data(found.second.projects, voice)
