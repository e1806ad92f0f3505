"""Benefit by hand: every expected number is arithmetic on the catalogue as it ships."""

from dataclasses import replace

import pytest
from generator.analysis.benefit import with_stakeholders

from generator.model import Adjustment

CHAIN = {"B01": 20, "B02": 15, "B03": 15, "B04": 15, "B05": 10, "B07": 5}
"""Points of the blockchain list without supplied figures; 80 in all."""
REUSE = {**CHAIN, "B06": 10}
"""Points of the power-reuse list; 90 in all."""


def _parts(build, knowledge, use_id, **sheets):
    found = build.run(knowledge, build.region(**sheets)).benefit.uses[use_id]
    return {part.benefit_id: part for part in found.parts}


# --- one criterion at a time ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use_id", "value", "partial"),
    [
        # Jobs 15-60 over capital 6-25; anchors 0.8 and 3.
        ("U01", 37.5 / 15.5, (37.5 / 15.5 - 0.8) / 2.2),
        # Jobs 25-60 over capital 215-360; anchors 0.1 and 1.5.
        ("R01", 42.5 / 287.5, (42.5 / 287.5 - 0.1) / 1.4),
        # Jobs 150-500 over capital 60-120 is 3.6: more than full.
        ("R06", 325 / 90, 1),
    ],
)
def test_jobs_per_capital_is_middle_over_middle(build, knowledge, use_id, value, partial):
    part = _parts(build, knowledge, use_id)["B01"]

    assert part.fact.value == pytest.approx(value)
    assert part.partial == pytest.approx(partial)


@pytest.mark.parametrize(
    ("use_id", "value", "partial"),
    [("U01", 37.5, 27.5 / 40), ("U12", 12.5, 2.5 / 40), ("R07", 10.5, 5.5 / 95), ("R06", 325, 1)],
)
def test_jobs_count_by_the_middle_of_their_range(build, knowledge, use_id, value, partial):
    part = _parts(build, knowledge, use_id)["B02"]

    assert (part.fact.value, part.partial) == (value, pytest.approx(partial))


@pytest.mark.parametrize(
    ("use_id", "value", "partial"),
    [("U01", 4.5, 2 / 3), ("U04", 6, 0.5 / 3), ("U07", 3.5, 1), ("R01", 7, 1), ("R03", 11.5, 0)],
)
def test_a_short_payback_is_worth_more(build, knowledge, use_id, value, partial):
    part = _parts(build, knowledge, use_id)["B03"]

    assert (part.fact.value, part.partial) == (value, pytest.approx(partial))


@pytest.mark.parametrize(
    ("use_id", "level", "partial"),
    [("U05", 0, 0), ("U03", 1, 0.5), ("U01", 2, 1), ("R03", 1, 0), ("R01", 2, 1)],
    ids=["declining", "emerging", "mature", "emerging reuse", "mature reuse"],
)
def test_maturity_counts_by_its_level_on_the_anchors_of_the_list(
    build, knowledge, use_id, level, partial
):
    part = _parts(build, knowledge, use_id)["B04"]

    assert (part.fact.value, part.partial) == (level, partial)


@pytest.mark.parametrize(
    ("use_id", "count"),
    [("U14", 0), ("U07", 1), ("U13", 1), ("R03", 1)],
    ids=["only the common activity", "judicial evidence", "data trading, two rules", "hydrogen"],
)
def test_encouraged_activities_count_once_and_the_common_one_not(build, knowledge, use_id, count):
    assert _parts(build, knowledge, use_id)["B05"].fact.value == count


def test_encouragement_before_its_rule_is_in_force_counts_nothing(build, knowledge):
    def encouraged(begins):
        rules = [
            build.rule("A", "judicial_evidence", "permitted"),
            build.rule("B", "judicial_evidence", "encouraged", begins),
        ]
        uses = [build.use("U91", activities=("judicial_evidence",))]
        known = build.catalogue(knowledge, uses, [build.need("U91", "dev_fte", 0, 9, 100)], rules)
        return _parts(build, known, "U91")["B05"].partial

    assert encouraged(build.TODAY) == 1
    assert encouraged(build.TODAY.replace(year=2027)) == 0


