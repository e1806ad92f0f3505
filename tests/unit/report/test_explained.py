"""Explanations of uses: numbers are those of the analysis, sums can be redone, lines fit."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from generator.analysis import assess
from generator.analysis.explanation import explain
from generator.intake import read_submission
from generator.report.explanation import explained_as_json, explained_as_lines

AS_OF = date(2026, 11, 28)
ROOT = Path(__file__).parents[3]
CITIES = ("changzhi", "heze", "qingdao")


def width(line):
    """Places on the screen, where a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def found_in(knowledge, city):
    (found,) = read_submission([ROOT / f"inputs/regions/{city}.xlsx"], knowledge).regions
    return found


@pytest.fixture(scope="module")
def told(knowledge):
    """City to every use of it, from the cells on."""
    ids = [use.use_id for use in knowledge.uses]
    return {
        city: explain(found_in(knowledge, city), knowledge, AS_OF, ids) for city in CITIES
    }  # fmt: skip


@pytest.fixture(scope="module")
def surveyed(knowledge):
    """City to a line on every use."""
    return {city: explain(found_in(knowledge, city), knowledge, AS_OF, draws=20) for city in CITIES}


def lines_of(one, texts, language="en"):
    return list(explained_as_lines(one, texts, language))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("city", CITIES)
def test_every_use_of_every_sample_is_explained_in_a_hundred_places(told, surveyed, texts, city, language):  # fmt: skip
    for one in (told[city], surveyed[city]):
        lines = lines_of(one, texts, language)

        assert len(lines) > 60
        assert max(map(width, lines)) <= 100
        assert not [line for line in lines if line != line.rstrip() or "{" in line]


@pytest.mark.parametrize("city", CITIES)
def test_english_lines_hold_no_chinese_and_json_is_plain(told, surveyed, texts, city):
    assert not re.search("[\u4e00-\u9fff]", "".join(lines_of(surveyed[city], texts)))
    for one in (told[city], surveyed[city]):
        assert json.loads(json.dumps(explained_as_json([one]), allow_nan=False))


@pytest.mark.parametrize("city", CITIES)
def test_the_programme_is_that_of_the_documents(surveyed, knowledge, city):
    plan = assess(found_in(knowledge, city), knowledge, AS_OF, draws=20).programme

    for use in surveyed[city].uses:
        use_id = use.use.use_id
        assert use.wave == plan.wave_of(use_id)
        own = plan.candidates.get(use_id)
        assert use.value_alone == (own and own.value_alone)
        assert use.projects == tuple(one for one in plan.projects if one.use_id == use_id)


@pytest.mark.parametrize("city", CITIES)
def test_the_value_alone_is_the_sum_of_its_printed_parts(told, city):
    for use in told[city].uses:
        if use.candidate is None:
            continue
        sums = [100 * one.weight * one.amount / one.normaliser for one in use.worth]
        assert sum(sums) == pytest.approx(use.value_alone, abs=1e-8)
        assert sum(one.weight for one in use.worth) == pytest.approx(1)


@pytest.mark.parametrize("city", CITIES)
def test_the_printed_sum_can_be_redone_by_hand(told, texts, city):
    lines = lines_of(told[city], texts)
    starts = [number for number, line in enumerate(lines) if line == "VALUE ALONE"]
    redone = 0
    for start in starts:
        end = next(n for n in range(start, len(lines)) if not lines[n])
        rows = [re.split(r"\s{2,}", line) for line in lines[start:end]]
        rows = [row for row in rows if len(row) == 5 and row[0] != "EFFECT"]
        sums = [line for line in lines[start:end] if line.startswith("Sum: ")]
        if not sums:
            continue
        value, by, weight, points = (
            [float(row[place].replace(",", "")) for row in rows] for place in (1, 2, 3, 4)
        )
        for one in range(len(rows)):
            assert value[one] / by[one] * weight[one] == pytest.approx(points[one], abs=0.006)
        stated = float(re.search(r"[\d.]+", sums[0])[0].rstrip("."))
        assert sum(points) == pytest.approx(stated, abs=0.02)
        redone += 1
    assert redone >= 3


