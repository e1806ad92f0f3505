"""The decisions asked: what a yes and a no bring, with owner and month."""

import math
import re

import pytest
from msgspec.structs import replace

from generator.analysis.scope import within
from generator.analysis.screening import lineage
from generator.model import Fact, Label, Step
from generator.model.decisions import Decision, Difference
from generator.model.programme import Precondition, ProjectSite
from generator.problems import Origin
from generator.report.actions import month, month_of_end
from generator.report.decisions import SHOWN, decisions_asked
from generator.report.front import top_fields
from generator.report.ownrisks import own_risks, top_risks
from generator.report.projects import brought, counted
from generator.report.tasklist import tasks_of
from generator.report.voice import Voice

NOTHING = Difference((), (), (), (), (), (), {}, 0.0, 0.0, (), (), (), (), (), (), {})


@pytest.fixture
def step():
    """The question whether to take a step that is worth so much and brings in some uses."""

    def of(title, row, value, *joins):
        taken = Step(
            Origin("region.xlsx", "Steps", str(row)), Label((("en", title),)), "dev_fte", "Role",
            Fact(1.0, "FTE"), Fact(2.5, "m"), Fact(7.0, "months"), Label((("en", "city bureau"),)),
            "public",
        )  # fmt: skip
        yes = replace(NOTHING, joins=joins, value=value, effects={"jobs": 12.0 * len(joins)})
        return Decision("step", joins, taken, None, (), 0, 2.5, yes, NOTHING)

    return of


def decided(assessment, voice, *decisions):
    asked = decisions_asked(replace(assessment, decisions=decisions), voice)
    return [*asked.whole, *asked.changing]


def test_a_step_names_owner_sum_month_and_what_yes_and_no_bring(full, english, step):
    row = decided(full, english, step("Train staff", 4, 0.1, "U01"))[-1]
    assert row == {
        "decision": "Take the step “Train staff” (CNY 2.5 million)",
        "ask": "Take the step “Train staff” (CNY 2.5 million)",
        "terms": "",
        "by": "January 2027",  # it begins with the plan
        "owner": "city bureau",
        "yes": f"{english.use('U01')} would be added; 12 more full-time jobs",
        "no": f"no change: what this step brings stays out ({english.use('U01')})",
        "number": "4",  # after the preparation, its leads and the load that nobody explains
        "word": "your choice",
        "advice": "what changes (more jobs) comes to less than one project must add",
    }


def test_what_changes_most_is_asked_first_up_or_down(full, english, step):
    rows = decided(
        full, english, step("Little", 4, 0.1, "U01"), step("Most", 5, -0.9, "U02"),
        step("More", 6, 0.5, "U03"),
    )  # fmt: skip
    steps = [row["decision"] for row in rows if "step" in row["decision"]]
    assert [text.split("“")[1].split("”")[0] for text in steps] == ["Most", "More", "Little"]


def test_the_first_page_asks_what_it_has_room_for_and_counts_the_rest(full, english, step):
    asked = [step(f"Step {number}", number, 1 - number / 10, "U01") for number in range(7)]
    found = replace(full, decisions=tuple(asked))
    fields = top_fields(decisions_asked(found, english), found, english)
    # Preparation, who leads it and the load that nobody explains come before the seven steps.
    assert len(fields["decisions_all"]) == 10
    shown = len(fields["decisions"])
    assert 3 <= shown <= SHOWN
    assert fields["decisions"] == fields["decisions_all"][:shown]
    each = "Each was tried by itself beside the proposal; effects of several do not add up."
    more = f"The planning brief has {10 - shown} more."
    assert fields["decisions_more"] == f"{each} {more}"
    less = replace(full, decisions=tuple(asked[:2]))
    few = top_fields(decisions_asked(less, english), less, english)
    assert few["decisions_more"] == each


