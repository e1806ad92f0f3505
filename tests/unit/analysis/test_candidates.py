"""Which shortlisted uses may start now, where they fit, and at which sizes."""

import pytest
from msgspec.structs import replace

from generator.analysis.scenarios import outcome_of
from generator.model import Estimate, Origin

GOOD = {"mva": 20, "hall_m2": 4000, "water": 100}
"""A site with room for 18 MW, 4,000 m2 and 100 m3 a day."""


@pytest.fixture
def known(build, knowledge):
    """Power reuse that takes 4 MW, 1,000 m2 and 20 m3 a day a unit; half a unit to three."""
    use = build.use("R90", "power_reuse", needs_site=True, **build.ranged((8, 12), (10, 30)))
    needs = [
        build.need("R90", "usable_floor_m2", 500, 1000, 80, hard=True),
        build.need("R90", "water_m3_day", 10, 20, 20),
    ]
    unit = build.unit_need(
        "R90", ["bank"], grid_mw_per_unit=4, mean_load_mw_per_unit=3, floor_m2_per_unit=1000,
        water_m3_day_per_unit=20, units_min=0.5, units_max=3,
    )  # fmt: skip
    return replace(build.catalogue(knowledge, [use], needs, units=[unit]), pairs=())


@pytest.fixture
def place(build):
    """A region with these sites and enough of all else; a bank has signed for the use."""

    def of(*sites, **known):
        sheets = {
            "power": [build.point(60)],
            "institutions": [build.institution("R90")],
        }
        return build.region(sites=sites, **{**sheets, **known})

    return of


@pytest.fixture
def plot(build):
    """A site that was a textile mill, so that nothing has to be cleared."""

    def of(**columns):
        own = {key: columns.pop(key) for key in tuple(columns) if key in {*GOOD, "road", "port"}}
        row = build.site(**{**GOOD, **own})
        return replace(row, **{"former_use": "industry", **columns})

    return of


def fits(build, known, here):
    return build.run(known, here).setting.candidates["R90"].fits


# --- what bounds a size ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "spare", "kind", "full"),
    [
        ({}, 60, "catalogue", 3.0),
        ({"mva": 10}, 60, "connection", 2.2),
        ({"hall_m2": 1290}, 60, "hall", 1.2),
        ({"water": 36}, 60, "water", 1.8),
        ({}, 10, "spare", 2.5),
    ],
)  # fmt: skip
def test_a_size_is_what_the_tightest_bound_allows_in_tenths_down(
    build, known, place, plot, columns, spare, kind, full
):
    (fit,) = fits(build, known, place(plot(**columns), power=[build.point(spare)]))

    assert (fit.tightest.kind, fit.full) == (kind, pytest.approx(full))


def test_sizes_rest_on_the_low_ends_of_ranges(build, known, place, plot):
    hall = build.fact(4000, low=1500, high=5000)

    (fit,) = fits(build, known, place(plot(hall_m2=hall)))

    assert (fit.full, fit.tightest.amount) == (1.5, 1500)
    # 0.75, 0.5 and a quarter of 1.5 in tenths down, and not below half a unit.
    assert fit.menu == pytest.approx((1.5, 1.1, 0.7))


@pytest.mark.parametrize("column", ["mva", "water"])
def test_a_blank_cell_of_a_site_is_nothing(build, known, place, plot, column):
    (fit,) = fits(build, known, place(plot(**{column: None})))

    assert (fit.full, fit.menu, fit.tightest.amount) == (None, (), 0)


def test_a_need_of_nothing_does_not_bind(build, known, place, plot):
    dry = {**known.needs, "R90": replace(known.needs["R90"], water_m3_day_per_unit=0)}

    (fit,) = fits(build, replace(known, needs=dry), place(plot(water=None)))

    assert fit.full == 3.0
    assert "water" not in {bound.kind for bound in fit.bounds}


def test_a_site_that_misses_a_hard_minimum_or_is_blank_there_is_no_place(build, known, place, plot):
    here = place(plot(hall_m2=400), plot(hall_m2=None), plot())

    assert [fit.place.number for fit in fits(build, known, here)] == [2]


def test_a_use_that_fits_as_stated_but_not_at_the_low_ends_stays_without_a_size(
    build, known, place, plot
):
    hall = build.fact(1200, low=300, high=1500)
    core = build.run(known, place(plot(hall_m2=hall)))

    (fit,) = core.setting.candidates["R90"].fits

    assert core.readiness.shortlist["power_reuse"] == ("R90",)
    assert (fit.full, fit.menu) == (None, ())
    assert (fit.tightest.kind, fit.tightest.facts[0].value) == ("hall", 1200)
    outcome = outcome_of(core)
    assert (outcome.first.placements, outcome.second.placements) == ((), ())


