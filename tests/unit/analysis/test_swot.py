from datetime import timedelta

import pytest
from msgspec.structs import replace

from generator.analysis.risks import fired_risks
from generator.analysis.screening import screen
from generator.analysis.swot import counsel_questions, derive_swot
from generator.analysis.triggers import Situation

BOTH = ("conditional", "unverified")


def shortlisted(readiness):
    return [use_id for ids in readiness.shortlist.values() for use_id in ids]


@pytest.fixture
def swot(build):
    def of(known, here, as_of=build.TODAY, projects=None):
        """Every shortlisted use is a project unless it is said which are."""
        screening, readiness = screen(here, known, as_of), build.scored(known, here, as_of)
        first = shortlisted(readiness) if projects is None else projects
        chosen = build.programme(first)
        situation = Situation(here, known, screening, readiness, {use_id: {} for use_id in first})
        return derive_swot(known, screening, readiness, chosen, fired_risks(situation))

    return of


@pytest.fixture
def questions(build):
    def of(known, here, first=None, second=()):
        """Every shortlisted use is begun first unless it is said which are."""
        screening, readiness = screen(here, known, build.TODAY), build.scored(known, here)
        begun = shortlisted(readiness) if first is None else first
        return counsel_questions(screening, readiness, build.programme(begun, second))

    return of


@pytest.fixture
def powered(build):
    return build.region(power=[replace(build.point(5), spare_mw=build.fact(5, "MW", cell="G4"))])


@pytest.fixture
def known(build, knowledge):
    """Two uses on the shortlist, one that misses a hard minimum."""
    needs = [
        build.need("U90", "spare_grid_mw", 1, 5, 70),
        build.need("U90", "ops_fte", 1, 5, 30),
        build.need("U91", "spare_grid_mw", 1, 4, 75),
        build.need("U91", "ops_fte", 1, 9, 25),
        build.need("U92", "backbone_gbps", 100, 400, 60, hard=True),
        build.need("U92", "ops_fte", 100, 400, 40, hard=True),
    ]
    uses = [build.use(f"U9{n}") for n in range(3)]
    return replace(build.catalogue(knowledge, uses, needs), risks=())


# --- strengths and weaknesses ---------------------------------------------------------------------


def staffed(build, powered, fte):
    here = build.region(workforce=[build.role("operations", fte)], connectivity=[build.link(60)])
    return replace(powered, workforce=here.workforce, connectivity=here.connectivity)


def test_a_strength_meets_the_target_of_every_project_that_asks(build, swot, known, powered):
    (item,) = swot(known, staffed(build, powered, 5)).strengths

    assert (item.kind, item.reference, item.uses) == ("criterion", "spare_grid_mw", ("U90", "U91"))
    assert item.weight == 70 + 75
    assert [value.fact.value for value in item.values] == [5]
    assert [origin.cell for origin in item.origins] == ["G4"]


def test_the_strongest_six_come_first(build, swot, knowledge):
    here = build.region(
        power=[build.point(5)],
        data_centres=[build.hall(5, 5, tier=4, availability=99.9, pue=1.2)],
        connectivity=[build.link(9, 1)],
    )
    weights = {
        "spare_grid_mw": 10, "it_load_mw": 11, "racks_available": 12, "tier_level": 13,
        "availability_pct": 14, "pue": 19, "backbone_gbps": 21,
    }  # fmt: skip
    needs = [
        build.need("U90", key, 3 if key == "pue" else 0, 2 if key == "pue" else 1, weight)
        for key, weight in weights.items()
    ]
    known = build.catalogue(knowledge, [build.use("U90")], needs)

    found = swot(known, here).strengths

    assert [item.weight for item in found] == [21, 19, 14, 13, 12, 11]


def test_weaknesses_are_the_gaps_of_projects(build, swot, known, powered):
    """U90 has all the staff that it asks for, and U92 is no project."""
    (staff,) = swot(known, staffed(build, powered, 5)).weaknesses

    assert (staff.reference, staff.uses, staff.gap.to_target) == ("ops_fte", ("U91",), 9 - 5)


def test_without_a_project_weaknesses_are_what_holds_back_any_use(build, swot, known, powered):
    here = staffed(build, powered, 5)
    readiness = build.scored(known, here)

    found = swot(known, here, projects=[]).weaknesses

    assert [item.reference for item in found] == ["ops_fte", "backbone_gbps"]
    staff, band = found
    assert staff.gap == readiness.biggest_gaps[0].gap
    assert staff.uses == ("U91", "U92")
    assert (band.uses, band.weight, band.gap.to_minimum) == (("U92",), 60, 100 - 60)


def test_what_is_given_is_no_weakness(build, knowledge, swot, powered):
    needs = [
        build.need("U90", "spare_grid_mw", 1, 5, 50),
        build.need("U90", "hub_status", 1, 1, 50, hard=True),
    ]
    known = build.catalogue(knowledge, [build.use("U90")], needs)
    here = replace(powered, figures={**powered.figures, "in_national_hub": build.fact(0)})
    (missed,) = build.scored(known, here).uses["U90"].missed

    assert missed.requirement.criterion_id == "hub_status"
    assert swot(replace(known, risks=()), here).weaknesses == ()


def test_what_is_unknown_is_neither_strength_nor_weakness(swot, known, powered):
    found = swot(known, powered)

    assert [item.reference for item in found.strengths] == ["spare_grid_mw"]
    assert found.weaknesses == ()


# --- opportunities and threats --------------------------------------------------------------------


