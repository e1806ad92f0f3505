import pytest
from msgspec.structs import replace

from generator.analysis.actions import plan_actions
from generator.analysis.causes import TRIGGERS
from generator.analysis.risks import fired_risks
from generator.analysis.screening import screen
from generator.analysis.triggers import Situation
from generator.model import FOLLOWING, Action, DueProcedure, Label, Supply

OWNERS = ("government", "business", "research", "operator", "counsel")


def action(action_id, trigger, *, waits=(), start=0.0, months=1.0, owner="operator", partners=()):
    text = Label((("en", action_id),))
    triggers = (trigger,) if isinstance(trigger, str) else trigger
    return Action(
        action_id, triggers, (), text, text, owner, partners, "lead", "responsible", (), (), None, waits,
        start, months, text, text, text, (),
    )  # fmt: skip


@pytest.fixture
def plan(build):
    def of(known, here, actions, first=(), second=(), procedures=()):
        known = replace(known, actions=tuple(actions))
        screening, readiness = screen(here, known, build.TODAY), build.scored(known, here)
        chosen = build.programme(first, second)
        amounts: dict = {use_id: {} for use_id in chosen.uses}
        risks = fired_risks(Situation(here, known, screening, readiness, amounts))
        due = [DueProcedure(one, uses) for one, uses in procedures]
        return plan_actions(known, screening, readiness, chosen, risks, due)

    return of


@pytest.fixture
def known(build, knowledge):
    """A shortlisted use and one that misses a hard minimum, under a conditional rule each."""
    uses = [build.use("U90"), build.use("U91", activities=("personal_data",))]
    needs = [
        build.need("U90", "spare_grid_mw", 1, 10, 60, hard=True),
        build.need("U90", "ops_fte", 4, 10, 20),
        build.need("U90", "pue", 1.5, 1.3, 20),
        build.need("U91", "spare_grid_mw", 100, 200, 100, hard=True),
    ]
    rules = [
        build.rule("T1", "permissioned_blockchain", "conditional"),
        build.rule("T2", "permissioned_blockchain", "permitted"),
        build.rule("T3", "personal_data", "conditional"),
    ]
    return replace(build.catalogue(knowledge, uses, needs, rules), risks=())


@pytest.fixture
def here(build):
    return build.region(
        power=[build.point(8)],
        workforce=[build.role("operations", build.fact(10, "FTE", cell="E4"))],
    )


# --- what sets an action off ----------------------------------------------------------------------


def test_the_kinds_of_trigger_are_those_of_the_catalogue(knowledge):
    kinds = {name.partition(":")[0] for one in knowledge.actions for name in one.trigger}

    assert kinds == set(TRIGGERS)


@pytest.mark.parametrize(
    ("criterion_id", "fires"),
    [("spare_grid_mw", True), ("ops_fte", False), ("pue", False), ("racks_available", False)],
)
def test_a_known_gap_of_a_project_fires(plan, known, here, criterion_id, fires):
    found = plan(known, here, [action("A1", f"gap:{criterion_id}")], ["U90"]).actions

    assert [one.because.uses for one in found] == ([("U90",)] if fires else [])


def test_a_key_institution_that_has_not_signed_is_a_gap(build, plan, knowledge):
    use = build.use("U90", key_institution_types=("bank",))
    needs = [
        build.need("U90", "spare_grid_mw", 1, 2, 80),
        build.need("U90", "anchor_institutions", 1, 1, 20, hard=True),
    ]
    known = build.catalogue(knowledge, [use], needs)
    institutions = [build.institution("U90", "court")]
    here = build.region(power=[build.point(5)], institutions=institutions)

    (found,) = plan(known, here, [action("A1", "gap:anchor_institutions")], (), ["U90"]).actions

    assert (found.because.uses, found.is_binding) == (("U90",), True)


def test_a_conditional_rule_on_a_project_fires(plan, known, here):
    actions = [
        action("A1", "rule:permissioned_blockchain"),
        action("A2", "rule:personal_data"),
    ]

    found = plan(known, here, actions, ["U90"])

    (one,) = found.actions
    assert (one.because.kind, one.because.uses, one.because.rules) == ("rule", ("U90",), ("T1",))
    assert one.is_binding


