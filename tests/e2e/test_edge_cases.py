"""Regions at the edge: little is known, nothing fits, nobody has checked the law."""

from __future__ import annotations

import csv
import json
import re
from datetime import date

import pytest
from docx import Document
from msgspec.structs import replace

from generator.analysis import assess
from generator.pipeline.reading import table_filler
from generator.report import report
from generator.shipped import data_root
from generator.word import render

AS_OF = date(2026, 11, 28)
FIGURES = (
    "jobs_fte_low", "jobs_fte_high", "capex_cny_m_low", "capex_cny_m_high", "payback_years_low",
    "payback_years_high",
)  # fmt: skip

LANGUAGES = ("en", "zh-CN")
DOCUMENTS = ("leadership-brief", "planning-brief")
OWN = {"name_en": "Here", "name_zh": "此地", "jurisdiction": "CN", "admin_code": "370200",
       "currency": "CNY"}  # fmt: skip
POINT = {
    "name_en": "Point", "name_zh": "接入点", "kind": "connection point", "status": "existing",
    "capacity_mw": 300, "spare_mw": 120, "price": 0.42, "peak_valley_spread": 0.8,
}  # fmt: skip
STAFF = [
    {"role_en": group, "role_zh": group, "counts_towards": group, "headcount": 400,
     "available_fte": 120}
    for group in ("developers", "operations", "technicians")
]  # fmt: skip
RICH = {
    "power": [POINT],
    "data_centres": [
        {"name_en": "Hall", "name_zh": "机房", "it_load_mw_total": 30, "it_load_mw_free": 20,
         "racks_total": 4000, "racks_free": 3000, "tier": 4, "availability": 99.999, "pue": 1.15}
    ],
    "workforce": STAFF,
    "connectivity": [
        {"name_en": "Link", "name_zh": "链路", "carriers": 3, "backbone_gbps": 4000,
         "latency_ms": 3, "to_en": "Hub", "to_zh": "枢纽"}
    ],
    "sites": [
        {"name_en": "Works", "name_zh": "老厂", "former_use": "industry", "grid_mva": 150,
         "hall_m2": 90000, "road_km": 1, "port_km": 2, "water_m3_day": 9000,
         "land_use": "industrial land"}
    ],
}  # fmt: skip
GOOD = {"grade": "B", "as_of": "2026-06-30", "source_en": "bureau", "source_zh": "市局"}


KAZAKH = {"jurisdiction": "KZ", "currency": "KZT", "admin_code": "551000000"}
SIGNED = [
    {"name_en": f"Body {k}", "name_zh": f"单位{k}", "type": kind, "use": "U01", "status": "signed"}
    for k, kind in enumerate(
        ("anchor_industry", "association", "supplier", "warehouse_operator", "platform_operator")
        * 2
    )
]


CASES = {
    "no_use_is_viable": {"power": [{**POINT, "spare_mw": 0, "price": 3}]},
    "everything_is_unknown": {
        "power": [{"name_en": "P", "kind": "connection point", "status": "existing"}],
        "data_centres": [{"name_en": "D"}],
        "workforce": [{"role_en": "R", "counts_towards": "developers"}],
        "connectivity": [{"name_en": "L"}],
        "sites": [{"name_en": "S", "former_use": "mining"}],
    },
    "nothing_but_a_name": {},
    "no_limits_and_no_mine": {**RICH, "sites": []},
    "nothing_fits": {**RICH, "limits": [{"resource": "capex", "amount": 0.01}]},
    "the_law_of_the_parent": {**RICH, "region": {"jurisdiction": "DE", "currency": "EUR",
                                                 "admin_code": "DE1"}},
    "a_rate": {**RICH, "region": {**KAZAKH, "cny_per_unit": 0.0137},
               "limits": [{"resource": "capex", "amount": 20000}]},
    "no_rate": {**RICH, "region": KAZAKH, "limits": [{"resource": "capex", "amount": 20000}]},
    "no_rule_pack": {**RICH, "region": {**KAZAKH, "cny_per_unit": 0.0137}},
    "one_use": {**RICH, "power": [], "sites": [], "institutions": SIGNED},
}  # fmt: skip


def rows_of(name):
    """The sheets of a case: every row graded, dated and sourced."""
    sheets = dict(CASES[name])
    own = sheets.pop("region", {})
    if sheets:
        own = {"renewable_share": 60, "in_national_hub": 1, "population": 3_000_000,
               "grid_factor": 0.3, **GOOD, **own}  # fmt: skip
    bare = "everything_is_unknown"
    return {
        "region": [{**OWN, "region": name, **({} if name == bare else own)}],
        **{
            key: [
                {"region": name, **({} if key == "limits" or name == bare else GOOD), **row}
                for row in rows
            ]
            for key, rows in sheets.items()
        },
    }


