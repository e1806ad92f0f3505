"""Money in a brief: what the programme costs against its limit, by year, and whose it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.choices.votes import voted_in
from generator.report.actions import month
from generator.report.ceiling import asked_capital, is_over, limit_lines, limit_varies, secured
from generator.report.earnings import budget_line, budget_lines, missing_rents
from generator.report.funding import PAYS, mixed, steps_lines
from generator.report.heat import heat_lines
from generator.report.money import is_from_elsewhere
from generator.report.projects import counted, ends, size
from generator.report.prospect import leading, unpaid
from generator.report.studies import study_lines
from generator.report.tables import table
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import naming, numbered
from generator.report.yearcost import power_told, yearly_of
from generator.report.yearly import money_after, running_by_year, year_fields

if TYPE_CHECKING:
    from generator.model import Assessment, Table
    from generator.report.voice import Voice

_USES = 3
_ONE = 0.01
"""Shares below are told as less than that."""
_MILLIONS = 1000.0
"""Of a billion, in which the form asks for revenue."""
_NAMED = 2
"""Projects without revenue that a line of the first page names."""


def money_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `money` fields: the finding, a row a year, a row for each other topic of the money."""
    first, second = assessment.programme.first, assessment.programme.second
    return {
        "finding": _finding(assessment, voice),
        "budget": budget_line("money.budget", first if first.projects else second, voice),
        "limits": limit_lines(assessment, voice),
        **year_fields(assessment, voice),
        "facts": _facts(assessment, voice),
    }


def _facts(assessment: Assessment, voice: Voice) -> Table:
    """All else that is known of the money, and what nobody has stated: a row a topic that has any."""
    told = {
        "second": second_lines("money.second", assessment, voice),
        "draws": _draws(assessment, voice),
        "after": money_after(assessment, voice),
        "running": (*_running(assessment, voice), *running_by_year(assessment, voice)),
        "source": _sources(assessment, voice),
        "steps": steps_lines(assessment, voice) if assessment.programme.projects else (),
        "studies": _studies(assessment, voice),
        "payers": _payers(assessment, voice),
    }
    rows = [
        {"topic": voice.say(f"spending.topic.{topic}"), "text": voice.run_on(lines)}
        for topic, lines in told.items()
    ]
    return table("money.facts", [one for one in rows if one["text"]])


def _finding(assessment: Assessment, voice: Voice) -> str:
    """What the first wave costs, upper end included, against the limit."""
    found = assessment.programme
    first = found.first
    if not found.projects:
        return ""
    if not first.projects:
        return only_later("money.finding", assessment, voice)
    args = {
        "count": counted(len(first.projects), voice),
        "capital": voice.about(*first.capital_range),
    }
    limit = assessment.programme.money_limit
    if limit is None:
        key = "spending.no_rate" if "capex" in found.unusable_limits else "spending.no_limit"
        return voice.sentence("money.finding", key, **args)
    over = first.capital_range[1] - limit
    if over > 0:
        return voice.sentence(
            "money.finding", "spending.over", over=voice.millions(over, upward=True),
            rule=secured(assessment, voice), **args,
        )  # fmt: skip
    return voice.sentence("money.finding", "spending.within", **args)


def only_later(place: str, assessment: Assessment, voice: Voice) -> str:
    """What is prepared would cost, where nothing begins."""
    second = assessment.programme.second
    return voice.sentence(
        place, "spending.only_later", count=counted(len(second.projects), voice),
        capital=voice.about(*second.capital_range),
    )  # fmt: skip