@pytest.mark.parametrize(
    ("use_id", "value", "partial"),
    [
        ("R01", 10_000 / 42.5, (250 - 10_000 / 42.5) / 200),
        ("R02", 10_000 / 55, (250 - 10_000 / 55) / 200),
        ("R07", 1000 / 10.5, (250 - 1000 / 10.5) / 200),
        ("R05", None, None),
    ],
)
def test_load_per_job_needs_a_unit_of_scale(build, knowledge, use_id, value, partial):
    part = _parts(build, knowledge, use_id)["B06"]

    assert part.fact.value == (None if value is None else pytest.approx(value))
    assert part.partial == (None if partial is None else pytest.approx(partial))


def test_load_per_job_is_no_matter_of_the_blockchain_list(build, knowledge):
    assert "B06" not in _parts(build, knowledge, "U01")


def test_all_anchor_entries_count_where_nothing_is_known_of_employment(build, knowledge):
    assert _parts(build, knowledge, "U03")["B07"].fact.value == 3
    assert _parts(build, knowledge, "U01")["B07"].partial == 1
    assert _parts(build, knowledge, "R05")["B07"].partial == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("finance", "count"), [(10, 3), (9, 2)], ids=["quotient of 1", "quotient of 0.9"]
)
def test_anchor_entries_count_from_a_quotient_of_one(build, knowledge, finance, count):
    # Of 100 jobs here and 1,000 there: trade 2.0, all of manufacturing together (20 + 10) / 20 %.
    rows = [
        build.industry("64", finance, 100),
        build.industry("46", 10, 50),
        build.industry("13", 20, 80),
        build.industry("28", 10, 120),
        build.industry("85", 60 - finance, 650),
    ]

    assert _parts(build, knowledge, "U03", industry=rows)["B07"].fact.value == count


def test_chinese_divisions_count_for_the_international_entry(build, knowledge):
    # Of 100 and 1,000: farm produce processing (C13) is ISIC 10 with 3.0, storage (G59) 52 with 0.5.
    rows = [
        build.industry("C13", 30, 100),
        build.industry("G59", 5, 100),
        build.industry("J66", 65, 800),
    ]

    assert _parts(build, knowledge, "R05", industry=rows)["B07"].fact.value == 1


@pytest.mark.parametrize("turn", [1, -1])
def test_a_quotient_of_one_counts_whatever_the_last_bits_of_its_sums(build, knowledge, turn):
    # 0.1 + 0.1 of 1.3 here and 2 of 13 there.
    rows = [
        build.industry("13", 0.1, 1),
        build.industry("28", 0.1, 1),
        build.industry("85", 1.1, 11),
    ][::turn]

    assert _parts(build, knowledge, "U03", industry=rows)["B07"].fact.value == 1


# --- scores and weights ---------------------------------------------------------------------------


def test_the_weights_that_apply_to_a_list_are_brought_to_a_hundred(build, knowledge):
    weights = build.run(knowledge, build.region()).benefit.weights

    assert weights["blockchain"] == pytest.approx({k: w / 0.8 for k, w in CHAIN.items()})
    assert weights["power_reuse"] == pytest.approx({k: w / 0.9 for k, w in REUSE.items()})


def test_a_benefit_is_the_weighted_sum_of_its_parts(build, knowledge):
    found = build.run(knowledge, build.region()).benefit.uses["U01"]

    by_hand = 20 * (37.5 / 15.5 - 0.8) / 2.2 + 15 * 27.5 / 40 + 15 * 2 / 3 + 15 * 1 + 10 * 0 + 5 * 1
    assert found.score == found.low == found.high == pytest.approx(by_hand / 0.8)
    assert found.coverage_pct == pytest.approx(100)


def test_an_unknown_part_gives_an_interval_and_not_nothing(build, knowledge):
    found = build.run(knowledge, build.region()).benefit.uses["R05"]

    # Jobs 40-120 over 40-90; payback 6-10; mature; nothing encouraged; two of three anchors.
    by_hand = 20 * (80 / 65 - 0.1) / 1.4 + 15 * 75 / 95 + 15 * 3.5 / 4.5 + 15 + 10 * 0 + 5 * 2 / 3
    assert found.score is None
    assert found.low == pytest.approx(by_hand / 0.9)
    assert found.high == pytest.approx((by_hand + 10) / 0.9)
    assert found.coverage_pct == pytest.approx(80 / 0.9)


