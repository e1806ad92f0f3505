import itertools
import math

import pytest
from msgspec.structs import replace

POWER, PRICE, TIER = "spare_grid_mw", "power_price", "tier_level"
SIGNED = "anchor_institutions"


@pytest.fixture
def small(build, knowledge):
    """The readiness of made-up uses in a region whose criteria are given as Measures."""

    def found(uses, needs, values=None, rules=None, **sheets):
        measures = [build.measure(*pair) for pair in (values or {}).items()]
        known = build.catalogue(knowledge, uses, needs, rules)
        return build.scored(known, build.region(measures=measures, **sheets))

    return found


@pytest.fixture
def one(build, small):
    """The same for one use, U90: its needs as (criterion, minimum, target, weight[, hard])."""

    def found(needs, values=None, use=None, **sheets):
        own = use or build.use("U90")
        rows = [build.need(own.use_id, *need[:4], hard=len(need) > 4) for need in needs]
        return small([own], rows, values, **sheets).uses[own.use_id]

    return found


# --- the score ------------------------------------------------------------------------------------

THREE = [(POWER, 10, 50, 40), (PRICE, 0.8, 0.6, 35), (TIER, 3, 3, 25)]


def test_readiness_is_the_weighted_sum_of_the_partial_values(one):
    use = one(THREE, {POWER: 30, PRICE: 0.65, TIER: 3})

    # (30 - 10) / 40 = 0.5; (0.8 - 0.65) / 0.2 = 0.75; tier 3 reaches the step
    assert use.score == pytest.approx(40 * 0.5 + 35 * 0.75 + 25)
    assert (use.low, use.high, use.coverage_pct) == (use.score, use.score, 100)
    assert [part.partial for part in use.contributions] == pytest.approx([0.5, 0.75, 1])


@pytest.mark.parametrize("blank", [None, PRICE])
def test_contributions_add_up_to_the_score_exactly(one, blank):
    values = {POWER: 17.3, PRICE: 0.717, TIER: 2}
    use = one(THREE, {key: value for key, value in values.items() if key != blank})

    assert math.fsum(part.points_low for part in use.contributions) == use.low
    assert math.fsum(part.points_high for part in use.contributions) == use.high


def test_an_unknown_criterion_makes_the_score_an_interval(one):
    use = one(THREE, {POWER: 30, TIER: 3})

    assert use.score is None
    assert (use.low, use.high) == (45, 80)
    assert use.coverage_pct == 65


def test_a_zero_is_scored_as_zero_and_not_as_unknown(one):
    use = one(THREE, {POWER: 0, PRICE: 0.6, TIER: 3})

    assert (use.low, use.score, use.high, use.coverage_pct) == (60, 60, 60, 100)


def test_known_records_raise_the_low_end_and_settle_it_once_they_reach_the_target(build, one):
    partly = one([(POWER, 10, 50, 100)], power=[build.point(30), build.point(None)])
    fully = one([(POWER, 10, 50, 100)], power=[build.point(50), build.point(None)])

    assert (partly.low, partly.score, partly.high, partly.coverage_pct) == (50, None, 100, 0)
    assert (fully.low, fully.score, fully.high, fully.coverage_pct) == (100, 100, 100, 100)


def test_the_weight_behind_each_grade_adds_up_to_the_coverage(build, one):
    values = {POWER: build.fact(30, grade="A"), TIER: build.fact(3, grade="D")}

    use = one(THREE, values)

    assert use.weight_by_grade == {"A": 40, "D": 25}


# --- hard minima ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "viability"), [(9.99, "not_viable"), (10, "viable"), (None, "cannot_be_cleared")]
)
def test_a_hard_minimum_is_met_missed_or_open(one, value, viability):
    needs = [(POWER, 10, 50, 40, "hard"), (PRICE, 0.8, 0.6, 60)]
    use = one(needs, {PRICE: 0.6} if value is None else {POWER: value, PRICE: 0.6})

    assert use.viability == viability
    missed = [part.requirement.criterion_id for part in use.missed]
    unknown = [part.requirement.criterion_id for part in use.unknown_minima]
    assert missed == ([POWER] if viability == "not_viable" else [])
    assert unknown == ([POWER] if viability == "cannot_be_cleared" else [])


