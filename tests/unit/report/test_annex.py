"""The annex prints what the analysis found, every cell of it, and says so where nothing was found."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.intake import read_submission
from generator.model import (
    LISTS,
    Brief,
    Capital,
    Fact,
    Label,
    Measurement,
    Origin,
    ProgrammeRobustness,
)
from generator.report import report, results
from generator.report.annex import annex_fields
from generator.report.annex.glossary import glossary
from generator.report.annex.units import shown, span, unit
from generator.report.annex.used import facts_in, used_origins
from generator.report.tables import without_tables
from generator.report.voice import Voice

AS_OF = date(2026, 11, 28)
TONGUES = ("en", "zh-CN")
METHODS = ("TOPSIS", "VIKOR", "PROMETHEE II", "SPOTIS", "SMAA-2")


def annex_of(assessment, voice):
    """The names of the annex as its templates read them."""
    names, tables = without_tables({"annex": annex_fields({}, assessment, voice)})
    return Brief("", names, {}, tables=tables).names()["annex"]


@pytest.fixture(scope="module")
def city(root, knowledge):
    return read_submission([root / "inputs/regions/qingdao.xlsx"], knowledge).regions[0]


@pytest.fixture(scope="module")
def assessment(cities):
    return cities["qingdao"]


@pytest.fixture(scope="module")
def voices(texts, knowledge):
    return {language: Voice(texts, language, knowledge) for language in TONGUES}


@pytest.fixture(scope="module")
def annexes(assessment, voices):
    return {language: annex_of(assessment, voices[language]) for language in TONGUES}


@pytest.fixture(scope="module")
def annex(annexes):
    return annexes["en"]


def amount_m(text):
    """Millions of an amount such as `CNY 5 million`."""
    return number(text.removeprefix("CNY ").removesuffix(" million"))


def number(text):
    return float(text.replace(",", ""))


def made(kind, **known):
    """A finding of which only some fields matter."""
    return kind(**{name: known.get(name, 0.0) for name in kind.__struct_fields__})


def texts_in(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    else:
        yield str(value)


# --- inputs ---------------------------------------------------------------------------------------


def test_every_cell_behind_a_number_has_one_row(assessment, annex):
    listed = [row["cell"] for row in annex["used"]["rows"]]
    assert len(listed) == len(set(listed))
    rows = {f"Institutions!{row.origin.cell}" for row in assessment.region.institutions}
    own = {
        str(origin)
        for origin in used_origins(assessment)
        if origin.file == "qingdao.xlsx" and origin.cell  # a sheet without a row has none
    }
    assert own - rows <= set(listed)
    assert {cell.split("!")[0] for cell in listed} >= {"Power", "Limits", "Steps", "Industry"}


def test_institutions_are_listed_with_their_rows(assessment, annex):
    listed = annex["used"]["institutions"]
    assert len(listed) == len(assessment.region.institutions)
    assert listed[0]["cell"].startswith("Institutions, row")


def test_numbers_of_rows_run_on_without_a_gap(annex):
    used = annex["used"]
    ids = [row["id"] for row in (*used["rows"], *used["institutions"])]
    assert ids == [f"I{place}" for place in range(1, len(ids) + 1)]
    assert str(len(ids)) in used["intro"]


def test_a_row_prints_its_fact(assessment, annex):
    point = next(row for row in assessment.region.power if row.spare_mw.value)
    cell = str(point.spare_mw.origins[0])
    row = next(row for row in annex["used"]["rows"] if row["cell"] == cell)
    assert number(row["value"]) == point.spare_mw.value
    assert row["unit"] == "MW"
    assert row["grade"] == point.spare_mw.grade
    assert [number(end) for end in row["range"].split("–")] == [
        pytest.approx(point.spare_mw.low),
        pytest.approx(point.spare_mw.high),
    ]


def test_every_value_that_a_score_reads_is_among_the_roll_ups(assessment, annex):
    rows = annex["used"]["rolled"]
    parts = [part for use in assessment.readiness.uses.values() for part in use.contributions]
    distinct = {(part.requirement.criterion_id, part.value.rule, part.value.fact.value,
                 part.value.fact.origins) for part in parts}  # fmt: skip
    assert len(rows) == len(distinct)
    grid = next(row for row in rows if row["uses"].startswith("U01–"))
    assert grid["value"].endswith("MW")


# --- scores ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", LISTS)
def test_points_are_those_of_the_assessment_and_add_up(assessment, annex, category):
    rows = iter(annex["points"][category]["parts"])
    for use in annex["points"][category]["uses"]:
        found = assessment.readiness.uses[use["id"]]
        sums = next(rows)
        assert (sums["variant"], sums["id"], sums["points"]) == ("use", use["id"], use["readiness"])
        for part in found.contributions:
            row = next(rows)
            assert row["variant"] == ""
            assert number(row["weight"]) == part.requirement.weight
            if part.partial is not None:
                assert number(row["points"]) == pytest.approx(part.points_low, abs=0.051)
                assert number(row["partial"]) == pytest.approx(part.partial, abs=0.0051)
        if found.score is not None:
            assert number(use["readiness"]) == pytest.approx(found.score, abs=0.051)
    assert next(rows, None) is None


def test_a_missing_value_shows_the_range_of_its_points(region, knowledge, voices):
    blank = assess(region(workforce=[]), knowledge, AS_OF, draws=50)
    found = annex_of(blank, voices["en"])
    use = next(use for use in found["points"]["blockchain"]["uses"] if use["id"] == "U01")
    rows = iter(found["points"]["blockchain"]["parts"])
    next(row for row in rows if row["id"] == "U01")
    row = next(row for row in rows if row["criterion"] == "Developers available")
    assert row["value"] == "–"
    assert row["partial"] == "0–1"
    assert row["points"] == f"0–{row['weight']}"
    assert "–" in use["readiness"]


# --- robustness -----------------------------------------------------------------------------------


def share(text):
    """A printed percentage as the interval of shares it may stand for."""
    figure = float(re.search(r"\d+", text)[0]) / 100
    if "over" in text:
        return figure, 1.0
    if "under" in text:
        return 0.0, figure
    return figure - 0.0051, figure + 0.0051


@pytest.mark.parametrize("basis", ["readiness", "value"])
@pytest.mark.parametrize("category", LISTS)
def test_shares_of_ranks_are_those_of_the_draws(assessment, annex, basis, category):
    rows = annex["orders"][basis][category]["rows"]
    order = assessment.robustness.order(basis, category)
    if order is None:
        assert rows == []
        assert annex["orders"][basis][category]["none"]
        return
    assert [row["id"] for row in rows] == [use.use_id for use in order.uses]
    for row, use in zip(rows, order.uses, strict=True):
        shown_shares = {
            **{f"rank{place}": part for place, part in enumerate(use.acceptability[:5], start=1)},
            "later": sum(use.acceptability[5:]),
            "unplaced": use.unplaced,
            "both": use.p_first,
            "shortlisted": use.p_shortlisted,
        }
        for key, true in shown_shares.items():
            low, high = share(row[key])
            assert low - 1e-9 <= true <= high + 1e-9, (row["id"], key)
        for run in ("inputs", "weights"):
            other = assessment.robustness.order(basis, category, run)
            found = {one.use_id: one.p_first for one in other.uses}.get(use.use_id, 0.0)
            low, high = share(row[run])
            assert low - 1e-9 <= found <= high + 1e-9


def test_pairs_are_those_of_the_five_uses_most_often_first(annex, assessment):
    orders = [
        order for order in assessment.robustness.orders if order.run == "both"
    ]  # fmt: skip
    expected = sum(count * (count - 1) // 2 for count in (min(5, len(o.uses)) for o in orders))
    assert len(annex["orders"]["wins"]) == expected
    for row in annex["orders"]["wins"]:
        (low, high), (least, most) = share(row["share"]), share(row["reverse"])
        assert low + least - 0.011 <= 1
        # By value neither has a place in the draws that shortlist neither.
        if "by readiness" in row["order"]:
            assert high + most + 0.011 >= 1


def test_at_most_three_drivers_stand_for_each_score(annex):
    for row in annex["orders"]["drivers"]:
        assert row["readiness"].count("%") <= 3
        assert row["value"].count("%") <= 3


def test_a_switching_value_that_does_not_exist_is_said_not_to(assessment, annex):
    rows = annex["orders"]["switching"]
    assert len(rows) == len(assessment.robustness.switching)
    for row, found in zip(rows, assessment.robustness.switching, strict=True):
        is_none = row["switching"] == "none within the plausible range"
        assert is_none == (found.switching is None)


def test_the_check_by_other_methods_is_called_a_smoke_test(annexes):
    assert "smoke test" in annexes["en"]["orders"]["check_note"]
    assert "SPOTIS" in annexes["en"]["orders"]["check_note"]
    assert "粗略核验" in annexes["zh-CN"]["orders"]["check_note"]
    methods = {row["method"] for row in annexes["zh-CN"]["orders"]["checks"]}
    assert methods == {"TOPSIS", "VIKOR", "PROMETHEE II", "SPOTIS"}


# --- the programme --------------------------------------------------------------------------------


def test_objectives_print_what_is_attainable_and_its_weight(assessment, annex):
    rows = annex["choice"]["objectives"]
    for row, one in zip(rows, assessment.programme.objectives, strict=True):
        assert number(row["attainable"]) == pytest.approx(one.attainable, rel=1e-3)
        assert number(row["full"]) == pytest.approx(one.normaliser, rel=1e-3)
        # Three digits, however small a unit is.
        assert number(row["unit_value"]) * one.normaliser == pytest.approx(
            100 * one.weight, rel=5e-3
        )


def test_a_candidate_is_ready_or_says_what_keeps_it(assessment, annex):
    found = assessment.programme.candidates
    rows = {row["id"]: row for row in annex["choice"]["candidates"]}
    assert list(rows) == list(found)
    for use_id, row in rows.items():
        one = found[use_id]
        assert (row["ready"] == "ready") is (one.is_ready and not one.requires)
        assert ("no signature" in row["ready"]) is one.lacks_partner
        parts = [float(part.split()[-1]) for part in row["parts"].split("; ") if part != "–"]
        assert sum(parts) == pytest.approx(one.value_alone, abs=0.16)


def test_every_fit_is_there_with_its_tightest_bound_first(assessment, annex):
    found = [fit for one in assessment.programme.candidates.values() for fit in one.fits]
    rows = annex["choice"]["fits"]
    assert len(rows) == len(found)
    for row, fit in zip(rows, found, strict=True):
        parts = row["bounds"].split("; ")
        assert len(parts) == len(fit.bounds)
        units = [number(re.findall(r"[\d.,]+$", part)[0]) for part in parts]
        assert units == sorted(units)
        assert units[0] == pytest.approx(fit.tightest.units, abs=0.0051)
        assert (row["full"] == "none") is (fit.full is None)


def test_projects_print_their_figures_and_what_they_take(assessment, annex):
    programme = assessment.programme
    for part in ("rows", "needs", "standing"):
        assert len(annex["projects"][part]) == len(programme.projects)
    for row, needs, one in zip(
        annex["projects"]["rows"], annex["projects"]["needs"], programme.projects, strict=True
    ):
        assert row["id"] == one.use_id
        assert amount_m(row["capital"].split(" (")[0]) == pytest.approx(
            one.capital.value, abs=0.005
        )
        assert number(row["jobs"].split(" (")[0]) == pytest.approx(one.jobs.value, abs=0.051)
        for key, taken in one.needs.items():
            if key != "capex":
                assert number(needs[key]) == pytest.approx(taken, abs=0.0051)
        # With the contingency of a tenth.
        assert amount_m(needs["capex"]) == pytest.approx(1.1 * one.capital.value, abs=0.0051)


def test_every_sum_comes_out(annex):
    """Whoever follows a sum with the numbers printed gets the total printed."""
    checked = 0
    for row in annex["projects"]["sums"]:
        if row["figure"] == "size":
            continue
        text = row["sum"].replace("CNY ", "").replace(" million", "").replace(",", "")
        left, _, total = text.rpartition(" = ")
        if ";" in left:
            left = left.rpartition("; ")[2]
        left = re.sub(r"[A-Z]\d+ ", "", left).replace("×", "*").replace("−", "-")
        assert re.fullmatch(r"[\d.+*() -]+", left), left
        assert eval(left) == pytest.approx(float(total), rel=0.01, abs=0.06), row  # noqa: S307 - digits and signs only
        checked += 1
    assert checked > 10


def test_people_reached_name_the_cells_of_their_divisions(assessment, annex):
    told = "staff of industries served"
    rows = [row for row in annex["projects"]["sums"] if row["figure"] == told]
    assert rows
    assert all("Industry!" in row["cells"] for row in rows)
    reached = [
        one.effects["served"] for one in assessment.programme.projects
        if one.category == "blockchain"
    ]  # fmt: skip
    assert [number(row["sum"].rpartition(" = ")[2]) for row in rows] == pytest.approx(reached)


def test_limits_print_both_waves_and_what_binds(assessment, annex):
    found = assessment.programme.limits
    for row, one in zip(annex["around"]["limits"], found, strict=True):
        read = amount_m if one.resource == "capex" else number
        assert read(row["first"]) == pytest.approx(one.first, abs=0.0051)
        assert read(row["second"]) == pytest.approx(one.second, abs=0.0051)
    # Only those that keep a better first wave out have a row on what more of them would do.
    binding = [one for one in found if one.is_binding or one.gain_of_one]
    assert len(annex["around"]["binding"]) == len(binding)


def test_a_binding_limit_says_what_more_of_it_brings(cities, voices):
    checked = 0
    for assessment in cities.values():
        voice = replace(voices["en"], said={})
        rows = annex_of(assessment, voice)["around"]["binding"]
        found = [one for one in assessment.programme.limits if one.is_binding or one.gain_of_one]
        for row, one in zip(rows, found, strict=True):
            if not one.is_binding:
                continue
            read = amount_m if one.resource == "capex" else number
            # Rounded up: money to three figures.
            step = 0.1 if one.resource == "capex" and one.next_extra >= 10 else 0.011
            assert 0 <= read(row["extra"]) - one.next_extra + 1e-9 <= step
            for cell, uses in ((row["joins"], one.next_in), (row["leaves"], one.next_out)):
                assert cell == ("; ".join(voice.use(use_id) for use_id in uses) or "–")
            checked += 1
    assert checked


def test_alternatives_say_what_they_give_up(assessment, annex):
    rows = annex["around"]["alternatives"]
    kinds = {one.placements: one for one in assessment.programme.alternatives}
    # Alternatives with the same projects are one row.
    for row, one in zip(rows, kinds.values(), strict=True):
        assert number(row["loss"]) == pytest.approx(100 * one.loss, abs=0.051)
        assert number(row["jobs"]) == pytest.approx(one.effects["jobs"], abs=0.051)
    assert rows[-1]["name"] == "nothing done"
    assert "next best choice; next best, other uses or sizes; next best, other uses" in [
        row["name"] for row in rows
    ]
    assert (rows[-1]["jobs"], rows[-1]["value"]) == ("0", "0")


def test_places_are_named_in_the_language_of_the_reader(assessment, annexes):
    named = {site.name.text("zh-CN") for site in assessment.region.sites} | {"无须场地"}
    assert {row["place"] for row in annexes["zh-CN"]["choice"]["fits"]} <= named


def test_how_firm_the_choice_is_is_told_at_three_correlations(assessment, voices):
    programme, voice = assessment.programme, replace(voices["en"], said={})
    use = programme.first.projects[0].use_id
    apart, middle, together = (
        made(Capital, correlation=part, p50=100.0, p90=high, within=within)
        for part, high, within in ((0.0, 140.0, 0.95), (0.5, 150.0, 0.9), (1.0, 170.0, None))
    )
    firm = made(
        ProgrammeRobustness, resolves=200, shares={use: 0.7}, shares_at_ends={use: (0.6, 0.8)},
        capital=middle, capital_at_ends=(apart, together),
    )  # fmt: skip
    found = annex_of(replace(assessment, programme=replace(programme, firmness=firm)), voice)[
        "around"
    ]
    assert "In each of 200 draws" in found["firm_intro"]
    (row,) = found["firm"]
    assert (row["share"], row["apart"], row["together"]) == ("70%", "60%", "80%")
    assert [one["correlation"] for one in found["capital"]] == ["0", "0.5", "1"]
    assert [one["p90"] for one in found["capital"]] == [
        "CNY 140 million", "CNY 150 million", "CNY 170 million"
    ]  # fmt: skip
    assert found["capital"][2]["within"] == "–"
    none = replace(firm, resolves=0, shares={}, shares_at_ends={})
    said = annex_of(replace(assessment, programme=replace(programme, firmness=none)), voice)[
        "around"
    ]
    assert "too many ways" in said["firm_intro"]


def test_scenarios_and_steps_say_what_moves_and_by_how_much(assessment, annex):
    rows = annex["changes"]["scenarios"]
    assert [row["id"] for row in rows] == [one.scenario_id for one in assessment.scenarios]
    for row, one in zip(rows, assessment.scenarios, strict=True):
        if not one.is_applicable:
            continue
        found = one.difference
        assert ("joins: " in row["moves"]) is bool(found.joins)
        assert (row["moves"] == "no project moves") is not (
            found.changes_programme or found.idle or found.law_changed or found.became_viable
            or found.lost_viability
        )  # fmt: skip
        shown_jobs = number(row["jobs"].replace("−", "-").replace("+", ""))
        assert shown_jobs == pytest.approx(found.effects["jobs"], abs=0.051)
    assert len(annex["changes"]["steps"]) == len(assessment.steps.single)


def test_what_to_measure_next_names_cells_and_both_ends(assessment, voices):
    site = assessment.region.sites[0]
    cell = Measurement("Sites", "hall_m2", (site.hall_m2,), (site.name,), 1, 0.08, ("U01",), (),
                       {"low": 100.0, "high": 900.0})  # fmt: skip
    found = annex_of(replace(assessment, measurements=(cell,)), voices["en"])["changes"]
    (row,) = found["measurements"]
    assert row["column"] == "Sites: Hall"
    assert (row["range"], row["turns"], row["spread"]) == ("100–900", "1", "8")
    assert row["cells"].startswith("Sites!")


# --- the register ---------------------------------------------------------------------------------


def test_every_rule_that_reaches_the_region_is_in_the_register(assessment, annex):
    rules = {
        rule.rule_id
        for found in assessment.screening.findings.values()
        for rule in (
            *found.rules, *found.undated, *found.depends, *found.beyond, *found.coming,
            *(one.rule for one in found.barred),
        )
    }  # fmt: skip
    rows = annex["register"]["rules"]
    assert {row["id"] for row in rows} == rules
    assert all(row["reference"] and row["reading"] and row["dates"] for row in rows)
    # What does not apply says why and stands on grey; what applies says nothing of the kind.
    undated = {
        rule.rule_id for found in assessment.screening.findings.values() for rule in found.undated
    }
    assert undated <= {row["id"] for row in rows if "start is unknown" in row["standing"]}
    assert all((row["effect_band"] == "not_assessed") is bool(row["standing"]) for row in rows)


def terms_of(fields, assessment, voice):
    names, tables = without_tables({"annex": annex_fields(fields, assessment, voice)})
    found = Brief("", names, {}, tables=tables).names()["annex"]["register"]["terms"]
    return [row[key] for row in found for key in ("term", "other_term") if row[key]]


def test_the_glossary_prints_the_terms_that_the_documents_use_once_each(
    annexes, assessment, voices, knowledge
):
    """A word that only some other region's documents hold stands in none; one more text adds it."""
    for language, found in annexes.items():
        rows = found["register"]["terms"]
        terms = [row[key] for row in rows for key in ("term", "other_term") if row[key]]
        every = {one.term.text(language): one for one in knowledge.glossary}
        assert len(terms) == len(set(terms)) < len(every)
        assert set(terms) < set(every)
        absent = next(term for term in every if term not in terms and "(" not in term)
        more = terms_of({"summary": {"points": [f"x {absent} y"]}}, assessment, voices[language])
        assert absent in more
        assert set(terms) < set(more)


