import math

import pytest
from msgspec.structs import replace

from generator.analysis.economy import describe_economy
from generator.analysis.screening import screen
from generator.model import Estimate
from generator.problems import Origin


def described(build, knowledge, here, *projects):
    """The economy with a programme of these projects, given as such or as ids of their uses."""
    screening = screen(here, knowledge, build.TODAY)
    return describe_economy(here, knowledge, screening, build.programme(projects))


def two_years(build, code, numbers, years=(2018, 2023)):
    before, now, there_before, there = numbers
    return replace(
        build.industry(code, now, there),
        employment_before=build.fact(before),
        employment_reference_before=build.fact(there_before),
        year_before=build.fact(years[0]),
        year=build.fact(years[1]),
    )


@pytest.fixture
def three_rows(build):
    """A city of 100 beside a reference area of 1,000."""
    rows = [("C13", 50, 200), ("C34", 30, 300), ("G59", 20, 500)]
    return build.region(industry=[build.industry(*row) for row in rows])


# --- structure ------------------------------------------------------------------------------------


def test_indices_follow_from_the_shares(build, knowledge, three_rows):
    found = described(build, knowledge, three_rows).before

    assert found.herfindahl == pytest.approx(0.5**2 + 0.3**2 + 0.2**2)
    assert found.entropy == pytest.approx(-sum(p * math.log(p) for p in (0.5, 0.3, 0.2)))
    assert found.entropy_base == math.e
    assert found.hachman == pytest.approx(1 / (0.5**2 / 0.2 + 0.3**2 / 0.3 + 0.2**2 / 0.5))
    assert found.krugman == pytest.approx(0.3 + 0.0 + 0.3)


def test_each_quotient_stands_beside_its_jobs(build, knowledge, three_rows):
    rows = described(build, knowledge, three_rows).industries

    assert [row.location_quotient for row in rows] == pytest.approx([2.5, 1.0, 0.4])
    assert [row.employment.value for row in rows] == [50, 30, 20]


def test_a_row_without_both_numbers_is_named_and_in_no_index(build, knowledge, three_rows):
    blank = [build.industry("C35", None, 400), build.industry("J66", 70, None)]
    here = build.region(industry=[*three_rows.industry, *blank])

    found, alone = described(build, knowledge, here), described(build, knowledge, three_rows)

    assert found.left_out == ("C35", "J66")
    assert found.before == alone.before
    assert found.industries[-1].location_quotient is None


@pytest.mark.parametrize("rows", [[], [("C13", None, 5)], [("C13", 0, 0)]])
def test_without_employment_every_index_is_unknown(build, knowledge, rows):
    here = build.region(industry=[build.industry(*row) for row in rows])

    found = described(build, knowledge, here)

    assert (found.before, found.after, found.shift_share) == (None, None, None)
    assert all(row.location_quotient is None for row in found.industries)


# --- change ---------------------------------------------------------------------------------------


def test_the_three_parts_of_a_change_add_up_to_it_exactly(build, knowledge):
    numbers = {"C13": (70, 50, 310, 290), "C34": (30, 47, 301, 377), "G59": (21, 34, 511, 593)}
    here = build.region(industry=[two_years(build, *item) for item in numbers.items()])

    found = described(build, knowledge, here)

    growth = (290 + 377 + 593) / (310 + 301 + 511) - 1
    for row in found.industries:
        before, now, there_before, there = numbers[row.code]
        parts = row.shift_share
        assert parts.change == now - before
        assert parts.national + parts.mix + parts.regional == parts.change
        assert parts.national == pytest.approx(before * growth, abs=1e-6)
        assert parts.mix == pytest.approx(before * (there / there_before - 1 - growth), abs=1e-6)
        assert parts.regional == pytest.approx(now - before * there / there_before, abs=1e-6)
    total = found.shift_share.parts
    assert total.change == (50 + 47 + 34) - (70 + 30 + 21)
    for part in ("change", "national", "mix", "regional"):
        assert getattr(total, part) == sum(
            getattr(row.shift_share, part) for row in found.industries
        )
    assert (found.shift_share.year_before, found.shift_share.year) == (2018, 2023)


def test_rows_without_all_four_numbers_or_with_other_years_are_named(build, knowledge):
    rows = [
        two_years(build, "C13", (70, 50, 310, 290)),
        two_years(build, "C34", (30, 47, 301, 377)),
        two_years(build, "C35", (30, None, 301, 377)),
        two_years(build, "G59", (21, 34, 511, 593), years=(2015, 2023)),
        two_years(build, "J66", (21, 34, 511, 593), years=(None, 2023)),
    ]

    found = described(build, knowledge, build.region(industry=rows))

    assert found.shift_share.left_out == ("C35", "G59", "J66")
    assert found.shift_share.parts.change == (50 + 47) - (70 + 30)


# --- with the programme ---------------------------------------------------------------------------


@pytest.fixture
def known(build, knowledge):
    """Two uses: one anchored in C13 and C34, one in an industry the sheet lacks."""
    uses = [
        build.use(
            "U90", gb4754_anchor=("C13", "C34"), jobs_fte_low=10, jobs_fte_high=22,
            it_load_mw_low=0.1, it_load_mw_high=0.3, capex_cny_m_low=2, capex_cny_m_high=4,
            payback_years_low=3, payback_years_high=5,
        ),
        build.use("R90", "power_reuse", gb4754_anchor=("Z99",), jobs_fte_low=5, jobs_fte_high=5),
    ]  # fmt: skip
    return build.catalogue(knowledge, uses, [build.need("U90", "pue", 1.6, 1.2, 100)])


