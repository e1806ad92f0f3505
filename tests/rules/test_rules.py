"""The rules against the cases written from the instruments (README.md in this folder)."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.analysis.screening import find
from generator.model import Extent

_HERE = Path(__file__).parent
_STRICTEST = ("prohibited", "conditional", "permitted", "encouraged", "not_assessed")


def _rows(name):
    with (_HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _ids(joined):
    return frozenset(part for part in joined.split(";") if part)


LEGAL, PLACES, TURNS = _rows("legal_cases.csv"), _rows("places_and_days.csv"), _rows("turns.csv")


@pytest.fixture(scope="module")
def found(build, knowledge):
    """`found(row, day)`: what the rules say of the row's activity at its place on a day."""

    def at(row, day):
        field, _, number = row.get("region_field", "").partition("=")
        figures = {field: build.fact(float(number) if number else None)} if field else {}
        here = build.region(
            jurisdiction=row["jurisdiction"], admin_code=row["admin_code"], figures=figures
        )
        quantity = row.get("quantity")
        sizes = {quantity: Extent.exactly(float(row["value"]))} if quantity else {}
        return find(row["activity"], here, knowledge, day, sizes)

    return at


def _names(rules):
    return {rule.rule_id for rule in rules}


# --- a place, a day, one quantity -----------------------------------------------------------------


@pytest.mark.parametrize("case", LEGAL, ids=[case["case_id"] for case in LEGAL])
def test_the_rules_that_apply_and_their_effect_are_those_the_instruments_say(found, case):
    answer = found(case, date.fromisoformat(case["date"]))

    applied = _names(answer.rules)
    assert _ids(case["expected_rules"]) <= applied
    assert not _ids(case["expected_absent"]) & applied
    assert answer.effect == case["expected_effect"]


@pytest.mark.parametrize("case", PLACES, ids=[case["case"] for case in PLACES])
def test_a_rule_holds_inside_its_place_and_its_days_and_not_beside_them(found, case):
    answer = found(case, date.fromisoformat(case["date"]))

    expected, depends = _ids(case["expected_rules"]), _ids(case["expected_depends"])
    assert expected <= _names(answer.rules)
    assert depends <= _names(answer.depends)
    assert not _ids(case["expected_absent"]) & _names((*answer.rules, *answer.depends))
    if case["expected_effect"]:
        assert answer.effect == case["expected_effect"]


# --- the day before, the day, the day after -------------------------------------------------------


@pytest.mark.parametrize(
    "turn", TURNS, ids=[f"{turn['rule']} {turn['turn']} {turn['day']}" for turn in TURNS]
)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_rule_turns_on_the_day_its_instrument_says(found, turn, step):
    day = date.fromisoformat(turn["day"]) + timedelta(days=step)
    answer = found(turn, day)

    standing = _names((*answer.rules, *answer.depends))
    stands = step >= 0 if turn["turn"] == "begins" else step < 0
    assert (turn["rule"] in standing) is stands


def test_every_dated_relation_has_its_turn_in_the_cases(knowledge):
    turns = {(turn["rule"], turn["turn"]) for turn in TURNS}
    ended = {(turn["rule"], turn["day"]) for turn in TURNS if turn["turn"] == "ends"}
    by_instrument = {}
    for rule in knowledge.rules:
        by_instrument.setdefault(rule.instrument.instrument_id, []).append(rule)
    for one in knowledge.relations:
        if one.effective_on is None:
            continue
        for rule in by_instrument.get(one.from_instrument, ()):
            assert (rule.rule_id, "begins") in turns, one
        for rule in by_instrument.get(one.to_instrument, ()) if one.is_ending else ():
            assert (rule.rule_id, one.effective_on.isoformat()) in ended, one


# --- the cases themselves -------------------------------------------------------------------------


def test_every_case_is_told_once():
    names = Counter([case["case_id"] for case in LEGAL] + [case["case"] for case in PLACES])

    assert [name for name, count in names.items() if count > 1] == []


def test_cases_name_rules_and_activities_that_exist(knowledge):
    rules = _names(knowledge.rules)
    columns = ("expected_rules", "expected_absent", "expected_depends", "rule")
    for case in (*LEGAL, *PLACES, *TURNS):
        named = frozenset().union(*(_ids(case.get(column) or "") for column in columns))
        assert named <= rules, case
        assert case["activity"] in knowledge.activities


def test_the_effect_of_a_case_is_at_least_as_strict_as_the_rules_it_names(knowledge):
    effects = {rule.rule_id: rule.effect for rule in knowledge.rules}
    for case in (*LEGAL, *PLACES):
        ranks = [_STRICTEST.index(effects[rule]) for rule in _ids(case["expected_rules"])]
        if ranks and case["expected_effect"]:
            assert _STRICTEST.index(case["expected_effect"]) <= min(ranks), case


# --- rules that never apply -----------------------------------------------------------------------


def test_a_rule_without_a_known_start_is_listed_and_never_applies(build, knowledge):
    undated = [rule for rule in knowledge.rules if rule.in_force_from is None]

    assert _names(undated) == {
        "CN-PRC-37", "CN-ESS-03", "CN-BLD-07", "US-MKT-01", "TX-LL-04", "DE-DC-09",
    }  # fmt: skip
    for rule in undated:
        scope = rule.region_scope[0]
        code = "" if scope == rule.jurisdiction else scope
        here = build.region(jurisdiction=rule.jurisdiction, admin_code=code)
        answer = find(rule.activity, here, knowledge, date(2030, 12, 31), {})
        assert rule in answer.undated
        assert rule not in (*answer.rules, *answer.depends, *answer.beyond)


def test_a_bill_has_no_first_day(knowledge):
    bills = {
        one.instrument for one in knowledge.rules if one.instrument.start_basis == "not_adopted"
    }
    assert bills
    assert all(one.in_force_from is None for one in bills)