def test_without_a_site_only_the_catalogue_bounds_a_use_that_needs_none(build, known, place):
    use = replace(known.uses[0], needs_site=False)
    free = [build.need("R90", "spare_grid_mw", 1, 2, 100)]
    known = replace(known, uses=(use,), requirements={"R90": tuple(free)})

    (fit,) = fits(build, known, place(power=[build.point(2)]))

    assert (fit.place.number, fit.place.is_cleared) == (None, True)
    assert [bound.kind for bound in fit.bounds] == ["catalogue"]
    assert fit.full == 3.0


# --- which sites are cleared ----------------------------------------------------------------------

BARRED, ALLOWED = "prohibited", "permitted"


@pytest.mark.parametrize(
    ("columns", "law", "unexplained", "is_cleared"),
    [
        ({"former_use": "industry"}, BARRED, 9, True),
        ({"former_use": "mining"}, BARRED, None, False),
        ({"former_use": ""}, BARRED, None, False),
        ({"former_use": "mining", "load_not_mining_evidence": "Meter log"}, BARRED, None, True),
        ({"former_use": "mining", "clearance_document": "Letter"}, BARRED, 0, True),
        # Whatever is on file, whose an unexplained load is must be found out first.
        ({"former_use": "mining", "load_not_mining_evidence": "Meter log"}, BARRED, 9, False),
        ({"former_use": "mining", "clearance_document": "Letter"}, BARRED, 9, False),
        ({"former_use": "mining"}, ALLOWED, None, True),
        ({"former_use": ""}, ALLOWED, 0, True),
        ({"former_use": "mining"}, ALLOWED, 9, False),
        ({"former_use": ""}, ALLOWED, 9, False),
    ],
)
def test_a_site_is_cleared_where_nothing_says_that_mining_may_still_run(
    build, known, place, plot, columns, law, unexplained, is_cleared
):
    suspect = next(key for key, one in known.activities.items() if one.former_use)
    others = [
        build.rule(f"T-{key}", key, "permitted") for key in known.activities if key != suspect
    ]
    known = replace(known, rules=(*others, build.rule("T-mining", suspect, law)))
    written = {
        key: build.label(text) if key != "former_use" else text for key, text in columns.items()
    }
    here = place(plot(**written), figures={"unexplained_load_mw": unexplained})

    (fit,) = fits(build, known, here)
    outcome = outcome_of(build.run(known, here))

    assert fit.place.is_cleared is is_cleared
    waves = [[one.use_id for one in pick.placements] for pick in (outcome.first, outcome.second)]
    assert waves == ([["R90"], []] if is_cleared else [[], ["R90"]])


# --- ready or not ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "lacks"),
    [
        ("signed", "bank", False), ("letter of intent", "bank", True), ("talks", "bank", True),
        ("signed", "court", True),
    ],
)  # fmt: skip
def test_no_hall_begins_without_a_signed_body_of_its_types(
    build, known, place, plot, status, kind, lacks
):
    here = place(plot(), institutions=[build.institution("R90", kind, status)])

    one = build.run(known, here).setting.candidates["R90"]

    assert (one.lacks_partner, one.is_ready) == (lacks, not lacks)


def test_a_body_that_signed_for_another_use_does_not_count(build, known, place, plot):
    here = place(plot(), institutions=[build.institution("R91")])

    assert build.run(known, here).setting.candidates["R90"].lacks_partner


@pytest.mark.parametrize(
    ("weight", "spare", "is_ready", "missed", "unknown"),
    [
        (10, 1, False, ("backbone_gbps",), ()),
        (10, None, False, (), ("backbone_gbps",)),
        (9, 1, True, (), ()),
        (9, None, True, (), ()),
        (10, 5, True, (), ()),
    ],
)  # fmt: skip
def test_a_platform_is_ready_where_all_that_weighs_ten_points_reaches_its_minimum(
    build, knowledge, weight, spare, is_ready, missed, unknown
):
    needs = [
        build.need("U90", "spare_grid_mw", 1, 2, 100 - weight),
        build.need("U90", "backbone_gbps", 5, 9, weight),
    ]
    known = build.catalogue(knowledge, [build.use("U90", **build.ranged())], needs)
    here = build.region(power=[build.point(9)], connectivity=[build.link(spare)])

    one = build.run(known, here).setting.candidates["U90"]

    assert (one.is_ready, one.missed, one.unknown) == (is_ready, missed, unknown)


def test_existing_halls_do_not_decide_whether_a_hall_may_be_built_unless_they_are_hard(
    build, known, place, plot
):
    soft = (*known.requirements["R90"], build.need("R90", "pue", 1.5, 1.2, 20))
    hard = (*known.requirements["R90"], build.need("R90", "pue", 1.5, 1.2, 20, hard=True))
    here = place(plot(), data_centres=[build.hall(1, pue=1.9)])

    found = build.run(replace(known, requirements={"R90": soft}), here).setting.candidates
    core = build.run(replace(known, requirements={"R90": hard}), here)

    assert found["R90"].is_ready
    assert core.readiness.shortlist["power_reuse"] == ()


