from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from generator.analysis.risks import due_procedures, fired_risks, undecided_procedures
from generator.analysis.scope import procedures_of
from generator.analysis.screening import screen
from generator.analysis.triggers import Situation
from generator.model import LISTS, Label, Readiness, Trigger


def test_every_procedure_of_the_catalogue_has_a_trigger(knowledge):
    named = {name for one in knowledge.procedures for name in one.applies_when}
    assert named <= set(knowledge.procedure_triggers)


def due_for(here, known, planned, as_of, connection=0.0):
    """What is due where these uses are the programme, whatever else would keep them out of it."""
    return due_procedures(situation(here, known, planned, as_of, connection))


def situation(here, known, planned, as_of, connection=0.0):
    own = procedures_of(known.procedures, known.lineage(here.jurisdiction))
    known = replace(known, procedures=own)
    nothing = dict.fromkeys(LISTS, ())
    readiness = Readiness({}, nothing, nothing, nothing, nothing, ())
    amounts = {use_id: {"grid_mw": connection} for use_id in planned}
    return Situation(here, known, screen(here, known, as_of), readiness, amounts)


@pytest.fixture
def fires(build, knowledge):
    """For a trigger, the uses that one procedure on it names, or None where it is not due."""

    def found(trigger, uses=(), connection=0.0, **sheets):
        (sample,) = [one for one in knowledge.procedures if one.procedure_id == "CN-P01"]
        procedure = replace(sample, applies_when=tuple(trigger.split(";")))
        known = replace(build.catalogue(knowledge, uses), procedures=(procedure,))
        planned = [use.use_id for use in uses]
        due = due_for(build.region(**sheets), known, planned, build.TODAY, connection)
        return due[0].uses if due else None

    return found


# --- what law has to decide -----------------------------------------------------------------------


@pytest.mark.parametrize("asks", [True, False])
def test_a_procedure_that_puts_a_question_is_a_risk_of_its_uses(build, knowledge, asks):
    (sample,) = [one for one in knowledge.procedures if one.procedure_id == "CN-P01"]
    question = Label((("en", "May it be built?"),)) if asks else Label()
    procedure = replace(sample, applies_when=("vehicle_charging",), question=question)
    risk = replace(knowledge.risks[0], trigger="law_decides")
    uses = [
        build.use("R13", "power_reuse", ("ev_charging",)),
        build.use("R05", "power_reuse", ("cold_storage",)),
    ]
    known = replace(build.catalogue(knowledge, uses), procedures=(procedure,), risks=(risk,))
    here = situation(build.region(), known, ["R13", "R05"], build.TODAY)

    assert [one.uses for one in fired_risks(here)] == ([("R13",)] if asks else [])


# --- every plan -----------------------------------------------------------------------------------


@pytest.mark.parametrize("trigger", ["always", "major_decision"])
def test_some_procedures_are_due_for_every_plan(fires, trigger):
    assert fires(trigger) == ()


# --- what a blank leaves open ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "is_due", "is_open"),
    [({}, False, True), ({"in_national_hub": 0}, True, False), ({"in_national_hub": 1}, False, False)],
)  # fmt: skip
def test_a_procedure_that_hangs_on_a_blank_is_neither_applied_nor_dropped(
    build, knowledge, figures, is_due, is_open
):
    trigger = Trigger("outside", Label(), "region_equals", ("in_national_hub",), ("0",))
    procedure = replace(knowledge.procedures[0], applies_when=("outside",))
    known = replace(knowledge, procedures=(procedure,), procedure_triggers={"outside": trigger})
    found = situation(build.region(figures=figures), known, [], build.TODAY)

    assert [one.procedure for one in due_procedures(found)] == ([procedure] if is_due else [])
    assert undecided_procedures(found) == ((procedure,) if is_open else ())


def test_an_open_procedure_of_another_place_or_a_later_day_is_not_named(build, knowledge):
    trigger = Trigger("outside", Label(), "region_equals", ("in_national_hub",), ("0",))
    one = replace(knowledge.procedures[0], applies_when=("outside",))
    elsewhere = replace(one, jurisdiction="KZ")
    later = replace(one, in_force_from=build.TODAY + timedelta(days=1))
    known = replace(
        knowledge, procedures=(elsewhere, later), procedure_triggers={"outside": trigger}
    )

    assert undecided_procedures(situation(build.region(), known, [], build.TODAY)) == ()


# --- money ----------------------------------------------------------------------------------------