@pytest.mark.parametrize(
    ("term", "text", "is_used"),
    [
        ("hash rate", "The hash rate fell.", True),
        ("hash rate", "Two hash-rates are given", True),
        ("hash rate", "the rate of a hash", False),
        ("pool", "a whirlpool", False),
        ("pool", "Pools: three", True),
        ("power usage effectiveness (PUE)", "at a PUE of 1.3", True),
        ("算力（哈希率）", "按哈希率计", True),
        ("牵头单位／责任单位", "责任单位：发展改革委", True),
        ("“矿场”", "原“矿场”场地", True),
        ("绿证", "绿色电力", False),
    ],
)
def test_a_term_is_found_in_any_of_its_forms_and_in_whole_words(term, text, is_used, voices):
    one = replace(voices["en"].knowledge.glossary[0], term=Label((("en", term),)))
    voice = replace(voices["en"], knowledge=replace(voices["en"].knowledge, glossary=(one,)))
    assert bool(glossary([text], voice).rows) is is_used


def test_the_settings_of_the_run_are_printed(annex, knowledge):
    values = {row["name"]: row["value"] for row in annex["method"]["settings"]}
    assert values["Draws"] == "300"
    assert values["Seed"] == "1"
    assert values["Default range, grade C"] == (
        "20% of the value either way; a percentage stays within 0 and 100"
    )
    assert values["Rule packs (SHA-256)"] == knowledge.rules_version


