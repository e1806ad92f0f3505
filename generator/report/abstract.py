"""What the summary of the planning brief says above its exhibit: what the first wave brings, when, and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.answer import answer
from generator.report.earnings import gap_told
from generator.report.heavy import heaviest
from generator.report.idle import power_clause
from generator.report.inplan import open_month, told_effect
from generator.report.money import is_from_elsewhere
from generator.report.needs import unmet
from generator.report.otherplans import held_line
from generator.report.projects import amount_of, counted, with_unit
from generator.report.prospect import FEWER, jobs_in_plan, tenants
from generator.report.spending import both_over
from generator.report.yearcost import yearly_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.programme import Wave
    from generator.report.decisions import Asked
    from generator.report.voice import Voice


def abstract(asked: Asked, assessment: Assessment, voice: Voice) -> str:
    """A few sentences of few figures, since the exhibit below them holds the ranges.

    Where nothing begins it is the answer of the first page.

    Args:
        asked: The decisions, of which one may choose a plan within the limit.
        assessment: The results of one region.
        voice: Speaks and keeps the sentences.
    """
    first = assessment.programme.first
    if not first.projects:
        return answer("overview.answer", assessment, voice)
    return voice.run_on(
        filter(
            None,
            (
                *_brings(first, assessment, voice),
                _by_the_end(first, assessment, voice),
                _capital(first, assessment, voice),
                _unpaid(first, voice),
                _open(first, assessment, voice),
                held_line(asked, assessment, voice),
            ),
        )
    )


def _brings(wave: Wave, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Each effect of a wave, with whom its jobs depend on."""
    effects, hired = wave.effects, tenants(wave)
    parts = []
    if effects.get("jobs"):
        key = "overview.jobs" if not hired else "overview.jobs_tenants"
        told = {"jobs": effects["jobs"], "tenants": hired}
        parts.append(
            voice.say(key, **{name: amount_of("jobs", one, voice) for name, one in told.items()})
        )
    if effects.get("power"):
        parts.append(
            power_clause(wave, assessment, voice) or with_unit("power", effects["power"], voice)
        )
    if effects.get("served"):
        parts.append(
            voice.say("answer.served", value=amount_of("served", effects["served"], voice))
        )
    if parts:
        told_all = voice.say("effects.separator").join(parts)
        yield voice.sentence("overview.brings", "answer.brings", parts=told_all)


def _by_the_end(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """What of the jobs is there when the plan ends, and when all of it is open."""
    jobs, early = wave.effects.get("jobs", 0.0), jobs_in_plan(wave, assessment)
    until = assessment.region.plan_until
    opens = open_month(wave.projects, assessment, voice)
    if until is None or early[0] >= jobs * (1.0 - FEWER):
        return voice.sentence("overview.open", "overview.open", open=opens)
    key = (
        "overview.open_late" if early[1] >= jobs
        else "overview.open_part" if early[1]
        else "overview.open_none"
    )  # fmt: skip
    return voice.sentence(
        "overview.open", key, open=opens, end=voice.month(until.year, until.month),
        early=told_effect("jobs", early, voice),
    )  # fmt: skip


def _capital(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """The middle of the capital, and how the upper end stands to the limit."""
    found, limit = assessment.programme, assessment.programme.money_limit
    middle = voice.about(wave.capital)
    if is_from_elsewhere(voice):
        middle = voice.say("answer.prices_elsewhere", capital=middle)
    if limit is None:
        key = "no_rate" if "capex" in found.unusable_limits else "no_limit"
        return voice.sentence("overview.capital", f"overview.capital_{key}", middle=middle)
    over = wave.capital_range[1] - limit
    both = over + found.second.capital_range[1]
    key = "over" if over > 0 else "both_over" if both_over(assessment) else "within"
    return voice.sentence(
        "overview.capital", f"overview.capital_{key}", middle=middle, limit=voice.millions(limit),
        over=voice.millions(max(0.0, over if over > 0 else both), upward=True),
    )  # fmt: skip


def _unpaid(wave: Wave, voice: Voice) -> str:
    """What of the running cost nobody is known to pay; empty where all have revenue on record."""
    known = voice.knowledge
    own = [one for one in wave.projects if known.use(one.use_id).payback_status == "not shown"]
    cost = yearly_of(own)
    if not own or cost is None:
        return ""
    key = "overview.unpaid_elsewhere" if is_from_elsewhere(voice) else "overview.unpaid"
    return voice.sentence(
        "overview.unpaid", key, unpaid=voice.about(*cost), projects=counted(len(own), voice)
    )


def _open(wave: Wave, assessment: Assessment, voice: Voice) -> str:
    """What is not yet met by the only project of a wave; of several that the heaviest does not pay back."""
    if len(wave.projects) == 1:
        facts = voice.clauses(unmet(wave.projects[0], assessment, voice))
        return voice.sentence("overview.unmet", "answer.unmet", facts=facts) if facts else ""
    heavy = heaviest("jobs", assessment)
    if heavy is None or not gap_told(heavy, voice):
        return ""
    return voice.sentence(
        "overview.unmet", "overview.gap", project=voice.use(heavy.use_id),
        part=amount_of("jobs", heavy.effects["jobs"], voice),
    )  # fmt: skip
