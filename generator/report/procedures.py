"""The procedures that the plan or its projects go through, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from generator.choices.votes import DECIDES
from generator.model.law import ReadKind
from generator.report.citation import based, kinds_of
from generator.report.conditions import by_id
from generator.report.duties import steps_of
from generator.report.tables import begun, inner
from generator.report.task import is_at
from generator.report.tasklist import goes_through, tasks_of
from generator.report.tasknumbers import Place, numbers, numbers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.model import Assessment, Procedure, Use
    from generator.report.duties import Steps
    from generator.report.task import Task
    from generator.report.voice import Voice

_TOLD = 6
"""Projects whose procedures are told one by one."""
_OTHERS = 2
"""Procedures without a task that a brief names."""
_MOST_NAMED = 2
_UNREAD = 3
"""Procedures that a brief names whose texts nobody read."""
_READ = get_args(ReadKind)
_ROLE, _COUNSEL = "role", "legal_counsel"
"""The kind of an office that is no authority, and the one of these that examines what others do."""


def procedure_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The procedures that apply, each with what it asks, its basis and what was read of it."""
    uses = by_id(voice)
    return [
        {
            "name": voice.name(due.procedure.name),
            "lead": voice.lead(due.procedure.lead_office),
            "basis": based(due.procedure, voice),
            "what": voice.name(due.procedure.what),
            "uses": _for_uses(due.uses, uses, voice),
            "trace": _procedure_trace(due.procedure, voice),
        }
        for due in assessment.procedures
    ]


def procedures_line(assessment: Assessment, voice: Voice) -> str:
    """Where the procedures that apply are told, and which are no task; empty for none.

    How many steps of law there are stands with the tasks alone.
    """
    due = assessment.procedures
    if not due:
        return ""
    lines = []
    if not assessment.programme.uses:
        lines.append(voice.sentence("law.procedures_line", "law.procedures_alone", count=len(due)))
    named = [name for _, _, names in _taken(assessment, voice) for name in names]
    others = [name for one in due if (name := voice.name(one.procedure.name)) not in named]
    if 0 < len(others) <= _OTHERS:
        lines.append(
            voice.sentence(
                "law.procedures_others", "law.procedures_others", names=voice.join(others)
            )
        )
    if named:
        lines.insert(0, voice.sentence("law.procedures_tasks", "law.procedures_tasks"))
    return voice.run_on((_by_project(assessment, voice), *lines))


def _by_project(assessment: Assessment, voice: Voice) -> str:
    """Which procedures every platform has, which every project on a site, and which single ones have besides.

    Empty of a long programme: the table of procedures and the tasks tell them.
    """
    uses = by_id(voice)
    if len(assessment.programme.uses) > _TOLD:
        return ""
    kinds = [
        (name, {key for key in assessment.programme.uses if uses[key].category == category})
        for name, category in (("platform", "blockchain"), ("site", "power_reuse"))
    ]
    held: dict[str, list[str]] = {
        voice.plural(f"law.every_{kind}", len(every)): [] for kind, every in kinds if every
    }
    for due in assessment.procedures:
        own, name = set(due.uses), inner(voice.name(due.procedure.name))
        for kind, every in kinds:
            if every and every <= own:
                held[voice.plural(f"law.every_{kind}", len(every))].append(name)
                own -= every
        rest = [key for key in assessment.programme.uses if key in own]
        if rest:
            held.setdefault(voice.listed(map(voice.use, rest)), []).append(name)
    parts = [
        voice.say("law.goes_through", whom=whom, names=voice.listed(names))
        for whom, names in held.items()
        if names
    ]
    if not parts:
        return ""
    return voice.sentence("law.by_project", "law.by_project", parts=begun(voice.clauses(parts)))


def procedures_read(assessment: Assessment, voice: Voice) -> str:
    """How many texts the procedures that apply rest on, what was read of them, and whose nobody read; or nothing."""
    held: dict[str, dict[str, str]] = {}
    for due in assessment.procedures:
        for text, kind in kinds_of(due.procedure, voice):
            held.setdefault(kind, {}).setdefault(text, voice.name(due.procedure.name))
    if not held:
        return ""
    parts = {
        one: voice.say(f"law.read.{one}", count=len(held[one])) for one in _READ if one in held
    }
    if "none" in held:
        names = [*dict.fromkeys(map(inner, held["none"].values()))]
        parts["none"] = voice.say(
            "law.unread_named", read=parts["none"], names=voice.several(names, _UNREAD)
        )
    return voice.sentence(
        "law.read_procedures", "law.read_procedures", count=sum(map(len, held.values())),
        parts=voice.clauses(parts.values()),
    )  # fmt: skip


