from datetime import timedelta

import pytest
from msgspec.structs import replace

from generator.analysis.risks import fired_risks, undecided_risks
from generator.analysis.screening import screen
from generator.analysis.triggers import TESTS, Situation
from generator.model import TRIGGER_TESTS, Relation, Trigger

PROJECT = {"U90": 0.0}
"""A programme of one use, with its connection in MW."""


@pytest.fixture
def found(build, knowledge):
    """What a trigger does in a region: its fired risk, `undecided`, or None."""

    def of(trigger, here, known=None, as_of=build.TODAY, projects=None):
        risk = replace(knowledge.risks[0], risk_id="K99", trigger=trigger)
        known = replace(known or build.catalogue(knowledge, []), risks=(risk,))
        situation = situation_of(build, here, known, as_of, projects)
        if undecided_risks(situation):
            assert fired_risks(situation) == ()
            return "undecided"
        return next(iter(fired_risks(situation)), None)

    return of


def situation_of(build, here, known, as_of, projects=None):
    """The programme is these uses with their connections; every shortlisted use unless it is said."""
    screening, readiness = screen(here, known, as_of), build.scored(known, here, as_of)
    if projects is None:
        projects = {use_id: 0.0 for ids in readiness.shortlist.values() for use_id in ids}
    amounts = {use_id: {"grid_mw": connection} for use_id, connection in projects.items()}
    return Situation(here, known, screening, readiness, amounts)


@pytest.fixture
def added(build, knowledge):
    """A catalogue with one more trigger, as a row of the table would add it."""

    def of(test, argument="", value="", known=None):
        terms = (tuple(part for part in text.split(";") if part) for text in (argument, value))
        row = Trigger("new", build.label("New"), test, *terms)
        known = known or build.catalogue(knowledge, [])
        return replace(known, triggers={**known.triggers, "new": row})

    return of


@pytest.fixture
def one_use(build, knowledge):
    """A catalogue of one use that is shortlisted where a point has spare capacity."""

    def of(use_id="U90", category="blockchain", activities=("permissioned_blockchain",), **more):
        needs = more.pop("needs", [build.need(use_id, "spare_grid_mw", 1, 2, 100)])
        rules = more.pop("rules", None)
        use = build.use(use_id, category, activities, **more)
        return build.catalogue(knowledge, [use], needs, rules)

    return of


@pytest.fixture
def powered(build):
    return build.region(power=[build.point(5)])


# --- the closed list ------------------------------------------------------------------------------


def test_the_closed_list_is_what_the_catalogue_defines(knowledge):
    assert set(TESTS) == set(TRIGGER_TESTS) == set(knowledge.choices["trigger_test"])
    assert {risk.trigger for risk in knowledge.risks} <= set(knowledge.triggers)


def test_risks_are_sorted_by_likelihood_times_impact_then_id(build, knowledge):
    ratings = {"K1": (2, 3), "K3": (5, 2), "K2": (2, 5), "K4": (5, 5)}
    risks = tuple(
        replace(knowledge.risks[0], risk_id=key, trigger="always", likelihood_1_5=a, impact_1_5=b)
        for key, (a, b) in ratings.items()
    )
    known, here = replace(build.catalogue(knowledge, []), risks=risks), build.region()

    fired = fired_risks(situation_of(build, here, known, build.TODAY))

    assert [(one.risk.risk_id, one.score) for one in fired] == [
        ("K4", 25), ("K2", 10), ("K3", 10), ("K1", 6),
    ]  # fmt: skip


def test_an_empty_region_names_what_is_always_so_and_what_is_open(build, knowledge):
    situation = situation_of(build, build.region(), knowledge, build.TODAY)

    fired = {one.risk.trigger for one in fired_risks(situation)}
    open_ones = {risk.trigger for risk in undecided_risks(situation)}

    # Stale rules are a risk to projects, and there is none.
    assert fired == {"always", "fewer_than_two_suppliers", "coverage_below_70pct"}
    assert open_ones == {"coal_share_over_70pct", "outside_computing_hub"}


# --- registers ------------------------------------------------------------------------------------


def test_always_fires_in_every_brief(build, found):
    assert found("always", build.region()).uses == ()


