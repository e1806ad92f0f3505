"""What frames the columns of every sheet: the region in front, source, date, grade and note behind."""

from __future__ import annotations

from dataclasses import replace

from generator.intake.columns.column import Column, Kind, Sheet
from generator.intake.columns.local import LOCAL

_REGION = Column(
    "region",
    en="Region",
    zh="地区",
    help_en="Region code from the Region sheet.",
    help_zh="填“地区”表中的地区代码。",
    refers_to="region",
    required=True,
    synonyms=("region code", "地区代码"),
)
SOURCE = Column(
    "source",
    en="Source",
    zh="来源",
    help_en="Document, office or page the row comes from.",
    help_zh="本行数据的出处：文件、单位或网页。",
    bilingual=True,
    printed=True,
    synonyms=("数据来源",),
)
_TAIL = (
    SOURCE,
    Column(
        "as_of",
        Kind.PERIOD,
        en="As of",
        zh="数据日期",
        help_en="Date, month or year of the data: 2025-06-30, 2025-06 or 2025.",
        help_zh="数据所属日期、月份或年份：2025-06-30、2025-06或2025。",
        synonyms=("date", "数据年份"),
        example="2025-06-30",
    ),
    Column(
        "grade",
        Kind.CHOICE,
        en="Grade",
        zh="等级",
        help_en="A measured, B published, C estimate, D assumption or illustrative value.",
        help_zh="A实测，B公开发布，C估算，D假设或示例值。",
        choices="grade",
        synonyms=("data grade", "数据等级"),
        example="B",
    ),
    Column(
        "note",
        en="Note",
        zh="备注",
        help_en="Anything the reader of this row should know.",
        help_zh="需要说明的其他情况。",
        synonyms=("remarks", "说明"),
    ),
)
_EXPECTED = frozenset({
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
})  # fmt: skip
"""The registers that criteria are rolled up from."""


def framed(sheet: Sheet) -> Sheet:
    """The sheet with the region column in front and source, date, grade and note behind.

    Columns that a jurisdiction explains in its own way are given its words.
    """
    body = sheet.columns if sheet.key == "region" else (_REGION, *sheet.columns)
    tail = _TAIL if sheet.key not in {"claims", "recipients", "weights"} else (_TAIL[-1],)
    columns = (
        replace(column, local=LOCAL.get((sheet.key, column.key), ())) for column in (*body, *tail)
    )
    return replace(sheet, columns=tuple(columns), is_expected=sheet.key in _EXPECTED)
