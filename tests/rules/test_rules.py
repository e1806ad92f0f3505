"""The rule packs against the cases written from the instruments (README.md in this folder)."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.analysis.screening import is_in_force, is_in_scope, lineage, screen
from generator.intake import load_knowledge
from generator.model import Claim, Fact, Knowledge, Label, Region, Rule
from generator.problems import Origin
from generator.settings import data_root

_HERE = Path(__file__).parent
_INPUTS = data_root() / "inputs"
_KNOWLEDGE = load_knowledge(_INPUTS / "catalogue", _INPUTS / "rules")
_RULES = {rule.rule_id: rule for rule in _KNOWLEDGE.rules}
_STRICTEST = ("prohibited", "conditional", "permitted", "encouraged")


@dataclass(frozen=True)
class Case:
    name: str
    jurisdiction: str
    admin_code: str
    activity: str
    as_of: date
    applies: frozenset[str]
    applies_not: frozenset[str]
    effect: str


def _ids(joined: str) -> frozenset[str]:
    return frozenset(part for part in joined.split(";") if part)


def _read(path: Path) -> list[Case]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Case(
                name=row["case"],
                jurisdiction=row["jurisdiction"],
                admin_code=row["admin_code"],
                activity=row["activity"],
                as_of=date.fromisoformat(row["as_of"]),
                applies=_ids(row["applies"]),
                applies_not=_ids(row["applies_not"]),
                effect=row["effect"].replace(" ", "_"),
            )
            for row in csv.DictReader(file)
        ]


_CASES = [case for path in sorted(_HERE.glob("*.csv")) for case in _read(path)]


def _that_apply(case: Case, knowledge: Knowledge) -> list[Rule]:
    orders = lineage(case.jurisdiction, knowledge)
    return [
        rule
        for rule in knowledge.rules
        if rule.activity == case.activity
        and is_in_scope(rule, orders, case.admin_code)
        and is_in_force(rule, case.as_of)
    ]


def _region(case: Case) -> Region:
    """A region at the case's place that makes a claim about the case's activity."""
    claim = Claim(Origin("case.xlsx", "Claims", "A2"), Label(), Label(), case.activity)
    return Region(
        files=("cases.csv",),
        origin=Origin("case.xlsx", "Region", "A2"),
        code="case",
        name=Label(),
        jurisdiction=case.jurisdiction,
        admin_code=case.admin_code,
        currency="CNY",
        cny_per_unit=Fact(1.0, "CNY"),
        rate_on=None,
        rate_source="",
        prepared_by=Label(),
        contact_email="",
        plan_from=None,
        plan_until=None,
        handling="",
        figures={},
        claims=(claim,),
    )


# --- every row of the case files ------------------------------------------------------------------


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_the_rules_that_apply_are_those_the_instruments_say(case):
    found = _that_apply(case, _KNOWLEDGE)

    names = {rule.rule_id for rule in found}
    assert names == case.applies
    assert not names & case.applies_not
    effects = {rule.effect for rule in found}
    assert next((one for one in _STRICTEST if one in effects), "not_assessed") == case.effect


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_screening_names_the_same_rules_and_effect_as_the_case(case):
    screening = screen(_region(case), _KNOWLEDGE, case.as_of)

    found = screening.claims[0].finding
    assert found.activity == case.activity
    assert {rule.rule_id for rule in found.rules} == case.applies
    assert found.effect == case.effect
    for use in _KNOWLEDGE.uses:
        if case.activity in use.regulated_activities:
            assert found in screening.uses[use.use_id].findings


# --- the case files themselves --------------------------------------------------------------------


def test_every_case_is_a_sentence_of_its_own():
    repeated = [name for name, count in Counter(case.name for case in _CASES).items() if count > 1]

    assert not repeated


def test_cases_name_rules_and_activities_that_exist():
    named = {rule_id for case in _CASES for rule_id in case.applies | case.applies_not}

    assert named <= set(_RULES)
    assert {case.activity for case in _CASES} <= set(_KNOWLEDGE.activities)


def test_no_case_has_a_rule_both_apply_and_not_apply():
    assert [case.name for case in _CASES if case.applies & case.applies_not] == []


def test_the_effect_of_a_case_is_the_strictest_of_the_rules_it_names():
    for case in _CASES:
        effects = {_RULES[rule_id].effect for rule_id in case.applies}
        expected = next((one for one in _STRICTEST if one in effects), "not_assessed")
        assert case.effect == expected, case.name


# --- every rule has its cases ---------------------------------------------------------------------

_DATED = sorted(rule_id for rule_id, rule in _RULES.items() if rule.in_force_from is not None)
_UNDATED = sorted(rule_id for rule_id, rule in _RULES.items() if rule.in_force_from is None)
_ENDED = sorted(rule_id for rule_id, rule in _RULES.items() if rule.in_force_until is not None)
_LOCAL = sorted(
    rule_id
    for rule_id in _DATED
    if _RULES[rule_id].jurisdiction not in _RULES[rule_id].region_scope
)


@pytest.mark.parametrize("rule_id", _DATED)
def test_a_dated_rule_has_a_case_on_its_first_day_and_one_on_the_eve(rule_id):
    begins = _RULES[rule_id].in_force_from
    eve = begins - timedelta(days=1)

    assert any(rule_id in case.applies and case.as_of == begins for case in _CASES)
    assert any(rule_id in case.applies_not and case.as_of == eve for case in _CASES)


@pytest.mark.parametrize("rule_id", _ENDED)
def test_a_rule_that_ends_has_a_case_on_its_last_day_and_one_on_the_day_after(rule_id):
    ends = _RULES[rule_id].in_force_until
    last_day = ends - timedelta(days=1)

    assert any(rule_id in case.applies and case.as_of == last_day for case in _CASES)
    assert any(rule_id in case.applies_not and case.as_of == ends for case in _CASES)


@pytest.mark.parametrize("rule_id", _LOCAL)
def test_a_local_rule_has_a_case_inside_its_area_and_a_neighbour_outside_it(rule_id):
    rule = _RULES[rule_id]
    outside = [
        case
        for case in _CASES
        if rule_id in case.applies_not
        and rule.jurisdiction == case.jurisdiction
        and case.as_of >= rule.in_force_from
        and (rule.in_force_until is None or case.as_of < rule.in_force_until)
    ]

    assert any(rule_id in case.applies for case in _CASES)
    assert outside


@pytest.mark.parametrize("rule_id", _UNDATED)
def test_a_rule_without_a_known_start_is_shown_never_to_apply(rule_id):
    assert any(rule_id in case.applies_not for case in _CASES)
    assert not any(rule_id in case.applies for case in _CASES)