def test_a_hard_minimum_where_lower_is_better_is_missed_above_it(one):
    needs = [("carbon_intensity", 0.094, 0.02, 100, "hard")]

    assert one(needs, {"carbon_intensity": 0.094}).viability == "viable"
    assert one(needs, {"carbon_intensity": 0.095}).viability == "not_viable"


def test_a_missed_hard_minimum_outweighs_an_open_one(one):
    needs = [(POWER, 10, 50, 50, "hard"), (TIER, 3, 3, 50, "hard")]

    assert one(needs, {POWER: 5}).viability == "not_viable"


def test_known_records_alone_may_meet_a_hard_minimum(build, one):
    needs = [(POWER, 10, 50, 100, "hard")]

    met = one(needs, power=[build.point(12), build.point(None)])
    open_ = one(needs, power=[build.point(8), build.point(None)])

    assert met.viability == "viable"
    assert open_.viability == "cannot_be_cleared"


@pytest.mark.parametrize("rows", list(itertools.permutations([0.7, 0.2, 0.1])))
def test_a_hard_minimum_is_met_in_any_row_order(build, one, rows):
    use = one([(POWER, 1, 5, 100, "hard")], power=[build.point(spare) for spare in rows])

    assert use.viability == "viable"


# --- institutions ---------------------------------------------------------------------------------


def _signing(build, rows):
    return [
        build.institution("U90", kind, status, name=f"Body {number}")
        for number, (kind, status) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "viability", "signed", "missing", "missing_types"),
    [
        ([("bank", "signed"), ("court", "signed")], "viable", 2, 0, ()),
        ([("bank", "signed"), ("bank", "signed")], "not_viable", 2, 1, ("court",)),
        ([("bank", "signed"), ("court", "talks")], "not_viable", 1, 1, ("court",)),
        ([("bank", "talks"), ("court", "talks")], "not_viable", 0, 2, ("bank", "court")),
        ([("hospital", "signed")], "not_viable", 1, 2, ("bank", "court")),
        ([("bank", "signed")] * 3, "not_viable", 3, 1, ("court",)),
    ],
)
def test_a_hard_minimum_on_institutions_also_asks_for_each_key_type(
    build, one, rows, viability, signed, missing, missing_types
):
    use = one(
        [(SIGNED, 2, 6, 100, "hard")],
        use=build.use("U90", key_institution_types=("bank", "court")),
        institutions=_signing(build, rows),
    )

    assert use.viability == viability
    found = use.signatures
    assert (found.signed, found.missing, found.missing_types) == (signed, missing, missing_types)


def test_a_soft_minimum_on_institutions_asks_for_no_type(build, one):
    use = one(
        [(SIGNED, 2, 6, 100)],
        use=build.use("U90", key_institution_types=("court",)),
        institutions=_signing(build, [("bank", "signed"), ("bank", "signed")]),
    )

    assert use.viability == "viable"
    assert (use.signatures.missing, use.signatures.missing_types) == (0, ())


def test_signatures_for_another_use_bring_no_type(build, one):
    rows = [build.institution("U90", "bank"), build.institution("U91", "court")]
    use = one(
        [(SIGNED, 1, 3, 100, "hard")],
        use=build.use("U90", key_institution_types=("court",)),
        institutions=rows,
    )

    assert use.viability == "not_viable"


def test_a_blank_institutions_sheet_leaves_the_hard_minimum_open(build, one):
    use = one([(SIGNED, 1, 3, 100, "hard")], use=build.use("U90", key_institution_types=("court",)))

    assert use.viability == "cannot_be_cleared"
    assert (use.signatures.missing, use.signatures.missing_types) == (0, ())


def test_a_letter_of_intent_raises_the_high_end_and_nothing_else(build, one):
    rows = [("bank", "signed"), ("court", "intent"), ("court", "talks")]

    use = one([(SIGNED, 1, 5, 100, "hard")], institutions=_signing(build, rows))

    assert (use.low, use.score, use.high, use.coverage_pct) == (0, 0, 25, 100)
    assert (use.signatures.signed, use.viability) == (1, "viable")


def test_signatures_stated_as_a_measure_are_not_asked_for_again(build, one):
    use = one(
        [(SIGNED, 2, 6, 100, "hard")],
        {SIGNED: 3},
        institutions=_signing(build, [("bank", "talks")]),
    )

    assert use.viability == "viable"
    assert use.signatures.missing == 0


# --- gaps -----------------------------------------------------------------------------------------


