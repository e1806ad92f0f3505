"""Equal tasks of several projects under one number, so that few numbers keep every step of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from generator.model import LISTS
from generator.report.plantasks import replaces_examples
from generator.report.taskgroups import row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from generator.model import Assessment
    from generator.report.task import Task
    from generator.report.voice import Voice

_PHASES = ("approved", "early", "awarded", "later")
"""In this order steps of the law are joined."""
_BEFORE_AWARD = frozenset({"approved", "early"})
_MOST = 6
"""Steps of the law that one number joins."""
_GATES = frozenset({"review", "vote", "award"})


def joined(tasks: Sequence[Task], most: int, assessment: Assessment, voice: Voice) -> list[Task]:
    """The tasks with equal ones of the first wave under one number, as far as the room is needed.

    Works are joined first, then first steps, then steps of the law that are taken together: between
    approval and tender, before approval, before works, and with the works or after them. Where that
    is not enough, what follows the tender goes with it, what follows the works with these, what works
    wait for with the first steps, then what belongs to a choice between plans, then the example
    values with what is asked about power left unused, and last the steps of a list up to its tender. What settles whether the body may act and the vote stand alone.

    Args:
        tasks: All of them, what the programme needs most before the rest.
        most: Numbers of the table; what comes later stands in the annex.
        assessment: The results of one region.
        voice: Words the joined rows.
    """
    found, own = list(tasks), set(assessment.programme.first.uses or assessment.programme.uses)
    alone = {one.procedure.procedure_id for one in assessment.procedures if one.procedure.question}
    for kind, fits in _kinds(own, alone, voice):
        if not _lacks_room(found, most, own):
            break
        now = tuple(found)
        rows = [one for one in now if not one.held and all(fits(each, now) for each in one.each)]
        rows.sort(key=lambda one: (one.first, one.last))
        step = _MOST if kind.startswith("law") else len(rows) or 1
        for start in range(0, len(rows), step):
            equal = rows[start : start + step]
            if len(equal) > 1:
                place = min(found.index(one) for one in equal)
                found = [one for one in found if one not in equal]
                found.insert(place, _row(equal, kind, voice))
    return found


def _lacks_room(found: Sequence[Task], most: int, own: Collection[str]) -> bool:
    """Whether what the law asks of the first wave, or a gap before its works, has no number yet."""
    return any(
        bool(set(own) & set(each.uses)) and (each.part == "law" or _closes_gap(each))
        for one in found[most:]
        for each in one.each
    )


def _closes_gap(task: Task) -> bool:
    """Whether works wait for it since a project lacks something, such as people."""
    return (
        task.action is not None
        and task.action.action.kind == "gap"
        and _stage(task) == "before_works"
    )


_Fits: TypeAlias = "Callable[[Task, Sequence[Task]], bool]"


def _kinds(own: set[str], alone: Collection[str], voice: Voice) -> Iterator[tuple[str, _Fits]]:
    """What may be joined, with its kind, in the order in which it is."""
    for listed in LISTS:
        yield f"works_{listed}", _of_list(_is_works, listed, own, voice)
    for listed in LISTS:
        yield f"first_{listed}", _of_list(lambda one, _: _is_first(one, voice), listed, own, voice)
    for listed in LISTS:
        for phase in _PHASES:
            yield f"law_{listed}", _step_in({phase}, listed, own, alone, voice)
    for listed in LISTS:
        yield f"award_{listed}", _with_award(listed, own, alone, voice)
    for listed in LISTS:
        yield f"open_{listed}", _with_works(listed, own, alone, voice)
    for listed in LISTS:
        yield f"first_{listed}", _of_list(lambda one, _: _begins(one, voice), listed, own, voice)
    yield "plans", lambda one, _: one.chooses
    yield "values", lambda one, _: _finds_values(one, voice)
    for listed in LISTS:
        yield f"law_{listed}", _step_in(_BEFORE_AWARD, listed, own, alone, voice)


def _of_list(fits: _Fits, listed: str, own: set[str], voice: Voice) -> _Fits:
    """Narrowed to the tasks of one list that are the first wave's alone."""
    return lambda one, tasks: (
        own >= set(one.uses) and _listed(one, listed, voice) and fits(one, tasks)
    )


