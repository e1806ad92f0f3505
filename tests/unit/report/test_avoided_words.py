"""No document of a sample city holds a word that the product avoids."""

from __future__ import annotations

import csv
import re

import pytest

from generator.report import report
from generator.shipped import LANGUAGES

QUOTED = ("law", "counsel", "assets", "quality")
"""Parts that quote the law, or what planners and other sources wrote."""


def texts_in(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for item in part.values():
            yield from texts_in(item)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from texts_in(item)


def unquoted(text, titles):
    """A text without the steps that planners named themselves."""
    for title in titles:
        text = text.replace(title, "")
    return text


@pytest.fixture(scope="module")
def printed(cities, texts):
    """Language to the texts of all sample cities that are the product's own."""
    found = {language: set() for language in LANGUAGES}
    for one in cities.values():
        for language in LANGUAGES:
            titles = [step.title.text(language) for step in one.region.steps]
            brief = report(one, one.knowledge, texts, language)
            own = {key: part for key, part in brief.names().items() if key not in QUOTED}
            own["annex"] = {key: part for key, part in own["annex"].items() if key != "register"}
            found[language].update(unquoted(text, titles) for text in texts_in(own))
    return found


@pytest.fixture(scope="module")
def templates(root):
    """The fixed words of the templates, as their scripts hold them."""
    pages = (root / "templates" / "source").glob("*.py")
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def test_no_document_of_a_sample_holds_a_word_that_is_avoided(root, printed):
    with (root / "tests/unit/report/avoided_words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["language"] for row in rows} == set(LANGUAGES)
    found = [
        (row["word"], text)
        for row in rows
        for text in printed[row["language"]]
        if re.search(row["word"], text, re.IGNORECASE)
    ]
    assert found == []


def test_no_chinese_document_holds_a_word_that_the_glossary_avoids(knowledge, printed, templates):
    # A word with a remark in brackets is wrong only in some company; no pattern tells it apart.
    avoided = {
        word.replace("……", "[^，。；]{0,30}")
        for term in knowledge.glossary
        for word in term.avoid_zh
        if "（" not in word
    }
    assert len(avoided) >= 10
    for word in sorted(avoided):
        assert [text for text in printed["zh-CN"] if re.search(word, text)] == []
        assert not re.search(word, templates), word
