"""What a wave would bring once it stands, what it costs against the limit, and who has not promised yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.earnings import gap_told
from generator.report.heavy import heaviest
from generator.report.idle import power_clause, unused_line
from generator.report.inplan import effect_in_plan, open_month, told_effect
from generator.report.money import is_from_elsewhere
from generator.report.needs import unmet
from generator.report.projects import amount_of, with_unit
from generator.report.yearcost import power_told, yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment
    from generator.model.economy import Range
    from generator.model.programme import Project, Wave
    from generator.report.voice import Voice

FEWER = 0.1
"""Share of the jobs from which it is said that so many come after the plan."""


def worth(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """The sentences on a wave: its effects, its capital, what it costs a year, what is not yet met."""
    parts = [*_effects(wave, assessment, voice)]
    if parts:
        yield voice.sentence(
            "answer.brings", "answer.brings", parts=voice.say("effects.separator").join(parts)
        )
    yield unused_line(wave, assessment, voice)
    yield capital_line(wave, assessment, voice)
    yield _running(wave, voice)
    if wave is assessment.programme.first:
        yield _lacking(wave, assessment, voice)


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


def _effects(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Each effect of a wave: jobs with whom they depend on, power with the share of what lies idle."""
    effects = wave.effects
    if effects.get("jobs"):
        yield _jobs(wave, assessment, voice)
    if effects.get("power"):
        yield power_clause(wave, assessment, voice) or with_unit("power", effects["power"], voice)
    if effects.get("served"):
        yield voice.say("answer.served", value=amount_of("served", effects["served"], voice))


def _jobs(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The jobs of a wave; in brackets those that stand when the plan ends, and those of tenants."""
    jobs, hired = wave.effects["jobs"], tenants(wave)
    parts = [_by_the_end(wave, assessment, voice)]
    if hired:
        whose = "answer.jobs_tenants" if hired < jobs else "answer.jobs_tenants_all"
        parts.append(voice.say(whose, tenants=amount_of("jobs", hired, voice)))
    return voice.say(
        "answer.jobs", jobs=amount_of("jobs", jobs, voice), parts=voice.clauses(parts)
    )  # fmt: skip


def _by_the_end(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """When the jobs are all there and, where the plan may end before that, how many are by then."""
    jobs, early = wave.effects["jobs"], jobs_in_plan(wave, assessment)
    until = assessment.region.plan_until
    args = {"open": open_month(wave.projects, assessment, voice)}
    if until is None or early[0] >= jobs * (1.0 - FEWER):
        return voice.say("answer.jobs_open", **args)
    if early[1] >= jobs:
        return voice.say("answer.jobs_open_late", **args)
    return voice.say(
        "answer.jobs_in_plan" if early[1] else "answer.jobs_after_plan", **args,
        early=told_effect("jobs", early, voice), end=voice.month(until.year, until.month),
    )  # fmt: skip


def capital_line(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The middle and the range of capital, and how its upper end stands to the limit.

    Where the first wave keeps to it and the second beside it does not, both are held against it.
    """
    found, limit = assessment.programme, assessment.programme.money_limit
    told = voice.about(*wave.capital_range)
    if is_from_elsewhere(voice):
        told = voice.say("answer.prices_elsewhere", capital=told)
    args = {"middle": voice.about(wave.capital), "capital": told}
    if limit is None:
        key = "no_rate" if "capex" in found.unusable_limits else "no_limit"
        return voice.sentence("answer.capital", f"answer.capital_{key}", **args)
    over, spare = wave.capital_range[1] - limit, assessment.knowledge.assumed("contingency")
    both = over + found.second.capital_range[1] if wave is found.first else over
    key, beyond = ("over", over) if over > 0 else ("both_over", both) if both > 0 else ("within", 0)
    return voice.sentence(
        "answer.capital", f"answer.capital_{key}", limit=voice.millions(limit),
        over=voice.millions(beyond, upward=True), share=voice.percent(spare),
        more=voice.millions(over + wave.capital_range[1] * spare, upward=True), **args,
    )  # fmt: skip


def _running(wave: Wave, voice: Voice) -> str:
    """What a wave costs a year, and how much of it nobody is on record to pay; empty while unknown."""
    running = yearly_of(wave.projects)
    if running is None:
        return ""
    unpaid = _unpaid(wave.projects, voice)
    own = yearly_of(unpaid)
    args = {
        "running": voice.about(*running),
        "power": power_told(wave.projects, voice, brief=True),
        "count": voice.number(len(unpaid), 0),
        "unpaid": voice.about(*own) if own else "",
    }
    key = "answer.spends"
    if is_from_elsewhere(voice):
        # What the catalogue gathered elsewhere rests on wages that nobody here may pay.
        key = "answer.spends_elsewhere"
        if unpaid and len(unpaid) == len(wave.projects):
            key = "answer.spends_elsewhere_unpaid"
    elif unpaid:
        key = voice.plural_key("answer.spends_unpaid", len(unpaid))
    return voice.sentence("answer.spends", key, **args)


def _unpaid(projects: Sequence[Project], voice: Voice) -> list[Project]:
    """Projects without revenue on record, whose running cost somebody must be found to bear."""
    known = voice.knowledge
    return [one for one in projects if known.use(one.use_id).payback_status == "not shown"]


def _lacking(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """What is not yet met by the only project of a wave; of several what the heaviest would earn.

    That is the one which half of the jobs or more hang on, where prices on file do not pay it back
    in time. The table under the answer tells the rest.
    """
    if len(wave.projects) == 1:
        facts = unmet(wave.projects[0], assessment, voice)
        told = voice.clauses(facts)
        return voice.sentence("answer.unmet", "answer.unmet", facts=told) if facts else ""
    heavy = heaviest("jobs", assessment)
    gap = gap_told(heavy, voice) if heavy else ""
    if heavy is None or not gap:
        return ""
    return voice.sentence(
        "answer.unmet", "answer.gap", project=voice.use(heavy.use_id), gap=gap,
        part=amount_of("jobs", heavy.effects["jobs"], voice),
        rest=amount_of("jobs", wave.effects["jobs"] - heavy.effects["jobs"], voice),
        whole=amount_of("jobs", wave.effects["jobs"], voice),
    )  # fmt: skip
