"""Worked examples with their sources in decision_cases.json."""

import json
from pathlib import Path

import numpy as np
import pytest
from oracles.smaa import (
    additive_scores,
    central_weights,
    entropy_weights,
    pairwise_win,
    pert_parameters,
    pert_sf,
    rank_acceptability,
    rank_order_centroid,
    ranks,
    triangular_moments,
    triangular_sf,
    uniform_weights,
)
from oracles.switching import value_switching_value, weight_switching_value
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization
from scipy.stats import spearmanr

from generator.analysis.crosscheck import agreement
from generator.analysis.economy import herfindahl
from generator.analysis.values import location_quotient, partial_value, piecewise_linear

_FILE = Path(__file__).with_name("decision_cases.json")
_CASES = {case["id"]: case for case in json.loads(_FILE.read_text(encoding="utf-8"))["cases"]}


def _case(case_id):
    case = _CASES[case_id]
    return case["input"], case["expected"], case["tolerance"]


def test_every_case_names_its_source_and_is_asked():
    assert all(case["source"] for case in _CASES.values())
    text = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in _CASES if f'"{name}"' not in text] == []


def test_partial_value_is_linear_between_cutoffs_and_constant_beyond():
    given, expected, tolerance = _case("pvf_piecewise_linear_clip")

    found = piecewise_linear(given["x"], given["cutoffs"], given["values"])

    assert found.tolist() == pytest.approx(expected["v"], abs=tolerance)


def test_location_quotient_of_farhauer_and_kroell():
    given, expected, tolerance = _case("location_quotient_farhauer2013")

    found = location_quotient(given["e_ij"], given["e_j"], given["e_i"], given["e"])

    assert float(found) == pytest.approx(expected["lq"], abs=tolerance)


def test_location_quotient_of_farhauer_and_kroell_from_the_industry_sheet(build, knowledge):
    given, expected, tolerance = _case("location_quotient_farhauer2013")
    others = given["e_j"] - given["e_ij"], given["e"] - given["e_i"]
    here = build.region(
        industry=[
            build.industry("C13", given["e_ij"], given["e_i"]),
            build.industry("C34", *others),
        ]
    )

    found = build.rolled(knowledge, here, build.use("U90", gb4754_anchor=("C13",)), "anchor_lq")

    assert found.fact.value == pytest.approx(expected["lq"], abs=tolerance)


_OURS = {"power_mw": "spare_grid_mw", "racks": "racks_available", "staff": "ops_fte"}
"""The names of the case to criteria of the catalogue that are read from a register."""


@pytest.fixture
def gate(build, knowledge):
    """The use of the gate case, the region with so much power, and its expected answer."""
    given, expected, tolerance = _case("gate_veto_gap_spec")
    needs = [
        build.need(
            "U90", _OURS[name], need["minimum"], need["target"], 100 * given["weights"][name],
            hard=need["hard"],
        )
        for name, need in given["use"].items()
    ]  # fmt: skip
    small = build.catalogue(knowledge, [build.use("U90")], needs)

    def found(power_mw=given["region"]["power_mw"]):
        here = build.region(
            power=[build.point(power_mw)],
            data_centres=[build.hall(racks=given["region"]["racks"])],
            workforce=[build.role("operations", given["region"]["staff"])],
        )
        return build.scored(small, here).uses["U90"]

    return found, expected, tolerance


def test_a_hard_minimum_vetoes_a_middling_score(gate):
    found, expected, tolerance = gate

    use = found()

    assert use.score == pytest.approx(100 * expected["additive_score_before_veto"], abs=tolerance)
    assert use.viability == "not_viable"
    assert [part.requirement.criterion_id for part in use.missed] == ["spare_grid_mw"]
    partial = {part.requirement.criterion_id: part.partial for part in use.contributions}
    assert partial == {
        _OURS[name]: pytest.approx(value, abs=tolerance)
        for name, value in expected["partial"].items()
    }


def test_gaps_are_in_natural_units(gate):
    found, expected, tolerance = gate

    gaps = {gap.criterion_id: gap for gap in found().gaps}

    to_target = {name: gap.to_target for name, gap in gaps.items()}
    assert to_target == {
        _OURS[name]: pytest.approx(value, abs=tolerance)
        for name, value in expected["gap_to_target"].items()
        if value > 0
    }
    to_minimum = expected["gap_to_minimum"]["power_mw"]
    assert gaps["spare_grid_mw"].to_minimum == pytest.approx(to_minimum, abs=tolerance)
    assert gaps["racks_available"].to_minimum == 0