def test_value_added_counts_only_in_the_list_for_which_it_is_supplied(build, knowledge):
    rows = [build.own_figures("U01", capex=20, value_added=6)]

    found = build.run(knowledge, build.region(estimates=rows)).benefit

    assert found.weights["blockchain"] == pytest.approx(
        {key: points / 0.9 for key, points in {**CHAIN, "B08": 10}.items()}
    )
    assert "B08" not in found.weights["power_reuse"]
    own = {part.benefit_id: part for part in found.uses["U01"].parts}
    assert own["B08"].partial == pytest.approx((6 / 20 - 0.1) / 0.9)
    # Of the others nobody knows it.
    other = found.uses["U02"]
    assert other.score is None
    assert other.high - other.low == pytest.approx(10 / 0.9)


def test_value_added_that_cannot_be_brought_to_one_currency_is_not_supplied(build, knowledge):
    rows = [build.own_figures("U01", value_added=6)]

    found = build.run(knowledge, build.region(estimates=rows, currency="EUR")).benefit

    assert "B08" not in found.weights["blockchain"]
    assert found.uses["U02"].score is not None


# --- own figures ----------------------------------------------------------------------------------


def test_own_figures_replace_those_of_the_catalogue_and_are_marked(build, knowledge):
    rows = [build.own_figures("U01", jobs=31)]

    found = _parts(build, knowledge, "U01", estimates=rows)

    assert found["B01"].fact.value == pytest.approx(31 / 15.5)
    assert found["B02"].fact.value == 31
    assert found["B03"].fact.value == 4.5
    assert {key for key, part in found.items() if part.is_own} == {"B01", "B02"}
    assert not any(part.is_own for part in _parts(build, knowledge, "U02", estimates=rows).values())


def test_a_blank_estimate_leaves_the_figure_of_the_catalogue(build, knowledge):
    found = _parts(build, knowledge, "U01", estimates=[build.own_figures("U01", payback=5)])

    assert found["B02"].fact.value == 37.5
    assert found["B03"].partial == pytest.approx(1.5 / 3)


def test_capital_in_another_currency_counts_at_its_rate(build, knowledge):
    rows = [build.own_figures("U01", capex=2)]

    part = _parts(build, knowledge, "U01", estimates=rows, currency="EUR", rate=8)["B01"]

    assert part.fact.value == pytest.approx(37.5 / 16)
    assert part.is_own


def test_capital_in_another_currency_without_a_rate_leaves_that_of_the_catalogue(build, knowledge):
    rows = [build.own_figures("U01", capex=2, jobs=31)]

    found = _parts(build, knowledge, "U01", estimates=rows, currency="EUR")

    assert found["B01"].fact.value == pytest.approx(31 / 15.5)


def test_an_own_figure_of_nothing_is_not_an_unknown_one(build, knowledge):
    found = _parts(build, knowledge, "R01", estimates=[build.own_figures("R01", jobs=0, capex=100)])

    assert (found["B01"].partial, found["B02"].partial) == (0, 0)
    # No load per job without jobs.
    assert found["B06"].partial is None


def test_no_jobs_per_capital_where_nothing_is_spent(build, knowledge):
    found = _parts(build, knowledge, "U01", estimates=[build.own_figures("U01", capex=0)])

    assert found["B01"].partial is None
    assert (found["B01"].low, found["B01"].high) == (0, 1)


# --- what scenarios change ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "by", "benefit_id", "value"),
    [
        ("capex", 1.25, "B01", 37.5 / 15.5 / 1.25),
        ("jobs", 0.5, "B02", 18.75),
        ("B03", 2, "B03", 9),
        ("B04", 0.5, "B04", 1),
        ("B05", 3, "B05", 0),
        ("B07", 0.25, "B07", 1),
    ],
)
def test_a_scenario_acts_on_any_figure_or_criterion(
    build, knowledge, target, by, benefit_id, value
):
    changes = (Adjustment(target, "multiply", by),)

    found = _parts(build, knowledge, "U01", adjustments=changes)

    assert found[benefit_id].fact.value == pytest.approx(value)


# --- shortlists and stakeholders ------------------------------------------------------------------


