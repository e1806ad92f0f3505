"""Likelihood and confidence in words, and every number in a sentence against the assessment."""

from __future__ import annotations

import csv
import re
from datetime import date
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from generator.model import FirstTwo, RankedUse, RobustOrder
from generator.report import report
from generator.report.voice import Voice
from generator.report.wording import band, robustness_line
from generator.shipped import LANGUAGES

AS_OF = date(2026, 11, 28)
CITIES = ("changzhi", "qingdao", "heze")
WORDS = {
    "very_likely": ("is very likely first", "极有可能居首"),
    "likely": ("is likely first", "较有可能居首"),
    "level": ("are level", "难分先后"),
    "ahead": ("is ahead, but not clearly", "略占先"),
    "open": ("the field is open", "尚无明显优先项"),
    "one": ("there is no order to speak of", "不涉及排序"),
}
FORBIDDEN = re.compile(
    r"\b(?:optimal(?:ly)?|guaranteed?s?|proven|statistically significant)\b"
    r"|最优|必然|确保|统计显著|显著性|统计上显著",
    re.IGNORECASE,
)


@pytest.fixture
def voices(texts, knowledge):
    return {language: Voice(texts, language, knowledge) for language in LANGUAGES}


def ranked(use_id, p_first):
    return RankedUse(use_id, (p_first,), 0.0, p_first, 40.0, 60.0, 1.0, 1.0, {})


def order_of(first, *others, mean=5.0, deviation=2.0):
    """The blockchain order in which U01 is first in a share of the draws, then U02 …"""
    uses = tuple(ranked(f"U{number:02}", share) for number, share in enumerate((first, *others), 1))
    lead = FirstTwo("U01", "U02", mean, deviation, 1000) if others else None
    return RobustOrder("value", "blockchain", "both", uses, (), lead)


@pytest.fixture
def told(cities, voices):
    """The standing of the blockchain list in one language, for a given order."""

    def of(order, language="en", level="high", listed=("U01", "U02")):
        base = cities["qingdao"]
        known = replace(
            base,
            readiness=replace(base.readiness, shortlist={"blockchain": listed, "power_reuse": ()}),
            robustness=replace(base.robustness, orders=(order,), draws=1000),
            confidences={**base.confidences, "value": replace(base.confidence, level=level)},
        )
        return robustness_line("blockchain", known, voices[language])

    return of


BANDS = [
    (1.0, "very_likely"), (0.9, "very_likely"), (0.895, "very_likely"), (0.8949, "likely"),
    (0.66, "likely"), (0.655, "likely"), (0.6549, "ahead"), (0.65, "ahead"), (0.33, "ahead"),
    (0.325, "ahead"), (0.3249, "open"), (0.0, "open"),
]  # fmt: skip


@pytest.mark.parametrize(("share", "word"), BANDS)
def test_the_band_follows_the_printed_whole_percent(knowledge, voices, share, word):
    # Six others share the rest, so that the leader leads.
    order = order_of(share, *[(1 - share) / 6] * 6)
    assert band(order, knowledge) == word
    printed = int(re.search(r"\d+", voices["en"].percent(share))[0])
    floor = {"very_likely": 90, "likely": 66, "ahead": 33, "open": 0}[word]
    assert printed >= floor


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh-CN", 1)])
@pytest.mark.parametrize(("share", "word"), BANDS)
def test_each_band_has_its_words_in_both_languages(told, language, place, share, word):
    text = told(order_of(share, *[(1 - share) / 6] * 6), language)
    assert WORDS[word][place] in text
    others = [words[place] for other, words in WORDS.items() if other != word]
    assert not any(words in text for words in others)


LEADS = [
    (3.9, 2.0, "level"), (-3.9, 2.0, "level"), (4.1, 2.0, "ahead"), (0.0, 0.0, "level"),
    (0.1, 0.0, "ahead"),
]  # fmt: skip


@pytest.mark.parametrize(("mean", "deviation", "word"), LEADS)
def test_two_uses_are_level_within_two_standard_deviations(knowledge, mean, deviation, word):
    assert band(order_of(0.5, 0.4, mean=mean, deviation=deviation), knowledge) == word


@pytest.mark.parametrize(("mean", "word"), [(0.1, "likely"), (9, "likely")])
def test_outside_the_middle_band_the_distance_says_nothing(knowledge, mean, word):
    assert band(order_of(0.7, 0.3, mean=mean, deviation=5), knowledge) == word