# --- nothing found --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bare(region, knowledge, voices):
    empty = region(power=[], data_centres=[], workforce=[], connectivity=[], industry=[],
                   institutions=[], sites=[], limits=[])  # fmt: skip
    found = assess(empty, knowledge, AS_OF, draws=50)
    return {language: annex_of(found, voices[language]) for language in TONGUES}


def test_nothing_shortlisted_is_said(bare):
    en, zh = bare["en"], bare["zh-CN"]
    assert en["choice"]["intro"].startswith("No use is on the shortlist that could")
    assert zh["choice"]["intro"].startswith("目前没有可成为项目的入围应用")
    assert en["choice"]["candidates"] == en["choice"]["fits"] == []
    assert en["projects"]["rows"] == en["projects"]["years"] == en["projects"]["sums"] == []
    assert en["around"]["limits"] == en["around"]["alternatives"] == []
    assert "no use reaches the shortlist" in en["orders"]["value"]["blockchain"]["none"]
    assert "均无应用入围" in zh["orders"]["value"]["power_reuse"]["none"]


def test_no_claims_are_said(bare, annex):
    assert "no claims" in bare["en"]["register"]["no_claims"]
    assert annex["register"]["no_claims"] == ""


def test_a_limit_that_nobody_stated_is_what_the_registers_hold(city, knowledge, voices):
    free = assess(replace(city, limits=()), knowledge, AS_OF, draws=50)
    rows = {row["name"]: row for row in annex_of(free, voices["en"])["around"]["limits"]}
    assert rows["capital"]["limit"] == "none stated"
    assert rows["capital"]["basis"] == "no limit"
    assert rows["racks"]["basis"] == "sum of the registers"
    assert rows["capital"]["cell"] == "–"


