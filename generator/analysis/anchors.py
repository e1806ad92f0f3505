"""Which industry rows a use names, and where a row stands in ISIC."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.analysis.memo import Same
from generator.model import IndustryCode, IndustryRow, Knowledge, Region, Use

_Codes = Same[tuple[IndustryCode, ...]]
_Anchors = tuple[tuple[str, ...], tuple[str, ...]]
"""ISIC and GB/T 4754 divisions and sections that a use names."""


def anchor_rows(region: Region, use: Use, knowledge: Knowledge) -> list[IndustryRow]:
    """The industry rows that a use names, by division or by a section letter that stands for all.

    Empty where a row stands for several divisions of which the use names only some: nobody can tell
    their part of its employment.
    """
    return [region.industry[place] for place in anchor_places(region, use, knowledge)]


def anchor_places(region: Region, use: Use, knowledge: Knowledge) -> tuple[int, ...]:
    """Where the rows that a use names stand in the register."""
    named, halves = _places(region, use, knowledge)
    return () if halves else named


def half_named(region: Region, use: Use, knowledge: Knowledge) -> tuple[str, ...]:
    """The codes of rows that stand for several divisions of which a use names only some."""
    return tuple(region.industry[place].code for place in _places(region, use, knowledge)[1])


def _places(
    region: Region, use: Use, knowledge: Knowledge
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    divisions = tuple([row.divisions for row in region.industry])
    anchors = use.isic_anchor, use.gb4754_anchor
    return _named(divisions, anchors, Same(knowledge.industry_codes))


@lru_cache(maxsize=128)
def _named(
    rows: tuple[tuple[str, ...], ...], anchors: _Anchors, codes: _Codes
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the rows stand of which something is named, and those of which only a part is.

    It follows from the divisions alone, so every run on a region finds it again.
    """
    sections = _sections(codes)
    counts = [_count_named(row, anchors, sections) for row in rows]
    return (
        tuple(place for place, count in enumerate(counts) if count),
        tuple(
            place
            for place, (row, count) in enumerate(zip(rows, counts, strict=True))
            if 0 < count < len(row)
        ),
    )


@lru_cache(maxsize=8)
def _sections(codes: _Codes) -> dict[str, str]:
    return {code.isic4_division: code.isic4_section for code in codes.one}


def _count_named(row: tuple[str, ...], anchors: _Anchors, sections: Mapping[str, str]) -> int:
    """How many of the divisions that a row stands for a use names."""
    isic, national = anchors

    def is_named(division: str) -> bool:
        is_isic = division.isdigit()
        section = sections.get(division, "") if is_isic else division[:1]
        own = isic if is_isic else national
        return division in own or section in own

    return sum(map(is_named, row))
