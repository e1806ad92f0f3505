"""Worked examples with their sources in decision_cases.json."""

import json
from pathlib import Path

import pytest

from generator.analysis.values import location_quotient, partial_value, piecewise_linear

_FILE = Path(__file__).with_name("decision_cases.json")
_CASES = {case["id"]: case for case in json.loads(_FILE.read_text(encoding="utf-8"))["cases"]}


def _case(case_id):
    case = _CASES[case_id]
    return case["input"], case["expected"], case["tolerance"]


def test_every_case_names_its_source():
    assert all(case["source"] for case in _CASES.values())


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
