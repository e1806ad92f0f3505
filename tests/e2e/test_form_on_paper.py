"""The form on paper: every sheet on pages across, headers on each, nothing cut and nothing empty."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from generator.intake.columns import FORM

if TYPE_CHECKING:
    from pathlib import Path

A4_ACROSS, A4_UPRIGHT = (841.89, 595.3), (595.3, 841.89)


@pytest.fixture(scope="module", params=["en", "zh-CN"])
def printed(request, briefs, soffice, tmp_path_factory):
    """A blank form and its pages: size and text of each."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    folder: Path = tmp_path_factory.mktemp("paper")
    form = folder / "form.xlsx"
    assert briefs("new", form, "--lang", request.param).returncode == 0
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", folder, form],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    boxes = subprocess.run(
        ["pdftotext", "-bbox", folder / "form.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = []
    for part in boxes.split("<page ")[1:]:
        width, height = (
            float(part.split(f'{name}="')[1].split('"')[0]) for name in ("width", "height")
        )
        words = re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', part)
        pages.append((width, height, [(float(x), float(y), word) for x, y, word in words]))
    return request.param, load_workbook(form), pages


def test_pages_are_a4_across_and_numbered_with_the_name_of_their_sheet(printed):
    language, book, pages = printed
    first, *rest = pages
    assert first[:2] == pytest.approx(A4_UPRIGHT, abs=1)
    names = [sheet.name(language).split()[0] for sheet in FORM]
    seen = []
    for number, (width, height, words) in enumerate(rest, start=2):
        assert (width, height) == pytest.approx(A4_ACROSS, abs=1)
        foot = [word for _, y, word in words if y > height - 45]
        assert foot[-3:] == [str(number), "/", str(len(pages))]
        seen.append(foot[0])
    assert list(dict.fromkeys(seen)) == names
    assert book.sheetnames[-1] == "Lists"  # hidden, and on no page


def test_every_page_has_the_headers_and_its_records_names(printed):
    language, _, pages = printed
    mark = {"en": "Region", "zh-CN": "地区"}[language]
    for _, height, words in pages[1:]:
        head = [word for _, y, word in words if y < height / 4]
        assert head[0] == mark
        assert len(words) > 12


def test_pages_break_where_the_sheet_says_and_no_value_is_parted_from_its_range(printed):
    language, book, pages = printed
    count = 1
    for sheet in FORM:
        page = book[sheet.name(language)]
        breaks = [one.id for one in page.col_breaks.brk]
        count += len(breaks) + 1
        together = [
            [part.header(language) for part in column.expanded()] for column in sheet.columns
        ]
        for last in breaks:
            ended, begun = (str(page[f"{get_column_letter(n)}1"].value) for n in (last, last + 1))
            pair = {ended.removesuffix(" *"), begun.removesuffix(" *")}
            assert not any(pair <= set(group) for group in together)
        assert page.print_title_rows == "$1:$3"
        assert (page.page_setup.scale or 70) >= 70
    assert len(pages) == count


def test_rows_added_below_are_printed_too(printed):
    _, book, _ = printed
    assert all(not page.print_area for page in book)
