"""The decisions asked: what a yes and a no bring, with owner and month."""

import math
import re

import pytest
from msgspec.structs import replace

from generator.analysis.scope import within
from generator.choices.rivals import choices_between
from generator.choices.worth import dearer_by
from generator.model import Fact, Label, Step
from generator.model.choosing import ProjectSite
from generator.model.decisions import Decision, Difference
from generator.model.programme import Precondition
from generator.problems import Origin
from generator.report.actions import month, month_of_end
from generator.report.compared import plan_rows
from generator.report.decisions import decisions_asked
from generator.report.front import top_fields
from generator.report.ownrisks import own_risk_fields
from generator.report.projects import brought, counted
from generator.report.task import each_of
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import Place, task_at
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


def with_decisions(assessment, *decisions):
    """The same region with these decisions, and the choices between plans that follow from them."""
    other = replace(assessment, decisions=decisions)
    return replace(other, choices=tuple(choices_between(other)))


def decided(assessment, voice, *decisions):
    return decisions_asked(with_decisions(assessment, *decisions), voice).rows


def test_a_step_names_owner_sum_month_and_what_yes_and_no_bring(full, english, step):
    row = decided(full, english, step("Train staff", 4, 0.1, "U01"))[-1]
    assert row == {
        "decision": "Take the step “Train staff”; cost CNY 2.5 million",
        "ask": "Take the step “Train staff”",
        "short": "Take the step “Train staff”",
        "terms": "cost CNY 2.5 million",
        "by": "January 2027",  # it begins with the plan
        # A meeting decides; who prepares it and answers for it stands apart.
        "owner": english.office("governing_body"),
        "lead": "city bureau",
        "yes": f"{english.use('U01')} would be added; 12 more full-time jobs",
        "yes_brief": f"{english.use('U01')} would be added; 12 more full-time jobs",
        "no": f"no change: what this step brings stays out ({english.use('U01')})",
        "number": "3",  # after the preparation and its leads
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


def test_the_first_page_asks_all_of_the_first_vote_and_names_what_later_votes_change(
    cities, english
):
    for found in cities.values():
        asked = decisions_asked(found, english)
        fields = top_fields(asked, found, english)
        shown = [row["number"] for row in fields["decisions"]]
        first = english.month(2027, 1)
        assert shown == sorted(shown)
        assert {row["number"] for row in asked.rows if row["by"] == first} <= set(shown)
        planned = {row["number"]: row["voted"] for row in fields["plans"]}
        for one in asked.changing:
            number, by = one.row["number"], one.row["by"]
            # Plans to choose between have a table of their own, with the month of their vote.
            assert planned.get(number, by) == by
            told = f"{one.row['short']} ({by})" in fields["decisions_more"]
            assert told == (number not in {*shown, *planned})
            assert one.row["short"]


def test_the_plan_proposed_and_the_first_to_choose_from_stand_in_every_page_that_has_any(
    cities, english
):
    for found in cities.values():
        asked = decisions_asked(found, english)
        fields = top_fields(asked, found, english)
        others = [plan for one in asked.changing for plan in one.plans]
        # One other plan stands in the decision that prepares its choice, with the rule.
        assert len(fields["plans"]) == (1 + min(3, len(others)) if len(others) > 1 else 0)
        assert len(fields["plans_all"]) == (1 + len(others) if others else 0)
        if len(others) == 1:
            (number,) = asked.choices
            (told,) = [one for one in fields["decisions"] if one["number"] == number]
            (plan,) = others
            assert plan.short in told["terms"]
            assert plan.conditions in told["terms"]
            assert told["terms"].endswith(asked.choices[number].row["advice"])
        for row, plan in zip(fields["plans"][1:], others, strict=False):
            # In few words here; the planning brief tells sizes, places and all that is waited for.
            assert (row["what"], row["waits"]) == (plan.short, plan.conditions or plan.waits)
        for row, plan in zip(fields["plans_all"][1:], others, strict=True):
            assert (row["what"], row["waits"]) == (plan.what, plan.waits)


def test_steps_of_the_first_vote_stand_on_the_page_whatever_room_they_take(full, english, step):
    asked = [step(f"Step {number}", number, 1 - number / 10, "U01") for number in range(7)]
    found = with_decisions(full, *asked)
    fields = top_fields(decisions_asked(found, english), found, english)
    # Preparation and who leads it come before the seven steps; what stays idle is asked without a vote.
    assert len(fields["decisions"]) == len(fields["decisions_all"]) == 9
    each = "Each was tried by itself beside the proposal; effects of several do not add up."
    assert fields["decisions_more"] == each


def test_the_work_is_opened_then_led_then_its_examples_replaced_and_a_no_brings_nothing(
    dear, english
):
    found = dear["heze"]
    row, leads, *_ = decisions_asked(found, english).rows
    assert leads["ask"] == "Confirm lead bodies and first steps of the first wave"
    # To replace values is work of the offices: a condition of the vote, no decision.
    assert "values are replaced by March 2027" in row["yes"]
    # The samples hold example values, and on those no money is decided.
    assert row["decision"].startswith("Open the preparation of the first wave (")
    # Nor is an estimate of it part of what is resolved.
    assert english.about(found.programme.firmness.capital.p90) not in row["decision"]
    # Platforms may begin before the hall, whose steps of law take longer.
    assert re.search(
        r"replaced by March 2027.*; each project, computed anew, has its own vote "
        r"\([A-Z]\w+ 2027( – [A-Z]\w+ 2027)?\)$",
        row["yes"],
    )
    assert row["no"] == "nothing begins; what builds on it falls away"
    assert row["owner"] == english.office("governing_body")
    assert row["by"] == "January 2027"


def test_projects_are_approved_once_what_comes_before_that_is_done(dear, english):
    found = dear["changzhi"]
    sure = replace(
        found,
        confidences={
            **found.confidences,
            "programme": replace(found.confidence, is_illustrative=False),
        },
    )
    asked = decisions_asked(sure, english)
    row, leads, *_ = asked.rows
    first = found.programme.first
    assert row["decision"].startswith("Approve the first wave (")
    assert "ceiling CNY " in row["terms"]
    # Steps that another plan rests on are decided with that plan.
    assert "first steps" not in row["terms"]
    (sought,) = [one for one in asked.rows if one["ask"].startswith("Ask now for what plan")]
    assert "the steps cost at most CNY 2.4 million, decided here alone" in sought["terms"]
    assert "unpaid in-house work only" in row["terms"]
    assert "adopts no figure" not in asked.limits
    assert f"the plan goes ahead: {brought(first.effects, english)}; " in row["yes"]
    # Who owns each project is settled in March.
    assert (row["owner"], row["by"]) == (english.office("governing_body"), "April 2027")
    assert leads["terms"].startswith("ahead of 1")
    assert (leads["owner"], leads["by"]) == (english.office("governing_body"), "January 2027")


def test_who_leads_among_the_offices_is_asked_of_whoever_assigns_their_work(cities, english):
    """In a German city that is the lord mayor; the council votes on the plan and its money."""
    found, known = cities["heze"], english.knowledge
    row, leads, *_ = decisions_asked(found, english).rows
    assert row["owner"] == leads["owner"] == english.office("governing_body")
    here = within(known, known.lineage("DE"), "DEA24")
    others = (one for one in known.offices if one.office_key != "assigns_leads")
    speaking = replace(known, offices=(*others, here.office("assigns_leads")))
    row, leads, *_ = decisions_asked(found, Voice(english.texts, "en", speaking)).rows
    assert (row["owner"], leads["owner"]) == (english.office("governing_body"), "lord mayor")


def test_a_plan_that_the_law_brings_to_a_vote_of_its_own_says_when(cities, english):
    found = cities["heze"]
    plan = found.action_plan
    ahead = next(one for one in plan.actions if one.action.before_approval)
    own = replace(ahead.action, lead_office="governing_body")
    voted = replace(ahead, start_month=4.0, duration_months=2.0, action=own)
    there = replace(found, action_plan=replace(plan, actions=(*plan.actions, voted)))
    assert (
        "the whole plan is put to the vote in June 2027; each project, computed anew, has its own "
        in (decisions_asked(there, english).rows[0]["yes"])
    )
    assert "the whole plan" not in decisions_asked(found, english).rows[0]["yes"]


@pytest.mark.parametrize("wave", ["first", "second"])
def test_what_would_replace_a_project_that_is_proposed_is_an_alternative_to_it(dear, english, wave):
    found = dear["changzhi"]
    gone = getattr(found.programme, wave).uses[0]
    yes = replace(NOTHING, joins=("U06",), leaves=(gone,), value=0.2, effects={"jobs": 50.0})
    signature = Decision(
        "signature", ("U06",), None, None, ("bank",), 1, None, yes, NOTHING, advice="yes"
    )
    asked = decisions_asked(with_decisions(found, signature), english)
    one = asked.changing[-1]
    # Nobody chooses now: what the other plan waits for is settled, and what differs is a candidate.
    (row,) = (row for row in asked.rows if row["number"] == one.row["number"])
    assert row["ask"] == "Ask now for what plan B waits for"
    assert asked.candidates == {gone: one.row["by"]}
    assert f"A: as proposed; B: {english.use('U06')} in place of " in one.row["decision"]
    assert one.plans[0].what == f"{english.use('U06')} in place of {english.use(gone)}"
    top = top_fields(asked, found, english)
    assert all(
        row["answers"] == ["☐\xa0yes", "☐\xa0later", "☐\xa0no"] for row in top["decisions_all"]
    )
    # No table of two plans: the decision tells the other one and the rule.
    assert (top["plans"], top["choices"]) == ([], [])
    (told,) = (row for row in top["decisions"] if row["number"] == one.row["number"])
    assert f"Plan B: {one.plans[0].short}. " in told["terms"]
    assert told["terms"].endswith(one.row["advice"])
    refused = replace(signature, advice="no")
    # What the figures speak against is no decision of today.
    assert not any(
        "U06" in one["decision"] or english.use("U06") in one["decision"]
        for one in decided(found, english, refused)
    )


def test_two_ways_for_one_project_are_one_choice_before_anything_is_filed(dear, english):
    found = dear["heze"]
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
    begin = next(one for one in found.decisions if one.kind == "programme")
    asked = decisions_asked(with_decisions(found, begin, signature, other), english)
    row = asked.changing[-1].row
    # The larger size, beyond the limit of money, is one more; nothing is settled for it but money.
    assert "Ask now for what plans B and C wait for" in {one["ask"] for one in asked.rows}
    assert english.use(use) in row["short"]
    assert "A: as proposed; B: " in row["decision"]
    assert "; D: larger: " in row["decision"]
    # Nothing is filed before it, and it follows the letters of intent, which are there in June.
    assert row["by"] == "July 2027"
    assert (
        f"{english.use(use)}: studies only, nothing filed until July 2027"
        in (asked.rows[0]["terms"])
    )


def test_what_a_prepared_project_waits_for_is_asked_for_once(dear, english):
    """A site to be cleared is a decision; a signature is part of the preparation of its wave."""
    found = dear["changzhi"]
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
    assert any(f"letters of intent by {by}" in one["decision"] for one in before)


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
    assert row["no"] == "nothing begins; what builds on it falls away"


def test_without_a_project_and_a_step_nothing_is_asked(bare, english):
    assert decisions_asked(bare, english).rows == []


def test_signatures_and_clearances_name_whom_they_are_about(full, english):
    yes = replace(NOTHING, joins=("R15",), effects={"power": 0.6}, capital=18.5)
    hall = ProjectSite(Label((("en", "Hall 9"),)), 1)
    # A site may be cleared at once; a signature is voted on once it is there.
    *_, clearance, signature = decided(
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
    assert signature["lead"] == english.lead(english.knowledge.use("R15").owner_office)
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


def test_the_second_wave_is_asked_for_with_the_month_in_which_all_of_it_is_open(cities, voice):
    seen = 0
    for found in cities.values():
        rows = {row["decision"]: row for row in decisions_asked(found, voice).rows}
        second = found.programme.second.projects
        head = voice.say("decision.prepare_second", count=counted(len(second), voice))
        said = [row for decision, row in rows.items() if decision.startswith(head)]
        assert len(said) == bool(second)
        for row in said:
            opens = found.action_plan.opens
            last = max(math.ceil(opens[one.use_id].middle) for one in second) - 1
            assert month(last, found.region.plan_from, voice) in row["yes"]
            seen += 1
    assert seen


def test_a_load_that_nobody_explains_stands_on_the_first_page(full, english):
    top = top_fields(decisions_asked(full, english), full, english)
    assert "the 1.2 MW with no registered user" in top["order"][0]
    assert not any("registered user" in row["ask"] for row in top["decisions_all"])
    # The chapter on risks tells it as one; here projects are told.
    assert len(top["risks"]) == 3
    own = own_risk_fields(full, english)["own"]
    assert any(row["title"] == "Unexplained electricity load" for row in own)


def test_two_plans_are_compared_by_a_task_and_chosen_between_by_the_body(as_one, english):
    found = as_one
    tasks = tasks_of(found, english)
    (task,) = (one for one in each_of(tasks) if one.title.startswith("Compare plans A, B and C"))
    filed = [one for one in tasks if one.action and one.action.action.stage in {"vote", "award"}]
    # What the plans differ on is filed later; the rest does not wait for the choice.
    assert all(task.last < one.last for one in filed)
    asked = decisions_asked(found, english)
    assert sum(each.rival.kind == "both" for one in asked.changing for each in one.plans) == 1
    # The first decision says that others must wait.
    assert asked.rows[0]["advice"] == "none that can begin now is worth more"
    own, *others = plan_rows(asked.choices, found, english)[0]
    both = next(row for row in others if "both waves as one" in row["what"])
    # What the proposal is said to be worth less is the same share of what the other is worth.
    less = 1 - int(own["worth"]) / int(both["worth"])
    assert less == pytest.approx(dearer_by(found), abs=0.01)


def test_a_plan_that_rests_on_what_nobody_can_prepare_is_not_compared(dear, english):
    # Heze: two waves as one were worth more only with factory units, whose industry is too small.
    found = dear["heze"]
    assert found.idle.outside["R06"].kind == "given"
    assert not any("Compare plans" in one.title for one in tasks_of(found, english))
    rows = decisions_asked(found, english).rows
    assert rows
    assert not any("both waves as one" in row["decision"] for row in rows)


def test_every_yes_names_what_contracts_land_permits_and_works_wait_for(cities, english):
    for found in cities.values():
        limits = decisions_asked(found, english).limits
        for word in ("owner of each project", "competence", "debt", "originals"):
            assert word in limits
        assert ("Building money and contracts wait for each project’s vote") in limits
        assert "is submitted, after this vote, only once these are settled: " in limits


def test_opinions_on_finance_and_law_are_there_before_the_first_vote(cities, english):
    for found in cities.values():
        asked = decisions_asked(found, english)
        row = asked.rows[0]
        offices = [english.office(key) for key in ("finance", "justice_bureau")]
        assert (
            f"written opinions of {offices[0]} and {offices[1]} on opening the studies"
            in asked.limits
        )
        # The planning brief says which of its tasks bring them.
        note = top_fields(asked, found, english)["decisions_note"]
        told = re.search(r"The opinions come by tasks? ([^.]+)\.", note)
        # A number may join an opinion with other work: then its own part is named, such as 3-1.
        places = [Place(*map(int, one.split("-"))) for one in re.findall(r"[\d-]+", told[1])]
        named = [task_at(place, tasks_of(found, english)) for place in places]
        assert all(not task.joins for task in named)
        assert {task.lead for task in named} == {
            english.lead(key) for key in ("finance", "justice_bureau")
        }
        for task in named:
            assert "opinion" in task.title
            assert month(task.last, found.region.plan_from, english) == row["by"]
