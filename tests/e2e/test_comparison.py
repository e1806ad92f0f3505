"""The comparison of a batch: the facts of each region's results, grouped when they are many."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import zipfile
from xml.etree import ElementTree as ET

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


def test_readiness_is_that_of_each_city(samples, results):
    """Of every use of both lists, in the full table."""
    content = (samples / "comparison.csv").read_bytes().decode("utf-8-sig")
    rows = {row["Region code / 地区代码"]: row for row in csv.DictReader(io.StringIO(content))}
    assert set(rows) == set(CITIES)
    heads = {
        head.split(" ", 1)[0]: head.split(":", 1)[0]
        for head in rows["heze"]
        if head.endswith(": law / 法律状态")
    }
    listed = {
        row["use_id"] for row in _uses() if row["category"] in {"blockchain", "power_reuse"}
    }  # fmt: skip
    assert set(heads) == listed
    for code, row in rows.items():
        found, programme = results[code]["readiness"], results[code]["programme"]
        for use_id, use in found["uses"].items():
            cells = {
                name.split(" / ")[0]: row[f"{heads[use_id]}: {name}"]
                for name in (
                    "readiness, low end / 就绪度下限", "readiness, high end / 就绪度上限",
                    "list / 入围情况", "wave / 批次",
                )
            }  # fmt: skip
            assert float(cells["readiness, low end"]) == pytest.approx(use["low"], abs=0.051)
            assert float(cells["readiness, high end"]) == pytest.approx(use["high"], abs=0.051)
            on_list = use_id in found["shortlist"][use["category"]]
            assert cells["list"].startswith("shortlist /") is on_list
            waves = [
                str(number)
                for number, name in ((1, "first"), (2, "second"))
                if use_id in {one["use_id"] for one in programme[name]["projects"]}
            ]
            assert cells["wave"] == (waves[0] if waves else "")


def _uses():
    path = data_root() / "inputs/catalogue/uses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _name_of(use_id):
    return next(row["name_en"] for row in _uses() if row["use_id"] == use_id)


def _planned(results):
    """Names of the uses in each city's programme, by wave."""
    return {
        code: [
            list(dict.fromkeys(_name_of(one["use_id"]) for one in found["programme"][wave]["projects"]))
            for wave in ("first", "second")
        ]
        for code, found in results.items()
    }  # fmt: skip


def test_shared_uses_are_those_that_several_plan_and_a_platform_carries(tables, results):
    """With the capital that each city's results give the project, built by itself."""
    needs = data_root() / "inputs/catalogue/unit_needs.csv"
    with needs.open(encoding="utf-8", newline="") as file:
        carried = {
            _name_of(row["use_id"])
            for row in csv.DictReader(file)
            if row["on_shared_platform"] == "yes"
        }
    waves = _planned(results)
    planned = {
        name: [code for code in CITIES if name in {*waves[code][0], *waves[code][1]}]
        for name in carried
    }
    expected = {name: codes for name, codes in planned.items() if len(codes) > 1}
    (table,) = named(tables, "Capital if built apart")
    assert {row[0] for row in table[1:]} == set(expected)
    for name, first, _, _, capital in table[1:]:
        begin = [CITIES[code] for code in expected[name] if name in waves[code][0]]
        assert first == ("; ".join(begin) or "–")
        total = sum(
            one["capital"]["value"]
            for code in expected[name]
            for wave in ("first", "second")
            for one in results[code]["programme"][wave]["projects"]
            if _name_of(one["use_id"]) == name
        )
        shown = float(re.fullmatch(r"CNY ([\d.]+) million", capital)[1])
        assert shown == pytest.approx(total, rel=0.005)


def test_projects_are_those_of_each_programme_and_each_city_has_its_reason(tables, results):
    (table,) = named(tables, "Begins with")
    waves = _planned(results)
    assert [row[0] for row in table[1:]] == list(CITIES.values())
    for city, first, second, why in table[1:]:
        own = waves[city.lower()]
        assert (first, second) == tuple("; ".join(names) or "nothing for now" for names in own)
        others = {
            name for code in CITIES if code != city.lower() for wave in waves[code] for name in wave
        }
        if alone := [name for name in own[0] if name not in others]:
            assert any(why.startswith(f"Only here: {name}. Elsewhere – ") for name in alone)


