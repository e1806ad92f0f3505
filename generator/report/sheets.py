"""A sheet for each project: what, what it has and needs, partners, money, steps, precedent, risk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.report.actions import month_of_end
from generator.report.bodies import fitting, title
from generator.report.demand import uncounted
from generator.report.earnings import income_told
from generator.report.firststeps import steps_of
from generator.report.funding import lead_of, of_programme
from generator.report.heat import heat_told
from generator.report.limits import held
from generator.report.money import is_from_elsewhere
from generator.report.nearness import near_of
from generator.report.needs import found, is_of_a_hall, missed
from generator.report.outlay import cost_per_job
from generator.report.ownrisks import main_risk, own_risks, titled_alone
from generator.report.places import owner_of_site
from generator.report.preconditions import preconditions
from generator.report.profiles import cautions, examples
from generator.report.projects import (
    brought,
    ends,
    firm,
    is_long,
    payback,
    project_rows,
)
from generator.report.risks import responsible
from generator.report.taskleads import owner_word
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import answers, does, numbered, numbers, numbers_of, task_at
from generator.report.yearcost import wages_word

if TYPE_CHECKING:
    from generator.model import Assessment, Institution, PlannedAction
    from generator.model.programme import Project
    from generator.report.task import Task
    from generator.report.voice import Voice

_SECOND = 2
_NAMED = 3
_ROOMS = frozenset({"hall", "water", "demand"})
"""Rooms of a site, and what customers bring, that no limit of the region counts."""
_STATUSES = ("signed", "intent", "talks")
"""How near a body is to taking part, the nearest first."""
_EXAMPLE = "D"
"""The grade of a row that only illustrates."""


def sheet_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """One sheet a project, the first wave before the second; empty texts where nothing is known."""
    programme, tasks = assessment.programme, tasks_of(assessment, voice)
    return [
        {**row, **_sheet(one, number, tasks, assessment, voice)}
        for number, wave in ((1, programme.first), (2, programme.second))
        for one, row in zip(wave.projects, project_rows(wave, assessment, voice), strict=True)
    ]


def _sheet(
    one: Project, wave: int, tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    use_id = one.use_id
    # A long programme has room for the first step alone of what is decided on later.
    is_later = wave == _SECOND and is_long(assessment)
    return {
        "what": voice.clauses(
            (_what(one, assessment, voice), *near_of(use_id, one.size, assessment, voice))
        ),
        "before": preconditions(one, assessment, voice, tasks),
        # What the word rests on stands in the chapter on choice stability.
        "firm": firm(one, assessment, voice, is_short=True),
        "brings": _brings(one, voice),
        "wave": voice.say(
            f"sheet.wave.{wave}" if assessment.programme.first.projects else "sheet.wave.only"
        ),
        "running": _running(one, voice),
        "payback": voice.clauses(
            filter(None, [_payback(use_id, voice), income_told(one, voice), heat_told(one, voice)])
        ),
        # What platforms take is much alike; a long programme tells it in the chapter of the programme.
        "takes": ""
        if is_long(assessment) and one.category != "power_reuse"
        else _takes(one, assessment, voice),
        "has": voice.clauses(found(one, assessment, voice)),
        "needs": voice.clauses(missed(one, assessment, voice)),
        "partners": voice.clauses(
            filter(
                None, [_partners(use_id, assessment, voice), owner_of_site(one, assessment, voice)]
            )
        ),
        "steps": [
            _step(one, use_id, tasks, assessment, voice)
            for one in steps_of(use_id, assessment, voice)
        ],
        # Of what is decided on later the warning says more than the example.
        "precedent": ""
        if is_later and cautions(use_id, voice)
        else "".join(examples(use_id, assessment, voice)[:1]),
        "failure": "".join(cautions(use_id, voice)[:1]),
        "risk": _risk(use_id, tasks, assessment, voice),
    }


def _brings(one: Project, voice: Voice) -> str:
    """What the project brings, and between which ends its jobs lie."""
    jobs = ends(one.jobs)
    text = brought(one.effects, voice)
    parts = [text, voice.say("project.jobs_by_tenants")] if one.jobs_by != "operator" else [text]
    if jobs is not None and round(jobs[0]) != round(jobs[1]):
        parts.append(
            voice.say("sheet.jobs", low=voice.number(jobs[0], 0), high=voice.number(jobs[1], 0))
        )
    return voice.clauses(parts)


def _running(one: Project, voice: Voice) -> str:
    """What the project costs a year, whose wages are in it, and its power at the price found here.

    The catalogue gives running cost as a share of capital, in which power has no part.
    """
    if one.running_cost is None:
        return voice.dash
    running = voice.say(
        "sheet.wages", running=voice.about(*one.running_cost), wages=wages_word(one, voice)
    )
    running = _per_job(one, running, voice)
    if one.power_cost is None:
        return voice.say("sheet.without_power", running=running)
    if not one.power_cost or one.yearly_cost is None:
        return running
    return voice.say(
        "sheet.power_cost", running=running, cost=voice.about(one.power_cost),
        total=voice.about(*one.yearly_cost),
    )  # fmt: skip


def _payback(use_id: str, voice: Voice) -> str:
    """The years, or who pays for such a project where no revenue is on record."""
    use = voice.knowledge.use(use_id)
    note = voice.text(use.revenue_note)
    if use.has_revenue or not note:
        return payback(use, voice)
    return voice.say("sheet.no_payback", note=note.rstrip(".。"))


def _per_job(one: Project, running: str, voice: Voice) -> str:
    """A running cost, with what it is a job where the catalogue speaks of another country."""
    ratio = cost_per_job([one], voice)
    if ratio is None or not is_from_elsewhere(voice):
        return running
    status = voice.choice("numbers_status", voice.knowledge.use(one.use_id).numbers_status)
    return voice.say("sheet.per_job", running=running, ratio=voice.about(*ratio), status=status)


def _takes(one: Project, assessment: Assessment, voice: Voice) -> str:
    """What the project takes at its size of the rooms of its site and of the region's limits."""
    fits = assessment.programme.candidates[one.use_id].fits
    bounds = next((fit.bounds for fit in fits if fit.place == one.place), ())
    rooms = [
        voice.say(
            f"sheet.takes.{bound.kind}", value=voice.rounded(bound.need * one.size),
            limit=voice.rounded(bound.amount),
            demand=voice.name(voice.knowledge.needs[one.use_id].demand),
        )
        for bound in bounds
        if bound.kind in _ROOMS and bound.need
    ]  # fmt: skip
    limits = [
        voice.say(f"flow.{each.resource}", value=held(each.resource, taken, voice, bare=True))
        if each.limit is None
        else voice.say(
            f"sheet.takes.{each.resource}", value=held(each.resource, taken, voice, bare=True),
            limit=held(each.resource, each.limit, voice, bare=True),
        )
        for each in assessment.programme.limits
        if each.resource != "capex" and (taken := one.needs.get(each.resource, 0.0))
    ]  # fmt: skip
    open_demand = uncounted("sheet.demand_open", one, assessment, voice)
    return voice.clauses(filter(None, [open_demand, *rooms, *limits]))


