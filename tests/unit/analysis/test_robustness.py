"""Regions made so that chance has a closed form: shares of draws against arithmetic and scipy."""

from datetime import date
from math import sqrt

import numpy as np
import pytest
from oracles import smaa
from pymcdm.helpers import rankdata as pymcdm_ranks
from scipy.integrate import quad
from scipy.stats import beta, rankdata, triang

from generator.analysis import core
from generator.analysis.anchors import anchor_rows
from generator.analysis.draws import Draws
from generator.analysis.ranks import ranks_and_wins
from generator.analysis.robustness import vary
from generator.pipeline import read
from generator.settings import load_settings

DRAWS = 20_000
SPARE = triang(0.5, loc=10, scale=20)
"""Spare capacity in MW: 10, 20, 30."""


@pytest.fixture(scope="module")
def cities():
    """The sample cities, each in its base run."""
    day = date(2026, 11, 21)
    knowledge, _, submission = read(load_settings({"as_of": day.isoformat()}, day))
    return [core.run(here, knowledge, day) for here in submission.regions]


def _near(share):
    """Within four standard errors of a share of the draws."""
    return pytest.approx(share, abs=4 * sqrt(share * (1 - share) / DRAWS) + 1e-12)


def _duel(build, knowledge, *, hard_minimum=None, steady=24.0, **known):
    """U91 has 2.5 points of readiness a MW of an uncertain asset; U92 has `steady` times 2.5."""
    needs = [
        build.need("U91", "spare_grid_mw", hard_minimum or 0, 40, 100, hard=bool(hard_minimum)),
        build.need("U92", "dev_fte", 0, 40, 100),
    ]
    uses = [build.use("U91", **known), build.use("U92", **known)]
    here = build.region(
        power=[build.point(build.varying("power/East", 10, 20, 30))],
        workforce=[build.role("developers", build.fact(steady))],
    )
    return build.catalogue(knowledge, uses, needs), here


def _order(build, known, here, basis="readiness", run="inputs", draws=DRAWS):
    order = build.varied(known, here, draws).order(basis, "blockchain", run)
    return order, {use.use_id: use for use in order.uses}


# --- likelihood of the first place ----------------------------------------------------------------


@pytest.mark.parametrize("steady", [24.0, 16.0, 20.0, 29.0])
def test_the_chance_of_the_first_place_is_that_of_beating_the_other(build, knowledge, steady):
    order, uses = _order(build, *_duel(build, knowledge, steady=steady))

    # Above the mode (30 - x)² / 200, below it 1 - (x - 10)² / 200.
    chance = (30 - steady) ** 2 / 200 if steady >= 20 else 1 - (steady - 10) ** 2 / 200
    assert uses["U91"].p_first == _near(chance)
    assert uses["U91"].p_first + uses["U92"].p_first == pytest.approx(1)
    place = [use.use_id for use in order.uses].index("U91")
    assert order.wins[place][1 - place] == uses["U91"].p_first
    assert order.wins[place][1 - place] + order.wins[1 - place][place] == pytest.approx(1)


def test_scores_lie_between_their_fifth_and_ninety_fifth_percentile(build, knowledge):
    # With one criterion a use, weights change nothing.
    _, uses = _order(build, *_duel(build, knowledge), run="both")

    low, high = 2.5 * SPARE.ppf([0.05, 0.95])
    assert uses["U91"].score_low == pytest.approx(low, abs=0.5)
    assert uses["U91"].score_high == pytest.approx(high, abs=0.5)
    assert uses["U92"].score_low == uses["U92"].score_high == 60


def test_the_lead_is_the_mean_and_the_deviation_of_the_paired_difference(build, knowledge):
    order, _ = _order(build, *_duel(build, knowledge))

    deviation = 2.5 * sqrt((10 * 10 + 10 * 10 + 10 * 10) / 18)
    assert (order.lead.first, order.lead.second, order.lead.draws) == ("U92", "U91", DRAWS)
    assert order.lead.mean == pytest.approx(60 - 2.5 * 20, abs=4 * deviation / sqrt(DRAWS))
    assert order.lead.deviation == pytest.approx(deviation, rel=0.03)


