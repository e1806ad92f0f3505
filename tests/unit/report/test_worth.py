"""What plans are worth by the weights, worked out by hand."""

import pytest
from msgspec.structs import replace

from generator.choices.worth import Scale, of_both, scale_of
from generator.model import Difference
from generator.model.decisions import Decision
from generator.model.programme import Objective

NOTHING = Difference((), (), (), (), (), (), {}, 0.0, 0.0, (), (), (), (), (), (), {})


def aim(effect, weight):
    return Objective(effect, effect, 0.0, 0.0, 0.0, weight)


@pytest.fixture
def scale():
    """A half of the weight for 200 jobs, three tenths for 1,000 people, a fifth for 10 MW."""
    aims = (aim("jobs", 0.5), aim("served", 0.3), aim("power", 0.2))
    return Scale(aims, {"jobs": 200.0, "served": 1000.0, "power": 10.0}, 2.0)


OWN = {"jobs": 100.0, "served": 1000.0, "power": 5.0}, 3
OTHER = {"jobs": 200.0, "served": 0.0, "power": 10.0}, 2


def test_points_are_shares_of_the_most_times_weights_less_the_least_a_project(scale):
    assert scale.parts(OWN[0]) == pytest.approx({"jobs": 25, "served": 30, "power": 10})
    # 25 + 30 + 10 less three projects; 50 + 20 less two.
    assert scale.points(*OWN) == pytest.approx(59)
    assert scale.points(*OTHER) == pytest.approx(66)
    assert scale.against(OWN, OTHER) == pytest.approx(66 / 59)


def test_without_an_effect_the_others_share_its_weight(scale):
    # (25 + 10) / 0.7 less six; (50 + 20) / 0.7 less four.
    assert scale.points(*OWN, "served") == pytest.approx(44)
    assert scale.against(OWN, OTHER, "served") == pytest.approx(96 / 44)


def test_nothing_is_measured_against_a_choice_that_is_worth_nothing(scale):
    assert scale.against(({"jobs": 12.0}, 2), OTHER) is None


def test_an_effect_that_no_plan_can_have_counts_nothing(scale):
    none = replace(scale, most={**scale.most, "power": 0.0})
    assert none.parts({"jobs": 100.0, "power": 5.0}) == pytest.approx({"jobs": 100 * 0.5 / 0.8 / 2})


def test_the_most_is_that_of_any_plan_compared(cities):
    """A plan that opens more than the shortlist can is measured by what it opens."""
    found = cities["changzhi"]
    yes = replace(NOTHING, joins=("U06",), effects={"jobs": 10_000.0})
    signed = Decision("signature", ("U06",), None, None, (), 1, None, yes, NOTHING, advice="yes")
    jobs = of_both(found.programme)["jobs"] + 10_000
    assert scale_of(replace(found, decisions=(signed,))).most["jobs"] == pytest.approx(jobs)
    refused = scale_of(replace(found, decisions=(replace(signed, advice="no"),)))
    assert refused.most["jobs"] == pytest.approx(
        scale_of(replace(found, decisions=())).most["jobs"]
    )