def test_where_no_rule_reaches_the_register_is_empty_and_says_so(region, knowledge, voices):
    abroad = assess(region(jurisdiction="US-GA", admin_code="13059", currency="USD"),
                    knowledge, date(2019, 1, 1), draws=50)  # fmt: skip
    found = annex_of(abroad, voices["en"])["register"]
    if not found["rules"]:
        assert "No rule on file" in found["intro"]


# --- words ----------------------------------------------------------------------------------------


def test_no_word_promises_too_much(annexes, bare):
    """In the product's own words; the register and the glossary quote the law."""
    own = {
        language: [
            part
            for found in (annexes[language], bare[language])
            for key, part in found.items()
            if key != "register"
        ]
        for language in TONGUES
    }
    en = " ".join(texts_in(own["en"]))
    assert not re.search(r"optimal|guarantee|proven|statistically significant", en, re.IGNORECASE)
    zh = " ".join(texts_in(own["zh-CN"]))
    assert not re.search("最优|必然|确保|统计显著", zh)


def test_the_chinese_annex_holds_no_english_sentence(annexes):
    own = {key: part for key, part in annexes["zh-CN"].items() if key != "used"}
    for text in texts_in(own):
        rest = re.sub("|".join(METHODS), "", text)
        rest = re.sub(r"（[^）]*）|https?://\S+", "", rest)
        assert not re.search(r"[A-Za-z]+(?: [A-Za-z]+){3,}", rest), text


