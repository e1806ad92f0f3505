"""The first wave solved again, and what it may cost: against closed forms and a plain loop."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.stats import norm, triang

from generator.analysis import core
from generator.analysis.beginning import beginning
from generator.analysis.draws import Draws
from generator.analysis.estimates import drawn_capital, drawn_jobs
from generator.analysis.programme import programme
from generator.analysis.programme_robustness import (
    capital_of,
    draw_options,
    drawn_limit,
    resolves,
    solve_again,
    usual_sizes,
    with_robustness,
)
from generator.analysis.ranks import has_one_band
from generator.analysis.sampling import draw_parts
from generator.analysis.solver import best_programme
from generator.analysis.waves import first_wave, terms
from generator.model import Fact
from generator.pipeline import read
from generator.settings import load_settings

DRAWS = 20_000


@pytest.fixture(scope="module")
def cities():
    """The sample cities, each in its base run."""
    day = date(2026, 11, 21)
    knowledge, _, submission = read(load_settings({"as_of": day.isoformat()}, day))
    return [core.run(here, knowledge, day) for here in submission.regions]


def _near(share, draws):
    return pytest.approx(share, abs=4 * (share * (1 - share) / draws) ** 0.5 + 1e-12)


def _run(build, knowledge, uses, *, limit=None, **known):
    """A region in which every use given as (jobs, capital, numbers) is ready."""
    entries = [
        build.use(key, numbers_status="assumed", **build.ranged(jobs=(n, n), capex=(c, c)), **more)
        for key, (n, c, more) in uses.items()
    ]
    needs = [build.need(one.use_id, "dev_fte", 0, 40, 100) for one in entries]
    catalogue = build.catalogue(knowledge, entries, needs, **known)
    limits = [] if limit is None else [build.cap("capex", limit)]
    here = build.region(workforce=[build.role("developers", 40)], limits=limits)
    return build.run(catalogue, here)


def _firm(base, draws=DRAWS, seed=1):
    first, chance = first_wave(base.setting), Draws(seed, draws, "here")
    return with_robustness(programme(base), base, first, _parts(base, chance), chance)


def _parts(base, draws):
    return draw_parts(base.region, base.knowledge, base.screening, base.readiness, draws)


def _open(base, draws):
    return beginning(base, _parts(base, draws), draws)


# --- capital --------------------------------------------------------------------------------------


def test_one_platform_costs_what_its_triangle_says(build, knowledge):
    # Of grade D: 10 ± 40 %. With contingency 10 takes 11 of the limit, which the draws do not add.
    base = _run(build, knowledge, {"U91": (20, 10, {})}, limit=12)

    found = _firm(base).firmness.capital

    shape = triang(0.5, loc=6, scale=8)
    assert (found.p10, found.p50, found.p90) == pytest.approx(shape.ppf([0.1, 0.5, 0.9]), rel=0.01)
    assert found.within == _near(shape.cdf(12), DRAWS)
    assert (found.correlation, found.draws) == (0.5, DRAWS)


def test_costs_that_move_together_spread_the_total_wider(build, knowledge):
    uses = {key: (20, 10, {}) for key in ("U91", "U92", "U93")}
    base = _run(build, knowledge, uses, limit=40)

    found = _firm(base).firmness

    independent, common = found.capital_at_ends
    assert (independent.correlation, common.correlation) == (0, 1)
    assert common.p90 == pytest.approx(3 * triang(0.5, loc=6, scale=8).ppf(0.9), rel=0.01)
    assert independent.p90 < found.capital.p90 < common.p90
    assert common.within == _near(triang(0.5, loc=6, scale=8).cdf(40 / 3), DRAWS)


def test_a_common_platform_is_built_in_the_draws_in_which_it_is_cheaper(build, knowledge):
    keys = ("U91", "U92")
    base = _run(
        build,
        knowledge,
        {key: (20, 13, {}) for key in keys},
        units=[build.unit_need(key, on_shared_platform=True) for key in keys],
    )
    draws = Draws(1, DRAWS, "here")

    found = capital_of(base.setting, first_wave(base.setting), draws, 0.0)

    # The base is drawn by itself; 13 ± 40 % twice, or 0.65 of that and 5 / 8.5 / 12.
    rng = np.random.default_rng(3)
    own = triang(0.5, loc=7.8, scale=10.4).rvs((2, 400_000), random_state=rng).sum(axis=0)
    platform = triang(0.5, loc=5, scale=7).rvs(400_000, random_state=rng)
    total = np.minimum(own, platform + 0.65 * own)
    assert (found.p10, found.p50, found.p90) == pytest.approx(
        np.percentile(total, [10, 50, 90]), rel=0.01
    )
    assert found.within is None


def test_a_limit_varies_where_somebody_states_a_range(build, knowledge):
    ranged = build.varying("limits/capex", 8, 12, 14)
    base = _run(build, knowledge, {"U91": (20, 10, {})}, limit=ranged)
    draws = Draws(1, DRAWS, "here")

    found = drawn_limit(base.setting.limits.amounts[0], draws)

    assert np.percentile(found, 50) == pytest.approx(
        triang(4 / 6, loc=8, scale=6).ppf(0.5), rel=0.01
    )
    steady = _run(build, knowledge, {"U91": (20, 10, {})}, limit=12)
    assert set(drawn_limit(steady.setting.limits.amounts[0], draws)) == {12}


# --- solved again ---------------------------------------------------------------------------------


def test_a_use_is_as_firm_as_its_rival_is_seldom_better(build, knowledge):
    # The two exclude each other; both cost nothing to speak of. Jobs 100 and 95, each ± 40 %.
    base = _run(
        build, knowledge, {"U91": (100, 1, {}), "U92": (95, 1, {})}, limit=1000,
    )  # fmt: skip
    apart = replace(base.knowledge, pairs=(build.pair("U91", "excludes", "U92"),))
    base = core.run(base.region, apart, build.TODAY)

    found = _firm(base, 4000)

    (project,) = found.first.projects
    assert project.use_id == "U91"
    assert project.replaced_by == ("U92",)
    independent, common = project.chosen_at_ends
    assert common == 1
    assert 0.5 < independent < project.chosen_in < 1
    assert found.firmness.shares["U91"] + found.firmness.shares["U92"] == pytest.approx(1)
    assert found.firmness.same == project.chosen_in
    # Below 66 % with unrelated costs, above with one cause.
    assert independent < 0.655


def test_what_money_lets_in_only_now_and_then_may_be_replaced(build, knowledge):
    # 10 with contingency is 11: the limit of 11.2 holds it in little more than half of the draws.
    uses = {"U91": (100, 10, {}), "U92": (30, 1, {})}
    base = _run(build, knowledge, uses, limit=11.2)

    found = _firm(base, 4000)

    by_use = {one.use_id: one for one in found.first.projects}
    assert set(by_use) == {"U91"}
    share = triang(0.5, loc=6, scale=8).cdf(11.2 / 1.1)
    assert by_use["U91"].chosen_in == _near(share, 200)
    assert by_use["U91"].replaced_by == ("U92",)


def test_waves_solved_again_are_those_of_a_plain_loop(cities):
    for base in cities:
        draws = Draws(1, 500, base.region.code)
        open_ = _open(base, draws)
        setting = open_.setting
        found = solve_again(open_, draws, 0.5, 12)

        options, known = setting.frame.options, setting.candidates
        chains, placed = options.platforms, options.placings
        base_cost = triang(0.5, loc=5, scale=7).ppf(draws.uniform("catalogue/platform_base"))
        for draw, uses in enumerate(found):
            changed = replace(
                options,
                base=base_cost[draw],
                platforms=_at(chains, known, draws, draw, np.ones(len(chains.ids))),
                placings=_at(placed, known, draws, draw, placed.size),
            )
            limits = [drawn_limit(one, draws)[draw] for one in setting.limits.amounts]
            judged = replace(
                terms(setting, limits=np.array(limits)),
                platforms=frozenset(
                    key for key, may in zip(chains.ids, open_.platforms[draw], strict=True) if may
                ),
                placings=open_.placings[draw],
            )
            best = best_programme(setting.listing, changed, judged)
            own = {chains.ids[row]: 1.0 for row in best.platforms}
            assert uses == own | {placed.ids[row]: placed.size[row] for row in best.placings}


def _at(items, known, draws, draw, size):
    """The items with the capital and jobs of one draw, by scipy's triangle."""

    def value(key, part):
        fact = getattr(known[key], part)
        chance = draws.cost(key, 0.5)
        if part == "jobs" and known[key].category == "power_reuse":
            chance = draws.uniform(f"catalogue/{key}/jobs")
        if fact.low == fact.high:
            return fact.value
        span = fact.high - fact.low
        return triang((fact.value - fact.low) / span, loc=fact.low, scale=span).ppf(chance[draw])

    capital, jobs = (
        np.array([value(key, part) for key in items.ids]) * size for part in ("capital", "jobs")
    )
    return replace(items, capital=capital, gains={**items.gains, "jobs": jobs})


