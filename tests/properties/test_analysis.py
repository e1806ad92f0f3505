"""What holds for every region, whatever its numbers are."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.analysis.contributions import contribution
from generator.analysis.values import location_quotient, partial_value
from generator.intake import load_knowledge
from generator.model import CriterionValue
from generator.shipped import data_root

KNOWLEDGE = load_knowledge(data_root() / "inputs" / "catalogue", data_root() / "inputs" / "rules")
"""The catalogue and the rule packs as they ship."""

STEADY = settings(
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no defect
)
FEW = settings(STEADY, max_examples=STEADY.max_examples // 2)

numbers = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False, width=32)
directions = st.sampled_from(["higher_better", "lower_better"])


@st.composite
def anchors(draw):
    """Minimum, target and direction, with the target on the better side or equal."""
    first, second = sorted((draw(numbers), draw(numbers)))
    direction = draw(directions)
    ends = (first, second) if direction == "higher_better" else (second, first)
    return (*ends, direction)


# --- partial values -------------------------------------------------------------------------------


@STEADY
@given(numbers, anchors())
def test_a_partial_value_lies_between_nothing_and_all(x, ends):
    assert 0 <= float(partial_value(x, *ends)) <= 1


@STEADY
@given(numbers, numbers, anchors())
def test_a_better_value_never_has_a_lower_partial_value(x, y, ends):
    worse, better = sorted((x, y), reverse=ends[2] == "lower_better")

    assert float(partial_value(worse, *ends)) <= float(partial_value(better, *ends))


@STEADY
@given(numbers, anchors())
def test_a_partial_value_is_mirrored_where_lower_is_better(x, ends):
    minimum, target, direction = ends
    other = "lower_better" if direction == "higher_better" else "higher_better"

    mirrored = partial_value(-x, -minimum, -target, other)

    assert float(mirrored) == float(partial_value(x, minimum, target, direction))


@STEADY
@given(anchors())
def test_the_target_scores_all_and_the_minimum_nothing_unless_they_are_one(ends):
    minimum, target, direction = ends

    assert float(partial_value(target, *ends)) == 1
    assert float(partial_value(minimum, minimum, target, direction)) == float(minimum == target)


@STEADY
@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=2, max_size=8))
def test_the_quotients_of_all_industries_weighted_by_their_reference_share_make_one(rows):
    local, reference = (sum(row[side] for row in rows) for side in (0, 1))

    total = sum(
        float(location_quotient(own, local, other, reference)) * other / reference
        for own, other in rows
    )

    assert total == pytest.approx(1)


# --- made-up regions ------------------------------------------------------------------------------

spare = st.none() | st.sampled_from([0, 0.3, 4, 12, 12, 60, 110])
price = st.none() | st.sampled_from([0.2, 0.33, 0.45, 0.5, 0.61, 0.77, 0.95])
spread = st.none() | st.sampled_from([0.4, 0.7, 0.75, 0.9])
points = st.lists(
    st.tuples(spare, price, spread, st.sampled_from(["existing", "existing", "planned"])),
    max_size=4,
)
halls = st.lists(
    st.tuples(
        st.none() | st.sampled_from([0, 0.05, 0.4, 6.0]),
        st.none() | st.integers(0, 80),
        st.none() | st.integers(1, 4),
        st.none() | st.sampled_from([99.7, 99.9, 99.99]),
        st.none() | st.sampled_from([1.2, 1.3, 1.45, 1.7]),
    ),
    max_size=3,
)
roles = st.lists(
    st.tuples(
        st.sampled_from(["developers", "operations", "technicians", "none"]),
        st.none() | st.integers(0, 60),
    ),
    max_size=5,
)
links = st.lists(
    st.tuples(st.none() | st.sampled_from([1, 40, 200]), st.none() | st.sampled_from([8, 25, 60])),
    max_size=3,
)
people = st.none() | st.integers(0, 10**5)
divisions = st.dictionaries(
    st.sampled_from(["C13", "C14", "C34", "C38", "J66", "S92", "G59", "I64"]),
    st.tuples(people, people),
    max_size=6,
)
kinds = st.sampled_from(["bank", "court", "customs", "port_group", "registry", "hospital"])
signatures = st.lists(
    st.tuples(
        st.sampled_from(["U01", "U03", "U07", "U08", "U15"]),
        kinds,
        st.sampled_from(["signed", "talks"]),
    ),
    max_size=6,
)
sizes = st.none() | st.sampled_from([0, 1, 8, 45])
sites = st.lists(
    st.tuples(sizes, st.none() | st.sampled_from([0, 2500, 30_000]), sizes, sizes, sizes),
    max_size=3,
)
figures = st.fixed_dictionaries(
    {
        "renewable_share": st.none() | st.integers(0, 100),
        "grid_factor": st.none() | st.sampled_from([0.05, 0.4, 0.62]),
        "in_national_hub": st.none() | st.sampled_from([0, 1]),
    }
)


@st.composite
def plans(draw):
    """The plain content of a region's sheets; `_region` turns it into a region."""
    return {
        "power": draw(points),
        "data_centres": draw(halls),
        "workforce": draw(roles),
        "connectivity": draw(links),
        "industry": [(code, *jobs) for code, jobs in draw(divisions).items()],
        "institutions": draw(signatures),
        "sites": draw(sites),
        "figures": draw(figures),
    }