def test_the_work_is_opened_then_led_then_its_examples_replaced_and_a_no_brings_nothing(
    cities, english
):
    found = cities["heze"]
    row, leads, *_ = decisions_asked(found, english).rows
    assert leads["decision"].startswith("Once 1 is agreed, confirm lead bodies and first steps")
    # To replace values is work of the offices: a condition of the vote, no decision.
    assert "replaces example values by March 2027" in row["yes"]
    (amount,) = [one.amount for one in found.decisions if one.kind == "programme"]
    # The samples hold example values, and on those no money is decided.
    assert row["decision"].startswith("Open the preparation of the first wave (")
    # What is above the limit stands with the money.
    limit = next(one.limit for one in found.programme.limits if one.resource == "capex")
    assert f"(estimate: {english.about(min(amount, limit))})" in row["decision"]
    # Platforms may begin before the hall, whose steps of law take longer.
    assert f"comes to the {english.office('governing_body')} (" in row["yes"]
    assert re.search(r"\([A-Z]\w+ 2027( – [A-Z]\w+ 2027)?\), then tender and works; ", row["yes"])
    assert row["no"] == "nothing begins, and the decisions that build on it fall away"
    assert row["owner"] == english.office("governing_body")
    assert row["by"] == "January 2027"


def test_projects_are_approved_once_what_comes_before_that_is_done(cities, english):
    found = cities["changzhi"]
    sure = replace(
        found,
        confidences={
            **found.confidences,
            "programme": replace(found.confidence, is_illustrative=False),
        },
    )
    row, *_ = decisions_asked(sure, english).rows
    first = found.programme.first
    assert row["decision"].startswith("Approve the first wave (")
    assert row["yes"].startswith(f"the plan goes ahead: {brought(first.effects, english)}; ")
    # The reviews of law and competition and the naming of the money end in February.
    assert (row["owner"], row["by"]) == (english.office("governing_body"), "March 2027")
    leads = decisions_asked(sure, english).rows[1]
    assert leads["decision"].startswith("Confirm ahead of 1 lead bodies")
    assert (leads["owner"], leads["by"]) == (english.office("governing_body"), "January 2027")


def test_who_leads_among_the_offices_is_asked_of_whoever_assigns_their_work(cities, english):
    """In a German city that is the lord mayor; the council votes on the plan and its money."""
    found, known = cities["heze"], english.knowledge
    row, leads, *_ = decisions_asked(found, english).rows
    assert row["owner"] == leads["owner"] == english.office("governing_body")
    here = within(known, lineage("DE", known), "DEA24")
    others = (one for one in known.offices if one.office_key != "assigns_leads")
    speaking = replace(known, offices=(*others, here.office("assigns_leads")))
    row, leads, *_ = decisions_asked(found, Voice(english.texts, "en", speaking)).rows
    assert (row["owner"], leads["owner"]) == (english.office("governing_body"), "lord mayor")


def test_a_plan_that_the_law_brings_to_a_vote_of_its_own_says_when(cities, english):
    found = cities["heze"]
    plan = found.action_plan
    ahead = next(one for one in plan.actions if one.action.before_approval)
    own = replace(ahead.action, lead_office="governing_body", duration_months=2.0)
    voted = replace(ahead, start_month=4.0, action=own)
    there = replace(found, action_plan=replace(plan, actions=(*plan.actions, voted)))
    body = english.office("governing_body")
    assert (
        f"the plan comes to the {body} in June 2027, each project, computed anew, in "
        in (decisions_asked(there, english).rows[0]["yes"])
    )
    assert "the plan comes to" not in decisions_asked(found, english).rows[0]["yes"]


@pytest.mark.parametrize("wave", ["first", "second"])
def test_what_would_replace_a_project_that_is_proposed_is_an_alternative_to_it(
    cities, english, wave
):
    found = cities["changzhi"]
    gone = getattr(found.programme, wave).uses[0]
    yes = replace(NOTHING, joins=("U06",), leaves=(gone,), value=0.2, effects={"jobs": 50.0})
    signature = Decision(
        "signature", ("U06",), None, None, ("bank",), 1, None, yes, NOTHING, advice="yes"
    )
    row = decided(found, english, signature)[-1]
    assert row["word"] == "yes, then choose"
    assert row["advice"].startswith(f"it could take the place of {english.use(gone)}")
    assert row["yes"].startswith("a choice opens, to be decided then: ")
    refused = replace(signature, advice="no")
    # What the figures speak against is no decision of today.
    assert not any(
        "U06" in one["decision"] or english.use("U06") in one["decision"]
        for one in decided(found, english, refused)
    )