def test_gaps_are_measured_to_the_minimum_and_to_the_target(one):
    use = one(THREE, {POWER: 4, PRICE: 0.65, TIER: 3})

    found = {gap.criterion_id: gap for gap in use.gaps}
    assert set(found) == {POWER, PRICE}
    assert (found[POWER].to_minimum, found[POWER].to_target, found[POWER].points) == (6, 46, 40)
    assert found[PRICE].to_minimum == 0
    assert found[PRICE].to_target == pytest.approx(0.05)
    assert found[PRICE].points == pytest.approx(35 * 0.25)


def test_an_unknown_criterion_has_no_gap(one):
    assert one(THREE, {PRICE: 0.6, TIER: 3}).gaps == ()


@pytest.mark.parametrize("gap_of", [POWER, PRICE, TIER])
@pytest.mark.parametrize("blank", ["nothing", "renewable_share"])
def test_closing_a_gap_and_rerunning_gives_the_promised_readiness(one, gap_of, blank):
    needs = [*THREE[:2], (TIER, 2, 3, 15), ("renewable_share", 20, 50, 10)]
    values = {POWER: 13.7, PRICE: 0.737, TIER: 2, "renewable_share": 31}
    values.pop(blank, None)
    promised = next(gap for gap in one(needs, values).gaps if gap.criterion_id == gap_of)
    sign = -1 if gap_of == PRICE else 1

    by_target = one(needs, {**values, gap_of: promised.target})
    by_amount = one(needs, {**values, gap_of: promised.value + sign * promised.to_target})

    assert by_target.low == promised.readiness_at_target
    assert by_amount.low == pytest.approx(promised.readiness_at_target, abs=1e-9)
    assert by_target.low - one(needs, values).low == pytest.approx(promised.points, abs=1e-9)


LOCAL = {"C13": 100, "C14": 60, "J66": 2000}
REFERENCE = {"C13": 1e4, "C14": 4e3, "J66": 9e4, "G59": 3e4}


def _quotient_gap(build, one, local, target=2.0, left_out=(), stated=None):
    rows = [
        build.industry(code, jobs, None if code in left_out else REFERENCE[code])
        for code, jobs in local.items()
    ]
    use = one(
        [("anchor_lq", 1.0, target, 100)],
        stated,
        use=build.use("U90", gb4754_anchor=("C13", "C14")),
        industry=rows,
    )
    return use, next((gap for gap in use.gaps if gap.criterion_id == "anchor_lq"), None)


def test_a_location_quotient_gap_is_also_a_number_of_jobs(build, one):
    _, gap = _quotient_gap(build, one, LOCAL)

    # 160 of 2,160 jobs here, 14,000 of 104,000 there: x = (s·2160 - 160) / (1 - s), s = 28/104
    share = 2 * 14_000 / 104_000
    assert gap.jobs_to_target == pytest.approx((share * 2160 - 160) / (1 - share))


@pytest.mark.parametrize("grows", ["C13", "C14"])
def test_that_many_jobs_added_really_reach_the_target(build, one, grows):
    local = {**LOCAL, "G59": 900}
    _, gap = _quotient_gap(build, one, local)

    grown, _ = _quotient_gap(build, one, {**local, grows: local[grows] + gap.jobs_to_target})

    assert grown.contributions[0].value.fact.value == pytest.approx(2.0)
    assert grown.low == pytest.approx(100)


def test_a_quotient_that_a_blank_cell_leaves_unknown_has_no_gap(build, one):
    use, gap = _quotient_gap(build, one, {**LOCAL, "G59": 900}, left_out=("J66",))

    assert gap is None
    assert use.coverage_pct == 0


def test_a_quotient_that_no_number_of_jobs_reaches_says_so(build, one):
    _, gap = _quotient_gap(build, one, LOCAL, target=8.0)

    assert gap.jobs_to_target is None


def test_a_quotient_stated_as_a_measure_is_not_turned_into_jobs_of_the_industry_sheet(build, one):
    _, gap = _quotient_gap(build, one, {**LOCAL, "C13": 5000}, stated={"anchor_lq": 0.8})

    assert gap.to_target == pytest.approx(1.2)
    assert gap.jobs_to_target is None