def test_a_fired_risk_sets_off_its_actions(plan, known, knowledge, here):
    risks = (
        replace(knowledge.risks[0], risk_id="K1", trigger="always"),
        replace(knowledge.risks[0], risk_id="K2", trigger="legacy_mining_present"),
    )
    actions = [action("A1", "risk:K1"), action("A2", "risk:K2")]

    (one,) = plan(replace(known, risks=risks), here, actions).actions

    assert (one.action.action_id, one.because.reference, one.is_binding) == ("A1", "K1", False)


def test_a_project_of_either_wave_sets_off_its_own_actions_and_those_of_its_list(plan, known, here):
    actions = [
        action("A1", "selected:U90"),
        action("A2", "selected:blockchain"),
        action("A3", "selected:power_reuse"),
        action("A4", "selected:U91"),
    ]

    found = plan(known, here, actions, ("U90",)).actions

    assert [one.action.action_id for one in found] == ["A1", "A2"]
    assert plan(known, here, actions, (), ("U90",)).actions == found
    assert plan(known, here, actions).actions == ()


@pytest.mark.parametrize(("effect", "fires"), [("prohibited", True), ("permitted", False)])
def test_barred_comparators_set_off_their_refusal(build, plan, knowledge, effect, fires):
    comparator = build.use("P90", "mining_and_trading", ("pow_mining",))
    known = build.catalogue(knowledge, [comparator], rules=[build.rule("T1", "pow_mining", effect)])

    found = plan(known, build.region(), [action("A1", "law:prohibited")]).actions

    assert [(one.because.uses, one.because.rules) for one in found] == (
        [(("P90",), ("T1",))] if fires else []
    )


def test_a_project_sets_off_its_first_step_and_those_of_its_list(plan, known, here):
    actions = [
        action("A1", "proposed:U90"),
        action("A2", "proposed:blockchain"),
        action("A3", "proposed:U91"),
        action("A4", "proposed:power_reuse"),
    ]

    found = plan(known, here, actions, ["U90"]).actions

    assert [(one.action.action_id, one.because.uses) for one in found] == [
        ("A1", ("U90",)), ("A2", ("U90",)),
    ]  # fmt: skip


def test_a_shortlisted_use_outside_the_programme_sets_nothing_off(plan, known, here):
    triggers = (
        "proposed:U90", "selected:U90", "gap:spare_grid_mw", "rule:permissioned_blockchain",
    )  # fmt: skip

    assert plan(known, here, [action("A1", triggers)]).actions == ()


def test_a_use_that_could_supply_a_project_is_proposed_and_no_other_of_its_kind(
    build, plan, known, here
):
    feeding = build.project("U90", supplies=(Supply("U91", 1.0, build.fact(1), ()),))
    actions = [action("A1", "proposed:U91"), action("A2", "selected:U91")]

    found = plan(known, here, actions, [feeding]).actions

    assert [one.action.action_id for one in found] == ["A1"]
    assert plan(known, here, actions, ["U90"]).actions == ()


def test_a_use_that_waits_for_signatures_alone_is_asked_for_them_and_for_nothing_else(
    build, plan, knowledge
):
    needs = [
        build.need("U90", "spare_grid_mw", 1, 9, 80),
        build.need("U90", "anchor_institutions", 2, 2, 20, hard=True),
    ]
    rules = [build.rule("T1", "permissioned_blockchain", "conditional")]
    known = build.catalogue(knowledge, [build.use("U90")], needs, rules)
    here = build.region(power=[build.point(8)], institutions=[build.institution("U90")])

    actions = [
        action("A1", "proposed:U90"), action("A2", "gap:anchor_institutions"),
        action("A3", "gap:spare_grid_mw"), action("A4", "selected:U90"),
        action("A5", "rule:permissioned_blockchain"),
    ]  # fmt: skip

    found = plan(known, here, actions).actions

    assert [one.action.action_id for one in found] == ["A1", "A2"]


def test_a_due_procedure_sets_off_its_action_for_the_uses_that_call_for_it(plan, known, here):
    due, other = known.procedures[:2]
    actions = [
        action("A1", f"procedure:{due.procedure_id}"),
        action("A2", f"procedure:{other.procedure_id}"),
    ]

    (one,) = plan(known, here, actions, procedures=[(due, ("U90",))]).actions

    assert (one.action.action_id, one.because.uses) == ("A1", ("U90",))


