"""results.json: plain, finite, complete, and described field by field."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import get_args

import pytest
from msgspec.structs import replace

from generator.analysis import assess
from generator.intake import read_submission
from generator.model import Conversion, Decision, Fact, Label, Measurement, Origin
from generator.model.law import ReadKind
from generator.problems import problem
from generator.report import report, results
from generator.report.serialise import as_json

AS_OF = date(2026, 11, 28)
MAY_BE_EMPTY = {"problems", "conversions", "decisions", "measurements"}
VERSIONS = {"program": "0", "inputs": "i", "templates": "t"}


@pytest.fixture(scope="module")
def city(root, knowledge):
    submission = read_submission([root / "inputs/regions/qingdao.xlsx"], knowledge)
    return submission.regions[0]


@pytest.fixture(scope="module")
def assessment(cities):
    return cities["qingdao"]


@pytest.fixture(scope="module")
def found(assessment, knowledge, texts):
    briefs = [report(assessment, knowledge, texts, language) for language in ("en", "zh-CN")]
    return results(assessment, knowledge, briefs, VERSIONS)


def numbers(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, float):
        yield value


def test_results_are_plain_json(found):
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_every_number_is_finite(found):
    everything = list(numbers(found))
    assert len(everything) > 1000
    assert all(math.isfinite(number) for number in everything)


def test_draws_and_seed_of_the_run_are_stated(found):
    assert found["schema"] == "briefs-results/3"
    assert found["settings"] == {"draws": 300, "seed": 1, "paginate": False}


def test_shares_of_ranks_and_of_no_rank_add_up_to_one(found):
    orders = found["robustness"]["orders"]
    assert "readiness" in {order["basis"] for order in orders}
    for order in orders:
        for use in order["uses"]:
            assert sum(use["acceptability"]) + use["unplaced"] == pytest.approx(1)
            assert use["p_first"] == use["acceptability"][0]


def test_one_of_two_uses_wins_unless_neither_has_a_place(found):
    for order in found["robustness"]["orders"]:
        unplaced = [use["unplaced"] for use in order["uses"]]
        for i, row in enumerate(order["wins"]):
            for j in range(i):
                both = row[j] + order["wins"][j][i]
                assert 1 - min(unplaced[i], unplaced[j]) - 1e-9 <= both <= 1 + 1e-9


def test_points_add_up_to_the_score_and_a_closed_gap_adds_what_it_says(found):
    for use in found["readiness"]["uses"].values():
        points = [part["points_low"] for part in use["contributions"].values()]
        assert math.fsum(points) == pytest.approx(use["low"])
        for gap in use["gaps"].values():
            if use["score"] is not None:
                assert use["score"] + gap["points"] == pytest.approx(gap["readiness_at_target"])


def test_the_programme_takes_no_more_than_there_is(found):
    programme = found["programme"]
    for one in programme["limits"]:
        for wave in ("first", "second"):
            taken = [part["needs"][one["resource"]] for part in programme[wave]["projects"]]
            if one["resource"] == "ops_fte":
                assert one[wave] <= sum(taken)
            elif one["resource"] != "capex":
                assert one[wave] == pytest.approx(sum(taken))
        taken = one["first"] + one["second"]
        assert one["limit"] is None or taken <= one["limit"] + 1e-6


def test_the_money_of_the_years_adds_up_to_that_of_the_waves(found):
    years = found["money_by_year"]
    for wave in ("first", "second"):
        spent = math.fsum(year[wave] for year in years)
        assert spent == pytest.approx(found["programme"][wave]["capital"])
    for end in (0, 1):
        spent = math.fsum(year["capital"][end] for year in years)
        waves = [found["programme"][wave]["capital_range"][end] for wave in ("first", "second")]
        assert spent == pytest.approx(math.fsum(waves))
    assert [year["year"] for year in years] == list(range(2027, 2027 + len(years)))


def test_a_scenario_says_what_it_changes(found):
    for one in found["scenarios"]:
        assert set(one["name"]) == {"en", "zh-CN"}
        for change in one["changes"]:
            assert set(change) == {"target", "operation", "value"}


def test_rows_of_the_catalogue_are_ids_and_records_have_a_place(found):
    assert all(re.fullmatch(r"\w+", one["risk"]) for one in found["risks"])
    assert all(isinstance(one["action"], str) for one in found["action_plan"]["actions"])
    assert found["sites"][0]["site"]["place"].startswith("qingdao.xlsx Sites!")
    assert found["steps"]["single"][0]["steps"][0]["place"].startswith("qingdao.xlsx Steps!")


# --- the law --------------------------------------------------------------------------------------


def test_barred_sizes_stand_in_the_file_with_their_rule(found):
    bar = {
        "rule": "CN-DC-06", "quantity": "it_mw", "amount": 7.5, "is_included": True,
        "is_certain": True,
    }  # fmt: skip
    law = found["law"]
    for use_id in ("R01", "R02"):
        assert law["uses"][use_id]["status"] == "conditional"
        assert law["uses"][use_id]["barred"] == [bar]
    assert law["uses"]["R07"]["barred"] == []
    assert law["rules"]["CN-DC-06"]["threshold"] == {
        "quantity": "racks", "operation": ">=", "value": 3000.0
    }  # fmt: skip
    assert law["rules"]["CN-DC-06"]["region_condition"] == {
        "field": "in_national_hub",
        "value": 0.0,
    }


def test_every_rule_that_is_named_is_there_with_what_was_read_of_it(found):
    law = found["law"]
    named = set()
    for one in (*law["uses"].values(), {"activities": law["activities"], "barred": []}):
        named |= {bar["rule"] for bar in one["barred"]}
        for activity in one["activities"].values():
            for part in ("rules", "depends", "beyond", "coming", "undated"):
                named |= set(activity[part])
    assert named
    assert named == set(law["rules"])
    for rule_id, rule in law["rules"].items():
        assert rule["read_kind"] in get_args(ReadKind)
        # Nothing read has no day, and what was read has one.
        assert (rule["checked_on"] is None) is (rule["read_kind"] == "none"), rule_id


def test_every_stale_rule_says_why(found):
    assert found["law"]["stale"]
    for one in found["law"]["stale"]:
        assert one["reasons"]
        assert ("unread" in one["reasons"]) is (one["days_since_check"] is None)
        assert ("target" in one["reasons"]) is (one["target_on"] is not None)
        assert ("ends" in one["reasons"]) is (one["ends_on"] is not None)


def test_the_reach_of_the_rules_is_counted(found, knowledge):
    reach = found["law"]["reach"]
    assert sorted((*reach["assessed"], *reach["open"])) == sorted(knowledge.activities)
    assert reach["has_own"] is True


def test_the_page_names_every_field_of_the_law(root, found):
    page = (root / "docs/results.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in page.splitlines() if line.startswith("| `law."))
    law = found["law"]
    finding = law["uses"]["R01"]["activities"]["data_centre"]
    for fields in (law["reach"], law["uses"]["R01"], finding, finding["barred"][0]):
        for name in fields:
            assert f"`{name}`" in rows or f".{name}" in rows, name


def test_what_version_1_had_keeps_its_names(found):
    assert {"region", "as_of", "versions", "law", "readiness", "problems", "conversions",
            "sentences"} <= set(found)  # fmt: skip
    part = next(iter(found["readiness"]["uses"]["U01"]["contributions"].values()))
    assert set(part["fact"]) == {
        "value", "unit", "low", "high", "grade", "source", "as_of", "origins"
    }  # fmt: skip


# --- the description ------------------------------------------------------------------------------


def described(root):
    """First and second level of every field that docs/results.md names."""
    page = (root / "docs/results.md").read_text(encoding="utf-8")
    names = {}
    for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE):
        for path in re.findall(r"`([^`]+)`", row):
            first, _, rest = path.replace("[]", "").partition(".")
            known = names.setdefault(first, set())
            second = rest.split(".")[0]
            if second and not second.startswith("<"):
                known.add(second)
    return names


@pytest.fixture(scope="module")
def produced(found):
    """The same levels of a file; lists of records count by the fields of their records."""
    names = {}
    for first, value in found.items():
        if isinstance(value, dict) and first != "sentences":
            names[first] = set(value)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            names[first] = set(value[0])
        else:
            names[first] = set()
    return names


def test_the_page_describes_the_fields_that_are_there(root, produced):
    names = described(root)
    assert set(names) == set(produced)
    for first, second in produced.items():
        if first in MAY_BE_EMPTY and not second:
            continue  # the sample has none: the next tests
        assert names[first] == second, first


def test_the_page_describes_warnings_and_conversions(root, city, knowledge):
    origin = Origin("a.xlsx", "Power", "F4")
    more = assess(
        city, knowledge, AS_OF, [problem("IN-305", origin, "warning", found="0.1")],
        [Conversion(origin, "1.2 GW", "1200", "written_unit")], draws=20,
    )  # fmt: skip
    found = results(more, knowledge, [], VERSIONS)
    names = described(root)
    assert set(found["problems"][0]) == names["problems"]
    assert set(found["conversions"][0]) == names["conversions"]
    assert found["conversions"][0]["origin"] == "a.xlsx Power!F4"


def test_the_page_describes_decisions_and_measurements(root, assessment, knowledge):
    cell = assessment.region.sites[0].hall_m2
    difference = assessment.steps.single[0].difference
    asked = Decision("step", ("U01",), assessment.steps.single[0].steps[0], None, (), 0, 1.0,
                     difference, difference)  # fmt: skip
    measured = Measurement("Sites", "hall_m2", (cell,), (Label((("en", "Hall"),)),), 1, 0.1,
                           ("U01",), (), {"low": 1.0, "high": 2.0})  # fmt: skip
    more = replace(assessment, decisions=(asked,), measurements=(measured,))
    found = results(more, knowledge, [], VERSIONS)
    names = described(root)
    assert set(found["decisions"][0]) == names["decisions"]
    assert set(found["measurements"][0]) == names["measurements"]
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_page_names_every_field_of_candidates_projects_and_inputs(root, found):
    page = (root / "docs/results.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in page.splitlines() if line.startswith("| `programme."))
    programme = found["programme"]
    inputs = programme["choice_inputs"]
    placed = next(one for one in programme["candidates"].values() if one["fits"])
    told = {
        "use_id", "category", "capital", "jobs", "value_added", "power", "facts", "rules", "name",
        "number", "needs", "place", "fits", "capital_range",
    }  # fmt: skip
    for fields in (
        placed, placed["fits"][0], placed["fits"][0]["bounds"][0], programme["first"],
        programme["first"]["projects"][0], programme["limits"][0], inputs,
        next(iter(inputs["uses"].values())), *programme["objectives"],
    ):  # fmt: skip
        for name in set(fields) - told:
            assert f"`{name}`" in rows or f".{name}" in rows or f" {name}" in rows, name


# --- one value ------------------------------------------------------------------------------------


def test_a_number_that_is_not_finite_is_unknown():
    assert as_json((1.5, math.inf, math.nan)) == [1.5, None, None]


def test_a_fact_keeps_its_cells_and_drops_the_name_of_its_draws():
    fact = Fact(1.0, "MW", 0.5, None, "C", Label((("en", "x"),)), "2025",
                (Origin("a.xlsx", "Power", "F4"),), "power/x")  # fmt: skip
    assert as_json(fact) == {
        "value": 1.0, "unit": "MW", "low": 0.5, "high": None, "grade": "C",
        "source": {"en": "x"}, "as_of": "2025", "origins": ["a.xlsx Power!F4"],
    }  # fmt: skip


def test_dates_and_sets_of_names_are_text_and_lists():
    assert as_json({date(2026, 1, 2): (True, None, "a")}) == {"2026-01-02": [True, None, "a"]}


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError, match="no plain form for set"):
        as_json({1})


def test_a_region_without_data_has_results(region, knowledge):
    bare = region(power=[], data_centres=[], workforce=[], connectivity=[], industry=[],
                  institutions=[], sites=[], limits=[])  # fmt: skip
    found = results(assess(bare, knowledge, AS_OF, draws=20), knowledge, [], VERSIONS)
    assert found["programme"]["first"]["projects"] == []
    assert found["money_by_year"] == []
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_an_own_estimate_takes_the_place_of_the_catalogue_with_its_cell(region, knowledge):
    row = {"use": "U01", "capex": 12, "jobs": 40, "source_zh": "测算", "grade": "C"}
    found = [
        results(assess(one, knowledge, AS_OF, draws=20), knowledge, [], VERSIONS)
        for one in (region(estimates=[row]), region())
    ]
    own, plainly = (one["programme"]["candidates"]["U01"]["capital"] for one in found)
    assert own["value"] == 12
    assert own["origins"] == ["region.xlsx 自有测算!C2"]
    assert plainly["origins"] == ["uses.csv uses!U01"]
