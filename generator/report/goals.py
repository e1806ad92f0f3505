"""What the programme is to reach: the idea behind it, its principles, dated goals and indicators."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.report.actions import month, months, plan_months
from generator.report.funding import owner
from generator.report.projects import EFFECTS, amount_of, counted, with_unit
from generator.report.tasklist import before_works, law_ends, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Assessment, Baseline, MonitoringRow
    from generator.model.programme import Project
    from generator.report.tasklist import Task
    from generator.report.voice import Voice

_OF_SITES = "site"
"""The group of criteria that ask for a unit of the catalogue, whatever the size of the project: a
survey makes no site larger."""
_OWNERS = 2
_USES = 6


def goal_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `goals` fields: idea, principles, goals by date, indicators that the programme can move."""
    tasks = tasks_of(assessment, voice)
    rows = [
        *_results(assessment, voice),
        *_lawful(assessment, voice),
        *_measured(assessment, tasks, voice),
    ]
    return {
        "idea": _idea(assessment, voice),
        "principles": [
            {"name": voice.say(f"goal.name_{key}"), "text": text}
            for key, text in _principles(assessment, voice)
        ],
        "lines": list(_lines(assessment, voice)),
        "late": _late(assessment, voice),
        "finding": _finding(rows, voice),
        "indicators": rows,
    }


# --- idea and principles --------------------------------------------------------------------------


