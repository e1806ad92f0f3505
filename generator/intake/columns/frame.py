"""What frames the columns of every sheet, and the help that single jurisdictions have for them."""

from __future__ import annotations

from dataclasses import replace

from generator.intake.columns.column import Column, Kind, Local, Sheet

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
LOCAL: dict[tuple[str, str], tuple[Local, ...]] = {
    ("region", "jurisdiction"): (
        Local("CN", "Whose law applies: CN.", "适用哪里的法律：CN。"),
        Local("KZ", "Whose law applies: KZ.", "适用哪里的法律：KZ。"),
        Local("EU", "Whose law applies: the country, such as DE or SE.", "适用哪国法律，如DE、SE。"),
        Local("US", "Whose law applies: the state, such as US-TX; else US.",
              "适用哪州法律，如US-TX；其余填US。"),
    ),
    ("region", "admin_code"): (
        Local("CN", "GB/T 2260 code, six digits, such as 370200: local rules are matched by it.",
              "GB/T 2260代码，六位数字，如370200；据此匹配地方规定。"),
        Local("KZ", "KATO code, nine digits: local rules are matched by it.",
              "KATO代码，九位数字；据此匹配地方规定。"),
        Local("EU", "NUTS code, such as DE300: local rules are matched by it.",
              "NUTS代码，如DE300；据此匹配地方规定。"),
        Local("US", "FIPS code of the county, such as 48329: local rules are matched by it.",
              "县级FIPS代码，如48329；据此匹配地方规定。"),
    ),
    ("region", "gdp"): (
        Local("CN", "Billions of yuan.", "以十亿元计；也可写明单位，如2500亿元。"),
    ),
    ("region", "fiscal_revenue"): (
        Local("CN", "General public budget revenue, billions of yuan.",
              "一般公共预算收入，以十亿元计；也可写明单位，如120亿元。"),
    ),
    ("region", "currency"): tuple(
        Local(place, f"Three letters: {money}; all money on the form is in it.",
              f"三个字母：{money}；本表所有金额均用该币种。")
        for place, money in (("CN", "CNY"), ("KZ", "KZT"), ("US", "USD"))
    ),
    ("data_centres", "tier"): (
        Local("CN", "1 to 4; or give the GB 50174 grade.", "1至4；也可填GB 50174等级。"),
    ),
    ("industry", "code"): (
        Local("CN", "GB/T 4754 division such as C13. One level only: divisions, not their sections as well.",
              "国标GB/T 4754大类，如C13。只填一个层级，填了大类就不再填门类。"),
        Local("US", "NAICS subsector such as 311. One level only: subsectors, not their sectors as well.",
              "NAICS子部门，如311。只填一个层级，填了子部门就不再填部门。"),
        Local("KZ", "ISIC (NACE) division such as 10. One level only: divisions, not their sections as well.",
              "ISIC（NACE）大类，如10。只填一个层级，填了大类就不再填门类。"),
        Local("EU", "NACE division such as 10. One level only: divisions, not their sections as well.",
              "NACE大类，如10。只填一个层级，填了大类就不再填门类。"),
    ),
    ("industry", "classification"): (
        Local("CN", "Blank: GB/T 4754.", "留空时按国标GB/T 4754。"),
        Local("US", "Blank: NAICS.", "留空时按NAICS。"),
        Local("KZ", "Blank: ISIC (NACE).", "留空时按ISIC（NACE）。"),
        Local("EU", "Blank: ISIC (NACE).", "留空时按ISIC（NACE）。"),
    ),
}  # fmt: skip
"""Sheet and column key to the help of each jurisdiction; it holds for all below it."""


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
