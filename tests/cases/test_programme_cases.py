"""The worked examples of readiness and programme; each kind of case has a function of its own."""

import json
from pathlib import Path

import pytest

from generator.analysis.values import quotient_ends

CASES = json.loads(Path(__file__).with_name("programme_cases.json").read_text(encoding="utf-8"))


def _of(kind):
    """The cases of one kind, each under its own name."""
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


# --- location quotient ----------------------------------------------------------------------------


@pytest.mark.parametrize("case", _of("lq"))
def test_blank_cells_leave_a_quotient_between_two_ends(case, knowledge):
    anchors, others = (
        [
            (e, r)
            for code, e, r in case["input"]["rows"]
            if (code in case["input"]["anchor"]) is is_own
        ]
        for is_own in (True, False)
    )

    ends = quotient_ends(anchors, others, knowledge.assumed("blank_concentration"))

    assert ends == pytest.approx(tuple(case["expected"]))


@pytest.mark.parametrize("case", _of("lq"))
def test_the_low_end_of_a_quotient_alone_is_secured(case, build, knowledge):
    use = build.use("U90", gb4754_anchor=tuple(_code(code) for code in case["input"]["anchor"]))
    rows = [build.industry(_code(code), e, r) for code, e, r in case["input"]["rows"]]

    found = build.rolled(knowledge, build.region(industry=rows), use, "anchor_lq")

    assert found.fact.value is None
    ends = (found.at_least_as_good_as, found.no_better_than)
    assert ends == pytest.approx(tuple(case["expected"]))


def _code(letter):
    """A division of the classification for a letter of the example."""
    return {"a": "C13", "b": "C14", "c": "C15"}[letter]


# --- institutions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("case", _of("institutions"))
def test_distinct_signed_bodies_of_the_types_asked_for_are_counted(case, build, knowledge):
    given = case["input"]
    known = build.catalogue(
        knowledge, [build.use("U90")],
        [build.need("U90", "anchor_institutions", 1, given["target"], 100)],
        units=[build.unit_need("U90", given["types"])],
    )  # fmt: skip
    here = build.region(
        institutions=[
            build.institution("U90", kind, status, name) for name, kind, status in given["rows"]
        ]
    )

    found = build.rolled(known, here, known.uses[0], "anchor_institutions")

    assert found.fact.value == case["expected"]
