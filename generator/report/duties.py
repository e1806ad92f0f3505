"""What a first page says that the law asks of each project before works and before it goes live."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.report.citation import missing
from generator.report.conditions import may_bind
from generator.report.front import proposed_uses

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_LAUNCH, _AFTER = "in_works", "after_works"
"""Stages of procedures: those that end with works, before launch, and those that follow it."""


class Steps(NamedTuple):
    """How many procedures of law come before a project's works, and how many more before its launch."""

    works: int
    launch: int


def steps_of(use_id: str, assessment: Assessment) -> Steps:
    """The steps under the law of one project, those of the whole plan among them, since it waits for them too."""
    stages = [
        due.procedure.stage
        for due in assessment.procedures
        if not due.uses or use_id in due.uses
    ]  # fmt: skip
    return Steps(
        sum(one not in {_LAUNCH, _AFTER} for one in stages), stages.count(_LAUNCH)
    )  # fmt: skip


def duties_note(assessment: Assessment, voice: Voice) -> str:
    """What was not given and may set the leading uses further conditions; empty for nothing."""
    found = [
        one
        for use_id in proposed_uses(assessment)
        for one in assessment.screening.of_use(use_id).of("conditional")
    ]
    figures = dict.fromkeys(missing(rule, voice) for one in found for rule in may_bind(one))
    if not figures:
        return ""
    return voice.sentence("law.duties_note", "law.duties_note", missing=voice.join(figures))
