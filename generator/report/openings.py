"""What each chapter of the planning brief opens with: its finding, in a sentence with a number."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from generator.report.limits import amount
from generator.report.options import counts, verdict
from generator.report.ownrisks import own_risks
from generator.report.places import owners_of_halls
from generator.report.programme import answer
from generator.report.projects import brought, counted, megawatts
from generator.report.spending import revenue_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.programme import LimitUse
    from generator.report.voice import Voice

_APART = frozenset({"capex", "grid_mw"})
"""Money has a chapter of its own, power a sentence."""
_SUMMED = "sum_"
"""How the roll-ups that add a register up begin."""
_GROUNDS = {
    "reserve": "reserve", "not_yet": "first", "waiting": "first", "lacks": "lacks", "open": "open",
    "declining": "weak", "weak": "weak", "unknown": "open",
}  # fmt: skip
"""Verdicts to what keeps an option out, as few as a sentence bears."""
_NAMED = 3
_LEAST = 0.05
"""What prints as nothing is not told."""


def opening_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `finding` fields: one sentence or a few for each chapter."""
    return {
        "assets": voice.run_on(
            (
                _power(assessment, voice),
                _rest(assessment, voice),
                _beyond(assessment, voice),
                _built_on(assessment, voice),
                _halls(assessment, voice),
            )
        ),
        "outlook": voice.run_on(_outlook(assessment, voice)),
        "law": _law(assessment, voice),
        "options": _options(assessment, voice),
        "programme": _programme(assessment, voice),
        "sheets": revenue_line("finding.sheets", assessment, voice, always=True),
        "sites": voice.run_on((_sites(assessment, voice), _people(assessment, voice))),
    }


def _power(assessment: Assessment, voice: Voice) -> str:
    """How much of the free connection capacity the programme takes."""
    grid = next((one for one in assessment.programme.limits if one.resource == "grid_mw"), None)
    if grid is None or not grid.limit:
        return voice.sentence("finding.power", "finding.power_unknown")
    used, rest = _parted(grid)
    args = {
        "idle": amount("grid_mw", grid.limit, voice), "used": amount("grid_mw", used, voice),
        "share": voice.percent((grid.first + grid.second) / grid.limit),
        "rest": amount("grid_mw", rest, voice),
        "waves": voice.say("finding.with_second") if assessment.programme.second.projects else "",
    }  # fmt: skip
    basis = "stated" if grid.basis == "stated" else "firm"
    key = f"finding.power_{basis}" if used else "finding.power_none"
    return voice.sentence("finding.power", key, **args)


def _parted(grid: LimitUse) -> tuple[float, float]:
    """What both waves take of a limit in MW and what stays, so that the parts add up as printed."""
    whole, *taken = (
        math.floor(one * 10 + 0.5) for one in (grid.limit or 0.0, grid.first, grid.second)
    )
    return sum(taken) / 10, max(0, whole - sum(taken)) / 10


def idle(assessment: Assessment, voice: Voice) -> str:
    """What both waves take of the idle power, and why the rest stays unused; empty where unknown."""
    found = assessment.programme
    grid = next((one for one in found.limits if one.resource == "grid_mw"), None)
    if grid is None or not grid.limit or not found.projects:
        return ""
    basis = "stated" if grid.basis == "stated" else "firm"
    waves = [
        voice.say(key, taken=amount("grid_mw", taken, voice))
        for key, taken in (
            ("idle.first" if found.first.effects.get("power") else "idle.none", grid.first),
            ("idle.second" if found.first.projects else "idle.only", grid.second),
        )
        if taken >= _LEAST
    ]
    if not waves:
        return ""
    text = voice.sentence(
        "idle", f"idle.{basis}", idle=amount("grid_mw", grid.limit, voice),
        waves=voice.say("effects.separator").join(waves),
        rest=amount("grid_mw", _parted(grid)[1], voice),
    )  # fmt: skip
    return voice.run_on((text, _unused(assessment, voice)))


def _unused(assessment: Assessment, voice: Voice) -> str:
    """What keeps the other ways to reuse power out of the programme; empty where there are none."""
    found = assessment.programme
    others = [key for key in assessment.readiness.order["power_reuse"] if not found.wave_of(key)]
    if not others or not found.projects:
        return ""
    why = Counter(_GROUNDS[verdict(key, assessment)] for key in others)
    parts = [voice.plural(f"idle.{ground}", count) for ground, count in why.most_common()]
    key = voice.plural_key("idle.others", len(others))
    return voice.sentence(
        "idle.others", key, count=len(others), parts=voice.say("effects.separator").join(parts)
    )


