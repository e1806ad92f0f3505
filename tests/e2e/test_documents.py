"""What the Word files say, and that they open everywhere."""

from __future__ import annotations

import csv
import json
import re
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

CITIES = ("changzhi", "qingdao", "heze")
DOCUMENTS = ("leadership-brief", "planning-brief", "annex")
LANGUAGES = ("en", "zh-CN")
ALL = [(city, name, tongue) for city in CITIES for name in DOCUMENTS for tongue in LANGUAGES]

KAZAKH = {
    "region": [{"region": "ekibastuz", "name_en": "Ekibastuz", "jurisdiction": "KZ",
                "admin_code": "551000000", "currency": "KZT", "cny_per_unit": 0.0137,
                "grade": "C"}],
    "power": [{"region": "ekibastuz", "name_en": "Point 1", "kind": "connection point",
               "status": "existing", "capacity_mw": 200, "spare_mw": 60, "price": 24, "grade": "C",
               "source_en": "grid company"}],
}  # fmt: skip
TEXAN = {
    "region": [{"region": "pecos", "name_en": "Pecos", "jurisdiction": "US-TX",
                "admin_code": "48389", "currency": "USD", "grade": "C"}],
}  # fmt: skip


def build(briefs, form, tmp_path, rows, *documents):
    book = tmp_path / "book.xlsx"
    book.write_bytes(form(rows))
    chosen = [part for name in documents for part in ("--document", name)]
    done = briefs("build", book, "--as-of", "2026-11-28", "--out", tmp_path / "out", *chosen)
    assert done.returncode == 0, done.stderr
    return tmp_path / "out" / str(rows["region"][0]["region"])


@pytest.mark.parametrize("city", CITIES)
def test_all_six_comparators_are_barred_today_with_citation_and_never_scored(
    samples, read_text, city
):
    results = json.loads((samples / city / "results.json").read_text(encoding="utf-8"))
    for number in range(1, 7):
        assert results["law"]["uses"][f"P0{number}"]["status"] == "prohibited"
        assert f"P0{number}" not in results["readiness"]["uses"]
    text = read_text(samples / city / "leadership-brief.en.docx")
    # The two pages say it of all together and leave the names to the planning brief: the six
    # comparators, and mining under the label of a data centre, which no use carries.
    barred = (
        "On 28 November 2026 all virtual-currency mining and trading that was screened is barred, save "
        "tokenised assets with the regulator’s consent; no option holds any of it. "
        # One instrument alone does not bar both: the notice on mining says nothing of trading.
        "Part of the bar rests only on Yin Fa [2026] No. 42 of the People’s Bank of China and others, "
        "known from reports: read before any study is paid. The bar on proof-of-work mining rests mainly on Fa Gai "
        "Yun Xing [2021] No. 1283 of the National Development and Reform Commission and others "
        "(copy)."
    )
    assert text.count(barred) == 1
    assert text.count("read before any study is paid") == 1
    in_full = read_text(samples / city / "planning-brief.en.docx")
    # The sentence above their table names those known by report alone once more.
    begins = [
        row.cells[0].text
        for one in Document(str(samples / city / "planning-brief.en.docx")).tables
        for row in one.rows
    ]
    for name in (
        "Proof-of-work mining (industrial)", "Small home mining",
        "Mining pools and mining of other coins", "Exchange, brokerage and pricing services",
        "Issue of tokens, stablecoins or tokenised real-world assets",
        "Mining-machine sale and service", "Mining inside a data centre",
    ):  # fmt: skip
        assert sum(name in text for text in begins) == 1
    # Kinds that the same instruments bar, with one reading each, share a row.
    assert in_full.count("Barred by") == 4
    assert "Yin Fa [2026] No. 42" in text
    assert "Fa Gai Yun Xing [2021] No. 1283" in text
    chinese = read_text(samples / city / "leadership-brief.zh-CN.docx")
    assert "发改运行〔2021〕1283号" in chinese
    assert "银发〔2026〕42号" in chinese


