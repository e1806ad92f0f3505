"""Switching values: put into the region they make two scores equal, and none is missed."""

from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.contributions import contribution
from generator.analysis.draws import Draws
from generator.analysis.robustness import vary
from generator.analysis.sampling import draw_parts
from generator.model import Measure
from generator.pipeline import read
from generator.settings import load_settings

EQUAL = 1e-9
DRAWS = 500
GRID = 101


def _cities():
    """The sample cities as they ship, each with its base run and its switching values."""
    day = date(2026, 11, 21)
    knowledge, _, submission = read(load_settings({"as_of": day.isoformat()}, day))
    for here in submission.regions:
        base = core.run(here, knowledge, day)
        yield base, _switching(base)


def _switching(base):
    draws = Draws(1, DRAWS, base.region.code)
    parts = draw_parts(base.region, base.knowledge, base.screening, base.readiness, draws)
    return vary(base, parts, draws).switching


def _short_of(role, share):
    """A sample city with a share of one staff group, where its two leading uses draw near."""
    base = CITIES[0][0]
    rows = (
        replace(row, available_fte=_times(row.available_fte, share))
        if row.counts_towards == role
        else row
        for row in base.region.workforce
    )
    here = replace(base.region, workforce=tuple(rows), code=f"{base.region.code}-short-of-{role}")
    near = core.run(here, base.knowledge, base.screening.as_of)
    return near, _switching(near)


def _times(fact, share):
    ends = {key: getattr(fact, key) for key in ("value", "low", "high")}
    return replace(fact, **{key: None if end is None else end * share for key, end in ends.items()})


CITIES = [*_cities()]
CITIES.append(_short_of("technicians", 0.2))
ALL = [
    pytest.param(base, one, id=f"{base.region.code}-{one.use_id}-{one.rival_id}-{one.input}")
    for base, found in CITIES
    for one in found
]
READINESS = [case for case in ALL if case.values[1].basis == "readiness"]
VALUE = [case for case in ALL if case.values[1].basis == "value"]


def _points(base, use_id, criterion_id, x):
    """Readiness of a use when one of its criteria becomes x, from its contribution alone."""
    use = base.readiness.uses[use_id]
    total = 0.0
    for part in use.contributions:
        moved = part
        if part.requirement.criterion_id == criterion_id:
            fact = replace(part.value.fact, value=x)
            moved = contribution(part.requirement, replace(part.value, fact=fact))
        total += moved.points_low
    return total


def _readiness_apart(base, found, x):
    """Score of the use less that of its rival at x."""
    if found.is_shared:
        rival = _points(base, found.rival_id, found.input, x)
    else:
        rival = base.readiness.uses[found.rival_id].low
    return _points(base, found.use_id, found.input, x) - rival


def _value_apart(base, found, x):
    """Value alone of the use less that of its rival once the figure stands on the sheets.

    People reached are moved by moving the employment of all divisions alike, of the use alone.
    """
    worth = base.setting.coefficients
    one = base.setting.candidates[found.use_id]
    rival = base.setting.candidates[found.rival_id].value_alone
    size = one.best[1] if one.best else 1.0
    rate = {
        "jobs": size * worth.get("jobs", 0.0),
        "served": worth.get("served", 0.0),
        "annual_value_added": size * worth.get("value_added", 0.0),
    }[found.input]
    return one.value_alone + 100 * rate * (x - found.value) - rival


def _with_estimate(build, region, use_id, column, x):
    """The region with the planners' own figure for a use."""
    rows = [row for row in region.estimates if row.use == use_id] or [build.own_figures(use_id)]
    others = [row for row in region.estimates if row.use != use_id]
    changed = replace(rows[0], **{column: build.fact(x)})
    return replace(region, estimates=(*others, changed))


def _rerun_apart(build, base, found, x):
    """The same from a rerun with the figure on the Estimates sheet, judged by the same weights."""
    region = _with_estimate(build, base.region, found.use_id, found.input, x)
    other = core.run(
        region, base.knowledge, base.screening.as_of, objectives=base.setting.objectives
    )
    known = other.setting.candidates
    return known[found.use_id].value_alone - known[found.rival_id].value_alone


# --- the sample cities ----------------------------------------------------------------------------


