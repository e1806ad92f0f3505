"""What the programme is to reach: the idea behind it, its principles, dated goals and indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.indicators import indicator_rows, last_month, prepared_in
from generator.report.inplan import effect_in_plan, open_in_plan, open_month, told, told_effect
from generator.report.projects import EFFECTS, counted, with_unit
from generator.report.tasklist import before_works, law_ends

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_USES, _LATE = 6, 2


def goal_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `goals` fields: idea, principles, goals by date, indicators that the programme can move."""
    rows = indicator_rows(assessment, voice)
    return {
        "idea": _idea(assessment, voice),
        "principles": [
            {"name": voice.say(f"goal.name_{key}"), "text": text}
            for key, text in _principles(assessment, voice)
        ],
        "lines": list(_lines(assessment, voice)),
        "late": voice.run_on(
            filter(None, (_late(assessment, voice), _own_units(assessment, voice)))
        ),
        "finding": _finding(rows, voice),
        "indicators": rows,
        "kinds_differ": len({one["kind"] for one in rows}) > 1,
    }


def _idea(assessment: Assessment, voice: Voice) -> str:
    """What is at hand, what it is to serve, and what it may not."""
    found = assessment.programme
    grid = found.idle_grid
    region = voice.name(assessment.region.name)
    idle = None if grid is None else grid.limit
    key = "goal.idea" if idle else "goal.idea_unmeasured"
    parts = [
        _opening(assessment, voice),
        voice.sentence(
            "goals.idea", key, region=region,
            idle=voice.dash if idle is None else voice.say("power", value=voice.number(idle, 2)),
        ),
    ]  # fmt: skip
    if found.first.projects:
        parts.append(
            voice.sentence(
                "goals.choice", "goal.choice",
                count=counted(len(found.first.projects), voice),
                uses=voice.uses(found.first.uses, _USES),
            )
        )  # fmt: skip
    elif found.second.projects:
        parts.append(
            voice.sentence(
                "goals.choice", "goal.choice_later",
                count=counted(len(found.second.projects), voice),
                uses=voice.uses(found.second.uses, _USES),
            )
        )  # fmt: skip
    return voice.run_on(filter(None, parts))


def _opening(assessment: Assessment, voice: Voice) -> str:
    """What papers of the place open with, as long as they do; empty for most places."""
    region, known = assessment.region, voice.knowledge
    here = known.parts(known.lineage(region.jurisdiction), region.admin_code)
    day = assessment.screening.as_of
    for one in known.places:
        is_open = one.opening_until is None or day <= one.opening_until
        if one.place in here and one.opening and is_open:
            return voice.text(one.opening)
    return ""


def _principles(assessment: Assessment, voice: Voice) -> Iterable[tuple[str, str]]:
    """Rules for the work, each tied to what was found."""
    found, screening = assessment.programme, assessment.screening
    cleared = sum(len(ids) for ids in assessment.readiness.order.values())
    passed = "goal.principle_law" if cleared else "goal.principle_law_none"
    passed = passed if screening.bearing else "goal.principle_law_open"
    yield (
        "law",
        voice.sentence("goals.law", passed),
    )
    limit = next((one for one in found.limits if one.resource == "capex"), None)
    if found.first.projects and limit is not None and limit.limit is not None:
        yield "money", voice.sentence("goals.money", "goal.principle_money", limit=voice.millions(limit.limit),
            taken=voice.about(limit.first),
        )  # fmt: skip
    if found.first.projects and found.second.projects:
        yield "waves", voice.sentence("goals.waves", "goal.principle_waves",
            first=counted(len(found.first.projects), voice),
            second=counted(len(found.second.projects), voice),
        )  # fmt: skip
    signed = sum(1 for row in assessment.region.institutions if row.status == "signed")
    if signed and found.projects:
        yield "partners", voice.sentence("goals.partners", "goal.principle_partners", signed=signed)
    if assessment.confidence.is_illustrative:
        yield "data", voice.sentence("goals.data", "goal.principle_data")


def _until(assessment: Assessment, voice: Voice) -> str:
    """The end of the plan, by month; the month in which all is open where the plan has no end."""
    end = assessment.region.plan_until
    if end is not None:
        return voice.month(end.year, end.month)
    return open_month(assessment.programme.projects, assessment, voice)


def _prepared_by(assessment: Assessment, voice: Voice) -> str:
    """The month in which the tasks end that prepare the second wave; the plan's end without any."""
    last = prepared_in(assessment, voice)
    if last is None:
        return _until(assessment, voice)
    return month(last, assessment.region.plan_from, voice)