@pytest.mark.parametrize(("category", "is_design"), [("power_reuse", True), ("blockchain", False)])
def test_criteria_of_halls_are_design_conditions_of_a_use_that_builds_its_own(
    build, one, category, is_design
):
    needs = [(POWER, 10, 50, 40), ("pue", 1.5, 1.25, 30), (TIER, 2, 3, 30, "hard")]

    use = one(needs, {POWER: 5, "pue": 1.6, TIER: 3}, use=build.use("R90", category))

    marked = {part.requirement.criterion_id: part.is_design_condition for part in use.contributions}
    assert marked == {POWER: False, "pue": is_design, TIER: False}
    reached = {part.requirement.criterion_id: part.meets_minimum for part in use.contributions}
    assert reached == {POWER: False, "pue": False, TIER: True}


@pytest.mark.parametrize(("units_max", "is_given"), [(2, True), (0.5, False)])
def test_a_gap_whose_target_lies_at_a_barred_size_is_no_weakness(
    build, knowledge, units_max, is_given
):
    # From 3,000 racks on, 7.5 MW of IT, no hall may be built: 0.7 of a unit on 8.75 MW.
    use = build.use("R90", "power_reuse", ("data_centre",), scale_mw=10)
    row = build.unit_need("R90", units_min=0.5, units_max=units_max, grid_mw_per_unit=12.5)
    bar = build.rule("T-1", "data_centre", "prohibited", limit=("racks", ">=", 3000))
    duty = build.rule("T-2", "data_centre", "permitted")
    known = build.catalogue(
        knowledge, [use], [build.need("R90", POWER, 6.25, 12.5, 100)], [bar, duty], units=[row]
    )

    found = build.scored(known, build.region(measures=[build.measure(POWER, 7)])).uses["R90"]

    assert [gap.is_given for gap in found.gaps] == [is_given]


# --- shortlist, prepare, open law -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "listed"), [(20, "shortlist"), (20.1, "shortlist"), (19.9, "cleared"), (0, "cleared")]
)
def test_the_shortlist_begins_at_a_readiness_of_50(one, value, listed):
    # 10 MW scores 0 and 30 MW 100, so 20 MW is 50
    assert one([(POWER, 10, 30, 100)], {POWER: value}).listed == listed


@pytest.mark.parametrize(
    ("criterion", "minimum", "target", "value"),
    [
        (POWER, 0.1, 0.5, 0.3),
        (POWER, 0.2, 1.0, 0.6),
        ("carbon_intensity", 0.7, 0.4, 0.55),
        (PRICE, 0.35, 0.2, 0.275),
    ],
)
def test_half_way_between_decimal_anchors_is_a_readiness_of_50(
    one, criterion, minimum, target, value
):
    assert one([(criterion, minimum, target, 100)], {criterion: value}).listed == "shortlist"


@pytest.mark.parametrize(
    ("weight", "listed", "rank"), [(70, "shortlist", 1), (69.5, "cleared", None)]
)
def test_below_a_coverage_of_70_there_is_no_rank_and_no_place_on_the_shortlist(
    one, weight, listed, rank
):
    use = one([(POWER, 10, 30, weight), (PRICE, 0.8, 0.6, 100 - weight)], {POWER: 30})

    assert (use.coverage_pct, use.listed, use.rank) == (weight, listed, rank)


@pytest.mark.parametrize("value", [5, None])
def test_a_use_whose_hard_minimum_is_missed_or_open_is_never_shortlisted(one, value):
    needs = [(POWER, 10, 30, 20, "hard"), (PRICE, 0.8, 0.6, 80)]
    values = {PRICE: 0.5} if value is None else {PRICE: 0.5, POWER: value}

    use = one(needs, values)

    assert use.low == 80
    assert (use.listed, use.rank) == ("cleared", None)


def test_a_declining_use_is_never_shortlisted_or_prepared(build, one):
    old = build.use("U90", maturity="declining")
    needs = [(POWER, 10, 30, 60), (SIGNED, 1, 3, 40, "hard")]
    signed = [build.institution("U90", name=name) for name in ("One", "Two", "Three")]

    ready = one(needs, {POWER: 30}, use=old, institutions=signed)
    waiting = one(
        needs, {POWER: 30}, use=old, institutions=[build.institution("U90", status="talks")]
    )

    assert (ready.low, ready.listed) == (100, "cleared")
    assert waiting.listed == "cleared"


PREPARED = [(POWER, 10, 30, 60), (SIGNED, 2, 6, 40, "hard")]