@pytest.mark.parametrize(("count", "word"), [(2, "level"), (3, "level"), (4, "open")])
def test_uses_that_all_tie_are_level_as_long_as_a_third_is_reached(knowledge, count, word):
    order = order_of(*[1 / count] * count, mean=0.0, deviation=0.0)
    assert band(order, knowledge) == word


@pytest.mark.parametrize(("level", "word"), [("high", 0), ("moderate", 0), ("low", 1)])
def test_low_confidence_caps_the_words_at_likely(told, level, word):
    names = ("very_likely", "likely")
    text = told(order_of(0.97, 0.03), level=level)
    assert WORDS[names[word]][0] in text
    assert "97%" in text.replace(" ", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "depends on whether costs move together"), ("zh-CN", "是否同向变动")],
)
def test_no_likelihood_word_stands_where_it_turns_on_how_costs_move(told, language, words):
    text = told(replace(order_of(0.97, 0.03), holds_at_ends=False), language)
    assert words in text
    assert "97%" in text.replace("\u00a0", "").replace(" ", "")
    place = list(LANGUAGES).index(language)
    assert not any(word[place] in text for name, word in WORDS.items() if name != "one")


@pytest.mark.parametrize(("share", "shown"), [(0.9996, "over 99%"), (1.0, "100")])
def test_the_end_is_printed_only_where_it_is_reached(told, share, shown):
    assert shown in told(order_of(share, 1 - share))


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh-CN", 1)])
def test_one_use_has_no_order_and_none_no_sentence(told, language, place):
    assert WORDS["one"][place] in told(order_of(1.0), language, listed=("U01",))
    assert told(order_of(1.0), language, listed=()) == ""


def test_an_order_of_one_use_has_no_band(knowledge):
    assert band(order_of(1.0), knowledge) is None


# --- illustrative drafts --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_withheld", [False, True])
def test_an_illustrative_brief_says_nothing_of_likelihood_on_its_first_page(
    cities, knowledge, texts, language, is_withheld
):
    for base in cities.values():
        judged = replace(base.confidence, is_illustrative=is_withheld)
        known = replace(base, confidences={**base.confidences, "programme": judged})
        made = report(known, knowledge, texts, language)
        place = list(LANGUAGES).index(language)
        words = [WORDS[name][place] for name in ("very_likely", "likely", "level", "ahead", "open")]
        text = "\n".join(
            [
                *(point["text"] for point in made.fields["top"]["points"]),
                made.fields["summary"]["answer"],
            ]
        )
        assert not any(word in text for word in words)
        assert ("confidence.line" in {one.key for one in made.sentences.values()}) or is_withheld
        assert made.fields["doc"]["illustrative"] is is_withheld


def test_the_leadership_brief_reads_no_field_that_speaks_of_likelihood(root):
    with ZipFile(root / "templates/en/leadership-brief.docx") as package:
        source = package.read("word/document.xml").decode()
    assert "programme.first" in source
    for field in ("orders.", "scenarios.", "alternatives"):
        assert field not in source


# --- words that are never used --------------------------------------------------------------------


def test_no_text_of_the_table_uses_a_forbidden_word(root):
    with (root / "templates/strings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        row["key"]
        for row in rows
        if not row["key"].startswith(("problem.", "cli."))
        and FORBIDDEN.search(" ".join(row[column] or "" for column in ("en", "zh-CN")))
    ]
    assert found == []


@pytest.fixture(scope="module")
def briefs(cities, knowledge, texts):
    return {
        (city, language): report(one, knowledge, texts, language)
        for city, one in cities.items()
        for language in LANGUAGES
    }


def test_no_generated_sentence_uses_a_forbidden_word(briefs):
    found = [
        (key, place)
        for key, made in briefs.items()
        for place, said in made.sentences.items()
        if FORBIDDEN.search(said.text)
    ]
    assert found == []


# --- every number in a sentence -------------------------------------------------------------------


def number(text):
    """The first number of a text, in the steps of its language."""
    found = re.search(r"(-?[\d,]*\.?\d+)\s*([万亿]?)", text)
    size = {"": 1, "万": 1e4, "亿": 1e8}[found[2]]
    return float(found[1].replace(",", "")) * size


def span(text, language="en"):
    """Both ends of a printed range; Chinese money is in yuan."""
    ends = [number(part) for part in re.split(r"[–—]| to ", text)[:2]]
    return [end / 1e6 for end in ends] if language == "zh-CN" and "元" in text else ends