def test_effects_are_those_of_each_programme(tables, results):
    (table,) = named(tables, "Share of idle power")
    head, *rows = table
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        programme = results[cells["Region"].lower()]["programme"]
        jobs = [int(one.replace(",", "")) for one in cells["Full-time jobs"].split(" + ")]
        waves = [programme[wave]["effects"] for wave in ("first", "second")]
        assert jobs == [round(one["jobs"]) for one in waves if one["jobs"]]
        grid = next(one for one in programme["limits"] if one["resource"] == "grid_mw")
        share = 100 * sum(one["power"] for one in waves) / grid["limit"]
        assert int(cells["Share of idle power"].rstrip("%")) == pytest.approx(share, abs=0.51)


def test_the_chart_counts_how_many_plan_each_use(samples, results):
    waves = _planned(results)
    with zipfile.ZipFile(samples / "comparison.en.docx") as package:
        (name,) = (
            one for one in package.namelist() if re.fullmatch(r"word/charts/chart\d*\.xml", one)
        )
        root = ET.fromstring(package.read(name))  # noqa: S314 - our own file
    chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    names = next(
        [one.text for one in series.find(f"{chart}cat").iter(f"{chart}v")]
        for series in root.iter(f"{chart}ser")
    )
    values = [
        [float(one.text) for one in series.find(f"{chart}val").iter(f"{chart}v")]
        for series in root.iter(f"{chart}ser")
    ]
    for place, said in enumerate(names):
        use, count = re.fullmatch(r"(.*) \((\d+)\)", said).groups()
        begun = sum(1 for code in CITIES if use in waves[code][0])
        later = sum(1 for code in CITIES if use in waves[code][1] and use not in waves[code][0])
        assert int(count) == begun + later
        assert [one[place] for one in values] == pytest.approx(
            [100 * begun / len(CITIES), 100 * later / len(CITIES)], abs=0.01
        )


def test_limits_that_bind_are_those_of_each_programme(tables, results):
    binding = {
        (CITIES[code], one["resource"])
        for code in CITIES
        for one in results[code]["programme"]["limits"]
        if one["is_binding"]
    }
    words = {"Capital": "capex", "Grid capacity": "grid_mw", "Developers": "dev_fte",
             "IT load in existing rooms": "it_load_mw", "Racks in existing rooms": "racks",
             "Operations staff": "ops_fte", "Technicians": "technician_fte"}  # fmt: skip
    rows = [row for table in named(tables, "What a little more would do") for row in table[1:]]
    assert {(row[0], words[row[1]]) for row in rows} == binding


def test_key_figures_are_those_of_the_registers(samples, results):
    """Spare capacity as each city's readiness has it."""
    content = (samples / "comparison.csv").read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    spare = next(place for place, name in enumerate(head) if name.startswith("Firm spare grid"))
    for row in rows:
        use = results[row[0]]["readiness"]["uses"]["U01"]["contributions"]["spare_grid_mw"]
        assert float(row[spare]) == use["fact"]["value"]


def test_law_is_said_with_citation_and_where_it_holds(samples, read_text):
    text = read_text(samples / "comparison.en.docx")
    # What the State says is said once; what a province adds has a row of its own.
    assert text.count("barred\nProof-of-work mining (industrial)") == 1
    assert "all 3 regions\nbarred\nProof-of-work mining (industrial)" in text
    assert "Changzhi\nProof-of-work mining\nbarred" in text
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
        assert text.count(f"\n{group}\n") == 1
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
    assert all(row["name_en"] in drawn for row in rows)
    shown = subprocess.run(
        ["pdfinfo", tmp_path / "comparison.en.pdf"], capture_output=True, check=True, text=True
    ).stdout
    assert int(re.search(r"Pages:\s+(\d+)", shown)[1]) <= 8