def _lines(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What is reached by when: the law's conditions first, then projects and effects."""
    found = assessment.programme
    if not found.projects:
        return
    start = assessment.region.plan_from
    lawful = law_ends(assessment)
    if lawful is not None:
        count = len(before_works(assessment))
        yield voice.sentence(
            "goals.lawful", voice.plural_key("goal.lawful", count), count=count,
            end=month(lawful, start, voice),
        )  # fmt: skip
    first = found.first
    if not first.projects:
        yield voice.sentence(
            "goals.later", "goal.prepared", count=counted(len(found.second.projects), voice),
            until=_prepared_by(assessment, voice),
        )  # fmt: skip
        return
    parts = [
        _reached(name, first.effects[name], assessment, voice)
        for name in EFFECTS
        if first.effects.get(name, 0.0) > 0
    ]
    yield voice.sentence(
        "goals.reached",
        voice.plural_key("goal.reached", len(first.projects)) if parts else "goal.reached_none",
        count=counted(len(first.projects), voice),
        until=open_month(first.projects, assessment, voice),
        late=open_month(first.projects, assessment, voice, "longer"),
        effects=voice.say("effects.separator").join(parts),
    )  # fmt: skip
    yield from _in_time(assessment, voice)


def _in_time(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What of the first wave is open when the plan ends, where that may not be all."""
    projects = assessment.programme.first.projects
    late, early = (
        len(open_in_plan(projects, assessment, time)) for time in ("longer", "shorter")
    )  # fmt: skip
    if late == len(projects):
        return
    # People reached are counted once for several projects, so those of some are no part of all.
    ends = {name: effect_in_plan(name, projects, assessment) for name in EFFECTS[:2]}
    parts = [
        voice.say(f"effect.{name}", value=told_effect(name, own, voice))
        for name, own in ends.items()
        if own[1] > 0
    ]
    key = "in_time.goal" if early else "in_time.goal_none"
    yield voice.sentence(
        "in_time.goal", key if parts or not early else "in_time.goal_bare",
        until=_until(assessment, voice), all=len(projects),
        open=told((late, early), (str(late), str(early)), voice),
        effects=voice.say("effects.separator").join(parts),
        none=voice.say("in_time.least_none") if early and not late else "",
    )  # fmt: skip


def _reached(name: str, amount: float, assessment: Assessment, voice: Voice) -> str:
    """An effect with its unit; power with its share of what stands idle, where that is known."""
    text = with_unit(name, amount, voice)
    grid = assessment.programme.idle_grid
    if name != "power" or grid is None or not grid.limit:
        return text
    idle = voice.say("power", value=voice.number(grid.limit, 2))
    share = voice.percent(amount / grid.limit)
    return voice.say("goal.idle_share", power=text, share=share, idle=idle)


def _late(assessment: Assessment, voice: Voice) -> str:
    """Why projects may open only after the plan ends: law comes before works; empty where none may."""
    region, plan, whole = assessment.region, assessment.action_plan, assessment.region.plan_months
    if whole is None:
        return ""
    ends = {
        one.use_id: plan.opens[one.use_id].longer for one in assessment.programme.first.projects
    }
    late = [one for one in assessment.programme.first.projects if ends[one.use_id] > whole]
    if not late:
        return ""
    last = [one.use_id for one in late if ends[one.use_id] == max(ends.values())]
    builds = (min(one.months[0] for one in late), max(one.months[1] for one in late))
    return voice.sentence(
        "goals.late", "goal.late", uses=voice.uses(last, _LATE), months=voice.extent(builds),
        ready=month(last_month(plan.begins, late), region.plan_from, voice),
    )  # fmt: skip


def _own_units(assessment: Assessment, voice: Voice) -> str:
    """How the targets of projects in their own units were set; empty without one."""
    measured = {one.use_id for one in voice.knowledge.milestones if one.amount is not None}
    if measured.isdisjoint(assessment.programme.first.uses):
        return ""
    return voice.sentence("goals.own_units", "goal.indicators_own")


def _finding(rows: Sequence[dict[str, object]], voice: Voice) -> str:
    if not rows:
        return ""
    binding = sum(1 for row in rows if row["kind_band"] == "binding")
    key = "goal.indicators" if binding else "goal.indicators_expected"
    return voice.sentence(
        "goals.indicators", key, count=len(rows),
        binding=voice.plural("goal.binding", binding) if binding else "",
    )  # fmt: skip
