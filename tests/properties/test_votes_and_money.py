"""No paid task begins before its money is named and its vote held; what a choice holds comes after it."""

from __future__ import annotations

import math

import pytest

from generator.choices.known import step_start
from generator.choices.votes import approved_in
from generator.report.inplan import open_in_plan
from generator.report.milestones import marks
from generator.report.task import each_of
from generator.report.tasklist import tasks_of
from generator.report.voice import Voice

GATES = {"review", "vote", "award"}
ASKS_OF_NOBODY = {"staff time", "none beyond the site comparison"}
"""What a task costs that no outside body is paid for."""


def named_by(found):
    """The month in which the money for studies is named; 0 where no task names it."""
    return max(
        (one.end_month for one in found.action_plan.actions if one.action.paid == "names"),
        default=0,
    )


def votes_of(found, uses):
    """The ends of the votes on some projects, or on any of the plan."""
    own = set(uses) or set(found.programme.uses)
    return [
        one.end_month
        for one in found.action_plan.actions
        if one.action.stage == "vote" and own & set(one.because.uses)
    ]


def held_until(found):
    """Project to the month, from the plan's start, of the choice that holds it."""
    return {use: one.by + 1 for one in found.choices if one.holds for use in one.uses}


def test_no_study_is_ordered_before_its_money_is_named(everywhere):
    tried = 0
    for code, found in everywhere.items():
        for one in found.action_plan.actions:
            if one.action.paid == "study":
                assert one.start_month >= named_by(found), (code, one.key)
                tried += 1
    assert tried


def test_nobody_is_trained_or_hired_and_nothing_built_before_a_vote_on_what_it_serves(everywhere):
    tried = 0
    for code, found in everywhere.items():
        first = found.programme.first.uses
        for one in found.action_plan.actions:
            if one.action.paid != "spend":
                continue
            uses = one.because.uses
            votes = votes_of(found, uses if not uses or set(uses) & set(first) else first)
            assert one.start_month >= min(votes, default=0.0), (code, one.key)
            assert one.start_month >= (named_by(found) if first else 0), (code, one.key)
            tried += bool(votes)
    assert tried


def test_every_task_that_names_a_fee_or_a_price_says_what_it_waits_for(knowledge):
    """Training, works and studies of the catalogue wait; what waits for a vote already needs no sign."""
    for one in knowledge.actions:
        cost = one.cost_basis.text("en")
        if (
            cost.startswith(("training per head", "salary cost"))
            and "plan" not in one.title.text("en").lower()
        ):
            assert one.paid == "spend", one.action_id
        if cost in {"study fee", "assessment fee", "study fee per site"} and not one.stage:
            assert one.paid == "study", one.action_id


def test_steps_of_the_workbook_that_cost_wait_for_their_money_and_for_a_vote(everywhere):
    tried = 0
    for code, found in everywhere.items():
        for choice in found.choices:
            for rival in choice.rivals:
                step = None if rival.decision is None else rival.decision.step
                if step is None or not step.cost.value:
                    continue
                start = step_start(step, found)
                assert start >= named_by(found), (code, step.title)
                # The first vote is asked for it, with its cost.
                assert start > approved_in(found), (code, step.title)
                if step.months.value is not None:
                    assert rival.known >= math.ceil(start + step.months.value) - 1, (
                        code,
                        step.title,
                    )
                tried += 1
    assert tried


def test_what_binds_for_a_project_that_a_choice_holds_follows_the_choice(everywhere):
    tried = 0
    for code, found in everywhere.items():
        until, plan = held_until(found), found.action_plan
        for one in plan.actions:
            binds = bool(one.action.files) or one.action.stage in GATES or one.follows_works
            for use in set(one.because.uses) & until.keys():
                if binds and not one.action.before_approval:
                    assert one.start_month >= until[use], (code, one.key, use)
                    tried += 1
        for use in until.keys() & plan.begins.keys():
            assert plan.begins[use] >= until[use], (code, use)
            assert plan.opens[use].shorter > until[use], (code, use)
    assert tried


def test_money_effects_and_marks_of_a_held_project_count_from_its_own_months(everywhere):
    tried = 0
    for code, found in everywhere.items():
        until, plan, region = held_until(found), found.action_plan, found.region
        if not until or region.plan_from is None:
            continue
        held = [one for one in found.programme.first.projects if one.use_id in until]
        for one in held:
            begun = plan.begins[one.use_id]
            if region.plan_months is not None and begun >= region.plan_months:
                assert one not in open_in_plan(held, found, "shorter"), (code, one.use_id)
            tried += 1
        early = min(plan.begins.values()) // 12
        for year in found.money_by_year:
            if year.year < region.plan_from.year + early:
                assert (year.first, year.second) == (0, 0), (code, year.year)
    assert tried


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_each_act_stands_once_and_numbers_follow_the_order_in_which_they_are_told(
    everywhere, texts, language
):
    for code, found in everywhere.items():
        voice = Voice(texts, language, found.knowledge)
        tasks = tasks_of(found, voice)
        keys = [(one.action.key, one.uses) for one in each_of(tasks) if one.action is not None]
        assert len(keys) == len(set(keys)), code
        until = held_until(found)
        for task in each_of(tasks):
            for use in until.keys() & set(task.uses):
                if task.is_works:
                    assert task.first >= until[use], (code, task.title)
        for mark in marks(found, tasks, voice):
            assert mark.month >= 0, (code, mark.name)