EMPTY = {
    "power": [],
    "data_centres": [],
    "workforce": [],
    "connectivity": [],
    "industry": [],
    "institutions": [],
    "sites": [],
    "figures": {},
}


def _region(build, plan, measures=()):
    return build.region(
        figures=plan["figures"],
        power=[build.point(*row[:3], status=row[3]) for row in plan["power"]],
        data_centres=[
            build.hall(row[0], row[1], tier=row[2], availability=row[3], pue=row[4])
            for row in plan["data_centres"]
        ],
        workforce=[build.role(*row) for row in plan["workforce"]],
        connectivity=[build.link(*row) for row in plan["connectivity"]],
        industry=[build.industry(*row) for row in plan["industry"]],
        institutions=[
            build.institution(*row, name=f"{row[0]} {row[1]}") for row in plan["institutions"]
        ],
        sites=[
            build.site(mva=row[0], hall_m2=row[1], road=row[2], port=row[3], water=row[4])
            for row in plan["sites"]
        ],
        measures=[build.measure(*pair) for pair in measures],
    )


# --- one use and the others -----------------------------------------------------------------------


def _own(use):
    """What belongs to a use alone: everything but its rank among the others."""
    return replace(use, rank=None)


@FEW
@given(plans(), st.integers(0, 25))
def test_dropping_or_copying_a_use_changes_no_other_score(build, plan, number):
    here = _region(build, plan)
    whole = build.scored(KNOWLEDGE, here).uses
    scored = [use for use in KNOWLEDGE.uses if use.use_id in whole]
    chosen = scored[number % len(scored)]
    copied = replace(chosen, use_id="U99")
    needs = KNOWLEDGE.requirements[chosen.use_id]

    without = build.scored(
        replace(KNOWLEDGE, uses=tuple(use for use in KNOWLEDGE.uses if use is not chosen)), here
    ).uses
    doubled = build.scored(
        replace(
            KNOWLEDGE,
            uses=(*KNOWLEDGE.uses, copied),
            requirements={
                **KNOWLEDGE.requirements,
                "U99": tuple(replace(need, use_id="U99") for need in needs),
            },
        ),
        here,
    ).uses

    others = whole.keys() - {chosen.use_id}
    assert set(without) == others
    assert all(_own(without[key]) == _own(whole[key]) for key in others)
    assert all(_own(doubled[key]) == _own(whole[key]) for key in whole)
    is_tied_to_its_name = any(row[0] == chosen.use_id for row in plan["institutions"])
    if not is_tied_to_its_name:
        assert (doubled["U99"].low, doubled["U99"].high) == (
            whole[chosen.use_id].low, whole[chosen.use_id].high,
        )  # fmt: skip


# --- units ----------------------------------------------------------------------------------------