def test_sentences_of_the_annex_stand_in_both_languages_with_their_numbers(annexes, voices):
    assert annexes
    own = {key for key in voices["en"].said if key.startswith("annex.")}
    assert own >= {"annex.used", "annex.choice", "annex.projects", "annex.register"}
    for place in own:
        for language in TONGUES:
            said = voices[language].said[place]
            rest = said.text
            for argument in sorted(said.args.values(), key=len, reverse=True):
                rest = rest.replace(argument, "")
            assert not re.search(r"\d", rest), (place, said)


def test_no_text_is_none_or_nan(annexes, bare):
    for text in texts_in([annexes, bare]):
        assert not re.search(r"\bNone\b|\bnan\b|\binf\b", text), text


# --- one fact -------------------------------------------------------------------------------------


def fact(value, unit="MW", low=None, high=None):
    return Fact(value, unit, low, high, "D", Label(), "", (Origin("a.xlsx", "Power", "F4"),))


def test_units_are_words_of_the_language(voices):
    assert unit(fact(1, "bn"), "CNY", voices["zh-CN"]) == "亿元"
    assert shown(fact(1, "bn"), voices["zh-CN"]) == "10"
    assert span(fact(1, "bn", 0.9, 1.2), voices["zh-CN"]) == "9—12"
    assert unit(fact(0.3, "m"), "CNY", voices["zh-CN"]) == "万元"
    assert unit(fact(1, "m"), "KZT", voices["en"]) == "KZT million"
    assert unit(fact(1, "furlong"), "CNY", voices["en"]) == "furlong"


