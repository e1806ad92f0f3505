"""Which industry rows a use names, and where a row stands in ISIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import IndustryRow, Knowledge, Region, Use


def anchor_rows(region: Region, use: Use, knowledge: Knowledge) -> list[IndustryRow]:
    """The industry rows that a use names, by division or by a section letter that stands for all.

    Empty where a row stands for several divisions of which the use names only some: nobody can tell
    their part of its employment.
    """
    if half_named(region, use, knowledge):
        return []
    sections = _sections(knowledge)
    return [row for row in region.industry if _count_named(row, use, sections)]


def half_named(region: Region, use: Use, knowledge: Knowledge) -> tuple[str, ...]:
    """The codes of rows that stand for several divisions of which a use names only some."""
    sections = _sections(knowledge)
    return tuple(
        row.code
        for row in region.industry
        if len(row.divisions) > 1 and 0 < _count_named(row, use, sections) < len(row.divisions)
    )


def _sections(knowledge: Knowledge) -> dict[str, str]:
    return {code.isic4_division: code.isic4_section for code in knowledge.industry_codes}


def _count_named(row: IndustryRow, use: Use, sections: Mapping[str, str]) -> int:
    """How many of the divisions that a row stands for a use names."""

    def is_named(division: str) -> bool:
        is_isic = division.isdigit()
        section = sections.get(division, "") if is_isic else division[:1]
        anchors = use.isic_anchor if is_isic else use.gb4754_anchor
        return division in anchors or section in anchors

    return sum(map(is_named, row.divisions))


def isic_places(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """The ISIC division and section of every division that a row may stand for."""
    places: dict[str, tuple[str, ...]] = {}
    for code in sorted(knowledge.industry_codes, key=lambda code: code.best_match):
        places[code.gb4754_division] = code.isic4_division, code.isic4_section
        places[code.isic4_division] = code.isic4_division, code.isic4_section
    return places


def isic_entries(row: IndustryRow, places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ISIC division and section of a row; of several divisions the section they share, if any."""
    found = {places.get(division, (division,)) for division in row.divisions}
    if len(found) == 1:
        return next(iter(found))
    sections = {place[-1] for place in found}
    return tuple(sections) if len(sections) == 1 else ()
