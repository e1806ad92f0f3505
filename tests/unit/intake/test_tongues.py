"""Messages are in the reader's language alone, but for what the file itself says."""

import io
import re

import pytest
from openpyxl import load_workbook

from generator.intake import read_submission, write_form
from generator.intake.columns import FORM
from generator.report import problem_text

WRONG = {
    "en": ["about 500", "3-5", "1.200,5", "03/04/2026", "0.34", "99999999999999999", "#REF!", "abc",
           "12 furlongs", "12 USD", "45000", "1.2", "=1+", "x@y", "a@@b", "-5", "12 MWh", "(12)",
           "2025-13-40", "line\nbreak", "total"],
    "zh-CN": ["约500", "3—5", "1.200,5", "03/04/2026", "0.34", "99999999999999999", "#REF!", "甲",
              "12丈", "12美元", "45000", "1.2", "=1+", "甲@乙", "甲@@乙", "-5", "12兆瓦时", "12（规划）",
              "2025年13月", "文\n字", "合计"],
}  # fmt: skip
"""Cell contents in the reader's own language, so that whatever else appears is ours."""
CHINESE = re.compile("[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    "Excel", "WPS", "CSV", "CNY", "xlsx", "REF", "qingdao", "office", "example", "org", "Gbit", "PUE",
    "IT", "GDP", "MRV", "GB", "USD", "VALUE", "kV", "BSN", "ISIC", "NACE", "NAICS",
    "docs", "rules", "md",
}  # fmt: skip
"""Products, codes, units, files and examples that have no Chinese name."""


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_message_speaks_another_language_than_its_reader(tmp_path, knowledge, texts, language):
    own = {"en": {"name_en": "A"}, "zh-CN": {"name_zh": "甲"}}[language]
    region = {"region": "1", **own, "jurisdiction": "CN", "admin_code": "370200", "currency": "CNY"}
    book = load_workbook(
        io.BytesIO(write_form(knowledge, texts, language, {"region": [region]}, "CN"))
    )
    for sheet in FORM:
        page = book[sheet.name(language)]
        page.cell(1, page.max_column + 1).value = {"en": "Colour", "zh-CN": "颜色"}[language]
        for row, content in enumerate(WRONG[language], start=5):
            page.cell(row, 1).value = content if row % 3 else "1"
            for column in range(2, page.max_column + 1):
                page.cell(row, column).value = content
    path = tmp_path / "1.xlsx"
    book.save(path)
    found = read_submission([path], knowledge, is_check=True)
    assert found.language == language
    assert len({one.code for one in found.problems}) >= 20
    for one in found.problems:
        text = problem_text(one, texts, language)
        if language == "en":
            assert not CHINESE.search(text), (one, text)
        else:
            assert set(LATIN.findall(text)) <= NAMES, (one, text)
            assert CHINESE.search(text), (one, text)