def test_the_cities_have_switching_values_of_every_sort():
    found = [one for _, rows in CITIES for one in rows]
    turning = [one for one in found if one.basis == "readiness" and one.switching is not None]

    assert {one.is_shared for one in turning} == {True, False}
    assert {one.basis for one in found if one.switching is not None} == {"readiness", "value"}
    assert any(one.switching is None for one in found)
    assert {"capex", "jobs"} <= {one.input for one in found}


@pytest.mark.parametrize(("base", "found"), ALL)
def test_a_switching_value_lies_within_the_plausible_range(base, found):
    assert found.low <= found.value <= found.high
    assert found.switching is None or found.low <= found.switching <= found.high
    listed = base.readiness.shortlist if found.basis == "value" else base.readiness.order
    assert {found.use_id, found.rival_id} == set(listed[found.category][:2])


@pytest.mark.parametrize(
    ("base", "found"), [case for case in READINESS if case.values[1].switching is not None]
)
def test_readiness_is_equal_at_a_switching_value(base, found):
    if found.is_shared:
        fact = replace(base.region.power[0].spare_mw, value=found.switching)
        row = Measure(base.region.origin, found.input, fact)
        kept = [one for one in base.region.measures if one.criterion != found.input]
        region = replace(base.region, measures=(*kept, row))
        uses = core.run(region, base.knowledge, base.screening.as_of).readiness.uses
        apart = uses[found.use_id].low - uses[found.rival_id].low
    else:
        apart = _readiness_apart(base, found, found.switching)

    assert apart == pytest.approx(0, abs=EQUAL)


@pytest.mark.parametrize(
    ("base", "found"), [case for case in VALUE if case.values[1].switching is not None]
)
def test_values_are_equal_at_a_switching_value(build, base, found):
    assert _value_apart(base, found, found.switching) == pytest.approx(0, abs=EQUAL)
    if found.input == "jobs":
        apart = _rerun_apart(build, base, found, found.switching)
        assert apart == pytest.approx(0, abs=2 * EQUAL)


@pytest.mark.parametrize(
    ("base", "found"), [case for case in VALUE if case.values[1].input == "capex"]
)
def test_capital_is_listed_where_it_bars_a_size_within_its_range(build, base, found):
    ends = [_rerun_apart(build, base, found, x) for x in (found.low, found.high)]

    assert ends[0] != ends[1]
    assert ends == pytest.approx([found.lead_at_low, found.lead_at_high], abs=2 * EQUAL)
    assert found.switching is None


def _signs(values):
    return {int(sign) for sign in np.sign(np.round(values, 9))}


@pytest.mark.parametrize(
    ("base", "found"), [case for case in READINESS if case.values[1].switching is None]
)
def test_readiness_never_turns_where_there_is_no_switching_value(base, found):
    grid = np.linspace(found.low, found.high, GRID)

    assert len(_signs([_readiness_apart(base, found, float(x)) for x in grid])) == 1


@pytest.mark.parametrize(
    ("base", "found"),
    [
        case
        for case in VALUE
        if case.values[1].switching is None and case.values[1].input != "capex"
    ],
)
def test_values_never_turn_where_there_is_no_switching_value(base, found):
    grid = np.linspace(found.low, found.high, GRID)

    assert len(_signs([_value_apart(base, found, float(x)) for x in grid])) == 1


# --- by hand --------------------------------------------------------------------------------------


def _of_readiness(found):
    return [one for one in found.switching if one.basis == "readiness"]


def _pair(build, knowledge, needs, **uses):
    entries = [build.use(use_id, **known) for use_id, known in uses.items()]
    return build.catalogue(knowledge, entries, needs)


def test_a_shared_criterion_moves_both_scores(build, knowledge):
    # 100 · x / 40 against 50 + 50 · x / 80: equal at 50 / (2.5 - 0.625).
    needs = [
        build.need("U91", "spare_grid_mw", 0, 40, 100),
        build.need("U92", "spare_grid_mw", 0, 80, 50),
        build.need("U92", "dev_fte", 0, 10, 50),
    ]
    known = _pair(build, knowledge, needs, U91={}, U92={})
    here = build.region(
        power=[build.point(build.varying("a", 20, 30, 35))],
        workforce=[build.role("developers", 10)],
    )

    (found,) = _of_readiness(build.varied(known, here))

    assert (found.use_id, found.rival_id, found.input) == ("U91", "U92", "spare_grid_mw")
    assert found.is_shared
    assert found.switching == pytest.approx(50 / 1.875, abs=1e-9)