def test_there_is_no_lead_without_a_rival(build, knowledge):
    needs = [build.need("U91", "dev_fte", 0, 40, 100)]
    known = build.catalogue(knowledge, [build.use("U91")], needs)
    here = build.region(workforce=[build.role("developers", 24)])

    order, uses = _order(build, known, here)

    assert order.lead is None
    assert uses["U91"].p_first == 1


# --- hard minima and the shortlist ----------------------------------------------------------------


def test_a_use_that_misses_a_hard_minimum_in_a_draw_ranks_below_those_that_pass(build, knowledge):
    # U92 has nothing but passes; U91 has 4 points a MW above 15, which 5² / 200 of the draws miss.
    order, uses = _order(build, *_duel(build, knowledge, hard_minimum=15, steady=0.0))

    assert uses["U91"].p_meets_minima == uses["U91"].p_first == _near(1 - 25 / 200)
    assert uses["U92"].acceptability[0] == _near(25 / 200)
    # Their difference is taken where both pass; a draw that fails says nothing about it.
    mean = SPARE.expect(lambda x: 4 * (x - 15), lb=15, conditional=True)
    assert order.lead.draws == round(uses["U91"].p_meets_minima * DRAWS)
    assert order.lead.mean == pytest.approx(mean, rel=0.02)
    assert order.lead.deviation < 4 * SPARE.std()


def test_the_order_by_value_has_a_place_only_for_the_shortlisted_of_a_draw(build, knowledge):
    known, here = _duel(build, knowledge, **build.ranged())

    order, uses = _order(build, known, here, "value")

    # Readiness of 50 needs 20 MW, the mode and the median; U92 has 60 in every draw.
    assert uses["U91"].p_shortlisted == _near(0.5)
    assert uses["U91"].unplaced == pytest.approx(1 - uses["U91"].p_shortlisted)
    assert uses["U92"].unplaced == 0
    for use in order.uses:
        assert sum(use.acceptability) + use.unplaced == pytest.approx(1)


def test_a_use_that_no_draw_shortlists_is_not_in_the_order_by_value(build, knowledge):
    _, uses = _order(build, *_duel(build, knowledge, steady=19.0, **build.ranged()), "value")

    assert set(uses) == {"U91"}


def test_a_use_that_only_draws_shortlist_is_worth_what_it_would_be(build, knowledge):
    # At base U91 has 47.5 points of readiness, and is not listed; it has twice the jobs.
    uses = [
        build.use("U91", **build.ranged(jobs=(40, 40))),
        build.use("U92", **build.ranged(jobs=(20, 20))),
    ]
    needs = [
        build.need("U91", "spare_grid_mw", 0, 40, 100),
        build.need("U92", "dev_fte", 0, 40, 100),
    ]
    known = build.catalogue(knowledge, uses, needs)
    here = build.region(
        power=[build.point(build.varying("power/East", 10, 19, 30))],
        workforce=[build.role("developers", 24)],
    )

    base = build.run(known, here)
    order, ranked = _order(build, known, here, "value", "both")

    assert base.readiness.shortlist["blockchain"] == ("U92",)
    listed = (30 - 20) ** 2 / ((30 - 10) * (30 - 19))
    assert ranked["U91"].p_first == ranked["U91"].p_shortlisted == _near(listed)
    assert ranked["U92"].p_first == pytest.approx(1 - ranked["U91"].p_first)
    # Jobs alone can be attained, 20 at base: twice that is worth 200 hundredths, each ± 40 %.
    ends = triang(0.5, loc=0.6, scale=0.8).ppf([0.05, 0.95])
    for use_id, value in (("U91", 200), ("U92", 100)):
        found = ranked[use_id].score_low, ranked[use_id].score_high
        assert found == pytest.approx(tuple(value * ends), rel=0.02)
    # Where both are listed U92 is far behind, though it is first more often.
    assert (order.lead.first, order.lead.second) == ("U92", "U91")
    assert order.lead.mean == pytest.approx(-100, rel=0.02)


def test_an_unknown_hard_minimum_has_no_likelihood_and_is_never_met(build, knowledge):
    needs = [
        build.need("U91", "dev_fte", 0, 40, 80),
        build.need("U91", "pue", 1.5, 1.2, 20, hard=True),
        build.need("U92", "dev_fte", 0, 80, 100),
    ]
    known = build.catalogue(knowledge, [build.use("U91"), build.use("U92")], needs)
    here = build.region(workforce=[build.role("developers", 40)])

    _, uses = _order(build, known, here)

    assert uses["U91"].p_meets_minima is None
    assert (uses["U91"].p_first, uses["U92"].p_first) == (0, 1)


