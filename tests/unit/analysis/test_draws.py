"""Draws by name: what is drawn depends on seed, region and record alone."""

import tracemalloc

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.stats import gamma, kstest, spearmanr, triang

from generator.analysis.draws import Draws, spread
from generator.analysis.joining import Ask
from generator.analysis.rollup import roll_up_draws
from generator.analysis.sampling import draw_parts
from generator.model import Adjustment
from generator.problems import Origin

SIZE = 20_000


@pytest.fixture
def spare(build):
    return build.varying("power/East/spare_mw", 10, 20, 40)


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others(spare):
    first, again, other = (Draws(seed, 50, "here").of(spare) for seed in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.any(first == other)


def test_another_region_has_numbers_of_its_own(spare):
    here, there = (Draws(1, 50, code).of(spare) for code in ("here", "there"))

    assert not np.any(here == there)


def test_a_name_has_its_numbers_whatever_was_drawn_before(build, spare):
    alone, late = Draws(1, 50, "here"), Draws(1, 50, "here")
    late.of(build.varying("power/West/spare_mw", 1, 2, 3))
    late.factors("B01", 0.2)

    assert np.array_equal(alone.of(spare), late.of(spare))


def test_a_weight_and_a_record_of_one_name_have_streams_of_their_own(build):
    draws = Draws(1, SIZE, "here")

    heads, factor = draws.of(build.varying("B01", 0, 1, 2)), draws.factors("B01", 0.2)

    # Of independent samples the correlation has a standard error of 1 / sqrt(n).
    assert abs(np.corrcoef(heads, factor)[0, 1]) < 4 / SIZE**0.5


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(7, None, None), (7, 7, 7), (0, 0, 0)],
    ids=["no range", "a range of one point", "nothing"],
)
def test_a_fact_without_a_range_does_not_vary(build, value, low, high):
    drawn = Draws(1, 50, "here").of(build.fact(value, low=low, high=high))

    assert drawn.shape == ()
    assert drawn == value


def test_what_is_unknown_is_drawn_as_unknown(build):
    assert np.isnan(Draws(1, 50, "here").of(build.fact(None, low=1, high=2)))


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(10, 20, 40), (0, 0, 5), (-3, 4, 4)], ids=["inside", "left", "right"]
)
def test_draws_are_triangular(build, low, mode, high):
    drawn = Draws(1, SIZE, "here").of(build.varying("a", low, mode, high))

    mean = (low + mode + high) / 3
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert drawn.mean() == pytest.approx(mean, abs=4 * (variance / SIZE) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.05)
    assert low <= drawn.min() < drawn.max() <= high
    shape = triang((mode - low) / (high - low), loc=low, scale=high - low)
    assert kstest(drawn, shape.cdf).pvalue > 1e-3


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [(None, 30, (20, 30)), (10, None, (10, 20)), (22, 30, (20, 30)), (10, 18, (10, 20))],
    ids=["no low end", "no high end", "low end above the value", "high end below the value"],
)
def test_a_range_always_holds_its_value(build, low, high, ends):
    drawn = Draws(1, SIZE, "here").of(build.fact(20, low=low, high=high, stream="a"))

    # An end at the mode is reached within range / sqrt(n) or so, the far end within some more.
    assert drawn.min() == pytest.approx(ends[0], abs=0.5)
    assert drawn.max() == pytest.approx(ends[1], abs=0.5)
    assert ends[0] <= drawn.min() < drawn.max() <= ends[1]


def test_a_record_that_two_uses_read_is_drawn_once(spare):
    draws = Draws(1, 50, "here")
    moved = replace(spare, unit="MW", origins=(Origin("other.xlsx", "Power", "F9"),))

    assert draws.of(spare) is draws.of(moved)


def test_two_records_are_drawn_independently(build):
    draws = Draws(1, SIZE, "here")

    east, west = (draws.of(build.varying(f"power/{name}", 10, 20, 40)) for name in ("East", "West"))

    assert abs(np.corrcoef(east, west)[0, 1]) < 4 / SIZE**0.5