def test_a_use_off_the_list_displaces_another_in_the_draws_that_list_it(build, knowledge):
    # Of two uses that exclude each other the better misses the line of 50 today, by a little.
    uses = [
        build.use(key, numbers_status="cited", **build.ranged(jobs=(jobs, jobs), capex=(1, 1)))
        for key, jobs in (("U91", 50), ("U92", 100))
    ]
    needs = [build.need("U91", "dev_fte", 0, 40, 100), build.need("U92", "ops_fte", 0, 100, 100)]
    apart = (build.pair("U91", "excludes", "U92"),)
    catalogue = replace(build.catalogue(knowledge, uses, needs), pairs=apart)
    operators = build.varying("ops", 40, 49, 58)
    roles = [build.role("developers", 40), build.role("operations", operators)]
    base = build.run(catalogue, build.region(workforce=roles))

    found = _firm(base, 4000)

    (project,) = found.first.projects
    enters = 1 - triang(0.5, loc=40, scale=18).cdf(50)
    assert project.use_id == "U91"
    assert project.chosen_in == _near(1 - enters, 200)
    assert project.replaced_by == ("U92",)
    assert found.firmness.shares["U92"] == pytest.approx(1 - project.chosen_in)


def test_a_project_is_out_of_the_draws_that_miss_what_it_must_have_to_begin(build, knowledge):
    # It stays on the shortlist; only the minimum of weight is missed now and then.
    uses = [build.use("U91", **build.ranged(jobs=(20, 20), capex=(1, 1)))]
    needs = [build.need("U91", "dev_fte", 9, 10, 20), build.need("U91", "ops_fte", 0, 10, 80)]
    catalogue = build.catalogue(knowledge, uses, needs)
    roles = [
        build.role("developers", build.varying("dev", 8, 10, 12)),
        build.role("operations", 10),
    ]
    base = build.run(catalogue, build.region(workforce=roles))

    found = _firm(base, 4000)

    (project,) = found.first.projects
    assert project.chosen_in == _near(1 - triang(0.5, loc=8, scale=4).cdf(9), 200)
    assert project.replaced_by == ()
    assert found.firmness.same == project.chosen_in


