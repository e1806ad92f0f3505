"""A run that takes over what nothing changed finds what a run from scratch finds."""

from datetime import date

import pytest
from msgspec.structs import replace
from oracles.rerun import Forgetful, ends_of, measured, told, whole

from generator.analysis import core
from generator.analysis.decisions import Questions
from generator.analysis.measure import Trials, measure_next
from generator.analysis.programme import programme
from generator.analysis.scenarios import outcome_of, run_scenarios
from generator.analysis.scope import within
from generator.analysis.steps import try_steps
from generator.analysis.waves import first_wave, second_wave
from generator.analysis.withinlimit import kept_after, kept_within
from generator.intake import read_submission

DAY = date(2026, 11, 28)
MINUTES = "every end of every range of three workbooks, run whole"


@pytest.fixture(scope="module", params=["changzhi", "heze", "qingdao"])
def city(request, root, knowledge):
    """A sample city and the knowledge of its legal order."""
    (here,) = read_submission([root / f"inputs/regions/{request.param}.xlsx"], knowledge).regions
    return here, within(knowledge, knowledge.lineage(here.jurisdiction))


@pytest.fixture
def base(city):
    """The run of the city."""
    return core.run(*city, DAY)


def _blank(region, sheet, column, row=0):
    rows = list(getattr(region, sheet))
    fact = replace(getattr(rows[row], column), value=None, low=None, high=None)
    rows[row] = replace(rows[row], **{column: fact})
    return replace(region, **{sheet: tuple(rows)})


def _gappy(region):
    """A region with blanks in sheets whose other cells are still measured."""
    for sheet, column in (
        ("industry", "employment"), ("power", "price"), ("data_centres", "racks_free"),
    ):  # fmt: skip
        region = _blank(region, sheet, column)
    return region


def _answers(base):
    """Everything that runs the region again."""
    outcome = outcome_of(base)
    steps = try_steps(outcome)
    asked = Questions(outcome, programme(base), steps).asked()
    return tuple(run_scenarios(outcome)), steps, asked


def test_scenarios_steps_and_decisions_are_those_of_whole_runs(city, base):
    scratch = core.run(*city, DAY, memo=Forgetful())

    assert _answers(base) == _answers(scratch)


@pytest.mark.parametrize("of", [lambda region: region, _gappy], ids=["filled", "with blanks"])
def test_some_measured_cells_change_what_whole_runs_say(city, of):
    region, knowledge = city
    base = core.run(of(region), knowledge, DAY)

    assert _wrong(base, every=11) == []


@pytest.mark.exhaustive(MINUTES)
@pytest.mark.parametrize("of", [lambda region: region, _gappy], ids=["filled", "with blanks"])
def test_every_measured_cell_changes_what_whole_runs_say(city, of):
    region, knowledge = city
    base = core.run(of(region), knowledge, DAY)

    assert _wrong(base) == []


def _wrong(base, every=1):
    """Cells of which the short way, or a run that takes over, differs from a whole run."""
    trials, wrong = Trials(base), []
    for cell, value, run in ends_of(base, every):
        other = base.again(run.region)
        wave = kept_within(run.setting, first_wave(run.setting))
        waves = told(wave), told(kept_after(run.setting, wave, second_wave(run.setting, wave)))
        if (
            tuple(map(told, trials.waves(cell, value))) != waves
            or told(kept_within(other.setting, first_wave(other.setting))) != waves[0]
            or other.screening != run.screening
            or other.readiness != run.readiness
            or other.setting.candidates != run.setting.candidates
        ):
            wrong.append((cell.register, cell.column, cell.row, value))
    return wrong


@pytest.mark.exhaustive(MINUTES)
def test_what_to_measure_next_is_what_whole_runs_find(base):
    found = {
        (one.sheet, one.column, record): (one.turns, round(one.spread, 9))
        for one in measure_next(base)
        if one.turns or one.spread > 0
        for record in one.records
    }

    assert found == measured(base)


def test_a_region_run_again_unchanged_is_the_same(city, base):
    other = base.again(city[0])

    assert other.readiness == whole(*city, DAY).readiness
    assert told(first_wave(other.setting)) == told(first_wave(base.setting))
