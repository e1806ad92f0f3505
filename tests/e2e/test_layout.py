"""The documents as pages: how many, how full, and nothing cut off.

Pages are judged in LibreOffice with the faces that stand in for Word's.
"""

from __future__ import annotations

import re
import subprocess

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.shipped import data_root

CITIES = ("changzhi", "qingdao", "heze")
DOCUMENTS = ("leadership-brief", "planning-brief", "annex")
LANGUAGES = ("en", "zh-CN")
# One city's annex stands for all: its tables are the same for each, and it has 100 pages.
SAMPLES = [
    f"{city}.{name}.{tongue}"
    for city in CITIES
    for name in DOCUMENTS
    for tongue in LANGUAGES
    if name != "annex" or city == "heze"
]
LONG = [f"shengle.{name}.{tongue}" for name in DOCUMENTS for tongue in LANGUAGES]
PAGES = {"leadership-brief": (2, 2), "planning-brief": (12, 20)}
"""Fewest and most pages of a document; those without a row may be as long as they need."""
LEAST = 5
"""Characters of each end of a cell that a page end has cut; less than a line of any column."""
DOTS_PER_MM = 20 / 25.4
HEAD_MM, FOOT_MM = 15, 13
"""How far header and footer reach into the page."""


def shown_by(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def page_count(pdf):
    return int(re.search(rb"Pages:\s+(\d+)", shown_by("pdfinfo", pdf))[1])


def text_of(pdf):
    """What the pages say, without spaces and line ends, cell by cell."""
    return re.sub(r"\s", "", shown_by("pdftotext", "-raw", pdf, "-").decode())


def fillings(pdf):
    """For each page whether it is wide, and how far down its text, lines and pictures reach.

    Header and footer do not count; 0 is the top of the text area, 1 its end.
    """
    drawn, place = shown_by("pdftoppm", "-r", "20", "-gray", pdf), 0
    while head := re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s").match(drawn, place):
        width, height = int(head[1]), int(head[2])
        first, last = round(HEAD_MM * DOTS_PER_MM), height - round(FOOT_MM * DOTS_PER_MM)
        lines = (drawn[head.end() + i * width : head.end() + (i + 1) * width] for i in range(last))
        inked = [i for i, line in enumerate(lines) if i >= first and min(line) < 200]
        yield width > height, (max(inked) - first) / (last - first) if inked else 0
        place = head.end() + width * height


def half_empty(pdf):
    """Numbers of pages that end in their upper half for no reason that a reader can see.

    The last page, and the last before the paper turns, end where their text ends.
    """
    pages = list(fillings(pdf))
    turns = [wide for wide, _ in pages[1:]]
    return [
        number
        for number, ((wide, filled), following) in enumerate(zip(pages, turns, strict=False), 1)
        if filled < 0.5 and following == wide
    ]


@pytest.mark.parametrize("name", SAMPLES + LONG)
def test_a_document_has_the_pages_its_readers_expect(layouts, name):
    fewest, most = PAGES.get(name.split(".")[1], (5, 150))
    assert fewest <= page_count(layouts[name]) <= most


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_is_laid_out_in_the_faces_that_stand_for_those_of_word(layouts, name):
    faces = shown_by("pdffonts", layouts[name]).decode()
    # Without its own face Chinese is drawn as boxes, which are narrower and end pages elsewhere.
    wanted = ("NotoSerifCJK", "NotoSansCJK") if name.endswith("zh-CN") else ("Carlito",)
    assert all(face in faces for face in wanted)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_is_more_than_half_empty_by_accident(layouts, name):
    assert half_empty(layouts[name]) == []


@pytest.mark.parametrize("name", [one for one in SAMPLES if "planning" in one])
def test_the_disclaimer_has_no_page_to_itself(layouts, name):
    pdf = layouts[name]
    last = str(page_count(pdf))
    text = shown_by("pdftotext", "-f", last, "-l", last, pdf, "-").decode()
    lines = [line for line in (one.strip() for one in text.splitlines()) if line]
    # Below the two texts of the header.
    assert lines[2] not in {"Please note", "说明"}


def test_a_page_that_breaks_off_early_is_seen(layouts, samples, soffice, tmp_path):
    """The measure itself: a page break in the middle of the text leaves such a page."""
    document = Document(str(samples / "heze" / "planning-brief.en.docx"))
    document.paragraphs[1].paragraph_format.page_break_before = True
    document.save(str(tmp_path / "broken.docx"))
    shown_by(
        soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "broken.docx",
    )  # fmt: skip
    assert half_empty(tmp_path / "broken.pdf")[0] == 1
    assert 1 not in half_empty(layouts["heze.planning-brief.en"])


PAGE = "→"
"""What a field of the contents stores; the pages show the number instead, held by another test."""


def rows_of(path):
    """What each paragraph of each row of the tables says, without spaces."""
    for table in Document(str(path)).tables:
        for row in table.rows:
            words = (paragraph.text for cell in row.cells for paragraph in cell.paragraphs)
            if found := [text for one in words if (text := re.sub(r"\s", "", one))]:
                yield found


def not_drawn(path, drawn):
    """Texts of cells that the pages lack, whole and in the two pieces that a page end makes."""
    return [text for row in rows_of(path) for text in row if text != PAGE and text not in drawn
            and not (text[:LEAST] in drawn and text[-LEAST:] in drawn)
            and not any(text[:at] in drawn and text[at:] in drawn for at in range(1, len(text)))]  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_every_table_is_drawn_in_full(layouts, samples, name):
    city, document, tongue = name.split(".")
    drawn = text_of(layouts[name])
    assert not_drawn(samples / city / f"{document}.{tongue}.docx", drawn) == []


@pytest.mark.parametrize("name", LONG)
def test_no_cell_is_cut_by_the_longest_names_that_planners_write(layouts, long_names, name):
    city, document, tongue = name.split(".")
    drawn = text_of(layouts[name])
    assert not_drawn(long_names / city / f"{document}.{tongue}.docx", drawn) == []


@pytest.mark.parametrize("name", LONG)
def test_long_names_stay_on_the_paper(layouts, name):
    boxes = shown_by("pdftotext", "-bbox", layouts[name], "-").decode()
    for page in boxes.split("<page ")[1:]:
        width = float(re.search(r'width="([\d.]+)"', page)[1])
        ends = [float(end) for end in re.findall(r'<word [^>]*xMax="([\d.]+)"', page)]
        assert ends
        assert max(ends) <= width - 28, "less than a centimetre of margin is left"


@pytest.mark.parametrize("name", LONG)
def test_no_row_has_a_fixed_height(long_names, name):
    city, document, tongue = name.split(".")
    body = Document(str(long_names / city / f"{document}.{tongue}.docx")).element
    rules = {one.get(qn("w:hRule")) for one in body.iter(qn("w:trHeight"))}
    assert "exact" not in rules


def contents_of(document):
    """The table of contents, which stands after the summary."""
    return next(one for one in document.tables if one.rows[0].cells[-1].text in {"Page", "页码"})


def test_the_contents_list_says_on_which_page_each_chapter_stands(briefs, soffice, tmp_path):
    """Page numbers against an independent reading: the page of the PDF on which the heading is."""
    assert soffice
    done = briefs(
        "build", "--as-of", "2026-11-28", "--document", "planning-brief", "--lang", "en",
        "--paginate", "--pdf", "--out", tmp_path, data_root() / "inputs/regions/heze.xlsx",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "heze"
    pages = shown_by("pdftotext", "-layout", folder / "planning-brief.en.pdf", "-").decode()
    pages = pages.split("\f")
    contents = contents_of(Document(str(folder / "planning-brief.en.docx")))
    entries = [[cell.text for cell in row.cells] for row in contents.rows[1:]]
    assert len(entries) >= 10
    for title, said, page in entries:
        assert said
        heading = re.compile(rf"^ *\d+ +{re.escape(title)}$", re.MULTILINE)
        # The page of the contents holds each title as well, there with what it says.
        assert heading.search(pages[int(page) - 1]), (title, page)


@pytest.mark.parametrize("name", [one for one in SAMPLES if "planning" in one])
def test_the_contents_ask_for_pages_that_a_reader_with_a_layout_fills(layouts, samples, name):
    """No layout, no numbers in the file; LibreOffice writes them where it lays the pages out."""
    city, document, tongue = name.split(".")
    document = Document(str(samples / city / f"{document}.{tongue}.docx"))
    contents = contents_of(document)
    stored = {row.cells[2].text for row in contents.rows[1:]}
    asked = [one for one in document.element.iter(qn("w:instrText")) if "PAGEREF" in one.text]
    assert stored == {PAGE}
    assert len(asked) == len(contents.rows) - 1
    assert PAGE not in text_of(layouts[name]).partition("1")[0]
