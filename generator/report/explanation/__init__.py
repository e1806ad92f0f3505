"""Uses of a region for a screen or a program, from the cells to the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.explanation.serialise import region_as_json
from generator.report.explanation.sheet import Sheet
from generator.report.explanation.survey import survey
from generator.report.explanation.use import whole
from generator.report.money import money_of
from generator.report.restated import with_restated
from generator.report.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Texts
    from generator.model.explanation import Explained

SCHEMA = "briefs-explain/1"


def explained_as_json(regions: Iterable[Explained]) -> dict[str, object]:
    """The uses of regions as plain JSON values; see docs/explain.md for the fields."""
    return {"schema": SCHEMA, "regions": [region_as_json(one) for one in regions]}


def explained_as_lines(one: Explained, texts: Texts, language: str) -> Iterator[str]:
    """The uses of one region as lines of at most 100 places."""
    money = money_of(one.region, one.knowledge)
    sheet = Sheet(with_restated(Voice(texts, language, one.knowledge, money)))
    yield from sheet.text(
        "rulebook.title",
        region=sheet.voice.name(one.region.name),
        code=one.region.admin_code or "–",
        date=sheet.voice.date(one.screening.as_of),
    )
    if not one.is_whole:
        yield from survey(one, sheet)
        return
    for use in one.uses:
        yield from whole(use, one, sheet)