@pytest.mark.parametrize(
    ("power", "listed"),
    [
        (30, "prepare"),  # 60 points, and two signatures reach the minimum only
        (27, "prepare"),  # 51 points
        (26, "cleared"),  # 48 points: signing is not all that is missing
    ],
)
def test_a_use_that_lacks_signatures_and_nothing_else_is_prepared(build, one, power, listed):
    use = one(PREPARED, {POWER: power}, institutions=[build.institution("U90", status="talks")])

    assert use.viability == "not_viable"
    assert use.listed == listed
    assert (use.signatures.signed, use.signatures.missing) == (0, 2)


def test_a_use_that_lacks_a_type_only_is_prepared_with_the_type_named(build, one):
    use = one(
        PREPARED,
        {POWER: 30},
        use=build.use("U90", key_institution_types=("court",)),
        institutions=_signing(build, [("bank", "signed"), ("bank", "signed")]),
    )

    assert use.listed == "prepare"
    assert (use.signatures.missing, use.signatures.missing_types) == (1, ("court",))


@pytest.mark.parametrize("power", [5, None])
def test_a_use_that_lacks_another_hard_minimum_as_well_is_not_prepared(build, one, power):
    needs = [(POWER, 10, 30, 10, "hard"), (PRICE, 0.8, 0.6, 60), (SIGNED, 1, 3, 30, "hard")]
    values = {PRICE: 0.6} if power is None else {PRICE: 0.6, POWER: power}

    use = one(needs, values, institutions=[build.institution("U90", status="talks")])

    assert use.listed == "cleared"


@pytest.mark.parametrize(
    ("effects", "listed"),
    [
        (("permitted", "encouraged"), "shortlist"),
        (("conditional", "encouraged"), "shortlist"),
        (("permitted", None), "law_not_checked"),
        ((None, None), "law_not_checked"),
        (("prohibited", "encouraged"), None),
    ],
)
def test_only_a_use_whose_law_is_fully_assessed_is_shortlisted(build, small, effects, listed):
    names = ("data_centre", "personal_data")
    rules = [
        build.rule(f"T-{name}", name, effect)
        for name, effect in zip(names, effects, strict=True)
        if effect
    ]
    uses = [build.use("U90", activities=names)]

    found = small(uses, [build.need("U90", POWER, 10, 30, 100)], {POWER: 30}, rules)

    if listed is None:
        assert found.uses == {}
    else:
        assert found.uses["U90"].listed == listed
    in_law_list = ("U90",) if listed == "law_not_checked" else ()
    in_shortlist = ("U90",) if listed == "shortlist" else ()
    assert found.law_not_checked["blockchain"] == in_law_list
    assert found.shortlist["blockchain"] == in_shortlist
    assert found.order["blockchain"] == in_shortlist


def test_a_use_whose_law_is_open_takes_no_rank_from_the_others(build, small):
    uses = [
        build.use("U90", activities=("data_centre",)),
        build.use("U91", activities=("customs",)),
    ]
    needs = [build.need("U90", POWER, 10, 30, 100), build.need("U91", POWER, 10, 40, 100)]

    found = small(uses, needs, {POWER: 30}, [build.rule("T-1", "customs", "permitted")])

    assert found.uses["U90"].low > found.uses["U91"].low
    assert (found.uses["U90"].rank, found.uses["U91"].rank) == (None, 1)
    assert found.prepare["blockchain"] == ()


@pytest.mark.parametrize(
    "where",
    [
        {"jurisdiction": "CN", "admin_code": "370200"},
        {"jurisdiction": "KZ", "admin_code": "551000000"},
        {"jurisdiction": "US-TX", "admin_code": "48"},
        {"jurisdiction": "DE", "admin_code": "DE1"},
    ],
)
def test_comparators_are_scored_nowhere_not_even_where_they_are_lawful(build, knowledge, where):
    here = build.region(**where, power=[build.point(500, 0.01)])

    found = build.scored(knowledge, here)

    assert not [use_id for use_id in found.uses if use_id.startswith("P")]
    assert set(found.order) == {"blockchain", "power_reuse"}


# --- order and ranks ------------------------------------------------------------------------------


def _field(build, needs_by_use, **options):
    uses = [
        build.use(use_id, "power_reuse" if use_id.startswith("R") else "blockchain", **options)
        for use_id in needs_by_use
    ]
    needs = [
        build.need(use_id, *need[:4], hard=len(need) > 4)
        for use_id, rows in needs_by_use.items()
        for need in rows
    ]
    return uses, needs


