"""What holds over the draws of every region, whatever its numbers are."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.draws import Draws
from generator.analysis.programme import programme
from generator.analysis.programme_robustness import with_robustness
from generator.analysis.scenarios import outcome_of
from generator.analysis.waves import first_wave
from generator.intake import load_knowledge
from generator.model import Origin
from generator.shipped import data_root

KNOWLEDGE = load_knowledge(data_root() / "inputs" / "catalogue", data_root() / "inputs" / "rules")
"""The catalogue and the rule packs as they ship."""

FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no defect
)
DRAWS = 200


# --- made-up regions with ranges ------------------------------------------------------------------


def _span(*values):
    """A value of these and the half-width of its range, as a share of it; seldom nothing."""
    known = [(value, wide) for value in values for wide in (0.1, 0.5, 0)]
    return st.sampled_from([*known * 3, None])


def _rows(*columns):
    return st.lists(st.tuples(*columns), min_size=1, max_size=3)


STAFF = ("developers", "operations", "technicians")
USES = ("U01", "U03", "U07", "U12", "U17", "R01", "R05", "R07")
BODIES = [
    (use.use_id, kind)
    for use in KNOWLEDGE.uses
    for kind in (*use.key_institution_types, "university", "bank")
]
"""Enough signatures for every use."""


@st.composite
def plans(draw):
    """The plain content of a region's registers; `_region` turns it into a region."""
    unsigned = draw(st.sets(st.sampled_from(BODIES), max_size=3))
    return {
        "power": draw(_rows(_span(60, 12, 4), _span(0.3, 0.45, 0.6), _span(0.4, 0.75))),
        "data_centres": draw(
            _rows(_span(6.0, 0.4, 0.05), _span(40, 8), _span(3, 2), _span(99.9), _span(1.2, 1.45))
        ),
        "workforce": [(name, draw(_span(30, 10, 3))) for name in STAFF],
        "connectivity": draw(_rows(_span(40, 200), _span(8, 25))),
        "industry": [
            (code, draw(_span(900, 50)), draw(_span(5000, 1000)))
            for code in ("C13", "C38", "G59", "J66")
        ],
        "institutions": [body for body in BODIES if body not in unsigned],
        "figures": {
            "renewable_share": draw(_span(60, 30)),
            "in_national_hub": draw(st.sampled_from([(1, 0), (0, 0)])),
        },
        "sites": draw(_rows(_span(45, 8), _span(30_000, 2500), _span(5, 60))),
        "estimates": [
            (use_id, draw(_span(5, 20)), draw(_span(10, 60)), draw(_span(3, 9)), draw(_span(2, 8)))
            for use_id in draw(st.sets(st.sampled_from(USES), max_size=3))
        ],
        "weights": draw(
            st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 30)), max_size=2)
        ),
    }


def _region(build, plan, chance=None):
    """A region whose records are named by their first place; `chance` shuffles every register."""

    def of(sheet, number, column, span):
        if span is None:
            return build.fact(None)
        value, wide = span
        return build.varying(
            f"{sheet}/{number}/{column}", value * (1 - wide), value, value * (1 + wide)
        )

    def facts(sheet, number, spans):
        return [of(sheet, number, column, span) for column, span in enumerate(spans)]

    sheets = {
        "power": [
            build.point(*facts("power", n, row)) for n, row in enumerate(plan["power"])
        ],
        "data_centres": [
            build.hall(free, racks, tier=tier, availability=up, pue=pue)
            for free, racks, tier, up, pue in (
                facts("halls", n, row) for n, row in enumerate(plan["data_centres"])
            )
        ],
        "workforce": [
            build.role(name, of("staff", name, 0, span)) for name, span in plan["workforce"]
        ],
        "connectivity": [
            build.link(*facts("links", n, row)) for n, row in enumerate(plan["connectivity"])
        ],
        "industry": [
            build.industry(code, *facts("industry", code, spans))
            for code, *spans in plan["industry"]
        ],
        "institutions": [build.institution(*row) for row in plan["institutions"]],
        "sites": [
            build.site(mva=mva, hall_m2=hall, road=road)
            for mva, hall, road in (
                facts("sites", n, row) for n, row in enumerate(plan["sites"])
            )
        ],
        "estimates": [
            build.own_figures(use_id, capex=capex, jobs=jobs, payback=years, value_added=added)
            for use_id, capex, jobs, years, added in (
                (use_id, *facts("estimates", use_id, spans))
                for use_id, *spans in plan["estimates"]
            )
        ],
        "weights": [
            row for name, points in plan["weights"] for row in build.stakeholder(name, B02=points)
        ],
    }  # fmt: skip
    if chance:
        sheets = {key: chance.sample(rows, len(rows)) for key, rows in sheets.items()}
    figures = {key: of("region", 0, key, span) for key, span in plan["figures"].items()}
    return build.region(**sheets, figures=figures)