def test_a_former_mine_fires_and_any_other_site_does_not(build, found):
    other = replace(build.site(), former_use="industry")

    fired = found("legacy_mining_present", build.region(sites=[other, build.site()]))

    assert [origin.cell for origin in fired.origins] == ["5"]
    assert found("legacy_mining_present", build.region(sites=[other])) is None


@pytest.mark.parametrize(
    ("names", "fires"), [([], True), (["A"], True), (["A", "A"], True), (["A", "B"], False)]
)
def test_two_different_suppliers_are_asked_for_whatever_their_status(build, found, names, fires):
    statuses = ["contacted", "signed"]
    rows = [
        build.institution("U90", "supplier", status, name)
        for name, status in zip(names, statuses, strict=False)
    ]
    here = build.region(institutions=[*rows, build.institution("U90", "bank")])

    assert (found("fewer_than_two_suppliers", here) is not None) is fires


def plant(build, kind, mw, status="existing"):
    return replace(
        build.point(0, kind=kind, status=status), capacity_mw=build.fact(mw, cell=f"{kind}{mw}")
    )


@pytest.mark.parametrize(("coal", "fires"), [(71, True), (70, False), (0, False)])
def test_coal_above_70_percent_of_the_existing_plants_fires(build, found, coal, fires):
    rows = [
        plant(build, "coal", coal),
        plant(build, "wind", 100 - coal),
        plant(build, "coal", 900, "planned"),
        plant(build, "coal", 900, "building"),
        plant(build, "connection point", 900),
    ]

    fired = found("coal_share_over_70pct", build.region(power=rows))

    assert (fired is not None) is fires
    if fires:
        assert [origin.cell for origin in fired.origins] == ["coal71"]


def test_without_an_existing_plant_or_its_capacity_coal_is_undecided(build, found):
    planned = build.region(power=[plant(build, "coal", 10, "planned"), build.point(5)])
    blank = build.region(power=[plant(build, "coal", 10), plant(build, "wind", None)])

    assert found("coal_share_over_70pct", build.region()) == "undecided"
    assert found("coal_share_over_70pct", planned) == "undecided"
    assert found("coal_share_over_70pct", blank) == "undecided"


@pytest.mark.parametrize(("hub", "outcome"), [(0, True), (1, False), (None, "undecided")])
def test_a_region_outside_the_hubs_fires(build, found, hub, outcome):
    figure = build.fact(hub, cell="X4")

    fired = found("outside_computing_hub", build.region(figures={"in_national_hub": figure}))

    if outcome is True:
        assert [origin.cell for origin in fired.origins] == ["X4"]
    else:
        assert fired == (outcome or None)


@pytest.mark.parametrize(("load", "fires"), [(3, True), (0, False), (None, False)])
def test_an_unexplained_load_above_nought_fires(build, found, load, fires):
    here = build.region(figures={"unexplained_load_mw": load})

    assert (found("unexplained_load", here) is not None) is fires


# --- law ------------------------------------------------------------------------------------------


def test_a_rule_checked_over_180_days_ago_fires_where_a_project_rests_on_it(
    build, found, one_use, powered
):
    rules = [
        build.rule("T1", "permissioned_blockchain", "permitted"),
        build.rule("T2", "pow_mining", "prohibited", checked_on=build.TODAY - timedelta(days=999)),
    ]
    known = one_use(rules=rules)

    fired = found("rule_pack_stale", powered, known, build.TODAY + timedelta(days=181))

    assert (fired.uses, fired.rules) == (("U90",), ("T1",))
    assert found("rule_pack_stale", powered, known, build.TODAY + timedelta(days=180)) is None
    late = build.TODAY + timedelta(days=181)
    assert found("rule_pack_stale", powered, known, late, projects={}) is None


def test_a_replaced_instrument_fires(build, found, one_use, powered):
    rules = [
        build.rule("T1", "permissioned_blockchain", "permitted"),
        build.rule("T2", "permissioned_blockchain", "permitted"),
    ]
    replaces = Relation("I-T2", "replaces", "I-T1", build.TODAY)
    known = replace(one_use(rules=rules), relations=(replaces,))

    assert found("rule_pack_stale", powered, known).rules == ("T1",)