def test_ties_share_a_rank_and_the_next_rank_is_skipped(build, small):
    uses, needs = _field(
        build,
        {
            "U91": [(POWER, 10, 40, 100)],
            "U92": [(POWER, 0, 30, 100)],
            "U93": [(POWER, 0, 30, 100)],
            "U94": [(POWER, 10, 50, 100)],
        },
    )

    found = small(uses, needs, {POWER: 30})

    assert {key: use.rank for key, use in found.uses.items()} == {
        "U91": 3, "U92": 1, "U93": 1, "U94": 4,
    }  # fmt: skip
    assert found.order["blockchain"] == ("U92", "U93", "U91", "U94")


def test_a_tie_in_arithmetic_is_a_tie_whatever_the_last_bit_says(build, small):
    uses, needs = _field(build, {"U91": [(POWER, 0.1, 0.5, 100)], "U92": [(POWER, 0, 0.6, 100)]})

    found = small(uses, needs, {POWER: 0.3})  # half way in both

    assert {key: use.rank for key, use in found.uses.items()} == {"U91": 1, "U92": 1}


def test_the_two_lists_are_ranked_apart(build, small):
    uses, needs = _field(build, {"U91": [(POWER, 10, 50, 100)], "R91": [(POWER, 10, 40, 100)]})

    found = small(uses, needs, {POWER: 30})

    assert {key: use.rank for key, use in found.uses.items()} == {"U91": 1, "R91": 1}
    assert (found.order["blockchain"], found.order["power_reuse"]) == (("U91",), ("R91",))


def test_a_viable_use_comes_before_an_open_one_and_that_before_one_that_fails(build, small):
    uses, needs = _field(
        build,
        {
            "U91": [(POWER, 40, 60, 10, "hard"), (PRICE, 0.8, 0.6, 90)],  # fails with 90 points
            "U92": [(TIER, 3, 3, 20, "hard"), (PRICE, 0.8, 0.6, 80)],  # open with 80
            "U93": [(POWER, 10, 60, 100, "hard")],  # viable with 40
        },
    )

    found = small(uses, needs, {POWER: 30, PRICE: 0.6})

    assert found.order["blockchain"] == ("U93", "U92", "U91")
    assert {key: use.rank for key, use in found.uses.items()} == {
        "U91": None, "U92": None, "U93": 1,
    }  # fmt: skip


def test_the_shortlist_keeps_the_order_of_readiness_until_benefit_is_known(build, small):
    uses, needs = _field(
        build,
        {
            "U91": [(POWER, 10, 45, 100)],
            "U92": [(POWER, 10, 30, 100)],
            "U93": [(POWER, 10, 90, 100)],
        },
    )

    assert small(uses, needs, {POWER: 30}).shortlist["blockchain"] == ("U92", "U91")


# --- the biggest gaps -----------------------------------------------------------------------------


def test_the_biggest_gaps_are_the_three_that_cost_most_and_never_what_is_given(build, small):
    lacking = {
        "hub_status": (0, 1, 20, 0), "anchor_lq": (1, 2, 12, 1), PRICE: (0.8, 0.6, 5, 0.8),
        "dev_fte": (5, 20, 9, 5), "ops_fte": (5, 20, 7, 5), "renewable_share": (20, 80, 3, 20),
    }  # fmt: skip
    rows = [(key, low, high, points) for key, (low, high, points, _) in lacking.items()]
    uses, needs = _field(build, {"U91": [*rows, (POWER, 10, 30, 44)]})
    values = {key: value for key, (*_, value) in lacking.items()}

    found = small(uses, needs, {**values, POWER: 30})

    assert {"hub_status", "anchor_lq"} <= {gap.criterion_id for gap in found.uses["U91"].gaps}
    assert [(gap.criterion_id, gap.points) for gap in found.biggest_gaps] == [
        ("dev_fte", 9), ("ops_fte", 7), (PRICE, 5),
    ]  # fmt: skip