# --- three runs -----------------------------------------------------------------------------------


def test_weights_alone_move_a_score_as_their_share_is_distributed(build, knowledge):
    # U91 has all of one criterion and nothing of the other: its score is the share of one gamma
    # factor of shape 25 in the sum of two, and that is beta(25, 25).
    needs = [
        build.need("U91", "dev_fte", 0, 40, 50),
        build.need("U91", "ops_fte", 0, 40, 50),
        build.need("U92", "technician_fte", 0, 40, 100),
    ]
    known = build.catalogue(knowledge, [build.use("U91"), build.use("U92")], needs)
    staff = [("developers", 50), ("operations", 0), ("technicians", 22)]
    here = build.region(workforce=[build.role(*one) for one in staff])

    inputs, weights, both = (
        _order(build, known, here, run=run)[1] for run in ("inputs", "weights", "both")
    )

    assert inputs["U92"].p_first == 1
    assert weights["U91"].p_first == both["U91"].p_first == _near(beta.sf(0.55, 25, 25))
    assert both["U91"].score_low == pytest.approx(100 * beta.ppf(0.05, 25, 25), abs=0.5)
    # One criterion alone keeps all of the weight.
    assert both["U92"].score_low == both["U92"].score_high == pytest.approx(55)


def test_each_run_varies_what_it_says(build, knowledge):
    known, here = _duel(build, knowledge)

    found = build.varied(known, here, DRAWS)

    inputs, weights, both = (
        {use.use_id: use.p_first for use in found.order("readiness", "blockchain", run).uses}
        for run in ("inputs", "weights", "both")
    )
    assert inputs["U91"] == _near(36 / 200)
    assert weights == {"U91": 0, "U92": 1}
    # With one criterion a use there is no other weight to trade it against.
    assert both == inputs


def _rivals(build, knowledge, jobs=((100, 100), (10, 10)), people=(0, 100), **known):
    """U91 brings jobs and U92 reaches people; half of the points are on each."""
    units = [build.unit_need("U91"), build.unit_need("U92", reach_share=1.0)]
    uses = [
        build.use("U91", **build.ranged(jobs=jobs[0]), **known),
        build.use("U92", isic_anchor=("46",), **build.ranged(jobs=jobs[1]), **known),
    ]
    benefits = [build.benefit("B02", 50, "jobs"), build.benefit("B10", 50, "served")]
    needs = [build.need(use.use_id, "dev_fte", 0, 40, 100) for use in uses]
    here = build.region(
        workforce=[build.role("developers", 40)],
        industry=[build.industry("46", people[1], 1000), build.industry("85", 900, 9000)],
    )
    return build.catalogue(knowledge, uses, needs, benefits=benefits, units=units), here


def test_central_weights_are_the_mean_weights_of_the_draws_won(build, knowledge):
    # Both together attain 100 jobs and 100 people: U91 has all of one and U92 all of the other.
    known, here = _rivals(build, knowledge, jobs=((100, 100), (0, 0)))

    _, ranked = _order(build, known, here, "value", "weights")

    own = beta(25, 25)
    mean = 100 * 2 * quad(lambda share: share * own.pdf(share), 0.5, 1)[0]
    assert ranked["U91"].p_first == _near(0.5)
    assert ranked["U91"].central_weights == pytest.approx({"B02": mean, "B10": 100 - mean}, abs=0.2)
    assert ranked["U92"].central_weights == pytest.approx({"B02": 100 - mean, "B10": mean}, abs=0.2)
    _, fixed = _order(build, known, here, "value", "inputs", 100)
    assert fixed["U91"].central_weights == {}


def test_people_are_drawn_with_the_employment_of_the_sheet(build, knowledge):
    # Of 100 jobs and 100 people each use has one alone; people vary between 40 and 140.
    people = build.varying("industry/46", 40, 100, 140)
    known, here = _rivals(build, knowledge, jobs=((100, 100), (0, 0)), people=(0, people))

    _, ranked = _order(build, known, here, "value")

    assert ranked["U92"].p_first == _near(40**2 / (100 * 40))