def test_what_may_begin_in_a_draw_is_what_a_run_with_its_values_finds(cities):
    # With the weights as they are: a run takes none that are drawn.
    for city in cities:
        known = replace(
            city.knowledge,
            assumptions={
                **city.knowledge.assumptions,
                "weight_cv": replace(city.knowledge.assumptions["weight_cv"], value=0.0),
            },
        )
        base = core.run(city.region, known, city.screening.as_of)
        draws = Draws(1, 200, base.region.code)
        open_ = _open(base, draws)
        ids = open_.setting.frame.options.platforms.ids
        for draw in range(6):
            here = base.again(_drawn_region(base.region, draws, draw)).setting
            ready = {
                key
                for key, one in here.candidates.items()
                if one.is_ready and one.category == "blockchain"
            }
            assert {
                key for key, may in zip(ids, open_.platforms[draw], strict=True) if may
            } == ready


def _drawn_region(region, draws, draw):
    """The region with every value of its registers as one draw has it."""

    def at(fact):
        values = draws.of(fact)
        if not values.ndim:
            return fact
        value = float(values[draw])
        return replace(fact, value=value, low=value, high=value)

    def row_at(row):
        facts = {key: getattr(row, key) for key in row.__struct_fields__}
        return replace(row, **{key: at(one) for key, one in facts.items() if isinstance(one, Fact)})

    registers = ("power", "data_centres", "workforce", "connectivity", "industry", "sites")
    return replace(
        region,
        figures={key: at(one) for key, one in region.figures.items()},
        **{name: tuple(map(row_at, getattr(region, name))) for name in registers},
    )


