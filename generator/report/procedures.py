"""The procedures that the plan or its projects go through, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import based
from generator.report.conditions import by_id
from generator.report.duties import procedures_before
from generator.report.funding import filer
from generator.report.gates import answerer
from generator.report.tables import begun
from generator.report.tasklist import goes_through, tasks_of
from generator.report.tasknumbers import Place, numbers, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment, Procedure, Use
    from generator.report.voice import Voice

_MOST_NAMED = 2
_NAMED_PROCEDURES = 4


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
    """How many procedures apply, and how many of them are tasks of the brief; empty for none."""
    due = assessment.procedures
    if not due:
        return ""
    uses = assessment.programme.uses
    most = max((len(procedures_before(use_id, assessment)) for use_id in uses), default=0)
    told = sum(len(names) for _, _, names in _taken(assessment, voice))
    if told:
        key = voice.plural_key("law.procedures_tasks", told)
        return voice.sentence("law.procedures_line", key, count=len(due), most=most, told=told)
    names = [voice.name(one.procedure.name) for one in due[:_NAMED_PROCEDURES]]
    return voice.sentence(
        "law.procedures_line", "law.procedures_line", count=len(due), most=most,
        names=voice.join(names),
    )  # fmt: skip


def procedure_tasks(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The procedures that are tasks of the brief, by lead body, with the numbers of their tasks."""
    return [
        {"name": begun(voice.join(names)), "lead": lead, "tasks": numbers(found, voice)}
        for lead, found, names in _taken(assessment, voice)
    ]


def _taken(
    assessment: Assessment, voice: Voice
) -> Iterator[tuple[str, Sequence[Place], list[str]]]:
    """Lead bodies in the order of their tasks, each with these and the procedures that go through them."""
    tasks = tasks_of(assessment, voice)
    held: dict[str, tuple[set[Place], list[str]]] = {}
    for due in assessment.procedures:
        found = numbers_of(tasks, goes_through({due.procedure.procedure_id}))
        if found:
            taken, names = held.setdefault(voice.lead(due.procedure.lead_office), (set(), []))
            taken.update(found)
            names.append(voice.name(due.procedure.name))
    for lead in sorted(held, key=lambda one: sorted(held[one][0])):
        taken, names = held[lead]
        yield lead, sorted(taken), names


def start_line(assessment: Assessment, voice: Voice) -> str:
    """What a first page says of procedures: the project of the first wave with the most of them.

    Told are how many these are, the first with its office, and how many the others go through; empty
    for none.
    """
    found = {use: procedures_before(use, assessment) for use in assessment.programme.first.uses}
    if not any(found.values()):
        return ""
    use = max(found, key=lambda one: len(found[one]))
    own, others = found.pop(use), sorted(len(one) for one in found.values())
    due = own[0]
    return voice.sentence(
        "law.start", voice.plural_key("law.start" if others else "law.start_alone", len(own)),
        count=len(own), project=voice.use(use), procedure=voice.name(due.procedure.name),
        office=answerer(due.procedure, use, assessment, voice)
        if due.procedure.question
        else filer(due, use, voice),
        others=_others(others, voice),
    )  # fmt: skip


def _others(counts: Sequence[int], voice: Voice) -> str:
    """How many procedures the other projects go through, the fewest first; empty for no others."""
    if not counts:
        return ""
    low, high = counts[0], counts[-1]
    if low != high:
        return voice.say("law.start_others", low=low, high=high)
    return voice.say("law.start_others_alike" if high else "law.start_others_none", low=low)


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