def test_a_platform_that_costs_more_employs_more(build, knowledge):
    # Grade D: jobs are the base value ± 40 %, and with one cause for all both move together.
    uses = [build.use(key, **build.ranged(jobs=(n, n))) for key, n in (("U91", 100), ("U92", 90))]
    needs = [build.need(use.use_id, "dev_fte", 0, 40, 100) for use in uses]
    known = build.catalogue(knowledge, uses, needs)
    here = build.region(workforce=[build.role("developers", 40)])

    order, ranked = _order(build, known, here, "value", "both")

    first, second = (triang(0.5, loc=0.6 * n, scale=0.8 * n) for n in (100, 90))
    beaten = quad(lambda x: first.pdf(x) * second.cdf(x), 60, 140)[0]
    independent, common = ranked["U91"].p_first_at_ends
    assert independent == _near(beaten)
    assert common == 1
    assert independent < ranked["U91"].p_first < common
    # 66 to 89 % and 90 % or more are two bands: no likelihood word may stand.
    assert 0.66 < independent < 0.9
    assert not order.holds_at_ends
    assert _order(build, known, here, "readiness", "both")[0].holds_at_ends


def _plain_value(base, use_id, draws, weights):
    """Value alone of one use in every draw, added up from the registers by hand."""
    use, need = base.knowledge.use(use_id), base.knowledge.needs[use_id]
    one = base.setting.candidates[use_id]
    size = one.best[1] if one.best else 1.0
    chain = use.category == "blockchain"
    chance = draws.cost(use_id, 0.5) if chain else draws.uniform(f"catalogue/{use_id}/jobs")
    low, value, high = one.jobs.low, one.jobs.value, one.jobs.high
    jobs = np.full(draws.size, value)
    if low != high:
        jobs = triang((value - low) / (high - low), loc=low, scale=high - low).ppf(chance)
    amounts = {
        "jobs": size * jobs,
        "power": 0.0 if chain else size * (need.mean_load_mw_per_unit or 0.0),
        "served": sum(
            (need.reach_share or 0.0) * draws.of(row.employment)
            for row in (anchor_rows(base.region, use, base.knowledge) if chain else ())
        ),
    }
    goals = [goal for goal in base.setting.objectives if goal.weight]
    whole = sum(weights[goal.benefit_id] * goal.weight for goal in goals)
    return sum(
        100
        * weights[goal.benefit_id]
        * goal.weight
        / whole
        * amounts[goal.effect]
        / goal.normaliser
        for goal in goals
    )


@pytest.mark.parametrize("run", ["inputs", "both"])
def test_the_order_by_value_is_that_of_a_plain_recomputation(build, cities, run):
    for base in cities:
        draws = Draws(1, 300, base.region.code)
        found = vary(base, build.parts(base, draws), draws)
        spread = 0.0 if run == "inputs" else 0.2
        weights = {
            goal.benefit_id: draws.factors(goal.benefit_id, spread)
            for goal in base.setting.objectives
        }
        for category in ("blockchain", "power_reuse"):
            order = found.order("value", category, run)
            steady = [
                use.use_id
                for use in order.uses
                if use.p_shortlisted == 1 and base.setting.candidates[use.use_id].value_alone
            ]
            values = {key: _plain_value(base, key, draws, weights) for key in steady}
            place = {use.use_id: row for row, use in enumerate(order.uses)}
            for one in steady:
                for other in steady:
                    if one != other:
                        gap = np.round(values[one] - values[other], 9)
                        wins = ((gap > 0) + 0.5 * (gap == 0)).mean()
                        assert order.wins[place[one]][place[other]] == pytest.approx(wins)
                if run == "both":
                    use = order.uses[place[one]]
                    ends = np.sort(values[one])[[round(0.05 * 299), round(0.95 * 299)]]
                    assert (use.score_low, use.score_high) == pytest.approx(tuple(ends))


# --- drivers --------------------------------------------------------------------------------------