def test_a_fact_that_is_no_record_is_drawn_by_its_cell(build):
    first, second = (build.fact(20, low=10, high=40, cell=cell) for cell in ("B4", "B5"))
    draws = Draws(1, 50, "here")

    assert not np.any(draws.of(first) == draws.of(second))


def test_the_same_record_under_a_scenario_has_the_same_chance(build):
    draws = Draws(1, 50, "here")

    base = draws.of(build.varying("capex", 6, 10, 25))
    dearer = draws.of(build.varying("capex", 7.8, 13, 32.5))

    assert dearer == pytest.approx(1.3 * base)


def test_weight_factors_have_mean_one_and_the_stated_spread():
    factors = Draws(1, SIZE, "here").factors("B01", 0.2)

    assert factors.mean() == pytest.approx(1, abs=4 * 0.2 / SIZE**0.5)
    assert factors.std() == pytest.approx(0.2, rel=0.03)
    assert kstest(factors, gamma(25, scale=1 / 25).cdf).pvalue > 1e-3


def test_weights_without_spread_stay_as_they_are():
    assert np.array_equal(Draws(1, 50, "here").factors("B01", 0.0), np.ones(50))


# --- costs ----------------------------------------------------------------------------------------


def test_what_stands_in_the_catalogue_is_drawn_alike_in_every_region(build):
    here, there = (Draws(1, 50, code) for code in ("here", "there"))
    jobs = build.varying("catalogue/R01/jobs_fte", 10, 20, 40)

    assert np.array_equal(here.of(jobs), there.of(jobs))
    assert np.array_equal(here.cost("U01", 0.5), there.cost("U01", 0.5))
    assert not np.any(here.cost("U01", 0.5) == Draws(2, 50, "here").cost("U01", 0.5))


@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_the_chance_of_a_cost_is_uniform_whatever_is_common(correlation):
    found = Draws(1, SIZE, "here").cost("U01", correlation)

    assert kstest(found, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.5, 0.8])
def test_two_costs_are_related_as_a_normal_copula_relates_them(correlation):
    draws = Draws(1, SIZE, "here")

    found = spearmanr(draws.cost("U01", correlation), draws.cost("U02", correlation)).statistic

    assert found == pytest.approx(6 / np.pi * np.arcsin(correlation / 2), abs=4 / SIZE**0.5)


def test_with_one_cause_for_all_every_cost_stands_at_the_same_place():
    draws = Draws(1, 50, "here")

    assert draws.cost("U01", 1.0) == pytest.approx(draws.cost("R05", 1.0))


def test_the_first_draws_of_a_cost_are_the_first_of_all():
    draws = Draws(1, 50, "here")

    assert np.array_equal(draws.cost("U01", 0.5, 20), draws.cost("U01", 0.5)[:20])


def test_a_spread_has_the_quantiles_of_the_triangle(build):
    chance = np.array([0.0, 0.1, 0.5, 0.9, 1.0])

    found = spread(build.varying("a", 10, 20, 40), chance)

    assert found == pytest.approx(triang(1 / 3, loc=10, scale=30).ppf(chance))
    assert spread(build.fact(7), chance).tolist() == [7] * 5
    assert spread(build.fact(None), chance).tolist() == [0] * 5


# --- from the registers ---------------------------------------------------------------------------


def _drawn(build, knowledge, here):
    base = build.run(knowledge, here)
    draws = Draws(1, 50, here.code)
    return draw_parts(here, base.knowledge, base.screening, base.readiness, draws).values


def _known(build, knowledge):
    needs = [
        build.need(use_id, criterion, 0, 100, 50)
        for use_id in ("U91", "U92")
        for criterion in ("spare_grid_mw", "dev_fte")
    ]
    return build.catalogue(knowledge, [build.use("U91"), build.use("U92")], needs)