def pairs(cities, briefs):
    for (city, language), made in briefs.items():
        yield cities[city], language, made.sentences, made.fields["overview"]


def test_numbers_of_the_programme_are_those_of_the_assessment(cities, briefs):
    checked = 0
    for known, language, said, overview in pairs(cities, briefs):
        waves = [one for one in (known.programme.first, known.programme.second) if one.projects]
        first, row = waves[0], overview["waves"][0]
        assert number(said["summary.headline"].args["count"]) == len(first.projects)
        for wave, told in zip(waves, overview["waves"], strict=True):
            unit = 1 if language == "en" else number(f"1{overview['capital_unit']}") / 1e6
            ends = [end * unit for end in span(told["capital"])]
            assert ends == pytest.approx(list(wave.capital_range), rel=0.005)
            assert number(told["jobs"]) == pytest.approx(wave.effects["jobs"], abs=0.5001)
        limits = {one.resource: one for one in known.programme.limits}
        # Both stand in the unit of the column, as the range above them does.
        ceiling, limit = re.findall(r"[\d.,]+\d", row["ceiling"])[:2]
        assert number(limit) * unit == pytest.approx(limits["capex"].limit)
        # On examples no ceiling is told, but the middle.
        assert number(ceiling) * unit == pytest.approx(first.capital, rel=0.005)
        for one in known.programme.limits:
            place = f"binding.{one.resource}"
            assert (place in said) is (one.is_binding and one.next_extra is not None)
            if place in said:
                extra = number(said[place].args["more"])
                if one.resource == "capex" and language == "zh-CN":
                    extra /= 1e6
                assert extra >= one.next_extra - 1e-9
                assert extra == pytest.approx(one.next_extra, abs=0.1001)
                checked += 1
    assert checked


def test_confidence_has_the_shares_of_the_assessment(cities, briefs):
    for known, _, said, _ in pairs(cities, briefs):
        args, found = said["confidence"].args, known.confidence
        for key in ("coverage", "published", "illustrative", "old"):
            assert number(args[key]) == pytest.approx(getattr(found, f"{key}_pct"), abs=0.5001)


def test_numbers_of_scenarios_and_steps_are_those_of_the_assessment(cities, briefs):
    for known, _, said, _ in pairs(cities, briefs):
        results = [(f"scenario.{one.scenario_id}", one) for one in known.scenarios]
        results += [(f"step.{one.steps[0].origin}", one) for one in known.steps.single]
        if known.steps.together:
            results.append(("steps.together", known.steps.together))
        for place, one in results:
            text, change = said[place].text, one.difference
            more = re.search(r"([\d,]+) more full-time jobs|岗位增加([\d.]+)个", text)
            fewer = re.search(r"([\d,]+) fewer full-time jobs|岗位减少([\d.]+)个", text)
            shown = number(more[0]) if more else -number(fewer[0]) if fewer else 0.0
            assert shown == pytest.approx(change.effects.get("jobs", 0.0), abs=0.5001), place
            if change.changes_programme:
                continue
            moved = [abs(gain) for gain in change.readiness.values() if abs(gain) >= 0.05]
            words = re.search(
                r"readiness of (\d+) uses? moves, by at most ([\d.]+)|"
                r"(\d+)项应用就绪度变动，最多([\d.]+)分",
                text,
            )
            assert bool(words) == bool(moved), place
            if words:
                count, most = (part for part in words.groups() if part)
                assert int(count) == len(moved)
                assert float(most) == pytest.approx(max(moved), abs=0.0501)


def test_costs_of_steps_are_those_of_the_assessment(cities, briefs, knowledge):
    for (city, language), made in briefs.items():
        known, rows = cities[city], made.fields["steps"]["rows"]
        scale = 1e6 if language == "zh-CN" else 1
        for row, one in zip(rows, known.steps.single, strict=True):
            if one.cost is not None:
                assert number(row["cost"]) / scale == pytest.approx(one.cost, rel=1e-4, abs=0.0051)
            assert number(row["points"]) == pytest.approx(one.points, abs=0.0501)
        for one in known.steps.unlocking:
            args = made.sentences[f"unlock.{one.use_id}"].args
            assert number(args["cost"]) / scale == pytest.approx(one.cost, rel=1e-4, abs=0.0051)
            assert args["use"] == knowledge.use(one.use_id).name.text(language)