@pytest.mark.parametrize("city", CITIES)
def test_each_bound_is_the_amount_over_the_need_and_the_least_one_bounds_the_size(told, city):
    for use in told[city].uses:
        for fit in use.fits:
            for bound in fit.bounds:
                if bound.need:
                    assert bound.units == pytest.approx(bound.amount / bound.need)
            if fit.full is not None:
                least = min(bound.units for bound in fit.bounds)
                assert fit.full <= least + 1e-9 < fit.full + 0.1 + 1e-9


@pytest.mark.parametrize("city", CITIES)
def test_no_other_first_wave_is_better_than_the_first_unless_it_takes_something_for_granted(
    surveyed, city
):
    for use in surveyed[city].uses:
        for found in (use.held, use.without):
            if found is None or found.is_assumed:
                continue
            assert found.wave.loss >= -1e-9
        if use.held is not None:
            assert use.use.use_id in {one.use_id for one in use.held.wave.placements}
        if use.without is not None:
            assert use.use.use_id not in {one.use_id for one in use.without.wave.placements}


@pytest.mark.parametrize("city", CITIES)
def test_the_runner_up_is_no_better_than_what_the_hypotheses_found(surveyed, city):
    """The best other wave holds a new use, or leaves one out, or changes sizes alone."""
    one = surveyed[city]
    (runner_up,) = [way for way in one.programme.alternatives if way.kind == "runner_up"]
    losses = [
        found.wave.loss
        for use in one.uses
        for found in (use.held, use.without)
        if found is not None and not found.is_assumed
    ]
    assert min(losses) >= runner_up.loss - 1e-9


def test_a_barred_use_is_told_by_its_rules_and_nothing_else(texts, knowledge):
    one = explain(found_in(knowledge, "heze"), knowledge, AS_OF, ["P01"])
    (use,) = one.uses

    told_as = explained_as_json([one])["regions"][0]["uses"]["P01"]
    lines = lines_of(one, texts)

    assert use.deciding.kind == "barred"
    assert set(told_as) == {"name", "category", "law", "listed", "wave", "value_alone", "deciding"}
    assert set(told_as["law"]["rules"]) == set(use.deciding.names)
    assert all(rule["effect"] == "prohibited" for rule in told_as["law"]["rules"].values())
    assert not [line for line in lines if line in {"VALUE ALONE", "WHAT IT ASKS FOR"}]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_region_without_sites_industry_or_institutions_is_explained(region, knowledge, texts, language):  # fmt: skip
    found = region(sites=[], industry=[], institutions=[], limits=[], power=[])
    ids = [use.use_id for use in knowledge.uses]

    one = explain(found, knowledge, AS_OF, ids)

    assert max(map(width, lines_of(one, texts, language))) <= 100
    assert not [use for use in one.uses if use.divisions]
    assert not [fit for use in one.uses for fit in use.fits if fit.place.number is not None]
    assert lines_of(explain(found, knowledge, AS_OF), texts, language)


def test_uses_of_another_legal_order_are_said_to_be_unknown(region, knowledge, texts):
    texan = region(
        jurisdiction="US-TX", admin_code="48201", currency="USD", cny_per_unit=7.1, industry=[],
        institutions=[], sites=[], limits=[],
    )  # fmt: skip
    here = {use.use_id for use in explain(texan, knowledge, AS_OF).knowledge.uses}
    (foreign, *_) = [use.use_id for use in knowledge.uses if use.use_id not in here]

    one = explain(texan, knowledge, AS_OF, [foreign])

    assert one.uses[0].deciding.kind == "elsewhere"
    assert "not known in this legal order" in "\n".join(lines_of(one, texts))
