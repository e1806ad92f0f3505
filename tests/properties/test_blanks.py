"""A cell that is left blank is no gain, whichever it is: no readiness, no people, no better plan."""

from datetime import date

import pytest
from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.scope import within
from generator.analysis.waves import first_wave
from generator.intake import read_submission
from generator.model import Fact

DAY = date(2026, 11, 28)
SHEETS = ("power", "data_centres", "workforce", "connectivity", "industry", "sites", "measures")
NOT_TRIED = {"grid_factor", "unexplained_load_mw"}
"""Another number takes the place of the one, and the other is a risk and no asset."""


@pytest.fixture(scope="module", params=["changzhi", "heze", "qingdao"])
def city(request, root, knowledge):
    """A sample city, run once; cells are blanked one after the other beside it."""
    (here,) = read_submission([root / f"inputs/regions/{request.param}.xlsx"], knowledge).regions
    return core.run(here, within(knowledge, knowledge.lineage(here.jurisdiction)), DAY)


def _cells(here):
    """Sheet, column and row of every number, and of every single figure."""
    for sheet in SHEETS:
        for place, row in enumerate(getattr(here, sheet)):
            for name in row.__struct_fields__:
                value = getattr(row, name)
                if isinstance(value, Fact) and value.value is not None:
                    yield sheet, name, place
    for figure, fact in here.figures.items():
        if fact.value is not None and figure not in NOT_TRIED:
            yield "figures", figure, 0


def _blanked(here, cells):
    """The region with some cells blank."""
    for sheet, column, place in cells:
        if sheet == "figures":
            blank = replace(here.figures[column], value=None, low=None, high=None)
            here = replace(here, figures={**here.figures, column: blank})
            continue
        rows = list(getattr(here, sheet))
        blank = replace(getattr(rows[place], column), value=None, low=None, high=None)
        rows[place] = replace(rows[place], **{column: blank})
        here = replace(here, **{sheet: tuple(rows)})
    return here


def _gains(base, cells):
    """What a blank raises: low ends and coverage, people whom a use reaches, the plan's value."""
    other = base.again(_blanked(base.region, cells))
    found = []
    for use_id, use in base.readiness.uses.items():
        blank = other.readiness.uses[use_id]
        if blank.low > use.low + 1e-9 or blank.coverage_pct > use.coverage_pct + 1e-9:
            found.append((cells[0], use_id, "readiness"))
    for use_id, one in other.setting.candidates.items():
        before = base.setting.candidates.get(use_id)
        if before is None or one.reached > before.reached + 1e-9:
            found.append((cells[0], use_id, "served"))
    gained = first_wave(other.setting).found.value - first_wave(base.setting).found.value
    if gained > 1e-9:
        found.append((cells[0], gained, "value"))
    return found


def test_blanking_a_column_is_no_gain(city):
    columns = {}
    for cell in _cells(city.region):
        columns.setdefault(cell[:2], []).append(cell)

    assert len(columns) > 20
    assert [one for cells in columns.values() for one in _gains(city, cells)] == []


@pytest.mark.exhaustive("every cell of three workbooks")
def test_blanking_a_cell_is_no_gain(city):
    assert [one for cell in _cells(city.region) for one in _gains(city, [cell])] == []