SCALED = ["spare_grid_mw", "power_price", "anchor_lq", "pue", "dev_fte", "backbone_latency_ms"]


@FEW
@given(
    st.dictionaries(st.sampled_from(SCALED), st.floats(0, 100, width=32), min_size=1),
    st.sampled_from(SCALED),
)
def test_a_unit_a_thousand_times_smaller_changes_nothing(build, values, scaled):
    def times(number, key):
        return number * 1000 if key == scaled else number

    finer = replace(
        KNOWLEDGE,
        requirements={
            use_id: tuple(
                replace(
                    need,
                    minimum=times(need.minimum, need.criterion_id),
                    target=times(need.target, need.criterion_id),
                )
                for need in needs
            )
            for use_id, needs in KNOWLEDGE.requirements.items()
        },
    )
    coarse = build.region(measures=[build.measure(*pair) for pair in values.items()])
    fine = build.region(
        measures=[build.measure(key, times(value, key)) for key, value in values.items()]
    )

    before, after = build.scored(KNOWLEDGE, coarse), build.scored(finer, fine)

    for use_id, use in before.uses.items():
        other = after.uses[use_id]
        assert other.low == pytest.approx(use.low, abs=1e-9)
        assert other.high == pytest.approx(use.high, abs=1e-9)
        assert other.viability == use.viability
        for gap, same in zip(use.gaps, other.gaps, strict=True):
            assert same.to_target == pytest.approx(times(gap.to_target, gap.criterion_id))


@FEW
@given(plans())
def test_spare_capacity_in_kilowatts_scores_as_in_megawatts(build, plan):
    def in_kilowatts(need):
        if need.criterion_id != "spare_grid_mw":
            return need
        return replace(need, minimum=need.minimum * 1000, target=need.target * 1000)

    finer = replace(
        KNOWLEDGE,
        requirements={
            use_id: tuple(in_kilowatts(need) for need in needs)
            for use_id, needs in KNOWLEDGE.requirements.items()
        },
    )
    power = [
        (None if row[0] is None else row[0] * 1000, *row[1:]) for row in plan["power"]
    ]  # fmt: skip

    before = build.scored(KNOWLEDGE, _region(build, plan))
    after = build.scored(finer, _region(build, {**plan, "power": power}))

    for use_id, use in before.uses.items():
        assert after.uses[use_id].low == pytest.approx(use.low, abs=1e-9)
        assert after.uses[use_id].high == pytest.approx(use.high, abs=1e-9)


# --- better and worse -----------------------------------------------------------------------------

_RANK = {"not_viable": 0, "cannot_be_cleared": 1, "viable": 2}


@STEADY
@given(st.data())
def test_improving_a_value_never_lowers_a_score_or_unmakes_a_pass(build, data):
    criterion = data.draw(st.sampled_from(sorted(KNOWLEDGE.criteria)))
    first, second = data.draw(st.tuples(st.floats(0, 200), st.floats(0, 200)))
    plan = data.draw(plans())
    is_lower_better = KNOWLEDGE.criteria[criterion].direction == "lower_better"
    worse, better = sorted((first, second), reverse=is_lower_better)

    before, after = (
        build.scored(KNOWLEDGE, _region(build, plan, [(criterion, value)])).uses
        for value in (worse, better)
    )

    for use_id, use in before.items():
        other = after[use_id]
        assert other.low >= use.low
        assert other.high >= use.high
        assert _RANK[other.viability] >= _RANK[use.viability]
        if use.listed == "shortlist":
            assert other.listed == "shortlist"


@STEADY
@given(plans(), st.integers(0, 3), st.integers(1, 200))
def test_more_spare_capacity_never_lowers_what_it_counts_for(build, plan, number, more):
    power = plan["power"] or [(5, 0.5, 0.7, "existing")]
    place = number % len(power)
    grown = [
        (row[0] + more, *row[1:]) if at == place and row[0] is not None else row
        for at, row in enumerate(power)
    ]
    needs = {
        use_id: tuple(need for need in own if need.criterion_id == "spare_grid_mw")
        for use_id, own in KNOWLEDGE.requirements.items()
    }
    only_power = replace(KNOWLEDGE, requirements=needs)

    before = build.scored(only_power, _region(build, {**plan, "power": power})).uses
    after = build.scored(only_power, _region(build, {**plan, "power": grown})).uses

    for use_id, use in before.items():
        assert after[use_id].low >= use.low
        assert _RANK[after[use_id].viability] >= _RANK[use.viability]