def _plain(value):
    """Every number and word of a finding, but not the cells it came from."""
    if isinstance(value, Origin):
        return ()
    if isinstance(value, Struct):
        return {
            name: _plain(getattr(value, name))
            for name in value.__struct_fields__
            if name != "origins"
        }
    if hasattr(value, "items"):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _numbers(value):
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return [number for item in items for number in _numbers(item)]
    return [value] if isinstance(value, float) else []


def _by_use(found):
    """Everything said of each use in each order, whatever the order of the uses."""
    return {
        (order.basis, order.run, use.use_id): (_plain(use), dict(zip(ids, wins, strict=True)))
        for order in found.orders
        for ids in [[use.use_id for use in order.uses]]
        for use, wins in zip(order.uses, order.wins, strict=True)
    }


# --- every region ---------------------------------------------------------------------------------


@FEW
@given(plans())
def test_shares_are_shares_and_rows_sum_to_one(build, plan):
    found = build.varied(KNOWLEDGE, _region(build, plan), DRAWS)

    for order in found.orders:
        for row, use in enumerate(order.uses):
            assert sum(use.acceptability) + use.unplaced == pytest.approx(1)
            assert use.p_first == use.acceptability[0]
            if order.basis == "readiness":
                assert use.unplaced == 0
            else:
                assert use.unplaced == pytest.approx(1 - use.p_shortlisted)
            for column in range(len(order.uses)):
                both = order.wins[row][column] + order.wins[column][row]
                assert -1e-12 <= both <= 1 + 1e-12
                if order.basis == "readiness" and row != column:
                    assert both == pytest.approx(1)
    by_score = {}
    for driver in found.drivers:
        key = driver.basis, driver.use_id
        by_score[key] = by_score.get(key, 0) + driver.share
    assert all(total == pytest.approx(1) for total in by_score.values())


@FEW
@given(plans())
def test_every_number_is_a_number_and_nothing_is_minus_nothing(build, plan):
    here = _region(build, plan)

    base = build.run(KNOWLEDGE, here)
    draws = Draws(1, DRAWS, here.code)
    parts = build.parts(base, draws)
    plan = with_robustness(programme(base), base, first_wave(base.setting), parts, draws)
    found = _numbers([_plain(plan.firmness), _plain(build.varied(KNOWLEDGE, here, DRAWS))])

    assert all(math.isfinite(number) for number in found)
    assert not any(number == 0 and math.copysign(1, number) < 0 for number in found)


@FEW
@given(plans())
def test_a_use_that_always_fails_never_comes_before_one_that_never_does(build, plan):
    found = build.varied(KNOWLEDGE, _region(build, plan), DRAWS)

    for order in found.orders:
        if order.basis != "readiness":
            continue
        for row, use in enumerate(order.uses):
            for column, other in enumerate(order.uses):
                if use.p_meets_minima == 1 and not other.p_meets_minima:
                    assert order.wins[row][column] == 1
                    assert order.wins[column][row] == 0


@FEW
@given(plans())
def test_no_draw_shortlists_a_use_more_often_than_it_meets_its_minima(build, plan):
    found = build.varied(KNOWLEDGE, _region(build, plan), DRAWS)

    for order in found.orders:
        for use in order.uses:
            assert use.p_shortlisted <= (use.p_meets_minima or 0)


# --- order ----------------------------------------------------------------------------------------