def test_always_sets_an_action_off_in_every_plan(build, plan, known):
    (one,) = plan(known, build.region(), [action("A1", "always")]).actions

    assert (one.because.kind, one.because.uses) == ("always", ())


def test_each_of_several_triggers_keeps_the_uses_that_it_speaks_of(plan, known, here):
    triggers = ("selected:U91", "gap:spare_grid_mw", "selected:U90", "always")

    (one,) = plan(known, here, [action("A1", triggers)], ("U90",)).actions

    assert [(cause.kind, cause.reference, cause.uses) for cause in one.causes] == [
        ("gap", "spare_grid_mw", ("U90",)), ("selected", "U90", ("U90",)), ("always", "", ()),
    ]  # fmt: skip
    assert one.because.uses == ("U90",)
    assert plan(known, here, [action("A1", ("selected:U91", "rule:data_centre"))]).actions == ()


def test_a_rule_behind_any_of_several_triggers_makes_an_action_binding(plan, known, here):
    triggers = ("proposed:U90", "rule:permissioned_blockchain")

    (one,) = plan(known, here, [action("A1", triggers)], ["U90"]).actions

    assert one.is_binding


def test_what_is_given_is_nobodys_task(build, plan, knowledge):
    needs = [
        build.need("U90", "spare_grid_mw", 1, 2, 80),
        build.need("U90", "hub_status", 0, 1, 20),
    ]
    known = build.catalogue(knowledge, [build.use("U90")], needs)
    here = build.region(power=[build.point(5)], figures={"in_national_hub": 0})
    (gap,) = build.scored(known, here).uses["U90"].gaps

    assert (gap.criterion_id, gap.to_target, gap.is_given) == ("hub_status", 1, True)
    assert plan(known, here, [action("A1", "gap:hub_status")], ["U90"]).actions == ()


# --- order and time -------------------------------------------------------------------------------


def test_an_action_starts_when_the_last_it_waits_for_ends(plan, known, here):
    actions = [
        action("A1", "selected:U90", waits=("A2", "A3"), start=1),
        action("A2", "selected:U90", start=2, months=3),
        action("A3", "selected:U90", start=0, months=4),
    ]

    found = {one.action.action_id: one for one in plan(known, here, actions, ("U90",)).actions}

    assert (found["A1"].start_month, found["A1"].end_month) == (max(1, 2 + 3, 0 + 4), 6)
    assert list(found) == ["A3", "A2", "A1"]


def test_what_waits_for_a_building_starts_when_the_building_stands(plan, known, here, build):
    registers = replace(action("A1", "selected:U91", start=6), stage="after_works")
    first, second = (build.project(use, months=(6, 12)) for use in ("U90", "U91"))

    (alone,) = plan(known, here, [registers], (second,)).actions
    (later,) = plan(known, here, [registers], (first,), (second,)).actions

    assert alone.start_month == 9  # the middle of six and twelve
    assert later.start_month == 9 + 9  # the second wave begins when the first stands


def test_the_test_of_what_is_built_ends_with_the_works(plan, known, here, build):
    tests = replace(action("A1", "selected:U90", start=6, months=2), stage="in_works")
    held = replace(tests, depends_on=("A2",))
    late = action("A2", "selected:U90", start=0, months=20)
    project = build.project("U90", months=(6, 12))

    (alone,) = plan(known, here, [tests], (project,)).actions
    waits = plan(known, here, [held, late], (project,)).actions[-1]

    assert (alone.start_month, alone.end_month) == (9 - 2, 9)
    assert waits.start_month == 20  # whatever it waits for comes first


def test_nothing_that_works_wait_for_waits_for_works(knowledge):
    """Else works would begin before what is to come before them."""
    catalogue = {one.action_id: one for one in knowledge.actions}
    for one in catalogue.values():
        for key in one.depends_on:
            waits = catalogue[key].stage in FOLLOWING
            assert not waits or one.stage in FOLLOWING, (one.action_id, key)


def test_an_action_that_did_not_fire_holds_nothing_up(plan, known, here):
    actions = [
        action("A1", "selected:U90", waits=("A2",), start=1),
        action("A2", "selected:U91", start=9, months=9),
    ]

    (one,) = plan(known, here, actions, ("U90",)).actions

    assert (one.depends_on, one.start_month) == ((), 1)


