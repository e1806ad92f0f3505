"""What the weights of stakeholders choose, against the proposal, with the figures of Qingdao and Heze."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.report.stakeholders import _weights, _worth, shared_line


def worth(weights, effects):
    return sum(one.coefficient * effects.get(one.effect, 0.0) for one in weights)


def test_weights_that_choose_otherwise_are_told_with_both_differences(cities, english):
    found = cities["qingdao"]
    told = shared_line(found, english)
    # The annex of a long programme has the weights themselves; the brief has what they choose.
    weights = "jobs 56%, idle power 12%, staff of industries served 32%"
    assert weights in _weights(found, english)
    assert weights not in told
    view = found.programme.stakeholders[1]
    # Five projects of theirs as of the plan, each charged 0.02.
    theirs = worth(view.objectives, view.effects) - 0.1
    plans = worth(view.objectives, found.programme.first.effects) - 0.1
    assert f"worth {english.percent(theirs / plans - 1)} more by these weights" in told
    assert "leaves out e-CNY merchant and smart-contract prepaid pilots" in told


def test_weights_that_choose_the_same_tell_no_difference(cities, english):
    assert "differs" not in shared_line(cities["heze"], english)


def test_a_stakeholder_without_points_is_left_out(cities, english):
    city = cities["qingdao"]
    views = tuple(replace(one, without_points=True) for one in city.programme.stakeholders)
    alone = replace(city, programme=replace(city.programme, stakeholders=views))
    assert "differs" in shared_line(city, english)
    assert "differs" not in shared_line(alone, english)


def test_the_worth_of_a_choice_is_its_share_of_the_attainable_less_its_projects(cities, english):
    found = cities["heze"].programme
    first = found.first
    worth = _worth(found.objectives, first.effects, len(first.projects), english)
    # The choice is valued before its projects are counted in whole persons and hundredths.
    count = len(first.projects)
    steps = {"jobs": count / 2, "power": count / 200, "served": 0.5}
    off = sum(one.coefficient * steps[one.effect] for one in found.objectives)
    assert off < 0.02
    assert worth == pytest.approx(first.value, abs=off)