def _rest(assessment: Assessment, voice: Voice) -> str:
    """What it takes of rooms and people; empty where it takes none or nothing is known."""
    parts = [
        _taken(one, voice)
        for one in assessment.programme.limits
        if one.resource not in _APART and one.limit and one.first + one.second >= _LEAST
    ]
    if not parts:
        return ""
    return voice.sentence("finding.rest", "finding.rest", parts=voice.say("clause.separator").join(parts))  # fmt: skip


def _taken(one: LimitUse, voice: Voice) -> str:
    used = one.first + one.second
    return voice.say(
        "finding.taken", resource=voice.say(f"chart.resource.{one.resource}"),
        used=megawatts(used, voice), limit=amount(one.resource, one.limit or used, voice),
    )  # fmt: skip


def _beyond(assessment: Assessment, voice: Voice) -> str:
    """Limits that the region states above what its registers hold free; empty without any."""
    free = registered(assessment, voice)
    above = [
        one
        for one in assessment.programme.limits
        if one.basis == "stated" and one.limit and one.limit > free.get(one.resource, one.limit)
    ]
    if not above:
        return ""
    parts = voice.say("clause.separator").join(
        voice.say(
            "finding.beyond_part", resource=voice.say(f"chart.resource.{one.resource}"),
            limit=amount(one.resource, one.limit or 0.0, voice),
            free=amount(one.resource, free[one.resource], voice),
        )
        for one in above
    )  # fmt: skip
    needed = _needed_beyond(assessment, voice)
    return voice.sentence(
        "finding.beyond", "finding.beyond_both" if needed else "finding.beyond", parts=parts,
        needed=needed,
    )  # fmt: skip


def _needed_beyond(assessment: Assessment, voice: Voice) -> str:
    """What the projects take above what the registers hold, though within a stated limit."""
    free = registered(assessment, voice)
    return voice.say("clause.separator").join(
        voice.say(
            "finding.needed_part", resource=voice.say(f"chart.resource.{one.resource}"),
            used=megawatts(used, voice), limit=amount(one.resource, one.limit or 0.0, voice),
            free=amount(one.resource, free[one.resource], voice),
        )
        for one in assessment.programme.limits
        if one.basis == "stated"
        and one.resource not in _APART
        and (used := one.first + one.second) > free.get(one.resource, used)
    )  # fmt: skip


def beyond(assessment: Assessment, voice: Voice) -> str:
    """That a limit allows the projects more than its register holds; empty where none does."""
    needed = _needed_beyond(assessment, voice)
    return voice.sentence("point.beyond", "point.beyond", needed=needed) if needed else ""


def registered(assessment: Assessment, voice: Voice) -> dict[str, float]:
    """What the registers hold free of each resource in all, where that is known."""
    return {
        voice.knowledge.criteria[part.requirement.criterion_id].role: value
        for use in assessment.readiness.uses.values()
        for part in use.contributions
        if part.value.rule.startswith(_SUMMED) and (value := part.value.fact.value) is not None
    }


def _used_sites(assessment: Assessment, voice: Voice) -> list[str]:
    places = [one.place for one in assessment.programme.projects if one.place.number is not None]
    return list(dict.fromkeys(voice.name(one.name) for one in places))


def _built_on(assessment: Assessment, voice: Voice) -> str:
    used = _used_sites(assessment, voice)
    if not used:
        return ""
    return voice.sentence(
        "finding.built_on", "finding.built_on", all=len(assessment.region.sites), used=len(used),
        names=voice.several(used, _NAMED),
    )  # fmt: skip


def _halls(assessment: Assessment, voice: Voice) -> str:
    """Whose halls would hold the ledgers; empty where no owner is given or none is proposed."""
    is_asked = any(one.category == "blockchain" for one in assessment.programme.projects)
    owners = owners_of_halls(assessment, voice) if is_asked else ""
    return voice.sentence("finding.halls", "finding.halls", owners=owners) if owners else ""


