"""What the mail to the reader of a sample city says, as diffable text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.delivery.body import MAIL_TEMPLATES, fill_body
from generator.model import Enclosure, Errand, Item, Mailbox
from generator.problems import Origin
from generator.report import document_title, letter, report

HERE = Path(__file__).parent
CITY = "qingdao"
READERS = {"en": "Ms Li", "zh-CN": "李副市长"}


@pytest.mark.parametrize("language", READERS)
def test_a_sample_mail_says_what_it_said(cities, root, knowledge, texts, language):
    cell = Origin(f"{CITY}.xlsx", "Recipients", "C4")
    items = tuple(
        Item(
            CITY,
            Enclosure(
                name, language, document_title(name, knowledge, language),
                f"{CITY} {name}.docx", f"{CITY}/{name}.{language}.docx", "",
            ),
            cell,
        )
        for name in ("leadership-brief", "planning-brief")
    )  # fmt: skip
    letters = {CITY: letter(report(cities[CITY], knowledge, texts, language))}
    errand = Errand(
        Mailbox("li", "example.org", "example.org"),
        READERS[language],
        language,
        cell,
        items,
        letters,
        (),
    )
    templates = {name: root / "templates" / language / name for name in MAIL_TEMPLATES}
    body = fill_body(errand, items, 1, 1, templates)
    text = f"# {body.subject}\n\n{body.text}"
    golden = HERE / f"{CITY}.mail.{language}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
