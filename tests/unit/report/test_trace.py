"""Quoted numbers: tips name the very cell, counts are those of the cells, ids stand in the annex."""

from __future__ import annotations

import re
from datetime import date

import pytest
from openpyxl import load_workbook

from generator.analysis import assess
from generator.model import LISTS, Fact
from generator.report import report
from generator.report.basis import Bases
from generator.report.front import programme_gaps
from generator.report.trace import parts
from generator.report.voice import Voice
from generator.shipped import LANGUAGES

AS_OF = date(2026, 11, 28)
CITIES = ("changzhi", "heze", "qingdao")
CELL = re.compile(r"(\S+\.xlsx) › ([^!]+)!([A-Z]+\d+)")
SOURCED = {"source_en": "planning office", "as_of": "2025-06-30", "grade": "B"}


@pytest.fixture(scope="module")
def briefs(cities, knowledge, texts):
    return {
        (city, language): report(one, knowledge, texts, language)
        for city, one in cities.items()
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def estimated(full, texts):
    """A region with an own estimate of cold storage, graded B and dated 2025."""
    return report(full, full.knowledge, texts, "en")


def links(value):
    """Every group with an anchor and a tip, rows of the closing table aside."""
    if isinstance(value, dict):
        if {"anchor", "tip"} <= set(value):
            yield value
        for held in value.values():
            yield from links(held)
    elif isinstance(value, list):
        for held in value:
            yield from links(held)


def number(text):
    return float(re.sub(r"[^\d.]", "", text))


def cell_of(tip, root):
    file, sheet, place = CELL.search(tip).groups()
    book = load_workbook(root / "inputs/regions" / file, data_only=True)
    return book[sheet][place].value


def ids(text):
    """The ids that a cell of the table names, ranges spelt out."""
    for one in re.split(r"; |、", re.split(r" and \d+ more|及其他", text)[0]):
        ends = re.split("–|—", one)
        letter, numbers = ends[0][0], [int(end[1:]) for end in ends]
        width = len(ends[0]) - 1 if letter in "UR" else 0
        yield from (f"{letter}{each:0{width}}" for each in range(numbers[0], numbers[-1] + 1))


def annex_ids(brief):
    annex = brief.names()["annex"]
    used = annex["used"]
    listed = (*used["rows"], *used["institutions"], *used["rolled"], *used["catalogue"])
    scored = [use for category in LISTS for use in annex["points"][category]["uses"]]
    return {row["id"] for row in (*listed, *annex["around"]["limits"], *scored)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_link_leads_to_a_row(briefs, city, language):
    fields = briefs[city, language].names()
    rows = [row["anchor"] for row in fields["trace"]["rows"]]
    led = {link["anchor"] for link in links(fields) if link["anchor"]}
    assert led <= set(rows)
    assert len(rows) == len(set(rows)) <= 25
    assert all(re.fullmatch(r"[a-z]\w{0,39}", anchor) for anchor in rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_id_of_the_table_stands_in_the_annex(briefs, city, language):
    brief = briefs[city, language]
    known = annex_ids(brief)
    for row in brief.names()["trace"]["rows"]:
        assert set(ids(row["id"])) <= known, row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_ids_of_the_annex_are_told_apart(briefs, city, language):
    annex = briefs[city, language].names()["annex"]
    used = annex["used"]
    listed = [row["id"] for row in (*used["rows"], *used["institutions"], *used["rolled"])]
    listed += [row["id"] for row in (*used["catalogue"], *annex["around"]["limits"])]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("city", CITIES)
def test_a_row_names_the_very_cell_that_holds_the_number(briefs, root, city):
    fields = briefs[city, "en"].names()
    rows = [row for row in fields["trace"]["rows"] if row["what"].startswith("Limit: ")]
    assert len(rows) == 7
    for row in rows:
        assert cell_of(row["source"], root) == pytest.approx(number(row["value"])), row


@pytest.mark.parametrize("city", CITIES)
def test_the_annex_shows_the_same_cell_under_the_same_number(briefs, city):
    fields = briefs[city, "en"].names()
    cells = {row["id"]: row["cell"] for row in fields["annex"]["used"]["rows"]}
    named = [row for row in fields["trace"]["rows"] if row["source"].startswith(f"{city}.xlsx › ")]
    assert len(named) == 7  # the limits
    for row in named:
        assert cells[row["id"]] == row["source"].split(" › ")[1].split(" · ")[0]


def counts(source):
    """How many cells a row says that its number rests on."""
    cells = re.search(r"(\d+) cells", source)
    return int(cells[1]) if cells else int(bool(CELL.search(source)))


@pytest.mark.parametrize("city", CITIES)
def test_a_gap_counts_the_cells_of_the_use_that_lacks_most(briefs, cities, city):
    fields, assessment = briefs[city, "en"].names(), cities[city]
    found = programme_gaps(assessment)
    rows = [row for row in fields["trace"]["rows"] if re.fullmatch(r"C\d+", row["id"])]
    assert found
    for (criterion_id, use_id, _, uses), row in zip(found, rows, strict=True):
        assert set(uses) <= set(assessment.programme.uses)
        parts_of = assessment.readiness.uses[use_id].contributions
        (part,) = [p for p in parts_of if p.requirement.criterion_id == criterion_id]
        own = {o for o in part.value.fact.origins if o.cell and o.file == f"{city}.xlsx"}
        assert counts(row["source"]) == len(own)
        rolled = {one["id"]: one for one in fields["annex"]["used"]["rolled"]}
        annex_row = rolled[row["id"]]
        assert annex_row["criterion"] in row["what"]
        assert use_id in set(ids(annex_row["uses"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_the_pieces_of_a_sentence_are_the_sentence(briefs, city, language):
    fields = briefs[city, language].names()
    pieces = fields["economy"]["jobs_parts"]
    assert "".join(piece["text"] for piece in pieces) == fields["economy"]["jobs"]
    assert sum(1 for piece in pieces if piece["anchor"]) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_the_headline_figures_link_to_the_projects_of_their_wave(
    briefs, cities, knowledge, texts, city, language
):
    fields, found = briefs[city, language].names(), cities[city].programme
    bases = Bases(cities[city], Voice(texts, language, knowledge))
    own = [one.uses for one in (found.first, found.second) if one.projects]
    for uses, row in zip(own, fields["overview"]["waves"], strict=True):
        for column, figure in (("capital", "capex"), ("jobs", "jobs")):
            assert row[f"{column}_tip"].endswith(bases.figures((figure,), uses).annex_id)
            assert row[f"{column}_anchor"] == fields["trace"]["rows"][0]["anchor"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_figure_of_a_wave_and_of_a_project_names_what_it_rests_on(
    briefs, cities, city, language
):
    """A dotted number where there is an amount, plain text where there is none."""
    fields, found = briefs[city, language].names(), cities[city].programme
    waves = [one for one in (found.first, found.second) if one.projects]
    for wave, row in zip(waves, fields["overview"]["waves"], strict=True):
        for column in ("jobs", "power", "served", "capital", "running"):
            has = column in {"capital", "running"} or wave.effects.get(column)
            assert bool(row[f"{column}_tip"]) == bool(row[f"{column}_anchor"]) == bool(has), column
    rows = [*fields["programme"]["first"], *fields["programme"]["second"]]
    for one, row in zip(found.projects, rows, strict=True):
        for column, effect in (("power", "power"), ("people", "served")):
            assert bool(row[f"{column}_tip"]) == bool(one.effects.get(effect))
        assert row["running_cost_tip"] == row["capital_tip"]


def test_people_served_rest_on_the_employment_of_their_divisions(briefs, cities):
    found = cities["heze"]
    row = briefs["heze", "en"].names()["overview"]["waves"][0]
    inputs = found.programme.choice_inputs
    named = {
        code
        for one in found.programme.first.projects
        if one.effects.get("served")
        for code in inputs.uses[one.use_id].divisions
    }
    cells = {
        origin
        for one in inputs.divisions
        if one.code in named
        for origin in one.employment.origins
        if origin.file == "heze.xlsx"
    }
    assert counts(row["served_tip"]) == len(cells) > 5


def test_a_number_is_linked_where_it_stands_and_not_where_its_digits_stand_first(texts, knowledge):
    voice = Voice(texts, "en", knowledge)
    voice.sentence("place", "economy.jobs_only", jobs="T", tenants="")  # “The …” begins with a T
    found = parts(voice, "place", {"jobs": {"anchor": "trace_1", "tip": "x"}})
    assert [piece["anchor"] for piece in found] == ["", "trace_1", ""]
    assert found[0]["text"] == "The programme would bring "


def test_an_own_figure_names_its_cell_and_a_range_the_catalogue(estimated):
    waves = [row for wave in ("first", "second") for row in estimated.names()["programme"][wave]]
    tops = {row["id"]: row["capex_tip"] for row in waves}
    capital = tops["R05"]
    assert re.fullmatch(r"region\.xlsx › .*![A-Z]+\d+ · grade B · 2025 · annex I\d+", capital)
    other = next(tip for key, tip in tops.items() if key != "R05")
    assert other.startswith("range of the catalogue · annex ")


def test_money_of_another_currency_rests_on_the_rate_as_well(region, knowledge, texts):
    foreign = {"jurisdiction": "KZ", "admin_code": "550000000", "currency": "KZT"}
    row = {"use": "R05", "jobs": 90, "capex": 4000, **SOURCED}
    rated = assess(
        region(**foreign, cny_per_unit=0.0137, estimates=[row]), knowledge, AS_OF, draws=20
    )
    bases = Bases(rated, Voice(texts, "en", knowledge))
    assert bases.figure("capex", "R05").source == "computed from 2 cells"
    assert "grade B" in bases.figure("jobs", "R05").source
    without = assess(region(**foreign, estimates=[row]), knowledge, AS_OF, draws=20)
    bases = Bases(without, Voice(texts, "en", knowledge))
    assert bases.figure("capex", "R05").source == "range of the catalogue"


@pytest.mark.parametrize(
    ("language", "known", "assumed"),
    [
        ("en", "grade B · 2025 · annex", "grade D, illustrative · undated · annex"),
        ("zh-CN", "B级 · 2025年 · 附件", "D级（示例） · 年份不详 · 附件"),
    ],
)
def test_a_tip_gives_grade_and_year_and_says_what_is_illustrative(
    region, knowledge, texts, language, known, assumed
):
    limits = [
        {"resource": "grid_mw", "amount": 80, **SOURCED},
        {"resource": "capex", "amount": 400, "grade": "D", "source_en": "assumed"},
    ]
    one = assess(region(limits=limits), knowledge, AS_OF, draws=20)
    rows = report(one, knowledge, texts, language).names()["trace"]["rows"]
    tips = [f"{row['source']} · {'annex' if language == 'en' else '附件'}" for row in rows]
    assert any(known in tip for tip in tips)
    assert any(assumed in tip for tip in tips)


def test_a_region_without_data_quotes_no_number_it_does_not_have(bare, texts):
    for language in LANGUAGES:
        fields = report(bare, bare.knowledge, texts, language).names()
        rows = {row["anchor"] for row in fields["trace"]["rows"]}
        assert {link["anchor"] for link in links(fields)} <= {"", *rows}
        assert fields["trace"]["note"] == ""
        assert fields["overview"]["waves"] == []


def test_a_number_from_several_cells_is_a_computed_one(cities, texts, knowledge):
    assessment = cities["qingdao"]
    first, second = (one.fact.origins[0] for one in assessment.programme.limits[:2])
    bases = Bases(assessment, Voice(texts, "en", knowledge))
    summed = Fact(500.0, "MW", grade="D", origins=(first, second, first))
    assert bases.fact(summed).source == "computed from 2 cells"


def test_without_stated_limits_each_resource_says_what_is_used_of_it(region, knowledge, texts):
    one = assess(region(limits=[]), knowledge, AS_OF, draws=20)
    fields = report(one, knowledge, texts, "en").names()
    rows = {row["what"]: row for row in fields["trace"]["rows"]}
    assert rows["Used: Capital"]["id"] == "L1"
    # Two existing connection points have 60 and 40 MW to spare.
    limits = [row for what, row in rows.items() if what.startswith("Limit: ")]
    assert [row["source"] for row in limits].count("computed from 2 cells") == 1