def _steps(each: Sequence[Steps], voice: Voice) -> str:
    """How many steps projects have before works and before launch, the fewest to the most."""
    if not each:
        return ""
    works = _span([one.works for one in each], voice)
    launch = [one.launch for one in each]
    key = "law.steps" if any(launch) else "law.steps_works"
    return voice.say(key, works=works, launch=_span(launch, voice))


def _span(counts: Sequence[int], voice: Voice) -> str:
    low, high = min(counts), max(counts)
    return voice.number(low, 0) if low == high else voice.extent((low, high))


def procedure_tasks(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The procedures that are tasks of the brief, by who decides or examines, with the numbers of their tasks."""
    return [
        {"name": begun(voice.join(names)), "lead": lead, "tasks": numbers(found, voice)}
        for lead, found, names in _taken(assessment, voice)
    ]


def _taken(
    assessment: Assessment, voice: Voice
) -> Iterator[tuple[str, Sequence[Place], list[str]]]:
    """Who decides or examines, in the order of their tasks, each with these and the procedures that go through them."""
    tasks = tasks_of(assessment, voice)
    held: dict[str, tuple[set[Place], list[str]]] = {}
    for due in assessment.procedures:
        found = numbers_of(tasks, passes(due.procedure))
        if found:
            decides = _deciding(due.procedure, voice)
            taken, names = held.setdefault(decides, (set(), []))
            taken.update(found)
            names.append(voice.name(due.procedure.name))
    for lead in sorted(held, key=lambda one: sorted(held[one][0])):
        taken, names = held[lead]
        yield lead, sorted(taken), names
    if left := _by_rule_alone(assessment, tasks):
        yield voice.say("law.procedures_in_task"), left, [voice.say("law.procedures_by_rule")]


def passes(procedure: Procedure) -> Callable[[Task], bool]:
    """Whether a task goes through a procedure; a vote goes through what the deciding body does."""
    through = goes_through({procedure.procedure_id})
    return lambda one: through(one) or (procedure.lead_office == DECIDES and is_at(one, "vote"))


def _by_rule_alone(assessment: Assessment, tasks: Sequence[Task]) -> list[Place]:
    """The tasks of the law that no procedure asks for: conditions of a rule."""
    every = [passes(due.procedure) for due in assessment.procedures]
    return numbers_of(
        tasks, lambda one: one.part == "law" and not any(passed(one) for passed in every)
    )


def _deciding(procedure: Procedure, voice: Voice) -> str:
    """The authority that decides on a procedure or examines it; what an operator does itself has none."""
    office = voice.knowledge.office(procedure.lead_office)
    if office.kind == _ROLE and procedure.lead_office != _COUNSEL:
        return voice.say("law.procedures_own")
    return voice.lead(procedure.lead_office)


def start_line(assessment: Assessment, voice: Voice) -> str:
    """What a first page says of procedures: how many each project of the first wave has; or none."""
    uses = assessment.programme.first.uses
    steps = [steps_of(one, assessment) for one in uses]
    if not any(map(any, steps)):
        return ""
    return voice.sentence(
        "law.start", "law.start" if len(uses) > 1 else "law.start_alone",
        steps=_steps(steps, voice),
    )  # fmt: skip


def _for_uses(ids: tuple[str, ...], uses: dict[str, Use], voice: Voice) -> str:
    """The uses that call for a procedure, shortened when there are many."""
    names = [voice.name(uses[use_id].name) for use_id in ids]
    if not names:
        return voice.say("law.every_plan")
    if len(names) <= _MOST_NAMED:
        return voice.join(names)
    first = voice.join(names[:_MOST_NAMED])
    return voice.say("procedure.uses", first=first, count=len(names) - _MOST_NAMED)


def _procedure_trace(procedure: Procedure, voice: Voice) -> str:
    """The official page where one is on file; said to be unread unless it was what was read."""
    page = procedure.official_locator
    if page and procedure.read_kind != "official":
        page = voice.say("law.reference_unread", page=page)
    return page or voice.say("law.no_reference")
