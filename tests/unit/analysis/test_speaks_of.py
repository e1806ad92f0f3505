"""Risks, procedures, tasks, skills, counsel and the four fields speak of the programme's projects."""

import pytest

CITIES = ["changzhi", "heze", "qingdao"]


@pytest.fixture(params=CITIES)
def city(request, cities):
    return cities[request.param]


def _planned(found):
    return set(found.programme.uses)


def _waiting(found):
    return {use_id for ids in found.readiness.prepare.values() for use_id in ids}


def test_the_samples_shortlist_more_than_they_plan(city):
    listed = {use_id for ids in city.readiness.shortlist.values() for use_id in ids}

    assert listed - _planned(city)


def test_procedures_speak_of_projects(city):
    assert {use_id for one in city.procedures for use_id in one.uses} <= _planned(city)


def test_risks_speak_of_projects(city):
    """Whether there are data enough is asked of every cleared use: no other ever becomes a project."""
    triggers = city.knowledge.triggers
    spoken = {
        use_id
        for one in city.risks
        if triggers[one.risk.trigger].test != "coverage_below"
        for use_id in one.uses
    }

    assert spoken <= _planned(city)


def test_skills_speak_of_projects(city):
    """What a group is said to need is what the table of limits says that both waves take."""
    taken = {one.resource: one.first + one.second for one in city.programme.limits}
    roles = {key: one.role for key, one in city.knowledge.criteria.items()}
    for one in city.skills.shortages:
        assert one.need == taken[roles[one.criterion_id]]
        if one.fact is not None:
            assert one.short == max(0.0, one.need - one.fact.value)


def test_counsel_is_asked_about_projects(city):
    assert {use_id for one in city.counsel.questions for use_id in one.uses} <= _planned(city)


def test_the_four_fields_speak_of_projects(city):
    swot = city.swot
    triggers = {
        one.risk_id: city.knowledge.triggers[one.trigger].test for one in city.knowledge.risks
    }
    items = [
        *swot.strengths, *swot.weaknesses, *swot.opportunities,
        *(one for one in swot.threats if triggers.get(one.reference) != "coverage_below"),
    ]  # fmt: skip

    assert {use_id for one in items for use_id in one.uses} <= _planned(city)


def test_tasks_speak_of_projects_and_ask_those_who_have_not_signed(city):
    institutions = city.knowledge.in_role("institutions").criterion_id
    feeding = {one.use_id for project in city.programme.projects for one in project.supplies}
    for task in city.action_plan.actions:
        for cause in task.causes:
            allowed = _planned(city)
            if cause.kind == "proposed":
                allowed |= _waiting(city) | feeding
            elif cause.kind == "gap" and cause.reference == institutions:
                allowed |= _waiting(city)
            elif cause.kind == "law":
                # The comparators, which are barred here.
                allowed = set(cause.uses)
            elif cause.kind == "risk":
                # Held to projects above.
                continue
            assert set(cause.uses) <= allowed, (task.action.action_id, cause)