def test_a_criterion_of_one_use_moves_its_score_alone(build, knowledge):
    needs = [
        build.need("U91", "spare_grid_mw", 0, 40, 100),
        build.need("U92", "dev_fte", 0, 10, 100),
    ]
    known = _pair(build, knowledge, needs, U91={}, U92={})
    here = build.region(
        power=[build.point(build.varying("a", 20, 30, 35))],
        workforce=[build.role("developers", 6)],
    )

    (found,) = _of_readiness(build.varied(known, here))

    assert not found.is_shared
    assert found.switching == pytest.approx(24, abs=1e-9)
    assert 20 <= found.low < 24 < found.high <= 35


def test_quotients_that_are_equal_by_chance_are_not_one_input(build, knowledge):
    # Quotients of 1.0 for two industries with employment of their own.
    needs = [
        build.need("U91", "anchor_lq", 0, 2, 100),
        build.need("U92", "anchor_lq", 0, 4, 50),
        build.need("U92", "dev_fte", 0, 10, 50),
    ]
    anchors = {"U91": {"isic_anchor": ("46",)}, "U92": {"isic_anchor": ("52",)}}
    known = _pair(build, knowledge, needs, **anchors)
    rows = [
        build.industry(code, build.varying(code, *local), reference)
        for code, local, reference in [
            ("46", (6, 10, 14), 100), ("52", (5, 10, 15), 100), ("85", (80, 80, 80), 800)
        ]
    ]  # fmt: skip
    here = build.region(industry=rows, workforce=[build.role("developers", 7.5)])

    found = _of_readiness(build.varied(known, here))

    # Base: 50 against 12.5 + 37.5. They are level now, each by a quotient of its own.
    assert {(one.use_id, one.is_shared) for one in found} == {("U91", False), ("U92", False)}
    assert [one.switching for one in found] == pytest.approx([1, 1], abs=1e-9)


def test_jobs_and_people_turn_an_order_by_value(build, knowledge):
    # 50 of 60 jobs attained, and 80 of 100 people: 41.67 against 40 hundredths.
    uses = [
        build.use("U91", **build.ranged(jobs=(50, 50))),
        build.use("U92", isic_anchor=("46",), **build.ranged(jobs=(0, 0))),
        build.use("U93", isic_anchor=("52",), **build.ranged(jobs=(10, 10))),
    ]
    needs = [build.need(use.use_id, "dev_fte", 0, 10, 100) for use in uses]
    known = build.catalogue(
        knowledge,
        uses,
        needs,
        benefits=[build.benefit("B02", 1, "jobs"), build.benefit("B10", 1, "served")],
        units=[
            build.unit_need("U91"),
            build.unit_need("U92", reach_share=0.5),
            build.unit_need("U93", reach_share=0.5),
        ],
    )
    people = build.varying("industry/46", 120, 160, 200)
    here = build.region(
        workforce=[build.role("developers", 10)],
        industry=[build.industry("46", people, 1000), build.industry("52", 40, 1000)],
    )

    found = [one for one in build.varied(known, here).switching if one.basis == "value"]

    by_input = {(one.use_id, one.input): one for one in found}
    assert set(by_input) == {("U91", "jobs"), ("U92", "served")}
    # 40 hundredths are 48 jobs; 41.67 are 83.3 people.
    assert by_input["U91", "jobs"].switching == pytest.approx(48, abs=1e-9)
    assert by_input["U92", "served"].switching == pytest.approx(250 / 3, abs=1e-9)
    assert (by_input["U92", "served"].low, by_input["U92", "served"].high) == (60, 100)


def test_there_is_none_where_the_range_holds_none(build, knowledge):
    needs = [
        build.need("U91", "spare_grid_mw", 0, 40, 100),
        build.need("U92", "dev_fte", 0, 10, 100),
    ]
    known = _pair(build, knowledge, needs, U91={}, U92={})
    here = build.region(
        power=[build.point(build.varying("a", 25, 30, 35))],
        workforce=[build.role("developers", 6)],
    )

    (found,) = _of_readiness(build.varied(known, here))

    assert found.switching is None