@STEADY
@given(plans())
def test_a_use_that_fails_is_never_ordered_above_a_viable_one(build, plan):
    found = build.scored(KNOWLEDGE, _region(build, plan))

    for order in found.order.values():
        ranks = [_RANK[found.uses[use_id].viability] for use_id in order]
        assert ranks == sorted(ranks, reverse=True)
        printed = [found.uses[key].rank for key in order if found.uses[key].rank is not None]
        assert printed == sorted(printed)
    for use in found.uses.values():
        is_ranked = use.viability == "viable" and use.coverage_pct >= 70
        if use.listed == "law_not_checked":
            is_ranked = False
        assert (use.rank is not None) is is_ranked
        if use.listed == "shortlist":
            assert is_ranked
            assert use.low >= 50


# --- blanks ---------------------------------------------------------------------------------------


def _blanks(plan):
    """The places of a plan that are blank: sheet, row and column."""
    return [
        (sheet, row, column)
        for sheet, rows in plan.items()
        if sheet != "figures"
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is None
    ] + [("figures", key, None) for key, value in plan["figures"].items() if value is None]


def _filled(plan, place, value):
    sheet, row, column = place
    if sheet == "figures":
        return {**plan, "figures": {**plan["figures"], row: value}}
    rows = [list(values) for values in plan[sheet]]
    rows[row][column] = value
    return {**plan, sheet: rows}


def _holds(build, plan, place, value):
    """Filling the cell leaves every score within its interval and no cleared use fails by it."""
    before = build.scored(KNOWLEDGE, _region(build, plan)).uses
    after = build.scored(KNOWLEDGE, _region(build, _filled(plan, place, value))).uses

    for use_id, use in before.items():
        assert use.low - 1e-9 <= after[use_id].low
        assert after[use_id].high <= use.high + 1e-9
        if use.viability == "viable":
            assert after[use_id].viability == "viable"


@settings(STEADY, max_examples=60)
@given(plans(), st.integers(0, 60), st.sampled_from([0, 1, 3, 30, 60, 5000]))
def test_the_interval_holds_whatever_is_written_into_a_blank_cell(build, plan, number, value):
    # A blank grid factor is the published one; what a blank division may hold, and which point sets
    # the price, have tests of their own.
    blanks = [
        place
        for place in _blanks(plan)
        if place[:2] != ("figures", "grid_factor")
        and place[0] != "industry"
        and (place[0], place[2]) != ("power", 0)
    ]
    if blanks:
        _holds(build, plan, blanks[number % len(blanks)], value)


@STEADY
@given(plans(), st.integers(0, 60), st.sampled_from([0, 1, 3, 30, 60, 5000]))
@example({**EMPTY, "power": [(12, 0.3, 0.9, "existing"), (None, 0.9, 0.4, "existing")]}, 0, 60)
def test_the_interval_holds_whatever_spare_capacity_a_blank_point_has(build, plan, number, value):
    blanks = [place for place in _blanks(plan) if (place[0], place[2]) == ("power", 0)]
    if blanks:
        _holds(build, plan, blanks[number % len(blanks)], value)


def _most(rows, place, side):
    """What a blank cell of the industry sheet holds at most, by the method's own assumption."""
    both = [row for row in rows if row[1] is not None and row[2] is not None]
    sums = {1: sum(row[1] for row in both), 2: sum(row[2] for row in both)}
    other = 3 - side
    largest = max((row[side] for row in rows if row[side] is not None), default=0)
    beside = rows[place][other]
    if beside is None or not sums[other]:
        return largest
    return max(5 * beside / sums[other] * sums[side], largest)


