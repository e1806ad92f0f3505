"""Money by year: capital while projects are built, running cost once they are open."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis.calendar import (
    money_after_plan,
    money_by_year,
    opening,
    stand,
    works_begin,
)
from generator.model import Bodies, Fact, Opening, Project, ProjectSite, Wave
from generator.model.programme_inputs import ProgrammeInputs, UnitInputs

UNIT = UnitInputs(None, 0.0, 0.0, 0.0, {}, {}, {}, False, False, 0.0, ())  # noqa: FBT003 - the fields' places
NO_WAVE = Wave((), 0.0, {}, 0.0, (0.0, 0.0), 0.0, has_platform=False)


def project(use_id, capital, months, running=(1.0, 2.0)):
    fact = Fact(capital, "CNY m", capital / 2, capital * 2)
    return Project(
        use_id=use_id, category="power_reuse", place=ProjectSite(), size=1.0, capital=fact,
        jobs=Fact(1.0, "FTE"), jobs_by="operator", effects={}, needs={}, connection_mw=0.0,
        running_cost=running, emissions_kt=None, served_strong=0.0, months=months,
        value_alone=0.0, bound=None,
    )  # fmt: skip


def wave(*projects, platform=0.0):
    total = sum(one.capital.value for one in projects) + platform
    return Wave(projects, 0.0, {}, total, (total / 2, total * 2), platform, bool(platform))


@pytest.fixture
def years(cities):
    """`years(first, second, plan_from)`: the money of a programme of these waves."""
    blank = cities["heze"].programme

    def spend(first, second=NO_WAVE, plan_from=date(2027, 1, 1), shared=(), steps=()):
        uses = {
            one.use_id: replace(UNIT, on_shared_platform=one.use_id in shared)
            for part in (first, second)
            for one in part.projects
        }
        inputs = ProgrammeInputs(uses, (), (), 0.0, (), (), {})
        found = replace(blank, first=first, second=second, choice_inputs=inputs)
        begins, opens = works_begin(found, steps), opening(found, steps)
        return money_by_year(found, plan_from, begins, opens)

    return spend


def test_capital_is_spread_evenly_over_the_middle_of_the_months_of_build(years):
    """24 million over 18 months (12 to 24): 16 in the first year, 8 in the second."""
    found = years(wave(project("R05", 24.0, (12.0, 24.0))))
    assert [one.year for one in found] == [2027, 2028]
    assert [one.first for one in found] == pytest.approx([16.0, 8.0])
    assert [one.second for one in found] == [0.0, 0.0]
    # The ends in the same proportions: 12 to 48 million in all.
    assert found[0].capital == pytest.approx((8.0, 32.0))
    assert found[1].capital == pytest.approx((4.0, 16.0))


def test_running_cost_begins_when_a_project_without_further_steps_is_built(years):
    """Built by the middle of the second year: half a year of 1 to 2 million."""
    first, second = years(wave(project("R05", 24.0, (18.0, 18.0))))
    assert first.running == (0.0, 0.0)
    assert second.running == pytest.approx((0.5, 1.0))


def test_running_cost_is_low_after_longer_building_and_high_after_shorter(years):
    """Open between month 18 and 30: nothing to half a year of 2 million in the second year."""
    found = years(
        wave(project("R05", 24.0, (18.0, 30.0)), project("R06", 24.0, (36.0, 36.0), (0.0, 0.0)))
    )
    assert [one.running for one in found] == [
        (0.0, 0.0), pytest.approx((0.0, 1.0)), pytest.approx((0.5, 2.0)),
    ]  # fmt: skip


def test_a_project_opens_after_what_comes_between_works_and_opening(cities, step):
    """Permits of three months, 9 to 15 of build; then acceptance, a month, and a filing after it, two."""
    accepted = replace(step(1.0, ("R05",), stage="before_opening"), depends_on=())
    filed = replace(accepted, duration_months=2.0, depends_on=("ACC",))
    accepted = replace(accepted, action=replace(accepted.action, action_id="ACC"))
    entered = replace(step(9.0, ("R05",), stage="after_works"), duration_months=7.0)
    first = wave(project("R05", 12.0, (9.0, 15.0)), project("R06", 12.0, (6.0, 7.0)))
    found = replace(cities["heze"].programme, first=first, second=NO_WAVE)
    steps = (step(3.0, ("R05",)), accepted, filed, entered)
    assert stand(found, works_begin(found, steps))["R05"] == 15.0
    opens = opening(found, steps)
    assert opens["R05"] == Opening(3 + 9 + 3, 3 + 12 + 3, 3 + 15 + 3)
    # Nothing comes between: it opens within the month in which it is built.
    assert opens["R06"] == Opening(6.0, 6.5, 7.0)


def test_the_second_wave_opens_later_where_the_first_is_built_longer(cities):
    first, second = wave(project("R05", 1.0, (6.0, 10.0))), wave(project("R06", 1.0, (3.0, 5.0)))
    found = replace(cities["heze"].programme, first=first, second=second)
    assert opening(found, ())["R06"] == Opening(9.0, 12.0, 15.0)


def test_a_plan_that_begins_within_a_year_spends_the_rest_of_it_first(years):
    """From October: three of twelve months in 2026."""
    found = years(wave(project("R05", 12.0, (12.0, 12.0))), plan_from=date(2026, 10, 1))
    assert [(one.year, one.first) for one in found] == [
        (2026, pytest.approx(3.0)), (2027, pytest.approx(9.0)),
    ]  # fmt: skip


def test_without_a_start_years_of_the_plan_are_counted(years):
    found = years(wave(project("R05", 12.0, (24.0, 24.0))), plan_from=None)
    assert [one.year for one in found] == [1, 2]


def test_the_second_wave_begins_when_the_last_of_the_first_is_built(years):
    found = years(
        wave(project("R05", 12.0, (6.0, 6.0)), project("R06", 12.0, (12.0, 12.0))),
        wave(project("R07", 30.0, (12.0, 12.0))),
    )
    assert [(one.first, one.second) for one in found] == [
        (pytest.approx(24.0), 0.0), (0.0, pytest.approx(30.0)),
    ]  # fmt: skip
    # The six-month project runs for half of the first year and all of the second.
    assert found[1].running == pytest.approx((2.0, 4.0))


@pytest.fixture
def step(cities):
    """`step(end, uses, of_law, stage)`: a planned action that ends in that month."""
    pattern = next(one for one in cities["heze"].action_plan.actions if one.action.procedure_id)

    def made(end, uses, *, of_law=True, stage=""):
        cause = replace(pattern.causes[0], kind="procedure" if of_law else "selected", uses=uses)
        own = {} if of_law else {"procedure_id": "", "before_approval": None}
        action = replace(pattern.action, stage=stage, **own)
        return replace(
            pattern, action=action, causes=(cause,), start_month=end - 1.0, duration_months=1.0
        )

    return made


def test_works_wait_for_what_the_law_asks_before_them_and_for_nothing_else(years, step):
    """Permits of eleven months: 1 of 12 months in 2027; an entry in a register comes after."""
    found = years(
        wave(project("R05", 12.0, (12.0, 12.0)), project("R06", 12.0, (12.0, 12.0))),
        steps=(
            step(11.0, ("R05",)),
            step(20.0, ("R05",), stage="after_works"),
            step(9.0, ("R06",), of_law=False),
        ),
    )
    assert [one.first for one in found] == pytest.approx([1.0 + 12.0, 11.0])


def test_works_wait_for_a_tender_of_no_project_and_for_what_must_be_known_before_them(years, step):
    """A tender of three months for both; R05's size is known after nine; a test ends with the works."""
    found = years(
        wave(project("R05", 12.0, (12.0, 12.0)), project("R06", 12.0, (12.0, 12.0))),
        steps=(
            step(3.0, ()),
            step(9.0, ("R05",), of_law=False, stage="before_works"),
            step(20.0, ("R06",), stage="in_works"),
        ),
    )
    assert [one.first for one in found] == pytest.approx([3.0 + 9.0, 9.0 + 3.0])