def test_closing_the_power_gap_gives_the_stated_score(gate):
    found, expected, tolerance = gate
    promised = next(gap for gap in found().gaps if gap.criterion_id == "spare_grid_mw")

    closed = found(power_mw=20)

    assert closed.score == pytest.approx(100 * expected["score_if_power_20"], abs=tolerance)
    assert promised.readiness_at_target == closed.score
    assert closed.viability == "viable"


@pytest.mark.parametrize(("value", "expected"), [(4, 0.0), (5, 0.0), (12.5, 0.5), (20, 1), (99, 1)])
def test_partial_value_between_the_anchors_of_the_gate_case(value, expected):
    need = _CASES["gate_veto_gap_spec"]["input"]["use"]["power_mw"]

    found = partial_value(value, need["minimum"], need["target"], "higher_better")

    assert float(found) == expected


def test_topsis_of_tzeng_and_huang():
    given, expected, tolerance = _case("topsis_tzeng2011")

    found = TOPSIS(vector_normalization)(given["matrix"], given["weights"], given["types"])

    assert found.tolist() == pytest.approx(expected["scores"], abs=tolerance)
    assert ranks([found]).tolist() == [expected["ranks"]]


@pytest.mark.parametrize("count", [3, 4, 5])
def test_rank_order_centroid_weights_of_barron_and_barrett(count):
    _, expected, tolerance = _case("roc_weights")

    assert rank_order_centroid(count).tolist() == pytest.approx(expected[str(count)], abs=tolerance)


def test_entropy_weights_of_elsayed():
    given, expected, tolerance = _case("entropy_weights_elsayed2017")

    found = entropy_weights(given["matrix"])

    assert found.tolist() == pytest.approx(expected["weights"], abs=tolerance)


@pytest.mark.parametrize("swap", ["top_swap", "bottom_swap"])
def test_ws_tells_a_swap_at_the_top_from_one_at_the_bottom(swap):
    given, expected, tolerance = _case("rank_similarity_ws_kendall")
    base, other = (-np.array(given[name]) for name in ("x", f"y_{swap}"))

    found = agreement(base, other)

    assert found.ws == pytest.approx(expected[swap]["WS"], abs=tolerance)
    assert found.kendall_tau == pytest.approx(expected[swap]["kendall"], abs=tolerance)
    assert spearmanr(base, other).statistic == pytest.approx(
        expected[swap]["spearman"], abs=tolerance
    )


def test_smaa_of_three_alternatives_and_two_criteria_meets_the_closed_form():
    given, expected, tolerance = _case("smaa_closed_form_3x2")
    weights = uniform_weights(np.random.default_rng(20260611), 10_000, 2)

    scores = additive_scores(given["values"], weights)

    found = {
        "rank_acceptability": rank_acceptability(scores),
        "central_weights": central_weights(weights, scores),
        "pairwise_win": pairwise_win(scores),
    }
    for name, shares in found.items():
        assert shares == pytest.approx(np.array(expected[name]), abs=tolerance)


def test_herfindahl_indices_of_doersam():
    given, expected, tolerance = _case("hhi_doersam2004")
    values = given["values"]

    assert herfindahl(values) == pytest.approx(expected["hhi"], abs=tolerance)
    assert 10_000 * herfindahl(values) == pytest.approx(expected["points_0_10000"])


def test_the_distribution_of_a_triple_moves_the_chance_of_meeting_a_minimum():
    given, expected, tolerance = _case("triple_triangular_pert")
    triple = given["low"], given["base"], given["high"]
    mean, variance = triangular_moments(*triple)
    alpha, beta = pert_parameters(*triple)

    assert {
        "mean": float(mean),
        "variance": float(variance),
        "p_meets_minimum": float(triangular_sf(given["minimum"], *triple)),
    } == pytest.approx(expected["triangular"], abs=tolerance)
    assert {
        "alpha": float(alpha),
        "beta": float(beta),
        "mean": given["low"] + (given["high"] - given["low"]) * float(alpha / (alpha + beta)),
        "p_meets_minimum": float(pert_sf(given["minimum"], *triple)),
    } == pytest.approx(expected["pert"], abs=tolerance)


def test_switching_values_of_one_weight_and_one_partial_value():
    given, expected, tolerance = _case("switching_value_weight")
    scores = additive_scores([given["A"], given["B"]], given["weights"])[0]

    weight = weight_switching_value(given["A"], given["B"], given["weights"], 0)
    value = value_switching_value(scores[0] - scores[1], given["weights"][0], given["A"][0])

    assert scores.tolist() == pytest.approx(
        [expected["score_A"], expected["score_B"]], abs=tolerance
    )
    assert weight == pytest.approx(expected["switching_w1"], abs=tolerance)
    assert weight - given["weights"][0] == pytest.approx(expected["change"], abs=tolerance)
    assert value == pytest.approx(expected["value_switch_A_c1"], abs=tolerance)
