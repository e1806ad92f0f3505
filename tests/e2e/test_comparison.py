"""The comparison of a batch: the facts of each region's results, grouped when they are many."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess

import pytest
from docx import Document
from ooxml_integrity import check as integrity
from openxml_audit import OpenXmlValidator

from generator.shipped import data_root

CITIES = {"changzhi": "Changzhi", "qingdao": "Qingdao", "heze": "Heze"}
LANGUAGES = ("en", "zh-CN")
KAZAKH = {"region": "ekibastuz", "name_en": "Ekibastuz", "name_zh": "埃基巴斯图兹",
          "jurisdiction": "KZ", "admin_code": "551000000", "currency": "KZT"}  # fmt: skip


def of_china(code, admin="370200", **more):
    return {"region": code, "name_en": code.title(), "name_zh": f"{code}市", "jurisdiction": "CN",
            "admin_code": admin, "currency": "CNY", **more}  # fmt: skip


@pytest.fixture(scope="module")
def tables(samples):
    """The English tables of the samples' comparison by the first cell of their header."""
    document = Document(str(samples / "comparison.en.docx"))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


@pytest.fixture(scope="module")
def results(samples):
    return {
        code: json.loads((samples / code / "results.json").read_text(encoding="utf-8"))
        for code in CITIES
    }


def named(tables, head):
    return [table for table in tables if head in table[0]]


def test_readiness_is_that_of_each_city(tables, results):
    uses = {}
    for table in named(tables, "Regions listing it"):
        head, *rows = table
        for name, *cells, count in rows:
            uses[name] = (dict(zip(head[1:-1], cells, strict=True)), int(count))
    assert set(uses) == {
        row["name_en"]
        for row in _uses()
        if row["category"] in {"blockchain", "power_reuse"}
        and (not row["jurisdictions"] or "CN" in row["jurisdictions"].split(";"))
    }
    for code, city in CITIES.items():
        found = results[code]["readiness"]
        for use_id, use in found["uses"].items():
            cells, count = uses[_name_of(use_id)]
            numbers, word = cells[city].split(maxsplit=1)
            # A range where something is unknown.
            low, *high = map(int, numbers.split("–"))
            assert bool(high) is (use["score"] is None)
            assert abs(low - use["low"]) <= 1
            assert abs((high or [low])[0] - use["high"]) <= 1
            listed = use_id in found["shortlist"][use["category"]]
            expected = (
                "listed" if listed else {"viable": "met", "not_viable": "fail"}[use["viability"]]
            )
            for wave in (2, 1):
                projects = results[code]["programme"][("first", "second")[wave - 1]]["projects"]
                if use_id in {one["use_id"] for one in projects}:
                    expected = f"wave {wave}"
            assert word == expected
            everywhere = [
                one for one in results.values()
                if use_id in one["readiness"]["shortlist"][use["category"]]
            ]  # fmt: skip
            assert count == len(everywhere)


def _uses():
    path = data_root() / "inputs/catalogue/uses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _name_of(use_id):
    return next(row["name_en"] for row in _uses() if row["use_id"] == use_id)


def test_shared_uses_are_those_on_several_shortlists(tables, results):
    listed = {}
    for code, found in results.items():
        for ids in found["readiness"]["shortlist"].values():
            for use_id in ids:
                listed.setdefault(_name_of(use_id), set()).add(code)
    expected = {name: len(codes) for name, codes in listed.items() if len(codes) > 1}
    (table,) = named(tables, "Listed in")
    assert {row[0].split("\n")[0]: int(row[1]) for row in table[1:]} == expected


def test_projects_and_effects_are_those_of_each_programme(tables, results):
    (table,) = named(tables, "First wave")
    head, *rows = table
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        programme = results[cells["Region"].lower()]["programme"]
        for column, wave in (("First wave", "first"), ("Second wave", "second")):
            names = [_name_of(one["use_id"]) for one in programme[wave]["projects"]]
            assert cells[column] == ("; ".join(dict.fromkeys(names)) or "–")
        amounts = [float(one) for one in cells["Full-time jobs"].replace(",", "").split(" + ")]
        waves = [programme[wave]["effects"]["jobs"] for wave in ("first", "second")]
        assert amounts == pytest.approx([one for one in waves if one], abs=0.051)


def test_limits_that_bind_are_those_of_each_programme(tables, results):
    (table,) = named(tables, "What more of it brings in")
    words = {"Capital": "capex", "Grid capacity": "grid_mw", "Developers": "dev_fte"}
    for row in table[1:]:
        code = row[0].lower()
        own = {one["resource"]: one for one in results[code]["programme"]["limits"]}
        for head, cell in zip(table[0], row, strict=True):
            if head in words:
                one = own[words[head]]
                share = 100 * (one["first"] + one["second"]) / one["limit"]
                assert cell.endswith("binds") == one["is_binding"]
                assert abs(int(cell.split()[0].rstrip("%")) - share) < 1


def test_key_figures_are_the_sums_of_the_registers(tables, results):
    """Spare capacity as each city's readiness has it."""
    (table,) = named(tables, "Free standard racks")
    assert [row[0] for row in table[1:]] == [*CITIES.values(), "All 3 regions together"]
    spare = [float(row[1]) for row in table[1:]]
    assert spare[3] == sum(spare[:3])
    for code, value in zip(CITIES, spare, strict=False):
        use = results[code]["readiness"]["uses"]["U01"]["contributions"]["spare_grid_mw"]
        assert value == use["fact"]["value"]