def _step_in(
    phases: Collection[str], listed: str, own: set[str], alone: Collection[str], voice: Voice
) -> _Fits:
    """Whether a task is a step of the law in one of these phases."""
    return lambda one, tasks: (
        bool(own & set(one.uses))
        and _is_step(one, listed, alone, voice)
        and _phase(one, tasks, listed, voice) in phases
    )


def _with_award(listed: str, own: set[str], alone: Collection[str], voice: Voice) -> _Fits:
    """Whether a task is the tender, comes with it or follows it before works."""
    step = _step_in({"awarded"}, listed, own, alone, voice)
    return lambda one, tasks: (
        step(one, tasks)
        or (
            _listed(one, listed, voice)
            and any(_stage(each) == "award" for each in _around(one, tasks))
        )
    )


def _with_works(listed: str, own: set[str], alone: Collection[str], voice: Voice) -> _Fits:
    """Whether a task builds a project, or goes with its works or follows them."""
    step, works = (
        _step_in({"later"}, listed, own, alone, voice),
        _of_list(_is_works, listed, own, voice),
    )
    return lambda one, tasks: step(one, tasks) or works(one, tasks)


def _around(task: Task, tasks: Sequence[Task]) -> Sequence[Task]:
    """The acts under one number with a task."""
    return next((one.each for one in tasks if task in one.each), (task,))


def _listed(task: Task, listed: str, voice: Voice) -> bool:
    return bool(task.uses) and all(
        voice.knowledge.use(use_id).category == listed for use_id in task.uses
    )


def _stage(task: Task) -> str:
    return "" if task.action is None else task.action.action.stage


def _is_works(task: Task, _: Sequence[Task]) -> bool:
    return task.is_works


def _is_first(task: Task, voice: Voice) -> bool:
    """Whether it is the first step of one project, or a part of it, and none of the law."""
    if task.part == "law" or task.action is None or len(task.uses) != 1:
        return False
    first = voice.knowledge.use(task.uses[0]).first_action
    return first in {task.action.action.action_id, task.action.action.part_of}


def _begins(task: Task, voice: Voice) -> bool:
    """Whether it is such a first step, or closes a gap that works of these projects wait for."""
    return _is_first(task, voice) or (task.part != "law" and _closes_gap(task))


def _finds_values(task: Task, voice: Voice) -> bool:
    """Whether it replaces the example values, or asks for what is not known of a resource left unused."""
    is_idle = task.action is not None and task.action.because.kind == "idle"
    return not task.uses and (is_idle or replaces_examples(task, voice))


def _is_step(task: Task, listed: str, alone: Collection[str], voice: Voice) -> bool:
    """Whether it is a step of the law of this list alone; what every project passes stands alone."""
    if task.part != "law" or task.action is None or not _listed(task, listed, voice):
        return False
    action = task.action.action
    firsts = {voice.knowledge.use(use_id).first_action for use_id in task.uses}
    is_gate = action.stage in _GATES or bool(action.part_of) or action.before_approval
    return not is_gate and action.action_id not in firsts and action.procedure_id not in alone


def _phase(task: Task, tasks: Sequence[Task], listed: str, voice: Voice) -> str:
    """When a step is taken: before the vote on its list, then before its tender, before works, or later."""
    if task.action is None or not task.action.precedes_works:
        return "later"
    vote, award = (_gate(stage, tasks, listed, voice) for stage in ("vote", "award"))
    if vote is not None and task.last < vote.first:
        return "early"
    return "approved" if award is None or task.last < award.first else "awarded"


def _gate(stage: str, tasks: Sequence[Task], listed: str, voice: Voice) -> Task | None:
    found = (each for one in tasks if not one.held for each in one.each if _stage(each) == stage)
    return next((one for one in found if not one.uses or _listed(one, listed, voice)), None)


def _most_are(tasks: Sequence[Task]) -> str:
    """What most of the acts under one number are for; of equally many the first."""
    parts = [each.part for one in tasks for each in one.each]
    return max(parts, key=parts.count)


def _row(tasks: Sequence[Task], kind: str, voice: Voice) -> Task:
    """One number for several tasks; each keeps its own lead and its own end."""
    # Two rows may join steps of one kind: then the second is called after what it begins with.
    labels = (
        voice.say(f"task.joined_{kind}"),
        *(voice.say("task.joined_more", task=one.labels[-1]) for one in tasks),
    )
    part = "build" if kind.startswith(("works", "open")) else _most_are(tasks)
    return row_of(tasks, labels, part=part, is_works=kind.startswith("works"))
