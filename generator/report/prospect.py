"""What a wave hangs on once it stands: whose its jobs are, what it lacks, its limit of money, who pays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.earnings import budget_line, missing_rents
from generator.report.heavy import heaviest
from generator.report.inplan import effect_in_plan
from generator.report.money import is_from_elsewhere, rough
from generator.report.needs import unmet
from generator.report.projects import amount_of, nearest
from generator.report.tables import begun
from generator.report.yearcost import staff_of, yearly_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Assessment
    from generator.model.economy import Range
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice

_NOTHING = 1e-6
"""CNY m that are none."""


def leading(assessment: Assessment) -> Wave:
    """The wave that a first page speaks of: the first, or what is only prepared."""
    found = assessment.programme
    return found.first if found.first.projects else found.second


def tenants(wave: Wave) -> float:
    """Jobs of a wave that its tenants and clients create, in FTE."""
    return math.fsum(
        one.jobs.value or 0.0 for one in wave.projects if one.jobs_by == "tenants_clients"
    )


def jobs_in_plan(wave: Wave, assessment: Assessment) -> Range:
    """Jobs of the projects of a wave that are open when the plan ends, in FTE; all without an end.

    The low end is what is there where all are built in the longer time, the high end in the shorter.
    """
    return effect_in_plan("jobs", wave.projects, assessment)


def hangs(assessment: Assessment, voice: Voice) -> str:
    """On what most of the jobs depend: one project, or tenants; or empty."""
    wave = leading(assessment)
    jobs, hired = wave.effects.get("jobs", 0.0), tenants(wave)
    heavy = heaviest("jobs", assessment)
    if not hired and heavy is None:
        return ""
    part = 0.0 if heavy is None else heavy.effects["jobs"]
    args = {
        "whole": amount_of("jobs", jobs, voice), "tenants": amount_of("jobs", hired, voice),
        "project": "" if heavy is None else voice.use(heavy.use_id),
        "part": amount_of("jobs", part, voice),
    }  # fmt: skip
    if hired >= jobs:
        key, rest = "answer.hangs_tenants_all", 0.0
    elif heavy is not None and heavy.jobs_by == "tenants_clients":
        key = "answer.hangs_tenants_of" if part >= hired else "answer.hangs_tenants_most"
        rest = jobs - hired
    elif heavy is not None:
        key, rest = "answer.hangs", jobs - part
    else:
        key, rest = "answer.hangs_tenants", jobs - hired
    return voice.sentence("answer.hangs", key, rest=amount_of("jobs", rest, voice), **args)


def lacking(assessment: Assessment, voice: Voice) -> str:
    """What the only project of a first wave still lacks; of several the table tells it row by row."""
    projects = assessment.programme.first.projects
    facts = unmet(projects[0], assessment, voice) if len(projects) == 1 else []
    return (
        voice.sentence("answer.unmet", "answer.unmet", facts=begun(voice.clauses(facts)))
        if facts
        else ""
    )


def money_line(assessment: Assessment, voice: Voice) -> str:
    """How far capital passes the limit at its upper end, and whose prices it is told at; else empty."""
    found, wave = assessment.programme, leading(assessment)
    if not wave.projects:
        return ""
    texts = []
    if is_from_elsewhere(voice):
        # What the catalogue gathered elsewhere rests on wages that nobody here may pay.
        staff = staff_of(wave.projects)
        key = "answer.elsewhere" if staff is None else "answer.elsewhere_wages"
        args = {} if staff is None else {
            "jobs": voice.number(nearest(staff.jobs), 0), "wages": rough(staff.wages, voice),
            "more": rough(staff.missing, voice),
        }  # fmt: skip
        texts.append(voice.sentence("answer.elsewhere", key, **args))
    if found.money_limit is not None:
        over = wave.capital_range[1] - found.money_limit
        spare = assessment.knowledge.assumed("contingency")
        more = over + wave.capital_range[1] * spare
        if more > _NOTHING:
            texts.append(
                voice.sentence(
                    "answer.capital", "answer.capital_over" if over > 0 else "answer.capital_more",
                    over=voice.millions(max(over, 0.0), upward=True), share=voice.percent(spare),
                    more=voice.millions(more, upward=True),
                )
            )  # fmt: skip
    return voice.run_on(texts)


def shortfall_line(assessment: Assessment, voice: Voice) -> str:
    """What is missing a year: what runs without revenue, and where rents on file fall short; or nothing.

    Without a rent that falls short the figure of the running cost tells it.
    """
    wave = leading(assessment)
    short = missing_rents(wave, voice)
    if short is None:
        return ""
    running = None if is_from_elsewhere(voice) else yearly_of(unpaid(wave.projects, voice))
    least = running or (0.0, 0.0)
    key = "answer.short" if running is None else "answer.short_running"
    let = "answer.short_share" if short.share else "answer.short_full"
    second = assessment.programme.second.projects
    is_followed = wave is assessment.programme.first and second
    return voice.sentence(
        "answer.short", key, running=voice.about(*least), rents=short.text,
        total=voice.about(least[0] + short.least, least[1] + short.most), let=voice.say(let, share=short.share),
        wave=voice.say("answer.short_wave_first" if is_followed else "answer.short_wave_only"),
        later=voice.say("answer.short_later") if is_followed and unpaid(second, voice) else "",
    )  # fmt: skip


def payers_line(assessment: Assessment, voice: Voice) -> str:
    """What rents leave to the budget, and how many projects nobody is on record to pay for; or empty."""
    wave = leading(assessment)
    texts, count = [budget_line("answer.budget", wave, voice)], len(unpaid(wave.projects, voice))
    if count:
        key = "answer.unpaid_all" if count == len(wave.projects) else "answer.unpaid"
        texts.append(
            voice.sentence(
                "answer.unpaid", voice.plural_key(key, count), count=voice.number(count, 0),
                whole=voice.number(len(wave.projects), 0),
                cost=_bracketed(None if is_from_elsewhere(voice) else yearly_of(unpaid(wave.projects, voice)), voice),
            )
        )  # fmt: skip
    return voice.run_on(filter(None, texts))


def _bracketed(cost: Range | None, voice: Voice) -> str:
    """A yearly cost in brackets; empty while unknown here."""
    return "" if cost is None else voice.say("answer.unpaid_cost", cost=voice.about(*cost))


def unpaid(projects: Sequence[Project], voice: Voice) -> list[Project]:
    """Projects without revenue on record, whose running cost somebody must be found to bear."""
    known = voice.knowledge
    return [one for one in projects if not known.use(one.use_id).has_revenue]
