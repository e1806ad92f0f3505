"""A cell that is left blank raises no readiness, whichever it is."""

from dataclasses import fields, replace
from datetime import date

import pytest

from generator.analysis.scope import within
from generator.analysis.scoring import score
from generator.analysis.screening import lineage, screen
from generator.intake import read_submission
from generator.model import Fact

DAY = date(2026, 11, 28)
SHEETS = ("power", "data_centres", "workforce", "connectivity", "industry", "sites")
NOT_TRIED = {"grid_factor", "unexplained_load_mw"}
"""Another number takes the place of the one, and the other is a risk and no asset."""


@pytest.fixture(scope="module", params=["changzhi", "heze", "qingdao"])
def city(request, root, knowledge):
    """A sample city, the knowledge of its legal order, and its readiness by use."""
    (here,) = read_submission([root / f"inputs/regions/{request.param}.xlsx"], knowledge).regions
    known = within(knowledge, lineage(here.jurisdiction, knowledge))
    return here, known, _low_ends(here, known)


def _low_ends(here, known):
    found = score(here, known, screen(here, known, DAY))
    return {key: (use.low, use.coverage_pct) for key, use in found.uses.items()}


def _cells(here):
    """Sheet, column and row of every number, and of every single figure."""
    for sheet in SHEETS:
        for place, row in enumerate(getattr(here, sheet)):
            for part in fields(row):
                value = getattr(row, part.name)
                if isinstance(value, Fact) and value.value is not None:
                    yield sheet, part.name, place
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


def _raised(here, known, before, cells):
    """The uses whose low end or coverage a blank raises."""
    after = _low_ends(_blanked(here, cells), known)
    return [
        (cells[0], use_id)
        for use_id, (low, coverage) in before.items()
        if after[use_id][0] > low + 1e-9 or after[use_id][1] > coverage + 1e-9
    ]


def test_blanking_a_column_raises_no_readiness_and_no_coverage(city):
    here, known, before = city
    columns = {}
    for cell in _cells(here):
        columns.setdefault(cell[:2], []).append(cell)

    assert len(columns) > 20
    assert [one for cells in columns.values() for one in _raised(here, known, before, cells)] == []


@pytest.mark.slow("every cell of three workbooks")
def test_blanking_a_cell_raises_no_readiness_and_no_coverage(city):
    here, known, before = city

    assert [one for cell in _cells(here) for one in _raised(here, known, before, [cell])] == []