_FUNDS = ("public", "mixed", "borrowing", "tax_incentive", "business", "")


@pytest.mark.parametrize(
    ("trigger", "sources"),
    [
        ("public_funds", {"public", "mixed"}),
        ("new_debt", {"borrowing"}),
        ("tax_incentive", {"tax_incentive"}),
    ],
)
@pytest.mark.parametrize("source", _FUNDS)
def test_a_source_of_funds_in_limits_or_steps_sets_its_procedures_off(
    build, fires, trigger, sources, source
):
    expected = () if source in sources else None

    assert fires(trigger, limits=[build.limit(source)]) == expected
    assert fires(trigger, steps=[build.step(source)]) == expected
    assert fires(trigger) is None


@pytest.mark.parametrize("trigger", ["policy_measure", "state_support"])
def test_a_step_paid_by_the_public_is_a_measure_of_support(build, fires, trigger):
    assert fires(trigger, steps=[build.step("business"), build.step("public")]) == ()
    assert fires(trigger, steps=[build.step("business")]) is None
    assert fires(trigger) is None


# --- what the uses do -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trigger", "activity"),
    [
        ("data_centre", "data_centre"),
        ("personal_data", "personal_data"),
        ("important_data", "important_data"),
        ("cross_border_data", "cross_border_data"),
    ],
)
def test_an_activity_of_a_project_sets_its_procedures_off(build, fires, trigger, activity):
    has = build.use("U90", activities=("permissioned_blockchain", activity))
    other = build.use("U91")

    assert fires(trigger, [has, other]) == ("U90",)
    assert fires(trigger, [other]) is None


def test_a_chain_that_the_public_may_reach_is_filed_and_money_on_a_bank_s_is_not(build, fires):
    chain = build.use("U90", activities=("permissioned_blockchain",))
    other = build.use("U91", activities=("ecny_merchant",))
    service = build.use("U92", activities=("blockchain_information_service",))

    assert fires("blockchain_service", [chain, other, service]) == ("U90", "U92")
    assert fires("blockchain_service", [other]) is None


@pytest.mark.parametrize(
    ("amounts", "is_due", "is_open"),
    [
        ({"energy_tce_a": 1000.0}, True, False),
        ({"energy_tce_a": 999.0}, False, False),
        ({"grid_mw": 20.0}, False, True),
    ],
)
def test_a_procedure_with_a_floor_is_due_from_it_on_and_open_where_no_amount_is_known(
    build, knowledge, amounts, is_due, is_open
):
    (review,) = [one for one in knowledge.procedures if one.procedure_id == "CN-P06"]
    known = replace(knowledge, procedures=(review,))
    found = replace(
        situation(build.region(), known, ["R06"], build.TODAY), amounts={"R06": amounts}
    )

    assert [one.uses for one in due_procedures(found)] == ([("R06",)] if is_due else [])
    assert undecided_procedures(found) == ((review,) if is_open else ())


def test_a_floor_of_what_is_built_says_nothing_of_what_is_not(build, knowledge):
    (review,) = [one for one in knowledge.procedures if one.procedure_id == "CN-P06"]
    found = situation(
        build.region(), replace(knowledge, procedures=(review,)), ["U07"], build.TODAY
    )

    assert due_procedures(found) == () == undecided_procedures(found)


def test_a_use_outside_the_programme_sets_nothing_off(build, knowledge):
    due = due_for(build.region(), knowledge, ["U06"], build.TODAY)

    assert "personal_data" not in {name for one in due for name in one.procedure.applies_when}
    assert "data_centre" not in {name for one in due for name in one.procedure.applies_when}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("court", ("U90",)), ("tax_office", ("U90",)), ("registry", ("U90",)),
        ("procurement_authority", ("U90",)), ("customs", ("U90",)), ("government", ("U90",)),
        ("bank", None), ("port_group", None), ("insurer", None), (None, None),
    ],
)  # fmt: skip
def test_a_blockchain_use_around_a_public_body_is_a_government_system(build, fires, kind, expected):
    keys = (kind,) if kind else ()

    assert fires("government_it_system", [build.use("U90", key_institution_types=keys)]) == expected


def test_a_power_reuse_use_is_no_government_system(build, fires):
    hall = build.use("R90", "power_reuse", key_institution_types=("government",))

    assert fires("government_it_system", [hall]) is None