@pytest.mark.parametrize(("effect", "fires"), [("conditional", True), ("permitted", False)])
def test_a_conditional_rule_on_a_project_fires(build, found, one_use, powered, effect, fires):
    known = one_use(rules=[build.rule("T1", "permissioned_blockchain", effect)])

    fired = found("conditional_rules_present", powered, known)

    assert (fired is not None) is fires
    assert found("conditional_rules_present", powered, known, projects={}) is None
    if fires:
        assert (fired.uses, fired.rules) == (("U90",), ("T1",))


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", ["personal_data", "cross_border_data"])
def test_data_risks_fire_for_projects_that_carry_the_activity(found, one_use, powered, activity):
    carrier = one_use(activities=("permissioned_blockchain", activity))

    assert found(activity, powered, carrier).uses == ("U90",)
    assert found(activity, powered, one_use()) is None
    assert found(activity, powered, carrier, projects={}) is None


@pytest.mark.parametrize(
    ("trigger", "fires", "does_not"),
    [
        ("data_centre_repurposing", ("R01", "R02", "R07"), ("R03", "R04", "R05", "R06")),
        ("hydrogen_or_storage", ("R03", "R04"), ("R01", "R02", "R05", "R06", "R07")),
    ],
)
def test_power_reuse_risks_fire_for_named_options_in_the_programme(
    found, one_use, powered, trigger, fires, does_not
):
    for use_id in fires:
        known = one_use(use_id, "power_reuse", ("data_centre",))
        assert found(trigger, powered, known).uses == (use_id,)
        assert found(trigger, powered, known, projects={}) is None
    for use_id in does_not:
        assert found(trigger, powered, one_use(use_id, "power_reuse", ("data_centre",))) is None


@pytest.fixture
def anchored(build, one_use):
    """A use that asks for two signatures, softly or not, and for a bank among them."""

    def of(*, hard, key_types=()):
        needs = [
            build.need("U90", "spare_grid_mw", 1, 2, 80),
            build.need("U90", "anchor_institutions", 2, 4, 20, hard=hard),
        ]
        return one_use(needs=needs, key_institution_types=key_types)

    return of


def signed(build, *types):
    rows = [build.institution("U90", kind, name=f"Body {n}") for n, kind in enumerate(types)]
    return build.region(power=[build.point(5)], institutions=rows)


@pytest.mark.parametrize("hard", [True, False])
def test_too_few_signatures_fire(build, found, anchored, hard):
    trigger = "anchor_institutions_below_minimum"

    fired = found(trigger, signed(build, "bank"), anchored(hard=hard), projects=PROJECT)

    assert (fired.uses, [origin.cell for origin in fired.origins]) == (("U90",), ["4"])
    both = signed(build, "bank", "court")
    assert found(trigger, both, anchored(hard=hard), projects=PROJECT) is None


@pytest.mark.parametrize("hard", [True, False])
def test_a_key_type_without_a_signature_fires(build, found, anchored, hard):
    known = anchored(hard=hard, key_types=("bank",))
    trigger = "anchor_institutions_below_minimum"

    others = signed(build, "court", "court", "court")
    assert found(trigger, others, known, projects=PROJECT).uses == ("U90",)
    assert found(trigger, signed(build, "court", "bank"), known, projects=PROJECT) is None


def test_without_a_sheet_of_institutions_soft_signatures_are_undecided(build, found, anchored):
    known = anchored(hard=False)

    assert found("anchor_institutions_below_minimum", signed(build), known) == "undecided"


@pytest.mark.parametrize(("known_weight", "fires"), [(69, True), (70, False)])
def test_a_cleared_use_with_too_little_data_fires(
    build, found, one_use, powered, known_weight, fires
):
    needs = [
        build.need("U90", "spare_grid_mw", 1, 2, known_weight),
        build.need("U90", "pue", 1.5, 1.3, 100 - known_weight),
    ]

    assert (found("coverage_below_70pct", powered, one_use(needs=needs)) is not None) is fires


def test_a_use_whose_law_is_open_does_not_count_for_coverage(build, found, one_use):
    known = one_use(rules=[build.rule("T1", "personal_data", "permitted")])

    assert found("coverage_below_70pct", build.region(), known) is None


# --- the programme --------------------------------------------------------------------------------


