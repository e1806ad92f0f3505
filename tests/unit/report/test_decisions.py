"""The decisions that the first page asks for."""

from dataclasses import replace

import pytest

from generator.model import Difference, Fact, Label, Step, StepPlan, StepResult
from generator.problems import Origin
from generator.report.changes import decision_lines


@pytest.fixture
def planned():
    """The result of one step that opens some uses and brings so much benefit."""

    def of(title, row, benefit, *opened):
        step = Step(
            Origin("region.xlsx", "Steps", str(row)), Label((("en", title),)), "dev_fte", "Role",
            Fact(1.0, "FTE"), Fact(2.5, "m"), Fact(7.0, "months"), Label((("en", "city bureau"),)),
            "public",
        )  # fmt: skip
        difference = Difference(opened, (), (), (), (), {}, (), (), benefit)
        return StepResult((step,), (), difference, 0.0, 2.5, 0.0)

    return of


def decided(full, english, *single):
    plan = StepPlan(single=single, together=None, unlocking=(), out_of_reach=())
    return decision_lines(replace(full, steps=plan), english)


def test_a_decision_names_step_owner_sum_months_and_what_stays_closed(full, english, planned):
    (line,) = decided(full, english, planned("Train staff", 4, 3.0, "U01"))
    for part in ("Train staff", "city bureau", "CNY 2.5 million", "7 months", english.use("U01")):
        assert part in line


def test_the_two_steps_that_bring_most_are_asked_for_first(full, english, planned):
    lines = decided(
        full, english, planned("Little", 4, 1.0, "U01"), planned("Most", 5, 9.0, "U02"),
        planned("More", 6, 5.0, "U03"), planned("Nothing", 7, 0.0),
    )  # fmt: skip
    assert [line.split("“")[1].split("”")[0] for line in lines] == ["Most", "More"]


def test_without_planned_steps_no_decision_is_asked(full, english):
    assert decided(full, english) == []