class Built:
    def __init__(self, folder):
        self.folder = folder
        self.results = json.loads((folder / "results.json").read_text(encoding="utf-8"))

    @property
    def keys(self):
        """The key of every sentence that the documents print."""
        return {said["en"]["key"] for said in self.results["sentences"].values()}

    def said(self, place, language="en"):
        return self.results["sentences"][place][language]

    @property
    def shortlist(self):
        return [key for ids in self.results["readiness"]["shortlist"].values() for key in ids]


def only(table, jurisdiction, target):
    """A copy of a rule table with the rows of one legal order alone."""
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        writer.writerows(
            row for row in rows
            if row.get("jurisdiction", row.get("from_instrument", "").split("-")[0]) == jurisdiction
        )  # fmt: skip


@pytest.fixture(scope="module")
def made(briefs, form, tmp_path_factory):
    """Both briefs of every case, built in one run; one case without the rules of its country."""
    folder = tmp_path_factory.mktemp("edge")
    rules = tmp_path_factory.mktemp("rules")
    for table in (data_root() / "inputs/rules").glob("*.csv"):
        only(table, "CN", rules / table.name)
    books = {}
    for name in CASES:
        books[name] = folder / f"{name}.xlsx"
        books[name].write_bytes(form(rows_of(name)))
    alone = books.pop("no_rule_pack")
    for files, options in ((list(books.values()), ()), ([alone], ("--rules", rules))):
        run = briefs(
            "build", *files, "--out", folder / "out", "--as-of", "2026-11-28", *options,
            *(part for name in DOCUMENTS for part in ("--document", name)),
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
    return lambda name: Built(folder / "out" / name)


@pytest.mark.parametrize("name", CASES)
def test_every_document_is_built_and_holds_no_leftover_of_the_program(made, read_text, name):
    built = made(name)
    for document in DOCUMENTS:
        for language in LANGUAGES:
            text = read_text(built.folder / f"{document}.{language}.docx")
            # Chinese says with 600 characters what takes 1,000 letters.
            assert len(text) > (1000 if language == "en" else 600)
            assert not re.search(
                r"\{\{|\{%|\bNone\b(?! (?:of|is) )|\bnan\b|\binf\b|Undefined", text
            )
            # A word of the text table that stayed a key.
            assert not re.search(
                r"\b(?:standing|programme|answer|change|binding|scenario)\.[a-z_]+", text
            )


@pytest.mark.parametrize("name", CASES)
def test_no_table_is_empty(made, name):
    built = made(name)
    for document in DOCUMENTS:
        for language in LANGUAGES:
            path = built.folder / f"{document}.{language}.docx"
            for table in Document(str(path)).tables:
                body = [
                    row for row in table.rows[1:] if any(cell.text.strip() for cell in row.cells)
                ]
                head = " | ".join(cell.text for cell in table.rows[0].cells)
                assert body or len(table.rows) == 1, (document, language, head)


@pytest.mark.parametrize("name", CASES)
def test_no_sentence_has_a_hole(made, name):
    """An empty argument leaves a double space, a stop after a colon or a pair of blank quotes."""
    for place, by_language in made(name).results["sentences"].items():
        for language, said in by_language.items():
            assert said["text"].strip(), (place, language)
            assert not re.search(r"  |: *\.|：。|“”|\( *\)|（）|, \.|、。", said["text"]), said[
                "text"
            ]


def test_where_nothing_is_viable_the_answer_says_so(made):
    built = made("no_use_is_viable")
    assert built.shortlist == []
    assert built.said("summary.answer")["key"] == "answer.none"
    assert not {key for key in built.keys if key.startswith("standing.")}
    assert built.results["programme"]["first"]["projects"] == []
    assert built.results["programme"]["second"]["projects"] == []


@pytest.mark.parametrize("name", ["everything_is_unknown", "nothing_but_a_name"])
def test_where_nothing_is_known_nothing_is_proposed(made, name):
    built = made(name)
    assert built.shortlist == []
    assert built.said("summary.answer")["key"] == "answer.none"
    uses = built.results["readiness"]["uses"].values()
    assert {use["rank"] for use in uses} == {None}
    assert "summary.coverage" in built.keys
    assert built.results["confidences"]["programme"]["level"] == "low"


def test_where_no_limit_is_stated_what_there_is_limits(made):
    built = made("no_limits_and_no_mine")
    assert built.shortlist
    bases = {one["resource"]: one["basis"] for one in built.results["programme"]["limits"]}
    assert bases["capex"] == "none"
    assert bases["grid_mw"] == "available"
    assert built.said("scenario.SC07")["key"] == "scenario.not_applicable"


def test_without_a_former_mine_none_is_spoken_of(made):
    built = made("no_limits_and_no_mine")
    assert built.results["sites"] == []
    assert built.results["economy"]["energy"]["former_load"] is None


def test_limits_that_nothing_fits_are_named(made):
    built = made("nothing_fits")
    assert built.shortlist
    assert built.said("summary.answer")["key"] in {"answer.none_fits", "answer.none_ready"}


def test_without_a_rule_pack_nothing_is_cleared_and_the_answer_says_so(made):
    built = made("no_rule_pack")
    statuses = {found["status"] for found in built.results["law"]["uses"].values()}
    assert statuses == {"not_assessed"}
    assert built.shortlist == []
    assert built.said("summary.answer")["key"] == "answer.nothing_cleared"
    assert "summary.unchecked" in built.keys


def test_a_country_without_a_pack_of_its_own_has_the_law_of_its_parent(made):
    built = made("the_law_of_the_parent")
    assert built.results["law"]["jurisdictions"] == ["DE", "EU"]
    assert built.results["law"]["rules_in_force"] > 0


def test_a_limit_in_another_currency_is_kept_to_at_its_rate(made):
    built = made("a_rate")
    capital = built.results["programme"]["limits"][0]
    assert (capital["resource"], capital["basis"]) == ("capex", "stated")
    assert capital["limit"] == pytest.approx(20000 * 0.0137)
    assert capital["first"] + capital["second"] <= capital["limit"] * (1 + 1e-9)
    assert "left_out.limits" not in built.keys


def test_a_limit_without_a_rate_is_called_unusable(made):
    built = made("no_rate")
    assert built.results["programme"]["unusable_limits"] == ["capex"]
    assert built.results["programme"]["limits"][0]["limit"] is None
    assert built.results["programme"]["candidates"]
    assert "left_out.limits" in built.keys
    assert {problem["code"] for problem in built.results["problems"]} >= {"IN-301"}


def test_one_use_alone_has_no_order(made):
    built = made("one_use")
    assert built.shortlist == ["U01"]
    for language in LANGUAGES:
        assert built.said("standing.blockchain", language)["key"] == "standing.one"


# --- made-up catalogues ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alike(knowledge, texts):
    """Uses that differ in nothing but their name, on every document in both languages."""

    def of(count, region, jobs=10.0):
        uses = tuple(
            replace(
                knowledge.uses[0], use_id=use.use_id, name=use.name, key_institution_types=(),
                regulated_activities=knowledge.uses[0].regulated_activities,
                **{**dict.fromkeys(FIGURES, 10.0), "jobs_fte_low": jobs, "jobs_fte_high": jobs},
            )
            for use in knowledge.uses[:count]
        )  # fmt: skip
        need = replace(
            knowledge.requirements["U01"][0], criterion_id="backbone_gbps", minimum=1.0,
            target=2.0, direction="higher_better", hard_minimum=True, weight=100.0,
        )  # fmt: skip
        comparators = tuple(use for use in knowledge.uses if use.category == "mining_and_trading")
        own = knowledge.needs["U01"]
        known = replace(
            knowledge, uses=(*uses, *comparators), pairs=(),
            needs={use.use_id: replace(own, use_id=use.use_id) for use in uses},
            requirements={use.use_id: (replace(need, use_id=use.use_id),) for use in uses},
            risks=tuple(risk for risk in knowledge.risks if risk.trigger == "always"),
        )  # fmt: skip
        assessment = assess(region, known, AS_OF, draws=500)
        made = {language: report(assessment, known, texts, language) for language in LANGUAGES}
        for language, brief in made.items():
            for name in DOCUMENTS:
                template = data_root() / f"templates/{language}/{name}.docx"
                render(template, brief, AS_OF, table_filler())
        return assessment, made

    return of


@pytest.mark.parametrize(
    ("count", "key"), [(2, "standing.level"), (3, "standing.level"), (5, "standing.open")]
)
def test_uses_that_all_tie_are_level_or_the_field_is_open(alike, region, count, key):
    here = region(limits=[], institutions=[])
    # Jobs are drawn for each use; the people whom all reach are the same in every draw.
    assessment, made = alike(count, here, jobs=0.0)
    order = assessment.robustness.order("value", "blockchain")
    assert [use.p_first for use in order.uses] == [pytest.approx(1 / count)] * count
    for brief in made.values():
        assert brief.sentences["standing.blockchain"].key == key


def test_without_any_limit_the_answer_says_that_none_is_known(alike, region):
    here = region(
        limits=[], power=[], data_centres=[], workforce=[], institutions=[], sites=[], industry=[]
    )
    assessment, made = alike(2, here)
    assert not assessment.programme.has_money_limit
    for brief in made.values():
        assert all(bool(row["ceiling"]) for row in brief.fields["overview"]["waves"][:1])