def test_the_order_is_by_start_then_id_after_what_is_waited_for(plan, known, here):
    actions = [
        action("A1", "selected:U90", waits=("A9",), start=0),
        action("A9", "selected:U90", start=0, months=0),
        action("A5", "selected:U90", start=0),
    ]

    found = plan(known, here, actions, ("U90",)).actions

    assert [one.action.action_id for one in found] == ["A5", "A9", "A1"]
    assert plan(known, here, reversed(actions), ("U90",)).actions == found


def test_a_circle_is_refused_by_the_names_of_its_actions_even_if_none_fires(plan, known, here):
    actions = [
        action("A1", "selected:U91", waits=("A2",)),
        action("A2", "selected:U91", waits=("A1",)),
        action("A3", "selected:U90"),
    ]

    with pytest.raises(ValueError, match="A1, A2"):
        plan(known, here, actions, ("U90",))


def test_the_actions_of_the_catalogue_are_in_no_circle_and_wait_for_known_ones(knowledge):
    names = {one.action_id for one in knowledge.actions}

    assert all(set(one.depends_on) <= names for one in knowledge.actions)


# --- indicator and tasks --------------------------------------------------------------------------


def test_the_indicator_starts_from_the_rolled_up_cell_and_aims_at_the_target(
    build, plan, known, here
):
    staff = build.role("operations", build.fact(6, "FTE", cell="E4"))
    short = replace(here, workforce=(staff,))

    programme = plan(known, short, [action("A1", "gap:ops_fte", start=2, months=3)], ["U90"])

    (one,), (row,) = programme.actions, programme.monitoring
    found = one.baseline
    assert (found.use_id, found.value.fact.value, found.minimum, found.target) == (
        "U90", 6, 4, 10,
    )  # fmt: skip
    assert [origin.cell for origin in found.value.fact.origins] == ["E4"]
    assert (row.baseline, row.first_check_month, row.is_binding) == (found, 2 + 3, False)


def test_the_worst_value_is_the_baseline_and_the_farthest_target_breaks_ties(
    build, plan, knowledge
):
    needs = [
        *(build.need(f"U9{n}", "spare_grid_mw", 1, 2, 80) for n in range(3)),
        build.need("U90", "anchor_institutions", 1, 5, 20),
        build.need("U91", "anchor_institutions", 1, 3, 20),
        build.need("U92", "anchor_institutions", 1, 4, 20),
    ]
    known = build.catalogue(knowledge, [build.use(f"U9{n}") for n in range(3)], needs)
    signed = [build.institution("U90", name=f"Body {n}") for n in range(3)]
    signed += [build.institution("U91"), build.institution("U92")]
    here = build.region(power=[build.point(5)], institutions=signed)

    projects = ["U90", "U91", "U92"]
    (one,) = plan(known, here, [action("A1", "gap:anchor_institutions")], projects).actions

    assert (one.baseline.use_id, one.baseline.value.fact.value, one.baseline.target) == (
        "U92", 1, 4,
    )  # fmt: skip


def test_a_hard_minimum_makes_the_indicator_binding(plan, known, here):
    (one,) = plan(known, here, [action("A1", "gap:spare_grid_mw")], ["U90"]).actions

    assert one.is_binding


@pytest.mark.parametrize(
    ("owner", "partners", "letters"),
    [
        ("operator", ("government", "counsel"), ("A", "I", "I", "R", "C")),
        ("operator", ("business",), ("I", "C", "I", "AR", "I")),
        ("government", ("research",), ("AR", "I", "C", "I", "I")),
    ],
)
def test_each_type_of_owner_has_its_part(plan, known, here, owner, partners, letters):
    actions = [action("A1", "selected:U90", owner=owner, partners=partners)]

    (one,) = plan(known, here, actions, ("U90",)).actions

    assert one.raci == dict(zip(OWNERS, letters, strict=True))


def test_an_empty_region_still_has_a_programme(build, plan, knowledge):
    programme = plan(knowledge, build.region(), knowledge.actions)

    kinds = {one.because.kind for one in programme.actions}
    assert kinds == {"risk", "law", "always"}
    assert [row.action_id for row in programme.monitoring] == [
        one.action.action_id for one in programme.actions
    ]
