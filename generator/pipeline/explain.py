"""The uses of a region without its documents: what `briefs explain` shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.intake.knowledge import planner_references
from generator.intake.words import folded, suggested
from generator.pipeline.law import regions_of
from generator.pipeline.reading import read
from generator.problems import InputError, Origin, problem

if TYPE_CHECKING:
    from generator.model import Knowledge, Submission, Texts
    from generator.model.explanation import Explained
    from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class PlaceUses:
    """What was read, and the uses of its regions."""

    texts: Texts
    submission: Submission
    knowledge: Knowledge
    regions: tuple[Explained, ...]


def uses_of(settings: Settings, code: str, named: str | None) -> PlaceUses:
    """Why the uses of a file's regions stand where they stand.

    Args:
        settings: The file is its only input; the day is its as-of day.
        code: One of its regions; empty for every one.
        named: A use by its id or name in either language; None for a line on every use.

    Raises:
        InputError: There is no such region or use.
    """
    from generator.analysis.explanation import explain  # noqa: PLC0415 - no arrays for a wrong name

    knowledge, texts, submission = read(settings)
    asked = () if named is None else (_use(named, knowledge),)
    found = tuple(
        explain(region, knowledge, settings.as_of, asked, settings.draws, settings.seed)
        for region in regions_of(submission, code)
    )
    return PlaceUses(texts, submission, knowledge, found)


def _use(named: str, knowledge: Knowledge) -> str:
    known = planner_references(knowledge)["uses"]
    found = known.get(folded(named))
    if found is None:
        listed = ", ".join(use.use_id for use in knowledge.uses)
        near = suggested(named, known)
        raise InputError(
            [
                problem(
                    Code.VALUE_UNKNOWN, Origin("USE"), "error", found=named, expected=listed, **near
                )
            ]
        )
    return found
