"""What every run begins with: the knowledge, the texts and the planners' files."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from generator.intake import load_fields, load_knowledge, load_texts, read_submission
from generator.shipped import data_root

if TYPE_CHECKING:
    from generator.model import Field, Knowledge, Submission, Texts
    from generator.settings import Settings
    from generator.word.forms import Prepare


def read(settings: Settings, *, is_check: bool = False) -> tuple[Knowledge, Texts, Submission]:
    """Knowledge, texts and the planners' files, checked; regions only when they are to be built.

    Raises:
        KnowledgeError: The catalogue, the rules or the text table cannot be used.
    """
    knowledge, texts = words_of(settings)
    return (
        knowledge,
        texts,
        read_submission(settings.inputs, knowledge, folders=settings.folders, is_check=is_check),
    )


def words_of(settings: Settings) -> tuple[Knowledge, Texts]:
    """Knowledge and texts, for what needs no planners' files.

    Raises:
        KnowledgeError: The catalogue, the rules or the text table cannot be used.
    """
    knowledge = load_knowledge(settings.catalogue, settings.rules)
    return knowledge, load_texts(settings.strings, settings.built_in_strings)


@cache
def declared_fields() -> tuple[Field, ...]:
    """Every name that a template may use, as the package describes it."""
    return load_fields(data_root() / "templates" / "fields.csv")


@cache
def table_filler() -> Prepare:
    """What turns the tables of a template that show data into loops; one for a process."""
    from generator.word.declared import declared_tables  # noqa: PLC0415 - brings lxml along
    from generator.word.tables import expand  # noqa: PLC0415 - likewise

    return partial(expand, tables=declared_tables(declared_fields()))