def test_jobs_go_to_the_anchor_rows_as_they_employ_now(build, known, three_rows):
    projects = build.project("U90", jobs=16), build.project("R90", "power_reuse", jobs=5)

    found = described(build, known, three_rows, *projects)

    after = [50 + 16 * 50 / 80, 30 + 16 * 30 / 80, 20]
    assert found.after.herfindahl == pytest.approx(sum((n / 116) ** 2 for n in after))
    assert found.not_placed == ("R90",)


def test_jobs_that_nobody_knows_are_placed_nowhere(build, known, three_rows):
    found = described(build, known, three_rows, "U90")

    assert (found.after, found.not_placed) == (None, ("U90",))


def test_a_use_in_both_waves_places_the_jobs_of_both(build, known, three_rows):
    screening = screen(three_rows, known, build.TODAY)
    both = build.programme([build.project("U90", jobs=30)], [build.project("U90", jobs=10)])

    found = describe_economy(three_rows, known, screening, both)

    after = [50 + 40 * 50 / 80, 30 + 40 * 30 / 80, 20]
    assert found.after.herfindahl == pytest.approx(sum((n / 140) ** 2 for n in after))
    assert [one.use_id for one in found.uses] == ["U90"]


def test_no_project_changes_nothing(build, known, three_rows):
    found = described(build, known, three_rows)

    assert (found.after, found.not_placed, found.uses, found.value_added) == (None, (), (), None)
    assert (found.energy.projects, found.energy.total) == ((), None)


def test_the_five_largest_industries_stand_beside_the_jobs(build, known):
    codes = ("C13", "C14", "C15", "C34", "C35", "G59")
    rows = [build.industry(code, 100 * n, 1000) for n, code in enumerate(codes, start=1)]
    blank = build.industry("J66", None, 1000)

    project = build.project("U90", jobs=build.fact(16, low=10, high=22))

    top = described(build, known, build.region(industry=[*rows, blank]), project).top

    assert [row.code for row in top] == ["G59", "C35", "C34", "C15", "C14"]
    assert top[0].programme_share == pytest.approx((10 / 600, 22 / 600))


def test_ranges_come_from_the_catalogue(build, known, three_rows):
    own, other = described(build, known, three_rows, "U90", "R90").uses

    assert (own.jobs, own.capex, own.payback_years) == ((10, 22), (2, 4), (3, 5))
    assert other.capex is None


def estimate(build, use_id, added):
    blank = build.fact(None)
    return Estimate(Origin("f"), use_id, blank, blank, blank, build.fact(added))


def test_value_added_is_only_what_the_region_supplies(build, known):
    rows = (estimate(build, "U90", 3.5), estimate(build, "U91", 100))
    here = build.region(estimates=rows, currency="KZT")

    found = described(build, known, here, "U90", "R90").value_added

    assert (found.amount, found.currency) == (3.5, "KZT")
    assert (found.uses, found.missing) == (("U90",), ("R90",))


def test_a_blank_estimate_is_no_value_added_of_nought(build, known):
    here = build.region(estimates=(estimate(build, "U90", None),))

    assert described(build, known, here, "U90").value_added is None


# --- energy and carbon ----------------------------------------------------------------------------


def test_energy_is_the_mean_load_of_the_projects_times_hours(build, known):
    here = build.region(figures={"grid_factor": 0.6})
    hall = build.project("R90", jobs=16, effects={"power": 3.1})

    found = described(build, known, here, hall, build.project("U90", jobs=4)).energy

    hours = known.assumed("load_hours")
    assert [one.power_mw for one in found.projects] == pytest.approx([3.1, 0])
    assert found.total.electricity_mwh == pytest.approx(3.1 * hours)
    assert found.total.location_t == pytest.approx(3.1 * hours * 0.6)
    assert found.total.market_t is None
    assert found.total.mwh_per_job == pytest.approx(3.1 * hours / 20)


def test_a_contract_stands_beside_the_grid_factor(build, known):
    here = build.region(
        figures={"grid_factor": 0.6}, measures=[build.measure("carbon_intensity", 0.2)]
    )

    found = described(build, known, here, build.project("R90", effects={"power": 2})).energy

    assert (found.location_factor.fact.value, found.market_factor.value) == (0.6, 0.2)
    assert found.total.market_t == pytest.approx(found.total.location_t / 3)


def test_a_published_factor_stands_in_for_a_blank_one(build, knowledge):
    found = described(build, knowledge, build.region()).energy

    factor = build.rolled(
        knowledge, build.region(), knowledge.uses[0], "carbon_intensity"
    )  # no Measures row here, so that both are the factor of the place
    assert found.location_factor.published == factor.published


def test_without_jobs_no_energy_a_job_is_told(build, known):
    found = described(
        build, known, build.region(), build.project("R90", effects={"power": 2})
    ).energy

    assert found.total.mwh_per_job is None


def mine(build, load, former_use="mining", cell=""):
    fact = build.fact(load, "MW", cell=cell)
    return replace(build.site(), former_use=former_use, former_load_mw=fact)


def test_the_load_is_compared_with_what_the_mines_drew(build, known):
    sites = [mine(build, 20, cell="F4"), mine(build, 10, cell="F5"), mine(build, 99, "industry")]
    here = build.region(sites=sites)

    found = described(build, known, here, build.project("R90", effects={"power": 4.5})).energy

    assert (found.former_load.fact.value, found.former_load.is_partial) == (30, False)
    assert [origin.cell for origin in found.former_load.fact.origins] == ["F4", "F5"]
    assert found.share_of_former_load == pytest.approx(4.5 / 30)


def test_a_blank_mine_makes_the_former_load_partial_and_all_blank_unknown(build, known):
    some = build.region(sites=[mine(build, 20), mine(build, None)])
    none = build.region(sites=[mine(build, None)])

    assert described(build, known, some).energy.former_load.is_partial
    assert described(build, known, none).energy.former_load is None
