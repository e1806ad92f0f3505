"""What frames the columns of every sheet."""

from __future__ import annotations

from dataclasses import replace

from generator.intake.columns.column import Column, Kind, Sheet, worded

_REGION = Column("region", refers_to="region", required=True)
SOURCE = Column("source", bilingual=True, printed=True)
_TAIL = (
    SOURCE,
    Column("as_of", Kind.PERIOD, example="2025-06-30"),
    Column("grade", Kind.CHOICE, choices="grade", example="B"),
    Column("note"),
)
_EXPECTED = frozenset({
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
})  # fmt: skip
"""The registers that criteria are rolled up from."""


def framed(sheet: Sheet) -> Sheet:
    """The sheet with the region column in front and source, date, grade and note behind, and words."""
    body = sheet.columns if sheet.key == "region" else (_REGION, *sheet.columns)
    tail = _TAIL if sheet.key not in {"claims", "recipients", "weights"} else (_TAIL[-1],)
    return worded(replace(sheet, columns=(*body, *tail), is_expected=sheet.key in _EXPECTED))
