"""How far the evidence carries: coverage, grade and age of the leading uses' facts."""

import pytest
from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.confidence import assumed, behind_readiness, confidences, first_uses, rate
from generator.analysis.programme import programme

_ROWS = ("spare_grid_mw", "power_price", "dev_fte", "backbone_gbps")


@pytest.fixture
def rated(build, knowledge):
    """The confidence in one use whose four facts have these (weight, grade, as_of), None unknown."""

    def of(*facts, as_of=build.TODAY):
        weights = [weight for weight, _, _ in facts]
        rows = [
            build.need("U91", name, 1, 1, weight)
            for name, weight in zip(_ROWS, weights, strict=False)
        ]
        known = build.catalogue(knowledge, [build.use("U91", **build.ranged())], rows)
        measures = [
            build.measure(name, build.fact(1 if grade else None, grade=grade or "D", as_of=day))
            for name, (_, grade, day) in zip(_ROWS, facts, strict=False)
        ]
        base = core.run(build.region(measures=measures), known, as_of)
        uses = first_uses(base.readiness)
        return rate(uses, behind_readiness(uses, base.readiness), known, as_of, "readiness")

    return of


LEVELS = [
    (((90, "A", "2025"), (10, None, "")), "high"),
    (((89, "A", "2025"), (11, None, "")), "moderate"),
    (((70, "B", "2025"), (30, "C", "2025")), "high"),
    (((69, "B", "2025"), (31, "C", "2025")), "moderate"),
    (((70, "A", "2025"), (30, None, "")), "moderate"),
    (((69, "A", "2025"), (31, None, "")), "low"),
    (((50, "A", "2025"), (50, "D", "2025")), "moderate"),
    (((49, "A", "2025"), (51, "D", "2025")), "low"),
    # Of what is known, 40 of 70 points are illustrative.
    (((30, "A", "2025"), (40, "D", "2025"), (30, None, "")), "low"),
    (((49, "A", "2025"), (51, "A", "2022")), "moderate"),
    (((50, "A", "2025"), (50, "A", "2022")), "high"),
    (((100, "A", "2023-11-20"),), "high"),
    (((100, "A", "2022"),), "moderate"),
    (((100, "A", ""),), "moderate"),
    (((100, "C", "2022"),), "low"),
    (((100, "D", "2020"),), "low"),
]


@pytest.mark.parametrize(("facts", "level"), LEVELS)
def test_the_level_follows_coverage_grade_and_age(rated, facts, level):
    assert rated(*facts).level == level


def test_the_shares_are_of_the_weight_that_has_data(rated):
    found = rated((40, "A", "2025"), (20, "D", "2020"), (20, "C", ""), (20, None, ""))
    assert found.coverage_pct == pytest.approx(80)
    assert found.published_pct == pytest.approx(50)
    assert found.illustrative_pct == pytest.approx(25)
    assert found.old_pct == pytest.approx(50)
    assert found.uses == ("U91",)


def test_without_any_data_it_is_low_and_every_share_is_zero(rated, build, knowledge):
    found = rated((100, None, ""))
    assert (found.level, found.coverage_pct, found.published_pct) == ("low", 0, 0)
    assert (found.illustrative_pct, found.old_pct) == (0, 0)
    base = core.run(build.region(), build.catalogue(knowledge, []), build.TODAY)
    nobody = rate(first_uses(base.readiness), [], knowledge, build.TODAY, "programme")
    assert (nobody.level, nobody.uses, nobody.coverage_pct) == ("low", (), 0)


