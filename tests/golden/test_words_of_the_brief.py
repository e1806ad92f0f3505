"""The planning brief keeps to the words of its readers, chapter by chapter."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from docx import Document
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
CITIES = ("changzhi", "heze", "qingdao")
LANGUAGES = ("en", "zh-CN")


def chapters(path):
    """Each chapter's title and whether it is one of the first level, with its lines and cells."""
    title, is_chapter = "", False
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Paragraph):
            level = block.style.name.removeprefix("Heading ") if block.style else ""
            if level in {"1", "2"}:
                title, is_chapter = block.text, level == "1"
            yield title, is_chapter, block.text
        else:
            for row in block.rows:
                yield from ((title, False, cell.text) for cell in row.cells)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_no_chapter_holds_a_word_that_only_an_analyst_knows(samples, city, language):
    with (HERE / "avoided_in_briefs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    assert len(rows) >= 10
    lines = [line for _, _, line in chapters(samples / city / f"planning-brief.{language}.docx")]
    assert len(lines) > 100
    found = [(row["word"], line) for row in rows for line in lines if re.search(row["word"], line)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_chapters_stand_in_the_order_that_readers_expect(samples, city, language):
    path = samples / city / f"planning-brief.{language}.docx"
    titles = [line for title, is_chapter, line in chapters(path) if is_chapter and line == title]
    order = {
        "en": ["Executive summary", "What the region has", "What the law allows",
               "How options were judged", "The programme", "Project sheets",
               "Former mining sites and people", "Region, energy and carbon",
               "Choice stability", "Money by year and source", "Action plan", "Indicators",
               "Risks", "Questions for counsel",
               "Where the numbers come from"],
        "zh-CN": ["摘要", "编制背景与依据", "发展基础与面临形势", "合规边界", "总体要求", "方向遴选",
                  "重点任务", "重大项目", "可行性论证", "原“矿场”场地与人员转岗", "效益与情景",
                  "资金测算与来源", "风险防控", "保障措施", "附：任务分工表"],
    }[language]  # fmt: skip
    assert [title for title in titles if title in order] == order
