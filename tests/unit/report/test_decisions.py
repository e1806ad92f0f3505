"""The decisions asked: what a yes and a no bring, with owner and month."""

from dataclasses import replace

import pytest

from generator.model import Fact, Label, Step, StepPlan, StepResult
from generator.model.programme import Decision, Difference, Place
from generator.problems import Origin
from generator.report.decisions import decision_rows

NOTHING = Difference((), (), (), (), (), (), {}, 0.0, 0.0, (), (), (), (), (), (), {})


@pytest.fixture
def planned():
    """The result of one step that is worth so much and brings some uses into the programme."""

    def of(title, row, value, *joins):
        step = Step(
            Origin("region.xlsx", "Steps", str(row)), Label((("en", title),)), "dev_fte", "Role",
            Fact(1.0, "FTE"), Fact(2.5, "m"), Fact(7.0, "months"), Label((("en", "city bureau"),)),
            "public",
        )  # fmt: skip
        difference = replace(NOTHING, joins=joins, value=value, effects={"jobs": 12.0 * len(joins)})
        return StepResult((step,), (), difference, 0.0, 2.5, 0.0)

    return of


def decided(full, english, *single, decisions=()):
    plan = StepPlan(single=single, together=None, unlocking=(), out_of_reach=())
    return decision_rows(replace(full, steps=plan, decisions=decisions), english)


def test_a_step_names_owner_sum_month_and_what_yes_and_no_bring(full, english, planned):
    row = decided(full, english, planned("Train staff", 4, 0.1, "U01"))[-1]
    assert row == {
        "decision": "Take the step “Train staff” (CNY 2.5 million)",
        "by": "July 2027",  # seven months from January
        "owner": "city bureau",
        "yes": f"joins the programme: {english.use('U01')}; 12 more full-time jobs",
        "no": "the programme stays as proposed",
    }


def test_the_two_steps_that_are_worth_most_are_asked_for_first(full, english, planned):
    rows = decided(
        full, english, planned("Little", 4, 0.1, "U01"), planned("Most", 5, 0.9, "U02"),
        planned("More", 6, 0.5, "U03"), planned("Nothing", 7, 0.0),
    )  # fmt: skip
    steps = [row["decision"] for row in rows if "step" in row["decision"]]
    assert [text.split("“")[1].split("”")[0] for text in steps] == ["Most", "More"]


def test_the_first_decision_is_about_the_whole_and_a_no_brings_nothing(cities, english):
    row, *_ = decided(cities["heze"], english)
    assert row["decision"].startswith("Approve the first wave (")
    assert row["no"] == "nothing is done and every effect is zero"
    assert row["owner"] == "this meeting"
    assert row["by"] == "January 2027"


def test_where_nothing_can_begin_the_preparation_is_asked_for(full, english):
    assert not full.programme.first.projects
    (row,) = decided(full, english)
    assert row["decision"].startswith("Have what must come first prepared for")
    assert row["no"] == "nothing is done and every effect is zero"


def test_without_a_project_and_a_step_nothing_is_asked(bare, english):
    assert decision_rows(bare, english) == []


def test_decisions_of_the_analysis_take_the_place_of_these(full, english, planned):
    yes = replace(NOTHING, earlier=("R07",), effects={"power": 0.6}, capital=18.5)
    asked = (
        Decision("signature", ("R07",), None, None, ("bank", "hospital"), 1, None, yes, NOTHING),
        Decision("ceiling", (), None, None, (), 120.0, NOTHING, replace(NOTHING, leaves=("R05",))),
        Decision("clearance", ("R13",), None, Place(Label((("en", "Hall 9"),)), 1), (), 0, None, yes, NOTHING),
    )  # fmt: skip
    rows = decided(full, english, planned("Train staff", 4, 0.1, "U01"), decisions=asked)
    assert len(rows) == 3
    assert rows[0]["yes"] == (
        f"can begin now instead of later: {english.use('R07')}; 0.6 MW more in use; "
        "CNY 18.5 million more capital"
    )
    assert rows[0]["no"] == "the programme stays as proposed"
    assert rows[0]["owner"] == english.lead(english.knowledge.use("R07").owner_office)
    assert rows[1]["decision"] == "Set the ceiling of capital at CNY 120 million"
    assert rows[1]["no"] == f"leaves the programme: {english.use('R05')}"
    assert "Hall 9" in rows[2]["decision"]
