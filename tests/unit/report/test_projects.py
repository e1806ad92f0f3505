"""The selected uses as projects: nothing that nobody stated is filled in."""

from __future__ import annotations

from dataclasses import replace

from generator.report.projects import project_fields


def test_every_selected_use_is_a_project_and_unknown_money_is_called_open(full, voice):
    rows = project_fields(full, voice)["rows"]
    assert full.portfolio.selected
    assert [row["name"] for row in rows] == [voice.use(key) for key in full.portfolio.selected]
    assert {row["funding"] for row in rows} == {voice.say("project.open")}


def test_preparation_spans_the_tasks_that_the_use_and_its_conditions_set_off(full, english):
    use_id = full.portfolio.selected[0]
    tasks = [
        one
        for one in full.action_plan.actions
        if use_id in one.because.uses and one.because.kind in {"selected", "rule"}
    ]
    start = min(one.start_month for one in tasks)
    end = max(one.end_month for one in tasks)
    first, last = int(start), int(end) - 1  # whole months; the plan starts in January 2027
    shown = [f"{index % 12 + 1:02d}/{2027 + index // 12}" for index in (first, last)]
    row = project_fields(full, english)["rows"][0]
    assert row["period"] == f"to be settled ({shown[0]}–{shown[1]})"


def test_a_project_without_a_task_has_no_months_and_still_the_owner_of_its_use(full, english):
    bare = replace(full, action_plan=replace(full.action_plan, actions=()))
    row = project_fields(bare, english)["rows"][0]
    use = full.knowledge.use(full.portfolio.selected[0])
    assert row["period"] == "to be settled"
    assert row["lead"].startswith(english.office(use.owner_office))
    assert row["responsible"] == english.office(use.operator_office)


def test_without_a_portfolio_there_is_no_project_and_no_note(bare, english):
    assert project_fields(bare, english) == {"rows": [], "note": ""}
