"""The tasks of a choice between plans, who leads tasks, whom they name, and by when opinions are there."""

import pytest

from generator.choices.rivals import brought
from generator.choices.votes import approved_in
from generator.model import FiredRisk
from generator.report.actions import month
from generator.report.bodies import several_bodies
from generator.report.funding import first_step
from generator.report.plantasks import plan_tasks
from generator.report.risks import responsible
from generator.report.task import each_of
from generator.report.taskleads import leading_offices
from generator.report.tasklist import ranked_tasks, tasks_of
from generator.report.taskwords import task_fields
from generator.report.voice import Voice

TONGUES = ("en", "zh-CN")


@pytest.fixture(params=TONGUES)
def voice(request, texts, knowledge):
    return Voice(texts, request.param, knowledge)


def chosen_in(assessed):
    """Every region with a choice that projects wait for, with that choice."""
    return [
        (code, found, one) for code, found in assessed.items() for one in found.choices if one.holds
    ]


def test_what_a_plan_brings_is_studied_before_the_choice_under_its_number(everywhere, voice):
    tried = 0
    for code, found, choice in chosen_in(everywhere):
        rows = [row for row in plan_tasks(found, voice) if row.each[-1].last == choice.by]
        (row,) = rows
        *before, compared = row.each
        uses = {use for rival in choice.rivals for use in brought(rival, found)}
        assert all(one.last < choice.by for one in before), code
        assert compared.first <= choice.by
        for use in uses:
            named = [one for one in before if voice.use(use) in one.title]
            is_sited = voice.knowledge.use(use).category == "power_reuse"
            assert len(named) >= (3 if is_sited else 1), (code, use)
            tried += 1
    assert tried


def test_a_choice_falls_in_a_month_after_what_its_plans_wait_for_is_known(everywhere, dear):
    tried = 0
    for code, _, choice in [*chosen_in(everywhere), *chosen_in(dear)]:
        for rival in choice.rivals:
            assert rival.known is None or rival.known < choice.by, code
            tried += rival.known is not None
    assert tried


def test_the_first_step_of_a_project_ends_before_its_vote_and_costs_no_vote(everywhere):
    tried = 0
    for code, found in everywhere.items():
        for use in found.programme.first.uses:
            step = first_step(use, found)
            votes = [
                one.start_month
                for one in found.action_plan.actions
                if one.action.stage == "vote" and use in one.because.uses
            ]
            assert step.action.paid != "spend", (code, use)
            assert step.end_month <= min(votes, default=step.end_month), (code, use)
            tried += bool(votes)
    assert tried


def test_no_first_step_of_the_catalogue_spends_before_a_vote(knowledge):
    actions = {one.action_id: one for one in knowledge.actions}
    for use in knowledge.uses:
        if use.first_action:
            step = actions[use.first_action]
            assert step.paid != "spend", use.use_id
            assert step.stage not in {"in_works", "after_works"}, use.use_id


def test_opinions_on_opening_are_there_before_the_first_vote_and_ask_no_price(cities, voice):
    for code, found in cities.items():
        plan = {one.action.action_id: one for one in found.action_plan.actions}
        for key in ("A57", "A58"):
            assert plan[key].end_month < approved_in(found) + 1, code
        assert plan["A115"].end_month <= plan["A121"].start_month, code
        told = month(approved_in(found), found.region.plan_from, voice)
        due = voice.say("task.by_vote", month=told)
        rows = {row["task"]: row["due"] for row in rows_of(found, voice)}
        for key in ("A57", "A58"):
            assert rows[voice.name(plan[key].action.title)] == due, code


def rows_of(found, voice):
    return [row for block in task_fields(found, voice)["blocks"] for row in block["rows"]]


def test_offices_that_lead_are_counted_as_offices_not_as_labels(everywhere, voice):
    labels = {voice.say("office.each_lead"), voice.say("office.project_owner")}
    mark = voice.say("office.project_owner_until", offices="")
    for code, found in everywhere.items():
        tasks = list(each_of(tasks_of(found, voice)))
        counts = leading_offices(tasks, found, voice)
        assert not any(mark in office for office in counts), code
        assert not labels & counts.keys(), code
        assert all(count <= len(tasks) for count in counts.values()), code


def test_a_task_names_all_its_partners_and_the_first_page_may_shorten(cities, english):
    found = cities["heze"]
    step = first_step("U01", found)
    names = list(dict.fromkeys(english.name(one.name) for one in step.bodies.named))
    assert len(names) > 3
    (task,) = (
        one
        for one in each_of(ranked_tasks(found, english))
        if one.action and one.action.key == step.key
    )
    assert all(name in task.title for name in names)
    assert names[-1] not in several_bodies(step.bodies.named, english, brief=True)


@pytest.mark.parametrize(("use", "risk"), [("U01", "K41"), ("U03", "K43")])
def test_who_collects_letters_on_fees_answers_for_the_risk_that_nobody_pays(
    use, risk, knowledge, english
):
    (found,) = (one for one in knowledge.risks if one.risk_id == risk)
    fired = FiredRisk(risk=found, score=16, uses=(use,), origins=(), rules=())
    told = responsible(fired, [use], english)
    # Beside the lead body of the project.
    assert told.startswith(english.lead(english.knowledge.use(use).owner_office))
    assert told.endswith(f", with the {english.lead('commerce')}")