def test_law_is_said_with_citation_and_where_it_holds(samples, read_text):
    text = read_text(samples / "comparison.en.docx")
    # Proof-of-work has a row of its own where a province adds to what the State says.
    assert "Changzhi\nbarred\nProof-of-work mining" in text
    assert "Qingdao; Heze\nbarred\nProof-of-work mining" in text
    assert "Yin Fa [2026] No. 42" in text
    assert "银发〔2026〕42号" in read_text(samples / "comparison.zh-CN.docx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_carries_what_every_document_must(samples, read_text, language):
    text = read_text(samples / f"comparison.{language}.docx")
    for words in (
        ("Illustrative draft", "示例稿"),
        ("As of 28 November 2026", "基准日：2026年11月28日"),
        ("not legal, financial or engineering advice", "不构成法律、财务或工程意见"),
        ("CC BY 4.0", "CC BY 4.0"),
    ):
        assert words[language != "en"] in text
    assert not re.search(r"\{\{|\{%|%\}|\}\}|\bNone\b|\bnan\b|Undefined", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_passes_both_validators(samples, language):
    path = samples / f"comparison.{language}.docx"
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    faults = [one for one in integrity(path) if str(one.severity).lower().endswith("error")]
    assert faults == []


def test_every_table_repeats_its_header_and_has_a_numbered_caption(samples):
    document = Document(str(samples / "comparison.en.docx"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(document.tables)
    fields = [one.get(f"{space}instr") for one in document.element.iter(f"{space}fldSimple")]
    assert sum("SEQ Table" in field for field in fields) == len(captions)
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{space}trPr/{space}tblHeader") is not None  # noqa: SLF001 - python-docx has no word for it


def test_the_manifest_lists_the_comparison_and_its_table(samples):
    manifest = json.loads((samples / "manifest.json").read_text(encoding="utf-8"))
    for name in ("comparison.en.docx", "comparison.zh-CN.docx", "comparison.csv"):
        content = (samples / name).read_bytes()
        assert manifest["files"][name] == hashlib.sha256(content).hexdigest()


def test_one_region_has_no_comparison_and_is_told_so_when_it_was_asked_for(briefs, form, tmp_path):
    book = tmp_path / "a.xlsx"
    book.write_bytes(form({"region": [of_china("alone")]}))
    quiet = briefs("build", book, "--out", tmp_path / "out", "--document", "leadership-brief")
    asked = briefs("build", book, "--out", tmp_path / "out", "--document", "comparison")
    assert (quiet.returncode, asked.returncode) == (0, 0)
    assert "comparison" not in quiet.stderr
    assert [line for line in asked.stderr.splitlines() if line.startswith("comparison")] == [
        "comparison: not written, it needs two regions or more"
    ]
    assert list((tmp_path / "out").glob("comparison*")) == []


def test_a_region_that_cannot_be_read_is_named_as_not_built(briefs, form, tmp_path, read_text):
    rows = [of_china("one"), of_china("two"), of_china("lost", plan_from="soon")]
    book = tmp_path / "a.xlsx"
    book.write_bytes(form({"region": rows}))
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(b"nothing of a workbook")
    out = tmp_path / "out"
    done = briefs("build", book, torn, "--out", out, "--document", "comparison")
    assert done.returncode == 2
    text = read_text(out / "comparison.en.docx")
    assert "Not built and therefore not compared: 2 (lost; torn.xlsx)." in text
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["not_built"] == ["lost", "torn.xlsx"]


def test_another_legal_order_stands_beside_the_first(briefs, form, tmp_path, read_text):
    book = tmp_path / "a.xlsx"
    book.write_bytes(form({"region": [of_china("jinan"), KAZAKH]}))
    out = tmp_path / "out"
    done = briefs("build", book, "--out", out, "--document", "comparison", "--as-of", "2026-11-28")
    assert done.returncode == 0, done.stderr
    text = read_text(out / "comparison.en.docx")
    assert "China\nbarred\nProof-of-work mining" in text
    assert "barred: China; lawful under conditions: Kazakhstan" in text
    assert "禁止" in (chinese := read_text(out / "comparison.zh-CN.docx"))
    assert "哈萨克斯坦：附条件允许" in chinese


@pytest.mark.exhaustive("builds forty-five regions")
def test_forty_five_regions_are_grouped_and_all_are_in_the_table(
    briefs, form, tmp_path, read_text, soffice
):
    provinces = ("140400", "370200", "510700")
    rows = [of_china(f"place{n:02d}", provinces[n % 3]) for n in range(45)]
    power = [
        {"region": row["region"], "name_en": "Point", "kind": "connection point",
         "status": "existing", "capacity_mw": 200, "spare_mw": 10 + n, "price": 0.4, "grade": "C",
         "source_en": "grid company"}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    book = tmp_path / "a.xlsx"
    book.write_bytes(form({"region": rows, "power": power}))
    out = tmp_path / "out"
    done = briefs(
        "build", book, "--out", out, "--document", "comparison", "--draws", 100, "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    path = out / "comparison.en.docx"
    text = read_text(path)
    for group in ("China: Shanxi", "China: Shandong", "China: Sichuan"):
        # Overview, values, key figures, two heat tables and the limits.
        assert text.count(f"\n{group}\n") == 6
    content = (out / "comparison.csv").read_bytes()
    head, *listed = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert sorted(row[0] for row in listed) == sorted(row["region"] for row in rows)
    spare = next(place for place, name in enumerate(head) if name.startswith("Firm spare grid"))
    assert sum(float(row[spare]) for row in listed) == sum(range(10, 55))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    drawn = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "comparison.en.pdf", "-"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    assert all(drawn.count(row["name_en"]) >= 5 for row in rows)