def test_drivers_share_the_variance_by_squared_weight_times_variance(build, knowledge):
    needs = [
        build.need("U91", "dev_fte", 0, 40, 60),
        build.need("U91", "ops_fte", 0, 20, 30),
        build.need("U91", "technician_fte", 0, 20, 10),
    ]
    known = build.catalogue(knowledge, [build.use("U91", **build.ranged())], needs)
    here = build.region(
        workforce=[
            build.role("developers", build.varying("a", 10, 20, 30)),
            build.role("operations", build.varying("b", 0, 5, 20)),
            build.role("technicians", build.fact(5)),
        ]
    )

    found = build.varied(known, here, DRAWS).drivers

    parts = {
        "dev_fte": (60 / 40) ** 2 * triang(0.5, loc=10, scale=20).var(),
        "ops_fte": (30 / 20) ** 2 * triang(0.25, loc=0, scale=20).var(),
    }
    shares = {one.criterion_id: one.share for one in found if one.basis == "readiness"}
    # What does not vary explains nothing and is not listed.
    assert shares == pytest.approx(
        {key: part / sum(parts.values()) for key, part in parts.items()}, rel=0.05
    )
    assert sum(shares.values()) == pytest.approx(1)


def test_value_alone_is_driven_by_what_varies_of_its_effects(build, knowledge):
    # 100 jobs ± 40 % and 100 people from 70 to 130, each full marks of one objective.
    people = build.varying("industry/46", 70, 100, 130)
    known, here = _rivals(build, knowledge, jobs=((0, 0), (100, 100)), people=(0, people))

    found = build.varied(known, here, DRAWS).drivers

    parts = {"B02": triang(0.5, loc=60, scale=80).var(), "B10": triang(0.5, loc=70, scale=60).var()}
    shares = {one.criterion_id: one.share for one in found if one.basis == "value"}
    assert shares == pytest.approx(
        {key: part / sum(parts.values()) for key, part in parts.items()}, rel=0.05
    )


def test_other_methods_are_shown_the_objectives_that_each_use_attains(build, knowledge):
    known, here = _rivals(build, knowledge, jobs=((100, 100), (90, 90)))

    found = [one for one in build.varied(known, here, 50).cross_checks if one.basis == "value"]

    # U92 has nearly as many jobs, and all the people.
    assert {one.method for one in found} == {"topsis", "vikor", "promethee_ii", "spotis"}
    assert all(one.order == ("U92", "U91") for one in found)
    assert all(one.is_first_same and one.tau == 1 for one in found)


# --- ranks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [3, 7, 10**6], ids=["many ties", "some ties", "no ties"])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_standings_rank_as_peers_do(levels, count):
    scores = np.random.default_rng(count).integers(0, levels, (count, 300)) / 8
    placed = np.ones(scores.shape, dtype=bool)

    found = ranks_and_wins(scores, placed)

    shared = np.zeros((count, count))
    for draw in scores.T:
        first, last = (rankdata(-draw, method).astype(int) for method in ("min", "max"))
        for row in range(count):
            shared[row, first[row] - 1 : last[row]] += 1 / (last[row] - first[row] + 1)
    assert found.acceptability == pytest.approx(shared / 300)
    assert found.acceptability == pytest.approx(smaa.rank_acceptability(scores.T))
    assert found.wins == pytest.approx(smaa.pairwise_win(scores.T))
    middle = np.mean([pymcdm_ranks(draw, reverse=True) for draw in scores.T], axis=0)
    assert found.acceptability @ np.arange(1, count + 1) == pytest.approx(middle)


@pytest.mark.parametrize("levels", [3, 10**6], ids=["many ties", "no ties"])
def test_standings_pass_over_those_without_a_place(levels):
    rng = np.random.default_rng(5)
    scores, placed = rng.integers(0, levels, (6, 300)) / 8, rng.random((6, 300)) < 0.6

    found = ranks_and_wins(np.where(placed, scores, -np.inf), placed)

    ranks, wins = np.zeros((6, 6)), np.zeros((6, 6))
    for draw, here in zip(scores.T, placed.T, strict=True):
        rows = np.flatnonzero(here)
        first, last = (rankdata(-draw[rows], method).astype(int) for method in ("min", "max"))
        for row, begin, end in zip(rows, first, last, strict=True):
            ranks[row, begin - 1 : end] += 1 / (end - begin + 1)
        value = np.where(here, draw, -1)
        wins += (value[:, None] > value) + 0.5 * ((value[:, None] == value) & here[:, None] & here)
    np.fill_diagonal(wins, 0)
    assert found.acceptability == pytest.approx(ranks / 300)
    assert found.wins == pytest.approx(wins / 300)
    assert found.acceptability.sum(axis=1) + 1 - placed.mean(axis=1) == pytest.approx(np.ones(6))