def _outlook(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What rules encourage, what is missing most, and the first risk; what is not known is left out."""
    ids = [one.reference for one in assessment.swot.opportunities if one.kind == "rule"]
    rules = {rule.rule_id: rule for rule in voice.knowledge.rules}
    held = [rules[one] for one in ids if one in rules][:_NAMED]
    if held:
        names = dict.fromkeys(
            voice.say(
                "outlook.rule", instrument=voice.short_instrument(rule),
                activity=voice.name(voice.knowledge.activities[rule.activity].name),
            )
            for rule in held
        )  # fmt: skip
        parts = voice.say("clause.separator").join(names)
        yield voice.sentence("outlook.encouraged", "outlook.encouraged", parts=parts)
    gaps = [one for one in assessment.swot.weaknesses if one.gap is not None][:_NAMED]
    if gaps:
        criteria = voice.knowledge.criteria
        names = dict.fromkeys(voice.name(criteria[one.reference].name) for one in gaps)
        yield voice.sentence("outlook.gaps", "outlook.gaps", names=voice.join(names))
    for fired in own_risks(assessment)[:1]:
        yield voice.sentence(
            "outlook.risk", "outlook.risk", title=voice.name(fired.risk.title),
            owner=voice.lead(fired.risk.owner_office), count=len(assessment.risks),
        )  # fmt: skip


def _law(assessment: Assessment, voice: Voice) -> str:
    """On how many activities the projects must meet conditions before they start."""
    projects = assessment.programme.projects
    if not projects:
        return voice.sentence("finding.law", "finding.law_no_project")
    bound = {
        found.activity
        for one in projects
        for found in assessment.screening.of_use(one.use_id).of("conditional")
    }
    named = counted(len(projects), voice)
    if not bound:
        return voice.sentence("finding.law", "finding.law_free", projects=named)
    key = voice.plural_key("finding.law", len(bound))
    return voice.sentence("finding.law", key, projects=named, count=len(bound))


def _options(assessment: Assessment, voice: Voice) -> str:
    """How many options the law leaves open, and what became of them."""
    found = assessment.programme
    every, viable = counts(assessment)
    first, second = len(found.first.uses), len(found.second.uses)
    key = (
        "finding.options_closed" if not every
        else "finding.options_none" if not found.projects
        else "finding.options_next" if not first
        else "finding.options" if second
        else "finding.options_first"
    )  # fmt: skip
    return voice.sentence(
        "finding.options", key, all=every, viable=viable, first=first, second=second
    )


def _programme(assessment: Assessment, voice: Voice) -> str:
    """What the first wave brings and costs, and which share of the attainable that is."""
    first = assessment.programme.first
    if not first.projects:
        return answer("finding.programme", assessment, voice)
    shares = [
        voice.say(
            f"finding.share.{one.effect}",
            share=voice.percent(first.effects.get(one.effect, 0.0) / one.attainable),
        )
        for one in assessment.programme.objectives
        if one.attainable > 0 and first.effects.get(one.effect, 0.0) > 0
    ]
    return voice.sentence(
        "finding.programme", "finding.programme" if shares else "finding.programme_plain",
        projects=counted(len(first.projects), voice), effects=brought(first.effects, voice),
        capital=voice.about(*first.capital_range), shares=voice.say("effects.separator").join(shares),
    )  # fmt: skip


def _sites(assessment: Assessment, voice: Voice) -> str:
    """How many sites there are, how many of them mined, and on which the programme builds."""
    matches = assessment.sites
    if not matches:
        return voice.sentence("finding.sites", "sites.none")
    used = _used_sites(assessment, voice)
    mines = sum(1 for one in matches if one.is_former_mine)
    if mines:
        key = "finding.sites" if used else "finding.sites_unused"
    else:
        key = "finding.sites_no_mine" if used else "finding.sites_no_mine_unused"
    return voice.sentence(
        "finding.sites", key, all=len(matches), mines=mines, names=voice.several(used, _NAMED)
    )


def _people(assessment: Assessment, voice: Voice) -> str:
    """How many people of closing trades are free, and how many retraining could place."""
    skills = assessment.skills
    free = math.fsum(one.row.available_fte.value or 0.0 for one in skills.roles)
    if not free or not assessment.programme.projects:
        return ""
    moved = math.fsum(one.transferred for one in skills.shortages)
    is_short = any(one.short != 0 for one in skills.shortages)
    key = (
        "finding.people"
        if moved
        else "finding.people_none"
        if is_short
        else "finding.people_enough"
    )
    return voice.sentence(
        "finding.people", key, free=voice.number(free, 0), moved=voice.number(moved, 0)
    )