def second_lines(place: str, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What a second wave asks for on top, and whether the upper ends of both fit.

    Args:
        place: Where it stands.
        assessment: The results.
        voice: Speaks and keeps the sentence.
    """
    found, limit = assessment.programme, assessment.programme.money_limit
    if not found.second.projects:
        return
    if not found.first.projects:
        if limit is not None:
            yield voice.sentence(place, "spending.later_within", limit=voice.millions(limit))
        return
    # A first wave that no size keeps to the limit leaves none that both could keep to.
    is_open = limit is None or is_over(assessment)
    key = "spending.second" if is_open else "spending.second_within"
    # The limit stands in the sentence on the first wave.
    yield voice.sentence(
        place, key, count=counted(len(found.second.projects), voice),
        capital=voice.about(*found.second.capital_range), larger=_larger(assessment, voice),
    )  # fmt: skip


def _larger(assessment: Assessment, voice: Voice) -> str:
    """The project of the second wave that is smaller so that both waves keep to the limit, and what more would take."""
    found, limit = assessment.programme, assessment.programme.money_limit
    if found.larger is None or found.is_first_smaller or limit is None:
        return ""
    sizes = {one.use_id: one.size for one in found.larger.second}
    smaller = [one for one in found.second.projects if sizes.get(one.use_id, one.size) > one.size]
    if not smaller:
        return ""
    use, whole = smaller[0].use_id, 1 + assessment.knowledge.assumed("contingency")
    return voice.say(
        "spending.second_larger", project=voice.use(use), size=size(use, sizes[use], voice),
        over=voice.millions(found.larger.upper * whole - limit, upward=True),
    )  # fmt: skip


def _draws(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """How often the limit holds when costs move together, and the ceiling that is asked for."""
    firmness = assessment.programme.firmness
    capital = firmness.capital if firmness else None
    if capital is None or not assessment.programme.first.projects:
        return
    told = asked_capital(assessment, voice)
    if capital.within is None:
        if told:
            yield voice.sentence("money.draws", "spending.draws_unlimited", asked=told)
    elif capital.within >= 1.0:
        yield voice.sentence("money.draws", "spending.draws_always", asked=told)
    else:
        yield voice.sentence(
            "money.draws", "spending.draws", asked=told,
            within=voice.percent(capital.within), varies=limit_varies(assessment, voice),
        )  # fmt: skip


def _waves(assessment: Assessment) -> str:
    """The key of whose running cost it is."""
    programme = assessment.programme
    if not programme.first.projects:
        return "spending.prepared"
    return "spending.both_waves" if programme.second.projects else "spending.one_wave"


def _running(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the projects cost a year once they stand, and of which that is unknown."""
    projects = assessment.programme.projects
    known = [one.yearly_cost for one in projects if one.yearly_cost is not None]
    if not known:
        return
    low, high = (math.fsum(ends) for ends in zip(*known, strict=True))
    missing = [one.use_id for one in projects if one.running_cost is None]
    spares = any(
        one.platform < 0 for one in (assessment.programme.first, assessment.programme.second)
    )
    yield voice.sentence(
        "money.running", "spending.running_some" if missing else "spending.running",
        cost=voice.about(low, high), missing=voice.uses(missing, _USES), power=power_told(projects, voice),
        platform=voice.say("spending.running_platform") if spares else "",
        waves=voice.say(_waves(assessment)),
    )  # fmt: skip


def _sources(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Whose money is named for the limit, or that it is not, and how it stands to the budget."""
    if not assessment.programme.projects:
        return
    stated = [one for one in assessment.region.limits if one.resource == "capex"]
    found = {one.source_of_funds for one in stated if one.source_of_funds}
    sources = [voice.choice("funds", one) for one in sorted(found)]
    if found - mixed(voice):
        yield voice.sentence(
            "money.source", "spending.source", source=voice.join(dict.fromkeys(sources))
        )
    elif not found:
        yield voice.sentence("money.no_source", "spending.no_source")
    elif len(stated) == 1:
        yield voice.sentence("money.no_shares", "spending.no_shares")
    yield from _beside_revenue(assessment, voice)


def _beside_revenue(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """How much the limit is of what the region's budget takes in a year; nothing while unknown."""
    revenue = assessment.region.number("fiscal_revenue")
    rows = [one.amount.value for one in assessment.region.limits if one.resource == "capex"]
    limit = next((value for value in rows if value), None)
    if not revenue or limit is None:
        return
    share = limit / (revenue * _MILLIONS)
    yield voice.sentence(
        "money.revenue", "spending.revenue" if share >= _ONE else "spending.revenue_small",
        share=voice.percent(max(share, _ONE)), revenue=voice.own_millions(revenue * _MILLIONS),
    )  # fmt: skip


def _studies(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What comes before the votes costs; nothing where nothing begins."""
    if assessment.programme.first.projects:
        yield from study_lines("money.preparation", assessment, voice)


def _payers(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Who pays for what has no revenue, what heat costs, and what has no price."""
    projects = assessment.programme.projects
    unpaid = [one.use_id for one in projects if not voice.knowledge.use(one.use_id).has_revenue]
    if unpaid:
        key = "spending.no_revenue_any" if len(unpaid) == len(projects) else "spending.no_revenue"
        yield voice.sentence(
            "money.no_revenue", key, count=counted(len(unpaid), voice),
            uses=voice.uses(unpaid, _USES), office=voice.office(PAYS), vote=_vote(unpaid, assessment, voice),
            task=numbered("", naming(tasks_of(assessment, voice)), voice),
        )  # fmt: skip
    yield from budget_lines(assessment, voice)
    yield from heat_lines("money.heat", assessment, voice)
    unpriced = [one.use_id for one in projects if ends(one.capital) is None]
    if unpriced:
        yield voice.sentence(
            "money.unpriced", "spending.unpriced", uses=voice.uses(unpriced, _USES)
        )


def _vote(uses: Sequence[str], assessment: Assessment, voice: Voice) -> str:
    """Before which vote something is settled, dated where a project of the first wave is among these."""
    if not set(uses) & set(assessment.programme.first.uses):
        return voice.say("spending.vote_later")
    first, _ = voted_in(assessment)
    return voice.say("spending.vote", by=month(first, assessment.region.plan_from, voice))


def over_line(place: str, assessment: Assessment, voice: Voice) -> str:
    """How the upper end of the first wave is met where it is above the limit; empty where it is not."""
    limit, first = assessment.programme.money_limit, assessment.programme.first
    spare = assessment.knowledge.assumed("contingency")
    if limit is None or not first.projects or not is_over(assessment):
        return ""
    return voice.sentence(
        place, "funding.over",
        spare=voice.percent(spare),
        more=voice.millions(first.capital_range[1] * (1 + spare) - limit, upward=True),
        rule=secured(assessment, voice),
    )  # fmt: skip


def public_line(place: str, assessment: Assessment, voice: Voice) -> str:
    """What projects without revenue cost the public side a year, of the wave that stands first; empty for none.

    Empty too where rents leave something open: a point of the first page then tells both in one sum.
    """
    wave = leading(assessment)
    bare = unpaid(wave.projects, voice)
    if not bare or missing_rents(wave, voice) is not None:
        return ""
    running = None if is_from_elsewhere(voice) else yearly_of(bare)
    key = "funding.public_open" if running is None else "funding.public_running"
    cost = "" if running is None else voice.about(*running)
    told = voice.say(voice.plural_key(key, len(bare)), cost=cost, count=len(bare))
    return voice.sentence(place, place, parts=told)


def revenue_line(place: str, assessment: Assessment, voice: Voice, *, in_full: bool = False) -> str:
    """How many projects have no revenue on record, and what they cost a year.

    Args:
        place: Where it stands.
        assessment: The results.
        voice: Speaks.
        in_full: Whether the projects are named, and it is said of those that all pay back as well.
    """
    projects = assessment.programme.projects
    if not projects:
        return ""
    known = voice.knowledge
    without = [one for one in projects if not known.use(one.use_id).has_revenue]
    if not (without or in_full):
        return ""
    costs = [one.yearly_cost for one in without if one.yearly_cost is not None]
    low, high = (math.fsum(one[end] for one in costs) for end in (0, 1))
    named = [voice.use(one.use_id) for one in without[:_NAMED]]
    such = "finding.such" if len(without) > _NAMED else "finding.these"
    key = (
        "finding.sheets_pay" if not without
        else "finding.sheets_open" if not costs
        else "finding.sheets_elsewhere" if is_from_elsewhere(voice)
        else "finding.sheets_all" if len(without) == len(projects)
        else "finding.sheets"
    )  # fmt: skip
    return voice.sentence(
        place, key, projects=counted(len(projects), voice), count=len(without),
        running=voice.about(low, high), power=power_told(without, voice), uses=voice.say(such, uses=voice.join(named)) if in_full else "",
    )  # fmt: skip