@pytest.mark.parametrize(("effect", "count"), [("encouraged", 1), ("permitted", 0)])
def test_an_encouraged_rule_on_a_project_is_an_opportunity(
    build, swot, known, powered, effect, count
):
    rules = [
        build.rule("T1", "permissioned_blockchain", effect),
        build.rule("T2", "cold_storage", "encouraged"),
    ]

    found = swot(replace(known, rules=tuple(rules)), staffed(build, powered, 5)).opportunities

    assert [(item.kind, item.reference, item.uses) for item in found] == [
        ("rule", "T1", ("U90", "U91"))
    ][:count]


def test_threats_are_the_six_worst_risks(swot, known, knowledge, powered):
    risks = tuple(
        replace(
            knowledge.risks[0], risk_id=f"K{n}", trigger="always", likelihood_1_5=n, impact_1_5=1
        )
        for n in range(1, 9)
    )

    found = swot(replace(known, risks=risks), powered).threats

    assert [(item.kind, item.reference, item.weight) for item in found] == [
        ("risk", f"K{n}", n) for n in (8, 7, 6, 5, 4, 3)
    ]


def test_a_stale_rule_that_a_project_rests_on_is_a_threat(build, swot, known, powered):
    rules = [
        build.rule("T1", "permissioned_blockchain", "permitted"),
        build.rule("T2", "cold_storage", "permitted"),
    ]
    later = build.TODAY + timedelta(days=181)
    here = staffed(build, powered, 5)

    found = swot(replace(known, rules=tuple(rules)), here, later).threats

    assert [(item.kind, item.reference, item.uses) for item in found] == [
        ("stale_rule", "T1", ("U90", "U91"))
    ]


def test_an_empty_region_has_no_strength_and_no_opportunity(build, swot, knowledge):
    found = swot(knowledge, build.region())

    assert (found.strengths, found.opportunities) == ((), ())
    assert {item.kind for item in found.threats} == {"risk"}


# --- counsel --------------------------------------------------------------------------------------


def test_counsel_is_asked_about_conditional_and_unverified_rules_once(
    build, questions, known, powered
):
    rules = [
        build.rule("T4", "permissioned_blockchain", "conditional", read_kind="press"),
        build.rule("T3", "permissioned_blockchain", "permitted", read_kind="repost"),
        build.rule("T2", "permissioned_blockchain", "conditional"),
        build.rule("T1", "permissioned_blockchain", "permitted"),
        build.rule("T0", "cold_storage", "conditional"),
    ]

    found = questions(replace(known, rules=tuple(rules)), staffed(build, powered, 5)).questions

    assert [(one.rule.rule_id, one.reasons) for one in found] == [
        ("T2", ("conditional",)), ("T3", ("unverified",)), ("T4", BOTH),
    ]  # fmt: skip
    assert {one.uses for one in found} == {("U90", "U91")}


def test_counsel_is_asked_about_rules_that_depend_on_an_unknown_and_about_bars_from_a_size_on(
    build, questions, known, powered
):
    energy, load = ("energy_tce_a", ">=", 1000), ("load_mw", ">=", 4)
    rules = [
        build.rule("T1", "permissioned_blockchain", "permitted"),
        build.rule("T2", "permissioned_blockchain", "conditional", limit=energy),
        build.rule("T3", "permissioned_blockchain", "prohibited", limit=load),
        build.rule("T4", "permissioned_blockchain", "encouraged", limit=energy),
    ]

    found = questions(replace(known, rules=tuple(rules)), staffed(build, powered, 5)).questions

    assert [(one.rule.rule_id, one.reasons) for one in found] == [
        ("T2", ("conditional",)), ("T3", ("conditional",)),
    ]  # fmt: skip


def test_an_undated_rule_is_no_condition_but_may_be_unverified(build, questions, known, powered):
    rules = [
        build.rule("T1", "permissioned_blockchain", "permitted"),
        build.rule("T2", "permissioned_blockchain", "conditional", None),
        build.rule("T3", "permissioned_blockchain", "conditional", None, read_kind="press"),
    ]

    found = questions(replace(known, rules=tuple(rules)), powered).questions

    assert [(one.rule.rule_id, one.reasons) for one in found] == [("T3", ("unverified",))]


def test_what_the_first_wave_rests_on_is_asked_first(build, knowledge, questions, powered):
    uses = [
        build.use("U90", activities=("personal_data",)),
        build.use("U91", activities=("data_processing",)),
    ]
    needs = [build.need(use.use_id, "spare_grid_mw", 1, 2, 100) for use in uses]
    rules = [
        build.rule("T1", "personal_data", "conditional"),
        build.rule("T2", "data_processing", "conditional"),
    ]
    known = build.catalogue(knowledge, uses, needs, rules)

    found = questions(known, powered, ["U91"], ["U90"]).questions

    assert [(one.rule.rule_id, one.is_first_wave) for one in found] == [
        ("T2", True), ("T1", False),
    ]  # fmt: skip


def test_activities_without_a_rule_are_open(build, knowledge, questions, powered):
    uses = [build.use(f"U9{n}", activities=("personal_data", "customs")) for n in range(2)]
    needs = [build.need(use.use_id, "spare_grid_mw", 1, 2, 100) for use in uses]
    known = build.catalogue(
        knowledge, uses, needs, [build.rule("T1", "personal_data", "conditional")]
    )

    found = questions(known, powered)

    assert found.questions == ()
    assert [(one.activity, one.uses) for one in found.open_activities] == [
        ("customs", ("U90", "U91"))
    ]


def test_without_a_project_counsel_is_asked_nothing(build, questions, known, powered):
    rule = build.rule("T1", "permissioned_blockchain", "conditional")
    known = replace(known, rules=(rule,))

    assert [one.uses for one in questions(known, powered, ["U91"]).questions] == [("U91",)]
    assert questions(known, powered, []).questions == ()
