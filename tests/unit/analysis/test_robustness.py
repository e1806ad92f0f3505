"""Regions made so that chance has a closed form: shares of draws against arithmetic and scipy."""

from math import sqrt

import numpy as np
import pytest
from oracles import smaa
from pymcdm.helpers import rankdata as pymcdm_ranks
from scipy.integrate import quad
from scipy.stats import beta, rankdata, triang

from generator.analysis.standing import standings

DRAWS = 20_000
SPARE = triang(0.5, loc=10, scale=20)
"""Spare capacity in MW: 10, 20, 30."""


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


def test_the_order_by_benefit_has_a_place_only_for_the_shortlisted_of_a_draw(build, knowledge):
    known, here = _duel(build, knowledge, **build.ranged())

    order, uses = _order(build, known, here, "benefit")

    # Readiness of 50 needs 20 MW, the mode and the median; U92 has 60 in every draw.
    assert uses["U91"].p_shortlisted == _near(0.5)
    assert uses["U91"].unplaced == pytest.approx(1 - uses["U91"].p_shortlisted)
    assert uses["U92"].unplaced == 0
    # Both are worth the same: they share the first place where both are listed.
    assert uses["U91"].p_first == pytest.approx(uses["U91"].p_shortlisted / 2)
    assert uses["U92"].p_first == pytest.approx(1 - uses["U91"].p_shortlisted / 2)
    assert order.lead.draws == round(uses["U91"].p_shortlisted * DRAWS)
    for use in order.uses:
        assert sum(use.acceptability) + use.unplaced == pytest.approx(1)


def test_a_use_that_no_draw_shortlists_is_not_in_the_order_by_benefit(build, knowledge):
    _, uses = _order(build, *_duel(build, knowledge, steady=19.0, **build.ranged()), "benefit")

    assert set(uses) == {"U91"}


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


def test_central_weights_are_the_mean_weights_of_the_draws_won(build, knowledge):
    # U91 has all jobs and no payback, U92 the reverse: the larger weight decides.
    uses = [
        build.use("U91", **build.ranged(jobs=(100, 100), payback=(10, 10))),
        build.use("U92", **build.ranged(jobs=(0, 0), payback=(0, 0))),
    ]
    benefits = [
        build.benefit("B02", 50, (0, 100)),
        build.benefit("B03", 50, (0, 10), direction="lower_better"),
    ]
    needs = [build.need(use.use_id, "dev_fte", 0, 40, 100) for use in uses]
    known = build.catalogue(knowledge, uses, needs, benefits=benefits)
    here = build.region(workforce=[build.role("developers", 40)])

    _, ranked = _order(build, known, here, "benefit", "weights")

    own = beta(25, 25)
    mean = 100 * 2 * quad(lambda share: share * own.pdf(share), 0.5, 1)[0]
    assert ranked["U91"].p_first == _near(0.5)
    assert ranked["U91"].central_weights == pytest.approx({"B02": mean, "B03": 100 - mean}, abs=0.2)
    assert ranked["U92"].central_weights == pytest.approx({"B02": 100 - mean, "B03": mean}, abs=0.2)
    _, fixed = _order(build, known, here, "benefit", "inputs", 100)
    assert fixed["U91"].central_weights == {}


def test_the_ranges_of_the_catalogue_are_drawn_for_the_benefit(build, knowledge):
    # Jobs 0-100 with mode 50 are worth as many points; the other has 60.
    uses = [
        build.use("U91", **build.ranged(jobs=(0, 100))),
        build.use("U92", **build.ranged(jobs=(60, 60))),
    ]
    needs = [build.need(use.use_id, "dev_fte", 0, 40, 100) for use in uses]
    benefits = [build.benefit("B02", 100, (0, 100))]
    known = build.catalogue(knowledge, uses, needs, benefits=benefits)
    here = build.region(workforce=[build.role("developers", 40)])

    _, ranked = _order(build, known, here, "benefit")

    assert ranked["U91"].p_first == _near(40**2 / (100 * 50))


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
    assert not [one for one in found if one.basis == "benefit"]


# --- ranks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [3, 7, 10**6], ids=["many ties", "some ties", "no ties"])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_standings_rank_as_peers_do(levels, count):
    scores = np.random.default_rng(count).integers(0, levels, (count, 300)) / 8
    placed = np.ones(scores.shape, dtype=bool)

    found = standings(scores, placed)

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

    found = standings(np.where(placed, scores, -np.inf), placed)

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