def test_a_power_reuse_use_is_a_fixed_asset_that_consumes_energy(build, fires):
    uses = [build.use("U90"), build.use("R90", "power_reuse")]

    assert fires("fixed_asset_energy", uses) == ("R90",)
    assert fires("fixed_asset_energy", uses[:1]) is None


@pytest.mark.parametrize(("source", "expected"), [("public", ("R90",)), ("business", None)])
def test_building_works_with_public_money_are_tendered(build, fires, source, expected):
    uses = [build.use("U90"), build.use("R90", "power_reuse")]

    assert fires("state_funded_works", uses, limits=[build.limit(source)]) == expected
    assert fires("state_funded_works", uses[:1], limits=[build.limit(source)]) is None


@pytest.mark.parametrize(("megawatts", "expected"), [(74.9, None), (75, ("R90",)), (120, ("R90",))])
def test_a_project_with_a_connection_of_75_mw_is_a_large_load(build, fires, megawatts, expected):
    use = build.use("R90", "power_reuse")

    assert fires("large_load", [use], megawatts) == expected


# --- what the region has --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], ()), (["One"], ()), (["One", "One"], ()), (["One", "Two"], None)],
)
def test_fewer_than_two_suppliers_ask_for_a_single_source_notice(build, fires, names, expected):
    rows = [build.institution("U90", "supplier", name=name) for name in names]
    others = [build.institution("U90", "bank", name="Bank"), build.institution("U90", "court")]

    assert fires("single_supplier", institutions=[*rows, *others]) == expected


@pytest.mark.parametrize(
    ("land_use", "expected"),
    [
        ("industrial land", None), ("", None), ("warehouse land", ("R90",)), ("mixed", ("R90",)),
        ("other", ("R90",)),
    ],
)  # fmt: skip
def test_a_site_on_other_land_asks_for_a_change_of_land_use(build, fires, land_use, expected):
    uses = [build.use("U90"), build.use("R90", "power_reuse")]
    sites = [build.site(), build.site(land_use=land_use)]

    assert fires("land_use_change", uses, sites=sites) == expected
    assert fires("land_use_change", uses[:1], sites=sites) is None


# --- when and where -------------------------------------------------------------------------------


def _due(build, knowledge, as_of, planned=("R01", "R05"), **where):
    """At 10 MW, which is above every floor of energy and load."""
    found = situation(build.region(**where), knowledge, planned, as_of)
    large = {"grid_mw": 10.0, "it_mw": 10.0, "energy_tce_a": 9000.0}
    due = due_procedures(replace(found, amounts=dict.fromkeys(planned, large)))
    return {one.procedure.procedure_id for one in due}


@pytest.mark.parametrize(
    ("as_of", "is_due"), [(date(2025, 8, 31), False), (date(2025, 9, 1), True)]
)
def test_a_procedure_that_starts_later_is_left_out(build, knowledge, as_of, is_due):
    # Energy-saving review and carbon evaluation: in force from 1 September 2025
    assert ("CN-P06" in _due(build, knowledge, as_of)) is is_due


def test_a_procedure_without_a_recorded_start_counts_as_started(build, knowledge):
    borrowing = [build.limit("borrowing")]

    assert "CN-P08" in _due(build, knowledge, date(2015, 1, 1), limits=borrowing)


@pytest.mark.parametrize(
    ("jurisdiction", "prefixes"),
    [
        ("CN", {"CN"}),
        ("DE", {"DE", "EU"}),
        # The state has procedures of its own in place of both federal ones.
        ("US-TX", {"TX"}),
        ("KZ", {"KZ"}),
        ("US-NY", {"US"}),
        ("IS", set()),
    ],
)
def test_procedures_are_those_of_the_jurisdiction_and_its_parents(
    build, knowledge, jurisdiction, prefixes
):
    found = _due(build, knowledge, build.TODAY, jurisdiction=jurisdiction)

    assert {name.split("-")[0] for name in found} == prefixes


def test_texas_sees_a_grant_as_state_support(build, knowledge):
    where = {"jurisdiction": "US-TX", "admin_code": "48"}

    assert "TX-P04" in _due(build, knowledge, build.TODAY, steps=[build.step("public")], **where)
    assert "TX-P04" not in _due(build, knowledge, build.TODAY, **where)


def test_procedures_name_the_projects_in_the_order_of_the_catalogue(build, knowledge):
    due = due_for(build.region(), knowledge, ["R07", "R01", "U18"], build.TODAY)

    (gate,) = [one for one in due if one.procedure.procedure_id == "CN-P07"]
    assert gate.uses == ("U18", "R01", "R07")
