"""Tags are freed of Word's markup exactly as docxtpl frees them."""

import random
from pathlib import Path

import pytest
from docxtpl import DocxTemplate

from generator.word.package import parts_of
from generator.word.tagged import patched

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(ROOT.glob("templates/*/*.docx"))
PIECES = (
    "<w:p>", "</w:p>", '<w:p w:rsidR="1">', "<w:pPr/>", "<w:r>", "</w:r>", "<w:rPr/>", "<w:t>",
    "</w:t>", '<w:t xml:space="preserve">', "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
    "</w:tc>", "<w:tcPr>", "</w:tcPr>", '<w:shd w:fill="auto"/>', "<w:tab/>", "{", "}", "{{", "}}",
    "{%", "%}", "%", "#", "{#", "#}", "-%}", "{%-", "{{ name }}", "{{r link }}", "{%r if a %}",
    "{%p if a %}", "{%p endif %}", "{%tr for row in rows %}", "{%tr endfor %}", "{%tc for c in row %}",
    "{%tc endfor %}", "{{p text }}", "{% cellbg shade %}", "{% colspan 2 %}", "{% vm %}", "{%p vm %}",
    "{% hm %}", "cellbg", "“”", "‘’", "&lt;", "&#8216;", "\n", " ", "words", "tr ", "r ",
)  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_shipped_templates_are_cleaned_as_docxtpl_cleans_them(path):
    for name, content in parts_of(path.read_bytes()).items():
        if name.startswith("word/") and name.endswith(".xml"):
            text = content.decode()
            assert patched(text) == DocxTemplate.patch_xml(None, text), name


@pytest.mark.parametrize("seed", range(20))
def test_any_mixture_of_tags_and_markup_is_cleaned_as_docxtpl_cleans_it(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(100):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 40)))
        assert patched(text) == DocxTemplate.patch_xml(None, text), text
