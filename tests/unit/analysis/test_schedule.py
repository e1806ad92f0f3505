"""The order of time: what is to be settled, then the vote, the award, the works."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from generator.analysis import assess

AS_OF = date(2026, 11, 28)


def touches(one, uses):
    """Whether a task concerns one of these uses, or all of the plan."""
    return not one.because.uses or not uses or bool(set(uses) & set(one.holds_up))


def test_no_task_starts_before_what_it_waits_for_has_ended(everywhere):
    tried = 0
    for code, found in everywhere.items():
        first = set(found.programme.first.uses)
        plan = {one.key: one for one in found.action_plan.actions}
        ends = {key: one.end_month for key, one in plan.items()}
        for one in found.action_plan.actions:
            for name in one.depends_on:
                # Of what is done apart for projects that a choice holds, it is the part of its own.
                own = ends.get((name, one.held))
                end = (
                    min(each for (key, _), each in ends.items() if key == name)
                    if own is None
                    else own
                )
                needed = plan.get((name, one.held)) or next(
                    each for (key, _), each in plan.items() if key == name
                )
                if serves_later(needed, first) and first & set(one.because.uses):
                    # What serves both waves does not wait for what only the second one needs.
                    continue
                assert one.start_month >= end, (code, one.key, name)
                tried += 1
    assert tried


def serves_later(one, first):
    """Whether only projects outside the first wave need a task."""
    return bool(one.because.uses) and not first & set(one.because.uses)


def test_a_project_of_the_second_wave_does_not_hold_up_the_study_of_the_first(cities):
    """Heze with twice the money: batteries are sized for eight months, the store is studied without them."""
    city = cities["heze"]
    limits = tuple(
        replace(one, amount=replace(one.amount, value=one.amount.value * 2))
        if one.resource == "capex"
        else one
        for one in city.region.limits
    )
    found = assess(
        replace(city.region, limits=limits), city.knowledge, city.screening.as_of, draws=50
    )
    plan = {one.action.action_id: one for one in found.action_plan.actions}
    study, sized = plan["A113"], plan["A50"]
    assert "A50" in study.depends_on
    assert (set(study.because.uses), set(sized.because.uses)) == ({"R04", "R05"}, {"R04"})
    assert study.start_month < sized.end_month
    assert found.action_plan.begins["R05"] < found.action_plan.begins["R04"]


def test_approvals_come_before_the_vote_the_vote_before_the_award_and_that_before_works(everywhere):
    met = {"vote": 0, "award": 0}
    for code, found in everywhere.items():
        plan, first = found.action_plan, found.programme.first.uses
        gates = {"vote", "award"}
        later = {one.action.action_id for one in plan.actions if one.action.stage in gates}
        for one in plan.actions:  # in an order in which whatever waits comes after
            if later & set(one.depends_on):
                later.add(one.action.action_id)
        settled = [
            one for one in plan.actions if one.precedes_works and one.action.action_id not in later
        ]
        votes = [one for one in plan.actions if one.action.stage == "vote"]
        for gate in (one for one in plan.actions if one.action.stage in met):
            own = gate.because.uses or first
            before = [*settled, *(votes if gate.action.stage == "award" else [])]
            ends = [one.end_month for one in before if touches(one, own)]
            assert gate.start_month >= max(ends), (code, gate.action.action_id)
            assert not first or set(gate.because.uses) <= set(first)
            for use_id in set(own) & set(plan.begins):
                assert plan.begins[use_id] >= gate.end_month, (code, gate.action.action_id, use_id)
            met[gate.action.stage] += 1
        # Nothing is built, and so nothing paid, before whatever precedes works has ended.
        for one in found.programme.projects:
            ends = [
                step.end_month
                for step in plan.actions
                if step.precedes_works and touches(step, [one.use_id])
            ]
            assert plan.begins[one.use_id] >= max(ends, default=0.0), (code, one.use_id)
    assert all(met.values())


def test_a_project_opens_when_all_that_comes_between_works_and_opening_has_ended(everywhere):
    tried = 0
    for code, found in everywhere.items():
        plan = found.action_plan
        for one in found.programme.projects:
            opens, stands = plan.opens[one.use_id], plan.stands[one.use_id]
            assert opens.shorter <= opens.middle <= opens.longer, (code, one.use_id)
            assert stands <= opens.middle
            for step in plan.actions:
                if one.use_id not in step.because.uses:
                    continue
                if step.action.stage == "before_opening" and len(step.because.uses) == 1:
                    assert stands <= step.start_month < step.end_month <= opens.middle, code
                    tried += 1
                if step.action.stage == "after_works":
                    own = [plan.opens[use].middle for use in step.because.uses if use in plan.opens]
                    assert step.start_month >= math.floor(min(own)), (code, step.action.action_id)
    assert tried


def test_no_money_is_spent_in_a_year_before_works_begin(everywhere):
    for code, found in everywhere.items():
        start, begins = found.region.plan_from, found.action_plan.begins
        if start is None or not begins:
            continue
        first = start.year + math.floor((start.month - 1 + min(begins.values())) / 12)
        for year in found.money_by_year:
            assert year.year >= first or year.capital == (0.0, 0.0), code


def test_what_the_law_reviews_ends_before_the_meeting_that_needs_it(everywhere):
    """A review that belongs before a vote has ended when the first project comes to it."""
    tried = 0
    for code, found in everywhere.items():
        votes = [one for one in found.action_plan.actions if one.action.stage == "vote"]
        for review in (one for one in found.action_plan.actions if one.action.before_approval):
            for vote in votes:
                if touches(review, vote.because.uses):
                    assert review.end_month <= vote.start_month, (code, review.action.action_id)
                    tried += 1
    assert tried


def test_texas_posts_the_notice_meets_chooses_votes_and_then_buys(everywhere):
    actions = {one.action.action_id: one for one in everywhere["milam"].action_plan.actions}
    # The certificates name the bidder, so they follow the award and come before the signature.
    order = [actions[key] for key in ("TX16", "TX24", "A82", "TX05", "TX26")]
    for before, after in pairwise(order):
        assert before.end_month <= after.start_month, (
            before.action.action_id,
            after.action.action_id,
        )
    # Each meeting has an agenda of its own; the first decides in the first month to open the work.
    assert (actions["TX01"].start_month, actions["TX01"].end_month) == (0, 1)
    assert actions["TX01"].end_month <= actions["TX24"].start_month
    # A grant is the court's choice, with the vote or after it.
    assert actions["TX04"].end_month >= actions["A82"].end_month


def test_the_central_bank_answers_before_the_bank_is_asked_and_the_bank_before_it_signs(everywhere):
    actions = {one.action.action_id: one for one in everywhere["qingdao"].action_plan.actions}
    answer, terms, signed = (actions[key] for key in ("A83", "AU14", "A60"))
    # It is asked, not ordered.
    assert "central_bank" in answer.action.joint_offices
    assert answer.end_month <= terms.start_month < terms.end_month <= signed.start_month


def test_a_site_project_in_china_is_voted_then_approved_or_filed_then_reviewed_tendered_permitted(
    everywhere,
):
    """Decision and the path of its money, environment and design, tender, permit, works, acceptance."""
    tried = 0
    for code, found in everywhere.items():
        actions = {one.action.action_id: one for one in found.action_plan.actions if not one.held}
        chain = [key for key in ("A80", "A55", "A92", "A87") if key in actions]
        if "A80" not in chain:
            continue
        for before, after in pairwise(actions[key] for key in chain):
            assert before.end_month <= after.start_month, (code, before.action.action_id)
            tried += 1
        for key in {"A54", "A91", "A94"} & set(actions):
            assert actions["A80"].end_month <= actions[key].start_month, (code, key)
    assert tried


def test_permits_and_purchases_wait_for_what_settles_ownership_law_money_and_texts(everywhere):
    files = {"TX07", "TX18", "TX19", "DE14", "DE16", "KZ06", "KZ10", "KZ21", "A72", "US03"}
    tried = 0
    for code, found in everywhere.items():
        plan = found.action_plan.actions
        settled = [one for one in plan if one.action.settles in {"title", "originals"}]
        for one in plan:
            if one.action.action_id in files or one.action.stage in {"vote", "award"}:
                assert all(other.end_month <= one.start_month for other in settled), (
                    code, one.action.action_id,
                )  # fmt: skip
                tried += 1
    assert tried


def test_a_team_of_developers_stands_before_the_platforms_that_it_builds(everywhere):
    tried = 0
    for code, found in everywhere.items():
        plan = found.action_plan
        for team in (one for one in plan.actions if one.action.action_id == "A12"):
            for use_id in set(team.because.uses) & set(plan.begins):
                assert team.end_month <= plan.begins[use_id], (code, use_id)
                tried += 1
    assert tried


def test_an_office_of_the_place_leads_and_counsel_is_asked(knowledge):
    """Nobody outside the place leads a task; whoever runs a project gives way to who leads it."""
    kinds = {one.office_key: one.kind for one in knowledge.offices}
    for one in knowledge.actions:
        is_own = kinds[one.lead_office] == "public" or one.lead_office == "project_operator"
        assert is_own or one.lead_office == "platform_buyer", one.action_id
