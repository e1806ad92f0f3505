"""The tasks that carry the programme, and their time line."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from generator.choices.rivals import choices_between
from generator.model import LISTS, ActionPlan, Precondition, Programme
from generator.report.actions import months
from generator.report.figures import figure_fields
from generator.report.funding import owner
from generator.report.indicators import indicator_rows
from generator.report.ownrisks import own_risk_fields, own_risks
from generator.report.plantasks import replaces_examples
from generator.report.preconditions import preconditions
from generator.report.procedures import passes, procedure_tasks, procedures_line
from generator.report.projects import is_long
from generator.report.sheets import sheet_rows
from generator.report.task import each_of
from generator.report.tasklist import (
    MOST,
    band_of,
    before_works,
    beyond_plan,
    is_own,
    law_ends,
    ranked_tasks,
    tasks_of,
)
from generator.report.tasknumbers import Place, does, numbers, numbers_of, task_at, told
from generator.report.taskwords import task_fields
from generator.report.timeline import _labels, _scale, schedule
from generator.report.voice import Voice


def ids(tasks):
    return [one.action.action.action_id for one in each_of(tasks) if one.action]


def without_projects(found):
    """The same region with a programme of nothing and no use near to one."""
    empty = replace(found.programme.first, projects=())
    none = dict.fromkeys(LISTS, ())
    readiness = replace(found.readiness, shortlist=none, prepare=none)
    programme: Programme = replace(found.programme, first=empty, second=empty)
    return replace(found, programme=programme, readiness=readiness, choices=())


def test_a_brief_names_at_most_twenty_tasks_the_whole_plan_s_first_then_those_of_each_list(
    dear, english
):
    for one in dear.values():
        tasks = tasks_of(one, english)
        assert 0 < len(tasks) <= 20
        wave = one.programme.first.uses or one.programme.uses
        places = {use: place for place, use in enumerate(wave, start=1)}
        bands = [band_of(task, english) for task in tasks]
        assert bands == sorted(bands)
        # What prepares the second wave has one number, the last.
        assert bands.count(3) == bool(one.programme.first.uses and one.programme.second.projects)
        for band in (0, 1, 2):
            own = [task for task in tasks if band_of(task, english) == band]
            lists = [one.knowledge.use(use).category for use in places]
            # The tasks of the only project of a list stand in the order of their start.
            is_one = band and lists.count(LISTS[band - 1]) == 1
            blocks = [
                places[task.uses[0]] if is_own(task, places) and not is_one else 0 for task in own
            ]
            starts = [*zip(blocks, (task.first for task in own), strict=True)]
            assert starts == sorted(starts)
        # One whose bodies differ from project to project stands once for each.
        told = [(one.action.action.action_id, one.uses) for one in tasks if one.action]
        assert len(set(told)) == len(told)


def test_every_project_of_the_first_wave_has_its_first_step(cities, english):
    for one in cities.values():
        known = {action.action.action_id for action in one.action_plan.actions}
        firsts = {one.knowledge.use(key).first_action for key in one.programme.first.uses}
        assert firsts & known <= set(ids(tasks_of(one, english)))


def test_no_task_is_about_a_use_outside_the_programme(cities, english):
    for one in cities.values():
        own = set(one.programme.uses)
        for task in tasks_of(one, english):
            assert set(task.uses) <= own
            causes = task.action.because.uses if task.action else ()
            assert not causes or set(causes) & own


def test_a_task_names_the_bodies_of_the_programme_alone(cities, english):
    # Heze's bank would join a use that is not in the programme.
    texts = " ".join(task.title for task in ranked_tasks(cities["heze"], english))
    assert "Garlic growers association" in texts
    assert "operating bank" not in texts


def test_a_step_of_the_workbook_that_the_figures_speak_for_is_a_task(dear, english):
    """One that would change a proposed project is the task of a plan to choose, and named as such."""
    found = dear["changzhi"]
    one = next(one for one in found.decisions if one.step and one.advice == "yes")
    title = one.step.title.text("en")
    assert one.yes.leaves
    told = [task.title for task in steps_of(found, english) if title in task.title]
    assert told == [f"{title} (plan B waits for it)"]
    kept = replace(one, yes=replace(one.yes, leaves=(), later=(), resized=()))
    others = [each for each in found.decisions if each is not one]
    steps = steps_of(chosen_anew(found, (kept, *others)), english)
    assert [task.title for task in steps if title in task.title] == [title]
    # Without another plan nothing else is a step of the workbook.
    alone = steps_of(chosen_anew(found, (kept,)), english)
    assert [task.title for task in alone] == [title]


def chosen_anew(found, decisions):
    """The same region with other decisions, and the choices between plans that follow from them."""
    other = replace(found, decisions=decisions)
    return replace(other, choices=tuple(choices_between(other)))


def steps_of(assessment, voice):
    """The tasks that are steps of the workbook, or settle a choice between plans."""
    return [
        task
        for task in each_of(tasks_of(assessment, voice))
        if task.action is None and not task.uses and not replaces_examples(task, voice)
    ]


def test_what_waits_for_the_works_is_no_step_before_them(cities):
    found = cities["heze"]
    before = before_works(found)
    assert before
    assert all(one.precedes_works for one in before)
    # The month before the last works of the first wave begin.
    first = found.programme.first.uses
    begins = [found.action_plan.begins[use_id] for use_id in first]
    assert law_ends(found) == max(begins) - 1
    none = replace(found, action_plan=ActionPlan((), ()))
    assert law_ends(none) is None


def test_the_steps_of_law_that_only_the_annex_has_are_said_to_stand_there(cities, english):
    for found in cities.values():
        ids_before = {one.key for one in before_works(found)}
        there = {one.action.key for one in each_of(tasks_of(found, english)) if one.action}
        left = len(ids_before - there)
        text = task_fields(found, english)["finding"]
        assert (f"{left} of them stand in the annex" in text) is bool(left)


def test_who_leads_is_counted_as_offices_and_bodies(cities, english):
    text = task_fields(cities["heze"], english)["offices"]
    assert re.search(r"led by \d+ offices and bodies", text)


def test_blocks_hold_every_task_once_under_project_or_purpose(cities, voice):
    for one in cities.values():
        fields = task_fields(one, voice)
        held = [row["number"] for block in fields["blocks"] for row in block["rows"]]
        rows = cells_of(fields["rows"])
        assert sorted(held) == sorted(row["number"] for row in rows)
        # Numbers follow the order in which tasks are told.
        assert held == [row["number"] for row in rows]
        names = " ".join(block["about"] for block in fields["blocks"])
        assert all(voice.use(key) in names for key in one.programme.first.uses)
        # Whose task it is stands in no cell where the title says it.
        assert all(
            text for row in rows for name, text in row.items() if name not in {"projects", "basis"}
        )
        # What the law asks names what it rests on; a long plan leaves that to the tables of law.
        assert any(row["basis"] for row in rows) is not is_long(one)


def cells_of(table):
    """The rows of the table of tasks, without the names of its bands."""
    return [
        {name: cell.text for name, cell in row.cells.items()}
        for row in table.rows
        if row.variant != "block"
    ]


def test_each_act_has_one_lead_and_one_end_and_bands_stand_above_them(cities, voice):
    for one in cities.values():
        table = task_fields(one, voice)["rows"]
        bands = [row.cells["name"].text for row in table.rows if row.variant == "block"]
        later = ("second",) if one.programme.second.projects else ()
        assert [name.casefold() for name in bands] == [
            voice.say(f"task.band.{name}") for name in ("whole", *LISTS, *later)
        ]
        leads = {task.lead for task in each_of(tasks_of(one, voice))}
        rows = cells_of(table)
        assert {row["lead"] for row in rows} == leads
        separator = voice.clauses(["", ""])
        assert not any(separator in row["lead"] for row in rows)


def test_who_decides_on_a_permit_never_leads_the_application_for_it(cities, voice):
    """The owner does, once it is settled who that is."""
    found = 0
    for one in cities.values():
        for task in each_of(tasks_of(one, voice)):
            if task.deciding:
                assert task.lead == task.owner
                assert task.deciding not in task.lead
                found += 1
            if task.is_works or (task.action and task.action.action.stage == "award"):
                assert task.lead == task.owner
    assert found


def test_protection_and_cryptography_are_planned_tested_and_filed_in_this_order(cities):
    """Nobody is hired, and nothing bought, before the votes; each project is reviewed before its own."""
    orders = [
        ("A110", "A103"), ("A111", "A103"), ("A103", "A104"), ("A110", "A112"), ("A112", "A21"),
        ("A84", "A99"), ("A99", "A79"), ("A84", "A100"), ("A100", "A80"), ("A79", "A107"),
        ("A12", "A79"),
    ]  # fmt: skip
    tried = 0
    for found in cities.values():
        plan = {one.action.action_id: one for one in found.action_plan.actions}
        for first, then in orders:
            if first in plan and then in plan:
                assert plan[first].end_month <= plan[then].start_month, (first, then)
                tried += 1
    assert tried > len(orders)


def test_the_finding_counts_steps_of_law_as_the_indicator_does(cities, english):
    for found in cities.values():
        count = len(before_works(found))
        assert f"{count} steps of law must be settled" in task_fields(found, english)["finding"]
        (lawful,) = [
            row
            for row in indicator_rows(found, english)
            if row["indicator"] == english.say("goal.indicator.lawful")
        ]
        assert lawful["target"] == str(count)


def test_the_rest_is_counted_for_the_annex_and_said_what_it_is(cities, english):
    for found in cities.values():
        rest = task_fields(found, english)["rest"]
        ranked = ranked_tasks(found, english)
        told = set(ids(ranked))
        others = [one for one in found.action_plan.actions if one.action.action_id not in told]
        left = len(ranked[MOST:]) + len(others)
        count, *parts = (int(number) for number in re.findall(r"[0-9]+", rest))
        assert count == left == sum(parts)


def test_no_step_of_the_law_of_the_first_wave_stands_in_the_annex_alone(cities, voice):
    """Equal tasks of several projects share a row, so that approval, design, tender, permit, works,
    acceptance and filing all stand in the table, in this order."""
    joins = 0
    for found in cities.values():
        tasks, first = tasks_of(found, voice), set(found.programme.first.uses)
        told = set(ids(tasks))
        joins += sum(1 for one in tasks if one.joins)
        assert all(
            one.action.action_id in told
            for one in found.action_plan.actions
            if one.is_of_law and first & set(one.because.uses) and not one.action.optional
        )
        works = [one for one in tasks if one.is_works]
        for one in tasks:
            stage = one.action.action.stage if one.action else ""
            if stage == "award" and not one.action.action.optional:
                assert all(
                    one.last < other.first for other in works if set(other.uses) <= set(one.uses)
                )
    assert joins


def test_each_part_of_a_number_keeps_its_own_lead_and_its_own_number(cities, voice):
    rows = [one for found in cities.values() for one in tasks_of(found, voice) if one.joins]
    for row in rows:
        assert row.first == min(one.first for one in row.joins)
        assert row.last == max(one.last for one in row.joins)
        assert all(one.lead and one.title and one.result for one in row.joins)
        # Whoever looks for a task of one project finds the part that it is.
        for part, one in enumerate(row.joins, start=1):
            (place,) = numbers_of([row], one.__eq__, one.uses)
            assert place == Place(1, part)
            assert told(place, voice) == f"1-{part}"
            assert task_at(place, [row]) == one
        assert numbers_of([row], lambda _: True) == [Place(1)]


def test_few_steps_of_the_law_that_the_annex_alone_holds_are_named(cities, english, monkeypatch):
    """A reader who must keep the law is not sent to look for three of its steps."""
    for module in ("tasklist", "taskwords"):
        monkeypatch.setattr(f"generator.report.{module}.MOST", 9)
    told = {}
    for code, found in cities.items():
        rest = task_fields(found, english)["rest"]
        told[code] = re.search(r"(\d+) that the law asks of the projects(?: \(([^)]*)\))?", rest)
    shorts = {english.name(one.short) for one in english.knowledge.actions}
    named = {code: one for code, one in told.items() if one and one[2]}
    assert named
    for one in named.values():
        names = [name for name in shorts if name in one[2]]
        assert 0 < int(one[1]) <= 8
        assert len(names) >= int(one[1])
    assert all(int(one[1]) > 8 for code, one in told.items() if one and code not in named)


def test_a_signature_is_asked_by_the_office_of_its_project(cities, english):
    """Those whose bodies differ are a task each, with the bodies of that project alone."""
    for found in cities.values():
        for task in tasks_of(found, english):
            if task.action is None or not task.action.action.signs:
                continue
            assert task.lead == owner(task.uses[0], english)
            for use_id in task.uses:
                own = task.action.bodies.of(use_id)
                assert not own.is_settled
                assert all(english.name(row.name) in task.title for row in own.named[:2])


def test_a_plan_whose_tasks_end_after_it_says_so_and_which(dear, english):
    found = dear["changzhi"]
    tasks = tasks_of(found, english)
    late = beyond_plan(tasks, found)
    text = task_fields(found, english)["finding"]
    # The works of the hall, which wait for the construction permit, and their acceptance stand
    # under one number. A service that the public can reach is filed once it runs.
    # The platform that waits for the choice is bought, built, tested and filed after the plan.
    assert late == [*(Place(13, part) for part in range(7, 11)), Place(14, 4), Place(19)]
    assert [one.is_works for one in tasks[18].joins] == [True, False]
    assert "The plan period ends in December 2028; 6 tasks run on (13-7 to 13-10, " in text
    assert schedule(found, english).names["title"].endswith("after the plan period")
    longer = replace(found, region=replace(found.region, plan_until=date(2040, 1, 31)))
    assert beyond_plan(tasks_of(longer, english), longer) == []
    assert "beyond" not in task_fields(longer, english)["finding"]


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ((3,), "3"),
        ((3, 4), "3 and 4"),
        ((7, 3, 4, 5), "3–5 and 7"),
        ((7, 1, 2, 4, 5, 6), "1, 2, 4–7"),
    ],
)
def test_numbers_that_follow_each_other_are_a_range(found, text, english):
    assert numbers([Place(one) for one in found], english) == text


def test_a_part_has_its_own_number_unless_the_whole_is_named(english):
    assert numbers([Place(5, 2), Place(4), Place(5, 1)], english) == "4, 5-1, 5-2"
    assert numbers([Place(5, 2), Place(5), Place(4)], english) == "4 and 5"


def test_without_a_project_the_plan_holds_what_every_plan_does(full, english):
    alone = without_projects(full)
    tasks = tasks_of(alone, english)
    assert tasks
    assert all(not task.action.because.uses for task in each_of(tasks))
    fields = task_fields(alone, english)
    assert fields["finding"].startswith("No project is proposed yet.")
    (block,) = fields["blocks"]
    assert block["name"] == "What can be done at once"


def test_without_a_task_there_is_no_time_line(full, voice):
    found = replace(full, action_plan=ActionPlan((), ()), decisions=(), choices=())
    assert task_fields(found, voice)["rows"].rows == ()
    assert task_fields(found, voice)["finding"] == ""
    assert schedule(found, voice).series == ()


def test_bars_begin_where_the_hidden_series_ends(cities, voice):
    found = cities["heze"]
    tasks = tasks_of(found, voice)
    data = schedule(found, voice)
    hidden, *bars = data.series[: data.drawn]
    # The plan begins with a quarter, so that nothing stands before its first month.
    assert found.region.plan_from.month == 1
    assert hidden.values[data.heads :] == tuple(float(task.first) for task in tasks)
    for place, task in enumerate(tasks, start=data.heads):
        drawn = [one.values[place] for one in bars if one.values[place] is not None]
        assert drawn == [float(task.last - task.first + 1)]
    assert len(data.categories) == data.heads + len(tasks)


def scale(data):
    """Name and months of each step of the two rows above the bars."""
    steps = data.series[data.drawn :]
    years = [(one.name, one.values[0]) for one in steps if one.values[0] is not None]
    parts = [(one.name, one.values[1]) for one in steps if one.values[1] is not None]
    return years, parts


def test_years_and_their_parts_stand_above_the_bars(cities, english):
    data = schedule(cities["qingdao"], english)
    years, parts = scale(data)
    # Acceptance and filing of the cold store run into a fourth year, and quarters have no room.
    assert years == [("2027", 12.0), ("2028", 12.0), ("2029", 12.0), ("2030", 3.0)]
    assert parts == [*((f"H{one}", 6.0) for one in (1, 2, 1, 2, 1, 2)), ("H1", 3.0)]
    assert data.top == 39.0
    # The plan ends with its second year.
    assert data.mark == 24.0
    assert all(len(one.values) == len(data.categories) for one in data.series)


def test_a_plan_that_begins_within_a_quarter_begins_behind_its_first_line(cities, voice):
    found = cities["qingdao"]
    plain = schedule(found, voice)
    moved = replace(found, region=replace(found.region, plan_from=date(2027, 3, 1)))
    data = schedule(moved, voice)
    before = [one + 2 for one in plain.series[0].values[plain.heads :]]
    assert list(data.series[0].values[data.heads :]) == before
    assert data.top % 3 == 0


def test_a_long_plan_names_half_years_and_an_undated_one_counts_years(cities, english):
    found = cities["qingdao"]
    undated = replace(found, region=replace(found.region, plan_from=None))
    years, parts = scale(schedule(undated, english))
    assert [name for name, _ in years] == ["Year 1", "Year 2", "Year 3", "Year 4"]
    assert parts[0] == ("H1", 6.0)
    steps = _scale(date(2027, 4, 1), 39, 0, english)
    assert [(one.name, one.values) for one in steps[:4]] == [
        ("2027", (9.0, None)), ("2028", (12.0, None)), ("2029", (12.0, None)), ("2030", (6.0, None)),
    ]  # fmt: skip
    assert [(one.name, one.values[1]) for one in steps[4:7]] == [
        ("H1", 3.0),
        ("H2", 6.0),
        ("H1", 6.0),
    ]


def test_the_scale_is_neither_counted_nor_spoken(cities, english):
    figures, fields = figure_fields(cities["qingdao"], english)
    assert fields["schedule"]["count"] == len(tasks_of(cities["qingdao"], english))
    assert fields["schedule"]["series"] == ["first steps", "law", "building, people"]
    assert "Q1" not in figures["schedule"].description


@pytest.mark.parametrize(("language", "most"), [("en", 50), ("zh-CN", 26)])
def test_names_beside_bars_fit_on_a_line(cities, voice, language, most):
    if voice.language == language:
        for one in cities.values():
            assert all(len(name) <= most for name in schedule(one, voice).categories)


def test_no_label_of_the_time_line_is_cut(cities, voice):
    most = int(voice.say("chart.task_letters"))
    for found in cities.values():
        tasks = tasks_of(found, voice)
        drawn = schedule(found, voice)
        for number, (task, label) in enumerate(
            zip(tasks, drawn.categories[drawn.heads :], strict=True), start=1
        ):
            shown = label.removeprefix(f"{number} ")
            assert shown in {*task.labels, task.lead}
            assert len(shown) <= most
        assert all(0 < len(voice.name(one.short)) <= most for one in found.knowledge.actions)
        # Every bar of works says so, however much of its name fits.
        works = [one for one in tasks if one.is_works]
        head = voice.say("task.works_short", project="")
        assert all(told.startswith(head) for one in works for told in one.labels)
    # A step of the workbook with a long title is told by who takes it.
    task = replace(tasks[0], labels=("x" * (most + 1),))
    assert [*_labels([task], voice)] == [f"1 {task.lead}"]


@pytest.mark.parametrize(
    ("last", "english_text", "chinese_text"),
    [
        (0, "Nov 2027", "2027年11月"),
        (1, "Nov–Dec 2027", "2027年11—12月"),
        (3, "Nov 2027 – Feb 2028", "2027年11月—2028年2月"),
    ],
)
def test_months_in_a_table_name_a_year_once(
    last, english_text, chinese_text, english, texts, knowledge
):
    start, chinese = date(2027, 11, 1), Voice(texts, "zh-CN", knowledge)
    assert months(0, last, start, english).replace("\u00a0", " ") == english_text
    assert months(0, last, start, chinese) == chinese_text


def test_what_a_second_wave_waits_for_is_a_task_with_its_number(cities, english):
    """A value that nobody gave, a signature, a gap: each names the task that brings it about."""
    found = next(one for one in cities.values() if one.programme.second.projects)
    project = found.programme.second.projects[0]
    lacking = Precondition("unknown", criterion_id="pue")
    waiting = replace(project, preconditions=(lacking,))
    second = replace(found.programme.second, projects=(waiting,))
    found = replace(found, programme=replace(found.programme, second=second))
    tasks = ranked_tasks(found, english)
    (number,) = numbers_of(tasks, lambda task: task.supplies == "pue", [project.use_id])
    assert task_at(number, tasks).lead == english.supplier("pue")
    assert number.number == 20
    text = preconditions(waiting, found, english, tasks)
    assert text.endswith(f"(task {told(number, english)})")
    assert "(task" not in preconditions(waiting, found, english)


def test_sheets_and_risks_name_the_tasks_that_they_speak_of(cities, english):
    for found in cities.values():
        tasks = tasks_of(found, english)
        for project, sheet in zip(
            found.programme.projects, sheet_rows(found, english), strict=True
        ):
            first = found.knowledge.use(project.use_id).first_action
            for number in numbers_of(tasks, does([first]), [project.use_id]):
                assert any(f"(task {told(number, english)}; " in step for step in sheet["steps"])
        # The rows stand by level; a load that nobody explains comes before all.
        rows = own_risk_fields(found, english)["own"]
        load = [row for row in rows if row["title"] == "Unexplained electricity load"]
        assert rows[: len(load)] == load
        levels = [row["level_band"] for row in rows[len(load) :]]
        assert levels
        assert levels == sorted(levels, key=["severe", "serious"].index)
        titled = {row["title"]: row for row in rows}
        by_level = own_risks(found)
        rows = [
            next(
                row
                for title, row in titled.items()
                if title.startswith(english.name(one.risk.title))
            )
            for one in by_level
        ]
        for fired, row in zip(by_level, rows, strict=True):
            numbered = numbers_of(tasks, does(fired.risk.answered_by), fired.uses)
            # Numbers that follow each other stand as a range.
            assert not numbered or numbers(numbered, english) in row["mitigation"]


@pytest.mark.parametrize("name", ["changzhi", "heze", "qingdao"])
def test_procedures_that_are_tasks_have_their_numbers(cities, english, name):
    city = cities[name]
    due = {one.procedure.procedure_id: one.procedure for one in city.procedures}
    tasks, gone_through = tasks_of(city, english), {}
    for number, task in enumerate(tasks, start=1):
        for part, each in enumerate(task.each, start=1):
            if each.action is not None and each.action.action.procedure_id in due:
                place = Place(number, part if task.joins else 0)
                gone_through.setdefault(each.action.action.procedure_id, []).append(place)
    assert gone_through
    # A row for each lead body, with all its procedures and all their tasks.
    led = {}
    for key, procedure in due.items():
        found = numbers_of(tasks, passes(procedure))
        covered = {*found, *(Place(place.number) for place in found if not place.part)}
        assert all(
            place in covered or Place(place.number) in covered
            for place in gone_through.get(key, ())
        )
        if found:
            led.setdefault(english.lead(procedure.lead_office), {})[
                english.name(procedure.name)
            ] = found
    # What a rule asks for without a procedure has the last row, so that no task of the law is left out.
    *rows, last = procedure_tasks(city, english)
    alone = [
        each
        for each in each_of(tasks)
        if each.part == "law" and not any(passes(one)(each) for one in due.values())
    ]
    assert last["name"] == english.say("law.procedures_by_rule")
    assert last["tasks"] == numbers(numbers_of(tasks, alone.__contains__), english)
    assert len(rows) == len(led)
    for row in rows:
        own = led[row["lead"]]
        assert row["name"].casefold() == english.join(own).casefold()
        assert row["tasks"] == numbers(
            sorted({one for found in own.values() for one in found}), english
        )
    told = procedures_line(city, english)
    if len(city.programme.uses) > 6:
        # The table and the tasks tell them of a long programme.
        assert told.startswith("The annex, a separate file, has all procedures of law.")
    else:
        by_project, _, rest = told.partition(". The annex, a separate file, has ")
        assert rest.startswith("all procedures of law.")
        # What a project goes through is named once, for it or for all of its kind.
        assert by_project.startswith(
            "Beside those of the whole plan these procedures are due. Every "
        )
        for one in city.procedures:
            if set(one.uses) & set(city.programme.uses):
                assert english.name(one.procedure.name).casefold() in by_project.casefold()
    # How many steps of law there are is said with the tasks alone.
    assert "Before works begin, " in task_fields(city, english)["finding"]


def test_the_check_of_a_load_that_nobody_explains_is_the_first_task_of_the_whole_plan(
    cities, english
):
    found = cities["changzhi"]
    first = tasks_of(found, english)[0]
    assert first.action.action.action_id == "A89"
    assert (band_of(first, english), first.uses, first.first) == (0, (), 0)
    assert "1.2 MW" in first.title
    assert "10 working days" in first.title
    beside = [english.office(key) for key in ("power_company", "public_security")]
    assert first.responsible == english.join(beside)
    assert "A89" not in ids(tasks_of(cities["heze"], english))


def test_example_values_are_replaced_by_a_task_and_by_none_where_there_are_none(cities, english):
    found = cities["heze"]
    (one,) = [task for task in tasks_of(found, english) if replaces_examples(task, english)]
    # Each kind has the office that holds it, a month before all is computed anew.
    assert "reported by the end of February 2027 (distribution company: capacity and price" in (
        one.title
    )
    assert ": staff; site owner: halls; " in one.title
    assert one.title.endswith("computed anew by March 2027")
    assert (one.first, one.last, one.uses) == (0, 2, ())
    known = replace(found.confidence, is_illustrative=False)
    measured = replace(found, confidences={**found.confidences, "programme": known})
    assert not any(replaces_examples(task, english) for task in tasks_of(measured, english))


def test_example_values_share_a_number_only_where_the_law_needs_the_room(dear, voice):
    """With what is asked about the connection left unused, which ends in the same month."""
    for code, parts in (("heze", 0), ("changzhi", 2), ("qingdao", 2)):
        tasks = tasks_of(dear[code], voice)
        (row,) = [one for one in tasks if any(replaces_examples(each, voice) for each in one.each)]
        assert len(row.joins) == parts
        assert (ids([row]), row.uses) == (["A97"] if parts else [], ())
        assert (row.first, row.last) == (0, 2)


def test_a_review_ends_before_the_vote_and_another_body_reads_what_its_office_leads(
    cities, english
):
    found = cities["heze"]
    tasks = each_of(tasks_of(found, english))
    (fair,) = [one for one in tasks if one.action and one.action.action.action_id == "A124"]
    # The market regulator leads two of the projects that it reviews.
    assert "Food and cold-chain traceability" in fair.title
    assert fair.title.endswith("gives a second opinion")
    rows = [
        row.cells["dates"].text
        for row in task_fields(found, english)["rows"].rows
        if row.cells.get("dates")
    ]
    assert "by 15 September 2027" in rows


def test_a_grade_is_filed_before_its_test(cities, english):
    for code in ("heze", "changzhi", "qingdao"):
        told = {
            one.action.action.action_id: one
            for one in each_of(tasks_of(cities[code], english))
            if one.action
        }
        assert told["A110"].last < told["A112"].first < told["A22"].first


def test_what_belongs_to_a_choice_between_plans_stands_under_one_number(dear, voice):
    for code in ("changzhi", "qingdao"):
        (row,) = [
            one for one in tasks_of(dear[code], voice) if any(each.chooses for each in one.each)
        ]
        assert all(one.chooses for one in row.joins)
        (choice,) = dear[code].choices
        assert row.joins[-1].last == choice.by


def test_the_study_of_site_projects_ends_before_their_vote_and_is_under_its_number(cities, english):
    for code in ("heze", "changzhi", "qingdao"):
        vote = next(
            one
            for one in tasks_of(cities[code], english)
            if "A80" in [each.action.action.action_id for each in one.joins if each.action]
        )
        last = {each.action.action.action_id: each.last for each in vote.joins}
        first = {each.action.action.action_id: each.first for each in vote.joins}
        assert last["A113"] < first["A100"] <= first["A80"]


def test_what_another_plan_may_replace_waits_for_the_choice(dear, english):
    text = task_fields(dear["changzhi"], english)["finding"]
    told = "Judicial evidence preservation: review, vote, filings, purchase and works come after"
    assert f"{told} the choice in April 2028" in text


def test_what_binds_or_costs_both_waves_stands_with_the_projects_of_the_first(cities, english):
    """The second wave has a vote of its own: it is not approved, bought or tested with the first."""
    for city in cities.values():
        first = set(city.programme.first.uses)
        for task in each_of(tasks_of(city, english)):
            action = task.action
            if action is None or not first & set(action.because.uses) or not task.uses:
                continue
            if action.action.stage in {"vote", "award"} or action.action.deciding_offices:
                assert set(task.uses) <= first, task.title


def test_surveys_of_a_site_end_no_later_than_its_study_and_clearing_follows_the_vote(everywhere):
    """What the study is reckoned from is there; nothing is cleared before it is settled who pays."""
    tried = 0
    for code, found in everywhere.items():
        plan = found.action_plan.actions
        for study in (one for one in plan if one.action.action_id in {"A113", "A114"}):
            own = set(study.because.uses) & set(found.programme.first.uses)
            for one in plan:
                if one.action.action_id in {"A19", "A37", "A77"} and own & set(one.because.uses):
                    assert one.end_month <= study.end_month, (code, one.key)
                    tried += 1
        votes = [one.end_month for one in plan if one.action.action_id in {"A80", "A82"}]
        for one in plan:
            if one.action.action_id == "A123" and votes:
                assert one.start_month >= min(votes), code
    assert tried


def test_nobody_stands_beside_himself_and_no_row_names_an_instrument_twice(cities, dear, voice):
    for found in (*cities.values(), *dear.values()):
        for row in cells_of(task_fields(found, voice)["rows"]):
            assert row["lead"].rstrip("*") != row["responsible"], row["task"]
            named = re.findall("《[^》]+》", row["basis"])
            assert len(named) == len(set(named)), row["basis"]


def test_what_prepares_the_second_wave_stands_last_under_one_number(cities, voice):
    tried = 0
    for found in cities.values():
        tasks, first = tasks_of(found, voice), set(found.programme.first.uses)
        later = [one for one in tasks if one.later]
        assert len(later) == bool(found.programme.second.projects)
        for one in later:
            assert one is tasks[-1]
            assert all(first.isdisjoint(each.uses) and not each.is_works for each in one.each)
            tried += 1
    assert tried


def test_people_without_a_post_are_counted_until_the_plan_ends(cities, voice):
    (number,) = numbers_of(tasks_of(cities["changzhi"], voice), does(["A126"]))
    task = task_at(number, tasks_of(cities["changzhi"], voice))
    assert (task.first, task.last) == (3, 23)
    assert task.title == voice.name(task.action.action.title)


def test_steps_of_a_list_are_told_with_lead_and_month(cities, voice):
    found = cities["changzhi"]
    *_, sites, later = task_fields(found, voice)["blocks"]
    study = next(row for row in sites["rows"] if row["number"].endswith("-1"))
    assert study["due"] in sites["shared"]
    assert study["lead"] in sites["shared"]
    assert all(row["due"] in later["about"] for row in later["rows"])