@STEADY
@given(plans(), st.floats(0, 1))
@example({**EMPTY, "industry": [("C13", 100, 1000), ("C14", 200, 3000), ("J66", None, 900)]}, 1)
@example({**EMPTY, "industry": [("C13", None, 1000), ("C14", 200, 3000), ("J66", 9, 900)]}, 0)
@example({**EMPTY, "industry": [("C13", 100, None), ("C14", 200, 3000), ("J66", 9, 900)]}, 1)
def test_the_interval_holds_whatever_a_blank_division_may_hold(build, plan, share):
    blanks = [place for place in _blanks(plan) if place[0] == "industry"]
    if len(blanks) == 1:
        # Filling one of several blanks moves what is assumed of the others.
        (place,) = blanks
        most = _most(plan["industry"], place[1], place[2])
        _holds(build, plan, place, share * most)


@STEADY
@given(st.data())
def test_the_points_of_an_unknown_value_hold_those_of_any_value(build, data):
    use_id = data.draw(st.sampled_from(sorted(KNOWLEDGE.requirements)))
    need = data.draw(st.sampled_from(KNOWLEDGE.requirements[use_id]))
    value = data.draw(numbers)

    blank = contribution(need, CriterionValue(need.criterion_id, build.fact(None), "measures"))
    known = contribution(need, CriterionValue(need.criterion_id, build.fact(value), "measures"))

    assert blank.partial is None
    assert blank.meets_minimum is None
    assert blank.points_low <= known.points_low == known.points_high <= blank.points_high
    assert blank.points_high == need.weight


# --- row order ------------------------------------------------------------------------------------


def _findings(readiness):
    """Everything that is printed of a readiness but the cells the numbers came from."""
    uses = {
        key: (
            use.low, use.score, use.high, use.coverage_pct, use.viability, use.rank, use.listed,
            use.signatures, use.gaps, dict(use.weight_by_grade),
            tuple((part.value.fact.value, part.value.fact.grade) for part in use.contributions),
        )
        for key, use in readiness.uses.items()
    }  # fmt: skip
    return uses, readiness.order, readiness.shortlist, readiness.prepare, readiness.biggest_gaps


def _rounded(findings):
    """Sums of the same numbers in another order may differ in the last bit."""
    if isinstance(findings, float):
        return round(findings, 9)
    if isinstance(findings, dict):
        return {key: _rounded(value) for key, value in findings.items()}
    if isinstance(findings, tuple | list):
        return tuple(_rounded(value) for value in findings)
    if hasattr(findings, "__struct_fields__"):
        return tuple(_rounded(getattr(findings, name)) for name in findings.__struct_fields__)
    return findings


def _same(build, plan, other):
    before, after = (
        _findings(build.scored(KNOWLEDGE, _region(build, one))) for one in (plan, other)
    )

    assert _rounded(after) == _rounded(before)


@STEADY
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_result(build, plan, chance):
    shuffled = {
        sheet: rows if sheet in {"figures", "power"} else chance.sample(rows, len(rows))
        for sheet, rows in plan.items()
    }

    _same(build, plan, shuffled)


@STEADY
@given(plans())
@example({**EMPTY, "power": [(12, 0.3, 0.9, "existing"), (12, 0.6, 0.7, "existing")]})
def test_the_order_of_the_power_sheet_changes_no_result(build, plan):
    _same(build, plan, {**plan, "power": plan["power"][::-1]})


@FEW
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_changes_no_result(build, plan, chance):
    here = _region(build, plan)
    shuffled = replace(
        KNOWLEDGE,
        uses=tuple(chance.sample(KNOWLEDGE.uses, len(KNOWLEDGE.uses))),
        rules=tuple(chance.sample(KNOWLEDGE.rules, len(KNOWLEDGE.rules))),
        grid_factors=tuple(chance.sample(KNOWLEDGE.grid_factors, len(KNOWLEDGE.grid_factors))),
    )

    assert _findings(build.scored(shuffled, here)) == _findings(build.scored(KNOWLEDGE, here))
