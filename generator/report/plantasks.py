"""The tasks that a choice needs: to replace mere examples, study what plans bring, settle what they wait for, compare them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.choices.filing import ASKED, SUPPLIED
from generator.choices.rivals import brought
from generator.choices.votes import DECIDES, PREPARES
from generator.report.examplevalues import example_title
from generator.report.funding import lead_of_signature, outsider, owner
from generator.report.task import Task
from generator.report.taskgroups import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment, PlannedAction, Step
    from generator.model.choices import PlanChoice, Rival
    from generator.model.decisions import Decision
    from generator.report.voice import Voice

_NAMED = 2
_LAND, _REGISTRY = "natural_resources", "property_registry"
_GRID, _MONEY = "power_company", "finance"
"""Who leads the question of the site and answers it, who answers that of its supply, and who compares what plans cost."""


def plan_tasks(assessment: Assessment, voice: Voice) -> Iterator[Task]:
    """For each choice, under one number: desk studies of what the plans bring, what they wait for, and the comparison, which ends with the choice.

    Args:
        assessment: The results of one region.
        voice: Words titles and offices.
    """
    _, *letters = voice.say("decision.letters").split(";")
    for choice in assessment.choices:
        parts = [
            task
            for letter, one in zip(letters, choice.rivals, strict=False)
            for task in (
                *_studies(letter, one, choice, assessment, voice),
                *_settles(letter, one, choice, assessment, voice),
            )
        ]
        # A size is settled with the vote on its project, which is a task of its own.
        if choice.holds:
            parts.append(_compared(choice, assessment, voice))
        parts = [replace(one, chooses=True) for one in parts]
        if len(parts) > 1:
            label = voice.say("task.joined_plans")
            yield row_of(parts, (label, *parts[0].labels[-1:]))
        else:
            yield from parts


def example_tasks(assessment: Assessment, voice: Voice) -> Iterator[Task]:
    """To replace the example values that decide which projects are proposed; nothing without any."""
    if assessment.confidence.is_illustrative:
        labels = (voice.say("task.examples"), voice.say("task.examples_short"))
        title = example_title(assessment, voice)
        beside = voice.say("task.named_bodies" if title != labels[0] else "task.examples_with")
        yield Task(
            title, labels, voice.lead(PREPARES), beside, voice.say("task.examples_result"),
            0, SUPPLIED, "begin", (), None, doing=beside,
        )  # fmt: skip


def replaces_examples(task: Task, voice: Voice) -> bool:
    """Whether a task replaces the example values."""
    return task.labels[0] == voice.say("task.examples")


def _compared(choice: PlanChoice, assessment: Assessment, voice: Voice) -> Task:
    """The comparison: once it is known what came about, in the month of the choice or from the one before."""
    first, *letters = voice.say("decision.letters").split(";")
    *front, last = (first, *letters[: len(choice.rivals)])
    named = voice.say(
        "plans.and", first=voice.say("decision.letters_separator").join(front), last=last
    )
    title = voice.say("task.compare", letters=named, body=voice.office(DECIDES))
    action = _planned(assessment)
    known = max((one.known for one in choice.rivals if one.known is not None), default=-1)
    return Task(
        title, (voice.say("task.compare_short", letters=named),), voice.lead(PREPARES), voice.office(_MONEY),
        voice.say("task.compared"), min(choice.by, max(0, known + 1, choice.by - 1)), choice.by, "begin", (), action,
    )  # fmt: skip


def _planned(assessment: Assessment) -> PlannedAction | None:
    """The action of the catalogue that compares plans; None where it is not set off."""
    actions = assessment.action_plan.actions
    return next((one for one in actions if one.because.kind == "compares"), None)


def _studies(
    letter: str, one: Rival, choice: PlanChoice, assessment: Assessment, voice: Voice
) -> Iterator[Task]:
    """What is studied at the desk of each project that only this plan has: site, supply, then the project itself.

    Offices do it by themselves, as they do for a project that the choice holds.
    """
    uses = brought(one, assessment)
    sited = [use for use in uses if voice.knowledge.use(use).category == "power_reuse"]
    before = max(0, choice.by - 1)
    first, last = min(ASKED, before), min(2 * ASKED - 1, before)
    for what, lead, beside in (("site", _LAND, _REGISTRY), ("grid", PREPARES, _GRID)):
        if sited:
            yield _desk(
                what, letter, sited, voice.lead(lead), _beside(beside, voice),
                (0, max(0, first - 1)), voice,
            )  # fmt: skip
    led: dict[str, list[str]] = {}
    for use in uses:
        led.setdefault(owner(use, voice), []).append(use)
    for office, own in led.items():
        operator = outsider(voice.knowledge.use(own[0]).operator_office, voice)
        yield _desk("study", letter, own, office, operator or voice.dash, (first, last), voice)


def _beside(office: str, voice: Voice) -> str:
    """Who answers; what is no authority supports."""
    found = outsider(office, voice)
    return voice.say("office.supporting", office=found) if found else voice.office(office)


def _desk(
    what: str, letter: str, uses: Sequence[str], lead: str, beside: str,
    months: tuple[int, int], voice: Voice,
) -> Task:  # fmt: skip
    return Task(
        voice.say(f"task.plan_{what}", uses=voice.uses(uses, len(uses)), letter=letter),
        (voice.say("task.plan_studied_short", letter=letter),), lead, beside,
        voice.say(f"task.plan_{what}_result"), *months, "begin", (), None,
    )  # fmt: skip


def _settles(
    letter: str, one: Rival, choice: PlanChoice, assessment: Assessment, voice: Voice
) -> Iterator[Task]:
    """What one plan waits for: a step, a signature, or what both waves as one rest on."""
    last = max(0, choice.by - 1) if one.known is None else one.known
    asked = one.decision
    if asked is not None and asked.step is not None:
        yield _step(letter, asked.step, last, voice)
    elif asked is not None and asked.kind == "signature":
        yield _signature(letter, asked, last, assessment, voice)
    elif one.kind == "both":
        yield from _new(letter, last, assessment, voice)


def _new(letter: str, last: int, assessment: Assessment, voice: Voice) -> Iterator[Task]:
    """What the projects wait for that both waves as one hold and the proposal does not."""
    found = assessment.programme
    second = () if found.together is None else found.together.second
    uses = tuple(one.use_id for one in second if one.use_id not in found.uses)
    if not uses:
        return
    named = voice.uses(uses, _NAMED)
    office = owner(uses[0], voice)
    yield Task(
        voice.say("task.plan_waits", uses=named, letter=letter),
        (voice.say("task.plan_signed_short", letter=letter),), office, voice.dash,
        voice.say("task.plan_stepped"), 0, last, "begin", (), None,
    )  # fmt: skip


def _step(letter: str, step: Step, last: int, voice: Voice) -> Task:
    length = 1 if step.months.value is None else max(1, math.ceil(step.months.value))
    name = voice.name(step.title)
    office = voice.name(step.owner)
    return Task(
        voice.say("task.plan_step", step=name, letter=letter),
        (name, voice.say("task.plan_signed_short", letter=letter)), office, voice.dash,
        voice.say("task.plan_stepped"), max(0, last + 1 - length), last, "begin", (), None,
    )  # fmt: skip


def _signature(
    letter: str, asked: Decision, last: int, assessment: Assessment, voice: Voice
) -> Task:
    types = voice.several([voice.choice("institution_type", kind) for kind in asked.types], _NAMED)
    uses = voice.uses(asked.uses, _NAMED)
    office, beside = lead_of_signature(asked, assessment, voice), owner(asked.uses[0], voice)
    return Task(
        voice.say("task.plan_signed", types=types, uses=uses, letter=letter),
        (voice.say("task.plan_signed_short", letter=letter),), office, voice.dash if beside == office else beside,
        voice.say("task.plan_signature"), 0, last, "begin", (), None,
    )  # fmt: skip