@FEW
@given(plans(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_results_in_any_order_of_the_rows(build, plan, chance):
    plan = {**plan, "weights": plan["weights"][:1]}  # several rows of one stakeholder are an error

    before, after = (
        build.varied(KNOWLEDGE, _region(build, plan, shuffled), DRAWS)
        for shuffled in (None, chance)
    )

    assert _plain(after) == _plain(before)


@FEW
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_changes_nothing_that_is_said_of_a_use(build, plan, chance):
    here = _region(build, plan)
    shuffled = replace(
        KNOWLEDGE,
        uses=tuple(chance.sample(KNOWLEDGE.uses, len(KNOWLEDGE.uses))),
        rules=tuple(chance.sample(KNOWLEDGE.rules, len(KNOWLEDGE.rules))),
    )

    before, after = (build.varied(known, here, DRAWS) for known in (KNOWLEDGE, shuffled))

    assert _by_use(after) == _by_use(before)
    assert _plain(after.switching) == _plain(before.switching)
    assert _plain(after.cross_checks) == _plain(before.cross_checks)
    assert sorted(after.drivers, key=repr) == sorted(before.drivers, key=repr)
    assert [order.lead for order in after.orders] == [order.lead for order in before.orders]


# --- other uses -----------------------------------------------------------------------------------


def _alone(base, use_id):
    """The value alone of a use that is shortlisted; None where a partner of it is missing."""
    one = base.setting.candidates.get(use_id)
    return None if one is None or one.requires else one.value_alone


@FEW
@given(plans(), st.data())
def test_another_use_changes_no_score_of_a_use(build, plan, data):
    gone = data.draw(
        st.sampled_from([use for use in KNOWLEDGE.uses if use.use_id in KNOWLEDGE.needs])
    )
    twin = replace(gone, use_id="U99")
    fewer = replace(KNOWLEDGE, uses=tuple(use for use in KNOWLEDGE.uses if use is not gone))
    more = replace(
        KNOWLEDGE,
        uses=(twin, *KNOWLEDGE.uses),
        needs={**KNOWLEDGE.needs, "U99": KNOWLEDGE.needs[gone.use_id]},
        requirements={
            **KNOWLEDGE.requirements,
            "U99": tuple(
                replace(need, use_id="U99") for need in KNOWLEDGE.requirements.get(gone.use_id, ())
            ),
        },
    )
    here = _region(build, plan)

    base = build.run(KNOWLEDGE, here)
    # What can be had is another with other uses, so that all are judged as before.
    judged = base.setting.objectives
    less, plus = (core.run(here, known, build.TODAY, judged) for known in (fewer, more))

    for other in (less, plus):
        for use_id in base.readiness.uses.keys() - {gone.use_id}:
            assert _alone(other, use_id) == _alone(base, use_id)
            own, same = base.readiness.uses[use_id], other.readiness.uses[use_id]
            assert (same.low, same.score, same.high) == (own.low, own.score, own.high)
            assert same.viability == own.viability
    if gone.use_id not in {row[0] for row in plan["estimates"]}:
        # A signature names the use that it is for, so that the twin may be off the list.
        assert _alone(plus, "U99") in {_alone(base, gone.use_id), None}


@FEW
@given(plans(), st.sampled_from(USES))
def test_another_use_changes_no_draw_of_a_use(build, plan, gone):
    plan = {**plan, "estimates": [(*row[:4], None) for row in plan["estimates"]]}
    here = _region(build, plan)
    fewer = replace(KNOWLEDGE, uses=tuple(use for use in KNOWLEDGE.uses if use.use_id != gone))

    base, less = (_by_use(build.varied(known, here, DRAWS)) for known in (KNOWLEDGE, fewer))

    for key in less:
        own, same = base[key][0], less[key][0]
        assert same["p_shortlisted"] == own["p_shortlisted"]
        # Value alone is told in shares of what the whole shortlist can attain.
        if key[0] == "readiness":
            for name in ("score_low", "score_high", "p_meets_minima", "unplaced"):
                assert same[name] == own[name]
            assert same["p_first"] >= own["p_first"] - 1e-12


# --- units ----------------------------------------------------------------------------------------


@FEW
@given(
    st.dictionaries(
        st.sampled_from(["spare_grid_mw", "power_price", "dev_fte", "backbone_latency_ms"]),
        st.tuples(st.floats(1, 100, width=32), st.floats(0, 0.5, width=32)),
        min_size=2,
    ),
    st.sampled_from(["spare_grid_mw", "power_price", "dev_fte", "backbone_latency_ms"]),
)
def test_a_unit_a_thousand_times_smaller_changes_nothing(build, values, scaled):
    def times(number, key):
        return number * 1000 if key == scaled else number

    weight = 100 / len(values)
    uses = [build.use(f"U9{n}", **build.ranged(jobs=(10 + n, 40))) for n in range(3)]
    needs = [
        build.need(use.use_id, key, *ends, weight)
        for n, use in enumerate(uses)
        for key in sorted(values)
        for ends in [(90 - 5 * n, 2) if KNOWLEDGE.criteria[key].direction == "lower_better" else (2 * n, 60)]
    ]  # fmt: skip
    finer = [
        replace(one, minimum=times(one.minimum, one.criterion_id), target=times(one.target, one.criterion_id))
        for one in needs
    ]  # fmt: skip

    def found(requirements, scale):
        rows = [
            build.measure(key, build.varying(key, *(scale(x, key) for x in (v - v * w, v, v + v * w))))
            for key, (v, w) in values.items()
        ]  # fmt: skip
        known = build.catalogue(KNOWLEDGE, uses, requirements)
        return build.varied(known, build.region(measures=rows), DRAWS)

    coarse, fine = found(needs, lambda x, _: x), found(finer, times)

    for before, after in zip(coarse.orders, fine.orders, strict=True):
        for own, same in zip(before.uses, after.uses, strict=True):
            assert same.acceptability == pytest.approx(own.acceptability)
            assert (same.p_first, same.p_shortlisted) == (own.p_first, own.p_shortlisted)
            assert (same.score_low, same.score_high) == (
                pytest.approx(own.score_low, abs=1e-8), pytest.approx(own.score_high, abs=1e-8),
            )  # fmt: skip
    for own, same in zip(coarse.switching, fine.switching, strict=True):
        factor = 1000 if own.input == scaled else 1
        assert (same.switching is None) == (own.switching is None)
        assert same.switching is None or same.switching == pytest.approx(own.switching * factor)


# --- better and worse -----------------------------------------------------------------------------


@FEW
@given(
    st.integers(0, 30), st.integers(0, 30), st.integers(1, 20), st.sampled_from([0, 10]),
    st.tuples(st.integers(5, 35), st.integers(5, 35)),
)  # fmt: skip
def test_improving_what_one_use_alone_needs_never_lowers_its_chances(
    build, value, more, wide, least, others
):
    uses = [build.use(use_id, **build.ranged(jobs=(10, 40))) for use_id in ("U91", "U92", "U93")]
    needs = [
        build.need("U91", "dev_fte", least, 40, 100, hard=bool(least)),
        build.need("U92", "ops_fte", 0, 40, 100),
        build.need("U93", "technician_fte", 0, 40, 100),
    ]
    known = build.catalogue(KNOWLEDGE, uses, needs)

    def found(heads):
        staff = [
            build.role("developers", build.varying("a", heads - wide, heads, heads + wide)),
            build.role("operations", build.varying("b", others[0] - 4, others[0], others[0] + 4)),
            build.role("technicians", build.varying("c", others[1] - 4, others[1], others[1] + 4)),
        ]
        return _by_use(build.varied(known, build.region(workforce=staff), DRAWS))

    before, after = found(value), found(value + more)

    for (basis, run, use_id), (use, _) in before.items():
        if use_id == "U91":
            better = after[basis, run, use_id][0]
            # A value is one of what can be had, and that grows where the use joins the list.
            scores = ("score_low", "score_high") if basis == "readiness" else ()
            for name in ("p_first", "p_meets_minima", "p_shortlisted", *scores):
                assert use[name] is None or better[name] >= use[name] - 1e-12
        elif basis == "readiness":
            worse = after[basis, run, use_id][0]
            assert worse["p_first"] <= use["p_first"] + 1e-12
            assert (worse["score_low"], worse["score_high"]) == (
                use["score_low"],
                use["score_high"],
            )


# --- blanks ---------------------------------------------------------------------------------------


@FEW
@given(plans(), st.sampled_from(["capex", "jobs"]), st.sampled_from(USES))
def test_an_unknown_figure_is_no_gain(build, plan, column, use_id):
    plan = {**plan, "estimates": [row for row in plan["estimates"] if row[0] != use_id]}
    name = {"capex": "capex_cny_m", "jobs": "jobs_fte"}[column]
    blank = {f"{name}_{end}": None for end in ("low", "high")}
    unknown = replace(
        KNOWLEDGE,
        uses=tuple(
            replace(use, **blank) if use.use_id == use_id else use for use in KNOWLEDGE.uses
        ),
    )
    here = _region(build, plan)
    base = build.run(KNOWLEDGE, here)

    base = build.run(KNOWLEDGE, here)
    open_ = core.run(here, unknown, build.TODAY, base.setting.objectives)

    assert (_alone(open_, use_id) or 0) <= (_alone(base, use_id) or 0)
    before, after = outcome_of(base), outcome_of(open_)
    assert after.first.found.value <= before.first.found.value + 1e-9
    if column == "capex":
        assert use_id not in after.waves


@FEW
@given(plans(), st.sampled_from(STAFF))
def test_an_unknown_asset_widens_readiness_and_keeps_its_secured_value_in_the_draws(
    build, plan, name
):
    full = {**plan, "workforce": [(key, (30, 0.1)) for key in STAFF]}
    open_ = {
        **plan, "workforce": [(key, None if key == name else (30, 0.1)) for key in STAFF]
    }  # fmt: skip
    here, there = _region(build, full), _region(build, open_)

    known, unknown = (build.run(KNOWLEDGE, one).readiness.uses for one in (here, there))
    draws = _by_use(build.varied(KNOWLEDGE, there, DRAWS))

    criterion = {"developers": "dev_fte", "operations": "ops_fte", "technicians": "technician_fte"}
    for use_id, use in unknown.items():
        parts = {part.requirement.criterion_id: part for part in use.contributions}
        if criterion[name] not in parts:
            continue
        assert use.score is None
        assert use.low <= known[use_id].low + 1e-9
        assert known[use_id].high <= use.high + 1e-9
        weight = parts[criterion[name]].requirement.weight
        found = draws.get(("readiness", "both", use_id))
        if found:
            # The rest of the weight may vary by no more than its factors allow.
            assert found[0]["score_high"] < 100
            assert use.high - use.low >= weight - 1e-9