def test_a_flag_is_yes_or_no_and_a_year_has_no_thousands(voices):
    assert shown(fact(0.0, "0/1"), voices["en"]) == "no"
    assert shown(fact(2023.0, "year"), voices["en"]) == "2023"
    assert shown(fact(None), voices["en"]) == "–"


def test_a_range_of_one_point_is_no_range(voices):
    assert span(fact(2, "MW", 2, 2), voices["en"]) == "–"
    assert span(fact(2, "MW", 1, 3), voices["en"]) == "1–3"
    assert span(fact(None, "MW", 1, 3), voices["en"]) == "–"


def test_facts_are_found_however_deep(assessment):
    found = {id(fact) for fact in facts_in([assessment.readiness.uses])}
    parts = [part for use in assessment.readiness.uses.values() for part in use.contributions]
    assert parts
    assert all(id(part.value.fact) in found for part in parts)


# --- nothing left out -----------------------------------------------------------------------------


def origins_in(value):
    """Every address of a cell or a row that plain results hold."""
    if isinstance(value, dict):
        for held in value.values():
            yield from origins_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from origins_in(held)
    elif isinstance(value, str) and re.fullmatch(r"\w+\.xlsx .+![A-Z]*\d+", value):
        yield value.partition(" ")[2]


@pytest.mark.parametrize("name", ["changzhi", "heze", "qingdao"])
def test_every_cell_that_the_results_name_is_listed(root, knowledge, texts, name):
    books = [root / f"inputs/regions/{name}.xlsx"]
    assessment = assess(read_submission(books, knowledge).regions[0], knowledge, AS_OF, draws=50)
    brief = report(assessment, knowledge, texts, "en")
    named = set(origins_in(json.loads(json.dumps(results(assessment, knowledge, [brief], {})))))
    used = brief.names()["annex"]["used"]
    cells = {row["cell"] for row in used["rows"]}
    signed = {row["cell"].replace(", row ", "!") for row in used["institutions"]}
    rows = {one for one in named if re.search(r"![0-9]+$", one)}
    assert len(named - rows) > 100
    assert named - rows - cells == set()
    # Rows of other sheets are records, whose numbers have cells of their own.
    assert {one for one in rows if one.startswith("Institutions!")} <= signed