def _what(one: Project, assessment: Assessment, voice: Voice) -> str:
    """What the project is; of a hall to be built also what it must be designed for.

    Criteria of existing halls earn it points and say nothing of the new one, whose connection is
    counted as the catalogue counts a unit of it.
    """
    use = voice.knowledge.use(one.use_id)
    parts = [
        part
        for part in assessment.readiness.uses[one.use_id].contributions
        if is_of_a_hall(part, one, voice.knowledge) and part.value.fact.value is not None
    ]
    if not parts:
        return voice.name(use.what_it_is)
    needs, now = [], []
    for part in parts:
        key = part.requirement.criterion_id
        name = voice.name(voice.knowledge.criteria[key].name)
        needs.append(
            voice.say(
                voice.directed("sheet.design_need", key), criterion=name,
                target=voice.amount(part.requirement.target, key),
            )
        )  # fmt: skip
        value = voice.amount(part.value.fact.value or 0.0, key)
        now.append(voice.say("sheet.design_now", criterion=name, value=value))
    design = voice.say("sheet.design", needs=voice.join(needs), now=voice.join(now))
    per_unit = voice.knowledge.needs[one.use_id].grid_mw_per_unit
    if use.scale_mw and per_unit:
        design += voice.say("sheet.design_sized", ratio=voice.number(per_unit / use.scale_mw, 2))
    return voice.clauses((voice.name(use.what_it_is), design))


def _partners(use_id: str, assessment: Assessment, voice: Voice) -> str:
    """The bodies of the workbook by name and by how near they are to a signature."""
    rows = [one for one in assessment.region.institutions if one.use == use_id]
    parts = []
    for status in _STATUSES:
        held = [one for one in rows if one.status == status]
        names = list(dict.fromkeys(voice.name(one.name) for one in held))
        if names:
            parts.append(
                voice.say(
                    _partners_key(held), status=voice.choice("signature_status", status),
                    names=_several(names, voice),
                )
            )  # fmt: skip
    return voice.clauses(parts)


def _partners_key(held: Sequence[Institution]) -> str:
    """How far a signature is known: by the workbook alone, and as an example where nothing proves it."""
    if held[0].status != _STATUSES[0]:
        return "sheet.partners"
    is_example = all(one.grade == _EXAMPLE for one in held)
    return "sheet.partners_example" if is_example else "sheet.partners_signed"


def _several(names: list[str], voice: Voice) -> str:
    """Bodies by name, and how many more there are."""
    shown = fitting(names, _NAMED)
    if len(names) == len(shown):
        return voice.join(names)
    return voice.say("sheet.more", names=voice.join(shown), count=len(names) - len(shown))


def _step(
    one: PlannedAction, use_id: str, tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> str:
    found = numbers_of(tasks, does([one.action.action_id]), [use_id])
    alone = of_programme(one, assessment) == (use_id,) or any(
        task_at(place, tasks).uses == (use_id,) for place in found
    )
    lead = lead_of(one, (use_id,), voice, alone=alone)
    return voice.say(
        voice.plural_key("sheet.step_numbered", len(found)) if found else "sheet.step",
        task=title(one, voice, use_id), tasks=numbers(found, voice), lead=owner_word(one, lead, assessment, voice),
        by=month_of_end(one, assessment.region.plan_from, voice),
    )  # fmt: skip


def _risk(use_id: str, tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """The risk most its own; where the chapter on risks tells it, by name alone."""
    one = main_risk(use_id, assessment)
    if one is None:
        return ""
    title = titled_alone(one, [use_id], assessment, voice)
    if one in own_risks(assessment):
        return title
    return voice.say(
        "sheet.risk", title=title,
        mitigation=numbered(
            voice.name(one.risk.mitigation), numbers_of(tasks, answers(one.risk, voice), [use_id]), voice
        ).rstrip(".。"),
        owner=responsible(one, [use_id], voice),
    )  # fmt: skip