def test_two_ways_for_one_project_are_one_choice_before_anything_is_filed(cities, english):
    found = cities["heze"]
    use = next(
        one.use_id for one in found.programme.first.projects if one.category == "power_reuse"
    )
    yes = replace(NOTHING, joins=("U06",), resized=(use,), value=0.2, effects={"jobs": 50.0})
    signature = Decision(
        "signature", ("U06",), None, None, ("bank",), 1, None, yes, NOTHING, advice="yes"
    )
    other = replace(
        signature, uses=("U15",), yes=replace(yes, joins=("U15",), resized=(), leaves=(use,))
    )
    row = decided(found, english, signature, other)[-1]
    assert row["decision"].startswith(
        f"Choose once, before anything is filed, how {english.use(use)}"
    )
    assert "A: as proposed; B: " in row["decision"]
    assert row["yes"].startswith("B: ")
    assert "; C: " in row["yes"]
    filed = min(
        one.start_month
        for one in found.action_plan.actions
        if one.action.procedure_id and one.precedes_works and use in one.because.uses
    )
    assert row["by"] == month(int(filed) - 1, found.region.plan_from, english)


def test_what_a_prepared_project_waits_for_is_asked_for_once(cities, english):
    """A site to be cleared is a decision; a signature is part of the preparation of its wave."""
    found = cities["changzhi"]
    (waiting, *_), gone = found.programme.second.uses, found.programme.first.uses[0]
    yes = replace(NOTHING, earlier=(waiting,), leaves=(gone,), effects={"jobs": -50.0})
    hall = ProjectSite(Label((("en", "Hall 9"),)), 1)
    signature = Decision(
        "signature", (waiting,), None, None, ("bank",), 1, None, yes, NOTHING, advice="no"
    )
    clearance = replace(signature, kind="clearance", place=hall, types=(), count=0)
    *before, row = decided(found, english, signature, clearance)
    assert row["word"] == "yes"
    assert row["yes"].endswith("goes on as proposed")
    assert not any(english.use(waiting) in one["decision"] for one in before)
    last = max(one.end_month for one in found.action_plan.actions if one.action.signs)
    by = month(math.ceil(last) - 1, found.region.plan_from, english)
    assert any(f": signatures by {by}" in one["decision"] for one in before)


@pytest.mark.parametrize("name", ["changzhi", "heze", "qingdao"])
def test_no_decision_that_is_advised_undoes_what_is_proposed(cities, english, name):
    found = cities[name]
    proposed = {english.use(key) for key in found.programme.uses}
    for row in decisions_asked(found, english).rows:
        if row["word"] == "yes" and "goes on as proposed" not in row["yes"]:
            leaving = [part for part in row["yes"].split("; ") if "leaves the programme" in part]
            assert not any(use in part for part in leaving for use in proposed)


def test_where_nothing_can_begin_the_preparation_is_asked_for(full, english):
    assert not full.programme.first.projects
    row, *_ = decided(full, english)
    assert row["decision"].startswith("Name ")
    assert row["no"] == "nothing begins, and the decisions that build on it fall away"


def test_without_a_project_and_a_step_nothing_is_asked(bare, english):
    assert decisions_asked(bare, english).rows == []


def test_signatures_and_clearances_name_whom_they_are_about(full, english):
    yes = replace(NOTHING, joins=("R15",), effects={"power": 0.6}, capital=18.5)
    hall = ProjectSite(Label((("en", "Hall 9"),)), 1)
    *_, signature, clearance = decided(
        full, english,
        Decision(
            "signature", ("R15",), None, None, ("bank", "hospital"), 1, None, yes, NOTHING,
            advice="yes",
        ),
        Decision("clearance", ("R13",), None, hall, (), 0, None, yes, NOTHING),
    )  # fmt: skip
    assert signature["yes"] == (
        f"once signed: {english.use('R15')} would be added; 0.6 MW more in use; "
        "CNY 18.5 million more capital"
    )
    assert signature["no"] == (
        f"no change: {english.use('R15')} stays out of it, since it "
        "may not begin without this signature"
    )
    assert signature["owner"] == english.lead(english.knowledge.use("R15").owner_office)
    assert "Hall 9" in clearance["decision"]


def test_what_was_not_given_is_asked_for_with_what_waits_for_it(full, english):
    programme, (waiting, *others) = full.programme, full.programme.second.projects
    lacks = replace(waiting, preconditions=(Precondition("unknown", "water_m3_day"),))
    second = replace(programme.second, projects=(lacks, *others))
    row, *_ = decided(replace(full, programme=replace(programme, second=second)), english)
    assert f"{english.lacking('water_m3_day')} given by March 2027" in row["decision"]


