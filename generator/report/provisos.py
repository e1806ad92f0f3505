"""What is settled before contracts, land, permits and works: whether the body may act, who owns, law, money, texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.filing import SUPPLIED, asked_first
from generator.choices.votes import DECIDES, approved_in
from generator.report.actions import month
from generator.report.funding import PAYS
from generator.report.tasklist import goes_through, tasks_of
from generator.report.tasknumbers import Place, numbers, numbers_of, task_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment
    from generator.report.task import Task
    from generator.report.voice import Voice

_LEGAL = "justice_bureau"
"""The office that reads what is put to a vote for its legality."""
_ALONE = "decides_alone"
"""The body that alone decides and appropriates, where lead bodies and finance bind nobody."""
_OPINION = "opinion"
"""What a task settles that brings these opinions; the vote waits for them, not what is filed after."""
_AWARD = "award"
_ALWAYS = "always"
"""When a procedure applies that a plan goes through whatever is in it."""
_BOTH = frozenset({"procedure", "money"})
"""What two tasks settle where the law asks for either opinion by itself."""


def limits(assessment: Assessment, voice: Voice) -> str:
    """What every yes keeps to: no figure adopted, what may be spent, what waits, whose opinions go with it.

    Empty without a project.
    """
    return voice.run_on(one["text"] for one in limit_points("", assessment, voice))


def limit_points(usual: str, assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The same in a few points, each with the words that say what it is about. Both briefs print these.

    Args:
        usual: When most of the decisions are voted on and who leads them.
        assessment: The results of one region.
        voice: Speaks.
    """
    told = {name: _joined(texts, voice) for name, texts in _limits(assessment, voice)}
    told["vote"] = voice.run_on(filter(None, (told.get("vote", ""), usual)))
    return [
        {"lead": voice.say(f"limits.lead.{name}"), "text": text}
        for name, text in told.items()
        if text
    ]


def _limits(assessment: Assessment, voice: Voice) -> Iterator[tuple[str, list[str]]]:
    """Each limit by what it is about, in clauses; nothing without a project."""
    found = assessment.programme
    if not found.projects:
        return
    is_draft = assessment.confidence.is_illustrative
    start, tasks = assessment.region.plan_from, tasks_of(assessment, voice)
    key = "works" if found.first.projects and not is_draft else "money"
    adopted = [voice.say("limits.figures")] if is_draft else []
    # Where one body alone decides and appropriates, offices bind nobody.
    alone = voice.knowledge.office(_ALONE).exists
    body = [voice.say("limits.alone", body=voice.office(_ALONE))] if alone else []
    yield "built", [*adopted, voice.say(f"limits.{key}"), *body]
    if not assessment.preparation.studies:
        by = month(SUPPLIED, start, voice)
        yield "studies", [voice.say("limits.studies_unpriced", finance=voice.office(PAYS), by=by)]
    if _opinions(tasks, assessment):
        finance, legal = voice.office(PAYS), voice.office(_LEGAL)
        law = _competence(assessment, voice)
        key = "limits.opinions_law" if law else "limits.opinions"
        asked = voice.say(key, finance=finance, legal=legal, law=law)
        own = [
            one.use_id
            for one in found.projects
            if voice.knowledge.use(one.use_id).owner_office == _LEGAL
        ]
        if own:
            asked = voice.say("limits.opinions_own", opinions=asked, uses=voice.quoted_uses(own))
        yield "vote", [asked]
    kept = holding(tasks, assessment)
    if kept:
        ends = _settled(kept, tasks, assessment, voice)
        last = max(ends.values())
        groups = [
            [one for one in ends if (ends[one] == last) == is_last] for is_last in (False, True)
        ]
        told = [
            voice.say(
                "limits.settled", what=voice.join(group),
                by=month(max(ends[one] for one in group), start, voice),
            )
            for group in groups
            if group
        ]  # fmt: skip
        yield "filed", [voice.say("limits.filed", what=voice.clauses(told))]


def _competence(assessment: Assessment, voice: Voice) -> str:
    """By which law the body may act at all: that comes before its first vote; empty where none asks."""
    asked = (due.procedure for due in assessment.procedures if not due.uses)
    own = [one for one in asked if one.question and _ALWAYS in one.applies_when]
    return voice.join(voice.name(one.cited) for one in own if one.lead_office in {_LEGAL, DECIDES})


def _joined(clauses: Sequence[str], voice: Voice) -> str:
    return voice.say("limits.every", parts=voice.say("limits.separator").join(clauses))


def settled_in(assessment: Assessment, voice: Voice) -> int | None:
    """The month, 0 the first, from which something may be filed; None where nothing holds that up."""
    tasks = tasks_of(assessment, voice)
    kept = holding(tasks, assessment)
    return max(_settled(kept, tasks, assessment, voice).values()) if kept else None


def _settled(
    kept: Sequence[Place], tasks: list[Task], assessment: Assessment, voice: Voice
) -> dict[str, int]:
    """What tasks settle before anything is filed, in words, with the last month of each."""
    first = _numbers_asked(tasks, assessment)
    ends = {voice.say("limits.asked"): [task_at(place, tasks).last for place in first]}
    for kind, label in voice.knowledge.choices["settled"].items():
        ends[voice.name(label)] = [
            one.last
            for place in kept
            for one in task_at(place, tasks).each
            if _settles(one) == kind
        ]
    return {what: max(months) for what, months in ends.items() if months}


def behind(assessment: Assessment, voice: Voice) -> str:
    """Which tasks of the planning brief the limits rest on."""
    tasks = tasks_of(assessment, voice)
    texts = [
        voice.say(voice.plural_key(f"limits.tasks_{what}", len(found)), tasks=numbers(found, voice))
        for what, found in (
            ("filed", holding(tasks, assessment)),
            ("opinions", _opinions(tasks, assessment)),
        )
        if found
    ]
    return voice.run_on(texts)


def cosigners(voice: Voice) -> str:
    """The offices whose opinions go with the first paper, as they sign it."""
    return voice.join(voice.office(key) for key in (PAYS, _LEGAL))


def _opinions(tasks: list[Task], assessment: Assessment) -> list[Place]:
    """The tasks that bring the opinions of the finance and the legal office with the paper.

    One of its own, or those that settle both by the month of the vote.
    """
    found = numbers_of(tasks, lambda task: _settles(task) == _OPINION)
    if found:
        return found
    last = approved_in(assessment)
    early = numbers_of(tasks, lambda task: _settles(task) in _BOTH and task.last <= last)
    return early if {_settles(task_at(place, tasks)) for place in early} == _BOTH else []


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
    settles = goes_through(asked_first(assessment))
    return numbers_of(tasks, lambda task: settles(task) and not _is_gate(task))


def _is_gate(task: Task) -> bool:
    """Whether it is review, vote or award itself: nothing that comes before can wait for these."""
    return task.action is not None and task.action.action.stage in {"review", "vote", "award"}


def _settles(task: Task) -> str:
    """What a task settles: ownership, legality, money, texts, or the opinions for the first vote."""
    return "" if task.action is None else task.action.action.settles
