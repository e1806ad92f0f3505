"""The order in which a council is asked: studies, conditions, choices, votes on projects, signatures."""

from __future__ import annotations

import re

import pytest

from generator.choices.rivals import settled_in
from generator.choices.votes import approved_in, voted_in
from generator.report.actions import month
from generator.report.compared import plan_rows
from generator.report.decisions import decisions_asked
from generator.report.mandates import SUPPLIED
from generator.report.task import each_of
from generator.report.tasklist import tasks_of
from generator.report.voice import Voice
from generator.report.votes import plan_vote

TONGUES = ("en", "zh-CN")
MONTHS = range(72)
SIGNED = {
    "en": re.compile(
        r"^(Sign|Contract|Buy|Order|Reserve)\b|\bsigned (agreement|memorandum|contract|order|mandate)\b"
        r"|\bunder (contract|order)\b|\bcontract with\b|^[\w-]+ contract$"
    ),
    "zh-CN": re.compile(r"签订|签署|签约|订单|(合同|协议|备忘录)$"),
}
"""What binds somebody."""
HARMLESS = {
    "en": re.compile(r"\bdraft\b|\bthe vote\b|letter of intent"),
    "zh-CN": re.compile(r"文本|审定后|意向书"),
}
"""What says that it binds nobody before the vote."""


@pytest.fixture(params=TONGUES)
def asked(request, everywhere, texts):
    """Every region with the decisions asked there and who speaks, in one language."""
    told = []
    for code, found in everywhere.items():
        voice = Voice(texts, request.param, found.knowledge)
        told.append((code, found, voice, decisions_asked(found, voice)))
    return told


def last_month(text, found, voice):
    """The last month of the plan that a text names; -1 without one."""
    return max(
        (at for at in MONTHS if named(month(at, found.region.plan_from, voice), text)), default=-1
    )


def named(told, text):
    """Whether a text names a month, of which another may be the end: 2027年1月 of 2027年11月."""
    return re.search(rf"(?<!\d){re.escape(told)}", text) is not None


def test_no_vote_stands_before_the_month_in_which_its_condition_is_known(asked):
    tried = 0
    for code, found, voice, told in asked:
        rows = plan_rows(told.choices, found, voice)[0]
        for number, one in told.choices.items():
            assert one.row["by"] == month(one.by, found.region.plan_from, voice)
            for plan in one.plans:
                assert plan.rival.known is None or plan.rival.known <= one.by, (code, plan.what)
                tried += 1
            for row in (row for row in rows if row["number"] == number):
                assert last_month(row["waits"], found, voice) <= one.by, (code, row)
    assert tried


def test_what_a_choice_may_replace_is_a_candidate_until_its_month_in_the_first_vote(asked):
    tried = 0
    for code, found, voice, told in asked:
        held = "|".join(row["terms"] for row in told.whole)
        for one in told.choices.values():
            for use in set(one.touched) & set(found.programme.uses):
                name = re.split("[,、]", voice.use(use))[0]
                assert any(
                    re.search(
                        re.escape(name)
                        + r"[^|]*?"
                        + re.escape(voice.say(key, waiting="|", by=one.row["by"]).split("|")[1]),
                        held,
                    )
                    for key in (
                        "decision.held_until.one",
                        "decision.held_until.other",
                        "decision.open_until.one",
                        "decision.open_as_long.one",
                    )
                ), (code, use, held)
                tried += 1
    assert tried


def test_plans_that_change_the_same_project_are_one_vote(asked):
    for code, _, _, told in asked:
        touched = [use for one in told.changing for use in one.touched]
        assert len(touched) == len(set(touched)), code


def test_later_votes_stand_in_the_order_of_their_months(asked):
    for _, _, _, told in asked:
        months = [one.by for one in told.changing]
        assert months == sorted(months)


def test_what_goes_with_the_first_vote_ends_by_it_and_the_rest_before_the_votes_on_projects(asked):
    for code, found, voice, _ in asked:
        first, draft = approved_in(found), found.confidence.is_illustrative
        start, begun = found.region.plan_from, found.programme.first.uses
        for task in each_of(tasks_of(found, voice)):
            if draft and task.action is not None and task.action.action.settles == "opinion":
                assert task.last <= first, (code, task.title)
        settled = settled_in(found)
        if begun and settled is not None:
            assert settled < voted_in(found)[0], code
        plan = plan_vote(found, voice)
        if draft and plan:
            # No plan is adopted on example values.
            assert plan not in {month(at, start, voice) for at in range(SUPPLIED + 1)}, code


def voted_on(uses, found):
    """The month, 0 the first, in which these projects come to a vote; of the second wave after all."""
    votes = [one for one in found.action_plan.actions if one.action.stage == "vote"]
    own = [one.start_month for one in votes if set(uses) & set(one.because.uses)]
    return min(own, default=voted_in(found)[1])


def test_nothing_is_signed_before_the_vote_that_allows_it(asked):
    tried = 0
    for code, found, voice, _ in asked:
        for task in each_of(tasks_of(found, voice)):
            if task.action is None or task.last > voted_on(task.uses, found):
                continue
            text = (task.title, task.result)
            binding = [part for part in text if SIGNED[voice.language].search(part)]
            for part in binding:
                assert HARMLESS[voice.language].search(" ".join(text)), (code, part)
                tried += 1
    assert tried


def test_whoever_is_asked_to_sign_is_bound_by_the_vote_alone(knowledge):
    for one in knowledge.actions:
        if one.signs:
            assert "vote" in one.title.text("en"), one.action_id
            assert "审定后生效" in one.title.text("zh-CN"), one.action_id