def _staff(build, *names):
    return [
        build.role("developers", build.varying(f"workforce/{name}", 0.1, 0.3, 0.7))
        for name in names
    ]


def test_the_order_of_the_rows_changes_no_bit_of_a_draw(build, knowledge):
    known, names = _known(build, knowledge), ("a", "b", "c", "d", "e", "f")

    forth, back = (
        _drawn(build, known, build.region(workforce=_staff(build, *order)))
        for order in (names, names[::-1])
    )

    assert np.array_equal(forth["U91", "dev_fte"], back["U91", "dev_fte"])


def test_a_new_row_leaves_the_draws_of_the_others(build, knowledge):
    known = _known(build, knowledge)

    one, other, both = (
        _drawn(build, known, build.region(workforce=_staff(build, *names)))["U91", "dev_fte"]
        for names in ("a", "b", "ab")
    )

    assert both == pytest.approx(one + other)


def test_uses_share_the_draws_of_an_asset(build, knowledge):
    here = build.region(workforce=_staff(build, "a", "b"))

    found = _drawn(build, _known(build, knowledge), here)

    assert found["U91", "dev_fte"] is found["U92", "dev_fte"]


def test_a_scenario_acts_on_the_same_draws(build, knowledge):
    known, here = _known(build, knowledge), build.region(workforce=_staff(build, "a"))
    fewer = replace(here, adjustments=(Adjustment("dev_fte", "multiply", 0.6),))

    base, other = (_drawn(build, known, one)["U91", "dev_fte"] for one in (here, fewer))

    assert other == pytest.approx(0.6 * base)


def test_what_is_known_of_a_record_that_does_not_count_makes_nothing_vary(build, knowledge):
    # The second site cannot be counted without its hall, however uncertain its connection is.
    sites = [
        build.site(mva=45, hall_m2=30_000),
        build.site(mva=build.varying("sites/b", 20, 40, 60)),
    ]
    needs = [
        build.need("R91", "it_load_mw", 0, 50, 50),
        build.need("R91", "pue", 1.5, 1.2, 50),
    ]
    known = build.catalogue(knowledge, [build.use("R91", "power_reuse")], needs)

    assert _drawn(build, known, build.region(sites=sites)) == {}


# --- memory ---------------------------------------------------------------------------------------


def test_a_sum_of_facts_is_the_sum_of_their_draws(build):
    facts = tuple(build.varying(f"industry/{n}/employment", 10 * n, 20 * n, 40 * n) for n in (1, 2))
    still = build.fact(5)

    draws = Draws(1, 50, "here")
    apart = sum(draws.of(fact) for fact in (*facts, still))

    assert np.allclose(draws.total((*facts, still)), apart)
    assert np.array_equal(Draws(1, 50, "here").total((*facts, still)), draws.total((*facts, still)))
    assert draws.total((still, still)).shape == ()


def test_eight_thousand_industries_are_rolled_up_in_little_memory(build, knowledge):
    divisions = [code.gb4754_division for code in knowledge.industry_codes if code.gb4754_division]
    rows = [
        replace(
            build.industry(
                f"{divisions[n % len(divisions)]}.{n}",
                build.varying(f"industry/{n}/employment", 50 + n, 100 + n, 150 + n),
                1000,
                (divisions[n % len(divisions)],),
            )
        )
        for n in range(8000)
    ]
    here = build.region(industry=rows)
    uses = [use for use in knowledge.uses if use.category == "blockchain"][:6]
    draws = Draws(1, 10_000, "here")
    orders = knowledge.lineage("CN")

    tracemalloc.start()
    asks = [
        Ask(here, use, knowledge.criteria["anchor_lq"], knowledge, orders, "2026-11-28")
        for use in uses
    ]
    assert {roll_up_draws(ask)(draws).shape for ask in asks} == {(10_000,)}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # One array of all rows and draws would be 640 MB.
    assert peak < 150e6