def test_a_gap_shared_by_uses_adds_their_points_and_names_the_one_that_lacks_most(build, small):
    uses, needs = _field(
        build,
        {
            "U91": [("dev_fte", 0, 20, 20), (POWER, 10, 30, 80)],
            "U92": [("dev_fte", 0, 40, 10), (POWER, 10, 30, 90)],
        },
    )

    (gap,) = small(uses, needs, {"dev_fte": 10, POWER: 30}).biggest_gaps

    assert (gap.use_id, gap.uses, gap.gap.to_target) == ("U92", ("U92", "U91"), 30)
    assert gap.points == pytest.approx(20 * 0.5 + 10 * 0.75)


def test_gaps_of_uses_within_reach_come_before_those_of_the_rest(build, small):
    uses, needs = _field(
        build,
        {
            "U91": [("dev_fte", 0, 20, 20), (POWER, 10, 30, 80)],
            "U92": [("ops_fte", 50, 90, 90), (POWER, 10, 30, 10)],
        },
    )

    found = small(uses, needs, {"dev_fte": 10, "ops_fte": 10, POWER: 30})

    assert found.shortlist["blockchain"] == ("U91",)
    assert [gap.criterion_id for gap in found.biggest_gaps] == ["dev_fte"]


def test_without_a_shortlist_the_gaps_are_those_of_all_cleared_uses(build, small):
    uses, needs = _field(build, {"U92": [("ops_fte", 50, 90, 100)]})

    found = small(uses, needs, {"ops_fte": 10})

    assert found.shortlist["blockchain"] == ()
    assert [(gap.criterion_id, gap.gap.to_minimum) for gap in found.biggest_gaps] == [
        ("ops_fte", 40)
    ]


# --- the shipped catalogue ------------------------------------------------------------------------


@pytest.fixture
def plausible(build):
    """A region of the size of a prefecture with something short of most targets."""
    return build.region(
        figures={"renewable_share": 31, "in_national_hub": 0, "grid_factor": 0.62},
        power=[build.point(42, 0.61, 0.74), build.point(9, 0.52, 0.7)],
        data_centres=[build.hall(1.1, 60, tier=3, availability=99.95, pue=1.42)],
        workforce=[
            build.role("developers", 14), build.role("operations", 9), build.role("technicians", 45),
        ],
        connectivity=[build.link(120, 24)],
        industry=[
            build.industry("C13", 5000, 3e6), build.industry("C35", 4000, 5e6),
            build.industry("J66", 2000, 6e6), build.industry("S92", 9000, 2e7),
        ],
        institutions=[
            build.institution("U03", "bank"), build.institution("U07", "court"),
            build.institution("U01", "port_group", "talks"),
        ],
        sites=[build.site(mva=25, hall_m2=14_000, road=14, port=60, water=210)],
    )  # fmt: skip


def test_every_gap_of_the_catalogue_closes_to_the_readiness_it_promises(
    build, knowledge, plausible
):
    before = build.scored(knowledge, plausible)
    gaps = {(use.use_id, gap.criterion_id): gap for use in before.uses.values() for gap in use.gaps}
    targets = {(criterion, gap.target) for (_, criterion), gap in gaps.items()}

    checked = set()
    for criterion, target in targets:
        closed = replace(plausible, measures=(build.measure(criterion, target),))
        after = build.scored(knowledge, closed)
        for (use_id, own), gap in gaps.items():
            if (own, gap.target) == (criterion, target):
                assert after.uses[use_id].low == pytest.approx(gap.readiness_at_target, abs=1e-9)
                checked.add((use_id, own))
    assert checked == set(gaps)
    assert len(checked) > 100


def test_every_use_of_the_catalogue_adds_up_and_lies_between_its_ends(build, knowledge, plausible):
    for use in build.scored(knowledge, plausible).uses.values():
        assert math.fsum(part.points_low for part in use.contributions) == use.low
        assert math.fsum(part.requirement.weight for part in use.contributions) == 100
        assert 0 <= use.low <= use.high <= 100


def test_a_target_at_a_size_that_the_law_bars_is_nobodys_task(cities):
    """Outside the hubs halls of 7.5 MW of IT and more are barred: 10 MW is no target there."""
    readiness = cities["changzhi"].readiness
    for use_id in ("R01", "R02"):
        gap = next(one for one in readiness.uses[use_id].gaps if one.criterion_id == "it_load_mw")
        assert gap.target == 10
        assert gap.is_given
    assert "it_load_mw" not in {one.criterion_id for one in readiness.biggest_gaps}
    tasks = {one.action.action_id for one in cities["changzhi"].action_plan.actions}
    assert "A02" not in tasks