# --- partners -------------------------------------------------------------------------------------


def test_a_use_whose_partner_is_no_candidate_is_in_no_wave_however_long_the_chain(build, knowledge):
    uses = [build.use(f"U9{n}", **build.ranged()) for n in range(1, 5)]
    needs = [
        build.need(use.use_id, "backbone_gbps", 1, 1, 100) for use in uses if use.use_id != "U93"
    ]
    needs.append(build.need("U93", "dev_fte", 9, 9, 100, hard=True))
    pairs = (build.pair("U91", "requires", "U92"), build.pair("U92", "requires", "U93"))
    known = replace(build.catalogue(knowledge, uses, needs), pairs=pairs)

    core = build.run(known, build.region(connectivity=[build.link(10)]))

    assert set(core.readiness.shortlist["blockchain"]) == {"U91", "U92", "U94"}
    assert {key: one.requires for key, one in core.setting.candidates.items()} == {
        "U91": "U92", "U92": "U93", "U94": "",
    }  # fmt: skip
    assert [one.use_id for one in outcome_of(core).first.placements] == ["U94"]


# --- capital --------------------------------------------------------------------------------------


def test_a_use_of_unknown_capital_is_not_chosen_and_one_of_unknown_jobs_brings_none(
    build, knowledge
):
    uses = [
        build.use("U91", jobs_fte_low=5, jobs_fte_high=9),
        build.use("U92", capex_cny_m_low=5, capex_cny_m_high=9),
        build.use("U93", **build.ranged()),
    ]
    needs = [build.need(use.use_id, "backbone_gbps", 1, 1, 100) for use in uses]
    known = replace(build.catalogue(knowledge, uses, needs), pairs=())

    core = build.run(known, build.region(connectivity=[build.link(10)]))

    assert core.setting.candidates["U91"].capital.value is None
    assert core.setting.candidates["U92"].value_alone == 0
    assert [one.use_id for one in outcome_of(core).first.placements] == ["U93"]


def test_own_estimates_stand_for_the_catalogue_with_their_ranges_and_without_local_scale(
    build, knowledge
):
    use = build.use("U91", gb4754_anchor=("C13",), **build.ranged((20, 40), (8, 12)))
    known = build.catalogue(
        knowledge, [use], [build.need("U91", "backbone_gbps", 1, 1, 100)],
        units=[build.unit_need("U91", reach_share=1)],
    )  # fmt: skip
    blank = build.fact(None)
    own = Estimate(Origin("f"), "U91", build.fact(6, low=5, high=8), build.fact(31), blank, blank)
    sheets = {
        "industry": [build.industry("C13", 600_000, None)], "connectivity": [build.link(10)],
    }  # fmt: skip

    plain = build.run(known, build.region(**sheets)).setting.candidates["U91"]
    given = build.run(known, build.region(estimates=[own], **sheets)).setting.candidates["U91"]

    # Beyond 500,000 people a platform stands at the high end of its ranges.
    assert (plain.scale, plain.capital.value, plain.jobs.value) == (1, 12, 40)
    assert (given.capital.value, given.capital.low, given.capital.high) == (6, 5, 8)
    assert given.jobs.value == 31


def test_an_estimate_of_capital_without_a_rate_leaves_that_of_the_catalogue(build, knowledge):
    known = build.catalogue(
        knowledge, [build.use("U91", **build.ranged((20, 20), (8, 8)))],
        [build.need("U91", "backbone_gbps", 1, 1, 100)],
    )  # fmt: skip
    own = build.own_figures("U91", capex=2, jobs=31)

    def found(rate):
        here = build.region(
            currency="EUR", rate=rate, estimates=[own], connectivity=[build.link(10)]
        )
        one = build.run(known, here).setting.candidates["U91"]
        return one.capital.value, one.jobs.value

    assert found(None) == (8, 31)
    assert found(7.5) == (15, 31)


@pytest.mark.parametrize(
    ("status", "share"), [("cited", 10), ("partly_cited", 20), ("assumed", 40)]
)
def test_a_platform_s_capital_varies_by_the_grade_of_the_catalogue_s_numbers(
    build, knowledge, status, share
):
    use = build.use("U91", numbers_status=status, **build.ranged((10, 10), (20, 20)))
    known = build.catalogue(knowledge, [use], [build.need("U91", "backbone_gbps", 1, 1, 100)])

    capital = (
        build.run(known, build.region(connectivity=[build.link(10)]))
        .setting.candidates["U91"]
        .capital
    )

    assert (capital.low, capital.high) == pytest.approx(
        (20 * (1 - share / 100), 20 * (1 + share / 100))
    )