def test_both_languages_ask_the_same_decisions(cities, texts):
    for city in cities.values():
        shown = []
        for language in ("en", "zh-CN"):
            voice = Voice(texts, language, city.knowledge)
            shown.append(len(top_fields(decisions_asked(city, voice), city, voice)["decisions"]))
        assert shown[0] == shown[1]


def test_a_signature_is_due_when_the_task_that_asks_for_it_ends(cities, english):
    """Not when the agreement to cooperate that comes before it does."""
    met = 0
    for found in cities.values():
        second = set(found.programme.second.uses)
        for one in found.decisions:
            if one.kind != "signature" or second & set(one.uses):
                continue
            # What would change a project of the proposal is chosen before anything is filed for it.
            alone = replace(one.yes, leaves=(), later=(), resized=())
            asked = replace(one, yes=alone, advice="yes")
            tasks = [
                task
                for task in found.action_plan.actions
                if task.action.signs and set(one.uses) & set(task.because.uses)
            ]
            if not tasks:
                continue
            last = max(tasks, key=lambda task: task.end_month)
            row = decided(found, english, asked)[-1]
            assert row["by"] == month_of_end(last, found.region.plan_from, english)
            met += len(tasks) > 1
    assert met


def test_the_second_wave_is_asked_for_with_the_month_in_which_all_of_it_stands(cities, voice):
    seen = 0
    for found in cities.values():
        rows = {row["decision"]: row for row in decisions_asked(found, voice).rows}
        second = found.programme.second.projects
        head = voice.say("decision.prepare_second", count=counted(len(second), voice), what="")
        said = [row for decision, row in rows.items() if decision.startswith(head)]
        assert len(said) == bool(second)
        for row in said:
            last = max(math.ceil(found.action_plan.stands[one.use_id]) for one in second) - 1
            assert month(last, found.region.plan_from, voice) in row["yes"]
            seen += 1
    assert seen


def test_the_risk_of_the_dearest_project_is_among_those_of_a_first_page(full):
    found = own_risks(full)
    dearest = max(full.programme.projects, key=lambda one: one.capital.value).use_id
    own = next(one for one in found if dearest in one.uses)
    place = found.index(own)
    # Whatever stands before it, it takes the last place; those before it stay.
    for most in range(1, len(found) + 1):
        shown = top_risks(full, most)
        assert own in shown
        assert shown == (found[:most] if place < most else [*found[: most - 1], own])


def test_a_load_that_nobody_explains_stands_on_the_first_page(full, english):
    points = top_fields(decisions_asked(full, english), full, english)["points"]
    assert sum(point.startswith("A load of 1.2 MW on record") for point in points) == 1


def test_a_page_says_which_decisions_it_leaves_out_could_replace_what_and_when(cities, english):
    found = cities["qingdao"]
    asked = decisions_asked(found, english)
    fields = top_fields(asked, found, english)
    told = fields["decisions_more"]
    hidden = [
        (row, uses)
        for row, uses in zip(asked.changing, asked.replaced, strict=True)
        if uses and row not in fields["decisions"]
    ]
    assert hidden
    for row, uses in hidden:
        assert f"no. {row['number']} ({row['by']}) {english.use(uses[0])}" in told
        assert row in asked.rows


def test_two_plans_are_compared_by_a_task_and_chosen_between_by_the_body(cities, english):
    for code in ("heze", "qingdao"):
        found = cities[code]
        tasks = tasks_of(found, english)
        number, task = next(
            (at, one) for at, one in enumerate(tasks, 1) if "Compare both plans" in one.title
        )
        filed = [
            one for one in tasks if one.action and one.action.action.stage in {"vote", "award"}
        ]
        assert all(task.last < one.first for one in filed)
        row = next(
            row for row in decisions_asked(found, english).rows if "both plans" in row["decision"]
        )
        assert f"task {number} " in row["decision"]
        assert row["owner"] == english.office("governing_body")


def test_the_first_decision_names_what_contracts_land_permits_and_works_wait_for(cities, english):
    for found in cities.values():
        first = decisions_asked(found, english).rows[0]["decision"]
        for word in ("ownership", "legality", "debt", "originals"):
            assert word in first
        assert "no works, land or contract before each project’s vote, nothing filed until" in first