def _idea(assessment: Assessment, voice: Voice) -> str:
    """What is at hand, what it is to serve, and what it may not."""
    found = assessment.programme
    grid = next((one for one in found.limits if one.resource == "grid_mw"), None)
    region = voice.name(assessment.region.name)
    idle = None if grid is None or not grid.limit else grid.limit
    key = "goal.idea" if idle else "goal.idea_unmeasured"
    parts = [
        voice.sentence(
            "goals.idea", key, region=region,
            idle=voice.dash if idle is None else voice.say("power", value=voice.number(idle, 1)),
        )
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
    return voice.run_on(parts)


def _principles(assessment: Assessment, voice: Voice) -> Iterable[tuple[str, str]]:
    """Rules for the work, each tied to what was found."""
    found, screening = assessment.programme, assessment.screening
    cleared = sum(len(ids) for ids in assessment.readiness.order.values())
    passed = "goal.principle_law" if cleared else "goal.principle_law_none"
    passed = passed if screening.bearing else "goal.principle_law_open"
    yield (
        "law",
        voice.sentence("goals.law", passed, rules=len(screening.bearing), cleared=cleared),
    )
    limit = next((one for one in found.limits if one.resource == "capex"), None)
    if found.first.projects and limit is not None and limit.limit is not None:
        yield "money", voice.sentence("goals.money", "goal.principle_money", limit=voice.millions(limit.limit),
            taken=voice.millions(limit.first),
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
        share = voice.whole(assessment.confidence.illustrative_pct)
        yield "data", voice.sentence("goals.data", "goal.principle_data", share=share)


# --- goals ----------------------------------------------------------------------------------------


def _until(assessment: Assessment, voice: Voice) -> str:
    """The end of the plan, by month; the month in which all stands where the plan has no end."""
    end = assessment.region.plan_until
    if end is not None:
        return voice.month(end.year, end.month)
    last = _last(assessment.action_plan.stands, assessment.programme.projects)
    return month(last, assessment.region.plan_from, voice)


def _last(found: Mapping[str, float], projects: Iterable[Project]) -> int:
    """The month, 0 the first, by whose end all of these projects have come so far."""
    return max(0, math.ceil(max((found[one.use_id] for one in projects), default=1.0)) - 1)


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
            until=_until(assessment, voice),
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
        until=month(_last(assessment.action_plan.stands, first.projects), start, voice),
        effects=voice.say("effects.separator").join(parts),
    )  # fmt: skip


def _reached(name: str, amount: float, assessment: Assessment, voice: Voice) -> str:
    """An effect with its unit; power with its share of what stands idle, where that is known."""
    text = with_unit(name, amount, voice)
    grid = next((one for one in assessment.programme.limits if one.resource == "grid_mw"), None)
    if name != "power" or grid is None or not grid.limit:
        return text
    idle = voice.say("power", value=voice.number(grid.limit, 1))
    share = voice.percent(amount / grid.limit)
    return voice.say("goal.idle_share", power=text, share=share, idle=idle)


def _late(assessment: Assessment, voice: Voice) -> str:
    """Projects that may stand only after the plan ends, since law comes before their works."""
    region, whole = assessment.region, plan_months(assessment.region)
    if whole is None:
        return ""
    begins = assessment.action_plan.begins
    late = [
        one
        for one in assessment.programme.first.projects
        if begins[one.use_id] and begins[one.use_id] + one.months[1] > whole
    ]
    if not late:
        return ""
    ready = _last(begins, late)
    ends = (min(one.months[0] for one in late), max(one.months[1] for one in late))
    return voice.sentence(
        "goals.late", "goal.late", uses=voice.uses([one.use_id for one in late], _USES),
        ready=month(ready, region.plan_from, voice), months=voice.extent(ends),
        until=_until(assessment, voice),
    )  # fmt: skip


# --- indicators -----------------------------------------------------------------------------------


def _finding(rows: Sequence[dict[str, object]], voice: Voice) -> str:
    if not rows:
        return ""
    binding = sum(1 for row in rows if row["kind_band"] == "binding")
    key = "goal.indicators" if binding else "goal.indicators_expected"
    return voice.sentence(
        "goals.indicators", key, count=len(rows),
        binding=voice.plural("goal.binding", binding) if binding else "",
    )  # fmt: skip


def _row(
    name: str, baseline: str, target: str, office: str, due: str, voice: Voice, *, is_binding: bool
) -> dict[str, object]:
    return {
        "indicator": name,
        "baseline": baseline,
        "target": target,
        "kind": voice.say("indicator.binding" if is_binding else "indicator.expected"),
        "kind_band": "binding" if is_binding else "expected",
        "owner": office,
        "due": due,
    }


def _results(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """Projects begun and what they bring, from nothing to the programme's amounts."""
    first = assessment.programme.first
    if not first.projects:
        return
    start = assessment.region.plan_from
    ready, built = (
        _last(found, first.projects)
        for found in (assessment.action_plan.begins, assessment.action_plan.stands)
    )
    begun, due = (months(one, one, start, voice) for one in (ready, built))
    zero = voice.number(0.0, 0)
    yield _row(
        voice.say("goal.indicator.projects"), zero, voice.number(len(first.projects), 0),
        _owners([(one, 1.0) for one in first.projects], voice), begun, voice, is_binding=False,
    )  # fmt: skip
    for name in EFFECTS:
        amount = first.effects.get(name, 0.0)
        if amount > 0:
            share = [(one, one.effects.get(name, 0.0)) for one in first.projects]
            yield _row(
                voice.say(f"goal.indicator.{name}"), zero, amount_of(name, amount, voice),
                _owners(share, voice), due, voice, is_binding=False,
            )  # fmt: skip


def _owners(shares: Iterable[tuple[Project, float]], voice: Voice) -> str:
    """Offices of the projects that bring most of it."""
    order = sorted((pair for pair in shares if pair[1] > 0), key=lambda pair: -pair[1])
    names = list(dict.fromkeys(owner(one.use_id, voice) for one, _ in order))
    return voice.join(names[:_OWNERS])


def _lawful(assessment: Assessment, voice: Voice) -> Iterable[dict[str, object]]:
    """Conditions and procedures that are settled before works begin."""
    own, last = before_works(assessment), law_ends(assessment)
    if not own or last is None or not assessment.programme.projects:
        return
    leads: dict[str, int] = {}
    for one in own:
        lead = voice.lead(one.action.lead_office)
        leads[lead] = leads.get(lead, 0) + 1
    most = sorted(leads, key=lambda office: -leads[office])
    yield _row(
        voice.say("goal.indicator.lawful"), voice.number(0.0, 0), voice.number(len(own), 0),
        voice.join(most[:_OWNERS]), months(last, last, assessment.region.plan_from, voice), voice,
        is_binding=True,
    )  # fmt: skip


def _measured(
    assessment: Assessment, tasks: Sequence[Task], voice: Voice
) -> Iterable[dict[str, object]]:
    """What the tasks of the brief move from a value that the workbook gives."""
    start = assessment.region.plan_from
    own = {one.action.action.action_id: one for one in tasks if one.action is not None}
    for row in assessment.action_plan.monitoring:
        baseline = row.baseline
        if row.action_id not in own or baseline is None:
            continue
        if baseline.use_id not in assessment.programme.uses:
            continue
        if voice.knowledge.criteria[baseline.value.criterion_id].group == _OF_SITES:
            continue
        last = own[row.action_id].last
        name = voice.say(
            "goal.indicator_for", indicator=voice.name(row.indicator),
            use=voice.use(baseline.use_id),
        )  # fmt: skip
        yield _row(
            name, _amount(baseline.value.fact.value, baseline, voice),
            _target(row, baseline, voice), voice.lead(row.owner_office),
            months(last, last, start, voice), voice,
            is_binding=row.is_binding and _is_missed(baseline, voice),
        )  # fmt: skip


def _is_missed(baseline: Baseline, voice: Voice) -> bool:
    """Whether the value misses what the use cannot do without."""
    value = baseline.value.fact.value
    if value is None:
        return False
    criterion = voice.knowledge.criteria[baseline.value.criterion_id]
    is_lower = criterion.direction == "lower_better"
    return value > baseline.minimum if is_lower else value < baseline.minimum


def _target(row: MonitoringRow, baseline: Baseline, voice: Voice) -> str:
    """The value that the use asks for; what it cannot do without where that is missed and binds."""
    criterion = voice.knowledge.criteria[baseline.value.criterion_id]
    is_short = row.is_binding and _is_missed(baseline, voice)
    bound = baseline.minimum if is_short else baseline.target
    if criterion.unit.text("en") == "0/1":
        return _amount(bound, baseline, voice)
    side = "at_most" if criterion.direction == "lower_better" else "at_least"
    return voice.say(side, value=_amount(bound, baseline, voice))


def _amount(value: float | None, baseline: Baseline, voice: Voice) -> str:
    """An amount in the words of a reader, who does not count in full-time equivalents."""
    unit = voice.knowledge.criteria[baseline.value.criterion_id].unit.text("en")
    key = f"unit_in_brief.{unit}"
    if value is not None and key in voice.texts.table:
        return voice.say(key, value=voice.number(value))
    return voice.amount(value, baseline.value.criterion_id)