def test_the_law_of_31_march_2025_is_the_law_that_is_shown(briefs, root, tmp_path, read_text):
    out = tmp_path / "out"
    done = briefs(
        "build", root / "inputs/regions/qingdao.xlsx", "--as-of", "2025-03-31", "--out", out,
        "--document", "leadership-brief", "--document", "planning-brief",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads((out / "qingdao/results.json").read_text(encoding="utf-8"))
    assert results["law"]["uses"]["P06"]["status"] == "not_assessed"
    # The notice on supply-chain finance came on 15 June; receivables were registered since 2021, and
    # data of trade may leave without a procedure since 22 March 2024.
    finance = results["law"]["uses"]["U03"]["activities"]["supply_chain_finance"]
    assert finance["rules"] == ["CN-SCF-02", "CN-SCF-03"]
    assert finance["coming"] == ["CN-SCF-01"]
    # No rule on battery passports was in force that day.
    assert results["law"]["uses"]["U10"]["status"] == "partly_assessed"
    assert "U10" in results["readiness"]["law_not_checked"]["blockchain"]
    text = read_text(out / "qingdao/planning-brief.en.docx")
    assert "31 March 2025" in text
    assert "Yin Fa [2021] No. 237" in text
    # A reader's note on an older rule may name a later instrument; nothing rests on it.
    note = table(root, "rules/rules", "rule_id")["CN-FIN-00"]["reader_note_en"].rstrip(".")
    assert "Yin Fa [2026] No. 42" not in text.replace(note, "")
    assert re.search(
        r"uses are only partly assessed \(.*Battery and manufacturing product passport.*"
        r"no rule is on file for: .*Battery digital identity and passport",
        text,
    )
    assert "no rule in force that day was found for Sale and service of mining machines" in text
    assert "2025年3月31日" in read_text(out / "qingdao/leadership-brief.zh-CN.docx")


def test_a_kazakh_region_shows_the_law_there_and_no_chinese_ban(briefs, form, tmp_path, read_text):
    folder = build(briefs, form, tmp_path, KAZAKH, "planning-brief")
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert results["law"]["uses"]["P01"]["status"] == "conditional"
    assert results["law"]["uses"]["P02"]["status"] == "prohibited"
    text = read_text(folder / "planning-brief.en.docx")
    assert "Law on Digital Assets" in text
    assert "outside this plan" in text
    assert not re.search(r"Fa Gai|Yin Fa|CN-[A-Z]{3}", text)
    price = results["readiness"]["uses"]["R01"]["contributions"]["power_price"]["fact"]
    assert price["value"] == pytest.approx(24 * 0.0137)


def test_a_texan_region_shows_conditions_and_states_that_mining_is_outside_the_plan(
    briefs, form, tmp_path, read_text
):
    folder = build(briefs, form, tmp_path, TEXAN, "leadership-brief", "planning-brief")
    text = read_text(folder / "leadership-brief.en.docx")
    # The two pages say it of all kinds together, the planning brief of each.
    assert "no rule on file bars" in text
    assert "no option holds any of it" in text
    assert "The main instrument" not in text
    in_full = read_text(folder / "planning-brief.en.docx")
    assert "Lawful here under conditions, and outside this plan" in in_full
    for said in (text, in_full):
        assert "Barred by" not in said
    assert "16 TAC 25.114" in in_full


def test_a_region_where_nothing_is_assessed_says_so_in_its_answer(
    briefs, form, tmp_path, read_text
):
    rows = {"region": [{**TEXAN["region"][0], "region": "keflavik", "jurisdiction": "IS",
                        "admin_code": "IS00"}]}  # fmt: skip
    folder = build(briefs, form, tmp_path, rows, "leadership-brief")
    assert "the law must be checked first" in read_text(folder / "leadership-brief.en.docx")


def staffed(fte):
    role = {"region": "r", "role_en": "Ledger developer", "counts_towards": "developers",
            "headcount": 50, "grade": "A", "source_en": "survey"}  # fmt: skip
    if fte is not None:
        role["available_fte"] = fte
    region = {"region": "r", "name_en": "R", "jurisdiction": "CN", "admin_code": "370200",
              "currency": "CNY"}  # fmt: skip
    return {"region": [region], "workforce": [role]}


def test_blank_developers_and_zero_developers_give_two_different_documents(
    briefs, form, tmp_path, read_text
):
    texts, annexes, uses = {}, {}, {}
    for name, fte in (("blank", None), ("zero", 0)):
        folder = tmp_path / name
        folder.mkdir()
        made = build(briefs, form, folder, staffed(fte), "planning-brief", "annex")
        texts[name] = read_text(made / "planning-brief.en.docx")
        annexes[name] = read_text(made / "annex.en.docx")
        results = json.loads((made / "results.json").read_text(encoding="utf-8"))
        uses[name] = results["readiness"]["uses"]["U01"]
    assert texts["blank"] != texts["zero"]
    blank, zero = (uses[key]["contributions"]["dev_fte"] for key in ("blank", "zero"))
    assert blank["fact"]["value"] is None
    assert (blank["points_low"], blank["points_high"]) == (0, blank["weight"])
    assert zero["fact"]["value"] == 0
    assert (zero["points_low"], zero["points_high"]) == (0, 0)
    assert uses["zero"]["coverage_pct"] - uses["blank"]["coverage_pct"] == blank["weight"]
    assert "Workforce\n1\n0 full-time staff available\n" in texts["zero"]
    assert "Workforce\n1\n–\n" in texts["blank"]
    assert "Ledger developer\ndevelopers\n50\n0\n" in annexes["zero"]
    assert "Ledger developer\ndevelopers\n50\n–\n" in annexes["blank"]


def table(root, name, key):
    with (root / f"inputs/{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def worded_for_china(root, name, key):
    """The rows of a catalogue table, with the texts that China words in its own way."""
    rows = table(root, f"catalogue/{name}", key)
    with (root / "inputs/catalogue/local_texts.csv").open(encoding="utf-8", newline="") as file:
        for text in csv.DictReader(file):
            if (text["table"], text["jurisdiction"]) == (name, "CN"):
                rows[text["row_id"]][f"{text['field']}_en"] = text["text_en"]
    return rows


def proposed(results):
    """The uses of both waves."""
    waves = (results["programme"][name]["projects"] for name in ("first", "second"))
    return {one["use_id"] for wave in waves for one in wave}


@pytest.mark.parametrize("city", CITIES)
def test_what_the_planning_brief_gives_in_short_stands_whole_in_the_annex(
    samples, read_text, root, city
):
    actions, scenarios, risks, procedures = (
        worded_for_china(root, name, key)
        for name, key in (
            ("actions", "action_id"), ("scenarios", "scenario_id"), ("risks", "risk_id"),
            ("procedures", "procedure_id"),
        )
    )  # fmt: skip
    results = json.loads((samples / city / "results.json").read_text(encoding="utf-8"))
    annex = read_text(samples / city / "annex.en.docx")
    assert annex.count("Technical feasibility.") == len(proposed(results))
    for risk in results["risks"]:
        assert risks[risk["risk"]]["mitigation_en"] in annex
    for action in results["action_plan"]["actions"]:
        assert actions[action["action"]]["cost_basis_en"] in annex
    for due in results["law"]["procedures"]:
        # Texts of a basis that were read otherwise stand apart, each with its own sign.
        for part in procedures[due["id"]]["basis_en"].split("; "):
            assert part in annex
    for scenario in results["scenarios"]:
        assert scenarios[scenario["scenario_id"]]["name_en"] in annex


def test_every_project_has_a_sheet_with_law_money_and_first_steps(samples):
    for city in CITIES:
        results = json.loads((samples / city / "results.json").read_text(encoding="utf-8"))
        tables = Document(str(samples / city / "planning-brief.en.docx")).tables
        sheets = [
            {row.cells[0].text: row.cells[1].text for row in table.rows}
            for table in tables
            if table.rows[0].cells[0].text in {"first wave", "second wave"}
        ]
        assert len(sheets) == len(proposed(results))
        for sheet in sheets:
            assert {"What", "Money", "Brings", "First steps"} <= set(sheet)
            head = sheet.get("first wave") or sheet["second wave"]
            assert re.search(r"\. Law: \w", head)
            assert all(sheet.values())


def test_nasty_names_come_out_as_typed_or_are_reported(briefs, form, tmp_path, read_text):
    name = "A & B <hall> {{ 7*7 }} {% raw %} 🏭 “x”"
    rows = {
        "region": [{"region": "r", "name_en": "R", "jurisdiction": "CN", "admin_code": "370200",
                    "currency": "CNY"}],
        "sites": [{"region": "r", "name_en": name, "former_use": "industry"},
                  {"region": "r", "name_en": "bell_x0007_hall", "former_use": "industry"}],
    }  # fmt: skip
    folder = build(briefs, form, tmp_path, rows, "planning-brief", "annex")
    text = read_text(folder / "planning-brief.en.docx")
    assert name in text
    assert "49" not in text.split("Former mining halls")[1][:400]
    assert "bellhall" in text
    assert "U+0007" in read_text(folder / "annex.en.docx")


def test_no_template_tag_or_python_value_is_left_in_any_document(samples, read_text):
    for city, document, language in ALL:
        text = read_text(samples / city / f"{document}.{language}.docx")
        # The word that begins a sentence about law is no value.
        text = re.sub(r"\bNone of the (?=\d+ rules (?:that bear )?on this was read)", "", text)
        assert not re.search(r"\{\{|\{%|%\}|\}\}|\bNone\b|\bnan\b|dict object|Undefined", text)


def test_chinese_documents_hold_no_english_sentence(samples, read_text):
    words = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){3,}")
    for city in CITIES:
        text = read_text(samples / city / "leadership-brief.zh-CN.docx")
        assert words.findall(text) == []


def test_illustrative_values_are_called_so_in_every_document(samples, read_text):
    for city, document, language in ALL:
        text = read_text(samples / city / f"{document}.{language}.docx")
        assert ("Illustrative draft" if language == "en" else "示例稿") in text


def test_mail_addresses_stand_in_the_file_for_the_sender_and_in_no_other_output(samples):
    assert "example.org" in (samples / "delivery.json").read_text(encoding="utf-8")
    for path in samples.rglob("*"):
        if path.suffix == ".json" and path.name != "delivery.json":
            assert "example.org" not in path.read_text(encoding="utf-8")
        elif path.suffix == ".docx":
            with ZipFile(path) as package:
                assert all(b"example.org" not in package.read(n) for n in package.namelist())


def test_every_number_in_a_sentence_is_in_its_arguments(samples):
    """A sentence is its text with its arguments in it: nothing is typed in by hand."""
    for city in CITIES:
        results = json.loads((samples / city / "results.json").read_text(encoding="utf-8"))
        assert len(results["sentences"]) > 30
        for place, by_language in results["sentences"].items():
            assert set(by_language) == {"en", "zh-CN"}, place
            for said in by_language.values():
                rest = said["text"]
                for argument in sorted(said["args"].values(), key=len, reverse=True):
                    rest = rest.replace(argument, "")
                assert not re.search(r"\d", rest.replace("100", "")), (place, said)


@pytest.mark.parametrize(("city", "document", "language"), ALL)
def test_every_link_inside_a_document_has_its_bookmark(samples, city, document, language):
    body = Document(str(samples / city / f"{document}.{language}.docx")).element
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    targets = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert targets <= set(names)
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert all(len(name) <= 40 for name in names)
    assert targets


@pytest.mark.parametrize(("city", "document", "language"), ALL)
def test_tables_are_numbered_from_one_without_a_gap(samples, city, document, language):
    body = Document(str(samples / city / f"{document}.{language}.docx")).element
    numbers = [
        int("".join(text.text for text in one.iter(qn("w:t"))))
        for one in body.iter(qn("w:fldSimple"))
        if one.get(qn("w:instr")).split()[:2] == ["SEQ", "Table"]
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= (1 if document == "leadership-brief" else 8)


@pytest.mark.parametrize("document", ["planning-brief", "annex"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_list_names_every_chapter_in_order(samples, document, language):
    """In the annex a list, in the planning brief a table that says of each chapter what it finds."""
    opened = Document(str(samples / "heze" / f"{document}.{language}.docx"))
    chapters = [one.text for one in opened.paragraphs if one.style.name == "Heading 1"]
    entries = [one.text for one in opened.paragraphs if one.style.name == "toc 1"]
    if document == "planning-brief":
        heads = {"en": "Page", "zh-CN": "页码"}
        # After the summary, whose tables come first.
        (listed,) = (one for one in opened.tables if one.rows[0].cells[-1].text == heads[language])
        entries = [row.cells[0].text for row in listed.rows[1:]]
    assert len(chapters) >= 8
    number = re.compile(r"^(\d+\t|[一二三四五六七八九十]+、)")
    assert [number.sub("", entry) for entry in entries] == chapters
