"""What a comparison gets of a region: the figures of the assessment, small and fit to be sent."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from generator.analysis import assess, summarise

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def assessment(region, knowledge):
    return assess(region(), knowledge, DAY, draws=100)


def test_key_figures_are_sums_over_the_region_and_a_weighted_price(assessment, knowledge):
    """Two existing points of 60 and 40 MW at 0.56 and 0.50 CNY/kWh; 800 racks and 4 MW free."""
    figures = summarise(assessment, knowledge).figures
    assert figures["spare_grid_mw"] == 100
    assert figures["racks_available"] == 800
    assert figures["it_load_mw"] == 4
    assert figures["power_price"] == pytest.approx((60 * 0.56 + 40 * 0.5) / 100)


def test_a_blank_register_leaves_its_figure_unknown(region, knowledge):
    found = assess(region(data_centres=[]), knowledge, DAY, draws=100)
    assert summarise(found, knowledge).figures["racks_available"] is None


def test_scores_lists_and_programme_are_those_of_the_assessment(assessment, knowledge):
    summary = summarise(assessment, knowledge)
    assert set(summary.uses) == set(assessment.readiness.uses)
    for use_id, use in assessment.readiness.uses.items():
        own = summary.uses[use_id]
        assert (own.low, own.high, own.listed, own.viability) == (
            use.low, use.high, use.listed, use.viability,
        )  # fmt: skip
        assert own.wave == assessment.programme.wave_of(use_id)
        projects = [one for one in assessment.programme.projects if one.use_id == use_id]
        assert own.capital == pytest.approx(sum(one.capital.value for one in projects))
        candidate = assessment.programme.candidates.get(use_id)
        if use.listed != "shortlist" or projects:
            assert (own.kept, own.kept_by) == ("", ())
        elif candidate is not None and own.kept in {"", "requires", "place"}:
            assert candidate.is_ready
        elif candidate is not None:
            assert not candidate.is_ready
            assert set(own.kept_by) <= {*candidate.missed, *candidate.unknown}
        bodies = [row for row in assessment.region.institutions if row.use == use_id]
        assert [(one.type, one.status, one.name) for one in own.partners] == [
            (row.type, row.status, row.name) for row in bodies
        ]
        needs = [need.criterion_id for need in knowledge.requirements[use_id]]
        assert needs == [part.requirement.criterion_id for part in use.contributions]
        assert own.partials == dict(
            zip(needs, (part.partial for part in use.contributions), strict=True)
        )
    first, second = assessment.programme.first, assessment.programme.second
    assert assessment.programme.projects
    assert (summary.first, summary.second) == (first.effects, second.effects)
    assert summary.capital == (first.capital, second.capital)
    # A platform that would cost more than it saves is not built, and spares nothing.
    assert summary.spared == (max(0.0, -first.platform), max(0.0, -second.platform))


def test_the_law_is_kept_by_id_and_equal_places_compare_equal(assessment, region, knowledge):
    law = summarise(assessment, knowledge).law
    assert law.status("P01") == "prohibited"
    found = {key: (effect, ids) for key, effect, ids in law.findings}
    for key, one in assessment.screening.findings.items():
        assert found[key] == (one.effect, tuple(rule.rule_id for rule in one.rules))
    twin = assess(region(region="twin"), knowledge, DAY, draws=100)
    assert summarise(twin, knowledge).law == law


def test_a_summary_survives_pickling_and_is_small(assessment, knowledge):
    """3,000 of them are held at once: under 20 kB each when sent."""
    summary = summarise(assessment, knowledge)
    packed = pickle.dumps(summary)
    assert pickle.loads(packed) == summary  # noqa: S301 - what this test has packed itself
    assert len(packed) < 20_000
