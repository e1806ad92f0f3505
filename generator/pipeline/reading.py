"""What every run begins with: the knowledge, the texts and the planners' files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.intake import load_knowledge, load_texts, read_submission

if TYPE_CHECKING:
    from generator.model import Knowledge, Submission, Texts
    from generator.settings import Settings


def read(settings: Settings, *, is_check: bool = False) -> tuple[Knowledge, Texts, Submission]:
    """Knowledge, texts and the planners' files, checked; regions only when they are to be built.

    Raises:
        KnowledgeError: The catalogue, the rules or the text table cannot be used.
    """
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    return (
        knowledge,
        load_texts(settings.strings, settings.built_in_strings),
        read_submission(settings.inputs, knowledge, folders=settings.folders, is_check=is_check),
    )
