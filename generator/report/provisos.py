"""What is settled before contracts, land, permits and works: whether the body may act, who owns, law, money, texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.funding import PAYS
from generator.report.tasklist import goes_through, tasks_of
from generator.report.tasknumbers import Place, numbers, numbers_of, task_at
from generator.report.votes import approved_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment
    from generator.report.task import Task
    from generator.report.voice import Voice

_LEGAL = "justice_bureau"
"""The office that reads what is put to a vote for its legality."""
_OPINION = "opinion"
"""What a task settles that brings these opinions; the vote waits for them, not what is filed after."""
_AWARD = "award"
_BOTH = frozenset({"procedure", "money"})
"""What two tasks settle where the law asks for either opinion by itself."""


def held_back(
    ask: str, parts: Sequence[str], assessment: Assessment, voice: Voice
) -> dict[str, str]:
    """What is asked, and its terms: those given, the opinions that go with the paper, what waits.

    Args:
        ask: The decision that opens the preparation, without a term.
        parts: Its own terms, such as that no money is approved.
        assessment: The results of one region.
        voice: Numbers the tasks of the planning brief and names their last month.
    """
    tasks, start = tasks_of(assessment, voice), assessment.region.plan_from
    terms = [*parts, *_opinions(tasks, assessment, voice)]
    found = holding(tasks, assessment)
    if found:
        named = [voice.say("decision.held_asked")] if _numbers_asked(tasks, assessment) else []
        kinds = {_settles(one) for place in found for one in task_at(place, tasks).each}
        named += [
            voice.name(label)
            for kind, label in voice.knowledge.choices["settled"].items()
            if kind in kinds
        ]
        terms.append(
            voice.say(
                voice.plural_key("decision.terms", len(found)),
                tasks=numbers(found, voice), what=voice.join(named),
                by=month(max(task_at(place, tasks).last for place in found), start, voice),
            )
        )  # fmt: skip
    return {"ask": ask, "terms": voice.clauses(terms)}


def settled_by(assessment: Assessment, voice: Voice) -> int | None:
    """The last month, 0 the first, of the tasks that all filing waits for; None without one."""
    tasks = tasks_of(assessment, voice)
    return max((task_at(place, tasks).last for place in holding(tasks, assessment)), default=None)


def cosigners(voice: Voice) -> str:
    """The offices whose opinions go with the first paper, as they sign it."""
    return voice.join(voice.office(key) for key in (PAYS, _LEGAL))


def opinions_brief(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """The same without the numbers of tasks, which a first page does not hold."""
    tasks = tasks_of(assessment, voice)
    if [*_opinions(tasks, assessment, voice)]:
        yield voice.say(
            "decision.opinions_brief", finance=voice.office(PAYS), legal=voice.office(_LEGAL)
        )


def _opinions(tasks: list[Task], assessment: Assessment, voice: Voice) -> Iterator[str]:
    """That the opinions of the finance and the legal office come with the paper, and by which tasks.

    By a task of its own, or by those that settle both by the month of the vote.
    """
    found = numbers_of(tasks, lambda task: _settles(task) == _OPINION)
    if not found:
        last = approved_in(assessment)
        early = numbers_of(tasks, lambda task: _settles(task) in _BOTH and task.last <= last)
        found = early if {_settles(task_at(place, tasks)) for place in early} == _BOTH else []
    if found:
        yield voice.say(
            voice.plural_key("decision.opinions", len(found)), finance=voice.office(PAYS),
            legal=voice.office(_LEGAL), tasks=numbers(found, voice),
        )  # fmt: skip


def holding(tasks: list[Task], assessment: Assessment) -> list[Place]:
    """Tasks that must have ended before anything is filed; none that files or tenders itself."""
    settling = numbers_of(tasks, lambda task: _settles(task) not in {"", _OPINION})
    filing = numbers_of(tasks, files)
    return sorted({*_numbers_asked(tasks, assessment), *settling}.difference(filing))


def files(task: Task) -> bool:
    """Whether a task itself files with an authority, or tenders."""
    return task.action is not None and (
        task.action.action.stage == _AWARD or bool(task.action.action.files)
    )


def _numbers_asked(tasks: list[Task], assessment: Assessment) -> list[Place]:
    """Tasks that settle whether the body may act, or a project of the first wave be built, at all."""
    first = set(assessment.programme.first.uses or assessment.programme.uses)
    gates = {
        one.procedure.procedure_id
        for one in assessment.procedures
        if one.procedure.question and (not one.uses or first & set(one.uses))
    }
    settles = goes_through(gates)
    return numbers_of(tasks, lambda task: settles(task) and not _is_gate(task))


def _is_gate(task: Task) -> bool:
    """Whether it is review, vote or award itself: nothing that comes before can wait for these."""
    return task.action is not None and task.action.action.stage in {"review", "vote", "award"}


def _settles(task: Task) -> str:
    """What a task settles: ownership, legality, money, texts, or the opinions for the first vote."""
    return "" if task.action is None else task.action.action.settles