@pytest.mark.parametrize(("connection", "fires"), [(74.9, False), (75, True), (90, True)])
def test_a_large_load_is_the_connection_of_a_project(found, one_use, powered, connection, fires):
    known = one_use("R90", "power_reuse")

    fired = found("large_load_selected", powered, known, projects={"R90": connection})

    assert (fired.uses if fired else None) == (("R90",) if fires else None)
    assert found("large_load_selected", powered, known, projects={}) is None


def test_power_reuse_in_the_programme_fires_and_blockchain_does_not(found, one_use, powered):
    hall, chain = one_use("R90", "power_reuse"), one_use("U90")

    assert found("power_reuse_selected", powered, hall, projects={}) is None
    assert found("power_reuse_selected", powered, hall, projects={"R90": 0.0}).uses == ("R90",)
    assert found("power_reuse_selected", powered, chain, projects={"U90": 0.0}) is None


# --- what a project bears, and what law has to decide ---------------------------------------------


@pytest.mark.parametrize(("value", "fires"), [(99, False), (100, True), (119, True), (120, False)])
def test_a_value_close_to_its_limit_fires(build, found, added, one_use, value, fires):
    needs = [build.need("U90", "spare_grid_mw", 100, 200, 100)]
    known = added("margin_below", "spare_grid_mw", "0.2", one_use(needs=needs))

    fired = found("new", build.region(power=[build.point(value)]), known, projects=PROJECT)

    assert (fired is not None) is fires


@pytest.mark.parametrize(("people", "fires"), [(49, False), (50, True)])
def test_people_without_a_post_fire_from_a_number_on(
    build, knowledge, added, one_use, powered, people, fires
):
    risk = replace(knowledge.risks[0], risk_id="K99", trigger="new")
    known = replace(added("people_left", "", "50", one_use()), risks=(risk,))
    situation = situation_of(build, powered, known, build.TODAY, PROJECT)

    assert bool(fired_risks(replace(situation, unplaced=float(people)))) is fires
    # Where there is no project nobody waits for a post in one.
    assert fired_risks(replace(situation, unplaced=float(people), amounts={})) == ()


# --- new rows of the table ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "argument", "value", "fires"),
    [
        ("site_field", "land_use", "warehouse land;mixed", True),
        ("site_field", "land_use", "industrial land", False),
        ("institutions_fewer", "bank", "3", True),
        ("institutions_fewer", "bank", "2", False),
        ("plant_share_above", "wind;solar", "0.4", True),
        ("plant_share_above", "wind;solar", "0.5", False),
        ("region_above", "population", "99", True),
        ("region_above", "population", "100", False),
        ("region_equals", "population", "100", True),
        ("region_equals", "gdp", "5", "undecided"),
        ("activity", "data_centre;permissioned_blockchain", "", True),
        ("activity", "data_centre", "", False),
        ("category", "blockchain", "", True),
        ("category", "power_reuse", "", False),
        ("key_institution", "blockchain", "bank;court", True),
        ("key_institution", "blockchain", "court", False),
        ("funds", "borrowing;mixed", "", True),
        ("funds", "public", "", False),
        ("step_funds", "borrowing", "", False),
        ("funded_category", "blockchain", "borrowing", True),
        ("funded_category", "power_reuse", "borrowing", False),
        ("site_land_other", "blockchain", "industrial land", True),
        ("site_land_other", "blockchain", "warehouse land", False),
        ("quantity_from", "grid_mw", "1.2", True),
        ("quantity_from", "grid_mw", "1.3", False),
    ],
)
def test_a_trigger_that_is_added_to_the_table_needs_no_code(
    build, found, added, one_use, test, argument, value, fires
):
    here = build.region(
        power=[
            build.point(5),
            plant(build, "wind", 30),
            plant(build, "solar", 20),
            plant(build, "coal", 50),
        ],
        sites=[build.site(land_use="warehouse land")],
        institutions=[build.institution("U90", "bank", name=name) for name in ("One", "Two")],
        limits=[build.limit("borrowing")],
        figures={"population": 100},
    )
    known = added(test, argument, value, one_use(key_institution_types=("bank",)))

    fired = found("new", here, known, projects={"U90": 1.2})

    assert (fired if fires == "undecided" else fired is not None) == fires