def _two_sided(build, knowledge, ready, jobs, payback):
    """Uses with given readiness and, on plain anchors of 0 to 100 and 10 to 0, two merits."""
    uses, needs = [], []
    for number, (years, heads) in enumerate(zip(payback, jobs, strict=True)):
        own = build.use(
            f"U9{number}", jobs_fte_low=heads, jobs_fte_high=heads, payback_years_low=years,
            payback_years_high=years,
        )  # fmt: skip
        uses.append(own)
        needs.append(build.need(own.use_id, "dev_fte", 0, 1000 / ready[number], 100))
    benefits = [
        build.benefit("B02", 60, (0, 100)),
        build.benefit("B03", 40, (0, 10), direction="lower_better"),
    ]
    return build.catalogue(knowledge, uses, needs, benefits=benefits)


def test_a_shortlist_is_ordered_by_benefit_and_ties_by_readiness(build, knowledge):
    # Benefit 60·jobs/100 + 40·(1 - years/10): 50, 50 and 52.
    known = _two_sided(build, knowledge, ready=[60, 80, 55], jobs=[50, 30, 20], payback=[5, 2, 0])
    here = build.region(workforce=[build.role("developers", 10)])

    found = build.run(known, here)

    assert {key: use.score for key, use in found.benefit.uses.items()} == pytest.approx(
        {"U90": 50, "U91": 50, "U92": 52}
    )
    assert found.readiness.shortlist["blockchain"] == ("U92", "U91", "U90")
    assert found.readiness.order["blockchain"] == ("U91", "U90", "U92")


def test_stakeholders_order_the_shortlist_by_their_own_weights(build, knowledge):
    known = _two_sided(
        build, knowledge, ready=[60, 60, 60, 60, 30], jobs=[90, 70, 50, 10, 95],
        payback=[9, 6, 3, 1, 0],
    )  # fmt: skip
    rows = [*build.stakeholder("Bureau", B02=30, B03=0), *build.stakeholder("Banks", B02=5, B03=15)]
    here = build.region(workforce=[build.role("developers", 10)], weights=rows)

    base = build.run(known, here)
    found = with_stakeholders(base.benefit, here, base.readiness, known)

    # Default: 58, 58, 58, 42; the bureau counts jobs alone, the banks payback three to one.
    views = {view.name.text("en"): view for view in found.stakeholders}
    assert views["Bureau"].scores == pytest.approx(
        {"U90": 90, "U91": 70, "U92": 50, "U93": 10, "U94": 95}
    )
    assert views["Banks"].scores == pytest.approx(
        {"U90": 30, "U91": 47.5, "U92": 65, "U93": 70, "U94": 98.75}
    )
    assert views["Bureau"].order["blockchain"] == ("U90", "U91", "U92", "U93")
    assert views["Banks"].order["blockchain"] == ("U93", "U92", "U91", "U90")
    # First three by default U90, U91, U92; the banks have U90 last. U94 is not shortlisted.
    assert found.agreed["blockchain"] == ("U91", "U92")


def test_nothing_is_agreed_where_nobody_gave_weights(build, knowledge):
    known = _two_sided(build, knowledge, ready=[60], jobs=[50], payback=[5])
    here = build.region(workforce=[build.role("developers", 10)])

    base = build.run(known, here)

    assert with_stakeholders(base.benefit, here, base.readiness, known) == base.benefit


def test_the_weights_of_a_stakeholder_are_shared_out_where_a_criterion_does_not_apply(
    build, knowledge
):
    here = build.region(weights=build.stakeholder("All", **{**REUSE, "B08": 10}))

    base = build.run(knowledge, here)
    (view,) = with_stakeholders(base.benefit, here, base.readiness, knowledge).stakeholders

    # The same points as the default ones.
    assert view.scores == pytest.approx({key: use.low for key, use in base.benefit.uses.items()})


def test_another_use_does_not_change_what_a_use_is_worth(build, knowledge):
    fewer = replace(knowledge, uses=knowledge.uses[:3])

    whole, part = (build.run(known, build.region()).benefit.uses for known in (knowledge, fewer))

    assert set(part) == {"U01", "U02", "U03"}
    assert all(part[key] == whole[key] for key in part)