@pytest.mark.parametrize("grade", ["A", "D"])
def test_each_axis_is_judged_by_its_own_facts(build, knowledge, grade):
    """A platform with measured readiness, jobs of the catalogue and employment of some grade."""
    known = build.catalogue(
        knowledge,
        [build.use("U91", isic_anchor=("46",), **build.ranged())],
        [build.need("U91", "pue", 2, 1, 100)],
        benefits=[build.benefit("B02", 1, "jobs"), build.benefit("B10", 3, "served")],
        units=[build.unit_need("U91", reach_share=1.0)],
    )
    here = build.region(
        measures=[build.measure("pue", build.fact(1.5, grade="A", as_of="2026"))],
        industry=[build.industry("46", build.fact(100, grade=grade, as_of="2026"), 1000)],
    )
    base = core.run(here, known, build.TODAY)

    found = confidences(base, programme(base), build.TODAY)

    assert {axis: one.axis for axis, one in found.items()} == {axis: axis for axis in found}
    assert found["readiness"].illustrative_pct == 0
    assert (found["readiness"].level, found["readiness"].is_illustrative) == ("high", False)
    # Points on jobs and people 1 to 3, all of both attained.
    assert found["value"].illustrative_pct == pytest.approx(25 if grade == "A" else 100)
    # Readiness, capital, and what it brings in equal parts; jobs and people are halves of the last.
    share = 100 * (1 / 3 + 1 / 6) if grade == "A" else 100 * 2 / 3
    assert found["programme"].illustrative_pct == pytest.approx(share)
    assert found["programme"].is_illustrative == (grade == "D")
    assert found["programme"].uses == found["value"].uses == ("U91",)


def test_without_a_project_the_programme_is_judged_by_the_leading_uses(build, knowledge):
    known = build.catalogue(
        knowledge, [build.use("U91", **build.ranged())], [build.need("U91", "pue", 2, 1, 100)]
    )
    measure = build.measure("pue", build.fact(3, grade="A", as_of="2026"))
    base = core.run(build.region(measures=[measure]), known, build.TODAY)

    found = confidences(base, programme(base), build.TODAY)

    assert found["programme"].uses == ("U91",)
    assert found["programme"].published_pct == 100
    assert found["value"].coverage_pct == 0


def test_what_is_assumed_is_counted_by_rows_and_by_weight(build, knowledge):
    needs = [
        build.need("U91", "pue", 2, 1, 70),
        replace(build.need("U91", "dev_fte", 1, 2, 30), status="cited"),
        replace(build.need("U92", "dev_fte", 1, 2, 100), status="partly_cited"),
    ]
    units = [build.unit_need("U91", status="assumed"), build.unit_need("U92", status="cited")]
    known = build.catalogue(knowledge, [build.use("U91"), build.use("U92")], needs, units=units)

    found = assumed(("U92", "U91", "U92"), known)

    assert found.uses == ("U92", "U91")
    assert (found.thresholds, found.thresholds_assumed) == (3, 1)
    assert found.weight_pct == pytest.approx(35)
    assert (found.needs, found.needs_assumed) == (2, 1)
    assert found.parameters == len(known.assumptions)
    assert assumed((), known).weight_pct == 0


def test_age_is_counted_from_the_day_the_law_is_read(rated, build):
    facts = ((100, "A", "2023"),)
    assert rated(*facts).level == "high"
    assert rated(*facts, as_of=replace_year(build.TODAY, 2027)).level == "moderate"


def replace_year(day, year):
    return day.replace(year=year)


def test_three_chain_uses_and_two_of_power_reuse_lead(build, knowledge):
    base = core.run(build.region(), build.catalogue(knowledge, []), build.TODAY).readiness
    chains, reuse = tuple("UVWX"), tuple("RST")
    listed = replace(base, shortlist={"blockchain": chains, "power_reuse": reuse})
    assert first_uses(listed) == ("U", "V", "W", "R", "S")
    placed = replace(
        base, shortlist={"blockchain": (), "power_reuse": ()},
        order={"blockchain": chains, "power_reuse": reuse},
    )  # fmt: skip
    assert first_uses(placed) == ("U", "V", "W", "R", "S")
    # One shortlisted use stands for both lists.
    assert first_uses(replace(placed, shortlist={"blockchain": (), "power_reuse": ("R",)})) == (
        "R",
    )
