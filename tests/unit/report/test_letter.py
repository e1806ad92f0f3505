"""What a cover mail says: one sentence an item, with the numbers of the documents."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import assess, summarise
from generator.report import compare, document_title, letter, report, results
from generator.shipped import LANGUAGES

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def briefs(cities, knowledge, texts, full, bare):
    """Samples, the two regions of this folder, and comparisons, each language."""
    every = [*cities.values(), full, bare]
    few = [summarise(one, knowledge) for one in every]
    found = [report(one, one.knowledge, texts, language) for one in every for language in LANGUAGES]
    found += [
        compare(some, (), DAY, knowledge, texts, language)
        for some in (few, few[:3], few[-2:])
        for language in LANGUAGES
    ]
    return found


def sentences(text):
    """Ends of sentences: a full stop before a blank or the end, or a Chinese one."""
    return len(re.findall(r"。|(?<!No)\.(?=\s|$)", text))


def test_the_answer_and_what_is_barred_are_one_sentence_each(briefs):
    for brief in briefs:
        said = letter(brief)
        assert sentences(said.answer) == 1, said.answer
        assert sentences(said.barred) == 1, said.barred


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_has_the_numbers_of_the_first_page(cities, knowledge, texts, language):
    for city in cities.values():
        brief = report(city, knowledge, texts, language)
        row = brief.fields["overview"]["waves"][0]
        unit = brief.fields["overview"]["capital_unit"]
        amounts = [f"{end}{unit}" for end in re.split("[–—]", row["capital"])]
        decisions = [one["decision"] for one in brief.fields["top"]["decisions"]]
        told = [brief.fields["summary"][name] for name in ("headline", "answer")]
        # A figure of a tile stands in the unit of its head.
        tiles = [
            f"{figure}{head.rpartition('（')[2]}"
            for row in brief.fields["top"]["tiles"]
            for head, cell in zip(brief.fields["top"]["measures"], row["measures"], strict=True)
            for figure in re.findall(r"[\d.,]+", cell["text"])
        ]
        points = [one["text"] for one in brief.fields["top"]["points"]]
        first_page = numbers([*told, *row.values(), *amounts, *decisions, *tiles, *points])
        mailed = numbers([letter(brief).answer])
        assert len(mailed) > 3
        assert mailed <= first_page


def numbers(texts):
    """Numbers in the steps of Chinese, those of a unit behind them included."""
    steps = {"": 1, "万": 1e4, "亿": 1e8}
    found = re.findall(r"(\d[\d,]*(?:\.\d+)?)([万亿]?)", " ".join(texts))
    return {round(float(one.replace(",", "")) * steps[step], 6) for one, step in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_barred_activity_of_the_brief_is_in_the_letter_with_its_citation(
    cities, knowledge, texts, language
):
    brief = report(cities["qingdao"], knowledge, texts, language)
    rows = dict(letter(brief).barred_rows)
    printed = brief.fields["law"]["barred_together"]
    assert [row["name"] for row in printed] == list(rows)
    # A mail holds no legend: where the brief has a sign, it says in words what was read.
    sign = re.compile(r" ?[(（](?:[OPRN]|官方|转载|报道|待查阅)\*?[)）]")
    for row in printed:
        for cited in sign.split(row["sentence"])[:-1]:
            assert cited.lstrip("；; ") in rows[row["name"]]
        assert not sign.search(rows[row["name"]])
        assert row["penalty"] in rows[row["name"]]


def test_what_is_barred_only_in_some_regions_says_where(full, bare, knowledge, texts):
    """China bars home mining; Kazakhstan licenses miners, so one row holds in Lucheng only."""
    both = [summarise(one, knowledge) for one in (full, bare)]
    said = letter(compare(both, (), DAY, knowledge, texts, "en"))
    apart = [name for name, _ in said.barred_rows if name.endswith(")") and "China" in name]
    assert apart
    assert "in every region" in said.barred


def test_nothing_is_called_barred_everywhere_where_one_region_bars_nothing(
    full, region, knowledge, texts
):
    """Texas licenses what China bars: no count of nought in the sentence."""
    texan = assess(region(jurisdiction="US-TX", admin_code="48"), knowledge, DAY, draws=100)
    both = [summarise(replace(one, region=replace(one.region, code=code)), knowledge)
            for code, one in (("a", full), ("b", texan))]  # fmt: skip
    for language in LANGUAGES:
        said = letter(compare(both, (), DAY, knowledge, texts, language))
        counts = [int(one) for one in re.findall(r"(?<!\d)\d{1,2}(?= of the | ?类)", said.barred)]
        assert counts
        assert 0 not in counts


def test_the_letter_of_an_illustrative_region_says_so_first_of_the_mail_itself(
    cities, knowledge, texts
):
    city = cities["qingdao"]
    said = letter(report(city, knowledge, texts, "en"))
    share = round(city.confidence.illustrative_pct)
    assert said.draft.startswith(f"Illustrative draft: {share}% ")
    assert "below" not in said.draft


def test_handling_and_author_are_empty_where_nobody_gave_them(full, bare, knowledge, texts):
    marked = letter(report(full, knowledge, texts, "zh-CN"))
    assert (marked.handling, marked.prepared_by) == ("内部", "市发展改革委")
    compared = letter(
        compare([summarise(one, knowledge) for one in (full, bare)], (), DAY, knowledge, texts, "en")
    )  # fmt: skip
    assert (compared.handling, compared.prepared_by) == ("internal", "")


def test_the_sentences_stand_in_the_results(cities, knowledge, texts):
    city = cities["heze"]
    both = [report(city, knowledge, texts, language) for language in LANGUAGES]
    versions = {"program": "1", "inputs": "2", "templates": "3"}
    kept = results(city, knowledge, both, versions)["sentences"]
    for brief in both:
        said = letter(brief)
        held = {place: kept[place][brief.language]["text"] for place in kept if "letter." in place}
        assert set(held.values()) == {said.answer, said.barred, said.draft}


def test_a_document_has_the_name_of_the_choice_list(knowledge):
    assert document_title("leadership-brief", knowledge, "zh-CN") == "决策参阅"
    assert document_title("comparison", knowledge, "en") == "comparison"
    assert document_title("other", knowledge, "en") == "other"