@pytest.mark.parametrize("name", ["changzhi", "heze", "qingdao"])
def test_every_cell_that_the_planning_brief_prints_is_listed(root, knowledge, texts, name):
    books = [root / f"inputs/regions/{name}.xlsx"]
    assessment = assess(read_submission(books, knowledge).regions[0], knowledge, AS_OF, draws=50)
    names = dict(report(assessment, knowledge, texts, "en").names())
    cells = {row["cell"] for row in names.pop("annex")["used"]["rows"]}
    sheets = "|".join(sorted({cell.split("!")[0] for cell in cells}))
    printed = {
        cell for text in texts_in(names) for cell in re.findall(rf"(?:{sheets})![A-Z]+\d+", text)
    }
    assert len(printed) > 10
    assert printed - cells == set()


@pytest.mark.parametrize("language", TONGUES)
def test_every_conversion_and_every_warning_is_listed_with_its_place(
    region_book, knowledge, texts, language
):
    book = region_book(
        population="3,000,000", saidi_minutes="95 minutes", gdp=1,
        power=[{"name_en": "One", "kind": "connection point", "status": "existing", "price": 0.01}],
        data_centres=[{"name_en": "Hall", "pue": 1.3, "it_load_mw_total": "12 MW"}],
    )  # fmt: skip
    found = read_submission([book], knowledge)
    one = assess(found.regions[0], knowledge, AS_OF, found.problems, found.conversions, draws=20)
    assert len(found.conversions) >= 3
    assert len(found.problems) >= 2
    rows = report(one, knowledge, texts, language).names()["quality"]["rows"]
    listed = Counter(row["place"] for row in rows)
    expected = Counter(noted.origin.full for noted in (*found.problems, *found.conversions))
    assert expected - listed == Counter()
    for done in found.conversions:
        assert any(
            done.found.strip() in row["text"] for row in rows if row["place"] == done.origin.full
        )