@pytest.mark.parametrize(
    ("sizes", "usual"),
    [([], None), ([2.0], (2.0, 2.0)), ([1.0] + [2.0] * 18 + [3.0], (2.0, 2.0)),
     ([1.0] * 3 + [2.0] * 4 + [3.0] * 3, (1.0, 3.0))],
)  # fmt: skip
def test_usual_are_the_sizes_of_eight_waves_in_ten(sizes, usual):
    assert usual_sizes(sizes) == usual


def test_one_chance_drives_what_a_platform_costs_and_employs(build, knowledge):
    base = _run(build, knowledge, {"U91": (20, 10, {})})
    one, draws = base.setting.candidates["U91"], Draws(1, 500, "here")

    capital, jobs = (of(one, draws, 0.5) for of in (drawn_capital, drawn_jobs))

    assert jobs / 20 == pytest.approx(capital / 10)


def test_every_size_of_a_use_has_the_cost_of_its_unit(cities):
    for base in cities:
        draws = Draws(1, 50, "here")
        open_ = _open(base, draws)
        placed = open_.setting.frame.options.placings
        found = draw_options(open_, draws, 0.5, 50)
        for key in set(placed.ids):
            rows = [row for row, name in enumerate(placed.ids) if name == key]
            units = found.placing_capital[:, rows] / placed.size[rows]
            assert np.ptp(units, axis=1) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("assignments", "times"), [(0, 200), (5000, 200), (5001, 50), (200_000, 50), (None, 0)]
)
def test_the_more_there_is_to_weigh_the_fewer_waves_are_solved_again(knowledge, assignments, times):
    count = SimpleNamespace(count=range(assignments or 0))
    listing = None if assignments is None else SimpleNamespace(placings=count)
    assert resolves(listing, knowledge) == times


def test_nothing_is_said_of_firmness_where_nothing_was_solved_again(build, knowledge, monkeypatch):
    # As if there were more sets than can be listed.
    monkeypatch.setattr("generator.analysis.waves.list_choices", lambda *_: None)
    base = _run(build, knowledge, {"U91": (20, 10, {})}, limit=12)

    found = _firm(base, 500)

    (project,) = found.first.projects
    assert (project.chosen_in, project.replaced_by) == (None, ())
    assert project.usual_sizes is None
    assert (found.firmness.resolves, found.firmness.same) == (0, None)
    assert found.firmness.capital.p90 > 0


def test_without_a_project_there_is_no_capital(build, knowledge):
    base = _run(build, knowledge, {"U91": (0, 10, {})}, limit=12)

    found = _firm(base, 500)

    assert found.first.projects == ()
    assert found.firmness.capital is None
    assert found.firmness.capital_at_ends == ()


def test_the_result_depends_on_seed_and_inputs_alone(cities):
    base = cities[0]
    first, again, other = (_firm(base, 300, seed).firmness for seed in (1, 1, 2))

    assert first == again
    assert first.capital != other.capital


# --- bands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "is_one"),
    [
        ((0.92, 0.97, 0.9), True),
        ((0.92, 0.894), False),
        ((0.92, 0.895), True),  # it prints as 90 %
        ((0.66, 0.89), True),
        ((0.66, 0.65), False),
        ((0.33, 0.65), True),
        ((0.1, 0.32), True),
        ((), True),
    ],
)
def test_a_band_is_that_of_the_printed_percent(knowledge, shares, is_one):
    assert has_one_band(shares, knowledge) is is_one


def test_half_of_the_cost_factor_is_common(knowledge):
    # Correlation of the normal scores behind two costs is the assumption itself.
    draws = Draws(1, DRAWS, "here")
    common = knowledge.assumed("cost_correlation")

    scores = [norm.ppf(draws.cost(key, common)) for key in ("U01", "R05")]

    assert np.corrcoef(scores)[0, 1] == pytest.approx(common, abs=4 / DRAWS**0.5)