def test_works_wait_for_the_signatures_that_are_still_missing(years, step):
    """R05 is still to be signed for in month 3; for R06 everybody has signed."""
    asked = step(3.0, ("R05", "R06"), of_law=False)
    bodies = Bodies((), (), (("R05", "fleet_operator"),))
    asked = replace(asked, action=replace(asked.action, signs=True), bodies=bodies)
    works = wave(project("R05", 12.0, (12.0, 12.0)), project("R06", 12.0, (12.0, 12.0)))
    assert [one.first for one in years(works, steps=(asked,))] == pytest.approx([9.0 + 12.0, 3.0])


def test_what_a_common_platform_saves_is_shared_by_the_projects_on_it(years):
    """40 on the platform less 10, 20 beside it: 50 in all, three quarters of each on it."""
    chains = (project("U01", 30.0, (12.0, 12.0)), project("U02", 10.0, (24.0, 24.0)))
    found = years(
        wave(*chains, project("R05", 20.0, (12.0, 12.0)), platform=-10.0),
        shared=("U01", "U02"),
    )
    assert [one.first for one in found] == pytest.approx([22.5 + 3.75 + 20.0, 3.75])


def test_an_unknown_running_cost_is_no_zero(years):
    found = years(
        wave(project("R05", 12.0, (6.0, 6.0), running=None), project("R06", 12.0, (24.0, 24.0)))
    )
    assert [one.running for one in found] == [None, None]


def test_nothing_planned_asks_for_nothing(years):
    assert years(NO_WAVE) == ()


def test_a_project_without_months_is_paid_for_at_once(years):
    (only,) = years(wave(project("R05", 12.0, (0.0, 0.0))))
    assert only.first == 12.0


def test_what_falls_after_the_plan_is_told_by_wave(cities):
    """18 months of 18 million and then 12 of 12; the plan has 24: 6 of the second come after it."""
    first = wave(project("R05", 18.0, (18.0, 18.0)))
    second = wave(project("R06", 12.0, (12.0, 12.0)))
    found = replace(cities["heze"].programme, first=first, second=second)
    uses = dict.fromkeys(("R05", "R06"), replace(UNIT, on_shared_platform=False))
    found = replace(found, choice_inputs=ProgrammeInputs(uses, (), (), 0.0, (), (), {}))
    begins = works_begin(found, ())
    late = money_after_plan(found, 24, begins)
    assert (late.first, late.second) == pytest.approx((0.0, 6.0))
    assert late.capital == pytest.approx((3.0, 12.0))
    assert money_after_plan(found, 30, begins) is None
    assert money_after_plan(found, None, begins) is None
